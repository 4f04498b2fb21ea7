"""The price entities of a replay, with recorded prices only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from simhouse.devices.price_entity import QUARTER, PriceEntity, price_sources, with_own_sources

from .recording import History, Recording

SETTLED_S = 60
"""A price entity shows the price of a new slot within this time [s]."""


def recorded_prices(config: Mapping[str, Any], recording: Recording) -> tuple[PriceEntity, ...]:
    """Return the price entities that CONFIG names; unknown when none were recorded."""
    named = price_sources(with_own_sources(config)[0])
    return tuple(_recorded_price(entity, recording.histories.get(entity)) for entity in named)


def _recorded_price(entity: str, history: History | None) -> PriceEntity:
    """Return an entity in which a price is valid until the next recorded one, the last one for its quarter hour."""
    if history is None:
        return PriceEntity(entity, lambda _when: None)
    times_s, numbers = np.asarray(history.times_s), history.numbers
    last_s = float(times_s[-1]) + QUARTER.total_seconds()

    def price_at(when: datetime) -> float | None:
        at_s = when.timestamp()
        row = int(np.searchsorted(times_s, at_s + SETTLED_S, side="right")) - 1
        is_known = row >= 0 and at_s + SETTLED_S < last_s and bool(np.isfinite(numbers[row]))
        return float(numbers[row]) if is_known else None

    return PriceEntity(entity, price_at, str(history.attributes.get("unit_of_measurement") or "EUR/kWh"))
