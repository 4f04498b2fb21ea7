"""`home(...)` starts a Home Assistant of this test's own; at its end nothing may have been complained of."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

if importlib.util.find_spec("homeassistant") is None:
    raise pytest.UsageError("these tests run in a real Home Assistant: make test-ha TESTS=<the same>")

from ..pyscript_source import find
from . import house
from .folder import Folder
from .running import HomeAssistant

NO_PACKAGES: Mapping[str, Any] = {}
PROBE = Path(__file__).parent / "fusebox_probe"
NEVER = ("blocking call", "address already in use", "Task was destroyed", "was never awaited", "still running after")
"""What no mistake of a user may lead to."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Callable[..., HomeAssistant]]:
    """`home(CONFIG, noisy=False, packages={}, offer_a=, on=, house_a=)`.

    `noisy` for tests that cause complaints themselves; `packages` are of configuration.yaml, in addition to the house.
    """
    pyscript = find()
    loud: list[HomeAssistant] = []
    quiet: list[HomeAssistant] = []
    with ExitStack() as stack:

        def begin(
            config: Any, *, noisy: bool = False, packages: Mapping[str, Any] = NO_PACKAGES, **state: Any
        ) -> HomeAssistant:
            folder = Folder(tmp_path / "config", pyscript, PROBE)
            folder.install()
            folder.save(config)
            started = stack.enter_context(
                HomeAssistant(folder, {**house.entities(**state), "homeassistant": {"packages": dict(packages)}})
            )
            (loud if noisy else quiet).append(started)
            return started

        yield begin
    for each in quiet:
        assert each.complaints() == []
    for each in (*quiet, *loud):
        assert [text for text in NEVER if text in each.log()] == []
