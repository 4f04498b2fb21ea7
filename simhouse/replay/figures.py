"""The figures of a course for a house owner."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simhouse.physics.breaker import Breaker

from .course import Course
from .draws import DRAWS_A
from .near_trips import Heat, pole_heat
from .timeline import Timeline

QUARTER_S = 900
KNOWN_SHARE = 0.8
"""A quarter hour counts if its meter was known for at least this share."""


@dataclass(frozen=True)
class LoadFigures:
    """A load's energy [kWh], its part that would otherwise have been exported [kWh], and its number of starts."""

    taken_kwh: float
    sun_kwh: float
    starts: int


@dataclass(frozen=True)
class Quarter:
    """A quarter hour by the clock: mean import of all phases [kW], and its begin [s from the start]."""

    mean_kw: float
    begins_s: int


@dataclass(frozen=True)
class Figures:
    """Currents in A at the main fuse, times in s, energies in kWh."""

    worst_a: float
    worst_phase: str
    worst_s: int
    over_rating_s: int
    over_113_s: int
    heats: Mapping[str, Heat]
    peak: Quarter
    quarters: tuple[Quarter, ...]
    imported_kwh: float
    exported_kwh: float
    loads: Mapping[str, LoadFigures]

    @property
    def near_trips(self) -> int:
        """The number of near trips on all phases."""
        return sum(len(heat.near_s) for heat in self.heats.values())

    @property
    def would_trip(self) -> tuple[str, ...]:
        """The phases on which a sensitive breaker opens."""
        return tuple(phase for phase, heat in self.heats.items() if heat.tripped)


def compute_figures(course: Course, fuse: Breaker, timeline: Timeline, voltage_v: float, netted: bool) -> Figures:
    """Return the figures of one course; `netted`: import and export are counted on the sum of the phases.

    Seconds with a silent meter count only for the loads' energy.
    """
    worst = {p: int(np.nanargmax(np.abs(amps))) for p, amps in course.net_a.items() if np.isfinite(amps).any()}
    phase = max(worst, key=lambda p: abs(float(course.net_a[p][worst[p]])))
    amps = [np.abs(np.nan_to_num(series)) for series in course.net_a.values()]
    net_w = np.sum([np.nan_to_num(a) for a in course.net_a.values()], axis=0) * voltage_v
    net_w = np.where(course.known, net_w, 0.0)
    quarters = _quarter_means(np.maximum(net_w, 0.0), course.known, timeline)
    flows_w = net_w if netted else np.concatenate([np.nan_to_num(a) * voltage_v for a in course.net_a.values()])
    sun_kwh = _sun_kwh(course, voltage_v, netted)
    return Figures(
        abs(float(course.net_a[phase][worst[phase]])),
        phase,
        worst[phase],
        int(sum((a > fuse.rating_a).sum() for a in amps)),
        int(sum((a > 1.13 * fuse.rating_a).sum() for a in amps)),
        {p: pole_heat(a, fuse.early, fuse.rating_a) for p, a in course.net_a.items()},
        max(quarters, key=lambda quarter: quarter.mean_kw, default=Quarter(0.0, 0)),
        quarters,
        float(np.maximum(flows_w, 0.0).sum() / 3.6e6),
        float(np.maximum(-flows_w, 0.0).sum() / 3.6e6),
        {
            load: LoadFigures(
                float(course.total_a(load).sum() * voltage_v / 3.6e6), sun_kwh[load], _starts(course.total_a(load))
            )
            for load in course.load_a
        },
    )


def _quarter_means(import_w: np.ndarray, known: np.ndarray, timeline: Timeline) -> tuple[Quarter, ...]:
    """Return whole quarter hours by the clock with a known meter, with the mean over the known seconds."""
    first = -timeline.start_s % QUARTER_S
    count = (len(import_w) - first) // QUARTER_S
    if count <= 0:
        return ()
    cut = slice(first, first + count * QUARTER_S)
    spoken = known[cut].reshape(count, QUARTER_S).sum(axis=1)
    sums = import_w[cut].reshape(count, QUARTER_S).sum(axis=1)
    return tuple(
        Quarter(float(sums[i] / spoken[i] / 1000), first + i * QUARTER_S)
        for i in range(count)
        if spoken[i] >= KNOWN_SHARE * QUARTER_S
    )


def _sun_kwh(course: Course, voltage_v: float, netted: bool) -> dict[str, float]:
    """Return load -> its energy [kWh] that would otherwise have been exported, shared in proportion to the draws.

    `netted`: export of one phase makes up for import of another.
    """
    phases = list(course.net_a)
    loads = {
        load: np.stack([series.get(p, np.zeros(len(course.known))) for p in phases])
        for load, series in course.load_a.items()
    }
    if not loads:
        return {}
    drawn = np.sum(list(loads.values()), axis=0)
    rest = np.stack([np.nan_to_num(course.net_a[p]) for p in phases]) - drawn
    rest = np.where(course.known, rest, 0.0)
    if netted:
        rest, drawn = rest.sum(axis=0, keepdims=True), drawn.sum(axis=0, keepdims=True)
        loads = {load: amps.sum(axis=0, keepdims=True) for load, amps in loads.items()}
    share = np.divide(np.minimum(drawn, np.maximum(0.0, -rest)), drawn, out=np.zeros_like(drawn), where=drawn > 0)
    return {load: float((amps * share).sum() * voltage_v / 3.6e6) for load, amps in loads.items()}


def _starts(amps: np.ndarray) -> int:
    on = amps > DRAWS_A
    return int((on[1:] & ~on[:-1]).sum() + (len(on) > 0 and on[0]))
