"""What is wrong with Fusebox itself, with its files, or with MQTT."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

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
