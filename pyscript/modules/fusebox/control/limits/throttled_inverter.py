"""What the meters show of a throttled inverter, and the surplus that it has proved to give as part of the budget. Pure.

Also what ends a test for hidden sun, and what it leaves behind. Currents are sums over all phases, at the voltage of
one.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf
from typing import NamedTuple

from ... import tuning
from ...model.durations import HOUR_S, backoff_s, longest_usual_s, since
from ...model.electrics import Phase, amps
from ...model.house_memory import HiddenSunMemory, IdleWait
from ...model.load import SOLAR_MODES
from ...model.meter_memory import BatteryMemories, known_batteries
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from .supply import Supply, is_summed


class InverterSight(NamedTuple):
    """What the meters show of an inverter that may be held back."""

    now_s: float
    at_s: float
    """When the main meter last reported [s since 1970]."""
    usable_a: float
    """The measured surplus for solar loads [A]; negative where the house imports."""
    short_a: float
    """What the grid gives, or a battery that should not, beyond own production [A]; negative for a measured surplus."""
    drawn_a: float
    """What all loads draw [A]."""
    flow_a: float
    """The mean of what has flowed in lately, also from a battery that should not [A]; negative for out."""
    export_a: float
    """What it exports of what it may [A]."""
    exports: bool
    """Whether it exports clearly more than it may, now and on average lately."""
    solar_w: float | None
    """What the panels give [W], None where unknown."""
    house_a: float
    """What the panels give beyond that surplus [A], 0 where they are not measured."""
    is_covered: bool
    """Whether own production covers all draws."""
    is_pinned: bool
    """Whether it looks held back: on average nothing flows in, out only what it may, and no battery takes or gives what
    the panels could."""


def usable_surplus_a(site: Site, supply: Supply, reserve_a: float) -> float:
    """Return the measured surplus for solar loads, less the battery's reserve [A].

    Unlike the budget it is negative where the house imports. Where each phase counts alone, the poorest one counts.
    """
    from_battery_a = supply.surplus_part_a - reserve_a
    if is_summed(site):
        return from_battery_a - supply.net_a
    poorest_a = max(supply.rest_a[phase] for phase in _sunny_phases(site))
    return from_battery_a - poorest_a * len(supply.rest_a)


def with_hidden_sun(site: Site, supply: Supply, reserve_a: float, level_a: float) -> Supply:
    """Return the supply with its export raised so that the usable surplus is `level_a`; unchanged where it is more."""
    lacking_a = level_a - usable_surplus_a(site, supply, reserve_a) if level_a > 0 else 0.0
    if lacking_a <= 0:
        return supply
    return replace(supply, rest_a={phase: a - lacking_a / len(supply.rest_a) for phase, a in supply.rest_a.items()})


def is_shining(site: Site, snapshot: Snapshot) -> bool:
    """Return whether the panels give at least `HIDDEN_SUN_LEAST_W`; where that is not measured, whether the sun is up.

    False after sunset, and while an unmeasured sun is unknown.
    """
    if not site.measures_sun or snapshot.sun_up is False:
        return snapshot.sun_up is True
    return (snapshot.solar_w.value or 0.0) >= tuning.HIDDEN_SUN_LEAST_W


def observe_inverter(
    site: Site, snapshot: Snapshot, supply: Supply, reserve_a: float, memory: tuple[BatteryMemories, HiddenSunMemory]
) -> InverterSight:
    """Return what the meters show now of a throttled inverter: surplus, import, draws and their smoothed flow.

    It counts as held back only while the readings are known, the flow is near the limit on export (0 without one) and
    no battery could take more. `memory`: that of the batteries and of hidden sun.
    """
    memories, past = memory
    net_a = {phase: reading.last or 0.0 for phase, reading in snapshot.grid_a.get(MAIN, {}).items()}
    drawn_a = sum(a - supply.rest_a.get(phase, a) for phase, a in net_a.items())
    in_a = sum_a = sum(net_a.values())
    if not is_summed(site):
        in_a = sum(max(net_a.get(phase, 0.0), 0.0) for phase in _sunny_phases(site))
    short_a = in_a - supply.surplus_part_a + reserve_a
    clear_a, may_a = amps(tuning.CLEARLY_W, site.voltage_v), amps(site.held_export_w, site.voltage_v)
    flows_a = min(short_a, sum_a) if sum_a < 0 else short_a
    flow_a = flows_a + (past.flow_a - flows_a) * exp((past.flow_s - snapshot.now_s) / tuning.IGNORES_S)
    exports = max(flow_a, flows_a) < -clear_a - may_a
    usable_a, solar_w = usable_surplus_a(site, supply, reserve_a), snapshot.solar_w.value
    export_a = min(max(usable_a - drawn_a, 0.0), may_a)
    house_a = 0.0 if solar_w is None else amps(solar_w, site.voltage_v) - usable_a
    is_covered = supply.known and short_a <= past.calm_a + amps(tuning.HIDDEN_SUN_COVERED_W, site.voltage_v)
    is_still, places = supply.known and abs(flow_a + may_a) <= clear_a, range(len(site.batteries))
    is_pinned = is_still and all(_is_sated(site, supply, memories, place) for place in places)
    now_s, at_s = snapshot.now_s, supply.reported_s
    return InverterSight(
        now_s, at_s, usable_a, short_a, drawn_a, flow_a, export_a, exports, solar_w, house_a, is_covered, is_pinned
    )


def _is_sated(site: Site, supply: Supply, memories: BatteryMemories, place: int) -> bool:
    """Return whether a battery takes no more: it charges at its maximum, or it idles although it is not empty.

    False while it discharges, and before its charge is known.
    """
    clear_a = amps(tuning.CLEARLY_W, site.voltage_v)
    (battery, past), now = known_batteries(site, memories)[place], supply.batteries[place]
    if past is None or now.discharge_a > clear_a:
        return False
    at_most = now.charge_a + clear_a >= amps(battery.max_charge_w, site.voltage_v)
    return at_most or (past.able and now.charge_a <= clear_a)


def _sunny_phases(site: Site) -> tuple[Phase, ...]:
    """Return the phases of the loads in solar modes; all phases without any."""
    used = {phase for load in site.loads if load.mode in SOLAR_MODES for phase in load.phases}
    return tuple(phase for phase in site.phases if phase in used) or site.phases


def without_test(past: HiddenSunMemory, level_a: float) -> HiddenSunMemory:
    """Return the memory without a test, at this level [A], which counts as proved.

    A load that started only for the test is marked to stop (`stops`) if the level is below the tested one.
    """
    stops = past.load if past.starts and level_a < past.level_a else past.stops
    over = fast_replace(past, load="", starts=False, drawn_s=None, begun_s=None, given_a=None, short_s=None)
    return fast_replace(over, level_a=level_a, proved_a=level_a, stops=stops)


def usual_lag_s(past: HiddenSunMemory, starts: bool) -> float | None:
    """Return how long the inverter usually takes to cover a start, or a rise [s]; None while that is not known."""
    lags_s = (past.lags_s if starts else past.rise_lags_s) or past.lags_s or past.rise_lags_s
    return longest_usual_s(lags_s) if lags_s else None


def patience_s(past: HiddenSunMemory, share: float, starts: bool = True) -> float:
    """Return how long an inverter is given to follow [s], after `share` (0 to 1) of the power it has to add.

    Until it has begun to rise, as long as it usually takes for that and some slack; then its usual time for a start, or
    for a rise. `HIDDEN_SUN_TEST_S`, the most that is allowed, for one that has nearly done it or whose times are not
    known yet.
    """
    lag_s = usual_lag_s(past, starts)
    if lag_s is None or share >= 1 - tuning.ALIKE_SHARE:
        return tuning.HIDDEN_SUN_TEST_S
    if share > tuning.ALIKE_SHARE:
        return min(tuning.SLACK_RATIO * lag_s + tuning.QUICK_S, tuning.HIDDEN_SUN_TEST_S)
    begins_s = tuning.SLACK_RATIO * longest_usual_s(past.begins_s) + tuning.MOMENT_S if past.begins_s else inf
    return min(begins_s, lag_s + tuning.MOMENT_S, tuning.HIDDEN_SUN_TEST_S)


def update_test(past: HiddenSunMemory, sight: InverterSight, is_possible: bool) -> HiddenSunMemory:
    """Return the memory during a test, or after it: covered, not covered, or given up (`is_possible` False).

    Given up, it returns to the proved level, and the next test waits for `LASTING_S`. The inverter's time runs from
    when the load draws more. A load that does not draw in time proves nothing: its test ends and it waits. A rise
    that the grid would pay for before it is drawn, as in a cloud, is given up without a wait. Covered
    means that own production has covered all for `MOMENT_S`: the level stays and the inverter's time is learnt. The
    test of a start ends as soon as the inverter gives no more.
    """
    now_s = sight.now_s
    if not is_possible:
        given_up = without_test(past, past.proved_a)
        return fast_replace(given_up, next_s=now_s + tuning.LASTING_S, gave_a=sight.usable_a + sight.house_a)
    step_a, drawn_s = past.level_a - past.proved_a, past.drawn_s
    if drawn_s is None and sight.drawn_a - past.drew_a > max(tuning.ALIKE_SHARE * step_a, tuning.DRAWS_A):
        drawn_s = now_s
    past = fast_replace(past, drawn_s=drawn_s)
    if drawn_s is None:
        past = fast_replace(past, short_s=since(past.short_s, not sight.is_covered, now_s))
        if not past.starts and past.short_s is not None and now_s - past.short_s >= tuning.ANSWER_S:
            return without_test(past, past.proved_a)
        waits_s = tuning.RETRY_LONGEST_S if past.starts else tuning.LASTING_S
        return _after_idle_test(past, now_s) if now_s - past.test_s >= waits_s else past
    if past.load in past.idle:
        past = fast_replace(past, idle={name: each for name, each in past.idle.items() if name != past.load})
    covered_s = past.covered_s
    if covered_s is not None and min(now_s, sight.at_s) - max(covered_s, drawn_s + tuning.MOMENT_S) >= tuning.MOMENT_S:
        proved = without_test(_with_times(past, drawn_s, covered_s), past.level_a)
        proved = fast_replace(proved, solar_w=sight.solar_w, rises=past.rises + 1)
        is_news = past.gave_a is None or past.level_a + sight.house_a > past.gave_a
        if not is_news:
            return proved
        return fast_replace(proved, failures=0, gave_a=None, rises=0 if past.failures else proved.rises)
    lacked_a = max(step_a + past.drew_a - past.had_a, tuning.DRAWS_A)
    past, share = _with_production_rise(past, sight), (sight.usable_a - past.had_a) / lacked_a
    if share > tuning.ALIKE_SHARE and past.begun_s is None:
        past = fast_replace(past, begun_s=now_s)
    is_over = now_s - drawn_s >= patience_s(past, share, past.starts) or _gives_no_more(past, sight, share)
    return _after_failed_test(past, sight) if covered_s is None and is_over else past


def _with_times(past: HiddenSunMemory, drawn_s: float, covered_s: float) -> HiddenSunMemory:
    """Return the memory with the times of a test that the inverter has covered since `covered_s`."""
    lag_s, begin_s = max(covered_s - drawn_s, 0.0), max((past.begun_s or covered_s) - drawn_s, 0.0)
    begins_s = (*past.begins_s, min(begin_s, lag_s))[-tuning.LAST_TIMES :]
    if past.starts:
        return fast_replace(past, begins_s=begins_s, lags_s=(*past.lags_s, lag_s)[-tuning.LAST_TIMES :])
    return fast_replace(past, begins_s=begins_s, rise_lags_s=(*past.rise_lags_s, lag_s)[-tuning.LAST_TIMES :])


def _with_production_rise(past: HiddenSunMemory, sight: InverterSight) -> HiddenSunMemory:
    """Return the memory with what own production gives the loads now, and when; unchanged without a clear rise."""
    given_a = sight.drawn_a - sight.short_a
    if past.given_a is not None and given_a - past.given_a < tuning.ALIKE_SHARE * max(sight.short_a, tuning.DRAWS_A):
        return past
    return fast_replace(past, given_a=given_a, given_s=sight.at_s)


def _gives_no_more(past: HiddenSunMemory, sight: InverterSight, share: float) -> bool:
    """Return whether an inverter that has added `share` (0 to 1) of the power needed has stopped rising.

    So if it has not risen for half of its usual time. False for the rise of a running load, while that time is not
    known, and before it has begun to rise.
    """
    lag_s = usual_lag_s(past, past.starts)
    if not past.starts or lag_s is None or share <= tuning.ALIKE_SHARE:
        return False
    return sight.at_s - past.given_s >= max(lag_s / 2, tuning.QUICK_S)


def _after_idle_test(past: HiddenSunMemory, now_s: float) -> HiddenSunMemory:
    """Return the memory after a test in which the load drew no more, such as a full tank's: back at the proved level.

    The inverter has proved nothing. Only this load waits, each time twice as long; others may test at once.
    """
    first_s, longest_s = _waits_s(past.starts)
    tests = past.idle[past.load].tests if past.load in past.idle else 0
    wait = IdleWait(now_s + backoff_s(first_s, tests, longest_s), tests + 1)
    return fast_replace(without_test(past, past.proved_a), idle={**past.idle, past.load: wait}, rises=0)


def _waits_s(starts: bool) -> tuple[float, float]:
    """Return the first and the longest wait after a test of a load that was off before (`starts`), or ran [s]."""
    return (tuning.RETRY_LONGEST_S, float(HOUR_S)) if starts else (tuning.HIDDEN_SUN_AGAIN_S, tuning.FORGET_S)


def _after_failed_test(past: HiddenSunMemory, sight: InverterSight) -> HiddenSunMemory:
    """Return the memory after a test whose draw the grid has paid for: what the inverter gave, and when to test again.

    A load that had started for it stops, a running one keeps what own production covered. As much is tested again after
    a wait, which doubles with each failure in a row of the same kind (a start, or a rise); a test that the inverter
    nearly covered counts as the first.
    """
    had_a = max(past.proved_a, past.had_a)
    gained_a = min(sight.usable_a + past.calm_a, past.level_a)
    level_a = past.proved_a if past.starts else max(past.proved_a, gained_a)
    is_nearly_covered = gained_a - had_a >= (1 - tuning.ALIKE_SHARE) * (past.level_a - had_a)
    failures = 0 if is_nearly_covered or past.failed_start is not past.starts else past.failures
    first_s, longest_s = _waits_s(past.starts)
    next_s = sight.now_s + backoff_s(first_s, failures, longest_s)
    after = fast_replace(without_test(past, level_a), rises=0, solar_w=sight.solar_w)
    after = fast_replace(after, next_s=next_s, failures=failures + 1, failed_start=past.starts)
    return fast_replace(after, gave_a=sight.usable_a + sight.house_a, tried_a=past.level_a + sight.house_a)
