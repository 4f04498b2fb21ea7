"""What is wrong with an entity that is read: it does not exist, measures something else, or has stopped moving."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

ENTITIES: Mapping[str, Entry] = {
    "entity_missing": Entry(
        "Home Assistant has no entity {entity}; look its id up under Tools (or Developer tools) > States",
        "an id in CONFIG, most often one that was typed wrong",
    ),
    "entity_missing_near": Entry(
        "Home Assistant has no entity {entity}; did you mean '{near}'?", "the same, and there is one of a similar name"
    ),
    "unit_contradicts": Entry(
        "{entity} is in {own_unit}, but CONFIG says 'unit': '{unit}'; remove the unit, or write 'unit_is_wrong': True "
        "beside it if {unit} is right",
        "a `unit` in CONFIG",
    ),
    "unit_of_something_else": Entry(
        "{entity} has the unit '{own_unit}', which does not fit here; name one in {units}", "another entity is meant"
    ),
    "unit_of_no_flow": Entry(
        "{entity} has the unit '{own_unit}', which is neither a current nor a power; name another entity",
        "another entity than was meant, such as energy (kWh)",
    ),
    "unit_missing": Entry(
        "{entity} has no unit, so it is neither a current nor a power; write {line}, or A, mA, kW",
        "an entity without a unit, such as a template",
    ),
    "no_number": Entry(
        "{entity} displays '{text}', which is no number; name another entity", "another entity is meant"
    ),
}

METERS: Mapping[str, Entry] = {
    "meter_stuck": Entry(
        "the meter of {limit} seems to be stuck: it stays at {shown_a} A although {load} has changed; look at the "
        "meter and its integration",
        "a meter reports the same value to the last bit while a load on its phase moves",
    ),
    "battery_sign": Entry(
        "{key}.charge_w contradicts {key}.soc_pct: the power says one direction while the charge moves "
        "in the other; + must mean charging, so write or remove 'invert': True",
        "the battery's power has the other sign",
    ),
    "surplus_without_grid": Entry(
        "the surplus is not known: a phase of site.grid is silent; check that its sensor reports",
        "loads on their own energy wait",
    ),
    "surplus_without_battery": Entry(
        "the surplus is not known: {key}.charge_w is silent; check that its sensor reports",
        "loads on their own energy wait",
    ),
}
