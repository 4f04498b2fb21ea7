"""The complete CONFIG reads without errors, and what is left out is what the interface documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from fusebox.config.config import Config
from fusebox.config.fields import Section
from fusebox.config.load_schemas import LOADS
from fusebox.config.read_config import read_config
from fusebox.config.sections import TARIFF
from fusebox.config.site_schema import SITE
from fusebox.config.values import Number, keys_of_record
from fusebox.devices import DRIVERS
from fusebox.model.electrics import Phase
from fusebox.model.equipment import FuseType, Inverter, Source, Tariff
from fusebox.model.load import Load, Mode
from fusebox.model.site import Distribution, Site

from .full import SECRETS, changed, full, minimal


def checked(config: object) -> Config:
    result = read_config(config, SECRETS)
    assert [str(error) for error in result.errors] == []
    assert not result.errors, result.errors
    return result.config


def test_the_complete_config_reads_without_errors() -> None:
    site = checked(full()).site()
    assert [load.name for load in site.loads] == list(full()["loads"])
    assert [load.priority for load in site.loads] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_every_type_that_config_knows_has_a_driver() -> None:
    assert LOADS.keys() == DRIVERS.keys()


def test_a_minimal_config_reads_without_errors_or_warnings() -> None:
    assert read_config(minimal()).warnings == ()
    site = checked(minimal()).site()
    assert site.phases == (Phase.L1,)
    assert site.circuits[0].grid == {Phase.L1: Source("sensor.net_l1")}
    assert site.loads[0].phases == (Phase.L1,)


SITE_DEFAULTS = {
    "voltage_v": 230,
    "max_import_w": None,
    "imbalance_max_a": None,
    "distribution": Distribution.PRIORITY,
    "netting": "per_phase",
    "excess_threshold_w": 13000,
    "margin_a": 0.5,
    "stale_after_s": 30,
    "failsafe_after_s": 60,
    "dry_run": False,
    "solar_w": None,
    "inverters": (Inverter(),),
    "batteries": (),
}


@pytest.mark.parametrize("key", SITE_DEFAULTS)
def test_the_site_has_the_documented_default(key: str) -> None:
    assert getattr(checked(minimal()).site(), key) == SITE_DEFAULTS[key]


BATTERY_DEFAULTS = {
    "soc_min_pct": 20,
    "soc_target_pct": 80,
    "hysteresis_pct": 3,
    "max_charge_w": 5000,
    "max_discharge_w": 5000,
    "allow_grid_charging": True,
    "reserve_w": None,
    "sunset_rule": True,
}


@pytest.mark.parametrize("key", BATTERY_DEFAULTS)
def test_a_battery_has_the_documented_default(key: str) -> None:
    config = changed(minimal(), "site.battery", {"soc_pct": "sensor.soc", "charge_w": "sensor.batt"})
    assert getattr(checked(config).site().batteries[0], key) == BATTERY_DEFAULTS[key]


CHARGER = {
    "circuit": "main",
    "mode": Mode.STANDARD,
    "min_a": 6,
    "max_a": 16,
    "step_a": 0.1,
    "pause_s": 180,
    "start_after_s": 60,
    "stop_after_s": 180,
    "failsafe_a": 6,
    "on_off": False,
    "priority": 1,
    "phases": (Phase.L1, Phase.L2, Phase.L3),
}
EASEE = {"charger": "EH1", "site": 1, "circuit_id": 2, "username": "u", "password": "p"}
GUARD: dict[str, Any] = {
    "enabled": False,
    "quasar_host": None,
    "quasar_port": 502,
    "listen_host": "127.0.0.1",
    "listen_port": 5020,
    "allowed_clients": (),
    "total_power_entity_id": None,
    "total_power_limit": 5750,
    "max_charge_power": 3680,
    "adjustment_delay": 10,
    "cooldown_period": 15,
}
LOAD_DEFAULTS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (
        {"type": "ocpp", "charger": "evse1"},
        CHARGER,
        {"rate_unit": "auto", "profile": "absolute", "lease_s": 120, "stack_level": 3, "draw": None, "status": None},
    ),
    (
        {"type": "number", "current": "number.x"},
        CHARGER,
        {"switch": None, "draw": None, "status": None, "preset": None, "min_write_s": 0},
    ),
    ({"type": "wallbox", "current": "number.x"}, CHARGER | {"max_a": 25}, {"min_write_s": 60}),
    ({"type": "easee", **EASEE}, CHARGER, {"ttl_min": 1, "base_url": None}),
    (
        {"type": "plug", "switch": "switch.x"},
        {"mode": Mode.CONTINUOUS, "rated_w": 2000, "min_a": 2.9, "max_a": 2.9, "on_off": True}
        | {"min_on_s": 300, "min_off_s": 300, "max_starts_per_day": None},
        {"power": None},
    ),
    (
        {"type": "power", "power": "number.x"},
        {"mode": Mode.STANDARD, "rated_w": 3000, "pause_s": 20, "start_after_s": 10, "on_off": False},
        {"preset": None, "min_w": 0, "max_w": 3000, "step_w": 1, "off_w": 0, "draw": None, "switch": None}
        | {"write_every_s": 10, "renew_s": None, "temperature": None, "max_c": None},
    ),
    (
        {"type": "tank", "switch": "switch.x", "temperature": "sensor.x"},
        {"mode": Mode.NORMAL, "rated_w": 2500, "min_a": 3.6, "max_a": 3.6, "on_off": True},
        {"normal_c": 50, "boost_c": 65, "hysteresis_c": 6, "minimum_c": None, "hygiene_c": 60, "hygiene_every_days": 7}
        | {"thermostat": False},
    ),
    (
        {"type": "sg_ready", "relay_1": "switch.x", "relay_2": "switch.y"},
        {"mode": Mode.STANDARD, "rated_w": 3000, "min_a": 4.3, "max_a": 4.3, "on_off": True},
        {"power": None, "recommend_above_w": 1500, "force_above_w": 4000, "dwell_s": 600, "max_block_s": 7200}
        | {"controllable_14a": False},
    ),
    (
        {"type": "thermostat", "climate": "climate.x"},
        {"mode": Mode.STANDARD, "rated_w": 1500, "min_a": 2.2, "max_a": 2.2, "on_off": True},
        {"power": None, "minimum_c": 17, "normal_c": 20, "boost_c": 22, "recommend_above_w": 1500},
    ),
    (
        {"type": "quasar", "phases": ["L2"]},
        {"mode": Mode.STANDARD, "min_a": 0, "max_a": 16, "on_off": False, "phases": (Phase.L2,), "failsafe_a": 0},
        {"max_charge_w": 7400, "guard": GUARD},
    ),
    (
        {"type": "radiators", "phases": ["L1"]},
        {"mode": Mode.STANDARD, "rated_w": 1150, "min_a": 5, "max_a": 10, "step_a": 5, "on_off": False, "group": None},
        {},
    ),
]


@pytest.mark.parametrize("written,expected,device", LOAD_DEFAULTS, ids=[row[0]["type"] for row in LOAD_DEFAULTS])
def test_a_load_has_the_documented_defaults(
    written: dict[str, object], expected: dict[str, object], device: dict[str, object]
) -> None:
    load = checked(changed(full(), "loads", {"it": written})).site().loads[0]
    assert {key: getattr(load, key) for key in expected} == expected
    assert {key: load.device[key] for key in device} == device


SECTION_DEFAULTS = [
    ("huawei", {"host": "10.0.0.2"}, {"port": 502, "unit": 1, "every_s": 5}),
    (
        "tariff",
        {},
        {"kind": "fluvius", "demand_kw": None, "month_peak_kw": None, "target_kw": 4.0, "minimum_kw": 2.5}
        | {"price_per_kw_year": None, "maximum_per_kwh": None, "hours": None, "weekdays": None, "months": None}
        | {"night_factor": None, "dim": None},
    ),
    (
        "radiators",
        {"radiators": [{"virtual": f"input_boolean.r{i}", "actual": f"switch.r{i}"} for i in range(6)]},
        {"name": "heating", "step": "cron(*/2 * * * *)", "away": None, "power_saving": None}
        | {"max_active": (5, 4, 2, 1, 0), "external_smoothing": True, "hold_off_s": 1, "settle_s": 0}
        | {"boost_timeout_s": None, "blind_active": 1, "test_mode": False, "status": "pyscript.radiator_status"},
    ),
    (
        "power_saving",
        {"meter": {"entity": "sensor.house"}},
        {"meter": {"entity": "sensor.house", "attribute": None, "divisor": 1}, "extra_meters": (), "method": "global"}
        | {"max_available": 30, "per_radiator": 5, "thermostat_factor": 1.3, "hysteresis": 1.2, "security_margin": 3}
        | {"damping_s": 90, "blind_level": None, "test_mode": False, "status": "pyscript.powersavingmode"},
    ),
]


@pytest.mark.parametrize("name,written,expected", SECTION_DEFAULTS, ids=[row[0] for row in SECTION_DEFAULTS])
def test_a_section_has_the_documented_defaults(
    name: str, written: dict[str, object], expected: dict[str, object]
) -> None:
    section: Any = checked({name: written}).sections[name]
    found = dict(section) if isinstance(section, Mapping) else {key: getattr(section, key) for key in expected}
    assert {key: found[key] for key in expected} == expected


def test_max_active_at_its_default_is_lowered_to_the_radiators_there_are() -> None:
    sections = checked(full()).sections
    assert sections["radiators"].max_active == (2, 2, 2, 1, 0)  # type: ignore[attr-defined]


def test_a_radiator_without_a_name_is_called_by_its_relay() -> None:
    config = {"radiators": {"radiators": [{"virtual": "input_boolean.a", "actual": "switch.a"}]}}
    assert checked(config).sections["radiators"].rows[0].name == "switch.a"  # type: ignore[attr-defined]


def test_radiators_and_power_saving_may_be_lists() -> None:
    config: dict[str, object] = {
        "radiators": [
            {
                "name": phase,
                "status": f"pyscript.{phase}",
                "radiators": [{"virtual": f"input_boolean.{phase}", "actual": f"switch.{phase}"}],
            }
            for phase in ("l1", "l2")
        ],
        "power_saving": [
            {"meter": "sensor.one", "status": "pyscript.one"},
            {"meter": "sensor.two", "status": "pyscript.two"},
        ],
    }
    sections = checked(config).sections
    assert [group.status for group in sections["radiators"]] == ["pyscript.l1", "pyscript.l2"]  # type: ignore[attr-defined]
    assert sections["power_saving"][1].meter["entity"] == "sensor.two"  # type: ignore[index]


def test_without_a_site_there_is_an_empty_one() -> None:
    house = checked({"huawei": {"host": "10.0.0.2"}})
    assert not house.has_site
    assert house.site().loads == ()


def test_a_section_that_is_none_is_as_if_missing() -> None:
    config = minimal() | {"tariff": None, "radiators": None}
    for key in ("circuits", "inverter", "battery", "solar_w"):
        changed(config, f"site.{key}", None)
    assert checked(config).site() == checked(minimal()).site()
    assert checked(changed(config, "loads", None)).site().loads == ()


def test_sources_say_how_each_quantity_is_read() -> None:
    site = checked(full()).site()
    assert site.circuit("main").grid == {
        Phase.L1: Source("sensor.net_l1"),
        Phase.L2: Source(import_entity="sensor.use_l2", export_entity="sensor.return_l2"),
        Phase.L3: Source("sensor.net_l3", unit="W", invert=True),
    }
    assert site.loads[1].device["draw"] == Source("sensor.wall_current")


def test_draw_may_be_given_a_phase() -> None:
    config = changed(full(), "loads.car.draw", {"L1": "sensor.a", "L3": {"entity": "sensor.c", "unit": "kW"}})
    draw = checked(config).site().loads[0].device["draw"]
    assert draw == {Phase.L1: Source("sensor.a"), Phase.L3: Source("sensor.c", unit="kW")}


def test_huawei_replaces_each_quantity_that_the_inverter_reports() -> None:
    config = changed(full(), "site.grid", {"L1": "huawei", "L2": "huawei", "L3": "huawei"})
    for path in ("site.solar_w", "site.battery.soc_pct", "site.battery.charge_w"):
        changed(config, path, "huawei")
    site = checked(config).site()
    assert site.circuit("main").grid[Phase.L2] == Source("huawei.grid_l2")
    assert site.solar_w == Source("huawei.solar_w")
    (battery,) = site.batteries
    assert (battery.soc_pct, battery.charge_w) == (Source("huawei.soc_pct"), Source("huawei.charge_w"))


def test_an_inverted_battery_turns_its_power() -> None:
    (battery,) = checked(changed(full(), "site.battery.invert", True)).site().batteries
    assert battery.charge_w == Source("sensor.batt", invert=True)


def test_circuits_come_root_first_and_parents_before_children() -> None:
    circuits = {
        "c": {"fuse_a": 6, "parent": "b"},
        "b": {"fuse_a": 10, "parent": "a"},
        "a": {"fuse_a": 16, "fuse_type": "gG"},
    }
    site = checked(changed(full(), "site.circuits", circuits)).site()
    assert [circuit.name for circuit in site.circuits] == ["main", "a", "b", "c"]
    assert [circuit.fuse_type for circuit in site.circuits] == [FuseType.B, FuseType.GG, FuseType.B, FuseType.B]


def test_the_default_maximum_is_lowered_to_the_smallest_fuse_on_the_way() -> None:
    config = changed(full(), "site.circuits", {"a": {"fuse_a": 10}, "b": {"fuse_a": 32, "parent": "a"}})
    changed(config, "loads", {"car": {"type": "wallbox", "current": "number.x", "circuit": "b"}})
    assert checked(config).site().loads[0].max_a == 10


def test_a_quasar_takes_the_lower_of_its_two_limits() -> None:
    config = changed(full(), "loads.v2g.guard.max_charge_power", 7000)
    changed(config, "loads.v2g.max_charge_w", 4600)
    assert checked(config).site().loads[6].max_a == 20
    changed(config, "loads.v2g.max_charge_w", 7400)
    assert checked(config).site().loads[6].max_a == 25  # the fuse: only clamped, never an error


def test_the_reasons_of_a_quasar_are_in_watts_as_its_state_is() -> None:
    v2g = checked(full()).site().loads[6]
    assert v2g.type == "quasar" and v2g.in_own_unit(min_a=10.0) == {"min_w": 2300}


def test_hours_days_and_months_are_spelt_out() -> None:
    tariff = {"kind": "sweden_mean3", "hours": [22, 6], "weekdays": ["Mon", "friday", 7], "months": [11, 12, 1]}
    read = checked({"tariff": tariff}).sections["tariff"]
    assert read["hours"] == (22, 23, 0, 1, 2, 3, 4, 5)  # type: ignore[index]
    assert read["weekdays"] == (1, 5, 7)  # type: ignore[index]
    assert read["months"] == (1, 11, 12)  # type: ignore[index]


@pytest.mark.parametrize(
    ("written", "days"),
    [(["mon-fri"], (1, 2, 3, 4, 5)), (["Saturday - Monday", "wed"], (1, 3, 6, 7)), (["fri-fri"], (5,))],
)
def test_a_span_of_weekdays_is_all_of_its_days(written: list[str], days: tuple[int, ...]) -> None:
    read = checked({"tariff": {"kind": "sweden_mean3", "weekdays": written}}).sections["tariff"]
    assert read["weekdays"] == days  # type: ignore[index]


@pytest.mark.parametrize(
    ("record", "keys"), [(Site, SITE), (Tariff, TARIFF), (Load, LOADS["ocpp"].keys)], ids=["site", "tariff", "load"]
)
def test_each_number_with_a_range_in_a_record_is_a_key(record: type, keys: Section) -> None:
    numbers = {name for name, field in keys_of_record(record).items() if isinstance(field.kind, Number)}
    assert numbers and numbers <= keys.fields.keys()


def calls(work: Callable[[], object]) -> int:
    """How many functions that takes to be called: the same on every machine, however busy."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_reading_and_making_a_site_take_little_work() -> None:
    assert calls(lambda: read_config(full(), SECRETS)) < 200_000
    house = checked(full())
    house.site({})  # it is kept
    assert calls(lambda: house.site({"loads.car.max_a": "12"})) < 6000, "that is done each second"
