"""What a raise waits for so that nothing saws: a load that is about to start, and changes that are worth a command."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import LoadState, Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, obey, plug, site, switched

POOL_FROM_S = 204


def test_a_car_that_made_room_for_a_plug_leaves_it_although_an_averaging_meter_shows_the_cut_late() -> None:
    of = site(car("car"), plug("pool", 2000), distribution=Distribution.SHARED)
    memory, flows, reading_a = Memory(), [], 0.0
    loads: dict[str, LoadState] = {"car": charger(6), "pool": replace(switched(False, 0.0), available=False)}
    told, started_s = [], None
    for second in range(400):
        if second == POOL_FROM_S:
            loads["pool"] = replace(loads["pool"], available=True)
        flows.append(9.5 + sum(state.draw_a[0] or 0.0 for state in loads.values()))
        if second % 10 == 0:
            reading_a = sum(flows[-10:]) / len(flows[-10:])
        grid = {MAIN: {Phase.L1: Reading(reading_a, reading_a, float(second % 10))}}
        decision = step(of, Snapshot(T0_S + second, grid, loads), memory)
        memory = decision.memory
        for command in decision.commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
            if command.load == "pool" and command.on:
                loads["pool"] = switched(True, 8.7)
                started_s = second
            elif second >= POOL_FROM_S and started_s is None:
                told.append(command.current_a)
    assert started_s is not None
    assert len(told) == 1


def test_room_that_moves_by_tenths_of_an_amp_is_not_worth_a_command_every_few_seconds() -> None:
    evening, random = Evening(site(car("car", step_a=0.1))), Random(4)
    loads = evening.run(12, 0, 60, car=replace(charger(6), device_step_a=0.1))
    raises, offered_a, house_a = 0, [], 12.3
    for second in range(60, 960):
        before_a = loads["car"].offer_a or 0.0
        house_a = min(max(house_a + random.gauss(0, 0.1), 12.0), 13.0)
        loads = evening.run(house_a, second, second + 1, **loads)
        after_a = loads["car"].offer_a or 0.0
        raises += after_a > before_a
        offered_a.append(after_a)
    assert raises <= 30
    assert sum(offered_a) / len(offered_a) > 11.9  # and yet hardly anything is lost


def test_a_raise_by_an_amp_or_more_does_not_wait_for_the_small_ones() -> None:
    evening = Evening(site(car("car", step_a=0.1)))
    loads = evening.run(17.5, 0, 60, car=replace(charger(6), device_step_a=0.1))
    loads = evening.run(17.1, 60, 120, **loads)
    assert loads["car"].offer_a == 7.9
    assert evening.run(13, 120, 135, **loads)["car"].offer_a == 11.9
