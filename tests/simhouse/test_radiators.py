"""Rooms and radiators, and the loop of meter, level, turns and relays around them."""

from __future__ import annotations

import shutil
from array import array
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from fusebox.model.heating import PowerSaving
from fusebox.model.trace import MeterLatency
from fusebox.radiators.power_saving import EstimatorMemory, Readings, estimate
from simhouse.devices.entities import Call
from simhouse.devices.radiators import RadiatorGroup
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.config_file import read_config_file
from simhouse.house.house import Equipment, Instant
from simhouse.house.run import run
from simhouse.physics.rooms import Room, Thermostat
from simhouse.physics.seconds import SecondSeries

from .evenings import Resting

EXAMPLE = Path(__file__).parents[2] / "config_examples" / "radiators_in_turn.py"
START = datetime(2026, 1, 15, 18, 0, tzinfo=UTC)
LENGTH_S = 650
LATE_LENGTH_S = 440
"""Where a meter is late, only what it sees of the three events is judged."""
EVENTS = ((100, 200, 9.0), (240, 560, 13.0), (340, 360, 9.0))
"""From, until [s] and how much [A]: a kettle, an oven, and a kettle at the same time."""

SECTION = {"radiators": [{"name": "a", "virtual": "input_boolean.a", "actual": "switch.a"}]}
OF = PowerSaving(meter={}, status="")


def group() -> RadiatorGroup:
    return RadiatorGroup("heating", SECTION, {"phases": ["L1"], "rated_w": 1150}, Random(1))


def test_a_room_with_its_radiator_on_all_the_time_becomes_warm_and_without_cold():
    room = Room(19.0, 2.0, 40.0, 4e5)
    for _ in range(3600):
        room.step(1150)
    assert room.temperature_c > 20
    for _ in range(36_000):
        room.step(0)
    assert 2 < room.temperature_c < 8


def test_a_thermostat_keeps_to_its_band():
    thermostat = Thermostat(20.0, 0.4)
    assert [thermostat.step(c) for c in (19.7, 20.1, 20.3, 20.0, 19.8)] == [True, True, False, False, True]


def test_a_relay_takes_a_moment_and_a_radiator_draws_while_its_thermostat_is_closed():
    heating = group()
    assert heating.handle(Call("switch.turn_on", "switch.a", {}), 0)
    heating.step(0, True)
    assert heating.draw_a(230)["L1"] == 0
    heating.step(1, True)
    assert 4.5 < heating.draw_a(230)["L1"] <= 5
    heating.radiators["switch.a"].own.setpoint_c = 0
    heating.step(2, True)
    assert (heating.on, heating.draw_a(230)["L1"]) == (True, 0)


def base_a(t: int) -> float:
    return 1.5 + sum(amps for begin, end, amps in EVENTS if begin <= t < end)


def evening(meter_every_s: int = 1):
    """The example's house with a kettle and an oven; rooms that stay cold, so that everybody wants heat."""
    watts = array("d", (230 * base_a(t) for t in range(LENGTH_S)))
    house = build_house(
        read_config_file(EXAMPLE),
        start=START,
        length_s=LENGTH_S,
        inputs=Inputs({"L1": SecondSeries(watts, bytearray(b"\1" * LENGTH_S))}),
        equipment=Equipment(meter_every_s=meter_every_s),
    )
    heating = house.plugs["heating"]
    assert isinstance(heating, RadiatorGroup)
    for radiator in heating.radiators.values():
        radiator.room.temperature_c = radiator.wanted.setpoint_c - 2
        radiator.own.setpoint_c = radiator.wanted.setpoint_c + 1
    return house, heating


def ideal_kwh() -> float:
    """What the formula gives with a meter and relays that are not late, radiators that draw five amps each."""
    memory, on, total_kwh = EstimatorMemory(level=0, meter_latency=MeterLatency(lags_s=(0.0,))), 5, 0.0
    for t in range(LENGTH_S):
        meter_a = base_a(t) + 4.85 * on
        found = estimate(OF, Readings(float(t), meter_a, float(t), on), memory)
        memory = found.memory
        on = OF.max_active[found.level]
        total_kwh += 4.85 * on * 230 / 3_600_000
    return total_kwh


@pytest.mark.parametrize("meter_every_s", [1, 10])
def test_with_kettle_and_oven_nothing_trips_and_radiators_go_off_in_time_and_heat(tmp_path, meter_every_s):
    house, heating = evening(meter_every_s)
    flows: list[float] = []

    def watch(instant: Instant, _reply: object) -> None:
        flows.append(instant.net_a["L1"])

    async def all_of_it() -> None:
        shutil.copy(EXAMPLE, tmp_path / "site_config.py")
        async with Host(tmp_path / "site_config.py", START) as host:
            length_s = LENGTH_S if meter_every_s == 1 else LATE_LENGTH_S
            await run(house, Resting(host, length_s), length_s, watch=watch)

    run_in_host_loop(all_of_it())
    assert all(circuit.trip is None for circuit in house.circuits.values())
    for begin, _, _ in EVENTS:
        assert max(flows[begin + meter_every_s + 2 : begin + 95]) <= 30
    if meter_every_s == 1:
        assert heating.taken_kwh >= 0.9 * ideal_kwh()
