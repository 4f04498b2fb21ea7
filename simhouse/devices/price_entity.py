"""The price entity that CONFIG names, as a day-ahead integration shows it: tomorrow follows at one in the afternoon."""

from collections.abc import Callable
from datetime import datetime, timedelta

from .entities import State

PUBLISHED_H = 13
QUARTER = timedelta(minutes=15)


class PriceEntity:
    """Today's and tomorrow's quarter hours in its attributes."""

    def __init__(self, entity: str, price_at: Callable[[datetime], float]) -> None:
        self.entity = entity
        self.price_at = price_at

    def states(self, now: datetime) -> dict[str, State]:
        """As it is at this time."""
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = self._day(today + timedelta(days=1)) if now.hour >= PUBLISHED_H else []
        attributes = {
            "unit_of_measurement": "EUR/kWh",
            "raw_today": self._day(today),
            "raw_tomorrow": tomorrow,
            "tomorrow_valid": bool(tomorrow),
        }
        return {self.entity: {"state": f"{self.price_at(now):.4f}", "attributes": attributes}}

    def _day(self, midnight: datetime) -> list[dict[str, object]]:
        starts = [midnight + QUARTER * each for each in range(96)]
        return [
            {"start": at.isoformat(), "end": (at + QUARTER).isoformat(), "value": self.price_at(at)} for at in starts
        ]
