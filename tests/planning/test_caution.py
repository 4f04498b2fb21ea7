"""How far above usual the house load counts while a peak is billed."""

from __future__ import annotations

import pytest

from fusebox.model.electrics import Phase
from fusebox.planning.slot_forecast import counted_share_of_spread, with_present_load


def test_what_may_be_made_up_for_counts_less_and_the_last_quarter_hour_wholly() -> None:
    assert counted_share_of_spread(7, [8]) == 1.0
    assert counted_share_of_spread(0, [16]) == pytest.approx(16**-0.35)
    assert counted_share_of_spread(0, [16, 81]) == pytest.approx(16**-0.35)
    assert counted_share_of_spread(16, [16, 97]) == pytest.approx(81**-0.35)


def test_after_the_last_departure_all_of_it_counts() -> None:
    assert counted_share_of_spread(8, [8]) == counted_share_of_spread(3, []) == 1.0


def test_no_caution_is_added_to_a_measured_value() -> None:
    L1, L2 = Phase.L1, Phase.L2
    usual = {L1: (1.0, 1.0), L2: (0.5, 0.5)}
    assert with_present_load(usual, {L1: 0.2}) == {L1: (0.2, 1.0), L2: (0.5, 0.5)}
    assert with_present_load(usual, {L1: 3.0}) == usual
    assert with_present_load({L1: ()}, {L1: 3.0}) == {L1: ()}
