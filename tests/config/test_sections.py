"""CONFIG["tuning"]: numbers of tuning.py by name; a wrong one is reported like any other mistake."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.config.read_config import read_config

from ..cases import for_each
from .full import minimal


def told(name: object, value: object) -> str:
    """The one mistake of a CONFIG with this number."""
    result = read_config({**minimal(), "tuning": {name: value}})
    assert result.errors
    (error,) = result.errors
    assert error.path == f"tuning.{name}"
    return error.text


def test_a_number_may_be_another():
    checked = read_config({**minimal(), "tuning": {"raise_step_a": 6, "cycle_peaks": 8}}).config
    assert dict(checked.tuning) == {"raise_step_a": 6.0, "cycle_peaks": 8}
    assert [type(value) for value in checked.tuning.values()] == [float, int]


@pytest.mark.parametrize("written", [{}, {"tuning": None}, {"tuning": {}}], ids=str)
def test_without_it_everything_is_as_shipped(written):
    result = read_config({**minimal(), **written})
    assert not result.errors, result.errors
    assert (dict(result.config.tuning), result.warnings) == ({}, ())


def test_numbers_that_differ_from_the_shipped_ones_are_reported():
    result = read_config({**minimal(), "tuning": {"raise_step_a": 6, "raise_every_s": 5}})
    assert [str(each) for each in result.warnings] == ["tuning: raise_step_a 6 instead of 4"]


@for_each("name", tuning.SHIPPED)
def test_every_number_may_be_given_as_it_is_shipped(name):
    result = read_config({**minimal(), "tuning": {name: tuning.SHIPPED[name]}})
    assert not result.errors, result.errors
    assert (dict(result.config.tuning), result.warnings) == ({name: tuning.SHIPPED[name]}, ())


def test_an_unknown_name_is_reported_with_the_nearest():
    assert told("raise_stepp_a", 4) == "unknown name; did you mean 'raise_step_a'? docs/tuning.md lists them"
    assert told("colour", 4) == "unknown name; docs/tuning.md lists them"


@pytest.mark.parametrize("value", ["4", "sensor.step", True, None, [4], float("nan"), float("inf")], ids=str)
def test_a_value_that_is_no_number_is_reported(value):
    assert told("raise_step_a", value).endswith("is not a number; write one such as 4")


def test_a_whole_number_stays_one():
    assert told("cycle_peaks", 2.5) == "2.5 is not a whole number; write one such as 12"


@pytest.mark.parametrize("value", [0, 0.39, 40.1, -4, 10**14])
def test_a_number_far_from_the_shipped_one_is_refused_with_the_range(value):
    assert told("raise_step_a", value).endswith("is out of range; write 0.4 to 40, shipped is 4")


@pytest.mark.parametrize(
    "name",
    [
        "fuse_b_tau_s",
        "shed_ratio",
        "shed_readings",
        "meter_stale_longest_s",
        "tolerance_a",
        "follow_s",
        "ignores_s",
        "stray_reading_ratio",
    ],
)
def test_what_a_fuse_tolerates_may_be_less_than_shipped_and_never_more(name):
    shipped = tuning.SHIPPED[name]
    assert "is out of range" in told(name, shipped + 1)
    checked = read_config({**minimal(), "tuning": {name: shipped / 2}}).config
    assert dict(checked.tuning) == {name: shipped / 2}


def test_the_range_of_a_whole_number_is_of_whole_numbers():
    assert told("cycle_peaks", 0) == "0 is out of range; write 2 to 120, shipped is 12"


def test_all_mistakes_are_reported_at_once():
    result = read_config({**minimal(), "tuning": {"raise_step_a": "much", "raise_every_s": 99, "x": 1}, "loads": 1})
    assert [error.path for error in result.errors] == [
        "loads", "tuning.raise_step_a", "tuning.raise_every_s", "tuning.x",
    ]  # fmt: skip


def test_tuning_that_is_no_dict_is_reported():
    (error,) = read_config({**minimal(), "tuning": 4}).errors
    assert str(error) == "tuning: 4 where a dict belongs; write {'raise_step_a': 4}"
