"""Laws of one phase or three: no contactor moves under current or too often, nothing begins where it does not fit, and
whatever interrupts a switch, its amps stay reserved and the car does not wait in silence.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.phases.evenings import play_for_harm
from benchmarks.phases.scene import PhaseScene, config, only_charger, play_scene
from fusebox import tuning
from fusebox.control.estimators import phase_switching
from fusebox.model.phases_memory import STAGES, PhaseSwitchEvent, Stage
from simhouse.devices.phase_box import Obeys, PhaseBox
from simhouse.house.house import House, Instant
from simhouse.physics.car import Car, Visit

from .effort import examples
from .interrupted_switches import Course as Interrupted
from .interrupted_switches import Interruption, Scene, Way

UNTIL_MEASURED = "at its minimum until its phases have been measured"
FULL_S, LONG_S = 100, 330
HERE = (Visit(0, 1e9, 5.0),)


@examples(8)
@given(st.integers(1, 10**9))
@example(716)
@example(237)
@example(323)
def test_no_evening_does_harm(seed: int) -> None:
    harm = play_for_harm(seed)
    assert harm.is_none, harm


def full_l2(box: PhaseBox, car: Car, **load: Any) -> PhaseScene:
    """L2 fills up for good while a car charges on three phases."""
    l2 = [1000.0] * FULL_S + [4900.0] * (LONG_S - FULL_S)
    base = {"L1": [500.0] * LONG_S, "L2": l2, "L3": [500.0] * LONG_S}
    return PhaseScene(base, car=car, box=box, config=config({"phase_rest_s": 10, **load}))


class Course:
    """What was seen second by second."""

    def __init__(self, scene: PhaseScene) -> None:
        self.offered: list[float] = []
        self.lines: list[int] = []
        self.over_s = 0
        self.house = play_scene(scene, watch=self._watch)

    def _watch(self, house: House, instant: Instant, reply: dict[str, Any]) -> None:
        box = only_charger(house)
        self.offered.append(box.offered_a)
        self.lines.append(box.contactor.lines)
        self.over_s += instant.net_a["L2"] > 25.5


CAR = Car(phases=3, max_a=16, visits=HERE)


def test_a_full_l2_pauses_no_car_where_l1_has_capacity() -> None:
    seen = Course(full_l2(PhaseBox(), CAR))
    box = only_charger(seen.house)
    assert (box.contactor.lines, box.contactor.moves, box.contactor.under_current) == (1, 1, 0)
    assert seen.offered[-1] == 16.0
    assert sum(a == 0 for a in seen.offered) <= 15


@pytest.mark.parametrize("obeys", [Obeys.NO, Obeys.ONLY_SAYS_SO])
def test_a_box_that_does_not_follow_ends_like_one_that_cannot(obeys: Obeys) -> None:
    seen = Course(full_l2(PhaseBox(obeys), CAR, phase_dwell_s=60))
    assert seen.offered[-1] == 0.0
    assert seen.over_s < 120, "a fuse bears nothing for a car that was just seen to draw where nothing was kept free"
    assert only_charger(seen.house).contactor.lines == 3


def test_a_car_that_keeps_charging_at_0_a_is_never_switched() -> None:
    seen = Course(full_l2(PhaseBox(), replace(CAR, ignores_nothing=True)))
    assert only_charger(seen.house).contactor.moves == 0


@pytest.mark.parametrize("draw", ["sensor.car_power", "sensor.car_current", None])
def test_it_is_the_same_with_lesser_sensors(draw: str | None) -> None:
    box = only_charger(Course(full_l2(PhaseBox(), CAR, draw=draw)).house)
    assert (box.contactor.lines, box.contactor.under_current) == (1, 0)


def test_the_law_notices_a_switch_under_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a machine that does not wait until nothing flows."""
    monkeypatch.setitem(
        phase_switching._OBSERVERS,  # type: ignore[arg-type]
        Stage.STOPPING,
        lambda sight, past: past.after_event(PhaseSwitchEvent.DRAWS_NOTHING, sight.now_s),
    )
    assert only_charger(Course(full_l2(PhaseBox(takes_s=0.0), CAR)).house).contactor.under_current > 0


def test_nothing_is_switched_by_default() -> None:
    scene = full_l2(PhaseBox(), CAR, switch_phases=False)
    assert only_charger(Course(scene).house).contactor.moves == 0


def test_each_stage_has_a_way_on() -> None:
    assert {stage for stage, _ in STAGES} == set(Stage)


SECONDS = st.integers(0, 40)


@examples(7)
@given(
    st.sampled_from([way for way in Way if way is not Way.BACK_AND_FORTH]),
    st.sampled_from([what for what in Interruption if what is not Interruption.BLIND]),
    SECONDS,
    st.sampled_from((1, 5, 20, 70)),
    st.booleans(),
    st.sampled_from((5.0, 10.0, 30.0, 60.0)),
)
@example(Way.DOWN, Interruption.RESTART, 1, 20, True, 10.0)
@example(Way.DOWN_BY_HAND, Interruption.AWAY, 1, 70, True, 10.0)
@example(Way.DOWN_BY_HAND, Interruption.AWAY, 6, 70, False, 30.0)
@example(Way.UP, Interruption.POWER_CUT, 8, 20, True, 10.0)
@example(Way.DOWN, Interruption.POWER_CUT, 3, 1, False, 5.0)
@example(Way.DOWN, Interruption.POWER_CUT, 3, 1, True, 5.0)
@example(Way.UP, Interruption.POWER_CUT, 3, 1, True, 5.0)
def test_an_interrupted_switch_keeps_its_amps_and_comes_to_its_end(
    way: Way, what: Interruption, at_s: int, lasts_s: int, shows: bool, rest_s: float
) -> None:
    course = Interrupted(Scene(way, what, at_s, lasts_s, shows, rest_s))
    assert course.taken() is None, "another load took what was reserved"
    assert not any(course.box.moved_at_a), "the contactor moved under current"
    assert course.waits_s() <= 150 + rest_s
    assert (course.box.lines, course.seconds[-1].draws_a > 0) == (3 if way.up else 1, True)
    switching = [s for s in course.seconds if s.switch.target is not None]
    assert {s.shown_a for s in switching} == {0.0}, "it is offered nothing"
    assert all("phases" in s.reason for s in switching if not s.away)
    assert all(s.shown_a > 0 for s in course.seconds if UNTIL_MEASURED in s.reason), "0 A is not a minimum"


def test_a_car_at_0_a_after_a_power_cut_says_which_wire_it_waits_for() -> None:
    course = Interrupted(Scene(Way.DOWN, Interruption.POWER_CUT, at_s=1, lasts_s=30, length_s=120))
    waits = [s for s in course.seconds if s.switch.stage is Stage.STARTING and s.shown_a == 0]
    assert {s.reason for s in waits} == {"needs 6 A, limited by the main fuse (L2, 25 A): house 22 A"}


@examples(7)
@given(st.sampled_from((Way.DOWN, Way.UP, Way.DOWN_BY_HAND)), st.floats(3.0, 90.0), st.booleans())
def test_a_charger_rests_after_each_switch_as_long_as_config_says(way: Way, rest_s: float, shows: bool) -> None:
    course = Interrupted(Scene(way, shows=shows, rest_s=rest_s, length_s=260))
    (told_s, _), *others = course.box.told_s
    assert others == []
    first_s = next(s.second for s in course.seconds if s.second > told_s and s.draws_a > 0)
    assert first_s - told_s >= rest_s


def test_each_switch_waits_for_the_dwell_and_longer_after_returns_that_did_not_last() -> None:
    dwell_s = 120.0
    scene = Scene(Way.BACK_AND_FORTH, rest_s=5.0, dwell_s=dwell_s, every_s=130, length_s=740)
    told = Interrupted(scene).box.told_s
    short, doubled = 0, 0
    for (before_s, _), (told_s, lines) in itertools.pairwise(told):
        gap_s = told_s - before_s
        if lines == 1:
            short = short + 1 if gap_s < tuning.SLACK_RATIO * dwell_s else 0
        doubled += lines == 3 and short > 0
        assert gap_s >= dwell_s * (1 if lines == 1 else 2 ** min(short, tuning.KNOWN_TIMES))
    assert doubled > 0, "the law was put to the test"


def test_nothing_is_switched_while_the_fuse_still_tolerates_the_load() -> None:
    course = Interrupted(Scene(Way.DOWN, length_s=200))
    began = next(s for s in course.seconds if s.switch.target is not None)
    assert began.theta >= tuning.SHED_THETA
