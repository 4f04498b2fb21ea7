"""All mistakes at once; warnings; secrets that stay secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusebox.config.read_config import read_config
from fusebox.config.tree import Problem

from .full import SECRETS, changed, full, minimal


def test_several_mistakes_are_all_reported_at_once() -> None:
    config = full()
    for path, value in {
        "site.man_fuse_a": 25,
        "site.margin_a": "much",
        "site.circuits.garage.parent": "attic",
        "loads.car.circuit": "cellar",
        "loads.wallbox.max_a": 40,
        "loads.pool.switch": "switch.tank",
        "loads.tank.normal_c": "hot",
        "radiators.max_active": [2, 1],
        "tariff.kind": "swiss",
        "huawei.port": 0,
    }.items():
        changed(config, path, value)
    del config["power_saving"]["meter"]
    result = read_config(config, {})
    assert result.errors
    assert {error.path for error in result.errors} == {
        "site.man_fuse_a",
        "site.margin_a",
        "site.circuits.garage.parent",
        "loads.car.circuit",
        "loads.wallbox.max_a",
        "loads.tank.switch",
        "loads.tank.normal_c",
        "loads.roof_car.username",
        "loads.roof_car.password",
        "radiators.max_active",
        "tariff.kind",
        "huawei.port",
        "power_saving.meter",
    }


def test_cross_checks_run_even_where_the_fuse_is_missing() -> None:
    config = changed(full(), "loads.car.circuit", "garag")
    del config["site"]["main_fuse_a"]
    paths = [error.path for error in read_config(config, SECRETS).errors]
    assert paths == ["site.main_fuse_a", "loads.car.circuit"]


def test_a_load_with_a_mistake_is_still_checked_against_its_wires() -> None:
    config = changed(full(), "loads.car.priority", "first")
    changed(config, "loads.car.max_a", 40)
    paths = [error.path for error in read_config(config, SECRETS).errors]
    assert paths == ["loads.car.priority", "loads.car.max_a"]


def test_a_value_that_is_wrong_by_itself_is_reported_only_once() -> None:
    config = changed(full(), "loads.wall.switch_phases", "maybe")
    assert [error.path for error in read_config(config, SECRETS).errors] == ["loads.wall.switch_phases"]


def test_a_circuit_with_a_mistake_is_still_one_that_loads_may_name() -> None:
    config = changed(full(), "site.circuits.garage", 20)
    changed(config, "loads.car.circuit", "garage")
    assert [error.path for error in read_config(config, SECRETS).errors] == ["site.circuits.garage"]


def test_a_problem_reads_as_path_and_sentence() -> None:
    config = changed(full(), "site.circuits.garage.fuse_a", 16)
    config["loads"]["garage"] = {"type": "number", "current": "number.garage", "circuit": "garage", "max_a": 40}
    errors = read_config(config, SECRETS).errors
    assert [str(error) for error in errors] == [
        "loads.garage.max_a: 40 is above circuit 'garage' (16 A); write at most 16"
    ]
    assert isinstance(errors[0], Problem)


def test_phases_must_be_those_of_the_site() -> None:
    config = changed(full(), "site.grid", {"L1": "sensor.net"})
    paths = [error.path for error in read_config(config, SECRETS).errors]
    assert "loads.car.phases" in paths  # L2 and L3 are written there
    assert "loads.pool.phases" in paths
    assert "loads.wall.phases" not in paths


@pytest.mark.parametrize(
    "config",
    [None, [], 5, "CONFIG", object(), {1, 2}, len, b"", float("nan"), True, (), [{}], type, Problem],
    ids=lambda config: type(config).__name__,
)
def test_a_value_that_is_no_dict_is_reported(config: object) -> None:
    result = read_config(config)
    assert result.errors
    assert [error.path for error in result.errors] == ["CONFIG"]


def endless() -> dict[str, object]:
    config: dict[str, object] = {"site": {}}
    config["site"] = config
    return config


def bushy() -> list[object]:
    config: list[object] = []
    config.extend([config] * 1000)
    return config


def nested(levels: int) -> list[object]:
    config: list[object] = []
    for _ in range(levels):
        config = [config]
    return config


SLIPS: dict[str, Callable[[], object]] = {
    "an object": object,
    "a class": lambda: Problem,
    "a function": lambda: len,
    "a set": lambda: {"sensor.x"},
    "bytes": lambda: b"sensor.x",
    "a dict in itself": endless,
    "a list full of itself": bushy,
    "a list in lists": lambda: nested(20),
    "a list in thousands of lists": lambda: nested(4000),
    "a number as key": lambda: {1: 2},
    "none as key": lambda: {None: 1},
    "a tuple as key": lambda: {("a",): 1},
    "all kinds of keys": lambda: {True: 1, 2.5: 1, float("nan"): 1},
    "a huge key": lambda: {10**400: 1},
    "a huge number": lambda: 10**5000,
    "a huge list": lambda: ["x"] * 100_000,
    "a huge dict": lambda: {str(number): number for number in range(100_000)},
    "half a character": lambda: "\ud800",
    "a long entity": lambda: "sensor." + "a" * 3000,
    "a zero byte": lambda: "\x00",
}


@pytest.mark.parametrize("what", SLIPS)
@pytest.mark.parametrize(
    "path", ["site", "site.grid", "site.main_fuse_a", "site.circuits", "loads", "loads.car", "loads.car.mode", "tariff"]
)
def test_no_slip_makes_reading_fail(path: str, what: str) -> None:
    result = read_config(changed(full(), path, SLIPS[what]()), SECRETS)
    assert result.errors
    assert result.errors
    assert all(str(error) for error in result.errors)


def test_a_config_that_is_far_too_large_is_reported() -> None:
    config = changed(full(), "site.grid.L1", {str(number): number for number in range(10_000)})
    errors = read_config(config, SECRETS).errors
    assert [error.path for error in errors] == ["CONFIG"]
    assert "more than 5000 values" in errors[0].text


def test_a_value_that_contains_itself_is_reported() -> None:
    (error,) = read_config(changed(full(), "loads.car", endless()), SECRETS).errors
    assert error.path == "CONFIG"
    assert "or one that contains itself; take out what is repeated" in error.text


def test_a_value_nested_too_deeply_is_reported_at_its_path() -> None:
    errors = [str(error) for error in read_config(changed(full(), "huawei.host", nested(20)), SECRETS).errors]
    assert len(errors) == 1
    assert errors[0].startswith("huawei.host")


def test_a_key_that_is_no_text_is_reported() -> None:
    errors = read_config(changed(full(), "loads", {1: {"type": "plug"}}), SECRETS).errors
    assert [str(error) for error in errors] == ["loads.1: is no key; keys are texts, so put it in quotes"]


def test_an_unused_secret_that_is_missing_is_no_matter() -> None:
    assert read_config(minimal(), {}).errors == ()


def test_secrets_are_filled_in_anywhere_and_never_shown() -> None:
    secrets = {
        **SECRETS,
        "fuse": "20",
        "net": "sensor.hidden_net",
        "mode": "Solar Only",
        "away": "input_boolean.hidden",
    }
    config = full()
    for path, name in {
        "site.main_fuse_a": "fuse",
        "site.grid.L1": "net",
        "loads.car.mode": "mode",
        "radiators.away": "away",
        "site.dry_run": "away",
    }.items():
        changed(config, path, f"!secret {name}")
    result = read_config(config, secrets)
    assert result.errors == ()
    assert not result.errors, result.errors
    site = result.config.site()
    assert site.circuit("main").fuse_a == 20
    assert site.loads[0].mode == "solar_only"
    assert str(site.loads[7].device["password"]) == "hunter2hunter2"
    assert result.config.live["site.dry_run"] == "input_boolean.hidden"
    assert result.config.raw_values["loads.car.mode"] == "!secret mode"
    for shown in (repr(result), repr(result.config), repr(site), str(result.warnings)):
        for secret in ("hunter2", "mail@", "hidden"):
            assert secret not in shown


def test_a_password_written_out_is_kept_from_view_too() -> None:
    config = changed(full(), "loads.roof_car.password", "correct horse")
    result = read_config(config, SECRETS)
    assert not result.errors, result.errors
    assert "correct horse" not in repr(result.config.site()) + repr(result)
    assert "12345" not in repr(read_config(changed(config, "loads.roof_car.password", 12345), SECRETS).errors)


WARNINGS = [
    ("loads.pool.switch", "calendar_switch.pool", "loads.pool.switch", "is unusual here; expected one of"),
    ("site.grid.L1", "forecast.home", "site.grid.L1", "'forecast.home' is unusual here"),
    ("site.margin_a", "input_text.margin", "site.margin_a", "is unusual here"),
    ("loads.car.mode", "text.mode", "loads.car.mode", "is unusual here"),
    ("loads.wall.current", "input_text.current", "loads.wall.current", "expected one of input_number, number"),
    ("radiators.radiators[0].virtual", "sensor.living", "radiators.radiators[0].virtual", "is unusual here"),
    ("site.failsafe_after_s", 20, "site.failsafe_after_s", "20 is below stale_after_s (30 s); write at least 30"),
    ("site.battery.soc_min_pct", 90, "site.battery.soc_min_pct", "90 is above soc_target_pct (80 %)"),
    ("site.grid.L1", "sensor.net_l3", "site.grid.L3", "'sensor.net_l3' is also the meter of L1"),
    ("loads.car.failsafe_a", 32, "loads.car.failsafe_a", "32 is above circuit 'main' (25 A)"),
]


CLIENTS = "loads.v2g.guard.allowed_clients"
WIDE = ["0.0.0.0/0", "::/0", "0.0.0.0/1", "8.0.0.0/8", "2000::/3", "2a02:1234::/32", "192.0.0.0/8"]
NARROW = ["192.168.1.30", "192.168.0.0/16", "10.0.0.0/8", "fd00::/8", "fe80::/10", "127.0.0.0/8", "100.64.0.0/10"]
NARROW += ["8.8.8.8", "203.0.113.0/24", "2a02:1234:5678:9abc::/64"]


@pytest.mark.parametrize("network", WIDE)
def test_a_network_that_is_far_wider_than_a_home_is_warned_about(network: str) -> None:
    result = read_config(changed(full(), CLIENTS, ["192.168.1.30", network]), SECRETS)
    assert result.errors == ()
    found = [problem for problem in result.warnings if problem.path.startswith(CLIENTS)]
    assert [problem.path for problem in found] == [f"{CLIENTS}[1]"]
    assert f"'{network}' lets strangers in; write the controller's own address" in found[0].text


@pytest.mark.parametrize("network", NARROW)
def test_a_network_of_a_home_is_not(network: str) -> None:
    result = read_config(changed(full(), CLIENTS, [network]), SECRETS)
    assert result.errors == ()
    assert not [problem for problem in result.warnings if problem.path.startswith(CLIENTS)]


@pytest.mark.parametrize("path,value,where,words", WARNINGS)
def test_what_is_probably_not_meant_is_warned_about(path: str, value: object, where: str, words: str) -> None:
    result = read_config(changed(full(), path, value), SECRETS)
    assert result.errors == ()
    assert any(problem.path == where and words in problem.text for problem in result.warnings)


def test_a_sum_of_minimums_above_a_fuse_only_warns() -> None:
    config = minimal()
    config["site"]["circuits"] = {"garage": {"fuse_a": 16}}
    config["loads"] = {
        name: {"type": "number", "current": f"number.{name}", "circuit": "garage"} for name in ("one", "two", "three")
    }
    result = read_config(config)
    assert result.errors == ()
    assert [str(problem) for problem in result.warnings] == [
        "site.circuits.garage.fuse_a: "
        "the minimums of the loads on L1 add up to 18 A, above 16 A; some will have to pause",
        "site.circuits.garage.fuse_a: "
        "the fail-safe currents of the loads on L1 add up to 18 A, above 16 A; some will have to pause",
    ]


def test_an_empty_config_is_legal_but_warned_about() -> None:
    result = read_config({})
    assert not result.errors, result.errors
    assert [problem.path for problem in result.warnings] == ["CONFIG"]


def test_two_groups_need_a_name_and_their_own_status() -> None:
    one = {"radiators": [{"virtual": "input_boolean.a", "actual": "switch.a"}]}
    two = {"radiators": [{"virtual": "input_boolean.b", "actual": "switch.a"}]}
    config = minimal() | {"radiators": [one, two]}
    config["loads"]["heating"] = {"type": "radiators"}
    errors = [str(error) for error in read_config(config).errors]
    assert errors == [
        "radiators[1].radiators[0].actual: already commanded by radiators[0].radiators[0].actual; "
        "one device belongs to one load",
        "radiators[1].name: 'heating' is already that of radiators[0]; give each its own name",
        "radiators[1].status: 'pyscript.radiator_status' is already that of radiators[0]; give each its own status",
    ]


@pytest.mark.parametrize(("load", "key", "meant"), [("pool", "draw", "power"), ("wall", "power", "draw")])
def test_a_key_of_another_type_of_load_is_reported_by_its_own_name(load, key, meant):
    (error,) = read_config(changed(full(), f"loads.{load}.{key}", "sensor.x"), SECRETS).errors
    assert str(error) == f"loads.{load}.{key}: unknown key; did you mean {meant!r}?"


def test_a_highest_temperature_needs_something_that_measures_it() -> None:
    config = minimal()
    heater = {"type": "power", "power": "number.heater", "phases": ["L1"]}
    config["loads"]["heater"] = {**heater, "max_c": 65}
    assert [str(error) for error in read_config(config, {}).errors] == [
        "loads.heater.temperature: required by max_c; write what measures it"
    ]
    config["loads"]["heater"] = {**heater, "max_c": 65, "temperature": "sensor.water"}
    assert not read_config(config, {}).errors


@pytest.mark.parametrize(("kind", "unused"), [("sweden_mean3", 0), ("norway_steps", 4), ("italy", 4), ("no kind", 0)])
def test_keys_of_a_tariff_that_do_nothing_with_its_kind_are_named(kind: str, unused: int) -> None:
    counts = {"hours": [7, 20], "weekdays": ["mon-fri"], "months": [11, 12, 1], "night_factor": 0.5}
    tariff = {"kind": kind, "target_kw": 5, **counts}
    found = [str(problem) for problem in read_config({**minimal(), "tariff": tariff}).warnings]
    assert len(found) == unused
    assert all(f"does nothing with the kind {kind}" in text and "or write sweden_mean3" in text for text in found)


@pytest.mark.parametrize("key", ["min_w", "off_w"])
def test_a_load_in_watts_has_no_power_above_its_highest(key: str) -> None:
    load = {"type": "power", "power": "number.heater", "max_w": 2000, "phases": ["L1"], key: 2500}
    errors = [str(problem) for problem in read_config({**minimal(), "loads": {"heater": load}}).errors]
    assert len(errors) == 1
    assert errors[0].startswith(f"loads.heater.{key}: 2500 is above max_w (2000)")
