"""A meter slower than the draw sensors: a car that has started is not room that has appeared."""

from __future__ import annotations

import pytest

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading, Snapshot, Status

from ..houses import T0_S, car, charger, obey, site


def worst_flow_a(meter_every_s: int, arrival_s: int = 121, until_s: int = 540) -> float:
    """Two cars that arrive together in a house of 12 A on 25 A; their draws are seen each second."""
    house, memory = site(car("a", priority=1), car("b", priority=2)), Memory()
    away = charger(6, 0, on=False, status=Status.UNPLUGGED)
    loads = {"a": away, "b": away}
    reading_a, reported_s, worst_a = 12.0, 0, 0.0
    for second in range(until_s):
        if second == arrival_s:
            loads = {name: charger(6, 0, on=False, status=Status.CONNECTED) for name in loads}
        flow_a = 12.0 + sum(state.draw_a[0] or 0.0 for state in loads.values())
        worst_a = max(worst_a, flow_a)
        if second % meter_every_s == 0:
            reading_a, reported_s = flow_a, second
        seen = Reading(reading_a, reading_a, float(second - reported_s), float(meter_every_s))
        decision = step(house, Snapshot(T0_S + second, {MAIN: {Phase.L1: seen}}, loads), memory)
        memory = decision.memory
        for command in decision.commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
    assert any(state.on for state in loads.values())
    return worst_a


@pytest.mark.parametrize("meter_every_s", [1, 10, 60])
def test_cars_that_arrive_between_two_readings_stay_under_the_fuse(meter_every_s: int) -> None:
    assert worst_flow_a(meter_every_s) <= 25.0


def first_raise_s(meter_every_s: int, pause: range) -> int | None:
    """When a car at 9 A is first raised; the house takes 16 A of 25 A, and 10 A less in these seconds."""
    house, memory, ev = site(car("ev")), Memory(), charger(9.0)
    reading_a, reported_s = 25.0, 0
    for second in range(max(pause) + 1):
        if second % meter_every_s == 0:
            reading_a, reported_s = (6.0 if second in pause else 16.0) + (ev.draw_a[0] or 0.0), second
        seen = Reading(reading_a, reading_a, float(second - reported_s), float(meter_every_s))
        decision = step(house, Snapshot(T0_S + second, {MAIN: {Phase.L1: seen}}, {"ev": ev}), memory)
        memory = decision.memory
        for command in decision.commands:
            ev = obey(ev, command.current_a, command.on)
        if (ev.offer_a or 0.0) > 9.0:
            return second
    return None


@pytest.mark.parametrize(("meter_every_s", "raised_s"), [(1, 203), (2, 204), (10, 210), (30, 240)])
def test_room_is_used_once_it_has_lasted_for_a_period_of_the_meter(meter_every_s: int, raised_s: int) -> None:
    dip_s = 210 if meter_every_s == 30 else 200
    assert first_raise_s(meter_every_s, range(dip_s, dip_s + 100)) == raised_s
