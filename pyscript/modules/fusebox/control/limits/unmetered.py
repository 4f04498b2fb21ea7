"""What flows on a wire without a meter of its own, as far as that is known. Pure.

A meter would show what a load draws that does not answer, or that nothing measures. Here nothing does, so each load
counts with all that it may draw until it is known to be off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model.electrics import DUST, Phase
from ...model.load import Load
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot
from ..estimators.draws import Draws, assumed_draw_a
from ..estimators.rated_power import rated

ABSENT = LoadState(available=False)
"""A load of which nothing has been read."""


class UnmeteredFlow(NamedTuple):
    """What flows on one phase of a wire without a meter.

    `weights`: load -> amps of the wire for each amp that the load is allocated; `drawn_a`: load -> the part of its draw
    that is steered [A]; `reserved_a`: the part that is not, of all loads [A]; `words`: who takes that, ending with
    ", ", or "".
    """

    weights: Mapping[str, float]
    drawn_a: Mapping[str, float]
    reserved_a: float
    words: str


class _Below(NamedTuple):
    """What is fed through a wire without a meter: the loads that no meter shows, and the metered circuits."""

    loads: Sequence[Load]
    metered: Sequence[str]


def unmetered_flow(
    site: Site,
    snapshot: Snapshot,
    memory: Mapping[str, LoadMemory],
    draws: Mapping[str, Draws],
    wire: tuple[str, Phase],
) -> UnmeteredFlow:
    """Sum up the loads on a wire (circuit and phase) that no meter shows, on it or nearer to them."""
    phase, below = wire[1], _below(site, *wire)
    weights = dict(site.behind[wire])
    drawn_a = {name: draws[name].steerable[phase] or 0.0 for name in weights}
    words, reserved_a = "", 0.0
    for load in below.loads:
        state, past = snapshot.loads.get(load.name, ABSENT), memory.get(load.name, NEW_LOAD)
        token_a = _token_a(load, state, past)
        if token_a:
            # Allocated as a token, because elsewhere a meter shows what it draws. Here it takes its rating.
            weights[load.name], drawn_a[load.name] = load.max_a / token_a, load.max_a
            continue
        ignored_a = (draws[load.name].seen[phase] or 0.0) - drawn_a[load.name]
        kept_a, why = _unsteered(load, state, past, phase, ignored_a)
        if kept_a > DUST:
            words += f"{kept_a:.0f} A kept for {load.name}, which {why}, "
            reserved_a += kept_a
    return UnmeteredFlow(weights, drawn_a, reserved_a, words)


def metered_below(site: Site, circuit: str, phase: Phase) -> Sequence[str]:
    """The circuits nearest below one without a meter that have a meter on this phase."""
    return _below(site, circuit, phase).metered


def _below(site: Site, circuit: str, phase: Phase) -> _Below:
    key = ("below an unmetered wire", circuit, phase)
    found: _Below | None = site.derived.get(key)
    if found is None:
        inside, metered = {circuit}, []
        for each in site.circuits:
            if each.parent in inside and phase in each.grid:
                metered.append(each.name)
            elif each.parent in inside:
                inside.add(each.name)
        loads = tuple(load for load in site.loads if load.circuit in inside and phase in load.phases)
        found = site.derived[key] = _Below(loads, tuple(metered))
    return found


def _token_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    """The current that stands for a heat pump nothing measures while it may run [A]; 0 for any other load."""
    need = past.switched.need
    runs = load.can.by_signal and state.available and not past.switched.left_alone
    return (need.amps or 0.0) if runs and need is not None else 0.0


def _unsteered(load: Load, state: LoadState, past: LoadMemory, phase: Phase, ignored_a: float) -> tuple[float, str]:
    """The most that a load may draw on a phase without being steered [A], 0 for one that is known to be off, and why.

    `ignored_a`: what it is known to draw above its setpoint [A].
    """
    if state.available and not past.switched.left_alone:
        return ignored_a + state.unanswered_a, "does not answer" if state.unanswered_a else "does not follow"
    if load.on_off:
        most_a = 0.0 if state.on is False or state.hot else rated(load, past).max_a
    else:
        most_a = assumed_draw_a(load, state) if state.draw_a[phase] is None else 0.0
    alone = state.left_alone or past.switched.left_alone
    return max(ignored_a, most_a), "is not steered now" if alone else "does not answer"
