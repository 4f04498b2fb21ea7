"""The source of prices: an entity whose attributes hold them, or the service of an integration that has one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dump import Entity
from .found import Guess

LISTS = ("raw_today", "today_interval_prices", "prices_today")
"""Attributes that hold the prices of a day, as `planning/price_keys.py` reads them."""

NORD_POOL = (
    r"nord_?pool_(?P<area>[a-z]{2}\d?)_"
    r"(?:current_price|aktueller_preis|huidige_prijs|prix_actuel|aktuellt_pris|nuvarande_pris)$"
)
"""The present price of Home Assistant's own Nord Pool integration, whose service has the others."""

TAXES = (
    "prices: this is the price of the market. Write what you pay beside it: 'factor' for taxes such as 1.21, and 'add' "
    "for each kWh"
)


def prices_of(seen: Sequence[Entity]) -> Guess:
    """`prices`; empty where no source is recognised."""
    for each in seen:
        if each.domain == "sensor" and any(isinstance(each.attributes.get(key), list) for key in LISTS):
            reason = f"prices.import: {each.entity}: its attributes hold the prices of a day"
            return Guess({"import": each.entity}, [reason], [TAXES])
    for each in seen:
        match = re.search(NORD_POOL, each.name) if each.domain == "sensor" else None
        if match is not None:
            source = {"service": "nordpool.get_prices_for_date", "area": match["area"].upper()}
            return Guess({"import": source}, [f"prices.import: {each.entity} is of the Nord Pool integration"], [TAXES])
    return Guess()
