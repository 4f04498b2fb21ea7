"""Whether meters and loads are wired as CONFIG says, inferred from the meters' response to a load's changes.

It proposes and changes nothing, and never from one change: a kettle may have come on in the same second. Which phases
of a charger a car uses is learnt in `phases_in_use`, and whether a meter is stuck in `stuck_meters`.
"""

from __future__ import annotations

from collections.abc import Mapping

from ... import tuning
from ...model.electrics import PerPhase
from ...model.load import MAY_BE_SUNNY, Load
from ...model.memory import Memory
from ...model.messages.message import Value, code_of, values_of
from ...model.phases_memory import Move, WiringMemory
from ...model.records import fast_replace, replace_within
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState
from ..estimators.acknowledgement import time_to_settle_s
from ..estimators.compliance import is_draw_report_outdated
from ..estimators.phase_flows import Commands, PhaseMeters, Reported, compare_draw
from .wiring_findings import find_differences
from .wiring_fit import Fit

SLOW_SENSOR = ("wiring_blind", "wiring_kilowatts", "wiring_draw", "wiring_unit", "wiring_circuit")
"""Codes of findings that a late draw sensor may cause as well; only a test, which waits for both, reports them."""


def update_wiring_evidence(reported: Reported, memory: Memory) -> Memory:
    """Return the memory with this snapshot's evidence on the wiring, and the problems that follow from all evidence.

    The problems are judged again only when a load has a new change, and a known one then keeps its sentence; they are
    dropped when the loads differ from before. During a wiring test the begun observations are dropped instead.
    """
    site, past = reported.site, memory.wiring_evidence
    if site.tested is not None:
        # A test waits for slow meters, and moves loads faster than these rules allow for.
        forgotten = {name: _without_draw(each) for name, each in past.items()}
        return fast_replace(memory, wiring_evidence=forgotten)
    late_s = max([each.response.meter_latency.latency_s for each in memory.loads.values()], default=0.0)
    evidence = add_observed_moves(reported, past, late_s, _last_commands(reported, memory))
    if not any(evidence[name].moves != past[name].moves for name in evidence if name in past):
        gone = not memory.wiring_problems or evidence.keys() == past.keys()
        return fast_replace(memory, wiring_evidence=evidence, wiring_problems=memory.wiring_problems if gone else ())
    known = {_without_numbers(each): each for each in memory.wiring_problems}
    found = tuple(known.get(_without_numbers(each), each) for each in wiring_problems(site, evidence))
    return fast_replace(memory, wiring_evidence=evidence, wiring_problems=found)


def _without_numbers(problem: str) -> tuple[str | None, tuple[Value, ...]]:
    """Return the code of a problem and its texts: with each change of a load its numbers become others."""
    return code_of(problem), tuple(value for value in values_of(problem).values() if isinstance(value, str))


def _last_commands(reported: Reported, memory: Memory) -> Mapping[str, Commands]:
    """Return load -> what was commanded; of a load by signal, the state that was last chosen counts as a command."""
    snapshot, now_s, are_shown = reported.snapshot, reported.snapshot.now_s, True
    sent_a = {"": reported.drawn.sun_a or 0.0}
    oldest_s = max([reading.age_s for reading in snapshot.grid_a.get(MAIN, {}).values()], default=0.0)
    for name, past in memory.loads.items():
        state, sent, lag_s = snapshot.state_of(name), past.command, past.response.meter_latency.sensor.lag_s
        are_shown = are_shown and now_s >= past.commanded_s + time_to_settle_s(past.response) + lag_s
        if are_shown and state.draw_a.highest is not None and state.draw_age_s + lag_s > oldest_s:
            state = fast_replace(state, draw_age_s=state.draw_age_s + lag_s)
            are_shown = not is_draw_report_outdated(state, past, oldest_s, now_s)
        sent_a[name] = 0.0 if sent.sent_on is False else past.setpoint_a if sent.sent_a is None else sent.sent_a
    return {name: Commands(past.commanded_s, are_shown, sent_a) for name, past in memory.loads.items()}


def wiring_problems(site: Site, evidence: Mapping[str, WiringMemory]) -> tuple[str, ...]:
    """Return a sentence for each wiring that seems to differ from CONFIG, with its evidence and the correct line.

    Only loads with nearly `LAST_TIMES` observed changes count; empty without any. Findings that a late sensor may cause
    as well (`SLOW_SENSOR`) are left out.
    """
    known = tuning.LAST_TIMES - 1
    moves = {name: each.moves for name, each in evidence.items() if len(each.moves) >= known}
    found = find_differences(Fit(site, moves), omitted=SLOW_SENSOR) if moves else ()
    return tuple(each.problem for each in found)


def add_observed_moves(
    reported: Reported, past: Mapping[str, WiringMemory], late_s: float, commands: Mapping[str, Commands]
) -> Mapping[str, WiringMemory]:
    """Return load -> its wiring evidence with this snapshot added; unchanged where the main meter lacks a phase.

    A load with other phases or meters than before starts anew. `late_s`: how late the meters show the loads' changes
    [s]. `commands`: load -> what was commanded. Draws on known phases are subtracted so that loads that move together
    can be distinguished.
    """
    site, snapshot = reported.site, reported.snapshot
    main, shown = site.circuit(MAIN).grid, reported.meters_above(MAIN, site.phases)
    if shown is None:
        return past
    shown = shown._replace(answer_s=shown.answer_s + late_s)
    meters = tuple((source.entities, source.invert) for source in main.values())
    found = {}
    for load in site.loads:
        known = past.get(load.name)
        if known is None or known.phases != load.phases or known.meters != meters:
            known = WiringMemory(load.phases, meters)
        if load.name in snapshot.loads:
            known = _observe_load_move(reported, load, known, shown, commands.get(load.name, Commands()))
        found[load.name] = known
    return found


def _observe_load_move(
    reported: Reported, load: Load, past: WiringMemory, shown: PhaseMeters, commands: Commands
) -> WiringMemory:
    """Return the evidence of one load with its change added, once draw and meters have settled after all commands.

    One load is often cut because another one starts: if its draw were reported later, its cut would look like a wrong
    meter of the other one. Nothing is added for a change below `CLEARLY_A`, where anything changed too that is no known
    draw (also what the other loads were sent, because a draw may be unknown), and on a phase where the house load
    changed before the load's own command: an appliance that starts causes the cut, so its change is no coincidence.
    While the load is unavailable, its draw unknown, or it follows a sun that is not measured, the begun observation is
    dropped. The last `LAST_TIMES` are retained.
    """
    before, state, sun_a = past.compared, reported.snapshot.loads[load.name], reported.drawn.sun_a
    # Such a load changes when the sun does, and the meters show both.
    is_by_sun = load.mode in MAY_BE_SUNNY and sun_a is None
    if is_by_sun or not state.available or None in [state.draw_a[phase] for phase in load.phases]:
        return _without_draw(past)
    found = compare_draw(reported, load, before, state.draw_a, shown, commands)
    after = fast_replace(past, compared=found.known)
    if found.drew_a is None or found.meters is None:
        return after
    change_a = found.before_a.change_to(found.meters.grid_a)
    if commands.last_s >= before.then_s:
        house_a = before.grid_a.change_to(before.latest_a)
        change_a = change_a.combine(house_a, lambda a, by_a: a if abs(by_a) <= tuning.TOLERANCE_A else None)
    if change_a.highest is None:
        return after
    move = move_between(load, state, PerPhase(*found.drew_a), {MAIN: change_a})
    return fast_replace(after, moves=(*past.moves, move)[-tuning.LAST_TIMES :])


def _without_draw(past: WiringMemory) -> WiringMemory:
    """Return the evidence without the begun comparison of a draw."""
    return replace_within(past, "compared", steady_a=None, then_a=None)


def move_between(load: Load, state: LoadState, before_a: PerPhase, change_a: Mapping[str, PerPhase]) -> Move:
    """Return the change of a load from its earlier draw `before_a` to its present one, with that of the meters.

    `change_a`: circuit -> the meters' change [A]. A single value for several phases is also stored as such.
    """
    drawn_a = before_a.change_to(state.draw_a)
    single_a = None
    if state.single_a is not None and len(load.phases) > 1:
        # One value for all phases: a current is each one's own, a power is all of theirs.
        single_a = (drawn_a[load.phases[0]] or 0.0) * (len(load.phases) if state.is_power else 1)
    return Move(drawn_a, change_a, single_a=single_a, is_power=state.is_power)
