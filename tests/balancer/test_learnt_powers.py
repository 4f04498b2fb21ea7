"""What a car takes is learnt from its draw: cold, on one phase, nearly full."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fusebox.balancer.plans.learnt_powers import LearntPowers, add_observation, unlimited_power_kw
from fusebox.balancer.plans.plan_file import parse_plans
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory, ManualMemory, TimingMemory
from fusebox.model.snapshot import LoadState, Status
from fusebox.model.vehicle import Vehicle
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
    found = unlimited_power_kw(CAR, LoadState(draw_a=PerPhase(*draw_a)), setpoint_a, 230)
    assert found == (None if kw is None else pytest.approx(kw))


@pytest.mark.parametrize(("takes_kw", "planned_kw"), [(10.1, 11.0), (9.7, 9.7)])
def test_what_differs_by_a_tenth_is_planned_with(takes_kw, planned_kw):
    past = add_observation(add_observation(None, 11.0, 0.0), takes_kw, 3600.0)
    assert past.kw == pytest.approx(planned_kw)


def test_a_slow_car_is_planned_with_its_power_in_ten_minutes_and_noise_is_ignored():
    past = None
    for second in range(0, 300, 10):
        past = add_observation(past, 11.0 + (second % 20 - 10) / 50, second)
    assert past.kw == pytest.approx(11.0, abs=0.3)
    first = past.kw
    for second in range(300, 900, 10):
        past = add_observation(past, 5.0, second)
    assert past.kw == pytest.approx(5.0, rel=0.11)
    assert first != past.kw


RUNS = LoadMemory(setpoint_a=16.0, timing=TimingMemory(raised_s=0.0))


def lived(powers: LearntPowers, *draws_a: float, from_s: float) -> LearntPowers:
    """Minutes with these draws on each phase."""
    for minute, draw_a in enumerate(draws_a):
        powers.learn(CAR, LoadState(draw_a=PerPhase(draw_a, draw_a, draw_a)), RUNS, 230, from_s + 60.0 * minute)
    return powers


def test_the_next_car_is_planned_with_the_power_of_the_last_also_after_a_restart():
    powers = LearntPowers()
    assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(11.04)
    lived(powers, *[8.0] * 30, *[2.0] * 30, from_s=600.0)
    assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(1.38, rel=0.11), (
        "nearly full it takes less"
    )
    powers.learn(CAR, LoadState(status=Status.UNPLUGGED), RUNS, 230, 9000.0)
    again = LearntPowers()
    again.restore(
        parse_plans(json.loads(json.dumps({"power": to_json_values(powers.values_to_persist())}))).content.power
    )
    for each in (powers, again):
        assert each.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(5.52, rel=0.01)
        lived(each, *[16.0] * 3, from_s=90_000.0)
        assert each.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(11.04, rel=0.01), (
            "another car is seen within minutes"
        )


@pytest.mark.parametrize("wakes_s", [90, 900])
def test_a_car_that_begins_slowly_is_not_planned_with_its_first_amps(wakes_s):
    """It was offered its current long before, and a plan by its first amps would limit it to them for the night."""
    powers = LearntPowers()
    for second in range(0, wakes_s + 300, 10):
        draw_a = 0.0 if second < wakes_s else min((second - wakes_s) / 3 + 2, 16.0)
        powers.learn(CAR, LoadState(draw_a=PerPhase(draw_a, draw_a, draw_a)), RUNS, 230, 600.0 + second)
        assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(11.04)


def test_a_car_that_was_throttled_all_night_teaches_nothing():
    powers = LearntPowers()
    for minute in range(30):
        state = LoadState(draw_a=PerPhase(8.0, 8.0, 8.0))
        powers.learn(CAR, state, replace(RUNS, setpoint_a=8.0), 230, 600.0 + 60 * minute)
    powers.learn(CAR, LoadState(status=Status.UNPLUGGED), RUNS, 230, 9000.0)
    assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(11.04)


@pytest.mark.parametrize(("offer_a", "kw"), [(6.0, 5.52), (12.0, 8.28)])
def test_a_load_that_draws_all_of_a_small_offer_keeps_its_earlier_known_power(offer_a, kw):
    powers = lived(LearntPowers(), *[8.0] * 30, from_s=600.0)
    state, past = LoadState(draw_a=PerPhase(offer_a, offer_a, offer_a)), replace(RUNS, setpoint_a=offer_a)
    for minute in range(30):
        powers.learn(CAR, state, past, 230, 9000.0 + 60 * minute)
    assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(kw, rel=0.02)


@pytest.mark.parametrize(
    ("device_max_a", "limit_a", "kw"), [(10.0, None, 6.9), (None, 8.0, 5.52), (10.0, 12.0, 6.9), (4.0, None, 4.14)]
)
def test_a_car_is_planned_with_what_its_charger_and_its_user_allow(device_max_a, limit_a, kw):
    state, past = LoadState(device_max_a=device_max_a), replace(RUNS, manual=ManualMemory(limit_a=limit_a))
    assert LearntPowers().power_to_plan_kw(CAR, state, past, 230) == pytest.approx(kw)


def test_one_phase_and_three_are_learnt_apart():
    powers = lived(LearntPowers(), *[8.0] * 10, from_s=600.0)
    assert powers.power_to_plan_kw(replace(CAR, phases=(Phase.L1,)), LoadState(), None, 230) == pytest.approx(3.68)


@pytest.mark.parametrize(
    "kept", [None, 5, "car", [5], [{"load": "car"}], [{"load": "car", "lines": 3, "kw": "x"}], {"car": 3}]
)
def test_stored_values_that_make_no_sense_are_left_out(kept):
    powers = LearntPowers()
    powers.restore(parse_plans({"power": kept}).content.power)
    assert powers.power_to_plan_kw(CAR, LoadState(), None, 230) == pytest.approx(11.04)


class Box:
    """A charger that several cars use, and what is learnt of them."""

    def __init__(self) -> None:
        self.powers, self.now_s = LearntPowers(), 10_000.0

    def load(self, vehicle: str | None) -> Load:
        return replace(CAR, vehicles=("ioniq", "leaf"), vehicle=Vehicle(name=vehicle))

    def charge(self, vehicle: str | None, draw_a: float) -> None:
        past = LoadMemory(setpoint_a=16, timing=TimingMemory(raised_s=0.0))
        for _ in range(30):
            self.now_s += 10
            state = LoadState(draw_a=PerPhase(draw_a, draw_a, draw_a), status=Status.CHARGING)
            self.powers.learn(self.load(vehicle), state, past, 230, self.now_s)

    def unplug(self) -> None:
        self.powers.learn(self.load(None), LoadState(status=Status.UNPLUGGED), None, 230, self.now_s)

    def kw(self, vehicle: str | None) -> float:
        return round(self.powers.power_to_plan_kw(self.load(vehicle), LoadState(), None, 230), 1)


def test_each_car_at_a_box_is_planned_with_its_own_power():
    box = Box()
    box.charge("ioniq", 10)
    box.unplug()
    assert (box.kw("ioniq"), box.kw("leaf"), box.kw("guest")) == (6.9, 11.0, 11.0)


def test_a_guest_is_not_planned_with_the_power_of_the_guest_before():
    box = Box()
    box.charge("guest", 10)
    assert box.kw("guest") == 6.9
    box.unplug()
    assert box.kw("guest") == 11.0


def test_a_wrong_guess_does_not_change_what_is_known_of_that_car():
    box = Box()
    box.charge("ioniq", 16)
    box.unplug()
    box.charge("ioniq", 8)
    box.charge("leaf", 8)
    assert (box.kw("ioniq"), box.kw("leaf")) == (11.0, 5.5)
