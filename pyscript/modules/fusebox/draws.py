"""What each load draws now: measured where there is a sensor, assumed on the safe side where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .decision import LoadMemory
from .electrics import PerPhase
from .site import MAIN, Load, Site
from .snapshot import NEVER, LoadState, Snapshot, Status

FOLLOW_S = 15.0
"""A load that still draws too much so long after it was told otherwise does not follow."""

FOLLOW_TOLERANCE_A = 1.0
"""Drawing this much more than the setpoint is following: sensors and cars are not exact."""


def counted_draws(site: Site, snapshot: Snapshot, memory: Mapping[str, LoadMemory]) -> Mapping[str, PerPhase]:
    """Load name -> amps a phase [A] that are ours to steer; None on phases it does not use.

    Without a sensor a load that is seen on counts with its rating, a charger with the current it offers. Where nothing
    generates, a load cannot draw more on a phase than the meter shows there: a one-phase car on a three-phase box.
    What cannot be steered now is not ours: a load that is unavailable counts as part of the house, and so does what
    one that does not follow draws above its setpoint.
    """
    main = {} if site.has_generation else snapshot.grid_a.get(MAIN, {})
    counted = {}
    for load in site.loads:
        draw = present_draw(load, snapshot.loads.get(load.name))
        past = memory.get(load.name)
        most_a = past.setpoint_a if past is not None and not follows(past, snapshot.now_s) else float("inf")
        amps: list[float | None] = [None, None, None]
        for phase in load.phases:
            meter_a = main.get(phase, NEVER).last
            could_a = most_a if meter_a is None else min(most_a, max(meter_a, 0.0))
            amps[phase] = min(draw[phase] or 0.0, could_a)
        counted[load.name] = PerPhase(*amps)
    return counted


def present_draw(load: Load, state: LoadState | None) -> PerPhase:
    """Amps that a load draws on each of its phases, as measured or assumed [A]; nothing where it is unavailable."""
    if state is None or not state.available:
        return PerPhase.each(load.phases, 0.0)
    if all(state.draw_a[phase] is not None for phase in load.phases):
        return state.draw_a
    assumed_a = assumed_draw_a(load, state)
    return PerPhase.of({p: assumed_a if state.draw_a[p] is None else state.draw_a[p] for p in load.phases})


def watched_following(load: Load, state: LoadState | None, past: LoadMemory, now_s: float) -> LoadMemory:
    """The memory that knows since when the load has drawn more than its setpoint allows."""
    most_a = max((draw_a for draw_a in present_draw(load, state) if draw_a is not None), default=0.0)
    if most_a <= past.setpoint_a + FOLLOW_TOLERANCE_A:
        return past if past.over_since_s is None else replace(past, over_since_s=None)
    return past if past.over_since_s is not None else replace(past, over_since_s=now_s)


def follows(past: LoadMemory, now_s: float) -> bool:
    """Whether a load keeps to its setpoint, or may still be on its way there."""
    return past.over_since_s is None or now_s - past.over_since_s < FOLLOW_S


def assumed_draw_a(load: Load, state: LoadState) -> float:
    """Amps a phase that a load without a draw sensor counts with [A]."""
    if state.on is False or not state.takes_part:
        return 0.0
    if load.on_off:
        return load.max_a if state.on else 0.0
    if state.status in (Status.CHARGING, Status.UNKNOWN):
        return load.max_a if state.offer_a is None else state.offer_a
    return 0.0
