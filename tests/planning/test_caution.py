"""How much more than usual a house counts with beside a peak."""

from __future__ import annotations

import pytest

from fusebox.planning.caution import share_of


def test_what_may_be_made_up_for_counts_less_and_the_last_quarter_hour_wholly() -> None:
    assert share_of(7, [8]) == 1.0
    assert share_of(0, [16]) == pytest.approx(0.5)
    assert share_of(0, [16, 81]) == pytest.approx(0.5)
    assert share_of(16, [16, 97]) == pytest.approx(1 / 3)


def test_after_the_last_departure_all_of_it_counts() -> None:
    assert share_of(8, [8]) == share_of(3, []) == 1.0
