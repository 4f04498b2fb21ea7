"""What outlives a reload of the scripts, and what of it is of older code."""

from __future__ import annotations

import sys

import pytest

import fusebox
from fusebox.runtime.store import STORE, PersistedState, lasting_dict


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
