"""How the services that tell prices are asked, and when the next time is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from .times import Ahead, from_wall_s

PUBLISHED_H = 13
"""From this hour of the wall clock on the day-ahead prices of tomorrow are there, or about to come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose prices a service is asked for."""

    service: str
    """Such as nordpool.get_prices_for_date."""
    area: str | None = None
    """The bidding zone, or the home."""


def calls(asked: Asked, now_s: float, ahead: Ahead) -> tuple[Mapping[str, object], ...]:
    """The data of each call, today's first; a later one that fails means that nothing is published yet."""
    days = [_midnight(now_s, ahead, days) for days in (0, 1, 2)]
    make = _DATA.get(asked.service, _from_until)
    return tuple(make(asked, start, end, ahead) for start, end in pairwise(days))


def call_for_day_before(asked: Asked, now_s: float, ahead: Ahead) -> Mapping[str, object] | None:
    """Return the data of a call for yesterday, None for a service that takes times and no days.

    Nord Pool's days begin with those of central Europe: until one o'clock in Helsinki the present hour is in the last.
    """
    make = _DATA.get(asked.service, _from_until)
    if make not in (_one_day, _quarters_of_a_day):
        return None
    return make(asked, _midnight(now_s, ahead, -1), _midnight(now_s, ahead, 0), ahead)


def as_older_take(asked: str, data: Mapping[str, object], refusal: str) -> Mapping[str, object] | None:
    """The same call for a version that refuses the field that asks for quarters; None where it was not that."""
    field = _QUARTERS_BY.get(asked)
    if field is None or field not in data or field not in refusal:
        return None
    return {key: value for key, value in data.items() if key != field}


def next_call_s(now_s: float, known_until_s: float | None, ahead: Ahead) -> float:
    """When to ask again [s since 1970]: at once where tomorrow could be known, else when it is published."""
    today, tomorrow, after = (_midnight(now_s, ahead, days) for days in (0, 1, 2))
    soon_s = now_s + QUARTER_S
    if known_until_s is None or known_until_s < tomorrow:
        return soon_s
    publishing_s = _at_hour(today, ahead)
    if known_until_s < after:
        return max(soon_s, publishing_s)
    return _at_hour(tomorrow, ahead)


def _midnight(now_s: float, ahead: Ahead, days: int) -> float:
    """When the wall clock shows midnight, so many days after the last time; a day may have 23 or 25 hours."""
    wall_s = now_s + ahead(now_s)
    return from_wall_s((wall_s // DAY_S + days) * DAY_S, ahead)


def _at_hour(midnight_s: float, ahead: Ahead) -> float:
    return from_wall_s(midnight_s + ahead(midnight_s) + PUBLISHED_H * HOUR_S, ahead)


def _text(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).isoformat()


def _one_day(asked: Asked, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    date = datetime.fromtimestamp(start_s + ahead(start_s), UTC).date().isoformat()
    # As a text: of a list Home Assistant 2025.4 says that it is no zone.
    return {"date": date} if asked.area is None else {"date": date, "areas": asked.area}


def _quarters_of_a_day(asked: Asked, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    # The service takes an hour where nobody says otherwise.
    return {**_one_day(asked, start_s, end_s, ahead), "resolution": QUARTER_S // 60}


def _from_until(asked: Asked, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    # To the last second: at midnight some ask for the whole next day too, and fail while that is not published.
    return {"start": _text(start_s), "end": _text(end_s - 1)}


def _with_tax(asked: Asked, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    return {"incl_vat": True, _QUARTERS_BY[asked.service]: "quarter", **_from_until(asked, start_s, end_s, ahead)}


_QUARTERS_BY: Mapping[str, str] = {
    "energyzero.get_energy_prices": "interval",
    "easyenergy.get_energy_usage_prices": "granularity",
}
"""Services that take hours where nobody says otherwise -> the field that says so, which older versions do not know."""


_DATA: Mapping[str, Callable[[Asked, float, float, Ahead], Mapping[str, object]]] = {
    "nordpool.get_prices_for_date": _one_day,
    "nordpool.get_price_indices_for_date": _quarters_of_a_day,
    "tibber.get_prices": _from_until,
    "energyzero.get_energy_prices": _with_tax,
    "easyenergy.get_energy_usage_prices": _with_tax,
}
