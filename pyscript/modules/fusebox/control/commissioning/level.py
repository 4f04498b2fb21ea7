"""Observations of a load and all meters while a test holds it at one level, when they have settled, and how late. Pure.

A single change may coincide with a kettle. So all changes of a load are compared with all changes of a meter, shifted
by each lag in turn. The lag that explains most is the meter's. The evidence of several loads is added.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple

from ... import tuning
from ...model.electrics import ALL_PHASES, PerPhase, Phase
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.records import fast_replace
from ...model.site import MAIN
from ...model.snapshot import NEVER, LoadState, Reading, Snapshot
from ..diagnostics.wiring import move_between
from ..diagnostics.wiring_evidence import KILO, LARGEST_A, NOTHING
from ..diagnostics.wiring_fit import CLEAR
from ..estimators.production import PhaseShares


class Sample(NamedTuple):
    """The observations at one instant."""

    at_s: float
    """The time [s since 1970]."""
    grid_a: Mapping[str, Mapping[Phase, Reading]]
    """Circuit -> its meter readings by phase [A]."""
    draw_a: PerPhase
    """The draw by the load's own sensor on each phase [A], None without a sensor."""
    offered_a: float
    """The current that its device displays as its limit [A]."""
    setpoint_a: float
    """Its setpoint [A]."""
    sent_a: float
    """The last current sent to it [A]."""
    others_a: float
    """The draw of all other loads [A]."""
    own_a: float = 0.0
    """The draw of batteries and panels whose change may hide the load's from the meters [A, all phases together]."""

    @property
    def drawn_a(self) -> float | None:
        """The draw by the load's own sensor on all phases together [A], None without a sensor."""
        known = [a for a in self.draw_a if a is not None]
        return sum(known) if known else None

    def shown_a(self, circuit: str, phase: Phase) -> float | None:
        """Return the current that a meter shows [A], None without a meter or a good reading."""
        return self.grid_a[circuit].get(phase, NEVER).value

    def reported_s(self, circuit: str, phase: Phase) -> float:
        """Return when a meter last reported [s since 1970]."""
        return self.at_s - self.grid_a[circuit][phase].age_s


def take_sample(load: Load, snapshot: Snapshot, past: LoadMemory, own_a: float) -> Sample:
    """Return the present observations of a load and all meters, with the draw of what may balance them (`own_a`).

    The offer is what the device displays, else the setpoint; of a switched load its highest current. Off counts as 0.
    """
    state, command = snapshot.loads[load.name], past.command
    if load.on_off or state.on is False:
        offered_a = load.max_a if state.on else 0.0
    else:
        offered_a = past.setpoint_a if state.offer_a is None else state.offer_a
    sent_a = past.setpoint_a if command.sent_a is None or command.sent_on is False else command.sent_a
    others_a = sum(sum(a or 0.0 for a in each.draw_a) for name, each in snapshot.loads.items() if name != load.name)
    now_s, grid_a = snapshot.now_s, snapshot.grid_a
    return Sample(now_s, grid_a, state.draw_a, offered_a, past.setpoint_a, sent_a, others_a, own_a)


def own_draws_a(samples: Sequence[Sample]) -> list[float]:
    """Return the load's draw in each sample [A]: by its sensor if that moved clearly, else by its displayed limit.

    A sensor whose values are too large for amps counts in thousandths.
    """
    drawn = [sample.drawn_a or 0.0 for sample in samples]
    for unit in (1.0, KILO):
        if max(drawn) - min(drawn) > tuning.CLEARLY_A * unit and max(map(abs, drawn)) <= LARGEST_A * unit:
            return [a / unit for a in drawn]
    return [sample.offered_a for sample in samples]


class Plateau(NamedTuple):
    """The observations while nothing changed."""

    grid_a: Mapping[str, PerPhase]
    """Circuit -> the median of its meters on each phase [A]."""
    noise_a: Mapping[str, PerPhase]
    """Circuit -> half the range of its meters on each phase [A]."""
    own_a: float
    """The median draw of batteries and panels [A]."""
    last: Sample
    """Its newest sample."""


def median_plateau(samples: Sequence[Sample], window_s: float) -> Plateau:
    """Return the samples of the last `window_s` seconds as one plateau: the median and half the range of each meter.

    None for a meter without a value in that time. There has to be a sample.
    """
    last = samples[-1]
    recent = [sample for sample in samples if sample.at_s >= last.at_s - window_s]
    columns = {
        circuit: [[a for s in recent if (a := s.shown_a(circuit, phase)) is not None] for phase in ALL_PHASES]
        for circuit in last.grid_a
    }
    medians = {c: PerPhase(*[sorted(a)[len(a) // 2] if a else None for a in each]) for c, each in columns.items()}
    half_ranges = {c: PerPhase(*[(max(a) - min(a)) / 2 if a else None for a in each]) for c, each in columns.items()}
    return Plateau(medians, half_ranges, sorted(sample.own_a for sample in recent)[len(recent) // 2], last)


class LevelResult(NamedTuple):
    """The result of one level of a load."""

    move: Move | None = None
    """The change to this level; None where the load did not change, or other loads did, or `is_balanced`."""
    shown_a: tuple[tuple[float, float], ...] = ()
    """Pairs of a current sent to the device and the current it displayed [A]."""
    drew_a: tuple[float, float] | None = None
    """The displayed limit and the highest draw on a phase [A]; None without a draw sensor."""
    took_s: float | None = None
    """How long the load took to change [s]; None where that was not observed."""
    read_s: float = math.inf
    """How long after the load's change the meters were read [s]; infinite where that was not observed."""
    every_s: tuple[tuple[str, Phase, float], ...] = ()
    """Circuit, phase and seconds between two reports of their meter."""
    is_balanced: bool = False
    """Whether battery or inverter changed too, and so may have hidden the load's change from the meters."""


def judge_level(
    load: Load, state: LoadState, before: Plateau, after: Plateau, samples: Sequence[Sample], shares: PhaseShares
) -> LevelResult:
    """Return what one level of a test has shown: how the meters changed from `before` to `after`, and device values.

    `samples`: all since the first plateau, for the displayed limits, the response time and the meters' report
    intervals. Without a clean change there is no response time. `shares`: see `own_shares`.
    """
    last, move = after.last, _clean_move_between(load, state, before, after, shares)
    is_balanced = move is not None and _is_balanced(load, move, (before.own_a, after.own_a), shares)
    move = None if is_balanced else move
    drew_a = None if last.draw_a.highest is None else (last.offered_a, last.draw_a.highest)
    moved_s = half_way_s(list(zip([sample.at_s for sample in samples], own_draws_a(samples), strict=True)))
    took_s = None if move is None or moved_s is None else _response_time_s(samples, moved_s)
    every_s, read_s = report_intervals_s(samples), math.inf if moved_s is None else last.at_s - moved_s
    return LevelResult(move, displayed_levels(samples), drew_a, took_s, read_s, every_s, is_balanced)


def _is_balanced(load: Load, move: Move, own_a: tuple[float, float], shares: PhaseShares) -> bool:
    """Return whether batteries and panels, which drew `own_a` before and after, may hide a load's change.

    Not while part of it is left, by what they draw or by the main meters. Where it is unknown on which phases they
    draw, anything that they draw may have moved to other phases; and meters that they hold at zero show nothing.
    """
    if not shares or max(abs(a or 0.0) for a in move.level_a[MAIN]) <= tuning.TOLERANCE_A:
        return max(map(abs, own_a)) > tuning.TOLERANCE_A
    more_a = move.own_a.get(MAIN, NOTHING)
    left_a = [(move.drawn_a[phase] or move.commanded_a or 0.0) + (more_a[phase] or 0.0) for phase in load.phases]
    seen_a = max(abs(a or 0.0) for a in (*left_a, *move.change_a[MAIN]))
    return seen_a <= tuning.TOLERANCE_A < abs(own_a[1] - own_a[0])


def _clean_move_between(
    load: Load, state: LoadState, before: Plateau, after: Plateau, shares: PhaseShares
) -> Move | None:
    """Return the change between two plateaus: of the load and of each meter, with the meters' noise and level.

    None where limit and draw changed by less than `CLEARLY_A`, and where other loads changed by over `TOLERANCE_A`.
    """
    one, other = before.last, after.last
    commanded_a = other.offered_a - one.offered_a
    moved_a = max(abs(commanded_a), abs((other.drawn_a or 0.0) - (one.drawn_a or 0.0)))
    if moved_a < tuning.CLEARLY_A or abs(other.others_a - one.others_a) > tuning.TOLERANCE_A:
        return None
    change_a = {circuit: before.grid_a[circuit].change_to(grid_a) for circuit, grid_a in after.grid_a.items()}
    noise_a = {c: before.noise_a[c].combine(half_range_a, max) for c, half_range_a in after.noise_a.items()}
    level_a = {c: before.grid_a[c].combine(grid_a, partial(max, key=abs)) for c, grid_a in after.grid_a.items()}
    by_a = after.own_a - before.own_a
    own_a = {c: PerPhase(*[(share or 0.0) * by_a for share in each]) for c, each in shares.items() if by_a}
    move = move_between(load, state, one.draw_a, change_a)
    return fast_replace(move, noise_a=noise_a, level_a=level_a, commanded_a=commanded_a, own_a=own_a)


def sent_runs(samples: Sequence[Sample]) -> Sequence[Sequence[Sample]]:
    """Return the samples grouped into runs, one for each current sent to the device."""
    return [list(run) for _, run in groupby(samples, key=lambda sample: sample.sent_a)]


def displayed_levels(samples: Sequence[Sample]) -> tuple[tuple[float, float], ...]:
    """Return pairs of a current sent to the device and the current it displayed when the next one was sent [A].

    Left out: a current sent for less than `QUICK_S`, and one during which the device still displayed its first current.
    """
    runs = [run for run in sent_runs(samples) if run[-1].at_s - run[0].at_s >= tuning.QUICK_S]
    shown = [run[-1] for run in runs if run[-1] is samples[-1] or run[-1].offered_a != samples[0].offered_a]
    return tuple((sample.sent_a, sample.offered_a) for sample in shown)


def report_intervals_s(samples: Sequence[Sample]) -> tuple[tuple[str, Phase, float], ...]:
    """Return circuit, phase and seconds between consecutive reports of each meter, without those in a burst.

    `samples`: at least one; only the meters of the last one count.
    """
    meters = [(circuit, phase) for circuit, phases in samples[-1].grid_a.items() for phase in phases]
    reports = {meter: [s.reported_s(*meter) for s in samples if s.shown_a(*meter) is not None] for meter in meters}
    return tuple(
        (*meter, after_s - before_s)
        for meter, reports_s in reports.items()
        for before_s, after_s in pairwise(reports_s)
        if after_s - before_s > tuning.REPORT_BURST_S
    )


def _response_time_s(samples: Sequence[Sample], moved_s: float) -> float:
    """Return how long after its setpoint changed the load had made half of its change, at `moved_s` [s]."""
    changed_s = next((s.at_s for s in samples if s.setpoint_a != samples[0].setpoint_a), samples[0].at_s)
    return max(moved_s - changed_s, 0.0)


def half_way_s(course: Sequence[tuple[float, float]]) -> float | None:
    """Return when a value was half way from the first of (time, value) pairs to the last; None if it did not change."""
    if len(course) < 2 or abs(course[-1][1] - course[0][1]) < tuning.CLEARLY_A:
        return None
    first, last = course[0][1], course[-1][1]
    return next(at_s for at_s, value in course if (value - first) / (last - first) >= 1 / 2)


LagFit = Sequence[float]
"""For each lag of 0, 1, 2, ... s: log-likelihood of the meter's readings with the load, less that without it."""


def likeliest_lag_s(fit: LagFit) -> float | None:
    """Return the likeliest lag [s]; None where the meters show too little of the load or the longest lag fits best."""
    likeliest = max(range(len(fit)), key=fit.__getitem__)
    # A restless house is explained a little by any lag, so the best is compared with the worst. What would fit even
    # better with a longer lag fits with none.
    return float(likeliest) if fit[likeliest] - min(fit) >= CLEAR and likeliest < len(fit) - 1 else None


def sum_fits(one: Mapping[str, LagFit], other: Mapping[str, LagFit]) -> dict[str, LagFit]:
    """Return circuit -> the fits of two loads, or of two trials of one, summed where both have the circuit."""
    both = {c: [a + b for a, b in zip(fit, other[c], strict=True)] for c, fit in one.items() if c in other}
    return {**one, **other, **both}


def fit_lags(trace: Sequence[Sample], circuit: str) -> LagFit:
    """Return the log-likelihood gained by each lag of whole seconds up to half of `SLOWEST_S`, in order.

    Of the circuit's meters that reported in every sample, the best-fitting one counts; 0 without any.
    """
    times_s = [sample.at_s for sample in trace]
    own = _recent_changes(own_draws_a(trace), times_s)
    columns = [[a for s in trace if (a := s.shown_a(circuit, phase)) is not None] for phase in ALL_PHASES]
    known = [_recent_changes(column, times_s) for column in columns if len(column) == len(trace)]
    shifted = [_value_before(own, times_s, lag_s) for lag_s in range(int(tuning.SLOWEST_S / 2) + 1)]
    return [max([_likelihood_gain(column, each) for column in known], default=0.0) for each in shifted]


def _recent_changes(values: Sequence[float], times_s: Sequence[float]) -> list[float]:
    """Return the change of a value over the last `ANSWER_S`, for each sample; a constant part drops out.

    The first value also counts for the time before the first sample.
    """
    before = _value_before(values, times_s, tuning.ANSWER_S)
    return [now - then for now, then in zip(values, before, strict=True)]


def _value_before(values: Sequence[float], times_s: Sequence[float], later_s: float) -> list[float]:
    """Return the value `later_s` before each sample; before the first sample, the first value."""
    return [values[max(bisect_right(times_s, at_s - later_s) - 1, 0)] for at_s in times_s]


def _likelihood_gain(shown: Sequence[float], own: Sequence[float]) -> float:
    """Return the log-likelihood gained by regressing a meter on a load, compared with the meter's mean.

    0 where the meter shows less than `ALIKE_SHARE` of each amp (or of each thousandth, for a meter or load in other
    units), because that is a coincidence. Each move counts once, however many samples it lasts, and the first does not.
    """
    shown_mean, own_mean = sum(shown) / len(shown), sum(own) / len(own)
    both = sum([(a - shown_mean) * (b - own_mean) for a, b in zip(shown, own, strict=True)])
    shown_all, own_all = sum([(a - shown_mean) ** 2 for a in shown]), sum([(b - own_mean) ** 2 for b in own])
    gain = abs(both / own_all) if own_all > 0 else 0.0
    if gain < tuning.ALIKE_SHARE and not tuning.ALIKE_SHARE <= gain / KILO <= 1 / tuning.ALIKE_SHARE:
        return 0.0
    # However long they are watched, each move of load or meter counts once. Some gain explains any first one.
    moving = [max(abs(a) / gain, abs(b)) > tuning.DRAWS_A for a, b in zip(shown, own, strict=True)]
    independent = max(sum(moves for moves, _ in groupby(moving)) - 1, 0)
    return -independent / 2 * math.log(1 - min(both * both / (shown_all * own_all), 1 - 1e-9))
