"""Writes docs/keys.md from the schema of CONFIG: keys, defaults and ranges are the schema's, the rest is said here.

PYTHONPATH=pyscript/modules .venv/bin/python docs/keys_page.py
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fusebox.config import battery_schema, plan_schema, sections, site_schema
from fusebox.config.fields import REQUIRED, Field, Section
from fusebox.config.values import Number, YesNo
from fusebox.model.price_sources import PRICE_SERVICES
from fusebox.model.tariff_rules import TARIFF_KINDS, WEIGHTED_KINDS

# ruff: noqa: E501
PAGE = Path(__file__).with_name("keys.md")
NO_END = 1e6
"""A range that ends here only keeps slips out."""

HEAD = """# Every key of CONFIG

<!-- Made by docs/keys_page.py from pyscript/modules/fusebox/config/: change a key there, what is said of it here. -->

Every key of CONFIG with its default, except for `loads`, whose keys are in [types of load](drivers.md). In place of a number,
a mode or a yes/no you may write an entity id: it is read live. `None` means that there is no such thing, never 0.

## Values by time

Such a value is a number, an entity, or a table:

```python
{"hours": {"oct-mar mon-fri 17-20": 0.40, "mon-fri 17:30-20": 0.31, "22-06": 0.18}, "else": 0.29}
```

- A key is `[months] [days] hours`: months and days are one or a span, and each span may wrap (`oct-mar`, `sat-mon`,
  `22-06`). `00-24` is the whole day. Hours begin and end on a quarter hour.
- The first row that fits counts, in the order written; `else` at all other times. A row whose hours are all covered by
  rows above it is a mistake.
- The local wall clock counts, through daylight saving time too. After midnight the day of the clock counts: `fri 22-06`
  is Friday 0:00 to 6:00 and 22:00 to 24:00.
- Each value of a table may be an entity.
"""


def any_of(words: Sequence[str]) -> str:
    """Return words as a choice, such as `a, b or c`."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


WITH_HOURS = " and ".join(f"`{kind}`" for kind in WEIGHTED_KINDS)
"""The kinds of tariff that count only some hours."""

PARTS: tuple[tuple[str, str, Section, Mapping[str, str]], ...] = (
    (
        "site",
        "The connection. Required with loads.",
        site_schema.SITE,
        {
            "voltage_v": "the voltage between a phase and neutral, not the 400 V between two phases. 133 in a grid of 230 V without neutral, as in much of Norway (IT) and parts of Belgium (3 x 230 V): write the meter's currents into `grid`, and for a single-phase load its two `phases` and a `draw` in A (one in W would count 13 % too low). Its power then reads 16 % too high, its energy too unless its `energy` is given; a Quasar is not possible there",
            "main_fuse_a": "what is printed on the main breaker, for each phase",
            "fuse_type": "the letter on it: how long it tolerates an overload. B, C, gG (a melting fuse) or linky (the French meter); B for any other letter",
            "grid": "an entity for each phase, + while you import: its id, a dict with `entity`, `unit` (and `unit_is_wrong: True` if it contradicts the entity's own), `invert` and `heartbeat`, or a pair of `import` and `export`",
            "max_import_w": "the limit of your contract, sum of the phases; a value [by time](#values-by-time), in whose table None is no limit",
            "imbalance_max_a": "how much more your loads may take on one phase than on another; in Germany 20 (4.6 kVA)",
            "distribution": "how the power above the minimums is shared: shared, priority, optimized or strict. [Shares](allocation.md#shares)",
            "netting": "how the meter bills surplus: per_phase, or sum if export on one phase offsets import on another, as with most European meters",
            "excess_threshold_w": "loads of mode `excess` run on the export above this",
            "margin_a": "what raises and cuts leave free under each fuse",
            "caution": "how soon loads rise: brisk gives them more energy, calm less, with fewer commands and a little less heat. Limits stay the same",
            "stale_after_s": "a meter that is silent for this long counts as late: nothing rises, chargers go to their minimum",
            "failsafe_after_s": "after this long chargers go to `failsafe_a`, and switched loads go off",
            "dry_run": "True: decides and reports, sends no commands",
            "controls": "the site's own [controls](entities.md#devices-over-mqtt); False: none over MQTT and in the package",
            "currency": "the currency of prices",
            "mqtt": "True: the site and each load are [devices over MQTT](entities.md#devices-over-mqtt), with controls. A dict with `prefix` if Home Assistant's discovery prefix is not `homeassistant`",
            "solar_w": "the entity of the panels' power",
            "inverter": "[inverter](#inverter), or a list of [several](several.md)",
            "battery": "[battery](#battery), or a list",
            "export": "[the limit on export](#export)",
            "island": "the entity that is on while the grid is gone; True: there is never one. [How](island.md)",
            "circuits": "names and [circuits](#circuits): wires with their own fuse",
        },
    ),
    (
        "inverter",
        "In `site`. It gets no commands.",
        site_schema.INVERTER,
        {
            "max_w": "its highest power",
            "max_w_per_phase": "its highest power on one phase",
            "asymmetric": "True: it can give more on one phase than on another",
            "wiring": "parallel: it feeds the house in addition to the grid, as usual. series: the house is behind it, so all power of the house flows through it, and `output` measures that",
            "throttles": "True: it is held back when the house takes nothing more, as with zero export. Loads on the sun then test for [hidden sun](hidden_sun.md)",
            "output": "a dict with an entity for its power on each phase; without it that is calculated from `solar_w` and the battery",
            "phases": "the phases that it feeds; None: all",
            "solar_w": "the entity of its own panels' power, if there are [several](several.md) inverters",
            "circuit": "the circuit that it feeds into; None: unknown, it may be any",
        },
    ),
    (
        "battery",
        "In `site`: the home battery.",
        site_schema.BATTERY,
        {
            "soc_pct": "the entity of its state of charge",
            "charge_w": "the entity of its power, + while it charges",
            "invert": "True: + is discharging",
            "inverter": "the place of its inverter in the list, counted from 0; None: its own place in its list",
            "soc_min_pct": "below it the battery gives nothing to loads",
            "soc_target_pct": "below it surplus goes to the battery first; above it loads on the sun may use it",
            "hysteresis_pct": "the distance from a threshold at which it applies again",
            "max_charge_w": "its highest charging power",
            "max_discharge_w": "its highest discharging power; with 0, loads on the sun never use it",
            "allow_grid_charging": "False: loads use only your own power, never the grid",
            "reserve_w": "below the target the battery gets this much surplus and loads get the rest; None: all of it",
            "sunset_rule": "True: it does not discharge into a car after sunset",
            "hold": 'what keeps it from discharging: `{"switch": ...}`, `{"select": ..., "hold": "hold", "normal": "auto"}` or `{"number": ..., "hold": 0, "normal": 5000}`. [How](plans.md#the-home-battery)',
            "hold_while": "it does not discharge into cars that charge from the grid in these ways",
            "charge_from_grid": "what makes it charge from the grid: the same with `charge` for `hold`, and `power_w`, a number entity for its power",
            "plan": "when it is charged from the grid: `ready_by`, `soc_target_pct` and `max_price`; needs `capacity_kwh`, `charge_from_grid` and [prices](#prices)",
            "capacity_kwh": "its capacity",
            "roundtrip": "the part of its energy that comes back: it is never charged to save less than the loss costs",
        },
    ),
    (
        "export",
        "In `site`: how much may be exported. [How](export_limit.md)",
        battery_schema.EXPORT,
        {
            "max_w": 'the limit, sum of the phases: a value [by time](#values-by-time), or `{"pct": 60, "of_w": 9800}`',
            "when_price_below": "the limit counts only while a kWh of export earns less than this value [by time](#values-by-time); needs `export` in [prices](#prices)",
            "curtail": "[how the inverter is held back](#curtail), a list for several; None: not at all",
        },
    ),
    (
        "curtail",
        "In `export`: the number that holds the inverter back. [Yours](export_limit.md#your-inverter)",
        battery_schema.CURTAIL,
        {
            "number": "the number entity",
            "unit": "what it counts: W (for one in kW too) or %",
            "of_w": "what its 100 % are; required with %",
            "normal": "what it is set back to if it never displayed a value, in its own unit",
            "limits": "export: what is fed in. output: all that the inverter delivers; needs `solar_w` or `inverter.output`",
        },
    ),
    (
        "circuits",
        'In `site`, by name: `{"garage": {"fuse_a": 20}}`.',
        site_schema.CIRCUIT,
        {
            "fuse_a": "what is printed on its breaker",
            "parent": "the circuit that feeds it",
            "fuse_type": "as in `site`",
            "grid": "its own meter, as in `site`; without it only the loads that name the circuit count",
        },
    ),
    (
        "radiators",
        "Radiators that take turns: one such section, or a list. [How](radiators.md)",
        sections.RADIATORS,
        {
            "name": "for loads of type `radiators`, if there are several sections",
            "step": "when the turn passes on",
            "away": "an entity: while it is on, no radiator heats",
            "power_saving": "the entity of the level; 0 saves nothing",
            "max_active": "how many may be on at each level; the last is 0",
            "radiators": "a list of [radiators](#a-radiator); listed twice is two turns",
            "external_smoothing": "True: the level is smooth already, so each change counts at once. False: a falling level (more radiators) waits for the next step",
            "hold_off_s": "changes of thermostats within this time make one run",
            "settle_s": "pause between two relays, for a supply or a meter that needs time",
            "boost_timeout_s": "a boost ends by itself after this",
            "blind_active": "how many may be on while the level or the meter is unknown",
            "test_mode": "True: decides and reports, switches nothing",
            "status": "the entity with all of it",
        },
    ),
    (
        "a radiator",
        "In the list `radiators` of such a section.",
        sections.RADIATOR,
        {
            "name": "its name; without one the id of its relay",
            "virtual": "the helper that its thermostat switches, or a `climate`",
            "actual": "the relay",
            "temperature": "of the room; with `setpoint` the coldest room comes first",
            "setpoint": "of the room, in degrees or as an entity",
            "power": "its draw: one that is on and draws nothing gives its turn to others",
        },
    ),
    (
        "power_saving",
        "The level by the house's meter: one such section, or a list. All amounts in the unit of the meter.",
        sections.POWER_SAVING,
        {
            "meter": "the house's meter: an entity, or a [meter](#a-meter)",
            "extra_meters": "a list of meters of the other consumers, for method `individual`",
            "method": "global: what the house leaves of `max_available`. individual: by `extra_meters`, and never more than global",
            "max_available": "the limit of the connection",
            "per_radiator": "the draw of one radiator",
            "thermostat_factor": "how careful a lower level is: radiators that are on count with `per_radiator` divided by this, because some are warm and draw nothing",
            "hysteresis": "a lower level must fit with (this - 1) times `per_radiator` to spare",
            "security_margin": "what stays free",
            "damping_s": "how long the room must last before a lower level; a higher one comes at once",
            "blind_level": "the level while the meter is unknown; None: the last but one",
            "target": "the helper that is set to the level",
            "test_mode": "True: decides and reports, sets nothing",
            "status": "the entity with all of it",
        },
    ),
    (
        "a meter",
        "In `power_saving`.",
        sections.METER,
        {
            "entity": "the entity",
            "attribute": "its attribute; None: its state",
            "divisor": "its value is divided by this",
        },
    ),
    (
        "tariff",
        "A tariff that bills peaks. [How](tariff.md)",
        sections.TARIFF,
        {
            "kind": any_of(TARIFF_KINDS),
            "demand_kw": "the meter's own mean of this window; None: calculated",
            "month_peak_kw": "the meter's own peak of this month; None: Fusebox's history",
            "target_kw": "the highest mean of a window; a value [by time](#values-by-time)",
            "minimum_kw": "the peak that is billed at least",
            "price_per_kw_year": "the price of a kW of peak",
            "maximum_per_kwh": "a month's peak costs at most this for each of its kWh: [Flanders](tariff.md#flanders)",
            "hours": f"{WITH_HOURS} only: when peaks count: `[7, 20]` for 7:00 to 20:00, three or more for single hours; None: always, by `night_factor` from 6 to 22",
            "weekdays": f"{WITH_HOURS} only: which days, such as `['mon-fri']`; other kinds: `target_kw` by time",
            "months": f"{WITH_HOURS} only: which months, such as `[11, 12, 1]`",
            "night_factor": f"{WITH_HOURS} only: the weight of a peak at night",
            "dim": "the grid operator's relay, or its limit in watts; required by enwg14a",
        },
    ),
    (
        "prices",
        "The price of a kWh, for plans and for the cost of sessions. [How](plans.md)",
        plan_schema.PRICES,
        {
            "import": f"an entity whose attributes hold the prices, or a dict with `service`, `area` and, of several entries, `config_entry`: {any_of(tuple(PRICE_SERVICES))}",
            "export": "the same for what is fed in, or a price [by time](#values-by-time) whose entity is an `input_number`; None: it earns nothing",
            "add": "fees per kWh, added to the price; a value [by time](#values-by-time)",
            "factor": "the price is multiplied by this first, such as 1.21 for VAT; a value [by time](#values-by-time)",
            "fixed": "your price in place of `import`; a value [by time](#values-by-time)",
        },
    ),
    (
        "forecast",
        "The forecast of sun and house, for plans.",
        plan_schema.FORECAST,
        {
            "solar": 'Solcast\'s entity of today (tomorrow\'s follows from it), Forecast.Solar\'s, or `{"service": "forecast_solar.get_forecast"}`; only newer Home Assistants have the list in the entity, none before 2026.7 the service',
            "house": "learnt: from the house load at this time of day, per phase; or a number of watts",
        },
    ),
    (
        "plan",
        "For a charger, a plug or a tank. [How](plans.md)",
        plan_schema.PLAN,
        {
            "ready_by": 'a time such as `07:00`, one for each day as in `{"mon-fri": "07:00", "sat": "09:30"}`, or an entity with the time',
            "energy_kwh": "how much: from plugging in; for a plug or a tank from one time to the next",
            "soc_target_pct": "or for a car: its state of charge; needs `soc_pct` and `capacity_kwh` of the load",
            "hours": "or for a plug or a tank: how long it runs",
            "min_soc_pct": "below it the car charges at once, whatever the price",
            "max_price": "above this price per kWh (after `factor` and `add`) nothing runs before its latest start; without `ready_by` the load runs in [each quarter hour at or below it](plans.md#below-a-price)",
            "finish": "of equal prices, late is gentle to the battery, early leaves a reserve",
            "min_block_min": "how long it runs at least, once it runs",
        },
    ),
    (
        "vehicles",
        'Cars by name, for chargers that several use: `{"ioniq": {"capacity_kwh": 58}}`. [How](vehicles.md)',
        plan_schema.VEHICLE,
        {
            "soc_pct": "the entity of its state of charge; read only while it is there",
            "capacity_kwh": "the capacity of its battery",
            "efficiency": "the part of its energy that reaches the battery",
            "plugged": "the entity that is on while it is plugged in",
            "tags": "a list of the tags that it is charged with",
            "phases": "on how many phases it charges: a first guess, which the meters correct",
            "max_a": "its highest current on each phase, where that is lower than the load's",
            "min_soc_pct": "below it the car charges at once, also while it waits for sun; needs `soc_pct` and `capacity_kwh`",
            "plan": "its own [plan](#plan), which goes before the load's",
        },
    ),
    (
        "guest",
        "In a charger: what counts for a car that is not recognised. [How](vehicles.md)",
        plan_schema.GUEST_TERMS,
        {"energy_kwh": "its session stops there", "plan": "its [plan](#plan); without one it has none"},
    ),
    (
        "huawei",
        'A SUN2000 over Modbus TCP: then `"huawei"` may stand for an entity. [How](easee_and_huawei.md)',
        sections.HUAWEI,
        {
            "host": "the inverter's address",
            "port": "its port",
            "unit": "its Modbus unit",
            "every_s": "how often it is read",
        },
    ),
)
"""Heading, sentence, the schema's section, and what is said of each key."""


def page() -> str:
    """The whole page. KeyError for a key of the schema of which nothing is said."""
    return HEAD + "".join(_part(*part) for part in PARTS)


def _part(heading: str, sentence: str, section: Section, said: Mapping[str, str]) -> str:
    fields = section.fields.items()
    rows = "".join(f"| `{key}` | {_default(field)} | {_range(field)} | {said[key]} |\n" for key, field in fields)
    return f"\n## {heading}\n\n{sentence}\n\n| key | default | range | |\n|---|---|---|---|\n{rows}"


def _default(field: Field) -> str:
    if field.default is REQUIRED:
        return "required"
    listed = list(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{listed}`"


def _range(field: Field) -> str:
    kind = field.kind
    if isinstance(kind, Number):
        highest = "" if kind.high >= NO_END else f" to {kind.high:.10g}"
        return f"{kind.low:.10g}{highest} {kind.unit}{'' if highest else ' and more'}".strip().replace("  ", " ")
    return "yes or no" if isinstance(kind, YesNo) else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
