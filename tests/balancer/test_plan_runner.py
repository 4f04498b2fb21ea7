"""Plans are evaluated once at a time, whoever asks: the timer and services."""

from __future__ import annotations

import asyncio

import pytest

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
