"""A car cut for an overloaded fuse while meter and draw are reported once a minute: only one that disobeys is accused.

The overload on which it is judged is as old as its draw, so both may be from before the cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, site

DRAWS_A, RISES_S, FOLLOWS_S, STEP_S, REPORTS_S = 14.0, 135, 4, 3, 60


class Seen(NamedTuple):
    """What was observed of one car, by second."""

    offs: list[int]
    ons: list[int]
    problems: list[tuple[int, str]]
    ignored_a: list[tuple[int, float]]


def lived(draws_a: Mapping[str, float | None], rise_a: float, draw_at_s: int, to_s: int = 600) -> Mapping[str, Seen]:
    """Let cars charge under one fuse while the house load rises from 1 A; return car -> what was observed.

    The fuse has 1 A left before that. `draws_a`: car -> what it draws whatever it is sent [A], None where it obeys
    within `FOLLOWS_S`. The meter reports each full minute, their draws `draw_at_s` seconds later.
    """
    cars, fuse_a = [car(name, max_a=DRAWS_A) for name in draws_a], 2 + DRAWS_A * len(draws_a)
    evening = Evening(site(*cars, fuse_a=fuse_a, margin_a=0.5))
    found = {name: Seen([], [], [], []) for name in draws_a}
    offers_a, on = dict.fromkeys(draws_a, DRAWS_A), dict.fromkeys(draws_a, True)
    reported_a, coming = dict(offers_a), list[tuple[int, str, float | None, bool | None]]()
    flow_a, metered_s, drawn_s = fuse_a - 1, 0, 0
    for second in range(0, to_s, STEP_S):
        for due in [each for each in coming if each[0] <= second]:
            coming.remove(due)
            _, name, current_a, is_on = due
            offers_a[name] = offers_a[name] if current_a is None else current_a
            on[name] = on[name] if is_on is None else is_on
        drawn_a = {}
        for name, fixed_a in draws_a.items():
            drawn_a[name] = (offers_a[name] if fixed_a is None else fixed_a) if on[name] else 0.0
        if second % REPORTS_S == draw_at_s:
            reported_a, drawn_s = drawn_a, second
        if second % REPORTS_S == 0:
            flow_a, metered_s = 1.0 + (rise_a if second >= RISES_S else 0.0) + sum(drawn_a.values()), second
        meter = Reading(flow_a, flow_a, float(second - metered_s), float(REPORTS_S))
        states = {n: replace(charger(offers_a[n], reported_a[n], on=on[n]), draw_age_s=second - drawn_s) for n in on}
        decision = evening.decide(Snapshot(T0_S + second, {MAIN: {Phase.L1: meter}}, states))
        for command in decision.commands:
            coming.append((second + FOLLOWS_S, command.load, command.current_a, command.on))
            if command.on is not None and command.on is not on[command.load]:
                (found[command.load].ons if command.on else found[command.load].offs).append(second)
        for name, seen in found.items():
            if problem := decision.notes[name].problem:
                seen.problems.append((second, problem))
            if (ignored_a := decision.memory.loads[name].response.non_compliant_a) is not None:
                seen.ignored_a.append((second, ignored_a))
    return found


@pytest.mark.parametrize("rise_a", [3, 8])
@pytest.mark.parametrize("draw_at_s", [0, 21, 39, 51])
def test_a_car_that_obeys_is_neither_accused_nor_kept_off_for_what_it_drew_before(rise_a, draw_at_s):
    seen = lived({"car": None}, rise_a, draw_at_s)["car"]
    assert (seen.problems, seen.ignored_a) == ([], [])
    assert len(seen.offs) == len(seen.ons)
    assert all(on_s - off_s <= 240 for off_s, on_s in zip(seen.offs, seen.ons, strict=True))


@pytest.mark.parametrize("rise_a", [3, 5])
@pytest.mark.parametrize("draw_at_s", [0, 21, 39, 51])
def test_one_that_disobeys_is_off_as_soon_and_accused_once_its_draw_is_reported(rise_a, draw_at_s):
    seen = lived({"car": DRAWS_A}, rise_a, draw_at_s)["car"]
    assert seen.offs[0] <= 180 + 33
    assert seen.ignored_a[-1][1] == DRAWS_A and "ignored its limit: drew 14 A" in seen.problems[-1][1]
    assert seen.ignored_a[0][0] <= (seen.ons[0] if seen.ons else seen.offs[0]) + 78


@pytest.mark.parametrize("draw_at_s", [0, 21, 39, 51])
def test_of_two_cars_only_the_one_that_disobeys_is_accused(draw_at_s):
    found = lived({"good": None, "bad": DRAWS_A}, 6, draw_at_s, to_s=900)
    assert (found["good"].problems, found["good"].ignored_a) == ([], [])
    assert found["bad"].ignored_a and found["bad"].problems
