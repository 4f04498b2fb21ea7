"""Numbers: the one parser of what may be one, and types whose annotation says what a number may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeGuard

LARGEST = 10**15
"""No number is larger, times in milliseconds included: its squares and products are numbers for floating point too."""


def number_of(value: object) -> float | None:
    """Return a number, also one as text; None for all else: words, blanks, nan, inf, what is too large, yes and no."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) <= LARGEST else None


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number already: no text, no yes or no, neither infinite nor larger than `LARGEST`."""
    return isinstance(value, int | float) and number_of(value) is not None


def is_positive(number: float) -> bool:
    """Whether a number is not below zero."""
    return number >= 0


Count = Annotated[int, is_positive]
Amount = Annotated[float, is_positive]


@dataclass(frozen=True, slots=True)
class Span:
    """In an annotation: what a number of CONFIG may be. `strict`: a live one outside is a mistake, not the nearest."""

    unit: str
    low: float
    high: float
    strict: bool = False

    def __call__(self, number: object) -> bool:
        """Whether a number may be this one; None may stand where there is none."""
        return number is None or (is_number(number) and self.low <= number <= self.high)
