"""How long a turn lasts at most, by the cron trigger that ends it."""

from __future__ import annotations

import pytest

from fusebox.radiators.groups import longest_gap_s


@pytest.mark.parametrize(
    ("fields", "gap_s"),
    [
        ("* * * * *", 60),
        ("*/2 * * * *", 120),
        ("*/7 * * * *", 420),
        ("5 * * * *", 3600),
        ("0,10,40 * * * *", 1800),
        ("5/10 * * * *", 600),
        ("0-10/5 * * * *", 3000),
        ("0 7 * * *", None),
        ("*/2 * * * mon", None),
    ],
)
def test_the_longest_time_between_two_steps(fields: str, gap_s: float | None) -> None:
    assert longest_gap_s(f" cron({fields}) ") == gap_s
