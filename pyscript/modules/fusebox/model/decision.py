"""What is decided: shares, commands, and what a person is told. All frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .ceiling import Ceiling
from .memory import Memory


@dataclass(frozen=True, slots=True)
class Share:
    """What one load gets [A]; `binding` are the ceilings that kept it from more, none when it has all it could use.

    Without all of them the load would have had more; without any other it would not.
    """

    amps: float
    binding: tuple[Ceiling, ...] = ()


Allocation = Mapping[str, Share]
"""Shares by load name, in order of service."""


@dataclass(frozen=True, slots=True)
class Command:
    """One change for one device. `current_a` None leaves the current as it is; `on` None leaves the switch."""

    load: str
    current_a: float | None = None
    on: bool | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows: amps allocated, the setpoint, words; `problem` is what a person should look at.

    `noteworthy`: whether its reason belongs to the site's, because patience keeps it from what it wants or nothing
    stops it; `held_back`: whether a limit does that it has not asked for, as it has who waits for the sun; `unsolved`:
    whether its problem is a fault of the site's, as that of a load that is not to run is not.
    """

    allocated_a: float
    setpoint_a: float
    available_a: float
    status: str
    binding: str
    reason: str
    problem: str = ""
    noteworthy: bool = False
    unsolved: bool = False
    held_back: bool = False


class Words(NamedTuple):
    """What a decision tells a person: a note on each load by its name, the site's state word and its reason."""

    notes: Mapping[str, Note]
    state: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show.

    `surplus_w`: own production that the house does not use, None where nothing generates or it is unknown. `problems`:
    what a person should look at, beside those of single loads. `explain`: finds the words. It takes its
    time, so it is done when they are first asked for: after the commands have left.
    """

    commands: tuple[Command, ...]
    memory: Memory
    ceilings: tuple[Ceiling, ...]
    allocation: Allocation
    surplus_w: float | None
    problems: tuple[str, ...]
    explain: Callable[[], Words] = field(compare=False, repr=False)

    @cached_property
    def _words(self) -> Words:
        return self.explain()

    @property
    def notes(self) -> Mapping[str, Note]:
        """One note a load."""
        return self._words.notes

    @property
    def state(self) -> str:
        """The site's state word."""
        return self._words.state

    @property
    def reason(self) -> str:
        """The site's reason."""
        return self._words.reason
