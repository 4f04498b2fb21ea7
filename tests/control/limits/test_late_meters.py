"""Two cars, of which the second makes way, under a meter that is late: no late reading costs the first its minimum."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading

from ..houses import car, seen, site
from ..imperfect import Device
from ..rest import Steps


@dataclass
class LateMeter:
    """A meter that reports every `every_s`, and then what flowed `late_s` ago."""

    every_s: int
    late_s: int
    flows_a: list[float] = field(default_factory=list)
    shown: tuple[int, float] = (0, 0.0)

    def read(self, second: int, flow_a: float) -> dict[Phase, Reading]:
        """Return the reading at a second in which so much flows."""
        self.flows_a.append(flow_a)
        if second % self.every_s == 0:
            self.shown = (second, self.flows_a[max(second - self.late_s, 0)])
        return {Phase.L1: Reading(self.shown[1], self.shown[1], float(second - self.shown[0]))}


def setpoints(meter: LateMeter) -> tuple[list[float], list[float]]:
    """Return the setpoints of two cars in each second from the second minute on [A]; draws are reported every 2 s.

    After five minutes an oven leaves room for one of them.
    """
    of, steps, memory = site(car("a"), car("b"), fuse_a=22), Steps(), Memory()
    devices = {name: Device(1, 2, really_on=False, on=False, takes_a=16) for name in "ab"}
    told: tuple[list[float], list[float]] = ([], [])
    for second in range(480):
        devices["b"].here = second >= 60
        for device in devices.values():
            device.tick(second)
        if second % 2 == 0:
            measured = {name: each.state.draw_a for name, each in devices.items()}
        flow_a = (10.6 if second >= 300 else 1.0) + sum(device.draw_a for device in devices.values())
        age_s = float(second % 2)
        states = {n: replace(each.state, draw_a=measured[n], draw_age_s=age_s) for n, each in devices.items()}
        now = replace(seen({}, second, **states), grid_a={MAIN: meter.read(second, flow_a)})
        decision = steps.decide(of, now, memory)
        memory = decision.memory
        for command in decision.commands:
            devices[command.load].tell(second, command)
        for name, past in zip("ab", told, strict=True):
            past.extend([memory.loads[name].setpoint_a] if second >= 60 else [])
    return told


@pytest.mark.parametrize(("every_s", "late_s"), [(1, 0), (3, 2), (3, 3), (5, 5)])
def test_a_late_fall_of_the_first_car_is_not_counted_again_as_the_second_stops(every_s, late_s):
    first, second = setpoints(LateMeter(every_s, late_s))
    assert second[-1] == 0
    assert min(first) >= 6
