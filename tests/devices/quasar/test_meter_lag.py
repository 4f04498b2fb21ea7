"""A meter that is late is found out, and then a cut is made once and not again and again until the charger stops."""

from __future__ import annotations

import random

import pytest

from fusebox.devices.quasar.limits import Motion
from fusebox.model.snapshot import Reading

from .controllers import running
from .homes import Home


class LateHome(Home):
    """A house whose meter shows what flowed `late_s` seconds ago, and a charger that takes its time."""

    late_s = 0

    def look(self) -> Reading:
        self.past = [*getattr(self, "past", []), self.phase_w + random.Random(self.now_s).random()]
        seen_w = self.past[max(len(self.past) - 1 - self.late_s, 0)]
        return Reading(seen_w, seen_w, 0.0)


@pytest.mark.parametrize("late_s", [0, 1, 2, 3])
def test_a_kettle_costs_a_late_meter_no_stop(late_s):
    async def play():
        async with LateHome(delay_s=(1.0, 3.0), ramp_w_s=1500.0) as home:
            home.late_s = late_s
            await home.seconds(3)
            controller = await home.controller()
            await controller.take()
            await controller.charge(4500)
            await home.seconds(30)
            assert home.guard_controller.directions.motion.lag_s == late_s
            home.house_w = 3000.0
            for _ in range(30):
                await home.second()
                assert home.set_w >= 2700
            assert 2700 <= home.quasar.power_w <= 2750
            home.house_w = 1000.0
            await home.seconds(40)
            assert home.set_w == 4500

    running(play())


@pytest.mark.parametrize("meter", ["of another house", "of a restless house"])
def test_a_meter_that_does_not_measure_the_charger_teaches_no_lag(meter):
    motion, chance = Motion(), random.Random(1)
    for second in range(300):
        power_w = 4000.0 if second % 40 < 20 else 0.0
        motion.note_power(second, power_w)
        motion.learn_meter_lag(second, 500.0 if meter == "of another house" else power_w + chance.uniform(-3000, 3000))
        assert motion.lag_s == 0
