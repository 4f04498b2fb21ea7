"""Tanks through the shipped scripts: set-points, modes, wires, hygiene over restarts, thermostats of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from .boiler import Tank, Warm, warm

AT = datetime.fromisoformat("2026-03-01T12:00:00+01:00")
HEATER = {"temperature": 45.0, "min_temp": 30, "max_temp": 75, "target_temp_step": 1}


def home_of(house, celsius, *, base_a=2.0, start=AT, water=None, **facts):
    return Warm(house(warm(**facts), start=start), base_a, water or Tank(celsius))


def test_a_cold_tank_is_heated_to_normal_and_left_alone_within_its_hysteresis(house):
    home = home_of(house, 42)
    home.run(150)
    assert home.switched == ["on", "off"]
    assert home.water.celsius == pytest.approx(50, abs=0.3)
    home.water.celsius = 45
    home.run(60)
    assert home.switched == ["on", "off"]
    assert "heats again below 44 °C" in home.shown()["reason"]
    assert (home.house.state("sensor.fusebox_tank"), home.shown()["status"]) == ("0", "off")


def test_a_tank_that_becomes_a_plug_in_config_forgets_its_hygiene(house):
    home = home_of(house, 42)
    home.run(10)
    tank = warm()["loads"]["tank"]
    plug = {key: value for key, value in tank.items() if key in ("switch", "power", "rated_w", "phases")}
    home.house.save({**warm(), "loads": {"tank": {"type": "plug", **plug}}})
    home.run(10)
    shown = home.shown()
    assert "°C" not in shown["reason"]
    assert "hygiene_due" not in shown


def test_its_status_has_watts_temperature_and_the_reason(house):
    home = home_of(house, 40)
    home.run(30)
    shown = home.shown()
    assert home.house.state("sensor.fusebox_tank") == "2300"
    assert (shown["status"], shown["unit_of_measurement"], shown["target_c"]) == ("on", "W", 50)
    assert shown["reason"].startswith("heats from 4") and "to 50 °C" in shown["reason"]
    assert shown["hygiene_due"].startswith("2026-03-08T11:00")


@pytest.mark.parametrize("mode", ["solar_only", "excess", "off"])
def test_without_sun_it_waits_but_below_its_minimum_it_heats(house, mode):
    home = home_of(house, 42, mode=mode, minimum_c=40)
    home.run(60)
    assert home.switched == []
    home.water.celsius = 39
    home.run(100)
    assert home.switched == ["on", "off"]
    assert home.water.celsius == pytest.approx(46, abs=0.3)


def test_below_its_minimum_it_says_that_it_heats_although_its_plan_waits(house):
    facts = warm(minimum_c=40, plan={"ready_by": "23:00", "hours": 1})
    facts["prices"] = {"fixed": {"hours": {"20-22": 0.1}, "else": 0.3}}
    home = Warm(house(facts, start=AT), 2.0, Tank(42))
    home.run(60)
    assert home.shown()["reason"].startswith("waits until 2")
    home.water.celsius = 38
    home.run(10)
    assert home.switched == ["on"]
    assert home.shown()["plan_state"] == "waiting"
    assert "below its minimum of 40 °C" in home.shown()["reason"]
    home.run(100)
    assert home.switched == ["on", "off"]
    assert home.shown()["reason"].startswith("waits until 2")


def test_a_warm_tank_heats_in_the_cheap_hour_of_its_plan_and_not_in_the_dear_one_after_it(house):
    facts = warm(plan={"ready_by": "23:00", "hours": 1})
    facts["prices"] = {"fixed": {"hours": {"12-13": 0.1}, "else": 0.3}}
    home = Warm(house(facts, start=AT), 2.0, Tank(46))
    home.run(90)
    assert home.switched == ["on", "off"]
    assert home.water.celsius == pytest.approx(50, abs=0.3)


def test_a_warm_tank_is_not_said_to_draw_nothing_as_the_block_of_its_plan_begins(house):
    facts = warm(plan={"ready_by": "23:00", "hours": 1})
    facts["prices"] = {"fixed": {"hours": {"12-13": 0.1}, "else": 0.3}}
    home, told = Warm(house(facts, start=AT - timedelta(seconds=40)), 2.0, Tank(46)), []
    while home.water.celsius < 50 or home.second < 120:
        home.run(1)
        told.append((home.water.on, home.shown().get("plan_reason_code")))
    begin = [code for on, code in told].index("plan_runs")
    assert "plan_takes_nothing" not in {code for _, code in told[:begin]}
    assert told[-1] == (False, "plan_takes_nothing")


def test_a_hot_tank_keeps_no_hours_of_its_plan_from_others_until_it_has_lost_half_of_its_hysteresis(house):
    facts = warm(plan={"ready_by": "23:00", "hours": 3})
    facts["prices"] = {"fixed": {"hours": {"12-13": 0.1}, "else": 0.3}}
    home = Warm(house(facts, start=AT), 2.0, Tank(48))
    home.run(10)
    hours = home.shown()["plan"]
    home.run(110)
    assert (home.shown()["plan"], home.shown()["plan_reason_code"]) == ([], "plan_takes_nothing")
    home.water.celsius = 47.5
    home.run(60)
    assert (home.shown()["plan"], home.switched) == ([], ["on", "off"])
    home.water.celsius = 46.5
    home.run(25)
    assert home.shown()["plan"][0]["end"] == hours[0]["end"]
    home.run(60)
    assert home.switched == ["on", "off", "on", "off"]
    assert home.water.celsius == pytest.approx(50, abs=0.3)


def test_on_its_surplus_it_goes_up_to_boost(house):
    home = home_of(house, 57, base_a=-14.0, mode="solar_only", start_after_s=0)
    home.run(120)
    assert home.switched == ["on", "off"]
    assert home.water.celsius == pytest.approx(65, abs=0.3)


def test_without_its_surplus_it_does_not(house):
    home = home_of(house, 57, base_a=-6.0, mode="solar_only")
    home.run(90)
    assert home.switched == []
    assert "waits for sun" in home.shown()["reason"]


def test_never_against_the_fuse(house):
    home = home_of(house, 30, base_a=18.0, minimum_c=40)
    home.run(60)
    assert home.switched == [] and "main L1" in home.shown()["limited_by"]
    home.base_a = 5
    home.run(40)
    assert home.switched == ["on"]
    home.base_a = 20
    home.run(2)
    assert home.switched == ["on", "off"]


def test_an_overdue_hygiene_cycle_waits_for_the_fuse_and_for_nothing_else(house):
    home_of(house, 48, mode="off").run(3)
    later = datetime.fromisoformat("2026-03-08T11:59:50+01:00")
    home = home_of(house, 48, mode="off", base_a=18.0, start=later)
    home.run(9)
    assert "hygiene" not in home.shown()["reason"]
    home.run(40)
    assert home.switched == [] and "limited by the main fuse" in home.shown()["reason"]
    home.base_a = 2
    home.run(40)
    assert home.switched == ["on"]


def test_the_hour_of_a_cycle_adds_up_over_a_restart(house):
    first = home_of(house, 62, hygiene_every_days=1)
    first.run(2000, every=20)
    again = home_of(house, 62, hygiene_every_days=1, start=datetime.fromisoformat("2026-03-01T13:00:00+01:00"))
    again.run(1700, every=20)
    assert again.shown()["hygiene_due"].startswith("2026-03-02T12:2")


def test_blind_it_is_switched_off(house):
    home = home_of(house, 40)
    home.run(40, every=1)
    assert home.switched == ["on"]
    for second in range(41, 110):
        home.house.line(second, home.water.states())
    assert home.switched == ["on", "off"]
    assert home.shown()["status"] == "blind"


@pytest.mark.parametrize("word", ["unknown", "unavailable"])
def test_a_tank_that_loses_its_temperature_stops_in_a_minute_and_restarts_with_it(house, word):
    home = home_of(house, 40, min_on_s=3600)
    home.run(30)
    assert home.switched == ["on"]
    home.water.celsius = word
    home.run(55)
    assert home.switched == ["on"]
    home.run(10)
    assert home.switched == ["on", "off"]
    assert any("loads.tank: its temperature is unknown" in error for error in home.house.shown()["errors"])
    home.run(700, every=10)  # longer than one with a thermostat of its own would wait for it
    assert home.switched == ["on", "off"]
    home.water.celsius = 40.0
    home.run(30)
    assert home.switched == ["on", "off", "on"] and home.house.shown()["errors"] == []


def test_a_tank_starts_no_heating_while_its_thermometer_blinks(house):
    home = home_of(house, 40, mode="off")
    home.run(30)
    home.water.celsius = "unavailable"
    home.run(1)
    home.house.call("fusebox_set_mode", load="tank", mode="normal")
    home.run(40)
    assert home.switched == [] and "waits until its temperature is known" in home.shown()["reason"]
    home.water.celsius = 40
    home.run(30)
    assert home.switched == ["on"]


def test_a_user_who_switches_it_on_without_a_temperature_does_not_cook_it(house):
    home = home_of(house, "unknown")
    home.run(90)
    home.water.on = True
    home.run(60)
    assert not home.water.on


@pytest.mark.parametrize("mode", ["standard", "solar_priority", "solar_only", "off"])
def test_a_user_who_switches_it_on_heats_it_to_boost_in_any_mode(house, mode):
    home = home_of(house, 51, mode=mode)
    home.run(30)
    home.water.on = True
    home.run(100)
    assert home.water.on and home.shown()["reason"] == "switched on by hand"
    home.run(60)
    assert not home.water.on and home.water.celsius >= 65


@pytest.mark.parametrize(
    ("switch", "temperature", "written", "heats"),
    [
        ("switch.tank", "sensor.tank", None, False),
        ("switch.tank", "sensor.tank", True, True),
        ("switch.tank", "sensor.tank", "input_boolean.own", False),
        ("climate.tank", "sensor.tank", None, True),
        ("climate.tank", "sensor.tank", False, False),
        ("climate.tank", "climate.tank", None, False),
    ],
)
def test_only_a_thermostat_of_its_own_may_heat_without_a_temperature(house, switch, temperature, written, heats):
    attributes = {"hvac_modes": ["heat", "off"]} if switch == "climate.tank" else {}
    water = Tank("unavailable", entity=switch, on_word="heat" if attributes else "on", attributes=attributes)
    facts = {} if written is None else {"thermostat": written}
    home = home_of(house, 40, water=water, switch=switch, temperature=temperature, **facts)
    home.run(660, every=20)
    assert water.on is heats


def test_without_a_temperature_its_thermostat_heats_an_hour_in_eight_and_says_so(house):
    home = home_of(house, "unknown", water=Tank("unavailable"), thermostat=True)
    home.run(590, every=10)
    assert home.switched == [] and "waits until its temperature is known" in home.shown()["reason"]
    home.run(60, every=5)
    assert home.switched == ["on"]
    assert any("loads.tank: its temperature is unknown" in error for error in home.house.shown()["errors"])
    home.run(3700, every=20)
    assert (home.switched[0], home.switched[-1], home.water.on) == ("on", "off", False)


def test_its_own_thermostat_ends_a_boost_and_its_room_is_free(house):
    home = home_of(house, 55, mode="boost", water=Tank(55, own_c=58))
    home.run(60)
    home.run(240, every=5)
    assert home.switched == ["on", "off"]
    assert "its own thermostat has opened at 58" in home.shown()["reason"]


@pytest.mark.parametrize(
    ("extra", "on", "off"),
    [
        ({"supported_features": 11}, ("turn_on", {}), ("turn_off", {})),
        (
            {"supported_features": 3, "operation_list": ["off", "eco", "electric"]},
            ("set_operation_mode", {"operation_mode": "electric"}),
            ("set_operation_mode", {"operation_mode": "off"}),
        ),
    ],
)
def test_a_water_heater_is_sent_its_temperature_before_it_is_switched_on(house, extra, on, off):
    water = Tank(40, entity="water_heater.tank", on_word="eco", attributes={**HEATER, **extra})
    home = home_of(house, 40, water=water, switch="water_heater.tank", temperature="water_heater.tank")
    home.run(150)
    assert home.told == [
        ("water_heater.set_temperature", {"temperature": 50}),
        (f"water_heater.{on[0]}", on[1]),
        (f"water_heater.{off[0]}", off[1]),
    ]


def test_a_water_heater_that_only_takes_a_temperature_rests_at_its_lowest(house):
    attributes = {**HEATER, "temperature": 30.0, "supported_features": 1}
    water = Tank(40, on=True, entity="water_heater.tank", on_word="electric", attributes=attributes)
    home = home_of(house, 40, water=water, switch="water_heater.tank", temperature="water_heater.tank")
    home.run(150)
    assert home.told == [
        ("water_heater.set_temperature", {"temperature": 50}),
        ("water_heater.set_temperature", {"temperature": 30}),
    ]


@pytest.mark.parametrize(("entity", "word"), [("climate.tank", "heat"), ("water_heater.tank", "eco")])
def test_a_thermostat_that_keeps_showing_an_old_value_counts_as_heating(house, entity, word):
    attributes = {**HEATER, "temperature": 20.0, "hvac_modes": ["heat", "off"], "operation_list": ["eco", "off"]}
    water = Tank(40, entity=entity, on_word=word, attributes=attributes, mute=True)
    # Were its ten amps taken for the house's, there would be no room for them once more.
    home = home_of(house, 40, base_a=8.0, water=water, switch=entity, power=None)
    home.run(50)
    assert water.on
    assert [told for told in home.told if "temperature" not in told[0]] == [home.told[1]]


def test_a_climate_entity_heats_and_rests_by_its_mode(house):
    attributes = {**HEATER, "hvac_modes": ["heat", "off"], "supported_features": 385}
    water = Tank(40, entity="climate.tank", on_word="heat", attributes=attributes)
    home = home_of(house, 40, water=water, switch="climate.tank", temperature="climate.tank")
    home.run(150)
    assert home.told == [
        ("climate.set_temperature", {"temperature": 50}),
        ("climate.set_hvac_mode", {"hvac_mode": "heat"}),
        ("climate.set_hvac_mode", {"hvac_mode": "off"}),
    ]


def test_a_running_thermostat_is_sent_a_changed_target_temperature(house):
    water = Tank(40, entity="climate.tank", on_word="heat", attributes={**HEATER, "hvac_modes": ["heat", "off"]})
    home = home_of(house, 40, water=water, switch="climate.tank", temperature="climate.tank")
    home.run(40)
    home.house.call("fusebox_set_mode", load="tank", mode="boost")
    home.run(5)
    assert home.told[-1] == ("climate.set_temperature", {"temperature": 65})
    home.water.attributes["temperature"] = 45
    home.run(70)
    assert home.told[-1] == ("climate.set_temperature", {"temperature": 65})
    assert len(home.told) == 4, "told again once, and not each second"


def test_a_thermostat_that_never_shows_its_temperature_gets_it_rarely_and_is_named(house):
    attributes = {**HEATER, "hvac_modes": ["heat", "off"]}
    water = Tank(40, entity="climate.tank", on_word="heat", attributes=attributes, mute=True, litres_k_s=0)
    home = home_of(house, 40, water=water, switch="climate.tank")
    home.run(40)
    home.run(1480, every=20)
    told_s = [t for t, service, _ in home.house.calls if service == "climate.set_temperature"]
    waits_s = [after - before for before, after in pairwise(told_s)]
    assert [round(wait_s / 60) for wait_s in waits_s] == [1, 2, 4, *[5] * 3]
    assert home.house.shown()["errors"] == [
        "loads.tank: climate.tank was sent 50 °C and displays 45 °C: check that it is online, that nothing else sets "
        "it, and that it takes this temperature"
    ]
    water.attributes["temperature"] = 50.0
    home.run(5)
    assert home.house.shown()["errors"] == []
