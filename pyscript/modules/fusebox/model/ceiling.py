"""A limit on a weighted sum of loads, and the energy budgets that are such limits. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .. import tuning


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


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit: the sum over loads of weight x amps may not exceed `room_a`.

    `weights`: load -> how much one of its amps uses; `binds`: the loads that it stops, None for all of them. What the
    others take of it is only subtracted, at most down to what it still held for that load. `budget`: the energy budget
    that this is a part of, None for a wire or a contract. `drawn_a`: load -> what it uses of this now, at its measured
    draw. `used_a`: what others use, as of the last reading, `uncertainty_a`: how much more that may be; `flow_a`: what
    flows under it now, ours included. `rating_a`: where it comes from, before any margin. `name` says which limit,
    `wording` is its `reason` for a person with `{used_a}`, `{used_kw}`, `{room_kw}` and `{rating_a}` to be filled in,
    `fuse` is the circuit whose fuse this is, None for limits without a thermal budget. `known` is False while a reading
    behind it is missing or late, `reported_s` is the time of the newest [s since 1970]; `metered` is False where there
    never is one, and only our own loads are counted. `bears_s` is None where every moment counts; where it is energy
    over a time, for how long [s] what runs may go on as it does before even the minimums have to stop. `ends_in_s`:
    when such a time ends [s from now], `spare_as`: what the loads may still take of it, `then_as`: what the next one
    leaves for them [A x s].
    """

    name: str
    wording: str
    room_a: float
    weights: Mapping[str, float]
    binds: frozenset[str] | None = None
    budget: Budget | None = None
    drawn_a: Mapping[str, float] = field(default_factory=dict)
    used_a: float = 0.0
    uncertainty_a: float = 0.0
    flow_a: float = 0.0
    rating_a: float = 0.0
    fuse: str | None = None
    known: bool = True
    metered: bool = True
    bears_s: float | None = None
    ends_in_s: float = float("inf")
    spare_as: float = float("inf")
    then_as: float = float("inf")
    reported_s: float = float("-inf")
    voltage_v: float = 0.0

    @property
    def reason(self) -> str:
        """The limit in words, with the numbers of now."""
        used_kw, room_kw = self.used_a * self.voltage_v / 1000, self.room_a * self.voltage_v / 1000
        words = self.wording.format(used_a=self.used_a, used_kw=used_kw, room_kw=room_kw, rating_a=self.rating_a)
        return f"{self.name}: {words}" if words else self.name

    @property
    def exceeded(self) -> bool:
        """Whether more flows than the rating."""
        return self.flow_a > self.rating_a + tuning.DUST

    @property
    def overdrawn(self) -> bool:
        """Whether more flows in than the rating: export is too much as well, but loads relieve it."""
        return self.exceeded and self.used_a + sum(self.drawn_a.values()) > 0

    def stops(self, load: str) -> bool:
        """Whether this limits what the load may have."""
        return load in self.weights and (self.binds is None or load in self.binds)
