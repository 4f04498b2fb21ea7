"""The blocks of a plan, and the cost of its energy at once or evenly instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.planning.need import Need, SlotForecast
from fusebox.planning.schedule import PlanBlock, at_once_cost, even_cost, plan_blocks


def test_a_block_has_its_mean_power_and_its_mean_price_by_energy() -> None:
    outlook = SlotForecast((0.1, 0.2, 0.3, 0.1), (True, True, True, False), (0.0,) * 4, (0.0,) * 4)
    assert plan_blocks((11.0, 5.5, 0.0, 11.0), outlook, 900.0) == (
        PlanBlock(900.0, 2700.0, 8.25, pytest.approx(2.2 / 16.5)),
        PlanBlock(3600.0, 4500.0, 11.0, 0.1),
    )


def test_what_it_would_cost_otherwise() -> None:
    outlook = SlotForecast((0.4, 0.2, 0.1, 0.1), (True,) * 4, (0.0,) * 4, (0.0,) * 4)
    need = Need("car", 4.0, 8.0, 4)
    assert at_once_cost(need, outlook) == pytest.approx(2 * 0.4 + 2 * 0.2)
    assert even_cost(need, outlook) == pytest.approx(4 * 0.2)
    assert even_cost(replace(need, end=0), outlook) == 0
    sunny = replace(outlook, sun_kw=(0.0, 6.0, 1.0, 9.0), export=(0.05, 0.05, 0.05, 0.3))
    assert at_once_cost(need, sunny) == pytest.approx(2 * 0.4 + 1.5 * 0.05 + 0.5 * 0.2)
    assert even_cost(need, sunny) == pytest.approx(0.4 + 0.05 + 0.25 * 0.05 + 0.75 * 0.1 + 0.1)
