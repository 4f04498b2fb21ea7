"""Reaction: a time begins with the reading that shows the overload, and ends when the wire is below its rating."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from benchmarks import reaction
from benchmarks.reaction import Watch


@pytest.mark.parametrize(("period_s", "found_s"), [(1, [4, 1]), (10, [3])])
def test_an_overload_that_no_reading_shows_has_no_time(period_s: int, found_s: list[int]):
    watch = Watch(period_s)
    for t_s in range(30):
        over = 9 <= t_s < 13 or t_s == 25
        watch.watch(SimpleNamespace(t_s=t_s, net_a={"L1": 26.0 if over else 24.0, "L2": 3.0}), None)
    assert watch.found_s == found_s


def test_the_wire_is_overloaded_each_time_and_every_controller_is_watched(monkeypatch):
    monkeypatch.setattr(reaction, "TIMES", 1)
    monkeypatch.setattr(reaction, "HOUSE", replace(reaction.HOUSE, length_s=1200))
    for name in reaction.CONTROLLERS:
        found_s = reaction.reactions_s(name, 1, 601)
        assert found_s and max(found_s) <= reaction.LASTS_S
