"""What a report says of loads and meters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.level import LevelResult
from fusebox.control.commissioning.report import build_report
from fusebox.control.commissioning.trial import Trial
from fusebox.control.diagnostics.wiring_fit import SURE, Fit, log_odds
from fusebox.model.electrics import PerPhase
from fusebox.model.load_memory import LoadMemory, ResponseMemory
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN

from ..houses import car, site

HOUSE = site(car("car"))
MOVE = Move(PerPhase(4.0), {MAIN: PerPhase(4.0)}, commanded_a=4.0)


def fit(lag_s: int, gained: float = 20.0, others: float = 2.0) -> list[float]:
    """How well each lag explains what a meter shows of a load: this one so well, any other less."""
    return [gained if s == lag_s else others for s in range(45 + 1)]


@pytest.mark.parametrize(
    ("fits", "told"),
    [
        ([fit(22)], {"median": 22.0, "worst": 22.0}),
        ([fit(22), fit(24, gained=19.0)], {"median": 22.0, "worst": 24.0}),
        ([fit(2, gained=9.0), fit(22)], {"median": 22.0, "worst": 22.0}),  # something else in the house
        ([fit(22, gained=4.0)], None),
        ([fit(22, others=18.0)], None),  # any lag explains nearly as much
        ([fit(45)], None),  # perhaps it is still later
        ([], None),
    ],
)
def test_the_lag_of_a_meter_is_what_explains_all_loads_best(fits, told):
    trials = [Trial(name, (), 0.0, 0.0, lags={MAIN: each}) for name, each in zip(("car", "van"), fits, strict=False)]
    seen = Trial("car", (), 0.0, 0.0, results=(LevelResult(MOVE),) * 3)
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(*trials, seen))
    rows = build_report(site(car("car"), car("van")), test).rows
    assert rows[-1]["late_s"] == told


def over(trial):
    return commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(trial,))


@pytest.mark.parametrize(("times", "sure"), [(1, False), (2, False), (4, True)])
def test_a_load_is_sure_once_its_meter_is_too(times, sure):
    # There is no other load: a meter that is reversed, or chance.
    turned = Move(PerPhase(4.0), {MAIN: PerPhase(-4.0)}, commanded_a=4.0)
    assert (log_odds(Fit(HOUSE, {"car": (turned,) * times}), "car") >= SURE) is sure


@pytest.mark.parametrize(("seen_a", "sure"), [((4.0, -4.0, -6.0), True), ((4.2, -0.6, -17.4), False)])
def test_a_load_is_sure_once_its_sensor_is_too(seen_a, sure):
    # It shows a thousandth of the command: kilowatts, or a car that draws almost nothing.
    pairs = zip((4.0, -4.0, -6.0), seen_a, strict=True)
    moves = tuple(
        Move(PerPhase(told_a / 1000), {MAIN: PerPhase(a)}, {MAIN: PerPhase(0.1)}, commanded_a=told_a)
        for told_a, a in pairs
    )
    assert (log_odds(Fit(HOUSE, {"car": moves}), "car") >= SURE) is sure


def test_a_charger_that_does_not_pause_is_a_finding_and_no_line():
    results = (LevelResult(MOVE), LevelResult(MOVE, drew_a=(6.0, 5.6)), LevelResult(MOVE, drew_a=(0.0, 5.6)))
    report = build_report(HOUSE, over(Trial("car", (), 0.0, 0.0, results=results)))
    assert report.config == ()
    assert report.problems == ("loads.car.switch does not pause it: it goes on with 5.6 A; name what pauses it",)


@pytest.mark.parametrize(("is_power", "least_a"), [(True, 5.6), (False, 16.8)])
def test_the_minimum_of_three_phases_mistaken_for_one_applies_to_each_phase(is_power, least_a):
    by_a = 9.0 if is_power else 3.0
    move = Move(PerPhase(by_a), {MAIN: PerPhase(3.0, 3.0, 3.0)}, commanded_a=3.0, single_a=by_a, is_power=is_power)
    back = Move(
        PerPhase(-by_a), {MAIN: PerPhase(-3.0, -3.0, -3.0)}, commanded_a=-3.0, single_a=-by_a, is_power=is_power
    )
    results = (LevelResult(move, drew_a=(6.0, 16.8)), LevelResult(back)) * 3
    trial = Trial("car", (), 0.0, 0.0, results=results)
    row = build_report(site(car("car", phases="L1"), phases="L1 L2 L3"), over(trial)).rows[0]
    assert (row["phases"], row["least_a"]) == (["L1", "L2", "L3"], least_a)


@pytest.mark.parametrize(
    ("shown_a", "step_a"),
    [
        (((10, 10), (9.5, 9), (9, 9), (6, 6)), 1),
        (((10, 10), (9.5, 10), (9, 9), (8.5, 8), (6, 6)), 1),  # to the nearest
        (((10, 10), (9.4, 10), (8.6, 9), (6, 6)), 1),  # upwards
        (((10, 10), (9.5, 8), (9, 8), (6, 6)), 2),
        (((7, 6), (11, 10), (10.5, 10), (10, 10)), 2),
        (((11, 10), (10.5, 10), (10, 10), (6, 6)), None),  # perhaps it takes no more than 10 A
        (((10, 10), (9.5, 9.5), (9, 9), (6, 6)), None),
        (((10, 10), (9.5, 8.7), (6, 6)), None),
    ],
)
def test_a_charger_that_rounds_is_reported_with_its_step(shown_a, step_a):
    load = replace(car("car"), step_a=0.1)
    trial = Trial("car", (), 0.0, 0.0, results=(LevelResult(MOVE), LevelResult(MOVE), LevelResult(MOVE, shown_a)))
    report = build_report(site(load), over(trial))
    assert report.rows[0]["rounds_to_a"] == step_a
    assert [line.text for line in report.config] == ([] if step_a is None else [f'"step_a": {step_a}'])


def test_a_step_that_was_learnt_before_the_test_is_reported_too():
    """Since then the charger is only sent whole amps, so the test itself cannot show that it rounds."""
    load, was = replace(car("car"), step_a=0.1), LoadMemory(response=ResponseMemory(device_step_a=1.0))
    results = (LevelResult(MOVE, ((10, 10),)), LevelResult(MOVE, ((9, 9),)), LevelResult(MOVE, ((6, 6),)))
    trial = Trial("car", (), 0.0, 0.0, results=results, memory_before=was)
    assert [line.text for line in build_report(site(load), over(trial)).config] == ['"step_a": 1']


def test_the_test_waits_for_the_longest_lag_of_any_load_whatever_all_show_together():
    trials = [
        Trial(name, (), 0.0, 0.0, lags={MAIN: each}) for name, each in (("car", fit(13)), ("van", fit(0, gained=30.0)))
    ]
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=tuple(trials))
    assert (test.lags_s, test.longest_meter_lags_s) == ({MAIN: 0.0}, {MAIN: 13.0})


@pytest.mark.parametrize(("lag_s", "counts"), [(2, 6), (38, 4)])
def test_a_change_for_which_the_meters_were_read_too_early_says_nothing(lag_s, counts):
    """They were read after 33 s twice, and after 45 s four times."""
    results = (*[LevelResult(MOVE, read_s=33.0)] * 2, *[LevelResult(MOVE, read_s=45.0)] * 4)
    trial = Trial("car", (), 0.0, 0.0, results=results, lags={MAIN: fit(lag_s)})
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(trial,))
    assert len(test.moves["car"]) == counts
