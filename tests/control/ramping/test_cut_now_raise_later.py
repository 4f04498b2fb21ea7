"""Houses over time: which loads are cut at once, wait, are held, and resume."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Command
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import Reading, Snapshot, Status

from ..houses import T0_S, Evening, car, charger, heating, in_watts, obey, plug, seen, site, switched


def test_an_overload_is_cut_in_the_first_step_that_measures_it_to_the_full_amount() -> None:
    evening = Evening(site(car("car")))
    evening.run(5, 0, 60, car=charger(16))
    decision = evening.step({"L1": 31.0}, 60, car=charger(16))  # the house went from 5 to 15 A
    assert decision.commands == (Command("car", 10.0, None, urgent=True),)
    assert decision.notes["car"].limited_by == "main L1"


def test_a_raise_waits_until_a_fuse_was_observed_for_20_s_and_rises_in_bounded_steps() -> None:
    evening = Evening(site(car("car")))
    loads = evening.run(5, 0, 20, car=charger(6))
    assert loads["car"].offer_a == 6
    offers = [evening.run(5, s, s + 1, **loads)["car"].offer_a for s in range(20, 21)]
    loads = evening.run(5, 21, 60, **loads)
    assert offers == [10.0]
    assert loads["car"].offer_a == 16


@pytest.mark.parametrize("period_s", [4, 8, 12])
def test_a_hob_that_comes_back_within_the_window_allows_no_raise(period_s: int) -> None:
    evening = Evening(site(car("car"), fuse_a=25))
    loads = {"car": charger(6)}
    highest = 0.0
    for second in range(300):
        house_a = 17.0 if second % period_s < period_s // 2 else 3.0
        loads = evening.run(house_a, second, second + 1, **loads)
        highest = max(highest, loads["car"].offer_a or 0.0)
    assert highest == 8.0


def test_a_charger_at_its_minimum_is_held_while_the_fuse_has_budget_and_paused_after() -> None:
    evening = Evening(site(car("car")))
    loads = evening.run(5, 0, 60, car=charger(16))
    offers = []
    for second in range(60, 200):
        loads = evening.run(22, second, second + 1, **loads)
        offers.append(loads["car"].offer_a if loads["car"].on else 0.0)
    assert offers[0] == 6.0
    assert 0.0 in offers
    held_s = offers.index(0.0)
    assert 20 <= held_s <= 120  # 28 A on 25 A: 1.12 In
    assert set(offers[held_s:]) == {0.0}


def test_a_spent_fuse_pauses_only_the_load_that_is_served_last_where_that_suffices() -> None:
    evening = Evening(site(car("first"), car("second", priority=2)))
    loads = evening.run(5, 0, 60, first=charger(6), second=charger(6))
    for second in range(60, 300):
        loads = evening.run(19.5, second, second + 1, **loads)
        assert loads["first"].on, f"paused in second {second}: 25.5 A on 25 A wear nothing out"
    assert not loads["second"].on


def test_readings_far_above_the_rating_pause_only_the_load_that_causes_them() -> None:
    evening = Evening(site(car("first"), car("second", priority=2)))
    loads = evening.run(5, 0, 60, first=charger(6), second=charger(6))
    loads = evening.run(25, 60, 64, **loads)  # 37 A, and 31 A with one of them
    assert loads["first"].on
    assert not loads["second"].on


def test_a_spent_fuse_pauses_both_loads_where_the_first_alone_would_wear_it_out() -> None:
    evening = Evening(site(car("first"), car("second", priority=2)))
    loads = evening.run(5, 0, 60, first=charger(6), second=charger(6))
    loads = evening.run(22, 60, 200, **loads)
    assert not loads["first"].on
    assert not loads["second"].on


def test_two_readings_far_above_the_rating_pause_at_once() -> None:
    evening = Evening(site(car("car")))
    evening.run(5, 0, 60, car=charger(6))
    first = evening.step({"L1": 36.0}, 60, car=charger(6))
    assert first.commands == ()
    second = evening.step({"L1": 36.0}, 61, car=charger(6))
    assert second.commands == (Command("car", None, False, urgent=True),)


def test_a_pause_is_not_over_sooner_because_the_device_was_away_for_a_moment() -> None:
    evening = Evening(site(car("car", pause_s=180)))
    loads = evening.run(5, 0, 60, car=charger(6))
    loads = evening.run(34, 60, 65, **loads)
    assert loads["car"].on is False
    evening.run(5, 65, 67, car=replace(loads["car"], available=False))
    loads = evening.run(5, 67, 240, **loads)
    assert loads["car"].on is False
    assert evening.run(5, 240, 300, **loads)["car"].on is True


def test_a_paused_charger_comes_back_at_its_minimum_after_the_pause_and_a_cool_fuse() -> None:
    evening = Evening(site(car("car", pause_s=180)))
    loads = evening.run(5, 0, 60, car=charger(6))
    loads = evening.run(34, 60, 65, **loads)
    assert loads["car"].on is False
    restarted = None
    for second in range(65, 400):
        loads = evening.run(5, second, second + 1, **loads)
        if loads["car"].on and restarted is None:
            restarted = (second, loads["car"].offer_a)
    assert restarted is not None
    assert restarted[1] == 6.0
    assert 65 + 175 <= restarted[0] <= 65 + 190


def test_the_house_alone_over_the_fuse_raises_nothing_and_says_over() -> None:
    decision = Evening(site(car("car"))).step({"L1": 30.0}, 0, car=charger(6, 0, on=False))
    assert decision.state == "over"
    assert decision.commands == ()


def test_a_plug_that_no_longer_fits_goes_off_at_once_although_it_is_young() -> None:
    evening = Evening(site(plug("pool", min_on_s=300)))
    loads = evening.run(2, 0, 40, pool=switched(False, 0.0))
    assert evening.memory.loads["pool"].setpoint_a > 0
    decision = evening.step({"L1": 30.0}, 41, pool=switched(True, 10.0))
    assert decision.commands == (Command("pool", None, False, urgent=True),)
    assert loads["pool"].on


def test_a_plug_stays_off_for_its_minimum_time() -> None:
    evening = Evening(site(plug("pool", min_off_s=300)))
    loads = evening.run(2, 0, 40, pool=switched(False, 0.0))
    loads = {"pool": switched(True, 10.0)}
    loads = evening.run(20, 40, 42, **loads)
    assert loads["pool"].on is False
    loads = evening.run(2, 42, 335, **loads)
    assert loads["pool"].on is False
    assert evening.run(2, 335, 400, **loads)["pool"].on


def test_a_swap_between_loads_waits_until_the_first_has_let_go() -> None:
    """The cloud charger was cut but still draws: its amps are not lent before the meter shows them free."""
    house = site(car("slow", priority=2), car("quick", priority=1), fuse_a=20, distribution=Distribution.PRIORITY)
    evening = Evening(house)
    plugged = {"slow": charger(14), "quick": charger(6, 0, on=False, status=Status.UNPLUGGED)}
    for second in range(60):
        evening.step({"L1": 18.0}, second, **plugged)
    plugged["quick"] = charger(6, 0, on=False, status=Status.CONNECTED)
    for second in range(60, 75):
        decision = evening.step({"L1": 18.0}, second, **plugged)
        assert [c for c in decision.commands if c.load == "quick"] == []
    assert evening.memory.loads["slow"].setpoint_a < 14


def test_a_raise_leaves_a_neighbour_what_it_still_draws() -> None:
    """Cut twice running, a slow car still draws what it had before both: what only the first cut took is given to no
    other load."""
    house = site(car("quick", priority=1), car("slow", priority=2), fuse_a=25)
    evening = Evening(house)
    loads = {"quick": replace(charger(6), device_max_a=6.0), "slow": charger(16)}
    flows, told = [], {"quick": [6.0], "slow": [16.0]}
    for second in range(74):
        if second == 62:
            loads["quick"] = replace(loads["quick"], device_max_a=16.0)
        flows.append(16.0 + (loads["quick"].draw_a[0] or 0.0))
        decision = evening.step({"L1": flows[-1] + {60: 7.0, 61: 11.0}.get(second, 0.0)}, second, **loads)
        for command in decision.commands:
            followed = obey(loads[command.load], command.current_a, command.on)
            loads[command.load] = followed if command.load == "quick" else replace(followed, draw_a=PerPhase(16.0))
            told[command.load].append(command.current_a or 0.0)
    assert told["slow"][:3] == [16.0, 12.0, 8.0]
    assert max(flows) == 25.0


def test_a_load_that_does_not_follow_counts_as_the_house_after_a_while() -> None:
    """Amps that a deaf charger keeps must be found elsewhere."""
    house = site(car("good", priority=1), car("deaf", priority=2), fuse_a=25)
    evening = Evening(house)
    loads = evening.run(5, 0, 60, good=charger(10), deaf=charger(10))
    deaf = charger(10)
    for second in range(60, 100):
        drawn = (loads["good"].draw_a[0] or 0.0) + 10.0
        decision = evening.step({"L1": 9.0 + drawn}, second, good=loads["good"], deaf=deaf)
        for command in decision.commands:
            if command.load == "good":
                loads["good"] = obey(loads["good"], command.current_a, command.on)
    assert 9.0 + 10.0 + (loads["good"].draw_a[0] or 0.0) <= 25.0 + 1e-6


def test_a_device_that_ignores_a_command_gets_it_again_and_is_then_cut_harder() -> None:
    evening = Evening(site(car("car")))
    evening.run(5, 0, 60, car=charger(16))
    sent = {s: evening.step({"L1": 31.0}, 60 + s, car=charger(16)).commands for s in range(25)}
    told = {s: commands[0].current_a for s, commands in sent.items() if commands}
    assert told == {0: 10.0, 10: 10.0, 16: 6.0}


def test_two_cars_start_one_after_the_other_and_never_together_over_the_fuse() -> None:
    evening = Evening(site(car("a", priority=1), car("b", priority=2), fuse_a=16))
    waiting = charger(16, 0, on=False, status=Status.CONNECTED)
    loads = {"a": waiting, "b": waiting}
    for second in range(120):
        loads = evening.run(2, second, second + 1, **loads)
        running = sum(s.offer_a or 0.0 for s in loads.values() if s.on)
        assert running + 2 <= 16
    assert loads["a"].on and loads["b"].on


def test_a_charger_is_set_to_its_minimum_before_it_is_switched_on() -> None:
    evening = Evening(site(car("car")))
    displayed_a = [32, *[6] * 21]
    waiting = [charger(a, 0, on=False, status=Status.CONNECTED) for a in displayed_a]
    commands = [evening.step({"L1": 2.0}, s, car=car).commands for s, car in enumerate(waiting)]
    assert commands[0] == (Command("car", 6.0, None, urgent=True),)
    assert commands[20][0].on is True


def test_an_unplugged_charger_waits_at_its_minimum_and_is_not_switched() -> None:
    evening = Evening(site(car("car")))
    decision = evening.step({"L1": 2.0}, 0, car=charger(32, 0, status=Status.UNPLUGGED))
    assert decision.commands == (Command("car", 6.0, None, urgent=True),)
    assert decision.notes["car"].status == "unplugged"
    assert decision.notes["car"].available_a == 16.0


def test_mode_off_stops_a_charging_car() -> None:
    decision = Evening(site(car("car", mode=Mode.OFF))).step({"L1": 12.0}, 0, car=charger(10))
    assert decision.commands == (Command("car", 6.0, False, urgent=True),)
    assert decision.notes["car"].reason.startswith("mode is off")


def test_a_one_phase_overload_leaves_the_other_phases_alone() -> None:
    house = site(car("one", phases="L1"), car("two", phases="L2"), phases="L1 L2")
    evening = Evening(house)
    one, two = charger(16), charger(16, phases="L2")
    for second in range(60):
        evening.step({"L1": 20.0, "L2": 20.0}, second, one=one, two=two)
    decision = evening.step({"L1": 30.0, "L2": 20.0}, 60, one=one, two=two)
    assert decision.commands == (Command("one", 11.0, None, urgent=True),)


def test_a_three_phase_car_is_limited_by_its_worst_phase_and_reports_which() -> None:
    evening = Evening(site(car("car", phases="L1 L2 L3"), phases="L1 L2 L3"))
    state = charger(16, phases="L1 L2 L3")
    for second in range(60):
        evening.step({"L1": 17.0, "L2": 18.0, "L3": 17.0}, second, car=state)
    decision = evening.step({"L1": 17.0, "L2": 29.0, "L3": 17.0}, 60, car=state)
    assert decision.commands == (Command("car", 12.0, None, urgent=True),)
    assert decision.notes["car"].limited_by == "main L2"


def test_a_sub_circuit_without_a_meter_limits_the_sum_of_its_loads() -> None:
    garage = Circuit("garage", 16.0, MAIN)
    house = site(
        car("a", circuit="garage"),
        car("b", circuit="garage"),
        fuse_a=40,
        circuits=(garage,),
        distribution=Distribution.SHARED,
    )
    evening = Evening(house)
    loads = evening.run(2, 0, 120, a=charger(6), b=charger(6))
    assert [loads[n].offer_a for n in ("a", "b")] == [8.0, 8.0]
    assert evening.decision is not None
    assert evening.decision.notes["a"].limited_by == "garage L1"


def test_the_contract_limits_the_sum_of_the_phases() -> None:
    house = site(car("car", phases="L1 L2 L3"), phases="L1 L2 L3", fuse_a=25, max_import_w=9200)
    evening = Evening(house)
    loads = {"car": charger(6, phases="L1 L2 L3")}
    for second in range(120):
        drawn = loads["car"].draw_a[0] or 0.0
        decision = evening.step(dict.fromkeys(("L1", "L2", "L3"), 2.0 + drawn), second, **loads)
        for command in decision.commands:
            loads["car"] = charger(command.current_a or 0.0, phases="L1 L2 L3")
    assert loads["car"].offer_a == 11.0  # (40 - 3 x 2) / 3 = 11.3, whole amps
    assert evening.decision is not None
    assert evening.decision.notes["car"].limited_by == "contract"


@pytest.mark.parametrize(
    ("age_s", "offer_a", "on"),
    [(0, 16.0, True), (29, 16.0, True), (31, 6.0, True), (61, 6.0, True)],
)
def test_blindness_lowers_a_charger_in_stages(age_s: float, offer_a: float, on: bool) -> None:
    evening = Evening(site(car("car", failsafe_a=6)))
    loads = evening.run(5, 0, 60, car=charger(16))
    late = Snapshot(T0_S + 60, {MAIN: {Phase.L1: Reading(21.0, 21.0, age_s)}}, loads)
    decision = step(evening.site, late, evening.memory)
    assert decision.notes["car"].setpoint_a == offer_a
    assert (decision.notes["car"].status == "blind") is (age_s > 30)


def test_a_late_reading_raises_nothing_although_it_shows_room() -> None:
    evening = Evening(site(car("car")))
    loads = evening.run(17, 0, 60, car=charger(6))
    assert loads["car"].offer_a == 8.0
    late = Snapshot(T0_S + 90, {MAIN: {Phase.L1: Reading(9.0, 9.0, 31.0)}}, loads)
    decision = step(evening.site, late, evening.memory)
    assert decision.notes["car"].setpoint_a == 6.0
    assert [c.current_a for c in decision.commands] == [6.0]


def test_fail_safe_pauses_where_the_user_said_zero_and_switches_plugs_off() -> None:
    evening = Evening(site(car("car", failsafe_a=0), plug("pool")))
    decision = evening.step({"L1": None}, 0, car=charger(16), pool=switched(True, 10.0))
    assert {c.load: c.on for c in decision.commands} == {"car": False, "pool": False}


def test_readings_whole_again_end_the_fail_safe_but_raises_wait() -> None:
    evening = Evening(site(car("car")))
    loads = evening.run(5, 0, 60, car=charger(16))
    decision = evening.step({"L1": None}, 61, **loads)
    assert decision.notes["car"].setpoint_a == 6.0
    loads = {"car": charger(6)}
    loads = evening.run(5, 62, 75, **loads)
    assert loads["car"].offer_a == 6.0
    assert evening.run(5, 75, 120, **loads)["car"].offer_a == 16.0


def test_after_a_start_what_is_there_is_adopted_without_a_command() -> None:
    decision = Evening(site(car("car"))).step({"L1": 17.0}, 0, car=charger(12))
    assert decision.commands == ()
    assert decision.notes["car"].setpoint_a == 12.0


def test_with_two_cars_on_the_fuses_budget_the_first_stays_on_for_the_second() -> None:
    evening = Evening(site(car("first", priority=1), car("second", priority=2)))
    loads = evening.run(5, 0, 60, first=charger(8), second=charger(8))
    loads = evening.run(15, 60, 66, **loads)
    assert [(loads[n].on, loads[n].offer_a) for n in ("first", "second")] == [(True, 6.0), (True, 6.0)]


def test_after_a_gap_in_the_steps_the_window_begins_again() -> None:
    evening = Evening(site(car("car")))
    loads = evening.run(17, 0, 60, car=charger(6))
    decision = evening.step({"L1": 8.0}, 100, **loads)
    assert decision.notes["car"].setpoint_a <= 8.0
    assert "observed" in decision.notes["car"].reason


def test_cuts_are_sent_before_raises() -> None:
    """Whatever the order of CONFIG: what frees amps leaves before what takes them."""
    evening = Evening(site(car("rising"), car("falling", phases="L2"), phases="L1 L2"))
    loads = {"rising": charger(6), "falling": charger(16, phases="L2")}
    for second in range(20):
        evening.step({"L1": 11 + second % 2 / 10, "L2": 21 + second % 2 / 10}, second, **loads)
    decision = evening.step({"L1": 11, "L2": 31}, 20, **loads)
    assert [(command.load, command.current_a) for command in decision.commands] == [("falling", 10), ("rising", 10)]


@pytest.mark.parametrize("in_the_house_a", [6.0, 6.8])
@pytest.mark.parametrize(("first", "excess_a"), [("car", 0.2), ("car", 0.4), ("heater", 0.02), ("heater", 0.3)])
def test_a_plug_starts_although_the_load_that_makes_way_draws_a_little_more_than_it_is_set_to(
    first: str, excess_a: float, in_the_house_a: float
) -> None:
    by_name = {"car": (car("car"), charger(16)), "heater": (in_watts("heater", write_every_s=0), heating(13))}
    load, state = by_name[first]
    house = site(load, plug("pool", priority=2), margin_a=0.5)
    loads, memory = {first: state, "pool": switched(False, 0)}, Memory()
    for second in range(120):
        drawn_a = sum(each.draw_a[Phase.L1] or 0.0 for each in loads.values())
        decision = step(house, seen({"L1": in_the_house_a + drawn_a}, second, **loads), memory)
        memory = decision.memory
        for command in decision.commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
        loads[first] = replace(loads[first], draw_a=PerPhase((loads[first].offer_a or 0.0) + excess_a))
    assert loads["pool"].on
    assert in_the_house_a + 10 + (loads[first].draw_a[Phase.L1] or 0.0) <= 24.5 + 1e-6
