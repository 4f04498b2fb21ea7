"""Detection of several inverters and batteries: lists, and never a sum beside its parts."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.detect import detect

from .dumps import HOMES, PHONE, dump

GRID = {f"sensor.grid_l{n}_power": "400 W" for n in "123"}
SOLAREDGE = {
    **{f"sensor.solaredge_m1_ac_power_{x}": "400 W" for x in "abc"},
    **{f"sensor.solaredge_i{n}_ac_power": f"{n}500 W" for n in "12"},
    **{f"sensor.solaredge_i{n}_ac_current_{x}": f"{n}.5 A" for n in "12" for x in "abc"},
    **{f"sensor.solaredge_b{n}_state_of_energy": f"4{n} %" for n in "12"},
    **{f"sensor.solaredge_b{n}_dc_power": f"{n}00 W" for n in "12"},
}
HUAWEI = HOMES["huawei"][0]
SECOND_HUAWEI = {
    "sensor.inverter_input_power_2": "1200 W",
    "sensor.batteries_state_of_capacity_2": "58 %",
    "sensor.batteries_charge_discharge_power_2": "700 W",
    "sensor.battery_maximum_charge_power_2": "2500 W",
    "sensor.battery_maximum_discharge_power_2": "2500 W",
}


def found(states: dict[str, str]) -> Any:
    return detect(dump({**PHONE, **states}))


def test_two_inverters_and_two_batteries_of_one_make_are_lists():
    site = found(SOLAREDGE).config["site"]
    assert "solar_w" not in site
    assert site["inverter"] == [
        {
            "solar_w": f"sensor.solaredge_i{n}_ac_power",
            "output": {f"L{k}": f"sensor.solaredge_i{n}_ac_current_{x}" for k, x in enumerate("abc", 1)},
        }
        for n in "12"
    ]
    assert site["battery"] == [
        {"soc_pct": f"sensor.solaredge_b{n}_state_of_energy", "charge_w": f"sensor.solaredge_b{n}_dc_power"}
        for n in "12"
    ]


def test_a_second_device_that_home_assistant_has_numbered_is_found_with_its_limits():
    site = found({**HUAWEI, **SECOND_HUAWEI}).config["site"]
    assert site["inverter"] == [{"solar_w": f"sensor.inverter_input_power{n}"} for n in ("", "_2")]
    assert site["battery"] == [
        {
            "soc_pct": f"sensor.batteries_state_of_capacity{n}",
            "charge_w": f"sensor.batteries_charge_discharge_power{n}",
            "max_charge_w": f"sensor.battery_maximum_charge_power{n}",
            "max_discharge_w": f"sensor.battery_maximum_discharge_power{n}",
        }
        for n in ("", "_2")
    ]


@pytest.mark.parametrize("home", [SOLAREDGE, {**HUAWEI, **SECOND_HUAWEI}])
def test_lists_are_accepted_as_they_are_and_explained(home):
    result = found(home)
    read = read_config(result.config)
    assert read.errors == ()
    assert [len(result.config["site"][key]) for key in ("inverter", "battery")] == [2, 2]
    written = ast.parse(result.text).body[-1]
    assert isinstance(written, ast.Assign)
    assert ast.literal_eval(written.value) == result.config
    for path in ("site.inverter", "site.battery"):
        assert any(doubt.startswith(f"{path}: taken for 2 devices") for doubt in result.doubts)
    assert all(len(line) <= 160 for line in result.text.splitlines())


@pytest.mark.parametrize(
    ("states", "single"),
    [
        (
            {  # The make's own sum, and its two parts.
                "sensor.battery_soc": "50 %",
                "sensor.battery_soc_1": "48 %",
                "sensor.battery_soc_2": "52 %",
                "sensor.invbatpower": "0 W",
                "sensor.invbatpower_1": "0 W",
                "sensor.invbatpower_2": "0 W",
            },
            {"soc_pct": "sensor.battery_soc", "charge_w": "sensor.invbatpower", "invert": True},
        ),
        (
            {  # A template of the owner's that adds both.
                **{f"sensor.house_{n}_battery_soc": "50 %" for n in "123"},
                "sensor.house_1_battery_power": "900 W",
                "sensor.house_2_battery_power": "600 W",
                "sensor.house_3_battery_power": "1500 W",
            },
            None,
        ),
    ],
)
def test_a_sum_is_not_counted_beside_its_parts(states, single):
    battery = found({**GRID, **states}).config["site"]["battery"]
    assert isinstance(battery, dict)
    assert single is None or battery == single


def test_the_strings_of_one_inverter_are_not_several_inverters():
    strings = {"sensor.solax_pv_power": "3000 W", "sensor.solax_pv_power_1": "0 W", "sensor.solax_pv_power_2": "0 W"}
    site = found({**GRID, **strings}).config["site"]
    assert (site["solar_w"], "inverter" in site) == ("sensor.solax_pv_power", False)


def test_the_sum_of_three_inverters_is_taken_alone():
    powers = {f"sensor.roof_{n}_pv_power": f"{w} W" for n, w in ((1, 3000), (2, 1000), (3, 2000))}
    assert found({**GRID, **powers}).config["site"]["solar_w"] == "sensor.roof_1_pv_power"


def test_a_battery_of_another_make_is_named_and_not_counted():
    states = {"sensor.solaredge_b1_state_of_energy": "40 %", "sensor.solaredge_b1_dc_power": "100 W"}
    result = found({**HUAWEI, **states})
    assert result.config["site"]["battery"]["soc_pct"] == "sensor.batteries_state_of_capacity"
    doubt = next(each for each in result.doubts if "another battery" in each)
    assert all(entity in doubt for entity in states)


def test_a_battery_whose_name_differs_in_a_word_is_named_and_not_counted():
    states = {f"sensor.{where}_battery_{what}": "40 %" for where in ("cellar", "shed") for what in ("soc",)}
    powers = {f"sensor.{where}_battery_power": "300 W" for where in ("cellar", "shed")}
    result = found({**GRID, **states, **powers})
    assert isinstance(result.config["site"]["battery"], dict)
    assert any("another battery" in doubt for doubt in result.doubts)


def test_no_home_with_one_battery_is_asked_for_another():
    asked = [name for name in HOMES if any("another battery" in doubt for doubt in found(HOMES[name][0]).doubts)]
    assert asked == []
