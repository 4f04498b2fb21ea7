"""What counts as a number, wherever it comes from."""

from __future__ import annotations

import pytest

from fusebox.model.numbers import is_number, number_of


@pytest.mark.parametrize(
    "value",
    [None, "x", "", " ", "unknown", "unavailable", "nan", "inf", "16 A", True, False, float("nan"), float("-inf"),
     10**400, "9" * 5000, "1e999", 1e300, [], {}, object()],
)  # fmt: skip
def test_what_is_no_number_that_anything_can_have_is_none(value):
    assert number_of(value) is None


@pytest.mark.parametrize(("value", "number"), [(0, 0), (-3, -3), (" 16 ", 16), ("-0.5", -0.5), ("1e3", 1000)])
def test_a_number_counts_also_as_text(value, number):
    assert number_of(value) == number


@pytest.mark.parametrize(
    ("value", "expected"),
    [(16, True), (-0.5, True), ("16", False), (True, False), (None, False), (float("nan"), False), (1e20, False)],
)
def test_only_what_is_a_number_already_is_one(value, expected):
    assert is_number(value) is expected
