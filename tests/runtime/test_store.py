"""What outlives a reload of the scripts, and what of it is of older code."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from types import ModuleType

import pytest

import fusebox
from fusebox.balancer.boosts import Boosts, StoredBoosts
from fusebox.runtime.store import STORE, PersistedState, lasting_dict

from .home import Home


@pytest.mark.parametrize(("left", "found"), [({"a": "b"}, {"a": "b"}), ({"a": 1}, {}), (None, {}), ([], {})])
def test_values_of_another_type_are_of_older_code_and_are_dropped(monkeypatch, left, found):
    monkeypatch.setitem(STORE, "tested", left)
    assert lasting_dict("tested", str) == found
    assert STORE["tested"] is lasting_dict("tested", str)


def test_every_persisted_state_is_registered_when_the_scripts_are_loaded():
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("fusebox.")]
    found = {each.entity for one in modules for each in vars(one).values() if isinstance(each, PersistedState)}
    assert found <= set(fusebox.PERSISTED)
    assert len(found) >= 6


def test_what_could_not_be_written_to_the_disk_is_written_by_the_next_call_and_then_no_more(monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.core", ModuleType("homeassistant.core"))
    home, saves, boosts = Home(), [], StoredBoosts({"car": False})
    record = Boosts(home.ports)

    async def save(*_names: str, **_options: object) -> None:
        saves.append(home)
        if len(saves) == 1:
            raise OSError("no space left")

    monkeypatch.setattr(record, "_ports", replace(home.ports, call=save))
    with pytest.raises(OSError, match="no space left"):
        asyncio.run(record.update_on_disk(boosts))
    for _ in range(2):
        asyncio.run(record.update_on_disk(boosts))
    assert len(saves) == 2
