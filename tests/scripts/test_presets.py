"""Chargers with a preset, through the shipped scripts: each kind of pause on a full wire and on a free one."""

from __future__ import annotations

from typing import Any

import pytest

from .houses import amps, config, unit

KEBA = "keba_p30"


def keba(offer_a: float, power_kw: float) -> dict[str, Any]:
    return {
        f"sensor.{KEBA}_max_current": unit(offer_a, "A"),
        f"sensor.{KEBA}_charging_power": unit(power_kw, "kW"),
        f"binary_sensor.{KEBA}_plug": "on",
    }


def load(preset: str, current: str, **more: Any) -> dict[str, Any]:
    return {"type": "number", "preset": preset, "current": current, "phases": ["L1"], "min_write_s": 0, **more}


def services(home: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(service, data) for _, service, data in home.calls if not service.startswith("pyscript")]


def test_a_charger_without_anything_to_look_at_is_reported_once(house):
    home = house(config(loads={"car": load("keba", f"sensor.{KEBA}_max_current", mode="input_select.mode")}))
    states = {"sensor.l1": amps(2), **keba(6, 0), "input_select.mode": "off"}
    home.line(0, states)
    home.steady(200, states)
    assert services(home) == [("keba.disable", {})]
    assert home.shown("car")["status"] == "paused"
    states["input_select.mode"] = "standard"
    home.steady(260, states)
    assert ("keba.enable", {}) in services(home)
    states |= {"sensor.l1": amps(8), **keba(10, 1.38)}
    home.steady(460, states)
    assert [service for service, _ in services(home)].count("keba.enable") == 1
    assert home.shown()["errors"] == [] or "ignores its limit" not in str(home.shown()["errors"])


def test_a_charger_that_draws_though_it_was_paused_is_commanded_again(house):
    home = house(config(loads={"car": load("keba", f"sensor.{KEBA}_max_current", mode="off")}), noisy=True)
    states = {"sensor.l1": amps(12), **keba(10, 2.3)}
    home.line(0, states)
    home.steady(200, states)
    assert [service for service, _ in services(home)].count("keba.disable") >= 2
    assert any("ignores its limit" in text for text in home.shown()["errors"])


def test_a_charger_without_a_switch_is_paused_at_nothing(house):
    current = "sensor.easee_dynamic_charger_limit"
    home = house(config(loads={"car": load("easee", current, charger="EH1", mode="off")}))
    states = {
        "sensor.l1": amps(12),
        current: unit(10, "A"),
        "sensor.easee_power": unit(2.3, "kW"),
        "sensor.easee_status": "charging",
    }
    home.line(0, states)
    assert services(home) == [("easee.set_charger_dynamic_limit", {"charger_id": "EH1", "current": 0.0})]


@pytest.mark.parametrize("full", [True, False])
def test_a_list_is_put_to_stop_on_a_full_wire_and_to_run_on_a_free_one(house, full):
    home = house(config(loads={"car": load("goe", "number.goe_123456_amp")}))
    states = {
        "sensor.l1": amps(40 if full else 3),
        "number.goe_123456_amp": {"state": "6", "attributes": {"min": 6, "max": 16, "step": 1}},
        "select.goe_123456_frc": "0" if full else "1",
        "sensor.goe_123456_nrg_11": unit(1380 if full else 0, "W"),
        "sensor.goe_123456_car_value": "Charging" if full else "Complete",
    }
    home.line(0, states)
    home.steady(40, states)
    option = "1" if full else "0"
    told = [data for service, data in services(home) if service == "select.select_option"]
    assert told and all(data == {"entity_id": "select.goe_123456_frc", "option": option} for data in told)


def test_a_missing_entity_is_named_and_the_charger_steered_without_it(house):
    home = house(config(loads={"car": load("peblar", "number.garage_charge_limit")}))
    states = {
        "sensor.l1": amps(8),
        "number.garage_charge_limit": {"state": "6", "attributes": {"min": 6, "max": 16, "step": 1}},
        "switch.garage_charge": "on",
        "sensor.garage_state": "charging",
    }
    home.line(0, states)
    home.steady(60, states)
    assert home.all_sent("number.garage_charge_limit")
    (told,) = [text for text in home.shown()["errors"] if "garage_power" in text]
    assert told == (
        "loads.car: sensor.garage_power is missing, as preset peblar calls it: "
        "enable it in Home Assistant, or name another in CONFIG"
    )


def test_the_makes_own_words_are_understood(house):
    home = house(config(loads={"car": load("peblar", "number.garage_charge_limit")}))
    states = {
        "sensor.l1": amps(2),
        "number.garage_charge_limit": {"state": "10", "attributes": {"min": 6, "max": 16, "step": 1}},
        "switch.garage_charge": "on",
        "sensor.garage_power": unit(0, "W"),
        "sensor.garage_state": "no_ev_connected",
    }
    home.line(0, states)
    home.steady(10, states)
    assert home.shown("car")["status"] == "unplugged"
