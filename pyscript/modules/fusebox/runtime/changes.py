"""How much a status entity has changed; each write of a change is a row in Home Assistant's recorder. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import IntEnum, auto

from .. import tuning
from ..model.messages.message import REASON
from ..model.numbers import is_number, number_of

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) %")


class Change(IntEnum):
    """How urgent a change is, least first."""

    NONE = auto()
    NOISE = auto()
    """Currents and powers have changed by less than a user would notice."""
    SMALL = auto()
    """Only numbers have changed, including those in a sentence."""
    REWORDED = auto()
    """Only the wording of a reason has changed."""
    NEWS = auto()
    """The state, a status, a limit, an error or a current has changed."""


def change_between(
    before: tuple[str, Mapping[str, object]], now: tuple[str, Mapping[str, object]], ageing: Collection[str]
) -> Change:
    """Return how much (state, attributes) of an entity have changed; `ageing`: attributes that change by themselves."""
    if before == now:
        return Change.NONE
    state = _urgency_of_state_change(before[0], now[0], str(now[1].get("unit_of_measurement", "")))
    return max(state, _attributes_change(before[1], now[1], ageing))


def _urgency_of_state_change(before: str, now: str, unit: str) -> Change:
    """Return how urgent a change of a state is: NONE if equal, a number in A or W by its amount, all else NEWS.

    A change from or to 0, or of a word or another unit, is NEWS.
    """
    if before == now:
        return Change.NONE
    numbers = number_of(before), number_of(now)
    if None in numbers or unit not in ("A", "W") or 0.0 in numbers:
        return Change.NEWS
    return _numbers_change(numbers[0] or 0.0, numbers[1] or 0.0, f"_{unit.lower()}")


def _attributes_change(before: Mapping[str, object], now: Mapping[str, object], ageing: Collection[str]) -> Change:
    """Return the largest change of any attribute."""
    if before.keys() != now.keys():
        return Change.NEWS
    return max((_value_change(before[key], value, key, ageing) for key, value in now.items()), default=Change.NONE)


def _value_change(before: object, now: object, key: str, ageing: Collection[str]) -> Change:
    """Return how much one attribute has changed, by its type and the unit in its name; NOISE for one in `ageing`.

    Texts that differ in numbers only are SMALL, other texts NEWS, a reason REWORDED. A mapping or list counts by its
    largest change.
    """
    if before == now:
        return Change.NONE
    if key in ageing:
        return Change.NOISE
    if isinstance(before, str) and isinstance(now, str):
        if _NUMBER.sub("", before) == _NUMBER.sub("", now):
            percents = zip(_PERCENT.findall(before), _PERCENT.findall(now), strict=False)
            return max((_percents_change(float(a), float(b)) for a, b in percents), default=Change.SMALL)
        return Change.REWORDED if key.endswith(REASON) else Change.NEWS
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        if before.keys() != now.keys():
            return Change.REWORDED if key.endswith(f"{REASON}_values") else Change.NEWS
        # Amps by phase: the unit stands in the name of the attribute.
        return max(_value_change(before[name], now[name], key, ()) for name in now)
    if isinstance(before, (list, tuple)) and isinstance(now, (list, tuple)) and len(before) == len(now):
        return max(_value_change(a, b, key, ageing) for a, b in zip(before, now, strict=True))
    if is_number(before) and is_number(now):
        return _numbers_change(before, now, key)
    return Change.NEWS


def _numbers_change(before: float, now: float, key: str) -> Change:
    """Return how urgent a change of a number is, by the unit at the end of the attribute's name.

    A clear change of current is NEWS; small ones of current and power are NOISE; percentages have their own rule; all
    else is SMALL.
    """
    moved = abs(now - before)
    if key.endswith("_a"):
        return Change.NOISE if moved <= tuning.SHOWN_MOVED_A else Change.NEWS
    if key.endswith("_pct"):
        return _percents_change(before, now)
    return Change.NOISE if key.endswith("_w") and moved < tuning.CLEARLY_W else Change.SMALL


def _percents_change(before: float, now: float) -> Change:
    """Return NEWS for a change of at least `SHOWN_MOVED_PCT` percentage points, else SMALL."""
    return Change.NEWS if abs(now - before) >= tuning.SHOWN_MOVED_PCT else Change.SMALL
