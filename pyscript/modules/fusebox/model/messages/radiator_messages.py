"""Why so many radiators are on, and why the power-saving level is what it is."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

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
