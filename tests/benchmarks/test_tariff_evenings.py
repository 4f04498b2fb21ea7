"""Evenings under a tariff, as the benchmark counts them."""

from __future__ import annotations

from benchmarks import tariff_evenings


def test_an_evening_is_counted_in_whole_windows_and_against_what_they_leave(monkeypatch):
    monkeypatch.setattr(tariff_evenings, "LENGTH_S", 2000)
    ((windows, over_kw, share, starts),) = tariff_evenings.play_evenings("1x16", [500])
    assert windows == 2
    assert over_kw == []
    assert 0.9 < share <= 1
    assert 0 < starts < 4
