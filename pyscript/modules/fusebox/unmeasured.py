"""Switched loads that nothing measures: what a meter's reading may show of them. Pure.

They count with their rating from the moment they are seen on, and with nothing from the moment they are seen off. A
meter shows both later, or sooner where a relay is slow to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from .draws import present_draw
from .echo import heard, may_show
from .memory import LoadMemory
from .records import changed
from .site import MAIN, Load, Site
from .snapshot import NEVER, LoadState, Snapshot

TOLD_S = 10.0
"""For so long a load may already do what it was told although its relay does not show that yet [s]."""


def is_unmeasured(load: Load, state: LoadState) -> bool:
    """Whether a load counts with what its relays show."""
    if not load.is_switched or not state.available:
        return False
    return state.counted or (state.on is not None and any(state.draw_a[phase] is None for phase in load.phases))


def with_heard_echo(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """The memory that knows what it has counted with of late, and how late the main meter shows that."""
    if not is_unmeasured(load, state):
        return past
    phase = load.phases[0]
    meter, drawn_a = snapshot.grid_a.get(MAIN, {}).get(phase, NEVER), present_draw(load, state)[phase] or 0.0
    reported_s = snapshot.now_s - meter.age_s
    return changed(past, echo=heard(past.echo, snapshot.now_s, drawn_a, meter.last, reported_s))


def is_echoing(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> bool:
    """Whether the main meter may not have shown yet what such a load was switched to last."""
    if not is_unmeasured(load, state):
        return False
    meter = snapshot.grid_a.get(MAIN, {}).get(load.phases[0], NEVER)
    least_a, most_a = may_show(past.echo, snapshot.now_s - meter.age_s)
    return least_a < most_a


def may_draw_a(
    site: Site,
    snapshot: Snapshot,
    memory: Mapping[str, LoadMemory],
    drawn_a: Mapping[str, float],
    reported_s: float,
) -> tuple[float, float]:
    """The least and the most that these loads may draw together in a reading of that time [A].

    `drawn_a`: what each counts with now.
    """
    least_a = most_a = sum(drawn_a.values())
    for load in site.loads:
        state = snapshot.loads.get(load.name)
        if load.name not in drawn_a or state is None or not is_unmeasured(load, state):
            continue
        now_a, past = drawn_a[load.name], memory[load.name]
        shown_a: Set[float] = {now_a, *may_show(past.echo, reported_s)}
        if snapshot.now_s - past.changed_s <= TOLD_S:
            shown_a |= {past.setpoint_a}
        least_a += min(shown_a) - now_a
        most_a += max(shown_a) - now_a
    return least_a, most_a
