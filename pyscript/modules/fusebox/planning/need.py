"""The input of a plan: each load's energy and time, limits, the price in each slot, and what makes it ready in time.

A slot is a quarter of an hour, slot 0 is the present one; all powers are means of a slot [kW].
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import tuning
from ..model.durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S

SLOT_H = QUARTER_S / HOUR_S
"""The length of a slot [h]."""
MOST_SLOTS = 192
"""The longest plan: two days."""
DUST_KW = 1e-6
"""Powers closer than this are equal [kW], because sums of floating-point numbers are inexact."""
DUST_KWH = DUST_KW * SLOT_H
"""Energies closer than this are equal [kWh]."""


def in_minutes(passed_s: float) -> int:
    """Return seconds as whole minutes, the unit of least times."""
    return round(passed_s / MINUTE_S)


Powers = Mapping[str, Sequence[float]]
"""Need -> its power in each slot from the first one on [kW]."""


class Starts(NamedTuple):
    """How often an on/off load may start, and how long it rests."""

    left: float = math.inf
    """Its starts left on the present day; infinite for no limit."""
    a_day: float = math.inf
    """Its starts on each later day."""
    midnight: int = 0
    """The first slot of the next day."""
    rest_slots: int = 1
    """The least number of slots between two runs."""
    first: int = 0
    """The first slot in which it may start."""
    is_on: bool = False
    """Whether it is on now, so that a run from the first slot on is no start."""

    @property
    def are_limited(self) -> bool:
        """Whether its starts or rests exclude any runs."""
        return min(self.left, self.a_day) < math.inf or self.rest_slots > 1

    def left_after(self, left: float, start: int, end: int) -> float:
        """Return the starts left at slot `end`, given those at slot `start`: all of a day if one has begun between."""
        days = [(slot - self.midnight) * QUARTER_S // DAY_S for slot in (start, end)]
        return left if days[0] == days[1] else self.a_day


UNLIMITED_STARTS = Starts()


@dataclass(frozen=True, slots=True)
class Need:
    """Energy that a load needs by a time."""

    name: str
    """Unique: a load may have several needs, such as one for each day."""
    energy_kwh: float
    """Energy from the wire, with the charger's losses [kWh]."""
    max_kw: float
    """Its highest power [kW]."""
    end: int
    """The first slot after its time."""
    first: int = 0
    """The first slot in which it may run."""
    min_kw: float = 0.0
    """Its least power while it runs [kW]; its maximum for a load that is only on or off."""
    priority: int = 1
    """Which need is met first where not all fit; 1 is first."""
    min_slots: int = 1
    """The least length of a run in slots."""
    ran_s: float = 0.0
    """For how long it has been running [s]; 0 while it is off."""
    early: bool = False
    """Whether the earlier of two equal prices is preferred, else the later."""
    at_once: bool = False
    """Whether it starts now, whatever the price."""
    max_price: float | None = None
    """No slot above this price per kWh unless its time requires it; None for no limit."""
    worth: float | None = None
    """What a kWh is worth to an optional need; None for one that has to be met."""
    cut_s: float = 0.0
    """The part at the end of its last slot that does not count [s]: its reserve, and what is after its time."""

    starts: Starts = UNLIMITED_STARTS
    """Its starts and rests."""

    @property
    def has_limited_runs(self) -> bool:
        """Whether it is planned in whole runs, because their length, its rests or its starts are limited."""
        return self.min_slots > 1 or self.starts.are_limited

    @property
    def ran_slots(self) -> int:
        """For how many slots it has been running, rounded to minutes."""
        return in_minutes(self.ran_s) * MINUTE_S // QUARTER_S

    @property
    def held_slots(self) -> int:
        """For how many slots from the first one a run that has begun goes on at least; 0 while it is off."""
        return max(self.min_slots - self.ran_slots, 0) if self.ran_s > 0 and self.first <= 0 else 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on several needs: sum(weight x power) <= headroom, in each slot."""

    name: str
    """The name of the limit, for the user."""
    weights: Mapping[str, float]
    """Need -> share of its power that counts."""
    headroom_kw: tuple[float, ...]
    """The power that it leaves to them in each slot [kW]."""
    is_energy: bool = False
    """Whether it limits the mean of a slot, below which a load may run at its least power for a part of the slot."""


@dataclass(frozen=True, slots=True)
class SlotForecast:
    """The forecast for each slot."""

    prices: tuple[float, ...]
    """The price of a kWh from the grid."""
    known: tuple[bool, ...]
    """Whether that price is published; otherwise it is a guess."""
    export: tuple[float, ...]
    """The revenue of an exported kWh."""
    sun_kw: tuple[float, ...]
    """The export without planned loads [kW]."""

    def is_above(self, max_price: float | None, slot: int) -> bool:
        """Whether the published price of a slot is above a limit; None for no limit."""
        return max_price is not None and self.known[slot] and self.prices[slot] > max_price


@dataclass(frozen=True, slots=True)
class PeakTariff:
    """A tariff that bills the highest window of a month."""

    free_kw: float
    """The peak that the month is billed for in any case [kW]."""
    price_per_kw: float
    """The price of each kW above that."""
    house_kw: tuple[float, ...]
    """Slot -> the import of the house without the planned loads [kW]; negative for an export."""
    most_kw: float = field(default=float("inf"))
    """The highest peak planned [kW]."""
    import_per_kw: tuple[float, ...] = ()
    """Slot -> how many kW of import raise the billed peak by 1 kW: 2 where half of the import counts; empty for 1."""
    sheds_kw: tuple[float, ...] = ()
    """Slot -> the part of the house's import that gives way before it exceeds `most_kw` [kW]; empty for none."""

    @property
    def slots(self) -> Iterator[tuple[float, float]]:
        """Yield the house's import [kW] and the import that raises the billed peak by 1 kW [kW], for each slot."""
        return zip(self.house_kw, self.import_per_kw or (1.0,) * len(self.house_kw), strict=True)

    def headroom_kw(self, slot: int, height_kw: float) -> float:
        """Return the power that loads may draw in a slot under a billed peak of `height_kw` [kW]; may be below 0."""
        per_kw = self.import_per_kw[slot] if self.import_per_kw else 1.0
        sheds_kw = self.sheds_kw[slot] if self.sheds_kw and height_kw >= self.most_kw - DUST_KW else 0.0
        return height_kw * per_kw - self.house_kw[slot] + sheds_kw

    def height_kw(self, planned_kw: Iterable[float]) -> float:
        """Return the highest counted import of a slot with a plan [kW], at least the free one.

        `planned_kw`: the power of all loads together in each slot, from the first one on.
        """
        sheds_kw = self.sheds_kw or (0.0,) * len(self.house_kw)
        heights_kw = [self.free_kw]
        for total, (house, per_kw), shed in zip(planned_kw, self.slots, sheds_kw, strict=False):
            if total > DUST_KW:
                least, most = (total + house - shed) / per_kw, (total + house) / per_kw
                heights_kw.append(max(min(most, self.most_kw), least))
        return max(heights_kw)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """The input of the planner."""

    needs: tuple[Need, ...]
    limits: tuple[Limit, ...]
    forecast: SlotForecast
    peak: PeakTariff | None = None
    """None where no peak is billed."""

    def part_kw(self, need: Need, slot: int) -> float | None:
        """Return `part_kw` of a need in a slot, where the highest planned peak limits its energy too."""
        peak, tariff_kw = self.peak, math.inf
        if peak is not None:
            tariff_kw = peak.headroom_kw(slot, peak.most_kw)
        return part_kw(need, self.limits, slot, tariff_kw)

    def least_kw(self, need: Need, slot: int) -> float:
        """Return the least mean power of a need in a slot [kW]: its least power, or that of a part of the slot."""
        part = self.part_kw(need, slot)
        return need.min_kw if part is None else part


def part_kw(need: Need, limits: Sequence[Limit], slot: int, tariff_kw: float = math.inf) -> float | None:
    """Return the mean power of a need that can run for a part of a slot only [kW]; None for any other.

    That is so where limits on energy, or `tariff_kw`, leave less than its least power, and all others leave that. A
    need that starts at once, or has limited runs, never runs for a part.
    """
    if need.at_once or need.has_limited_runs:
        return None
    least_kw = need.min_kw - DUST_KW
    energy_kw = min(_headroom_kw(need, [limit for limit in limits if limit.is_energy], slot), tariff_kw)
    if energy_kw >= least_kw or _headroom_kw(need, [limit for limit in limits if not limit.is_energy], slot) < least_kw:
        return None
    return max(energy_kw * tuning.PLAN_PART_SHARE, 0.0)


def _headroom_kw(need: Need, limits: Sequence[Limit], slot: int) -> float:
    """Return the most that limits leave a need alone in a slot [kW]; infinite where none counts it."""
    headrooms_kw = (limit.headroom_kw[slot] / own for limit in limits if (own := limit.weights.get(need.name)))
    return min(headrooms_kw, default=math.inf)


def latest_start_s(need: Need, limits: Sequence[Limit], from_s: float) -> float:
    """Return the latest start from which full power makes a need ready [s since 1970]; `from_s` where that has passed.

    Computed as if it were alone: the plan accounts for other loads, and an overdue load goes first.
    """
    left_kwh = need.energy_kwh
    for slot in range(need.end - 1, max(need.first, 0) - 1, -1):
        if left_kwh <= DUST_KWH:
            return from_s + (slot + 1) * QUARTER_S
        given_kwh = possible_power_kw(need, limits, slot) * SLOT_H
        if given_kwh >= left_kwh:
            return from_s + (slot + 1 - left_kwh / given_kwh) * QUARTER_S
        left_kwh -= given_kwh
    return from_s + max(need.first, 0) * QUARTER_S


NOTHING_PLANNED: Powers = {}


def possible_power_kw(need: Need, limits: Sequence[Limit], slot: int, planned: Powers = NOTHING_PLANNED) -> float:
    """Return the most that a need may have in a slot [kW]: alone, or in addition to what is `planned` for the others.

    0 where that is below its least power, unless it can run for a part of the slot.
    """
    headroom_kw = need.max_kw
    for limit in limits:
        if own := limit.weights.get(need.name):
            others = [name for name in limit.weights if name in planned and name != need.name]
            taken_kw = sum(limit.weights[name] * planned[name][slot] for name in others)
            headroom_kw = min(headroom_kw, (limit.headroom_kw[slot] - taken_kw) / own)
    if headroom_kw < need.min_kw - DUST_KW and (part := part_kw(need, limits, slot)) is not None:
        return part if headroom_kw >= part else 0.0
    return headroom_kw if headroom_kw > 0 and headroom_kw >= need.min_kw - DUST_KW else 0.0


def deadline_slot(ready_s: float, from_s: float) -> int:
    """Return the first slot after the time by which a load has to be ready, less the reserve; at least 1."""
    return max(math.ceil((ready_s - tuning.PLAN_RESERVE_S - from_s) / QUARTER_S), 1)


def spare_energy_kwh(need: Need, limits: Sequence[Limit], reserve: Limit | None, ready_s: float) -> float:
    """Return the energy that a need could take in addition to the plan [kWh]: in its last slot without its reserve.

    `ready_s`: its time, counted from the first slot. `reserve`: its limit among `limits`, None for none. Negative where
    the plan has more in the last slot than it can take.
    """
    last = need.end - 1
    others = [limit for limit in limits if limit is not reserve]
    left_h = (ready_s - last * QUARTER_S) / HOUR_S
    return possible_power_kw(need, others, last) * left_h - possible_power_kw(need, limits, last) * SLOT_H


def possible_energy_kwh(
    need: Need, limits: Sequence[Limit], passed_s: float, planned: Powers = NOTHING_PLANNED
) -> float:
    """Return all energy that a need could take in its slots [kWh]: alone, or in addition to `planned` powers of others.

    `passed_s` of the first slot are over.
    """
    left_h = {0: SLOT_H - passed_s / HOUR_S}
    slots = range(max(need.first, 0), need.end)
    return sum(possible_power_kw(need, limits, slot, planned) * left_h.get(slot, SLOT_H) for slot in slots)
