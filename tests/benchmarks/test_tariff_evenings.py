"""Evenings under a tariff, as the benchmark counts them."""

from __future__ import annotations

from benchmarks.tariff_evenings import play_evenings


def test_an_evening_is_counted_in_whole_windows_and_against_what_they_leave():
    ((windows, over_kw, share, starts),) = play_evenings("1x16", [502])
    assert windows == 16
    assert over_kw == []
    assert 0.9 < share <= 1
    assert 0 < starts < 16
