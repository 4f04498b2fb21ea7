"""A meter that stays the same has not always stuck: what may explain it, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.control.diagnostics.stuck_meters import mask_stuck_meters
from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit, Inverter, Source
from fusebox.model.load_memory import LoadMemory, ResponseMemory
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot
from fusebox.model.trace import MeterLatency, SensorLatency

from ..houses import T0_S, car, charger, site
from ..rest import Steps

SUN = Source(entity="sensor.sun")
THREE = "L1 L2 L3"


def play(
    of: Site,
    meter_a: Callable[[int], Mapping[str, float | None] | float],
    loads: Callable[[int], dict[str, LoadState]],
    until_s: int,
    sun_w: float | None = None,
    period_s: float | None = 1.0,
) -> list[Decision]:
    """A step a second; a silent meter retains its last number."""
    memory, found, steps = Memory(), [], Steps()
    last: dict[str, tuple[float, int]] = {}
    for second in range(until_s):
        told = meter_a(second)
        values = told if isinstance(told, Mapping) else {"L1": told}
        last |= {name: (value, second) for name, value in values.items() if value is not None}
        grid = {Phase[n]: Reading(v, last[n][0], float(second - last[n][1]), period_s) for n, v in values.items()}
        sun = Reading() if sun_w is None else Reading(sun_w, sun_w, 0.0)
        decision = steps.decide(of, Snapshot(T0_S + second, {"main": grid}, loads(second), solar_w=sun), memory)
        memory = decision.memory
        found.append(decision)
    return found


def accused(decisions: list[Decision]) -> list[int]:
    """The seconds at which a meter was said to be stuck."""
    return [second for second, decision in enumerate(decisions) if decision.problems]


def moves(at_s: int, from_a: float = 6.0, to_a: float = 12.0) -> Callable[[int], dict[str, LoadState]]:
    """A car whose draw changes once."""
    return lambda t: {"car": charger(12, from_a if t < at_s else to_a)}


@pytest.mark.parametrize("after_s", [1, 3, 20, 100])
def test_a_move_that_follows_at_once_on_the_last_change_counts_too(after_s: int) -> None:
    decisions = play(site(car("car")), lambda t: 13 + 0.001 * min(t, 50), moves(50 + after_s), 220)
    assert accused(decisions)[0] == max(110, 60 + after_s)


def test_one_car_that_takes_what_another_leaves_leaves_the_meter_as_it_was() -> None:
    def swap(second: int) -> dict[str, LoadState]:
        return {"a": charger(16, 6 if second < 150 else 12), "b": charger(16, 12 if second < 153 else 6)}

    assert accused(play(site(car("a"), car("b"), fuse_a=40), lambda t: 20.0, swap, 300)) == []


@pytest.mark.parametrize("late_s", [5, 15, 30, 60])
def test_a_sensor_that_repeats_old_values_each_second_makes_no_meter_stuck(late_s: int) -> None:
    decisions = play(site(car("car")), lambda t: 13.0 if t < 160 else 19.0, lambda t: moves(160)(t - late_s), 360)
    assert accused(decisions) == []


def test_a_draw_that_is_each_time_reported_after_the_meter_has_shown_it_makes_no_meter_stuck() -> None:
    """A circuit with a car only: it goes to 12, 10 and 6 A, the meter shows that two seconds before its sensor does."""

    def drawn_a(second: int) -> float:
        return 12.0 if second < 100 else 10.0 if second < 300 else 6.0

    assert accused(play(site(car("car")), drawn_a, lambda t: {"car": charger(12, drawn_a(t - 2))}, 500)) == []


@pytest.mark.parametrize(("period_s", "first"), [(None, 190), (1.0, 110)])
def test_a_meter_whose_interval_is_not_known_yet_has_longer_to_follow(period_s: float | None, first: int) -> None:
    def moved(second: int) -> list[Decision]:
        return play(site(car("car")), lambda t: 13.0, moves(100), second, period_s=period_s)

    assert accused(moved(220))[0] == first


def test_a_meter_of_a_circuit_has_a_minute_because_nobody_knows_how_late_it_is() -> None:
    """It is 25 s late; the car is raised from 6 A to 12 A."""
    barn = Circuit("barn", 16, MAIN, grid={Phase.L1: Source("sensor.barn")})
    of, memory = site(car("car", circuit="barn"), circuits=(barn,)), Memory()
    problems: list[str] = []
    for second in range(400):
        barn_a = 6.0 if second < 225 else 12.0
        flows_a = {"main": barn_a + 0.01 * second, "barn": barn_a}
        grid = {name: {Phase.L1: Reading(flow_a, flow_a, 0.0, 1.0)} for name, flow_a in flows_a.items()}
        decision = step(of, Snapshot(T0_S + second, grid, moves(200)(second)), memory)
        memory = decision.memory
        problems += decision.problems
    assert problems == []


@pytest.mark.parametrize(("lags_s", "stuck"), [((20.0,), False), ((), True)])
def test_a_change_that_was_together_with_one_of_the_house_is_shown_late_by_a_late_sensor(
    lags_s: tuple[float, ...], stuck: bool
) -> None:
    of, memory, found = site(car("car")), Memory(), set[str]()
    response = ResponseMemory(meter_latency=MeterLatency(sensor=SensorLatency(lags_s=lags_s)))
    for second in range(300):
        # at 100 s the car goes from 6 A to 12 A and the house from 7 A to 3 A, which the sensor shows at 120 s
        value = 13.0 if second < 100 else 15.0
        readings = {"main": {Phase.L1: Reading(value, value, 0.0, 1.0)}}
        snapshot = Snapshot(T0_S + second, readings, moves(120)(second))
        memory = replace(memory, loads={"car": LoadMemory(response=response)})
        _, memory, problems = mask_stuck_meters(of, snapshot, memory)
        found.update(problems)
    assert bool(found) is stuck


def test_a_late_sensor_does_not_excuse_what_the_car_does_next() -> None:
    def draw(second: int) -> dict[str, LoadState]:
        return {"car": charger(16, 6.0 if second < 130 else 12.0 if second < 200 else 16.0)}

    assert accused(play(site(car("car")), lambda t: 13.0 if t < 100 else 19.0, draw, 300))[:1] == [210]


@pytest.mark.parametrize("sun_w, first", [(None, []), (3000.0, []), (0.0, [31]), (700.0, [31])])
def test_nothing_is_a_stuck_value_only_where_no_sun_covers_what_is_drawn(sun_w: float | None, first: list[int]) -> None:
    of = site(car("car"), solar_w=SUN)
    assert accused(play(of, lambda t: 0.0, moves(100), 200, sun_w))[:1] == first


def test_the_sun_excuses_no_other_value_than_nothing() -> None:
    assert accused(play(site(car("car"), solar_w=SUN), lambda t: -1.5, moves(100), 200, 3000.0))[:1] == [110]


def held_back(from_w: float, to_w: float, sun_late_s: int, meter_a: float = -13.0) -> list[int]:
    """A house of 2 A behind an inverter that keeps its export at `meter_a`; a car rises from 6 to 12 A at 100 s.

    The inverter's sensor reports each 30 s, `sun_late_s` after the car the next time.
    """
    of = site(car("car"), solar_w=SUN, inverters=(Inverter(throttles=True),))
    memory, found = Memory(), []
    for second in range(300):
        age_s = (second - 100 - sun_late_s) % 30
        sun_w = from_w if second - age_s < 100 else to_w
        grid = {"main": {Phase.L1: Reading(meter_a, meter_a, 0.0, 1.0)}}
        sun = Reading(sun_w, sun_w, float(age_s))
        now = Snapshot(T0_S + second, grid, moves(100)(second), solar_w=sun, sun_up=True)
        decision = step(of, now, memory)
        memory = decision.memory
        found.append(decision)
    return accused(found)


@pytest.mark.parametrize("sun_late_s", [5, 20])
@pytest.mark.parametrize(("meter_a", "from_w", "to_w"), [(-13.0, 4830, 6210), (0.0, 1840, 3220), (-2.0, 2300, 3680)])
def test_an_inverter_that_is_held_back_may_cover_what_a_load_takes(
    meter_a: float, from_w: float, to_w: float, sun_late_s: int
) -> None:
    assert held_back(from_w, to_w, sun_late_s, meter_a) == []


@pytest.mark.parametrize("sun_late_s", [5, 20])
def test_an_inverter_that_gives_no_more_explains_nothing(sun_late_s: int) -> None:
    assert held_back(4830, 4830, sun_late_s)[:1] == [max(110, 100 + sun_late_s)]


def test_nothing_is_a_stuck_value_where_nothing_generates() -> None:
    assert accused(play(site(car("car")), lambda t: 0.0, moves(100), 200))[:1] == [31]
    assert accused(play(site(car("car")), lambda t: 0.0, moves(100, from_a=0.0), 200))[:1] == [110]


def test_a_moment_without_a_value_does_not_free_a_meter_that_comes_back_the_same() -> None:
    decisions = play(site(car("car")), lambda t: None if t in (95, 130) else 13.0, moves(100), 200)
    assert accused(decisions)[0] == 110
    assert accused(decisions)[-1] == 199
    assert all(decision.state == "blind" for decision in decisions[110:])


def single(second: int, at_s: int = 100) -> dict[str, LoadState]:
    """A three-phase box with one value for all of its phases."""
    draw_a = 6.0 if second < at_s else 12.0
    return {"car": replace(charger(12, draw_a, phases=THREE), single_a=draw_a)}


def test_one_value_for_three_phases_accuses_three_meters_together() -> None:
    of = site(car("car", phases=THREE), phases=THREE)
    decisions = play(of, lambda t: dict.fromkeys(THREE.split(), 13.0), single, 200)
    assert accused(decisions)[0] == 110
    assert len(decisions[110].problems) == 3


def test_one_value_for_three_phases_accuses_no_single_meter() -> None:
    of = site(car("car", phases=THREE), phases=THREE)
    decisions = play(of, lambda t: {"L1": 13.0 if t < 100 else 19.0, "L2": 4.0, "L3": 5.0}, single, 200)
    assert accused(decisions) == []


@pytest.mark.parametrize(("counted", "stuck"), [(True, False), (False, True)])
def test_a_relay_is_no_evidence_against_a_meter_because_its_load_may_have_cut_off(counted: bool, stuck: bool) -> None:
    group = replace(car("heating"), type="radiators", min_a=5.0, step_a=5.0, max_a=10.0)
    on = replace(charger(10, 10), counted=counted)
    off = replace(charger(10, 0), counted=counted)
    decisions = play(site(group), lambda t: 12 + 0.001 * min(t, 50), lambda t: {"heating": on if t >= 60 else off}, 200)
    assert bool(accused(decisions)) is stuck
