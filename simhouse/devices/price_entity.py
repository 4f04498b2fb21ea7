"""The price entities that CONFIG names, like those of a day-ahead integration: tomorrow is published at one o'clock."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from .entities import State

PUBLISHED_H = 13
QUARTER = timedelta(minutes=15)


HOLDS_ONE = ("input_number", "number")
"""Domains of entities whose state is one price for all times."""
STANDS_IN = {"import": "sensor.simulated_prices", "export": "sensor.simulated_export_prices"}


class PriceEntity:
    """Today's and tomorrow's quarter hours as attributes of `entity`; `price_at` returns None for an unknown price."""

    def __init__(self, entity: str, price_at: Callable[[datetime], float | None], unit: str = "EUR/kWh") -> None:
        self.entity = entity
        self.price_at = price_at
        self._unit = unit

    def states(self, now: datetime) -> dict[str, State]:
        """Return the entity's state at this time: the present price, and today's and tomorrow's in the attributes.

        Tomorrow's are empty before `PUBLISHED_H`; "unknown" where there is no price.
        """
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = self._day(today + timedelta(days=1)) if now.hour >= PUBLISHED_H else []
        attributes = {
            "unit_of_measurement": self._unit,
            "raw_today": self._day(today),
            "raw_tomorrow": tomorrow,
            "tomorrow_valid": bool(tomorrow),
        }
        price = self.price_at(now)
        return {self.entity: {"state": "unknown" if price is None else f"{price:.4f}", "attributes": attributes}}

    def _day(self, midnight: datetime) -> list[dict[str, object]]:
        starts = [midnight + QUARTER * each for each in range(96)]
        known = [(at, price) for at in starts if (price := self.price_at(at)) is not None]
        return [{"start": at.isoformat(), "end": (at + QUARTER).isoformat(), "value": price} for at, price in known]


def with_own_sources(config: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    """Return CONFIG with entities instead of price services and without forecast services, and notes on the changes."""
    prices, forecast, notes = dict(config.get("prices") or {}), dict(config.get("forecast") or {}), []
    for key, entity in STANDS_IN.items():
        if isinstance(prices.get(key), Mapping) and "service" in prices[key]:
            notes.append(f"prices.{key}: {prices[key].get('service')} is not simulated; our sample week replaces it")
            prices[key] = entity
    if isinstance(forecast.get("solar"), Mapping):
        notes.append(f"forecast.solar: {forecast['solar'].get('service')} is not simulated; no sun is forecast")
        forecast["solar"] = None
    return ({**config, "prices": prices, "forecast": forecast}, notes) if notes else (config, notes)


def price_sources(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the entities with lists of prices in a CONFIG, each once; an input_number holds a single price."""
    named = config.get("prices") or {}
    entities = [named[key] for key in STANDS_IN if isinstance(named.get(key), str)]
    return tuple(dict.fromkeys(each for each in entities if each.partition(".")[0] not in HOLDS_ONE))
