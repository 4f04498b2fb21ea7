"""Random homes with a hob that pulses: each is the same each time, and each kind is among them."""

from __future__ import annotations

from dataclasses import replace

from benchmarks import pulsing
from benchmarks.scenes.pulsing import pulsing_home


def test_a_home_is_the_same_each_time_and_homes_differ():
    one, again, other = pulsing_home(3), pulsing_home(3), pulsing_home(4)
    assert one == again and one.title != other.title
    assert one.house(1).base["L1"].watts == again.house(1).base["L1"].watts


def test_homes_are_of_every_kind():
    homes = [pulsing_home(number) for number in range(1, 60)]
    assert all(any(belongs(home) for home in homes) for belongs in pulsing.GROUPS.values())
    assert {home.phases for home in homes} == {1, 3}


def test_each_group_has_a_row_as_shipped_and_with_other_numbers(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.pulsing.pulsing_home", lambda number: replace(pulsing_home(number), length_s=60))
    pulsing.main(["--homes", "3", "--tuning", "raise_window_s=8", "--workers", "1", "--keep", str(tmp_path / "kept")])
    told = capsys.readouterr().out
    assert "all homes (1)" in told and "with --tuning" in told
