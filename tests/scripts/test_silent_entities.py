"""Every entity of CONFIG that falls silent is reported with its path; one that sleeps as usual is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fusebox.config.read_config import read_config

from .houses import BOX, amps, charger, charging, config, unit, watts
from .nights import NORD_POOL, ZONE, nord_pool

NOON = datetime.fromisoformat("2026-11-22T11:00:00+01:00")

HOUSE: dict[str, Any] = {
    "site": {
        "main_fuse_a": 63,
        "grid": {
            "L1": "sensor.net_l1",
            "L2": {"import": "sensor.use_l2", "export": "sensor.return_l2"},
            "L3": {"entity": "sensor.net_l3", "unit": "W"},
        },
        "solar_w": "sensor.sun",
        "inverter": {"max_w": 9000, "output": {"L1": "sensor.out_l1"}},
        "battery": [
            {
                "soc_pct": "sensor.soc",
                "charge_w": "sensor.batt",
                "hold": {"switch": "switch.hold"},
                "charge_from_grid": {
                    "select": "select.battery",
                    "charge": "charge",
                    "normal": "own",
                    "power_w": "number.charge_w",
                },
                "capacity_kwh": 10,
                "plan": {"ready_by": "06:00"},
            },
            {
                "soc_pct": "sensor.soc_2",
                "charge_w": "sensor.batt_2",
                "hold": {"number": "number.discharge", "hold": 0, "normal": 2000},
            },
        ],
        "export": {"max_w": 5000, "curtail": {"number": "number.export", "unit": "W"}},
        "circuits": {"garage": {"fuse_a": 40, "grid": {"L1": "sensor.garage_l1"}}},
    },
    "loads": {
        "wall": {
            "type": "number",
            "current": "number.wall",
            "switch": "switch.wall",
            "draw": {"L1": "sensor.wall_l1", "L2": "sensor.wall_l2", "L3": "sensor.wall_l3"},
            "status": "sensor.wall_status",
            "phase_switch": {"select": "select.wall_phases", "one": "1", "three": "3"},
            "switch_phases": True,
            "energy": "sensor.wall_kwh",
            "vehicles": ["ioniq", "leaf"],
            "vehicle": "input_select.wall_car",
            "tag": "sensor.wall_tag",
            "plan": {"ready_by": "07:00", "energy_kwh": 10},
        },
        "old": {
            "type": "number",
            "current": "number.old",
            "draw": "sensor.old_draw",
            "status": "sensor.old_status",
            "soc_pct": "sensor.old_soc",
            "capacity_kwh": 50,
            "phases": ["L2"],
            "plan": {"ready_by": "07:00", "soc_target_pct": 80},
        },
        "point": {
            "type": "ocpp",
            "charger": "evse1",
            "circuit": "garage",
            "switch": "switch.evse1",
            "current": "number.evse1",
            "reset": "button.evse1_reset",
            "draw": "sensor.evse1_draw",
            "offered": "sensor.evse1_offered",
            "status": "sensor.evse1_status",
            "transaction_id": "sensor.evse1_transaction",
            "phases": ["L1"],
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "phases": ["L2"],
            "energy": "sensor.pool_kwh",
        },
        "rod": {
            "type": "power",
            "power": "number.rod",
            "draw": "sensor.rod",
            "switch": "switch.rod",
            "temperature": "sensor.rod_c",
            "max_c": 60,
            "phases": ["L3"],
        },
        "tank": {
            "type": "tank",
            "switch": "switch.tank",
            "temperature": "sensor.tank_c",
            "power": "sensor.tank_power",
            "phases": ["L3"],
        },
        "pump": {
            "type": "sg_ready",
            "relay_1": "switch.sg1",
            "relay_2": "switch.sg2",
            "power": "sensor.pump_power",
        },
        "room": {"type": "thermostat", "climate": "climate.room", "power": "sensor.room_power", "phases": ["L2"]},
    },
    "vehicles": {
        "ioniq": {
            "soc_pct": "sensor.ioniq_soc",
            "capacity_kwh": 58,
            "plugged": "binary_sensor.ioniq_plugged",
            "tags": ["1"],
        },
        "leaf": {"tags": ["77"]},
    },
    "tariff": {
        "kind": "fluvius",
        "demand_kw": "sensor.demand",
        "month_peak_kw": "sensor.month_peak",
        "dim": "binary_sensor.dim",
    },
    "prices": {"import": NORD_POOL, "export": "sensor.export_price"},
    "forecast": {"solar": "sensor.solcast_today"},
    "radiators": {
        "away": "input_boolean.away",
        "power_saving": "input_number.level",
        "radiators": [
            {
                "virtual": "input_boolean.bath",
                "actual": "switch.bath",
                "temperature": "sensor.bath_c",
                "setpoint": "input_number.bath_c",
                "power": "sensor.bath_power",
            }
        ],
    },
    "power_saving": {
        "meter": {"entity": "sensor.house_a"},
        "extra_meters": [{"entity": "sensor.oven_a"}],
        "target": "input_number.level",
    },
}


def states() -> dict[str, Any]:
    """Return every entity of the house with a value."""
    found: dict[str, Any] = {f"sensor.{name}": watts(900) for name in ("net_l1", "use_l2", "net_l3", "sun", "out_l1")}
    found |= {f"sensor.{name}": watts(0) for name in ("return_l2", "batt", "batt_2", "pool_power", "rod", "tank_power")}
    found |= {f"sensor.{name}": watts(0) for name in ("pump_power", "room_power", "bath_power")}
    found |= {f"sensor.{name}": amps(1) for name in ("garage_l1", "house_a", "oven_a")}
    found |= {
        f"sensor.{name}": amps(6)
        for name in ("wall_l1", "wall_l2", "wall_l3", "old_draw", "evse1_draw", "evse1_offered")
    }
    found |= {f"sensor.{name}": unit(50, "%") for name in ("soc", "soc_2", "old_soc", "ioniq_soc")}
    found |= {f"number.{name}": {"state": "6", "attributes": BOX} for name in ("wall", "old", "evse1")}
    found |= {f"sensor.{name}_status": "Charging" for name in ("wall", "old", "evse1")}
    found |= {f"sensor.{name}_kwh": unit(100, "kWh") for name in ("wall", "pool")}
    found |= {f"sensor.{name}_c": unit(45, "°C") for name in ("rod", "tank", "bath")}
    found |= {f"switch.{name}": "off" for name in ("hold", "pool", "tank", "sg1", "sg2", "bath")}
    found |= {f"switch.{name}": "on" for name in ("wall", "evse1", "rod")}
    found |= {f"number.{name}": unit(2000, "W", min=0, max=9000) for name in ("charge_w", "discharge", "export", "rod")}
    found |= {"select.battery": "own", "select.wall_phases": "3", "button.evse1_reset": "unknown"}
    found |= {"input_select.wall_car": "ioniq", "sensor.wall_tag": "1", "sensor.evse1_transaction": "7"}
    found |= {"climate.room": {"state": "heat", "attributes": {"temperature": 20, "current_temperature": 21}}}
    found |= {"binary_sensor.ioniq_plugged": "on", "binary_sensor.dim": "off", "sun.sun": "above_horizon"}
    found |= {"sensor.demand": unit(2, "kW"), "sensor.month_peak": unit(3, "kW"), **nord_pool({}, NOON)}
    found |= {"sensor.export_price": nord_pool({}, NOON)[NORD_POOL]}
    found |= {"sensor.solcast_today": {"state": "9", "attributes": {"detailedForecast": []}}}
    found |= {"input_boolean.away": "off", "input_boolean.bath": "off", "input_number.level": "0"}
    return found | {"input_number.bath_c": "20"}


def named() -> dict[str, str]:
    """Return path -> entity of the house's CONFIG."""
    checked = read_config(HOUSE).config
    return dict(checked.named)


def silent(home) -> list[str]:
    """Return the errors on entities without a value."""
    return [error for error in home.shown()["errors"] if "had no value" in error]


BATCHES = 8
"""Fewer than the sentences of their own in each; neighbours in CONFIG fall silent apart."""


def test_each_entity_that_falls_silent_is_reported_with_its_path_until_it_is_back(house):
    home, whole, t = house(HOUSE, start=NOON, time_zone=ZONE, noisy=True), states(), 0
    home.line(0, whole)
    for start in range(BATCHES):
        t += 130
        home.line(t, whole, leap=True)
        assert silent(home) == []
        batch = dict(list(named().items())[start::BATCHES])
        for since_s in (1, 15, 75):
            home.line(t + since_s, {**whole, **dict.fromkeys(batch.values(), "unavailable")}, leap=True)
        t += 75
        told = home.shown()["errors"]
        for path, entity in batch.items():
            # Some are reported by what follows for their load, or by what they lack.
            assert any(path.startswith(error.partition(":")[0]) and entity in error for error in told), (path, told)
        assert len(silent(home)) + sum("is unavailable" in error for error in told) >= len(batch) - 1


ZAPTEC = {"type": "number", "preset": "zaptec", "current": "number.wall_charger_max_current", "phases": ["L1"]}


@pytest.mark.parametrize("entity", ["sensor.wall_charge_power", "sensor.wall_charger_mode"])
def test_an_entity_that_a_preset_adds_is_reported_while_it_is_unavailable(house, entity):
    home = house(config(loads={"wall": ZAPTEC}), noisy=True)
    box = {"number.wall_charger_max_current": {"state": "6", "attributes": BOX}, "switch.wall_charging": "on"}
    whole = {**box, "sensor.wall_charge_power": watts(1380), "sensor.wall_charger_mode": "connected_charging"}
    for without, errors in (("unknown", 0), ("unavailable", 1)):
        for _ in range(10):
            home.line(home.t + 20, {"sensor.l1": amps(16), **whole, entity: without}, leap=True)
        assert len(silent(home)) == errors
    assert silent(home)[0].startswith("loads.wall.") and entity in silent(home)[0]


AWAY = {"sensor.car_status": "Available", "sensor.soc": "unavailable"}
CAR = {"car": charger(soc_pct="sensor.soc", capacity_kwh=50)}


def car_house(house, **states: Any):
    """Return a house whose car has a state of charge, after two and a half minutes with these states."""
    home = house(config(loads=CAR))
    home.steady(150, {"sensor.l1": amps(16), **charging(), "sensor.soc": unit(50, "%"), **states})
    return home


def test_a_car_that_is_away_may_be_silent_and_needs_an_hour_to_wake_up(house):
    home = car_house(house, **AWAY)
    assert silent(home) == []
    there = {"sensor.l1": amps(16), **charging(), "sensor.soc": "unavailable"}
    home.steady(600, there)
    assert silent(home) == []
    home.line(3900, there, leap=True)
    home.line(3911, there)
    assert [text.partition(":")[0] for text in silent(home)] == ["loads.car.soc_pct"]


def test_a_car_that_falls_silent_while_it_charges_is_reported_after_a_minute(house):
    home = car_house(house)
    home.is_exact = True
    home.steady(205, {"sensor.soc": "unavailable"})
    assert silent(home) == []
    home.steady(225)
    (told,) = silent(home)
    assert told.startswith("loads.car.soc_pct: sensor.soc has had no value since ")
    assert told.endswith("its last value and the energy since then count")
    home.steady(228, {"sensor.soc": unit(51, "%")})
    assert silent(home) == []


@pytest.mark.parametrize(
    ("entity", "what_counts"),
    [
        ("sensor.batt", "no other value counts instead"),
        ("sensor.soc", "its last value counts for a quarter of an hour, then the surplus is unknown"),
    ],
)
def test_a_home_battery_without_a_reading_is_reported_with_what_counts_instead(house, entity, what_counts):
    home = house(config(loads={"car": charger()}, battery={"soc_pct": "sensor.soc", "charge_w": "sensor.batt"}))
    states = {"sensor.l1": amps(16), **charging(), "sensor.batt": watts(500), "sensor.soc": unit(50, "%")}
    home.steady(150, states)
    home.is_exact = True
    home.steady(225, {entity: "unavailable"})
    assert [text.rpartition(": ")[2] for text in silent(home)] == [what_counts]


def test_nothing_is_silent_in_the_first_two_minutes_after_a_start(house):
    home = house(config(loads=CAR))
    states = {"sensor.l1": amps(16), **charging(), "sensor.soc": "unavailable"}
    home.steady(115, states)
    assert silent(home) == []
    home.steady(135, states)
    assert len(silent(home)) == 1


@pytest.mark.parametrize(
    ("key", "entity", "word"),
    [("draw", "sensor.car_draw", "unavailable"), ("tag", "sensor.tag", "unknown"), ("reset", "button.x", "unknown")],
)
def test_what_has_no_value_as_usual_is_no_error(house, key, entity, word):
    without_car = {"sensor.l1": amps(1), **charging(draw=0), "sensor.car_status": "Available"}
    written = config(loads={"car": charger(**{} if key == "reset" else {key: entity})})
    if key == "reset":
        written["loads"]["car"] = {"type": "ocpp", "charger": "car", "status": "sensor.car_status", key: entity}
    home = house(written)
    home.steady(150, {**without_car, entity: word})
    assert silent(home) == []


def test_an_inverter_sleeps_by_night_and_has_an_hour_after_sunrise(house):
    home = house(config(loads={"car": charger()}, solar_w="sensor.sun"))
    states = {"sensor.l1": amps(16), **charging(), "sensor.sun": "unavailable", "sun.sun": "below_horizon"}
    home.steady(200, states)
    home.steady(400, {**states, "sun.sun": "above_horizon"})
    assert silent(home) == []
    home.line(3820, {**states, "sun.sun": "above_horizon"}, leap=True)
    home.line(3831)
    assert [text.partition(":")[0] for text in silent(home)] == ["site.solar_w"]
