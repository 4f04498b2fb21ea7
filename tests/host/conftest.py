"""Fixtures: a host with scripts written by the test."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simhouse.host.pyscript_host import HostSession


class Play:
    """A host that runs one test's scripts; `line(t, ...)` sends a line, `state(...)` returns an entity."""

    session_of: Callable[..., Any] = HostSession
    """Where the scripts run: the tests in real Home Assistant put a session of their own here."""

    def __init__(self, folder: Path, files: dict[str, str], **options: Any) -> None:
        self.scripts = folder / "pyscript"
        self.config = folder / "site_config.py"
        if not self.config.exists():
            self.config.write_text("CONFIG = {}\n", encoding="utf-8")
        self.scripts.mkdir(exist_ok=True)
        for name, source in files.items():
            self.write(name, source)
        self.session = type(self).session_of(config=self.config, scripts=self.scripts, **options)

    def write(self, name: str, source: str) -> None:
        path = self.scripts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source), encoding="utf-8")

    def line(self, t: float, states: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        return self.session.line({"t": t, "states": states or {}, **more})

    def edit(self, name: str, source: str) -> None:
        """Save a script and let the host notice it now."""
        self.write(name, source)
        self.session.run(self.session.host.reload_changed, True)

    def state(self, entity_id: str) -> str | None:
        found = self.session.host.world.states.get(entity_id)
        return None if found is None else found.state

    def attributes(self, entity_id: str) -> dict[str, Any]:
        return self.session.host.world.states.get(entity_id).attributes


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[..., Play]]:
    """Yield a function that starts a host, `play(source, **options)` or `play({name: source})`, until the test ends."""
    open_plays: list[Play] = []

    def begin(files: str | dict[str, str], **options: Any) -> Play:
        played = Play(tmp_path, {"script.py": files} if isinstance(files, str) else files, **options)
        played.session.__enter__()
        open_plays.append(played)
        return played

    yield begin
    for played in open_plays:
        played.session.__exit__(None, None, None)
