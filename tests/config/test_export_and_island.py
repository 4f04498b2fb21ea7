"""The limit on export and the island in CONFIG: how they are written, and what each of them needs."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.read_config import ConfigResult, read_config
from fusebox.model.by_time import TimeTable
from fusebox.model.electrics import Phase
from fusebox.model.orders import Curtail, ExportLimit
from fusebox.model.site import Site

GRID: dict[str, Any] = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}
PLUG = {"type": "plug", "switch": "switch.p", "rated_w": 1000}
INVERTER = {"max_w": 4600}


def read(site: dict[str, Any], load: dict[str, Any] = PLUG, **sections: Any) -> ConfigResult:
    return read_config({"site": site, "loads": {"plug": load}, **sections})


def site_of(site: dict[str, Any], load: dict[str, Any] = PLUG, **live: object) -> Site:
    found = read(site, load)
    assert found.errors == ()
    assert not found.errors, found.errors
    return found.config.site({f"site.{key}": value for key, value in live.items()})


def errors(site: dict[str, Any], **sections: Any) -> list[str]:
    return [str(error).partition(";")[0] for error in read(site, **sections).errors]


def test_the_german_share_of_a_roof_is_a_limit_in_watts() -> None:
    export = {"max_w": {"pct": 60, "of_w": 9800}}
    assert site_of({**GRID, "export": export}).export == ExportLimit(5880)


def test_without_a_number_of_its_own_a_limit_on_export_is_0_w_at_all_times() -> None:
    assert site_of({**GRID, "export": {}}).export == ExportLimit(0, None, ())


def test_a_limit_on_export_may_depend_on_the_time_and_an_unknown_entity_is_none() -> None:
    table = site_of({**GRID, "export": {"max_w": {"hours": {"10-16": 0}, "else": 5000}}}).export
    assert table is not None
    assert isinstance(table.max_w, TimeTable)
    named = {**GRID, "export": {"max_w": "sensor.limit"}}
    assert site_of(named).export == ExportLimit(None)
    assert site_of(named, **{"export.max_w": "4000"}).export == ExportLimit(4000)


@pytest.mark.parametrize("unknown", ["pct", "of_w"])
def test_a_share_may_have_an_entity_which_is_no_limit_while_unknown(unknown: str) -> None:
    share = {"pct": 60, "of_w": 9800}
    named = {**GRID, "export": {"max_w": {**share, unknown: "input_number.share"}}}
    assert site_of(named).export == ExportLimit(None)
    assert site_of(named, **{f"export.max_w.{unknown}": str(share[unknown])}).export == ExportLimit(5880)


def test_the_inverters_number_is_read_with_its_unit_and_what_it_limits() -> None:
    curtail = {"number": "number.x", "unit": "%", "of_w": 9800, "normal": 100, "limits": "output"}
    found = site_of({**GRID, "solar_w": "sensor.s", "export": {"curtail": curtail}}).export
    assert found == ExportLimit(curtail=(Curtail("number.x", "%", 9800, 100, "output"),))


@pytest.mark.parametrize(
    ("export", "error"),
    [
        ({"curtail": {"number": "number.x", "unit": "%"}}, "site.export.curtail.of_w: required"),
        ({"curtail": {"number": "sensor.x"}}, "site.export.curtail.number: 'sensor.x' cannot be set to a number"),
        ({"curtail": {"unit": "W"}}, "site.export.curtail.number: required"),
        ({"when_price_below": 0}, "site.export.when_price_below: needs prices.export"),
        (
            {"curtail": {"number": "number.x", "limits": "output"}},
            "site.export.curtail.limits: 'output' needs site.solar_w or site.inverter.output",
        ),
        (
            {"curtail": [{"number": "number.x"}, {"number": "number.x"}]},
            "site.export.curtail[1].number: 'number.x' is already that of site.export.curtail[0]",
        ),
        ({"max_w": {"pct": 60}}, "site.export.max_w.of_w: required"),
        ({"max_w": -1}, "site.export.max_w: -1 is out of range"),
    ],
    ids=str,
)
def test_what_a_limit_on_export_lacks_is_reported(export: dict[str, Any], error: str) -> None:
    assert errors({**GRID, "export": export}) == [error]


def test_prices_of_export_are_enough_for_a_limit_by_price() -> None:
    prices = {"fixed": 0.3, "export": 0.08}
    assert errors({**GRID, "export": {"when_price_below": 0}}, prices=prices) == []
    by_hour = {"hours": {"10-16": "input_number.least"}, "else": 0}
    assert errors({**GRID, "export": {"when_price_below": by_hour}}, prices=prices) == []


def test_an_island_is_what_its_entity_displays_and_none_until_that_is_known() -> None:
    site = {**GRID, "inverter": INVERTER, "island": "binary_sensor.gone"}
    assert [site_of(site, island=word).island for word in ("on", "off", "unavailable")] == [True, False, False]
    assert site_of(site).has_grid


def test_a_site_that_is_never_connected_has_the_phases_and_currents_of_its_inverter() -> None:
    inverter = {"max_w": 4600, "output": {"L2": "sensor.out"}}
    site = site_of({"island": True, "inverter": inverter}, {**PLUG, "phases": ["L2"]})
    assert (site.island, site.has_grid, site.phases) == (True, False, (Phase.L2,))
    assert site.circuits[0].fuse_a == 20
    unmeasured = site_of({"island": True, "inverter": INVERTER}, {**PLUG, "phases": ["L3"]})
    assert unmeasured.phases == (Phase.L3,)
    assert site_of({"island": True, "inverter": INVERTER, "main_fuse_a": 16}).circuits[0].fuse_a == 16


@pytest.mark.parametrize(
    ("site", "error"),
    [
        ({**GRID, "island": True, "inverter": INVERTER}, "site.grid: a site whose island is True has no grid"),
        ({"island": True}, "site.inverter.max_w: required by site.island"),
        ({**GRID, "island": "binary_sensor.gone"}, "site.inverter.max_w: required by site.island"),
        ({"inverter": INVERTER, "main_fuse_a": 25}, "site.grid: required"),
        ({"inverter": INVERTER, "grid": {"L1": "sensor.l1"}}, "site.main_fuse_a: required"),
        ({**GRID, "inverter": INVERTER, "island": "x"}, "site.island: 'x' is not a yes or no"),
    ],
    ids=str,
)
def test_what_an_island_lacks_is_reported(site: dict[str, Any], error: str) -> None:
    assert errors(site) == [error]


def test_a_battery_limits_an_island_too() -> None:
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt"}
    assert errors({**GRID, "island": "binary_sensor.gone", "battery": battery}) == []


def test_each_load_may_be_allowed_to_run_on_an_island() -> None:
    assert site_of(GRID, {**PLUG, "island": True}).loads[0].island
    assert not site_of(GRID).loads[0].island


@pytest.mark.parametrize("output", [5, "x", [], {"L9": "sensor.o"}], ids=str)
def test_a_wrong_inverter_of_a_site_without_a_grid_is_a_mistake_and_no_failure(output: object) -> None:
    inverter = {**INVERTER, "output": output}
    found = errors({"island": True, "inverter": inverter})
    assert found
    assert all(error.startswith("site.inverter.output") for error in found)
