"""The log stays readable: no line again within the hour, and no more than ten different ones."""

from __future__ import annotations

import logging

import pytest

from fusebox.runtime.log_throttle import LogThrottle


@pytest.fixture
def is_logged(caplog):
    """Returns whether one throttle logs a line at a time [s]."""
    throttle = LogThrottle()

    def log(line, now_s):
        before = len(caplog.messages)
        throttle.log(logging.ERROR, line, now_s)
        return caplog.messages[before:] == [line]

    return log


def test_a_line_is_due_again_after_an_hour(is_logged):
    assert [is_logged("it failed", at_s) for at_s in (0.0, 1.0, 3599.0, 3600.0, 3601.0)] == [1, 0, 0, 1, 0]


def test_no_more_than_ten_different_lines_are_due_within_an_hour(is_logged):
    assert [is_logged(f"failure {number}", number) for number in range(12)] == [True] * 10 + [False] * 2
    assert is_logged("another one", 3600.0), "the first is an hour old"
