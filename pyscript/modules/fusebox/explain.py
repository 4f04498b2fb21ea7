"""Decision -> words: what each load does and why, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .allocation import available
from .blind import Sight
from .decision import AMP_DUST, Allocation, Ceiling, Demand, Hold, Note
from .site import Load, Site
from .smoothing import Setpoint
from .snapshot import LoadState, Snapshot, Status

DRAWS_A = 0.5
"""A charger that draws more than this is charging, whatever its status says [A]."""


def notes_of(
    site: Site,
    snapshot: Snapshot,
    ceilings: Sequence[Ceiling],
    demands: Sequence[Demand],
    allocation: Allocation,
    setpoints: Mapping[str, Setpoint],
    sights: Mapping[str, Sight],
) -> Mapping[str, Note]:
    """One note a load."""
    by_load = {demand.load: demand for demand in demands}
    notes = {}
    for load in site.loads:
        demand, share, setpoint = by_load[load.name], allocation[load.name], setpoints[load.name]
        state = snapshot.loads.get(load.name) or LoadState(available=False)
        binding = _binding(ceilings, demand, allocation)
        notes[load.name] = Note(
            allocated_a=share.amps,
            setpoint_a=setpoint.amps,
            available_a=share.amps if share.amps > 0 else available(ceilings, _unheld(load, demand), allocation),
            status=_status(load, state, setpoint, sights[load.name], demand),
            binding="" if binding is None else binding.name,
            reason=_reason(load, demand, binding, setpoint),
        )
    return notes


def _unheld(load: Load, demand: Demand) -> Demand:
    """The demand it would have if it took part: what it could get then is what `available_a` tells."""
    return Demand(demand.load, demand.min_a, max(load.max_a, demand.min_a), demand.rank)


def _binding(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> Ceiling | None:
    """The ceiling that stops the load: told by the allocation, or the tightest over a held minimum."""
    binding = allocation[demand.load].binding
    if binding is not None or demand.hold is not Hold.ON:
        return binding
    over = [c for c in ceilings if demand.load in c.weights and c.room_a < demand.min_a * c.weights[demand.load]]
    return min(over, key=lambda c: c.room_a, default=None)


def _status(load: Load, state: LoadState, setpoint: Setpoint, sight: Sight, demand: Demand) -> str:
    if not state.available or state.status is Status.FAULT:
        return "fault"
    if sight is not Sight.CLEAR:
        return "blind"
    if load.on_off:
        return "on" if setpoint.amps > 0 else "off"
    if state.status in (Status.UNPLUGGED, Status.FULL):
        return str(state.status)
    if setpoint.amps <= 0:
        return "paused" if demand.max_a <= 0 or demand.hold is Hold.OFF else "waiting"
    draws = any((draw_a or 0.0) > DRAWS_A for draw_a in state.draw_a)
    measured = any(draw_a is not None for draw_a in state.draw_a)
    if state.status is Status.SUSPENDED_CAR or (measured and not draws):
        return "waiting"
    return "charging"


def _reason(load: Load, demand: Demand, binding: Ceiling | None, setpoint: Setpoint) -> str:
    words = [demand.reason] if demand.reason else []
    if binding is not None and not demand.reason:
        need = f"needs {demand.min_a:.1f} A" if setpoint.amps <= 0 else f"gets {setpoint.amps:.1f} A"
        words.append(f"{need}, {binding.reason}")
    if setpoint.why:
        words.append(setpoint.why)
    if not words:
        words.append("has all it can use" if setpoint.amps + AMP_DUST >= demand.max_a else "rising")
    return "; ".join(words)


def site_words(
    site: Site, ceilings: Sequence[Ceiling], notes: Mapping[str, Note], sights: Mapping[str, Sight]
) -> tuple[str, str]:
    """The site's state word and its reason."""
    blind = sorted(name for name, sight in sights.items() if sight is not Sight.CLEAR)
    over = [c for c in ceilings if c.exceeded]
    limited = [name for name, note in notes.items() if note.binding]
    if over:
        worst = max(over, key=lambda c: c.flow_a / c.rating_a)
        state, reason = "over", f"{worst.name}: {worst.flow_a:.1f} A flows, {worst.rating_a:g} A allowed"
    elif blind:
        state, reason = "blind", f"a meter reading is missing or late for {', '.join(blind)}"
    elif limited:
        state, reason = "limited", "; ".join(f"{name}: {notes[name].reason}" for name in limited)
    else:
        state, reason = "ok", "every load has what it can use"
    return ("dry_run", f"nothing is commanded; {state}: {reason}") if site.dry_run else (state, reason)
