"""The room that lasts: the rolling worst case of every ceiling, less what is expected to come back. Pure.

Only this room may be counted on for more. What is there for a moment between two bursts of a hob is not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand
from ...model.house_memory import CycleMemory
from ...model.memory import Memory
from ...model.messages.message import Value
from ...model.meter_memory import HeadroomMemory
from ...model.records import fast_replace
from ...model.site import Distribution, Site
from ...model.snapshot import Snapshot
from ..estimators.compliance import is_lagging, may_follow_yet
from ..estimators.cyclic_loads import has_moments, outlook, restless_s, watched_cycles
from .headroom import Ceilings

PEAKS = {"limited_by_fuse": "limited_by_fuse_peak"}
"""Cause of a limit -> that of the same limit where the house has just taken more than it does now."""


def with_watched_headroom(ceilings: Sequence[Ceiling], snapshot: Snapshot, memory: Memory) -> Memory:
    """The memory with the rooms of now. A ceiling that is not known starts over when it is again."""
    known = [c for c in ceilings if c.known]
    blurred = _blurred(known, snapshot, memory)
    headroom = {c.name: _watch(memory.headroom.get(c.name), c, c.name in blurred, snapshot.now_s) for c in known}
    return fast_replace(memory, headroom=headroom, cycles=watched_cycles(known, memory.cycles))


def _blurred(ceilings: Sequence[Ceiling], snapshot: Snapshot, memory: Memory) -> Collection[str]:
    """The ceilings under which what others use is a guess.

    A load's draw there is older than what it was told, or it has none and was raised a moment ago: it may still follow.
    """
    late, assumed, now_s = {}, set(), snapshot.now_s
    for name, state in snapshot.loads.items():
        past = memory.loads.get(name)
        if past is not None and state.draw_age_s > tuning.DRAW_LAG_S:
            late[name] = (state, past)
        elif past is not None and may_follow_yet(state, past, now_s):
            assumed.add(name)
    if not late and not assumed:
        return ()
    return {
        c.name
        for c in ceilings
        if not assumed.isdisjoint(c.weights)
        or any(is_lagging(*late[name], now_s - c.reported_s, now_s) for name in c.weights if name in late)
    }


def _watch(before: HeadroomMemory | None, ceiling: Ceiling, blurred: bool, now_s: float) -> HeadroomMemory:
    room_a, limit_a = ceiling.room_a, ceiling.rating_a if has_moments(ceiling) else 0.0
    if before is None or now_s - before.pairs[-1][0] > tuning.HEADROOM_WATCH_S:
        # Not seen before, or nobody looked for longer than the window.
        return HeadroomMemory(now_s, ((now_s, room_a),), ceiling.reported_s, blurred=blurred, limit_a=limit_a)
    past = before.pairs
    if limit_a != before.limit_a:
        # What others used then would have left so much under the limit of now.
        past = tuple((at_s, a + limit_a - before.limit_a) for at_s, a in past)
    # Only rooms smaller than every later one can still become the least of the window.
    pairs = [pair for pair in past if pair[0] >= now_s - tuning.SLOWEST_S and pair[1] < room_a]
    fresh = ceiling.reported_s > before.reported_s
    return HeadroomMemory(before.since_s, (*pairs, (now_s, room_a)), ceiling.reported_s, fresh, blurred, limit_a)


def forecast_ceilings(
    site: Site, ceilings: Ceilings, demands: Sequence[Demand], memory: Memory, now_s: float
) -> Ceilings:
    """The ceilings less what is about to come back on them, and the words for it."""
    in_turn = site.distribution in (Distribution.STRICT, Distribution.OPTIMIZED)
    return Ceilings.of((_foreseen(c, demands, memory, now_s, in_turn) for c in ceilings), ceilings.by_load)


def _foreseen(ceiling: Ceiling, demands: Sequence[Demand], memory: Memory, now_s: float, in_turn: bool) -> Ceiling:
    cycles = memory.cycles.get(ceiling.name)
    if cycles is None or not cycles.peaks:
        return ceiling
    outlook_now = outlook(cycles, now_s)
    comes_a = max(outlook_now.soon_a, outlook_now.due_a)
    if comes_a <= 0:
        return ceiling
    # A minimum is never kept waiting for this: it is held through what comes, as far as the fuse tolerates it. But
    # while one load runs, it would take the minimum that is left to another.
    beneath = [d for d in demands if d.max_a > 0 and d.load in ceiling.weights]
    beneath = [d for d in beneath if memory.loads[d.load].setpoint_a > 0] or beneath
    least_a = {d.load: d.min_a for d in beneath}
    if in_turn:
        # Where each takes all before the next gets any, only the last can be lowered without another being stopped.
        least_a |= {d.load: max(memory.loads[d.load].setpoint_a, d.min_a) for d in beneath[:-1]}
    minimums_a = sum(least_a[d.load] * ceiling.weights[d.load] for d in beneath)
    borne_a = ceiling.room_a
    if ceiling.fuse is not None:
        borne_a = tuning.RAISE_BORNE_RATIO * ceiling.rating_a - ceiling.used_a
    # What comes each few seconds has its room always: the offer would saw with it else.
    expected_a = max(min(borne_a - outlook_now.due_a, ceiling.room_a - outlook_now.soon_a), minimums_a)
    if expected_a >= ceiling.room_a:
        return ceiling
    return _narrowed(ceiling, expected_a, "limited_by_cycling", cycling_a=round(comes_a, 0))


def sustained_ceilings(ceilings: Ceilings, memory: Memory, now_s: float, least_s: float = 0.0) -> Ceilings:
    """The ceilings with the least room of the last seconds, and the words for it.

    `least_s`: how long the room has to have been there at least.
    """
    return Ceilings.of((_lasting(c, memory, now_s, least_s) for c in ceilings), ceilings.by_load)


def settled_ceilings(ceilings: Ceilings, memory: Memory, now_s: float) -> Ceilings:
    """The ceilings with the least room of the last 20 s; nothing under those that are not watched for long."""
    settled = sustained_ceilings(ceilings, memory, now_s, tuning.HEADROOM_WATCH_S)
    new = {name for name, room in memory.headroom.items() if now_s - room.since_s < tuning.HEADROOM_WATCH_S}
    return Ceilings.of(
        (fast_replace(c, room_a=min(c.room_a, 0.0)) if c.name in new else c for c in settled), ceilings.by_load
    )


def _lasting(ceiling: Ceiling, memory: Memory, now_s: float, least_s: float) -> Ceiling:
    room = memory.headroom.get(ceiling.name)
    if room is None:
        return ceiling
    window_s = tuning.HEADROOM_WATCH_S if room.blurred else _window_s(memory.cycles.get(ceiling.name), now_s)
    if ceiling.bears_s is None:
        # What is energy over a time has been thought through to its end: it need not have been there for long.
        window_s = max(window_s, min(least_s, tuning.SLOWEST_S))
    # What others may use beyond what they are counted with is nobody's either.
    worst_a = min(room.worst_since(now_s - window_s), ceiling.room_a - ceiling.uncertainty_a)
    if worst_a >= ceiling.room_a:
        return ceiling
    # By so little it is noise, and no news to whoever reads it.
    is_news = ceiling.room_a - worst_a > tuning.SHOWN_MOVED_A
    return _narrowed(ceiling, worst_a, PEAKS.get(ceiling.cause, ceiling.cause) if is_news else ceiling.cause)


def _window_s(cycles: CycleMemory | None, now_s: float) -> float:
    """Return how long room has to be there before it is used [s]: all through the newest period of a slow meter."""
    if cycles is None:
        return tuning.RAISE_WINDOW_S
    return max(tuning.RAISE_WINDOW_S, min(cycles.every_s, tuning.SLOWEST_S), restless_s(cycles, now_s))


def _narrowed(ceiling: Ceiling, room_a: float, cause: str, **details: Value) -> Ceiling:
    used_a = ceiling.used_a + ceiling.room_a - room_a
    return fast_replace(ceiling, room_a=room_a, used_a=used_a, cause=cause, details={**ceiling.details, **details})
