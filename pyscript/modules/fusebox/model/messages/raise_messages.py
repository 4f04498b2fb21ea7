"""Why a load is below its share, and what it waits for before it is raised."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

RAISES: Mapping[str, Entry] = {
    "setting_missing": Entry("not raised: {text}", "an entity that CONFIG names for a limit has had no value yet"),
    "reading_missing": Entry("not raised: a meter reading is missing", "a meter over the load has no value"),
    "reading_late": Entry(
        "at its minimum at most: a meter reading is late", "a meter over the load is silent for stale_after_s"
    ),
    "fail_safe": Entry(
        "fail-safe: a meter is silent or stuck", "a meter over the load is silent for failsafe_after_s, or stuck"
    ),
    "limit_unmeasured": Entry("not raised: {limit} is not fully measured", "a reading of that limit is missing"),
    "limit_exceeded": Entry("not raised: {limit} carries too much already", "more flows there than is allowed"),
    "limit_watched_first": Entry(
        "{limit} is watched for {watch_s} s before anything rises", "after a start, or when a limit is new"
    ),
    "next_command_due": Entry(
        "rises with its next command: at most one every {min_write_s} s", "min_write_s has not passed"
    ),
    "last_raise_unseen": Entry(
        "rises again when the meter must have seen its last raise", "its last raise may not show in the meter yet"
    ),
    "next_reading_awaited": Entry(
        "rises with the next meter reading", "no meter over the load has reported since its last raise"
    ),
    "room_not_lasting": Entry(
        "waits to rise until there has been room for long enough", "there is room, but not for long enough yet"
    ),
    "leaves_room_to_start": Entry("leaves room for {loads} to start", "other loads are about to start"),
    "phases_switching": Entry("its phases are being switched", "the charger is between one phase and three"),
    "phases_wait_for_meters": Entry(
        "begins on other phases when its meters are seen again", "its phases are switched, and a meter is missing"
    ),
    "phases_wait_for_room": Entry(
        "begins on other phases when its minimum fits", "its phases are switched, and there is no room for its minimum"
    ),
    "phases_wait_for_trial": Entry(
        "waits to be tried on one phase: if it stayed on three, {limit} would carry too much",
        "it is not known yet whether the charger obeys, and another phase has no room in case it does not",
    ),
    "phases_unmeasured": Entry(
        "at its minimum until its phases have been measured",
        "after its phases were switched, before the meters show them",
    ),
    "cut_deferred": Entry(
        "stays at {set_a} A until its next command is due", "min_write_s has not passed, and no fuse is exceeded"
    ),
    "set_by_hand": Entry("set to {limit_a} A at its device", "somebody has set a lower current at the charger"),
    "uses_less": Entry(
        "draws less than {usage_cap_a} A, so other loads get the rest", "the car does not use what it is offered"
    ),
    "boosted": Entry("boosted: has all it can use", "mode boost, and nothing limits the load"),
    "all_it_can_use": Entry("has all it can use", "nothing limits the load"),
    "rising": Entry("rising", "the load is on its way up to its share"),
}
