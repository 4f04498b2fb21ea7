"""No load is lowered for one whose own minimum has not fitted for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import NEW_PHASES
from fusebox.model.records import fast_replace
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status
from fusebox.tuning import KNOWN_TIMES

from ..houses import T0_S, car, charger, obey, plug, seen, site, switched
from ..imperfect import Device, Night

NOTHING = Memory()
HOUSE = site(car("first", priority=1, phases="L1 L2"), car("second", priority=2), fuse_a=16, phases="L1 L2")


def lived(
    house: Site,
    loads: dict[str, LoadState],
    others: tuple[Callable[[int], float], Callable[[int], float]],
    last_s: int,
    gone_at: Callable[[int], str] = lambda _: "",
    memory: Memory = NOTHING,
) -> list[Decision]:
    """A step a second on two phases, with devices that follow at once. `gone_at`: second -> phases without a value."""
    decisions = []
    for second in range(last_s):
        grid = {"L1": others[0](second), "L2": others[1](second)}
        grid = {p: a + sum(s.draw_a[Phase[p]] or 0.0 for s in loads.values()) for p, a in grid.items()}
        snapshot = seen(grid, second, **loads)
        unknown = {Phase[p]: Reading(None, grid[p], 1.0) for p in gone_at(second).split()}
        snapshot = replace(snapshot, grid_a={MAIN: {**snapshot.grid_a[MAIN], **unknown}})
        decision = step(house, snapshot, memory)
        memory = decision.memory
        decisions.append(decision)
        for command in decision.commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
    return decisions


def with_one_off(others_l1: Callable[[int], float], others_l2: Callable[[int], float], last_s: int) -> list[Decision]:
    """The second car runs at 6 A and the first is plugged in and off."""
    loads = {"first": charger(6, 0, on=False, phases="L1 L2"), "second": charger(6)}
    return lived(HOUSE, loads, (others_l1, others_l2), last_s)


def set_to(decision: Decision) -> tuple[float, float]:
    return decision.notes["first"].setpoint_a, decision.notes["second"].setpoint_a


def test_a_running_car_is_not_paused_between_hob_pulses_for_one_that_could_not_start():
    # On L2 something of 11 A is on for 12 s and off for 10 s: the first car's minimum never fits for long.
    decisions = with_one_off(lambda _: 6.0, lambda second: 11.0 if second % 22 < 12 else 0.0, 240)
    assert {set_to(decision)[1] for decision in decisions} == {6.0, 10.0}


def test_a_running_car_yields_to_one_before_it_once_that_has_fitted_for_20_s():
    decisions = with_one_off(lambda _: 6.0, lambda _: 0.0, 40)
    for decision in decisions[:20]:
        assert set_to(decision) == (0, 6)
        assert decision.notes["first"].reason.startswith("starts when its minimum of 6 A has been free for 20 s")
    assert decisions[20].notes["second"].setpoint_a == 0
    assert decisions[-1].notes["first"].setpoint_a == 10


@pytest.mark.parametrize("gone", ["L1 L2", "L2"])
def test_a_running_car_yields_to_none_that_its_meters_do_not_let_start(gone: str):
    # The first car is off and fits, but from 5 s to 45 s not all of its meters report, and then 20 s have to pass.
    loads = {"first": charger(6, 0, on=False, phases="L1 L2"), "second": charger(6)}
    decisions = lived(HOUSE, loads, (lambda _: 6.0, lambda _: 0.0), 80, lambda s: gone if 5 <= s < 45 else "")
    assert all(first == 0 and second >= 6 for first, second in map(set_to, decisions[:65]))
    assert set_to(decisions[65]) == (0, 0)
    assert decisions[-1].notes["first"].setpoint_a == 10


@pytest.mark.parametrize("first_a", [0.0, 6.0])
def test_a_running_car_yields_to_none_that_a_meter_of_an_unused_phase_does_not_let_rise(first_a: float):
    # The first car is known to use L1 alone; whether it is off or runs, it may rise only with a reading of L2.
    first, second = car("first", phases="L1 L2"), car("second", priority=2)
    house = site(first, second, fuse_a=18, phases="L1 L2", distribution=Distribution.STRICT)
    memory = Memory(phases_in_use={"first": fast_replace(NEW_PHASES, only=Phase.L1, vote=Phase.L1, votes=KNOWN_TIMES)})
    at_first = replace(charger(6, on=first_a > 0), draw_a=PerPhase(first_a, 0.0, None))
    loads = {"first": at_first, "second": charger(6)}
    decisions = lived(house, loads, (lambda _: 9.0 - first_a / 2, lambda _: 0.0), 60, lambda _: "L2", memory)
    assert all(first == first_a and second >= 6 for first, second in map(set_to, decisions))


def test_a_start_that_displaces_no_load_waits_only_for_lasting_capacity():
    decisions = with_one_off(lambda second: 9.0 if second < 11 else 2.0, lambda _: 0.0, 21)
    assert set_to(decisions[19])[0] == 0
    assert set_to(decisions[20])[0] == 6


def test_one_silent_phase_allows_one_raise_not_a_series():
    house = site(car("ev", phases="L1 L2", max_a=32), fuse_a=40, phases="L1 L2")
    memory, offer_a = Memory(), 6.0
    for second in range(60):
        # L2 has been silent for 25 s, L1 reports every second.
        silent_s = max(second - 30, 0)
        grid = {
            Phase.L1: Reading(offer_a, offer_a, 0.0),
            Phase.L2: Reading(6.0 if silent_s else offer_a, 6.0 if silent_s else offer_a, float(silent_s)),
        }
        ev = charger(offer_a, phases="L1 L2")
        decision = step(house, Snapshot(T0_S + second, {MAIN: grid}, {"ev": ev}), memory)
        memory = decision.memory
        offer_a = decision.notes["ev"].setpoint_a
        if second == 30:
            at_30_a = offer_a
        assert second < 31 or offer_a <= at_30_a + 4, (second, offer_a)


@pytest.mark.parametrize("house_a, stays_on", [(5.0, True), (15.0, True), (20.0, False)])
def test_a_car_that_comes_to_a_charger_that_is_on_is_not_switched_off_for_a_moment(house_a, stays_on):
    # The other car is cut for it and still draws what it had: what flows is within the rating, or is not.
    memory, told = Memory(), []
    other = charger(16.0)
    house = site(car("comes"), car("stays"), fuse_a=35)
    for second in range(61):
        here = charger(6.0, 0.0, status=Status.UNPLUGGED if second < 60 else Status.CONNECTED)
        flows_a = house_a + (other.draw_a[0] or 0.0)
        decision = step(house, seen({"L1": flows_a}, second, comes=here, stays=other), memory)
        memory = decision.memory
        told += [command.on for command in decision.commands if command.load == "comes"]
    assert (False in told) is not stays_on


def served_in_turn(others_l1: Callable[[int], float], others_l2: Callable[[int], float], last_s: int) -> list[int]:
    """Two cars in strict order on a 25 A fuse, the first on L1 and L2, the second on L1; when the second is stopped."""
    first = car("first", phases="L1 L2", max_a=10, pause_s=10)
    house = site(
        first, car("second", priority=2, pause_s=10), fuse_a=25, phases="L1 L2", distribution=Distribution.STRICT
    )
    loads = {"first": charger(6.0, phases="L1 L2"), "second": charger(6.0)}
    decisions = lived(house, loads, (others_l1, others_l2), last_s)
    stops = [(second, c) for second, d in enumerate(decisions) for c in d.commands if c.on is False]
    return [second for second, command in stops if command.load == "second"]


def test_the_first_load_does_not_rise_at_the_cost_of_one_running_between_hob_pulses():
    # On L2 a hob leaves the first car 6 A for 12 s and 10 A for the next 10 s, in which the second would have to stop.
    assert served_in_turn(lambda _: 11.0, lambda second: 19.0 if second % 22 < 12 else 13.0, 240) == []


def test_the_first_load_rises_over_a_running_one_once_its_room_has_lasted_20_s():
    assert served_in_turn(lambda _: 11.0, lambda second: 19.0 if second < 60 else 13.0, 90) == [80]


def test_an_appliance_expected_back_stops_no_running_load():
    # Something of 13 A is there for 60 s and away for 50 s, again and again: it is its return that stops the second.
    stopped = served_in_turn(lambda second: 13.0 if second % 110 < 60 else 1.0, lambda _: 0.0, 600)
    assert len(stopped) > 3
    assert {second % 110 for second in stopped if second > 110} == {0}


@pytest.mark.parametrize(("order", "runs"), [(("car", "pool"), "car"), (("pool", "car"), "pool")])
def test_a_plug_makes_way_for_a_car_served_before_it_beside_one_served_after_both_that_cannot_pause(
    order: tuple[str, str], runs: str
) -> None:
    """Of 25 A the house takes 6, and a charger without a switch 6: the rest is enough for the pool (10 A) or a car."""
    by_name = {"car": car("car"), "pool": plug("pool")}
    house = site(*(by_name[name] for name in order), car("wall", priority=2), phases="L1 L2")
    loads = {
        "car": charger(6, 0, on=False),
        "pool": switched(True, 10),
        "wall": replace(charger(6, on=None), can_pause=False),
    }
    last = lived(house, loads, (lambda _: 6, lambda _: 0), 200)[-1]
    assert [name for name in order if last.notes[name].setpoint_a > 0] == [runs]
    assert last.notes["wall"].setpoint_a >= 6


@pytest.mark.parametrize("distribution", [Distribution.SHARED, Distribution.PRIORITY, Distribution.OPTIMIZED])
def test_a_car_that_draws_less_than_its_offer_without_a_sensor_keeps_no_other_from_starting(distribution: Distribution):
    # Only the meter shows that the first car draws 5 A of its 16 A, so raises have less headroom than shares.
    away = Device(measured=False, here=False, on=False, really_on=False)
    night = Night(
        site(car("first"), car("second"), fuse_a=20, distribution=distribution),
        first=replace(away, takes_a=5.0, here=True),
        second=away,
    ).run(200, 4.0)
    away.here = True
    night.run(120, 4.0)
    first_a, second_a = (night.memory.loads[name].setpoint_a for name in ("first", "second"))
    assert second_a >= 6 and first_a + second_a <= 16
