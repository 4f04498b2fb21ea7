"""A limit on a weighted sum of loads, and the energy budgets that are such limits. Frozen values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from enum import StrEnum

from .electrics import DUST, Phase
from .messages.message import Message, Value, message
from .records import record


class Budget(StrEnum):
    """Ceilings on energy rather than wires: their loads wait and stop with the patience for the sun."""

    SOLAR = "solar"
    EXCESS = "excess"
    GRID_CHARGING_OFF = "grid charging off"

    @property
    def energy(self) -> str:
        """The name of the energy that its loads wait for."""
        return _ENERGY[self]


_ENERGY = {
    Budget.SOLAR: "sun",
    Budget.EXCESS: "excess",
    # The text names the setting, because it is why a load in `standard` does not charge.
    Budget.GRID_CHARGING_OFF: "own power (allow_grid_charging is off)",
}
SUN_AND_BATTERY = "sun and battery"
"""The energy of a budget of which a battery's surplus is a part."""


@record
class Ceiling:
    """A limit: the sum over loads of weight x amps may not exceed `headroom_a`."""

    name: str
    """The name of the limit, for the user and as a key."""
    cause: str
    """The code of the message that explains it."""
    headroom_a: float
    """What its loads may take together [A]."""
    weights: Mapping[str, float]
    """Load -> amps of the limit that one of its amps uses."""
    binds: frozenset[str] | None = None
    """The loads that it stops, None for all. What other loads use of it is only subtracted, down to 0 at most."""
    budget: Budget | None = None
    """The energy budget that it belongs to, None for a wire or a contract."""
    phases: tuple[Phase, ...] = ()
    """The phases that it covers."""
    against: tuple[Phase, ...] = ()
    """Phases for comparison (imbalance): a load that is on one of them does not count here."""
    drawn_a: Mapping[str, float] = field(default_factory=dict)
    """Load -> its present use of this limit, by its draw [A]."""
    ignored_a: Mapping[str, float] = field(default_factory=dict)
    """Load -> the part of its draw that cannot be steered now and counts as house load in `used_a` [A]."""
    used_a: float = 0.0
    """The house load under it at the last reading [A]."""
    least_used_a: float = 0.0
    """For a fuse: the lowest that the house load under it may be [A], negative where it feeds in.

    Unlike in `used_a`, nothing is reserved in it for loads out of reach, except what these may discharge.
    """
    uncertainty_a: float = 0.0
    """How much higher the house load may be [A]."""
    flow_a: float = 0.0
    """The present current under it, our loads included [A]."""
    exported_a: float = 0.0
    """What flows out under a fuse, at its meter if it has one [A], 0 during import."""
    rating_a: float = 0.0
    """The limit before any margin [A]."""
    margin_a: float = 0.0
    """The part below it that is left free by raises only [A]; already subtracted from `headroom_a`."""
    fuse: str | None = None
    """The circuit whose fuse this is, None for a limit without a thermal budget."""
    known: bool = True
    """False while a reading behind it is missing or late."""
    metered: bool = True
    """False where it has no meter, and only our own loads are counted."""
    tolerates_s: float | None = None
    """For a limit on energy: how long running loads may continue before even minimums have to stop [s].

    None where every moment counts.
    """
    ends_in_s: float = float("inf")
    """For a limit on energy: when its window ends [s from now]."""
    spare_as: float = float("inf")
    """What the loads may still take in this window [A x s]."""
    then_as: float = float("inf")
    """What the next window leaves for the loads [A x s]."""
    then_a: float = float("inf")
    """The current that the next window leaves for the loads if they take it evenly [A]."""
    reported_s: float = float("-inf")
    """The time of the newest reading behind it [s since 1970]."""
    voltage_v: float = 0.0
    """Converts its amps to watts [V]."""
    details: Mapping[str, Value] = field(default_factory=dict)
    """Further values that its message shows."""

    def limit_message(self, **situation: Value) -> Message:
        """Return the message of the limit (`cause`): name, phase, rating, use by the house and headroom.

        The use and what is kept free for an appliance are in amps under a fuse, in kW under another limit. A negative
        use is given as feed-in. `details` and `situation`, values about its effect on a load, are added.
        """
        house_a, details = self.house_a, dict(self.details)
        house, house_a = ("feed_in", -house_a) if round(house_a) < 0 else ("house", max(house_a, 0.0))
        unit, per_a, digits = ("a", 1.0, 0) if self.fuse is not None else ("kw", self.voltage_v / 1000, 1)
        if "cycling_a" in details:
            details[f"cycling_{unit}"] = round(float(details.pop("cycling_a")) * per_a, digits)
        values: dict[str, Value] = {
            **({"limit": self.name} if self.fuse is None else {"circuit": self.fuse}),
            "phase": self.phases[0].name if self.phases else "",
            "rating_a": self.rating_a,
            f"{house}_{unit}": round(house_a * per_a, digits),
            "room_kw": round(self.headroom_a * self.voltage_v / 1000, 1),
            **details,
            **situation,
        }
        return message(self.cause, **values)

    @property
    def energy(self) -> str:
        """The name of the energy that it shares, "" for a limit that is no budget."""
        if self.cause == "limited_by_surplus_and_battery":
            return SUN_AND_BATTERY
        return "" if self.budget is None else self.budget.energy

    @property
    def house_a(self) -> float:
        """The house load alone [A], negative where it feeds in, as it stands in sentences.

        Without what is kept free for a cycling appliance, which stands there by itself, and draws that cannot be
        steered now, which stand with their loads.
        """
        unsteered_a = sum(self.ignored_a.values())
        house_a = self.used_a - float(self.details.get("cycling_a", 0.0)) - unsteered_a
        if not self.ignored_a or self.exported_a:
            return house_a
        # A draw found to be unsteered after the meter's last reading is not yet part of `used_a`.
        return max(house_a, self.flow_a - sum(self.drawn_a.values()) - unsteered_a)

    @property
    def net_a(self) -> float:
        """The present current under it, our loads included, negative where it flows out of a fuse [A]."""
        return self.flow_a - 2 * self.exported_a

    @property
    def exceeded(self) -> bool:
        """Whether the current is above the rating."""
        return self.flow_a > self.rating_a + DUST

    @property
    def overdrawn(self) -> bool:
        """Whether the import is above the rating; loads would relieve an excessive export."""
        return self.exceeded and self.used_a + sum(self.drawn_a.values()) > 0

    def weight_on(self, phases: Collection[Phase]) -> float:
        """Return how much of it one amp on each of these phases uses: the number of its phases among them.

        0 if one of them is among `against`.
        """
        if any(phase in phases for phase in self.against):
            return 0.0
        return float(sum(phase in phases for phase in self.phases))

    def stops(self, load: str) -> bool:
        """Return whether it limits a load: one that has a weight and is among `binds`, if there are any."""
        return load in self.weights and (self.binds is None or load in self.binds)


def unmeasured_limits(ceilings: Iterable[Ceiling]) -> list[Ceiling]:
    """Return the fuses, contracts and limits over time that have no recent reading; budgets of energy never count."""
    return [ceiling for ceiling in ceilings if not ceiling.known and ceiling.budget is None]
