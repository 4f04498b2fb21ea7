"""The fields of the services that return prices and forecasts, as their integrations declare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

_ENTRY = {vol.Required("config_entry"): str}
_SPAN = {vol.Optional("start"): str, vol.Optional("end"): str}
_WITH_TAX = {**_ENTRY, vol.Required("incl_vat"): bool, **_SPAN}
_DAY = {
    **_ENTRY,
    vol.Required("date"): vol.Date(),
    # Newer versions take a list, too.
    vol.Optional("areas"): str,
    vol.Optional("currency"): vol.In(("DKK", "EUR", "NOK", "PLN", "SEK")),
}

ANSWERING_SERVICES: Mapping[str, Mapping[Any, Any]] = {
    "nordpool.get_prices_for_date": _DAY,
    "nordpool.get_price_indices_for_date": {**_DAY, vol.Optional("resolution"): vol.In((15, 30, 60))},
    "tibber.get_prices": _SPAN,
    "energyzero.get_energy_prices": {**_WITH_TAX, vol.Optional("interval"): vol.In(("hour", "quarter"))},
    "easyenergy.get_energy_usage_prices": {**_WITH_TAX, vol.Optional("granularity"): vol.In(("hour", "quarter"))},
    "forecast_solar.get_forecast": {**_ENTRY, **_SPAN, vol.Optional("resolution"): vol.In(("raw", "hourly"))},
}

OLDER_SERVICES: Mapping[str, Mapping[Any, Any]] = {
    "energyzero.get_energy_prices": _WITH_TAX,
    "easyenergy.get_energy_usage_prices": _WITH_TAX,
}
"""As Home Assistant had them until some version of 2026."""
