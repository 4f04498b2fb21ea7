"""Why a load stays on or off although its share says otherwise, requests nothing, or waits before it is raised."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

STAYS_ON: Mapping[str, Entry] = {
    "stopped_for_disobeying": Entry(
        "switched off: it ignored its limit while {limit} was overloaded",
        "a fuse is overloaded and the charger draws more than its limit; its switch stops it",
    ),
    "stopped_by_switch_alone": Entry(
        "switched off: its current cannot be set, and {limit} is overloaded",
        "a fuse is overloaded and the entity of the charger's current is unavailable; its switch stops it",
    ),
    "on_by_hand": Entry("switched on by hand", "somebody has switched the load on at its device, and it fits"),
    "tests_hidden_sun": Entry(
        "tests whether the inverter holds sun back: the grid helps until it has followed",
        "a throttled inverter: a load has started to see whether it gives more",
    ),
    "minimum_on_time": Entry(
        "stays on until at least {until}[, although {limit} has no room for it]: it runs at least {min_on_s} s "
        "per start",
        "its minimum on time (min_on_s) has not passed",
    ),
    "runs_until_blocked": Entry(
        "still runs, but is blocked if {limit} goes on having no room for it",
        "a heat pump runs for a moment, and until dwell_s has passed, before it is blocked",
    ),
    "pump_block_used_up": Entry(
        "not blocked: it has already been, for the {most_min} min that are allowed in 24 hours",
        "a heat pump has used up max_block_s in the last 24 hours",
    ),
    "stays_on_by_energy_left": Entry(
        "stays on although {limit} is exceeded, which it tolerates for a while",
        "a limit on energy over a time has enough left for now",
    ),
    "held_by_fuse": Entry(
        "held at {min_a} A: {limit} ({rating_a} A) is overloaded, which a fuse bears for a while; pauses if that lasts "
        "({used_pct} % used up)",
        "the fuse carries more than its rating, which it tolerates for a while; the charger stays at its minimum",
    ),
    "held_by_limit": Entry(
        "held at {min_a} A while {limit} is exceeded, which it tolerates for a while",
        "the limit is exceeded, which it tolerates for a while; the charger stays at its minimum",
    ),
    "kept_without_energy": Entry(
        "not enough {energy}: kept on, stops at {until} unless it returns",
        "a switched load goes on for stop_after_s without enough surplus",
    ),
    "held_without_energy": Entry(
        "not enough {energy}: held at {min_a} A, stops at {until} unless it returns",
        "a charger stays at its minimum for stop_after_s without enough surplus",
    ),
    "kept_while_others_go_first": Entry(
        "kept on until {until} although loads that go first use the {energy}",
        "loads that are served before it now take the surplus",
    ),
}

STAYS_OFF: Mapping[str, Entry] = {
    "waits_for_temperature": Entry("waits until its temperature is known", "a tank's thermometer has no value"),
    "pump_stays_blocked": Entry(
        "stays blocked until {until}: its relays keep each state for at least {dwell_min} min",
        "a heat pump's signal stays for dwell_s",
    ),
    "minimum_off_time": Entry(
        "stays off until {until}: it rests at least {min_off_s} s after a stop",
        "its minimum off time (min_off_s) has not passed",
    ),
    "minimum_off_time_doubled": Entry(
        "stays off until {until}: it rests after a stop, longer after several stops by {limit}",
        "a limit on energy has stopped it several times",
    ),
    "started_once_today": Entry(
        "off until tomorrow: it has started once today", "max_starts_per_day is 1, and it has started"
    ),
    "starts_used_up": Entry(
        "off until tomorrow: it has started {starts} times today", "it has started max_starts_per_day times today"
    ),
    "fuse_cools_down": Entry(
        "paused until the overloaded fuse {limit} has cooled down", "an overloaded fuse has stopped it"
    ),
    "paused_until_it_fits": Entry(
        "paused until its minimum[ of {min_a} A][ of {min_w} W] has been free for {pause_min} min",
        "there is still no room for its minimum",
    ),
    "paused_by_until_it_fits": Entry(
        "paused by {limit} until its minimum[ of {min_a} A][ of {min_w} W] has been free for {pause_min} min",
        "that limit has stopped it, and there is still no room for its minimum",
    ),
    "grid_is_back": Entry(
        "waits until {until} at the earliest: the grid has only just returned",
        "the load may not run on an island; pause_s has not passed since its end",
    ),
    "paused_until": Entry(
        "paused until {until} at the earliest: it was stopped a short time ago",
        "there is room again; pause_s has not passed",
    ),
    "paused_by_until": Entry(
        "paused by {limit} until {until} at the earliest",
        "that limit has stopped it; there is room again, pause_s has not passed",
    ),
    "would_soon_stop": Entry(
        "waits, because {limit} would soon stop it again", "what a limit has left is too little for a start"
    ),
    "energy_must_last": Entry(
        "enough {energy}, starts at {until} if it lasts", "there is enough surplus; start_after_s has not passed"
    ),
    "energy_must_last_longer": Entry(
        "enough {energy}, starts at {until} if it lasts; it was stopped for want of it {stops} times in the last "
        "{window_min} minutes",
        "the same after several stops, each of which doubles the wait",
    ),
    "room_must_last": Entry(
        "starts when its minimum[ of {min_a} A][ of {min_w} W] has been free for {watch_s} s, because other loads are "
        "lowered for it",
        "other loads would be lowered for its start, so the room has to last",
    ),
    "waits_its_turn": Entry(
        "waits for {losers}, until {until} at the latest: now it would slow {losers} by more than "
        "it could charge itself",
        "under optimized, its start would take more from the loads before it than it gets",
    ),
    "turn_starts_at": Entry(
        "starts at {until}, unless it would again slow other loads by more than it could charge itself",
        "under optimized, its start no longer costs the others more than it gets",
    ),
}


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
