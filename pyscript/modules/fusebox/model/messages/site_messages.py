"""What the site reports: the one thing that matters now."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_FLOWS = "{flow_a} A of {rating_a} A"
_LOWERED = "[; to be lowered: {lowered}]"

SITE: Mapping[str, Entry] = {
    "too_much_current": Entry(
        f"too much current on {{limit}}: {_FLOWS}{_LOWERED}[; {{loads}}], house {{house_a}} A",
        "a fuse carries more than its rating",
    ),
    "too_much_current_by_house": Entry(
        f"too much current on {{limit}}: {_FLOWS}, and no load is left to lower: switch something off; "
        "house {house_a} A",
        "the same, and every load there has 0 A",
    ),
    "too_much_export": Entry(
        f"too much export through {{limit}}: {_FLOWS}", "more current flows out through a fuse than its rating"
    ),
    "too_much_of_limit": Entry(
        f"{{limit}} is exceeded: {_FLOWS}{_LOWERED}[; {{loads}}], house {{house_a}} A",
        "a limit that is no fuse is exceeded, such as the import limit or the imbalance",
    ),
    "tariff_exceeded_by_house": Entry(
        "the house alone draws {house_w} W[ ({mean_w} W on average)], and only {left_w} W meet the {limit} target: "
        "switch something off[; loads get {loads}]",
        "the house would exceed the target of this quarter hour, or hour, without any load",
    ),
    "tariff_exceeded": Entry(
        "house and loads exceed the {limit} target: {taken_w} W, and at most {left_w} W would meet it[; {loads}]",
        "the average of this quarter hour, or hour, would end above the target",
    ),
    "meter_without_value": Entry(
        "no value yet from {meters}[ and {more} more]: {loads} not raised",
        "a meter has not had a value since the start",
    ),
    "meter_late": Entry(
        "no new value from {meters}[ and {more} more]: {loads} at the minimum at most",
        "a meter is silent for stale_after_s",
    ),
    "meter_silent": Entry(
        "{meters}[ and {more} more] silent, or stuck at one value: {loads} at the fail-safe current",
        "a meter is silent for failsafe_after_s, or stuck",
    ),
    "all_meters_silent": Entry(
        "no meter reports: {loads} lowered; look at the integration or network of the meters",
        "all meters of the site are silent",
    ),
    "meter_slow": Entry(
        "{meter} reports slowly: late after {stale_s} s, fail-safe after {failsafe_s} s",
        "a meter reports so rarely that the times of stale_after_s and failsafe_after_s are longer for it",
    ),
    "site_on_island": Entry("the grid is gone[; running on inverter and battery: {loads}]", "site.island is on"),
    "grid_has_returned": Entry(
        "the grid has returned; each load waits before it starts again (pause_s)",
        "site.island is off again",
    ),
    "last_good_config": Entry(
        "CONFIG has a mistake, so the last good one stays in force: {mistake}", "CONFIG was saved with a mistake"
    ),
    "moved_by_wiring_test": Entry("moved by the wiring test", "the wiring test switches or steers this load now"),
    "waits_for_wiring_test": Entry("waits for the end of the wiring test", "the wiring test runs with another load"),
    "site_has_all": Entry("every load has what it can use", "nothing limits a load"),
}
