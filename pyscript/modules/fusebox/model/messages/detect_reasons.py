"""By what detection has recognised each part of the CONFIG that it proposes, and what to do next with it."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

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
