"""What the README quotes of a measurement is what the page of that measurement has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def prose(page: str) -> str:
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_the_faults_are_quoted_with_their_date_and_command():
    count, date = re.search(
        r"(\d+ of \d+ faults) end safe in time.*?Measured on (\d+ \w+ \d+) by `make faults", prose("docs/safety.md")
    ).groups()
    assert f"On {date} `make faults` had {count} end safe in time" in prose("README.md")


def test_the_comparison_is_quoted_with_its_date_and_command():
    page, front = prose("docs/timing.md"), prose("README.md")
    assert "between a thirteenth and a thirty-fifth of Load Juggler's seconds, and between a seventh" in page
    date = re.search(r"These are the seeds of `BENCH=--quick`, played on (\d+ \w+ \d+)", page)[1]
    assert f"on {date} `make bench` had" in front
    assert "a thirteenth of Load Juggler's seconds above 1.13 times the rating and a seventh of its heat" in front
