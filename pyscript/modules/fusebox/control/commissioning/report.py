"""The results of a test for the user: a row for each load and meter, and the correct lines of CONFIG. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.electrics import number_text
from ...model.load import Load
from ...model.messages.message import Message, message
from ...model.site import Site
from ..diagnostics.wiring_evidence import LoadWiring
from ..diagnostics.wiring_findings import Line, find_differences, grid_path, lines_to_write, meters_path
from ..diagnostics.wiring_fit import Explanation, log_odds
from ..estimators.acknowledgement import is_same_current
from .level import likeliest_lag_s
from .state import Test
from .trial import Trial

STEPS_A = (5.0, 2.0, 1.0)
"""Steps to which devices round their current [A]."""
Row = Mapping[str, object]


class Report(NamedTuple):
    """The results of a test."""

    rows: tuple[Row, ...]
    """A row for each load, then for each meter."""
    config: tuple[Line, ...]
    """Lines to write in CONFIG, each with its place."""
    problems: tuple[Message, ...]
    """Differences from CONFIG, in sentences with their evidence."""


def build_report(site: Site, test: Test) -> Report:
    """Return the results of a test so far: rows of loads and meters, lines for CONFIG, and differences from it.

    No meter has a row before the first observed change, or while meters may be too late.
    """
    loads = site.by_name
    fit = test.fit(site)
    found, best = find_differences(fit), fit.find_likeliest() if fit.moves else None
    habits = [habit for trial in test.trials for habit in _device_differences(loads[trial.load], trial)]
    config = (*lines_to_write(found), *(line for line, _ in habits if line is not None))
    rows = [_load_row(loads[t.load], t, best, log_odds(fit, t.load)) for t in test.trials]
    rows += _meter_source_rows(test, best)
    slow = () if fit.moves else test.late_circuits(site)
    late = [message("wiring_late", path=meters_path(name), late_s=tuning.SLOWEST_S / 2) for name in slow]
    problems = (*late, *(each.problem for each in found), *(problem for _, problem in habits))
    return Report(tuple(rows), config, problems)


def _load_row(load: Load, trial: Trial, best: Explanation | None, likelier: float) -> Row:
    """Return the row of one load, with None for what was not found.

    `likelier`: log-odds of the wiring found against any other. `best`: that wiring, None without one.
    """
    wiring = None if best is None else best.loads.get(load.name)
    moves = trial.observed_moves
    took_s = [
        (s.move.commanded_a or 0.0, s.took_s) for s in trial.results if s.move is not None and s.took_s is not None
    ]
    return {
        "load": load.name,
        "phases": None if wiring is None else [phase.name for phase in wiring.phases],
        "circuit": None if wiring is None else wiring.circuit,
        "changes": len(moves),
        "sure_pct": round(100 / (1 + math.exp(-likelier)), 2) if moves and not trial.failed else None,
        "up_s": _median_and_longest_s([s for by_a, s in took_s if by_a > 0]),
        "down_s": _median_and_longest_s([s for by_a, s in took_s if by_a <= 0]),
        "rounds_to_a": device_rounding_a(load, trial),
        "pauses": stops_at_zero(trial),
        "least_a": _lowest_running_draw_a(load, trial, wiring),
        "draw_is_true": None if wiring is None or not trial.drew_a else not wiring.sensor_is_wrong(measured=True),
    }


def _lowest_running_draw_a(load: Load, trial: Trial, wiring: LoadWiring | None) -> float | None:
    """Return the lowest draw measured on a phase while it ran [A]; None without a sensor or if it never drew.

    A power of all phases is converted to the phases found (`wiring`).
    """
    least_a = min((a for _, a in trial.drew_a if a > tuning.DRAWS_A), default=None)
    if least_a is None:
        return None
    if wiring is not None and not set(wiring.phases) <= set(load.phases) and trial.observed_moves:
        last = trial.observed_moves[-1]
        if last.single_a is None or last.is_power:
            # A single power was divided among the phases in CONFIG, not among those it flows on.
            least_a *= len(load.phases) / len(wiring.phases)
    return round(least_a, 1)


def _meter_source_rows(test: Test, best: Explanation | None) -> Sequence[Row]:
    """Return a row for each meter's phase: what it really shows, with gain, reporting interval and latency.

    None of them without an explanation.
    """
    every = [each for trial in test.trials for result in trial.results for each in result.every_s]
    return [
        {
            "meter": grid_path(circuit, phase),
            "phase": source.name,
            "shows": gain,
            "every_s": _median_and_longest_s([s for *meter, s in every if meter == [circuit, phase]]),
            "late_s": _meter_lateness_s(test, circuit),
        }
        for circuit, state in ({} if best is None else best.meters).items()
        for phase, source, gain in state.meters
    ]


def _meter_lateness_s(test: Test, circuit: str) -> Row | None:
    """Return how late a circuit's meters are [s]: by all loads together (median), and the worst load that agrees.

    None where that was not found. A load agrees within `ANSWER_S`.
    """
    late_s = test.lags_s.get(circuit)
    if late_s is None:
        return None
    single_s = [likeliest_lag_s(fit) for trial in test.trials for where, fit in trial.lags.items() if where == circuit]
    agreed_s = [s for s in single_s if s is not None and abs(s - late_s) <= tuning.ANSWER_S]
    return {"median": late_s, "worst": max([late_s, *agreed_s])}


def _median_and_longest_s(times_s: Sequence[float]) -> Row | None:
    """Return the median and the longest of some times [s]; None for none."""
    if not times_s:
        return None
    return {"median": round(sorted(times_s)[len(times_s) // 2], 1), "worst": round(max(times_s), 1)}


def device_rounding_a(load: Load, trial: Trial) -> float | None:
    """Return the steps to which a device rounds its commands [A].

    Where it has shown something else than it was sent, the first of `STEPS_A` that fits. Otherwise what was learnt
    before the test, because since then it is only sent whole steps; None where nothing was, and for an on/off load. A
    device that stops at its highest current does not round.
    """
    if load.on_off:
        return None
    shown = {(sent_a, shown_a) for sent_a, shown_a in trial.shown_a if sent_a > 0 and shown_a > 0}
    highest_a = max((shown_a for _, shown_a in shown), default=0.0)
    # A device that stops at the highest value may be limited to it rather than rounding.
    rounded = [pair for pair in shown if not is_same_current(*pair) and pair[1] < highest_a]
    for step_a in STEPS_A if rounded else ():
        if all(_is_rounded(sent_a, shown_a, step_a) or shown_a == highest_a for sent_a, shown_a in shown):
            return step_a
    return None if trial.memory_before is None else trial.memory_before.response.device_step_a


def _is_rounded(sent_a: float, shown_a: float, step_a: float) -> bool:
    """Return whether a device that rounds to multiples of `step_a` could display `shown_a` after `sent_a` was sent."""
    return is_same_current(shown_a, round(shown_a / step_a) * step_a) and abs(shown_a - sent_a) < step_a


def stops_at_zero(trial: Trial) -> bool | None:
    """Return whether the load drew nothing at each level with a displayed limit of 0 A; None without such a level."""
    stopped = [took_a for offered_a, took_a in trial.drew_a if offered_a <= 0]
    return all(took_a <= tuning.DRAWS_A for took_a in stopped) if stopped else None


def _device_differences(load: Load, trial: Trial) -> Sequence[tuple[Line | None, Message]]:
    """Return what a device does otherwise than CONFIG says: a line for CONFIG, None without one, and the message.

    These are a coarser step than `step_a` says, and a draw at 0 A; empty for neither.
    """
    found, name = list[tuple[Line | None, Message]](), load.name
    step_a = device_rounding_a(load, trial)
    if step_a is not None and step_a > load.step_a:
        line = Line(f"loads.{name}", f'"step_a": {number_text(step_a, 2)}')
        path = f"loads.{name}.step_a"
        found.append((line, message("device_rounds", path=path, step_a=step_a, line=line.text)))
    if stops_at_zero(trial) is False:
        draw_a = max(a for offered_a, a in trial.drew_a if offered_a <= 0)
        found.append((None, message("device_never_pauses", path=f"loads.{name}.switch", draw_a=draw_a)))
    return found
