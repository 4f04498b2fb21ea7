"""How many hours of a local day the prices call upon a load or block it, and which of both they do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from .numbers import Span


@dataclass(frozen=True, slots=True)
class PriceHours:
    """The hours of each local day in which prices steer a load; 0 for none."""

    recommend_hours: Annotated[float, Span("h", 0, 24)] = 0.0
    """The cheapest hours, in which a heat pump is recommended to run and a tank heats to `boost_c` [h]."""
    block_hours: Annotated[float, Span("h", 0, 12)] = 0.0
    """The dearest hours, in which a heat pump is blocked [h]."""


@dataclass(frozen=True, slots=True)
class PriceSignal:
    """The signal by price for a load."""

    state: Literal["recommend", "block"]
    until_s: float
    """The end of the hours that ask for it [s since 1970]."""
