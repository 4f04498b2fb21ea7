"""How the known sources call what they publish. One fact for each word, from their sources and documentation."""

from __future__ import annotations

from collections.abc import Mapping

DAYS = (
    ("raw_today", "raw_tomorrow"),  # Nord Pool (HACS), Energi Data Service
    ("today_interval_prices", "tomorrow_interval_prices"),  # GE-Spot
    ("prices_today", "prices_tomorrow"),  # ENTSO-E, and the format that ev_smart_charging has for templates
)
"""Lists of one day each."""
WHOLE = ("prices", "data", "rates", "forecast")
"""One list of all: services, EPEX Spot, Octopus, Zonneplan."""

STARTS = ("start", "time", "hour", "start_time", "datetime", "startsAt", "timestamp", "start_date")
ENDS = ("end", "end_time", "till", "end_date")
VALUES = ("value", "price", "price_per_kwh", "total", "value_inc_vat")
"""Keys of a price in the unit of its source."""
OWN_UNITS: Mapping[str, float] = {"price_ct_per_kwh": 0.01, "price_tax_included": 1e-7, "electricity_price": 1e-7}
"""Key of a price that has a unit of its own, whatever its source says -> how much of the currency per kWh one of it is;
Zonneplan counts in ten-millionths, its hours in `electricity_price`."""
NESTED_VALUE = "amount"
"""Where Zonneplan has the price inside of a price."""

CENT_FLAGS = ("price_in_cents", "use_cent")
"""Attributes that say so where the unit may not."""
PER_MWH_SERVICES = ("nordpool.get_prices_for_date", "nordpool.get_price_indices_for_date")
"""Services that tell prices per MWh, and no unit."""

PAIRS: Mapping[str, str] = {
    "_current_day_rates": "_next_day_rates",  # Octopus
    "_forecast_today": "_forecast_tomorrow",  # Solcast
}
"""The end of an entity's name -> that of the entity that goes on where it ends."""

SUN_TODAY, SUN_TOMORROW = "energy_production_today", "energy_production_tomorrow"
"""In the names of Forecast.Solar's entities: only the first one tells when the sun shines, the second how much in all.
A second roof's have a number at their end."""


def tomorrows_energy(entity: str) -> str | None:
    """The entity of tomorrow's energy that belongs to one of today's, None where there is no such pair."""
    return entity.replace(SUN_TODAY, SUN_TOMORROW) if SUN_TODAY in entity else None


def pair_of(entity: str) -> str | None:
    """The entity of the next day, None where one tells all."""
    for end, other in PAIRS.items():
        if entity.endswith(end):
            return entity.removesuffix(end) + other
    return None
