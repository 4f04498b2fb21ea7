"""What a plug draws while it is on is learnt: for the sun, and never below its rating for a wire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.usage import part_of_rating_to_reserve, with_measured_rating
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.snapshot import LoadState

from ..houses import T0_S, Evening, car, charger, plug, site, switched

POOL = plug("pool", mode=Mode.SOLAR_ONLY)
"""Ten amps by its rating."""


class Pump:
    """A plug of ten amps that draws what it likes while it is on."""

    def __init__(self, load: Load = POOL, *others: Load) -> None:
        self.evening = Evening(site(load, *others))
        self.state = switched(False, 0.0)
        self.second = 0

    def run(self, house_a: float, seconds: int, draws_a: float | None, **more: LoadState) -> dict[str, LoadState]:
        for _ in range(seconds):
            draw_a = draws_a if self.state.on else 0.0
            self.state = replace(self.state, draw_a=PerPhase(draw_a))
            flow_a = house_a + (draw_a or 0.0) + sum(s.draw_a[0] or 0.0 for s in more.values())
            decision = self.evening.step({"L1": flow_a}, self.second, pool=self.state, **more)
            for command in decision.commands:
                if command.load == "pool":
                    self.state = replace(self.state, on=command.on)
            self.second += 1
        return more

    @property
    def past(self) -> LoadMemory:
        return self.evening.memory.loads["pool"]

    @property
    def reason(self) -> str:
        assert self.evening.decision is not None
        return self.evening.decision.notes["pool"].reason


def learnt(draws_a: float, **facts: object) -> Pump:
    """After a run in plenty of sun."""
    pump = Pump(plug("pool", mode=Mode.SOLAR_ONLY, **facts))
    pump.run(-20, 200, draws_a)
    pump.run(3, 200, draws_a)
    assert not pump.state.on
    return pump


def test_one_that_draws_less_starts_with_less_sun() -> None:
    pump = learnt(6)
    pump.run(-7, 200, 6)
    assert pump.state.on
    fresh = Pump()
    fresh.run(-7, 200, 6)
    assert not fresh.state.on
    assert fresh.reason.startswith("waits for sun: 1.6 kW left, needs 2.3 kW")


def test_a_load_waits_for_the_surplus_that_it_draws() -> None:
    pump = learnt(6)
    pump.run(-4, 30, 6)
    assert pump.reason.startswith("waits for sun: 0.9 kW left, needs 1.4 kW")


def test_the_rest_of_the_sun_is_for_others_and_the_wire_keeps_its_rating() -> None:
    pump = learnt(6)
    pump.evening.site = site(POOL, car("car", priority=2, mode=Mode.SOLAR_ONLY, step_a=0.1))
    pump.run(-14, 300, 6, car=charger(6, 0.0, on=False))
    decision = pump.evening.decision
    assert pump.state.on and decision is not None
    assert decision.notes["car"].allocated_a == pytest.approx(8)
    assert decision.notes["pool"].setpoint_a == 10


def test_a_wire_always_keeps_the_rating_free() -> None:
    pump = Pump(plug("pool"))
    pump.run(3, 300, 4)
    pump.run(23, 5, 4)
    assert not pump.state.on
    pump.run(16, 400, 4)
    assert not pump.state.on, "nine amps are free, and ten may come"
    pump.run(14, 60, 4)
    assert pump.state.on


def test_one_that_draws_more_than_its_rating_counts_with_that() -> None:
    pump = Pump(plug("pool"))
    pump.run(3, 120, 14)
    assert pump.state.on
    assert with_measured_rating(POOL, pump.past).max_a == 14
    pump.run(24, 2, 14)
    pump.run(13, 300, 14)
    assert not pump.state.on, "twelve amps are free"


@pytest.mark.parametrize(("seconds", "part"), [(590, 1.0), (640, 0.4)])
def test_in_its_first_run_it_is_believed_to_draw_less_after_ten_minutes(seconds: int, part: float) -> None:
    pump = Pump(plug("pool"))
    pump.run(3, 30, 4)
    assert pump.state.on
    pump.run(3, seconds, 4)
    assert part_of_rating_to_reserve(POOL, pump.past, T0_S + pump.second) == part


@pytest.mark.parametrize("draws_a", [None, 0.0, 0.3])
def test_no_draw_teaches_nothing(draws_a: float | None) -> None:
    pump = Pump(plug("pool"))
    pump.run(3, 900, draws_a)
    assert part_of_rating_to_reserve(POOL, pump.past, T0_S + 900) == 1.0


def test_an_inrush_and_a_load_that_ramps_teach_nothing() -> None:
    pump = Pump(plug("pool"))
    for second in range(700):
        pump.run(3, 1, 18 if second % 40 < 10 else 3 + second % 7)
    assert part_of_rating_to_reserve(POOL, pump.past, T0_S + 700) == 1.0
    assert with_measured_rating(POOL, pump.past).max_a == 10


def test_the_highest_of_its_last_runs_counts() -> None:
    pump = Pump(plug("pool"))
    for draws_a in (9, 4, 4):
        pump.run(3, 100, draws_a)
        pump.run(24, 3, draws_a)
    assert part_of_rating_to_reserve(POOL, pump.past, T0_S) == pytest.approx(0.9)
    pump.run(3, 100, 4)
    pump.run(24, 3, 4)
    assert part_of_rating_to_reserve(POOL, pump.past, T0_S) == pytest.approx(0.4)
