"""Writes docs/entities.md: attributes, units and classes are the scripts' own, what they mean is said here.

PYTHONPATH=pyscript/modules .venv/bin/python docs/entities_page.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fusebox.balancer.attributes import load_attributes, pause_and_write_counts, site_attributes, switched_attributes
from fusebox.balancer.controls import current_range_attributes
from fusebox.balancer.energy.load_energy import NEW_ENERGY
from fusebox.balancer.mqtt_discovery import METERED, load_rows, site_rows
from fusebox.balancer.publish import energy_attributes, power_attributes
from fusebox.balancer.stops import limit_attributes
from fusebox.balancer.vehicles import effect as vehicles
from fusebox.config.config import NO_CONFIG
from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.model.memory import Memory
from fusebox.model.messages.message import with_codes
from fusebox.model.snapshot import LoadState, Snapshot
from fusebox.runtime.load_files import LoadedConfig

PAGE = Path(__file__).with_name("entities.md")
EVERYWHERE = frozenset({"friendly_name", "icon", "unit_of_measurement", "device_class", "state_class"})
"""What Home Assistant itself reads; told in a line of its own."""

HEAD = """# Entities

<!-- Made by docs/entities_page.py: the attributes come from the scripts, the text from that file. -->

Every entity of Fusebox with its attributes, for dashboards, automations and templates:

```yaml
"{{ state_attr('sensor.fusebox_car', 'reason') }}"
```

A load's entities disappear when it [leaves CONFIG](safety.md#when-a-load-leaves-config).
[Services and events](services.md) have their own page.
"""

SITE_STATES = """
Its state, and `reason`, are about the most serious problem, in this order:

| state | when |
|---|---|
| `config_error` | the saved CONFIG has a mistake; the last good one stays in force |
| `over` | a fuse, the contract or the tariff's target is exceeded |
| `blind` | a meter is late or silent |
| `fault` | a load's device reports a fault, is unavailable, or may draw more than it was given |
| `limited` | a fuse, the contract, a tariff, `allow_grid_charging` or a power cut limits a load |
| `ok` | every load has what it can use, or waits because of its mode or its times |
| `dry_run` | in any dry run; `reason` says what would be sent: `would set number.wall_current from 6 to 10 A` |

`config_examples/home_assistant.yaml` has an automation that notifies you when one of the first four lasts for two
minutes.
"""

SITE = {
    "version": "the version of Fusebox's scripts",
    "voltage_v": "the voltage of a phase",
    "fuse_a": "the main fuse",
    "circuits": "the circuits behind it: `fuse_a`, `parent`, and `flow_a` of each phase",
    "loads": "the entities of the loads",
    "distribution": "[who gets how much](allocation.md#shares)",
    "max_import_w": "the import limit; none if only the fuses limit. If it depends on the time, the present one is in "
    "`import_limit_w`",
    "dry_run": "whether no commands are sent",
    "grid_a": "the current of each phase, + is import",
    "headroom_a": "how much more could be drawn under the main fuse, on each phase; export adds to it",
    "surplus_w": "your own power that the house does not use",
    "solar_w": "the power of the panels",
    "battery_soc_pct": "the state of charge of the home battery",
    "battery_charge_w": "its power, + is charging; with [several](several.md) the sum, and `batteries` has each",
    "fuse_budget_pct": "how much of its [fuse budget](timing.md#the-fuse-budget) the warmest fuse has used",
    "reason": "why, in a sentence",
    "reason_code": "the [code](words.md) of that sentence, for translations",
    "reason_values": "the numbers and names in it",
    "data_age_s": "the age of the oldest meter reading",
    "silent_s": "the silent meters (circuit and phase), and the age of the last report of each",
    "island": "whether the [grid is gone](island.md); none where unknown",
    "errors": "what is wrong: [troubleshooting](troubleshooting.md); `errors_code` and `errors_values` (if there "
    "are any) have the same order",
    "warnings": "what is unusual in CONFIG",
}

LOAD = {
    "type": "[its driver](drivers.md)",
    "circuit": "the circuit that feeds it",
    "phases": "the phases to which it is wired",
    "modes": "the modes that you can choose",
    "boosted": "whether a boost is under way; only for loads that can have one",
    "rated_w": "of a switched load: its rated power; a [load in watts](loads_in_watts.md) has `max_w` instead",
    "min_a": "of a charger: the lowest current that it is set to while it charges",
    "max_a": "of a charger: the highest current that it is set to; a plan or a car never changes this",
    "stop_at": "of a charger: [where its session stops](plans.md#stop-at-a-limit), `80 %`, `12 kWh` or both",
    "stop_soc_pct": "its percentage as a number",
    "stop_energy_kwh": "its energy as a number",
    "vehicle": "of a charger: [the car](vehicles.md) that is there, `guest`, or none while it is unknown",
    "vehicles": "the cars that may be there",
    "highest_a": "the highest `max_a` that you can set: the smallest fuse between it and the grid, or its device's own "
    "maximum",
    "mode": "[which energy it uses](modes.md)",
    "status": "what it does",
    "setpoint_a": "the current that it is set to",
    "draw_a": "the current that it takes on each phase",
    "available_a": "the current that it could get now",
    "limited_by": "the [ceilings](allocation.md#ceilings) that keep it from more",
    "binding": "the same as `limited_by`",
    "reason": "why, in a sentence",
    "reason_code": "the [code](words.md) of that sentence, for translations",
    "reason_values": "the numbers and names in it",
    "since": "when its `status` last changed",
    "pauses": "how often Fusebox paused it in this session; 0 after a restart",
    "writes_per_hour": "commands in the last hour; 0 after a restart",
    "starts_today": "of a switched load: how often it was switched on",
}

ENERGY_TEXT = """
For the Energy dashboard, under *Individual devices*. It never falls, and survives restarts. It uses the best of these
sources, and the next one if that fails:

1. The device's own counter: `energy` in CONFIG; OCPP's and Easee's are found automatically.
2. The measured power, added up. While the draw sensor is unavailable, its last value counts. A gap such as a restart
   counts at the lower of the draws before and after it, for ten minutes at most.
3. If no sensor ever measured the load: its setting, added up.

A counter that drops and recovers, or a clock that is set, adds no energy. The sensor is updated once a minute, after
the value is on disk. What a Quasar gives back is not subtracted.
"""

ENERGY = {
    "source": "`counter`, `integrated` (from the draw) or `reckoned` (from the setting)",
    "measured": "`false` while it is calculated from the setting",
    "session_vehicle": "the car of the current session; none if it has no name",
    "session_kwh": "the energy of the current [session](services.md#sessions); none between sessions",
    "session_solar_pct": "how much of it came from the sun; none if unknown",
    "session_cost": "its cost; none without [prices](plans.md#prices)",
}

POWER_TEXT = """
The measured power, every ten seconds. A load that nothing measures has no such sensor.
"""

MQTT_TEXT = """
## Devices over MQTT

With `"mqtt": True` in `site`, Home Assistant's MQTT integration and a broker, each load becomes a device such as
`car (Fusebox)`, and the site `site (Fusebox)`. A control does the same as its [service](services.md#services); if it is
refused, `Last refusal` and the logbook say why. The topic `fusebox/<load>/state` has all values, and
`fusebox/<load>/<key>/set` sets one. If you remove the load, `mqtt` or `publish_mqtt.py`, its topics are deleted from
the broker.

`"controls": False` in `site` omits the site's own controls. What a control sets lasts across restarts, until you edit
that value in CONFIG.

Without MQTT, the package `packages/fusebox.yaml` has the same controls, except for the plan's text; during a boost its
select says `boost`. If it exists from before you set `mqtt`, call `fusebox_setup` with *Write the file* on to empty it.

The entities are unavailable until the scripts run, while Fusebox cannot decide, and when pyscript is switched off. For
your own clients: `fusebox/alive` is repeated every half minute and not retained, because `mqtt.publish` cannot set a
last will.
"""

MQTT = {
    "allocated": "its share: in A, or in W for a switched load",
    "drawn": "the current on its highest phase",
    "power": "if it is measured",
    "energy": "for the Energy dashboard; use this or the plain sensor, not both",
    "status": "what it does",
    "reason": "why, in a sentence, cut at 255 letters",
    "mode": "of loads with several modes; a boost does not change it",
    "min_a": "of chargers",
    "max_a": "of chargers, up to the fuses above it",
    "rated_w": "of plugs, tanks, heat pumps and radiators",
    "max_w": "of [loads in watts](loads_in_watts.md)",
    "normal_c": "of tanks",
    "boost_c": "of tanks",
    "phases": "of chargers that [switch](phases.md): how many they use",
    "boosted": "whether a boost is under way",
    "boost": "of chargers, tanks, plugs",
    "boost_end": "the same",
    "plan_state": "of chargers, tanks, plugs: the state of their [plan](plans.md)",
    "plan": "one line, `20 kWh by 07:00`, `80 % by 07:00 below 0.25`, `5 h by 20:00`, `below 0.12`; empty clears it",
    "plan_clear": "the same",
    "max_price": "the plan's `max_price`: it does not run above it; without a time it [runs whenever the price is "
    "lower](plans.md#below-a-price)",
    "stop_soc_pct": "of chargers: [where this session stops](plans.md#stop-at-a-limit); 0 is CONFIG's limit, or none",
    "stop_energy_kwh": "the same",
    "vehicle": "of chargers with `vehicles`: [the car](vehicles.md) that is there",
    "reset": "of OCPP and Easee chargers",
    "distribution": "of the site: [who gets how much](allocation.md#shares)",
    "max_import_w": "of the site; its upper end is what the fuses carry",
    "soc_target_pct": "of the site: up to this charge the battery gets the surplus before solar loads",
    "soc_min_pct": "of the site: below this charge the battery gives loads nothing",
    "allow_grid_charging": "of the site: when off, loads get only your own power",
    "dry_run": "of the site: when on, no commands are sent",
    "refused": "why the last change was refused; unknown after a success",
}

PLAN = {
    "plan": "its blocks: `start`, `end`, `price`, `kw`",
    "soc_pct": "of a car with `soc_pct` in CONFIG: its present state of charge, with what it has taken since its last "
    "report",
    "ready_at": "when its car will be ready: by its plan; otherwise when it reaches its limit or is full at the present"
    " power; none if unknown",
    "plan_state": "`none`, `waiting`, `running`, `done` or `late`",
    "plan_cost": "the plan's whole cost, past and to come; none without prices",
    "plan_cost_at_once": "what the same would cost if it charged at once",
    "plan_cost_evenly": "what the same would cost spread evenly until its time",
    "plan_peak_kw": "the highest planned import, with a tariff that bills peaks",
    "plan_reason": "why at these times, in a sentence",
    "plan_reason_code": "the [code](words.md) of that sentence",
    "plan_reason_values": "its numbers and names",
    "plan_asked": "what you requested: `energy_kwh`, `soc_target_pct` or `hours`, `ready_by`, `max_price`",
}

BATTERY = {
    "battery_order": "`normal`, `hold` or `charge`",
    "battery_reason": "why, in a sentence",
    "battery_reason_code": "the [code](words.md) of that sentence",
    "battery_reason_values": "its numbers and names",
    "battery_orders": "with several batteries: `battery_order` and `battery_reason` of each",
    "plan": "its blocks, like a load's; in a block with `kw` 0 the battery is held",
    "plan_reason": "when it will be charged or held next, and why",
    "plan_reason_code": "the code of that sentence",
    "plan_reason_values": "its numbers and names",
}

EXPORT = {
    "export_limit_w": "how much may be exported now; none while there is no limit",
    "curtailed_w": "the power that the inverter holds back: forecast less output; none without a forecast",
}

PRICES = {
    "source": "the entity or the service",
    "known_until": "the end of the last price",
    "notes": "problems with the source",
    "slots": "`start`, `end` and `price` of each quarter hour from now on",
}

OTHERS = """
## More

`sensor.fusebox_peak`: [tariffs](tariff.md). `pyscript.radiator_status`, `pyscript.powersavingmode`:
[radiators](radiators.md). `sensor.quasar_loadbalancer_limit`: [Quasar](quasar.md). Some loads also have
`temperature_c`, `target_c`, `hygiene_due`, `sg_state`, `blocked_min` ([heat](heat.md)); `learnt_w`, the measured power
if it differs from the rating; and chargers on several phases `phases_used`, `phases_reason` and `phase_switches` (of
today: [phases](phases.md)).
"""


def page() -> str:
    """The whole page."""
    site_shown, charger, plug = _shown()
    return "".join(
        (
            HEAD,
            "\n## `sensor.fusebox_site`\n",
            SITE_STATES,
            _table(site_shown, SITE),
            "\nIf CONFIG says how [the battery is commanded](plans.md#the-home-battery):\n",
            _table(BATTERY, BATTERY),
            "\nWith an [export limit](export_limit.md):\n",
            _table(EXPORT, EXPORT),
            "\n## `sensor.fusebox_<load>`\n\nIts share: amps for a charger, watts for a switched load.\n",
            _table({**charger, **plug}, LOAD),
            "\nChargers, plugs and tanks with a [plan](plans.md) also have:\n",
            _table(PLAN, PLAN),
            "\n## `sensor.fusebox_prices`\n\nThe present price of a kWh, with `prices` in CONFIG.\n",
            _table(PRICES, PRICES),
            "\n## `sensor.fusebox_<load>_energy`\n",
            ENERGY_TEXT,
            _classes(energy_attributes("car", NEW_ENERGY)),
            _table(energy_attributes("car", NEW_ENERGY), ENERGY),
            "\n## `sensor.fusebox_<load>_power`\n",
            POWER_TEXT,
            _classes(power_attributes("car")),
            MQTT_TEXT,
            _rows(),
            OTHERS,
        )
    )


def _shown() -> tuple[Mapping[str, object], Mapping[str, object], Mapping[str, object]]:
    """What site, charger and plug of a small house show."""
    loads = {
        "car": {
            "type": "number",
            "current": "number.car",
            "status": "sensor.car_status",
            "soc_pct": "sensor.soc",
            "vehicles": "any",
        },
        "pool": {"type": "plug", "switch": "switch.pool"},
    }
    checked = read_config(
        {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}, "loads": loads, "vehicles": {"ioniq": {}}}
    ).config
    site = checked.site({})
    snapshot = Snapshot(0.0, {}, {load.name: LoadState(switched=True, on=True) for load in site.loads})
    decision = step(site, snapshot, Memory())
    found = []
    for load in site.loads:
        past = decision.memory.loads[load.name]
        shown = {
            **load_attributes(snapshot, load, decision.notes[load.name], ""),
            **current_range_attributes(site, load, None),
            **limit_attributes(load),
            **vehicles.vehicle_attributes(load),
        }
        shown |= {**pause_and_write_counts(load, past, 0.0), **switched_attributes(site, snapshot, load, past)}
        found.append(with_codes(shown))
    of_site = with_codes(site_attributes(site, snapshot, decision, LoadedConfig(NO_CONFIG, (), ()), ()))
    return of_site, found[0], found[1]


def _rows() -> str:
    """What a device over MQTT has: a row for each entity that any of them has."""
    checked = read_config(
        {
            "site": {
                "main_fuse_a": 25,
                "grid": {f"L{n}": f"sensor.l{n}" for n in (1, 2, 3)},
                "mqtt": True,
                "battery": {"soc_pct": "sensor.soc", "charge_w": "sensor.battery_power"},
            },
            "loads": {
                "car": {"type": "ocpp", "charger": "evse1", "switch_phases": True, "vehicles": "any"},
                "heater": {"type": "power", "power": "number.heater"},
                "tank": {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank"},
            },
            "vehicles": {"ioniq": {"soc_pct": "sensor.soc"}},
            "prices": {"fixed": 0.3},
        }
    ).config
    site = checked.site({})
    of_loads = [row for load in site.loads for row in load_rows(checked, site, load, frozenset(METERED))]
    rows = [*of_loads, *site_rows(checked, site)]
    lines = {row.key: f"| {row.name} | {row.component} | `{row.key}` | {MQTT[row.key]} |\n" for row in rows}
    return "\n| entity | | key | |\n|---|---|---|---|\n" + "".join(lines.values())


def _classes(attributes: Mapping[str, object]) -> str:
    unit, kind, state = (attributes[key] for key in ("unit_of_measurement", "device_class", "state_class"))
    return f"\nIn {unit}; `device_class` `{kind}`, `state_class` `{state}`.\n"


def _table(attributes: Mapping[str, object], said: Mapping[str, str]) -> str:
    """A row for each attribute; KeyError for one of which nothing is said."""
    rows = [f"| `{name}` | {said[name]} |\n" for name in attributes if name not in EVERYWHERE]
    return "\n| attribute | |\n|---|---|\n" + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
