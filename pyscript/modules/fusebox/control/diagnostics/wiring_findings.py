"""What is not wired as CONFIG says: each finding in a sentence with its evidence, and the line of CONFIG that is right.

What could as well be something else is told with that; what could as well be chance is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.electrics import Phase
from .wiring_claims import Claim, claims_of
from .wiring_fit import CLEAR, SURE, Explanation, Fit
from .wiring_hypotheses import Hookup, MeterState, is_as_written
from .wiring_likelihood import is_measured, meter_phases, step_a
from .wiring_lines import Line, grid_path, lines_of


class Finding(NamedTuple):
    """What is told of a claim."""

    path: str
    """Where CONFIG says otherwise."""
    problem: str
    """What is seen, and what to write if that is so."""
    lines: tuple[Line, ...]
    """The lines of CONFIG that would be right."""
    instead: tuple[Line, ...] | None
    """Those that may as well be right in their place; None where nothing else may be so."""


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
    claims, sure, rivals = claims_of(fit, best), list[Claim](), dict[Claim, Explanation]()
    for claim in [each for each in claims if each.kind not in but]:
        rival = fit.best(lambda name, state, claim=claim: not claim.covers(name, state))  # type: ignore[misc]
        odds, others = best.score - rival.score, [c for c in claims_of(fit, rival) if c not in claims]
        if others or odds >= SURE:
            sure.append(claim)
        if others and odds < CLEAR:
            rivals[claim] = rival
    lines, found = lines_of(fit, sure), dict[str, Finding]()
    for claim in sure:
        path, problem = _told(fit, claim, best, lines)
        told = Finding(path, problem, (lines[claim],) if claim in lines else (), None)
        if claim in rivals:
            told = _either(fit, told, claims, lines, rivals[claim])
        found.setdefault(told.problem, told)
    return tuple(found.values())


def _either(
    fit: Fit, one: Finding, claims: Collection[Claim], lines: Mapping[Claim, Line], rival: Explanation
) -> Finding:
    """The finding with what it may be as well: what else has to be otherwise then is no line of it alone."""
    rivals = claims_of(fit, rival)
    theirs = lines_of(fit, rivals)
    also = "; or ".join(_told(fit, each, rival, theirs)[1] for each in rivals if each not in claims)
    mine = tuple(dict.fromkeys(line for line in lines.values() if line not in theirs.values()))
    known = lines_of(fit, [*claims]).values()
    instead = tuple(dict.fromkeys(line for line in theirs.values() if line not in known))
    return Finding(one.path, f"{one.problem}; or {also}", mine, instead)


def chosen(found: Sequence[Finding]) -> tuple[Line, ...]:
    """The lines of CONFIG of all of them: those that are right, then those of which one way or another is."""
    choices = list[list[tuple[Line, ...]]]()
    for each in found:
        if each.instead is None:
            continue
        known = next((ways for ways in choices if set(ways[0]) & set(each.lines)), None)
        if known is None:
            choices.append([each.lines, each.instead])
        else:
            known[0] = tuple(dict.fromkeys([*known[0], *each.lines]))
            known += [] if each.instead in known else [each.instead]
    either = {line for ways in choices for line in ways[0]}
    right = [line for each in found if each.instead is None for line in each.lines if line not in either]
    marked = [
        line._replace(choice=f"{number}{letter}")
        for number, ways in enumerate(choices, start=1)
        for letter, way in zip("abcdefgh", ways, strict=False)
        for line in way
    ]
    return tuple(dict.fromkeys([*right, *marked]))


def _told(fit: Fit, claim: Claim, explanation: Explanation, lines: Mapping[Claim, Line]) -> tuple[str, str]:
    """What is told of a claim as if nothing else could be so: where CONFIG says otherwise, and a sentence."""
    if isinstance(claim.state, Hookup):
        return _of_load(fit, claim, claim.state, lines[claim].text)
    if claim.kind in ("exchanged", "clamps"):
        return _exchanged(fit, claim, claim.state, lines)
    return _of_meter(fit, claim, claim.state, explanation, lines)


def _of_meter(
    fit: Fit, claim: Claim, state: MeterState, explanation: Explanation, lines: Mapping[Claim, Line]
) -> tuple[str, str]:
    phase, source = meter_phases(fit.site, claim.name)[claim.place], state.sources[claim.place]
    path, entry = grid_path(claim.name, phase), fit.site.circuit(claim.name).grid[phase]
    seen = _evidence(fit, claim.name, phase, source, explanation)
    # Where that is not all that is wrong with it, its whole line is told.
    whole = sum(line == lines.get(claim) for line in lines.values()) > 1
    also = " and turned round" if claim.kind == "turned voltage" else ""
    if claim.kind == "turned":
        part = 'take "invert" away there' if entry.invert else 'write "invert": True there'
        remedy = f"write {lines[claim].text}" if whole else part
        problem = f"{path} seems to be turned round: {seen}; {remedy} if that is so"
    elif claim.kind == "kilo":
        remedy = lines[claim].text if whole else '"unit": "kW" there'
        problem = f"{path} seems to tell kW which are taken for W: {seen}; write {remedy} if that is so"
    elif claim.kind == "blind":
        problem = f"{path} seems to show nothing of that phase: {seen}; name another entity"
    else:
        problem = (
            f"{path} seems to be multiplied by the voltage of another phase{also}: {seen}; choose the clamp's phase in "
            "the meter's own settings, or move the clamp"
        )
    return path, problem


def _exchanged(fit: Fit, claim: Claim, state: MeterState, lines: Mapping[Claim, Line]) -> tuple[str, str]:
    pairs = zip(meter_phases(fit.site, claim.name), state.sources, strict=True)
    paths = [grid_path(claim.name, phase) for phase, source in pairs if source is not phase]
    names = f"{', '.join(paths[:-1])} and {paths[-1]}"
    if claim.kind == "clamps":
        problem = (
            f"the clamps of {names} seem to be exchanged, as loads show with about minus half of what they take; put "
            "each around its own phase"
        )
        return paths[0], problem
    line = lines[claim].text
    problem = f"{names} seem to be exchanged: loads are seen on each other's phase; write {line} if that is so"
    return paths[0], problem


def _of_load(fit: Fit, claim: Claim, hookup: Hookup, line: str) -> tuple[str, str]:
    name = claim.name
    load = next(load for load in fit.site.loads if load.name == name)
    path, times = f"loads.{name}.{claim.kind}", len(fit.moves[name])
    last_a = abs(step_a(fit.moves[name][-1], hookup))
    if claim.kind == "phases":
        names = " and ".join(phase.name for phase in hookup.phases)
        seen = f"in its last {times} changes it was seen on {names}, last by {last_a:.1f} A"
        problem = f"{path} seems to be wrong: {seen}; write {line} if that is so"
    elif claim.kind == "circuit":
        also = load.circuit in [circuit.name for circuit in fit.site.above(hookup.circuit)]
        where = f"{hookup.circuit} too" if also else f"{hookup.circuit} and not in {load.circuit}"
        seen = f"in its last {times} changes it was seen in {where}"
        problem = f"{path} seems to be wrong: {seen}; write {line} if that is so"
    else:
        key, value = line.replace('"', "").split(": ", 1)
        path, unit = f"loads.{name}.{key}", "W" if (hookup.draw or 0.0) > 1 else "kW"
        problem = f"{path} seems to be in {unit}: write {line} if that is so"
        if value == "None":
            problem = f"{path} tells other than what the meters show of it; name its own sensor, or leave {key} out"
    return path, problem


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
