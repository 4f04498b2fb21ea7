"""What outlives a reload of the scripts, and what of it is of older code."""

from __future__ import annotations

import pytest

from fusebox.runtime.store import STORE, lasting_dict


@pytest.mark.parametrize(("left", "found"), [({"a": "b"}, {"a": "b"}), ({"a": 1}, {}), (None, {}), ([], {})])
def test_values_of_another_type_are_of_older_code_and_are_dropped(monkeypatch, left, found):
    monkeypatch.setitem(STORE, "tested", left)
    assert lasting_dict("tested", str) == found
    assert STORE["tested"] is lasting_dict("tested", str)
