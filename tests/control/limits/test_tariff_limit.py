"""What is left of a window is not planned to its last watt: commands and cars take their seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.by_time import Times, TimeTable
from fusebox.model.ceiling import Ceiling
from fusebox.model.equipment import Tariff
from fusebox.model.memory import Memory
from fusebox.model.snapshot import Allowance

from ..houses import T0_S, car, charger, plug, seen, site, switched

WINDOW_S, LIMIT_W = 900.0, 4000.0


def ceiling(rest_s: float, left_ws: float, next_limit_w: float | None = None) -> Ceiling:
    """The tariff's ceiling at a time before the end of a window with some import left; only a car draws."""
    of = site(car("car", max_a=32), tariff=Tariff("fixed_limit", target_kw=LIMIT_W / 1000), fuse_a=40)
    imported_ws = LIMIT_W * WINDOW_S - left_ws
    allowance = Allowance(LIMIT_W, imported_ws, T0_S + rest_s - WINDOW_S, T0_S + rest_s, next_limit_w=next_limit_w)
    decision = step(of, replace(seen({"L1": 10.0}, car=charger(10.0)), allowance=allowance), Memory())
    return next(c for c in decision.ceilings if c.name == "tariff")


@pytest.mark.parametrize("rest_s", [45.0, 60.0])
def test_a_hundredth_of_the_window_is_not_planned_with(rest_s: float) -> None:
    left_ws = LIMIT_W * rest_s
    found = ceiling(rest_s, left_ws)
    assert found.headroom_a * 230 == pytest.approx((left_ws - 0.01 * LIMIT_W * WINDOW_S) / rest_s)


def test_a_minimum_that_has_to_go_may_use_half_of_that_and_no_more() -> None:
    """18 000 Ws are kept."""
    found = ceiling(300.0, 31_800.0)
    assert found.spare_as * 230 == pytest.approx(13_800.0)
    assert ceiling(300.0, 18_000.0).tolerates_s == 0.0


def test_no_more_is_kept_for_appliances_than_there_is() -> None:
    """1.5 kW are left, of which the house takes 1.2 kW; a burst of the house would take far more."""
    of = site(plug("tank", 2000), tariff=Tariff("fixed_limit", target_kw=2.5))
    allowance = Allowance(2500.0, 2500.0 * 900 - 1500.0 * 275, T0_S - 625, T0_S + 275)
    decision = step(of, replace(seen({"L1": 13.9}, tank=switched(True, 8.7)), allowance=allowance), Memory())
    (found,) = (c for c in decision.ceilings if c.name == "tariff")
    assert found.headroom_a < -10
    assert "kept_kw" not in found.details


@pytest.mark.parametrize("rest_s", [21.0, 20.0])
def test_before_a_lower_limit_loads_get_what_it_leaves_for_a_whole_window(rest_s: float) -> None:
    """A quick charger and its car follow within 20 s."""
    left_ws = LIMIT_W * rest_s + 36_000
    same, lower, higher = (ceiling(rest_s, left_ws, next_w) for next_w in (None, 2000.0, 9000.0))
    assert higher.headroom_a == same.headroom_a
    assert lower.then_as < same.then_as < higher.then_as
    if rest_s > 20:
        assert lower.headroom_a == same.headroom_a
    else:
        # in steps of 100 W, downwards
        assert 0 <= lower.then_as / WINDOW_S - lower.headroom_a < 100 / 230


@pytest.mark.parametrize("limit_kw", [2.0, 4.0])
def test_what_the_next_window_leaves_evenly_is_its_headroom_when_it_begins(limit_kw: float) -> None:
    """A house of 0.64 kW, which leaves a car of 1.38 kW at least too little of 2 kW."""
    of = site(car("car"), tariff=Tariff("fixed_limit", target_kw=limit_kw), fuse_a=40)
    memory, found = Memory(), list[Ceiling]()
    for at_s in range(0, 901, 10):
        begun_s = at_s % WINDOW_S
        window_s = T0_S + at_s - begun_s, T0_S + at_s - begun_s + WINDOW_S
        allowance = Allowance(1000 * limit_kw, 644.0 * begun_s, *window_s)
        decision = step(of, replace(seen({"L1": 2.8}, at_s, car=charger(6.0, 0.0)), allowance=allowance), memory)
        memory = decision.memory
        found += [c for c in decision.ceilings if c.name == "tariff"]
    assert found[-2].then_a == found[-1].headroom_a
    assert (found[-1].headroom_a < 6) is (limit_kw < 4)


@pytest.mark.parametrize(
    ("rest_s", "mean_kw", "kept"), [(3000.0, 5.0, ""), (1200.0, 4.0, ", 2 kW kept free for appliances")]
)
def test_its_sentence_names_what_is_kept_for_appliances(rest_s: float, mean_kw: float, kept: str) -> None:
    """An hour at 4 kW on average, of which `mean_kw` has been imported on average so far."""
    of = site(car("car", max_a=32), tariff=Tariff("norway_steps", target_kw=4.0), fuse_a=40)
    imported_ws = 1000 * mean_kw * (3600 - rest_s)
    allowance = Allowance(4000.0, imported_ws, T0_S + rest_s - 3600, T0_S + rest_s)
    decision = step(of, replace(seen({"L1": 11.0}, car=charger(10.0)), allowance=allowance), Memory())
    assert decision.notes["car"].reason.endswith(f"until --:--): house 0.2 kW{kept}")


@pytest.mark.parametrize(
    ("allowance", "contract"),
    [
        (None, 3000.0),
        (Allowance(6000.0, 0.0, T0_S - 800, T0_S + 100), 6000.0),
        (Allowance(6000.0, 0.0, T0_S - 800, T0_S + 100, next_limit_w=3000.0), 6000.0),
        (Allowance(6000.0, 0.0, T0_S - 890, T0_S + 10, next_limit_w=3000.0), 3000.0),
        (Allowance(3000.0, 0.0, T0_S - 890, T0_S + 10, next_limit_w=6000.0), 3000.0),
    ],
)
def test_an_italian_contract_that_falls_is_kept_before_it_does(allowance: Allowance | None, contract: float) -> None:
    hours = TimeTable(((Times(0, 21_600), 6.0),), 3.0)
    of = site(car("car", max_a=32), tariff=Tariff("italy", target_kw=hours), fuse_a=40)
    decision = step(of, replace(seen({"L1": 10.0}, car=charger(10.0)), allowance=allowance), Memory())
    (found,) = (c for c in decision.ceilings if c.name == "tariff")
    assert found.rating_a * 230 == pytest.approx(1.1 * contract)
