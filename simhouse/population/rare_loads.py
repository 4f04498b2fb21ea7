"""Draw what few homes have: a Quasar, radiators in turn, a load in watts, chargers that switch phases; all chosen.

Each has its own stream of random numbers, so that homes without them are the same as before they were added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from .home import LENGTH_S, Bidirectional, Box, Heating, InWatts

QUASAR_SHARE, HEATING_SHARE = 0.08, 0.08
"""Shares of homes that have one; the two are independent."""

NEWER_FROM_SEED = 60_001
"""Only homes of this seed and later may have a load in watts and switch phases: earlier ones have published figures."""

IN_WATTS_SHARE, SWITCHING_SHARE = 0.3, 0.5
"""Shares of homes with a load in watts, and of three-phase chargers not behind a cloud that can switch phases."""

IN_WATTS_W = (2000.0, 6000.0)

QUASAR_FUSE_A = 20.0
"""A Quasar is not installed behind a smaller main fuse [A]."""

QUASAR_MOST_W = (3680.0, 7360.0)
"""Settings of its highest power [W]: 16 A or 32 A; the larger one behind a main fuse of 32 A or more."""

PLAN_CHANGES_S = (300, 1800)
"""Seconds between two changes of its controller's plan: V2G-Liberty changes it with the price, often or seldom."""

RADIATORS = (3, 7)
RADIATOR_W = (500.0, 1500.0)
RADIATORS_SHARE = 0.8
"""All radiators together need at most this share of what the main fuse carries on a phase."""


def draw_quasar(seed: int, phases: Sequence[str], fuse_a: float) -> Bidirectional | None:
    """Return the Quasar of this seed's home, None without one."""
    random = Random(f"{seed}:quasar")
    if random.random() >= QUASAR_SHARE or fuse_a < QUASAR_FUSE_A:
        return None
    most_w = random.choice(QUASAR_MOST_W if fuse_a >= 32 else QUASAR_MOST_W[:1])
    plan, at_s = [], random.randint(5, 120)
    while at_s < LENGTH_S:
        power_w = round(random.uniform(1500, most_w), -1)
        plan.append((at_s, int(power_w * random.choice((1, 1, -1, 0)))))
        at_s += random.randint(*PLAN_CHANGES_S)
    return Bidirectional("v2g", random.choice(phases), most_w, random.uniform(20, 80), tuple(plan))


def draw_heating(seed: int, phases: Sequence[str], fuse_a: float) -> Heating | None:
    """Return the radiators of this seed's home, None without any."""
    random = Random(f"{seed}:heating")
    if random.random() >= HEATING_SHARE:
        return None
    count, rated_w = random.randint(*RADIATORS), random.uniform(*RADIATOR_W)
    rated_w = min(rated_w, RADIATORS_SHARE * fuse_a * 230 / count)
    return Heating("heating", random.choice(phases), count, round(rated_w, -1))


def draw_in_watts(seed: int, phases: Sequence[str], fuse_a: float) -> InWatts | None:
    """Return the load in watts of this seed's home, None without one."""
    random = Random(f"{seed}:in watts")
    if seed < NEWER_FROM_SEED or random.random() >= IN_WATTS_SHARE:
        return None
    most_w = min(random.uniform(*IN_WATTS_W), 0.9 * fuse_a * 230)
    return InWatts("heater", random.choice(phases), round(most_w, -1))


def with_phase_switching(seed: int, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return the chargers of this seed's home, some of which can switch phases."""
    random = Random(f"{seed}:switches phases")
    if seed < NEWER_FROM_SEED:
        return boxes
    able = [len(box.phases) > 1 and box.reach != "cloud" and random.random() < SWITCHING_SHARE for box in boxes]
    return tuple(replace(box, switches_phases=switches) for box, switches in zip(boxes, able, strict=True))
