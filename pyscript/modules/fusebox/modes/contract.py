"""What a mode is: a function that turns a load and what is seen of it into a want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..site import Load
from ..snapshot import LoadState, Snapshot


@dataclass(frozen=True, slots=True)
class Want:
    """What a mode asks for: at most `max_a` amps on each phase; 0 asks for nothing. `reason` says why not more."""

    max_a: float
    reason: str = ""


ModeRule = Callable[[Load, LoadState, Snapshot], Want]
"""Pure: sees the load, its own state and the whole snapshot; remembers nothing."""
