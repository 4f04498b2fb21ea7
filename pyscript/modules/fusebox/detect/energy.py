"""Detect the home battery, solar power, an import limit, the capacity tariff and the prices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model.messages.message import message, with_values
from .dump import Entity, entities_named, first_named, power_sensors
from .found import Guess, Note
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

NOT_THE_SUN = r"forecast|estimate|limit|rated|apparent|reactive|_peak|meter_|fusebox"
"""Pattern: powers with such a name are not the present solar production."""
NAMED_LEFT_OUT = 8
"""Highest number of ignored battery entities that are listed by name."""


def detect_battery(seen: Sequence[Entity]) -> Guess:
    """Return `site.battery`: a state of charge and a power of one make; empty, with doubts, unless both are found.

    Batteries of phones, cars and small sensors are left out.
    """
    sensors = [each for each in seen if each.domain == "sensor"]
    elsewhere = [each for each in sensors if _is_in_other_device(each, seen)]
    left_out = [each for each in elsewhere if _is_battery(each)]
    percents = [each for each in sensors if each.unit == "%" and each not in elsewhere]
    powers = [each for each in power_sensors(sensors) if each not in elsewhere]
    guess = Guess(reasons=_ignored_batteries(left_out))
    for sign in BATTERY_SIGNS:
        soc, power = _soc_and_power(sign, percents, powers)
        if soc is not None and power is not None:
            return _fill_battery_guess(sign, soc, power, powers, guess)
    charge, discharge = (first_named(powers, pattern) for pattern in SPLIT_BATTERY)
    soc = first_named(percents, r"battery_soc|soc_total|state_of_charge")
    if charge is not None and discharge is not None and soc is not None:
        template = f"{{{{ states('{charge.entity}') | float - states('{discharge.entity}') | float }}}}"
        both = {"entity": charge.entity, "other": discharge.entity, "soc": soc.entity}
        guess.doubt("site.battery", message("check_split_battery", example=template, **both))
    elif soc is not None:
        guess.doubt("site.battery", message("check_battery_power", entity=soc.entity))
    return guess


def _soc_and_power(
    sign: BatterySign, percents: Iterable[Entity], powers: Iterable[Entity]
) -> tuple[Entity | None, Entity | None]:
    """Return the state-of-charge and power sensor whose names share the longest beginning, or (None, None)."""
    flows = [each for each in entities_named(powers, sign.power) if not re.search(r"limit|max|rated", each.name)]
    socs = entities_named(percents, sign.soc)
    pairs = [(_common_prefix_length(soc.name, power.name), soc, power) for soc in socs for power in flows]
    if not pairs:
        return None, None
    _, soc, power = max(pairs, key=lambda pair: (pair[0], -len(pair[1].name), -len(pair[2].name)))
    return soc, power


def _fill_battery_guess(sign: BatterySign, soc: Entity, power: Entity, powers: Sequence[Entity], guess: Guess) -> Guess:
    """Fill a guess, in place, with a battery's state of charge and power, and its limits where found; return it."""
    guess.part = {"soc_pct": soc.entity, "charge_w": power.entity} | ({"invert": True} if sign.invert else {})
    guess.used = {soc.entity, power.entity}
    code = "found_turned_battery" if sign.invert else "found_as_make"
    guess.reason("site.battery", message(code, names=f"{soc.entity}, {power.entity}", make=sign.make))
    if sign.doubt:
        guess.doubt("site.battery", with_values(sign.doubt, entity=power.entity))
    for key, pattern in (("max_charge_w", CHARGE_LIMIT), ("max_discharge_w", DISCHARGE_LIMIT)):
        limit = first_named([e for e in powers if e.unit == "w" and "batter" in e.name], pattern)
        if limit is not None:
            guess.part[key] = limit.entity
            guess.reason(f"site.battery.{key}", message("found_entity", entity=limit.entity))
    return guess


def _common_prefix_length(one: str, other: str) -> int:
    """Return how many leading letters two names have in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_battery(each: Entity) -> bool:
    return each.kind == "battery" or re.search(r"battery_level$|_battery$", each.name) is not None


def _is_in_other_device(each: Entity, seen: Sequence[Entity]) -> bool:
    """Whether a battery belongs to a phone, car or small sensor: by its name, or by other entities of the same name."""
    if re.search(HANDHELD, each.name) or re.search(NOT_A_HOUSE, each.name):
        return True
    stem = re.sub(r"_?battery(?:_\w+)?$", "", each.name)
    return bool(stem) and any(
        other.name.startswith(f"{stem}_") and re.search(HANDHELD_BESIDE, other.name) for other in seen
    )


def _ignored_batteries(left_out: Sequence[Entity]) -> list[Note]:
    if not left_out:
        return []
    named = ", ".join(each.entity for each in left_out[:NAMED_LEFT_OUT])
    return [Note("", message("found_other_batteries", names=named))]


def detect_solar(seen: Sequence[Entity], used: set[str]) -> Guess:
    """Return `site.solar_w`: the sensor of the whole roof's production; a doubt when there are only single strings."""
    powers = [each for each in power_sensors(seen) if each.entity not in used and not re.search(NOT_THE_SUN, each.name)]
    for make, pattern in SOLAR_SIGNS:
        found = entities_named(powers, pattern)
        if found:
            reasons = [Note("site.solar_w", message("found_as_make", names=found[0].entity, make=make))]
            more = [Note("site.solar_w", message("check_inverters", entity=each.entity)) for each in found[1:2]]
            return Guess({"solar_w": found[0].entity}, reasons, more, {found[0].entity})
    strings = ", ".join(each.entity for each in entities_named(powers, r"(?:^|_)pv_?[1-9]_(?:power|input_power)$"))
    return Guess(doubts=[Note("site.solar_w", message("check_strings", names=strings))] if strings else [])


def detect_import_limit(seen: Sequence[Entity]) -> Guess:
    """Return `site.max_import_w`: a sensor or helper that the user made for the allowed import [W].

    In another unit only a doubt; one without a unit is taken to be in W.
    """
    limit = first_named([each for each in seen if each.domain in ("sensor", "input_number", "number")], IMPORT_LIMIT)
    if limit is None:
        return Guess()
    if limit.unit not in ("w", ""):
        return Guess(doubts=[Note("site.max_import_w", message("check_import_limit", entity=limit.entity))])
    reason = Note("site.max_import_w", message("found_import_limit", entity=limit.entity))
    return Guess({"max_import_w": limit.entity}, [reason])


DEMAND_NOW = r"(?:current_average|average|gemiddelde?)_(?:demand|vraag|afname)$|active_power_average(?:_w)?$"
DEMAND_OF_MONTH = r"(?:maximum|peak|max)_demand_(?:current_|this_)?month$|monthly_power_peak(?:_w)?$"
"""Pattern: how DSMR, HomeWizard and others name the highest quarter-hour mean of this month."""


def detect_tariff(seen: Sequence[Entity]) -> Guess:
    """Return `tariff`: the sensor of this quarter hour's mean power, and of the month's peak when there is one."""
    powers = power_sensors(seen)
    now, month = first_named(powers, DEMAND_NOW), first_named(powers, DEMAND_OF_MONTH)
    if now is None:
        return Guess()
    part: dict[str, object] = {"kind": "fluvius", "demand_kw": now.entity}
    told = [now.entity]
    if month is not None:
        part["month_peak_kw"] = month.entity
        told.append(month.entity)
    reason = Note("tariff", message("found_demand", names=", ".join(told)))
    return Guess(part, [reason], [Note("tariff", message("check_tariff"))], set(told))


LISTS = ("raw_today", "today_interval_prices", "prices_today")
"""Attributes that hold a day's prices, as `planning/price_reader.py` reads them."""

NORD_POOL = (
    r"nord_?pool_(?P<area>[a-z]{2}\d?)_"
    r"(?:current_price|aktueller_preis|huidige_prijs|prix_actuel|aktuellt_pris|nuvarande_pris)$"
)
"""The present price of Home Assistant's own Nord Pool integration, whose service has the others."""

TAXES = Note("prices", message("check_prices"))


def detect_prices(seen: Sequence[Entity]) -> Guess:
    """Return `prices`; empty when no price source is recognised."""
    sensors = [each for each in seen if each.domain == "sensor"]
    for each in sensors:
        if any(isinstance(each.attributes.get(key), list) for key in LISTS):
            reason = Note("prices.import", message("found_price_attributes", entity=each.entity))
            return Guess({"import": each.entity}, [reason], [TAXES])
    for each in sensors:
        match = re.search(NORD_POOL, each.name)
        if match is not None:
            source = {"service": "nordpool.get_prices_for_date", "area": match["area"].upper()}
            reason = Note("prices.import", message("found_nord_pool", entity=each.entity))
            return Guess({"import": source}, [reason], [TAXES])
    return Guess()
