"""Entities that names do not identify: renamed entities, meters and chargers of unknown makes, Tuya's plugs, a
tariff."""

from __future__ import annotations

from typing import Any

import yaml

from fusebox.config.read_config import read_config
from fusebox.detect import detect

from ..shape.sources import ROOT
from .dumps import LOADS, PHONE, dump

LIMITS = {"min": 6, "max": 32, "step": 1, "unit_of_measurement": "A", "device_class": "current"}


def found(states: dict[str, str], *more: dict[str, Any]) -> Any:
    result = detect([*dump({**PHONE, **states}), *more])
    assert read_config(result.config).errors == ()
    return result


def number(entity: str, **more: Any) -> dict[str, Any]:
    return {"entity_id": entity, "state": "16", "attributes": LIMITS, **more}


OVEN = {f"sensor.oven_l{n}": "0 W" for n in "123"}
HALL = {"sensor.hall_l1": "300 W", "sensor.hall_l2": "-50 W", "sensor.hall_l3": "1200 W"}


def test_a_meter_renamed_by_a_person_is_recognised_by_its_original_id():
    parts = [
        (f"sensor.{way}_{n}", f"sensor.electricity_meter_power_{what}_phase_l{n}")
        for way, what in (("in", "consumption"), ("out", "production"))
        for n in "123"
    ]
    attributes = {"unit_of_measurement": "kW", "device_class": "power"}
    renamed = [{"entity_id": e, "called": c, "state": "0.4", "attributes": attributes} for e, c in parts]
    grid = found({}, *renamed).config["site"]["grid"]
    assert grid == {f"L{n}": {"import": f"sensor.in_{n}", "export": f"sensor.out_{n}"} for n in "123"}


def test_a_charger_that_a_person_has_renamed_names_what_no_longer_follows():
    states, wanted = LOADS["a go-e"]
    (name,) = wanted
    car = dump(states)
    for place, each in enumerate(car):
        each["called"] = each["entity_id"]
        each["entity_id"] = f"{each['entity_id'].partition('.')[0]}.carport_{place}"
    load = found({}, *car).config["loads"][name]
    named = {each["called"]: each["entity_id"] for each in car}
    assert load == {
        "type": "number",
        "preset": "goe",
        "current": named["number.goe_123456_amp"],
        "switch": named["select.goe_123456_frc"],
        "draw": named["sensor.goe_123456_nrg_11"],
        "status": named["sensor.goe_123456_car_value"],
    }


def test_three_powers_one_a_phase_are_the_meter_where_another_shows_their_sum():
    result = found({**HALL, **OVEN, "sensor.utility": "1450 W"})
    assert result.config["site"]["grid"] == {f"L{n}": f"sensor.hall_l{n}" for n in "123"}
    assert any("together they are what sensor.utility shows" in reason for reason in result.reasons)
    assert any("check that grid_a is positive" in doubt for doubt in result.doubts)


def test_where_two_might_be_the_meter_none_is_taken():
    other = {entity.replace("hall", "attic"): said for entity, said in HALL.items()}
    assert "hall" not in str(found({**HALL, **other}).config["site"]["grid"])


def test_a_number_of_amps_is_a_charger_with_what_has_its_name():
    garage = {"switch.garage_charging": "on", "sensor.garage_power": "3680 W", "sensor.garage_status": "Charging"}
    load = found({**garage, "sensor.net_l1": "4 kW"}, number("number.garage_laadstroom")).config["loads"]["garage"]
    assert load == {
        "type": "number",
        "current": "number.garage_laadstroom",
        "switch": "switch.garage_charging",
        "draw": "sensor.garage_power",
        "status": "sensor.garage_status",
    }


def test_a_charger_with_a_device_gets_its_own_entities_whatever_their_names():
    mine = [
        {"entity_id": "switch.allow", "state": "on", "device": "abc"},
        {"entity_id": "sensor.use", "state": "0", "attributes": {"unit_of_measurement": "W"}, "device": "abc"},
        {"entity_id": "sensor.carport_power", "state": "9", "attributes": {"unit_of_measurement": "W"}, "device": "x"},
    ]
    load = found({}, number("number.carport_current", device="abc"), *mine).config["loads"]["carport"]
    assert (load["switch"], load["draw"]) == ("switch.allow", "sensor.use")


def test_a_number_that_no_charger_has_is_none():
    wide = number("number.fuse_limit") | {"attributes": {**LIMITS, "min": 10, "max": 125}}
    assert found({}, wide).config["loads"] == {}


def test_tuyas_plugs_and_strips():
    plug = {"switch.boiler_socket_1": "on", "sensor.boiler_power": "1980 W"}
    strip = {"switch.strip_socket_1": "on", "switch.strip_socket_2": "on", "sensor.strip_power": "80 W"}
    result = found({**plug, **strip})
    assert result.config["loads"] == {
        "boiler": {
            "type": "plug",
            "switch": "switch.boiler_socket_1",
            "power": "sensor.boiler_power",
            "rated_w": 2000,
        }
    }
    assert any("sensor.strip_power measures" in doubt for doubt in result.doubts)


def test_each_switch_of_one_device_has_its_own_power_sensor():
    states = {f"switch.boiler_switch_{n}": "on" for n in "01"}
    states |= {f"sensor.boiler_switch_{n}_power": f"{n}900 W" for n in "01"}
    loads = found(states).config["loads"]
    assert [(load["switch"], load["power"]) for load in loads.values()] == [
        (f"switch.boiler_switch_{n}", f"sensor.boiler_switch_{n}_power") for n in "01"
    ]


def test_a_meters_quarter_hour_demand_is_a_tariff():
    demand = "sensor.electricity_meter_current_average_demand"
    month = "sensor.electricity_meter_maximum_demand_current_month"
    result = found({demand: "1.2 kW", month: "4.8 kW", "sensor.net_l1": "100 W"})
    assert result.config["tariff"] == {
        "kind": "fluvius",
        "demand_kw": demand,
        "month_peak_kw": month,
    }
    assert any(doubt.startswith("tariff: ") for doubt in result.doubts)


def test_the_simulated_charger_that_is_shipped_is_found_whole():
    package = yaml.safe_load((ROOT / "config_examples" / "simulated_charger.yaml").read_text(encoding="utf-8"))
    states = []
    for block in package["template"]:
        for domain in ("number", "switch", "sensor"):
            for each in block.get(domain, ()):
                kept = ("min", "max", "unit_of_measurement", "device_class")
                attributes = {key: each[key] for key in kept if key in each}
                entity = f"{domain}.{each['name'].lower().replace(' ', '_')}"
                states.append({"entity_id": entity, "state": "0", "attributes": attributes})
    config = found({}, *states).config
    assert config["site"]["grid"] == {"L1": "sensor.grid_power"}
    assert config["loads"] == {
        "wall": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_power",
            "status": "sensor.wall_status",
        }
    }
