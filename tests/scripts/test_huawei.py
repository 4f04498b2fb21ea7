"""A SUN2000 as the only meter of a house: it protects the fuse, reports its age, and survives failures of its link."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from simhouse.devices.in_thread import DeviceThread
from simhouse.devices.sun2000 import Sun2000

from .houses import BOX, charger, charging, config

NUMBER = {"number.car": {"state": "6", "attributes": BOX}}


@pytest.fixture
def devices() -> Iterator[DeviceThread]:
    with DeviceThread() as thread:
        yield thread


def measured_by(inverter: Sun2000, **site: Any) -> dict[str, Any]:
    """A house whose meter, panels and battery are the inverter's."""
    written = config(loads={"car": charger(mode="standard")}, grid={"L1": "huawei"}, **site)
    written["huawei"] = {"host": "127.0.0.1", "port": inverter.server.port}
    return written


def exporting(watts: float, **more: Any) -> Sun2000:
    return Sun2000(grid_export_w=(watts,), **more)


async def all_closed(inverter: Sun2000) -> None:
    """Wait until no connection to the inverter is open; `DeviceThread.do` raises TimeoutError if it stays."""
    while inverter.server.connections:
        await asyncio.sleep(0.01)


def test_the_inverters_meter_raises_the_car_and_keeps_it_under_the_fuse(house, devices):
    inverter = exporting(0.0)
    devices.run(inverter.server)
    home = house(measured_by(inverter, main_fuse_a=25))
    offer_a, others_a = 6.0, 4.0
    for second in range(100):
        others_a = 4.0 if second < 80 else 14.0
        inverter.grid_export_w = (-(others_a + offer_a) * 230,)
        home.line(second, charging(offer=offer_a))
        offer_a = [offer_a, *home.sent("number.car")][-1]
        if second == 79:
            assert offer_a == 16
            assert home.shown()["grid_a"]["L1"] == pytest.approx(20, abs=0.1)
    assert offer_a == 11


def test_panels_and_battery_are_read_from_it(house, devices):
    inverter = exporting(3000, pv_w=4500, soc_pct=91.5, charge_w=1200)
    devices.run(inverter.server)
    written = measured_by(inverter, solar_w="huawei", battery={"soc_pct": "huawei", "charge_w": "huawei"})
    home = house(written)
    home.line(0, charging(offer=6, draw=0))
    home.steady(2, charging(offer=6, draw=0))
    shown = home.shown()
    assert (shown["solar_w"], shown["battery_soc_pct"], shown["battery_charge_w"]) == (4500, 91.5, 1200)


def test_a_silent_inverter_makes_the_house_blind_is_named_and_recovers_by_itself(house, devices):
    inverter = exporting(-2300.0)
    devices.run(inverter.server)
    home = house(measured_by(inverter))
    home.line(0, charging(offer=16, draw=15.5))
    home.steady(6, charging(offer=16, draw=15.5))
    devices.do(inverter.server.stop())
    home.steady(45, charging(offer=16, draw=15.5))
    assert home.state("sensor.fusebox_site") == "blind"
    assert any("does not answer" in error for error in home.shown()["errors"])
    assert home.all_sent("number.car")[-1][1] == 6
    inverter.grid_export_w = (-100.0,)
    devices.do(inverter.server.start())
    home.steady(80, charging(offer=6, draw=5.5))
    assert home.state("sensor.fusebox_site") != "blind"
    assert home.shown()["errors"] == []


def test_a_saved_config_keeps_one_connection_and_the_reading(house, devices):
    inverter = exporting(-2300.0)
    devices.run(inverter.server)
    home = house(measured_by(inverter))
    home.line(0, charging(offer=16, draw=15.5))
    home.steady(3, charging(offer=16, draw=15.5))
    home.save(measured_by(inverter, main_fuse_a=20))
    home.steady(12, charging(offer=16, draw=15.5))
    assert home.state("sensor.fusebox_site") == "ok"
    assert inverter.server.accepted == 2
    home.save(config(loads={"car": charger()}))
    home.steady(20, {"sensor.l1": {"state": "5", "attributes": {"unit_of_measurement": "A"}}, **charging(offer=16)})
    devices.do(all_closed(inverter))


def test_a_meter_offline_at_the_inverter_is_unknown_and_its_last_numbers_do_nothing(house, devices):
    inverter = exporting(3000.0)
    devices.run(inverter.server)
    home = house(measured_by(inverter))
    home.line(0, charging(offer=6, draw=5.5))
    inverter.meter_online = False
    home.steady(70, charging(offer=6, draw=5.5))
    assert home.state("sensor.fusebox_site") == "blind"
    assert home.all_sent("number.car") == []
    inverter.meter_online = True
    home.steady(140, charging(offer=6, draw=5.5))
    assert home.state("sensor.fusebox_site") == "ok"
    assert home.all_sent("number.car")


def test_a_second_client_at_the_inverter_makes_the_house_blind_until_it_leaves(house, devices):
    inverter = exporting(-2300.0)
    devices.run(inverter.server)
    home = house(measured_by(inverter))
    home.line(0, charging(offer=16, draw=15.5))

    async def come_again_and_again() -> None:
        while True:
            _, other = await asyncio.open_connection("127.0.0.1", inverter.server.port)
            await asyncio.sleep(0.2)
            other.close()

    async def begin() -> asyncio.Task[None]:
        return asyncio.create_task(come_again_and_again())

    rival = devices.do(begin())
    home.steady(65, charging(offer=16, draw=15.5))
    assert home.state("sensor.fusebox_site") == "blind"
    assert any("no other client is connected" in error for error in home.shown()["errors"])
    assert home.all_sent("number.car")[-1][1] == 6
    rival.get_loop().call_soon_threadsafe(rival.cancel)
    inverter.grid_export_w = (-100.0,)
    home.steady(150, charging(offer=6, draw=5.5))
    assert home.state("sensor.fusebox_site") == "ok"
    assert home.shown()["errors"] == []
