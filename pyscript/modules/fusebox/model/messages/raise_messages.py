"""Why a load requests nothing, why it is below its share, and what it waits for before it is raised."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

DEMANDS: Mapping[str, Entry] = {
    "mode_off": Entry("mode is off", "the load's mode is off"),
    "maximum_below_minimum": Entry(
        "its maximum of {max_a} A is below its minimum of {min_a} A",
        "an entity or a service has set a maximum at which the charger cannot run",
    ),
    "stopped_at_soc": Entry(
        "stopped at {limit_pct} %, the limit of this session", "its car has reached stop_soc_pct; boost charges on"
    ),
    "vehicle_awaited": Entry(
        "waits until its car is recognised, at most {wait_min} min after it was plugged in",
        "several cars use this charger, and the one that is there may have a plan",
    ),
    "stopped_at_energy": Entry(
        "stopped at {limit_kwh} kWh, the limit of this session",
        "it has taken stop_energy_kwh since its car was plugged in; boost charges on",
    ),
    "grid_is_gone": Entry("off while the grid is gone", "site.island is on, and the load is not marked with island"),
    "off_by_hand": Entry("switched off by hand", "somebody has switched the load off at its device"),
    "set_below_minimum_by_hand": Entry(
        "off: set to {limit_a} A at its device, below its minimum of {min_a} A",
        "somebody has set a current below the charger's minimum at its device",
    ),
    "unavailable": Entry("its control entity is unavailable", "the entity that controls the load has no state"),
    "device_fault": Entry("the device reports a fault", "the device's status is a fault"),
    "car_full": Entry("the car is full", "the charger or the car reports the end of charging"),
    "no_car": Entry("no car is connected", "the charger reports that no car is plugged in"),
    "not_allowed_to_charge": Entry(
        "the charger does not allow charging now", "a car is connected, and the charger itself does not let it charge"
    ),
    "cannot_be_paused": Entry(
        "cannot be paused: it has no switch, and its number starts at [{min_a} A][{min_w} W]",
        "a charger is in the way of others and nothing in its CONFIG can stop it",
    ),
}


RAISES: Mapping[str, Entry] = {
    "setting_missing": Entry("not raised: {text}", "an entity that CONFIG names for a limit has had no value yet"),
    "reading_missing": Entry("not raised: a meter reading is missing", "a meter over the load has no value"),
    "reading_late": Entry(
        "no more than its minimum while a meter reading is late", "a meter over the load is silent for stale_after_s"
    ),
    "fail_safe": Entry(
        "in fail-safe until a silent or stuck meter reports again[: {meters}]",
        "a meter over the load is silent for failsafe_after_s, or stuck",
    ),
    "limit_unmeasured": Entry("not raised: {limit} is not fully measured", "a reading of that limit is missing"),
    "limit_exceeded": Entry("not raised: {limit} is already exceeded", "more flows there than is allowed"),
    "limit_watched_first": Entry(
        "not raised before {limit} has been observed for {watch_s} s", "after a start, or when a limit is new"
    ),
    "next_command_due": Entry(
        "rises[ towards {share_a} A][ towards {share_w} W] with its next command: at most one every {min_write_s} s",
        "min_write_s has not passed",
    ),
    "last_raise_unseen": Entry(
        "rises again after the meter has had time to show its last raise",
        "its last raise may not show in the meter yet",
    ),
    "next_reading_awaited": Entry(
        "waits for the next meter reading", "no meter over the load has reported since its last raise"
    ),
    "room_not_lasting": Entry(
        "waits until[ {min_a} A][ {min_w} W][ more than {set_a} A][ more than {set_w} W] stay free "
        "(it watches for up to {most_s} s)[, limited by {limit}][ ({rating_a} A)]",
        "there is room, but not for long enough yet; how long depends on how much the house load changes",
    ),
    "leaves_room_to_start": Entry("leaves current free so that {loads} can start", "other loads are about to start"),
    "phases_switching": Entry("its phases are being switched", "the charger is between one phase and three"),
    "phases_wait_for_meters": Entry(
        "starts on its new phases when their meters report again", "its phases are switched, and a meter is missing"
    ),
    "phases_wait_for_room": Entry(
        "starts on its new phases when its minimum current is free",
        "its phases are switched, and there is no room for its minimum",
    ),
    "phases_wait_for_trial": Entry(
        "waits for a test on one phase: if it stayed on three, {limit} would be overloaded",
        "it is not known yet whether the charger obeys, and another phase has no room in case it does not",
    ),
    "phases_unmeasured": Entry(
        "at its minimum until its phases have been measured",
        "after its phases were switched, before the meters show them",
    ),
    "cut_deferred": Entry(
        "stays at [{set_a} A][{set_w} W] until its next command is due",
        "min_write_s has not passed, and no fuse is exceeded",
    ),
    "set_by_hand": Entry(
        "set to [{limit_a} A][{limit_w} W] by hand, at its device or in its app: stays until this session ends or "
        "it is changed there",
        "somebody has set a lower current at the charger",
    ),
    "uses_less": Entry(
        "offered [{usage_cap_a} A][{usage_cap_w} W], because it draws less than that: other loads get what it leaves",
        "the car does not use what it is offered",
    ),
    "boosted": Entry("boosted: has all it can use", "mode boost, and nothing limits the load"),
    "all_it_can_use": Entry("has all it can use", "nothing limits the load"),
    "rising": Entry("rising", "the load is on its way up to its share"),
}
