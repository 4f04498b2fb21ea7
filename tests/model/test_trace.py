"""A signal over time: what it was at an earlier moment."""

from __future__ import annotations

import pytest

from fusebox.model.trace import extend, range_since, total_move, trace_value_at

TRACE = ((0.0, 1.0), (10.0, 4.0), (20.0, 2.0))


@pytest.mark.parametrize(
    ("at_s", "value"), [(-5, 1.0), (0, 1.0), (9, 1.0), (9.6, 4.0), (10, 4.0), (19, 4.0), (25, 2.0)]
)
def test_a_value_holds_until_the_next_and_the_oldest_for_any_time_before(at_s, value):
    assert trace_value_at(TRACE, at_s) == value and trace_value_at((), at_s) is None


@pytest.mark.parametrize(("from_s", "found"), [(-5, (1.0, 4.0)), (12, (2.0, 4.0)), (20, (2.0, 2.0)), (30, (2.0, 2.0))])
def test_the_range_since_a_time_includes_the_value_that_held_then(from_s, found):
    assert range_since(TRACE, from_s) == found and range_since((), from_s) == (0.0, 0.0)


def test_a_trace_keeps_what_held_as_long_ago_as_it_is_needed():
    assert extend(TRACE, 25.0, 3.0, 10.0) == ((10.0, 4.0), (20.0, 2.0), (25.0, 3.0))
    assert total_move([1.0, 4.0, 2.0]) == 5.0
