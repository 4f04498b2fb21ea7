"""Services at the moments when nothing may be set: before what was set is known again, and after a newer load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fusebox.balancer import services, setting_service
from fusebox.balancer.balancer import Balancer
from fusebox.config.read_config import read_config
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.service_calls import ServiceError
from fusebox.runtime.settings import SETTINGS_ENTITY

from ..runtime.home import Home
from ..scripts.houses import charger, config

pytestmark = pytest.mark.usefixtures("store")

CALLS: dict[str, Callable[[Balancer], Awaitable[Any]]] = {
    "mode": lambda balancer: services.set_mode(balancer, 0, load="car", mode="off"),
    "distribution": lambda balancer: setting_service.set_distribution(balancer, 0, distribution="shared"),
    "max": lambda balancer: setting_service.set_current(balancer, 0, "max_a", load="car", current_a=10),
    "min": lambda balancer: setting_service.set_current(balancer, 0, "min_a", load="car", current_a=8),
}


def balancer(home: Home) -> Balancer:
    checked = read_config(config(loads={"car": charger()})).config
    return Balancer(LoadedConfig(checked, (), ()), home.ports)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_before_the_first_run_nothing_is_set(call):
    home = Home()
    with pytest.raises(ServiceError, match=r"just starting; call again in a second"):
        asyncio.run(call(balancer(home)))
    assert (home.calls, home.writes) == ([], [])


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_once_a_newer_load_has_taken_over_it_is_set_there(call):
    home = Home()
    old, new = balancer(home), balancer(home)

    async def work() -> None:
        await old.restore_and_run(0)
        await new.restore_and_run(0)
        before = new.as_set
        await call(old)
        assert new.as_set != before

    asyncio.run(work())
    assert len(home.states[SETTINGS_ENTITY].overrides) == 1


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_after_the_first_run_it_is_set(call):
    home = Home()
    ready = balancer(home)

    async def work() -> None:
        await ready.restore_and_run(0)
        await call(ready)

    asyncio.run(work())
    assert len(home.states[SETTINGS_ENTITY].overrides) == 1


def test_two_currents_set_at_the_same_time_are_never_the_wrong_way_round():
    home = Home()
    ready = balancer(home)

    async def work() -> list[Any]:
        await ready.restore_and_run(0)
        both = [
            setting_service.set_current(ready, 0, "max_a", load="car", current_a=8),
            setting_service.set_current(ready, 0, "min_a", load="car", current_a=10),
        ]
        return await asyncio.gather(*both, return_exceptions=True)

    first, second = asyncio.run(work())
    assert first == {"load": "car", "current_a": 8}
    assert isinstance(second, ServiceError)
