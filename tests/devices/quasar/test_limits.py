"""The limits by themselves: when more is allowed, and what is no ground for it."""

from __future__ import annotations

import pytest

from fusebox.devices.quasar.limits import ChargerLimits, DirectionLimit, Pace
from fusebox.devices.quasar.registers import Register, RegisterLimits, limit_value

from .controllers import POWER_W, Refused, running
from .homes import Home

AT_ONCE = Pace(0.0, 0.0, 0.0)


@pytest.mark.parametrize("register", [Register.POWER_W, Register.CURRENT_A])
def test_without_a_request_no_power_is_allowed(register):
    assert limit_value(register, 0, RegisterLimits(-3000.0, 3000.0, 7400.0)) == 0


def test_a_charger_in_motion_is_no_room():
    """It takes 3000 W now, and the meter does not show it yet: the house has not become smaller."""
    room = ChargerLimits()
    room.motion.note_power(0, 0.0)
    room.take_reading(0, 1000.0, 0.0, 0.0, 5750.0, 7400.0)
    room.motion.note_power(1, 3000.0)
    room.take_reading(1, 1000.0, 0.0, 3000.0, 5750.0, 7400.0)
    room.ramp_up(1, 7000.0, 7400.0, AT_ONCE)
    assert room.charging.allowed_w == 4750


def test_readings_before_the_meter_fell_silent_do_not_count():
    side, pace = DirectionLimit(), Pace(10.0, 0.0, 180.0)
    side.take_reading(0, 2000.0, 2000.0, 7400.0)
    side.take_reading(1, 4000.0, 4000.0, 7400.0)
    side.discard_readings()
    side.take_reading(12, 4000.0, 4000.0, 7400.0)
    side.ramp_up(12, 7000.0, 7400.0, pace)
    assert side.allowed_w == 2000
    side.ramp_up(22, 7000.0, 7400.0, pace)
    assert side.allowed_w == 4000


def test_a_guard_that_stops_takes_no_more_requests():
    async def play():
        async with Home() as home:
            await home.seconds(2)
            controller = await home.controller()
            await controller.take()
            home.guard._closing = True
            with pytest.raises(Refused) as told:
                await controller.write(POWER_W, 2000)
            assert told.value.code == 0x0B
            assert home.set_w == 0

    running(play())


def test_a_meter_that_was_away_briefly_has_to_show_the_capacity_again():
    async def play():
        async with Home() as home:
            await home.second()
            controller = await home.controller()
            await controller.take()
            await controller.charge(4000)
            await home.seconds(5)
            home.house_w = 3000.0
            await home.second()
            home.house_w = 1000.0
            await home.seconds(20)
            home.metered = False
            await home.second()
            home.metered = True
            await home.seconds(8)
            assert home.set_w == 2750
            await home.seconds(5)
            assert home.set_w == 4000

    running(play())
