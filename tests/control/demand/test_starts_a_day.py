"""`max_starts_per_day` counts from the last local midnight, and no more than a day is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.meter_memory import HeadroomMemory
from fusebox.model.site import MAIN

from ..houses import T0_S, plug, seen, site, switched

HOUR_S = 3600.0
HOUSE = site(plug("pool", max_starts_per_day=2))
MIDNIGHT_S = T0_S - 9 * HOUR_S


def offered(*starts_ago_s: float):
    """A step on an empty house with a plug that is off and has started this long ago."""
    past = LoadMemory(adopted=True, timing=TimingMemory(starts_s=tuple(T0_S - ago_s for ago_s in starts_ago_s)))
    rooms = {f"{MAIN} L1": HeadroomMemory(T0_S - 60, ((T0_S - 1, 25.0),), T0_S - 1)}
    now = replace(seen({"L1": 0}, pool=switched(False, 0.0)), day_began_s=MIDNIGHT_S)
    return step(HOUSE, now, Memory({"pool": past}, rooms))


@pytest.mark.parametrize(
    "starts_ago_s, starts",
    [
        ((), True),
        ((HOUR_S,), True),
        ((2 * HOUR_S, HOUR_S), False),
        ((9 * HOUR_S, HOUR_S), False),
        ((9 * HOUR_S + 1, HOUR_S), True),
        ((30 * HOUR_S, 10 * HOUR_S), True),
        ((30 * HOUR_S, 10 * HOUR_S, 3 * HOUR_S, HOUR_S), False),
    ],
)
def test_only_starts_since_midnight_count(starts_ago_s, starts):
    assert [command.on for command in offered(*starts_ago_s).commands] == ([True] if starts else [])


def test_a_plug_that_may_not_start_again_says_how_often_it_has():
    assert "2 times" in offered(2 * HOUR_S, HOUR_S).notes["pool"].reason


def test_starts_older_than_a_day_are_forgotten():
    after = offered(*(day * 24 * HOUR_S for day in range(400, 0, -1)), HOUR_S).memory.loads["pool"]
    assert after.timing.starts_s == (T0_S - 24 * HOUR_S, T0_S - HOUR_S, T0_S)
