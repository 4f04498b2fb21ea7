"""One reader for all sources of prices: attributes of an entity, or what a service answers.

How the known sources call what they publish is from their code and documentation, one fact for each word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .prices import Prices
from .rows import is_list, quarters, read_rows
from .times import Ahead
from .units import PER_KWH, unit_of

DAYS = (
    ("raw_today", "raw_tomorrow"),  # Nord Pool (HACS), Energi Data Service
    ("today_interval_prices", "tomorrow_interval_prices"),  # GE-Spot
    ("prices_today", "prices_tomorrow"),  # ENTSO-E, and the format that ev_smart_charging has for templates
)
"""Lists of one day each."""
WHOLE = ("prices", "data", "rates", "forecast")
"""One list of all: services, EPEX Spot, Octopus, Zonneplan."""
VALUES = ("value", "price", "price_per_kwh", "total", "value_inc_vat")
"""Keys of a price in the unit of its source."""
OWN_UNITS: Mapping[str, float] = {"price_ct_per_kwh": 0.01, "price_tax_included": 1e-7, "electricity_price": 1e-7}
"""Key of a price that has a unit of its own, whatever its source says -> how much of the currency per kWh one of it is;
Zonneplan counts in ten-millionths, its hours in `electricity_price`."""
CENT_FLAGS = ("price_in_cents", "use_cent")
"""Attributes that say so where the unit may not."""
PER_MWH_SERVICES = ("nordpool.get_prices_for_date", "nordpool.get_price_indices_for_date")
"""Services that tell prices per MWh, and no unit."""


def read_prices(told: object, ahead: Ahead, *, service: str = "", choice: str | None = None) -> Prices:
    """All prices of an entity's attributes or a service's answer; `choice` is the area or home where there are more."""
    unit, factor, odd = _unit(told, service)
    lists = list(_lists(told))
    notes = [odd] if odd and not all(_has_own_unit(row) for _, found in lists for row in found) else []
    several = [name for name, _ in lists if name]
    if len(several) > 1:
        chosen = [pair for pair in lists if pair[0] == choice]
        lists = chosen or lists[:1]
        if not chosen:
            notes.append(f"This source has prices of {', '.join(several)}: those of {several[0]} are taken.")
    found = [row for _, rows in reversed(lists) for row in rows]
    rows = read_rows(found, {**OWN_UNITS, **dict.fromkeys(VALUES, factor)}, ahead)
    return Prices(dict(quarters(rows)), unit, tuple(notes))


def _unit(told: object, service: str) -> tuple[str, float, str]:
    """What prices are told in, what one of that is per kWh, and what is odd about it, "" for nothing."""
    if service in PER_MWH_SERVICES:
        return "per MWh", PER_KWH["mwh"], ""
    if service:
        return "per kWh", 1.0, ""
    attributes = told if isinstance(told, Mapping) else {}
    name = str(attributes.get("unit_of_measurement") or "").strip()
    unit = unit_of(name, in_cents=any(attributes.get(flag) is True for flag in CENT_FLAGS))
    if unit.is_known:
        return name, unit.factor, ""
    why = f"The unit {name} of this source is not known" if name else "This source names no unit"
    return name, unit.factor, f"{why}: a price of 1 is taken to be {unit.factor:.6g} of the currency per kWh."


def _lists(told: object) -> Iterator[tuple[str, Sequence[object]]]:
    """The lists of prices, each with the area or home that it is of, "" where there is only one."""
    if isinstance(told, Mapping):
        for days in DAYS:
            found = [told[day] for day in days if is_list(told.get(day))]
            if any(found):
                yield "", [row for day in found for row in day]
                return
        for key in WHOLE:
            inside = told.get(key)
            if inside:
                yield from _lists(inside)
                return
        yield from ((str(name), inside) for name, inside in told.items() if is_list(inside))
    elif is_list(told):
        yield "", told  # type: ignore[misc]


def _has_own_unit(row: object) -> bool:
    return isinstance(row, Mapping) and any(key in row for key in OWN_UNITS)
