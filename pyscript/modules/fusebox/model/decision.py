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
    """What one load gets."""

    amps: float
    """On each of its phases [A]."""
    limited_by: tuple[Ceiling, ...] = ()
    """The ceilings that kept it from more, none when it has all it could use. Without all of them it would have had
    more; without any other it would not."""


Allocation = Mapping[str, Share]
"""Shares by load name, in order of service."""


@dataclass(frozen=True, slots=True)
class Command:
    """One change for one device."""

    load: str
    """Its name."""
    current_a: float | None = None
    """The current to set [A], None leaves it as it is."""
    on: bool | None = None
    """The switch to set, None leaves it as it is."""
    urgent: bool = False
    """Whether it does not wait for a write interval."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows."""

    allocated_a: float
    """What it was allocated [A]."""
    setpoint_a: float
    """What it is to be at now [A]."""
    available_a: float
    """What it could have [A]."""
    status: str
    """What its device says of itself."""
    limited_by: str
    """The names of the ceilings that kept it from more."""
    reason: str
    """Why it is so, in a sentence."""
    problem: str = ""
    """What a person should look at, "" for nothing."""
    noteworthy: bool = False
    """Whether its reason belongs to the site's: patience keeps it from what it wants, or nothing stops it."""
    unsolved: bool = False
    """Whether its problem is a fault of the site's, as that of a load that is not to run is not."""
    held_back: bool = False
    """Whether a limit does that it has not asked for, as it has who waits for the sun."""


class Words(NamedTuple):
    """What a decision tells a person: a note on each load by its name, the site's state word and its reason."""

    notes: Mapping[str, Note]
    state: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show."""

    commands: tuple[Command, ...]
    """What to send now."""
    memory: Memory
    """What to remember until the next step."""
    ceilings: tuple[Ceiling, ...]
    """Every limit of now."""
    allocation: Allocation
    """Everybody's share."""
    surplus_w: float | None
    """Own production that the house does not use [W], None where nothing generates or it is unknown."""
    problems: tuple[str, ...]
    """What a person should look at, beside those of single loads."""
    explain: Callable[[], Words] = field(compare=False, repr=False)
    """Finds the words. It takes its time, so it is done when they are first asked for: after the commands have left."""

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
