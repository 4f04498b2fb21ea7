"""Hypothesis strategies that are built once: building and checking one anew costs far more than drawing from it."""

from __future__ import annotations

import functools
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@functools.lru_cache(maxsize=None, typed=True)
def among(*values: T) -> st.SearchStrategy[T]:
    """Return the strategy that draws one of these hashable values, twice as often what stands there twice."""
    return st.sampled_from(values)


@functools.lru_cache(maxsize=None, typed=True)
def decimals(low: float, high: float, digits: int = 0) -> st.SearchStrategy[float]:
    """Return the strategy that draws a number from `low` to `high`, rounded to so many digits."""
    return st.floats(low, high).map(lambda number: round(number, digits))


@functools.cache
def or_none(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Return the strategy that draws None or from a strategy that is itself built once."""
    return st.none() | strategy


@functools.cache
def some_of(*values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return the strategy that draws at least one of these values, in their order."""
    return st.sets(st.sampled_from(values), min_size=1).map(lambda drawn: tuple(sorted(drawn)))


@functools.cache
def texts(max_size: int | None = None) -> st.SearchStrategy[str]:
    """Return the strategy that draws a text of at most `max_size` characters, None for any length.

    It draws what `st.text()` does, which first takes seconds to list the characters that UTF-8 can encode.
    """
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)
