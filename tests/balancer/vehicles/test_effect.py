"""What follows from the car at a charger, and its control over MQTT and in the package."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.balancer.controls_package import package_text
from fusebox.balancer.mqtt_discovery import load_rows
from fusebox.balancer.mqtt_messages import SERVICES
from fusebox.balancer.vehicles.effect import missing_car_keys, with_vehicles
from fusebox.balancer.vehicles.recognition import By, Stay
from fusebox.config.config import Config
from fusebox.config.read_config import read_config
from fusebox.model.load import Load
from fusebox.model.load_plan import LoadPlan

from ...scripts.houses import charger, config

SEVEN = (7 * 3600,) * 7
OWN = {"ready_by": "07:00", "soc_target_pct": 80}
CARS: dict[str, Any] = {
    "ioniq": {"soc_pct": "sensor.soc", "capacity_kwh": 58, "max_a": 10, "min_soc_pct": 20, "plan": OWN},
    "leaf": {"max_a": 32},
}


def checked(**car: Any) -> Config:
    loads = {"garage": charger("garage", **{"vehicles": "any", "plan": {"ready_by": "06:00", "energy_kwh": 5}, **car})}
    found = read_config({**config(loads=loads), "vehicles": CARS})
    assert not found.errors, found.errors
    return found.config


def at(vehicle: str | None, **car: Any) -> Load:
    return with_vehicles(checked(**car).site(), {"garage": Stay(1000.0, vehicle, By.TAG)}).loads[0]


def test_a_car_has_its_own_plan_and_limits() -> None:
    load = at("ioniq")
    assert load.plan == LoadPlan(SEVEN, soc_target_pct=80, min_soc_pct=20)
    assert (load.max_a, load.user_max_a, load.vehicle.soc_pct) == (10, 16, "sensor.soc")


def test_a_car_never_has_more_than_its_own_highest_current_whatever_the_chargers_lowest_is() -> None:
    load = at("ioniq", min_a=12)
    assert (load.min_a, load.max_a, load.user_max_a) == (10, 10, 16)


def test_a_car_without_a_plan_has_that_of_the_charger_and_no_more_current_than_it() -> None:
    load = at("leaf")
    assert load.plan is not None
    assert (load.plan.energy_kwh, load.max_a, load.vehicle.soc_pct) == (5, 16, None)


@pytest.mark.parametrize(("guest", "stop_kwh"), [({}, 30), ({"energy_kwh": 10}, 10)])
def test_a_guest_has_nobody_elses_plan_and_its_own_limit(guest, stop_kwh) -> None:
    load = at("guest", guest=guest, stop_energy_kwh=30, stop_soc_pct=90)
    assert (load.plan, load.vehicle.name, load.stop_energy_kwh, load.stop_soc_pct) == (None, "guest", stop_kwh, None)


def test_a_guest_may_have_a_plan_of_its_own() -> None:
    load = at("guest", guest={"plan": {"ready_by": "07:00", "energy_kwh": 9}})
    assert load.plan == LoadPlan(SEVEN, energy_kwh=9)


def test_a_car_that_is_not_known_yet_is_held_only_where_any_may_have_a_plan() -> None:
    load = at(None)
    assert (load.plan, load.is_held_until_recognised) == (None, True)
    assert not at(None, vehicles=["leaf"], plan=None).is_held_until_recognised


@pytest.mark.parametrize(("mode", "least"), [("standard", None), ("solar_only", LoadPlan(min_soc_pct=20))])
def test_a_least_charge_is_a_plan_only_where_it_would_wait_for_sun(mode, least) -> None:
    found = read_config(
        {
            **config(loads={"garage": charger("garage", vehicles="any", mode=mode)}),
            "vehicles": {"ioniq": {**CARS["ioniq"], "plan": None}},
        }
    )
    assert not found.errors, found.errors
    assert with_vehicles(found.config.site(), {"garage": Stay(1.0, "ioniq", By.TAG)}).loads[0].plan == least


def test_the_car_has_a_control_over_mqtt_and_in_the_package() -> None:
    house = checked()
    site = house.site()
    rows = {row.key: row for row in load_rows(house, site, site.loads[0], frozenset())}
    assert rows["vehicle"].more["options"] == ["ioniq", "leaf", "guest", "automatic"]
    assert "stop_soc_pct" in rows, "a car that is away shows its charge when it is there"
    assert "vehicle" in SERVICES
    assert 'pyscript.fusebox_set_vehicle\n            data: {"load": "garage"' in package_text(house)


def test_a_service_may_plan_by_charge_where_the_car_there_or_any_shows_it() -> None:
    site = checked().site()
    keys = ("soc_pct", "capacity_kwh")
    assert missing_car_keys(site, site.loads[0], *keys) == []
    assert missing_car_keys(site, at("leaf"), *keys) == ["soc_pct", "capacity_kwh"]
