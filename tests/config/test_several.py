"""Several inverters and batteries in CONFIG: lists of what a single one is, with mistakes named by their place."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.config import Config
from fusebox.config.read_config import ConfigResult, read_config
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Inverter, Source

GRID: dict[str, Any] = {
    "main_fuse_a": 25,
    "grid": {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"},
    "circuits": {"garage": {"fuse_a": 16}},
}
ROOF: dict[str, Any] = {"max_w": 8000, "solar_w": "sensor.roof"}
SHED: dict[str, Any] = {"max_w": 3000, "phases": ["L2"], "circuit": "garage", "throttles": True}
BIG: dict[str, Any] = {"soc_pct": "sensor.big_soc", "charge_w": "sensor.big", "capacity_kwh": 10}
SMALL: dict[str, Any] = {"soc_pct": "sensor.small_soc", "charge_w": "sensor.small", "soc_target_pct": "input_number.t"}
PLANNED = {"plan": {"ready_by": "06:00"}, "capacity_kwh": 5, "charge_from_grid": {"switch": "switch.c"}}
NUMBER = {"number": "number.b"}
HOLD = {"hold": {"switch": "switch.hold"}}
PLUG = {"type": "plug", "switch": "switch.p", "rated_w": 1000, "phases": ["L1"]}


def read(**site: Any) -> ConfigResult:
    return read_config({"site": {**GRID, **site}, "loads": {"plug": PLUG}})


def checked(**site: Any) -> Config:
    found = read(**site)
    assert found.errors == ()
    assert not found.errors, found.errors
    return found.config


def test_lists_are_read_in_their_order_and_each_has_its_own_keys() -> None:
    site = checked(inverter=[ROOF, SHED], battery=[BIG, {**SMALL, "invert": True}]).site()
    roof, shed = site.inverters
    assert (roof.solar_w, roof.phases) == (Source("sensor.roof"), None)
    assert (shed.phases, shed.circuit) == ((Phase.L2,), "garage")
    assert [battery.place for battery in site.batteries] == ["site.battery[0]", "site.battery[1]"]
    assert site.batteries[1].charge_w == Source("sensor.small", invert=True)
    assert (site.measures_sun, site.throttles) == (True, True)


def test_a_single_one_is_written_as_ever_and_a_list_of_one_is_the_same() -> None:
    alone, listed = checked(inverter=ROOF, battery=BIG).site(), checked(inverter=[ROOF], battery=[BIG]).site()
    assert alone.inverters == listed.inverters == (alone.inverter,)
    assert (alone.batteries[0].place, listed.batteries[0].place) == ("site.battery", "site.battery[0]")
    assert checked().site().inverters == (Inverter(),)


def test_all_inverters_as_one_are_their_sum_and_what_is_true_of_all() -> None:
    site = checked(inverter=[{**ROOF, "asymmetric": True}, SHED]).site()
    assert (site.inverter.max_w, site.inverter.asymmetric) == (11000, False)
    assert [site.inverter_most_w(phase) for phase in Phase] == [None, None, None]
    limited = checked(inverter=[{**ROOF, "max_w_per_phase": 2700}, SHED]).site()
    assert [limited.inverter_most_w(phase) for phase in Phase] == [2700, 5700, 2700]
    assert checked(inverter=[ROOF, {}]).site().inverter.max_w is None


@pytest.mark.parametrize(
    ("named", "places"), [((None, None, None), [0, 1, 1]), ((1, 0, None), [1, 0, 1]), ((0, 0, 0), [0, 0, 0])]
)
def test_a_battery_has_the_inverter_at_its_place_unless_it_names_one(named: tuple[Any, ...], places: list[int]) -> None:
    site = checked(
        inverter=[ROOF, SHED],
        battery=[{**BIG, "charge_w": f"sensor.{at}", "inverter": each} for at, each in enumerate(named)],
    ).site()
    assert [site.inverter_of(place) for place in range(3)] == places


def test_each_battery_has_live_values_and_values_of_services_of_its_own() -> None:
    house = checked(battery=[BIG, SMALL])
    assert house.live == {"site.battery[1].soc_target_pct": "input_number.t"}
    assert house.raw_values["site.battery[0].soc_min_pct"] == 20
    assert house.raw_values["site.battery[1].soc_target_pct"] == "input_number.t"
    assert "site.battery[1].soc_target_pct" in house.written_paths
    site = house.site({"site.battery[0].soc_min_pct": 35, "site.battery[1].soc_target_pct": "65"})
    assert [(each.soc_min_pct, each.soc_target_pct) for each in site.batteries] == [(35, 80), (20, 65)]


@pytest.mark.parametrize(
    ("site", "error"),
    [
        ({"battery": [BIG, {"charge_w": "sensor.small"}]}, "site.battery[1].soc_pct: required"),
        ({"battery": [BIG, 5]}, "site.battery[1]: 5 where a dict belongs"),
        ({"battery": []}, "site.battery: has 0 entries"),
        ({"battery": [BIG, {**SMALL, "soc_pc": 5}]}, "site.battery[1].soc_pc: unknown key"),
        ({"battery": [BIG, {**SMALL, "inverter": 1}]}, "site.battery[1].inverter: there is no inverter 1; "),
        ({"inverter": [ROOF, {**SHED, "circuit": "barn"}]}, "site.inverter[1].circuit: 'barn' is not a circuit"),
        ({"inverter": [ROOF, {**SHED, "phases": ["L4"]}]}, "site.inverter[1].phases[0]: 'L4' is not a phase"),
        ({"inverter": [ROOF, {"phases": 5}]}, "site.inverter[1].phases: 5 is not a list"),
        ({"battery": [BIG, BIG]}, "site.battery[1].charge_w: 'sensor.big' is already that of site.battery[0]"),
        (
            {"battery": [{**BIG, **HOLD}, {**SMALL, **HOLD}]},
            "site.battery[1].hold.switch: already commanded by site.battery[0].hold",
        ),
        ({"inverter": [ROOF, {"wiring": "series"}]}, "site.inverter[1].wiring: 'series' needs a single"),
        ({"inverter": [ROOF, {"output": {"L9": "sensor.x"}}]}, "site.inverter[1].output.L9: 'L9' is not a phase"),
        ({"inverter": [ROOF, {}], "island": "binary_sensor.gone"}, "site.inverter[1].max_w: required by site.island"),
        (
            {"battery": [BIG, {**SMALL, **PLANNED}]},
            "site.battery[1].plan: needs the section prices",
        ),
        (
            {"solar_w": "sensor.s", "export": {"curtail": [{"number": "number.a"}, {**NUMBER, "unit": "%"}]}},
            "site.export.curtail[1].of_w: required",
        ),
        (
            {"solar_w": "sensor.s", "export": {"curtail": [{"number": "number.a"}, {**NUMBER, "limits": "output"}]}},
            "site.export.curtail[1].limits: differs from the first number's",
        ),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place_in_the_list(site: dict[str, Any], error: str) -> None:
    assert [str(each)[: len(error)] for each in read(**site).errors] == [error]
