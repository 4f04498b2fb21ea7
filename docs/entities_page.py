"""Writes docs/entities.md: attributes, units and classes are the scripts' own, what they mean is said here.

PYTHONPATH=pyscript/modules .venv/bin/python docs/entities_page.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fusebox.balancer.attributes import counts, load_attributes, site_attributes, switched_attributes
from fusebox.balancer.energy.entities import energy_attributes, power_attributes
from fusebox.balancer.energy.load_energy import LoadEnergy
from fusebox.balancer.installed import currents_of
from fusebox.balancer.mqtt_discovery import METERED, SITE_ROWS, load_rows
from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState, Snapshot
from fusebox.runtime.load_files import Loaded

PAGE = Path(__file__).with_name("entities.md")
EVERYWHERE = frozenset({"friendly_name", "icon", "unit_of_measurement", "device_class", "state_class"})
"""What Home Assistant itself reads; told in a line of its own."""

HEAD = """# Entities

<!-- Made by docs/entities_page.py: attributes are the scripts' own, what is said of them stands there. -->

What Fusebox shows. A load's entities go when it leaves CONFIG. [Services and events](services.md).
"""

SITE_STATES = """
Its state is as bad as its worst load, and its `reason` tells of that one:

| state | when |
|---|---|
| `config_error` | the CONFIG that was saved has a mistake; the last good one is in force |
| `over` | more flows on a wire, or is imported, than may |
| `blind` | a meter is late or silent |
| `fault` | a load's device tells of a fault, is away, or may draw more than it was given |
| `limited` | a load is kept from what it could use by a fuse, a contract, a tariff or `allow_grid_charging` |
| `ok` | every load has what it can use, or waits for what it has asked for: the sun, or its own patience |
| `dry_run` | nothing is commanded; `reason` says what would be: `would set number.wall_current from 6 to 10 A` |

`config_examples/home_assistant.yaml` has an automation that calls you when one of the first four lasts for two minutes.
"""

SITE = {
    "version": "of Fusebox's scripts",
    "voltage_v": "of a phase",
    "fuse_a": "the main fuse",
    "circuits": "the wires behind it: `fuse_a`, `parent`, and `flow_a` of each phase",
    "loads": "their entities",
    "distribution": "[who gets how much](allocation.md#shares)",
    "grid_a": "what each phase carries, in amps, + is import",
    "headroom_a": "what is left under the main fuse",
    "surplus_w": "own power that the house does not use",
    "solar_w": "what the panels make",
    "battery_soc_pct": "of the home battery",
    "battery_charge_w": "its power, + is charging",
    "fuse_budget_pct": "how warm the warmest fuse is",
    "reason": "why, in a sentence",
    "data_age_s": "the age of the oldest meter reading",
    "errors": "what is wrong: [troubleshooting](troubleshooting.md)",
    "warnings": "what is odd in CONFIG",
}

LOAD = {
    "type": "[its driver](drivers.md)",
    "circuit": "the wire that feeds it",
    "phases": "those that it is wired to",
    "modes": "what `mode` can be set to",
    "boosted": "whether it has a boost; only where it can have one",
    "min_a": "of a charger: what it is offered at least",
    "max_a": "of a charger: what it is offered at most; a plan never changes it",
    "highest_a": "what `max_a` can be set to: the smallest fuse above it, or its device's own maximum",
    "mode": "[how it is served](modes.md)",
    "status": "what it does",
    "setpoint_a": "what it is set to",
    "draw_a": "what it takes on each phase",
    "available_a": "what it could get if it took part",
    "limited_by": "the ceilings that stop it",
    "binding": "`limited_by` by its old name, for one release",
    "reason": "why, in a sentence",
    "reason_code": "the [code](words.md) of that sentence, None where it has none yet",
    "reason_values": "its numbers and names",
    "since": "when its `status` began",
    "pauses": "of this session; forgotten at a restart",
    "writes_per_hour": "commands of the last hour; forgotten at a restart",
    "starts_today": "of what is switched",
}

ENERGY_TEXT = """
For the Energy dashboard, under *Individual devices*. It never goes back, whatever becomes of sensors and scripts, and
goes on over a restart. Where its source ends, the next one stands in: the device's own counter (`energy` in CONFIG;
OCPP's and Easee's are found by themselves), what its draw adds up to, or, where no sensor ever measured it, what it was
offered. A draw sensor that is unavailable counts with its last value. A counter that drops and recovers, and a clock
that is set, add no energy. It is shown once a minute, when it is on file. What a Quasar gives back is not taken off.
"""

ENERGY = {
    "source": "`counter`, `integrated` from the draw, or `reckoned` from the offer",
    "measured": "`false` while it is reckoned",
    "session_kwh": "of the [session](services.md#sessions) that is under way, none between sessions",
    "session_solar_pct": "what part of that came from the sun; none where that is not known",
    "session_cost": "what it costs; none without [prices](plans.md#prices)",
}

POWER_TEXT = """
What is measured, every ten seconds; of a load that nothing measures there is none.
"""

MQTT_TEXT = """
## Devices over MQTT

With `"mqtt": True` in `site`, and Home Assistant's MQTT integration with a broker, each load is a device called `car
(Fusebox)`, and the site `site (Fusebox)`. A control does what its [service](services.md#services) does; why not is in
`Last refusal` and in the logbook. `fusebox/<load>/state` has all values, `fusebox/<load>/<key>/set` is heard. All of
it goes from the broker when a load leaves CONFIG, `mqtt` does, or `publish_mqtt.py`.

`packages/fusebox.yaml` has these controls for homes without MQTT, but for the plan's text; in a boost its select says
`boost`. If you wrote it before you set `mqtt`, call `fusebox_setup` with *Write the file* on: that empties it.

The entities are unavailable until the scripts listen, while nothing is decided, and when pyscript is switched off.
`mqtt.publish` can leave no last will, so `fusebox/alive` is not retained, and said anew every half minute.
"""

MQTT = {
    "allocated": "its share, in A, or in W of what is switched",
    "drawn": "A on the phase that carries most",
    "power": "where it is measured",
    "energy": "for the Energy dashboard; take one of both, this or the plain one",
    "status": "what it does",
    "reason": "why, in a sentence, cut at 255 letters",
    "mode": "where it has several; a boost leaves it as it is",
    "max_a": "of chargers, up to the fuses before it",
    "phases": "of chargers that [switch](phases.md): on how many they are",
    "boosted": "whether a boost is under way",
    "boost": "chargers, tanks, plugs",
    "boost_end": "the same",
    "plan_state": "chargers, tanks, plugs: of their [plan](plans.md)",
    "plan": "one line, `20 kWh by 07:00`, `80 % by 07:00` or `5 h by 20:00`; empty clears what was set here",
    "plan_clear": "the same",
    "reset": "OCPP and Easee",
    "distribution": "of the site: [who gets how much](allocation.md#shares)",
    "refused": "the last refusal, unknown after a success",
}

PLAN = {
    "plan": "its blocks: `start`, `end`, `price`, `kw`",
    "plan_state": "`none`, `waiting`, `running`, `done` or `late`",
    "plan_cost": "of what it has taken for it and what is to come; none without prices",
    "plan_reason": "why then, in a sentence",
    "plan_asked": "what it is asked to be: `energy_kwh`, `soc_target_pct` or `hours`, `ready_by`, `max_price`",
}

BATTERY = {
    "battery_order": "`normal`, `hold` or `charge`",
    "battery_reason": "why, in a sentence",
    "plan": "its blocks, as of a load; `kw` is 0 where it is held",
    "plan_reason": "when it will be charged and held, and why",
}

PRICES = {
    "source": "the entity or the service",
    "known_until": "the end of the last price",
    "notes": "what is odd about the source",
    "slots": "`start`, `end` and `price` of each quarter hour from now on",
}

OTHERS = """
## More

`sensor.fusebox_peak`: [tariffs](tariff.md). `pyscript.radiator_status`, `pyscript.powersavingmode`:
[radiators](radiators.md). `sensor.quasar_loadbalancer_limit`: [Quasar](quasar.md). What only some loads tell:
`temperature_c`, `target_c`, `hygiene_due`, `sg_state`, `blocked_min` ([heat](heat.md)), `learnt_w`, what a load was
seen to take where that is not its rating, and of chargers on several phases `phases_used` and `phase_switches`, how
often today ([phases](phases.md)).
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
            "\nWhere CONFIG says how [the battery is told](plans.md#the-home-battery):\n",
            _table(BATTERY, BATTERY),
            "\n## `sensor.fusebox_<load>`\n\nIts share: amps of a charger, watts of what is switched.\n",
            _table({**charger, **plug}, LOAD),
            "\nOf chargers, plugs and tanks, with a [plan](plans.md):\n",
            _table(PLAN, PLAN),
            "\n## `sensor.fusebox_prices`\n\nWhat a kWh costs now, with `prices` in CONFIG.\n",
            _table(PRICES, PRICES),
            "\n## `sensor.fusebox_<load>_energy`\n",
            ENERGY_TEXT,
            _classes(energy_attributes("car", LoadEnergy())),
            _table(energy_attributes("car", LoadEnergy()), ENERGY),
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
        "car": {"type": "number", "current": "number.car"},
        "pool": {"type": "plug", "switch": "switch.pool"},
    }
    plan = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}, "loads": loads}).plan
    assert plan is not None
    site = plan.site({})
    snapshot = Snapshot(0.0, {}, {load.name: LoadState(switched=True, on=True) for load in site.loads})
    decision = step(site, snapshot, Memory())
    found = []
    for load in site.loads:
        past = decision.memory.loads[load.name]
        shown = {
            **load_attributes(snapshot, load, decision.notes[load.name], ""),
            **currents_of(site, load, None),
        }
        found.append({**shown, **counts(load, past, 0.0), **switched_attributes(site, snapshot, load, past)})
    return site_attributes(site, snapshot, decision, Loaded(None, (), ()), ()), found[0], found[1]


def _rows() -> str:
    """What a device over MQTT has: a row for each entity that any of them has."""
    plan = read_config(
        {
            "site": {"main_fuse_a": 25, "grid": {f"L{n}": f"sensor.l{n}" for n in (1, 2, 3)}, "mqtt": True},
            "loads": {"car": {"type": "ocpp", "charger": "evse1", "switch_phases": True}},
        }
    ).plan
    assert plan is not None
    site = plan.site({})
    rows = [*load_rows(plan, site, site.loads[0], frozenset(METERED)), *SITE_ROWS]
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
