"""A street of homes, each with a car, with Fusebox's plans and with ev2gym's controllers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .baselines import RoundRobin, as_fast_as_possible, as_late_as_possible, cheapest_kw
from .home import FUSE_A, PHASES, Home, make_home, slots_of_months
from .planned import FREE_KW, PEAK_PRICE, PlannedHome
from .sessions import KW_PER_A, MIN_A, SLOT_H, THREE_PHASE_A, Session
from .wheel import PublicData, read_public_data

DUST_KWH = DUST_A = 1e-6
SERVED_SHARE = 0.98
"""A session with this share of its energy is served in full."""
PLANS, PLANS_BELOW_PEAK = "Fusebox, prices", "Fusebox, prices and peaks"
FAST, LATE, IN_TURN = "ev2gym: as fast as possible", "ev2gym: as late as possible", "ev2gym: round robin"
CHEAPEST = "least cost, all known before"
ALONE = "no cars"

Powers = dict[int, float]
"""Slot of the year -> power of a car [kW]; slots without power are left out."""
Law = Callable[[Session, int, float], float]
"""(session, slot, remaining energy [kWh]) -> power [kW]."""


@dataclass(frozen=True)
class Row:
    """Result of one controller in one home over all days played."""

    seed: int
    home: int
    controller: str
    days: int
    sessions: int
    served: int
    """Sessions with 98 % of their energy."""
    needed_kwh: float
    missing_kwh: float
    cost_eur: float
    """Cost of the car's energy [EUR]."""
    peaks_eur: float
    """What the car adds to the bill of the months' highest quarter hours [EUR]."""
    peak_kw: float
    """The highest import of a quarter hour."""
    over_fuse_h: float
    """How long the car raised a quarter hour's mean above the main fuse [h]."""
    cpu_s: float
    """CPU time of all plans [s]; 0 for controllers without plans."""


@dataclass
class CarResult:
    """A car's powers, and the results of its sessions."""

    powers: Powers = field(default_factory=dict)
    needed_kwh: float = 0.0
    missing_kwh: float = 0.0
    sessions: int = 0
    served: int = 0
    cpu_s: float = 0.0

    def record_departure(self, session: Session, left_kwh: float) -> None:
        """Record a car's departure with the energy it lacks [kWh]."""
        self.needed_kwh += session.kwh
        self.missing_kwh += max(left_kwh, 0.0)
        self.sessions += 1
        self.served += left_kwh <= (1 - SERVED_SHARE) * session.kwh


class Job(NamedTuple):
    """One home with every controller that decides for one home alone."""

    seed: int
    number: int
    days: int
    folder: Path | None = None
    """Of the data; None for the installed ones."""


@lru_cache(maxsize=2)
def data_of(folder: Path | None) -> PublicData:
    """Return the data of a folder, read once a process."""
    return read_public_data(folder)


def sessions_in(home: Home, period: range) -> list[Session]:
    """Return the sessions that begin and end within a period."""
    return [each for each in home.sessions if period.start <= each.arrives and each.leaves <= period.stop]


def play_law(home: Home, days: int, law: Law) -> CarResult:
    """Return the result of a controller that decides from the session alone."""
    played = CarResult()
    for period in slots_of_months(days):
        for session in sessions_in(home, period):
            left_kwh = session.kwh
            for slot in range(session.arrives, session.leaves):
                if left_kwh <= DUST_KWH:
                    break
                kw = min(law(session, slot, left_kwh), left_kwh / SLOT_H)
                played.powers[slot] = kw
                left_kwh -= kw * SLOT_H
            played.record_departure(session, left_kwh)
    return played


def play_fusebox(home: Home, seed: int, days: int, *, bills_peaks: bool) -> CarResult:
    """Return the result of Fusebox: the power by its plan, limited by the main fuse."""
    played = CarResult()
    for period in slots_of_months(days):
        sessions = sessions_in(home, period)
        if not sessions:
            continue
        planner = PlannedHome(home, seed, period.start, bills_peaks=bills_peaks)
        present = {slot: each for each in sessions for slot in range(each.arrives, each.leaves)}
        left_kwh = 0.0
        for slot in period:
            kw, session = 0.0, present.get(slot)
            if session is not None and slot == session.arrives:
                left_kwh = session.kwh
            if session is not None and left_kwh > DUST_KWH:
                wanted_kw = planner.plan_slot_kw(session, slot, left_kwh)
                kw = _limit_to_fuse_kw(home, session, slot, wanted_kw, planner.margin_a)
                kw = min(kw, left_kwh / SLOT_H)
                played.powers[slot] = kw
                left_kwh -= kw * SLOT_H
            planner.end_slot(slot, kw)
            if session is not None and slot == session.leaves - 1:
                played.record_departure(session, left_kwh)
        played.cpu_s += sum(planner.took_s)
    return played


def _limit_to_fuse_kw(home: Home, session: Session, slot: int, kw: float, margin_a: float) -> float:
    """Return a power limited by the main fuse, in whole amps; 0 below a car's minimum [kW]."""
    kw = min(kw, session.max_kw, home.room_kw(slot, session.phase_count, margin_a))
    amps = int(kw / (KW_PER_A * session.phase_count) + DUST_A)
    return amps * KW_PER_A * session.phase_count if amps >= MIN_A else 0.0


def play_least_cost(home: Home, days: int) -> CarResult:
    """Return the result of charging at the lowest possible cost, with perfect foresight."""
    played = CarResult()
    for period in slots_of_months(days):
        for session in sessions_in(home, period):
            powers = cheapest_kw(home, session)
            played.powers |= powers
            played.record_departure(session, session.kwh - sum(powers.values()) * SLOT_H)
    return played


def play_home(job: Job) -> dict[str, CarResult]:
    """Return controller -> result of playing one home with it."""
    home = make_home(data_of(job.folder), job.seed, job.number)
    return {
        PLANS: play_fusebox(home, job.seed, job.days, bills_peaks=False),
        PLANS_BELOW_PEAK: play_fusebox(home, job.seed, job.days, bills_peaks=True),
        FAST: play_law(home, job.days, as_fast_as_possible),
        LATE: play_law(home, job.days, as_late_as_possible),
        CHEAPEST: play_least_cost(home, job.days),
    }


def play_round_robin(homes: Sequence[Home], days: int) -> list[CarResult]:
    """Play the round robin over the whole street, limited to the street's highest power without cars."""
    found = [CarResult() for _ in homes]
    for period in slots_of_months(days):
        most_kw = max(sum(home.import_kw[slot] for home in homes) for slot in period)
        law = RoundRobin([THREE_PHASE_A * KW_PER_A * PHASES] * len(homes))
        coming = {number: sessions_in(home, period)[::-1] for number, home in enumerate(homes)}
        left_kwh: dict[int, float] = {}
        for slot in period:
            for number, played in enumerate(found):
                if number in left_kwh and coming[number][-1].leaves == slot:
                    played.record_departure(coming[number].pop(), left_kwh.pop(number))
                if number not in left_kwh and coming[number] and coming[number][-1].arrives == slot:
                    left_kwh[number] = coming[number][-1].kwh
            needy = {number: coming[number][-1].max_kw for number, left in left_kwh.items() if left > DUST_KWH}
            room_kw = most_kw - sum(home.import_kw[slot] for home in homes)
            for number, kw in law.powers_kw(room_kw, needy).items():
                kw = min(kw, left_kwh[number] / SLOT_H)
                found[number].powers[slot] = kw
                left_kwh[number] -= kw * SLOT_H
        for number, left in left_kwh.items():
            found[number].record_departure(coming[number].pop(), left)
    return found


def make_row(home: Home, seed: int, days: int, controller: str, played: CarResult) -> Row:
    """Return a controller's figures."""
    cost_eur = sum(home.car_cost(slot, kw) for slot, kw in played.powers.items())
    peaks_eur, peak_kw = 0.0, 0.0
    for period in slots_of_months(days):
        with_car_kw = max(home.import_kw[slot] + played.powers.get(slot, 0.0) for slot in period)
        alone_kw = max(home.import_kw[slot] for slot in period)
        peaks_eur += PEAK_PRICE * (max(with_car_kw, FREE_KW) - max(alone_kw, FREE_KW))
        peak_kw = max(peak_kw, with_car_kw)
    phase_counts = {slot: each.phase_count for each in home.sessions for slot in range(each.arrives, each.leaves)}
    over = [
        slot
        for slot, kw in played.powers.items()
        if kw > 0 and home.import_kw[slot] / PHASES + kw / phase_counts[slot] > FUSE_A * KW_PER_A + DUST_KWH
    ]
    return Row(
        seed,
        home.number,
        controller,
        sum(map(len, slots_of_months(days))) // 96,
        played.sessions,
        played.served,
        round(played.needed_kwh, 3),
        round(played.missing_kwh, 3),
        round(cost_eur, 3),
        round(peaks_eur, 3),
        round(peak_kw, 3),
        len(over) * SLOT_H,
        round(played.cpu_s, 2),
    )


def street_peaks_kw(homes: Sequence[Home], days: int, played: Mapping[str, Sequence[CarResult]]) -> dict[str, float]:
    """Return controller -> the street's highest quarter hour [kW]."""
    slots = [slot for period in slots_of_months(days) for slot in period]
    alone = {slot: sum(home.import_kw[slot] for home in homes) for slot in slots}
    found = {ALONE: max(alone.values())}
    for controller, cars in played.items():
        found[controller] = max(alone[slot] + sum(car.powers.get(slot, 0.0) for car in cars) for slot in slots)
    return found
