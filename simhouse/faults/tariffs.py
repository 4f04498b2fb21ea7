"""Faults of a tariff's inputs: the meter's running demand, its month peak, and readings that would cost money."""

from __future__ import annotations

from typing import Any

from . import houses
from .fault import Fault, Predicate, Trouble
from .predicates import all_well, both
from .stage import Stage
from .troubles import Flickers, Oven, Shows, word

TARGET_KW = 5.0
WINDOW_S = 900
PEAK = "sensor.fusebox_peak"
TARIFF = houses.site({"car": houses.box()}, main_fuse_a=40) | {
    "tariff": {
        "kind": "fluvius",
        "target_kw": TARGET_KW,
        "demand_kw": "sensor.demand_kw",
        "month_peak_kw": "sensor.month_kw",
    }
}
TOLD_BY_POWER = houses.site({"car": houses.box()}, main_fuse_a=40) | {
    "tariff": {"kind": "fluvius", "target_kw": TARGET_KW}
}
ADDED_UP = "import is calculated from the meter's power instead, from the first second"


def within_target(stage: Stage) -> bool:
    """Whether the meter has counted no more than the target in any window of the month."""
    demand = stage.house.demand
    return max(demand.month_peak_kw, demand.demand_kw) <= TARGET_KW


def target_kept(stage: Stage) -> bool:
    """Whether the scripts keep CONFIG's target and report no false month peak."""
    attributes = stage.published.get(PEAK, {}).get("attributes", {})
    return attributes.get("target_kw") == TARGET_KW and attributes.get("month_peak_kw", 0.0) <= TARGET_KW


def _tariff_fault(name: str, happens: str, *troubles: Trouble, safe: Predicate = within_target, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "no window above the target of CONFIG",
        "config": TARIFF,
        "safe": both(safe, target_kept),
        "within_s": 0,
        "promise": ADDED_UP,
        "fine": both(within_target, target_kept, all_well),
        "fine_within_s": 60,
        "lasts_s": 2 * WINDOW_S,
    }
    return Fault(name, f"{happens}, and the oven comes on", troubles=(*troubles, Oven(6)), **(facts | more))


TARIFFS = (
    _tariff_fault(
        "tariff_oven_alone",
        "nothing is wrong",
        promise="the car stays at its minimum while an appliance may still start",
    ),
    _tariff_fault(
        "tariff_sensors_unavailable",
        "the meter's running demand and its month peak are unavailable",
        Shows("sensor.demand_kw sensor.month_kw", word("unavailable")),
    ),
    _tariff_fault(
        "tariff_sensors_absurd",
        "the meter's running demand and its month peak report 999999",
        Shows("sensor.demand_kw sensor.month_kw", word("999999")),
        fine_within_s=WINDOW_S + 60,  # the error quotes whole windows: the first good one ends it
    ),
    _tariff_fault(
        "tariff_demand_zero",
        "the meter's running demand stays at 0",
        Shows("sensor.demand_kw", word("0")),
        promise="a demand that does not grow is not used; import is calculated instead",
    ),
    _tariff_fault(
        "tariff_meter_jumps",
        "once a minute the meter reports 999999, 32767 or -999999 W for a second",
        Flickers("sensor.l1", ("999999", "32767", "-999999"), every_s=60),
        config=TOLD_BY_POWER,
        promise="a reading that no fuse lets through is rejected; the target counts in its place",
        fine_within_s=300,
    ),
)
