"""`look(view, size)` opens the shipped dashboard in a browser; one Home Assistant serves all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import yaml
from playwright.sync_api import Page, ViewportSize

from ..process.folder import Folder
from ..process.running import HomeAssistant
from ..pyscript_source import find
from . import house
from .browser import chromium, page_on


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeAssistant]:
    """A Home Assistant with the house, our helpers and our dashboard, when the car is charging on the sun."""
    chromium()
    folder = Folder(tmp_path_factory.mktemp("dashboard") / "config", find())
    folder.install()
    folder.save(house.CONFIG)
    (folder.path / "ui-lovelace.yaml").write_text(yaml.safe_dump(house.dashboard()), encoding="utf-8")
    with HomeAssistant(folder, house.entities()) as running:
        running.wait(lambda: running.talk.value("sensor.fusebox_site") in ("ok", "limited"), "a decision")
        running.talk.post("pyscript.fusebox_set_mode", load="car", mode="solar_only")
        running.wait(lambda: running.talk.value("sensor.fusebox_car") not in (None, "0.0"), "a car that charges")
        yield running


@pytest.fixture
def look(home: HomeAssistant) -> Callable[[str, ViewportSize], AbstractContextManager[Page]]:
    """Open a view."""
    return lambda view, size: page_on(f"http://127.0.0.1:{home.port}", home.folder.token, view, size)
