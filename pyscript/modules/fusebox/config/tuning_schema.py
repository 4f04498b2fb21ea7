"""What CONFIG["tuning"] may say: numbers of tuning.py by name, each within a tenth and ten times of what is shipped."""

from __future__ import annotations

import math

import voluptuous as vol

from .. import tuning
from ..model.numbers import is_number
from .fields import MOST_ENTRIES
from .tree import Wrong, nearest, show

WIDEST_FACTOR = 10
"""A number may be so many times what is shipped, or that part of it: what is further off is a slip."""

SAFETY = (
    "fuse_",
    "shed_",
    "recovered_theta",
    "raise_borne_ratio",
    "meter_stale_",
    "stray_reading_ratio",
    "tolerance_a",
    "follow_",
    "ignores_s",
)
"""What a fuse bears, how long a silent meter is believed, and how long a load may draw more than it was told: a CONFIG
may be more careful here, never bolder."""


def tuned(value: object) -> dict[str, object]:
    """The numbers that are asked for; what is wrong stands in its place."""
    if not isinstance(value, dict):
        raise vol.Invalid(f"{show(value)} where a dict belongs; write {{'raise_step_a': 4}}")
    if len(value) > MOST_ENTRIES:
        raise vol.Invalid(f"has {len(value)} entries; write at most {MOST_ENTRIES}")
    return {name: _checked(name, given) for name, given in value.items()}


def _checked(name: str, given: object) -> object:
    if isinstance(given, Wrong):
        return given
    shipped = tuning.SHIPPED.get(name)
    if shipped is None:
        found = nearest(name, tuning.SHIPPED)
        return Wrong(f"unknown name; {f'did you mean {found!r}? ' if found else ''}docs/tuning.md lists them")
    whole = isinstance(shipped, int)
    if not is_number(given):
        return Wrong(f"{show(given)} is not a number; write one such as {shipped:.10g}")
    if whole and given != int(given):
        return Wrong(f"{show(given)} is not a whole number; write one such as {shipped:.10g}")
    low, high = _range(name, shipped)
    if not low <= given <= high:
        return Wrong(f"{show(given)} is out of range; write {low:.10g} to {high:.10g}, shipped is {shipped:.10g}")
    return int(given) if whole else float(given)


def _range(name: str, shipped: float) -> tuple[float, float]:
    """What a number may be; a part of something is never more than the whole."""
    low, high = sorted((shipped / WIDEST_FACTOR, shipped * WIDEST_FACTOR))
    if name.startswith(SAFETY):
        high = shipped
    elif name.endswith("_share"):
        high = min(high, 1.0)
    elif name.endswith("_pct"):
        high = min(high, 100.0)
    return (math.ceil(low), math.floor(high)) if isinstance(shipped, int) else (low, high)
