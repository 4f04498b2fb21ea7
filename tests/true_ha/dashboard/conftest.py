"""Fixtures: `look(view, size)` opens a shipped dashboard in a browser; one Home Assistant serves all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
import yaml
from playwright.sync_api import Page

from ..process.folder import Folder
from ..process.running import HomeAssistant
from ..pyscript_source import find
from . import house, past
from .browser import chromium, page_on

DASHBOARDS = {"dashboard.yaml": "ui-lovelace.yaml", "dashboard_without_card.yaml": "without_card.yaml"}
"""Shipped file -> file that Home Assistant serves."""

EDITABLE = "fusebox-own"
"""A dashboard with the card that Home Assistant stores itself: those in files cannot be edited."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeAssistant]:
    """Yield a Home Assistant with the house, our helpers and dashboards, once the car charges on the sun."""
    chromium()
    folder = Folder(tmp_path_factory.mktemp("dashboard") / "config", find())
    folder.install()
    folder.save(house.CONFIG)
    for shipped, served in DASHBOARDS.items():
        (folder.path / served).write_text(yaml.safe_dump(house.dashboard(shipped)), encoding="utf-8")
    with HomeAssistant(folder, house.entities()) as running:
        running.stop()
        past.write(folder.path)
        running.start()
        # At once: a socket that is not read gets closed.
        running.talk.command("lovelace/dashboards/create", url_path=EDITABLE, mode="storage", title="Own")
        own = {"views": [{"title": "Own", "cards": [{"type": "custom:fusebox-card"}]}]}
        running.talk.command("lovelace/config/save", url_path=EDITABLE, config=own)
        running.wait(lambda: running.talk.value("sensor.fusebox_site") in ("ok", "limited"), "a decision")
        running.talk.post("pyscript.fusebox_set_mode", load="car", mode="solar_only")
        running.wait(lambda: running.talk.value("sensor.fusebox_car") not in (None, "0.0"), "a car that charges")
        yield running


@pytest.fixture
def look(home: HomeAssistant) -> Callable[..., AbstractContextManager[Page]]:
    """Open a view: `look(view, size, first)`."""
    return partial(page_on, f"http://127.0.0.1:{home.port}", home.folder.token)
