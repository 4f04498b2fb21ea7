"""One level of a test: what is seen at it until nothing moves any more, and how long that took. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ... import tuning
from ...model.electrics import ALL_PHASES, PerPhase, Phase
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.snapshot import LoadState, Snapshot
from ..diagnostics.wiring_evidence import KILO, LARGEST_A


class Sample(NamedTuple):
    """What was seen at one instant."""

    at_s: float
    """When [s since 1970]."""
    grid_a: Mapping[str, PerPhase]
    """What each circuit's meters showed [A]."""
    reported_s: Mapping[str, Mapping[Phase, float]]
    """When they did [s since 1970]."""
    draw_a: PerPhase
    """What the load's own sensor told [A], None where it has none."""
    single_a: float | None
    """What that means on one phase where it is one value for several [A]."""
    offered_a: float
    """What its device showed that it may take [A]."""
    told_a: float
    """What it is to be at [A]."""
    sent_a: float
    """What it was told last [A]."""
    others_a: float
    """What the other loads took together [A]."""


def sample_of(load: Load, snapshot: Snapshot, past: LoadMemory) -> Sample:
    """What is seen of a load and of all meters now."""
    state = snapshot.loads[load.name]
    grid_a = {
        circuit: PerPhase.of({phase: reading.value for phase, reading in phases.items()})
        for circuit, phases in snapshot.grid_a.items()
    }
    others = [sum(a or 0.0 for a in each.draw_a) for name, each in snapshot.loads.items() if name != load.name]
    offered_a = _offered_a(load, state, past)
    reported_s = {
        circuit: {
            phase: snapshot.now_s - reading.age_s for phase, reading in phases.items() if reading.value is not None
        }
        for circuit, phases in snapshot.grid_a.items()
    }
    told_a, sent_a = past.setpoint_a, _sent_a(past)
    own = (state.draw_a, state.single_a, offered_a, told_a, sent_a)
    return Sample(snapshot.now_s, grid_a, reported_s, *own, sum(others))


def _offered_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    if state.on is False:
        return 0.0
    if load.on_off:
        return load.max_a if state.on else 0.0
    return past.setpoint_a if state.offer_a is None else state.offer_a


def _sent_a(past: LoadMemory) -> float:
    told_a = past.command.sent_a
    return past.setpoint_a if told_a is None or past.command.sent_on is False else told_a


def drawn_a(sample: Sample) -> float | None:
    """What a load's own sensor tells in all [A], None where it has none."""
    known = [a for a in sample.draw_a if a is not None]
    return sum(known) if known else None


def shown_of(samples: Sequence[Sample]) -> list[tuple[float, float]]:
    """What the device was told at this level, and what it showed of that [A]; who rounds may soon be told less."""
    told = [list(run) for _, run in groupby(samples, key=lambda sample: sample.sent_a)]
    began_a = samples[0].offered_a
    earlier = [run for run in told[:-1] if run[-1].at_s - run[0].at_s >= tuning.QUICK_S]
    shown = [run[-1] for run in earlier if run[-1].offered_a != began_a]
    return [(sample.sent_a, sample.offered_a) for sample in (*shown, samples[-1])]


def own_a(samples: Sequence[Sample]) -> list[float]:
    """What the load did: by its own sensor, whatever its unit, or by what its device showed if that tells nothing."""
    drawn = [drawn_a(sample) or 0.0 for sample in samples]
    for unit in (1.0, KILO):
        if max(drawn) - min(drawn) > tuning.CLEARLY_A * unit and max(map(abs, drawn)) <= LARGEST_A * unit:
            return [a / unit for a in drawn]
    return [sample.offered_a for sample in samples]


def intervals_s(samples: Sequence[Sample]) -> list[tuple[str, Phase, float]]:
    """How long after its last report each meter told again [s]."""
    found = []
    for before, after in pairwise(samples):
        for circuit, phases in after.reported_s.items():
            for phase, at_s in phases.items():
                waited_s = at_s - before.reported_s[circuit].get(phase, at_s)
                if waited_s > tuning.REPORT_BURST_S:
                    found.append((circuit, phase, waited_s))
    return found


class Plateau(NamedTuple):
    """What was seen while nothing moved."""

    grid_a: Mapping[str, PerPhase]
    """What each meter usually showed [A]."""
    noise_a: Mapping[str, PerPhase]
    """How far it wavered [A]."""
    last: Sample
    """The newest of it."""


def plateau_of(samples: Sequence[Sample]) -> Plateau:
    """These samples as one."""
    circuits = samples[-1].grid_a
    return Plateau(
        {circuit: _each(samples, circuit, _middle) for circuit in circuits},
        {circuit: _each(samples, circuit, _half_range) for circuit in circuits},
        samples[-1],
    )


def _each(samples: Sequence[Sample], circuit: str, of: Callable[[list[float]], float]) -> PerPhase:
    found = {}
    for phase in ALL_PHASES:
        values = [a for a in (sample.grid_a[circuit][phase] for sample in samples) if a is not None]
        found[phase] = of(values) if values else None
    return PerPhase.of(found)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _half_range(values: list[float]) -> float:
    return (max(values) - min(values)) / 2


def move_of(load: Load, is_power: bool, before: Plateau, after: Plateau) -> Move | None:
    """What lies between two plateaus; None where nobody moved, or other loads moved too."""
    told_a = after.last.offered_a - before.last.offered_a
    drew_a, draws_a = drawn_a(before.last), drawn_a(after.last)
    moved_a = max(abs(told_a), abs((draws_a or 0.0) - (drew_a or 0.0)))
    if moved_a < tuning.CLEARLY_A or abs(after.last.others_a - before.last.others_a) > tuning.TOLERANCE_A:
        return None
    seen_a = {circuit: before.grid_a[circuit].change_to(grid_a) for circuit, grid_a in after.grid_a.items()}
    noise_a = {circuit: before.noise_a[circuit].joined(waver_a, max) for circuit, waver_a in after.noise_a.items()}
    known = before.last.single_a is not None and after.last.single_a is not None
    single_a = (after.last.single_a or 0.0) - (before.last.single_a or 0.0) if known else None
    own_a = before.last.draw_a.change_to(after.last.draw_a)
    has_one = single_a is not None and len(load.phases) > 1
    level_a = {circuit: before.grid_a[circuit].joined(grid_a, _larger) for circuit, grid_a in after.grid_a.items()}
    return Move(own_a, seen_a, noise_a, level_a, single_a if has_one else None, is_power, told_a)


def _larger(before: float, after: float) -> float:
    return max(abs(before), abs(after))


def half_way_s(seen: Sequence[tuple[float, float | None]]) -> float | None:
    """When something had gone half of its way from the first of (when, what) to the last; None where it did not go."""
    known = [(at_s, value) for at_s, value in seen if value is not None]
    if len(known) < 2 or abs(known[-1][1] - known[0][1]) < tuning.CLEARLY_A:
        return None
    first, last = known[0][1], known[-1][1]
    return next(at_s for at_s, value in known if (value - first) / (last - first) >= 1 / 2)
