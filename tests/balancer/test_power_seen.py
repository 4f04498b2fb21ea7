"""What a car takes is learnt from its draw: cold, on one phase, nearly full."""

from __future__ import annotations

import pytest

from fusebox.balancer.plans.power_seen import able_kw, seen
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.snapshot import LoadState

CAR = Load("car", "number", "main", tuple(Phase), 1, Mode.STANDARD, 6, 16)


@pytest.mark.parametrize(
    ("draw_a", "setpoint_a", "kw"),
    [
        ((16, 16, 16), 16, 11.04),
        ((8, 8, 8), 8, 11.04),  # throttled, and it takes all of it
        ((16, 0, 0), 16, 3.68),  # one phase of three
        ((9, 9, 9), 16, 6.21),  # cold, or nearly full
        ((0, 0, 0), 16, None),
        ((9, None, 9), 16, None),
    ],
)
def test_what_it_would_take(draw_a, setpoint_a, kw):
    found = able_kw(CAR, LoadState(draw_a=PerPhase(*draw_a)), setpoint_a, 230)
    assert found == (None if kw is None else pytest.approx(kw))


@pytest.mark.parametrize(("takes_kw", "planned_kw"), [(10.1, 11.0), (9.7, 9.7)])
def test_what_differs_by_a_tenth_is_planned_with(takes_kw, planned_kw):
    past = seen(seen(None, 11.0, 0.0), takes_kw, 3600.0)
    assert past.kw == pytest.approx(planned_kw)


def test_a_slow_car_is_planned_with_what_it_takes_within_ten_minutes_and_noise_changes_nothing():
    past = None
    for second in range(0, 300, 10):
        past = seen(past, 11.0 + (second % 20 - 10) / 50, second)
    assert past.kw == pytest.approx(11.0, abs=0.3)
    first = past.kw
    for second in range(300, 900, 10):
        past = seen(past, 5.0, second)
    assert past.kw == pytest.approx(5.0, rel=0.11)
    assert first != past.kw
