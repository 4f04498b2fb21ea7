"""What a person has to check of a CONFIG that detection proposes."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_BY_SHAPE = "recognised by its unit and the entities around it alone: check that"

DETECTED_SITE: Mapping[str, Entry] = {
    "check_main_fuse": Entry(
        "write what is printed on your main breaker; {value} A is assumed until then", "no fuse was given"
    ),
    "check_given_fuse": Entry("is {value} A printed on your main breaker?", "the fuse was given to `fusebox_setup`"),
    "check_dry_run": Entry(
        "sensor.fusebox_site reports what Fusebox would do; watch it for a day before you write False", "always"
    ),
    "check_no_meter": Entry(
        "no meter was recognised; write one entity for each phase in place of {entity}", "`grid` is a placeholder"
    ),
    "check_consumption": Entry(
        "{entity} shows what the house consumes, not what flows through the connection; it was left out, because "
        "nothing shows the production as well",
        "the only candidate for the meter",
    ),
    "check_one_meter": Entry(
        "only one value for the whole house was recognised: it stands for L1, as in a house with one phase. With three "
        "phases, name a meter for each; otherwise no phase can be kept under its fuse",
        "the meter shows a total",
    ),
    "check_two_phases": Entry("only {known} were recognised; is there a third phase?", "a meter of two phases"),
    "check_unsigned_meter": Entry(
        "[{entity}: ]many of these meters report a current without a sign; check that grid_a is negative while you "
        "export",
        "a meter in amps",
    ),
    "check_inner_meter": Entry(
        "[{entity}: ]the inverter's own current transformers measure only what is wired behind it; that is right only "
        "if the whole house is, and clamps at the house connection are better",
        "a Deye's internal transformers",
    ),
    "check_named_meter": Entry(
        "[{entity}: ]recognised by its name alone; check that grid_a is positive while you import", "no known make"
    ),
    "check_unnamed_meter": Entry(
        f"[{{entity}}: ]{_BY_SHAPE} grid_a is positive while you import", "three entities that differ in the phase"
    ),
    "check_export": Entry(
        "{entity} is named like an import alone: export is not seen, so there is never any surplus. Name the entity of "
        "the export too: {example}",
        "its name has a counterpart that is missing",
    ),
    "check_slow_meter": Entry(
        "Home Assistant's DSMR integration reports every 30 s at first; set its time between updates to 1 s",
        "a P1 meter over DSMR",
    ),
    "check_other_meters": Entry("there are other such meters ({names}); is this the right one?", "several meters fit"),
    "check_split_battery": Entry(
        "{entity} and {other} show charging and discharging separately, and CONFIG needs one power that is positive "
        "while the battery charges. Make a template sensor in W, {example}, and name it as charge_w, with {soc} as "
        "soc_pct",
        "a battery such as SMA's",
    ),
    "check_battery_power": Entry(
        "{entity} may be a home battery, but no power of it was recognised", "a state of charge alone"
    ),
    "check_battery_sign": Entry(
        '[{entity}: ]check that battery_charge_w is positive while the battery charges; if not, write "invert": True',
        "a battery whose make leaves the sign open",
    ),
    "check_inverters": Entry(
        "there is {entity} too; with several inverters, site.inverter may be a list with the solar_w of each",
        "two solar sensors",
    ),
    "check_strings": Entry("{names} are single strings; make a sum of them, and name it", "no total of the panels"),
    "check_import_limit": Entry(
        "{entity} is named like an import limit, but its unit is not W", "a helper for the contract's limit"
    ),
    "check_tariff": Entry(
        "only Belgian meters report these, so fluvius is assumed. Remove it if you do not pay for peaks, or write as "
        "target_kw the mean of a quarter of an hour that costs you nothing",
        "a meter's quarter-hour demand",
    ),
    "check_prices": Entry(
        "this is the price of the market. Write what you pay in addition: 'factor' for taxes, such as 1.21, and 'add' "
        "for each kWh",
        "a source of prices",
    ),
}

DETECTED_LOADS: Mapping[str, Entry] = {
    "check_charger_phases": Entry(
        "it counts on all {count} phases; if the charger or its cable has only one, write that one, such as {example}",
        "a charger in a house with several phases",
    ),
    "check_phases": Entry("it counts on all {count} phases; write the one that it is on", "a plug or tank there"),
    "check_switched": Entry(
        "switched as soon as dry_run is False: {names}. Remove each that must not be switched off, and write its "
        "phases, its rated_w and its mode",
        "plugs and tanks that were recognised",
    ),
    "check_water": Entry(
        "is {entity} the temperature of the water? Relays have a thermometer of their own too", "a tank"
    ),
    "check_shared_meter": Entry(
        "{entity} measures {names} together: none of them is taken", "one power sensor for several switches"
    ),
    "check_cooling": Entry(
        "{names} can cool too; a heat pump or air conditioner is controlled by its SG-Ready relays, if it has them",
        "a `climate` entity",
    ),
    "check_no_charger": Entry(
        "no charger was recognised by its names. If one of {names} sets the current of a charger, write a load of type "
        "number with it",
        "numbers in amps",
    ),
    "check_charger_id": Entry("write the charger's own id in place of {value}", "a preset needs the id"),
    "check_missing": Entry("{names}: not there; enable it, or name another", "an entity that a preset expects"),
    "check_no_make": Entry("its name does not show a make; check that this is a charger", "named like a charger"),
    "check_unnamed_charger": Entry(f"{_BY_SHAPE} this is a charger", "a number in a charger's range"),
}
