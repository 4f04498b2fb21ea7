"""Whatever raises, wherever the process dies: the battery is released, and no order lacks its end on the disk."""

from __future__ import annotations

import asyncio
import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.balancer.plans.plan_file import NAME

from ..runtime.test_json_values import JSON
from .battery_home import CHARGE, HOLD, LOOK_S, PLAN, BatteryHome, Breaker, Died, in_home
from .effort import examples

HELD, CHARGED = {"hold": HOLD}, {"charge_from_grid": CHARGE, "plan": PLAN}
WAYS = {"held": HELD, "charged": CHARGED}
RELEASED_S = 60 + 2 * LOOK_S
"""An order that is no longer needed ends a minute later."""


def ordered(home: BatteryHome, way: str) -> None:
    """What it takes that the battery gets this order."""
    home.car_a = 10.0 if way == "held" else 0.0


def unneeded(home: BatteryHome) -> None:
    """And that it does not need it any more: the car has left, or a meter is silent."""
    home.car_a, home.meter = 0.0, False


def reached(way: str, method: str) -> list[str]:
    """The functions that run within a method of the runner in an ordinary house."""

    async def watched(home: BatteryHome) -> list[str]:
        home.begin()
        breaker = Breaker(home.balancer.plans, method)
        ordered(home, way)
        await home.live(60)
        assert home.orders
        unneeded(home)
        await home.live(60)
        return sorted(name for name in breaker.seen if not name.endswith(f".{method}"))

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **WAYS[way])
        with in_home(home):
            return asyncio.run(watched(home))


def is_released_although(way: str, method: str, name: str) -> None:
    """Have one function fail at each of its calls within a method of the runner, while the battery has an order."""

    async def lived(home: BatteryHome) -> None:
        home.begin()
        breaker = Breaker(home.balancer.plans, method)
        ordered(home, way)
        await home.live(40)
        assert home.orders
        breaker.broken = name
        reported: list[str] = []
        await home.live(30, lambda: reported.append(home.errors))
        unneeded(home)
        await home.live(RELEASED_S, lambda: reported.append(home.errors))
        assert not home.orders
        assert not breaker.failed or any(name in errors for errors in reported)

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **WAYS[way])
        with in_home(home):
            asyncio.run(lived(home))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["_update_plans", "_order_battery"])
def test_whatever_function_fails_the_battery_is_released_and_it_is_reported(way: str, method: str) -> None:
    names = reached(way, method)
    assert len(names) > 20
    examples(12)(given(st.sampled_from(names))(lambda name: is_released_although(way, method, name)))()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("_update_plans", "plans.py: Plans.now"),
        ("_order_battery", "loans.py: Loans.update"),
    ],
)
def test_a_function_that_fails_first_or_midway_does_not_keep_the_battery(way: str, method: str, name: str) -> None:
    is_released_although(way, method, f"balancer/plans/{name}")


def test_a_battery_is_not_charged_on_by_a_plan_that_cannot_be_made_any_more(tmp_path: Path) -> None:
    async def lived(home: BatteryHome) -> None:
        home.begin()
        breaker = Breaker(home.balancer.plans, "_update_plans")
        ordered(home, "charged")
        await home.live(40)
        assert home.orders
        breaker.broken = "balancer/plans/plans.py: Plans.update"
        await home.live(RELEASED_S)
        assert breaker.failed
        assert not home.orders

    home = BatteryHome(tmp_path, **CHARGED)
    with in_home(home):
        asyncio.run(lived(home))


@examples(20)
@given(way=st.sampled_from(sorted(WAYS)), dies_at=st.integers(1, 20), silent=st.booleans())
def test_wherever_the_process_dies_the_next_start_releases_the_battery(way: str, dies_at: int, silent: bool) -> None:
    async def until_it_dies(home: BatteryHome) -> None:
        home.begin()
        ordered(home, way)
        await home.live(100)
        unneeded(home)
        home.meter = not silent
        await home.live(RELEASED_S)

    async def next_start(home: BatteryHome) -> None:
        unneeded(home)
        home.begin()
        await home.live(LOOK_S)
        assert not home.orders

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **WAYS[way])
        with in_home(home):
            home.dies_at = dies_at
            with suppress(Died):
                asyncio.run(until_it_dies(home))
            home.dies_at = None
            asyncio.run(next_start(home))


@examples(12)
@given(dies_at=st.integers(1, 20))
def test_wherever_the_process_dies_a_power_written_blind_is_reported(dies_at: int) -> None:
    async def until_it_dies(home: BatteryHome) -> None:
        home.begin()
        ordered(home, "charged")
        await home.live(100)
        unneeded(home)
        await home.live(RELEASED_S)

    async def next_start(home: BatteryHome) -> None:
        unneeded(home)
        home.begin()
        await home.live(LOOK_S)
        assert "switch.force_charge" not in home.orders
        is_written = str(home.states["number.charge_w"]) != "unknown"
        assert not is_written or "number.charge_w showed no value before" in home.errors

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **CHARGED)
        home.shows("number.charge_w", "unknown", home.now_s)
        with in_home(home):
            home.dies_at = dies_at
            with suppress(Died):
                asyncio.run(until_it_dies(home))
            home.dies_at = None
            asyncio.run(next_start(home))


@examples(12)
@given(way=st.sampled_from(sorted(WAYS)), full_s=st.integers(0, 6), again_s=st.integers(0, 12))
def test_on_a_full_disk_nothing_is_ordered_that_could_not_be_ended(way: str, full_s: int, again_s: int) -> None:
    async def lived(home: BatteryHome) -> None:
        home.begin()
        await home.live(full_s * LOOK_S)
        home.disk_is_full = True
        was_ordered = bool(home.orders)
        ordered(home, way)
        await home.live(80)
        assert bool(home.orders) is was_ordered
        assert "[Errno 28] No space left on device. Plans set by a service will be lost" in home.errors
        unneeded(home)
        await home.live(RELEASED_S)
        assert not home.orders
        home.disk_is_full, home.meter = False, True
        ordered(home, way)
        await home.live(80 + again_s * LOOK_S)
        assert was_ordered or home.orders
        assert "cannot be written" not in home.errors

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **WAYS[way])
        home.car_a = 0.0
        if way == "held":
            home.car_a = 10.0
        with in_home(home):
            asyncio.run(lived(home))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("set_s", [-3600, 3600, -86_400 * 365])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_clock_that_is_set_does_not_keep_the_battery(tmp_path: Path, way: str, set_s: int, when: str) -> None:
    async def lived(home: BatteryHome) -> None:
        home.begin()
        ordered(home, way)
        await home.live(60)
        assert home.orders
        if when == "before":
            home.now_s += set_s
        home.car_a = 0.0
        home.soc_pct = 100
        await home.live(30)
        if when == "after":
            home.now_s += set_s
        await home.live(RELEASED_S + LOOK_S)
        assert not home.orders

    home = BatteryHome(tmp_path, **WAYS[way])
    with in_home(home):
        asyncio.run(lived(home))


@pytest.mark.parametrize("way", WAYS)
def test_a_load_of_the_scripts_that_is_over_gives_no_more_orders(tmp_path: Path, way: str) -> None:
    async def lived(home: BatteryHome) -> None:
        home.car_a, home.soc_pct = 0.0, 100
        home.begin()
        await home.live(60)
        home.soc_pct = 50
        ordered(home, way)
        before = home.balancer
        home.report()
        await before.changed(home.now_s + 1)
        home.load()
        await home.balancer.restore_and_run(home.now_s + 1)
        assert not home.orders
        # A look of it was under way, and finds that an order is needed now.
        for later_s in (2, 2 + LOOK_S):
            await before.plans.update(home.now_s + later_s, before.result)
        assert not home.orders
        await home.live(30)
        assert home.orders

    home = BatteryHome(tmp_path, **WAYS[way])
    with in_home(home):
        asyncio.run(lived(home))


@pytest.mark.parametrize("way", WAYS)
def test_an_order_does_not_outlive_a_new_load_that_decides_nothing(tmp_path: Path, way: str) -> None:
    async def lived(home: BatteryHome) -> None:
        home.begin()
        ordered(home, way)
        await home.live(60)
        assert home.orders
        home.load()
        await home.balancer.restore_and_run(home.now_s)
        assert home.orders
        for later_s in (10, 80):
            await home.balancer.plans.update(home.now_s + later_s, None)
        assert not home.orders

    home = BatteryHome(tmp_path, **WAYS[way])
    with in_home(home):
        asyncio.run(lived(home))


TROUBLES = ["car", "meter", "disk", "refuses", "back", "forward", "killed", "loaded", "wait"]


@examples(14)
@given(way=st.sampled_from(sorted(WAYS)), events=st.lists(st.sampled_from(TROUBLES), max_size=12))
def test_whatever_happens_in_whatever_order_the_battery_is_released_in_the_end(way: str, events: list[str]) -> None:
    async def troubled(home: BatteryHome, event: str) -> None:
        if event == "car":
            home.car_a = 10.0 - home.car_a
        elif event == "meter":
            home.meter = not home.meter
        elif event == "disk":
            home.disk_is_full = not home.disk_is_full
        elif event == "refuses":
            home.refuses_all = not home.refuses_all
        elif event in ("back", "forward"):
            home.now_s += 3600 if event == "forward" else -3600
        elif event == "killed":
            home.begin()
        elif event == "loaded":
            home.load()
        await home.live(30)

    async def lived(home: BatteryHome) -> None:
        home.begin()
        ordered(home, way)
        await home.live(40)
        for event in events:
            await troubled(home, event)
        home.disk_is_full = home.refuses_all = False
        home.car_a, home.meter, home.soc_pct = 0.0, True, 100
        # What was refused is tried again with growing waits.
        await home.live(420)
        assert not home.orders

    with tempfile.TemporaryDirectory() as folder:
        home = BatteryHome(Path(folder), **WAYS[way])
        with in_home(home):
            asyncio.run(lived(home))


CALL = ["select", "select_option", {"entity_id": "select.battery", "option": "auto"}]
SECTIONS = ["blind", "wishes", "resting", "ran_from_s", "power", "house", "circuits", "import", "export"]
WISH = {"given_kwh": 3.0, "own": {"ready_by": "2099-01-01T07:00", "energy_kwh": 7.0}}


@examples(25)
@given(sections=st.dictionaries(st.sampled_from(SECTIONS), JSON), others=st.lists(JSON, max_size=3), wish=JSON)
def test_whatever_the_file_holds_the_battery_is_released_and_valid_entries_count(
    sections: dict[str, Any], others: list[Any], wish: Any
) -> None:
    async def lived(home: BatteryHome) -> None:
        home.shows("select.battery", "hold", home.now_s)
        home.car_a = 0.0
        home.begin()
        await home.live(20)
        assert "select.battery" not in home.orders
        assert home.balancer.plans.plans.progress_of("car").own is not None
        assert home.balancer.plans.plans.progress["car"].own.energy_kwh == 7.0
        assert "fails" not in home.errors and "failed" not in home.errors
        is_damaged = any(other != CALL for other in others) or not isinstance(wish, dict)
        assert not is_damaged or f"the file {NAME} was damaged" in home.errors

    with tempfile.TemporaryDirectory() as folder:
        kept = {**sections, "wishes": {"other": wish, "car": WISH}, "release": [*others, CALL]}
        (Path(folder) / NAME).write_text(json.dumps(kept), encoding="utf-8")
        home = BatteryHome(Path(folder), **CHARGED)
        with in_home(home):
            asyncio.run(lived(home))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"release": 5}', '{"release": [["select", "select_option", {}]]}']
)
def test_where_its_release_was_lost_config_says_how_the_battery_is_released(tmp_path: Path, text: str) -> None:
    async def lived(home: BatteryHome) -> None:
        home.shows("select.battery", "hold", home.now_s)
        home.car_a = 0.0
        home.begin()
        await home.live(30)
        assert not home.orders
        assert f"the file {NAME}" in home.errors
        home.now_s += 1800
        await home.live(20)
        assert NAME not in home.errors

    (tmp_path / NAME).write_text(text, encoding="utf-8")
    home = BatteryHome(tmp_path, **HELD)
    with in_home(home):
        asyncio.run(lived(home))
