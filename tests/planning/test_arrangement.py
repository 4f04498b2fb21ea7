"""How much work a plan may take: offers that are compared, and heights of a peak that are tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusebox.planning.arrangement import Arrangement
from fusebox.planning.planner import arrange_below_peak
from fusebox.planning.response import SLOTS_AN_OFFER

from .nights import night, with_peak

SLOTS = 192
ALONE = night(1, loads=1, slots=SLOTS)
CROWDED = night(40, loads=5, slots=SLOTS)


@pytest.mark.parametrize(("arrange", "effort"), [(Arrangement.arrange_all, 1200), (Arrangement.arrange_quickly, 300)])
def test_a_plan_is_improved_until_its_effort_is_spent(arrange: Callable[[Arrangement], None], effort: int) -> None:
    alone, crowded = Arrangement(ALONE), Arrangement(CROWDED)
    arrange(alone)
    assert alone.needs_lacking_energy() == []
    assert alone.moves.effort == effort
    arrange(crowded)
    assert -SLOTS / SLOTS_AN_OFFER <= crowded.moves.effort <= 0


def test_seven_heights_of_a_peak_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = with_peak(CROWDED, 2.5, 4.17, 60.0)
    heights: list[float] = []
    lower_to = Arrangement.lower_peak_to

    def noted(self: Arrangement, height_kw: float) -> None:
        heights.append(height_kw)
        lower_to(self, height_kw)

    monkeypatch.setattr(Arrangement, "lower_peak_to", noted)
    assert problem.peak is not None
    arrange_below_peak(Arrangement(problem), problem.peak, None)
    assert len(heights) == 7
    assert heights[0] == pytest.approx(min(heights))
