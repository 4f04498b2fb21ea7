"""Counted energy is true energy: whatever counters, draw sensors, clocks and restarts do, none of it is invented."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.balancer.energy.meter import EnergyMeter
from fusebox.model.electrics import PerPhase
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhasesMemory
from fusebox.model.snapshot import LoadState, Reading, Status

from ..control.houses import METER, car, seen, site
from .effort import examples

STEP_S = 10.0
HOUSE = site(car("car"))
KW_PER_A, OFFER_A = 0.23, 16.0
GLITCHES = (
    lambda kwh: kwh - 0.9,
    lambda kwh: kwh + 0.9,
    lambda kwh: kwh + 0.3,
    lambda kwh: kwh % 7,
    lambda kwh: 1000 * kwh,
    lambda kwh: kwh / 1000,
    lambda kwh: 0.0 * kwh,
    lambda _: None,
)
EACH_KWH = 0.08
"""What one change of counter, clock or car may cost: a step of the meter and a last digit of the counter [kWh]."""
TWO_FAULTS_KWH = 0.9
"""What a counter with one fault after another may cost [kWh]: its second return may look like a rise of the first."""


class Span(NamedTuple):
    """Some steps in which nothing changes."""

    steps: int
    drawn_a: float
    draw_is_known: bool
    glitch: int | None
    clock_set_s: float
    restarts: bool


def spans(amps: tuple[float, ...]) -> st.SearchStrategy[Span]:
    return st.builds(
        Span,
        st.integers(1, 90),
        st.sampled_from(amps),
        st.sampled_from([True, True, False]),
        st.none() | st.integers(0, len(GLITCHES) - 1),
        st.sampled_from([0.0, 0.0, 30.0, -30.0, 3600.0, -3600.0]),
        st.sampled_from([False, False, False, True]),
    )


class Course:
    """A meter and its car through spans; `has_counter`: whether the charger has an energy counter of its own."""

    def __init__(self, has_counter: bool, has_steady_clock: bool) -> None:
        self.meter, self.has_counter, self.has_steady_clock = EnergyMeter(), has_counter, has_steady_clock
        self.wall_s, self.steady_s, self.true_kwh, self.drawn_a = 0.0, 5000.0, 0.0, 0.0
        self.allowed_kwh, self.glitch = 0.0, None
        self._look(0.0, Span(0, 0.0, True, None, 0.0, False))

    @property
    def kwh(self) -> float:
        return self.meter.loads["car"].counter.kwh

    def live(self, span: Span) -> None:
        """Play a span; a restart takes no time."""
        # While its draw is unknown, a car continues as before.
        drawn_a = span.drawn_a if span.draw_is_known else self.drawn_a
        changes = (drawn_a != self.drawn_a) + 2 * (span.glitch is not None) + bool(span.clock_set_s) + 1
        has_two_faults = None not in (span.glitch, self.glitch) and span.glitch != self.glitch
        self.allowed_kwh += EACH_KWH * changes + TWO_FAULTS_KWH * has_two_faults
        self.drawn_a, self.glitch = drawn_a, span.glitch
        if span.restarts:
            kept, self.meter = self.meter.plain(), EnergyMeter()
            self.meter.restore(kept)
        else:
            self.wall_s += span.clock_set_s
        for _ in range(span.steps):
            self._look(drawn_a, span)
            self.wall_s, self.steady_s = self.wall_s + STEP_S, self.steady_s + STEP_S
            self.true_kwh += drawn_a * KW_PER_A * STEP_S / 3600
        self._look(drawn_a, span._replace(glitch=None))

    def _look(self, drawn_a: float, span: Span) -> None:
        status = Status.CHARGING if drawn_a else Status.UNPLUGGED
        known = PerPhase(drawn_a) if span.draw_is_known else PerPhase()
        state = LoadState(draw_a=known, offer_a=OFFER_A, status=status)
        true_kwh = 100.0 + self.true_kwh
        shown_kwh = true_kwh if span.glitch is None else GLITCHES[span.glitch](true_kwh)
        self.meter.observe(
            HOUSE,
            seen({"L1": 20.0}, self.wall_s, car=state),
            Memory(phases_in_use={"car": PhasesMemory()}),
            lambda _: shown_kwh if self.has_counter else None,
            self.steady_s if self.has_steady_clock else None,
        )


@examples(90)
@given(st.lists(spans((0.0, 6.0, 10.0, 16.0)), max_size=10), st.booleans())
def test_counted_energy_stays_within_a_last_digit_of_the_truth(spans, has_counter):
    course = Course(has_counter, has_steady_clock=True)
    for span in spans:
        course.live(span)
        assert abs(course.kwh - course.true_kwh) <= course.allowed_kwh


@examples(90)
@given(st.lists(spans((0.0,)), max_size=10), st.booleans(), st.booleans())
def test_without_a_car_the_counter_never_grows(spans, has_counter, has_steady_clock):
    course = Course(has_counter, has_steady_clock)
    for span in spans:
        course.live(span)
        assert course.kwh == 0


SET_BETWEEN_COUNTS = [
    Span(1, 6.0, True, None, 0.0, False),
    Span(1, 6.0, True, None, 0.0, False),
    Span(6, 6.0, False, 0, 0.0, False),
    Span(1, 6.0, False, 0, 30.0, False),
]
"""The clock is set while neither draw nor counter is known: when it is counted then decides what is."""


@examples(90)
@example(SET_BETWEEN_COUNTS, True)
@given(st.lists(spans((6.0, 10.0, 16.0)), max_size=10), st.booleans())
def test_with_a_steady_clock_it_does_not_matter_how_the_wall_clock_is_set(spans, has_counter):
    left_alone, is_set = Course(has_counter, has_steady_clock=True), Course(has_counter, has_steady_clock=True)
    for span in spans:
        left_alone.live(span._replace(clock_set_s=0.0))
        is_set.live(span)
        assert is_set.kwh == pytest.approx(left_alone.kwh, abs=1e-3)


@examples(90)
@given(st.lists(spans((0.0, 6.0, 16.0)), max_size=10))
def test_without_a_steady_clock_a_jump_of_the_clock_counts_a_minute_at_most(spans):
    course = Course(has_counter=False, has_steady_clock=False)
    for span in spans:
        course.live(span)
        assert course.kwh <= course.true_kwh + course.allowed_kwh


class House(NamedTuple):
    """Some minutes of a house whose draw sensor may be silent (None) or frozen at what it showed."""

    minutes: int
    used_a: float
    drawn_a: float
    shown: str
    status: Status


HOUSES = st.builds(
    House,
    st.integers(1, 40),
    st.sampled_from([0.0, 3.0]),
    st.sampled_from([0.0, 10.0]),
    st.sampled_from(["draw", "nothing", "frozen"]),
    st.sampled_from([Status.CHARGING, Status.UNKNOWN, Status.UNPLUGGED]),
)
METER_MOST_A = 3.0 + 10.0
"""The most that house and car of these examples draw together [A]."""
FRESH_A_MINUTE_KWH = 60 * 10.0 * KW_PER_A / 3600


@examples(90)
@given(st.lists(HOUSES, max_size=8), st.sampled_from([0.0, 690.0]))
def test_an_unreported_draw_counts_no_more_than_meter_and_sun_allow(houses, solar_w):
    house = replace(HOUSE, solar_w=METER) if solar_w else HOUSE
    meter, at_s, old_s, shown_a = EnergyMeter(), 0.0, 0.0, 0.0
    for each in houses:
        # Where no car is there, none draws.
        drawn_a = 0.0 if each.status is Status.UNPLUGGED else each.drawn_a
        old_s, before = old_s if each.shown == "frozen" else 0.0, meter.marks().get("car", (0.0, None))[0]
        for _ in range(6 * each.minutes):
            shown_a, old_s = (drawn_a, 0.0) if each.shown == "draw" else (shown_a, old_s + STEP_S)
            state = LoadState(
                draw_a=PerPhase() if each.shown == "nothing" else PerPhase(shown_a),
                draw_age_s=0.0 if each.shown == "nothing" else old_s,
                offer_a=OFFER_A,
                status=each.status,
            )
            sight = seen({"L1": each.used_a + drawn_a - solar_w / 230}, at_s, car=state)
            sight = replace(sight, solar_w=Reading(solar_w, solar_w, 0.0))
            meter.observe(house, sight, Memory(phases_in_use={"car": PhasesMemory()}), lambda _: None, at_s)
            at_s += STEP_S
        # At most a minute of the last report, and a step.
        counted_kwh = meter.marks()["car"][0] - before
        most_kwh = (each.used_a + drawn_a) * KW_PER_A * each.minutes / 60 + 2 * FRESH_A_MINUTE_KWH
        assert counted_kwh <= most_kwh
        if each.status is Status.UNPLUGGED:
            # One step in which the draw was unknown: all that the meter showed.
            assert counted_kwh <= METER_MOST_A * KW_PER_A * STEP_S / 3600 + 1e-9
        assert old_s <= 600 or shown_a == 0 or not meter.loads["car"].measured
