"""What a hot-water tank, a heat pump and radiators do by themselves, and why."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_AT = "at {temperature_c} °C, "

APPLIANCES: Mapping[str, Entry] = {
    "tank_below_minimum": Entry(_AT + "below its minimum of {minimum_c} °C", "it heats to its minimum from any source"),
    "tank_hygiene": Entry(
        _AT + "hygiene cycle: {hygiene_c} °C for another {left_min} min", "hygiene_every_days have passed"
    ),
    "tank_heats": Entry("heats from {temperature_c} °C to {target_c} °C", "it heats"),
    "tank_heats_by_price": Entry(
        "heats from {temperature_c} °C to {target_c} °C, because energy is cheap",
        "it heats in its cheap hours (`warm_hours`)",
    ),
    "tank_hot_enough": Entry(_AT + "hot enough, heats again below {again_c} °C", "it is hot enough for its mode"),
    "tank_off": Entry(_AT + "mode is off", "its mode is off"),
    "tank_thermostat_open": Entry(
        _AT + "its own thermostat has opened at {cut_c} °C", "it is on and draws nothing, so its own thermostat is open"
    ),
    "tank_waits_for_thermometer": Entry(
        "not heated until its temperature is known again",
        "its temperature is unknown, and it has no thermostat of its own",
    ),
    "tank_blind_thermostat_open": Entry(
        "its own thermostat has opened", "its temperature is unknown; it is on and draws nothing"
    ),
    "tank_hour_used": Entry(
        "temperature unknown: it has had its one hour of heating in eight",
        "its temperature is unknown, so it heats for an hour in eight",
    ),
    "tank_hour_given": Entry("temperature unknown: heated for one hour in eight", "the same, and this is that hour"),
    "room_not_heating": Entry("its thermostat does not heat now", "a room's thermostat is off, or it cools"),
    "at_max_temperature": Entry(
        _AT + "heats up to {max_c} °C, again below {again_c} °C", "a load in watts has reached `max_c`"
    ),
    "pump_off": Entry("mode is off: both relays stay open", "the mode of a heat pump is off"),
    "pump_blocked": Entry("blocked, {blocked_min} min in the last 24 hours so far", "a heat pump or a room is blocked"),
    "pump_blocked_by_price": Entry(
        "blocked until {until}, because energy is expensive", "the price blocks a heat pump (`block_hours`)"
    ),
    "pump_recommended": Entry("recommended to run, because there is surplus", "surplus calls on a heat pump"),
    "pump_recommended_by_price": Entry(
        "recommended until {until}, because energy is cheap", "the price calls on a heat pump (`recommend_hours`)"
    ),
    "pump_forced": Entry("forced to run, because there is much surplus", "more surplus calls on a heat pump"),
}


_ON = "{active} of the {wanting} radiators that call for heat are on"
_NAMES = "[: {names}]"

RADIATORS: Mapping[str, Entry] = {
    "radiators_all_on": Entry(f"all {{wanting}} radiators that call for heat are on{_NAMES}", "there is room for all"),
    "radiators_away": Entry("all are off: nobody is at home", "the entity of away is on"),
    "radiators_by_level": Entry(f"{_ON}, level {{level}} allows {{allowed}}{_NAMES}", "the power-saving level"),
    "radiators_by_most": Entry(f"{_ON}, at most {{allowed}} may be{_NAMES}", "max_active, without a level"),
    "radiators_by_unknown_level": Entry(
        f"{_ON}: {{entity}} has no usable value yet, {{allowed}} may be on until then{_NAMES}",
        "the entity of the level has had no value yet: blind_active",
    ),
    "radiators_by_site": Entry(
        f"{_ON}, the site's allocation allows {{allowed}}{_NAMES}", "the radiators are a load of the site"
    ),
    "radiators_tested": Entry(
        f"test mode, nothing is switched: {{active}} of {{wanting}} would be on{_NAMES}", "test_mode, or a dry run"
    ),
    "radiator_unanswered": Entry(
        "{radiator} ({entity}) does not respond: was sent {sent}, shows {shown}, counts as {counted}; "
        "check that it is online",
        "its relay has not followed a command",
    ),
    "radiator_unavailable": Entry(
        "{radiator} ({entity}) is not available, counts as {counted}; check that it is online", "its relay has no state"
    ),
    "radiator_command_failed": Entry("{radiator}: {service} failed: {error}", "Home Assistant refuses the call"),
}

_LEVEL = "level {level} allows {allowed} of {most} radiators: "

POWER_SAVING: Mapping[str, Entry] = {
    "saving_rises": Entry(_LEVEL + "{free_meter} is left for heating", "too little is left for the level before"),
    "saving_falls": Entry(
        _LEVEL + "power for more has been free for {damping_s} s", "damping_s has passed with room for more radiators"
    ),
    "saving_waits": Entry(
        _LEVEL + "power for more has to be free for {damping_s} s",
        "there is room for more, but not for long enough yet",
    ),
    "saving_nothing": Entry("all {most} radiators may be on: {free_meter} is left for heating", "level 0"),
    "saving_fits": Entry(_LEVEL + "one more would not fit safely", "there is no room for a lower level"),
    "saving_none_fits": Entry("level {level}: not one radiator would fit safely", "too little is left for any"),
    "saving_meter_awaited": Entry("level {level} is held: the meter is unknown for now", "its sensor has no value"),
    "saving_meter_lost": Entry(
        "level {level} until the meter is back: the meter is unknown", "its sensor has had no value for stale_after_s"
    ),
    "saving_extra_meter_lost": Entry(
        "level {level} at least: one of extra_meters is unknown", "method individual, and a radiator is not measured"
    ),
    "saving_tested": Entry("test mode, nothing is written: level {level} would be", "test_mode"),
    "saving_target_too_small": Entry(
        "{entity} takes at most {highest} and not level {level}: raise its maximum", "the range of the helper"
    ),
    "saving_not_taken": Entry("{entity} does not show level {level}: check that it is there", "the helper is missing"),
    "saving_command_failed": Entry(
        "{entity} could not be set to level {level}: {error}", "Home Assistant refuses the call"
    ),
}
