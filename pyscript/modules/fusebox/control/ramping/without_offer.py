"""A load whose phases are switched is offered nothing until it may begin again; its amps stay reserved. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Command, Demand
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.phase_switch import PhaseSwitchMemory, Stage
from ...model.records import fast_replace, replace_if_changed
from ..data_quality import DataQuality
from ..step_context import Observed, Ramped, Setpoint, Shares

SWITCHES = "its phases are being switched"


def without_offer(seen: Observed, shares: Shares, ramped: Ramped) -> Ramped:
    """The setpoints with nothing for those that may not be offered anything now."""
    if not shares.phase_switches:
        return ramped
    setpoints, switches = dict(ramped.setpoints), dict(shares.phase_switches)
    loads = {load.name: load for load in seen.site.loads}
    demands = {demand.load: demand for demand in shares.demands}
    for name, past in shares.phase_switches.items():
        why = ""
        if past.stage in (Stage.STOPPING, Stage.RESTING):
            why = SWITCHES
        elif past.stage is Stage.STARTING and past.drawing_s == NEVER_S and setpoints[name].amps > 0:
            why = _why_not_yet(seen, shares.ceilings, loads[name], demands[name], past)
        switches[name] = replace_if_changed(past, holds=why != "")
        if why:
            setpoints[name] = Setpoint(0.0, why, switches=True)
    return fast_replace(ramped, setpoints=setpoints, phase_switches=switches)


def _why_not_yet(
    seen: Observed, ceilings: Sequence[Ceiling], load: Load, demand: Demand, past: PhaseSwitchMemory
) -> str:
    """Why one that rests may not begin, "" when it may: it has to fit now, and so has a switch that did not happen."""
    state = seen.snapshot.loads.get(load.name)
    if state is None or load.switching is None or not state.is_off:
        return ""
    if seen.data_quality[load.name] is not DataQuality.GOOD:
        return "begins on other phases when its meters are seen again"
    if not demand.fits:
        return "begins on other phases when its minimum fits"
    if past.lines != 1 or past.proven:
        return ""
    # What shows that it has switched may still be wrong: then a fuse bears for some seconds what it bears of a minimum.
    bears = tuning.SHED_RATIO if state.lines_set == 1 else tuning.RAISE_BORNE_RATIO
    tight = _strained(seen, ceilings, load, demand.min_a, bears)
    return f"waits to be tried on one phase: if it stayed on three, {tight} would carry too much" if tight else ""


def _strained(seen: Observed, ceilings: Sequence[Ceiling], load: Load, current_a: float, bears: float) -> str:
    """The fuse that would bear no such current on one of its other phases even for a while, "" for none."""
    above = {circuit.name for circuit in seen.site.above(load.circuit)}
    others = () if load.switching is None else load.switching.phases[1:]
    for ceiling in ceilings:
        counts = ceiling.fuse in above and any(phase in ceiling.phases for phase in others)
        if counts and ceiling.flow_a + current_a > bears * ceiling.rating_a:
            return ceiling.name
    return ""


def with_phase_switches(
    commands: Sequence[Command], switches: Mapping[str, PhaseSwitchMemory], now_s: float
) -> list[Command]:
    """The commands with those that switch phases: once, in the step that has seen that nothing flows."""
    found = {command.load: command for command in commands}
    for name, past in switches.items():
        if past.stage is Stage.RESTING and past.since_s == now_s:
            found[name] = replace(found.get(name, Command(name)), lines=past.target)
    return list(found.values())
