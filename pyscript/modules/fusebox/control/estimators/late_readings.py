"""What a late meter reading may still contain of loads as they were before, and how late it is, which is learnt. Pure.

Switched loads without a sensor count for their rating from the moment they are reported on, and for nothing from the
moment they are reported off; others count for what their sensor reports. A meter shows the change later, or sooner
where the relay reports late. If the rest of one load's draw were taken for house load, it would cut the next load.

A load's own sensor may be late too, although its reports are new. The difference to the meter would count as house load
or as sun, and the load would be cut for its own raise, again and again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ... import tuning
from ...model.electrics import DUST, CircuitFlows, PerPhase, Phase
from ...model.load import Load
from ...model.load_memory import NEW_LOAD, LoadMemories, LoadMemory
from ...model.memory import Memory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot
from ...model.trace import SensorLatency, Trace, add_reading, shown_draw_range_a, update_latency
from .acknowledgement import time_to_settle_s
from .compliance import complies
from .draws import present_draw


def add_main_readings(snapshot: Snapshot, memory: Memory) -> Memory:
    """Return the memory with the main meter's present readings added, and with the step to which they are rounded.

    That is the largest current of which all changes are multiples; below `SHOWN_SAME_A` it is no rounding, and stays.
    """
    readings, step_a = {}, memory.meter_step_a
    for phase, reading in snapshot.grid_a.get(MAIN, {}).items():
        past = memory.readings.get(phase, ())
        readings[phase] = add_reading(past, reading.last, snapshot.now_s - reading.age_s)
        change_a = abs(readings[phase][-1][1] - past[-1][1]) if past and step_a >= tuning.SHOWN_SAME_A else 0.0
        while change_a > DUST:
            step_a, change_a = change_a, 0.0 if math.isinf(step_a) else abs(math.remainder(step_a, change_a))
    return fast_replace(memory, readings=readings, meter_step_a=step_a)


def counts_by_relay_state(load: Load, state: LoadState) -> bool:
    """Return whether a switched load counts by the state of its relay, because no sensor measures its draw.

    False for a charger, while it is unavailable, and while that state is unknown.
    """
    if load.is_modulated or not state.available:
        return False
    return state.counted or (state.on is not None and any(state.draw_a[phase] is None for phase in load.phases))


def update_meter_latency(
    load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot, readings: Mapping[Phase, Trace]
) -> LoadMemory:
    """Return the memory with the load's present draw on its first phase added, and how late the main meter shows it.

    A measured draw is added only once it has changed by `CLEARLY_A`. Unchanged while that draw is unknown or its device
    is unavailable.
    """
    phase = load.phases[0]
    if counts_by_relay_state(load, state):
        drawn_a = present_draw(load, state)[phase] or 0.0
    else:
        measured_a = state.draw_a[phase]
        if measured_a is None or not state.available:
            return past
        drawn = past.response.meter_latency.drawn
        was_a = drawn[-1][1] if drawn else 0.0
        drawn_a = measured_a if abs(measured_a - was_a) >= tuning.CLEARLY_A else was_a
    latency = update_latency(past.response.meter_latency, snapshot.now_s, drawn_a, readings.get(phase, ()))
    return replace_within(past, "response", meter_latency=latency)


class DrawInReading(NamedTuple):
    """The draw of all loads contained in a reading [A]: at least, at most, and at least by the loads' own sensors."""

    least_a: float
    most_a: float
    surely_a: float


def _changes_unmeasured(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether a load without a sensor may have changed unseen: one by its relay at any time.

    A charger until it should display its last command, and for `QUICK_S` after a change.
    """
    by_relay = counts_by_relay_state(load, state)
    if by_relay or state.draw_a.highest is not None:
        return by_relay
    followed_s = past.timing.changed_s + tuning.QUICK_S
    return now_s <= (past.command.sent_s + time_to_settle_s(past.response) if past.command.awaits_a else followed_s)


def draw_range_in_reading(
    site: Site, snapshot: Snapshot, memory: LoadMemories, drawn_a: Mapping[str, float], reported_s: float
) -> DrawInReading:
    """Return the least, the most and the sure part of the loads' draws contained in a reading of `reported_s` [A].

    `drawn_a`: load -> the current it counts for now. The draw of a load that changes unmeasured, or with a known
    latency, may be that of now or any within its latency, unless it ignores its setpoint; unmeasured also its setpoint,
    for `ANSWER_S` after a change, a current it does not display yet, and for `QUICK_S` after a cut of a charger what it
    had before. A draw measured by a load's own sensor is assumed to be in the reading, unless this meter is known to be
    later.
    """
    least_a = most_a = surely_a = sum(drawn_a.values())
    now_s = snapshot.now_s
    for name, drawn_now_a in drawn_a.items():
        past = memory.get(name, NEW_LOAD)
        unmeasured = _changes_unmeasured(site.by_name[name], snapshot.state_of(name), past, now_s)
        latency = past.response.meter_latency
        if not (unmeasured or latency.lags_s) or not complies(past, now_s):
            continue
        awaited_a, was_a = past.command.awaited_a, shown_draw_range_a(latency, reported_s)
        if unmeasured and not latency.drawn:
            before_a = past.timing.before_a if now_s - past.timing.changed_s <= tuning.QUICK_S else 0.0
            was_a = (drawn_now_a if awaited_a is None else awaited_a, max(drawn_now_a, before_a))
        if not unmeasured and was_a[0] >= was_a[1]:
            continue
        may_a = {drawn_now_a, *was_a}
        if unmeasured and now_s - past.timing.changed_s <= tuning.ANSWER_S:
            may_a.add(past.setpoint_a)
        least_a += min(may_a) - drawn_now_a
        most_a += max(may_a) - drawn_now_a
        surely_a += min(may_a) - drawn_now_a if unmeasured else 0.0
    return DrawInReading(least_a, most_a, surely_a)


def update_sensor_latency(
    load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot, flows_a: CircuitFlows
) -> LoadMemory:
    """Return the memory with the sensor's lag added once meter and sensor have both shown half of a setpoint change.

    A sensor that shows it first has no lag. Only the load's first phase counts. `flows_a`: circuit -> currents at the
    last report of its meter, with what batteries deliver [A]. Unchanged while draw, current or device are unknown.
    """
    phase, now_s, latency = load.phases[0], snapshot.now_s, past.response.meter_latency
    draw_a, flow_a = state.draw_a[phase], flows_a[MAIN][phase] if MAIN in flows_a else None
    if draw_a is None or flow_a is None or not state.available:
        return past
    others_a = sum([other.draw_a[phase] or 0.0 for name, other in snapshot.loads.items() if name != load.name])
    seen = (draw_a, flow_a, flow_a - others_a)
    watched = _with_change_to_watch(latency.sensor, past)
    if watched.before is not None:
        # The state's age has the known lag in it.
        reported_s = now_s - state.draw_age_s + watched.lag_s
        watched = _compare(watched, seen, reported_s, now_s - snapshot.grid_a[MAIN][phase].age_s)
        if now_s - watched.changed_s > tuning.SLOWEST_S:
            watched = fast_replace(watched, before=None)
    sensor = replace_if_changed(watched, last=seen)
    if sensor is latency.sensor:
        return past
    return fast_replace(past, response=fast_replace(past.response, meter_latency=fast_replace(latency, sensor=sensor)))


def _with_change_to_watch(seen: SensorLatency, past: LoadMemory) -> SensorLatency:
    """Return the memory with a new setpoint change taken in.

    A change is watched if it is at least `CLEARLY_A` and the setpoint was constant for `ANSWER_S` before. A further
    change in the same direction can only make the watched one smaller. One in the other direction ends it, unless the
    meter has shown the first and the sensor has repeated its old value: such a sensor may be why it was taken back.
    """
    changed_s = past.timing.changed_s
    if changed_s == seen.changed_s:
        return seen
    change_a, is_calm = past.setpoint_a - seen.last[0], changed_s - seen.changed_s >= tuning.ANSWER_S
    is_back = (past.setpoint_a - past.timing.before_a) * seen.change_a < 0
    before = seen.before if is_back or not seen.undone else None
    seen = fast_replace(seen, changed_s=changed_s, before=before, undone=False)
    if seen.before is None:
        fresh = fast_replace(seen, before=seen.last, change_a=change_a, shown_s=None, hidden_s=None, alone=True)
        return fresh if is_calm and abs(change_a) >= tuning.CLEARLY_A else seen
    if is_back:
        return fast_replace(seen, before=None) if seen.hidden_s is None else fast_replace(seen, undone=True)
    return fast_replace(seen, change_a=min(change_a, seen.change_a, key=abs), alone=False)


def _compare(seen: SensorLatency, now: tuple[float, float, float], drawn_s: float, metered_s: float) -> SensorLatency:
    """Return the memory of a watched change by the values `now` (as `last`), reported at `drawn_s` and `metered_s`.

    What counts is for how long the sensor repeated the old value: one that reports seldom is not late. Neither is one
    that moves together with the meter, if the change is `alone`. A change below twice `CLEARLY_A` counts only if it was
    undone: the house may have changed by half of it.
    """
    assert seen.before is not None
    half_a, sign = abs(seen.change_a) / 2, math.copysign(1, seen.change_a)
    drawn_a, *metered_a = [sign * (now_a - then_a) for now_a, then_a in zip(now, seen.before, strict=True)]
    # The meter counts only as far as other loads do not explain it: they are often raised in the same second.
    is_shown = seen.undone or min(metered_a) >= half_a
    shown_s = None if not is_shown else metered_s if seen.shown_s is None else seen.shown_s
    late_s = -1.0 if shown_s is None else drawn_s - shown_s
    if drawn_a < half_a:
        return replace_if_changed(seen, shown_s=shown_s, hidden_s=late_s if late_s >= 0 else None)
    if not seen.undone and abs(seen.change_a) < 2 * tuning.CLEARLY_A:
        return fast_replace(seen, before=None)
    # A meter that moves together with the sensor shows that the device was late: before, it has shown the house.
    both_move = seen.alone and sign * (now[1] - seen.last[1]) >= half_a
    lag_s = 0.0 if seen.hidden_s is None or both_move else min(seen.hidden_s + tuning.TICK_S, late_s, tuning.IGNORES_S)
    return fast_replace(seen, before=None, lags_s=(*seen.lags_s, max(lag_s, 0.0))[-tuning.LAST_TIMES :])


def currents_by_circuit(snapshot: Snapshot, from_battery_a: float = 0.0) -> CircuitFlows:
    """Return circuit -> currents at its meter at its last report [A], None where it never reported.

    `from_battery_a`: what the battery delivers on each phase [A, + = discharging], added at the main meter.
    """
    found = {}
    for circuit, phases in snapshot.grid_a.items():
        given_a = from_battery_a if circuit == MAIN else 0.0
        flows = {phase: None if reading.last is None else reading.last + given_a for phase, reading in phases.items()}
        found[circuit] = PerPhase.of(flows)
    return found


def add_flows(memory: Memory, flows_a: CircuitFlows, now_s: float) -> Memory:
    """Return the memory with the grid currents of now added, for as long as the latest sensor needs them.

    A sensor without a known lag needs those of `MOMENT_S`: a meter may report between its report and the step.
    """
    lag_s = longest_sensor_lag_s(memory.loads.values())
    recent = [flow for flow in memory.flows if now_s - flow[0] <= lag_s + tuning.MOMENT_S]
    return fast_replace(memory, flows=(*recent, (now_s, flows_a)))


def longest_sensor_lag_s(loads: Iterable[LoadMemory]) -> float:
    """Return how late the latest of these loads' own sensors is [s], 0 where none is known to be late."""
    return max([past.response.meter_latency.sensor.lag_s for past in loads], default=0.0)


def flows_at(memory: Memory, at_s: float, flows_a: CircuitFlows) -> CircuitFlows:
    """Return the first remembered grid currents of each circuit from `at_s` on; without any, `flows_a`.

    If the memory begins later, these are its oldest. Those up to `REPORT_BURST_S` before `at_s` count too.
    """
    return next((then_a for then_s, then_a in memory.flows if then_s >= at_s - tuning.REPORT_BURST_S), flows_a)
