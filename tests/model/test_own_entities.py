"""No load can take over an entity that Fusebox creates for itself or for another load."""

from __future__ import annotations

import re

import pytest

from fusebox.balancer.controls import setting_rows
from fusebox.balancer.controls_package import ACTIONS
from fusebox.balancer.mqtt_discovery import BOOST, METERED, PLAN, REASON, REFUSED, RESET, STATUS
from fusebox.config.read_config import read_config
from fusebox.model.own_entities import RESERVED_NAMES, SITE_NAME, load_entity, owner_of_entity
from fusebox.model.site import slug

from ..shape.sources import ROOT

HOUSE = read_config(
    {
        "site": {
            "main_fuse_a": 25,
            "grid": {"L1": "sensor.l1"},
            "battery": {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"},
        },
        "loads": {
            "car": {"type": "number", "current": "number.car"},
            "tank": {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank"},
        },
    }
).config
assert HOUSE is not None
SETTINGS = [row for load in (None, *HOUSE.site({}).loads) for row in setting_rows(HOUSE, HOUSE.site({}), load)]
ROWS = (*SETTINGS, *BOOST, *PLAN, *METERED.values(), STATUS, REASON, RESET, REFUSED)


def config(*names):
    loads = {name: {"type": "plug", "switch": f"switch.x{place}"} for place, name in enumerate(names)}
    return {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.net_l1"}}, "loads": loads}


@pytest.mark.parametrize("name", ["site", "peak", "prices", "commissioning"])
def test_a_load_cannot_have_the_name_of_an_entity_of_fusebox(name):
    (error,) = read_config(config(name)).errors
    assert error.path == f"loads.{name}"
    assert error.text == f"sensor.fusebox_{name} is taken; choose another name"


@pytest.mark.parametrize("quantity", ["power", "energy"])
def test_a_load_cannot_have_the_entity_of_another_loads_quantity(quantity):
    (error,) = read_config(config("car", f"car_{quantity}")).errors
    assert error.path == f"loads.car_{quantity}"
    assert f"shows the {quantity} of 'car'" in error.text
    assert read_config(config(f"car_{quantity}")).errors == ()


def test_every_status_entity_is_named_in_one_place():
    """So that the names that no load may have are complete."""
    found = {
        path.name: names
        for path in (ROOT / "pyscript/modules/fusebox").rglob("*.py")
        if (names := re.findall(r"""f?["']sensor\.fusebox_\w*["'{]""", path.read_text(encoding="utf-8")))
    }
    assert found.keys() == {"own_entities.py"}


def test_the_site_is_reserved_for_topics_and_quantities_for_entities():
    assert SITE_NAME in RESERVED_NAMES
    assert all(owner_of_entity(f"car_{quantity}", {"car"}) == ("car", quantity) for quantity in METERED)
    assert load_entity("car", "power") == "sensor.fusebox_car_power"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_no_name_of_a_load_gives_two_controls_one_entity_id(row):
    """Home Assistant makes an id of a control's name: 'End boost' of `car` was 'Boost' of `car_end`."""
    others = [(each.component, slug(each.name)) for each in ROWS]
    words = slug(row.name).split("_")
    for start in range(1, len(words)):
        assert row.component not in ACTIONS or (row.component, "_".join(words[start:])) not in others


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_no_name_of_a_load_gives_two_entities_one_unique_id(row):
    words = row.key.split("_")
    assert not {"_".join(words[start:]) for start in range(1, len(words))} & {each.key for each in ROWS}
