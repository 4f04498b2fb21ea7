"""Each example that we ship is a house in which nothing trips, everybody gets something, and nothing goes wrong."""

from __future__ import annotations

import logging

import pytest

from simhouse.report.verdict import judge

from .short_day import EXAMPLES, lived

LONGEST_OVER_S = 8
"""Above 1.13 of a rating at most that long on end [s]: a meter and a relay take a second each, a car up to five."""

LOOK_S = 60
"""How long the newcomer of the first site looks before dry_run is set to False [s]."""

OWN_LOG = ("fusebox", "simhouse", "pyscript", "custom_components")
NO_ERRORS = ("is connected", "connection lost: closed by the device", "could not be stopped")
"""Of a Quasar: the warning of its guard when the simulated charger is switched on and off."""


def warnings(caplog):
    """What was logged from WARNING on that a user would ask about."""
    said = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING and r.name.startswith(OWN_LOG)]
    return [text for text in said if not any(words in text for words in NO_ERRORS)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_the_day_of_an_example(example, tmp_path, caplog):
    first = example.stem == "first_site"
    day = lived(example, tmp_path, look_s=LOOK_S if first else 0)
    assert not warnings(caplog)
    assert not day.errors
    assert not day.house.unheard
    verdict = judge(day.record)
    silent = () if day.balanced else (f"the scripts did not report for {day.length_s} s (no sensor.fusebox_site)",)
    assert verdict.complaints == silent
    assert max(day.longest_over_s.values()) <= LONGEST_OVER_S
    # Loads with a plan wait for the night, which does not come in so short a day.
    planned = {name for name, load in (day.house.config.get("loads") or {}).items() if "plan" in load}
    idle = {load.name for load in verdict.loads if load.taken_kwh <= 0.01}
    # A test for hidden sun, and the wait after a failed one, last longer than an hour of this day.
    tests = "'throttles': True" in str(day.house.config)
    assert len(idle) < len(verdict.loads) if tests else idle <= planned
    assert not first or min(t for t, _ in day.calls) >= LOOK_S


def test_the_same_day_in_a_dry_run_goes_wrong(tmp_path):
    example = next(file for file in EXAMPLES if file.stem == "first_site")
    day = lived(example, tmp_path, is_dry=True)
    assert not day.calls
    assert max(day.longest_over_s.values()) > LONGEST_OVER_S


def test_there_are_houses_of_all_kinds():
    assert len(EXAMPLES) >= 13
    for example in EXAMPLES:
        told = example.read_text(encoding="utf-8").partition("CONFIG")[0]
        assert len(told) > 100, f"{example.name} does not say whose house it is"
