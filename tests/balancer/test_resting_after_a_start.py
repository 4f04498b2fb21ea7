"""Loads that rest or run by a stored plan: after a start until plans are evaluated, and once their plan has gone."""

from __future__ import annotations

import asyncio

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.config.read_config import read_config
from fusebox.model.load import Mode
from fusebox.runtime.load_files import LoadedConfig

from ..runtime.home import Home
from ..scripts.houses import charger, config

pytestmark = pytest.mark.usefixtures("store")


def test_a_load_whose_plan_has_gone_from_config_is_served_as_soon_as_plans_are_looked_at():
    home = Home()
    balancer = Balancer(LoadedConfig(read_config(config(loads={"car": charger()})).config, (), ()), home.ports)
    plans = balancer.plans.plans

    async def modes() -> list[Mode]:
        plans.waiting = frozenset({"car"})  # as before the restart; the first step may come before the first look
        await balancer.restore_and_run(0)
        first = balancer.site.by_name["car"].mode
        plans.waiting = plans.resting = frozenset()  # looked at: nothing is planned
        await balancer.run_anew(1)
        return [first, balancer.site.by_name["car"].mode]

    assert asyncio.run(modes()) == [Mode.OFF, Mode.STANDARD]


def test_a_load_that_runs_by_its_plan_publishes_its_own_mode_before_plans_are_looked_at():
    home = Home()
    written = config(loads={"car": charger(mode="solar_only")})
    balancer = Balancer(LoadedConfig(read_config(written).config, (), ()), home.ports)

    async def begin() -> None:
        balancer.plans.plans.running = {"car": None}  # as before the restart
        await balancer.restore_and_run(0)

    asyncio.run(begin())
    assert balancer.site.by_name["car"].mode is Mode.STANDARD
    published = {entity: attributes for entity, _, attributes in home.writes}
    assert published["sensor.fusebox_car"]["mode"] == "solar_only"
