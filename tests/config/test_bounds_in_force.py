"""What a service may set a load's currents to: judged by the values in force, not by what CONFIG says."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.config import Config
from fusebox.config.read_config import read_config

MIN, MAX, FUSE, GARAGE = "loads.car.min_a", "loads.car.max_a", "site.main_fuse_a", "site.circuits.garage.fuse_a"


def checked(*, fuse_a: object = 40, garage_a: object = 20, **car: Any) -> Config:
    """A car behind a garage."""
    load = {"type": "number", "current": "number.car", "circuit": "garage", **car}
    circuits = {"garage": {"fuse_a": garage_a}}
    site = {"main_fuse_a": fuse_a, "grid": {"L1": "sensor.l1"}, "circuits": circuits}
    result = read_config({"site": site, "loads": {"car": load}})
    assert not result.errors, result.errors
    return result.config


@pytest.mark.parametrize(
    "path, value, values, sentence",
    [
        (MIN, 12, {MAX: 10}, "12 is above max_a (10 A); give at most 10, or raise max_a first"),
        (MIN, 12, {MAX: "10"}, "12 is above max_a (10 A); give at most 10, or raise max_a first"),
        (MIN, 20, {MAX: 20}, None),
        (MAX, 8, {MIN: 9}, "8 is below min_a (9 A); give at least 9, or lower min_a first"),
        (MAX, 5, {MIN: 9}, "5 is below min_a (9 A); give at least 9"),
        (MAX, 9, {MIN: 9}, None),
        (MIN, 7, {MAX: "3"}, "7 is above max_a (3 A); give at most 3, or raise max_a first"),
        (MAX, 20, {}, None),
        (MAX, 20.1, {}, "20.1 is above circuit 'garage' (20 A); give at most 20"),
        (MAX, True, {}, "True is not a number; write amps such as 16"),
    ],
)
def test_against_the_other_current(path: str, value: object, values: Any, sentence: str | None) -> None:
    assert checked().refusal(path, value, values) == (sentence and f"{path}: {sentence}")


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({FUSE: "16", GARAGE: "20"}, "18 is above circuit 'main' (16 A); give at most 16"),
        ({FUSE: "32", GARAGE: "16"}, "18 is above circuit 'garage' (16 A); give at most 16"),
        ({FUSE: "32", GARAGE: "20"}, None),
        ({FUSE: "32"}, "18 cannot be judged while input_number.garage, the fuse of 'garage', is not known"),
        ({GARAGE: "20"}, "18 cannot be judged while input_number.fuse, the fuse of 'main', is not known"),
    ],
)
def test_against_fuses_that_are_entities(values: Any, sentence: str | None) -> None:
    live = checked(fuse_a="input_number.fuse", garage_a="input_number.garage")
    assert live.refusal(MAX, 18, values) == (sentence and f"{MAX}: {sentence}")


def test_a_wallbox_without_a_maximum_has_thirty_two_amps() -> None:
    load = {"type": "wallbox", "current": "number.wallbox"}
    written = {"site": {"main_fuse_a": 63, "grid": {"L1": "sensor.l1"}}, "loads": {"car": load}}
    box = read_config(written).config
    assert box is not None
    assert box.refusal(MIN, 40) == f"{MIN}: 40 is above max_a (32 A); give at most 32, or raise max_a first"
    assert box.refusal(MIN, 32) is None
    assert box.refusal(MAX, 40) is None


@pytest.mark.parametrize(
    ("key", "value", "values", "sentence"),
    [
        ("normal_c", 70, {}, "loads.tank.normal_c: 70 is above boost_c (65)"),
        ("normal_c", 70, {"loads.tank.boost_c": 75}, None),
        ("normal_c", 60, {"loads.tank.boost_c": 55.0}, "loads.tank.normal_c: 60 is above boost_c (55)"),
        ("boost_c", 45, {}, "loads.tank.normal_c: 50 is above boost_c (45)"),
        ("boost_c", 50, {}, None),
    ],
)
def test_a_temperature_stays_below_the_higher_one_in_force(key: str, value: object, values: Any, sentence: Any) -> None:
    tank = {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "rated_w": 2000, "phases": ["L1"]}
    found = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}, "loads": {"tank": tank}})
    assert not found.errors, found.errors
    assert found.config.refusal(f"loads.tank.{key}", value, values) == sentence
