"""How to call the services that answer with prices, and when to call them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from .times import Ahead, from_wall_s

PUBLISHED_H = 13
"""The hour of the wall clock from which on tomorrow's day-ahead prices are published, or will be soon."""
QUARTERS = "quarter"
"""The value of a field that asks for quarter hours; older versions do not have such a field."""


class Takes(NamedTuple):
    """The data that a service is called with, apart from its config entry."""

    days: bool = False
    """Whether it takes a date and the bidding zone; otherwise a start and an end."""
    more: Mapping[str, object] = {}
    """Further fields, the same in every call."""


SERVICES: Mapping[str, Takes] = {
    "nordpool.get_prices_for_date": Takes(days=True),
    # This one and the last two answer with hours unless they are asked for quarters.
    "nordpool.get_price_indices_for_date": Takes(days=True, more={"resolution": QUARTER_S // 60}),
    "tibber.get_prices": Takes(),
    "energyzero.get_energy_prices": Takes(more={"incl_vat": True, "interval": QUARTERS}),
    "easyenergy.get_energy_usage_prices": Takes(more={"incl_vat": True, "granularity": QUARTERS}),
}


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """Which prices to ask a service for."""

    service: str
    """Such as nordpool.get_prices_for_date."""
    area: str | None = None
    """The bidding zone, or the home."""


def call_data(request: PriceRequest, now_s: float, ahead: Ahead) -> tuple[Mapping[str, object], ...]:
    """Return the data of each call, today's first, then tomorrow's.

    If tomorrow's call fails, its prices are not published yet.
    """
    days = [_midnight(now_s, ahead, days) for days in (0, 1, 2)]
    return tuple(_data_for_day(request, start, end, ahead) for start, end in pairwise(days))


def call_for_day_before(request: PriceRequest, now_s: float, ahead: Ahead) -> Mapping[str, object] | None:
    """Return the data of a call for yesterday, None for a service that takes times and no days.

    Nord Pool's days begin with those of central Europe: until one o'clock in Helsinki the present hour is in the last.
    """
    if not _service_fields(request.service).days:
        return None
    return _data_for_day(request, _midnight(now_s, ahead, -1), _midnight(now_s, ahead, 0), ahead)


def data_for_older_version(service: str, data: Mapping[str, object], refusal: str) -> Mapping[str, object] | None:
    """Return the data without the field for quarters that an older version refused; None if it refused something else.

    `refusal`: the error's text, which has to name that field.
    """
    refused = [key for key in data if _service_fields(service).more.get(key) == QUARTERS and key in refusal]
    return {key: value for key, value in data.items() if key not in refused} if refused else None


def next_call_s(now_s: float, known_until_s: float | None, ahead: Ahead) -> float:
    """Return when to request prices from the service again [s since 1970].

    In a quarter of an hour while prices of today are missing, or those of tomorrow after their publication; otherwise
    at the next publication. `known_until_s`: the end of the known prices, None for none.
    """
    today, tomorrow, after = (_midnight(now_s, ahead, days) for days in (0, 1, 2))
    soon_s = now_s + QUARTER_S
    if known_until_s is None or known_until_s < tomorrow:
        return soon_s
    publishing_s = _publishing_time_s(today, ahead)
    if known_until_s < after:
        return max(soon_s, publishing_s)
    return _publishing_time_s(tomorrow, ahead)


def _midnight(now_s: float, ahead: Ahead, days: int) -> float:
    """Return the midnight on the wall clock `days` after the last one [s since 1970]; days have 23 to 25 hours."""
    wall_s = now_s + ahead(now_s)
    return from_wall_s((wall_s // DAY_S + days) * DAY_S, ahead)


def _publishing_time_s(midnight_s: float, ahead: Ahead) -> float:
    """Return when prices are published on the day that begins at `midnight_s` [s since 1970]."""
    return from_wall_s(midnight_s + ahead(midnight_s) + PUBLISHED_H * HOUR_S, ahead)


def _iso_text(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).isoformat()


def _service_fields(service: str) -> Takes:
    """Return what a service takes; that of a service with start and end for an unknown one."""
    return SERVICES.get(service, Takes())


def _data_for_day(request: PriceRequest, start_s: float, end_s: float, ahead: Ahead) -> Mapping[str, object]:
    """Return the data of a call for the prices from one midnight to the next.

    A date and the area for a service that takes days, otherwise the start, and the end less 1 s.
    """
    takes = _service_fields(request.service)
    if not takes.days:
        # One second less: for an end at midnight some read the next day too, and fail while that is not published.
        return {**takes.more, "start": _iso_text(start_s), "end": _iso_text(end_s - 1)}
    date = datetime.fromtimestamp(start_s + ahead(start_s), UTC).date().isoformat()
    # The zone as a text: Home Assistant 2025.4 does not take a list.
    return {"date": date, **({} if request.area is None else {"areas": request.area}), **takes.more}
