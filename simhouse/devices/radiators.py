"""A group of electric radiators with a thermostat and a relay each; a room is one body that warms and cools."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from .entities import Call, State
from .plug import LATENCY_S, Plug, PlugSpec

OUTSIDE_C, SET_C, BAND_K = 4.0, 20.0, 0.4
LOSS_W_K, ROOM_J_K = 32.0, 1_500_000.0
"""A small room loses so much for each degree between it and the outside, and needs so much energy for a degree."""


class RadiatorGroup(Plug):
    """The radiators of one `radiators` section, as one load."""

    def __init__(
        self,
        name: str,
        load: Mapping[str, Any],
        section: Mapping[str, Any],
        phases: tuple[str, ...],
        random: Random,
        units: Mapping[str, str],
    ) -> None:
        rows: Sequence[Mapping[str, Any]] = section["radiators"]
        self.rated_w = float(load.get("rated_w", 1150))
        super().__init__(PlugSpec(name, phases, "", None, self.rated_w * len(rows)), random, units)
        self._virtual = {str(row["actual"]): str(row["virtual"]) for row in rows}
        self._on = dict.fromkeys(self._virtual, False)
        self._room_c = {relay: random.uniform(18.0, 19.8) for relay in self._virtual}
        self._calls = dict.fromkeys(self._virtual, True)
        self._coming: list[tuple[float, str, bool]] = []

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Current on each of its phases [A]."""
        power_w = self.rated_w * sum(self._on.values()) if self.powered else 0.0
        return dict.fromkeys(self.spec.phases, power_w / len(self.spec.phases) / voltage_v)

    def handle(self, call: Call, now_s: float) -> bool:
        """Takes a service call for one of the relays."""
        wanted = {"turn_on": True, "turn_off": False}.get(call.service.partition(".")[2])
        if call.entity not in self._on or wanted is None:
            return False
        self.commands += 1
        self._coming.append((now_s + LATENCY_S, call.entity, wanted))
        return True

    def step(self, now_s: float, powered: bool) -> None:
        """One second: relays that are due move, rooms warm up or cool down, thermostats call."""
        self.powered = powered
        for due in [each for each in self._coming if each[0] <= now_s]:
            self.starts += due[2] and not self._on[due[1]]
            self._on[due[1]] = due[2]
            self._coming.remove(due)
        for relay, is_on in self._on.items():
            heat_w = self.rated_w if is_on and powered else 0.0
            self._room_c[relay] += (heat_w - LOSS_W_K * (self._room_c[relay] - OUTSIDE_C)) / ROOM_J_K
            limit_c = SET_C + BAND_K / 2 if self._calls[relay] else SET_C - BAND_K / 2
            self._calls[relay] = self._room_c[relay] < limit_c
            self.taken_kwh += heat_w / 3_600_000
        self.on = any(self._on.values())

    def states(self, voltage_v: float) -> dict[str, State]:
        """Relays and thermostats as Home Assistant shows them now."""
        words = {True: "on", False: "off"}
        relays = {relay: words[is_on] if self.powered else "unavailable" for relay, is_on in self._on.items()}
        thermostats = {self._virtual[relay]: words[calls] for relay, calls in self._calls.items()}
        return {entity: {"state": state, "attributes": {}} for entity, state in {**relays, **thermostats}.items()}
