"""Prices of any source, read with their units from an entity or a service's answer; and how such a service is called.

The keys are those of the known sources, from their code and documentation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from ..model.local_day import iso_text
from ..model.messages.message import Message, message
from ..model.price_sources import (
    CENT_FLAGS,
    DAYS,
    HOUR_KEY,
    OWN_UNITS,
    QUARTERS,
    TIME_KEY,
    VALUES,
    WHOLE,
    price_service,
)
from .prices import Prices
from .times import (
    Ahead,
    from_wall_s,
    is_list_of_rows,
    local_day,
    midnight_s,
    parse_instant_s,
    quarter_hour_values,
    read_rows,
)

CENT = 0.01
CENTS = frozenset((
    "c", "ct", "cts", "cent", "cents", "¢", "eurocent", "eurocents", "centime", "centimes", "centimo",
    "centimos", "céntimo", "céntimos", "cêntimo", "cêntimos", "centesimi", "snt", "sentti", "senttiä", "sent",
    "senti", "öre", "øre", "ore", "oere", "aur", "eyrir", "gr", "grosz", "groszy", "p", "penny", "pence", "GBp",
    "gbx", "rp", "rappen", "hal", "haléř", "haléřů", "halier", "filler", "fillér", "bani", "ban", "lipa",
    "stotinki", "st", "para", "kuruş", "kurus",
))  # fmt: skip
"""Names of hundredths of a currency in units; GBp is the traders' sign for pence."""
CURRENCIES = frozenset((
    "euro", "euros", "eur", "kr", "kroner", "kronor", "krona", "krone", "kč", "zł", "ft", "forint", "lei", "лв",
    "fr",
))  # fmt: skip
"""Names of currencies other than signs such as € and codes such as EUR."""
CODES = frozenset((
    "AUD", "BGN", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "ISK", "NOK", "NZD", "PLN", "RON", "SEK", "TRY",
    "UAH", "USD",
))  # fmt: skip
"""Codes of currencies; other words in capitals may be in a unit too, such as the name of a tax."""
PER_KWH: Mapping[str, float] = {"kwh": 1.0, "mwh": 0.001, "wh": 1000.0}
"""Unit of energy that a price is for -> the factor that makes it a price per kWh."""

_PER = re.compile(r"/|\bper\b")
_WORDS = re.compile(r"[^\W\d_]+|[^\s.]")
_CODE = re.compile(r"[A-Z]{3}")
_CODE_BESIDE_CENTS = re.compile(r"[A-Z]{3}(?=[a-z¢])|(?<=[a-z])[A-Z]{3}$")
"""EURct and cEUR."""


class Unit(NamedTuple):
    """The meaning of a unit."""

    factor: float
    """Multiplies a price to give the currency per kWh."""
    is_known: bool


def parse_price_unit(text: str, *, in_cents: bool = False) -> Unit:
    """Return the factor to the currency per kWh of a text such as ct/kWh, and whether it is known.

    An unknown energy counts as kWh, unknown money as a whole unit. `in_cents`: the source says elsewhere that it uses
    cents.
    """
    money, per = [*_PER.split(text, maxsplit=1), ""][:2]
    words = _words_of(money)
    are_cents = in_cents or any(_is_among(CENTS, word) for word in words)
    is_money = are_cents or (bool(words) and all(map(_is_money_unit, words)))
    energy = PER_KWH.get(re.sub(r"[\s·.]", "", per).casefold())
    return Unit((CENT if are_cents else 1.0) * (energy or 1.0), is_money and energy is not None)


def currency_notes(unit: str, currency: str) -> Iterator[Message]:
    """Yield a note for each other currency than CONFIG's whose code is in a unit; none for signs and cents."""
    for code in _words_of(unit):
        if code in CODES and code != currency:
            yield message("prices_in_currency", own=code, currency=currency)


def _words_of(money: str) -> list[str]:
    """Return the words and currency signs in a text; EURct gives EUR and ct."""
    return _WORDS.findall(_CODE_BESIDE_CENTS.sub(r" \g<0> ", money))


def _is_among(names: frozenset[str], word: str) -> bool:
    """Return whether a word is among these names, in its own or lower case."""
    return word in names or word.casefold() in names


def _is_money_unit(word: str) -> bool:
    """Return whether a word names a whole unit of money: a code, a name or a currency sign."""
    return bool(_CODE.fullmatch(word)) or _is_among(CURRENCIES, word) or unicodedata.category(word[0]) == "Sc"


WRITTEN = "last_updated"
"""The attribute with the time at which Home Assistant has stored the entity's values."""


def read_prices(published: object, ahead: Ahead, *, service: str = "", choice: str | None = None) -> Prices:
    """Return all prices in the attributes of an entity, or in the answer of a `service`, with notes for the user.

    Empty where nothing can be read. `choice`: the area or home whose prices to read if there are several; the first
    one, with a note, if it is not there. A note on a missing or unknown unit too, unless every row states its own.
    """
    unit, factor, unit_note = _price_unit(published, service)
    by_hour = _rows_of_hours(published, ahead)
    lists = [("", by_hour)] if by_hour else list(_price_lists(published))
    states_units = all(_has_own_unit(row) for _, found in lists for row in found)
    notes = [] if unit_note is None or states_units else [unit_note]
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
    """Return a source's unit, its worth in the currency per kWh, and a message if it is unknown or missing, else None.

    Services have fixed units.
    """
    if service:
        energy = "MWh" if price_service(service).per_mwh else "kWh"
        return f"per {energy}", PER_KWH[energy.casefold()], None
    attributes = published if isinstance(published, Mapping) else {}
    name = str(attributes.get("unit_of_measurement") or "").strip()
    unit = parse_price_unit(name, in_cents=any(attributes.get(flag) is True for flag in CENT_FLAGS))
    if unit.is_known:
        return name, unit.factor, None
    if name:
        return name, unit.factor, message("price_unit_unknown", unit=name, price_factor=unit.factor)
    return name, unit.factor, message("price_unit_missing", price_factor=unit.factor)


def _rows_of_hours(published: object, ahead: Ahead) -> list[dict[str, object]]:
    """Return a row for each attribute that is an hour's price; none where the time of the attributes is not known."""
    attributes, rows = published if isinstance(published, Mapping) else {}, []
    written_s = parse_instant_s(attributes.get(WRITTEN), ahead)
    if written_s is None:
        return []
    today_s = local_day(written_s, ahead) * DAY_S
    for key, price in attributes.items():
        if found := HOUR_KEY.fullmatch(str(key)):
            wall_s = today_s + (DAY_S if found[1] else 0) + int(found[2]) * HOUR_S
            start_s = from_wall_s(wall_s, ahead) + (HOUR_S if found[3] else 0)
            start, end = (datetime.fromtimestamp(at_s, UTC) for at_s in (start_s, start_s + HOUR_S))
            rows.append({"start": start, "end": end, "price": price})
    return rows


def _price_lists(published: object) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield the lists of prices, each with its area or home, "" if there is only one.

    The first form that is there counts: days (joined), one list under a known key (searched inside), then every list by
    its key. Nothing for a value without any.
    """
    if isinstance(published, Mapping):
        for days in DAYS:
            found = [published[day] for day in days if is_list_of_rows(published.get(day))]
            if any(found):
                yield "", [row for day in found for row in day]
                return
        by_time = [{"start": key, "price": price} for key, price in published.items() if TIME_KEY.fullmatch(str(key))]
        if by_time:
            yield "", by_time
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


PUBLISHED_H = 13
"""The hour of the wall clock from which on tomorrow's day-ahead prices are published, or will be soon."""


def call_data(service: str, area: str | None, now_s: float, ahead: Ahead) -> tuple[Mapping[str, object], ...]:
    """Return the data of each call of a service for prices, today's first, then tomorrow's.

    If tomorrow's call fails, its prices are not published yet. `area`: the bidding zone, None for the service's own.
    """
    days = [midnight_s(now_s, ahead, days) for days in (0, 1, 2)]
    return tuple(_data_for_day(service, area, start, end, ahead) for start, end in pairwise(days))


def call_for_day_before(service: str, area: str | None, now_s: float, ahead: Ahead) -> Mapping[str, object] | None:
    """Return the data of a call for yesterday, None for a service that takes times and no days.

    Nord Pool's days begin with those of central Europe: until one o'clock in Helsinki the present hour is in the last.
    """
    yesterday = _data_for_day(service, area, midnight_s(now_s, ahead, -1), midnight_s(now_s, ahead, 0), ahead)
    return yesterday if price_service(service).days else None


def data_for_older_version(service: str, data: Mapping[str, object], refusal: str) -> Mapping[str, object] | None:
    """Return the data without the field for quarters that an older version refused; None if it refused something else.

    `refusal`: the error's text, which has to name that field.
    """
    refused = [key for key in data if price_service(service).more.get(key) == QUARTERS and key in refusal]
    return {key: value for key, value in data.items() if key not in refused} if refused else None


def next_call_s(now_s: float, known_until_s: float | None, ahead: Ahead) -> float:
    """Return when to request prices from the service again [s since 1970].

    In a quarter of an hour while prices of today are missing, or those of tomorrow after their publication; otherwise
    at the next publication. `known_until_s`: the end of the known prices, None for none.
    """
    today, tomorrow, after = (midnight_s(now_s, ahead, days) for days in (0, 1, 2))
    soon_s = now_s + QUARTER_S
    if known_until_s is None or known_until_s < tomorrow:
        return soon_s
    publishing_s = _publishing_time_s(today, ahead)
    if known_until_s < after:
        return max(soon_s, publishing_s)
    return _publishing_time_s(tomorrow, ahead)


def _publishing_time_s(day_s: float, ahead: Ahead) -> float:
    """Return when prices are published on the day that begins at `day_s` [s since 1970]."""
    return from_wall_s(day_s + ahead(day_s) + PUBLISHED_H * HOUR_S, ahead)


def _data_for_day(service: str, area: str | None, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    """Return the data of a call for the prices from one midnight to the next.

    A date and the area for a service that takes days, otherwise the start, and the end less 1 s.
    """
    known = price_service(service)
    if not known.days:
        # One second less: for an end at midnight some read the next day too, and fail while that is not published.
        return {**known.more, "start": iso_text(start_s), "end": iso_text(end_s - 1)}
    date = datetime.fromtimestamp(start_s + ahead(start_s), UTC).date().isoformat()
    # The zone as a text: Home Assistant 2025.4 does not take a list.
    return {"date": date, **({} if area is None else {"areas": area}), **known.more}
