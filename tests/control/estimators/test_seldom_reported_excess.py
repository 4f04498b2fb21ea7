"""A charger that is cut as a heat pump starts, its draw last reported before: it does not ignore its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.appliance_memory import NORMAL
from fusebox.model.load import Mode

from ..demand.test_heat_pumps_beside import FACTS
from ..houses import Evening, car, charger, plug, site, switched

PUMP_A, STARTS_S, FOLLOWS_S = 4.3, 183, 4
"""The pump starts 3 s after a report of the car's draw, and its rise hides the car's cut in the meter."""


def problems_after_start(*, follows: bool, reports_same: bool) -> list[tuple[int, str]]:
    """Return (seconds since the pump's start, problem of the car) for each second in which it has one.

    The draw is reported every 60 s; without `reports_same` only where it differs from the last report.
    """
    pump = replace(plug("pump", 900, mode=Mode.STANDARD, priority=2), type="sg_ready", device=FACTS, lends_rating=True)
    evening = Evening(site(car("car"), pump, fuse_a=18, margin_a=0.5))
    offer_a = draw_a = reported_a = 12.0
    reported_s, coming, found = 0, list[tuple[int, float]](), list[tuple[int, str]]()
    for second in range(0, STARTS_S + 150, 3):
        for due in [each for each in coming if each[0] <= second]:
            coming.remove(due)
            offer_a = due[1]
            draw_a = offer_a if follows or second < STARTS_S else draw_a
        if second % 60 == 0 and (reports_same or draw_a != reported_a):
            reported_a, reported_s = draw_a, second
        pump_a = PUMP_A if second >= STARTS_S else 0.0
        shown = replace(charger(offer_a, reported_a), draw_age_s=float(second - reported_s))
        running = replace(switched(pump_a > 0, pump_a), sg=NORMAL)
        decision = evening.step({"L1": 1.0 + draw_a + pump_a}, second, car=shown, pump=running)
        sent = [each for each in decision.commands if each.load == "car" and each.current_a is not None]
        coming += [(second + FOLLOWS_S, each.current_a) for each in sent if each.current_a is not None]
        if (problem := decision.notes["car"].problem) and second >= STARTS_S:
            found.append((second - STARTS_S, problem))
    return found


@pytest.mark.parametrize("reports_same", [True, False])
def test_a_charger_that_follows_is_never_reported_by_a_draw_from_before_its_cut(reports_same):
    assert problems_after_start(follows=True, reports_same=reports_same) == []


@pytest.mark.parametrize(("reports_same", "within_s"), [(True, 60), (False, 93)])
def test_one_that_ignores_its_cut_is_reported_with_its_next_report_or_after_the_slowest(reports_same, within_s):
    first_s, problem = problems_after_start(follows=False, reports_same=reports_same)[0]
    assert first_s <= within_s
    assert problem.startswith("ignores its limit: draws 16 A")
