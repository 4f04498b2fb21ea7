"""How detection has recognised each part of the CONFIG that it proposes, what to check of it, and what to do next."""

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
    "check_several": Entry(
        "taken for {count} devices that count as their sum; if one entry is the same device again, or the sum of the "
        "others, remove what is too much",
        "several inverters or batteries of one make",
    ),
    "check_more_batteries": Entry(
        "there is {names} too; if that is another battery, site.battery may be a list with the soc_pct and charge_w of "
        "each",
        "two home batteries",
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


_NAMES = "{names}[, less {given}]"
_LOOK = "look at each CHECK and each GUESS in it"

SETUP_STEPS: Mapping[str, Entry] = {
    "setup_write": Entry("call it again with write: true", "nothing was written yet"),
    "setup_look": Entry(_LOOK, "the file was written, with the fuse that was given"),
    "setup_fuse": Entry(
        f"write what is printed on your main breaker as main_fuse_a, {_LOOK}, and save",
        "the file was written, without a fuse",
    ),
    "setup_compare": Entry(
        "compare {file} with your own site_config.py, which was left as it is", "there was a file of yours"
    ),
    "setup_controls_left": Entry("{file} was changed by hand and left as it is", "the file of the controls"),
}

DETECTED_BY: Mapping[str, Entry] = {
    "found_as_make": Entry(f"{_NAMES}: called as {{make}} does", "a known make"),
    "found_turned_meter": Entry(
        f"{_NAMES}: called as {{make}} does; its + is export, so it is turned round", "a meter of a known make"
    ),
    "found_turned_battery": Entry(
        "{names}: called as {make} does; its + is discharging, so it is turned round", "a battery of a known make"
    ),
    "found_phases_of_total": Entry(
        f"{_NAMES}: one a phase, and together they are what {{entity}} shows", "a meter of no known make"
    ),
    "found_only_phases": Entry(f"{_NAMES}: one a phase, and no others are one a phase", "the same, without a total"),
    "found_entity": Entry("{entity}", "a battery's limit, by its name"),
    "found_other_batteries": Entry(
        "left out, as batteries of phones, cars and sensors: {names}", "batteries that are no home battery"
    ),
    "found_import_limit": Entry("{entity}: called as such a limit", "a sensor or helper of yours"),
    "found_demand": Entry("{names}: called as a meter's quarter-hour demand", "a Belgian meter"),
    "found_price_attributes": Entry("{entity}: its attributes hold the prices of a day", "a source of prices"),
    "found_nord_pool": Entry("{entity} is of the Nord Pool integration", "a source of prices"),
    "found_ocpp": Entry("{entity} is of the OCPP integration", "a charge point"),
    "found_preset": Entry("{names} and {count} more are called as {make} does", "a charger of a known make"),
    "found_number_of_device": Entry(
        "{entity}: a number of amps as chargers have; {other} of its device", "a charger of no known make"
    ),
    "found_number_by_name": Entry(
        "{entity}: a number of amps as chargers have; {other} by the same name", "the same, without a device"
    ),
    "found_not_switched": Entry("{entity} is left out: by its name nobody may switch it off", "such as a freezer"),
    "found_plug": Entry("{names} with {entity}: {make}; draws {now_w} W now", "a plug or tank that runs"),
    "found_unmeasured": Entry("{names}: nothing measures what it draws", "a tank without a power sensor"),
    "found_unrated": Entry(
        "{names}: it draws nothing now, so its rating is not known: write what stands on its type plate as rated_w",
        "a plug or tank that does not run",
    ),
    "found_unnamed_plug": Entry(
        "{names}: its name does not show what is plugged in. Fusebox would switch it: add it only if that may be "
        "switched on and off at any time",
        "any other plug",
    ),
    "found_water_heater": Entry("{entity}: add it only if it heats with electricity", "a `water_heater` entity"),
    "found_thermostats": Entry(
        "{names}: add it only if an electric radiator is behind it, with the relay that switches it as 'actual'",
        "`climate` entities that only heat",
    ),
}
