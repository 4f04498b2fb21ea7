"""The grid's meter: entities of one make that tell all phases, or the whole house."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .dump import Entity
from .found import Guess
from .shapes import BY_SHAPE, PHASE_WORD, phases_of_shape
from .signs import GRID_SIGNS, OUTPUT_SIGNS, TOTAL_SIGNS, TWINS, GridSign

PHASES = {"1": "L1", "2": "L2", "3": "L3", "a": "L1", "b": "L2", "c": "L3", "r": "L1", "s": "L2", "t": "L3"}
NOT_A_FLOW = re.compile(
    r"apparent|reactive|factor|voltage|energy|frequency|limit|maximum|minimum|_max_|_min_|forecast|target|setpoint|"
    r"_today|_cost|average|peak|fusebox"
)
ONLY_TOTAL = (
    "only one value for the whole house was recognised: it stands for L1, as in a house with one phase. With three "
    "phases name a meter for each, else no phase can be kept under its fuse"
)
CONSUMPTION = (
    "tells what the house consumes, not what flows through the connection: without a net sensor or its production "
    "beside it, it was left out"
)

ONLY_TAKEN = (
    "is called as what is taken from the grid alone: export is not seen, so there is never any surplus. Write its twin "
    'too: {"import": ..., "export": ...}'
)

Phases = Mapping[str, Entity]
"""Phase -> entity."""


def grid_of(seen: Sequence[Entity]) -> Guess:
    """`site.grid` of the first sign that tells all its phases; empty when there is none."""
    flows = [each for each in seen if each.domain in ("sensor", "input_number") and not NOT_A_FLOW.search(each.name)]
    flows = [each for each in flows if each.is_power or each.is_current]
    for sign in GRID_SIGNS:
        for taken, given in _by_phase(sign, flows):
            return _guess(sign, taken, given or _twins(taken, flows), flows)
    phases, shown = phases_of_shape(_groups(PHASE_WORD, flows), flows)
    if phases:
        sign = GridSign("a meter", doubt=BY_SHAPE.format(what="grid_a is + while you import"))
        found = _guess(sign, phases, _twins(phases, flows), flows)
        found.reasons = [each.replace("called as a meter does", f"one a phase, and {shown}") for each in found.reasons]
        return found
    for sign in TOTAL_SIGNS:
        guess = _total(sign, flows)
        if guess is not None:
            return guess
    consumption = [each.entity for each in flows if re.search(r"consumption", each.name)]
    return Guess(doubts=[f"{consumption[0]} {CONSUMPTION}"] if consumption else [])


def _by_phase(sign: GridSign, flows: Sequence[Entity]) -> list[tuple[Phases, Phases | None]]:
    """Groups of entities that differ in their phase only, and in being taken or given."""
    groups = _groups(sign.net or sign.taken, flows)
    if sign.net:
        return [(phases, None) for phases in groups.values()]
    given = _groups(sign.given, flows)
    found: list[tuple[Phases, Phases | None]] = []
    for taken, back in zip(groups.values(), given.values(), strict=False):
        if taken.keys() == back.keys():
            found.append((taken, back))
    return found


def _twins(taken: Phases, flows: Sequence[Entity]) -> Phases | None:
    """What is given back beside what is taken, where each of these has a twin that is called so."""
    found = {phase: _twin(each, flows) for phase, each in taken.items()}
    return {phase: each for phase, each in found.items() if each is not None} if None not in found.values() else None


def _twin(each: Entity, flows: Sequence[Entity]) -> Entity | None:
    names = {each.name.replace(one, other) for one, other in TWINS if one in each.name}
    return next((other for other in flows if other.name in names and other.domain == each.domain), None)


def _one_way(sign: GridSign, each: Entity, back: Entity | None) -> list[str]:
    """What to say of an entity that by its name tells only what is taken."""
    unseen = (
        back is None and not re.search(r"(?:^|_)net(?:_|$)", each.name) and any(one in each.name for one, _ in TWINS)
    )
    if not unseen or sign.make != "a meter":
        return []
    return [f"site.grid: {each.entity} {ONLY_TAKEN}"]


def _groups(pattern: str, flows: Sequence[Entity]) -> dict[str, dict[str, Entity]]:
    """What surrounds the phase -> phase -> entity, of those that tell L1 alone or all three phases (or two)."""
    groups: dict[str, dict[str, Entity]] = {}
    for each in flows:
        match = re.search(pattern, each.name)
        if match is not None:
            start, end = match.span("phase")
            place = f"{each.name[:start]}*{re.sub(r'_[0-9]+$', '', each.name[end:])} {'W' if each.is_power else 'A'}"
            groups.setdefault(place, {}).setdefault(PHASES[match["phase"]], each)
    whole = {place: dict(sorted(phases.items())) for place, phases in groups.items() if "L1" in phases}
    return dict(sorted(whole.items(), key=lambda item: (-len(item[1]), item[0])))


def _guess(sign: GridSign, taken: Phases, given: Phases | None, flows: Sequence[Entity]) -> Guess:
    guess = Guess()
    for phase, each in taken.items():
        guess.part[phase] = _source(sign, each, None if given is None else given[phase])
        guess.used |= {each.entity} | ({given[phase].entity} if given is not None else set())
    names = ", ".join(each.entity for each in taken.values())
    less = "" if given is None else f", less {', '.join(each.entity for each in given.values())}"
    turned = "; its + is export, so it is turned round" if sign.invert else ""
    guess.reasons.append(f"site.grid: {names}{less}: called as {sign.make} does{turned}")
    if len(taken) == 2:
        guess.doubts.append(f"site.grid: only {' and '.join(taken)} were recognised; is there a third phase?")
    if sign.doubt:
        guess.doubts.append(f"site.grid: {next(iter(taken.values())).entity}: {sign.doubt}")
    first, first_back = next(iter(taken.items()))[1], None if given is None else next(iter(given.values()))
    guess.doubts += [*_one_way(sign, first, first_back), *_slow(sign)]
    pattern = sign.net or sign.taken or PHASE_WORD
    others = [place for place in _groups(pattern, flows) if place.split("*")[0] not in names]
    if others:
        guess.doubts.append(f"site.grid: there are other such meters ({', '.join(others)}); is this the right one?")
    return guess


def _slow(sign: GridSign) -> list[str]:
    if sign.make != "DSMR P1":
        return []
    why = "Home Assistant's DSMR integration reports every 30 s at first: set its time between updates to 1 s"
    return [f"site.grid: {why}"]


def _total(sign: GridSign, flows: Sequence[Entity]) -> Guess | None:
    taken = [each for each in flows if re.search(sign.net or sign.taken, each.name) and each.is_power]
    given = [each for each in flows if sign.given and re.search(sign.given, each.name) and each.is_power]
    if not taken or (sign.given and not given):
        return None
    first, back = taken[0], given[0] if sign.given else _twin(taken[0], flows)
    used = {first.entity} | ({back.entity} if back is not None else set())
    guess = Guess({"L1": _source(sign, first, back)}, used=used)
    less = "" if back is None else f", less {back.entity}"
    turned = "; its + is export, so it is turned round" if sign.invert else ""
    guess.reasons.append(f"site.grid: {first.entity}{less}: called as {sign.make} does{turned}")
    guess.doubts += [
        f"site.grid: {ONLY_TOTAL}",
        *([f"site.grid: {sign.doubt}"] if sign.doubt else []),
        *_one_way(sign, first, back),
        *_slow(sign),
    ]
    return guess


def _source(sign: GridSign, each: Entity, back: Entity | None) -> object:
    said: dict[str, object] = (
        {"entity": each.entity} if back is None else {"import": each.entity, "export": back.entity}
    )
    if not each.unit:
        said["unit"] = "W" if each.is_power else "A"
    if sign.invert:
        said["invert"] = True
    return each.entity if said == {"entity": each.entity} else said


def outputs_of(seen: Sequence[Entity], phases: Sequence[str], used: set[str]) -> Guess:
    """`site.inverter.output`, where it tells the phases of the grid."""
    flows = [each for each in seen if each.domain == "sensor" and not NOT_A_FLOW.search(each.name)]
    flows = [each for each in flows if (each.is_power or each.is_current) and each.entity not in used]
    for make, pattern in OUTPUT_SIGNS:
        for found in _groups(pattern, flows).values():
            if list(found) == list(phases):
                part: dict[str, object] = {phase: each.entity for phase, each in found.items()}
                names = ", ".join(each.entity for each in found.values())
                return Guess(part, [f"site.inverter.output: {names}: called as {make} does"], used=set(part.values()))  # type: ignore[arg-type]
    return Guess()
