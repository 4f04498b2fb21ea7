"""A limit on a weighted sum of loads, and the energy budgets that are such limits. Frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from enum import StrEnum

from .electrics import DUST, Phase
from .messages.message import Message, Value, message
from .records import record


class Budget(StrEnum):
    """Ceilings that are no wire but energy: their loads wait and stop with the patience of the sun."""

    SOLAR = "solar"
    EXCESS = "excess"
    GRID_CHARGING_OFF = "grid charging off"

    @property
    def energy(self) -> str:
        """What a load that lives on it waits for."""
        return _ENERGY[self]


_ENERGY = {
    Budget.SOLAR: "sun",
    Budget.EXCESS: "excess",
    # Who wonders why `standard` does not charge looks for the switch that forbids it.
    Budget.GRID_CHARGING_OFF: "own power (allow_grid_charging is off)",
}


@record
class Ceiling:
    """A limit: the sum over loads of weight x amps may not exceed `room_a`."""

    name: str
    """Which limit, for a person and as a key."""
    cause: str
    """The code of its message: what it comes from."""
    room_a: float
    """What the loads may take of it together [A]."""
    weights: Mapping[str, float]
    """Load -> how much one of its amps uses."""
    binds: frozenset[str] | None = None
    """The loads that it stops, None for all of them. What the others take of it is only subtracted, at most down to
    what it still held for that load."""
    budget: Budget | None = None
    """The energy budget that this is a part of, None for a wire or a contract."""
    phases: tuple[Phase, ...] = ()
    """The phases that it is over."""
    against: tuple[Phase, ...] = ()
    """Those on which a load must not be to count here: what it takes there outweighs it."""
    drawn_a: Mapping[str, float] = field(default_factory=dict)
    """Load -> what it uses of this now, at its measured draw [A]."""
    used_a: float = 0.0
    """What others use, as of the last reading [A]."""
    uncertainty_a: float = 0.0
    """How much more that may be [A]."""
    flow_a: float = 0.0
    """What flows under it now, ours included [A]."""
    exported_a: float = 0.0
    """What its meter shows to flow out [A], 0 while power flows in."""
    rating_a: float = 0.0
    """Where it comes from, before any margin [A]."""
    margin_a: float = 0.0
    """What below that only a raise leaves free [A]; not in `room_a`."""
    fuse: str | None = None
    """The circuit whose fuse this is, None for a limit without a thermal budget."""
    known: bool = True
    """False while a reading behind it is missing or late."""
    metered: bool = True
    """False where there never is a reading, and only our own loads are counted."""
    bears_s: float | None = None
    """Where it is energy over a time, for how long what runs may go on as it does before even the minimums have to stop
    [s]; None where every moment counts."""
    ends_in_s: float = float("inf")
    """When such a time ends [s from now]."""
    spare_as: float = float("inf")
    """What the loads may still take of it [A x s]."""
    then_as: float = float("inf")
    """What the next one leaves for them [A x s]."""
    reported_s: float = float("-inf")
    """When the newest reading behind it came [s since 1970]."""
    voltage_v: float = 0.0
    """By which its amps are told as power [V]."""
    details: Mapping[str, Value] = field(default_factory=dict)
    """What its message shows beside the numbers of this record."""

    def explained(self, **situation: Value) -> Message:
        """Return the message of the limit with the numbers of now. `situation`: what it does to a load."""
        values: dict[str, Value] = {
            "limit": self.name,
            "circuit": self.fuse or "",
            "phase": self.phases[0].name if self.phases else "",
            "rating_a": self.rating_a,
            "house_a": round(self.used_a, 0),
            "house_kw": round(self.used_a * self.voltage_v / 1000, 1),
            "room_kw": round(self.room_a * self.voltage_v / 1000, 1),
            **self.details,
            **situation,
        }
        return message(self.cause, **values)

    @property
    def exceeded(self) -> bool:
        """Whether more flows than the rating."""
        return self.flow_a > self.rating_a + DUST

    @property
    def overdrawn(self) -> bool:
        """Whether more flows in than the rating: export is too much as well, but loads relieve it."""
        return self.exceeded and self.used_a + sum(self.drawn_a.values()) > 0

    def weight_on(self, phases: Collection[Phase]) -> float:
        """How much one amp on each of these phases uses of it."""
        if any(phase in phases for phase in self.against):
            return 0.0
        return float(sum(phase in phases for phase in self.phases))

    def stops(self, load: str) -> bool:
        """Whether this limits what the load may have."""
        return load in self.weights and (self.binds is None or load in self.binds)
