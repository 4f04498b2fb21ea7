"""Draw sensors that report seldom: a car that starts is not a house that grows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.electrics import PerPhase
from fusebox.snapshot import LoadState

from .houses import Evening, car, charger, obey, site


def evening_with_telemetry(every_s: int, house_a: list[float]) -> tuple[list[float], list[float]]:
    """Offers and meter readings of one car whose draw is reported every so many seconds, on a 25 A phase."""
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
