"""A meter that shows 0 while loads behind it are measured to draw counts as missing: its template lost its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Inverter, Source
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Reading, Snapshot

from ..houses import T0_S, car, charger, site

HOUSE_A = 12.0
FALLS_S = 60
"""When the meter falls to 0 [s]."""
STALE_S, FAILSAFE_S = 30, 60
"""CONFIG's defaults."""


def play(
    shown_a: Callable[[int], float],
    drawn_a: Callable[[int], float] = lambda _: 8.0,
    of: Site | None = None,
    *,
    meter_s: int = 1,
    sensor_s: int = 1,
    sun_w: float | None = None,
    **state: object,
) -> list[Decision]:
    """Two minutes, a step a second: a car with an offer of 8 A on a fuse of 25 A.

    `meter_s`, `sensor_s`: the meter and the car's sensor report this often.
    """
    memory, found, sun = Memory(), [], Reading() if sun_w is None else Reading(sun_w, sun_w, 0.0)
    for second in range(FALLS_S + 70):
        meter_age_s, draw_age_s = float(second % meter_s), float(second % sensor_s)
        value_a = shown_a(second - second % meter_s)
        draw_a = drawn_a(second - second % sensor_s)
        load = replace(charger(8.0, draw_a), draw_age_s=draw_age_s, **state)  # type: ignore[arg-type]
        grid = {"main": {Phase.L1: Reading(value_a, value_a, meter_age_s, float(meter_s))}}
        snapshot = Snapshot(T0_S + second, grid, {"car": load}, solar_w=sun)
        decision = step(of or site(car("car")), snapshot, memory)
        memory = decision.memory
        found.append(decision)
    return found


def falls(second: int) -> float:
    """A meter of the house and the car, until its template loses its source."""
    return HOUSE_A + 8.0 if second < FALLS_S else 0.0


def states(decisions: list[Decision]) -> list[str]:
    """The site's state from the fall on."""
    return [decision.state for decision in decisions[FALLS_S:]]


def test_nothing_is_raised_by_a_zero_that_a_draw_contradicts() -> None:
    decisions = play(falls)
    before_a = decisions[FALLS_S - 1].notes["car"].setpoint_a
    assert all(decision.notes["car"].setpoint_a <= before_a for decision in decisions[FALLS_S:])
    assert states(decisions) == ["blind"] * 70


def test_it_becomes_late_like_a_missing_reading_and_is_then_named() -> None:
    decisions = play(falls)
    named = [bool(decision.problems) for decision in decisions]
    late_s = FALLS_S + STALE_S + 1
    assert named == [second >= late_s for second in range(len(decisions))]
    assert decisions[late_s].notes["car"].setpoint_a == 6
    assert "the meter of main L1 seems to be stuck: it stays at 0 A whatever car draws" in decisions[late_s].problems[0]


def test_a_zero_from_the_start_is_not_believed_either() -> None:
    assert {decision.state for decision in play(lambda _: 0.0)} == {"blind"}


def test_it_is_believed_again_with_its_first_value() -> None:
    decisions = play(lambda second: HOUSE_A + 8.0 if second < FALLS_S or second > 110 else 0.0)
    assert [decision.state == "blind" for decision in decisions[FALLS_S:]] == [
        second <= 110 for second in range(60, 130)
    ]


@pytest.mark.parametrize("meter_s", [10, 60])
def test_a_meter_that_has_not_reported_since_a_car_began_is_not_named(meter_s: int) -> None:
    decisions = play(
        lambda second: 8.0 if second > 65 else 0.0, lambda second: 8.0 if second > 65 else 0.0, meter_s=meter_s
    )
    assert not any(decision.problems for decision in decisions)


@pytest.mark.parametrize("sensor_s", [10, 60])
def test_a_sensor_that_has_not_reported_since_its_car_stopped_names_no_meter(sensor_s: int) -> None:
    decisions = play(
        lambda second: 0.0 if second > 65 else 8.0, lambda second: 0.0 if second > 65 else 8.0, sensor_s=sensor_s
    )
    assert not any(decision.problems for decision in decisions)


THREE = site(car("car", phases="L1 L2 L3"))
SUN = site(car("car"), solar_w=Source(entity="sensor.sun"))
HELD_BACK = replace(SUN, inverters=(Inverter(throttles=True),))
TESTED = site(car("car"), proving=frozenset({"main"}))


@pytest.mark.parametrize(
    ("of", "more"),
    [
        (SUN, {}),
        (SUN, {"sun_w": 1500.0}),
        (HELD_BACK, {"sun_w": 0.0}),
        (TESTED, {}),
        (None, {"counted": True}),
        (None, {"draw_a": PerPhase(1.9)}),
        (THREE, {"single_a": 24.0}),
        (THREE, {"single_a": 16.0, "is_power": True}),
    ],
    ids=[
        "no sun sensor",
        "sun",
        "inverter held back",
        "tested",
        "relays",
        "little",
        "one of three",
        "two of three",
    ],
)
def test_a_zero_that_may_be_right_is_believed(of: Site | None, more: dict[str, object]) -> None:
    assert "blind" not in states(play(falls, of=of, **more))


def test_a_power_above_what_the_other_phases_are_offered_contradicts_a_zero() -> None:
    assert states(play(falls, of=THREE, single_a=24.0, is_power=True)) == ["blind"] * 70


def test_measured_sun_that_is_too_little_explains_no_zero() -> None:
    assert states(play(falls, of=SUN, sun_w=1000.0)) == ["blind"] * 70


def test_a_draw_that_is_no_longer_reported_contradicts_nothing() -> None:
    assert "blind" not in states(play(falls, sensor_s=1000))[31:]
