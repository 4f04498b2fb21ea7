"""Whether a load follows, and what a draw that lags behind the meter is worth."""

from __future__ import annotations

import pytest

from fusebox.control.estimators.compliance import (
    complies,
    is_draw_report_outdated,
    is_excess_reported,
    move_lagging_draw_a,
    observe_compliance,
)
from fusebox.control.estimators.late_readings import currents_by_circuit
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load_memory import CommandMemory, LoadMemory, TimingMemory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Snapshot

NOW_S = 1000.0


def snapshot(grid_a: float | None = 20.0, at_s: float = NOW_S) -> Snapshot:
    return Snapshot(at_s, {MAIN: {Phase.L1: Reading(grid_a, grid_a, 0.0)}}, {})


def step(state: LoadState, draw: PerPhase, past: LoadMemory, at: Snapshot) -> LoadMemory:
    return observe_compliance(state, draw, past, at, currents_by_circuit(at), currents_by_circuit(at))


def look(draw_a: float | None, past: LoadMemory, age_s: float = 0.0, at_s: float = NOW_S) -> LoadMemory:
    return step(LoadState(draw_age_s=age_s), PerPhase(draw_a), past, snapshot(at_s=at_s))


@pytest.mark.parametrize(
    "draw_a, over",
    [(None, False), (0, False), (10, False), (11, False), (11.01, True), (30, True)],
)
def test_drawing_more_than_the_tolerance_above_the_setpoint_is_noticed(draw_a, over):
    assert (look(draw_a, LoadMemory(setpoint_a=10)).timing.over_since_s == NOW_S) is over


def test_the_time_of_not_following_counts_from_its_first_moment():
    past = LoadMemory(setpoint_a=10, timing=TimingMemory(over_since_s=NOW_S - 9))
    assert look(16, past).timing.over_since_s == NOW_S - 9


@pytest.mark.parametrize(
    "draw_a, on, since_ago_s",
    [
        (16, None, 19),  # it has followed no cut since then
        (14, None, 10),  # it has followed the first one
        (13, None, 2),
        (13, False, 10),  # the second one was an off
    ],
)
def test_of_cuts_one_after_the_other_the_first_that_it_has_not_followed_counts(draw_a, on, since_ago_s):
    cuts = ((NOW_S - 20, 14.0, None), (NOW_S - 10, 12.0, on), (NOW_S - 2, 10.0, None))
    timing = TimingMemory(over_since_s=NOW_S - 19)
    past = LoadMemory(setpoint_a=10, timing=timing, command=CommandMemory(recent=cuts))
    assert look(draw_a, past).timing.over_since_s == NOW_S - since_ago_s


def test_one_reading_at_the_setpoint_ends_it():
    past = LoadMemory(setpoint_a=10, timing=TimingMemory(over_since_s=NOW_S - 90))
    assert look(10, past).timing.over_since_s is None


def test_the_phase_that_draws_most_decides():
    past = LoadMemory(setpoint_a=10)
    assert step(LoadState(), PerPhase(2, 16, None), past, snapshot()).timing.over_since_s == NOW_S


@pytest.mark.parametrize(
    "now_a, over",
    [
        ((17, 17, 17), False),
        ((17, 30, 17), False),  # A kettle on L2.
        ((20, 20, 20), True),
        ((20, 5, 20), True),  # An oven on L2 switches off.
    ],
)
def test_of_phases_that_draw_the_same_an_appliance_on_one_neither_convicts_nor_acquits(now_a, over):
    past = LoadMemory(
        setpoint_a=6,
        timing=TimingMemory(changed_s=NOW_S - 20, grid_at_report=(NOW_S - 25, {MAIN: PerPhase(20, 20, 20)})),
        command=CommandMemory(recent=((NOW_S - 20, 6.0, None),)),
    )
    meters = {phase: Reading(flow_a, flow_a, 0.0) for phase, flow_a in zip(Phase, now_a, strict=True)}
    after = step(LoadState(draw_age_s=25), PerPhase(9, 9, 9), past, Snapshot(NOW_S, {MAIN: meters}, {}))
    assert (after.timing.over_since_s is not None) is over


@pytest.mark.parametrize("since_s, does", [(0, True), (14.9, True), (15, False), (3600, False)])
def test_a_load_has_fifteen_seconds_to_follow(since_s, does):
    assert complies(LoadMemory(timing=TimingMemory(over_since_s=NOW_S - since_s)), NOW_S) is does


def test_a_load_that_draws_what_it_should_follows():
    assert complies(LoadMemory(), NOW_S)


def test_what_the_meter_showed_at_a_draws_report_is_kept_until_its_next_report():
    first = look(10, LoadMemory(setpoint_a=10))
    later = step(LoadState(draw_age_s=5), PerPhase(10), first, snapshot(26, NOW_S + 5))
    assert first.timing.grid_at_report == (NOW_S, {MAIN: (20, None, None)})
    assert later is first
    assert step(LoadState(), PerPhase(10), first, snapshot(26, NOW_S + 5)).timing.grid_at_report[1] == {
        MAIN: (26, None, None)
    }


@pytest.mark.parametrize(
    ("over_ago_s", "age_s", "reported"),
    [(40, 25, True), (40, 26, False), (89, 200, False), (90, 200, True)],
    ids=["once it should have followed", "before that", "not yet the slowest", "a sensor that reports only changes"],
)
def test_an_excess_is_proven_by_a_draw_reported_once_it_should_have_followed(over_ago_s, age_s, reported):
    past = LoadMemory(setpoint_a=6, timing=TimingMemory(over_since_s=NOW_S - over_ago_s))
    assert is_excess_reported(LoadState(PerPhase(14), draw_age_s=age_s), past, NOW_S) is reported


@pytest.mark.parametrize(("setpoint_a", "age_s", "reported"), [(6, 38, True), (6, 41, False), (0, 38, False)])
def test_more_than_all_it_was_sent_is_proven_by_a_report_since_its_start_not_its_stop(setpoint_a, age_s, reported):
    timing = TimingMemory(over_since_s=NOW_S - 38, switched_s=NOW_S - 40)
    command = CommandMemory(recent=((NOW_S - 40, 6.0, setpoint_a > 0),))
    past = LoadMemory(setpoint_a=setpoint_a, timing=timing, command=command)
    assert is_excess_reported(LoadState(PerPhase(14), draw_age_s=age_s), past, NOW_S) is reported


@pytest.mark.parametrize(
    "draw_age_s, meter_age_s, changed_ago_s, lags",
    [
        (8, 0, 5, True),  # reported before the change
        (2, 0, 5, False),  # no older than the lag that is allowed
        (2.1, 0, 5, True),
        (4.1, 2, 5, True),  # it is the difference that counts
        (4, 2, 5, False),
        (1, 0, 1, True),  # reported just before the change took effect
        (1, 1, 1, False),  # and so was the meter
        (8, 0, 18, False),  # reported when the car had settled
        (8, 0, 17.9, True),
        (95, 0, 89, True),
        (95, 0, 90, False),  # a sensor that reports only changes has nothing to report
        (8, 0, float("inf"), False),  # never commanded
        (8, float("inf"), 5, False),  # no meter to be behind of
    ],
)
def test_a_draw_lags_when_it_is_older_than_the_meter_and_than_the_setpoint(
    draw_age_s, meter_age_s, changed_ago_s, lags
):
    state, past = LoadState(draw_age_s=draw_age_s), LoadMemory(timing=TimingMemory(changed_s=NOW_S - changed_ago_s))
    assert is_draw_report_outdated(state, past, meter_age_s, NOW_S) is lags


@pytest.mark.parametrize(
    "draw_a, setpoint_a, then_a, meter_a, explained_a, expected_a",
    [
        (0, 10, 5, 15, 0, 10),  # it has started, all of it
        (0, 10, 5, 11, 0, 6),  # it has started, some of it
        (0, 10, 5, 25, 0, 10),  # a kettle too: never more than the setpoint explains
        (16, 6, 21, 11, 0, 6),  # it went down
        (16, 6, 21, 15, 0, 10),  # on its way down
        (16, 6, 21, 21, 0, 16),  # nothing has happened yet
        (16, 6, 21, 30, 0, 16),  # something else came on
        (0, 10, 5, 15, 7, 3),  # another load has explained most of it
        (0, 10, 5, 15, 12, 0),  # another load has explained more
        (0, 10, None, 15, 0, 0),  # the meter was not known then
        (0, 10, 5, None, 0, 0),  # nor is it now
    ],
)
def test_a_lagging_draw_moves_with_the_meter_between_report_and_setpoint(
    draw_a, setpoint_a, then_a, meter_a, explained_a, expected_a
):
    past = LoadMemory(setpoint_a=setpoint_a, timing=TimingMemory(grid_at_report=(NOW_S, {MAIN: PerPhase(then_a)})))
    flows_a = {MAIN: PerPhase(meter_a)}
    assert move_lagging_draw_a(draw_a, past, (MAIN, Phase.L1), flows_a, NOW_S, explained_a) == expected_a


def test_without_a_remembered_meter_a_lagging_draw_stays_as_it_was():
    assert move_lagging_draw_a(16, LoadMemory(setpoint_a=6), (MAIN, Phase.L1), {MAIN: PerPhase(8)}, NOW_S) == 16


@pytest.mark.parametrize("told_ago_s, expected_a", [(0, 16), (14, 16), (15, 8), (60, 8)])
def test_a_command_sent_a_moment_ago_may_arrive_after_a_later_command_was_sent(told_ago_s, expected_a):
    recent = ((NOW_S - told_ago_s, 16.0, None), (NOW_S - told_ago_s, 8.0, None))
    timing = TimingMemory(grid_at_report=(NOW_S, {MAIN: PerPhase(8)}))
    past = LoadMemory(setpoint_a=8, command=CommandMemory(recent=recent), timing=timing)
    assert move_lagging_draw_a(8, past, (MAIN, Phase.L1), {MAIN: PerPhase(16)}, NOW_S) == expected_a


def test_a_command_that_waited_for_its_turn_makes_an_earlier_draw_late():
    command, timing = CommandMemory(recent=((NOW_S - 5, 16.0, None),)), TimingMemory(changed_s=NOW_S - 60)
    past = LoadMemory(setpoint_a=16, command=command, timing=timing)
    assert is_draw_report_outdated(LoadState(draw_age_s=8), past, 0.0, NOW_S)
    assert not is_draw_report_outdated(LoadState(draw_age_s=8), LoadMemory(setpoint_a=16, timing=timing), 0.0, NOW_S)
