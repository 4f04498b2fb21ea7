"""Waits that double: the first unchanged, never beyond the longest."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.model.durations import NO_ATTEMPTS, backoff_s


@pytest.mark.parametrize(
    ("times", "wait_s"), [(-1, 10.0), (0, 10.0), (1, 20.0), (3, 80.0), (4, 100.0), (10_000, 100.0)]
)
def test_each_wait_is_twice_the_one_before_up_to_the_longest(times: int, wait_s: float) -> None:
    assert backoff_s(10.0, times, 100.0) == wait_s


def sent_at(seconds: int, value: str = "on", even: int = 0) -> list[int]:
    """The seconds at which a value is sent that is never confirmed."""
    attempts, found = NO_ATTEMPTS, []
    for at in range(seconds):
        if attempts.is_due(value, 10, at, even):
            attempts, found = attempts.after_sending(value, at), [*found, at]
    return found


def test_an_unconfirmed_command_is_repeated_after_doubling_waits_up_to_the_longest():
    found = sent_at(3000)
    assert found[:5] == [0, 10, 30, 70, 150]
    assert found[-1] - found[-2] == tuning.RETRY_LONGEST_S


def test_some_waits_may_be_even_before_they_double():
    assert sent_at(200, even=3)[:8] == [0, 10, 20, 30, 40, 60, 100, 180]


def test_another_value_is_sent_at_once_and_begins_with_the_first_wait():
    attempts = NO_ATTEMPTS.after_sending("on", 0).after_sending("on", 10).after_sending("on", 30)
    assert not attempts.is_due("on", 10, 31) and attempts.is_due("off", 10, 31)
    attempts = attempts.after_sending("off", 31)
    assert (attempts.times, attempts.is_due("off", 10, 40), attempts.is_due("off", 10, 41)) == (1, False, True)


def test_a_confirmed_value_is_sent_at_once_when_it_is_requested_again():
    assert NO_ATTEMPTS.after_sending("on", 0).after_confirmation().is_due("on", 10, 1)


def test_a_clock_that_is_set_back_keeps_nothing_from_being_sent_again():
    assert NO_ATTEMPTS.after_sending("on", 7200).is_due("on", 10, 3600)
