"""Waits that double: the first unchanged, never beyond the longest."""

from __future__ import annotations

import pytest

from fusebox.model.durations import backoff_s


@pytest.mark.parametrize(
    ("times", "wait_s"), [(-1, 10.0), (0, 10.0), (1, 20.0), (3, 80.0), (4, 100.0), (10_000, 100.0)]
)
def test_each_wait_is_twice_the_one_before_up_to_the_longest(times: int, wait_s: float) -> None:
    assert backoff_s(10.0, times, 100.0) == wait_s
