"""The services that answer with prices: what they are called with, and the unit of their answer."""

from __future__ import annotations

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
