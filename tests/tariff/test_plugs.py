"""Switched loads under a tariff: few switchings next to a car, and within the target."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff
from simhouse.physics.household import household_seconds

from .evenings import box, play, plug

QUARTERS = 3


def house() -> dict[Phase, list[float]]:
    """A house that takes 0.6 kW, and 2.6 kW for three minutes of each quarter of an hour."""
    return {Phase.L1: [2600 if 200 <= t % 900 < 380 else 600 for t in range(QUARTERS * 900 + 1)]}


@pytest.mark.parametrize("priority", [0, 2])
def test_a_plug_that_hardly_fits_next_to_a_car_turns_less_often_and_keeps_the_target(priority: int) -> None:
    car, boiler = box("car", max_a=16), plug("boiler", 1500, priority)
    played = play(Tariff("fixed_limit", target_kw=4.0), car, house(), boiler, rest_s=2)
    assert played.avoidable(4.0) == []
    if priority > car.load.priority:
        assert played.taken_kwh >= 0.9 * played.possible_kwh
        assert car.starts == 0
    assert len(boiler.turns) <= 8
    offs = [after - before for (before, on), (after, _) in pairwise(boiler.turns) if not on]
    assert offs == sorted(offs) and all(off >= 300 for off in offs)


def test_a_plug_does_not_begin_in_a_window_that_would_soon_stop_it_again() -> None:
    evening, boiler = datetime(2026, 11, 1, 17, tzinfo=UTC), plug("boiler", 1500, 1)
    house_w = list(household_seconds(evening, 3 * 3600 + 1, 1, Random(700))[0].watts[: 6 * 900 + 1])
    played = play(Tariff("fixed_limit", target_kw=2.5), boiler, {Phase.L1: house_w}, fuse_a=40, rest_s=10)
    assert played.avoidable(2.5) == []
    assert len(boiler.turns) <= 4
