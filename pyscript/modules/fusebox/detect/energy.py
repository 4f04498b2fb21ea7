"""Detect solar power, an import limit, the capacity tariff and the prices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.messages.message import message
from .dump import Entity, entities_named, first_named, power_sensors
from .found import Guess, Note
from .siblings import named_with_copies, siblings
from .signs import IMPORT_LIMIT, SOLAR_SIGNS

NOT_THE_SUN = r"forecast|estimate|limit|rated|apparent|reactive|_peak|meter_|fusebox"
"""Pattern: powers with such a name are not the present solar production."""


def detect_solar(entities: Sequence[Entity], used: set[str]) -> Guess:
    """Return `site.solar_w`: the sensor of the whole roof's production, of the first make that fits; else empty.

    Where that make shows several inverters, `site.inverter` with the `solar_w` of each, and a doubt. A doubt too for
    another sensor of that make, and where there are only single strings.
    """
    powers = [one for one in power_sensors(entities) if one.entity not in used and not re.search(NOT_THE_SUN, one.name)]
    for make, pattern in SOLAR_SIGNS:
        found = named_with_copies(powers, pattern)
        if not found:
            continue
        roofs = siblings(found[0], found)
        names, used = ", ".join(each.entity for each in roofs), {each.entity for each in roofs}
        reason = message("found_as_make", names=names, make=make)
        if len(roofs) > 1:
            inverters, path = [{"solar_w": each.entity} for each in roofs], "site.inverter"
            doubt = Note(path, message("check_several", count=len(roofs)))
            return Guess({"inverter": inverters}, [Note(path, reason)], [doubt], used)
        path = "site.solar_w"
        others = [] if roofs != found[:1] else found[1:2]
        more = [Note(path, message("check_inverters", entity=each.entity)) for each in others]
        return Guess({"solar_w": roofs[0].entity}, [Note(path, reason)], more, used)
    strings = ", ".join(each.entity for each in entities_named(powers, r"(?:^|_)pv_?[1-9]_(?:power|input_power)$"))
    return Guess(doubts=[Note("site.solar_w", message("check_strings", names=strings))] if strings else [])


def detect_import_limit(entities: Sequence[Entity]) -> Guess:
    """Return `site.max_import_w`: a sensor or helper that the user made for the allowed import [W].

    In another unit only a doubt; one without a unit is taken to be in W.
    """
    limit = first_named([one for one in entities if one.domain in ("sensor", "input_number", "number")], IMPORT_LIMIT)
    if limit is None:
        return Guess()
    if limit.unit not in ("w", ""):
        return Guess(doubts=[Note("site.max_import_w", message("check_import_limit", entity=limit.entity))])
    reason = Note("site.max_import_w", message("found_import_limit", entity=limit.entity))
    return Guess({"max_import_w": limit.entity}, [reason])


DEMAND_NOW = r"(?:current_average|average|gemiddelde?)_(?:demand|vraag|afname)$|active_power_average(?:_w)?$"
DEMAND_OF_MONTH = r"(?:maximum|peak|max)_demand_(?:current_|this_)?month$|monthly_power_peak(?:_w)?$"
"""Pattern: how DSMR, HomeWizard and others name the highest quarter-hour mean of this month."""


def detect_tariff(entities: Sequence[Entity]) -> Guess:
    """Return `tariff`: the sensor of this quarter hour's mean power, and of the month's peak when there is one.

    The tariff is supposed to be Fluvius's, so always with a doubt; empty without the first sensor.
    """
    powers = power_sensors(entities)
    now, month = first_named(powers, DEMAND_NOW), first_named(powers, DEMAND_OF_MONTH)
    if now is None:
        return Guess()
    part: dict[str, object] = {"kind": "fluvius", "demand_kw": now.entity}
    names = [now.entity]
    if month is not None:
        part["month_peak_kw"] = month.entity
        names.append(month.entity)
    reason = Note("tariff", message("found_demand", names=", ".join(names)))
    return Guess(part, [reason], [Note("tariff", message("check_tariff"))], set(names))


LISTS = ("raw_today", "today_interval_prices", "prices_today")
"""Attributes that hold a day's prices, as `planning/price_reader.py` reads them."""

NORD_POOL = (
    r"nord_?pool_(?P<area>[a-z]{2}\d?)_"
    r"(?:current_price|aktueller_preis|huidige_prijs|prix_actuel|aktuellt_pris|nuvarande_pris)$"
)
"""The present price of Home Assistant's own Nord Pool integration, whose service has the others."""

TAXES = Note("prices", message("check_prices"))


def detect_prices(entities: Sequence[Entity]) -> Guess:
    """Return `prices`: a sensor with a list of prices as an attribute, else Nord Pool's area; empty without either."""
    sensors = [each for each in entities if each.domain == "sensor"]
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
