"""One reader for all sources of prices: attributes of an entity, or what a service answers.

It takes what is a time with a number and leaves the rest: a list may be missing, empty, full of None, doubled, a copy
of the day before, or in any order. Nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.numbers import number_of
from . import price_keys as keys
from .prices import Prices, from_quarters
from .rows import Row, is_list, spread
from .times import Ahead, instant_s, nearest_quarter
from .units import PER_KWH, unit_of


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
    rows = {row.start_s: row for _, found in reversed(lists) for row in _rows(found, ahead, factor)}
    return from_quarters(dict(spread(sorted(rows.values()))), unit, tuple(notes))


def _unit(told: object, service: str) -> tuple[str, float, str]:
    """What prices are told in, what one of that is per kWh, and what is odd about it, "" for nothing."""
    if service in keys.PER_MWH_SERVICES:
        return "per MWh", PER_KWH["mwh"], ""
    if service:
        return "per kWh", 1.0, ""
    attributes = told if isinstance(told, Mapping) else {}
    name = str(attributes.get("unit_of_measurement") or "").strip()
    unit = unit_of(name, in_cents=any(attributes.get(flag) is True for flag in keys.CENT_FLAGS))
    if unit.is_known:
        return name, unit.factor, ""
    why = f"The unit {name} of this source is not known" if name else "This source names no unit"
    return name, unit.factor, f"{why}: a price of 1 is taken to be {unit.factor:.6g} of the currency per kWh."


def _lists(told: object) -> Iterator[tuple[str, Sequence[object]]]:
    """The lists of prices, each with the area or home that it is of, "" where there is only one."""
    if isinstance(told, Mapping):
        for days in keys.DAYS:
            found = [told[day] for day in days if is_list(told.get(day))]
            if any(found):
                yield "", [row for day in found for row in day]
                return
        for key in keys.WHOLE:
            inside = told.get(key)
            if inside:
                yield from _lists(inside)
                return
        yield from ((str(name), inside) for name, inside in told.items() if is_list(inside))
    elif is_list(told):
        yield "", told  # type: ignore[misc]


def _rows(found: Sequence[object], ahead: Ahead, factor: float) -> Iterator[Row]:
    for row in found:
        if not isinstance(row, Mapping):
            continue
        start_s = next((at for key in keys.STARTS if (at := instant_s(row.get(key), ahead)) is not None), None)
        end_s = next((at for key in keys.ENDS if (at := instant_s(row.get(key), ahead)) is not None), None)
        price = _price(row, factor)
        if start_s is not None and price is not None:
            yield Row(nearest_quarter(start_s), None if end_s is None else nearest_quarter(end_s), price)


def _has_own_unit(row: object) -> bool:
    return isinstance(row, Mapping) and any(key in row for key in keys.OWN_UNITS)


def _price(row: Mapping[str, object], factor: float) -> float | None:
    """The price of a row per kWh, None where it has none that is a number."""
    for key, one in {**keys.OWN_UNITS, **dict.fromkeys(keys.VALUES, factor)}.items():
        value = row.get(key)
        if isinstance(value, Mapping):
            value = value.get(keys.NESTED_VALUE)
        number = number_of(value)
        if number is not None:
            return number * one
    return None
