"""Random homes with a hob that pulses: each is the same each time, and each kind is among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import pulsing
from benchmarks.scenes.direct_play import DirectJob, Rule, play_directly
from benchmarks.scenes.measure import Outcome
from benchmarks.scenes.pulsing import pulsing_home


def test_a_home_is_the_same_each_time_and_homes_differ():
    one, again, other = pulsing_home(3), pulsing_home(3), pulsing_home(4)
    assert one == again and one.title != other.title
    assert one.house(1).base["L1"].watts == again.house(1).base["L1"].watts


def test_homes_are_of_every_kind():
    homes = [pulsing_home(number) for number in range(1, 60)]
    assert all(any(belongs(home) for home in homes) for belongs in pulsing.GROUPS.values())
    assert {home.phases for home in homes} == {1, 3}


def test_each_group_has_a_row_as_shipped_and_with_other_numbers(capsys, monkeypatch):
    played = []

    def play(jobs, keep, workers):
        played.extend(job.rule.tuning for job in jobs)
        return dict.fromkeys(jobs, Outcome(hot_s=1.0, worst_s=1.0, heat_a2s=1.0))

    monkeypatch.setattr("benchmarks.pulsing.play_missing_jobs", play)
    pulsing.main(["--homes", "1-9", "--tuning", "raise_window_s=8"])
    told = capsys.readouterr().out
    assert "all homes (9)" in told and "with --tuning" in told
    assert set(played) == {(), (("raise_window_s", 8.0),)}


def test_other_numbers_are_in_force_while_a_home_is_played():
    home = replace(pulsing_home(3), length_s=60)
    assert play_directly(DirectJob(home, Rule(tuning=(("raise_window_s", 8.0),)), 1))["optimum_kwh"] >= 0
    with pytest.raises(ValueError, match="no_such_number"):
        play_directly(DirectJob(home, Rule(tuning=(("no_such_number", 8.0),)), 1))
