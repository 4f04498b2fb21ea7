"""Law of `imbalance_max_a`: at no second do our loads raise two phases apart by more, in any house, in any mode."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.control.limits import ceilings
from fusebox.control.limits.import_limit import imbalance_ceilings

from .effort import examples
from .uneven_houses import uneven_house
from .unevenness import Unevenness, played

FULL = 3019
"""A house whose chargers would go further apart."""


@examples(8)
@given(st.integers(1, 10**9))
@example(3108)
def test_our_loads_never_raise_two_phases_further_apart(seed: int) -> None:
    seen = played(uneven_house(seed))
    assert not seen.ours, (seen.limit_a, seen.ours[:5])


def test_the_law_notices_loads_that_nothing_keeps_balanced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _balanced().ours
    others = tuple(source for source in ceilings.SOURCES if source is not imbalance_ceilings)
    monkeypatch.setattr(ceilings, "SOURCES", others)
    assert played(uneven_house(FULL)).ours


def test_the_limit_is_used() -> None:
    seen = _balanced()
    assert seen.limit_a - 2 < seen.closest_a <= seen.limit_a + 0.5


@cache
def _balanced() -> Unevenness:
    return played(uneven_house(FULL))
