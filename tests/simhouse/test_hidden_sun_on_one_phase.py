"""A car that can charge on one phase finds as little hidden sun as one phase takes, through the shipped scripts."""

from __future__ import annotations

import copy
from array import array
from datetime import UTC, datetime

from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.record import Record
from simhouse.house.run import run
from simhouse.physics.car import Car, Visit
from simhouse.physics.flows import Node
from simhouse.physics.seconds import SecondSeries

from .evenings import Resting

START = datetime(2026, 5, 4, 10, tzinfo=UTC)
LENGTH_S = 780
CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_l1", "L2": "sensor.grid_l2", "L3": "sensor.grid_l3"},
        "netting": "sum",
        "solar_w": "sensor.solar_power",
        "inverter": {"max_w": 8000, "throttles": True},
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car_charging_current",
            "switch": "switch.car_charging",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "mode": "solar_only",
            "phases": ["L1", "L2", "L3"],
            "switch_phases": True,
            "phase_switch": {"select": "select.car_phases", "one": "1", "three": "2"},
        }
    },
}


def lived(tmp_path, config, sun_w=3000.0):
    """Return the record of thirteen minutes under a constant sun, of which the house needs 450 W."""
    base = SecondSeries(array("d", [150.0] * LENGTH_S), bytearray(b"\1" * LENGTH_S))
    car = Car(phases=3, max_a=16.0, visits=(Visit(0, LENGTH_S + 1, 20.0),))
    inputs = Inputs({f"L{n}": base for n in (1, 2, 3)}, array("d", [sun_w] * LENGTH_S), {"car": car})
    house = build_house(config, start=START, length_s=LENGTH_S, inputs=inputs)
    record = Record(house)
    path = tmp_path / "site_config.py"
    path.write_text(f"CONFIG = {config!r}\n", encoding="utf-8")

    async def live():
        async with Host(path, START) as host:
            await run(house, Resting(host, LENGTH_S), LENGTH_S, watch=record.watch)

    run_in_host_loop(live())
    return record


def kwh(record, node):
    """Return the energy that reached the car from there."""
    return record.ledger.kwh(node, "car")


def test_a_car_that_switches_phases_finds_hidden_sun_on_one(tmp_path):
    record = lived(tmp_path, CONFIG)
    assert kwh(record, Node.SUN) > 0.3
    assert kwh(record, Node.GRID) < 0.04


def test_on_three_phases_it_would_need_more_than_there_is(tmp_path):
    fixed = copy.deepcopy(CONFIG)
    del fixed["loads"]["car"]["switch_phases"], fixed["loads"]["car"]["phase_switch"]
    assert kwh(lived(tmp_path, fixed), Node.SUN) < 0.2
