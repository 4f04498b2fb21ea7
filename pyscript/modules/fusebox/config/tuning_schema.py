"""Schema of CONFIG["tuning"]: numbers of tuning.py by name, each between a tenth of and ten times the default."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from .. import tuning
from ..model.messages.message import message
from ..model.numbers import is_number
from .fields import MOST_ENTRIES
from .tree import Mistake, did_you_mean, nearest, quote_value

WIDEST_FACTOR = 10
"""A number may be this many times its default, or that fraction of it: anything beyond is a typing mistake."""

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
"""Prefixes of numbers that keep fuses safe: a CONFIG may only lower them.

They limit fuse heat, how long a silent meter is trusted, and how long a load may exceed its limit.
"""


def check_tuning(value: object) -> dict[str, object]:
    """Return name -> number of the tuning section, with a `Mistake` in place of each wrong number.

    Raises `vol.Invalid` for anything but a dict, or for too many entries.
    """
    if not isinstance(value, dict):
        raise vol.Invalid(message("value_where_dict_belongs", value=quote_value(value), example="{'raise_step_a': 4}"))
    if len(value) > MOST_ENTRIES:
        raise vol.Invalid(message("dict_length", count=len(value), most=MOST_ENTRIES))
    return {name: _check_number(name, given) for name, given in value.items()}


def _check_number(name: str, given: object) -> object:
    """Return a tuning number; a `Mistake` for an unknown name, or a value of another kind or out of range."""
    if isinstance(given, Mistake):
        return given
    shipped = tuning.SHIPPED.get(name)
    if shipped is None:
        return Mistake(message("tuning_unknown", **did_you_mean(nearest(name, tuning.SHIPPED))))
    whole, texts = isinstance(shipped, int), {"value": quote_value(given), "shipped": f"{shipped:.10g}"}
    if not is_number(given):
        return Mistake(message("tuning_not_number", **texts))
    if whole and given != int(given):
        return Mistake(message("tuning_not_whole", **texts))
    low, high = _allowed_range(name, shipped)
    if not low <= given <= high:
        return Mistake(message("tuning_out_of_range", allowed=f"{low:.10g} to {high:.10g}", **texts))
    return int(given) if whole else float(given)


def _allowed_range(name: str, shipped: float) -> tuple[float, float]:
    """Return the allowed (lowest, highest) for a number: its shipped value divided and multiplied by `WIDEST_FACTOR`.

    A share is at most 1, a percentage at most 100, and a number of safety at most as shipped.
    """
    low, high = sorted((shipped / WIDEST_FACTOR, shipped * WIDEST_FACTOR))
    if name.startswith(SAFETY):
        high = shipped
    elif name.endswith("_share"):
        high = min(high, 1.0)
    elif name.endswith("_pct"):
        high = min(high, 100.0)
    return (math.ceil(low), math.floor(high)) if isinstance(shipped, int) else (low, high)


def effective_tuning(config: Mapping[str, Any]) -> dict[str, float]:
    """Return the tuning numbers of the site's `caution`, overridden by those in the tuning section."""
    by_caution = {} if config["site"] is None else tuning.CAUTION[config["site"]["caution"]]
    return {**by_caution, **config["tuning"]}
