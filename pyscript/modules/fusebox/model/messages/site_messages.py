"""What the site reports: the one thing that matters now, how its import stands against a tariff, and warnings."""

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
        "the house alone draws {house_w} W[ ({mean_w} W on average)], and only {left_w} W meet {limit}: "
        "switch something off[; loads get {loads}]",
        "the house would exceed the target of this quarter hour, or hour, without any load",
    ),
    "tariff_exceeded": Entry(
        "house and loads exceed {limit}: {taken_w} W, and at most {left_w} W would meet it[; {loads}]",
        "the average of this quarter hour, or hour, would end above the target",
    ),
    "meter_without_value": Entry(
        "no value from {meters}[ and {more} more]: {loads} not raised",
        "a meter has no value now (unavailable), or none since the start",
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


_UNSEEN = "[; import before {unseen_until} is unknown]"
_TAKES = "it takes {house_w} W[ now, {mean_w} W on average]"
_ON = "[; on: {consumers}]"
_TEXT = "The house alone takes {house_w} W[ now, {mean_w} W on average]"
_LOADS = " Loads now: {loads}.[ On now: {consumers}.]"

TARIFF: Mapping[str, Entry] = {
    "peak_kept": Entry(
        f"kept to {{limit_kw}} kW until {{until}}{_UNSEEN}", "the average until then stays below the target"
    ),
    "peak_paid_already": Entry(
        f"kept to {{limit_kw}} kW, a peak that this month already has, until {{until}}{_UNSEEN}",
        "a peak of this month was higher than the target, so as much is free until the month ends",
    ),
    "peak_not_counted": Entry("no peak counts now", "the tariff bills no peak at this time"),
    "peak_exceeded_by_house": Entry(
        f"the house alone exceeds {{limit_kw}} kW until {{until}}: {_TAKES}, but may take {{left_w}} W{_ON}",
        "no load can lower it any more; consumers are the largest appliances by the meters",
    ),
    "contract_exceeded_by_house": Entry(
        f"the house alone exceeds the contract of {{limit_kw}} kW: {_TAKES}, {{left_w}} W are tolerated{_ON}",
        "the same with tariff italy",
    ),
    "contract_kept": Entry(
        f"kept to the contract of {{limit_kw}} kW (10 % more is tolerated){_UNSEEN}", "tariff italy"
    ),
    "tariff_meter_unknown": Entry(
        "the meter has no value: meanwhile the import counts as the target at least", "a meter of the grid has no value"
    ),
    "dimmed_by_operator": Entry("dimmed by the grid operator[ to {limit_w} W]", "tariff.dim reports an order"),
    "not_dimmed": Entry("not dimmed by the grid operator", "tariff.dim reports none"),
    "dimming_unknown": Entry("the order of tariff.dim is unknown: it counts as dimmed", "its entity has no value"),
    "tariff_not_kept": Entry(
        "balance_site.py does not run: nothing keeps the import within the tariff", "that script is missing or fails"
    ),
    "tariff_dry_run": Entry("dry run: nothing keeps the import within the tariff", "dry_run is on"),
    "dimmings_unwritten": Entry(
        "{file} cannot be written ({error}); free the disk or its rights", "a dimming is still to be recorded"
    ),
    "demand_does_not_run": Entry(
        "{entity} does not grow from 0 in each window as a running demand does: it is not used, import is added up "
        "instead; name another entity, or None",
        "tariff.demand_kw names another kind of entity",
    ),
}

WARNINGS: Mapping[str, Entry] = {
    "peak_warning": Entry("Fusebox: above {limit_kw} kW until {until}", "the title of the notification"),
    "peak_warning_text": Entry(
        f"{_TEXT}, but may take {{left_w}} W until {{until}} to stay within {{limit_kw}} kW.{_LOADS}", "its text"
    ),
    "contract_warning": Entry("Fusebox: above the contract of {limit_kw} kW", "the same with tariff italy"),
    "contract_warning_text": Entry(
        f"{_TEXT}, and a contract of {{limit_kw}} kW tolerates {{left_w}} W permanently.{_LOADS}", "its text"
    ),
    "consumer_on_phase": Entry("{power_kw} kW on {phase} since {since}", "an appliance that came on, by a meter"),
    "consumer_load": Entry("{power_kw} kW {load}", "the draw of a load"),
}
