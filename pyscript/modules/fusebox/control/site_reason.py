"""Notes and ceilings -> the site's state word and its reason: the one thing that matters now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.ceiling import Ceiling
from ..model.decision import Note
from ..model.electrics import DUST, plain
from ..model.messages.message import Message, Value, message, with_frame
from ..model.site import Site
from ..model.snapshot import Snapshot
from .data_quality import DataQuality, quality_of, stages_s
from .limits.fuses import fuse_name
from .limits.tariff_limit import overrun_reason

NAMED_METERS = 2
"""How many silent meters a sentence names; the number of the others stands behind them."""

SILENCE = {
    DataQuality.MISSING: "meter_without_value",
    DataQuality.STALE: "meter_late",
    DataQuality.FAILSAFE: "meter_silent",
}
"""How badly the worst load is measured -> the site's reason."""


def site_words(
    site: Site,
    snapshot: Snapshot,
    ceilings: Sequence[Ceiling],
    notes: Mapping[str, Note],
    data_quality: Mapping[str, DataQuality],
) -> tuple[str, str]:
    """Return the site's state word and its reason: as bad as its worst load."""
    blind = {
        n: quality for n, quality in data_quality.items() if quality is not DataQuality.GOOD and n in snapshot.loads
    }
    over = [c for c in ceilings if c.known and c.exceeded]
    unknown = [c for c in ceilings if not c.known and c.budget is None]
    faulty = [name for name, note in notes.items() if note.unsolved]
    limited = [name for name, note in notes.items() if note.held_back]
    waiting = [
        name
        for name, note in notes.items()
        if note.noteworthy or note.limited_by or note.setpoint_a + DUST < note.allocated_a
    ]
    if over:
        # A wire can burn; energy only costs.
        worst = max(over, key=lambda c: (c.bears_s is None, c.flow_a / c.rating_a))
        return "over", _too_much(worst) if worst.bears_s is None else overrun_reason(worst, ceilings, notes)
    if blind:
        return "blind", _silence(site, snapshot, blind)
    if unknown:
        return "blind", message("limit_unmeasured", limit=unknown[0].name)
    for state, names in (("fault", faulty), ("limited", limited), ("ok", waiting)):
        if names:
            return state, with_frame(notes[names[0]].reason, "load", names[0])
    return "ok", message("site_has_all")


def _too_much(limit: Ceiling) -> Message:
    """Return what is exceeded, by how much, and what draws it as far as that is known."""
    flows: dict[str, Value] = {"limit": limit.name, "flow_a": limit.flow_a, "rating_a": limit.rating_a}
    if limit.exported_a > 0:
        return message("too_much_export", **flows)
    draws = ", ".join(f"{name} {plain(a)} A" for name, a in limit.drawn_a.items() if a > DUST)
    loads: dict[str, Value] = {"loads": draws} if draws else {}
    code = "too_much_of_limit" if limit.fuse is None else "too_much_current"
    return message(code, **flows, **loads, house_a=max(limit.used_a, 0.0))


def _silence(site: Site, snapshot: Snapshot, blind: Mapping[str, DataQuality]) -> Message:
    """Return which meters are silent, and what that does to the loads that they see."""
    meters = {
        fuse_name(circuit, phase): (", ".join(site.circuit(circuit).grid[phase].entities), quality_of(site, reading))
        for circuit, phases in snapshot.grid_a.items()
        for phase, reading in phases.items()
    }
    silent = [f"{name} ({entity})" for name, (entity, quality) in meters.items() if quality is not DataQuality.GOOD]
    worst = max(blind.values())
    loads = ", ".join(sorted(name for name, quality in blind.items() if quality is worst))
    if worst is not DataQuality.MISSING and len(silent) == len(meters) > 1:
        return message("all_meters_silent", loads=loads)
    more: dict[str, Value] = {"more": len(silent) - NAMED_METERS} if len(silent) > NAMED_METERS else {}
    return message(SILENCE[worst], meters=", ".join(silent[:NAMED_METERS]), loads=loads, **more)


def slow_meters(site: Site, snapshot: Snapshot) -> list[Message]:
    """Return a sentence for each meter that reports so rarely that it counts as late only after a longer time."""
    found = []
    for circuit, phases in snapshot.grid_a.items():
        for phase, reading in phases.items():
            stale_s, failsafe_s = stages_s(site, reading)
            if (stale_s, failsafe_s) != (site.stale_after_s, site.failsafe_after_s):
                name = fuse_name(circuit, phase)
                found.append(message("meter_slow", meter=name, stale_s=stale_s, failsafe_s=failsafe_s))
    return found
