"""The known sources of prices: the keys of entities, and for services their data and the unit of their answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .durations import QUARTER_S

QUARTERS = "quarter"
"""The value of a field that requests quarter hours; older versions do not have such a field."""


class PriceService(NamedTuple):
    """The data that a service is called with, apart from its config entry, and the unit of its answer."""

    days: bool = False
    """Whether it takes a date and the bidding zone; otherwise a start and an end."""
    more: Mapping[str, object] = {}
    """Further fields, the same in every call."""
    per_mwh: bool = False
    """Whether it answers with prices per MWh, otherwise per kWh; answers have no unit."""


PRICE_SERVICES: Mapping[str, PriceService] = {
    "nordpool.get_prices_for_date": PriceService(days=True, per_mwh=True),
    # This one and the last two answer with hours unless they are asked for quarters.
    "nordpool.get_price_indices_for_date": PriceService(days=True, more={"resolution": QUARTER_S // 60}, per_mwh=True),
    "tibber.get_prices": PriceService(),
    "energyzero.get_energy_prices": PriceService(more={"incl_vat": True, "interval": QUARTERS}),
    "easyenergy.get_energy_usage_prices": PriceService(more={"incl_vat": True, "granularity": QUARTERS}),
}
"""Service -> its data; the sentence about an unknown service has the first as its example."""


def price_service(name: str) -> PriceService:
    """Return the data of a service; the usual data for an unknown one, and for "" (no service)."""
    return PRICE_SERVICES.get(name, PriceService())


DAYS = (
    ("raw_today", "raw_tomorrow"),  # Nord Pool (HACS), Energi Data Service
    ("today_interval_prices", "tomorrow_interval_prices"),  # GE-Spot
    ("prices_today", "prices_tomorrow"),  # ENTSO-E, and the format that ev_smart_charging has for templates
)
"""Keys of lists that hold one day each, of today first. A sensor with the first is a source of prices for the forms."""
WHOLE = ("prices", "data", "rates", "forecast")
"""Keys of all prices, the first that is not empty: services, EPEX Spot, Octopus, Zonneplan.

One list; or a dict of days, of areas, or with another of these keys.
"""
HOUR_KEY = re.compile(r"price_(next_day_)?([01]\d|2[0-3])h(_d)?")
"""Keys of one hour each by the wall clock: PVPC, where `_d` is the second one of an hour that occurs twice.

They are of the day on which the entity was written, or of the next one.
"""
TIME_KEY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
"""Keys that are the start of a price: Czech Energy Spot Prices."""
VALUES = ("value", "price", "price_per_kwh", "total", "value_inc_vat")
"""Keys of a price in the unit of its source."""
OWN_UNITS: Mapping[str, float] = {"price_ct_per_kwh": 0.01, "price_tax_included": 1e-7, "electricity_price": 1e-7}
"""Keys of a price with a unit of its own, whatever the unit of its source -> that unit in the currency per kWh.

Cents: EPEX Spot. Zonneplan counts in ten-millionths, its hours in `electricity_price`.
"""
NESTED_VALUE = "amount"
"""The key of the number inside a price: Zonneplan."""
STARTS = (
    "start", "time", "hour", "start_time", "datetime", "startsAt", "timestamp", "start_date",
    "period_start", "from",
)  # fmt: skip
"""Keys of the time at which a price, or a value of a forecast, begins."""
ENDS = ("end", "end_time", "till", "end_date")
"""Keys of the time at which a price, or a value of a forecast, ends."""
CENT_FLAGS = ("price_in_cents", "use_cent")
"""Attributes that are True where prices are in cents although the unit may not say so."""
