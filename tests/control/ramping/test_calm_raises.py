"""What a raise waits for so that nothing saws: a load that is about to start, and changes that are worth a command."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from fusebox.control.control import step
from fusebox.control.ramping.raises import undoes_small_cut
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Mode
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, heating, in_watts, obey, plug, site, switched

POOL_FROM_S = 204


def test_a_car_that_made_room_for_a_plug_leaves_it_although_the_meter_averages() -> None:
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


def test_room_that_varies_by_tenths_of_an_amp_does_not_cause_frequent_commands() -> None:
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


def noisy(of: Site, house_a: float, noise_a: float, last_s: int) -> tuple[int, int]:
    """How often the car's current changes and the limit is exceeded [s], from the third minute on."""
    evening, random, loads = Evening(of), Random(5), {"car": charger(6)}
    limit_a = of.circuits[0].fuse_a if of.max_import_w is None else of.max_import_w / of.voltage_v
    changes = over_s = 0
    for second in range(last_s):
        before_a, now_a = loads["car"].offer_a or 0.0, house_a + noise_a * random.random()
        over_s += second >= 120 and now_a + before_a > limit_a + 0.01
        loads = evening.run(now_a, second, second + 1, **loads)
        changes += second >= 120 and loads["car"].offer_a != before_a
    return changes, over_s


CONTRACT = site(car("car"), max_import_w=4140.0)


@pytest.mark.parametrize(
    ("of", "house_a"),
    [
        (CONTRACT, 7.9),
        (site(car("car"), fuse_a=18), 7.9),
        (site(car("car", mode=Mode.SOLAR_ONLY), fuse_a=40), -8.1),
    ],
    ids=["contract", "fuse without margin", "sun"],
)
def test_a_current_that_fits_except_for_noise_is_cut_once(of: Site, house_a: float) -> None:
    changes, over_s = noisy(of, house_a, 0.2, 480)
    assert changes <= 2 and over_s <= 2


def test_after_a_small_cut_the_same_room_is_used_again_once_it_has_lasted() -> None:
    evening = Evening(CONTRACT)
    loads = evening.run(7.9, 0, 60, car=charger(6))
    loads = evening.run(8.1, 60, 61, **loads)
    assert loads["car"].offer_a == 9
    loads = evening.run(7.9, 61, 145, **loads)
    assert loads["car"].offer_a == 9
    assert evening.run(7.9, 145, 160, **loads)["car"].offer_a == 10


def test_after_a_small_cut_clearly_more_room_is_used_as_soon_as_ever() -> None:
    evening = Evening(CONTRACT)
    loads = evening.run(7.9, 0, 60, car=charger(6))
    loads = evening.run(8.1, 60, 61, **loads)
    assert loads["car"].offer_a == 9
    assert evening.run(5, 61, 75, **loads)["car"].offer_a == 13


def test_on_the_sun_the_same_room_is_used_again_after_half_a_minute() -> None:
    evening = Evening(site(car("car", mode=Mode.SOLAR_ONLY), fuse_a=40))
    loads = evening.run(-10.1, 0, 150, car=charger(6))
    loads = evening.run(-9.9, 150, 151, **loads)
    assert loads["car"].offer_a == 9
    loads = evening.run(-10.1, 151, 178, **loads)
    assert loads["car"].offer_a == 9
    assert evening.run(-10.1, 178, 190, **loads)["car"].offer_a == 10


def test_raises_that_are_taken_back_at_once_come_later_each_time() -> None:
    """Each time the car gets more than 9 A, 4 A of the sun are gone until it has less."""
    evening, raised_s = Evening(site(car("car", mode=Mode.SOLAR_ONLY, max_a=32.0), fuse_a=40)), []
    loads = evening.run(-7.5, 0, 100, car=charger(6))
    for second in range(100, 800):
        before_a = loads["car"].offer_a or 0.0
        loads = evening.run(-9.1 if before_a > 9 else -13.1, second, second + 1, **loads)
        if (loads["car"].offer_a or 0.0) > before_a:
            raised_s.append(second)
    waits_s = [later - earlier for earlier, later in pairwise(raised_s[-4:])]
    assert len(raised_s) < 10 and waits_s == sorted(waits_s) and waits_s[-1] > 150
    # Room that has grown by more than the last cut is used at once; a raise that lasts ends the waits.
    loads = evening.run(-30, 800, 806, **loads)
    assert (loads["car"].offer_a or 0.0) >= 13
    evening.run(-30, 806, 860, **loads)
    assert evening.memory.loads["car"].patience.undone == 0


@pytest.mark.parametrize(("step_a", "is_noise"), [(0.1, True), (1.0, True), (2.0, True), (2.5, False), (8.0, False)])
def test_a_cut_by_a_step_of_more_than_2_a_is_not_noise(step_a: float, is_noise: bool) -> None:
    size_a = max(1.0, step_a)
    past = LoadMemory(setpoint_a=8.0, timing=TimingMemory(before_a=8.0 + size_a))
    assert undoes_small_cut(past, 8.0 + size_a, step_a) is is_noise


@pytest.mark.parametrize(
    ("house_a", "meter_a", "sensor_a", "mode"),
    [
        pytest.param(8.13, 0.1, 0.5, Mode.STANDARD, id="its own sensor rounds"),
        pytest.param(-6.87, 0.01, 0.5, Mode.SOLAR_ONLY, id="its own sensor rounds, on the sun"),
        pytest.param(7.0, 0.5, 0.01, Mode.STANDARD, id="the meter rounds"),
        pytest.param(8.13, 1.0, 0.1, Mode.STANDARD, id="both round"),
    ],
)
def test_a_load_in_watts_is_still_although_its_sensors_round(
    house_a: float, meter_a: float, sensor_a: float, mode: Mode
) -> None:
    evening = Evening(site(in_watts("boiler", 6000, mode=mode), max_import_w=5000 if house_a > 0 else None))
    state, commands = heating(0.0), 0
    for second in range(300):
        offer_a = state.offer_a or 0.0
        shown = replace(state, draw_a=PerPhase(round(offer_a / sensor_a) * sensor_a))
        net_a = round((house_a + offer_a) / meter_a) * meter_a
        for command in evening.step({"L1": net_a}, second, boiler=shown).commands:
            state = obey(state, command.current_a, command.on)
            commands += second >= 150
    free_a = (5000 / 230 if house_a > 0 else 0.0) - house_a - (state.offer_a or 0.0)
    assert commands <= 1
    assert -max(meter_a, 0.1) / 2 < free_a <= meter_a + sensor_a / 2  # and hardly anything is left unused
