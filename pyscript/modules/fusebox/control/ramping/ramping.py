"""Allocation + memory -> setpoints + memory: cut now, raise later. Pure; `docs/timing.md` explains.

A cut leaves in the same step, to the full amount; raises follow (`raises`). Noise of less than 1 A does not cut a load
within the margin of a fuse: a house load is never still to half an amp, and a load that is cut at every fluctuation has
less most of the time, while the wire carries no less when an appliance starts. Of a margin set larger than noise only
`TOLERANCE_A` is used. A limit without a margin, such as the contract, is obeyed as soon as the meter shows more. A load
that draws up to `TOLERANCE_A` less than its setpoint is not cut for that difference: sensors round.

A load that switches phases is offered nothing until it may start again; its current stays reserved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality
from ...model.decision import Demand
from ...model.durations import NEVER_S
from ...model.electrics import DUST
from ...model.load import Load
from ...model.messages.message import message
from ...model.phases_memory import PhaseSwitchMemory, Stage
from ...model.records import fast_replace, replace_if_changed
from ...model.snapshot import LoadState, min_current_a
from ..estimators.compliance import small_excess_a
from ..limits.fuse_budget import may_carry
from ..limits.headroom import Ceilings
from ..remember import remember_load
from ..step_context import RampResult, Setpoint, Shares, Situation
from ..target import device_steps, failsafe_current_a, round_down_to_steps
from .raises import Raises


def ramp_setpoints(observed: Situation, shares: Shares) -> RampResult:
    """Return each load's setpoint [A] and updated memory: first all cuts in full, then raises in order of service.

    A load that exceeds only a margin is not cut; old readings lower loads further. A raise needs lasting headroom
    next to all other loads at their draw or setpoint, and leaves headroom for starts that come before it; one with an
    obstacle is not made, and the setpoint says why. Loads that switch phases get 0 A (in the phase switches returned).
    """
    demands, allocation, loads = shares.demands, shares.allocation, observed.site.by_name
    excess_a = _excess_delaying_starts_a(observed, shares)
    targets_a = {}
    for d in demands:
        share_a = min(allocation[d.load].amps - excess_a.get(d.load, 0.0), d.most_now_a)
        steps = device_steps(loads[d.load], observed.snapshot.state_of(d.load))
        targets_a[d.load] = round_down_to_steps(share_a, d, steps)
    # All cuts first: the rule for raises counts every other load at what it is set to now.
    raises = Raises(observed, shares, targets_a, _lowered_setpoints(observed, shares, targets_a))
    for demand in demands:
        raises.raise_load(demand)
    setpoints = raises.setpoints
    after = {d.load: remember_load(observed, shares, d, setpoints[d.load].amps) for d in demands}
    ramped = RampResult(setpoints, after, shares.phase_switches)
    return zero_setpoints_during_phase_switch(observed, shares, ramped)


def _excess_delaying_starts_a(observed: Situation, shares: Shares) -> Mapping[str, float]:
    """Return load -> its small excess over its setpoint [A], for each under a ceiling of a load that is about to start.

    Only of loads that have not been changed for `FOLLOW_S`. Shares leave the excess out, but it takes up headroom that
    the start needs: without this, that headroom would never be free.
    """
    loads, ceilings = observed.memory.loads, shares.ceilings.expected
    starting = [d.load for d in shares.demands if shares.allocation[d.load].amps > 0 >= loads[d.load].setpoint_a]
    needed = {c.name for name in starting for c in ceilings.over(name)}
    found = {}
    for name, past in loads.items() if needed else ():
        is_settled = observed.now_s - past.timing.changed_s >= tuning.FOLLOW_S
        if is_settled and any(c.name in needed for c in ceilings.over(name)):
            found[name] = small_excess_a(observed.snapshot.state_of(name), past)
    return found


def _lowered_setpoints(observed: Situation, shares: Shares, targets_a: Mapping[str, float]) -> Mapping[str, Setpoint]:
    """Return load -> its setpoint after the cuts: at most its target, and what the age of its readings allows.

    Loads of which only a margin is exceeded stay at their setpoint, and those that cannot be paused have their minimum.
    """
    loads, snapshot = observed.site.by_name, observed.snapshot
    held = loads_held_within_margin(observed, shares, targets_a)
    setpoints = {}
    for demand in shares.demands:
        name, set_a = demand.load, observed.memory.loads[demand.load].setpoint_a
        lowered_a = set_a if name in held else min(set_a, targets_a[name])
        lowered_a = _limit_by_data_quality(loads[name], snapshot.state_of(name), lowered_a, observed.data_quality[name])
        setpoints[name] = Setpoint(demand.min_a if demand.runs_on and lowered_a <= 0 else lowered_a)
    return setpoints


def loads_held_within_margin(observed: Situation, shares: Shares, targets_a: Mapping[str, float]) -> Collection[str]:
    """Return the loads to leave at their setpoint although their share is less: no limit but a margin is exceeded.

    Under all of their ceilings no load rises, and all draws fit into the headroom plus the margin, of which at most
    `TOLERANCE_A` is used. A load that draws less than its setpoint by more than that counts with its setpoint: it may
    still rise; a smaller difference is the rounding of its sensor. Never a load that is held or would be stopped, or
    whose setpoint is above its demand.
    """
    ceilings, demands = shares.ceilings.expected, shares.demands
    set_a = {demand.load: observed.memory.loads[demand.load].setpoint_a for demand in demands}
    cut = [d for d in demands if d.hold is None and 0 < targets_a[d.load] < set_a[d.load] <= min(d.max_a, d.most_now_a)]
    rising = {c.name for name, amps in set_a.items() if targets_a[name] > amps for c in ceilings.over(name)}

    def tolerates(ceiling: Ceiling) -> bool:
        """Return whether no load rises under a ceiling, and all fit under it with its margin."""
        taken_a = -min(ceiling.margin_a, tuning.TOLERANCE_A)
        for name, part in ceiling.weights.items():
            drawn_a, sent_a = ceiling.drawn_a.get(name, 0.0), part * set_a.get(name, 0.0)
            taken_a += drawn_a if sent_a - drawn_a <= part * tuning.TOLERANCE_A + DUST else sent_a
        return ceiling.name not in rising and taken_a <= ceiling.headroom_a + DUST

    return {d.load for d in cut if all(tolerates(c) for c in ceilings.over(d.load))}


def _limit_by_data_quality(load: Load, state: LoadState, lowered_a: float, quality: DataQuality) -> float:
    """Return `lowered_a` limited by the age of the readings [A].

    Where they are stale, a charger or a load in watts goes to its minimum. In fail-safe every load has at most its
    fail-safe current. Never above `lowered_a`.
    """
    if quality < DataQuality.STALE:
        return lowered_a
    min_a = min_current_a(load, state)
    if quality is DataQuality.FAILSAFE:
        return min(lowered_a, failsafe_current_a(load, min_a))
    return min(lowered_a, min_a) if load.is_modulated else lowered_a


def zero_setpoints_during_phase_switch(observed: Situation, shares: Shares, ramped: RampResult) -> RampResult:
    """Return the setpoints with 0 A for loads that stop or rest for a phase switch, or may not start yet after one.

    `holds` of the phase switches returned says whether their load is held at 0 A. Unchanged without phase switches.
    """
    setpoints, switches = dict(ramped.setpoints), dict(shares.phase_switches)
    demands = {demand.load: demand for demand in shares.demands}
    for name, past in shares.phase_switches.items():
        why = ""
        if past.stage in (Stage.STOPPING, Stage.RESTING):
            why = message("phases_switching")
        elif past.stage is Stage.STARTING and past.drawing_s == NEVER_S and setpoints[name].amps > 0:
            why = _start_obstacle(observed, shares.ceilings.expected, demands[name], past)
        switches[name] = replace_if_changed(past, holds=why != "")
        if why:
            setpoints[name] = Setpoint(0.0, why, switches=True)
    return fast_replace(ramped, setpoints=setpoints, phase_switches=switches)


def _start_obstacle(observed: Situation, ceilings: Ceilings, demand: Demand, past: PhaseSwitchMemory) -> str:
    """Return why a load that has switched its phases may not start yet, "" when it may or is not off.

    It needs good readings and headroom for its minimum. On one phase that is not proven yet, the fuses of the other
    phases also have to tolerate a switch that did not happen.
    """
    load, state = observed.site.by_name[demand.load], observed.snapshot.state_of(demand.load)
    if load.switching is None or not state.is_off:
        return ""
    if observed.data_quality[load.name] is not DataQuality.GOOD:
        return message("phases_wait_for_meters")
    if not demand.fits:
        return message("phases_wait_for_room")
    if past.phase_count != 1 or past.proven:
        return ""
    tight = _other_phase_without_headroom_for_trial(observed, ceilings, demand)
    return message("phases_wait_for_trial", limit=tight) if tight else ""


def _other_phase_without_headroom_for_trial(observed: Situation, ceilings: Ceilings, demand: Demand) -> str:
    """Return the name of the ceiling of another phase that could not carry the load if the switch failed, "" for none.

    The load may still be on all phases. If its device displays one phase, the meters would reveal that and stop it, so
    up to `SHED_RATIO` is allowed for `FOLLOW_LATEST_S`. Otherwise only an overload reveals it, so no fuse may be
    overloaded without the load.
    """
    load, state = observed.site.by_name[demand.load], observed.snapshot.state_of(demand.load)
    above = {circuit.name: circuit for circuit in observed.site.above(load.circuit)}
    others = () if load.switching is None else load.switching.phases[1:]
    for ceiling in ceilings:
        if ceiling.fuse not in above or not any(phase in ceiling.phases for phase in others):
            continue
        flow_a = ceiling.flow_a + demand.min_a
        if state.phase_setting == 1:
            tolerates = flow_a <= tuning.SHED_RATIO * ceiling.rating_a
        else:
            fuse, circuit = observed.memory.fuses[ceiling.name], above[ceiling.fuse]
            tolerates = not ceiling.exceeded and may_carry(circuit, fuse, flow_a, tuning.FOLLOW_LATEST_S)
        if not tolerates:
            return ceiling.name
    return ""
