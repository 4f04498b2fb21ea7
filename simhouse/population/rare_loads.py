"""Draw the loads that few homes have, a Quasar and radiators in turn; shares and ranges are chosen.

Each has its own stream of random numbers, so that homes without them are the same as before they were added.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .home import LENGTH_S, Bidirectional, Heating

QUASAR_SHARE, HEATING_SHARE = 0.08, 0.08
"""Shares of homes that have one; the two are independent."""

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
