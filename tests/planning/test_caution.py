"""How much more than usual a house counts with beside a peak."""

from __future__ import annotations

import pytest

from fusebox.model.electrics import Phase
from fusebox.planning.outlook import share_of, with_now


def test_what_may_be_made_up_for_counts_less_and_the_last_quarter_hour_wholly() -> None:
    assert share_of(7, [8]) == 1.0
    assert share_of(0, [16]) == pytest.approx(16**-0.35)
    assert share_of(0, [16, 81]) == pytest.approx(16**-0.35)
    assert share_of(16, [16, 97]) == pytest.approx(81**-0.35)


def test_after_the_last_departure_all_of_it_counts() -> None:
    assert share_of(8, [8]) == share_of(3, []) == 1.0


def test_nobody_is_careful_about_what_is_seen() -> None:
    L1, L2 = Phase.L1, Phase.L2
    usual = {L1: (1.0, 1.0), L2: (0.5, 0.5)}
    assert with_now(usual, {L1: 0.2}) == {L1: (0.2, 1.0), L2: (0.5, 0.5)}
    assert with_now(usual, {L1: 3.0}) == usual
    assert with_now({L1: ()}, {L1: 3.0}) == {L1: ()}
