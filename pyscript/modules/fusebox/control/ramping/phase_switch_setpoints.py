"""A load that switches phases is offered nothing until it may start again; its current stays reserved. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ... import tuning
from ...model.data_quality import DataQuality
from ...model.decision import Command, Demand
from ...model.durations import NEVER_S
from ...model.messages.message import message
from ...model.phases_memory import PhaseSwitchMemory, Stage
from ...model.records import fast_replace, replace_if_changed
from ..limits.fuse_budget import may_carry
from ..limits.headroom import Ceilings
from ..step_context import RampResult, Setpoint, Shares, Situation

SWITCHES = message("phases_switching")


def zero_setpoints_during_phase_switch(observed: Situation, shares: Shares, ramped: RampResult) -> RampResult:
    """Return the setpoints with 0 A for loads that stop or rest for a phase switch, or may not start yet after one.

    `holds` of the phase switches returned says whether their load is held at 0 A. Unchanged without phase switches.
    """
    setpoints, switches = dict(ramped.setpoints), dict(shares.phase_switches)
    demands = {demand.load: demand for demand in shares.demands}
    for name, past in shares.phase_switches.items():
        why = ""
        if past.stage in (Stage.STOPPING, Stage.RESTING):
            why = SWITCHES
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


def add_phase_switch_commands(
    commands: Sequence[Command], switches: Mapping[str, PhaseSwitchMemory], now_s: float
) -> list[Command]:
    """Return the commands with `phase_count` set for loads that switch: once, in the step in which their rest begins.

    A load without a command gets one.
    """
    found = {command.load: command for command in commands}
    for name, past in switches.items():
        if past.stage is Stage.RESTING and past.since_s == now_s:
            found[name] = replace(found.get(name, Command(name)), phase_count=past.target)
    return list(found.values())
