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


def test_the_overload_is_quoted_as_it_was_measured():
    page, readme = prose("docs/measurements.md"), prose("README.md")
    most, least = re.search(r"between an? ([\w-]+) and an? ([\w-]+) of Load Juggler's seconds above", page).groups()
    worst_s = re.search(r"median/worst of all meters of 1 to 30 s: Fusebox \d+/(\d+) s", page)[1]
    date = re.search(r"Played on (\d+ \w+ \d+)", page)[1]
    assert re.search(rf"On {date} .*an {most} to a {least} of Load Juggler's seconds .* within {worst_s} s", readme)
