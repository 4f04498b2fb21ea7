"""What Home Assistant's database has to keep of us: few rows, and no sentence that only counts seconds."""

from __future__ import annotations

import pytest

from .recorded import busy, is_counted

SITE = "sensor.fusebox_site"
HOUR_S = 3600


@pytest.mark.parametrize("seconds", [300])
def test_a_house_at_rest_writes_at_most_120_rows_an_hour(house, seconds):
    life = busy(house, rests=True)
    life.run(60)
    life.recorder.rows.clear()
    life.run(seconds)
    assert life.recorder.rows.total() * HOUR_S / seconds <= 120, life.recorder.rows
    assert life.recorder.counted == []


def test_no_sentence_of_a_busy_house_counts_seconds_and_a_cut_is_shown_with_its_reading(house):
    life = busy(house)
    life.run(150)
    assert life.recorder.counted == []
    assert life.recorder.rows[SITE] <= 150 / 4, "a row for each change of a current, and not each second"
    life.base_a["L2"] = 24.0
    life.run(1)
    shown = life.house.shown("guest")
    assert (shown["setpoint_a"], life.house.state(SITE) in ("limited", "over")) == (6.0, True)


@pytest.mark.parametrize(
    ("before", "now", "counted"),
    [
        ("stops in 180 s", "stops in 170 s", True),
        ("9 A in the last 24 s", "8 A in the last 3 s", True),
        ("stops at 14:05", "stops at 14:06", False),
        ("9 A for 30 s", "8 A for 30 s", False),
    ],
)
def test_what_counts_seconds(before, now, counted):
    assert is_counted(before, now) is counted
