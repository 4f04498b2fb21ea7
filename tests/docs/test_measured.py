"""What the README quotes of a measurement is what the page of that measurement says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def prose(page: str) -> str:
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_the_faults_are_quoted_with_their_date():
    count, date = re.search(
        r"(\d+ of \d+) faults end safe in time.*?Measured on (\d+ \w+ \d+) by `make faults", prose("docs/faults.md")
    ).groups()
    assert f"On {date}, {count} simulated faults ended in a safe state in time" in prose("README.md")


def test_the_reaction_is_quoted_as_it_was_measured():
    page, readme = prose("docs/measurements.md"), prose("README.md")
    worst_s = re.search(r"median/worst of all meters of 1 to 30 s: Fusebox \d+/(\d+) s", page)[1]
    assert f"A single overload ended within {worst_s} s of the reading that showed it" in readme


def test_the_cost_of_plans_is_quoted_as_it_was_measured():
    page, readme = prose("docs/plans.md"), prose("README.md")
    ours = re.search(r"\| \*\*Fusebox\*\* \| \+([\d.]+ %)", page)[1]
    evcc = round(float(re.search(r"\| evcc's \| \+([\d.]+) %", page)[1]))
    assert f"plans cost {ours} more than with perfect foresight" in readme
    assert f"with evcc's rule, reimplemented, {evcc} % more" in readme


def test_the_homes_under_a_tariff_are_quoted_as_they_were_measured():
    page, readme = prose("docs/measurements.md"), prose("README.md")
    told = r"\[(\d+) random homes\]\S+ an hour each, unused: (\d+ of \d+ quarter hours)"
    homes, above = re.search(told, page).groups()
    energy = re.search(r"kW, with (\d+ % of the possible energy) \(median", page)[1]
    assert f"In {homes} random homes {above} were above the target, with {energy} (median)" in readme
