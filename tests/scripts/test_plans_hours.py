"""Plans of hours: what a plug has run by them, whatever it takes."""

from __future__ import annotations

import pytest

from .houses import config, plug
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool


class Pumped(Night):
    """A night with a pump, under the name `car` that `Night` records. `said`: all reasons of its plan."""

    def __init__(self, *args, **devices) -> None:
        super().__init__(*args, **devices)
        self.said = set()

    def _obey(self) -> None:
        super()._obey()
        self.said.add(str(self.house.shown("car").get("plan_reason")))

    def ran_s(self) -> float:
        """How long the pump was on [s]."""
        return self.step_s * sum(drawn > 0 for _, drawn in self.drew)


@pytest.mark.parametrize("power_w", [45, 90])
def test_a_small_pump_runs_its_hours_and_those_that_are_added(house, power_w):
    """By its time on: it may take less than what others need idle."""
    plan = {"ready_by": "21:00", "hours": "input_number.hours"}
    written = config(loads={"car": plug("car", rated_w=power_w, plan=plan)})
    pump = Device("plug", on=False, takes_a=power_w / 230)
    home = Pumped(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=pump)
    home.told = {**nord_pool({"20:15": 0.10, "20:45": 0.20}), "input_number.hours": "0.25"}
    home.until("20:35")
    assert (home.ran_s(), home.house.shown("car")["plan_state"]) == (pytest.approx(900, abs=30), "done")
    home.told = {"input_number.hours": "0.5"}
    home.run(1490)
    assert (home.ran_s(), home.house.shown("car")["plan_state"]) == (pytest.approx(1800, abs=30), "done")
    assert not [each for each in home.said if "takes nothing" in each]


def test_a_plug_is_planned_for_its_shortest_time_on(house):
    plan = {"ready_by": "22:00", "hours": 0.75}
    written = config(loads={"car": plug("car", plan=plan, mode="off", min_on_s=2400)})
    pump = Device("plug", on=False, takes_a=10)
    home = Pumped(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=pump)
    home.told = nord_pool({"20:15": 0.10, "21:00": 0.10, "21:45": 0.10})
    home.until("21:59")
    on_s = [second for second, drawn in home.drew if drawn > 0]
    assert home.house.shown("car")["starts_today"] == 1
    assert on_s[-1] - on_s[0] == pytest.approx(2700, abs=60)


@pytest.mark.parametrize("limit", [{"max_starts_per_day": 1}, {"min_off_s": 3600}], ids=str)
def test_a_plug_is_planned_within_its_starts_and_rests(house, limit):
    """In one block, where two cheaper ones would need another start, or less than its shortest time off."""
    plan = {"ready_by": "22:00", "hours": 0.75}
    written = config(loads={"car": plug("car", plan=plan, mode="off", **limit)})
    pump = Device("plug", on=False, takes_a=10)
    home = Pumped(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=pump)
    home.told = nord_pool({"20:15": 0.01, "20:45": 0.01, "21:30": 0.02})
    home.until("21:59")
    assert (home.ran_s(), home.house.shown("car")["starts_today"]) == (pytest.approx(2700, abs=60), 1)
    assert home.hours() == ["20:15", "21:00"]
