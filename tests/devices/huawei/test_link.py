"""The link to a SUN2000 on a real socket: each of the inverter's habits, and recovery alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fusebox.devices.huawei import link as links
from fusebox.devices.huawei.link import HuaweiLink
from simhouse.devices import sun2000
from simhouse.devices.modbus_server import Habits
from simhouse.devices.sun2000 import Sun2000

NOON = 1_780_000_000.0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the link not wait for an inverter that answers at once: the first test has the waits and their cause."""
    monkeypatch.setattr(links, "AFTER_CONNECT_S", 0.0)
    monkeypatch.setattr(links, "BETWEEN_S", 0.0)
    monkeypatch.setattr(links, "BUSY_S", 0.01)
    monkeypatch.setattr(sun2000, "Habits", lambda **habits: Habits(habits["one_client"], habits["unit"]))


def played(inverter: Sun2000, scene: Callable[[HuaweiLink], Awaitable[None]], **told: Any) -> HuaweiLink:
    """A scene with the inverter and a link to it, both closed at its end."""

    async def play() -> HuaweiLink:
        await inverter.server.start()
        link = HuaweiLink(**{"host": "127.0.0.1", "port": inverter.server.port, "unit": 1, "every_s": 5.0, **told})
        await link.start()
        try:
            await scene(link)
        finally:
            await link.stop()
            await inverter.server.stop()
        return link

    return asyncio.run(play())


def numbers(link: HuaweiLink) -> dict[str, str]:
    return {entity.removeprefix("huawei."): str(state) for entity, state in link.states.items()}


def test_everything_is_read_in_our_signs_at_the_first_poll():
    inverter = Sun2000(grid_export_w=(-1500, 200, 0), pv_w=4200, soc_pct=55.5, charge_w=-800)

    async def scene(link):
        assert await link.poll(NOON)
        assert not await link.poll(NOON + 4.9)
        assert await link.poll(NOON + 5)

    link = played(inverter, scene)
    assert numbers(link) == {
        "grid_l1": "1500.0", "grid_l2": "-200.0", "grid_l3": "-0.0", "solar_w": "4200.0", "soc_pct": "55.5",
        "charge_w": "-800.0",
    }  # fmt: skip
    assert link.states["huawei.grid_l1"].last_reported.timestamp() == NOON + 5
    assert (inverter.server.accepted, len(inverter.server.seen), link.problems) == (1, 6, ())


@pytest.mark.usefixtures("quick")
def test_old_firmware_reports_its_first_storage_unit_and_without_a_battery_nothing():
    async def scene(link):
        assert await link.poll(NOON)

    old = played(Sun2000(soc_pct=40, charge_w=1200, old_firmware=True), scene)
    assert (numbers(old)["soc_pct"], numbers(old)["charge_w"]) == ("40.0", "1200.0")
    none = played(Sun2000(), scene)
    assert (numbers(none)["soc_pct"], numbers(none)["charge_w"], none.problems) == ("unknown", "unknown", ())


@pytest.mark.usefixtures("quick")
def test_a_meter_that_goes_offline_is_unknown_at_once_and_the_night_has_no_sun():
    inverter = Sun2000(grid_export_w=(500, 0, 0), pv_w=700)

    async def scene(link):
        await link.poll(NOON)
        inverter.meter_online, inverter.pv_w = False, None
        await link.poll(NOON + 5)

    link = played(inverter, scene)
    assert (numbers(link)["grid_l1"], numbers(link)["solar_w"]) == ("unknown", "0.0")


@pytest.mark.usefixtures("quick")
def test_a_busy_inverter_is_read_again_and_one_that_stays_busy_less_often():
    inverter = Sun2000(pv_w=700)

    async def scene(link):
        inverter.server.faults.busy = 2
        assert await link.poll(NOON)
        inverter.server.faults.busy = 1000
        assert not await link.poll(NOON + 5)
        assert "stays busy" in link.problems[0]
        asked = len(inverter.server.seen)
        assert not await link.poll(NOON + 14.9)
        assert len(inverter.server.seen) == asked
        inverter.server.faults.busy = 0
        assert await link.poll(NOON + 15)

    assert played(inverter, scene).problems == ()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", ["drop", "short"])
def test_a_dropped_connection_or_short_answer_reconnects_and_keeps_the_readings_age(fault):
    inverter = Sun2000(pv_w=700)

    async def scene(link):
        await link.poll(NOON)
        if fault == "drop":
            inverter.server.hang_up()
            await asyncio.sleep(0.05)
        inverter.server.faults.short_reads = int(fault == "short")
        assert not await link.poll(NOON + 5)
        assert link.states["huawei.solar_w"].last_reported.timestamp() == NOON
        assert "does not answer" in link.problems[0]
        assert await link.poll(NOON + 15)

    assert played(inverter, scene).problems == ()
    assert inverter.server.accepted == 2


@pytest.mark.usefixtures("quick")
def test_a_switched_off_inverter_is_a_problem_with_remedy_and_found_again_later():
    inverter = Sun2000(pv_w=700)

    async def scene(link):
        await inverter.server.stop()
        for second in range(120):
            assert not await link.poll(NOON + second)
        assert "check that Modbus TCP is enabled" in link.problems[0]
        await inverter.server.start()
        assert any([await link.poll(NOON + 120 + second) for second in range(31)])

    assert numbers(played(inverter, scene))["solar_w"] == "700.0"


@pytest.mark.usefixtures("quick")
def test_another_unit_number_is_named_in_the_remedy(monkeypatch):
    monkeypatch.setattr("fusebox.tuning.ANSWER_S", 0.3)

    async def scene(link):
        assert not await link.poll(NOON)

    assert "does not answer as unit 3" in played(Sun2000(), scene, unit=3).problems[0]


@pytest.mark.usefixtures("quick")
def test_a_clock_that_is_set_back_does_not_keep_the_link_waiting():
    async def scene(link):
        assert await link.poll(NOON)
        assert await link.poll(NOON - 3600)

    played(Sun2000(), scene)


def test_a_link_that_is_closed_while_it_connects_leaves_no_connection_behind():
    inverter = Sun2000()

    async def scene(link):
        poll = asyncio.ensure_future(link.poll(NOON))
        await asyncio.sleep(0.3)
        await link.stop()
        assert not await poll
        await asyncio.sleep(0.05)
        assert inverter.server.connections == 0

    played(inverter, scene)
