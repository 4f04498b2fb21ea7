"""Reads prices from any source: the attributes of an entity, or the response of a service.

The keys are those of the known sources, from their code and documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.messages.message import Message, message
from .prices import Prices
from .rows import is_list_of_rows, quarter_hour_values, read_rows
from .times import Ahead
from .units import PER_KWH, parse_price_unit

DAYS = (
    ("raw_today", "raw_tomorrow"),  # Nord Pool (HACS), Energi Data Service
    ("today_interval_prices", "tomorrow_interval_prices"),  # GE-Spot
    ("prices_today", "prices_tomorrow"),  # ENTSO-E, and the format that ev_smart_charging has for templates
)
"""Keys of lists that hold one day each."""
WHOLE = ("prices", "data", "rates", "forecast")
"""Keys of one list with all prices: services, EPEX Spot, Octopus, Zonneplan."""
VALUES = ("value", "price", "price_per_kwh", "total", "value_inc_vat")
"""Keys of a price in the unit of its source."""
OWN_UNITS: Mapping[str, float] = {"price_ct_per_kwh": 0.01, "price_tax_included": 1e-7, "electricity_price": 1e-7}
"""Keys of a price with a unit of its own, whatever the unit of its source -> that unit in the currency per kWh.

Zonneplan counts in ten-millionths, its hours in `electricity_price`.
"""
CENT_FLAGS = ("price_in_cents", "use_cent")
"""Attributes that are True where prices are in cents although the unit may not say so."""
PER_MWH_SERVICES = ("nordpool.get_prices_for_date", "nordpool.get_price_indices_for_date")
"""Services that answer with prices per MWh, and without a unit."""


def read_prices(published: object, ahead: Ahead, *, service: str = "", choice: str | None = None) -> Prices:
    """Return all prices in the attributes of an entity, or in the answer of a `service`, with notes for the user.

    `choice`: the area or home whose prices to read if there are several; the first one, with a note, if it is not
    there.
    """
    unit, factor, odd = _price_unit(published, service)
    lists = list(_price_lists(published))
    notes = [odd] if odd is not None and not all(_has_own_unit(row) for _, found in lists for row in found) else []
    several = [name for name, _ in lists if name]
    if len(several) > 1:
        chosen = [pair for pair in lists if pair[0] == choice]
        lists = chosen or lists[:1]
        if not chosen:
            notes.append(message("prices_of_several", areas=", ".join(several), area=several[0]))
    found = [row for _, rows in reversed(lists) for row in rows]
    rows = read_rows(found, {**OWN_UNITS, **dict.fromkeys(VALUES, factor)}, ahead)
    return Prices(dict(quarter_hour_values(rows)), unit, tuple(notes))


def _price_unit(published: object, service: str) -> tuple[str, float, Message | None]:
    """Return a source's unit, its worth in the currency per kWh, and a message where it is odd, None for none."""
    if service in PER_MWH_SERVICES:
        return "per MWh", PER_KWH["mwh"], None
    if service:
        return "per kWh", 1.0, None
    attributes = published if isinstance(published, Mapping) else {}
    name = str(attributes.get("unit_of_measurement") or "").strip()
    unit = parse_price_unit(name, in_cents=any(attributes.get(flag) is True for flag in CENT_FLAGS))
    if unit.is_known:
        return name, unit.factor, None
    if name:
        return name, unit.factor, message("price_unit_unknown", unit=name, price_factor=unit.factor)
    return name, unit.factor, message("price_unit_missing", price_factor=unit.factor)


def _price_lists(published: object) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield the lists of prices, each with its area or home, "" if there is only one."""
    if isinstance(published, Mapping):
        for days in DAYS:
            found = [published[day] for day in days if is_list_of_rows(published.get(day))]
            if any(found):
                yield "", [row for day in found for row in day]
                return
        for key in WHOLE:
            inside = published.get(key)
            if inside:
                yield from _price_lists(inside)
                return
        yield from ((str(name), inside) for name, inside in published.items() if is_list_of_rows(inside))
    elif is_list_of_rows(published):
        yield "", published  # type: ignore[misc]


def _has_own_unit(row: object) -> bool:
    """Return whether a row has its number under a key that states the unit."""
    return isinstance(row, Mapping) and any(key in row for key in OWN_UNITS)
