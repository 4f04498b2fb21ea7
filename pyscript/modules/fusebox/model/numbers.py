"""Numbers: the one parser for values that may be numbers, and types whose annotation limits a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeGuard

LARGEST = 10**15
"""The largest number accepted; times in milliseconds fit, and squares and products stay finite."""


def number_of(value: object) -> float | None:
    """Return a number, also from text; None for anything else: words, blanks, nan, inf, too large, True and False."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) <= LARGEST else None


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a value is a number already: no text or bool, neither infinite nor larger than `LARGEST`."""
    return isinstance(value, int | float) and number_of(value) is not None


def is_not_negative(number: float) -> bool:
    """Return whether a number is not below zero."""
    return number >= 0


Count = Annotated[int, is_not_negative]
Amount = Annotated[float, is_not_negative]


@dataclass(frozen=True, slots=True)
class Span:
    """An annotation for the allowed range of a number in CONFIG.

    `strict`: a live value outside is a mistake; otherwise the nearest allowed one is used.
    """

    unit: str
    low: float
    high: float
    strict: bool = False

    def __call__(self, number: object) -> bool:
        """Return whether a number is in the range; None is accepted."""
        return number is None or (is_number(number) and self.low <= number <= self.high)


def rounded(value: float | None, digits: int = 1) -> float | None:
    """Return a value rounded to so many decimals, None for None."""
    return None if value is None else round(value, digits)
