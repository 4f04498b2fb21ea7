"""Whether the home battery may be charged from the grid: written, or read live from an entity."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.config import Config
from fusebox.config.read_config import read_config

PATH = "site.battery.allow_grid_charging"


def checked(**battery: Any) -> Config:
    """The CONFIG of a house with a battery."""
    facts = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt", **battery}
    result = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "battery": facts}})
    assert not result.errors, result.errors
    return result.config


def allowed(of: Config, shown: object = None) -> bool:
    """What the site's battery may do while the entity shows this."""
    (battery,) = of.site({PATH: shown}).batteries
    return battery.allow_grid_charging


@pytest.mark.parametrize("written, expected", [({}, True), ({"allow_grid_charging": False}, False)])
def test_written_it_is_what_config_says_and_true_by_default(written: Any, expected: bool) -> None:
    assert allowed(checked(**written)) is expected
    assert dict(checked(**written).live) == {}


@pytest.mark.parametrize("entity", ["input_boolean.grid", "switch.grid", "binary_sensor.cheap_hour"])
def test_an_entity_in_its_place_is_read_live(entity: str) -> None:
    live = checked(allow_grid_charging=entity)
    assert dict(live.live) == {PATH: entity}
    assert [allowed(live, word) for word in ("on", "off", "on")] == [True, False, True]


@pytest.mark.parametrize("word", ["unknown", "unavailable", "", "maybe", None])
def test_a_word_that_is_neither_yes_nor_no_is_not_understood(word: object) -> None:
    live = checked(allow_grid_charging="input_boolean.grid")
    assert not live.is_usable(PATH, word)
    assert allowed(live, word) is True


@pytest.mark.parametrize("written", ["on", "off", "yes", 1, 0, "perhaps"])
def test_what_is_neither_a_yes_or_no_nor_an_entity_is_a_mistake(written: object) -> None:
    facts = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt", "allow_grid_charging": written}
    result = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "battery": facts}})
    (error,) = map(str, result.errors)
    assert error.startswith(f"{PATH}: ")
    assert "write True or False, or an entity id" in error


def test_a_service_may_set_it() -> None:
    assert checked(allow_grid_charging="input_boolean.grid").refusal(PATH, False) is None
    assert checked(allow_grid_charging=True).refusal(PATH, "maybe") is not None
