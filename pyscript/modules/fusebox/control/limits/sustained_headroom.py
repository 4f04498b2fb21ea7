"""The headroom that lasts: the rolling worst case of every ceiling, less loads expected back. Pure.

Raises may only use this headroom, not what is free for a moment between two bursts of a hob.
"""

from __future__ import annotations

from collections.abc import Sequence

from ... import tuning
from ...model.appliance_memory import URGENT
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Demands, Hold
from ...model.house_memory import CycleMemory
from ...model.load import Mode
from ...model.memory import Memory
from ...model.messages.message import Value
from ...model.meter_memory import HeadroomMemory
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Distribution, Site
from ...model.snapshot import Snapshot
from ...model.trace import extend_least
from ..estimators.compliance import is_draw_report_outdated, may_follow_yet
from ..estimators.cyclic_loads import (
    forecast_returning_current,
    matters_for_short_peaks,
    observe_cycles,
    time_of_restless_rises_s,
)
from .fuse_budget import borne_ratio
from .headroom import Ceilings

PEAKS = {"limited_by_fuse": "limited_by_fuse_peak", "limited_by_cycling": "limited_by_fuse_peak"}
"""Cause of a fuse's limit -> its cause where the limit is a recent peak of the house load."""


def update_headroom_memory(ceilings: Sequence[Ceiling], snapshot: Snapshot, memory: Memory) -> Memory:
    """Return the memory with the present headroom added, and the cycling appliances observed.

    Ceilings that are not known are dropped: they start over when they are known again. All do when the grid returns.
    """
    known = [c for c in ceilings if c.known]
    before, now_s, loads = memory.headroom, snapshot.now_s, snapshot.loads.items()
    # Any other draw is certain, whichever the ceiling.
    doubtful = {name for name, state in loads if state.draw_age_s > tuning.DRAW_LAG_S or state.draw_a.highest is None}
    if max([each.pairs[-1][0] for each in before.values()], default=now_s) <= memory.island_s < now_s:
        before = {}  # recorded while the grid was gone, it says nothing of what the house now takes from the grid
    headroom = {}
    for c in known:
        blurred = any(_is_draw_uncertain(name, c, snapshot, memory) for name in doubtful & c.weights.keys())
        headroom[c.name] = _record_headroom(before.get(c.name), c, blurred, now_s)
    return fast_replace(memory, headroom=headroom, cycles=observe_cycles(known, memory.cycles))


def _is_draw_uncertain(load: str, ceiling: Ceiling, snapshot: Snapshot, memory: Memory) -> bool:
    """Return whether it is uncertain what a load draws, and so what the house load under this ceiling is.

    So with a draw reading from before its last change had settled, or no sensor and a recent raise that its car may not
    have followed.
    """
    state, past, now_s = snapshot.state_of(load), memory.loads.get(load), snapshot.now_s
    if past is None or state.draw_age_s <= tuning.DRAW_LAG_S:
        return past is not None and may_follow_yet(state, past, now_s)
    return is_draw_report_outdated(state, past, now_s - ceiling.reported_s, now_s)


def _record_headroom(before: HeadroomMemory | None, ceiling: Ceiling, blurred: bool, now_s: float) -> HeadroomMemory:
    """Return the headroom memory of one ceiling with the present value added; earlier ones not below it are dropped.

    It starts anew after a gap of `HEADROOM_WATCH_S`. After a change of the limit, earlier values are moved by as much.
    `blurred`: whether its house load is uncertain now.
    """
    headroom_a, limit_a = ceiling.headroom_a, ceiling.rating_a if matters_for_short_peaks(ceiling) else 0.0
    if before is None or now_s - before.pairs[-1][0] > tuning.HEADROOM_WATCH_S:
        # A new ceiling, or one without an update for longer than the window.
        return HeadroomMemory(now_s, ((now_s, headroom_a),), ceiling.reported_s, blurred=blurred, limit_a=limit_a)
    past = before.pairs
    if limit_a != before.limit_a:
        # The limit has changed: convert earlier values to the present limit.
        past = tuple((at_s, a + limit_a - before.limit_a) for at_s, a in past)
    pairs = extend_least(past, now_s, headroom_a, from_s=now_s - tuning.SLOWEST_S)
    fresh = ceiling.reported_s > before.reported_s
    return HeadroomMemory(before.since_s, pairs, ceiling.reported_s, fresh, blurred, limit_a)


def forecast_ceilings(site: Site, ceilings: Ceilings, demands: Demands, memory: Memory, now_s: float) -> Ceilings:
    """Return the ceilings less the appliances expected back on them (cycling hobs, ovens), with that as their cause.

    Never below what the minimums of the loads under a ceiling need.
    """
    reduced = (_subtract_returning_load(site, c, demands, memory, now_s) for c in ceilings)
    return Ceilings.with_index(reduced, ceilings.by_load)


def _subtract_returning_load(site: Site, ceiling: Ceiling, demands: Demands, memory: Memory, now_s: float) -> Ceiling:
    """Return one ceiling less the current expected back on it, but not below the minimums of the loads under it.

    Those are the running loads or, while none runs, the waiting ones that may start with the appliance on. An appliance
    due after a longer pause may load a fuse up to `RAISE_BORNE_RATIO`. Unchanged where nothing is expected; the cause
    changes from 0.5 A on.
    """
    cycles = memory.cycles.get(ceiling.name)
    if cycles is None or not cycles.peaks:
        return ceiling
    soon_a, due_a = forecast_returning_current(cycles, now_s)
    comes_a = max(soon_a, due_a)
    most_headroom_a = tuning.RAISE_BORNE_RATIO * ceiling.rating_a - ceiling.used_a
    tolerated_a = ceiling.headroom_a if ceiling.fuse is None else most_headroom_a
    # The minimum of a running load is never reduced for this: it is held through what comes, as far as the fuse
    # tolerates it. But while one load runs, it would take the minimum that is left to another.
    beneath = [d for d in demands if d.max_a > 0 and d.load in ceiling.weights]
    running = [d for d in beneath if memory.loads[d.load].setpoint_a > 0]
    beneath = running or _select_startable_loads(site, ceiling, beneath, memory, comes_a, now_s)
    least_a = {d.load: d.min_a for d in beneath}
    if site.distribution in (Distribution.STRICT, Distribution.OPTIMIZED):
        # Where each takes all before the next gets any, only the last can be lowered without another being stopped.
        least_a |= {d.load: max(memory.loads[d.load].setpoint_a, d.min_a) for d in beneath[:-1]}
    minimums_a = sum(least_a[d.load] * ceiling.weights[d.load] for d in beneath)
    # What returns every few seconds always has its headroom: otherwise the offer would oscillate with it.
    expected_a = max(min(tolerated_a - due_a, ceiling.headroom_a - soon_a), minimums_a)
    if expected_a >= ceiling.headroom_a:
        return ceiling
    withheld_a = round(ceiling.headroom_a - expected_a, 0)
    if withheld_a == 0:
        return _with_other_headroom(ceiling, expected_a, ceiling.cause)
    return _with_other_headroom(ceiling, expected_a, "limited_by_cycling", cycling_a=withheld_a)


def _select_startable_loads(
    site: Site, ceiling: Ceiling, waiting: Demands, memory: Memory, comes_a: float, now_s: float
) -> list[Demand]:
    """Return those of the waiting loads that may start although an appliance of `comes_a` [A] is about to return.

    A load may not if both together would exhaust the fuse, by the mean heat of the pulses and pauses so far: it would
    be paused for longer than it waits now. All may under a limit that is no fuse. A load on or off has no lower step:
    it may only if a fuse also bears all of them at once with the highest recent peak, and under no other limit; in
    `boost`, or as a tank that is too cold or due for its hygiene cycle, it may like others: a little heat is better
    than none.
    """
    peaks, used_a = memory.cycles[ceiling.name].peaks, ceiling.used_a
    on_s = sum((now_s if p.ended_s is None else p.ended_s) - p.began_s for p in peaks)
    share = min(on_s / max(now_s - peaks[0].began_s, 1.0), 1.0)
    highest_a = max(p.from_a + p.height_a for p in peaks)
    found = []
    for demand in waiting:
        load, tank = site.by_name[demand.load], memory.loads[demand.load].switched.tank
        may_pause = load.is_modulated or load.mode is Mode.BOOST or (tank is not None and bool(tank.heating & URGENT))
        least_a = used_a + demand.min_a * ceiling.weights[demand.load]
        low, high = least_a / ceiling.rating_a, (least_a + comes_a) / ceiling.rating_a
        is_borne = ceiling.fuse is not None and high <= tuning.RAISE_BORNE_RATIO
        most_a = least_a + max(comes_a, highest_a - ceiling.used_a)
        is_carried = is_borne and most_a <= borne_ratio(memory.fuses[ceiling.name]) * ceiling.rating_a
        is_cool = ceiling.fuse is None or share * high**2 + (1 - share) * low**2 < tuning.RECOVERED_THETA
        if may_pause and (is_borne or is_cool):
            found.append(demand)
        elif not may_pause and is_carried and is_cool and demand.hold is not Hold.OFF:
            found.append(demand)
            used_a = least_a
    return found


def sustained_ceilings(ceilings: Ceilings, memory: Memory, now_s: float, least_s: float = 0.0) -> Ceilings:
    """Return the ceilings with the least headroom of the last seconds, and a recent peak as their cause.

    Unchanged without memory of a ceiling. `least_s`: the shortest time that headroom has to have been there [s].
    """
    sustained = (_limit_to_least_headroom(c, memory, now_s, least_s) for c in ceilings)
    return Ceilings.with_index(sustained, ceilings.by_load)


def settled_ceilings(ceilings: Ceilings, memory: Memory, now_s: float) -> Ceilings:
    """Return the ceilings with their least headroom of the last `HEADROOM_WATCH_S` or more; at most 0 A for newer ones.

    That a fuse is new becomes its cause. Limits on energy have the headroom of their usual window.
    """
    settled = sustained_ceilings(ceilings, memory, now_s, tuning.HEADROOM_WATCH_S)
    new = {name for name, headroom in memory.headroom.items() if now_s - headroom.since_s < tuning.HEADROOM_WATCH_S}
    return Ceilings.with_index((_without_headroom(c) if c.name in new else c for c in settled), ceilings.by_load)


def _without_headroom(new: Ceiling) -> Ceiling:
    """Return a ceiling that was not observed for long enough with at most 0 A; if it is a fuse's, that is its cause."""
    headroom_a = min(new.headroom_a, 0.0)
    if new.fuse is None:
        return fast_replace(new, headroom_a=headroom_a)
    details = {**new.details, "limit": new.name, "watch_s": tuning.HEADROOM_WATCH_S}
    return fast_replace(new, headroom_a=headroom_a, cause="limit_watched_first", details=details)


def _limit_to_least_headroom(ceiling: Ceiling, memory: Memory, now_s: float, least_s: float) -> Ceiling:
    """Return one ceiling with the least headroom of its watch window less the house load's uncertainty; never more.

    Unchanged without memory of this ceiling. The window is `HEADROOM_WATCH_S` while the house load is uncertain. The
    cause changes only for a difference above `SHOWN_MOVED_A`. `least_s`: the shortest window [s] of a ceiling without a
    tolerated time, at most `SLOWEST_S`.
    """
    headroom = memory.headroom.get(ceiling.name)
    if headroom is None:
        return ceiling
    window_s = tuning.HEADROOM_WATCH_S if headroom.blurred else _watch_window_s(memory.cycles.get(ceiling.name), now_s)
    if ceiling.tolerates_s is None:
        # A limit on energy is computed to the end of its window: its headroom need not have lasted.
        window_s = max(window_s, min(least_s, tuning.SLOWEST_S))
    # What the house may use beyond its counted load is available to no load, but is not said to have been used.
    lasting_a = min(headroom.worst_since(now_s - window_s), ceiling.headroom_a)
    worst_a = min(lasting_a, ceiling.headroom_a - ceiling.uncertainty_a)
    if worst_a >= ceiling.headroom_a:
        return ceiling
    if ceiling.tolerates_s is not None or lasting_a == ceiling.headroom_a:
        # The headroom of an energy limit a moment ago may be that of the window before: its house load stays as well.
        return fast_replace(ceiling, headroom_a=worst_a)
    # So small a difference is noise: it does not become the reason.
    is_news = ceiling.fuse is not None and ceiling.headroom_a - lasting_a > tuning.SHOWN_MOVED_A
    cause = PEAKS.get(ceiling.cause, ceiling.cause) if is_news else ceiling.cause
    return replace_if_changed(_with_other_headroom(ceiling, lasting_a, cause), headroom_a=worst_a)


def _watch_window_s(cycles: CycleMemory | None, now_s: float) -> float:
    """Return for how long headroom has to have lasted before a raise may use it [s].

    At least `RAISE_WINDOW_S`; longer for a meter that reports seldom, up to `SLOWEST_S`, and while appliances switch on
    in quick succession. `cycles` is None for a ceiling where short peaks do not matter.
    """
    if cycles is None:
        return tuning.RAISE_WINDOW_S
    return max(tuning.RAISE_WINDOW_S, min(cycles.every_s, tuning.SLOWEST_S), time_of_restless_rises_s(cycles, now_s))


def _with_other_headroom(ceiling: Ceiling, headroom_a: float, cause: str, **details: Value) -> Ceiling:
    """Return the ceiling with this headroom, higher or lower, and this cause; the current in use changes accordingly.

    What is kept free for a cycling appliance is part of a peak; under another cause it changes in place of the house.
    """
    less_a = ceiling.headroom_a - headroom_a
    known = {**ceiling.details, **details}
    if cause in PEAKS.values():
        known.pop("cycling_a", None)
    elif not details and "cycling_a" in known:
        known["cycling_a"] = round(float(known["cycling_a"]) + less_a, 0)
    return fast_replace(ceiling, headroom_a=headroom_a, used_a=ceiling.used_a + less_a, cause=cause, details=known)
