"""Hidden sun: a load tests what a throttled inverter gives, keeps what it covers, and stops where the grid pays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from fusebox import tuning
from fusebox.control.control import step
from fusebox.control.limits.throttled_inverter import is_shining, patience_s
from fusebox.model.equipment import Battery, Circuit, Inverter
from fusebox.model.house_memory import HiddenSunMemory
from fusebox.model.load import Mode
from fusebox.model.local_day import clock_text_rounded_up
from fusebox.model.memory import Memory
from fusebox.model.messages.message import code_of, values_of
from fusebox.model.orders import ExportLimit
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, Reading
from simhouse.physics.throttle import Throttle

from .houses import METER, T0_S, car, charger, seen, site
from .throttled import Roof, one_car, one_heater, one_plug

MINUTE_S = 60
SG_READY = {
    "relay_1": "switch.one", "relay_2": "switch.two", "power": None, "recommend_above_w": 1500,
    "force_above_w": 4000, "dwell_s": 120, "max_block_s": 900,
}  # fmt: skip


@cache
def _after_four_minutes() -> Roof:
    return Roof(13.5, car=one_car()).run(4 * MINUTE_S)


def found() -> Roof:
    """Return a roof of 13.5 A whose car has found its hidden sun in four minutes."""
    return _after_four_minutes().copy()


def test_without_throttles_a_solar_load_waits_forever():
    assert max(Roof(12.0, car=one_car(), site_facts={"inverters": (Inverter(),)}).run(20 * MINUTE_S).drew_a) == 0


@pytest.mark.parametrize("lag_s", [1, 5, 20])
def test_a_car_finds_the_hidden_sun_and_rises_to_what_the_panels_give(lag_s):
    roof = found().run(3 * MINUTE_S) if lag_s == 5 else Roof(13.5, lag_s, car=one_car()).run(7 * MINUTE_S)
    assert roof.drew_a[-1] == 11.0
    assert roof.paid_ws < 40 * 3600
    assert min(roof.net_a[60:]) > -1.0


def test_a_plug_finds_the_hidden_sun():
    roof = Roof(13.5, plug=one_plug(min_on_s=300)).run(6 * MINUTE_S)
    assert roof.drew_a[-1] == 10.0
    assert roof.code("plug") != "tests_hidden_sun"


def test_a_load_in_watts_finds_the_hidden_sun():
    roof = Roof(13.5, heater=one_heater()).run(6 * MINUTE_S)
    assert roof.drew_a[-1] == pytest.approx(11.0, abs=1.0)
    assert roof.paid_ws < 20 * 3600


def test_what_a_load_in_watts_waits_for_is_never_said_to_be_nothing():
    roof, said = Roof(13.5, car=one_car(), heater=one_heater(priority=2)), set()
    for _ in range(2 * MINUTE_S):
        said.add(str(roof.run(1).evening.decision.notes["heater"].reason))
    assert "waits until 0.01 kW of sun stay free, which other loads may take first" in said
    assert not any("needs 0 kW" in each or "until 0 kW" in each for each in said)


def test_rises_that_found_no_more_sun_do_not_lengthen_the_wait_after_a_cloud():
    roof = found().run(6 * MINUTE_S)
    assert roof.evening.memory.hidden_sun.failures >= 3
    roof.sun_a = 5.0
    said = set()
    for _ in range(10 * MINUTE_S):
        said.add(roof.run(1).code("car"))
        if roof.evening.memory.hidden_sun.failed_start:
            break
        assert roof.code("car") != "waits_for_hidden_sun"
    assert "tests_hidden_sun" in said
    assert roof.run(1).code("car") == "waits_for_hidden_sun"
    roof.sun_a = 13.5
    assert max(roof.run(7 * MINUTE_S).drew_a[-MINUTE_S:]) >= 6.0


def test_a_full_tank_proves_nothing_and_lets_a_car_test_after_it():
    roof = Roof(13.5, tank=one_plug(), car=one_car(priority=2))
    roof.full = "tank"
    assert roof.run(2 * MINUTE_S).evening.memory.hidden_sun.proved_a == 0.0
    assert roof.loads["tank"].on
    assert roof.run(5 * MINUTE_S).drew_a[-1] >= 6.0


def test_a_small_full_tank_lets_no_larger_load_wait():
    roof = Roof(13.5, tank=one_plug(900), car=one_car(priority=2))
    roof.full = "tank"
    assert roof.run(8 * MINUTE_S).drew_a[-1] >= 6.0


def test_a_full_tank_waits_twice_as_long_each_time_and_a_used_one_no_longer():
    roof = Roof(13.5, tank=one_plug(900))
    roof.full = "tank"
    starts_s = roof.run(60 * MINUTE_S).starts_s
    assert [round((b - a) / 60) for a, b in pairwise(starts_s)] == [10, 15, 25]
    assert roof.code("tank") == "waits_for_hidden_sun"
    roof.full = ""
    roof.run(45 * MINUTE_S)
    assert roof.drew_a[-1] > 0
    assert roof.evening.memory.hidden_sun.idle == {}


def test_a_heat_pump_with_relays_does_not_test():
    pump, state = one_plug(start_after_s=10.0, stop_after_s=20.0)
    roof = Roof(13.5, pump=(replace(pump, type="sg_ready", device=SG_READY), state)).run(10 * MINUTE_S)
    assert roof.evening.memory.hidden_sun.load == ""
    assert max(roof.drew_a) == 0.0


@pytest.mark.parametrize(("charge_w", "tests"), [(1000.0, True), (600.0, False)])
def test_loads_test_while_the_battery_charges_at_its_maximum(charge_w, tests):
    battery = Battery(METER, METER, max_charge_w=1000)
    roof = Roof(20.0, car=one_car(), site_facts={"batteries": (battery,)})
    roof.charge_w = charge_w
    assert (max(roof.run(3 * MINUTE_S).drew_a) >= 6.0) is tests


def test_a_test_says_that_it_is_one():
    roof = Roof(13.5, 20, plug=one_plug())
    while not roof.loads["plug"].on:
        roof.run(1)
    assert roof.run(2).code("plug") == "tests_hidden_sun"


@pytest.mark.parametrize("made", [one_car, one_plug])
def test_a_test_that_gains_nothing_ends_within_a_minute_of_its_draw(made):
    roof = Roof(2.5, load=made())
    ((first_s, last_s), *_) = roof.run(4 * MINUTE_S).runs()
    assert first_s <= 15 * MINUTE_S
    assert last_s - first_s < 60
    assert roof.code("load") == "waits_for_hidden_sun"


def test_minimum_times_do_not_keep_on_a_load_that_gained_nothing():
    ((first_s, last_s), *_) = Roof(2.5, plug=one_plug(min_on_s=600)).run(4 * MINUTE_S).runs()
    assert last_s - first_s < 60


def test_waits_between_tests_that_gain_nothing_double_up_to_an_hour():
    runs = Roof(2.5, plug=one_plug()).run(9_000).runs()
    waits_s = [after - before for (_, before), (after, _) in pairwise(runs)]
    assert [round(s / 60) for s in waits_s] == pytest.approx([5, 10, 20, 40, 60], abs=1)


def test_a_small_load_need_not_wait_as_long_as_a_large_one_that_failed_often():
    roof = Roof(4.0, car=one_car(min_a=16.0, max_a=32.0), plug=one_plug(priority=2))
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(failures=5))
    roof.run(2 * MINUTE_S)
    assert roof.code("car") == "waits_for_hidden_sun"
    roof.sun_a = 14.0
    assert roof.run(6 * MINUTE_S).drew_a[-1] == 10.0
    assert len(roof.runs()) == 1, "the car has not tested once more"


def test_a_learnt_inverter_is_given_up_sooner():
    roof = Roof(13.5, 2, plug=one_plug()).run(3 * MINUTE_S)
    roof.sun_a = 2.5
    roof.run(8 * MINUTE_S)
    assert [to - at for at, to in roof.runs()[1:]] == [pytest.approx(10, abs=8)] * (len(roof.runs()) - 1)
    assert len(roof.runs()) == 3


def test_a_slow_inverter_that_stops_rising_halfway_is_given_up_before_its_usual_time():
    roof = Roof(7.0, 20, plug=one_plug())
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(lags_s=(22.0, 24.0, 23.0)))
    ((first_s, last_s), *_) = roof.run(4 * MINUTE_S).runs()
    assert 12 <= last_s - first_s <= 25


def test_a_house_that_takes_less_than_the_panels_gave_is_tested_at_once():
    roof = Roof(13.5, car=one_car(), house_a=10.0)
    for from_s, to_s in roof.run(4 * MINUTE_S).runs():
        assert to_s - from_s < 60
    assert roof.drew_a[-1] == 0.0
    roof.house_a = 2.0
    assert roof.run(100).drew_a[-1] >= 6.0


def test_a_house_that_cycles_keeps_no_load_from_testing():
    roof = Roof(13.5, 20, car=one_car())
    for _ in range(12):
        for roof.house_a in (0.5, 2.0):
            roof.run(12)
    assert roof.drew_a[-1] >= 6.0


def test_a_start_that_is_nearly_covered_has_longer_than_the_small_steps_before():
    roof = Roof(13.5, 20, car=one_car())
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(lags_s=(10.0, 10.0)))
    assert roof.run(3 * MINUTE_S).drew_a[-1] >= 6.0


def test_nothing_is_tested_by_night_or_where_the_inverter_makes_nothing():
    roof = Roof(13.5, car=one_car())
    roof.sun_up = False
    assert max(roof.run(20 * MINUTE_S).drew_a) == 0
    assert max(Roof(0.0, house_a=0.0, car=one_car()).run(20 * MINUTE_S).drew_a) == 0


def test_an_inverter_that_has_exported_for_a_while_is_not_tested_for_half_an_hour():
    roof = Roof(13.5, plug=one_plug())
    roof.throttle = Throttle(export_max_w=600.0)
    roof.run(4 * MINUTE_S).sun_a = 2.0
    assert max(roof.run(29 * MINUTE_S).drew_a) == 0
    assert max(roof.run(4 * MINUTE_S).drew_a) > 0


@pytest.mark.parametrize(("limit_w", "lag_s"), [(230, 5), (500, 20), (1150, 5), (1150, 20)])
def test_a_car_finds_the_sun_that_is_hidden_behind_a_limit_on_export_above_zero(limit_w, lag_s):
    facts = {"inverters": (Inverter(),), "export": ExportLimit(limit_w), "may_export_w": limit_w}
    roof = Roof(13.5, lag_s, car=one_car(), site_facts=facts)
    roof.throttle = Throttle(export_max_w=limit_w, lag_s=lag_s)
    assert roof.run(8 * MINUTE_S).drew_a[-1] == 11.0
    assert len(roof.runs()) == 0, "it has not stopped since its first start"
    assert roof.paid_ws < 40 * 3600


def test_a_plug_under_test_is_not_said_to_stay_on_for_its_minimum_time():
    roof = Roof(2.5, plug=one_plug(min_on_s=600))
    while not roof.drew_a[-1:] or roof.drew_a[-1] == 0:
        roof.run(1)
    assert roof.run(10).code("plug") == "tests_hidden_sun"


def test_an_inverter_that_was_held_back_after_a_minute_of_export_is_tested_soon():
    roof = Roof(26.0, plug=one_plug())
    present = roof.loads["plug"]
    roof.throttle, roof.loads["plug"] = Throttle(export_max_w=6000.0), replace(present, available=False)
    roof.run(65).throttle = Throttle(export_max_w=0.0)
    roof.run(30).loads["plug"] = present
    assert max(roof.run(5 * MINUTE_S).drew_a) > 0


def test_nothing_is_tested_while_the_grid_supplies_the_house():
    assert max(Roof(5.0, house_a=8.0, car=one_car()).run(20 * MINUTE_S).drew_a) == 0


def test_nothing_is_tested_while_a_wire_is_short_of_room():
    roof = Roof(13.5, car=one_car(circuit="garage"), site_facts={"circuits": (Circuit("garage", 5, MAIN),)})
    assert max(roof.run(20 * MINUTE_S).drew_a) == 0


def test_a_car_is_held_where_the_sun_falls_and_rises_with_it_again():
    roof = found()
    roof.sun_a = 10.2
    assert roof.run(2 * MINUTE_S).drew_a[-1] == 8.0
    roof.sun_a = 16.0
    assert roof.run(5 * MINUTE_S).drew_a[-1] == 14.0


def test_a_load_that_the_sun_leaves_stops_soon_after_the_grid_pays():
    roof = found()
    roof.sun_a, paid_ws = 2.0, roof.paid_ws
    roof.run(3 * MINUTE_S)
    assert roof.drew_a[-1] == 0
    assert 3.5 * 3600 < roof.paid_ws - paid_ws < 5.5 * 3600


def test_a_cloud_before_a_step_is_drawn_costs_hardly_more_than_any_other():
    roof = found()
    roof.sun_a = 16.0
    while not roof.evening.memory.hidden_sun.load:
        roof.run(1)
    roof.sun_a, paid_ws = 2.5, roof.paid_ws
    roof.run(3 * MINUTE_S)
    assert roof.drew_a[-1] == 0
    assert roof.paid_ws - paid_ws < 12 * 3600


@pytest.mark.parametrize("made", [one_car, one_plug])
def test_in_a_cloud_the_reason_names_the_minute_in_which_the_load_stops(made):
    roof = Roof(13.5, load=made()).run(4 * MINUTE_S)
    roof.sun_a, untils = 5.0, set()
    while roof.loads["load"].on:
        reason = roof.run(1).evening.decision.notes["load"].reason
        if code_of(reason) in ("held_without_energy", "kept_without_energy"):
            untils.add(values_of(reason)["until"])
    assert untils == {clock_text_rounded_up(T0_S + roof.now_s, T0_S)}


@pytest.mark.parametrize(("lag_s", "longest_a"), [(1, 4.0), (20, 1.0)])
def test_a_slow_inverter_is_tested_in_smaller_steps(lag_s, longest_a):
    roof = Roof(30.0, lag_s, car=one_car())
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(lags_s=(lag_s,) * 5))
    drew_a = [a for a in roof.run(4 * MINUTE_S).drew_a if a >= 6.0]
    assert max(after - before for before, after in pairwise(drew_a)) == longest_a


def test_minimum_times_do_not_keep_on_a_load_through_a_cloud():
    roof = Roof(13.5, plug=one_plug(min_on_s=600)).run(3 * MINUTE_S)
    assert roof.drew_a[-1] == 10.0
    roof.sun_a, paid_ws = 3.0, roof.paid_ws
    roof.run(MINUTE_S)
    assert roof.drew_a[-1] == 0
    assert roof.paid_ws - paid_ws < 5.5 * 3600


def test_steps_that_a_slow_inverter_does_not_follow_are_given_up_sooner_than_a_start():
    roof = Roof(13.3, 20, car=one_car()).run(4 * MINUTE_S)
    failures, paid_ws = roof.evening.memory.hidden_sun.failures, roof.paid_ws
    roof.run(18 * MINUTE_S)
    assert roof.drew_a[-1] == 11.0
    assert roof.evening.memory.hidden_sun.failures == failures + 3
    assert roof.paid_ws - paid_ws < 3.4 * 3600


def test_a_start_of_a_car_that_the_inverter_covers_halfway_is_given_up():
    roof = Roof(5.0, 20, car=one_car())
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(lags_s=(22.0,) * 5))
    ((first_s, last_s), *_) = roof.run(4 * MINUTE_S).runs()
    assert last_s - first_s < 30


def test_a_start_that_nothing_follows_is_given_up_once_the_inverter_would_have_begun():
    roof = Roof(2.5, 20, car=one_car())
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(lags_s=(22.0,) * 5, begins_s=(3.0,) * 5))
    ((first_s, last_s), *_) = roof.run(4 * MINUTE_S).runs()
    assert last_s - first_s < 15


def test_only_one_load_tests_at_a_time():
    roof = Roof(30.0, 20, plug=one_plug(), car=one_car())
    began: dict[str, int] = {}
    for second in range(10 * MINUTE_S):
        roof.run(1)
        for name, state in roof.loads.items():
            if state.draw_a[0]:
                began.setdefault(name, second)
        if len(began) == 2:
            break
    assert abs(began["plug"] - began["car"]) > 20


@pytest.mark.parametrize(("solar_w", "shines"), [(15.0, False), (30.0, True)])
def test_a_few_watts_of_a_sleeping_inverter_are_no_sunshine(solar_w, shines):
    snapshot = replace(seen({"L1": 0.0}), solar_w=Reading(solar_w, solar_w, 0.0), sun_up=True)
    assert is_shining(site(solar_w=METER), snapshot) is shines


@pytest.mark.parametrize(("short_w", "held_a"), [(40.0, 11.0), (70.0, 10.0)])
def test_a_few_watts_of_import_do_not_lower_a_car(short_w, held_a):
    roof = Roof(13.0, car=one_car()).run(4 * MINUTE_S)
    roof.sun_a = 13.0 - short_w / 230
    assert roof.run(30).drew_a[-1] == held_a


@pytest.mark.parametrize("starts", [True, False])
def test_an_inverter_that_follows_at_once_gets_a_moment_not_the_time_of_an_unknown_one(starts):
    at_once = HiddenSunMemory(lags_s=(0.0, 0.0), rise_lags_s=(0.0, 0.0))
    assert patience_s(at_once, 0.0, starts) == tuning.MOMENT_S
    assert patience_s(at_once, 0.5, starts) == tuning.QUICK_S
    assert patience_s(HiddenSunMemory(), 0.5, starts) == tuning.HIDDEN_SUN_TEST_S


def test_a_load_on_own_power_has_its_patience_while_hidden_sun_costs_too_much():
    """Its battery may not be charged from the grid, so `standard` waits for own power too, but not for hidden sun."""
    barred = Battery(METER, METER, allow_grid_charging=False)
    facts = {"solar_w": METER, "inverters": (Inverter(throttles=True),), "batteries": (barred,)}
    home = site(car("usual"), car("sunny", mode=Mode.SOLAR_ONLY, priority=2), **facts)
    paid = HiddenSunMemory(level_a=6.0, paid_ws=2 * tuning.HIDDEN_SUN_PAID_WS, short_s=T0_S - 60)
    loads = {"usual": charger(6.0), "sunny": charger(6.0)}
    now = replace(seen({"L1": 10.0}, **loads), solar_w=Reading(920.0, 920.0, 0.0), sun_up=True)
    empty = BatteryReadings(Reading(10.0, 10.0, 0.0), Reading(0.0, 0.0, 0.0))
    decision = step(home, replace(now, batteries=(empty,)), Memory(hidden_sun=paid))
    assert {name: note.setpoint_a for name, note in decision.notes.items()} == {"usual": 6.0, "sunny": 0.0}
    assert code_of(decision.notes["usual"].reason) == "held_without_energy"
