"""A state machine as a table: what moves a state to another, and why. Whatever is in no row changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, E]):
    """An event moves any of these states to another."""

    before: tuple[S, ...]
    event: E
    after: S
    why: str


class Machine(Generic[S, E]):
    """All transitions of one kind of state."""

    def __init__(self, *transitions: Transition[S, E]) -> None:
        self.transitions = transitions
        self._after = {(state, row.event): row.after for row in transitions for state in row.before}

    def after(self, state: S, event: E) -> S:
        """The state that follows."""
        return self._after.get((state, event), state)
