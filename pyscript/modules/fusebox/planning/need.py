"""What is to be planned: each load's energy and time, what limits it, and what a kilowatt-hour costs when.

A slot is a quarter of an hour, the first one the present one; all powers are means of a slot [kW].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model.durations import HOUR_S, MINUTE_S, QUARTER_S

SLOT_H = QUARTER_S / HOUR_S
"""How long a slot is [h]."""
MOST_SLOTS = 192
"""Nothing is planned farther ahead than two days."""
DUST_KW = 1e-6
"""Powers this close are the same [kW]: sums of floating point leave as much behind."""
DUST_KWH = DUST_KW * SLOT_H
"""The same of energies [kWh]."""


def in_minutes(passed_s: float) -> int:
    """As least times are told."""
    return round(passed_s / MINUTE_S)


Powers = Mapping[str, Sequence[float]]
"""Need -> what it takes in each slot from the first one on [kW]."""


@dataclass(frozen=True, slots=True)
class Need:
    """Energy that a load needs by a time."""

    name: str
    """Its own: a load may have several needs, such as one for each day."""
    energy_kwh: float
    """What it takes from the wire, its charger's loss included [kWh]."""
    max_kw: float
    """The most that it takes [kW]."""
    end: int
    """The first slot after its time."""
    first: int = 0
    """The first slot in which it may run."""
    min_kw: float = 0.0
    """The least that it runs at [kW]; its maximum where it is only on or off."""
    priority: int = 1
    """Whose energy goes first where not all fits; 1 is first."""
    min_slots: int = 1
    """It runs for so many slots at least, once it runs."""
    ran_s: float = 0.0
    """So long it has run up to now [s]; 0 while it does not."""
    early: bool = False
    """Whether the earlier of two equal prices is taken, else the later."""
    at_once: bool = False
    """Whether it starts now, whatever the price."""
    max_price: float | None = None
    """Nothing above this price per kWh but what the time makes necessary; None for no limit."""
    worth: float | None = None
    """It is no must, and worth so much per kWh; None for what has to be."""
    cut_s: float = 0.0
    """So much at the end of its last slot does not count: its reserve, and what is after its time [s]."""

    @property
    def ran_slots(self) -> int:
        """For so many slots it has run: some seconds of a look are not missing in one."""
        return in_minutes(self.ran_s) * MINUTE_S // QUARTER_S


@dataclass(frozen=True, slots=True)
class Limit:
    """What some needs may take together: sum(weight x power) <= room, in each slot."""

    name: str
    """Who limits, for people."""
    weights: Mapping[str, float]
    """Need -> how much of its power counts."""
    room_kw: tuple[float, ...]
    """Of each slot [kW]."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of each slot."""

    prices: tuple[float, ...]
    """What a kWh from the grid costs."""
    known: tuple[bool, ...]
    """Whether that is published; else it is a guess."""
    export: tuple[float, ...]
    """What a kWh earns that is fed in."""
    sun_kw: tuple[float, ...]
    """What would be fed in without the loads that are planned [kW]."""

    def is_above(self, max_price: float | None, slot: int) -> bool:
        """Whether the published price of a slot is above a limit; None for no limit."""
        return max_price is not None and self.known[slot] and self.prices[slot] > max_price


@dataclass(frozen=True, slots=True)
class Peak:
    """A tariff that bills the highest window of a month."""

    free_kw: float
    """What the month is billed for anyhow [kW]."""
    price_per_kw: float
    """What each further kW costs."""
    house_kw: tuple[float, ...]
    """What is imported without the loads that are planned, of each slot, less what of it does not count [kW]; below 0
    with sun."""
    most_kw: float = field(default=float("inf"))
    """It is never planned higher than this [kW]."""


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a plan is made of."""

    needs: tuple[Need, ...]
    limits: tuple[Limit, ...]
    outlook: Outlook
    peak: Peak | None = None
    """None where no peak is billed."""
