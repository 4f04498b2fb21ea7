"""Radiators in turn: the cap, the turns, the boost, relays that do not answer. The clock is the test's."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from fusebox.model.heating import Radiator
from fusebox.radiators.group import GroupMemory, GroupReadings
from fusebox.radiators.run import step

from .rooms import STEP_S, GroupRun, group


def turns(rooms: GroupRun, count: int) -> list[str]:
    """Return the radiators that are on in the middle of each of the next turns."""
    found = []
    for _ in range(count):
        rooms.go(STEP_S)
        found.append(rooms.lit)
    return found


def at_a_step(rooms: GroupRun) -> GroupRun:
    """The rooms a moment before a step."""
    rooms.go(int(STEP_S - rooms.now_s % STEP_S))
    return rooms


# Levels


@pytest.mark.parametrize(
    ("read", "most"),
    [(0, 3), (1.0, 2), (2, 1), (2.0000000001, 1), (1.5, 1), (2.5, 0), (3, 0), (9, 0), (10.0, 0), (1e9, 0), (-1, 3)],
)
def test_a_level_between_two_is_the_higher_and_one_beyond_the_last_is_the_last(read, most):
    rooms = GroupRun(group("abc"), level=read)
    rooms.run()
    assert rooms.outcome.cap.most == most


@pytest.mark.parametrize("unreadable", [None, math.nan, math.inf, -math.inf])
def test_an_unreadable_level_holds_the_last_one(unreadable):
    rooms = GroupRun(group("abcd"), level=2)
    rooms.go(2)
    rooms.level = unreadable
    rooms.go(600)
    assert (rooms.outcome.cap.most, rooms.most_on) == (2, 2)


@pytest.mark.parametrize("read", [None, 4])
def test_a_level_above_those_that_config_has_now_is_the_last_one(read):
    rooms = at_a_step(GroupRun(group("abcd", external_smoothing=False), level=4))
    rooms.run()
    rooms.group, rooms.level = replace(rooms.group, max_active=(4, 1, 0)), read
    rooms.run()
    assert (rooms.memory.level, rooms.outcome.cap.most) == (2, 0)


@pytest.mark.parametrize(("blind_active", "most"), [(0, 0), (1, 1), (3, 3)])
def test_a_level_that_was_never_known_means_blind_active(blind_active, most):
    rooms = GroupRun(group("abcd", blind_active=blind_active), level=None)
    rooms.go(600)
    assert (rooms.outcome.cap.most, rooms.most_on) == (most, most)
    assert rooms.outcome.cap.code == "radiators_by_unknown_level"


def test_without_a_level_the_first_of_max_active_is_the_cap():
    plain = replace(group("ab", (1, 0)), power_saving=None)
    assert step(plain, GroupReadings(0.0), GroupMemory()).cap.most == 1


def test_the_lower_of_level_and_grant_counts():
    rooms = GroupRun(group("abcd"), level=1)
    for granted, most in [(None, 3), (4, 3), (2, 2), (0, 0), (-1, 0)]:
        rooms.granted = granted
        rooms.run()
        assert rooms.outcome.cap.most == most


def test_a_rising_level_switches_off_in_the_same_run_and_never_more_than_it_must():
    rooms = GroupRun(group("abcd"), level=0)
    rooms.go(5)
    rooms.level = 2
    assert rooms.run() == ["c-", "d-"]


def test_a_falling_level_waits_for_the_step_unless_smoothed():
    rooms = at_a_step(GroupRun(group("abcd", external_smoothing=False), level=2))
    rooms.level = 0
    rooms.run(stepping=True)
    rooms.second()
    assert rooms.outcome.cap.most == 4
    rooms.level = 3
    rooms.run()
    assert rooms.outcome.cap.most == 1
    rooms.level = 0
    rooms.go(STEP_S - 10)
    assert rooms.outcome.cap.most == 1
    rooms.go(20)
    assert rooms.outcome.cap.most == 4


# Turns


def test_the_turn_goes_round():
    assert turns(at_a_step(GroupRun(group("abcd"), level=2)), 4) == ["cd", "ab", "cd", "ab"]


def test_with_one_left_over_the_turn_still_goes_round():
    found = turns(at_a_step(GroupRun(group("abcde"), level=2)), 5)
    assert sorted("".join(found)) == sorted("abcde" * 3)
    assert found[0] == "ade"


def test_a_radiator_listed_twice_gets_two_shares():
    rooms = GroupRun(group("abac", most=(1, 0)), level=0)
    rooms.go(12 * STEP_S)
    assert rooms.on_s["a"] == pytest.approx(6 * STEP_S, abs=STEP_S)
    assert rooms.on_s["b"] == pytest.approx(3 * STEP_S, abs=STEP_S)


def test_one_thermostat_may_drive_several_radiators():
    rows = tuple(Radiator(name, "v", name) for name in "ab")
    rooms = GroupRun(replace(group("ab"), rows=rows))
    assert rooms.run() == ["a+", "b+"]
    rooms.second()
    rooms.calls.clear()
    rooms.go(3)
    assert rooms.lit == ""


def test_neither_a_level_nor_a_thermostat_passes_the_turn_on():
    rooms = at_a_step(GroupRun(group("abcd"), level=2))
    rooms.run(stepping=True)
    rooms.second()
    rooms.run()
    rooms.second()
    had = rooms.lit
    for level in (3, 2, 3, 2):
        rooms.level = level
        rooms.go(5)
    rooms.calls -= set("abcd") - set(had)
    rooms.go(5)
    assert rooms.lit == had


def test_a_room_away_for_long_has_no_claim_on_the_past():
    rooms = GroupRun(group("abc", most=(1, 0)), level=0, calls="ab")
    rooms.go(8 * STEP_S)
    rooms.calls.add("c")
    before = rooms.on_s.copy()
    rooms.go(9 * STEP_S)
    for name in "abc":
        assert rooms.on_s[name] - before[name] == pytest.approx(3 * STEP_S, abs=STEP_S + 5)


def test_a_room_that_lost_part_of_a_turn_to_the_cap_gets_it_back():
    rooms = at_a_step(GroupRun(group("ab", most=(1, 0)), level=0))
    for _ in range(20):
        rooms.go(60)
        rooms.level = 1 if "a" in rooms.lit else 0  # only ever cut while it is with a
        rooms.go(60)
        rooms.level = 0
    assert rooms.on_s["a"] == pytest.approx(rooms.on_s["b"], abs=2 * STEP_S)


def test_an_unknown_thermostat_leaves_its_radiator_as_it_is():
    of = group("ab")
    memory = GroupMemory()
    calls = {"v_a": None, "v_b": None}
    first = step(of, GroupReadings(0.0, 0, False, calls, {"a": True, "b": False}), memory)
    assert (first.switchings, first.calling) == ((), (True, False))


def test_the_coldest_room_has_its_turn_first_and_the_others_do_not_wait_long():
    rooms = GroupRun(group("abc", most=(1, 0)), level=0)
    rooms.debt_k = {"a": 0.2, "b": 4.0, "c": 0.2}
    at_a_step(rooms)
    assert turns(rooms, 6) == ["b"] * 6
    rooms.go(12 * STEP_S)
    waits = {name: rooms.on_s[name] for name in "ac"}
    assert min(waits.values()) >= STEP_S - 5
    rooms.debt_k = {"a": 3.0, "b": 0.1, "c": 0.2}
    assert turns(rooms, 1) == ["a"]


@pytest.mark.parametrize(("colder_k", "first"), [(0.0, "b"), (0.04, "b"), (0.06, "a")])
def test_a_room_is_colder_by_the_tenth_of_a_kelvin(colder_k, first):
    rooms = GroupRun(group("ab", most=(1, 0)), level=0)
    rooms.debt_k = {"a": 1.0 + colder_k, "b": 1.0}
    assert turns(at_a_step(rooms), 1) == [first]


def test_colder_rooms_go_first_for_two_rounds():
    rooms = GroupRun(group("ab", most=(1, 0)), level=0)
    rooms.debt_k = {"a": 0.2, "b": 4.0}
    assert turns(at_a_step(rooms), 6) == list("bbbbab")


def test_rooms_that_lack_the_same_take_turns():
    rooms = at_a_step(GroupRun(group("abcd"), level=2))
    rooms.debt_k = dict.fromkeys("abcd", 1.0)
    assert turns(rooms, 4) == ["cd", "ab", "cd", "ab"]


def test_a_room_without_a_temperature_counts_as_a_usual_one():
    rooms = at_a_step(GroupRun(group("abc", most=(1, 0)), level=0))
    rooms.debt_k = {"a": 3.0, "b": 0.5}
    rooms.go(18 * STEP_S)
    assert rooms.on_s["a"] > rooms.on_s["c"] >= rooms.on_s["b"] > 0


# Lending


def test_a_radiator_that_draws_nothing_lends_its_turn_until_the_next_step():
    rooms = at_a_step(GroupRun(group("ab", most=(1, 0)), level=0, calls="ab"))
    rooms.run(stepping=True)
    rooms.second()
    rooms.go(3)
    idle = rooms.lit
    rooms.draws = {idle: False}
    rooms.go(30)
    assert rooms.lit != idle
    assert rooms.most_on == 1
    rooms.draws = {}
    rooms.go(STEP_S)
    assert rooms.on_s["a"] > 0 and rooms.on_s["b"] > 0


def test_no_turn_is_lent_while_no_room_waits():
    rooms = at_a_step(GroupRun(group("ab"), level=0))
    rooms.draws = {"a": False, "b": False}
    rooms.go(300)
    assert rooms.lit == "ab"
    assert len(rooms.sent) == 2


# Thermostats, absence, boost


def test_a_thermostat_that_chatters_makes_one_run():
    rooms = GroupRun(group("ab", hold_off_s=3), level=0, calls="")
    rooms.go(5)
    for second in range(3):
        rooms.calls = set("a") if second % 2 == 0 else set()
        rooms.go(1)
    assert rooms.sent == []
    rooms.calls = set("a")
    rooms.go(5)
    assert [relay for _, relay, _ in rooms.sent] == ["a"]


def test_a_thermostat_back_at_its_former_state_causes_no_event():
    rooms = GroupRun(group("ab", hold_off_s=3), level=0, calls="a")
    rooms.go(5)
    rooms.calls = set()
    rooms.go(2)
    rooms.calls = set("a")
    rooms.go(10)
    assert len(rooms.sent) == 1


def test_away_ends_all_heating_and_boosts_too():
    rooms = GroupRun(group("abc"), level=0)
    rooms.memory = rooms.memory.set_boost(["a"], on=True)
    rooms.go(5)
    rooms.away = True
    assert sorted(rooms.run()) == ["a-", "b-", "c-"]
    rooms.go(300)
    assert rooms.lit == ""
    rooms.away = False
    rooms.go(3)
    assert rooms.lit == "abc"


def test_a_boost_ignores_the_thermostat_and_obeys_the_cap():
    rooms = GroupRun(group("abcd"), level=3, calls="bcd")
    rooms.go(5)
    rooms.memory = rooms.memory.set_boost(["a"], on=True)
    rooms.go(STEP_S)
    assert (rooms.lit, rooms.most_on) == ("a", 1)


def test_a_boosted_radiator_that_is_also_called_for_counts_once():
    rooms = GroupRun(group("abcd"), level=2)
    rooms.memory = rooms.memory.set_boost(["a"], on=True)
    rooms.go(STEP_S + 5)
    assert len(rooms.lit) == 2 and "a" in rooms.lit


def test_a_boost_ends_at_its_time():
    rooms = GroupRun(group("ab"), level=0, calls="")
    rooms.memory = rooms.memory.set_boost(["a"], on=True, until_s=rooms.now_s + 60)
    rooms.go(50)
    assert rooms.lit == "a"
    rooms.go(20)
    assert rooms.lit == ""


def test_test_mode_decides_and_sends_nothing():
    rooms = GroupRun(group("abcd", test_mode=True), level=2)
    rooms.go(3 * STEP_S)
    assert rooms.sent == []
    assert len(rooms.outcome.active) == 2


# Relays


def test_off_goes_before_on_and_on_waits_until_off_is_shown():
    rooms = GroupRun(group("ab", most=(1, 0)), level=0)
    rooms.go(3)
    rooms.answers_s = {"a": 4}
    rooms.run(stepping=True)
    assert rooms.sent[-1][1:] == ("a", False)
    rooms.go(3)
    assert (rooms.lit, rooms.most_on) == ("a", 1)
    rooms.go(4)
    assert (rooms.lit, rooms.most_on) == ("b", 1)


def test_a_radiator_called_off_before_its_relay_has_moved_counts_as_on_until_it_is_off():
    rooms = GroupRun(group("ab", most=(1, 0), hold_off_s=0), calls="a")
    rooms.answers_s = {"a": 4}
    rooms.go(2)
    rooms.calls = {"b"}
    rooms.go(15)
    assert (rooms.most_on, rooms.lit) == (1, "b")


def test_a_turn_that_begins_late_behind_a_slow_relay_is_not_lost():
    rooms = at_a_step(GroupRun(group("abc", most=(1, 0)), level=0))
    rooms.debt_k = {"a": 3.0, "b": 0.5}
    rooms.answers_s = dict.fromkeys("abc", 10)
    rooms.go(18 * STEP_S)
    assert rooms.on_s["a"] > rooms.on_s["c"] >= rooms.on_s["b"] > 0


def test_a_relay_that_stays_on_uses_its_place_is_commanded_again_and_named():
    rooms = at_a_step(GroupRun(group("abc"), level=1))
    stuck = rooms.lit[0]
    rooms.deaf.add(stuck)
    rooms.go(20 * STEP_S)
    assert rooms.most_on == 2
    assert all(rooms.on_s[name] > 5 * STEP_S for name in "abc")
    tries_s = [s for s, relay, on in rooms.sent if relay == stuck and not on]
    assert 5 < len(tries_s) < 20
    assert any(f"{stuck} ({stuck}) does not respond: was sent off, shows on, counts as on" in p for p in rooms.problems)
    rooms.deaf.clear()
    rooms.go(5 * STEP_S)
    assert rooms.problems == ()


def test_a_relay_that_stays_off_is_commanded_again_and_counts_as_on():
    rooms = GroupRun(group("ab", most=(1, 0)), level=0, calls="a")
    rooms.deaf.add("a")
    rooms.go(60)
    assert [s - rooms.sent[0][0] for s, _, _ in rooms.sent] == [0, 10, 30]
    assert any("was sent on, shows off, counts as on" in p for p in rooms.problems)


def test_an_unavailable_relay_counts_as_in_its_last_state():
    rooms = GroupRun(group("abc"), level=1, calls="bc")
    rooms.go(5)
    rooms.on["a"] = None  # was off
    rooms.go(300)
    assert rooms.most_on == 2
    rooms.on["b"] = None  # was on
    rooms.deaf.add("b")
    rooms.calls = set("ac")
    rooms.go(10)
    assert rooms.lit == "c"
    rooms.level = 2
    rooms.go(10)
    assert rooms.lit == ""


def test_a_relay_lost_since_its_command_may_be_on_after_its_turn_too():
    rooms = GroupRun(group("ab", most=(1, 0)), level=0)
    rooms.deaf.add("a")
    rooms.go(30)
    rooms.on["a"] = None  # showed off, but may have come on without a word
    rooms.go(3 * STEP_S)
    assert [relay for _, relay, _ in rooms.sent if relay == "b"] == []
    assert any("was sent off, shows nothing, counts as on" in p for p in rooms.problems)
    rooms.on["a"] = False
    rooms.deaf.clear()
    rooms.go(3 * STEP_S)
    assert rooms.on_s["a"] > STEP_S / 2 and rooms.on_s["b"] > STEP_S / 2


def test_relays_that_never_reported_are_waited_for():
    rooms = GroupRun(group("ab"), level=0)
    rooms.on = dict.fromkeys("ab")
    rooms.go(300)
    assert rooms.sent == []
    assert len(rooms.problems) == 2
    rooms.on = {"a": True, "b": False}
    rooms.go(3)
    assert (rooms.lit, len(rooms.sent)) == ("ab", 1)


def test_a_radiator_that_a_hand_has_switched_off_is_left_off_until_the_next_step():
    rooms = at_a_step(GroupRun(group("ab"), level=0))
    rooms.go(10)
    rooms.on["a"] = False
    rooms.go(60)
    assert rooms.lit == "b"
    rooms.go(STEP_S)
    assert rooms.lit == "ab"


def test_one_that_a_hand_has_switched_on_goes_off():
    rooms = GroupRun(group("ab", most=(1, 0)), level=0, calls="b")
    rooms.go(10)
    rooms.on["a"] = True
    rooms.go(2)
    assert rooms.lit == "b"


def test_between_two_relays_there_is_the_pause_that_config_says():
    rooms = GroupRun(group("abc", settle_s=2), level=0)
    rooms.go(10)
    assert [s - 1000 for s, _, _ in rooms.sent] == [0, 2, 4]
    assert rooms.lit == "abc"


def test_a_restart_leaves_radiators_on_that_are_on():
    rooms = at_a_step(GroupRun(group("abcd"), level=2))
    had = rooms.lit
    rooms.memory = GroupMemory()
    rooms.go(int(STEP_S / 2))
    assert rooms.lit == had
