"""docs/drivers.md and docs/modes.md have every type, key, default and mode that CONFIG knows, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from fusebox.config.load_schemas import LOADS
from fusebox.config.read_config import read_config
from fusebox.model.tariff_rules import TARIFF_KINDS

DOCS = Path(__file__).parents[2] / "docs"
DRIVERS = (DOCS / "drivers.md").read_text(encoding="utf-8")
LEAST: dict[str, dict[str, Any]] = {
    "ocpp": {"charger": "evse1"},
    "number": {"current": "number.wall"},
    "wallbox": {"current": "number.wall"},
    "easee": {"charger": "EH1", "site": 1, "circuit_id": 1, "username": "u", "password": "p"},
    "quasar": {},
    "plug": {"switch": "switch.pool"},
    "power": {"power": "number.heater"},
    "tank": {"switch": "switch.tank", "temperature": "sensor.tank"},
    "sg_ready": {"relay_1": "switch.a", "relay_2": "switch.b"},
    "thermostat": {"climate": "climate.living"},
    "radiators": {},
}
CHARGERS = tuple(kind for kind, row in LOADS.items() if "failsafe_a" in row.keys.fields)
SWITCHING = tuple(kind for kind, row in LOADS.items() if "switch_phases" in row.keys.fields)
NO_CHARGERS = tuple(kind for kind in LOADS if kind not in (*CHARGERS, "quasar"))
OTHERWISE = {
    "wallbox": {"max_a": None},
    "plug": {"mode": "continuous"},
    "power": {"pause_s": 20, "start_after_s": 10},
    "tank": {"mode": "normal"},
    "radiators": {"pause_s": 20},
}
"""Defaults that differ from those of every load and every charger; the page says so next to them."""


def section(name: str) -> str:
    return DRIVERS.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def table(name: str) -> dict[str, str]:
    """Key -> default, of a section's table."""
    return dict(re.findall(r"^\| `(\w+)` \| `?([^|`]*)`? \|", section(name), re.MULTILINE))


def defaults(kind: str) -> dict[str, str]:
    """Key -> default as it is in force."""
    assert kind in LEAST, f"add the keys that {kind} requires to LEAST"
    load = {"type": kind, **LEAST[kind]}
    config: dict[str, Any] = {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}, "loads": {"x": load}}
    if kind == "radiators":
        config["radiators"] = {"radiators": [{"virtual": "input_boolean.a", "actual": "switch.a"}]}
    read = read_config(config)
    assert not read.errors, read.errors
    found = read.config.loads_of(kind)["x"]
    return {key: "required" if key in load else str(value) for key, value in found.items() if key != "guard"}


@pytest.mark.parametrize("kind", LOADS)
def test_a_type_has_its_keys_and_defaults_on_the_page(kind):
    told = table("Every load") | (table("Every charger") if kind in CHARGERS else {})
    told |= table("Switching phases") if kind in SWITCHING else {}
    told |= {"controllable_14a": "False"} if kind in NO_CHARGERS else {}
    told |= {key: str(value) for key, value in OTHERWISE.get(kind, {}).items()}
    own = table(kind)
    own.pop("guard", None)
    true = defaults(kind)
    if kind == "ocpp":
        ocpp = {key for key in true if key not in told}
        assert set(re.findall(r"`(\w+)`", section(kind))) == ocpp
        assert all(f"`{key}`" in (DOCS / "ocpp.md").read_text(encoding="utf-8") for key in ocpp)
        own = {key: true[key] for key in ocpp}
    assert told | own == true


def test_the_page_names_the_types_that_share_a_section():
    charger, switching = section("Every charger").split("\n|")[0], section("Switching phases").split("\n|")[0]
    assert sorted(re.findall(r"`(\w+)`", charger)) == sorted(CHARGERS)
    assert sorted(re.findall(r"`(\w+)`", switching)) == sorted(SWITCHING)


def test_each_difference_is_listed_next_to_the_default():
    for kind, differs in OTHERWISE.items():
        for key in differs:
            (row,) = re.findall(rf"^\| `{key}` \|.*$", section("Every load") + section("Every charger"), re.MULTILINE)
            assert kind.removesuffix("s") in row.replace("`", ""), f"{key} of {kind}"


def test_the_first_table_has_every_type():
    first = DRIVERS.partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", first, re.MULTILINE)) == sorted(LOADS)


def test_the_tariff_page_has_a_row_for_each_kind():
    page = (DOCS / "tariff.md").read_text(encoding="utf-8")
    kinds = page.partition("| kind |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", kinds, re.MULTILINE) == list(TARIFF_KINDS), (
        "give each kind a row in the first table of docs/tariff.md, in the order of RULES"
    )


MODE_COLUMNS = {
    **dict.fromkeys((*CHARGERS, "power", "quasar"), "a charger, a [load in watts](loads_in_watts.md)"),
    "plug": "a plug",
    "tank": "a tank",
    **dict.fromkeys(("sg_ready", "thermostat"), "SG-Ready, thermostat"),
    "radiators": "radiators",
}
"""Type -> the column of docs/modes.md that says what its modes do."""


@pytest.mark.parametrize("kind", LOADS)
def test_a_type_has_its_modes_on_the_page(kind):
    assert kind in MODE_COLUMNS, (
        f"give {kind} a column in the first table of docs/modes.md, and name it in MODE_COLUMNS"
    )
    page = (DOCS / "modes.md").read_text(encoding="utf-8")
    first = page[page.index("| mode |") :].partition("\n\n")[0]
    head, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in first.splitlines())
    column = head.index(MODE_COLUMNS[kind])
    told = {mode for row in rows if row[column] for mode in re.findall(r"`(\w+)`", row[0])}
    assert set(LOADS[kind].modes) == told, "correct the empty cells of this type's column in docs/modes.md"
