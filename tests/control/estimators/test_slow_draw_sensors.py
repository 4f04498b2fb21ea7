"""Draw sensors that report seldom: a car that starts is not a house that grows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.decision import Command
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import LoadState

from ..houses import Evening, car, charger, obey, site


def evening_with_telemetry(every_s: int, house_a: list[float]) -> tuple[list[float], list[float]]:
    """Offers and meter readings of one car whose draw is reported at this interval, on a 25 A phase."""
    evening = Evening(site(car("car")))
    device, reported, told_s = charger(6), 6.0, 0
    offers, flows = [], []
    for second, others_a in enumerate(house_a):
        drawn_a = device.draw_a[0] or 0.0
        if second % every_s == 0:
            reported, told_s = drawn_a, second
        flows.append(others_a + drawn_a)
        shown: LoadState = replace(device, draw_a=PerPhase(reported), draw_age_s=float(second - told_s))
        for command in evening.step({"L1": flows[-1]}, second, car=shown).commands:
            device = obey(device, command.current_a, command.on)
        offers.append((device.offer_a or 0.0) if device.on else 0.0)
    return offers, flows


@pytest.mark.parametrize("every_s", [1, 10, 30, 60])
def test_a_car_rises_to_its_share_without_being_cut_by_its_own_draw(every_s: int) -> None:
    offers, _ = evening_with_telemetry(every_s, [11.0] * 240)
    assert offers[-1] == 14.0
    assert offers == sorted(offers)


@pytest.mark.parametrize("every_s", [1, 10, 30, 60])
def test_an_overload_is_over_within_two_readings_however_late_the_draw_is(every_s: int) -> None:
    offers, flows = evening_with_telemetry(every_s, [5.0] * 95 + [15.0] * 60)
    assert max(offers) == 16.0
    assert max(flows) == 31.0
    assert max(flows[97:]) <= 25.0


@pytest.mark.parametrize("every_s", [10, 30, 60])
def test_after_a_cut_a_stale_draw_lends_nothing_that_is_not_there(every_s: int) -> None:
    _, flows = evening_with_telemetry(every_s, [5.0] * 95 + [15.0] * 300)
    assert max(flows[97:]) <= 25.0


@pytest.mark.parametrize(("late_s", "oven_s"), [(2, 25), (5, 45)])
def test_a_raise_that_waited_for_a_slow_device_is_the_cars_on_arrival_without_pauses(late_s: int, oven_s: int) -> None:
    """Written at most once a minute, obeyed late, measured seldom; an oven comes and goes under a contract."""
    evening = Evening(site(car("car", device={"min_write_s": 60}), max_import_w=4500))
    device, reported, told_s = charger(6), 6.0, 0
    coming: list[tuple[int, Command]] = []
    for second in range(800):
        for due_s, command in coming:
            if due_s == second:
                device = obey(device, command.current_a, command.on)
        drawn_a = device.draw_a[0] or 0.0
        if second % 30 == 0:
            reported, told_s = drawn_a, second
        # For a while it is over, and the car may rise; then it comes back just as the raise arrives.
        house_a = 11.0 if second % 70 < oven_s and not 500 <= second < 700 else 1.5
        shown: LoadState = replace(device, draw_a=PerPhase(reported), draw_age_s=float(second - told_s))
        decision = evening.step({"L1": house_a + drawn_a}, second, car=shown)
        coming += [(second + late_s, command) for command in decision.commands]
        assert device.on, second  # 17 A with the car at its minimum, of 19.5
    assert max(command.current_a or 0.0 for _, command in coming) > 8.0
