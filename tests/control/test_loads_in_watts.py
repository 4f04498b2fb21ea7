"""Loads in watts: they follow the sun to the watt, stop at once for all else, and leave what they do not use.

One amp is 230 W.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Source
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.messages.message import code_of
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading

from .houses import T0_S, Evening, car, charger, heating, in_watts, plug, seen, site, switched

SUN = {"solar_w": Source(entity="sensor.sun")}


def sunny(load, *others, **more) -> Evening:
    """A house whose solar loads use what the meter exports."""
    return Evening(site(replace(load, mode=Mode.SOLAR_ONLY), *others, **SUN, **more))


def run(home: Evening, house_a: float, from_s: int, to_s: int, **loads: LoadState) -> dict[str, LoadState]:
    return home.run(house_a, from_s, to_s, **loads)


def first(home: Evening, house_a: float, from_s: int, within_s: int, **loads: LoadState) -> int | None:
    """Seconds until the first command, None for none."""
    drawn = sum(state.draw_a[0] or 0.0 for state in loads.values())
    for second in range(from_s, from_s + within_s):
        if home.step({"L1": house_a + drawn}, second, **loads).commands:
            return second - from_s
    return None


def test_it_takes_the_surplus_to_the_watt():
    home = sunny(in_watts("heater"))
    loads = run(home, -5.0, 0, 60, heater=heating(0.0))
    assert loads["heater"].offer_a == pytest.approx(5.0, abs=1 / 230)
    loads = run(home, -6.2, 60, 90, **loads)
    assert loads["heater"].offer_a == pytest.approx(6.2, abs=1 / 230)


def test_it_rises_in_one_step_where_a_charger_takes_several():
    home = sunny(in_watts("heater", 6000))
    loads = run(home, -1.0, 0, 60, heater=heating(0.0))
    second = first(home, -21.0, 60, 30, **loads)
    assert second is not None
    assert home.decision is not None
    assert home.decision.commands[0].current_a == pytest.approx(21.0, abs=1 / 230)


def test_a_few_watts_more_follow_with_the_next_command():
    home = sunny(in_watts("heater"))
    loads = run(home, -5.0, 0, 25, heater=heating(0.0))
    sent_s = home.memory.loads["heater"].command.sent_s - T0_S
    waited_s = first(home, -5.4, 25, 60, **loads)
    assert waited_s is not None
    assert 25 + waited_s - sent_s <= 10


def test_a_cloud_of_a_second_within_the_write_interval_costs_nothing():
    home = sunny(in_watts("heater"))
    loads = run(home, -10.0, 0, 25, heater=heating(0.0))
    assert home.memory.loads["heater"].command.sent_s > T0_S + 15
    loads = run(home, -5.0, 25, 26, **loads)
    assert first(home, -10.0, 26, 30, **loads) is None


def test_a_cloud_waits_for_the_write_interval():
    home = sunny(in_watts("heater", write_every_s=60))
    loads = run(home, -10.0, 0, 40, heater=heating(0.0))
    sent_s = home.memory.loads["heater"].command.sent_s - T0_S
    assert first(home, -4.0, 40, 100, **loads) == sent_s + 60 - 40


def _raised_a_moment_ago() -> tuple[Evening, dict[str, LoadState]]:
    """A house whose load has just had a command: its next one is due in nearly a minute."""
    home = Evening(site(in_watts("heater", 4600, write_every_s=60)))
    loads = run(home, 5.0, 0, 60, heater=heating(0.0))
    assert loads["heater"].offer_a == 20.0
    home.memory = replace(
        home.memory,
        loads={
            "heater": replace(
                home.memory.loads["heater"],
                command=replace(home.memory.loads["heater"].command, sent_s=T0_S + 59),
            )
        },
    )
    return home, loads


def test_a_wire_does_not_wait_for_the_write_interval():
    home, loads = _raised_a_moment_ago()
    assert first(home, 15.0, 60, 40, **loads) == 0


def test_mode_off_does_not_wait_for_the_write_interval():
    home, loads = _raised_a_moment_ago()
    home.site = site(in_watts("heater", 4600, write_every_s=60, mode=Mode.OFF))
    assert first(home, 2.0, 60, 40, **loads) == 0
    assert home.decision is not None
    assert home.decision.commands[0].current_a == 0.0


def test_its_highest_temperature_does_not_wait_and_holds_until_it_has_cooled():
    home, loads = _raised_a_moment_ago()
    home.site = site(in_watts("heater", 4600, write_every_s=60, max_c=60.0, temperature="sensor.water"))
    hot = {"heater": replace(loads["heater"], temperature_c=60.0)}
    assert first(home, 2.0, 60, 40, **hot) == 0
    off = heating(0.0, temperature_c=58.5)
    assert first(home, 2.0, 101, 100, heater=off) is None
    assert home.decision is not None
    assert home.decision.notes["heater"].reason == "at 58.5 °C, heats up to 60 °C, again below 58 °C"
    assert first(home, 2.0, 201, 100, heater=replace(off, temperature_c=57.9)) is not None


def test_without_its_temperature_it_is_off():
    home = Evening(site(in_watts("heater", max_c=60.0, temperature="sensor.water")))
    loads = run(home, 2.0, 0, 60, heater=heating(5.0))
    assert loads["heater"].offer_a == 0.0
    assert home.decision is not None
    assert code_of(home.decision.notes["heater"].problem) == "tank_temperature_unknown"


@pytest.mark.parametrize("drawn_w", [0, 1150])
def test_what_it_does_not_use_goes_to_others(drawn_w):
    """Its element is too small, or its own thermostat is open."""
    drawn_a = drawn_w / 230
    pool = plug("pool", 2300, priority=2, mode=Mode.SOLAR_ONLY)
    home = sunny(in_watts("heater", 4600), pool, fuse_a=63)
    offer_a, pool_on = 0.0, False
    for second in range(300):
        heater = heating(offer_a, min(offer_a, drawn_a))
        taken_a = min(offer_a, drawn_a) + (10.0 if pool_on else 0.0)
        states = {"heater": heater, "pool": switched(pool_on, 10.0 if pool_on else 0.0)}
        for command in home.step({"L1": taken_a - 18.0}, second, **states).commands:
            pool_on = bool(command.on) if command.load == "pool" else pool_on
            offer_a = command.current_a if command.load == "heater" and command.current_a is not None else offer_a
    assert pool_on
    assert home.decision is not None
    assert offer_a <= max(drawn_a, 1 / 230) + 100 / 230 + 0.01


def test_a_draw_that_varies_with_the_voltage_does_not_make_its_offer_swing():
    home = sunny(in_watts("heater", 4600), plug("pool", 2300, priority=2, mode=Mode.SOLAR_ONLY), fuse_a=63)
    offer_a, sent_s = 0.0, []
    for second in range(900):
        drawn_a = min(offer_a, 5.0 + 0.1 * (second // 100 % 2))
        states = {"heater": heating(offer_a, drawn_a), "pool": switched(True, 10.0)}
        for command in home.step({"L1": drawn_a + 10.0 - 16.0}, second, **states).commands:
            if command.load == "heater" and command.current_a is not None:
                offer_a = command.current_a
                sent_s.append(second)
    assert offer_a <= 5.1 + 100 / 230 + 0.01
    assert not [at_s for at_s in sent_s if at_s > 200]


def test_what_it_leaves_unused_is_said_in_watts():
    home = Evening(site(in_watts("heater", 4600), car("car", priority=2), fuse_a=25))
    loads = {"heater": heating(20.0, 5.0), "car": charger(6.0)}
    for second in range(200):
        drawn = sum(state.draw_a[0] or 0.0 for state in loads.values())
        for command in home.step({"L1": drawn}, second, **loads).commands:
            if command.load == "car":
                loads["car"] = charger(command.current_a or 0.0)
            else:
                loads["heater"] = heating(command.current_a or 0.0, min(command.current_a or 0.0, 5.0))
    assert home.decision is not None
    assert (
        home.decision.notes["heater"].reason
        == "offered 1250 W, because it draws less than that: other loads get what it leaves"
    )
    assert loads["car"].offer_a == 16.0


def test_a_number_that_ignores_commands_is_a_fault_in_watts():
    home = Evening(site(in_watts("heater", 2300)))
    for second in range(400):
        decision = home.step({"L1": 4.0}, second, heater=heating(2.0))
    note = decision.notes["heater"]
    assert note.problem.startswith("does not accept its power: displays 460 W, was sent 2300 W")


def test_a_load_that_draws_more_than_it_was_sent_is_a_fault_in_watts():
    home = Evening(site(in_watts("heater", 460)))
    for second in range(200):
        decision = home.step({"L1": 9.0}, second, heater=heating(2.0, 8.0))
    assert decision.notes["heater"].status == "fault" or decision.notes["heater"].problem
    assert decision.notes["heater"].problem.startswith("ignores its limit: draws 1840 W although it was set to 460 W")


def test_a_device_that_forgets_is_sent_its_power_again():
    home = Evening(site(in_watts("heater", 2300, renew_s=20)))
    sent_s = []
    state = heating(0.0)
    for second in range(120):
        for command in home.step({"L1": 2.0 + (state.offer_a or 0.0)}, second, heater=state).commands:
            sent_s.append(second)
            state = heating(command.current_a or 0.0)
    gaps = [after - before for before, after in pairwise(sent_s)]
    assert state.offer_a == 10.0
    assert max(gaps) == 20
    assert home.memory.loads["heater"].command.repeats == 0


def test_a_load_that_is_off_is_not_renewed():
    home = Evening(site(in_watts("heater", 2300, renew_s=20, mode=Mode.OFF)))
    assert first(home, 2.0, 0, 120, heater=heating(0.0)) is None


def test_it_is_parked_at_nothing_behind_its_switch():
    home = Evening(site(in_watts("heater", 2300, mode=Mode.OFF)))
    home.step({"L1": 5.0}, 0, heater=heating(5.0, switched=True, on=True))
    assert home.decision is not None
    (command,) = home.decision.commands
    assert (command.current_a, command.on) == (0.0, False)


@pytest.mark.parametrize("left_a", [1 / 230, 10 / 230])
def test_a_few_watts_are_turned_off_too_and_only_once(left_a):
    home = Evening(site(in_watts("heater", 2300, mode=Mode.OFF)))
    sent = []
    for second in range(0, 600, 5):
        home.step({"L1": 5.0}, second, heater=heating(left_a))
        assert home.decision is not None
        sent += [command.current_a for command in home.decision.commands]
    assert sent == [0.0]


def test_what_it_needs_is_not_nothing_behind_a_battery():
    home = sunny(in_watts("heater"), batteries=(Battery(Source(entity="sensor.soc"), Source(entity="sensor.battery")),))
    readings = BatteryReadings(Reading(50.0, 50.0, 0.0), Reading(0.0, 0.0, 0.0))
    now = replace(seen({"L1": 5.0}, 0, heater=heating(0.0)), batteries=(readings,))
    reason = step(home.site, now, home.memory).notes["heater"].reason
    assert str(reason).startswith("waits for sun: 0 kW left, needs 0.01 kW; the battery charges first")


def test_a_silent_meter_lowers_it_and_then_turns_it_off():
    home = Evening(site(in_watts("heater", 2300)))
    loads = run(home, 2.0, 0, 60, heater=heating(0.0))
    for age_s, left_a in ((45.0, 1 / 230), (90.0, 0.0)):
        now = seen({"L1": 12.0}, 100 + age_s, **loads)
        late = {"main": {phase: replace(each, age_s=age_s) for phase, each in now.grid_a["main"].items()}}
        decision = step(home.site, replace(now, grid_a=late), home.memory)
        home.memory = decision.memory
        assert decision.commands[0].current_a == pytest.approx(left_a)


def test_it_is_switched_off_by_hand_when_its_user_sets_it_to_nothing():
    home = Evening(site(in_watts("heater")))
    loads = run(home, 1.0, 0, 60, heater=heating(10.0))
    run(home, 1.0, 60, 120, heater=replace(loads["heater"], offer_a=0.0, draw_a=heating(0.0).draw_a))
    assert home.decision is not None
    assert home.decision.notes["heater"].reason == "switched off by hand"


def test_what_its_user_has_set_is_not_said_to_end_with_a_session():
    home = Evening(site(in_watts("heater")))
    loads = run(home, 1.0, 0, 60, heater=heating(10.0))
    run(home, 1.0, 60, 120, heater=replace(loads["heater"], offer_a=5.0, draw_a=heating(5.0).draw_a))
    assert home.decision is not None
    assert home.decision.notes["heater"].reason == (
        "set to 1150 W by hand, at its device or in its app: stays until it is changed there or its mode changes"
    )


def test_a_new_mode_ends_what_its_user_had_set():
    home = Evening(site(in_watts("heater", 2300)))
    loads = run(home, 2.0, 0, 60, heater=heating(0.0))
    run(home, 2.0, 60, 160, heater=replace(loads["heater"], offer_a=4.0, draw_a=heating(4.0).draw_a))
    assert home.memory.loads["heater"].manual.limit_a == 4.0
    home.site = site(in_watts("heater", 2300, mode=Mode.SOLAR_PRIORITY), **SUN)
    home.step({"L1": 6.0}, 161, heater=heating(4.0))
    assert home.memory.loads["heater"].manual.limit_a is None


@pytest.mark.parametrize(("draw_a", "sent_a"), [(1.0, None), (7.5, 1725 / 230)])
def test_what_it_draws_at_a_displayed_0_is_no_reason_to_raise_it_while_a_meter_is_silent(draw_a, sent_a):
    # Below the 6 A that its device can be set to at least, it draws by itself, so it counts as off.
    state = replace(heating(0.0, draw_a), device_min_a=6.0, switched=True, on=True)
    snapshot = replace(seen({"L1": 10.0}, heater=state), grid_a={MAIN: {Phase.L1: Reading(None, 10.0, 5.0)}})
    decision = step(site(in_watts("heater")), snapshot, Memory())
    assert decision.notes["heater"].setpoint_a == pytest.approx(sent_a or 0.0)
    assert [command.current_a for command in decision.commands] == [sent_a and pytest.approx(sent_a)]
