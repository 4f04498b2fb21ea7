"""The table of controls: each value of CONFIG that a person may set while Fusebox runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from fusebox.balancer.controls import LOAD_SETTINGS, SITE_SETTINGS, EntityRow, setting_rows, setting_values
from fusebox.config.config import Config
from fusebox.config.read_config import read_config

from ..scripts.houses import config, plug
from ..shape.sources import ROOT, SCRIPTS
from .test_mqtt_devices import EVERY_TYPE, PHASES

BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"}


def checked(loads: Mapping[str, Any], **site: Any) -> Config:
    found = read_config(config(loads=loads, phases=PHASES, **site)).config
    assert found is not None
    return found


HOUSE = checked(EVERY_TYPE, battery=BATTERY)


def rows_of(checked: Config, name: str | None = None, device_max_a: float | None = None) -> dict[str, EntityRow]:
    site = checked.site({})
    load = None if name is None else site.by_name[name]
    return {row.key: row for row in setting_rows(checked, site, load, device_max_a)}


@pytest.mark.parametrize(
    "load, key, component, ends, value",
    [
        (None, "distribution", "select", None, "priority"),
        (None, "max_import_w", "number", (0, 17250, 100), 17250),
        (None, "soc_target_pct", "number", (0, 100, 1), 80),
        (None, "soc_min_pct", "number", (0, 100, 1), 20),
        (None, "allow_grid_charging", "switch", None, "ON"),
        (None, "dry_run", "switch", None, "OFF"),
        ("wall", "min_a", "number", (6, 25, 1), 6),
        ("wall", "max_a", "number", (6, 25, 1), 16),
        ("pool", "rated_w", "number", (25, 5750, 10), 2300),
        ("tank", "normal_c", "number", (5, 95, 1), 50),
        ("tank", "boost_c", "number", (5, 95, 1), 65),
    ],
)
def test_each_setting_has_a_control_with_the_range_that_makes_sense(load, key, component, ends, value):
    row = rows_of(HOUSE, load)[key]
    assert (row.component, row.value, row.sets) == (component, value, key)
    if ends is not None:
        assert tuple(row.more[end] for end in ("min", "max", "step")) == ends


def test_the_battery_has_controls_only_where_there_is_one():
    assert set(rows_of(checked({}))) == {"distribution", "max_import_w", "dry_run"}


def test_a_current_ends_at_the_charger_and_a_power_at_the_fuse():
    house = checked({**EVERY_TYPE, "pool": plug(circuit="shed")}, circuits={"shed": {"fuse_a": 16}})
    assert rows_of(house, "wall", 20.0)["min_a"].more["max"] == 20
    assert rows_of(house, "pool")["rated_w"].more["max"] == 3680


def test_the_entities_show_the_value_of_each_setting():
    site = HOUSE.site({})
    assert list(setting_values(site)) == [setting.key for setting in SITE_SETTINGS]
    assert setting_values(site)["max_import_w"] is None
    assert setting_values(site.by_name["tank"]) == {"rated_w": 2500, "normal_c": 50, "boost_c": 65}
    assert setting_values(site.by_name["wall"]) == {}


def test_every_setting_can_be_set_by_the_service_and_has_a_field_in_its_form():
    scripts = (SCRIPTS / "balance_site.py").read_text(encoding="utf-8")
    form = yaml.safe_load(scripts.partition("def fusebox_set(")[2].partition('"""yaml')[2].partition('"""')[0])
    keys = [setting.key for setting in (*SITE_SETTINGS, *LOAD_SETTINGS)]
    assert list(form["fields"]) == ["load", *keys]


def test_the_card_has_every_setting_behind_its_gear():
    """`max_a` is a slider on the load's own row."""
    text = (ROOT / "card" / "src" / "model" / "settings.ts").read_text(encoding="utf-8")
    keys = [setting.key for setting in (*SITE_SETTINGS, *LOAD_SETTINGS) if setting.key != "max_a"]
    assert re.findall(r'\{ key: "(\w+)"', text) == keys
