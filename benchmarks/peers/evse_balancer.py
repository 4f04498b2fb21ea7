"""The control law of hass-evse-load-balancer, from its published constants: overloads are tolerated until a risk budget
is used up.

Each second the room of every phase is rounded down to whole amps. An overload adds to the phase's risk, the more the
higher it is; when the risk budget is used up, the chargers are cut by what is missing. They rise again after a quarter
of an hour. It knows no minimum current: a current below 6 A counts as a pause here, which favours the original. It has
no sun mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from .contract import Peer, SecondReading

RISKS = ((0.13, 1.0), (0.40, 2.0), (1.00, 6.0), (float("inf"), 60.0))
"""(overload as a share of the fuse, risk added each second up to it)."""

RISK_SPENT = 60.0
COOLING_PER_S = 1.0
WRITE_EVERY_S = 20
RAISE_AFTER_S = 900


class EvseBalancer(Peer):
    """A risk for every phase, a setpoint for every car."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self._risk: dict[str, float] = dict.fromkeys(self.grid, 0.0)
        self._set_a: dict[str, float] = {}
        self._changed_s: dict[str, int] = {}

    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return car -> new setpoint of those that change now, and remember them.

        While any phase is unknown only cars that have just arrived get one.
        """
        fresh = self._limits_of_arrivals(seen)
        if seen.blind:
            return fresh
        room_a = {
            phase: self._tolerated_current_a(phase, min(self.fuse_a, floor(self.fuse_a - (amps or 0.0))))
            for phase, amps in seen.grid_a.items()
        }
        changed = dict(fresh)
        for name, set_a in self._set_a.items():
            car = seen.cars[name]
            least_a = min(room_a[phase] for phase in car.phases)
            on_it = [n for n in self._set_a if set(seen.cars[n].phases) & set(car.phases)]
            wants_a = {n: self._want(n, seen, least_a) for n in on_it}
            total_a = sum(wants_a.values())
            if name in fresh or total_a <= 0:
                continue
            share_a = least_a * wants_a[name] / total_a
            new_a = float(floor(min(max(set_a + share_a, 0.0), car.max_a)))
            rest_s = WRITE_EVERY_S if new_a < set_a else RAISE_AFTER_S
            if new_a != set_a and seen.t_s - self._changed_s[name] >= rest_s:
                changed[name] = new_a
        for name, amps in changed.items():
            self._set_a[name], self._changed_s[name] = amps, seen.t_s
        return changed

    def _limits_of_arrivals(self, seen: SecondReading) -> dict[str, float]:
        """Return the maximum for each car that has just arrived, and remember it as its setpoint."""
        came = {n: car.max_a for n, car in seen.cars.items() if car.plugged and n not in self._set_a}
        self._set_a = {n: amps for n, amps in self._set_a.items() if seen.cars[n].plugged} | came
        self._changed_s |= dict.fromkeys(came, seen.t_s)
        return came

    def _tolerated_current_a(self, phase: str, room_a: float) -> float:
        """Return a phase's available current; an overload counts only once the risk is spent, until then it is 0."""
        if room_a >= 0:
            self._risk[phase] = max(self._risk[phase] - COOLING_PER_S, 0.0)
            return room_a
        share = -room_a / self.fuse_a
        self._risk[phase] += next(risk for up_to, risk in RISKS if share <= up_to)
        if self._risk[phase] < RISK_SPENT:
            return 0.0
        self._risk[phase] = 0.0
        return room_a

    def _want(self, name: str, seen: SecondReading, least_a: float) -> float:
        """Return a car's weight in a change: for a cut its setpoint, for a raise what it lacks to its maximum."""
        set_a = self._set_a[name]
        return set_a if least_a < 0 else seen.cars[name].max_a - set_a
