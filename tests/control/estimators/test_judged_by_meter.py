"""A charger whose draw is reported seldom is judged by the main meter: by a cut that has no effect, and by a stop."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import pytest

from fusebox.control.estimators.compliance import grid_at_cut, judge_by_meter
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.records import replace_within
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, site

FUSE_A, RISES_S, OVERLOAD_A = 16.0, 60, 2.0
BEGINS_S = 30


class Surge(NamedTuple):
    """Another load that is on from one second to another, and its current [A]."""

    from_s: int
    to_s: int
    amps: float


class Reports(NamedTuple):
    """How often meter and draw sensor report [s], and the second at which each first does."""

    meter_s: int
    draw_s: int
    meter_at_s: int = 0
    draw_at_s: int = 0

    @property
    def observed_s(self) -> int:
        """How long after the overload began its consequences are observed [s]."""
        return 80 if self.meter_s <= 10 else 110


class Seen(NamedTuple):
    """What was observed of one car: when it was switched off, and when it was accused [s after the overload began]."""

    offs: list[int]
    accused: list[int]


def lived(
    follows_s: Mapping[str, int | None], reports: Reports, *others: Surge, draws_a: float = 10.0, **more: object
) -> Mapping[str, Seen]:
    """Let cars of `draws_a` charge until the house load overloads their fuse by `OVERLOAD_A`; return what was observed.

    `follows_s`: car -> how long after its charger it follows a cut, None where it ignores its current. Keys of the site
    go to `more`; `restart_s`: when all memory is lost.
    """
    restart_s = more.pop("restart_s", None)
    loads = [car(name, max_a=draws_a) for name in follows_s]
    fuse_a = FUSE_A + draws_a * (len(loads) - 1)
    evening = Evening(site(*loads, fuse_a=fuse_a, **more))
    found = {name: Seen([], []) for name in follows_s}
    shown = dict.fromkeys(follows_s, (draws_a, True))
    drawn_a = reported_a = dict.fromkeys(follows_s, draws_a)
    coming, flow_a, metered_s, drawn_s = (
        list[tuple[int, str, float]](),
        fuse_a - 6,
        0,
        reports.draw_at_s - reports.draw_s,
    )
    for second in range(BEGINS_S, RISES_S + reports.observed_s):
        drawn_a = dict(drawn_a)
        for _, name, amps in [each for each in coming if each[0] == second]:
            drawn_a[name] = amps
        house_a = FUSE_A + OVERLOAD_A - draws_a if second >= RISES_S else 0.0
        house_a += sum(other.amps for other in others if other.from_s <= second - RISES_S < other.to_s)
        if second % reports.draw_s == reports.draw_at_s:
            reported_a, drawn_s = drawn_a, second
        if second % reports.meter_s == reports.meter_at_s:
            flow_a, metered_s = house_a + sum(drawn_a.values()), second
        states = {
            name: replace(charger(offer_a, reported_a[name], on=on), draw_age_s=float(second - drawn_s))
            for name, (offer_a, on) in shown.items()
        }
        if second == restart_s:
            evening.memory = Memory()
        meter = Reading(flow_a, flow_a, float(second - metered_s), float(reports.meter_s))
        decision = evening.decide(Snapshot(T0_S + second, {MAIN: {Phase.L1: meter}}, states))
        for command in decision.commands:
            name, (offer_a, was_on) = command.load, shown[command.load]
            shown[name] = (command.current_a or offer_a, was_on if command.on is None else command.on)
            if was_on and not shown[name][1]:
                found[name].offs.append(second - RISES_S)
                coming = [each for each in coming if each[1] != name] + [(second + 2, name, 0.0)]
            elif (after_s := follows_s[name]) is not None and was_on:
                coming.append((second + 1 + after_s, name, shown[name][0]))
        for name, seen in found.items():
            if decision.notes[name].problem or decision.memory.loads[name].response.non_compliant_a is not None:
                seen.accused.append(second - RISES_S)
    return found


SELDOM = [Reports(1, 60, draw_at_s=50), Reports(1, 30, draw_at_s=13), Reports(5, 60, 3, 50), Reports(10, 60, 7, 59)]
"""The draw is reported before the car could follow, and then only once it is off."""


@pytest.mark.parametrize(
    ("reports", "off_s", "latest_s"), list(zip(SELDOM, (31, 31, 34, 38), (33, 33, 38, 47), strict=True)), ids=str
)
def test_one_that_disobeys_is_off_as_soon_and_accused_by_the_meters_next_reading(reports, off_s, latest_s):
    assert lived({"car": None}, reports)["car"] == Seen([off_s], list(range(latest_s, reports.observed_s)))


KETTLES = {
    "alone": (),
    "another rises by as much": (Surge(5, 500, 4.0),),
    "and falls before it stops": (Surge(5, 30, 4.0), Surge(20, 500, 2.0)),
    "and falls soon after it stops": (Surge(5, 49, 4.0),),
    "one that pulses": tuple(Surge(second, second + 4, 8.0) for second in range(2, 110, 9)),
}
REPORTS = [*SELDOM, Reports(1, 10), Reports(5, 5, 3, 4), Reports(30, 60, 17, 50), Reports(60, 60, 41, 50)]


@pytest.mark.parametrize(
    ("follows_s", "reports"), [*((0, each) for each in SELDOM[::3]), *((4, each) for each in REPORTS)], ids=str
)
@pytest.mark.parametrize("others", KETTLES.values(), ids=KETTLES)
def test_one_that_obeys_is_not_accused_whatever_other_loads_do(reports, others, follows_s):
    assert lived({"car": follows_s}, reports, *others)["car"].accused == []


@pytest.mark.parametrize("reports", SELDOM, ids=str)
@pytest.mark.parametrize("follows_s", [9, 15, 24])
def test_one_that_obeys_slowly_is_not_accused(reports, follows_s):
    assert lived({"car": follows_s}, reports)["car"].accused == []


@pytest.mark.parametrize("reports", SELDOM, ids=str)
def test_of_two_cars_cut_at_once_one_that_obeys_is_not_accused(reports):
    assert lived({"good": 3, "bad": None}, reports)["good"].accused == []


def test_nothing_is_concluded_from_before_a_restart_or_in_a_dry_run():
    assert lived({"car": None}, SELDOM[0], restart_s=RISES_S + 32)["car"].accused == []
    assert lived({"car": 3}, SELDOM[0], dry_run=True)["car"].accused == []


STOPPED = LoadMemory(timing=TimingMemory(before_a=6, over_since_s=T0_S - 40, grid_at_cut=(T0_S - 3, PerPhase(20))))
RUNS = replace_within(replace(STOPPED, setpoint_a=6), "timing", grid_at_cut=(T0_S - 35, PerPhase(20)))


@pytest.mark.parametrize(
    ("past", "drew_a", "age_s", "meter_a", "others_s", "outcome"),
    [
        (STOPPED, 12, 50, 8, T0_S - 60, (12, False)),  # the meter falls by all that it drew
        (STOPPED, 12, 50, 9, T0_S - 60, (12, False)),
        (STOPPED, 12, 50, 9.1, T0_S - 60, (None, True)),  # not by all of it, yet
        (STOPPED, 12, 50, 6.9, T0_S - 60, (None, True)),  # by more
        (STOPPED, 12, 50, None, T0_S - 60, (None, False)),  # unknown
        (STOPPED, 12, 2, 8, T0_S - 60, (None, False)),  # its sensor has reported since
        (STOPPED, 12, 50, 8, T0_S - 3, (None, False)),  # another load was changed as well
        (STOPPED, 9.9, 50, 10, T0_S - 60, (None, False)),  # the house may have changed by half of that excess
        (replace_within(STOPPED, "timing", grid_at_cut=(T0_S - 11, PerPhase(20))), 12, 50, 8, T0_S - 60, (None, False)),
        (RUNS, 12, 50, 20, T0_S - 60, (None, True)),
        (RUNS, 12, 50, 17.1, T0_S - 60, (None, True)),
        (RUNS, 12, 50, 17, T0_S - 60, (None, False)),  # it may have followed, and another load risen
        (RUNS, 12, 50, 20, T0_S - 35, (None, False)),
        (replace_within(RUNS, "timing", over_since_s=None), 12, 50, 20, T0_S - 60, (None, False)),
    ],
)
def test_it_ignored_its_limit_if_the_meter_falls_with_its_stop_and_not_before(
    past, drew_a, age_s, meter_a, others_s, outcome
):
    state, snapshot = LoadState(PerPhase(drew_a), draw_age_s=age_s), Snapshot(T0_S, {}, {})
    after = judge_by_meter(state, state.draw_a, past, snapshot, {MAIN: PerPhase(meter_a)}, others_s)
    assert (after.response.non_compliant_a, after.timing.grid_at_cut is not None) == outcome


@pytest.mark.parametrize(
    ("earlier_ago_s", "setpoint_a", "meter_age_s", "at_ago_s"),
    [
        (None, 6, 0, 0),  # a first cut
        (20, 6, 0, 20),  # it has not followed an earlier one
        (30, 0, 0, 0),  # a stop
        (31, 0, 1, 0),
        (31, 0, 1.1, None),  # the meter does not show yet what it did for half a minute
        (29, 0, 0, None),
        (None, 0, 0, None),  # a stop of a load that has followed
        (20, 12, 0, None),  # a raise
    ],
)
def test_the_meter_is_remembered_at_a_cut_and_at_a_stop_of_one_that_has_not_followed(
    earlier_ago_s, setpoint_a, meter_age_s, at_ago_s
):
    earlier = None if earlier_ago_s is None else (T0_S - earlier_ago_s, PerPhase(18))
    past = LoadMemory(setpoint_a=10, timing=TimingMemory(grid_at_cut=earlier))
    snapshot = Snapshot(T0_S, {MAIN: {Phase.L1: Reading(20, 20, meter_age_s)}}, {})
    found = grid_at_cut(past, setpoint_a, snapshot, {MAIN: PerPhase(20)})
    assert found == (None if at_ago_s is None else (T0_S - at_ago_s, PerPhase(20 if at_ago_s == 0 else 18)))


@pytest.mark.parametrize(("battery_age_s", "is_remembered"), [(1, True), (2, False), (math.inf, False)])
def test_a_stop_is_not_judged_by_a_battery_that_has_not_reported_since_the_cut(battery_age_s, is_remembered):
    """A battery may hold the import at zero: then only its power, not the meter, shows that a load changes."""
    past = LoadMemory(setpoint_a=10, timing=TimingMemory(grid_at_cut=(T0_S - 31, PerPhase(18))))
    battery = BatteryReadings(charge_w=Reading(-2300, -2300, battery_age_s))
    snapshot = Snapshot(T0_S, {MAIN: {Phase.L1: Reading(0, 0, 0)}}, {}, batteries=(battery,))
    assert (grid_at_cut(past, 0, snapshot, {MAIN: PerPhase(10)}) is not None) is is_remembered
