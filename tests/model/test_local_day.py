"""Where the local day begins and how far the wall clock is ahead: by Home Assistant's own zone, or the host's."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from fusebox.model.local_day import clock_text, clock_text_rounded_up, day_began_s, home_zone, wall_clock

BRUSSELS, APIA, KATHMANDU = ZoneInfo("Europe/Brussels"), ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Kathmandu")
AZORES = ZoneInfo("Atlantic/Azores")
"""Its clocks change at midnight, which is skipped in spring and occurs twice in autumn."""
MOMENTS = [
    datetime(2026, 3, 1, 12, 0, tzinfo=BRUSSELS),
    datetime(2026, 3, 1, 0, 0, tzinfo=BRUSSELS),
    datetime(2026, 3, 1, 23, 59, 59, tzinfo=BRUSSELS),
    datetime(2026, 7, 1, 6, 0, tzinfo=APIA),
    datetime(2026, 7, 1, 1, 0, tzinfo=KATHMANDU),
    datetime(2026, 3, 29, 23, 0, tzinfo=BRUSSELS),
    datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1),
    datetime(2026, 10, 25, 20, 0, tzinfo=BRUSSELS),
    datetime(2026, 3, 29, 20, 0, tzinfo=AZORES),
    datetime(2026, 10, 25, 0, 30, tzinfo=AZORES, fold=1),
]
TWICE = {MOMENTS[6]: " (UTC+1)", MOMENTS[9]: " (UTC-1)"}
CHANGE_S = datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp()


@pytest.fixture
def alone(monkeypatch):
    """Python without Home Assistant in it."""
    monkeypatch.delitem(sys.modules, "homeassistant.util.dt", raising=False)


def midnight_s(at):
    return datetime(at.year, at.month, at.day, tzinfo=at.tzinfo).timestamp()


@pytest.mark.parametrize("at", MOMENTS)
def test_home_assistant_has_a_zone_of_its_own(at, monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", SimpleNamespace(DEFAULT_TIME_ZONE=at.tzinfo))
    assert day_began_s(at.timestamp()) == midnight_s(at)
    assert wall_clock()(at.timestamp()) == at.utcoffset().total_seconds()


@pytest.mark.parametrize("at", MOMENTS)
def test_an_instant_is_told_by_the_wall_clock_also_on_the_day_on_which_clocks_change(at, monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", SimpleNamespace(DEFAULT_TIME_ZONE=at.tzinfo))
    began_s, which = midnight_s(at), TWICE.get(at, "")
    assert clock_text(at.timestamp(), began_s) == f"{at:%H:%M}{which}"
    assert clock_text_rounded_up(at.timestamp() - 1, began_s) == f"{at:%H:%M}{which}" or at.second


def test_the_hour_that_occurs_twice_is_told_apart(monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", SimpleNamespace(DEFAULT_TIME_ZONE=BRUSSELS))
    began_s, first_s = (datetime(2026, 10, 25, hour, tzinfo=BRUSSELS).timestamp() for hour in (0, 2))
    texts = [clock_text(first_s + minutes * 60, began_s) for minutes in (-1, 0, 59, 60, 119, 120)]
    assert texts == ["01:59", "02:00 (UTC+2)", "02:59 (UTC+2)", "02:00 (UTC+1)", "02:59 (UTC+1)", "03:00"]


@pytest.mark.usefixtures("alone")
def test_the_embedded_host_has_a_zone_of_its_own(monkeypatch):
    at = MOMENTS[6]
    monkeypatch.setitem(sys.modules, "_simhouse_host", SimpleNamespace(DEFAULT_TIME_ZONE=at.tzinfo))
    assert (day_began_s(at.timestamp()), wall_clock()(at.timestamp())) == (midnight_s(at), 3600)


@pytest.mark.usefixtures("alone")
def test_without_both_it_is_utc(monkeypatch):
    monkeypatch.delitem(sys.modules, "_simhouse_host", raising=False)
    assert (home_zone(), wall_clock()(CHANGE_S)) == (UTC, 0)


def test_the_zone_counts_to_the_second_of_its_change_and_a_new_zone_is_another_function(monkeypatch):
    known = SimpleNamespace(DEFAULT_TIME_ZONE=ZoneInfo("Europe/Berlin"))
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", known)
    berlin = wall_clock()
    assert [berlin(CHANGE_S - 1), berlin(CHANGE_S)] == [3600, 7200]
    assert wall_clock() is berlin
    known.DEFAULT_TIME_ZONE = KATHMANDU
    assert wall_clock() is not berlin
    assert wall_clock()(CHANGE_S) == 20_700
