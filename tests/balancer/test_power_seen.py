"""What a car takes is learnt from its draw: cold, on one phase, nearly full."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fusebox.balancer.plans.keep import plans_of
from fusebox.balancer.plans.power_seen import PowersSeen, able_kw, seen
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.snapshot import LoadState, Status
from fusebox.runtime.json_values import to_json_values

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


def test_a_slow_car_is_planned_with_its_power_in_ten_minutes_and_noise_is_ignored():
    past = None
    for second in range(0, 300, 10):
        past = seen(past, 11.0 + (second % 20 - 10) / 50, second)
    assert past.kw == pytest.approx(11.0, abs=0.3)
    first = past.kw
    for second in range(300, 900, 10):
        past = seen(past, 5.0, second)
    assert past.kw == pytest.approx(5.0, rel=0.11)
    assert first != past.kw


RUNS = LoadMemory(setpoint_a=16.0, timing=TimingMemory(raised_s=0.0))


def lived(powers: PowersSeen, *draws_a: float, from_s: float) -> PowersSeen:
    """Minutes with these draws on each phase."""
    for minute, draw_a in enumerate(draws_a):
        powers.look(CAR, LoadState(draw_a=PerPhase(draw_a, draw_a, draw_a)), RUNS, 230, from_s + 60.0 * minute)
    return powers


def test_the_next_car_is_planned_with_the_power_of_the_last_also_after_a_restart():
    powers = PowersSeen()
    assert powers.most_kw(CAR, 230) == pytest.approx(11.04)
    lived(powers, *[8.0] * 30, *[2.0] * 30, from_s=600.0)
    assert powers.most_kw(CAR, 230) == pytest.approx(1.38, rel=0.11), "nearly full it takes less"
    powers.look(CAR, LoadState(status=Status.UNPLUGGED), RUNS, 230, 9000.0)
    again = PowersSeen()
    again.restore(plans_of(json.loads(json.dumps({"power": to_json_values(powers.kept())}))).kept.power)
    for each in (powers, again):
        assert each.most_kw(CAR, 230) == pytest.approx(5.52, rel=0.01)
        lived(each, 16.0, from_s=90_000.0)
        assert each.most_kw(CAR, 230) == pytest.approx(11.04, rel=0.01), "another car is seen at once"


def test_a_car_that_was_throttled_all_night_teaches_nothing():
    powers = PowersSeen()
    for minute in range(30):
        state = LoadState(draw_a=PerPhase(8.0, 8.0, 8.0))
        powers.look(CAR, state, replace(RUNS, setpoint_a=8.0), 230, 600.0 + 60 * minute)
    powers.look(CAR, LoadState(status=Status.UNPLUGGED), RUNS, 230, 9000.0)
    assert powers.most_kw(CAR, 230) == pytest.approx(11.04)


@pytest.mark.parametrize(("offer_a", "kw"), [(6.0, 5.52), (12.0, 8.28)])
def test_a_load_that_draws_all_of_a_small_offer_keeps_its_earlier_known_power(offer_a, kw):
    powers = lived(PowersSeen(), *[8.0] * 30, from_s=600.0)
    state, past = LoadState(draw_a=PerPhase(offer_a, offer_a, offer_a)), replace(RUNS, setpoint_a=offer_a)
    for minute in range(30):
        powers.look(CAR, state, past, 230, 9000.0 + 60 * minute)
    assert powers.most_kw(CAR, 230) == pytest.approx(kw, rel=0.02)


def test_one_phase_and_three_are_learnt_apart():
    powers = lived(PowersSeen(), *[8.0] * 10, from_s=600.0)
    assert powers.most_kw(replace(CAR, phases=(Phase.L1,)), 230) == pytest.approx(3.68)


@pytest.mark.parametrize(
    "kept", [None, 5, "car", [5], [{"load": "car"}], [{"load": "car", "lines": 3, "kw": "x"}], {"car": 3}]
)
def test_what_was_kept_and_makes_no_sense_is_left_out(kept):
    powers = PowersSeen()
    powers.restore(plans_of({"power": kept}).kept.power)
    assert powers.most_kw(CAR, 230) == pytest.approx(11.04)
