"""A device's own energy counter: in every unit, found by itself where its maker's entities are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fusebox.devices import DRIVERS
from fusebox.devices.easee.states import read_numbers
from fusebox.model.readings import LinkState

from ..control.houses import car
from ..runtime.home import Home


def shown(kind: str, device: dict[str, Any], **entities: tuple[object, str]) -> float | None:
    """What the counter of a load of this type says."""
    home = Home()
    for name, (text, unit) in entities.items():
        home.shows(f"sensor.{name}", text, unit_of_measurement=unit)
    load = replace(car("box"), type=kind, device=device)
    return DRIVERS[kind].counter(load, home.view())


@pytest.mark.parametrize("unit, kwh", [("kWh", 1500), ("Wh", 1.5), ("MWh", 1_500_000), ("W", None), ("", None)])
def test_every_unit_of_energy_is_understood_and_no_other(unit, kwh):
    assert shown("plug", {"energy": "sensor.e"}, e=(1500, unit)) == (None if kwh is None else pytest.approx(kwh))


@pytest.mark.parametrize("text", ["unknown", "unavailable", "full", "nan", "1e15"])
def test_a_counter_that_says_nothing_is_unknown(text):
    assert shown("number", {"energy": "sensor.e"}, e=(text, "MWh")) is None


def test_a_load_without_one_has_none():
    assert shown("plug", {"energy": None}, e=(1, "kWh")) is None


@pytest.mark.parametrize("name", ["evse1", "evse1_connector_1"])
def test_that_of_a_charge_point_is_found(name):
    entities = {f"{name}_energy_active_import_register": (123.4, "kWh")}
    assert shown("ocpp", {"charger": "EVSE1", "connector": 1, "energy": None}, **entities) == 123.4


def test_one_that_config_names_comes_before_that_of_the_charge_point():
    entities = {"evse1_energy_active_import_register": (123.4, "kWh"), "own": (9, "kWh")}
    assert shown("ocpp", {"charger": "evse1", "energy": "sensor.own"}, **entities) == 9


def test_that_of_an_easee_charger_comes_with_its_state():
    home = Home()
    home.states["easee.eh1"] = LinkState("charging", "", 0.0, **read_numbers({"lifetimeEnergy": 4321.5}, {}))  # type: ignore[assignment]
    home.shows("sensor.own", 9, unit_of_measurement="kWh")
    counter = DRIVERS["easee"].counter
    box = replace(car("box"), type="easee", device={"charger": "EH1", "energy": None})
    assert counter(box, home.view()) == 4321.5
    assert counter(replace(box, device={"charger": "EH1", "energy": "sensor.own"}), home.view()) == 9
