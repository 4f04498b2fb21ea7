"""The last moment to begin, and the reserve that is kept before a load's time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.planning.load_needs import reserve_limit, reserved_part_s
from fusebox.planning.need import Limit, Need, deadline_slot, latest_start_s, possible_energy_kwh

T0_S = 1_764_000_000.0
CAR = Need("car", 11.0, 11.0, 12)


def test_the_latest_start_leaves_enough_slots_at_full_power() -> None:
    assert latest_start_s(CAR, (), T0_S) == T0_S + 8 * 900
    assert latest_start_s(replace(CAR, energy_kwh=11.0 / 8), (), T0_S) == T0_S + 11.5 * 900
    wire = Limit("main L1", {"car": 1 / 3}, tuple([11 / 3] * 8 + [11 / 6] * 4))
    assert latest_start_s(CAR, (wire,), T0_S) - T0_S == pytest.approx(6 * 900)
    narrow = Limit("main L1", {"car": 1 / 3}, tuple([11 / 3] * 8 + [1.0] * 4))
    assert latest_start_s(replace(CAR, min_kw=4.1), (narrow,), T0_S) - T0_S == pytest.approx(4 * 900)
    assert latest_start_s(replace(CAR, energy_kwh=99.0), (), T0_S) == T0_S


@pytest.mark.parametrize(
    ("ready_s", "end", "last_kw"),
    [
        (3540, 4, 11 * 9 / 15),
        (3600, 4, 11 * 2 / 3),
        (3660, 4, 11 * 11 / 15),
        (3900, 4, 11.0),
        (4440, 5, 11 * 9 / 15),
        (900, 1, 11.0),
        (-60, 1, 11.0),
    ],
)
def test_five_minutes_are_kept_in_reserve_but_not_of_the_very_last_slot(ready_s, end, last_kw) -> None:
    end_ = deadline_slot(T0_S + ready_s, T0_S)
    need = replace(CAR, end=end_, cut_s=reserved_part_s(T0_S + ready_s, T0_S, end_))
    assert need.end == end
    rooms = reserve_limit(need, 6).headroom_kw
    assert rooms == pytest.approx((11.0,) * (end - 1) + (last_kw,) + (0.0,) * (6 - end))


@pytest.mark.parametrize(("first", "kwh"), [(0, 7.5), (1, 5.5), (3, 0.0)])
def test_of_the_present_slot_only_the_rest_is_possible_and_nothing_before_the_first(first: int, kwh: float) -> None:
    need = Need("pump", 3.0, 11.0, 3, first=first)
    assert possible_energy_kwh(need, (), passed_s=3600 * 0.75 / 11) == pytest.approx(kwh)
