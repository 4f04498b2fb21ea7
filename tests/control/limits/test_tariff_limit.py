"""What is left of a window is not planned to its last watt: commands and cars take their seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.ceiling import Ceiling
from fusebox.model.equipment import Tariff
from fusebox.model.memory import Memory
from fusebox.model.snapshot import Allowance

from ..houses import T0_S, car, charger, seen, site

WINDOW_S, LIMIT_W = 900.0, 4000.0


def ceiling(rest_s: float, left_ws: float) -> Ceiling:
    """The tariff's, so long before a window ends that may still import so much; all that flows is a car's."""
    of = site(car("car", max_a=32), tariff=Tariff("fixed_limit", target_kw=LIMIT_W / 1000), fuse_a=40)
    imported_ws = LIMIT_W * WINDOW_S - left_ws
    allowance = Allowance(LIMIT_W, imported_ws, T0_S + rest_s - WINDOW_S, T0_S + rest_s)
    decision = step(of, replace(seen({"L1": 10.0}, car=charger(10.0)), allowance=allowance), Memory())
    return next(c for c in decision.ceilings if c.name == "tariff")


@pytest.mark.parametrize("rest_s", [45.0, 60.0])
def test_a_hundredth_of_the_window_is_not_planned_with(rest_s: float) -> None:
    left_ws = LIMIT_W * rest_s
    found = ceiling(rest_s, left_ws)
    assert found.room_a * 230 == pytest.approx((left_ws - 0.01 * LIMIT_W * WINDOW_S) / rest_s)


def test_a_minimum_that_has_to_go_may_use_half_of_that_and_no_more() -> None:
    """18 000 Ws are kept."""
    found = ceiling(300.0, 31_800.0)
    assert found.spare_as * 230 == pytest.approx(13_800.0)
    assert ceiling(300.0, 18_000.0).bears_s == 0.0
