"""Laws of one phase or three: no contactor moves under current, and nothing begins where it does not fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.phases.evenings import harm_of
from benchmarks.phases.scene import PhaseScene, charger_of, config, play
from fusebox.control.estimators import phase_switching
from fusebox.model.phase_switch import STAGES, Event, Stage
from simhouse.devices.phase_box import Obeys, PhaseBox
from simhouse.house.house import House, Instant
from simhouse.physics.car import Car, Visit

LONG_S = 700
HERE = (Visit(0, 1e9, 5.0),)


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 10**9))
@example(716)
@example(237)
@example(323)
def test_no_evening_does_harm(seed: int) -> None:
    harm = harm_of(seed)
    assert harm.is_none, harm


def full_l2(box: PhaseBox, car: Car, **load: Any) -> PhaseScene:
    """L2 fills up for good while a car charges on three phases, and empties at the end."""
    l2 = [1000.0] * 120 + [4900.0] * (LONG_S - 120)
    base = {"L1": [500.0] * LONG_S, "L2": l2, "L3": [500.0] * LONG_S}
    return PhaseScene(base, car=car, box=box, config=config({"phase_rest_s": 10, **load}))


class Course:
    """What was seen second by second."""

    def __init__(self, scene: PhaseScene) -> None:
        self.offered: list[float] = []
        self.lines: list[int] = []
        self.over_s = 0
        self.house = play(scene, watch=self._watch)

    def _watch(self, house: House, instant: Instant, reply: dict[str, Any]) -> None:
        box = charger_of(house)
        self.offered.append(box.offered_a)
        self.lines.append(box.contactor.lines)
        self.over_s += instant.net_a["L2"] > 25.5


CAR = Car(phases=3, max_a=16, visits=HERE)


def test_a_full_l2_pauses_nobody_where_l1_has_room() -> None:
    seen = Course(full_l2(PhaseBox(), CAR))
    box = charger_of(seen.house)
    assert (box.contactor.lines, box.contactor.moves, box.contactor.under_current) == (1, 1, 0)
    assert seen.offered[-1] == 16.0
    assert sum(a == 0 for a in seen.offered) <= 15


@pytest.mark.parametrize("obeys", [Obeys.NO, Obeys.ONLY_SAYS_SO])
def test_a_box_that_does_not_follow_ends_like_one_that_cannot(obeys: Obeys) -> None:
    seen = Course(full_l2(PhaseBox(obeys), CAR, phase_dwell_s=60))
    assert seen.offered[-1] == 0.0
    assert seen.over_s < 120, "a fuse bears nothing for a car that was just seen to draw where nothing was kept free"
    assert charger_of(seen.house).contactor.lines == 3


def test_a_car_that_goes_on_at_nothing_is_never_switched() -> None:
    seen = Course(full_l2(PhaseBox(), replace(CAR, ignores_nothing=True)))
    assert charger_of(seen.house).contactor.moves == 0


@pytest.mark.parametrize("draw", ["sensor.car_power", "sensor.car_current", None])
def test_it_is_the_same_with_lesser_sensors(draw: str | None) -> None:
    box = charger_of(Course(full_l2(PhaseBox(), CAR, draw=draw)).house)
    assert (box.contactor.lines, box.contactor.under_current) == (1, 0)


def test_the_law_sees_a_switch_under_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a machine that does not wait until nothing flows."""
    monkeypatch.setitem(
        phase_switching._SEEN,  # type: ignore[arg-type]
        Stage.STOPPING,
        lambda sight, past: past.moved(Event.DRAWS_NOTHING, sight.now_s),
    )
    assert charger_of(Course(full_l2(PhaseBox(takes_s=0.0), CAR)).house).contactor.under_current > 0


def test_nothing_is_switched_by_default() -> None:
    scene = full_l2(PhaseBox(), CAR, switch_phases=False)
    assert charger_of(Course(scene).house).contactor.moves == 0


def test_each_stage_has_a_way_on() -> None:
    assert {stage for stage, _ in STAGES} == set(Stage)
