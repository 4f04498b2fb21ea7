"""Why nothing is raised: what is said of a car that would have room, if only the meter said so."""

from __future__ import annotations

import pytest

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, site

SETTLED_S = 60


@pytest.mark.parametrize(
    ("age_s", "words"),
    [
        (1.0, "not raised: a meter reading is missing"),
        (40.0, "at its minimum at most: a meter reading is late"),
        (400.0, "fail-safe: a meter is silent or stuck"),
    ],
)
def test_a_meter_that_says_nothing_is_the_reason(age_s, words):
    evening = Evening(site(car("car", max_a=6.0)))
    loads = evening.run(5.0, 0, SETTLED_S, car=charger(6))
    silent = Snapshot(T0_S + SETTLED_S, {MAIN: {Phase.L1: Reading(None, 11.0, age_s)}}, loads)
    note = step(site(car("car")), silent, evening.memory).notes["car"]
    assert (note.reason, note.setpoint_a) == (words, 6)
