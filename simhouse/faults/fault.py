"""A row of the fault matrix, and the result of playing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .stage import Stage

Predicate = Callable[["Stage"], bool]
"""Something about this second of a house that is so or not."""

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


OFFLINE_A = 6.0
INSTALLED_A = 16.0
"""An installer's offline limit and highest current of an Easee [A], which the house can always carry."""


class Trouble:
    """Interface of a fault: it begins, acts each second before the house moves, and ends."""

    async def begin(self, stage: Stage) -> None:
        """Begin the fault."""

    async def second(self, stage: Stage) -> None:
        """Act in a second of the fault, including the first."""

    async def end(self, stage: Stage) -> None:
        """End the fault; the broken part works again without help."""


@dataclass(frozen=True)
class Fault:
    """One row: the fault and its house, its safe state and deadline, and the house's state afterwards.

    `happens` and `safe_state` are texts for people; `promise`: source of `within_s`. `config`: CONFIG of a house that
    draws `house_a` on each phase; `arrives_s`: load -> when its car comes (default: at once). A car draws at most
    `car_a`, on `car_phases` phases or, if None, on all of its charger. `settles_s`: when the fault begins; `fine` must
    hold by then. `lasts_s`: its duration. `fine` must return within `fine_within_s`. `own_process`: Home Assistant can
    be killed. `pace_s`: real time of each second, for links that wait in real time for a reconnect. `calm_every_s`:
    interval of the seconds that Home Assistant hears of before the fault and after its deadline.
    """

    name: str
    happens: str
    safe_state: str
    config: Mapping[str, Any]
    troubles: tuple[Trouble, ...]
    safe: Predicate
    within_s: float
    promise: str
    fine: Predicate
    fine_within_s: float
    lasts_s: int = 120
    settles_s: int = 40
    house_a: float = 6.0
    solar_w: float | None = None
    soc_pct: float = 50.0
    car_a: float = 32.0
    car_phases: int | None = None
    arrives_s: Mapping[str, float] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    firmwares: Mapping[str, Any] = field(default_factory=dict)
    phase_boxes: Mapping[str, Any] = field(default_factory=dict)
    start: datetime = NOON
    time_zone: str | None = None
    own_process: bool = False
    pace_s: float = 0.0
    calm_every_s: int = 1

    @property
    def length_s(self) -> int:
        """The longest duration of playing it [s]."""
        return int(self.settles_s + self.lasts_s + self.fine_within_s) + STEADY_S


STEADY_S = 10
"""A state counts as fine once it has lasted for this long [s]."""


@dataclass(frozen=True)
class Outcome:
    """Measured result. Times in s, None for never; `worst` is the highest current as a multiple of the rating.

    `safe_s`: from the beginning of the fault until it was safe for the rest of the fault. `fine_s`: from its end until
    all was as before. `over_s`: how long a fuse was above its rating.
    """

    settled: bool
    safe_s: int | None
    fine_s: int | None
    worst: float
    over_s: int
    tripped: tuple[str, ...] = ()

    def complaints(self, fault: Fault) -> tuple[str, ...]:
        """Return the deviations from the row, empty without any."""
        found = list(self.tripped)
        if not self.settled:
            found.append(f"all was not well before the fault began, after {fault.settles_s} s")
        if self.safe_s is None:
            found.append(f"not safe by the end of the fault, after {fault.lasts_s} s")
        elif self.safe_s > fault.within_s:
            found.append(f"safe after {self.safe_s} s, promised are {fault.within_s:g}")
        if self.fine_s is None:
            found.append(f"not as before within {fault.fine_within_s:g} s of its end")
        return tuple(found)
