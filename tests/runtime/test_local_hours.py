"""How far the wall clock is ahead, and that whoever remembers results by the function gets another after a change."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from time import gmtime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from fusebox.runtime.local_hours import LocalHours

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC).timestamp()
CHANGE_S = datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp()


def test_the_zone_counts_to_the_second_of_its_change_and_a_new_zone_is_another_function(monkeypatch):
    known = SimpleNamespace(DEFAULT_TIME_ZONE=ZoneInfo("Europe/Berlin"))
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", known)
    hours = LocalHours()
    berlin = hours.ahead
    assert [berlin(CHANGE_S - 1), berlin(CHANGE_S)] == [3600, 7200]
    assert hours.ahead is berlin
    known.DEFAULT_TIME_ZONE = ZoneInfo("Asia/Kathmandu")
    assert hours.ahead is not berlin
    assert hours.ahead(NOON) == 20_700


def test_reported_hours_replace_what_was_remembered_before(monkeypatch):
    monkeypatch.delitem(sys.modules, "homeassistant.util.dt", raising=False)
    hours = LocalHours()
    before = hours.ahead
    assert before(NOON) == 0
    hours.record_wall_times([gmtime(at_s + 3600) for at_s in hours.unknown_hours(NOON)])
    assert (hours.ahead(NOON), hours.ahead is before) == (3600, False)
    after = hours.ahead
    hours.record_wall_times([])
    assert hours.ahead is after
