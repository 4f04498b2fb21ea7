"""Where the local day begins, by the wall clock and in a Home Assistant with a zone of its own."""

from __future__ import annotations

import sys
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from fusebox.model.local_day import day_began_s, offset_s

BRUSSELS, APIA, KATHMANDU = ZoneInfo("Europe/Brussels"), ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Kathmandu")
USUAL = [
    datetime(2026, 3, 1, 12, 0, tzinfo=BRUSSELS),
    datetime(2026, 3, 1, 0, 0, tzinfo=BRUSSELS),
    datetime(2026, 3, 1, 23, 59, 59, tzinfo=BRUSSELS),
    datetime(2026, 7, 1, 6, 0, tzinfo=APIA),
    datetime(2026, 7, 1, 1, 0, tzinfo=KATHMANDU),
]
CHANGED = [
    datetime(2026, 3, 29, 23, 0, tzinfo=BRUSSELS),
    datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1),
    datetime(2026, 10, 25, 20, 0, tzinfo=BRUSSELS),
]


def midnight_s(at):
    return datetime(at.year, at.month, at.day, tzinfo=at.tzinfo).timestamp()


@pytest.fixture
def alone(monkeypatch):
    """Python without Home Assistant in it."""
    monkeypatch.delitem(sys.modules, "homeassistant.util.dt", raising=False)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("at", USUAL)
@pytest.mark.parametrize("late_s", [-2, 0, 3])
def test_the_wall_clock_shows_midnight(at, late_s):
    ahead_s = offset_s(at.timestamp() + late_s, at.timetuple())
    assert day_began_s(at.timestamp(), ahead_s) == midnight_s(at)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("at", CHANGED)
def test_where_the_clock_was_changed_it_differs_by_an_hour(at):
    ahead_s = offset_s(at.timestamp(), at.timetuple())
    assert abs(day_began_s(at.timestamp(), ahead_s) - midnight_s(at)) == 3600


@pytest.mark.parametrize("at", [*USUAL, *CHANGED])
def test_home_assistant_has_a_zone_of_its_own(at, monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.util.dt", SimpleNamespace(DEFAULT_TIME_ZONE=at.tzinfo))
    assert day_began_s(at.timestamp(), 12345.0) == midnight_s(at)
