"""A car with a single draw value that uses fewer phases at first: its draw may not be on the phase it is counted on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Source
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Reading, Snapshot, Status

from ..houses import T0_S, car, charger, site

PHASES = "L1 L2 L3"


class House:
    """A car whose draw follows its setpoint by 1 A a second, on some phases only, and a meter that reports each second.

    L3 carries 11 A of the house.
    """

    def __init__(self, of: Site, l3_a: float = 11.0, sensor_late_s: float = 0.0) -> None:
        self.site, self.late_s = of, sensor_late_s
        self.base_a = {Phase.L1: 0.3, Phase.L2: 1.7, Phase.L3: l3_a}
        self.memory, self.second, self.draw_a = Memory(), 0, 0.0

    def run(self, uses: str, seconds: int) -> list[Decision]:
        found = []
        for _ in range(seconds):
            setpoint_a = self.memory.loads["car"].setpoint_a if self.memory.loads else 0.0
            self.draw_a = min(self.draw_a + 1.0, setpoint_a)
            flow_a = {p: a + (self.draw_a if p.name in uses.split() else 0.0) for p, a in self.base_a.items()}
            state = charger(setpoint_a, self.draw_a, phases=PHASES, status=Status.CHARGING)
            state = replace(state, single_a=self.draw_a, draw_age_s=self.late_s)
            grid = {p: Reading(a, a, 0.0) for p, a in flow_a.items()}
            solar = Reading(0.0, 0.0, 0.0)
            snapshot = Snapshot(T0_S + self.second, {"main": grid}, {"car": state}, solar_w=solar)
            found.append(step(self.site, snapshot, self.memory))
            self.memory, self.second = found[-1].memory, self.second + 1
        return found


def setpoints_a(decisions: list[Decision]) -> list[float]:
    return [each.memory.loads["car"].setpoint_a for each in decisions]


def one_car(**more: object) -> Site:
    return site(car("car", phases=PHASES), phases=PHASES, fuse_a=25, **more)


@pytest.mark.parametrize("at_first", ["L1", "L2"])
def test_a_car_that_uses_one_phase_at_first_is_not_raised_into_the_house_load_of_another(at_first: str):
    house = House(one_car())
    house.run("", 30)
    alone = house.run(at_first, 30)
    assert setpoints_a(alone)[-1] >= 8
    assert max(setpoints_a(alone)) + 11 <= 25 + 1  # 1 A: the draw that is too small to be missing anywhere
    after = house.run(PHASES, 100)
    assert setpoints_a(after)[-1] >= 12


def test_a_car_on_one_phase_is_raised_to_its_maximum_where_all_phases_have_room():
    house = House(one_car(), l3_a=2.0)
    house.run("", 30)
    assert setpoints_a(house.run("L1", 30))[-1] == 16


def test_a_doubt_that_no_measurement_ends_lasts_a_minute():
    house = House(one_car())
    house.run("", 30)
    found = []
    for second in range(90):
        house.base_a[Phase.L3] = 10.0 + second % 4  # so that no change of the draw shows the phase
        found.append(uncertain_a(house.run("L1", 1)[0]))
    assert min(found[15:45]) > 4
    assert max(found[65:]) == 0


def test_nothing_is_doubted_where_the_site_generates():
    house = House(one_car(solar_w=Source(entity="sensor.sun")))
    house.run("", 30)
    assert max(uncertain_a(each) for each in house.run("L1", 50)) == 0


def test_nothing_is_doubted_because_of_a_draw_that_is_older_than_the_meter():
    house = House(one_car(), sensor_late_s=10.0)
    house.run("", 30)
    assert max(uncertain_a(each) for each in house.run("L1", 30)) == 0


def uncertain_a(decision: Decision) -> float:
    """The most by which the house load of any phase may be higher than it counts [A]."""
    return max(each.uncertainty_a for each in decision.memory.house_load.values())
