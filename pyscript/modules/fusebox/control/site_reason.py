"""Notes and ceilings -> the site's state word and its reason: the one thing that matters now."""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from ..model.ceiling import Ceiling, unmeasured_limits
from ..model.data_quality import DataQuality, quality_ages_s, reading_quality
from ..model.decision import LoadNote
from ..model.electrics import DUST, ceil_to_step, number_text, watts
from ..model.load import Load
from ..model.messages.message import DIGITS, Message, code_of, message, with_frame
from ..model.site import Site
from ..model.snapshot import Snapshot
from .limits.fuses import fuse_name
from .limits.headroom import Ceilings
from .limits.tariff_limit import is_exceeded_now, overrun_reason
from .step_context import Situation

SATISFIED = frozenset({"all_it_can_use", "boosted", "draws_nothing"})
"""The reasons of loads that wait for nothing."""
NAMED_METERS = 2
"""How many silent meters a sentence names; the number of the others stands behind them."""

SILENCE = {
    DataQuality.MISSING: "meter_without_value",
    DataQuality.STALE: "meter_late",
    DataQuality.FAILSAFE: "meter_silent",
}
"""How badly the worst load is measured -> the site's reason."""


def site_state_and_reason(observed: Situation, ceilings: Ceilings, notes: Mapping[str, LoadNote]) -> tuple[str, str]:
    """Return the site's state word and its reason, by the first that applies.

    "over": an exceeded limit (the worst fuse before energy); "limited": an island; "blind": silent meters over a load
    that is available, or an unmeasured limit; "fault": a load's unsolved problem; "limited": a load held back; "ok": a
    load that waits for another reason, else that all have what they can use.
    """
    site, snapshot, known = observed.site, observed.snapshot, observed.snapshot.loads
    there = [name for name, state in known.items() if state.available]
    blind = {n: each for n, each in observed.data_quality.items() if each is not DataQuality.GOOD and n in there}
    over = [c for c in ceilings if c.known and c.exceeded and (c.tolerates_s is None or is_exceeded_now(c, ceilings))]
    unmeasured = unmeasured_limits(ceilings)
    faulty = [name for name, note in notes.items() if note.unsolved]
    limited = [name for name, note in notes.items() if note.held_back]
    # Less than a charger's step is not waited for.
    below = [name for name, note in notes.items() if note.setpoint_a + DUST < note.allocated_a]
    rising = {name for name in below if code_of(notes[name].reason) not in SATISFIED}
    waiting = [name for name, note in notes.items() if note.noteworthy or note.limited_by or name in rising]
    if over:
        # A wire can burn; energy only costs.
        worst = max(over, key=lambda c: (c.tolerates_s is None, c.flow_a / max(c.rating_a, DUST)))
        is_wire = worst.tolerates_s is None
        return "over", _exceeded_message(worst, notes) if is_wire else overrun_reason(worst, ceilings, notes)
    if site.island and site.has_grid:
        running = [name for name, note in notes.items() if note.setpoint_a > 0]
        return "limited", message("site_on_island", loads=", ".join(running) or None)
    if blind:
        return "blind", _silent_meters_message(site, snapshot, blind)
    if unmeasured:
        return "blind", message("limit_unmeasured", limit=unmeasured[0].name)
    for state, names in (("fault", faulty), ("limited", limited), ("ok", waiting)):
        if names:
            return state, with_frame(notes[names[0]].reason, "load", names[0])
    return "ok", message("site_has_all")


def _exceeded_message(limit: Ceiling, notes: Mapping[str, LoadNote]) -> Message:
    """Return what is exceeded, by how much, what draws it as far as that is known, and which loads are lowered.

    An export that exceeds has only its amount. Another message where the house alone exceeds a fuse: no load under it
    is lowered, has a setpoint or ignores that.
    """
    unit, scale = ("a", 1.0) if is_in_amps(limit) else ("kw", limit.voltage_v / 1000)
    # A flow just above its rating must not be shown as equal to it.
    flow = ceil_to_step(limit.flow_a * scale, 10 ** -DIGITS[unit])
    if limit.exported_a > 0:
        return message("too_much_export", limit=limit.name, flow_a=flow, rating_a=limit.rating_a)
    amounts_a = {"rating": limit.rating_a}
    if limit.metered or limit.fuse:  # the house is no part of what a grid operator dims
        amounts_a["house"] = limit.house_a
    flows = {f"{name}_{unit}": round(max(a, 0.0) * scale, 2) for name, a in amounts_a.items()}
    flows[f"flow_{unit}"] = flow
    drawn_a = {name: a + limit.ignored_a.get(name, 0.0) for name, a in limit.drawn_a.items()}
    draws = ", ".join(f"{name} {part_text(limit, a)}" for name, a in drawn_a.items() if a > DUST)
    given_a = {name: weight * notes[name].setpoint_a for name, weight in limit.weights.items() if name in notes}
    lowered = ", ".join(n for n, a in given_a.items() if a + tuning.TOLERANCE_A <= limit.drawn_a.get(n, 0.0))
    code = "too_much_of_limit" if limit.fuse is None else "too_much_current"
    # Not where loads have been lowered since the meter's last reading.
    is_house = limit.house_a > limit.rating_a and not limit.ignored_a
    if limit.fuse is not None and is_house and not lowered and not any(given_a.values()):
        code = "too_much_current_by_house"
    return message(code, limit=limit.name, loads=draws or None, lowered=lowered or None, **flows)


def is_in_amps(limit: Ceiling) -> bool:
    """Return whether a limit is one of current: a fuse, or a limit between phases; all others limit power."""
    return limit.fuse is not None or bool(limit.against)


def part_text(limit: Ceiling, part_a: float) -> str:
    """Return a load's part of a limit as text: in A for a limit of current, otherwise in kW."""
    return f"{number_text(part_a)} A" if is_in_amps(limit) else f"{watts(part_a, limit.voltage_v) / 1000:.1f} kW"


def _silent_meters_message(site: Site, snapshot: Snapshot, blind: Mapping[str, DataQuality]) -> Message:
    """Return which meters are silent, and the loads that this affects: those with the worst readings.

    Of these the ones that can use power, such as no full car; all where none can. One common message if all of several
    meters have been silent so long that loads are lowered; otherwise the first `NAMED_METERS` are named.
    """
    silent = silent_meters(site, snapshot)
    worst = max(blind.values())
    affected = sorted(name for name, quality in blind.items() if quality is worst)
    usable = [name for name in affected if snapshot.state_of(name).can_use_power]
    loads = ", ".join(usable or affected)
    if worst is DataQuality.FAILSAFE and len(silent) == len(snapshot.meters) > 1:
        return message("all_meters_silent", loads=loads)
    more = len(silent) - NAMED_METERS if len(silent) > NAMED_METERS else None
    return message(SILENCE[worst], meters=", ".join(silent[:NAMED_METERS]), loads=loads, more=more)


def silent_meters(site: Site, snapshot: Snapshot, load: Load | None = None) -> list[str]:
    """Return the meters whose reading is not good, each as text with its entities.

    `load`: only those above this load on its phases, None for all.
    """
    above = {each.name for each in (site.circuits if load is None else site.above(load.circuit))}
    return [
        f"{fuse_name(circuit, phase)} ({', '.join(site.circuit(circuit).grid[phase].entities)})"
        for (circuit, phase), reading in snapshot.meters.items()
        if reading_quality(site, reading) is not DataQuality.GOOD
        and circuit in above
        and (load is None or phase in load.phases)
    ]


def slow_meter_messages(site: Site, snapshot: Snapshot) -> list[Message]:
    """Return a sentence for each meter that reports so rarely that it counts as late later than CONFIG says."""
    found = []
    for wire, reading in snapshot.meters.items():
        stale_s, failsafe_s = quality_ages_s(site, reading)
        if (stale_s, failsafe_s) != (site.stale_after_s, site.failsafe_after_s):
            found.append(message("meter_slow", meter=fuse_name(*wire), stale_s=stale_s, failsafe_s=failsafe_s))
    return found
