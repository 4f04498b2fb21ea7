"""A heat pump: its demand on a fuse, how often it is switched, and which loads are cut until it is blocked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.appliance_memory import BLOCK, NORMAL, RECOMMEND
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Tariff
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Allowance, LoadState, Reading, Snapshot
from tests.control.houses import T0_S, Evening, car, charger, plug, seen, site, switched

FACTS = {
    "relay_1": "switch.one",
    "relay_2": "switch.two",
    "power": "sensor.pump",
    "recommend_above_w": 1500,
    "force_above_w": 4000,
    "dwell_s": 120,
    "max_block_s": 900,
}


def pump(**more: object) -> Load:
    load = plug("pump", priority=2, mode=Mode.STANDARD, **more)
    return replace(load, type="sg_ready", device=FACTS, lends_rating=True)


def test_a_car_of_higher_priority_is_lowered_while_the_pump_runs_on() -> None:
    house = site(car("car"), pump())
    running = replace(switched(True, 10.0), sg=NORMAL)
    evening = Evening(house)
    evening.run(0.0, 0, 60, car=charger(13.0), pump=running)
    decision = evening.step({"L1": 12.0 + 13.0 + 10.0}, 60, car=charger(13.0), pump=running)
    assert [(c.load, c.current_a) for c in decision.commands] == [("car", 6.0)]
    assert decision.notes["pump"].reason == "may still run, but is blocked if main L1 continues to have no room for it"


def test_a_pump_that_draws_more_than_its_rating_has_all_it_can_use_between_two_readings_of_a_meter() -> None:
    evening, running = Evening(site(pump())), replace(switched(True, 10.4), sg=NORMAL)
    for second in range(80):
        age_s = second % 20
        reading = Reading(15.4, 15.4, age_s)
        decision = evening.decide(Snapshot(T0_S + second, {MAIN: {Phase.L1: reading}}, {"pump": running}))
    note = decision.notes["pump"]
    assert (note.status, note.setpoint_a, note.reason) == ("on", 10.4, "has all it can use")
    assert decision.reason == "every load has what it can use"


def test_a_pump_that_has_to_make_way_is_on_until_it_is_blocked() -> None:
    """A plug that goes first waits for its room; the relays of the pump do not block it yet, so it draws."""
    evening = Evening(site(plug("pool", priority=1), replace(pump(), device={**FACTS, "dwell_s": 600})))
    running = replace(switched(True, 10.0), sg=NORMAL)
    evening.run(8.0, 0, 60, pool=switched(False, 0.0), pump=running)
    note = evening.step({"L1": 18.0}, 60, pool=switched(False, 0.0), pump=running).notes["pump"]
    assert (note.allocated_a, note.status) == (0.0, "on")
    assert note.reason == "may still run, but is blocked if main L1 continues to have no room for it"
    blocked = evening.step({"L1": 8.0}, 61, pool=switched(False, 0.0), pump=replace(switched(True, 0.0), sg=BLOCK))
    assert blocked.notes["pump"].status == "off"


def idle_beside_a_car(house_a: float, lends: bool = True) -> Evening:
    """Return three minutes of a car and a heat pump that may run and draws nothing."""
    evening = Evening(site(car("car"), replace(pump(), lends_rating=lends)))
    evening.run(house_a, 0, 180, car=charger(6.0), pump=replace(switched(True, 0.0), sg=NORMAL))
    return evening


def test_a_car_uses_what_an_idle_heat_pump_leaves_and_makes_way_when_it_starts() -> None:
    evening = idle_beside_a_car(5.0)
    assert evening.memory.loads["car"].setpoint_a == 16.0
    starts = replace(switched(True, 10.0), sg=NORMAL)
    decision = evening.step({"L1": 5.0 + 16.0 + 10.0}, 180, car=charger(16.0), pump=starts)
    assert [(c.load, c.current_a) for c in decision.commands] == [("car", 10.0)]
    assert decision.notes["pump"].allocated_a == 10.0


def test_the_rating_of_an_idle_heat_pump_that_does_not_lend_it_is_kept_free() -> None:
    assert idle_beside_a_car(5.0, lends=False).memory.loads["car"].setpoint_a == 10.0


def test_an_idle_heat_pump_is_blocked_where_its_rating_would_not_fit() -> None:
    known = idle_beside_a_car(12.0).memory.loads["pump"].switched.pump
    assert known is not None and known.commanded == BLOCK


def test_the_block_of_an_idle_heat_pump_whose_relays_do_not_answer_lasts() -> None:
    evening, commanded = Evening(site(pump())), []
    for second in range(600):
        evening.step({"L1": 19.0}, second, pump=replace(switched(True, 0.0), sg=NORMAL))
        known = evening.memory.loads["pump"].switched.pump
        commanded += [] if known is None else [known.commanded]
    assert set(commanded[-300:]) == {BLOCK}


def test_an_unmeasured_heat_pump_requests_a_tenth_of_an_amp() -> None:
    evening = Evening(site(pump()))
    unmeasured = LoadState(PerPhase(None), switched=True, on=True, sg=NORMAL)
    assert evening.step({"L1": 5.0}, 0, pump=unmeasured).notes["pump"].allocated_a == 0.1


def test_an_unmeasured_pump_without_a_share_of_a_tariff_is_on_until_it_is_blocked() -> None:
    """In the window, 4 kW are drawn, and 4 kW are allowed."""
    loads = (car("car"), plug("tank", 1600), replace(pump(), device={**FACTS, "dwell_s": 600}))
    house = site(*loads, distribution="optimized", tariff=Tariff("fixed_limit", target_kw=4.0))
    states = {"car": charger(8.0), "tank": switched(True, 7.0), "pump": replace(switched(True, None), sg=NORMAL)}
    allowance = Allowance(4000.0, 4000.0 * 600, T0_S - 600, T0_S + 300)
    note = Evening(house).decide(replace(seen({"L1": 18.0}, **states), allowance=allowance)).notes["pump"]
    assert (note.allocated_a, note.status) == (0.0, "on")
    assert note.reason == "may still run, but is blocked if the tariff limit continues to have no room for it"


def test_it_is_called_upon_three_times_an_hour() -> None:
    """The sun comes for five minutes and goes for five, six times an hour."""
    evening, told, calls_s = Evening(site(pump(start_after_s=10, stop_after_s=10))), NORMAL, []
    for second in range(0, 5400, 5):
        flow_a = -10.0 if second // 300 % 2 else 5.0
        evening.step({"L1": flow_a}, second, pump=replace(switched(False, 0.0), sg=told))
        known = evening.memory.loads["pump"].switched.pump
        assert known is not None and known.commanded is not None
        if (told, known.commanded) == (NORMAL, RECOMMEND):
            calls_s.append(second)
        told = known.commanded
    assert calls_s == [310, 910, 1510, 3910, 4510, 5110]


def test_a_block_that_its_three_releases_an_hour_keep_up_is_shown_as_one() -> None:
    """Every five minutes the fuse is too full for it for one, until its releases are used up. A meter of 10 s."""
    facts = {**FACTS, "dwell_s": 0, "max_block_s": 7200}
    evening, told, notes = Evening(site(replace(pump(), device=facts))), NORMAL, []
    for second in range(2400):
        house_a = 27.0 if second < 1000 and second % 300 < 60 else 5.0
        draw_a = 0.0 if told == BLOCK else 10.0
        grid_a = Reading(house_a + draw_a, house_a + draw_a, second % 10)
        states = {"pump": replace(switched(True, draw_a), sg=told)}
        decision = evening.decide(Snapshot(T0_S + second, {MAIN: {Phase.L1: grid_a}}, states))
        known = evening.memory.loads["pump"].switched.pump
        assert known is not None and known.commanded is not None
        told = known.commanded
        notes += [decision.notes["pump"]] if second >= 1300 else []
    assert len(known.calls_s) == 3
    assert {(note.status, note.setpoint_a) for note in notes} == {("off", 0.0)}
    assert {note.reason.partition(",")[0] for note in notes} == {"blocked"}


def test_a_pump_whose_three_releases_an_hour_are_used_up_leaves_its_room_to_a_car() -> None:
    """For one minute in five the house leaves no room for the pump; a car charges with 6 A beside it."""
    first = replace(pump(), device={**FACTS, "dwell_s": 0, "max_block_s": 7200})
    evening, told, given_a = Evening(site(first, car("car", priority=3))), NORMAL, set()
    for second in range(0, 2400, 5):
        house_a = 20.0 if second < 1000 and second % 300 < 60 else 5.0
        draw_a = 0.0 if told == BLOCK else 10.0
        states = {"pump": replace(switched(True, draw_a), sg=told), "car": charger(6.0)}
        decision = evening.step({"L1": house_a + draw_a + 6.0}, second, **states)
        known = evening.memory.loads["pump"].switched.pump
        assert known is not None and known.commanded is not None
        told = known.commanded
        given_a |= {tuple(decision.notes[name].allocated_a for name in states)} if second >= 1300 else set()
    assert len(known.calls_s) == 3
    assert given_a == {(0.0, 16.0)}


@pytest.mark.parametrize("phases", ["L1", "L1 L2 L3"])
def test_the_token_of_an_unmeasured_heat_pump_is_not_named_as_a_part_of_a_limit(phases: str) -> None:
    house = site(car("garage"), pump(phases=phases), car("guest", priority=3), max_import_w=3600.0, phases="L1 L2 L3")
    unmeasured = LoadState(PerPhase(None), switched=True, on=True, sg=NORMAL)
    loads = {"garage": charger(6.0), "guest": charger(6.0), "pump": unmeasured}
    decision = Evening(house).step({"L1": 15.0, "L2": 0.0, "L3": 0.0}, 0, **loads)
    reason = "limited to 6 A by the import limit of 3.6 kW: garage 1.5 kW, house 0.7 kW"
    assert decision.notes["guest"].reason == reason


def beside_a_pump_that_cannot_be_blocked(first: Load, state: LoadState, house_a: float) -> dict[str, LoadState]:
    """Return the devices' states three minutes after a heat pump without block time began to draw 10 A."""
    unblockable = replace(pump(), device={**FACTS, "max_block_s": 0})
    states = {first.name: state, "pump": replace(switched(True, 10.0), sg=NORMAL)}
    return Evening(site(first, unblockable)).run(house_a, 0, 180, **states)


def test_a_plug_before_a_pump_that_cannot_be_blocked_makes_way() -> None:
    assert beside_a_pump_that_cannot_be_blocked(plug("pool"), switched(True, 10.0), 8.0)["pool"].on is False


def test_a_car_before_a_pump_that_cannot_be_blocked_pauses_when_the_fuse_is_exhausted() -> None:
    assert beside_a_pump_that_cannot_be_blocked(car("car"), charger(6.0), 13.0)["car"].on is False


def test_a_pump_before_one_that_cannot_be_blocked_is_blocked_after_30_s() -> None:
    first = replace(pump(), name="first", priority=1)
    evening = Evening(site(first, replace(pump(), device={**FACTS, "max_block_s": 0}), fuse_a=16))
    draws = replace(switched(True, 10.0), sg=NORMAL)
    for second in range(40):
        evening.step({"L1": 20.0}, second, first=draws, pump=draws)
    known = evening.memory.loads["first"].switched.pump
    assert known is not None and known.commanded == BLOCK


def test_the_block_of_a_pump_does_not_hurry_for_an_exhausted_fuse_that_is_not_overloaded() -> None:
    """L1 exports and its fuse is exhausted, which the running pump relieves; L2 is half an amp above its rating."""
    house = site(pump(phases="L1 L2"), phases="L1 L2", has_generation=True)
    evening, running, blocked_s = Evening(house), replace(switched(True, 5.0, phases="L1 L2"), sg=NORMAL), list[int]()
    for second in range(120):
        evening.step({"L1": -27.0, "L2": 20.0 if second < 60 else 25.5}, second, pump=running)
        known = evening.memory.loads["pump"].switched.pump
        blocked_s += [second] if known is not None and known.commanded == BLOCK else []
    assert blocked_s[0] >= 60 + 30
