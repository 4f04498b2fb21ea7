"""How long a device usually takes, and what follows from it."""

from __future__ import annotations

import pytest

from fusebox.control.estimators.acknowledgement import (
    append_time,
    non_compliant_after_s,
    report_ignoring_after_s,
    time_to_display_s,
    time_to_follow_s,
    time_to_settle_s,
)
from fusebox.model.load_memory import ResponseMemory

UNKNOWN = ResponseMemory()
QUICK = ResponseMemory(echo_s=(1.0, 0.0, 1.0), follow_s=(1.0, 2.0, 1.0))
CLOUD = ResponseMemory(echo_s=(20.0, 22.0, 18.0), follow_s=(24.0, 20.0, 22.0))
SLOWEST = ResponseMemory(echo_s=(90.0,), follow_s=(90.0,))


@pytest.mark.parametrize(
    "of, unknown, quick, cloud, slowest",
    [
        (time_to_display_s, 10.0, 10.0, 33.0, 90.0),
        (time_to_follow_s, 15.0, 5.0, 20.0, 20.0),
        (report_ignoring_after_s, 30.0, 30.0, 48.0, 180.0),
        (non_compliant_after_s, 30.0, 30.0, 36.0, 90.0),
        (time_to_settle_s, 10.0, 10.0, 36.0, 90.0),
    ],
)
def test_a_device_is_given_its_usual_time_within_bounds(of, unknown, quick, cloud, slowest):
    assert [of(response) for response in (UNKNOWN, QUICK, CLOUD, SLOWEST)] == [unknown, quick, cloud, slowest]


def test_a_device_that_was_quick_once_is_not_yet_known_to_be():
    assert time_to_follow_s(ResponseMemory(follow_s=(1.0,))) == 15.0


def test_the_worst_of_the_last_few_counts_and_older_ones_are_forgotten():
    times_s: tuple[float, ...] = (80.0,)
    for _ in range(4):
        times_s = append_time(times_s, 2.0)
    assert max(times_s) == 80
    assert max(append_time(times_s, 2.0)) == 2


@pytest.mark.parametrize("took_s, kept_s", [(-1.0, 0.0), (500.0, 90.0)])
def test_what_is_learnt_has_bounds(took_s, kept_s):
    assert append_time((), took_s) == (kept_s,)
