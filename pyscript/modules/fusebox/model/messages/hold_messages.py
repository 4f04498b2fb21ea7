"""Why a load stays on, or stays off, although its share says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

STAYS_ON: Mapping[str, Entry] = {
    "stopped_for_disobeying": Entry(
        "switched off: it does not keep to its current while {limit} is over its rating",
        "a fuse is overloaded and the charger draws more than its limit; its switch stops it",
    ),
    "stopped_by_switch_alone": Entry(
        "switched off: its current cannot be set while {limit} is over its rating",
        "a fuse is overloaded and the entity of the charger's current is unavailable; its switch stops it",
    ),
    "on_by_hand": Entry("switched on by hand", "somebody has switched the load on at its device, and it fits"),
    "minimum_on_time": Entry(
        "stays on for at least {min_on_s} s after a start", "its minimum on time (min_on_s) has not passed"
    ),
    "runs_until_blocked": Entry(
        "runs until its block takes effect", "a heat pump runs on while its block signal takes effect"
    ),
    "pump_block_used_up": Entry(
        "has been blocked for as long as a day allows", "a heat pump has used up max_block_s in the last 24 hours"
    ),
    "held_while_unmeasured": Entry(
        "held at its minimum: {limit} is not fully measured",
        "a reading of that limit is missing, so nothing is stopped",
    ),
    "stays_on_by_energy_left": Entry(
        "stays on although {limit} is exceeded, which it tolerates for a while",
        "a limit on energy over a time has enough left for now",
    ),
    "held_by_fuse": Entry(
        "held at {min_a} A while {limit} is overloaded, which that fuse tolerates for a while "
        "({used_pct} % of it used up)",
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
        "kept on although the {energy} goes to others before it, stops at {until}",
        "loads that are served before it now take the surplus",
    ),
}

STAYS_OFF: Mapping[str, Entry] = {
    "waits_for_temperature": Entry("waits for its temperature", "a tank's thermometer has no value"),
    "pump_stays_blocked": Entry(
        "stays blocked until {until}: a signal lasts for dwell_s at least", "a heat pump's signal stays for dwell_s"
    ),
    "minimum_off_time": Entry(
        "stays off until {until}: it rests after a stop (min_off_s)", "its minimum off time has not passed"
    ),
    "minimum_off_time_doubled": Entry(
        "stays off until {until}: it rests after a stop (min_off_s), longer after several stops by {limit}",
        "a limit on energy has stopped it several times",
    ),
    "started_once_today": Entry("has started once today", "max_starts_per_day is 1, and it has started"),
    "starts_used_up": Entry("has started {starts} times today", "it has started max_starts_per_day times today"),
    "fuse_cools_down": Entry("paused until {limit} has cooled down", "an overloaded fuse has stopped it"),
    "paused_until_it_fits": Entry(
        "paused until its minimum has fitted for {pause_min} min", "there is still no room for its minimum"
    ),
    "paused_by_until_it_fits": Entry(
        "paused by {limit} until its minimum has fitted for {pause_min} min",
        "that limit has stopped it, and there is still no room for its minimum",
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
        "waits: {limit} would soon stop it again", "what a limit has left is too little for a start"
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
        "starts when its minimum has fitted for {watch_s} s: others would have to make way",
        "other loads would be lowered for its start, so the room has to last",
    ),
    "waits_its_turn": Entry(
        "waits until {until} at the latest: charging would cost {losers} more than it gains",
        "under optimized, its start would take more from the loads before it than it gets",
    ),
    "turn_starts_at": Entry(
        "starts at {until} unless charging would cost others more than it gains again",
        "under optimized, its start no longer costs the others more than it gets",
    ),
}
