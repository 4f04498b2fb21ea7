"""What a user sets at the device is respected for that session, below our ceilings; an echo of ours is no hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Mode
from fusebox.model.load_memory import LoadMemory, ManualMemory
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status
from fusebox.runtime.load_persistence import loads_to_persist, with_last_commands, with_stored_loads

from ..houses import T0_S, Evening, car, charger, obey, plug, site, switched
from ..imperfect import Device, Night

HOUSE_A = 5.0


def at(loads: dict[str, LoadState], current_a: float) -> dict[str, LoadState]:
    """The car's user turns the current at the charger."""
    return {**loads, "car": obey(loads["car"], current_a, None)}


@cache
def _first_minute() -> tuple[Evening, dict[str, LoadState]]:
    evening = Evening(site(car("car")))
    return evening, evening.run(HOUSE_A, 0, 60, car=charger(6))


def settled() -> tuple[Evening, dict[str, LoadState]]:
    """Return an evening of its own and its loads' states after a minute, in which the car was raised to 16 A."""
    evening, loads = _first_minute()
    return evening.copy(), dict(loads)


def test_a_current_that_the_user_lowers_stays_until_the_car_leaves() -> None:
    evening, loads = settled()
    assert loads["car"].offer_a == 16
    loads = evening.run(HOUSE_A, 60, 200, **at(loads, 9))
    assert loads["car"].offer_a == 9
    assert evening.decision is not None and evening.decision.notes["car"].reason.startswith("set to 9 A by hand")
    away = replace(loads["car"], status=Status.UNPLUGGED, can_use_power=False, draw_a=PerPhase(0.0))
    loads = evening.run(HOUSE_A, 200, 210, car=away)
    back = replace(loads["car"], status=Status.CHARGING, can_use_power=True)
    loads = evening.run(HOUSE_A, 210, 280, car=back)
    assert loads["car"].offer_a == 16


@pytest.mark.parametrize(("after_s", "is_users"), [(3, False), (60, True)])
@pytest.mark.parametrize(("current_a", "on"), [(8, None), (None, False)])
def test_what_arrives_right_after_a_restart_may_have_been_commanded_before_it(
    after_s: int, is_users: bool, current_a: float | None, on: bool | None
) -> None:
    evening, loads = settled()
    stored = loads_to_persist(evening.site, evening.memory)
    assert stored["car"].latency_s.echo
    evening.memory = with_stored_loads(evening.site, Memory(), stored, T0_S + 60)
    loads = evening.run(HOUSE_A, 60, 60 + after_s, **loads)
    loads = evening.run(HOUSE_A, 60 + after_s, 400, car=obey(loads["car"], current_a, on))
    manual = evening.memory.loads["car"].manual
    assert (manual.limit_a is not None or manual.off) is is_users
    assert (loads["car"].offer_a == 16 and loads["car"].on) is not is_users


@pytest.mark.parametrize("overtaken", [True, False])
@pytest.mark.parametrize(("current_a", "on"), [(8, None), (None, False)])
def test_what_a_late_command_displays_that_newer_ones_have_overtaken_is_no_hand(
    overtaken: bool, current_a: float | None, on: bool | None
) -> None:
    evening, loads = settled()
    late = replace(obey(loads["car"], current_a, on), overtaken=overtaken)
    loads = evening.run(HOUSE_A, 60, 61, car=late)
    loads = evening.run(HOUSE_A, 61, 300, car=replace(loads["car"], overtaken=False))
    manual = evening.memory.loads["car"].manual
    assert (manual.limit_a is not None or manual.off) is not overtaken
    assert (loads["car"].offer_a == 16 and loads["car"].on) is overtaken


@pytest.mark.parametrize(
    ("current_a", "on", "is_users"),
    [(8, None, True), (14, None, False), (16, None, False), (None, False, True)],
)
def test_what_was_not_commanded_before_a_restart_is_the_users_right_after_it(
    current_a: float | None, on: bool | None, is_users: bool
) -> None:
    evening, loads = settled()
    stored = with_last_commands(loads_to_persist(evening.site, evening.memory), evening.memory)
    assert stored["car"].sent == ((16, True), (10, None), (14, None), (16, None))
    evening.memory = with_stored_loads(evening.site, Memory(), stored, T0_S + 60)
    loads = evening.run(HOUSE_A, 60, 63, **at(loads, 6))
    loads = evening.run(HOUSE_A, 63, 400, car=obey(loads["car"], current_a, on))
    assert (loads["car"].offer_a == 16 and loads["car"].on) is not is_users


def test_a_switch_off_of_before_a_restart_that_arrives_after_it_is_not_the_users() -> None:
    evening, loads = settled()
    stored = with_last_commands(loads_to_persist(evening.site, evening.memory), evening.memory)
    stored = {"car": replace(stored["car"], sent=((None, False),))}
    evening.memory = with_stored_loads(evening.site, Memory(), stored, T0_S + 60)
    loads = evening.run(HOUSE_A, 60, 63, **loads)
    loads = evening.run(HOUSE_A, 63, 400, car=obey(loads["car"], None, False))
    assert loads["car"].on


@pytest.mark.parametrize(("sent", "is_users"), [(((None, True), (None, False)), False), (((None, True),), True)])
def test_a_switch_whose_delay_is_not_known_may_display_late_what_it_was_sent_before_a_restart(
    sent: tuple[tuple[None, bool], ...], is_users: bool
) -> None:
    evening = Evening(site(plug("pool", 2300)))
    loads = evening.run(HOUSE_A, 0, 60, pool=switched(True, 10.0))
    stored = with_last_commands(loads_to_persist(evening.site, evening.memory), evening.memory)
    evening.memory = with_stored_loads(evening.site, Memory(), {"pool": replace(stored["pool"], sent=sent)}, T0_S + 60)
    loads = evening.run(HOUSE_A, 60, 75, **loads)
    evening.run(HOUSE_A, 75, 76, pool=switched(False, 0.0))
    assert evening.memory.loads["pool"].manual.off is is_users


@pytest.mark.parametrize(("current_a", "is_users"), [(7, False), (9, True)])
@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_command_of_before_two_restarts_in_a_row_may_arrive_after_both(
    current_a: float, is_users: bool, is_overtaken: bool
) -> None:
    evening, loads = settled()
    loads = evening.run(17.5, 60, 64, **loads)
    assert loads["car"].offer_a == 7 and loads["car"].on
    evening.run(17.5, 64, 65, car=replace(loads["car"], overtaken=is_overtaken))
    for second in (80, 110):
        stored = with_last_commands(loads_to_persist(evening.site, evening.memory), evening.memory)
        evening.memory = with_stored_loads(evening.site, Memory(), stored, T0_S + second)
        evening.run(HOUSE_A, second, second + 2, **at(loads, 16))
    evening.run(HOUSE_A, 112, 120, **at(loads, current_a))
    assert (evening.memory.loads["car"].manual.limit_a == current_a) is (is_users and not is_overtaken)


def test_a_plug_that_displays_only_some_time_after_a_restart_that_it_is_on_was_not_started_by_hand() -> None:
    evening = Evening(site(plug("pool", 2300)))
    loads = evening.run(HOUSE_A, 0, 600, pool=switched(False))
    stored = with_last_commands(loads_to_persist(evening.site, evening.memory), evening.memory)
    assert stored["pool"].sent == ((None, True),)
    off = site(plug("pool", 2300, mode=Mode.OFF))
    evening = Evening(off, with_stored_loads(off, Memory(), stored, T0_S + 700))
    loads = evening.run(HOUSE_A, 700, 702, pool=switched(False))
    loads = evening.run(HOUSE_A, 702, 800, pool=switched(True, 10.0))
    assert loads["pool"].on is False


def test_the_fuse_goes_below_it_and_back_up_to_it_only() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 90, **at(loads, 12))
    loads = evening.run(17, 90, 120, **loads)
    assert loads["car"].offer_a == 8
    loads = evening.run(HOUSE_A, 120, 200, **loads)
    assert loads["car"].offer_a == 12


def test_a_current_that_the_user_raises_above_the_room_is_taken_back() -> None:
    evening, loads = settled()
    loads = evening.run(17, 60, 90, **loads)
    assert loads["car"].offer_a == 8
    loads = evening.run(17, 90, 92, **at(loads, 16))
    assert loads["car"].offer_a == 8


def test_the_user_may_raise_again_what_the_user_has_lowered() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 160, **at(loads, 8))
    loads = evening.run(HOUSE_A, 160, 200, **at(loads, 14))
    assert loads["car"].offer_a == 14


@pytest.mark.parametrize("user_a", [10, 14])
def test_a_current_sent_earlier_is_the_users_own_when_the_user_sets_it(user_a: float) -> None:
    evening, loads = settled()
    assert [a for _, a, _ in evening.memory.loads["car"].command.recent] == [10, 14, 16]
    loads = evening.run(HOUSE_A, 60, 95, **loads)
    loads = evening.run(HOUSE_A, 95, 300, **at(loads, user_a))
    assert loads["car"].offer_a == user_a


def test_a_maximum_that_the_user_lowers_at_the_device_counts_until_it_is_raised_there() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 200, car=replace(obey(loads["car"], 10, None), device_max_a=10.0))
    assert loads["car"].offer_a == 10
    loads = evening.run(HOUSE_A, 200, 280, car=replace(loads["car"], device_max_a=32.0))
    assert loads["car"].offer_a == 16


def test_the_user_may_set_the_commanded_value_again() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 160, **at(loads, 8))
    loads = evening.run(HOUSE_A, 160, 300, **at(loads, 16))
    assert evening.memory.loads["car"].manual.limit_a is None and loads["car"].offer_a == 16


def behind_a_cloud(min_write_s: float, shows: Callable[[int, list[float]], float]) -> LoadMemory:
    """What is remembered of a car that follows at once, and whose source shows something else of its currents so far.

    There is too much on the fuse between 60 and 100 s.
    """
    evening = Evening(site(car("car", device={"min_write_s": min_write_s})))
    true, so_far = charger(6), list[float]()
    for second in range(400):
        so_far.append(true.offer_a or 0.0)
        house_a = 15.0 if 60 <= second < 100 else HOUSE_A
        shown = replace(true, offer_a=shows(second, so_far))
        for command in evening.step({"L1": house_a + (true.draw_a[0] or 0.0)}, second, car=shown).commands:
            true = obey(true, command.current_a, command.on)
    assert true.offer_a == 16, "it is told all that there is"
    return evening.memory.loads["car"]


def test_a_source_may_show_an_old_value_for_as_long_as_its_known_lag() -> None:
    def shows(second: int, so_far: list[float]) -> float:
        """What was so 20 s ago; and when the last raise has been shown, what was before it, once more."""
        return 10.0 if 150 <= second < 160 else so_far[max(len(so_far) - 21, 0)]

    past = behind_a_cloud(0, shows)
    assert past.manual.limit_a is None


def test_a_source_that_shows_an_old_value_for_the_first_time_is_known_afterwards() -> None:
    past = behind_a_cloud(0, lambda second, so_far: 10.0 if 125 <= second < 137 else so_far[-1])
    assert past.manual.limit_a is None and max(past.response.echo_s) > 12


def test_a_cloud_that_is_not_known_yet_may_be_as_late_as_any() -> None:
    past = behind_a_cloud(60, lambda second, so_far: 6.0 if 30 <= second < 90 else so_far[-1])
    assert past.manual.limit_a is None


@pytest.mark.parametrize(("late_s", "kettle"), [(25, range(32, 38)), (25, range(35, 38)), (40, range(34, 54))])
def test_a_raise_that_is_displayed_after_it_was_taken_back_is_no_users_change(late_s: int, kettle: range) -> None:
    """The number still displays the current before the raise when it is sent that again, and then the raise."""
    evening, true, so_far = Evening(site(car("car"))), charger(6), list[float]()
    for second in range(200):
        so_far.append(true.offer_a or 0.0)
        shown = replace(true, offer_a=so_far[max(second - late_s, 0)])
        house_a = 22.0 if second in kettle else HOUSE_A
        for command in evening.step({"L1": house_a + (true.draw_a[0] or 0.0)}, second, car=shown).commands:
            true = obey(true, command.current_a, command.on)
        assert evening.memory.loads["car"].manual.limit_a is None
    assert true.offer_a == 16


def blind_step(evening: Evening, at_s: float, age_s: float, shown: LoadState) -> Decision:
    """A step with a meter that has been silent for this long."""
    meter = Reading(None if age_s else 12.0, 12.0, age_s)
    decision = step(evening.site, Snapshot(T0_S + at_s, {MAIN: {Phase.L1: meter}}, {"car": shown}), evening.memory)
    evening.memory = decision.memory
    return decision


@pytest.mark.parametrize("length_s", [120, 3600, 86_400])
def test_a_fail_safe_command_is_no_users_change_whenever_it_is_displayed(length_s: int) -> None:
    """Nothing is heard for long: no meter, and the charger's entities stand still at what they showed before."""
    evening, loads = settled()
    before, told = loads["car"], list[float | None]()
    for second in range(60, 60 + length_s, max(length_s // 360, 1)):
        told += [command.current_a for command in blind_step(evening, second, second - 59, before).commands]
    assert set(told) == {6.0} and len(told) > 3
    loads = evening.run(HOUSE_A, 60 + length_s, 160 + length_s, **at(loads, 6))
    assert evening.memory.loads["car"].manual.limit_a is None and loads["car"].offer_a == 16


@pytest.mark.parametrize("again_on", [True, False])
def test_a_charger_that_the_user_switches_off_stays_off_until_switched_on(again_on: bool) -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 120, car=obey(loads["car"], None, False))
    assert loads["car"].on is False
    assert evening.decision is not None and "switched off by hand" in evening.decision.notes["car"].reason
    if again_on:
        loads = {"car": obey(loads["car"], None, True)}
    loads = evening.run(HOUSE_A, 120, 200, **loads)
    assert loads["car"].on is again_on


@pytest.mark.parametrize("meanwhile", [Status.FAULT, Status.FULL])
@pytest.mark.parametrize(("offer_a", "on"), [(9, True), (None, False)])
def test_a_fault_or_a_full_car_ends_no_session_and_so_no_hand(
    meanwhile: Status, offer_a: float | None, on: bool
) -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 120, car=obey(loads["car"], offer_a, on))
    idle = replace(loads["car"], status=meanwhile, can_use_power=False, draw_a=PerPhase(0.0))
    loads = evening.run(HOUSE_A, 120, 150, car=idle)
    loads = evening.run(HOUSE_A, 150, 260, car=replace(loads["car"], status=Status.CHARGING, can_use_power=True))
    assert loads["car"].on is on
    assert offer_a is None or loads["car"].offer_a == offer_a


def test_a_plug_that_the_user_switches_off_stays_off_until_it_would_be_off_anyway() -> None:
    evening = Evening(site(plug("pool", 2300)))
    loads = evening.run(HOUSE_A, 0, 60, pool=switched(True, 10.0))
    loads = evening.run(HOUSE_A, 60, 400, pool=switched(False, 0.0))
    assert loads["pool"].on is False
    loads = evening.run(20, 400, 430, **loads)
    loads = evening.run(HOUSE_A, 430, 500, **loads)
    assert loads["pool"].on is True


def test_a_device_that_was_away_has_not_been_touched() -> None:
    evening, loads = settled()
    away = replace(loads["car"], available=False)
    loads = evening.run(HOUSE_A, 60, 70, car=away)
    back = replace(obey(loads["car"], 8, None), available=True)
    loads = evening.run(HOUSE_A, 70, 130, car=back)
    assert loads["car"].offer_a == 16


def turned_down(amps: float, **more: object) -> tuple[Evening, dict[str, LoadState]]:
    evening = Evening(site(car("car")))
    number = replace(charger(6), **{"device_min_a": 0.0, "offer_is_set": True, **more})  # type: ignore[arg-type]
    loads = evening.run(HOUSE_A, 0, 60, car=number)
    return evening, evening.run(HOUSE_A, 60, 300, **at(loads, amps))


@pytest.mark.parametrize("amps", [0, 3])
def test_a_user_who_turns_it_below_its_minimum_has_stopped_it(amps: float) -> None:
    evening, loads = turned_down(amps)
    assert loads["car"].on is False and loads["car"].draw_a[0] == 0
    assert evening.decision is not None
    assert evening.decision.notes["car"].reason == f"off: set to {amps} A at its device, below its minimum of 6 A"
    assert evening.decision.state == "ok"


def test_a_fault_is_reported_before_a_change_by_the_user() -> None:
    evening, loads = turned_down(0)
    evening.run(HOUSE_A, 300, 305, car=replace(loads["car"], available=False))
    assert evening.decision is not None
    assert evening.decision.notes["car"].reason == "its control entity is unavailable"
    evening.run(HOUSE_A, 305, 310, car=loads["car"])
    assert "off: set to 0 A at its device" in evening.decision.notes["car"].reason


def test_a_user_who_turns_it_up_again_has_it_back() -> None:
    evening, loads = turned_down(0)
    loads = evening.run(HOUSE_A, 300, 400, **at(loads, 10))
    assert loads["car"].on is True and loads["car"].offer_a == 10
    loads = evening.run(HOUSE_A, 400, 500, **at(loads, 16))
    assert loads["car"].offer_a == 16


def test_without_a_switch_it_is_stopped_by_its_number() -> None:
    _, loads = turned_down(0, switched=False, on=None)
    assert loads["car"].draw_a[0] == 0


@pytest.mark.parametrize("for_s", [2, 60])
def test_a_sensor_that_falls_to_nothing_is_no_hand(for_s: int) -> None:
    evening, loads = settled()
    for second in range(60, 60 + for_s):
        evening.step({"L1": HOUSE_A}, second, car=replace(loads["car"], offer_a=0.0, draw_a=PerPhase(0.0)))
        assert evening.decision is not None and "its user" not in evening.decision.notes["car"].reason
    loads = evening.run(HOUSE_A, 60 + for_s, 300, **loads)
    assert loads["car"].offer_a == 16
    loads = evening.run(HOUSE_A, 300, 400, **at(loads, 9))
    assert loads["car"].offer_a == 9


def test_a_pause_by_fusebox_is_no_change_by_a_user_who_has_lowered_it() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 120, **at(loads, 9))
    loads = evening.run(24, 120, 900, **loads)
    assert loads["car"].on is False
    loads = evening.run(HOUSE_A, 900, 2000, **loads)
    assert loads["car"].on is True and loads["car"].offer_a == 9


def test_a_number_that_falls_to_nothing_in_a_pause_of_ours_is_no_hand() -> None:
    """Some chargers set their own number to 0 once they are switched off."""
    evening, loads = turned_down(9)
    loads = evening.run(24, 300, 400, **loads)
    assert loads["car"].on is False
    loads = evening.run(24, 400, 900, **at(loads, 0))
    loads = evening.run(HOUSE_A, 900, 2000, **loads)
    assert loads["car"].on is True and loads["car"].offer_a == 9


def test_a_command_that_is_displayed_only_in_a_dry_run_is_not_the_users() -> None:
    night = Night(site(car("car")), car=Device(echo_s=5, follow_s=5))
    while night.devices["car"].offer_a == 6:
        night.run(1, HOUSE_A)
        if night.told():
            night.site, night.devices["car"].dead = replace(night.site, dry_run=True), True
    night.run(100, HOUSE_A)
    assert night.devices["car"].offer_a == 10
    night.site, night.devices["car"].dead = replace(night.site, dry_run=False), False
    night.run(60, HOUSE_A)
    assert night.devices["car"].offer_a == 16


def restarted(mode: Mode = Mode.STANDARD, **by_hand: float | bool) -> Evening:
    """Return a house after a restart, before which the car's user has set this at the charger."""
    return Evening(site(car("car", mode=mode)), Memory({"car": LoadMemory(manual=ManualMemory(**by_hand))}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("shown_a", "ends_a"), [(9, 9), (6, 9), (12, 16)])
def test_a_current_from_before_a_restart_stays_unless_it_was_raised_meanwhile(shown_a: float, ends_a: float) -> None:
    assert restarted(limit_a=9.0).run(HOUSE_A, 0, 200, car=charger(shown_a))["car"].offer_a == ends_a


def test_a_boost_that_comes_back_after_a_restart_is_older_than_its_users_stop() -> None:
    loads = restarted(Mode.BOOST, off=True).run(HOUSE_A, 0, 200, car=charger(6, 0.0, on=False))
    assert not loads["car"].on


def test_a_new_boost_ends_its_users_stop() -> None:
    evening = restarted(off=True)
    loads = evening.run(HOUSE_A, 0, 60, car=charger(6, 0.0, on=False))
    assert not loads["car"].on
    evening.site = site(car("car", mode=Mode.BOOST))
    assert evening.run(HOUSE_A, 60, 200, **loads)["car"].on
