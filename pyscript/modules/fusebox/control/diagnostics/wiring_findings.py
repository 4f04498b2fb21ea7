"""What is not wired as CONFIG says: each finding in a sentence with its evidence, and the line of CONFIG that is right.

What could as well be something else is told with that; what could as well be chance is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.electrics import Phase
from ...model.equipment import Source
from ...model.site import MAIN, Site
from .wiring_fit import CLEAR, SURE, Explanation, Fit
from .wiring_hypotheses import (
    BLIND,
    KILO,
    OTHER_VOLTAGE,
    TURNED,
    Hookup,
    MeterState,
    draw_is_wrong,
    is_as_written,
)
from .wiring_likelihood import is_measured, meter_phases, step_a

KINDS = {TURNED: "turned", OTHER_VOLTAGE: "voltage", -OTHER_VOLTAGE: "turned voltage", KILO: "kilo", BLIND: "blind"}
"""What a meter makes of each amp -> which word is told of it."""


class Claim(NamedTuple):
    """One thing in which an explanation differs from CONFIG."""

    kind: str
    """Which word is told of it."""
    name: str
    """The circuit of the meters, or the load."""
    place: int
    """Which of the circuit's meters."""
    state: MeterState | Hookup
    """How it is wired."""

    def covers(self, name: str, state: MeterState | Hookup) -> bool:
        """Whether a meter or load that is wired so bears it out."""
        if isinstance(self.state, MeterState) and isinstance(state, MeterState) and name == self.name:
            if self.kind in ("exchanged", "clamps"):
                return state.sources == self.state.sources
            return state.gains[self.place] == self.state.gains[self.place]
        if isinstance(self.state, Hookup) and isinstance(state, Hookup) and name == self.name:
            if self.kind == "draw":
                # A lie is the last explanation: what fits as well as another unit bears that out.
                return state.draw in (self.state.draw, None)
            return bool(getattr(state, self.kind) == getattr(self.state, self.kind))
        return False


class Finding(NamedTuple):
    """What is told of a claim."""

    path: str
    """Where CONFIG says otherwise."""
    problem: str
    """What is seen, and what to write if that is so."""
    lines: tuple[tuple[str, str], ...]
    """The lines of CONFIG that would be right, each with its place; several where it may be the one or the other."""
    odds: float
    """The logarithm of how much likelier it is than that it is not so."""


def sure_wiring(fit: Fit) -> Explanation | None:
    """The likeliest wiring, None while CONFIG's own may as well be so."""
    loads = {load.name: load for load in fit.site.loads}

    def as_written(name: str, state: MeterState | Hookup) -> bool:
        if isinstance(state, Hookup):
            return is_as_written(loads[name], state, is_measured(fit.moves[name]))
        return state.prior == 0

    written = fit.best(as_written)
    if fit.most - written.score < SURE:
        return None
    best = fit.best()
    return None if best.score - written.score < SURE else best


def clear_wiring(fit: Fit) -> Explanation | None:
    """The same, with the meters alone that nothing else explains nearly as well."""
    best = sure_wiring(fit)
    if best is None:
        return None
    rivals = {c: fit.best(lambda n, s, c=c: n != c or s[:2] != best.meters[c][:2]) for c in best.meters}  # type: ignore[misc]
    clear = {circuit: best.meters[circuit] for circuit, rival in rivals.items() if best.score - rival.score >= CLEAR}
    return best._replace(meters=clear)


def findings(fit: Fit, but: Collection[str] = ()) -> tuple[Finding, ...]:
    """All that is surely not as CONFIG says, but for claims of these kinds."""
    best = sure_wiring(fit)
    if best is None:
        return ()
    claims, found = _claims(fit, best), dict[str, Finding]()
    for claim in [each for each in claims if each.kind not in but]:
        rival = fit.best(lambda name, state, claim=claim: not claim.covers(name, state))  # type: ignore[misc]
        odds, others = best.score - rival.score, [c for c in _claims(fit, rival) if c not in claims]
        told = _finding(fit, claim, best, odds)
        if not others and odds < SURE:
            continue
        if odds < CLEAR:
            told = _either(told, [_finding(fit, other, rival, odds) for other in others])
        found.setdefault(told.problem, told)
    return tuple(found.values())


def _either(one: Finding, others: Sequence[Finding]) -> Finding:
    """The finding with what it may be as well."""
    also = "; or ".join(other.problem for other in others)
    lines = tuple(dict.fromkeys([*one.lines, *(line for other in others for line in other.lines)]))
    return Finding(one.path, f"{one.problem}; or {also}", lines, SURE)


def _claims(fit: Fit, explanation: Explanation) -> list[Claim]:
    found = []
    for circuit, state in explanation.meters.items():
        phases = meter_phases(fit.site, circuit)
        moved = state.sources != phases
        base = OTHER_VOLTAGE if moved and OTHER_VOLTAGE in (*state.gains, *(-gain for gain in state.gains)) else 1.0
        if moved:
            found.append(Claim("exchanged" if base == 1.0 else "clamps", circuit, 0, state))
        for place, gain in enumerate(state.gains):
            expected = base if state.sources[place] is not phases[place] else 1.0
            kind = KINDS.get(gain / expected)
            if kind is not None:
                found.append(Claim(kind, circuit, place, state))
    loads = {load.name: load for load in fit.site.loads}
    for name, hookup in explanation.loads.items():
        load = loads[name]
        if not set(hookup.phases) <= set(load.phases):
            found.append(Claim("phases", name, 0, hookup))
        if hookup.circuit != load.circuit:
            found.append(Claim("circuit", name, 0, hookup))
        if draw_is_wrong(hookup, is_measured(fit.moves[name])):
            found.append(Claim("draw", name, 0, hookup))
    return found


def _finding(fit: Fit, claim: Claim, best: Explanation, odds: float) -> Finding:
    """What is told of a claim as if nothing else could be so."""
    if isinstance(claim.state, MeterState):
        return _of_meter(fit, claim, claim.state, best, odds)
    return _of_load(fit, claim, claim.state, odds)


def grid_path(circuit: str, phase: Phase) -> str:
    """Where CONFIG names a meter."""
    return f"site.grid.{phase.name}" if circuit == MAIN else f"site.circuits.{circuit}.grid.{phase.name}"


def _of_meter(fit: Fit, claim: Claim, state: MeterState, best: Explanation, odds: float) -> Finding:
    site, circuit = fit.site, claim.name
    phases = meter_phases(site, circuit)
    if claim.kind in ("exchanged", "clamps"):
        return _exchanged(site, claim, state, odds)
    phase, source = phases[claim.place], state.sources[claim.place]
    path, entry = grid_path(circuit, phase), site.circuit(circuit).grid[phase]
    told = _evidence(fit, circuit, phase, source, best)
    if claim.kind == "turned":
        remedy = 'take "invert" away' if entry.invert else 'write "invert": True'
        problem = f"{path} seems to be turned round: {told}; {remedy} there if that is so"
        return Finding(path, problem, ((path, f'"{phase.name}": {_entry(entry, invert=not entry.invert)}'),), odds)
    if claim.kind == "kilo":
        problem = f'{path} seems to tell kW which are taken for W: {told}; write "unit": "kW" there if that is so'
        return Finding(path, problem, ((path, f'"{phase.name}": {_entry(entry, unit="kW")}'),), odds)
    if claim.kind == "blind":
        problem = f"{path} seems to show nothing of that phase: {told}; name another entity"
        return Finding(path, problem, (), odds)
    also = " and turned round" if claim.kind == "turned voltage" else ""
    problem = (
        f"{path} seems to be multiplied by the voltage of another phase{also}: {told}; choose the clamp's phase in the "
        "meter's own settings, or move the clamp"
    )
    return Finding(path, problem, (), odds)


def _exchanged(site: Site, claim: Claim, state: MeterState, odds: float) -> Finding:
    phases, grid = meter_phases(site, claim.name), site.circuit(claim.name).grid
    moved = [place for place, phase in enumerate(phases) if state.sources[place] is not phase]
    paths = [grid_path(claim.name, phases[place]) for place in moved]
    names = f"{', '.join(paths[:-1])} and {paths[-1]}"
    if claim.kind == "clamps":
        problem = (
            f"the clamps of {names} seem to be exchanged, as loads show with about minus half of what they take; put "
            "each around its own phase"
        )
        return Finding(paths[0], problem, (), odds)
    right = sorted((state.sources[place], grid[phases[place]]) for place in moved)
    lines = ", ".join(f'"{phase.name}": {_entry(entry)}' for phase, entry in right)
    problem = f"{names} seem to be exchanged: loads are seen on each other's phase; write {lines} if that is so"
    return Finding(paths[0], problem, ((paths[0], lines),), odds)


def _of_load(fit: Fit, claim: Claim, hookup: Hookup, odds: float) -> Finding:
    name = claim.name
    load = next(load for load in fit.site.loads if load.name == name)
    path, times = f"loads.{name}.{claim.kind}", len(fit.moves[name])
    last_a = abs(step_a(fit.moves[name][-1], hookup))
    if claim.kind == "phases":
        names = " and ".join(phase.name for phase in hookup.phases)
        listed = ", ".join(f'"{phase.name}"' for phase in hookup.phases)
        line = f'"phases": [{listed}]'
        seen = f"in its last {times} changes it was seen on {names}, last by {last_a:.1f} A"
        problem = f"{path} seems to be wrong: {seen}; write {line} if that is so"
        return Finding(path, problem, ((path, line),), odds)
    if claim.kind == "circuit":
        line = f'"circuit": "{hookup.circuit}"'
        also = load.circuit in [circuit.name for circuit in fit.site.above(hookup.circuit)]
        where = f"{hookup.circuit} too" if also else f"{hookup.circuit} and not in {load.circuit}"
        seen = f"in its last {times} changes it was seen in {where}"
        problem = f"{path} seems to be wrong: {seen}; write {line} if that is so"
        return Finding(path, problem, ((path, line),), odds)
    key = "power" if "power" in load.device else "draw"
    path = f"loads.{name}.{key}"
    source = load.device.get(key)
    if hookup.draw is None or not isinstance(source, Source):
        problem = f"{path} tells other than what the meters show of it; name its own sensor, or leave {key} out"
        return Finding(path, problem, ((path, f'"{key}": None'),), odds)
    unit = "W" if hookup.draw > 1 else "kW"
    line = f'"{key}": {_entry(source, unit=unit)}'
    problem = f"{path} seems to be in {unit}: write {line} if that is so"
    return Finding(path, problem, ((path, line),), odds)


def _evidence(fit: Fit, circuit: str, phase: Phase, source: Phase, best: Explanation) -> str:
    """What the loads behind it did, and what it showed of that."""
    found = []
    for name, hookup in best.loads.items():
        if source not in hookup.phases or circuit not in [c.name for c in fit.site.above(hookup.circuit)]:
            continue
        moves = [move for move in fit.moves[name] if circuit in move.seen_a]
        if moves:
            last = moves[-1]
            seen_a = last.seen_a[circuit][phase] or 0.0
            by_a = step_a(last, hookup)
            found.append(f"it told the last of {len(moves)} changes of {name} as {seen_a:.1f} A for {by_a:.1f} A")
    return " and ".join(found[: tuning.KNOWN_TIMES])


def _entry(source: Source, *, invert: bool | None = None, unit: str | None = None) -> str:
    """A source as CONFIG writes it, with what is to be otherwise."""
    inverted = source.invert if invert is None else invert
    if source.entity is None:
        # A pair that counts the other way round has its two entities exchanged.
        pair = (source.import_entity, source.export_entity) if invert is None else source.entities[::-1]
        parts = {"import": pair[0], "export": pair[-1]}
    else:
        parts = {"entity": source.entity}
    words = [f'"{key}": "{entity}"' for key, entity in parts.items() if entity is not None]
    stated = unit or source.unit
    words += [f'"unit": "{stated}"'] if stated else []
    words += ['"invert": True'] if inverted and source.entity is not None else []
    words += [] if source.heartbeat else ['"heartbeat": False']
    return f'"{source.entity}"' if len(words) == 1 and source.entity else f"{{{', '.join(words)}}}"
