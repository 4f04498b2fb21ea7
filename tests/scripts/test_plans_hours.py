"""Plans of hours: what a plug has run by them, whatever it takes."""

from __future__ import annotations

import pytest

from .houses import config, plug
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool


@pytest.mark.parametrize("power_w", [45, 90])
def test_a_small_pump_runs_its_hours_and_those_that_are_added(house, power_w):
    """By its time on: it may take less than what others need idle."""
    plan = {"ready_by": "21:00", "hours": "input_number.hours"}
    written = config(loads={"pool": plug(rated_w=power_w, plan=plan)})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    pump = Device("plug", on=False, takes_a=power_w / 230)
    home.devices = {"pool": pump, "car": Device(on=False, obeys=False)}
    home.told = {**nord_pool({"20:15": 0.10, "20:45": 0.20}), "input_number.hours": "0.25"}
    ran_s, said = 0, set()

    def until(second):
        nonlocal ran_s
        while home.second < second:
            home.run(10)
            ran_s += 10 * pump.on
            said.add(str(home.house.shown("pool").get("plan_reason")))

    until(2100)
    assert (ran_s, home.house.shown("pool")["plan_state"]) == (pytest.approx(900, abs=30), "done")
    home.told = {"input_number.hours": "0.5"}
    until(3590)
    assert (ran_s, home.house.shown("pool")["plan_state"]) == (pytest.approx(1800, abs=30), "done")
    assert not [each for each in said if "takes nothing" in each]
