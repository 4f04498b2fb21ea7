"""A draw sensor whose new reports have old values: learnt from the meter, so that no load is cut for its own raise."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from fusebox.control.estimators.late_readings import currents_by_circuit, update_sensor_latency
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Mode
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.records import replace_within
from fusebox.model.site import MAIN
from tests.control.houses import METER, T0_S, Evening, car, charger, obey, plug, seen, site, switched

PHASES = "L1 L2 L3"


def writes_and_evening(late_s: int, every_s: int = 1) -> tuple[int, Evening]:
    """Return the commands in 12 minutes of changing sun, and the evening.

    A car on three phases; its draw sensor reports every `every_s` seconds what was drawn `late_s` seconds before.
    """
    evening = Evening(
        site(car("car", phases=PHASES, mode=Mode.SOLAR_ONLY), phases=PHASES, netting="sum", solar_w=METER)
    )
    state, drew_a, writes = charger(6.0, 0.0, on=False, phases=PHASES), [0.0], 0
    for second in range(720):
        sun_a = (9000 if second % 600 < 400 else 7000) / 690
        # It rises by 3.5 A a second.
        drew_a.append(min(state.draw_a[0] or 0.0, drew_a[-1] + 3.5))
        net_a = 1.3 + drew_a[-1] - sun_a
        age_s = second % every_s
        reported_a = drew_a[max(len(drew_a) - 1 - age_s - late_s, 0)]
        shown = replace(state, draw_a=PerPhase(*[reported_a] * 3), draw_age_s=float(age_s))
        for command in evening.decide(seen(dict.fromkeys(PHASES.split(), net_a), second, car=shown)).commands:
            state = obey(state, command.current_a, command.on)
            writes += 1
    return writes, evening


def learnt_in(evening: Evening) -> float:
    """Return how late the draw sensor is taken to be [s]."""
    return evening.memory.loads["car"].response.meter_latency.sensor.lag_s


@pytest.mark.parametrize("late_s", [0, 2, 6, 8])
def test_a_car_whose_draw_sensor_is_late_does_not_saw_and_its_lag_is_known(late_s):
    writes, evening = writes_and_evening(late_s)
    assert writes <= 10
    assert late_s not in (0, 6) or learnt_in(evening) == pytest.approx(late_s, abs=1)


def test_a_polled_sensor_that_is_late_too_makes_it_saw_for_a_while_only():
    """It may miss a short raise altogether: its lag is learnt once raises come less often."""
    writes, _ = writes_and_evening(2, every_s=3)
    assert writes <= 20


def test_a_sensor_that_reports_seldom_is_not_late():
    _, evening = writes_and_evening(0, every_s=10)
    assert learnt_in(evening) == pytest.approx(0, abs=1)


def offers_in_a_still_house(house_a: float, sensor: Callable[[int], tuple[int, int]]) -> list[float]:
    """Return the currents that a charger is sent in five minutes of a constant house load behind a fuse of 25 A.

    The car follows after 3 s. `sensor`: second -> when the draw was measured that it shows, and the age that it tells.
    """
    evening, sent = Evening(site(car("car"))), [(0, 6.0)]

    def offer_a(second: int) -> float:
        """Return the current that was sent last before that second."""
        return next((amps for sent_s, amps in reversed(sent) if sent_s <= second), 6.0)

    for second in range(300):
        measured_s, age_s = sensor(second)
        drew_a = offer_a(measured_s - 3)
        state = replace(charger(offer_a(second), drew_a), draw_age_s=float(age_s))
        decision = evening.step({"L1": house_a + offer_a(second - 3)}, second, car=state)
        sent += [(second, each.current_a) for each in decision.commands if each.current_a is not None]
    return [amps for _, amps in sent]


@pytest.mark.parametrize(("house_a", "every_s", "late_s"), [(15.0, 3, 6), (15.0, 5, 8), (16.0, 5, 8), (16.6, 5, 8)])
def test_a_cut_that_a_late_sensor_has_caused_shows_how_late_it_is(house_a, every_s, late_s):
    """It is polled, and each value comes late and as new: the cut follows before it has shown the raise."""

    def sensor(second: int) -> tuple[int, int]:
        """Return when the value of a second was measured, and the time since it came."""
        age_s = (second - late_s) % every_s
        return second - late_s - age_s, age_s

    offers = offers_in_a_still_house(house_a, sensor)
    assert offers[-1] == 25 - math.ceil(house_a) and len(offers) < 12, offers


def test_a_draw_that_is_a_second_old_is_compared_with_the_meter_of_its_time():
    """The meter has reported the car's raise since: that change must not count as an appliance."""
    assert offers_in_a_still_house(11.0, lambda second: (second - 1, 1)) == [6, 10, 14]


@pytest.mark.parametrize(
    ("sets_a", "follows_s", "late_s", "house_a", "lag_s"),
    [
        ({0: 16.0, 40: 10.0}, 3, 5, {0: 2.0}, 5),
        ({0: 16.0, 40: 10.0}, 16, 0, {0: 2.0}, 0),
        ({0: 16.0, 40: 10.0}, 16, 0, {0: 9.0, 44: 2.0}, 0),
        ({0: 6.0, 40: 10.0}, 16, 0, {0: 2.0, 44: 9.0}, 0),
        ({0: 6.0, 40: 10.0, 45: 14.0}, 3, 5, {0: 2.0}, 5),
    ],
    ids=["late", "slow device", "slow device, house falls", "slow device, house rises", "late, raised every 5 s"],
)
def test_a_device_that_follows_slowly_has_no_late_sensor(sets_a, follows_s, late_s, house_a, lag_s):
    assert learnt_lag_s(sets_a, follows_s, late_s, house_a, {0: 0.0}) == lag_s


@pytest.mark.parametrize(("follows_s", "late_s"), [(16, 0), (3, 5)], ids=["slow device", "late sensor"])
def test_a_raise_of_another_load_is_no_lag(follows_s, late_s):
    """Both are raised at about the same time: the meter shows the other load first."""
    assert learnt_lag_s({0: 6.0, 40: 10.0, 45: 14.0}, follows_s, late_s, {0: 2.0}, {0: 6.0, 41: 10.0}) == late_s


def learnt_lag_s(
    sets_a: dict[int, float], follows_s: int, late_s: int, house_a: dict[int, float], other_a: dict[int, float]
) -> float:
    """Return how late a load's sensor is taken to be [s] after 80 s with these setpoints.

    `follows_s`: time until the device follows, `late_s`: time until its sensor shows that, `other_a`: another load's
    draw. Each mapping has values by the second from which they count.
    """
    load, past = car("car"), LoadMemory()
    for second in range(80):
        # What the car draws, and what its sensor shows of that.
        drew_a = [value_at(sets_a, second - follows_s - before_s) for before_s in (0, late_s)]
        past = replace(past, setpoint_a=value_at(sets_a, second))
        past = replace_within(past, "timing", changed_s=T0_S + max(at_s for at_s in sets_a if at_s <= second))
        flow_a = drew_a[0] + value_at(house_a, second) + value_at(other_a, second)
        states = {"car": charger(past.setpoint_a, drew_a[1]), "other": charger(16.0, value_at(other_a, second))}
        now = seen({"L1": flow_a}, second, **states)
        past = update_sensor_latency(load, now.loads["car"], past, now, {MAIN: PerPhase(flow_a)})
    return past.response.meter_latency.sensor.lag_s


def value_at(values: dict[int, float], second: int) -> float:
    """Return the last of some values that begin at a second, the first one before that."""
    return next((value for from_s, value in reversed(values.items()) if from_s <= second), values[0])


@pytest.mark.parametrize(("cuts", "knows"), [([(24, 6.0)], True), ([(24, 6.0), (26, 5.0)], True), ([], False)])
def test_a_small_change_shows_the_lag_only_if_it_is_undone_in_one_cut_or_two(cuts, knows):
    """The meter shows a raise of 3 A after 3 s, the sensor 6 s later; half of it may also be the house's."""
    past, setpoints = LoadMemory(setpoint_a=6.0, timing=TimingMemory(changed_s=T0_S)), {20: 9.0, **dict(cuts)}
    for second in range(15, 40):
        snapshot = seen(
            {"L1": 19.0 if 23 <= second < 27 else 16.0}, second, car=charger(6.0, 9.0 if second == 29 else 6.0)
        )
        past = update_sensor_latency(car("car"), snapshot.loads["car"], past, snapshot, currents_by_circuit(snapshot))
        if second in setpoints:
            timing = TimingMemory(changed_s=T0_S + second, before_a=past.setpoint_a)
            past = replace(past, setpoint_a=setpoints[second], timing=timing)
    assert (6.0 in past.response.meter_latency.sensor.lags_s) is knows


@pytest.mark.parametrize("load", [plug("boiler", 2300), car("boiler", max_a=10.0)], ids=["plug", "car"])
@pytest.mark.parametrize(("every_s", "draws_a"), [(10, 10.0), (60, 9.0)])
def test_a_load_that_begins_by_itself_is_not_stopped_for_its_own_draw(load, every_s, draws_a):
    """A boiler with its own thermostat, or a car with its own timer, under a contract of 4.6 kW (20 A)."""
    evening, commands = Evening(site(load, max_import_w=4600)), []
    state = switched(True, 0.0) if load.on_off else charger(10, 0)
    for second in range(260):
        drawn_a = draws_a if second >= 182 else 0.0
        if second % every_s == 0:
            state = replace(state, draw_a=PerPhase(drawn_a))
        shown = replace(state, draw_age_s=float(second % every_s))
        commands += evening.decide(seen({"L1": 6.0 + drawn_a}, second, boiler=shown)).commands
    assert not commands


@pytest.mark.parametrize("ended_s", [61, 63, 65])
def test_a_plug_that_starts_after_an_appliance_has_ended_is_not_stopped_for_its_own_draw(ended_s):
    """Its sensor reports every 10 s, and last reported before that end: the meter fell, and rises by as much again."""
    evening, state, commands = Evening(site(plug("plug", 3000), fuse_a=20)), switched(False, 0.0), []
    for second in range(100):
        house_a = 14.5 if second < ended_s else 1.0
        is_on = bool(state.on)
        reported_a = state.draw_a[0] if second % 10 else 13.0 * is_on
        state = replace(state, draw_a=PerPhase(reported_a), draw_age_s=float(second % 10))
        for command in evening.decide(seen({"L1": house_a + 13.0 * is_on}, second, plug=state)).commands:
            state = replace(state, on=command.on)
            commands.append(command.on)
    assert commands == [True]


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_of_two_plugs_that_start_one_after_the_other_neither_is_stopped(names):
    """Their sensors report every minute: the rise of the one that started first is not taken from the other's."""
    from_s = {"first": 62, "second": 70}
    home, commands = site(*[plug(name, 3000) for name in names], fuse_a=40), []
    evening, states = Evening(home), {name: switched(False, 0.0) for name in names}
    for second in range(110):
        now = {
            name: replace(home.by_name[name], mode=Mode.STANDARD if second >= from_s[name] else Mode.OFF)
            for name in names
        }
        evening.site = replace(home, loads=tuple(now.values()))
        drawn_a = {name: 13.0 * bool(state.on) for name, state in states.items()}
        for name, state in states.items():
            reported_a = state.draw_a[0] if second % 60 else drawn_a[name]
            states[name] = replace(state, draw_a=PerPhase(reported_a), draw_age_s=float(second % 60))
        for command in evening.decide(seen({"L1": 9.0 + sum(drawn_a.values())}, second, **states)).commands:
            states[command.load] = replace(states[command.load], on=command.on)
            commands.append((command.load, command.on))
    assert commands == [("first", True), ("second", True)]
