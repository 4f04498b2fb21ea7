"""The home battery, the sun, a limit of the contract, and the tariff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .dump import Entity
from .found import Guess
from .shapes import DEMAND_NOW, DEMAND_OF_MONTH
from .signs import (
    BATTERY_SIGNS,
    CHARGE_LIMIT,
    DISCHARGE_LIMIT,
    HANDHELD,
    HANDHELD_BESIDE,
    IMPORT_LIMIT,
    NOT_A_HOUSE,
    SOLAR_SIGNS,
    SPLIT_BATTERY,
    BatterySign,
)

NAMED_LEFT_OUT = 8
"""So many of the entities that were left out are named."""
SPLIT = (
    "site.battery: {charge} and {discharge} tell charging and discharging apart, and CONFIG wants one power, + while "
    "it charges. Make a template sensor with unit W: {{{{ states('{charge}') | float - states('{discharge}') | float "
    "}}}}, and name it as charge_w with {soc} as soc_pct"
)


def battery_of(seen: Sequence[Entity]) -> Guess:
    """`site.battery`: a state of charge and a power of one make. Without both there is none."""
    sensors = [each for each in seen if each.domain == "sensor"]
    left_out = [each for each in sensors if _is_battery(each) and _is_elsewhere(each, seen)]
    percents = [each for each in sensors if each.unit == "%" and each not in left_out and not _is_elsewhere(each, seen)]
    powers = [each for each in sensors if each.is_power and not _is_elsewhere(each, seen)]
    guess = Guess(reasons=_told_left_out(left_out))
    for sign in BATTERY_SIGNS:
        soc, power = _pair(sign, percents, powers)
        if soc is not None and power is not None:
            return _guess(sign, soc, power, powers, guess)
    split = [next((each for each in powers if re.search(pattern, each.name)), None) for pattern in SPLIT_BATTERY]
    soc = next((each for each in percents if re.search(r"battery_soc|soc_total|state_of_charge", each.name)), None)
    if split[0] is not None and split[1] is not None and soc is not None:
        guess.doubts.append(SPLIT.format(charge=split[0].entity, discharge=split[1].entity, soc=soc.entity))
    elif soc is not None:
        guess.doubts.append(f"site.battery: {soc.entity} may be a home battery, but no power of it was recognised")
    return guess


def _pair(
    sign: BatterySign, percents: Iterable[Entity], powers: Iterable[Entity]
) -> tuple[Entity | None, Entity | None]:
    """The state of charge and the power that have most of their names in common."""
    socs = [each for each in percents if re.search(sign.soc, each.name)]
    flows = [
        each for each in powers if re.search(sign.power, each.name) and not re.search(r"limit|max|rated", each.name)
    ]
    pairs = [(_common(soc.name, power.name), soc, power) for soc in socs for power in flows]
    if not pairs:
        return None, None
    _, soc, power = max(pairs, key=lambda pair: (pair[0], -len(pair[1].name), -len(pair[2].name)))
    return soc, power


def _guess(sign: BatterySign, soc: Entity, power: Entity, powers: Sequence[Entity], guess: Guess) -> Guess:
    guess.part = {"soc_pct": soc.entity, "charge_w": power.entity} | ({"invert": True} if sign.invert else {})
    guess.used = {soc.entity, power.entity}
    turned = "; its + is discharging, so it is turned round" if sign.invert else ""
    guess.reasons.append(f"site.battery: {soc.entity}, {power.entity}: called as {sign.make} does{turned}")
    if sign.doubt:
        guess.doubts.append(f"site.battery: {power.entity}: {sign.doubt}")
    for key, pattern in (("max_charge_w", CHARGE_LIMIT), ("max_discharge_w", DISCHARGE_LIMIT)):
        limit = next((e for e in powers if re.search(pattern, e.name) and e.unit == "w" and "batter" in e.name), None)
        if limit is not None:
            guess.part[key] = limit.entity
            guess.reasons.append(f"site.battery.{key}: {limit.entity}")
    return guess


def _common(one: str, other: str) -> int:
    """How many letters two names begin with in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_battery(each: Entity) -> bool:
    return each.kind == "battery" or re.search(r"battery_level$|_battery$", each.name) is not None


def _is_elsewhere(each: Entity, seen: Sequence[Entity]) -> bool:
    """Whether a battery is in a hand, a car or a sensor: by its name, or by what stands beside it."""
    if re.search(HANDHELD, each.name) or re.search(NOT_A_HOUSE, each.name):
        return True
    stem = re.sub(r"_?battery(?:_\w+)?$", "", each.name)
    return bool(stem) and any(
        other.name.startswith(f"{stem}_") and re.search(HANDHELD_BESIDE, other.name) for other in seen
    )


def _told_left_out(left_out: Sequence[Entity]) -> list[str]:
    if not left_out:
        return []
    named = ", ".join(each.entity for each in left_out[:NAMED_LEFT_OUT])
    return [f"left out, as batteries of phones, cars and sensors: {named}"]


def solar_of(seen: Sequence[Entity], used: set[str]) -> Guess:
    """`site.solar_w`: what the roof gives, of the whole house."""
    powers = [each for each in seen if each.domain == "sensor" and each.is_power and each.entity not in used]
    powers = [
        e
        for e in powers
        if not re.search(r"forecast|estimate|limit|rated|apparent|reactive|_peak|meter_|fusebox", e.name)
    ]
    for make, pattern in SOLAR_SIGNS:
        found = [each for each in powers if re.search(pattern, each.name)]
        if found:
            reasons = [f"site.solar_w: {found[0].entity}: called as {make} does"]
            more = [
                f"site.solar_w: there is {each.entity} too: with several inverters make a sum" for each in found[1:2]
            ]
            return Guess({"solar_w": found[0].entity}, reasons, more, {found[0].entity})
    strings = [each.entity for each in powers if re.search(r"(?:^|_)pv_?[1-9]_(?:power|input_power)$", each.name)]
    if strings:
        return Guess(doubts=[f"site.solar_w: {', '.join(strings)} are single strings: make a sum of them, and name it"])
    return Guess()


def limit_of(seen: Sequence[Entity]) -> Guess:
    """`site.max_import_w`: a sensor or helper of the user's own for what may be imported [W]."""
    for each in seen:
        if each.domain not in ("sensor", "input_number", "number") or not re.search(IMPORT_LIMIT, each.name):
            continue
        if each.unit in ("w", ""):
            return Guess({"max_import_w": each.entity}, [f"site.max_import_w: {each.entity}: called as such a limit"])
        return Guess(doubts=[f"site.max_import_w: {each.entity} is called so, but its unit is not W"])
    return Guess()


ASKED = (
    "tariff: only Belgian meters tell these, so fluvius is assumed. Take it out if you do not pay for peaks, "
    "or write target_kw, the mean of a quarter of an hour that is yours for free"
)


def tariff_of(seen: Sequence[Entity]) -> Guess:
    """`tariff`, from the mean of this quarter of an hour, with the highest one of this month where that is told."""
    powers = [each for each in seen if each.domain == "sensor" and each.is_power]
    now = next((each for each in powers if re.search(DEMAND_NOW, each.name)), None)
    if now is None:
        return Guess()
    month = next((each for each in powers if re.search(DEMAND_OF_MONTH, each.name)), None)
    part: dict[str, object] = {"kind": "fluvius", "demand_kw": now.entity}
    told = [now.entity]
    if month is not None:
        part["month_peak_kw"] = month.entity
        told.append(month.entity)
    reason = f"tariff: {', '.join(told)}: called as a meter's quarter-hour demand"
    return Guess(part, [reason], [ASKED], set(told))
