"""Writes docs/batteries.md: ready lines for batteries whose entities were looked up in their integrations' sources.

.venv/bin/python docs/batteries_page.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).with_name("batteries.md")

HEAD = """# Your home battery

<!-- Made by docs/batteries_page.py: change a row there, not this page. -->

Lines to copy into `battery` of CONFIG, beside `soc_pct` and `charge_w`: what keeps it from discharging, and what
charges it from the grid. [What they do](plans.md#the-home-battery). Names were read in November 2026 in the
integrations' sources, Growatt's in a project that uses it. None was tried on a battery.

- `<name>` is what your inverter or battery is called in Home Assistant. Compare with *Settings > Devices*: names depend
  on language and version.
- `normal` is what gives it back to its own logic: write what yours is set to now, such as its own highest power.
- Try it by hand first: set the entity, and look whether the battery does it.
- Where a line is missing, one entity does not do it. Make a
  [template switch](https://www.home-assistant.io/integrations/template/#switch) that sets what has to be set, and name
  that: `"charge_from_grid": {"switch": "switch.my_template"}`.
"""

UNKNOWN = """
## Others

Home Assistant's SMA integration has sensors only. For it and every other one: a template switch as above, or any
switch, select or number that does it.
"""


class Row(NamedTuple):
    """One integration: what is to be written, and what has to be set up before."""

    title: str
    repository: str
    lines: dict[str, dict[str, object]]
    needs: tuple[str, ...] = ()


ROWS = (
    Row(
        "Fronius",
        "callifo/fronius_modbus",
        {
            "hold": {"select": "select.<name>_storage_control_mode", "hold": "Block Discharging", "normal": "Auto"},
            "charge_from_grid": {
                "select": "select.<name>_storage_control_mode",
                "charge": "Charge from Grid",
                "normal": "Auto",
                "power_w": "number.<name>_grid_charge_power",
            },
        },
    ),
    Row(
        "GoodWe",
        "mletenay/home-assistant-goodwe-inverter",
        {
            "hold": {"number": "number.depth_of_discharge_on_grid", "hold": 0, "normal": 80},
            "charge_from_grid": {
                "select": "select.inverter_operation_mode",
                "charge": "eco_charge",
                "normal": "general",
            },
        },
        (
            "How fast it charges is a percentage, *Eco mode power*: set it by hand.",
            "Home Assistant's own GoodWe integration does not offer `eco_charge`.",
        ),
    ),
    Row(
        "Growatt (MIN)",
        "home-assistant/core, growatt_server",
        {"hold": {"number": "number.<name>_battery_discharge_power_limit", "hold": 0, "normal": 100}},
        ("A percentage. Its switch for charging from the grid counts only in the inverter's own times.",),
    ),
    Row(
        "Huawei",
        "wlcrs/huawei_solar",
        {
            "hold": {"number": "number.<name>_maximum_discharging_power", "hold": 0, "normal": 5000},
            "charge_from_grid": {
                "select": "select.<name>_working_mode",
                "charge": "time_of_use_luna2000",
                "normal": "maximise_self_consumption",
                "power_w": "number.<name>_grid_charge_maximum_power",
            },
        },
        (
            "Set the integration up with *elevate permissions*, switch *Charge from grid* on, and set one time-of-use"
            " period that charges all day: `00:00-23:59/1234567/+`.",
        ),
    ),
    Row(
        "SolarEdge",
        "WillCodeForCats/solaredge-modbus-multi",
        {
            "hold": {
                "select": "select.<name>_storage_command_mode",
                "hold": "Charge from Clipped Solar Power",
                "normal": "Maximize Self Consumption",
            },
            "charge_from_grid": {
                "select": "select.<name>_storage_command_mode",
                "charge": "Charge from Solar Power and Grid",
                "normal": "Maximize Self Consumption",
                "power_w": "number.<name>_storage_charge_limit",
            },
        },
        (
            "*Storage Control Mode* on `Remote Control`, *AC Charge Policy* on `Always Allowed`, *Storage Default Mode*"
            " on `Maximize Self Consumption`, *Storage Command Timeout* long enough for a night.",
        ),
    ),
    Row(
        "Sonnen",
        "weltmeyer/ha_sonnenbatterie",
        {
            "hold": {
                "select": "select.sonnenbatterie_<name>_select_operating_mode",
                "hold": "manual",
                "normal": "automatic",
            }
        },
        ("Both of its numbers, for charging and discharging, on 0.",),
    ),
    Row(
        "Sungrow",
        "mkaiser/Sungrow-SHx-Inverter-Modbus-Home-Assistant",
        {"hold": {"number": "number.<name>_battery_max_discharge_power", "hold": 10, "normal": 5000}},
        ("Charging takes two entities: the EMS mode `forced`, and the forced command `charge`.",),
    ),
    Row(
        "Tesla Powerwall",
        "alandtse/tesla",
        {"hold": {"select": "select.<name>_operation_mode", "hold": "Backup", "normal": "Self-Powered"}},
        ("Its *grid charging* on `No`, else `Backup` charges from the grid.",),
    ),
    Row(
        "Victron",
        "sfstar/hass-victron",
        {
            "hold": {"number": "number.victron_settings_ess_maxdischargepower", "hold": 0, "normal": 5000},
            "charge_from_grid": {
                "select": "select.victron_settings_ess_mode",
                "charge": "KEEP_CHARGED",
                "normal": "SELF_CONSUMPTION_WITH_BATTERY_LIFE",
            },
        },
        ("Set the integration up so that it may write.",),
    ),
)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(map(_part, ROWS)) + UNKNOWN


def _part(row: Row) -> str:
    lines = "".join(f"{json.dumps(key)}: {json.dumps(order)},\n" for key, order in row.lines.items())
    needs = "".join(f"{need}\n" for need in row.needs)
    return f"\n## {row.title}\n\n`{row.repository}`\n\n```python\n{lines}```\n" + (f"\n{needs}" if needs else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
