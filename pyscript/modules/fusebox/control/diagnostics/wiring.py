"""Whether meters and loads are wired as CONFIG says, told from what the meters do when a load's draw changes.

It proposes and changes nothing. Never from one change: a kettle may have come on in the same second. Which phases of a
box a car uses is learnt elsewhere (`phases_in_use`), and whether a meter is stuck (`stuck_meters`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.electrics import PerPhase, Phase, amps
from ...model.load import Load
from ...model.phases_memory import Sighting, WiringMemory
from ...model.records import fast_replace, replace_if_changed
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot
from ..estimators.phases_in_use import PhaseMeters, meters_of, others_measured_a, shows_all


def watched_sightings(site: Site, snapshot: Snapshot, past: Mapping[str, WiringMemory]) -> Mapping[str, WiringMemory]:
    """The memories by load, with what this instant shows. `site` as installed, with all phases of each load."""
    main = site.circuit(MAIN).grid
    shown = meters_of(site, snapshot, MAIN, site.phases)
    if shown is None:
        return past
    drawn_a = {name: sum([a or 0.0 for a in state.draw_a]) for name, state in snapshot.loads.items()}
    meters = tuple((source.entities, source.invert) for source in main.values())
    found = {}
    for load in site.loads:
        known = past.get(load.name)
        if known is None or known.phases != load.phases or known.meters != meters:
            known = WiringMemory(load.phases, meters)
        if load.name in snapshot.loads:
            known = _watched(site, snapshot, load, known, shown, drawn_a)
        found[load.name] = known
    return found


def _watched(
    site: Site,
    snapshot: Snapshot,
    load: Load,
    past: WiringMemory,
    shown: PhaseMeters,
    drawn_a: Mapping[str, float],
) -> WiringMemory:
    state = snapshot.loads[load.name]
    draw_a = state.draw_a
    if not state.available or None in [draw_a[phase] for phase in load.phases]:
        return replace_if_changed(past, steady_a=None, then_a=None)
    if past.steady_a is None or _apart(draw_a, past.steady_a) > tuning.TOLERANCE_A:
        return fast_replace(past, steady_a=draw_a, steady_s=snapshot.now_s - state.draw_age_s)
    if not shown.clear or snapshot.now_s - past.steady_s - shown.oldest_s < shown.answer_s:
        return past
    still = past.then_a is not None and _apart(draw_a, past.then_a) < tuning.WIRE_MOVE_A
    if still and state.draw_age_s > shown.oldest_s:
        # The meters may already show a move that the draw has not reported yet: no picture of before.
        return past
    sun_a = amps(snapshot.solar_w.last or 0.0, site.voltage_v)
    after = replace_if_changed(
        past, then_a=draw_a, grid_a=shown.grid_a, others_a=(*others_measured_a(site, snapshot, load, drawn_a), sun_a)
    )
    if past.then_a is None or _apart(draw_a, past.then_a) < tuning.WIRE_MOVE_A:
        return after
    if len(after.others_a) != len(past.others_a):
        return after
    pairs_a = zip(after.others_a, past.others_a, strict=True)
    if any(abs(now_a - then_a) > tuning.TOLERANCE_A for now_a, then_a in pairs_a):
        return after
    moved_a = {phase: (draw_a[phase] or 0.0) - (past.then_a[phase] or 0.0) for phase in load.phases}
    seen_a = {phase: (after.grid_a[phase] or 0.0) - (past.grid_a[phase] or 0.0) for phase in site.phases}
    sightings = _sightings(state, moved_a, seen_a)
    kept = tuning.LAST_TIMES * len(load.phases)
    return replace_if_changed(after, sightings=(*past.sightings, *sightings)[-kept:])


def _apart(one: PerPhase, other: PerPhase) -> float:
    return 0.0 if one == other else max([abs((a or 0.0) - (b or 0.0)) for a, b in zip(one, other, strict=True)])


def _sightings(state: LoadState, moved_a: Mapping[Phase, float], seen_a: Mapping[Phase, float]) -> tuple[Sighting, ...]:
    """Where a change was seen; nothing where that is not clear."""
    moving = [phase for phase, a in moved_a.items() if abs(a) >= tuning.WIRE_MOVE_A]
    some_a = tuning.ALIKE_SHARE * tuning.WIRE_MOVE_A
    if not moving or any(some_a < abs(a) < tuning.WIRE_MOVE_A for a in moved_a.values()):
        return ()
    most_a = max((abs(moved_a[phase]) for phase in moving), default=0.0)
    seeing = [phase for phase, a in seen_a.items() if abs(a) >= most_a / 2]
    single = state.single_a is not None and len(moved_a) > 1
    if len(moving) == 1 and len(seeing) == 1:
        pairs = [(moving[0], seeing[0], moved_a[moving[0]])]
    elif len(moving) > 1 and set(seeing) == set(moving):
        pairs = [(phase, phase, moved_a[phase]) for phase in moving]
    elif single and len(seeing) == 1:
        # One value for all phases, and the car uses one: a current is its own, a power is all of it.
        whole_a = moved_a[moving[0]] * (len(moved_a) if state.is_power else 1)
        pairs = [(seeing[0], seeing[0], whole_a)]
    else:
        return ()
    shown = [abs(seen_a[seen] / by_a) for _, seen, by_a in pairs]
    if not all(shows_all(part) for part in shown):
        return ()
    least_a = min(abs(by_a) for _, _, by_a in pairs)
    if any(abs(a) > tuning.ALIKE_SHARE * least_a for phase, a in seen_a.items() if phase not in seeing):
        return ()
    return tuple(Sighting(expected, seen, by_a, seen_a[seen]) for expected, seen, by_a in pairs)


def wiring_problems(site: Site, wirings: Mapping[str, WiringMemory]) -> tuple[str, ...]:
    """What seems to be wired otherwise than CONFIG says, each with its evidence and what to write."""
    verdicts = [found for load in site.loads for found in _verdicts(load, wirings.get(load.name))]
    right = [(load.name, sighting) for load, sighting, _ in verdicts if sighting.is_right]
    wrong = [(load, sighting, told) for load, sighting, told in verdicts if not sighting.is_right]
    found: dict[str, None] = {}
    for load, sighting, told in wrong:
        if sighting.turned and not any(other.seen is sighting.seen for _, other in right):
            found[_turned(site, load, sighting, told)] = None
        if sighting.expected is not sighting.seen:
            found[_elsewhere(load, sighting, told, wrong, right)] = None
    return tuple(found)


Verdict = tuple[Load, Sighting, str]
"""A load, the last of the sightings that agree, and how many of how many did."""


def _verdicts(load: Load, wiring: WiringMemory | None) -> list[Verdict]:
    """What most of a load's last changes say, for each phase on which it is expected."""
    found = []
    for phase in load.phases:
        mine = [sighting for sighting in (wiring.sightings if wiring else ()) if sighting.expected is phase]
        for last in reversed(mine):
            same = [sighting for sighting in mine if (sighting.seen, sighting.turned) == (last.seen, last.turned)]
            if len(same) >= tuning.LAST_TIMES - 1:
                found.append((load, last, f"in {len(same)} of its last {len(mine)} changes"))
                break
    return found


def _turned(site: Site, load: Load, sighting: Sighting, told: str) -> str:
    source = site.circuit(MAIN).grid.get(sighting.seen)
    name, inverted = sighting.seen.name, source is not None and source.invert
    remedy = 'take "invert" away' if inverted else 'write "invert": True'
    return (
        f"site.grid.{name} seems to be turned round: {told} {load.name} moved it the other way, last by "
        f"{sighting.seen_a:.1f} A for {sighting.moved_a:.1f} A; {remedy} there if that is so"
    )


def _elsewhere(
    load: Load, sighting: Sighting, told: str, wrong: Sequence[Verdict], right: Sequence[tuple[str, Sighting]]
) -> str:
    expected, seen = sighting.expected.name, sighting.seen.name
    crossed = [other for other, its, _ in wrong if (its.expected, its.seen) == (sighting.seen, sighting.expected)]
    write = f"write '{seen}' in place of '{expected}'"
    evidence = f"{told} it was seen on {seen}, last {abs(sighting.seen_a):.1f} A of {abs(sighting.moved_a):.1f} A"
    if crossed:
        one, two = sorted((expected, seen))
        names = " and ".join(sorted({load.name, *(other.name for other in crossed)}))
        seem = f"site.grid.{one} and site.grid.{two} seem to be exchanged"
        return f"{seem}: {names} are seen on each other's phase; exchange their entities if that is so"
    if any(its.expected in (sighting.expected, sighting.seen) for _, its in right):
        return f"loads.{load.name}.phases seems to be wrong: {evidence}; {write} if that is so"
    either = f"{write}, or exchange site.grid.{expected} and site.grid.{seen}"
    return f"loads.{load.name}.phases or the meters seem to be wrong: {evidence}; {either}"
