"""A tariff that bills peaks, by the sensors of a meter that tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dump import Entity
from .found import Guess
from .plain_signs import DEMAND_NOW, DEMAND_OF_MONTH

ASKED = (
    "tariff: only Belgian meters tell these, so fluvius is assumed. Take it out if you do not pay for peaks, "
    "or write target_kw, the mean of a quarter of an hour that is yours for free"
)


def tariff_of(seen: Sequence[Entity]) -> Guess:
    """`tariff`, from the mean of this quarter of an hour, with the highest one of this month where that is told."""
    powers = [each for each in seen if each.domain == "sensor" and each.is_power]
    now = next((each for each in powers if re.search(DEMAND_NOW, each.name)), None)
    if now is None:
        return Guess()
    month = next((each for each in powers if re.search(DEMAND_OF_MONTH, each.name)), None)
    part: dict[str, object] = {"kind": "fluvius", "demand_kw": now.entity}
    told = [now.entity]
    if month is not None:
        part["month_peak_kw"] = month.entity
        told.append(month.entity)
    reason = f"tariff: {', '.join(told)}: called as a meter's quarter-hour demand"
    return Guess(part, [reason], [ASKED], set(told))
