"""What the README quotes of a measurement is what the page of that measurement has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def prose(page: str) -> str:
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_the_faults_are_quoted_with_their_date_and_command():
    count, date = re.search(
        r"(\d+ of \d+ faults) end safe in time.*?Measured on (\d+ \w+ \d+) by `make faults", prose("docs/faults.md")
    ).groups()
    assert f"On {date} `make faults` had {count} end safe in time" in prose("README.md")
