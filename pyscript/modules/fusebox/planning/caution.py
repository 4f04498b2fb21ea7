"""How much more than usual a house is expected to take; and that nobody has to be careful about what is seen.

Beside a peak, what is off in one quarter hour may be made up for in others. If they erred each by chance, those of a
night would come to the root of their number, and each had to count with 1 / root; if all erred alike, with all of it.
Houses are between the two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .. import tuning
from ..model.electrics import Phase


def seldom_above(
    usual_kw: Sequence[float],
    mean: Mapping[Phase, Sequence[float]],
    cautious: Mapping[Phase, Sequence[float]],
    ends: Sequence[int],
) -> tuple[float, ...]:
    """What is imported in each slot [kW], with so much more that loads are ready by their `ends` below a peak.

    Phases do not all take more at once.
    """
    found = []
    for slot, kw in enumerate(usual_kw):
        more_kw = math.hypot(*(cautious[phase][slot] - mean[phase][slot] for phase in mean))
        found.append(kw + more_kw * share_of(slot, ends))
    return tuple(found)


def share_of(slot: int, ends: Sequence[int]) -> float:
    """How much of that counts: the less, the more slots are left before the next of `ends`."""
    left = min([end - slot for end in ends if end > slot], default=1)
    return float(left**-tuning.PLAN_MAKES_UP)


def with_now(cautious: Mapping[Phase, Sequence[float]], now: Mapping[Phase, float]) -> dict[Phase, tuple[float, ...]]:
    """What each phase takes in each slot [kW], in the first no more than now: who may have more there takes it."""
    return {phase: (min(kws[0], now.get(phase, kws[0])), *kws[1:]) if kws else () for phase, kws in cautious.items()}
