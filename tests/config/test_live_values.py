"""Entities that stand for values, what services set, and what holds until either is known."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from fusebox.config.config import Config
from fusebox.config.read_config import allowed_modes, parse_mode, read_config
from fusebox.config.tree import as_tuple
from fusebox.model.load import Mode
from fusebox.model.site import Distribution

from .full import SECRETS, changed, full

LIVE = {
    "site.main_fuse_a": "input_number.fuse",
    "site.distribution": "input_select.distribution",
    "site.dry_run": "input_boolean.dry",
    "site.circuits.garage.fuse_a": "input_number.garage",
    "loads.car.mode": "input_select.mode",
    "loads.car.max_a": "input_number.limit",
    "loads.car.failsafe_a": "input_number.failsafe",
    "loads.pool.rated_w": "input_number.pool",
    "loads.wallbox.max_a": "input_number.wallbox",
    "loads.v2g.guard.total_power_limit": "input_number.total",
    "tariff.target_kw": "input_number.target",
    "radiators.hold_off_s": "input_number.hold_off",
    "power_saving.max_available": "input_number.available",
}


def checked() -> Config:
    config = full()
    for path, entity in LIVE.items():
        changed(config, path, entity)
    result = read_config(config, SECRETS)
    assert [str(error) for error in result.errors] == []
    assert not result.errors, result.errors
    return result.config


def test_every_live_entity_is_listed_by_its_path() -> None:
    assert dict(checked().live) == LIVE


def test_a_plain_entity_is_not_live() -> None:
    result = read_config(full(), SECRETS)
    assert not result.errors, result.errors
    assert dict(result.config.live) == {}


def test_without_values_the_documented_defaults_hold_and_a_fuse_is_six_amps() -> None:
    site = checked().site({})
    assert site.circuit("main").fuse_a == 6
    assert site.circuit("garage").fuse_a == 6
    assert site.distribution is Distribution.PRIORITY
    assert site.dry_run is True
    assert site.loads[0].mode is Mode.STANDARD
    assert site.loads[0].max_a == 6
    assert checked().sections["tariff"]["target_kw"] == 4.0  # type: ignore[index]


FUSES = {"site.main_fuse_a": "32", "site.circuits.garage.fuse_a": "20"}


@pytest.mark.parametrize(
    "path,raw,expected",
    [
        ("loads.car.max_a", "10", 10),
        ("loads.car.max_a", "10.5", 10.5),
        ("loads.car.max_a", 12, 12),
        ("loads.car.max_a", "99", 32),
        ("loads.car.max_a", "1e9", 32),
        ("loads.car.max_a", "unknown", 16),
        ("loads.car.max_a", "unavailable", 16),
        ("loads.car.max_a", "nan", 16),
        ("loads.car.max_a", "inf", 16),
        ("loads.car.max_a", "", 16),
        ("loads.car.max_a", None, 16),
        ("loads.car.max_a", True, 16),
        ("loads.car.max_a", math.nan, 16),
        ("loads.car.max_a", [16], 16),
    ],
)
def test_a_live_maximum_is_clamped_or_else_the_default(path: str, raw: object, expected: float) -> None:
    assert checked().site({**FUSES, path: raw}).loads[0].max_a == expected


@pytest.mark.parametrize("raw,expected", [("-5", 0), ("40", 40), ("1e9", 86_400)])
def test_a_live_value_out_of_its_range_is_the_nearest_that_there_is(raw: str, expected: float) -> None:
    config = full()
    changed(config, "loads.car.pause_s", "input_number.pause")
    result = read_config(config, SECRETS)
    assert not result.errors, result.errors
    assert result.config.site({**FUSES, "loads.car.pause_s": raw}).loads[0].pause_s == expected


def test_a_live_maximum_below_the_minimum_stays_what_it_is() -> None:
    car = checked().site({**FUSES, "loads.car.max_a": "3"}).loads[0]
    assert (car.min_a, car.max_a, car.mode) == (6, 3, Mode.STANDARD)


@pytest.mark.parametrize(
    "raw,expected", [("0", 0), ("3", 0), ("6", 6), ("10", 10), ("-5", 0), ("unknown", 6), ("20", 16)]
)
def test_a_live_fail_safe_current_is_never_one_that_no_charger_offers(raw: str, expected: float) -> None:
    assert checked().site({**FUSES, "loads.car.failsafe_a": raw}).loads[0].failsafe_a == expected


@pytest.mark.parametrize("most,expected", [("12", 10), ("8", 8), ("3", 0)])
def test_nothing_falls_back_to_more_than_it_may_have(most: str, expected: float) -> None:
    values = {**FUSES, "loads.car.max_a": most, "loads.car.failsafe_a": "10"}
    assert checked().site(values).loads[0].failsafe_a == expected


@pytest.mark.parametrize("dry,expected", [("on", True), ("off", False), ("unknown", True)])
def test_in_a_dry_run_radiators_and_power_saving_are_in_test_mode(dry: str, expected: bool) -> None:
    sections: Any = checked().sections_with({"site.dry_run": dry})
    own = [*as_tuple(sections["radiators"]), *as_tuple(sections["power_saving"])]
    assert [section.test_mode for section in own] == [expected, expected]
    rows = [{"virtual": "input_boolean.cellar", "actual": "switch.cellar"}]
    cellar = {"name": "cellar", "radiators": rows, "status": "pyscript.cellar"}
    config = full()
    config["radiators"] = [config["radiators"], cellar]
    changed(config, "site.dry_run", "input_boolean.dry")
    changed(config, "loads.heating.group", "heating")
    del config["power_saving"]
    result = read_config(config, SECRETS)
    assert not result.errors, result.errors
    several: Any = result.config.sections_with({"site.dry_run": dry})
    assert [group.test_mode for group in several["radiators"]] == [expected, expected]
    assert as_tuple(several["power_saving"]) == ()


@pytest.mark.parametrize("raw", ["-3", "0", "1e6"])
def test_a_live_rating_that_nothing_has_is_unknown(raw: str) -> None:
    rated = checked()
    assert not any(rated.is_usable(path, raw) for path in ("site.main_fuse_a", "loads.pool.rated_w"))
    site = rated.site({"site.main_fuse_a": raw, "loads.pool.rated_w": raw})
    assert site.circuit("main").fuse_a == 6
    assert site.loads[3].rated_w == 2000


@pytest.mark.parametrize(
    "raw,mode",
    [
        ("Solar Priority", Mode.SOLAR_PRIORITY),
        ("Solar Only", Mode.SOLAR_ONLY),
        ("SOLAR_ONLY", Mode.SOLAR_ONLY),
        ("Excess", Mode.EXCESS),
        ("Standard", Mode.STANDARD),
        ("Continuous", Mode.STANDARD),
        ("off", Mode.OFF),
        ("boost", Mode.STANDARD),
        ("unavailable", Mode.STANDARD),
        (7, Mode.STANDARD),
    ],
)
def test_modes_are_case_blind_and_labels_are_understood(raw: object, mode: Mode) -> None:
    assert checked().site({**FUSES, "loads.car.mode": raw}).loads[0].mode is mode


@pytest.mark.parametrize(
    "raw,distribution",
    [
        ("Sequential - Strict", Distribution.STRICT),
        ("Sequential - Optimized", Distribution.OPTIMIZED),
        ("Shared", Distribution.SHARED),
        ("Priority", Distribution.PRIORITY),
        ("STRICT", Distribution.STRICT),
        ("unknown", Distribution.PRIORITY),
    ],
)
def test_distributions_are_case_blind_and_labels_are_understood(raw: str, distribution: Distribution) -> None:
    assert checked().site({"site.distribution": raw}).distribution is distribution
    config = changed(full(), "site.distribution", raw)
    literal = read_config(config, SECRETS)
    assert bool(literal.errors) == (raw == "unknown")
    assert literal.errors or literal.config.site().distribution is distribution


@pytest.mark.parametrize(
    "raw,expected", [("on", True), ("TRUE", True), ("off", False), (True, True), ("unknown", True)]
)
def test_a_live_yes_or_no(raw: object, expected: bool) -> None:
    assert checked().site({"site.dry_run": raw}).dry_run is expected


def test_a_switched_load_is_on_at_its_live_rating() -> None:
    pool = checked().site({**FUSES, "loads.pool.rated_w": "1150"}).loads[3]
    assert (pool.min_a, pool.max_a, pool.rated_w) == (5, 5, 1150)


def test_live_values_reach_devices_and_sections() -> None:
    guard: Any = checked().site({"loads.v2g.guard.total_power_limit": "2000"}).loads[6].device["guard"]
    assert guard["total_power_limit"] == 2000
    sections: Any = checked().sections_with({"tariff.target_kw": "5.5", "radiators.hold_off_s": "3"})
    assert sections["tariff"]["target_kw"] == 5.5
    assert as_tuple(sections["radiators"])[0].hold_off_s == 3
    assert as_tuple(sections["power_saving"])[0].max_available == 30


def test_what_a_service_set_replaces_the_literal_value() -> None:
    result = read_config(full(), SECRETS)
    assert not result.errors, result.errors
    site = result.config.site({"loads.car.max_a": 10, "loads.car.min_a": 8, "loads.pool.mode": "off", "nonsense": 1})
    assert (site.loads[0].min_a, site.loads[0].max_a) == (8, 10)
    assert site.loads[3].mode is Mode.OFF


def test_only_settable_values_can_be_replaced() -> None:
    result = read_config(full(), SECRETS)
    assert not result.errors, result.errors
    assert result.config.site({"site.main_fuse_a": 99}).circuit("main").fuse_a == 25


def test_raw_values_are_what_config_says() -> None:
    config = changed(full(), "loads.car.mode", "Solar Only")
    changed(config, "loads.car.max_a", "input_number.limit")
    changed(config, "loads.wall.mode", "!secret easee_user")
    config["loads"]["wall"].pop("mode")
    read = read_config(config, SECRETS).config
    assert read is not None
    assert read.raw_values["loads.car.mode"] == "Solar Only"
    assert read.raw_values["loads.car.max_a"] == "input_number.limit"
    assert read.raw_values["loads.wall.max_a"] == 16
    assert read.raw_values["loads.wall.mode"] == "standard"
    assert read.raw_values["site.distribution"] == "priority"
    assert "loads.pool.max_a" not in read.raw_values


REFUSED = [
    ("loads.car.max_a", 26, "26 is above circuit 'main' (25 A)"),
    ("loads.car.max_a", 5, "5 is below min_a (6 A)"),
    ("loads.car.max_a", "many", "is not a number"),
    ("loads.car.max_a", "sensor.x", "is an entity id"),
    ("loads.car.max_a", math.nan, "is not a number"),
    ("loads.car.min_a", 17, "17 is above max_a (16 A)"),
    ("loads.car.min_a", 30, "30 is above circuit 'main' (25 A)"),
    ("loads.car.min_a", 0, "out of range"),
    ("loads.car.mode", "boost", "is not a mode of a charger"),
    ("site.distribution", "fair", "is not a distribution"),
    ("site.main_fuse_a", 30, "is nothing that can be set"),
    ("loads.pool.max_a", 10, "is nothing that can be set"),
]


@pytest.mark.parametrize("path,value,words", REFUSED)
def test_a_service_gets_the_reason_why_a_value_is_refused(path: str, value: object, words: str) -> None:
    result = read_config(full(), SECRETS)
    assert not result.errors, result.errors
    refusal = result.config.refusal(path, value)
    assert refusal is not None
    assert words in refusal
    assert path in refusal


def test_a_live_value_that_no_service_sets_cannot_be_set() -> None:
    assert checked().refusal("site.main_fuse_a", 30) == "site.main_fuse_a is nothing that can be set"


@pytest.mark.parametrize(
    "path,value",
    [("loads.car.max_a", 25), ("loads.car.min_a", 16), ("loads.car.mode", "Excess"), ("site.distribution", "shared")],
)
def test_a_service_may_set_what_fits(path: str, value: object) -> None:
    result = read_config(full(), SECRETS)
    assert not result.errors, result.errors
    assert result.config.refusal(path, value) is None


def test_words_are_parsed_for_services() -> None:
    assert parse_mode("tank", "Boost") is Mode.BOOST
    assert parse_mode("ocpp", "boost") is None
    assert parse_mode("plug", 5) is None
    assert allowed_modes("ocpp") == ("standard", "solar_priority", "solar_only", "excess", "off")


@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.OFF])
def test_a_site_whose_car_waits_for_the_sun_keeps_its_sun_in_every_mode(mode: Mode) -> None:
    car = {"type": "number", "current": "number.car", "phases": ["L1"], "mode": "solar_only"}
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}
    result = read_config({"site": site, "loads": {"car": car}}, SECRETS)
    assert not result.errors, result.errors
    by_hand = result.config.site({"loads.car.mode": mode})
    assert by_hand.loads[0].mode is mode
    assert by_hand.has_generation
    waiting = result.config.site({})
    by_plan = waiting.with_loads({"car": replace(waiting.loads[0], mode=mode)})
    assert by_plan.has_generation
