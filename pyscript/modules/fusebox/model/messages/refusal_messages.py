"""Why a service refuses a call that a user can make from the card, and what is wrong with Fusebox itself."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

REFUSALS: Mapping[str, Entry] = {
    "no_valid_config": Entry(
        "there is no valid CONFIG yet; sensor.fusebox_site says what is wrong", "CONFIG has a mistake, or is missing"
    ),
    "just_starting": Entry("Fusebox is just starting; call again in a second", "after a start or a reload"),
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
