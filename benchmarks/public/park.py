"""Cars at a workplace under one transformer: Fusebox's allocation and plans, and the algorithms of acnportal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from random import Random

from fusebox.model.site import Distribution

from .acn_laws import (
    Amps,
    ParkedCar,
    earliest_deadline,
    first_come,
    least_laxity,
    round_robin,
    share_in_order,
    uncontrolled,
)
from .sessions import QUARTERS_A_DAY, Place, Session, draw_sessions
from .sharing import SharingByPlan, SharingWithoutPlans
from .wheel import PublicData

CHARGERS, MOST_A = 12, 32
FUSES_A = (20, 25, 32)
"""Transformer limits on each of three phases [A]: far too low on most days, slightly too low, and sufficient."""
ARRIVALS_A_DAY = 1.25
"""ev2gym's `spawn_multiplier` 5, as its example for workplaces has it: nearly every charger is used every day."""
STEPS_A_QUARTER = 3
STEPS = QUARTERS_A_DAY * STEPS_A_QUARTER
SERVED_SHARE, SERVED_KWH = 0.98, 0.4
"""A car is served in full with this share of its energy, or where it lacks less than acnportal's algorithms leave out:
five minutes at 6 A on three phases."""

Controller = Callable[[Sequence[ParkedCar], int, float], Amps]
"""Cars that need something, step and transformer [A] -> amps."""

CONTROLLERS: dict[str, Callable[[float], Controller]] = {
    "Fusebox, plans": lambda limit_a: SharingByPlan(limit_a, CHARGERS, "late"),
    "Fusebox, plans, finish early": lambda limit_a: SharingByPlan(limit_a, CHARGERS, "early"),
    "Fusebox, shared": lambda limit_a: SharingWithoutPlans(Distribution.SHARED),
    "Fusebox, priority": lambda limit_a: SharingWithoutPlans(Distribution.PRIORITY),
    "acnportal: EDF": lambda limit_a: partial(share_in_order, order=earliest_deadline),
    "acnportal: LLF": lambda limit_a: partial(share_in_order, order=least_laxity),
    "acnportal: FCFS": lambda limit_a: partial(share_in_order, order=first_come),
    "acnportal: round robin": lambda limit_a: round_robin,
    "acnportal: uncontrolled": lambda limit_a: uncontrolled,
}


@dataclass(frozen=True)
class DayRow:
    """Result of one controller on one day."""

    seed: int
    day: int
    transformer_a: int
    controller: str
    sessions: int
    served: int
    needed_kwh: float
    delivered_kwh: float
    peak_a: float
    starts: int
    cpu_s: float
    """CPU time of all decisions of Fusebox; 0 for the others."""


def sessions_of_day(data: PublicData, seed: int, day: int) -> list[tuple[int, Session]]:
    """Return (charger, session) of a working day."""
    place = Place(data.arrivals["workplace"], data.cars, MOST_A, 0, ARRIVALS_A_DAY)
    return [
        (charger, session)
        for charger in range(CHARGERS)
        for session in draw_sessions(place, Random(f"park {seed} {day} {charger}"), 1)
    ]


@dataclass(frozen=True)
class Day:
    """Result of a controller on one day under one transformer."""

    sessions: int
    served: int
    needed_kwh: float
    delivered_kwh: float
    peak_a: float
    """The highest current of a phase."""
    starts: int
    """How often a car began to charge."""


def play_day(sessions: Sequence[tuple[int, Session]], limit_a: float, controller: Controller) -> Day:
    """Play a day in steps under a limit on each phase [A] and return its energy, its peak current and the starts.

    `sessions`: (charger, session). A car charges at what the controller gives it while it is parked and lacks energy.
    """
    left_kwh = [session.kwh for _, session in sessions]
    last_a = [0] * len(sessions)
    peak_a, starts = 0.0, 0
    for step in range(STEPS):
        cars = {
            at: _parked(charger, session, left_kwh[at])
            for at, (charger, session) in enumerate(sessions)
            if session.arrives * STEPS_A_QUARTER <= step < session.leaves * STEPS_A_QUARTER and left_kwh[at] > 1e-6
        }
        amps = controller(list(cars.values()), step, limit_a) if cars else {}
        used_a = [0.0, 0.0, 0.0]
        now_a = [0] * len(sessions)
        for at, car in cars.items():
            now_a[at] = amps.get(car.charger, 0)
            left_kwh[at] -= min(now_a[at] * car.kwh_of_an_amp, left_kwh[at])
            starts += now_a[at] > 0 and last_a[at] == 0
            for phase in car.phases:
                used_a[phase] += now_a[at]
        last_a = now_a
        peak_a = max(peak_a, *used_a)
    needed = [session.kwh for _, session in sessions]
    served = sum(left <= max((1 - SERVED_SHARE) * kwh, SERVED_KWH) for left, kwh in zip(left_kwh, needed, strict=True))
    delivered_kwh = sum(needed) - sum(left_kwh)
    return Day(len(needed), served, round(sum(needed), 3), round(delivered_kwh, 3), peak_a, starts)


def play_day_rows(data: PublicData, seed: int, day: int) -> list[DayRow]:
    """Return the results of one working day with every controller and transformer."""
    found = []
    sessions = sessions_of_day(data, seed, day)
    for limit_a in FUSES_A:
        for name, make in CONTROLLERS.items():
            controller = make(limit_a)
            figures = asdict(play_day(sessions, limit_a, controller))
            cpu_s = round(getattr(controller, "took_s", 0.0), 3)
            found.append(DayRow(seed, day, limit_a, name, **figures, cpu_s=cpu_s))
    return found


def _parked(charger: int, session: Session, left_kwh: float) -> ParkedCar:
    phases = (0, 1, 2) if session.phase_count == 3 else (charger % 3,)
    arrives, leaves = session.arrives * STEPS_A_QUARTER, session.leaves * STEPS_A_QUARTER
    return ParkedCar(charger, arrives, leaves, left_kwh, int(session.max_a), phases)
