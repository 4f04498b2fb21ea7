"""CONFIG["tuning"] counts from the first step after it is saved, in every script, and is shown."""

from __future__ import annotations

import sys

import pytest

from .houses import amps, charger, charging, config

LOADS = {"car": charger()}
SLOWER = {**config(loads=LOADS), "tuning": {"raise_step_a": 1}}


@pytest.fixture(autouse=True)
def as_shipped():
    """The host runs in the process of the tests, whose other tests know of no CONFIG."""
    yield
    sys.modules["fusebox"].tuning.override({})


def raised_from_six(house, written, **options):
    home = house(written, **options)
    home.line(0, {"sensor.l1": amps(6), **charging(offer=6)})
    for second in range(1, 60):
        home.line(second, {"sensor.l1": amps(6 + second % 2 / 10)})
        if home.sent("number.car"):
            break
    return home, home.sent("number.car")


def test_a_number_of_config_counts_in_place_of_the_shipped_one(house):
    home, sent = raised_from_six(house, SLOWER)
    assert sent == [7]
    assert home.shown()["tuning"] == "raise_step_a 1 instead of 4"


def test_without_it_the_shipped_number_counts_and_nothing_is_shown(house):
    home, sent = raised_from_six(house, config(loads=LOADS))
    assert sent == [10]
    assert "tuning" not in home.shown()


def test_what_is_taken_out_of_config_is_as_shipped_again(house):
    home, _ = raised_from_six(house, SLOWER)
    home.save(config(loads=LOADS))
    home.steady(home.t + 5)
    assert "tuning" not in home.shown()


def test_what_was_given_last_stays_while_config_is_broken(house):
    home, _ = raised_from_six(house, SLOWER, noisy=True)
    home.save({**config(loads=LOADS), "tuning": {"raise_step_a": 4000}})
    home.steady(home.t + 5)
    assert home.shown()["tuning"] == "raise_step_a 1 instead of 4"
    assert home.shown()["errors"] == ["tuning.raise_step_a: 4000 is out of range; write 0.4 to 40, shipped is 4"]
