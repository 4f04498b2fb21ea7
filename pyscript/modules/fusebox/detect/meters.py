"""Detect the grid meter: entities of one make that show every phase, or the whole house."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ..model.electrics import ALL_PHASES
from ..model.messages.message import message
from .entities import PHASES, SIGNS, Entity, Sign, entities_named, entity_ids, first_named, is_sum
from .found import Guess, Note

NOT_A_FLOW = re.compile(
    r"apparent|reactive|factor|voltage|energy|frequency|limit|maximum|minimum|_max_|_min_|forecast|target|setpoint|"
    r"_today|_cost|average|peak|fusebox"
)
PHASE_WORD = r"(?:^|_)(?:l|phase_?|fase_?)(?P<phase>[123abc])(?=_|$)"
"""Pattern for a phase anywhere in a name, used when no make is recognised."""

Phases = Mapping[str, Entity]
"""Phase -> entity."""


def detect_grid(entities: Sequence[Entity]) -> Guess:
    """Return `site.grid` from the first recognised make, else from phases of an unknown make or one meter of the house.

    Empty when no meter is found, with a doubt if there is at least a sensor of consumption.
    """
    flows = _possible_flows(entities, ("sensor", "input_number"))
    for sign in SIGNS.grid:
        for taken, given in _flows_by_phase(sign, flows):
            return _grid_guess(sign, taken, given or _export_twins(taken, flows), flows)
    phases, total = _phases_by_shape(flows)
    if phases:
        sign = Sign("a meter", doubt="check_unnamed_meter")
        found = _grid_guess(sign, phases, _export_twins(phases, flows), flows)
        (path, named), code = found.reasons[0], "found_only_phases" if total is None else "found_phases_of_total"
        shown = {} if total is None else {"entity": total.entity}
        found.reasons = [Note(path, message(code, **named.values, **shown))]
        first = next(iter(phases.values()))
        if not first.is_power:
            found.add_doubt("site.grid", "check_unsigned_meter", entity=first.entity)
        return found
    whole = next((guess for sign in SIGNS.whole_house if (guess := _detect_total_meter(sign, flows)) is not None), None)
    if whole is not None:
        return whole
    consumption = first_named(flows, "consumption")
    if consumption is None:
        return Guess()
    return Guess(doubts=[Note("site", message("check_consumption", entity=consumption.entity))])


def _phases_by_shape(flows: Sequence[Entity]) -> tuple[Phases, Entity | None]:
    """Return the three entities that differ only in the phase, and the sensor that shows their sum, if there is one.

    Of several such groups, the first with such a sensor is taken. If none has it: the only group without a sensor, ({},
    None) for several.
    """
    groups = _groups_of_phases(PHASE_WORD, flows)
    complete = {place: phases for place, phases in groups.items() if len(phases) == len(ALL_PHASES)}
    whole = [phases for place, phases in complete.items() if not re.search(SIGNS.names["not_the_meter"], place)]
    for phases in whole:
        total = next((each for each in flows if each not in phases.values() and is_sum(each, [*phases.values()])), None)
        if total is not None:
            return phases, total
    return (whole[0] if len(whole) == 1 else {}), None


def _possible_flows(entities: Sequence[Entity], domains: Collection[str]) -> list[Entity]:
    """Return the powers and currents that could be a connection's flow."""
    flows = [each for each in entities if each.domain in domains and (each.is_power or each.is_current)]
    return [each for each in flows if not NOT_A_FLOW.search(each.name)]


def _flows_by_phase(sign: Sign, flows: Sequence[Entity]) -> list[tuple[Phases, Phases | None]]:
    """Return pairs (import by phase, export by phase) of a make; export is None for one with one signed entity a phase.

    A pair whose two sides have different phases is left out.
    """
    groups = _groups_of_phases(sign.power, flows)
    if not sign.export:
        return [(phases, None) for phases in groups.values()]
    pairs = zip(groups.values(), _groups_of_phases(sign.export, flows).values(), strict=False)
    return [(taken, back) for taken, back in pairs if taken.keys() == back.keys()]


def _export_twins(taken: Phases, flows: Sequence[Entity]) -> Phases | None:
    """Return the export entity of each phase, found by the name of the import entity; None unless all are found."""
    found = {phase: _export_twin(each, flows) for phase, each in taken.items()}
    return {phase: each for phase, each in found.items() if each is not None} if None not in found.values() else None


def _export_twin(each: Entity, flows: Sequence[Entity]) -> Entity | None:
    """Return the entity named like this one with a word for export in place of import; None without one."""
    names = {each.name.replace(one, other) for one, other in SIGNS.export_words if one in each.name}
    return next((other for other in flows if other.name in names and other.domain == each.domain), None)


def _groups_of_phases(pattern: str, flows: Sequence[Entity]) -> dict[str, dict[str, Entity]]:
    """Return name without the phase -> phase -> entity, for groups with L1 at least; the largest groups first."""
    groups: dict[str, dict[str, Entity]] = {}
    for each in flows:
        match = re.search(pattern, each.name)
        if match is not None:
            start, end = match.span("phase")
            place = f"{each.name[:start]}*{re.sub(r'_[0-9]+$', '', each.name[end:])} {'W' if each.is_power else 'A'}"
            groups.setdefault(place, {}).setdefault(PHASES[match["phase"]], each)
    whole = {place: dict(sorted(phases.items())) for place, phases in groups.items() if "L1" in phases}
    return dict(sorted(whole.items(), key=lambda item: (-len(item[1]), item[0])))


def _grid_guess(sign: Sign, taken: Phases, given: Phases | None, flows: Sequence[Entity], whole: bool = False) -> Guess:
    """Return `site.grid` with these entities, its reason and what to check.

    `whole`: one entity measures the whole house. `given`: the export by phase, None where each entity is signed.
    """
    back = {phase: None if given is None else given[phase] for phase in taken}
    both = [each for each in (*taken.values(), *back.values()) if each is not None]
    guess = Guess({phase: _meter_source(sign, each, back[phase]) for phase, each in taken.items()})
    guess.used = {each.entity for each in both}
    names, *less = (entity_ids(side.values()) for side in (taken, given or {}) if side)
    code = "found_turned_meter" if sign.invert else "found_as_make"
    shown = {"names": names, "make": sign.make} | ({"given": less[0]} if less else {})
    guess.add_reason("site.grid", code, **shown)
    phase, first = next(iter(taken.items()))
    if whole:
        guess.add_doubt("site.grid", "check_one_meter")
    elif len(taken) == 2:
        guess.add_doubt("site.grid", "check_two_phases", known=" and ".join(taken))
    if sign.doubt:
        guess.add_doubt("site.grid", sign.doubt, **({} if whole else {"entity": first.entity}))
    if sign.make == "a meter" and back[phase] is None and _is_one_way(first):
        pair = '{"import": ..., "export": ...}'
        guess.add_doubt("site.grid", "check_export", entity=first.entity, example=pair)
    if sign.make == "DSMR P1":
        guess.add_doubt("site.grid", "check_slow_meter")
    groups = {} if whole else _groups_of_phases(sign.power or PHASE_WORD, flows)
    others = [place for place in groups if place.split("*")[0] not in names]
    if others:
        guess.add_doubt("site.grid", "check_other_meters", names=", ".join(others))
    return guess


def _is_one_way(each: Entity) -> bool:
    """Return whether an entity's name says that it shows import only."""
    return not re.search(r"(?:^|_)net(?:_|$)", each.name) and any(one in each.name for one, _ in SIGNS.export_words)


def _detect_total_meter(sign: Sign, flows: Sequence[Entity]) -> Guess | None:
    """Return `site.grid` by one power of the whole house, None if this make shows none.

    A make with separate export needs both; otherwise export is added where an entity of the matching name exists.
    """
    powers = [each for each in flows if each.is_power]
    taken, given = entities_named(powers, sign.power), entities_named(powers, sign.export) if sign.export else []
    if not taken or (sign.export and not given):
        return None
    back = given[0] if given else _export_twin(taken[0], flows)
    return _grid_guess(sign, {"L1": taken[0]}, None if back is None else {"L1": back}, flows, whole=True)


def _meter_source(sign: Sign, each: Entity, back: Entity | None) -> object:
    """Return the meter as CONFIG names it: its entity id alone, or a dict where it needs more.

    That is import and export where there is export (`back`), a unit (W or A) if it has none, `invert` if `sign` says
    so.
    """
    source: dict[str, object] = (
        {"entity": each.entity} if back is None else {"import": each.entity, "export": back.entity}
    )
    if not each.unit:
        source["unit"] = "W" if each.is_power else "A"
    if sign.invert:
        source["invert"] = True
    return each.entity if source == {"entity": each.entity} else source


def detect_inverter_outputs(entities: Sequence[Entity], phases: Sequence[str], count: int) -> list[Guess]:
    """Return the `output` of each of so many inverters, if they show it on the same phases as the grid; else empty.

    Empty too where more or fewer inverters than `count` show it, if there are several.
    """
    flows = _possible_flows(entities, ("sensor",))
    for sign in SIGNS.inverter_output:
        groups = [found for found in _groups_of_phases(sign.power, flows).values() if list(found) == list(phases)]
        if groups and count in (1, len(groups)):
            path = "site.inverter.output" if count == 1 else "site.inverter"
            return [_output_guess(path, sign.make, found) for found in groups[:count]]
    return []


def _output_guess(path: str, make: str, found: Phases) -> Guess:
    """Return the phases' entities as a part of CONFIG, with the make as its reason and these entities as used."""
    part: dict[str, object] = {phase: each.entity for phase, each in found.items()}
    names = entity_ids(found.values())
    reason = Note(path, message("found_as_make", names=names, make=make))
    return Guess(part, [reason], used={each.entity for each in found.values()})
