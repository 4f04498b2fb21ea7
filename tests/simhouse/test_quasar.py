"""The simulated Quasar behaves like the real one: permission to write, starts, and failures."""

from __future__ import annotations

import asyncio
import struct
from datetime import UTC, datetime

import pytest

from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.quasar import (
    ACTION,
    CURRENT_A,
    DRAWN_W,
    ERRORS,
    IDLE_S,
    KIND,
    MOST_W,
    OWNER,
    POWER_W,
    SOC,
    STATE,
    Quasar,
)
from simhouse.devices.quasar_load import planned_w

from ..devices.quasar.controllers import Controller, Refused


def started(power_w: int = 3000, **facts: object) -> Quasar:
    """One that was commanded to start at second 0."""
    found = Quasar(**facts)  # type: ignore[arg-type]
    for register, value in ((OWNER, 1), (KIND, 1), (ACTION, 1), (POWER_W, power_w & 0xFFFF)):
        assert found.write(register, value) == 0
    return found


def run(quasar: Quasar, until_s: int) -> None:
    for t_s in range(int(quasar.t_s) + 1, until_s + 1):
        quasar.step(t_s)


def test_without_ownership_nothing_that_is_written_counts():
    quasar = Quasar()
    assert quasar.write(POWER_W, 3000) == 0
    assert quasar.registers[POWER_W] == 0


def test_giving_it_back_resets_what_modbus_had_set():
    quasar = started()
    quasar.write(IDLE_S, 1800)
    quasar.write(OWNER, 0)
    assert (quasar.registers[KIND], quasar.registers[IDLE_S]) == (0, 0)


def test_it_starts_after_one_to_three_seconds_and_ramps():
    quasar = started(3000, ramp_w_s=1000.0)
    seen = []
    for t_s in range(1, 9):
        quasar.step(t_s)
        seen.append(quasar.power_w)
    assert seen[0] == 0
    assert 3 <= seen.index(3000) <= 6
    assert quasar.registers[STATE] == 1
    assert quasar.registers[DRAWN_W] == 3000


def test_discharging_is_a_state_and_a_sign_of_its_own():
    quasar = started(-3000)
    run(quasar, 10)
    assert quasar.registers[STATE] == 11
    assert quasar.registers[DRAWN_W] == 65536 - 3000
    assert quasar.given_kwh > 0


def test_its_state_of_charge_reads_zero_while_it_idles():
    quasar = started()
    run(quasar, 10)
    assert quasar.registers[SOC] == 50
    quasar.write(ACTION, 2)
    run(quasar, 20)
    assert (quasar.registers[SOC], quasar.registers[STATE]) == (0, 4)


def test_below_what_it_can_modulate_nothing_flows():
    quasar = started(1000)
    run(quasar, 10)
    assert quasar.power_w == 0


def test_its_maximum_and_the_kind_of_set_point_count():
    quasar = started(7000)
    quasar.write(MOST_W, 2000)
    run(quasar, 15)
    assert quasar.power_w == 2000
    quasar.write(KIND, 0)
    quasar.write(CURRENT_A, 7)
    run(quasar, 30)
    assert quasar.power_w == 1610


def test_an_installers_maximum_outside_its_range_is_refused():
    quasar = started(7000)
    for value in (0, 1379, 7401, 65_036):  # the last is -500
        assert quasar.write(MOST_W, value) == 3
    run(quasar, 15)
    assert (quasar.registers[MOST_W], quasar.power_w) == (7400, 7000)


def test_it_idles_without_requests_for_its_time_out():
    quasar = started()
    quasar.write(IDLE_S, 60)
    run(quasar, 59)
    assert quasar.power_w == 3000
    run(quasar, 70)
    assert quasar.power_w == 0


def test_a_full_car_takes_nothing_and_an_empty_one_gives_nothing():
    for power_w, soc_pct in ((3000, 98.0), (-3000, 4.0)):
        quasar = started(power_w, soc_pct=soc_pct)
        run(quasar, 10)
        assert quasar.power_w == 0


def test_error_words_make_the_state_an_error():
    quasar = started()
    quasar.registers[ERRORS[0]] = 1234
    run(quasar, 3)
    assert quasar.registers[STATE] == 7


def test_a_car_that_leaves_ends_everything():
    quasar = started(visits=((0, 20),))
    run(quasar, 30)
    assert (quasar.power_w, quasar.registers[STATE]) == (0, 0)


def test_on_its_socket_illegal_addresses_short_answers_and_lost_connections():
    async def play() -> None:
        async with ModbusServer(Quasar()) as server:
            controller = await Controller.to(server.port)
            assert await controller.read(DRAWN_W, 17) == [0] * 11 + [4] + [0] * 5
            for address, count in ((400, 1), (STATE, 30)):
                with pytest.raises(Refused) as told:
                    await controller.read(address, count)
                assert told.value.code == 2
            assert (await controller.ask(struct.pack(">BHH", 5, 1, 1)))[1] == 1
            server.faults.short_reads = 1
            assert len(await controller.read(DRAWN_W, 17)) == 16
            assert len(await controller.read(DRAWN_W, 17)) == 17
            server.faults.drops = 1
            with pytest.raises(asyncio.IncompleteReadError):
                await controller.read(DRAWN_W)

    asyncio.run(play())


@pytest.mark.parametrize("hour, power_w", [(0, 0), (2, 3600), (8, 0), (12, 3600), (18, -3600), (22, 0)])
def test_the_plan_of_a_day(hour, power_w):
    assert planned_w(datetime(2026, 3, 1, hour, 30, tzinfo=UTC)) == power_w
