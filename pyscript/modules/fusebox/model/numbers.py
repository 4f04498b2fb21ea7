"""Numbers as a store holds them: types whose annotation says what they may be."""

from __future__ import annotations

from typing import Annotated


def is_positive(number: float) -> bool:
    """Whether a number is not below zero."""
    return number >= 0


Count = Annotated[int, is_positive]
Amount = Annotated[float, is_positive]
