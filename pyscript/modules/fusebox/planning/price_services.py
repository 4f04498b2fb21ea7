"""How the services that tell prices are asked, and when the next time is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from .times import Ahead, from_wall_s

PUBLISHED_H = 13
"""From this hour of the wall clock on the day-ahead prices of tomorrow are there, or about to come."""
QUARTERS = "quarter"
"""How a field asks for quarters of an hour; older versions do not know such a field."""


class Takes(NamedTuple):
    """What a service is called with, beside its entry."""

    days: bool = False
    """Whether it takes a date, and the bidding zone; else two times."""
    more: Mapping[str, object] = {}
    """Always the same."""


SERVICES: Mapping[str, Takes] = {
    "nordpool.get_prices_for_date": Takes(days=True),
    # It and the last two take hours where nobody says otherwise.
    "nordpool.get_price_indices_for_date": Takes(days=True, more={"resolution": QUARTER_S // 60}),
    "tibber.get_prices": Takes(),
    "energyzero.get_energy_prices": Takes(more={"incl_vat": True, "interval": QUARTERS}),
    "easyenergy.get_energy_usage_prices": Takes(more={"incl_vat": True, "granularity": QUARTERS}),
}


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
    return tuple(_data(asked, start, end, ahead) for start, end in pairwise(days))


def call_for_day_before(asked: Asked, now_s: float, ahead: Ahead) -> Mapping[str, object] | None:
    """Return the data of a call for yesterday, None for a service that takes times and no days.

    Nord Pool's days begin with those of central Europe: until one o'clock in Helsinki the present hour is in the last.
    """
    if not _takes(asked.service).days:
        return None
    return _data(asked, _midnight(now_s, ahead, -1), _midnight(now_s, ahead, 0), ahead)


def as_older_take(service: str, data: Mapping[str, object], refusal: str) -> Mapping[str, object] | None:
    """The same call for a version that refuses the field that asks for quarters; None where it was not that."""
    refused = [key for key in data if _takes(service).more.get(key) == QUARTERS and key in refusal]
    return {key: value for key, value in data.items() if key not in refused} if refused else None


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


def _takes(service: str) -> Takes:
    return SERVICES.get(service, Takes())


def _data(asked: Asked, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    """The data of a call for the prices from one midnight to the next."""
    takes = _takes(asked.service)
    if not takes.days:
        # To the last second: at midnight some ask for the whole next day too, and fail while that is not published.
        return {**takes.more, "start": _text(start_s), "end": _text(end_s - 1)}
    date = datetime.fromtimestamp(start_s + ahead(start_s), UTC).date().isoformat()
    # The zone as a text: of a list Home Assistant 2025.4 says that it is no zone.
    return {"date": date, **({} if asked.area is None else {"areas": asked.area}), **takes.more}
