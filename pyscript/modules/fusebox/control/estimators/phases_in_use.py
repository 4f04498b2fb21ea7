"""Which of its phases a car uses, learnt from the meters: a one-phase car on a three-phase charger.

Until then a single draw value counts on all phases. What is learnt lasts until the car is unplugged or the meter
contradicts it: more phases are assumed at once, fewer only after changes that leave no doubt.
"""

from __future__ import annotations

from collections.abc import Mapping

from ... import tuning
from ...model.electrics import PerPhase, Phase
from ...model.load import Load
from ...model.memory import Memory
from ...model.phases_memory import NEW_PHASES, ComparedDraw, PhaseChangeTrial, PhasesMemory, Stage
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from .compliance import is_draw_report_outdated
from .phase_flows import Commands, PhaseMeters, Reported, compare_draw, drop_phase_too_small, observe_flows


def update_phases_in_use(reported: Reported, memory: Memory) -> Mapping[str, PhasesMemory]:
    """Return load -> what is known of the phases in use, updated from this snapshot for chargers on several phases."""
    found = {}
    for load in reported.site.loads:
        past = memory.phases_in_use.get(load.name, NEW_PHASES)
        if load.name in memory.loads and len(load.phases) > 1 and not (load.on_off or load.can.in_watts):
            past = _observe_load(reported, load, past, memory)
            drawn_a = reported.snapshot.state_of(load.name).draw_a.highest or 0.0
            if drawn_a > tuning.DRAWS_A and reported.snapshot.now_s - past.compared.steady_s > tuning.LASTING_S:
                past = replace_if_changed(past, unclear=past.only is None)
        found[load.name] = past
    return found


def narrow_phases(site: Site, snapshot: Snapshot, memory: Memory, *, doubted: bool = False) -> tuple[Site, Snapshot]:
    """Return site and snapshot in which each load has only the phases it counts on; see `phase_alone`.

    The draw of a load with a single phase is put on that phase, also while it stops for a switch to all; both are
    unchanged where no load has one. `doubted`: whether a phase counts that is doubted.
    """
    used, states = tuple([phase_alone(load, memory, doubted=doubted) for load in site.loads]), dict(snapshot.loads)
    for load, phase in zip(site.loads, used, strict=True):
        state = snapshot.state_of(load.name)
        if phase is not None:
            draw_a = state.draw_a[phase] if state.single_a is None else state.single_a
            states[load.name] = fast_replace(state, draw_a=PerPhase.of({phase: draw_a}), single_a=None)
        elif state.single_a is not None and _stops_on_one_phase(load, memory):
            draws_a = PerPhase.of({**dict.fromkeys(load.phases, 0.0), load.phases[0]: state.single_a})
            states[load.name] = fast_replace(state, draw_a=draws_a, single_a=None)
    snapshot = snapshot if states == snapshot.loads else fast_replace(snapshot, loads=states)
    return site.with_only_phases(used) if any(phase is not None for phase in used) else site, snapshot


def known_phase_count(load: Load, memory: Memory) -> int | None:
    """Return how many of its phases a load is known to use: 1 or all; None where that is not known."""
    if phase_alone(load, memory) is not None:
        return 1
    return len(load.phases) if memory.phases_in_use.get(load.name, NEW_PHASES).on_all else None


def phase_alone(load: Load, memory: Memory, *, doubted: bool = False) -> Phase | None:
    """Return the only phase that a load counts on, None for all of its phases; with `doubted` also a doubted one.

    For a load that its phase switch has put on one phase, its first phase; otherwise the one that the meters showed. A
    load that is being switched to all phases counts on all of them before it uses them, and so does one that starts on
    all, unless CONFIG says that its car uses only one.
    """
    switch = memory.phase_switches.get(load.name)
    if load.switching is not None and switch is not None:
        if switch.assumed_phase_count == 1:
            return load.phases[0]
        is_starting = switch.stage is Stage.STARTING and switch.phase_count is not None
        if switch.target is not None or (is_starting and load.vehicle.phases != 1):
            return None
    past = memory.phases_in_use.get(load.name, NEW_PHASES)
    only = past.doubted if doubted and past.only is None and not past.on_all else past.only
    return only if only in load.phases else None


def _stops_on_one_phase(load: Load, memory: Memory) -> bool:
    """Return whether a load stops on one phase for a switch to all."""
    switch = memory.phase_switches.get(load.name)
    return switch is not None and switch.stage is Stage.STOPPING and switch.phase_count == 1


def _observe_load(reported: Reported, load: Load, past: PhasesMemory, memory: Memory) -> PhasesMemory:
    """Return what is known of one load's phases after this snapshot; reset without a car or while it is unavailable.

    From its own sensors of each phase or its count of phases, where it has them. Otherwise a change of its single draw
    is compared with the meters' change, once both have settled and nothing else has moved except known draws. A known
    phase is not compared while another draw may be outdated. Also forgotten after a long time without draw, if its
    status is unknown.
    """
    site, snapshot = reported.site, reported.snapshot
    state = snapshot.state_of(load.name)
    if not state.available or state.status is Status.UNPLUGGED:
        return past.for_next_car()
    if state.single_a is None:
        return _observe_phase_sensors(load, state, past, snapshot.now_s - state.draw_age_s)
    past = past if state.phases_drawing is None else _adopt_phase_count(past, state.phases_drawing)
    past = drop_phase_too_small(load, state, past, snapshot.now_s)
    meters = reported.meters_above(load.circuit, load.phases)
    if meters is None:
        return past
    past = _drop_phase_on_overload(reported, load, past)
    is_late = past.only is not None and _is_other_draw_outdated(reported, load, meters, memory)
    commands, before = Commands(memory.loads[load.name].commanded_s, not is_late), past.compared
    found = compare_draw(reported, load, before, (state.single_a,), meters, commands)
    if found.known.steady_a is not before.steady_a:
        return fast_replace(past, compared=found.known, trial=None)
    idle = state.status is Status.UNKNOWN and state.single_a < tuning.DRAWS_A
    if idle and snapshot.now_s - before.steady_s > tuning.LASTING_S:
        return fast_replace(past.for_next_car(), compared=ComparedDraw(before.steady_a, before.steady_s))
    past, meters = replace_if_changed(past, compared=found.known), found.meters
    if meters is None:
        return past
    past = observe_flows(site, snapshot, load, past, meters)
    if past.trial is not None:
        moved_a = state.single_a - past.trial.from_a
        return _continue_trial(past, moved_a, _meter_changes_a(load, past.trial.grid_a, meters.grid_a), snapshot.now_s)
    if found.drew_a is None:
        return past
    from_a = found.drew_a[0] or 0.0
    moved_a = state.single_a - from_a
    changes_a = _meter_changes_a(load, found.before_a, meters.grid_a)
    judged = _judge_change(load, past, moved_a, changes_a, state.is_power)
    if judged.only is None and judged.votes > past.votes:
        return fast_replace(judged, trial=PhaseChangeTrial(from_a, found.before_a, snapshot.now_s))
    return judged


def _is_other_draw_outdated(reported: Reported, load: Load, meters: PhaseMeters, memory: Memory) -> bool:
    """Return whether the meters may show a change of another load behind them that its draw has not reported yet."""
    snapshot, newest_s = reported.snapshot, meters.newest_s
    others = {other.name for other in reported.site.loads_below(meters.circuit) if other.name != load.name}
    known = [(snapshot.state_of(name), past) for name, past in memory.loads.items() if name in others]
    measured = [(state, past) for state, past in known if state.draw_a.highest is not None]
    return any(is_draw_report_outdated(state, past, newest_s, snapshot.now_s) for state, past in measured)


def _adopt_phase_count(past: PhasesMemory, phase_count: int) -> PhasesMemory:
    """Return the memory with the phase count that the device reports; of one phase, the meters still find which."""
    if phase_count > 1:
        return replace_if_changed(past, only=None, votes=0, on_all=tuning.NO_CHANCE_TIMES, trial=None)
    return replace_if_changed(past, on_all=0)


def _continue_trial(past: PhasesMemory, moved_a: float, changes_a: Mapping[Phase, float], now_s: float) -> PhasesMemory:
    """Return the memory after one more reading of a clear change: confirmed, still on trial or dropped.

    Dropped when the draw has no longer changed by `CLEARLY_A`, or of the meters not only the voted phase's by as much;
    confirmed once it has lasted for `LASTING_S`. `moved_a`, `changes_a`: the changes of draw and meters since before it
    [A].
    """
    vote, is_clear = past.vote, abs(moved_a) >= tuning.CLEARLY_A
    if vote is None or not is_clear or _only_changed_phase(moved_a, changes_a) is not vote:
        return fast_replace(past, trial=None)
    if past.trial is None or now_s - past.trial.begun_s < tuning.LASTING_S:
        return past
    return fast_replace(_vote_for(past, vote, tuning.KNOWN_TIMES), trial=None)


def _meter_changes_a(load: Load, from_a: PerPhase, to_a: PerPhase) -> Mapping[Phase, float]:
    """Return phase -> change of the meter [A]."""
    return {phase: (to_a[phase] or 0.0) - (from_a[phase] or 0.0) for phase in load.phases}


def _only_changed_phase(moved_a: float, changes_a: Mapping[Phase, float]) -> Phase | None:
    """Return the phase whose meter changed by as much as the draw, if that of no other changed; else None."""
    parts = {phase: change_a / moved_a for phase, change_a in changes_a.items()}
    one = [phase for phase, part in parts.items() if is_whole_change(part)]
    is_alone = all(abs(part) <= tuning.ALIKE_SHARE for phase, part in parts.items() if phase not in one)
    return one[0] if len(one) == 1 and is_alone else None


def _observe_phase_sensors(load: Load, state: LoadState, past: PhasesMemory, reported_s: float) -> PhasesMemory:
    """Return the memory of a load with a draw for each phase; a report of one drawing phase is a vote for it.

    Only a new report of at least `CLEARLY_A` is one. More drawing phases count as all. Where a sensor is silent, no
    phase is the only one. Reset after a long time without draw, if the status is unknown.
    """
    if None in [state.draw_a[phase] for phase in load.phases]:
        return replace_if_changed(past, only=None, votes=0)
    drawing = [phase for phase in load.phases if (state.draw_a[phase] or 0.0) > tuning.DRAWS_A]
    if len(drawing) > 1:
        return PhasesMemory(on_all=min(past.on_all + 1, tuning.NO_CHANCE_TIMES))
    if not drawing and state.status is Status.UNKNOWN and reported_s - past.compared.steady_s > tuning.LASTING_S:
        return fast_replace(past.for_next_car(), compared=past.compared)
    if not drawing or (state.draw_a[drawing[0]] or 0.0) < tuning.CLEARLY_A or reported_s <= past.compared.steady_s:
        return past
    return _vote_for(fast_replace(past, compared=ComparedDraw(steady_s=reported_s), on_all=0), drawing[0], 1)


def is_whole_change(part: float) -> bool:
    """Return whether a meter's change, divided by the draw's change (`part`), is within `ALIKE_SHARE` of 1."""
    return abs(part - 1) <= tuning.ALIKE_SHARE


def _judge_change(
    load: Load, past: PhasesMemory, moved_a: float, changes_a: Mapping[Phase, float], is_power: bool
) -> PhasesMemory:
    """Return the memory after a change of the draw: the meters show one phase, several, or nothing certain (unchanged).

    One phase is a vote for it, several are a vote for all. If the meter of another phase than the known one follows,
    the phase is no longer known; if it follows too and not all do, it is `doubted`, and known again after one vote. On
    two phases, a meter that does not move at all proves nothing. `is_power`: the draw is a power, shared by all phases.
    """
    shared_a = moved_a / len(load.phases) if is_power else moved_a
    following = [phase for phase, change_a in changes_a.items() if 2 * change_a / shared_a >= 1]
    if past.only is not None and any(p is not past.only and abs(changes_a[p]) > tuning.TOLERANCE_A for p in following):
        is_share = changes_a[past.only] / shared_a <= 1 + tuning.ALIKE_SHARE
        if past.only not in following or (is_share and len(following) == len(load.phases)):
            return fast_replace(past, only=None, votes=0, doubted=None)
        return fast_replace(past, only=None, votes=tuning.KNOWN_TIMES - 1, doubted=past.only)
    only = _only_changed_phase(moved_a, changes_a)
    if only is not None and not past.is_surely_on_all:
        is_other_still = all(change_a == 0 for phase, change_a in changes_a.items() if phase is not only)
        if is_other_still and len(load.phases) == 2:
            # The meter of the other phase may be stuck.
            return past
        return _vote_for(fast_replace(past, on_all=0, evenly=0), only, 1)
    if len(following) > 1 and all(change_a / shared_a <= 1 + tuning.ALIKE_SHARE for change_a in changes_a.values()):
        # A car uses one phase or all of them: where two follow and the third does not, that meter is doubtful.
        is_even = all(is_whole_change(change_a / shared_a) for change_a in changes_a.values())
        evenly = past.evenly + 1 if is_even else 0
        on_all = min(past.on_all + 1, tuning.NO_CHANCE_TIMES)
        return fast_replace(past, only=None, votes=0, on_all=on_all, evenly=min(evenly, tuning.NO_CHANCE_TIMES))
    return past


def _vote_for(past: PhasesMemory, phase: Phase, weight: int) -> PhasesMemory:
    """Return the memory with `weight` more votes for a phase; after `KNOWN_TIMES` votes it is the only one."""
    votes = weight + (past.votes if phase is past.vote else 0)
    return fast_replace(past, vote=phase, votes=votes, only=phase if votes >= tuning.KNOWN_TIMES else past.only)


def _drop_phase_on_overload(reported: Reported, load: Load, past: PhasesMemory) -> PhasesMemory:
    """Return the memory without its only phase while another phase of the load is over its fuse's rating.

    Then the worst case is assumed, and the phase is `doubted` as long as that lasts. Not while the load draws less than
    `DRAWS_A`.
    """
    snapshot, known = reported.snapshot, past.doubted if past.only is None else past.only
    if known is None or (snapshot.state_of(load.name).single_a or 0.0) < tuning.DRAWS_A:
        return past
    for circuit in reported.site.above(load.circuit):
        flows_a = [snapshot.meter(circuit.name, phase).last or 0.0 for phase in load.phases if phase is not known]
        if max(flows_a) > circuit.fuse_a:
            votes = past.votes if past.only is None else 0
            return fast_replace(past, only=None, votes=votes, doubted=known, doubted_s=snapshot.now_s)
    return past
