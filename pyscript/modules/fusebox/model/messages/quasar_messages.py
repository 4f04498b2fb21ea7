"""What the guard before a Wallbox Quasar reports: why nothing, or less, may flow."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

QUASAR: Mapping[str, Entry] = {
    "quasar_away": Entry(
        "the Quasar at {address} cannot be reached ({error}): check that it is on and on the network",
        "no Modbus connection",
    ),
    "quasar_by_app": Entry("the Quasar is controlled by its own app, which nothing here can limit", "its own app"),
    "quasar_refuses": Entry(
        "the Quasar refused {value} for register {register} (code {exception})", "it has not taken a command"
    ),
    "quasar_dry_run": Entry("dry run: all requests pass unchanged", "dry_run"),
    "quasar_failure": Entry("no power may flow: {error}", "a bug of Fusebox, please report it"),
    "quasar_meter_stuck": Entry(
        "no power may flow: {entity} displays the same number although the charger's power has changed",
        "the meter of its phase is stuck",
    ),
    "quasar_meter_silent": Entry("no power may flow: {entity} does not report", "the meter of its phase is silent"),
    "quasar_off": Entry("no power may flow: its mode is off", "its mode is off"),
    "quasar_awaits_allocation": Entry(
        "no power may flow until the site allocates some", "after a start, or while balance_site.py does not run"
    ),
    "quasar_charging_stopped": Entry(
        "charging stopped: less than {least_w} W available; resumes after {pause_s} s with more",
        "the charger cannot run with so little",
    ),
    "quasar_discharging_stopped": Entry(
        "discharging stopped: less than {least_w} W available; resumes after {pause_s} s with more",
        "the charger cannot run with so little",
    ),
    "quasar_may": Entry("may charge with {charge_w} W and discharge with {discharge_w} W", "the guard's limits"),
    "quasar_port_taken": Entry(
        "{address} cannot be listened on ({error}): choose another listen_port or listen_host",
        "another program has the port, or the address is of another host",
    ),
    "quasar_guard_not_enabled": Entry("the guard is not enabled in CONFIG", "guard.enabled is off"),
    "quasar_left_alone": Entry(
        "its guard does not run: it is left alone and counts as part of the house",
        "guard_quasar.py does not run, or its guard is not enabled",
    ),
}
