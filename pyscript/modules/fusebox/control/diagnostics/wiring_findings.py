"""Findings: wiring that differs from CONFIG, each with its evidence and the correct line of CONFIG.

A finding that another fault explains nearly as well is reported with that fault; possible coincidences are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ...model.electrics import Phase
from ...model.equipment import Source
from ...model.messages.message import Message, Value, message
from ...model.site import MAIN
from .wiring_evidence import BLIND, KILO, OTHER_VOLTAGE, TURNED, CircuitWiring, LoadWiring, has_own_sensor
from .wiring_fit import CLEAR, SURE, Explanation, Fit, find_sure_wiring

CODES_OF_GAINS = {
    TURNED: "wiring_turned",
    OTHER_VOLTAGE: "wiring_voltage",
    -OTHER_VOLTAGE: "wiring_voltage_turned",
    KILO: "wiring_kilowatts",
    BLIND: "wiring_blind",
}
"""Gain of a meter -> the code of the message about it."""


class Line(NamedTuple):
    """A line to write in CONFIG."""

    place: str
    """The section of CONFIG, such as `site.grid`."""
    text: str
    """Key and value as Python; several of them where entries belong together."""
    choice: str = ""
    """A number and letter: either the lines of `1a` or those of `1b` are right; "" where this line is certain."""

    @property
    def written(self) -> str:
        """The line to paste, with its place."""
        return f"{self.text},  # in {self.place}{f', choice {self.choice}' if self.choice else ''}"


class Claim(NamedTuple):
    """One point in which an explanation differs from CONFIG."""

    code: str
    """The code of its message."""
    name: str
    """The circuit of the meters, or the load."""
    phase: Phase | None
    """The phase on which CONFIG puts the meter; None where the claim is about several meters, or a load."""
    state: CircuitWiring | LoadWiring
    """How the meters or the load are wired."""

    def fails_for(self, name: str, state: CircuitWiring | LoadWiring) -> bool:
        """Return whether the claim does not hold for `name` if it is wired like `state`.

        A claim about a sensor's unit or draw also holds where that sensor is ignored.
        """
        if name != self.name or type(state) is not type(self.state):
            return True
        # To ignore the sensor is the last explanation: where that fits as well, the sensor is wrong in any case.
        is_ignored = isinstance(state, LoadWiring) and state.sensor_gain is None
        holds = is_ignored and self.code in ("wiring_unit", "wiring_draw")
        return not holds and self._aspect(state) != self._aspect(self.state)

    def _aspect(self, state: CircuitWiring | LoadWiring) -> object:
        """Return the part of a meter's or load's state that the claim is about, such as its phases."""
        if isinstance(state, CircuitWiring):
            one = self.phase
            return [way.source for way in state.meters] if one is None else state.wiring_of_meter(one).gain
        aspects: Mapping[str, object] = {"wiring_phases": state.phases, "wiring_circuit": state.circuit}
        return aspects.get(self.code, state.sensor_gain)


class Finding(NamedTuple):
    """The report of a claim."""

    problem: Message
    """What was observed, and what to write if it is right."""
    lines: tuple[Line, ...]
    """The lines of CONFIG that would be right."""
    instead: tuple[Line, ...] | None
    """The lines that may be right instead; None where there is no alternative."""


def find_differences(fit: Fit, omitted: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what surely differs from CONFIG, without claims whose codes are `omitted`; empty without a sure wiring.

    A claim that another difference would explain nearly as well is reported with that one as an alternative.
    """
    best = find_sure_wiring(fit)
    if best is None:
        return ()
    claims, sure, rivals = _claims_against_config(fit, best), list[Claim](), dict[Claim, Explanation]()
    for claim in [each for each in claims if each.code not in omitted]:
        rival = fit.find_likeliest(claim.fails_for, claim.fails_for)
        odds, others = best.score - rival.score, [c for c in _claims_against_config(fit, rival) if c not in claims]
        if others or odds >= SURE:
            sure.append(claim)
        if others and odds < CLEAR:
            rivals[claim] = rival
    lines, found = _correct_lines(fit, sure), dict[str, Finding]()
    for claim in sure:
        reported = Finding(_problem_message(fit, claim, best, lines), (lines[claim],) if claim in lines else (), None)
        if claim in rivals:
            reported = _with_rival(fit, reported, claims, lines, rivals[claim])
        found.setdefault(reported.problem, reported)
    return tuple(found.values())


def _claims_against_config(fit: Fit, explanation: Explanation) -> list[Claim]:
    """Return all points in which an explanation differs from CONFIG; that a load uses fewer phases is none."""
    found = []
    for circuit, state in explanation.meters.items():
        moved = any(way.is_moved for way in state.meters)
        clamps = moved and any(abs(way.gain) == abs(OTHER_VOLTAGE) for way in state.meters)
        if moved:
            found.append(Claim("wiring_clamps" if clamps else "wiring_exchanged", circuit, None, state))
        for way in state.meters:
            gain = way.gain / OTHER_VOLTAGE if clamps and way.is_moved else way.gain
            if gain in CODES_OF_GAINS:
                found.append(Claim(CODES_OF_GAINS[gain], circuit, way.phase, state))
    for name, wiring in explanation.loads.items():
        load = fit.loads[name]
        if not set(wiring.phases) <= set(load.phases):
            found.append(Claim("wiring_phases", name, None, wiring))
        if wiring.circuit != load.circuit:
            found.append(Claim("wiring_circuit", name, None, wiring))
        if wiring.sensor_is_wrong(has_own_sensor(fit.moves[name])):
            known = wiring.sensor_gain is not None and isinstance(load.device.get(_sensor_key(fit, name)), Source)
            found.append(Claim("wiring_unit" if known else "wiring_draw", name, None, wiring))
    return found


def _with_rival(
    fit: Fit, one: Finding, claims: Collection[Claim], lines: Mapping[Claim, Line], rival: Explanation
) -> Finding:
    """Return the finding with the rival explanation, which fits as well: where it differs from CONFIG, and its lines.

    Lines that both explanations share are left out.
    """
    rivals = _claims_against_config(fit, rival)
    theirs, known = _correct_lines(fit, rivals), _correct_lines(fit, claims).values()
    others = [each for each in rivals if each not in claims and theirs.get(each) not in known]
    values = {"other": ", ".join(dict.fromkeys(_config_path(fit, each) for each in others))}
    right = dict.fromkeys(theirs[each].text for each in others if each in theirs)
    values |= {"other_line": ", ".join(right)} if right else {}
    mine = tuple(dict.fromkeys(line for line in lines.values() if line not in theirs.values()))
    instead = tuple(dict.fromkeys(line for line in theirs.values() if line not in known))
    return Finding(message(one.problem.code, **one.problem.values, **values), mine, instead)


def lines_to_write(found: Sequence[Finding]) -> tuple[Line, ...]:
    """Return the lines of CONFIG to write for all findings: first the certain ones, then the alternatives.

    Alternatives are marked by a number and a letter each, such as 1a and 1b.
    """
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


def _problem_message(fit: Fit, claim: Claim, explanation: Explanation, lines: Mapping[Claim, Line]) -> Message:
    """Return the message of one claim, with its line of CONFIG, without other explanations that fit as well."""
    values: dict[str, Value] = {"path": _config_path(fit, claim), "paths": _config_path(fit, claim)}
    if claim in lines:
        values["line"] = lines[claim].text
    if isinstance(claim.state, CircuitWiring):
        return message(claim.code, **values, **_evidence_values(fit, claim, explanation))
    name, wiring, last = claim.name, explanation.loads[claim.name], fit.moves[claim.name][-1]
    written, seen_on = fit.loads[name].circuit, ", ".join(phase.name for phase in wiring.phases)
    values |= {"key": _sensor_key(fit, name), "times": len(fit.moves[name]), "unit": _sensor_unit(wiring)}
    values |= {"seen_on": seen_on, "by_a": abs(wiring.change_per_phase_a(last))}
    values |= {"circuit": wiring.circuit, "instead_of": written}
    is_elsewhere = claim.code == "wiring_circuit" and written not in wiring.above
    return message("wiring_other_circuit" if is_elsewhere else claim.code, **values)


def _evidence_values(fit: Fit, claim: Claim, explanation: Explanation) -> dict[str, Value]:
    """Return how a meter showed the last move of the first load behind it; empty without one or for several meters."""
    if claim.phase is None:
        return {}
    source = explanation.meters[claim.name].wiring_of_meter(claim.phase).source
    for name, wiring in explanation.loads.items():
        moves = [move for move in fit.moves[name] if claim.name in move.change_a]
        if moves and source in wiring.phases and claim.name in wiring.above:
            shown_a = moves[-1].change_a[claim.name][claim.phase] or 0.0
            return {"load": name, "times": len(moves), "shown_a": shown_a, "by_a": wiring.change_per_phase_a(moves[-1])}
    return {}


def _config_path(fit: Fit, claim: Claim) -> str:
    """Return where CONFIG has what a claim is about: the path of a load's key, of a meter, or of several."""
    if isinstance(claim.state, LoadWiring):
        keys = {"wiring_phases": "phases", "wiring_circuit": "circuit"}
        key = keys.get(claim.code) or _sensor_key(fit, claim.name)
        return f"loads.{claim.name}.{key}"
    if claim.phase is not None:
        return grid_path(claim.name, claim.phase)
    return ", ".join(grid_path(claim.name, way.phase) for way in claim.state.meters if way.is_moved)


def _sensor_key(fit: Fit, name: str) -> str:
    """Return the CONFIG key of a load's own sensor: "power" if CONFIG has that, else "draw"."""
    return "power" if "power" in fit.loads[name].device else "draw"


def _sensor_unit(wiring: LoadWiring) -> str:
    """Return the unit in which a load's own sensor really reports: "W" or "kW"."""
    return "W" if (wiring.sensor_gain or 0.0) > 1 else "kW"


def grid_path(circuit: str, phase: Phase) -> str:
    """Return the path in CONFIG of a meter."""
    return f"{meters_path(circuit)}.{phase.name}"


def meters_path(circuit: str) -> str:
    """Return the path in CONFIG of a circuit's meters."""
    return "site.grid" if circuit == MAIN else f"site.circuits.{circuit}.grid"


def _correct_lines(fit: Fit, claims: Collection[Claim]) -> Mapping[Claim, Line]:
    """Return the correct line for each claim if all are true; none for a claim that CONFIG cannot correct."""
    found = {}
    for claim in claims:
        if isinstance(claim.state, LoadWiring):
            found[claim] = Line(f"loads.{claim.name}", _load_line(fit, claim, claim.state))
        elif claim.code in ("wiring_exchanged", "wiring_turned", "wiring_kilowatts"):
            found[claim] = Line(meters_path(claim.name), _meters_line(fit, claim, claim.state, claims))
    return found


def _meters_line(fit: Fit, claim: Claim, state: CircuitWiring, claims: Iterable[Claim]) -> str:
    """Return the line with a meter's phase, sign and unit, and all meters that it is exchanged with."""
    known = {(each.code, each.phase) for each in claims if each.name == claim.name}
    moved = [way.phase for way in state.meters if ("wiring_exchanged", None) in known and way.is_moved]
    right = {}
    for phase in moved if claim.phase is None or claim.phase in moved else [claim.phase]:
        entry = fit.site.circuit(claim.name).grid[phase]
        invert = not entry.invert if ("wiring_turned", phase) in known else None
        unit = "kW" if ("wiring_kilowatts", phase) in known else None
        source = state.wiring_of_meter(phase).source if phase in moved else phase
        right[source] = _source_text(entry, invert=invert, unit=unit)
    return ", ".join(f'"{phase.name}": {right[phase]}' for phase in sorted(right))


def _load_line(fit: Fit, claim: Claim, wiring: LoadWiring) -> str:
    """Return a load's correct line of CONFIG: phases, circuit, or sensor, with its unit or None if it is another's."""
    if claim.code == "wiring_phases":
        listed = ", ".join(f'"{phase.name}"' for phase in wiring.phases)
        return f'"phases": [{listed}]'
    if claim.code == "wiring_circuit":
        return f'"circuit": "{wiring.circuit}"'
    key = _sensor_key(fit, claim.name)
    source = fit.loads[claim.name].device[key] if claim.code == "wiring_unit" else None
    return f'"{key}": {_source_text(source, unit=_sensor_unit(wiring)) if isinstance(source, Source) else None}'


def _source_text(source: Source, *, unit: str | None, invert: bool | None = None) -> str:
    """Return a source as CONFIG writes it, with another sign or unit; None leaves it as it is."""
    inverted = source.invert if invert is None else invert
    if source.entity is None:
        # To invert a pair of entities is to exchange them.
        pair = (source.import_entity, source.export_entity) if invert is None else source.entities[::-1]
        parts = {"import": pair[0], "export": pair[-1]}
    else:
        parts = {"entity": source.entity}
    words = [f'"{key}": "{entity}"' for key, entity in parts.items() if entity is not None]
    stated = unit or source.unit
    words += [f'"unit": "{stated}"'] if stated else []
    words += ['"unit_is_wrong": True'] if unit or source.unit_is_wrong else []
    words += ['"invert": True'] if inverted and source.entity is not None else []
    words += [] if source.heartbeat else ['"heartbeat": False']
    return f'"{source.entity}"' if len(words) == 1 and source.entity else f"{{{', '.join(words)}}}"
