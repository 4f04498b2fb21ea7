"""Plans are evaluated once at a time, whoever asks: the timer and services."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from fusebox import tuning
from fusebox.balancer.plans.export_control import ExportLimiter
from fusebox.balancer.plans.loan import Loan
from fusebox.balancer.plans.plan_file import ExportRecord
from fusebox.balancer.plans.runner import PlanRunner
from fusebox.config.config import NO_CONFIG
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.settings import Settings

from ..runtime.home import Home


def test_two_that_wait_for_one_evaluation_both_have_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    home, loaded = Home(), LoadedConfig(NO_CONFIG, (), ())
    runner, evaluations = PlanRunner(home.ports, loaded, Settings(home.ports, NO_CONFIG)), []

    async def evaluate(_self: PlanRunner, now_s: float, *_rest: object) -> bool:
        evaluations.append(now_s)
        await asyncio.sleep(0)
        return True

    async def both() -> list[bool]:
        return await asyncio.gather(runner.update(10, None), runner.update(10, None))

    monkeypatch.setattr(PlanRunner, "_update_plans", evaluate)
    assert asyncio.run(both()) == [True, True]
    assert evaluations == [10]


@pytest.mark.parametrize(("takes_s", "first_s"), [(5, 20), (45, 60), (300, 70)])
def test_a_lowered_inverter_waits_for_the_prices_of_the_first_evaluation_however_slow_but_not_for_ever(
    takes_s: int, first_s: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, loaded = Home(), LoadedConfig(NO_CONFIG, (), ())
    runner, decided_s = PlanRunner(home.ports, loaded, Settings(home.ports, NO_CONFIG)), list[float]()
    runner.export.control.restore(ExportRecord((Loan("number.limit", 100.0),)), is_lost=False)
    ended, found = asyncio.Event(), Any

    async def evaluate(self: PlanRunner, *_rest: object) -> bool:
        self.inputs = found  # type: ignore[assignment]
        await ended.wait()
        return False

    async def decide(_self: ExportLimiter, now_s: float, _began_s: float, found: object, _ahead: object) -> None:
        decided_s.extend([] if found is None else [now_s])

    async def nothing(*_: object) -> None:
        """Order no battery."""

    async def run() -> None:
        for now_s in range(10, 200, 10):
            await runner.update(now_s, found)  # type: ignore[arg-type]
            if now_s >= takes_s:
                ended.set()
                await asyncio.sleep(0)

    monkeypatch.setattr(tuning, "SHOWN_S", 0.001)
    monkeypatch.setattr(PlanRunner, "_update_plans", evaluate)
    monkeypatch.setattr(PlanRunner, "_update_battery", nothing)
    monkeypatch.setattr(ExportLimiter, "update", decide)
    asyncio.run(run())
    assert decided_s[0] == first_s
