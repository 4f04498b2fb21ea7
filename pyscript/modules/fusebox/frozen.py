"""Meters that are stuck: a value that stays the same to the last bit while a load on its phase is seen to move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .blind import Sight, sight_of
from .ceilings import fuse_name
from .electrics import Phase, amps
from .memory import Memory, StillMemory
from .site import Load, Site
from .snapshot import Reading, Snapshot

FROZEN_S = 60.0
"""A meter that has told the same value for so long is looked at."""

MOVED_A = 2.0
"""A load whose measured draw has moved by more than this must have moved its meter too."""

HELPS_A = 0.5
"""A battery that has moved by more than this has answered to something."""

ANSWER_S, ANSWER_PERIODS = 10.0, 2.0
"""A meter is given so long, and so many of its usual periods, to show what a load did."""

SURELY_LATER_S = 5.0
"""A draw that was still the old one so long after the meter's last change has moved after it."""


def thawed(
    site: Site, snapshot: Snapshot, memory: Memory
) -> tuple[Snapshot, Mapping[str, StillMemory], tuple[str, ...]]:
    """The snapshot in which a stuck meter is unknown since it stuck, what to remember, and what a person should know.

    A battery that moved as well, or is not seen, may have held the meter where it was: then nothing is concluded. Nor
    from a load whose last report but one is older than the meter's value: its sensor may only be late.
    """
    still: dict[str, StillMemory] = {}
    stuck: dict[tuple[str, Phase], Reading] = {}
    problems = []
    for circuit, phases in snapshot.grid_a.items():
        for phase, reading in phases.items():
            if reading.value is None or reading.value == 0 or sight_of(site, reading) is not Sight.CLEAR:
                # Nothing is what meters of import alone, and batteries outside CONFIG, show for hours.
                continue
            name = fuse_name(circuit, phase)
            seen = still[name] = _watched(site, snapshot, memory, circuit, phase, reading.value)
            since_s = snapshot.now_s - seen.since_s
            answer_s = max(ANSWER_S, ANSWER_PERIODS * (reading.period_s or 0.0))
            if since_s >= FROZEN_S and seen.moved_s is not None and snapshot.now_s - seen.moved_s >= answer_s:
                stuck[circuit, phase] = replace(reading, value=None, age_s=max(since_s, reading.age_s))
                problems.append(
                    f"{name}: its meter seems to be stuck: it tells exactly {reading.value:g} A although {seen.mover} "
                    "has moved; look at the meter and its integration"
                )
    if not stuck:
        return snapshot, still, ()
    grid_a = {
        circuit: {phase: stuck.get((circuit, phase), reading) for phase, reading in phases.items()}
        for circuit, phases in snapshot.grid_a.items()
    }
    return replace(snapshot, grid_a=grid_a), still, tuple(problems)


def _watched(site: Site, snapshot: Snapshot, memory: Memory, circuit: str, phase: Phase, value_a: float) -> StillMemory:
    """The memory of one meter: since when its value is the same, and whether a load has moved since."""
    past = memory.still.get(fuse_name(circuit, phase))
    behind = site.behind[circuit, phase]
    drawn_a = {load.name: _measured(snapshot, load, phase) for load in site.loads if load.name in behind}
    known_a = {name: draw_a for name, draw_a in drawn_a.items() if draw_a is not None}
    power = snapshot.battery_charge_w
    clear = sight_of(site, power) is Sight.CLEAR
    battery_a = amps(power.value, site.voltage_v) if power.value is not None and clear else None
    if past is None or past.value_a != value_a or (site.battery is not None and _may_hold(past.battery_a, battery_a)):
        return StillMemory(value_a, snapshot.now_s, known_a, battery_a)
    if past.moved_s is not None:
        return past
    for name, now_a in known_a.items():
        if _moved(past.drawn_a.get(name, now_a), now_a):
            before = memory.loads.get(name)
            if before is not None and before.drawn_s > past.since_s + SURELY_LATER_S:
                return replace(past, moved_s=snapshot.now_s, mover=name)
            return replace(past, drawn_a={**past.drawn_a, name: now_a})
    return past if known_a.keys() <= past.drawn_a.keys() else replace(past, drawn_a={**known_a, **past.drawn_a})


def _may_hold(before_a: float | None, now_a: float | None) -> bool:
    """Whether a battery may have done what would have moved the meter."""
    return before_a is None or now_a is None or abs(now_a - before_a) > HELPS_A


def _measured(snapshot: Snapshot, load: Load, phase: Phase) -> float | None:
    state = snapshot.loads.get(load.name)
    if state is None:
        return None
    # One value for several phases may be a car's that uses only one of them.
    told = {state.draw_a[each] for each in load.phases}
    return state.draw_a[phase] if len(load.phases) == 1 or len(told) > 1 else None


def _moved(before_a: float | None, now_a: float | None) -> bool:
    return before_a is not None and now_a is not None and abs(now_a - before_a) > MOVED_A
