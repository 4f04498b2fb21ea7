"""A wiring test in a house with a battery: what that takes back is known, and a change that it hides is dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning.level import Plateau, Sample, judge_level
from fusebox.control.commissioning.trial import Trial, observe_trial
from fusebox.control.estimators.production import own_shares
from fusebox.model.electrics import PerPhase
from fusebox.model.equipment import Battery, Inverter
from fusebox.model.load_memory import CommandMemory, LoadMemory
from fusebox.model.phases_memory import Phase
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, Reading

from ..houses import METER, T0_S, car, charger, seen, site

LINES = "L1 L2 L3"
CAR = car("car")
EVEN, ON_L2, UNEVEN = Inverter(), Inverter(phases=(Phase.L2,)), Inverter(asymmetric=True)


def house(*inverters: Inverter):
    return site(CAR, phases=LINES, batteries=(Battery(METER, METER),), inverters=inverters)


def plateau(second: int, grid_a: tuple[float, ...], draw_a: float, own_a: float) -> Plateau:
    """The meters, the car on L1 and the battery at rest."""
    shown = dict(zip(LINES.split(), grid_a, strict=True))
    last = Sample(T0_S + second, seen(shown).grid_a, PerPhase(draw_a), draw_a, draw_a, draw_a, 0.0, own_a)
    return Plateau({MAIN: PerPhase(*grid_a)}, {MAIN: PerPhase(0.0, 0.0, 0.0)}, own_a, last)


def result(inverters: tuple[Inverter, ...], then, now):
    """Return the result of a rise of the car by 4 A. `then`, `now`: currents of the meters, and of the battery [A]."""
    before, after = plateau(0, then[0], 6.0, then[1]), plateau(60, now[0], 10.0, now[1])
    of = house(*inverters)
    return judge_level(CAR, charger(10, 10.0), before, after, (before.last, after.last), own_shares(of))


@pytest.mark.parametrize(
    ("inverters", "own_a"),
    [
        ((EVEN,), (-1.0, -1.0, -1.0)),
        ((EVEN, EVEN), (-1.0, -1.0, -1.0)),
        ((ON_L2,), (0.0, -3.0, 0.0)),
        ((replace(ON_L2, asymmetric=True),), (0.0, -3.0, 0.0)),
    ],
)
def test_what_the_battery_takes_back_is_known_by_phase(inverters, own_a):
    found = result(inverters, ((6.0, 0.0, 0.0), 0.0), ((9.0, -1.0, -1.0), -3.0))
    assert not found.is_balanced
    assert found.move.own_a == {MAIN: PerPhase(*own_a)}


@pytest.mark.parametrize(
    ("inverters", "then_a", "now_a", "shown_a"),
    [
        # It takes all of it back, through the phase of the car.
        ((Inverter(phases=(Phase.L1,)),), 0.0, -4.0, 6.0),
        # Nobody knows on which phase it takes it back; nor which it leaves to the grid instead at its highest power.
        ((UNEVEN,), 0.0, -4.0, 9.0),
        ((UNEVEN,), -10.0, -10.0, 9.0),
        ((EVEN, ON_L2), 0.0, -4.0, 9.0),
        ((EVEN, UNEVEN), 0.0, -4.0, 9.0),
    ],
)
def test_a_change_that_the_battery_may_hide_shows_nothing(inverters, then_a, now_a, shown_a):
    found = result(inverters, ((6.0, 0.0, 0.0), then_a), ((shown_a, 0.0, 0.0), now_a))
    assert found.is_balanced
    assert found.move is None


@pytest.mark.parametrize("inverters", [(EVEN,), (UNEVEN,)])
def test_a_battery_that_rests_hides_nothing(inverters):
    found = result(inverters, ((6.0, 0.0, 0.0), 0.2), ((10.0, 0.0, 0.0), 0.2))
    assert not found.is_balanced
    assert found.move.own_a == {}


def test_a_meter_that_the_battery_holds_at_zero_shows_nothing():
    """The car takes no more, its sensor says so or not: the meter would look as if its kW were taken for W."""
    assert result((EVEN,), ((0.02, 0.0, 0.0), -12.0), ((0.05, 0.0, 0.0), -12.5)).is_balanced
    assert not result((EVEN,), ((0.02, 0.0, 0.0), 0.0), ((0.05, 0.0, 0.0), 0.0)).is_balanced


@pytest.mark.parametrize(("period_s", "late_s", "over_s"), [(1.0, 0.0, 11), (10.0, 0.0, 16), (1.0, 20.0, 31)])
def test_a_level_lasts_until_the_battery_rests_and_the_meters_show_it(period_s, late_s, over_s):
    """The car has followed at once; the battery follows for six seconds."""
    of, past = house(EVEN), LoadMemory(setpoint_a=10.0, command=CommandMemory(sent_a=10.0, sent_on=True))
    rest = plateau(0, (6.0, 0.0, 0.0), 6.0, 0.0)
    trial = Trial("car", (10.0, 6.0), T0_S, T0_S, samples=(rest.last,), before=rest)
    for second in range(1, 90):
        charge_w = -230.0 * min(second, 6) * 2 / 3
        shown = seen(
            {"L1": 10.0 + charge_w / 690, "L2": charge_w / 690, "L3": charge_w / 690}, second, car=charger(10, 10.0)
        )
        power = Reading(charge_w, charge_w, 0.0, period_s)
        shown = replace(shown, batteries=(BatteryReadings(Reading(50, 50, 0.0), power),))
        trial = observe_trial(trial, of, shown, past, {MAIN: late_s})
        if trial.place:
            break
    assert second >= over_s
    assert trial.results[0].move.own_a[MAIN][Phase.L2] == pytest.approx(-4 / 3)
