"""Meters that show each change only after the next one are not reported as reversed, and reversed ones still are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.level import LevelResult
from fusebox.control.commissioning.report import build_report
from fusebox.control.commissioning.trial import Trial
from fusebox.model.electrics import PerPhase
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN

from ..houses import car, plug, site

CAR, POOL = car("car"), plug("pool", 1840, phases="L1")
CHARGER_A, PLUG_A = (4.0, -4.0, 3.5, -3.5, 3.0, -3.0, -6.0, 6.0), (8.0, -8.0) * 3
TURNED = '"L1": {"entity": "sensor.meter", "invert": True}'


def trial(name: str, steps_a: Sequence[float], gain: float, levels_late: int, first: int = 0) -> Trial:
    """Return the trial of a load that is changed by these steps; the meter shows each so many levels later.

    `first`: the first steps that something in the house disturbed.
    """
    shown_a = [0.0] * levels_late + [gain * by_a for by_a in steps_a]
    moves = [Move(PerPhase(), {MAIN: PerPhase(a)}, commanded_a=by_a) for by_a, a in zip(steps_a, shown_a, strict=False)]
    results = [LevelResult(move if number >= first else None, read_s=40.0) for number, move in enumerate(moves)]
    return Trial(name, (), 0.0, 0.0, results=tuple(results))


def reported(*trials: Trial) -> tuple[list[str], list[str]]:
    """Return the codes of the findings and the lines of CONFIG."""
    report = build_report(site(CAR, POOL), commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=trials))
    return [problem.code for problem in report.problems], [line.text for line in report.config]


@pytest.mark.parametrize(("name", "steps_a"), [("car", CHARGER_A), ("pool", PLUG_A)])
@pytest.mark.parametrize(
    ("gain", "levels_late", "codes", "lines"),
    [(1.0, 0, [], []), (-1.0, 0, ["wiring_turned"], [TURNED]), (1.0, 1, ["wiring_late"], [])],
)
def test_a_late_meter_is_told_from_a_reversed_one_by_its_first_change(name, steps_a, gain, levels_late, codes, lines):
    assert reported(trial(name, steps_a, gain, levels_late)) == (codes, lines)


def test_a_late_meter_that_is_reversed_too_is_not_taken_for_a_sound_one():
    assert reported(trial("car", CHARGER_A, -1.0, 1)) == (["wiring_late"], [])


@pytest.mark.parametrize("levels_late", [0, 1])
def test_without_the_first_change_a_plug_does_not_tell_them_apart(levels_late):
    """A charger does: it is paused at its minimum, so two of its changes follow in the same direction."""
    gain = 1.0 if levels_late else -1.0
    assert reported(trial("pool", PLUG_A, gain, levels_late, first=2)) == (["wiring_late"], [])
    known = ["wiring_late"] if levels_late else ["wiring_turned"]
    assert reported(trial("car", CHARGER_A, gain, levels_late, first=2))[0] == known


def test_while_meters_may_be_late_no_load_is_known_and_no_meter_has_a_row():
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(trial("car", CHARGER_A, 1.0, 1),))
    report = build_report(site(CAR), test)
    assert [(row.get("load"), row["phases"], row["sure_pct"]) for row in report.rows] == [("car", None, 50.0)]
    assert report.problems == (
        "the meters of site.grid may be more than 45 s late: each change shows only after the next one, as if they "
        "were reversed; let them report sooner and test again, or check the direction of the clamps",
    )


EVENING = {
    "car": [
        (4.0, -2.9, -5.9, -2.9),
        (-4.0, 4.0, 4.0, 4.0),
        (3.0, -6.4, -6.4, -6.4),
        (-8.6, -1.1, -1.1, -1.1),
        (5.6, -5.7, -5.7, -5.7),
    ],
    "second": [(4.0, 0.0, 0.0, 0.0), (-4.0, 0.0, 4.0, 0.0), (-6.0, 0.0, -1.0, 0.0), (6.0, 0.0, -8.6, 0.0)],
}
"""Load -> its commanded changes, and those of the meters on each phase, which are 45 s late [A]. They still show a heat
pump, and during the first change that chargers went to their minimum."""


def test_what_was_before_the_first_change_is_no_evidence_of_a_reversed_meter():
    loads = (car("car", phases="L1 L2 L3"), car("second", phases="L2"))
    trials = []
    for load in loads:
        moves = [
            Move(PerPhase.each(load.phases, by_a), {MAIN: PerPhase(*shown_a)}, commanded_a=by_a)
            for by_a, *shown_a in EVENING[load.name]
        ]
        trials.append(Trial(load.name, (), 0.0, 0.0, results=tuple(LevelResult(m, read_s=35.0) for m in moves)))
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=tuple(trials))
    report = build_report(site(*loads, phases="L1 L2 L3"), test)
    assert [problem.code for problem in report.problems] == ["wiring_late"]
