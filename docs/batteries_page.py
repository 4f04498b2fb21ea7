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

Copy these lines into `battery` of CONFIG, next to `soc_pct` and `charge_w`. `hold` keeps your battery from discharging,
and `charge_from_grid` charges it from the grid: [what they do](plans.md#the-home-battery). The names are from the
integrations' sources, read in November 2026. None of these lines was tested on a battery.

- `<name>` is what your inverter or battery is called in Home Assistant. Compare it with *Settings > Devices*, because
  names depend on language and version.
- `normal` gives the battery back to its own logic: write your present setting, such as its highest power.
- Try each entity by hand first: set it, and check that the battery follows.
- If one entity is not enough, there is a [template](https://www.home-assistant.io/integrations/template/): YAML for
  `configuration.yaml` of Home Assistant 2025.4 or newer. If your file has `template:` already, add only the lines below
  it. What the template sets when it is turned off, or set to `normal`, gives the battery back: write your present
  setting there too. Each template was run in Home Assistant 2025.4.4 with simulated entities, except those of Deye,
  Enphase and SolaX.
- `power_w` names the number of the charging power. Fusebox sets this number before it starts a charge, and again after
  that if the number does not display the power: some batteries accept the power only then. When the charge ends, the
  number gets its earlier value back.
- Fusebox lowers the charging power at once. It raises the power at most every 15 minutes, by 500 W or more, and waits
  as long after a charge that a limit has ended: many inverters store the power in memory that wears out.
- Without `power_w`, Fusebox cannot set the charging power. It then charges only while there is room for
  [`max_charge_w`](keys.md): write there the power that your battery takes.
- Batteries differ in what happens to a charge [when Home Assistant dies](#when-home-assistant-dies).
"""

DIES = """
## When Home Assistant dies

Before Fusebox sends an order to hold or to charge, it stores on the disk how to end this order. So the next start of
Home Assistant ends the order. Until then:

"""

UNKNOWN = """
## Others

You can use any switch, select or number that holds or charges your battery, or a template switch like those above.
`hold` and `charge_from_grid` may name the same entity. If they name two entities, neither may change the other, because
Fusebox keeps each entity at its own value.
"""


class Row(NamedTuple):
    """One integration: what is to be written, the template it names, and what has to be set up before."""

    title: str
    repository: str
    lines: dict[str, dict[str, object]]
    ends: str
    """What becomes of a forced charge when Home Assistant dies, and where that is written."""
    needs: tuple[str, ...] = ()
    template: str = ""


GROWATT = """
template:
  - switch:
      - name: Battery from grid
        availability: "{{ has_value('switch.<name>_charge_from_grid') }}"
        state: "{{ is_state('switch.<name>_charge_from_grid', 'on') }}"
        turn_on:
          - action: growatt_server.update_time_segment
            data:
              device_id: "{{ device_id('switch.<name>_charge_from_grid') }}"
              segment_id: 9
              batt_mode: battery_first
              start_time: "00:00"
              end_time: "23:59"
              enabled: true
          - action: switch.turn_on
            target:
              entity_id: switch.<name>_charge_from_grid
        turn_off:
          - action: growatt_server.update_time_segment
            data:
              device_id: "{{ device_id('switch.<name>_charge_from_grid') }}"
              segment_id: 9
              batt_mode: load_first
              start_time: "00:00"
              end_time: "23:59"
              enabled: false
          - action: switch.turn_off
            target:
              entity_id: switch.<name>_charge_from_grid
"""

SONNEN = """
template:
  - switch:
      - name: Battery hold
        availability: "{{ has_value('select.sonnenbatterie_<name>_select_operating_mode') }}"
        turn_on:
          - action: number.set_value
            target:
              entity_id:
                - number.sonnenbatterie_<name>_number_charge
                - number.sonnenbatterie_<name>_number_discharge
            data:
              value: 0
          - action: select.select_option
            target:
              entity_id: select.sonnenbatterie_<name>_select_operating_mode
            data:
              option: manual
        turn_off:
          - action: select.select_option
            target:
              entity_id: select.sonnenbatterie_<name>_select_operating_mode
            data:
              option: automatic
      - name: Battery from grid
        availability: "{{ has_value('select.sonnenbatterie_<name>_select_operating_mode') }}"
        state: >-
          {{ is_state('select.sonnenbatterie_<name>_select_operating_mode', 'manual')
             and not is_state('switch.battery_hold', 'on') }}
        turn_on:
          - action: select.select_option
            target:
              entity_id: select.sonnenbatterie_<name>_select_operating_mode
            data:
              option: manual
          - action: number.set_value
            target:
              entity_id: number.sonnenbatterie_<name>_number_charge
            data:
              value: 3000
        turn_off:
          - action: number.set_value
            target:
              entity_id: number.sonnenbatterie_<name>_number_charge
            data:
              value: 0
          - action: select.select_option
            target:
              entity_id: select.sonnenbatterie_<name>_select_operating_mode
            data:
              option: automatic
"""

SUNGROW = """
template:
  - switch:
      - name: Battery from grid
        availability: "{{ has_value('select.ems_mode') }}"
        state: "{{ is_state('select.ems_mode', 'Forced mode') }}"
        turn_on:
          - action: select.select_option
            target:
              entity_id: select.battery_forced_charge_discharge
            data:
              option: Forced charge
          - action: select.select_option
            target:
              entity_id: select.ems_mode
            data:
              option: Forced mode
        turn_off:
          - action: select.select_option
            target:
              entity_id: select.battery_forced_charge_discharge
            data:
              option: Stop (default)
          - action: select.select_option
            target:
              entity_id: select.ems_mode
            data:
              option: Self-consumption mode (default)
"""

TESLA_CUSTOM = """
template:
  - select:
      - name: Powerwall
        availability: >-
          {{ has_value('select.<name>_operation_mode') and has_value('select.<name>_grid_charging') }}
        options: "{{ ['normal', 'hold', 'charge'] }}"
        state: >-
          {{ 'charge' if is_state('select.<name>_grid_charging', 'Yes')
             else 'hold' if is_state('select.<name>_operation_mode', 'Backup') else 'normal' }}
        select_option:
          - action: select.select_option
            target:
              entity_id: select.<name>_operation_mode
            data:
              option: "{{ 'Self-Powered' if option == 'normal' else 'Backup' }}"
          - action: select.select_option
            target:
              entity_id: select.<name>_grid_charging
            data:
              option: "{{ 'Yes' if option == 'charge' else 'No' }}"
"""

TESLA_FLEET = """
template:
  - select:
      - name: Powerwall
        availability: >-
          {{ has_value('select.<name>_operation_mode') and has_value('switch.<name>_allow_charging_from_grid') }}
        options: "{{ ['normal', 'hold', 'charge'] }}"
        state: >-
          {{ 'charge' if is_state('switch.<name>_allow_charging_from_grid', 'on')
             else 'hold' if is_state('select.<name>_operation_mode', 'backup') else 'normal' }}
        select_option:
          - action: select.select_option
            target:
              entity_id: select.<name>_operation_mode
            data:
              option: "{{ 'self_consumption' if option == 'normal' else 'backup' }}"
          - action: "switch.turn_{{ 'on' if option == 'charge' else 'off' }}"
            target:
              entity_id: switch.<name>_allow_charging_from_grid
"""

DEYE = """
template:
  - switch:
      - name: Battery from grid
        availability: "{{ has_value('select.<name>_program_1_charging') }}"
        state: "{{ is_state('select.<name>_program_1_charging', 'Grid') }}"
        turn_on:
          - action: number.set_value
            target: &soc
              entity_id:
                - number.<name>_program_1_soc
                - number.<name>_program_2_soc
                - number.<name>_program_3_soc
                - number.<name>_program_4_soc
                - number.<name>_program_5_soc
                - number.<name>_program_6_soc
            data:
              value: 100
          - action: select.select_option
            target: &charging
              entity_id:
                - select.<name>_program_1_charging
                - select.<name>_program_2_charging
                - select.<name>_program_3_charging
                - select.<name>_program_4_charging
                - select.<name>_program_5_charging
                - select.<name>_program_6_charging
            data:
              option: Grid
        turn_off:
          - action: select.select_option
            target: *charging
            data:
              option: Disabled
          - action: number.set_value
            target: *soc
            data:
              value: 20
"""

ENPHASE = """
template:
  - select:
      - name: Encharge
        availability: >-
          {{ has_value('select.<name>_storage_mode') and has_value('switch.<name>_charge_from_grid') }}
        options: "{{ ['normal', 'hold', 'charge'] }}"
        state: >-
          {{ 'normal' if not is_state('select.<name>_storage_mode', 'backup')
             else 'charge' if is_state('switch.<name>_charge_from_grid', 'on') else 'hold' }}
        select_option:
          - action: "switch.turn_{{ 'on' if option == 'charge' else 'off' }}"
            target:
              entity_id: switch.<name>_charge_from_grid
          - action: select.select_option
            target:
              entity_id: select.<name>_storage_mode
            data:
              option: "{{ 'self_consumption' if option == 'normal' else 'backup' }}"
"""

SOLAX = """
template:
  - select:
      - name: Solax order
        availability: "{{ has_value('select.<name>_remotecontrol_power_control_mode_1') }}"
        options: "{{ ['normal', 'hold', 'charge'] }}"
        state: >-
          {{ {'Enabled Battery Control': 'charge', 'Enabled No Discharge': 'hold'}.get(
             states('select.<name>_remotecontrol_power_control_mode_1'), 'normal') }}
        select_option:
          - action: select.select_option
            target:
              entity_id: select.<name>_remotecontrol_power_control_mode_1
            data:
              option: >-
                {{ {'charge': 'Enabled Battery Control', 'hold': 'Enabled No Discharge'}.get(option, 'Disabled') }}
          - action: number.set_value
            target:
              entity_id: number.<name>_remotecontrol_autorepeat_duration_mode_1_9
            data:
              value: "{{ 0 if option == 'normal' else 86400 }}"
          - action: button.press
            target:
              entity_id: button.<name>_remotecontrol_trigger_mode_1_7
"""

FROM_GRID: dict[str, object] = {"switch": "switch.battery_from_grid"}
POWERWALL: dict[str, dict[str, object]] = {
    "hold": {"select": "select.powerwall", "hold": "hold", "normal": "normal"},
    "charge_from_grid": {"select": "select.powerwall", "charge": "charge", "normal": "normal"},
}

ROWS = (
    Row(
        "Deye, Sunsynk, Sol-Ark",
        "davidrapan/ha-solarman",
        {
            "hold": {"number": "number.<name>_battery_max_discharging_current", "hold": 0, "normal": 100},
            "charge_from_grid": FROM_GRID,
        },
        "goes on: settings of the inverter (`deye_p3.yaml`)",
        (
            "The names are those of the integration's `deye_p3.yaml`. `hold` is in amps. Switch *Battery Grid"
            " Charging* on. Set *Time of Use* to `Week`, and *Battery Grid Charging Current* to a current that fits"
            " your house. Let the six programs cover the whole day. In place of `20`, write how empty the battery may"
            " become.",
            "The integration `StephanJoubert/home_assistant_solarman` has no entities that can be set.",
        ),
        DEYE,
    ),
    Row(
        "Enphase",
        "home-assistant/core, enphase_envoy",
        {
            "hold": {"select": "select.encharge", "hold": "hold", "normal": "normal"},
            "charge_from_grid": {"select": "select.encharge", "charge": "charge", "normal": "normal"},
        },
        "goes on: the storage mode is a setting (`select.py`, `switch.py`)",
        (
            "`<name>` is `enpower_` and its serial number; without an Enpower, `envoy_` and the Envoy's. Home"
            " Assistant has the switch and the select if you have an Encharge (IQ Battery). The battery itself"
            " decides how fast it charges.",
        ),
        ENPHASE,
    ),
    Row(
        "FoxESS",
        "nathanmarlor/foxess_modbus",
        {
            "hold": {"select": "select.<name>_work_mode", "hold": "Back-up", "normal": "Self Use"},
            "charge_from_grid": {
                "select": "select.<name>_work_mode",
                "charge": "Force Charge",
                "normal": "Self Use",
                "power_w": "number.<name>_force_charge_power",
            },
        },
        "ends after two polls, the inverter's timeout (`remote_control_manager.py`); `hold` goes on",
        (
            "`<name>` is the prefix of entity ids that you chose. If you chose none, leave out `<name>_`. The number"
            " of the charging power is in kW, and Fusebox sends kW too. Models without a work mode have *Force Charge"
            " Mode* instead.",
        ),
    ),
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
        "not known: the integration sets no time at which the charge ends (`froniusmodbusclient.py`)",
    ),
    Row(
        "GoodWe",
        "mletenay/home-assistant-goodwe-inverter",
        {
            "hold": {"number": "number.<name>_depth_of_discharge_on_grid", "hold": 0, "normal": 80},
            "charge_from_grid": {
                "select": "select.<name>_inverter_operation_mode",
                "charge": "eco_charge",
                "normal": "general",
            },
        },
        "goes on: an operation mode of the inverter (`select.py`)",
        (
            "`<name>` is the title of the integration's entry, such as `goodwe`. The charging power is a percentage,"
            " *Eco mode power*: set it by hand.",
            "Home Assistant's own GoodWe integration does not offer `eco_charge`.",
        ),
    ),
    Row(
        "Growatt (MIN)",
        "home-assistant/core, growatt_server",
        {
            "hold": {"number": "number.<name>_battery_discharge_power_limit", "hold": 0, "normal": 100},
            "charge_from_grid": FROM_GRID,
        },
        "goes on: the time segment lasts all day",
        (
            "You need Home Assistant 2025.12 or newer, and an integration that is set up with an API token. Without"
            " a token, and for an SPH inverter, the integration lacks these entities. `hold` is a percentage.",
            "A charge needs two things: a time segment in which the battery comes first, and the switch *Charge from"
            " grid*, which has to be off at other times. Keep segment 9 free for this. What segment 9 does together"
            " with segments of your own is not known. *Battery charge power limit* sets how fast the battery charges,"
            " and *Battery charge SOC limit* how full it gets.",
        ),
        GROWATT,
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
        "goes on: the time-of-use period lasts all day",
        (
            "Set the integration up with *elevate permissions*. Switch *Charge from grid* on. Set one time-of-use"
            " period that charges all day: `00:00-23:59/1234567/+`.",
        ),
    ),
    Row(
        "SMA (Tripower Smart Energy)",
        "xMatzeDE/homeassistant-addon, SMA_Battery_Controller",
        {
            "hold": {
                "select": "select.sma_battery_controller_automatic_logic_selection",
                "hold": "Pause (charge ok)",
                "normal": "Automatic",
            },
            "charge_from_grid": {
                "select": "select.sma_battery_controller_automatic_logic_selection",
                "charge": "Charge Battery",
                "normal": "Automatic",
                "power_w": "number.sma_battery_controller_battery_control",
            },
        },
        "goes on while the add-on runs: it repeats its last order",
        (
            "This is an add-on that reaches the inverter by Modbus TCP and Home Assistant by MQTT. The add-on calls"
            " itself experimental. If you have *Overwrite Logic Selection*, set it to `Off`. The add-on repeats its"
            " last command to the inverter every `reset_interval_minutes`.",
            "Home Assistant's own SMA integration and `littleyoda/ha-pysmaplus` have no entity for this.",
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
        "ends after *Storage Command Timeout*, in the *Storage Default Mode* (wiki, *Storage Control Options*)",
        (
            "Set *Storage Control Mode* to `Remote Control`, *AC Charge Policy* to `Always Allowed`, *Storage"
            " Default Mode* to `Maximize Self Consumption`, and *Storage Command Timeout* long enough for a night."
            " *Storage Charge Limit* also limits charging from the sun, so Fusebox sets it back after a charge.",
        ),
    ),
    Row(
        "SolaX (Gen 4 and newer)",
        "wills106/homeassistant-solax-modbus",
        {
            "hold": {"select": "select.solax_order", "hold": "hold", "normal": "normal"},
            "charge_from_grid": {
                "select": "select.solax_order",
                "charge": "charge",
                "normal": "normal",
                "power_w": "number.<name>_remotecontrol_active_power_mode_1",
            },
        },
        "ends after *Remotecontrol Duration*, 20 s, and so does `hold` (`docs/solax-mode1-modbus-power-control.md`)",
        (
            "The inverter does not store this remote control in its EEPROM. Let the integration poll every 3 to 5 s,"
            " and set *Remotecontrol Import Limit* high.",
        ),
        SOLAX,
    ),
    Row(
        "Sonnen",
        "weltmeyer/ha_sonnenbatterie",
        {
            "hold": {"switch": "switch.battery_hold"},
            "charge_from_grid": FROM_GRID,
        },
        "goes on: an operating mode",
        (
            "`<name>` is the battery's serial number. The battery has to allow *JSON-API write access*.",
            "In place of `3000`, write the charging power in watts. The number of the charging power always shows 0,"
            " so `power_w` cannot name it. *Battery hold* shows what you or Fusebox set last. *Battery from grid* is"
            " on while the operating mode is `manual` and *Battery hold* is off.",
        ),
        SONNEN,
    ),
    Row(
        "Sungrow",
        "mkaiser/Sungrow-SHx-Inverter-Modbus-Home-Assistant",
        {
            "hold": {"number": "number.battery_max_discharge_power", "hold": 10, "normal": 5000},
            "charge_from_grid": {**FROM_GRID, "power_w": "number.battery_forced_charge_discharge_power"},
        },
        "not known: the mode is a register, and no end is documented",
        (
            "The names are those of the integration's version of 2026. With several inverters, each name ends like"
            " `_inv_1`.",
        ),
        SUNGROW,
    ),
    Row(
        "Tesla Powerwall",
        "alandtse/tesla",
        POWERWALL,
        "goes on: an operation mode",
        (
            "`Backup` with *grid charging* charges the battery from the grid. `Backup` without *grid charging* only"
            " holds it. A site without solar panels has no *grid charging*.",
        ),
        TESLA_CUSTOM,
    ),
    Row(
        "Tesla Powerwall, by Tesla Fleet or Teslemetry",
        "home-assistant/core, tesla_fleet and teslemetry",
        POWERWALL,
        "goes on: an operation mode",
        (
            "The lines are the same, with other names in the template. Home Assistant's *Tesla Powerwall*"
            " integration has no entity for this.",
        ),
        TESLA_FLEET,
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
        "goes on: an ESS mode",
        ("When you set the integration up, allow it to write.",),
    ),
)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(map(_part, ROWS)) + DIES + _table() + UNKNOWN


def _table() -> str:
    rows = "".join(f"| {row.title} | {row.ends} |\n" for row in ROWS)
    return f"| battery | what becomes of a charge from the grid |\n|---|---|\n{rows}"


def _part(row: Row) -> str:
    lines = "".join(f"{json.dumps(key)}: {json.dumps(order)},\n" for key, order in row.lines.items())
    needs = "".join(f"{need}\n" for need in row.needs)
    template = f"\n```yaml{row.template}```\n" if row.template else ""
    shown = f"\n## {row.title}\n\n`{row.repository}`\n\n```python\n{lines}```\n{template}"
    return shown + (f"\n{needs}" if needs else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
