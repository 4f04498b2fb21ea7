"""A circuit without its own meter: whatever may draw there keeps its amps, whether it answers or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.draws import most_uncontrolled_draw_a
from fusebox.model.decision import Decision, LoadNote
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import NEW_LOAD
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Status
from tests.control.houses import METER, Evening, car, charger, obey, plug, site, switched

GARAGE = Circuit("garage", 20.0, "main", FuseType.B)
CAR = car("car", circuit="garage")
UNKNOWN = LoadState(switched=True, status=Status.CONNECTED, available=False)


def switchable(kind: str, rated_w: float = 2990) -> Load:
    """A plug, tank or heat pump in the garage."""
    load = plug("thing", rated_w, circuit="garage", priority=2)
    device: dict[str, object] = {}
    if kind == "tank":
        device = {"normal_c": 50.0, "boost_c": 65.0, "hysteresis_c": 6.0, "hygiene_c": 60.0, "hygiene_every_days": 7.0}
    if kind == "sg_ready":
        device = {"dwell_s": 600.0, "max_block_s": 7200.0, "recommend_above_w": 1500.0, "force_above_w": 4000.0}
    mode = Mode.CONTINUOUS if kind == "plug" else Mode.STANDARD
    return replace(load, type=kind, device=device, mode=mode)


def answering(kind: str, on: bool = True) -> LoadState:
    """What such a load shows while it answers, without a power sensor."""
    state = replace(switched(on), draw_a=PerPhase())
    if kind == "tank":
        return replace(state, temperature_c=30.0)
    return replace(state, sg="normal" if on else "block") if kind == "sg_ready" else state


def garage(kind: str, of_a: float = 20.0, mode: Mode | None = None) -> Site:
    """A car and another load behind a fuse without its own meter."""
    load = switchable(kind) if mode is None else replace(switchable(kind), mode=mode)
    return site(CAR, load, fuse_a=63, circuits=(replace(GARAGE, fuse_a=of_a),))


def last_decision(house: Site, *moments: LoadState) -> Decision:
    """The decision after a minute and a half of each of these states of the load; what it draws is on the meter."""
    home, cars, second = Evening(house), charger(6.0), 0
    for thing in moments:
        for _ in range(90):
            flow_a = 2.0 + (cars.draw_a[0] or 0.0) + 13.0
            decision = home.step({"L1": flow_a}, second, car=cars, thing=thing)
            second += 1
            for command in decision.commands:
                if command.load == "car":
                    cars = obey(cars, command.current_a, command.on)
    return decision


def offered_a(house: Site, *moments: LoadState) -> float:
    """What the car is offered then [A]."""
    return last_decision(house, *moments).notes["car"].setpoint_a


@pytest.mark.parametrize("kind", ["plug", "tank", "sg_ready"])
def test_a_load_that_stops_answering_keeps_its_amps_on_an_unmetered_wire(kind):
    decision = last_decision(garage(kind), answering(kind), UNKNOWN)
    assert decision.notes["car"].setpoint_a == 7
    words = "by the garage fuse (L1, 20 A): 13 A reserved for thing, which cannot be controlled now"
    assert words in decision.notes["car"].reason


@pytest.mark.parametrize("kind", ["plug", "tank", "sg_ready"])
def test_a_load_that_has_not_appeared_yet_keeps_its_rating_on_an_unmetered_wire(kind):
    assert offered_a(garage(kind), UNKNOWN) == 7


def note_beside_one_out_of_reach(unanswered_a: float, house_a: float, seconds: int) -> LoadNote:
    """Return the note of the car after some seconds beside a charger out of reach that may draw `unanswered_a`."""
    house = site(CAR, car("other", circuit="garage", priority=2), fuse_a=63, circuits=(GARAGE,))
    home, cars = Evening(house), charger(6.0)
    away = LoadState(status=Status.FAULT, can_use_power=False, available=False, unanswered_a=unanswered_a)
    for second in range(seconds):
        decision = home.step({"L1": house_a + (cars.draw_a[0] or 0.0)}, second, car=cars, other=away)
        for command in decision.commands:
            cars = obey(cars, command.current_a, command.on)
    return decision.notes["car"]


def test_a_charger_out_of_reach_keeps_its_offline_limit_on_an_unmetered_wire():
    note = note_beside_one_out_of_reach(10.0, 12.0, 90)
    assert note.setpoint_a == 10
    assert "10 A reserved for other, which cannot be controlled now" in note.reason


def test_a_car_paused_for_what_is_reserved_does_not_wait_for_the_fuse_to_cool_down():
    assert note_beside_one_out_of_reach(32.0, 2.0, 120).reason == (
        "needs 6 A, limited by the garage fuse (L1, 20 A): 32 A reserved for other, which cannot be controlled now"
    )


@pytest.mark.parametrize("kind", ["plug", "tank", "sg_ready"])
def test_a_load_that_is_known_to_be_off_keeps_nothing_on_an_unmetered_wire(kind):
    off = replace(UNKNOWN, on=False)
    assert offered_a(garage(kind), UNKNOWN, off) == 16


def test_a_heat_pump_that_nothing_measures_takes_its_rating_of_an_unmetered_wire():
    pump = answering("sg_ready")
    decision = last_decision(garage("sg_ready"), pump)
    assert decision.notes["car"].setpoint_a == 7
    assert "by the garage fuse (L1, 20 A): thing 13 A" in decision.notes["car"].reason
    assert offered_a(garage("sg_ready", mode=Mode.OFF), pump) == 7
    assert offered_a(garage("sg_ready"), replace(pump, on=False, sg="block")) == 16


def test_a_heat_pump_that_does_not_fit_with_a_car_of_higher_priority_is_blocked():
    decision = last_decision(garage("sg_ready", of_a=16.0), answering("sg_ready"))
    pump = decision.memory.loads["thing"].switched.pump
    assert pump is not None and pump.commanded == "block"


def test_a_heat_pump_that_nothing_measures_is_a_token_where_a_meter_shows_it():
    house = site(car("car"), replace(switchable("sg_ready"), circuit=MAIN), fuse_a=35)
    ceiling = last_decision(house, answering("sg_ready")).ceilings[0]
    assert (ceiling.weights["thing"], ceiling.drawn_a["thing"]) == (1, 0)


def test_radiator_relays_without_an_answer_count_as_on_where_no_meter_shows_them():
    group = replace(switchable("plug"), type="radiators", on_off=False, min_a=0.0, step_a=6.5)
    half = LoadState(PerPhase(6.5), counted=True, offer_a=6.5, unanswered_a=6.5, status=Status.CONNECTED)
    decision = last_decision(site(CAR, group, fuse_a=63, circuits=(GARAGE,)), half)
    (fuse,) = [c for c in decision.ceilings if c.name == "garage L1"]
    assert fuse.drawn_a["thing"] + fuse.used_a == 13


def test_an_unmetered_fuse_counts_what_a_metered_circuit_below_it_uses():
    annex = Circuit("annex", 16.0, "garage", FuseType.B, dict.fromkeys(garage("plug").phases, METER))
    house = site(CAR, plug("thing", 230, circuit="annex"), fuse_a=63, circuits=(GARAGE, annex))
    home = Evening(house)
    for second in range(60):
        decision = home.in_circuits(9.0, second, (MAIN, "annex"), car=charger(0.0), thing=switched(True, 1.0))
    (fuse,) = [c for c in decision.ceilings if c.name == "garage L1"]
    assert (fuse.used_a, fuse.headroom_a) == (8, 12)


def test_a_silent_charger_measured_by_one_power_may_draw_all_of_it_from_one_phase():
    """A one-phase car on a three-phase charger: a third of its power stands on each phase."""
    box = car("box", phases="L1 L2 L3", circuit="garage", priority=2, max_a=10.0)
    house = site(box, CAR, fuse_a=63, phases="L1 L2 L3", circuits=(GARAGE,))
    drawn = replace(charger(10.0, 10 / 3, phases="L1 L2 L3"), single_a=10.0, is_power=True)
    home, cars = Evening(house), charger(6.0)
    for second in range(120):
        box_state = drawn if second < 60 else replace(drawn, available=False, offer_a=None)
        grid_a: dict[str, float | None] = {"L1": 12.0 + (cars.draw_a[0] or 0.0), "L2": 2.0, "L3": 2.0}
        decision = home.step(grid_a, second, car=cars, box=box_state)
        for command in decision.commands:
            if command.load == "car":
                cars = obey(cars, command.current_a, command.on)
    assert cars.draw_a[0] == 10
    assert (
        "by the garage fuse (L1, 20 A): 10 A reserved for box, which cannot be controlled now"
        in decision.notes["car"].reason
    )


def test_a_silent_charger_counts_on_a_phase_with_what_that_phase_shows():
    box = car("box", phases="L1 L2 L3")
    each = replace(charger(16.0, 5.0, phases="L1 L2 L3"), available=False)
    assert most_uncontrolled_draw_a(box, each, NEW_LOAD, Phase.L1) == 0  # counted as it is measured
    power = replace(each, single_a=15.0, is_power=True)
    assert most_uncontrolled_draw_a(box, power, NEW_LOAD, Phase.L1) == 15
    assert most_uncontrolled_draw_a(box, replace(power, single_a=48.0, offer_a=None), NEW_LOAD, Phase.L1) == 16
    assert most_uncontrolled_draw_a(box, replace(power, draw_a=PerPhase(), offer_a=None), NEW_LOAD, Phase.L1) == 16
