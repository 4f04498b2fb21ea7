"""What relays, tanks, radiators, an inverter and presets report, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

DEVICES: Mapping[str, Entry] = {
    "preset_entity_missing": Entry(
        "{entity} is missing, as preset {preset} calls it: enable it in Home Assistant, or name another in CONFIG",
        "the integration's entity is disabled, or has another name",
    ),
    "command_failed": Entry("{service} failed: {error}", "Home Assistant, or the cloud, has refused the command"),
    "relay_unanswered": Entry(
        "no answer from {relays}: look at the relay, and at what else switches it",
        "a relay of a heat pump does not display what it was sent",
    ),
    "temperature_not_taken": Entry(
        "{entity} was sent {sent_c} °C and displays {shown_c} °C: check that it is online, that nothing else sets it, "
        "and that it takes this temperature",
        "a tank's thermostat does not follow",
    ),
    "temperature_not_displayed": Entry(
        "{entity} was sent {sent_c} °C and displays no temperature: check that it is online, and that it takes this "
        "temperature",
        "a tank's thermostat does not follow",
    ),
    "tank_temperature_unknown": Entry(
        "its temperature is unknown; look at {entity}", "a tank's thermometer has no value, or none of a tank"
    ),
    "tank_temperature_stuck": Entry(
        "its temperature stays at {shown_c} °C through hours of heating; look at {entity}",
        "a tank's thermometer is stuck, or measures something else",
    ),
    "tank_hygiene_late": Entry(
        "its hygiene cycle is more than a day late (an hour at {hygiene_c} °C): look at its own "
        "thermostat, and at what else needs the room under the fuse",
        "a tank has not been hot enough for its hygiene",
    ),
    "radiators_unsteered": Entry(
        "{entity} is not there: does rotate_radiators.py run?", "the script of the radiators is missing"
    ),
    "radiators_not_allowed": Entry("none of its radiators may be on", "its power-saving level"),
    "radiators_warm": Entry("no radiator needs heat", "all rooms are warm enough"),
    "radiators_limited_by_level": Entry(
        "its power-saving level allows {allowed} of the {wanting} radiators that need heat", "its power-saving level"
    ),
}

_INVERTER = "the inverter at {address} "

HUAWEI: Mapping[str, Entry] = {
    "pymodbus_missing": Entry(
        "pymodbus is not installed: Home Assistant's Modbus integration brings it, or pyscript/requirements.txt with "
        "allow_all_imports: true",
        "section huawei of CONFIG",
    ),
    "inverter_busy": Entry(
        _INVERTER + "stays busy: check that no other Modbus client asks it, or raise every_s",
        "it serves one client at a time",
    ),
    "inverter_refuses": Entry(
        _INVERTER + "refuses with Modbus exception {exception} as unit {unit_id}: check `unit` (1 behind an SDongle, "
        "otherwise often 0)",
        "it answers as another unit",
    ),
    "inverter_silent": Entry(
        _INVERTER
        + "does not answer as unit {unit_id} ({error}): check that Modbus TCP is enabled there, that `unit` is "
        "right, and that no other client is connected",
        "it serves one client at a time",
    ),
}


_RESTART = "restart the device, and check that nothing else controls it"
_RELAYS = "check that its relays are reachable, and that nothing else switches them"
_ONLINE = "check that the device is online, and that nothing else controls it"
_DRAWS = "ignores its limit: draws [{draw_a} A][{draw_w} W] although it was set to [{set_a} A][{set_w} W]; "
_DREW = "has ignored its limit: drew [{draw_a} A][{draw_w} W], more than it was set to; "

FAULTS: Mapping[str, Entry] = {
    "ignores_limit": Entry(_DRAWS + _RESTART, "it draws more than it was set to, for longer than it usually takes"),
    "relays_ignore_limit": Entry(_DRAWS + _RELAYS, "the same of a load that is counted by its relays"),
    "ignored_limit": Entry(_DREW + _RESTART, "the same, and it has been switched off since"),
    "relays_ignored_limit": Entry(_DREW + _RELAYS, "the same of a load that is counted by its relays"),
    "current_not_taken": Entry(
        "does not accept its current: displays {shown_a} A, was sent {sent_a} A; " + _ONLINE,
        "its number displays another current than it was sent several times",
    ),
    "current_not_displayed": Entry(
        "does not accept its current: displays nothing, was sent {sent_a} A; " + _ONLINE,
        "its number displays nothing after it was sent a current several times",
    ),
    "power_not_taken": Entry(
        "does not accept its power: displays {shown_w} W, was sent {sent_w} W; " + _ONLINE,
        "its number displays another power than it was sent several times",
    ),
    "on_not_taken": Entry("stays off although it was switched on; " + _ONLINE, "its switch still displays off"),
    "off_not_taken": Entry("stays on although it was switched off; " + _ONLINE, "its switch still displays on"),
}
