"""Detect solar power, the home battery, an import limit, the capacity tariff and the prices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from ..model.messages.message import message
from ..model.price_sources import DAYS, HOUR_KEY, OWN_UNITS, STARTS, VALUES
from .entities import (
    SIGNS,
    Entity,
    Sign,
    entities_named,
    entity_ids,
    first_named,
    named_with_copies,
    power_sensors,
    siblings,
)
from .found import Guess, Note

NOT_THE_SUN = r"forecast|estimate|limit|rated|apparent|reactive|_peak|meter_|fusebox"
"""Pattern: powers with such a name are not the present solar production."""


def detect_solar(entities: Sequence[Entity], used: set[str]) -> Guess:
    """Return `site.solar_w`: the sensor of the whole roof's production, of the first make that fits; else empty.

    Where that make shows several inverters, `site.inverter` with the `solar_w` of each, and a doubt. A doubt too for
    another sensor of that make, and where there are only single strings.
    """
    powers = [one for one in power_sensors(entities) if one.entity not in used and not re.search(NOT_THE_SUN, one.name)]
    for sign in SIGNS.solar:
        found = named_with_copies(powers, sign.power)
        if not found:
            continue
        roofs = siblings(found[0], found)
        names, used = entity_ids(roofs), {each.entity for each in roofs}
        reason = message("found_as_make", names=names, make=sign.make)
        if len(roofs) > 1:
            inverters, path = [{"solar_w": each.entity} for each in roofs], "site.inverter"
            doubt = Note(path, message("check_several", count=len(roofs)))
            return Guess({"inverter": inverters}, [Note(path, reason)], [doubt], used)
        path = "site.solar_w"
        others = [] if roofs != found[:1] else found[1:2]
        more = [Note(path, message("check_inverters", entity=each.entity)) for each in others]
        return Guess({"solar_w": roofs[0].entity}, [Note(path, reason)], more, used)
    strings = entity_ids(entities_named(powers, r"(?:^|_)pv_?[1-9]_(?:power|input_power)$"))
    return Guess(doubts=[Note("site.solar_w", message("check_strings", names=strings))] if strings else [])


def detect_import_limit(entities: Sequence[Entity]) -> Guess:
    """Return `site.max_import_w`: a sensor or helper that the user made for the allowed import [W].

    In another unit only a doubt; one without a unit is taken to be in W.
    """
    may_limit = [one for one in entities if one.domain in ("sensor", "input_number", "number")]
    limit = first_named(may_limit, SIGNS.names["import_limit"])
    if limit is None:
        return Guess()
    if limit.unit not in ("w", ""):
        return Guess(doubts=[Note("site.max_import_w", message("check_import_limit", entity=limit.entity))])
    reason = Note("site.max_import_w", message("found_import_limit", entity=limit.entity))
    return Guess({"max_import_w": limit.entity}, [reason])


def detect_tariff(entities: Sequence[Entity]) -> Guess:
    """Return `tariff`: the sensor of this quarter hour's mean power, and of the month's peak when there is one.

    The tariff is supposed to be Fluvius's, so always with a doubt; empty without the first sensor.
    """
    powers = power_sensors(entities)
    now, month = (first_named(powers, SIGNS.names[name]) for name in ("demand_now", "demand_of_month"))
    if now is None:
        return Guess()
    used = {"demand_kw": now.entity} | ({} if month is None else {"month_peak_kw": month.entity})
    reason = Note("tariff", message("found_demand", names=", ".join(used.values())))
    doubt = Note("tariff", message("check_tariff"))
    return Guess({"kind": "fluvius", **used}, [reason], [doubt], set(used.values()))


NORD_POOL = (
    r"nord_?pool_(?P<area>[a-z]{2}\d?)_"
    r"(?:current_price|aktueller_preis|huidige_prijs|prix_actuel|aktuellt_pris|nuvarande_pris)$"
)
"""The present price of Home Assistant's own Nord Pool integration, whose service has the others."""

PRICE_KEYS = (*VALUES, *OWN_UNITS)
"""The keys under which a row may hold its price."""

TAXES = Note("prices", message("check_prices"))


def detect_prices(entities: Sequence[Entity]) -> Guess:
    """Return `prices`: a sensor with a list of prices as an attribute, else Nord Pool's area; empty without either.

    A list may be empty, as after a start; one that holds anything else than prices with their times is none.
    """
    sensors = [each for each in entities if each.domain == "sensor"]
    for each in sensors:
        lists = [found for today, _ in DAYS if isinstance(found := each.attributes.get(today), list)]
        if (lists and all(map(_is_price, chain(*lists)))) or any(map(HOUR_KEY.fullmatch, each.attributes)):
            reason = Note("prices.import", message("found_price_attributes", entity=each.entity))
            return Guess({"import": each.entity}, [reason], [TAXES])
    for each in sensors:
        if match := re.search(NORD_POOL, each.name):
            source = {"service": "nordpool.get_prices_for_date", "area": match["area"].upper()}
            reason = Note("prices.import", message("found_nord_pool", entity=each.entity))
            return Guess({"import": source}, [reason], [TAXES])
    return Guess()


def _is_price(row: object) -> bool:
    """Return whether a row of a list has a price and its time, under keys that are read."""
    return isinstance(row, Mapping) and not row.keys().isdisjoint(STARTS) and not row.keys().isdisjoint(PRICE_KEYS)


NAMED_LEFT_OUT = 8
"""Highest number of ignored battery entities that are listed by name."""
BATTERY_PATH = "site.battery"
BATTERY_LEVEL = r"battery_level$|_battery$"
"""Pattern of the name of a battery's level."""


Pair = tuple[Entity, Entity]
"""The two sensors of a battery: its state of charge and its power."""


def detect_battery(entities: Sequence[Entity]) -> Guess:
    """Return `site.battery`: a state of charge and a power of one make; empty, with doubts, unless both are found.

    A list where the make shows several; other pairs are doubts. Batteries of phones, cars and small sensors are left
    out.
    """
    sensors = [each for each in entities if each.domain == "sensor"]
    elsewhere = [each for each in sensors if _is_in_other_device(each, entities)]
    left_out = [each for each in elsewhere if each.kind == "battery" or re.search(BATTERY_LEVEL, each.name)]
    percents = [each for each in sensors if each.unit == "%" and each not in elsewhere]
    powers = [each for each in power_sensors(sensors) if each not in elsewhere]
    guess = Guess()
    if left_out:
        guess.add_reason("", "found_other_batteries", names=entity_ids(left_out[:NAMED_LEFT_OUT]))
    for sign in SIGNS.battery:
        if pairs := _find_pairs(sign, percents, powers):
            _fill_battery_guess(sign, pairs, powers, guess)
            _doubt_other_batteries(sign, percents, powers, guess)
            return guess
    charge, discharge = (first_named(powers, SIGNS.names[name]) for name in ("charging", "discharging"))
    soc = first_named(percents, r"battery_soc|soc_total|state_of_charge")
    if charge is not None and discharge is not None and soc is not None:
        template = f"{{{{ states('{charge.entity}') | float - states('{discharge.entity}') | float }}}}"
        both = {"entity": charge.entity, "other": discharge.entity, "soc": soc.entity}
        guess.add_doubt(BATTERY_PATH, "check_split_battery", example=template, **both)
    elif soc is not None:
        guess.add_doubt(BATTERY_PATH, "check_battery_power", entity=soc.entity)
    return guess


def _find_pairs(sign: Sign, percents: Sequence[Entity], powers: Sequence[Entity]) -> list[Pair]:
    """Return the sensors of the battery, or of each battery, that a make shows; empty if it shows none.

    The first pair is the one whose names share the longest beginning; each other one differs from it only in a number.
    """
    flows = [each for each in named_with_copies(powers, sign.power) if not re.search(r"limit|max|rated", each.name)]
    socs = named_with_copies(percents, sign.soc)
    pairs = [(_common_prefix_length(soc.name, power.name), soc, power) for soc in socs for power in flows]
    if not pairs:
        return []
    _, soc, power = max(pairs, key=lambda pair: (pair[0], -len(pair[2].name), -len(pair[1].name)))
    several = siblings(soc, socs), siblings(power, flows)
    if len(several[0]) != len(several[1]) or len(several[0]) == 1:
        return [(soc, power)]
    return list(zip(*several, strict=True))


def _fill_battery_guess(sign: Sign, pairs: Sequence[Pair], powers: Sequence[Entity], guess: Guess) -> None:
    """Fill a guess, in place, with the batteries: state of charge and power, and their limits where found."""
    turned: dict[str, object] = {"invert": True} if sign.invert else {}
    parts = [{"soc_pct": soc.entity, "charge_w": power.entity, **turned} for soc, power in pairs]
    guess.part = {"battery": parts[0] if len(parts) == 1 else parts}
    guess.used = {each.entity for pair in pairs for each in pair}
    names = entity_ids(each for pair in pairs for each in pair)
    code = "found_turned_battery" if sign.invert else "found_as_make"
    guess.add_reason(BATTERY_PATH, code, names=names, make=sign.make)
    if len(parts) > 1:
        guess.add_doubt(BATTERY_PATH, "check_several", count=len(parts))
    if sign.doubt:
        guess.add_doubt(BATTERY_PATH, sign.doubt, entity=pairs[0][1].entity)
    limits = [each for each in powers if each.unit == "w" and "batter" in each.name]
    for key, name in (("max_charge_w", "charge_limit"), ("max_discharge_w", "discharge_limit")):
        found = named_with_copies(limits, SIGNS.names[name])
        each_limit = siblings(found[0], found) if found and len(parts) > 1 else found[:1]
        if len(each_limit) == len(parts):
            for part, limit in zip(parts, each_limit, strict=True):
                part[key] = limit.entity
            path = BATTERY_PATH if len(parts) > 1 else f"{BATTERY_PATH}.{key}"
            guess.add_reason(path, "found_entity", entity=entity_ids(each_limit))


def _doubt_other_batteries(sign: Sign, percents: Sequence[Entity], powers: Sequence[Entity], guess: Guess) -> None:
    """Add a doubt for another battery: the next pair of the same make, or of another known one."""
    socs, flows = ([each for each in side if each.entity not in guess.used] for side in (percents, powers))
    for other in SIGNS.battery:
        pairs = _find_pairs(other, socs, flows) if other is sign or other.make not in (sign.make, "a battery") else []
        if pairs:
            guess.add_doubt(BATTERY_PATH, "check_more_batteries", names=entity_ids(pairs[0]))
            return


def _common_prefix_length(one: str, other: str) -> int:
    """Return how many leading letters two names have in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_in_other_device(each: Entity, entities: Sequence[Entity]) -> bool:
    """Return whether a battery is that of a phone, a car or a small sensor, not of the house.

    By its own name, or by other entities that begin with the same name.
    """
    if any(re.search(SIGNS.names[kind], each.name) for kind in ("handheld", "not_a_house")):
        return True
    stem = re.sub(r"_?battery(?:_\w+)?$", "", each.name)
    namesakes = [other for other in entities if stem and other.name.startswith(f"{stem}_")]
    return first_named(namesakes, SIGNS.names["beside_handheld"]) is not None
