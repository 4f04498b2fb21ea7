"""A controller of sixty lines: cut at once, raise into capacity that has lasted for a while, in order of priority.

Each second the room of every phase is handed out in order of priority, minimums first. A cut is sent at once. A raise
uses only the least room of the last `window_s`, less `margin_a`, and all of it at once. A minimum that does not fit any
more is held as long as a first-order model of the fuse tolerates it; then the car that is served last is paused for 180
s.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from math import exp, floor
from typing import Any

from .contract import MINIMUM_A, Peer, SecondReading

WINDOW_S = 60
MARGIN_A = 0.5
PAUSE_S = 180
TAU_S, SPENT, FAR_ABOVE = 60.0, 1.05, 1.4
"""The fuse: its time constant, the warmth at which a car is paused, and the current that does not wait for it."""


class SixtyLines(Peer):
    """A window for every phase, a setpoint for every car."""

    def __init__(self, config: Mapping[str, Any], window_s: int = WINDOW_S, margin_a: float = MARGIN_A) -> None:
        super().__init__(config)
        self._margin_a = margin_a
        self._rooms_a: dict[str, deque[float]] = {phase: deque(maxlen=window_s) for phase in self.grid}
        self._warmth: dict[str, float] = {}
        self._high_s: dict[str, int] = dict.fromkeys(self.grid, 0)
        self._set_a: dict[str, float] = dict.fromkeys(self.loads, 0.0)
        self._paused_s: dict[str, int] = {}
        self._order = sorted(self.loads, key=lambda name: self.loads[name].get("priority", 0))

    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return all setpoints, and remember them; empty (nothing changes) while any phase is unknown."""
        if seen.blind:
            return {}
        for phase, amps in seen.grid_a.items():
            flows_a = amps or 0.0
            self._warm(phase, (flows_a / self.fuse_a) ** 2)
            cars_a = sum(car.draw_a for car in seen.cars.values() if phase in car.phases)
            self._rooms_a[phase].append(self.fuse_a - flows_a + cars_a)
        now_a = self._shares(seen, {phase: rooms[-1] for phase, rooms in self._rooms_a.items()})
        lasting_a = self._shares(seen, {phase: min(rooms) - self._margin_a for phase, rooms in self._rooms_a.items()})
        watched = all(len(rooms) == rooms.maxlen for rooms in self._rooms_a.values())
        before_a = dict(self._set_a)
        for name, set_a in before_a.items():
            held_a = MINIMUM_A if set_a > 0 and seen.cars[name].plugged else 0.0
            raised_a = lasting_a[name] if watched and self._rested(name, seen.t_s) else 0.0
            self._set_a[name] = max(min(set_a, now_a[name]), held_a, min(raised_a, now_a[name]))
        self._pause_last_car(seen)
        return self._set_a

    def _warm(self, phase: str, heating: float) -> None:
        before = self._warmth.get(phase, heating)
        self._warmth[phase] = heating + (before - heating) * exp(-1 / TAU_S)
        self._high_s[phase] = self._high_s[phase] + 1 if heating >= FAR_ABOVE**2 else 0

    def _rested(self, name: str, t_s: int) -> bool:
        return self._set_a[name] > 0 or t_s - self._paused_s.get(name, -PAUSE_S) >= PAUSE_S

    def _shares(self, seen: SecondReading, left_a: dict[str, float]) -> dict[str, float]:
        """Return amps by car: minimums in order, running cars even if they do not fit; then the rest in order."""
        given_a = dict.fromkeys(self._order, 0.0)
        for more in (False, True):
            for name in self._order:
                car = seen.cars[name]
                room_a = float(floor(min(left_a[phase] for phase in car.phases)))
                runs = self._set_a[name] > 0
                fits = room_a >= MINIMUM_A and (runs or self._rested(name, seen.t_s))
                least_a = MINIMUM_A if car.plugged and (runs or fits) else 0.0
                add_a = max(min(room_a, car.max_a - given_a[name]), 0.0) * (given_a[name] > 0) if more else least_a
                given_a[name] += add_a
                for phase in car.phases:
                    left_a[phase] -= add_a
        return given_a

    def _pause_last_car(self, seen: SecondReading) -> None:
        """Pause the last car in order on each phase whose fuse model is spent, or that is far above its rating for 2 s.

        Only while the phase's room is below the minimum of its cars. Its warmth then restarts at 1 or below.
        """
        for phase, warmth in self._warmth.items():
            if warmth < SPENT and self._high_s[phase] < 2:
                continue
            on_it = [n for n in self._order if self._set_a[n] > 0 and phase in seen.cars[n].phases]
            if on_it and self._rooms_a[phase][-1] < MINIMUM_A * len(on_it):
                self._set_a[on_it[-1]], self._paused_s[on_it[-1]] = 0.0, seen.t_s
                self._warmth[phase], self._high_s[phase] = min(warmth, 1.0), 0
