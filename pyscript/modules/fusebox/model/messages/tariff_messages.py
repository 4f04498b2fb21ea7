"""How the import stands against a tariff, and the warning that the house alone exceeds it."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

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
