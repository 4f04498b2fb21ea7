"""Which changes of a status entity are news, and which are only noise."""

from __future__ import annotations

import pytest

from fusebox.runtime.publisher import Change, change_between

AGEING = frozenset({"data_age_s"})


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ({"draw_a": 6.0}, {"draw_a": 6.5}, Change.NOISE),
        ({"draw_a": 6.0}, {"draw_a": 6.6}, Change.NEWS),
        ({"grid_a": {"L1": 1.0, "L2": 2.0}}, {"grid_a": {"L1": 1.0, "L2": 1.4}}, Change.NEWS),
        ({"grid_a": {"L1": 1.0}}, {"grid_a": {"L1": 1.3}}, Change.NOISE),
        ({"grid_a": {"L1": 1.0}}, {"grid_a": {"L1": None}}, Change.NEWS),
        ({"surplus_w": 500}, {"surplus_w": 690}, Change.NOISE),
        ({"surplus_w": 500}, {"surplus_w": 1500}, Change.SMALL),
        ({"data_age_s": 1}, {"data_age_s": 25}, Change.NOISE),
        ({"reason": "has 6.5 A"}, {"reason": "has 7 A"}, Change.SMALL),
        ({"reason": "has 6 A"}, {"reason": "waits for 6 A"}, Change.REWORDED),
        ({"reason": "60 % of its budget used"}, {"reason": "69 % of its budget used"}, Change.SMALL),
        ({"reason": "60 % of its budget used"}, {"reason": "70 % of its budget used"}, Change.NEWS),
        ({"fuse_budget_pct": 60}, {"fuse_budget_pct": 69}, Change.SMALL),
        ({"fuse_budget_pct": 60}, {"fuse_budget_pct": 70}, Change.NEWS),
        ({"errors": []}, {"errors": ["car: failed"]}, Change.NEWS),
        ({"plan": [{"kw": 3.6}]}, {"plan": [{"kw": 3.7}]}, Change.SMALL),
        ({"dimmed": None}, {"dimmed": False}, Change.NEWS),
        ({"mode": "off"}, {"mode": "off", "soc_pct": 5}, Change.NEWS),
        ({"mode": "off"}, {"mode": "off"}, Change.NONE),
    ],
)
def test_a_current_a_word_and_an_error_are_news_and_small_numbers_are_not(before, now, change) -> None:
    assert change_between(("ok", before), ("ok", now), AGEING) is change


@pytest.mark.parametrize(
    ("before", "now", "unit", "change"),
    [
        ("ok", "over", None, Change.NEWS),
        ("6.0", "6.4", "A", Change.NOISE),
        ("6.0", "16.0", "A", Change.NEWS),
        ("0.4", "0.0", "A", Change.NEWS),
        ("3", "4", None, Change.NEWS),
        ("unknown", "6.0", "A", Change.NEWS),
        ("2300", "2350", "W", Change.NOISE),
        ("0", "2300", "W", Change.NEWS),
    ],
)
def test_a_state_is_news_unless_it_is_a_current_or_a_power_that_hardly_moves(before, now, unit, change) -> None:
    told = {} if unit is None else {"unit_of_measurement": unit}
    assert change_between((before, told), (now, told), ()) is change
