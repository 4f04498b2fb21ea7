"""A simple controller for solar surplus: start and stop after a while, follow the surplus in between.

It works as evcc's mode "PV" is documented: the surplus is what the meters export together, plus what the cars draw. A
car starts when its minimum has been there all through a window, then follows whole amps of the surplus every few
seconds, never below its minimum, and stops when its minimum was missing all through a window. Cars are served in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from .contract import MINIMUM_A, ChargerReading, Peer, SecondReading

EVERY_S = 10
"""Interval at which a running car gets the present surplus [s]; evcc's interval is 10 to 30 s."""


class SunLines(Peer):
    """A controller with the same delay for starts and stops."""

    def __init__(self, config: Mapping[str, Any], window_s: int) -> None:
        super().__init__(config)
        self._window_s = window_s
        self._set_a: dict[str, float] = dict.fromkeys(self.loads, 0.0)
        self._since_s: dict[str, int | None] = dict.fromkeys(self.loads)
        self._order = sorted(self.loads, key=lambda name: self.loads[name].get("priority", 0))

    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return the setpoints; unchanged while any phase is unknown."""
        if seen.blind:
            return {}
        phases_a = {name: len(car.phases) for name, car in seen.cars.items()}
        left_a = -sum(amps or 0.0 for amps in seen.grid_a.values())
        left_a += sum(car.draw_a * phases_a[name] for name, car in seen.cars.items())
        for name in self._order:
            car = seen.cars[name]
            could_a = min(float(floor(left_a / phases_a[name])), car.max_a)
            self._set_car_current(name, car, could_a, seen.t_s)
            left_a -= max(self._set_a[name], 0.0) * phases_a[name]
        return self._set_a

    def _set_car_current(self, name: str, car: ChargerReading, could_a: float, t_s: int) -> None:
        """Set a car's current from `could_a` [A], the present surplus on each of its phases."""
        on, fits = self._set_a[name] > 0, could_a >= MINIMUM_A
        if not car.plugged:
            self._set_a[name], self._since_s[name] = 0.0, None
            return
        if on == fits:
            self._since_s[name] = None
        elif (since_s := self._since_s[name]) is None:
            self._since_s[name] = t_s
        elif t_s - since_s >= self._window_s:
            self._set_a[name], self._since_s[name] = (MINIMUM_A if fits else 0.0), None
        if self._set_a[name] > 0 and t_s % EVERY_S == 0:
            self._set_a[name] = max(could_a, MINIMUM_A)
