"""What the loads draw under a tariff and could take, and their patience under limits that are energy over a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.durations import HOUR_S, QUARTER_S, backoff_s
from ...model.electrics import Phase
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, min_current_a

BY_THE_GRID = (Mode.STANDARD, Mode.BOOST)
"""Chargers that are served so may use up what is left of a window; others wait for sun, or want nothing when hot."""


class LoadEnvelope(NamedTuple):
    """Watts of all loads together."""

    now_w: float
    """What they draw."""

    at_minimum_w: float
    """What is left of that once each that runs is at its minimum."""

    all_minimums_w: float
    """The minimums of those too that wait."""

    most_w: float
    """What the chargers could take."""

    rise_w_s: float
    """How fast they go up to that [W/s]."""

    slow_s: float
    """How long a cut may take [s]."""

    fresh: bool
    """Whether one start more of any of them is no matter."""

    def usable_ws(self, for_s: float) -> float:
        """What they can use up within so long, from what they draw now or their minimums on [Ws]."""
        from_w = max(self.all_minimums_w, min(self.now_w, self.most_w))
        more_w = max(self.most_w - from_w, 0.0)
        rests_s = max(for_s - self.slow_s, 0.0)
        climbs_s = min(more_w / self.rise_w_s, rests_s)
        return from_w * for_s + self.rise_w_s * climbs_s**2 / 2 + more_w * (rests_s - climbs_s)

    def rested(self) -> LoadEnvelope:
        """As they begin again after a pause."""
        return self._replace(now_w=self.all_minimums_w)


def load_envelope(
    site: Site,
    snapshot: Snapshot,
    memory: Mapping[str, LoadMemory],
    drawn_a: Mapping[str, float],
    main: Mapping[Phase, Ceiling],
) -> LoadEnvelope:
    """From what each draws on its phases together [A]."""
    volts, weights = site.voltage_v, site.lines[site.phases]
    at_minimum_a = all_minimums_a = most_a = rise_a_s = 0.0
    slow_s, fresh = tuning.QUICK_S, True
    for load in site.loads:
        state, past = snapshot.loads.get(load.name), memory.get(load.name, NEW_LOAD)
        if state is None or load.name not in weights:
            continue
        weight, draws_a = weights[load.name], drawn_a.get(load.name, 0.0)
        minimum_a = weight * min_current_a(load, state)
        if draws_a <= 0 and not _wants(load, state):
            continue
        at_minimum_a += min(draws_a, minimum_a)
        all_minimums_a += minimum_a
        if not load.is_switched and load.mode in BY_THE_GRID:
            fresh = fresh and is_fresh(past.timing.starts_s, snapshot.now_s)
            most_a += weight * _most_a(load, state, past, main)
            step_s = tuning.RAISE_EVERY_S if makes_leaps(load, state) else max(tuning.RAISE_EVERY_S, load.min_write_s)
            rise_a_s += weight * tuning.RAISE_STEP_A / step_s
            slow_s = max(slow_s, load.min_write_s + tuning.FOLLOW_S if load.min_write_s else tuning.QUICK_S)
    return LoadEnvelope(
        now_w=volts * sum(drawn_a.values()),
        at_minimum_w=volts * at_minimum_a,
        all_minimums_w=volts * all_minimums_a,
        most_w=volts * most_a,
        rise_w_s=volts * rise_a_s,
        slow_s=slow_s,
        fresh=fresh,
    )


def makes_leaps(load: Load, state: LoadState) -> bool:
    """Return whether one command may raise a load by more than `RAISE_STEP_A` to use up a tariff window.

    True for chargers by the grid that have a write interval and whose draw is measured on each of their phases.
    """
    measured = all(state.draw_a[phase] is not None for phase in load.phases)
    return load.mode in BY_THE_GRID and load.min_write_s > tuning.RAISE_EVERY_S and measured


def _wants(load: Load, state: LoadState) -> bool:
    return state.available and state.can_use_power and load.mode in BY_THE_GRID


def _most_a(load: Load, state: LoadState, past: LoadMemory, main: Mapping[Phase, Ceiling]) -> float:
    """What a charger could take on each of its phases, by its own limits, what its car has shown, and the fuse [A]."""
    limits_a = [load.max_a, *(main[phase].room_a for phase in load.phases if phase in main)]
    limits_a += [a for a in (state.device_max_a, past.manual.limit_a) if a is not None]
    if past.response.unused_offer.usage_cap_a is not None:
        limits_a.append(past.response.unused_offer.usage_cap_a - tuning.CLEARLY_A)
    return max(min(limits_a), 0.0)


def bears(ceiling: Ceiling, load: Load, before: Mapping[str, float]) -> bool:
    """Whether a ceiling is energy over a time, and has enough of it for a load that runs and does not fit just now.

    When it has not, the load is still on for as long as its device takes to hear of it. `before`: the minimums of those
    that run and are served before it [A], by name: they are to go on until the time ends.
    """
    if ceiling.bears_s is None:
        return False
    least_s = tuning.FOLLOW_S + load.min_write_s
    served_a = sum(ceiling.weights[name] * min_a for name, min_a in before.items() if name in ceiling.weights)
    if served_a > 0 and ceiling.ends_in_s < float("inf"):
        own_a = ceiling.drawn_a.get(load.name, 0.0)
        return ceiling.spare_as - served_a * ceiling.ends_in_s > own_a * (least_s + tuning.WINDOW_RUNS_S)
    return ceiling.bears_s > least_s + len(before) * tuning.WINDOW_RUNS_S


def rest_s(load: Load, starts_s: Sequence[float], now_s: float) -> float:
    """How long a switched load stays off that such a ceiling has stopped [s]: what turns often is to turn less."""
    starts = sum(1 for s in starts_s if now_s - s < HOUR_S)
    longest_s = max(tuning.FORGET_S, load.min_off_s)
    return backoff_s(max(load.min_off_s, load.pause_s), starts - 1, longest_s)


def is_fresh(starts_s: Sequence[float], now_s: float) -> bool:
    """Whether a charger has begun so seldom within the hour that one more start is no matter."""
    return sum(1 for s in starts_s if now_s - s < HOUR_S) < tuning.NO_CHANCE_TIMES


def begins_in_vain(ceiling: Ceiling, load: Load, min_a: float, running_a: float) -> bool:
    """Whether a load that began at its minimum would have to stop again soon.

    `running_a`: what the minimums of those that run use of the ceiling.
    """
    if ceiling.bears_s is None or ceiling.ends_in_s == float("inf"):
        return False
    if ceiling.bears_s < tuning.LASTING_S:
        return True
    then_s = (QUARTER_S if load.on_off else tuning.WINDOW_RUNS_S) - ceiling.ends_in_s
    return then_s > 0 and (running_a + min_a * ceiling.weights[load.name]) * then_s > ceiling.then_as
