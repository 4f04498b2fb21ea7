"""A Home Assistant in this process with the integration, and a stand-in for pyscript that starts what is copied."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from homeassistant import loader
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.helpers import frame
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    async_test_home_assistant,
    mock_integration,
)

from fusebox.balancer.setup import write_proposal
from fusebox.detect import detect
from fusebox.detect.found import GIVEN
from tests.detect.dumps import dump

ROOT = Path(__file__).parents[3]
STORE = "_fusebox_store"


@dataclass
class Pyscript:
    """What the stand-in does. `states`: the house that it detects; `starts`: whether copied scripts start."""

    states: Mapping[str, str]
    starts: bool = True
    reloads: int = 0
    refuses: str = ""
    """What `fusebox_detect` fails with."""
    began: list[str] = field(default_factory=list)


@pytest_asyncio.fixture
async def hass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HomeAssistant]:
    """A started Home Assistant in an empty folder; the integration is the one of this checkout, without pyscript."""
    # The script tests of the same process have the package with pyscript, and get it back.
    package = ModuleType("custom_components")
    package.__path__ = [str(ROOT / "custom_components")]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    monkeypatch.setitem(sys.modules, STORE, SimpleNamespace(started={}))  # type: ignore[arg-type]
    folder = tmp_path / "config"
    folder.mkdir()
    async with async_test_home_assistant(load_registries=True, config_dir=str(folder)) as started:
        del started.data[loader.DATA_CUSTOM_COMPONENTS]
        frame.async_setup(started)
        from custom_components.fusebox import engine, site_file

        monkeypatch.setattr(engine, "LOOK_S", 0.01)
        monkeypatch.setattr(engine, "START_S", 0.3)
        monkeypatch.setattr(site_file, "REFUSAL_S", 0.3)
        try:
            yield started
        finally:
            await started.async_stop(force=True)


@pytest.fixture
def scripts(hass: HomeAssistant) -> Path:
    """The folder with the scripts."""
    return Path(hass.config.path("pyscript"))


@pytest.fixture
def pyscript(hass: HomeAssistant, scripts: Path) -> Callable[..., Pyscript]:
    """`pyscript(states, version="2.1.0", is_set_up=True)` downloads pyscript, and sets it up."""

    def begin(states: Mapping[str, str] = {}, version: str = "2.1.0", is_set_up: bool = True) -> Pyscript:
        mine = Pyscript(states)
        mock_integration(hass, MockModule("pyscript", partial_manifest={"version": version}), built_in=False)
        if is_set_up:
            add_services(hass, scripts, mine)
        return mine

    return begin


def add_services(hass: HomeAssistant, scripts: Path, mine: Pyscript) -> None:
    """Register the services of pyscript and, once they have started, of the scripts."""

    async def reload(call: ServiceCall) -> None:
        mine.reloads += 1
        version = scripts / "modules" / "fusebox" / "runtime" / "version.py"
        text = await hass.async_add_executor_job(_read, version)
        found = re.search(r'^VERSION = "(.+)"$', text, re.MULTILINE)
        if found is None or not mine.starts:
            return
        mine.began.append(found[1])
        started = {each.name: found[1] for each in await hass.async_add_executor_job(list, scripts.glob("*.py"))}
        sys.modules[STORE].started = started  # type: ignore[attr-defined]
        hass.services.async_register("pyscript", "fusebox_detect", look, supports_response=SupportsResponse.ONLY)
        hass.services.async_register("pyscript", "fusebox_setup", set_up, supports_response=SupportsResponse.OPTIONAL)

    async def look(call: ServiceCall) -> dict[str, Any]:
        if mine.refuses:
            from homeassistant.exceptions import HomeAssistantError

            raise HomeAssistantError(mine.refuses)
        return detect(dump(mine.states)).as_response()

    async def set_up(call: ServiceCall) -> dict[str, Any]:
        found = detect(dump(mine.states), int(call.data["main_fuse_a"]), call.data["fuse_type"], GIVEN)
        file = await hass.async_add_executor_job(write_proposal, scripts / "modules", found.text)
        return {"written": f"pyscript/modules/{file.name}", **found.as_response()}

    hass.services.async_register("pyscript", "reload", reload)


def _read(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


@pytest_asyncio.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    """An entry that is not set up yet."""
    mine = MockConfigEntry(domain="fusebox", title="Fusebox", data={})
    mine.add_to_hass(hass)
    return mine
