"""Why a service refuses a call, which the card may make or never makes, and what is wrong with Fusebox itself."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_ABLE = "; loads that have one: {known}"
_AMPS = "amps without a unit, such as 16"
_RESET = "fusebox_reset_charger"
_RELEASE = "fusebox_quasar_release"

CALLS: Mapping[str, Entry] = {
    "field_unknown": Entry("there is no such field; the fields are {known}", "a field that the service does not have"),
    "on_or_off_missing": Entry("on or off?", "a field that takes on or off is empty"),
    "neither_on_nor_off": Entry("{value} is neither on nor off", "another word"),
    "days_wrong": Entry("{value} is not a number above 0; give days, such as 30", "fusebox_sessions, fusebox_dimmings"),
    "number_wrong": Entry("{value} is not a number", "fusebox_set_limit"),
    "amps_missing": Entry(f"how much? Give {_AMPS}", "fusebox_set_max_current or fusebox_set_min_current"),
    "amps_wrong": Entry(f"{{value}} is not a number; give {_AMPS}", "the same, with a unit or a word"),
    "load_not_named": Entry("which one? known loads are {known}", "`load` is missing"),
    "load_unknown": Entry(
        "there is no load {value}; [did you mean '{near}'?][known loads are {known}]",
        "a name, or an entity, of no load of CONFIG",
    ),
    "mode_not_named": Entry("which one? '{load}' has {known}", "fusebox_set_mode without a mode"),
    "mode_unknown": Entry("{value} is not a mode of '{load}'; use one of {known}", "fusebox_set_mode"),
    "no_site_to_share": Entry(
        "CONFIG has no site, so there is nothing to share; write one", "fusebox_set_distribution"
    ),
    "load_without_key": Entry(
        f"'{{load}}' is of type {{kind}}, which has no {{key}}{_ABLE}",
        "fusebox_set_max_current or fusebox_set_min_current",
    ),
    "load_without_boost": Entry(
        "'{load}' is of type {kind}, which cannot be boosted; loads that can be: {known}", "fusebox_boost"
    ),
    "load_without_plan": Entry(f"'{{load}}' is of type {{kind}}, which has no plan{_ABLE}", "fusebox_set_plan"),
    "load_without_session": Entry(
        f"'{{load}}' does not report when a car comes and leaves, so it has no limit{_ABLE}", "fusebox_set_limit"
    ),
    "load_without_vehicles": Entry(f"'{{load}}' has no vehicles in CONFIG{_ABLE}", "fusebox_set_vehicle"),
    "limit_missing": Entry(
        "nothing to set; give stop_soc_pct or stop_energy_kwh, 0 to take it back", "fusebox_set_limit"
    ),
    "limit_needs_soc": Entry("needs soc_pct of '{load}' in CONFIG", "fusebox_set_limit with stop_soc_pct"),
    "nothing_to_set": Entry("nothing to set; {what} has {known}", "fusebox_set without a value"),
    "setting_by_time": Entry(
        "{key} depends on the time in CONFIG: change the table there", "fusebox_set, a value that is a table of hours"
    ),
    "setting_unknown": Entry("{key} cannot be set here; {what} has {known}", "fusebox_set"),
    "control_unknown": Entry("{path}: there is no such control; there are {known}", "a message over MQTT"),
    "phases_fixed": Entry(
        "'{load}' does not switch phases; write \"switch_phases\": True in its CONFIG", "fusebox_switch_phases"
    ),
    "phases_wrong": Entry("{value} is neither 1 nor 3; give one of these", "fusebox_switch_phases"),
    "max_price_without_prices": Entry(
        "CONFIG has no prices; write the section prices", "fusebox_set_plan with max_price"
    ),
    "plan_line_wrong": Entry(
        "{value} is no plan; write such as '20 kWh by 07:00', '80 % by 07:00 below 0.25', '5 h by 20:00' or "
        "'below 0.12'",
        "a plan over MQTT",
    ),
    "nothing_to_reset": Entry("'{load}' is of type {kind}, which has nothing that could be reset", _RESET),
    "reset_without_cloud": Entry(
        "'{load}' is not connected to Easee's cloud; check its network, or switch it off and on", _RESET
    ),
    "reset_without_charger": Entry("'{load}' cannot be reached now; switch it off and on by its own fuse", _RESET),
    "reset_without_button": Entry("'{load}' reports {status}, and has no reset button that could be pressed", _RESET),
    "sessions_not_stored": Entry(
        "sessions are not stored here: there is no folder .storage beside pyscript/", "fusebox_sessions"
    ),
    "sessions_unreadable": Entry("the sessions cannot be read: {error}", "fusebox_sessions"),
    "wiring_test_running": Entry(
        'a test is running; sensor.fusebox_commissioning shows it, and "stop: true" ends it', "fusebox_commission"
    ),
    "no_meter_found": Entry(
        "no meter was recognised among {count} entities; write its power as site.grid in site_config.py, one entity "
        "per phase",
        "fusebox_setup",
    ),
    "proposal_changed": Entry(
        "{own} and {file} have been changed by hand; rename or delete {file}", "fusebox_setup with write"
    ),
    "proposal_unwritten": Entry("{file} cannot be written ({error})", "fusebox_setup with write"),
    "quasar_not_named": Entry("which one? Loads of type quasar: {known}", _RELEASE),
    "quasar_unknown": Entry("there is no Quasar {value}; loads of type quasar: {known}", _RELEASE),
    "quasar_not_guarded": Entry("'{load}' cannot be released: {cause}", _RELEASE),
    "quasar_unreachable": Entry("'{load}' cannot be released: the Quasar does not answer ({error})", _RELEASE),
    "quasar_not_released": Entry("'{load}' was not released: {cause}", _RELEASE),
}


REFUSALS: Mapping[str, Entry] = {
    "no_valid_config": Entry(
        "there is no valid CONFIG yet; sensor.fusebox_site says what is wrong", "CONFIG has a mistake, or is missing"
    ),
    "just_starting": Entry("Fusebox is just starting; call again in a second", "a start or reload takes over 10 s"),
    "nothing_seen": Entry("nothing has been seen yet; try again in some seconds", "before the first decision"),
    "dry_run_commands_nothing": Entry("dry_run is on, so nothing is commanded", "dry_run"),
    "current_above_charger": Entry(
        "{asked_a} A is more than its charger takes; give at most {most_a}", "fusebox_set_max_current"
    ),
    "current_above_circuit": Entry(
        "{value} is above circuit '{circuit}' ({rating_a} A); give at most {rating_a}", "fusebox_set_max_current"
    ),
    "outside_entity": Entry(
        "{value} is outside what {entity} takes ([at least {low} and at most {high}][at least {least}]"
        "[at most {most}]); keep to that, or change the entity",
        "CONFIG names an entity for this setting, which has a minimum or a maximum",
    ),
    "setting_only_read": Entry(
        "CONFIG names {entity}, which can only be read; change what it shows, or name an {kind} in CONFIG",
        "CONFIG names a sensor for this setting",
    ),
    "setting_entity_missing": Entry(
        "CONFIG names {entity}, which does not exist; create it, or correct CONFIG",
        "the entity of this setting was deleted or renamed",
    ),
    "setting_entity_unavailable": Entry(
        "CONFIG names {entity}, which is unavailable; repair that first", "the integration of its entity is down"
    ),
    "setting_without_option": Entry(
        "{entity} has no option for {value}; its options are {known}; add one to it",
        "CONFIG names a select entity for this setting",
    ),
    "no_radiators_section": Entry(
        "CONFIG has no section 'radiators', so there is nothing to boost; write one", "round_robin_boost_mode"
    ),
    "radiator_not_named": Entry("radiator: which one? known radiators are {known}", "the same, without a name"),
    "radiator_unknown": Entry(
        "radiator: there is no radiator {text}; known radiators are {known}", "the same, with another name"
    ),
    "radiator_unknown_near": Entry(
        "radiator: there is no radiator {text}; did you mean '{near}'?", "the same, with a similar name"
    ),
    "dimmings_not_recorded": Entry(
        "dimmings are recorded under the tariff kind 'enwg14a' only; CONFIG has another one", "fusebox_dimmings"
    ),
    "ready_by_over": Entry("{due} has passed; give a time to come", "fusebox_set_plan"),
    "plan_needs_soc": Entry("needs {text} of '{load}' in CONFIG", "fusebox_set_plan with soc_target_pct"),
}


SYSTEM: Mapping[str, Entry] = {
    "now_commands": Entry(
        "Fusebox now commands {loads}; the main fuse is {fuse_a} A on each phase",
        "dry_run has ended, or the main fuse is another",
    ),
    "now_commands_nothing": Entry(
        "Fusebox now watches the main fuse of {fuse_a} A on each phase; CONFIG has no load", "the same"
    ),
    "failsafe_failed": Entry(
        "{load} cannot be brought to its fail-safe: {error}", "a bug that lasts: look at that load yourself"
    ),
    "failsafe_unseen": Entry("{load} cannot be read, and is sent its fail-safe all the same: {error}", "the same"),
    "script_cannot_begin": Entry("{script} cannot begin: {error}", "a bug, with its file and line: please report it"),
    "work_failed": Entry("{work} failed: {error}", "the same; the next reading tries again"),
    "last_good_unwritten": Entry(
        "the last good CONFIG cannot be written: {error}; after a restart with a mistake in CONFIG an older one is in "
        "force, or none; free space on the disk, or let Home Assistant write in /config/.storage",
        "/config/.storage is full or read-only",
    ),
    "energy_unwritten": Entry(
        "{file} cannot be written ({error}): energy is lost at a restart; free the disk or its rights",
        "/config/.storage is full or read-only",
    ),
    "mqtt_missing": Entry(
        "site.mqtt: Home Assistant has no MQTT; set up its integration, or take mqtt out of site", "site.mqtt"
    ),
    "mqtt_silent": Entry("site.mqtt: nothing reaches the broker ({error}); check that it runs", "the broker is away"),
}
