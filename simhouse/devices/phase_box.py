"""The contactor of a charger that switches between one phase and three, with typical behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .entities import Call, State

FLOWS_A = 1.0
"""A contactor that moves under more wears out, and with a car that bridges phases it is a short circuit."""


class Obeys(StrEnum):
    """How a box carries out a command to switch phases."""

    YES = "yes"
    NO = "no"  # and shows it
    ONLY_SAYS_SO = "only says so"
    NEXT_SESSION = "next session"  # to one phase at once, to three when the car is plugged in again


@dataclass(frozen=True)
class PhaseBox:
    """A switching box. `takes_s`: delay from command to contactor; `lines`: its initial number of phases."""

    obeys: Obeys = Obeys.YES
    takes_s: float = 2.0
    lines: int = 3


class Contactor:
    """One charger's phases. `under_current`: how often it moved while current flowed."""

    def __init__(self, entry: Mapping[str, Any] | None, box: PhaseBox, phases: int) -> None:
        self.box, self.phases = box, phases
        self.entity = (
            next((str(entry[way]) for way in ("select", "switch", "number") if entry.get(way)), None) if entry else None
        )
        self._states = {1: _state(entry["one"]), phases: _state(entry["three"])} if entry else {}
        self.lines = self.shown = box.lines if self.entity else phases
        self.moves = self.under_current = 0
        self._due: tuple[float, int] | None = None

    def handle(self, call: Call, now_s: float) -> bool:
        """Carry out a service call for its entity; return whether the call was for it."""
        if self.entity is None or call.entity != self.entity:
            return False
        verb = call.service.partition(".")[2]
        told = {"turn_on": "on", "turn_off": "off"}.get(verb, _state(call.data.get("option", call.data.get("value"))))
        lines = next((count for count, state in self._states.items() if state == told), None)
        if lines is not None:
            self._due = (now_s + self.box.takes_s, lines)
        return True

    def set_by_hand(self) -> None:
        """Switch to the other phases as its user does at the box; a pending command is dropped."""
        self.lines = self.shown = 1 if self.lines > 1 else self.phases
        self._due = None

    def step(self, now_s: float, drawn_a: float, present: bool) -> None:
        """Advance by a second: a due command is carried out."""
        if self._due is None or now_s < self._due[0]:
            return
        lines, waits = self._due[1], self.box.obeys is Obeys.NEXT_SESSION and self._due[1] > self.lines and present
        if waits:
            self.shown = lines
            return
        self._due = None
        if self.box.obeys is not Obeys.NO:
            self.shown = lines
        if self.box.obeys in (Obeys.YES, Obeys.NEXT_SESSION) and lines != self.lines:
            self.moves += 1
            self.under_current += drawn_a >= FLOWS_A
            self.lines = lines

    def states(self) -> dict[str, State]:
        """Return its entity's state, empty without an entity."""
        return {} if self.entity is None else {self.entity: {"state": self._states[self.shown], "attributes": {}}}


def _state(value: object) -> str:
    return f"{float(value):g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
