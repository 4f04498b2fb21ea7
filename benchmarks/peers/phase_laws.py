"""How evcc and openWB decide between one phase and three on the sun, written from what they say and do: references.

Times and thresholds are their defaults. Neither knows fuses here. Both stop the car, wait until nothing flows, switch,
and begin again; what their drivers for single boxes do beyond that is left out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

VOLTS, LEAST_A = 230.0, 6.0
LINES = 3
DRAWS_A = 1.0
REST_S = 10
"""Time from the switch to the next offer [s], the minimum of both."""


class PhaseLaw(ABC):
    """A controller of one car with an entity that switches its phases. `line` answers as a host does."""

    every_s = 10
    """Interval of its decisions [s]."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._site, self._load = config["site"], config["loads"]["car"]
        self.max_a = float(self._load["max_a"])
        self._states: dict[str, str] = {}
        self.lines, self.told_a = LINES, 0.0
        self._was_told = False
        self._switching: tuple[int, float] | None = None
        """To how many phases, and since when it rests; before that infinite."""

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the calls that follow from a second of the house."""
        self._states |= {entity: str(state["state"]) for entity, state in message["states"].items()}
        t_s = message["t"]
        calls = (
            self._continue_switch(t_s)
            if self._switching
            else self._decision_calls(t_s)
            if t_s % self.every_s == 0
            else []
        )
        return {"t": t_s, "calls": calls, "states": {}, "responses": []}

    @property
    def grid_w(self) -> float:
        """The net sum of the phases [W, + = import]."""
        return sum(self._number(entity) for entity in self._site["grid"].values())

    @property
    def car_w(self) -> float:
        """The car's power [W]."""
        return VOLTS * sum(self._number(entity) for entity in self._load["draw"].values())

    @abstractmethod
    def decide(self, t_s: int) -> tuple[float, int]:
        """Return the current for the car [A], below 6 for a pause, and the number of phases."""

    def _number(self, entity: str) -> float:
        word = self._states.get(entity, "0")
        return 0.0 if word == "unknown" else float(word)

    def _decision_calls(self, t_s: int) -> list[dict[str, Any]]:
        wanted_a, lines = self.decide(t_s)
        if lines != self.lines:
            self._switching = (lines, float("inf"))
            return self._current_calls(0.0)
        return self._current_calls(min(wanted_a, self.max_a) if wanted_a >= LEAST_A else 0.0)

    def _continue_switch(self, t_s: int) -> list[dict[str, Any]]:
        assert self._switching is not None
        lines, switched_s = self._switching
        if switched_s == float("inf"):
            if self.car_w >= DRAWS_A * VOLTS:
                return []
            self._switching, self.lines = (lines, t_s), lines
            way = self._load["phase_switch"]
            option = way["one"] if lines == 1 else way["three"]
            return [{"service": "select.select_option", "data": {"entity_id": way["select"], "option": option}}]
        if t_s - switched_s < REST_S:
            return []
        self._switching = None
        self.switched(t_s)
        return self._current_calls(LEAST_A)

    @abstractmethod
    def switched(self, t_s: int) -> None:
        """Note that charging has just begun again on other phases."""

    def _current_calls(self, amps: float) -> list[dict[str, Any]]:
        before, self.told_a = self.told_a, float(int(amps))
        calls = []
        if self.told_a > 0 and self.told_a != before:
            data = {"entity_id": self._load["current"], "value": self.told_a}
            calls.append({"service": "number.set_value", "data": data})
        if (before > 0) != (self.told_a > 0) or not self._was_told:
            self._was_told = True
            service = "switch.turn_on" if self.told_a > 0 else "switch.turn_off"
            calls.append({"service": service, "data": {"entity_id": self._load["switch"]}})
        return calls


class Evcc(PhaseLaw):
    """evcc, mode `pv`, phases on automatic: core/loadpoint.go, pvScalePhases and pvMaxCurrent, read at b49e30."""

    enable_s, disable_s, settles_s = 60, 180, 60

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self._since: dict[str, int] = {}
        self._quiet_until_s = 0

    def switched(self, t_s: int) -> None:
        """Start the minute in which nothing is measured or decided."""
        self._quiet_until_s = t_s + self.settles_s
        self._since.clear()

    def decide(self, t_s: int) -> tuple[float, int]:
        """Return current [A] and number of phases: phases first, then start and stop, then the current."""
        if t_s < self._quiet_until_s:
            return self.told_a, self.lines
        available_w = self.car_w - self.grid_w
        on = self.told_a > 0
        down = self.lines > 1 and available_w < LINES * LEAST_A * VOLTS and (self.grid_w > 0 or not on)
        up = self.lines == 1 and available_w / VOLTS > self.max_a and available_w / VOLTS >= LINES * LEAST_A
        if self._has_lasted("down", down, t_s, self.disable_s if on else 0) and available_w >= LEAST_A * VOLTS:
            return LEAST_A, 1
        if self._has_lasted("up", up, t_s, self.enable_s if on else 0):
            return LEAST_A, LINES
        wanted_a = available_w / VOLTS / self.lines
        if on and wanted_a < LEAST_A:
            return (0.0 if self._has_lasted("disable", True, t_s, self.disable_s) else LEAST_A), self.lines
        self._has_lasted("disable", False, t_s, 0)
        if not on and not self._has_lasted("enable", wanted_a >= LEAST_A, t_s, self.enable_s):
            return 0.0, self.lines
        return wanted_a, self.lines

    def _has_lasted(self, what: str, holds: bool, t_s: int, for_s: int) -> bool:
        if not holds:
            self._since.pop(what, None)
            return False
        return t_s - self._since.setdefault(what, t_s) >= for_s


class OpenWb(PhaseLaw):
    """openWB 2, mode `pv`: control/ev/ev.py auto_phase_switch, and the delays of its general settings."""

    on_s, off_s, down_s, up_s, rest_s, keeps_s = 30, 60, 60, 30, 420, 40
    on_w, off_w = 1500.0, 50.0

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self._since: dict[str, int] = {}
        self._switched_s = -self.rest_s

    def switched(self, t_s: int) -> None:
        """Start the seven minutes without another switch, and the forty seconds in which charging continues."""
        self._switched_s = t_s
        self._since.clear()

    def decide(self, t_s: int) -> tuple[float, int]:
        """Start and stop, then phases, then the current."""
        surplus_w, on = -self.grid_w, self.told_a > 0
        may_switch = t_s - self._switched_s >= self.rest_s
        if not on:
            needs_w = max(self.on_w, LEAST_A * VOLTS * self.lines)
            if self._has_lasted(
                "one", may_switch and self.lines > 1 and self.on_w <= surplus_w < needs_w, t_s, self.down_s
            ):
                return LEAST_A, 1
            begins = self._has_lasted("on", surplus_w >= needs_w, t_s, self.on_s)
            return (LEAST_A if begins else 0.0), self.lines
        drawn_a = self.car_w / VOLTS / self.lines
        wanted_a = (self.car_w + surplus_w) / VOLTS / self.lines
        down = self.lines > 1 and drawn_a < LEAST_A + 1 and surplus_w <= 0
        up = self.lines == 1 and drawn_a > self.max_a - 1
        up = up and surplus_w > LINES * LEAST_A * VOLTS - self.max_a * VOLTS
        if may_switch and self._has_lasted("down", down, t_s, self.down_s):
            return LEAST_A, 1
        if may_switch and self._has_lasted("up", up, t_s, self.up_s):
            return LEAST_A, LINES
        if t_s - self._switched_s < self.keeps_s:
            return max(wanted_a, LEAST_A), self.lines
        stops = surplus_w < -self.off_w and wanted_a < LEAST_A
        return (0.0 if self._has_lasted("off", stops, t_s, self.off_s) else max(wanted_a, LEAST_A)), self.lines

    def _has_lasted(self, what: str, holds: bool, t_s: int, for_s: int) -> bool:
        if not holds:
            self._since.pop(what, None)
            return False
        return t_s - self._since.setdefault(what, t_s) >= for_s
