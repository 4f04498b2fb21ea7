"""What a report tells of meters was borne out by what single moves showed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.report import report_of
from fusebox.control.commissioning.sure import is_sure
from fusebox.control.commissioning.trial import Trial
from fusebox.model.electrics import PerPhase
from fusebox.model.load_memory import LoadMemory, ResponseMemory
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN

from ..houses import car, site

HOUSE = site(car("car"))
MOVE = Move(PerPhase(4.0), {MAIN: PerPhase(4.0)}, told_a=4.0)


@pytest.mark.parametrize(
    ("single_s", "told"),
    [
        ((22.0, 1.0, 24.0), {"median": 24.0, "worst": 24.0}),
        ((1.0, 2.0), None),  # something else that came and went in the house
        ((), None),
    ],
)
def test_a_lag_is_told_where_single_moves_showed_it_too(single_s, told):
    assert late_s(single_s, {MAIN: 22.0}) == told


@pytest.mark.parametrize(
    ("single_s", "told"),
    [
        ((18.0, 1.0, 17.0, 18.0), {"median": 18.0, "worst": 18.0}),
        ((18.0, 1.0, 17.0), None),
        ((18.0, 1.0, 17.0, 40.0, 18.0, 7.0), None),
    ],
)
def test_where_the_house_is_restless_most_single_moves_have_to_agree(single_s, told):
    assert late_s(single_s, {}) == told


def late_s(single_s, together_s):
    lags_s = tuple((MAIN, each_s) for each_s in single_s)
    trial = Trial("car", (), 0.0, 0.0, moves=(MOVE,) * 3, lags_s=lags_s, lag_s=together_s)
    (_, meter) = report_of(HOUSE, over(trial)).rows
    return meter["late_s"]


def over(trial):
    return commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(trial,))


@pytest.mark.parametrize(("times", "sure"), [(1, False), (2, False), (4, True)])
def test_a_load_is_sure_once_its_meter_is_too(times, sure):
    # There is no other load: a meter that is turned round, or chance.
    turned = Move(PerPhase(4.0), {MAIN: PerPhase(-4.0)}, told_a=4.0)
    assert is_sure(HOUSE, over(Trial("car", (), 0.0, 0.0, moves=(turned,) * times)), "car") is sure


@pytest.mark.parametrize(("seen_a", "sure"), [((4.0, -4.0, -6.0), True), ((4.2, -0.6, -17.4), False)])
def test_a_load_is_sure_once_its_sensor_is_too(seen_a, sure):
    # It tells a thousandth of what it was told: kilowatts, or a car that hardly takes anything.
    pairs = zip((4.0, -4.0, -6.0), seen_a, strict=True)
    moves = tuple(
        Move(PerPhase(told_a / 1000), {MAIN: PerPhase(a)}, {MAIN: PerPhase(0.1)}, told_a=told_a) for told_a, a in pairs
    )
    assert is_sure(HOUSE, over(Trial("car", (), 0.0, 0.0, moves=moves)), "car") is sure


def test_a_charger_that_does_not_pause_is_a_finding_and_no_line():
    report = report_of(HOUSE, over(Trial("car", (), 0.0, 0.0, moves=(MOVE,) * 3, drew_a=((6.0, 5.6), (0.0, 5.6)))))
    assert report.config == ()
    assert report.problems == ("loads.car.switch: it goes on with 5.6 A when it is to pause; name what pauses it",)


@pytest.mark.parametrize(("is_power", "least_a"), [(True, 5.6), (False, 16.8)])
def test_the_least_current_of_three_phases_that_were_thought_to_be_one_is_that_of_each(is_power, least_a):
    by_a = 9.0 if is_power else 3.0
    move = Move(PerPhase(by_a), {MAIN: PerPhase(3.0, 3.0, 3.0)}, told_a=3.0, single_a=by_a, is_power=is_power)
    back = Move(PerPhase(-by_a), {MAIN: PerPhase(-3.0, -3.0, -3.0)}, told_a=-3.0, single_a=-by_a, is_power=is_power)
    trial = Trial("car", (), 0.0, 0.0, moves=(move, back) * 3, drew_a=((6.0, 16.8),))
    row = report_of(site(car("car", phases="L1"), phases="L1 L2 L3"), over(trial)).rows[0]
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
    trial = Trial("car", (), 0.0, 0.0, shown_a=shown_a, moves=(MOVE,) * 3)
    report = report_of(site(load), over(trial))
    assert report.rows[0]["rounds_to_a"] == step_a
    assert [line.text for line in report.config] == ([] if step_a is None else [f'"step_a": {step_a}'])


def test_a_step_that_was_learnt_before_the_test_is_reported_too():
    """Since then the charger is only sent whole amps, so the test itself cannot show that it rounds."""
    load, was = replace(car("car"), step_a=0.1), LoadMemory(response=ResponseMemory(device_step_a=1.0))
    trial = Trial("car", (), 0.0, 0.0, shown_a=((10, 10), (9, 9), (6, 6)), moves=(MOVE,) * 3, was=was)
    assert [line.text for line in report_of(site(load), over(trial)).config] == ['"step_a": 1']
