"""What the loads draw and could draw under a tariff, and how long they may continue under limits on energy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.durations import HOUR_S, QUARTER_S, backoff_s
from ...model.electrics import Phase
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.snapshot import LoadState, min_current_a
from ..estimators.usage import unused_slack_a
from .flows import Flows

GRID_POWER_MODES = (Mode.STANDARD, Mode.BOOST)
"""Modes in which a charger may use up what is left of a window; in others it waits for sun or needs nothing."""


class LoadEnvelope(NamedTuple):
    """Sums over all loads [W]."""

    now_w: float
    """Their draw."""

    at_minimum_w: float
    """Their draw if each running load were at its minimum."""

    all_minimums_w: float
    """The minimums of running and waiting loads."""

    most_w: float
    """The most that the chargers could take."""

    rise_w_s: float
    """How fast the chargers rise to that [W/s]."""

    slow_s: float
    """How long the slowest cut may take [s]."""

    starts_seldom: bool
    """Whether no charger has started so often within the hour that another start matters."""

    def usable_energy_ws(self, for_s: float) -> float:
        """Return the most energy that the loads can use within `for_s` seconds [Ws].

        They draw what they draw now, or all minimums where that is more, for `slow_s`, and then rise to their most.
        """
        from_w = max(self.all_minimums_w, min(self.now_w, self.most_w))
        more_w = max(self.most_w - from_w, 0.0)
        rests_s = max(for_s - self.slow_s, 0.0)
        climbs_s = min(more_w / self.rise_w_s, rests_s)
        return from_w * for_s + self.rise_w_s * climbs_s**2 / 2 + more_w * (rests_s - climbs_s)


def sum_load_envelope(flows: Flows) -> LoadEnvelope:
    """Return the envelope of all loads that draw or want grid power.

    Only chargers in modes that use the grid count for what loads could use up, for how slow they are, and for how often
    they started.
    """
    site, snapshot, memory = flows.site, flows.snapshot, flows.memory.loads
    volts, weights, drawn_a = site.voltage_v, site.phase_weights[site.phases], flows.drawn_on(site.phases)
    at_minimum_a = all_minimums_a = most_a = rise_a_s = 0.0
    slow_s, starts_seldom = tuning.QUICK_S, True
    for load in site.loads:
        state, past = snapshot.state_of(load.name), memory.get(load.name, NEW_LOAD)
        if load.name not in weights:
            continue
        weight, draws_a = weights[load.name], drawn_a.get(load.name, 0.0)
        minimum_a = weight * min_current_a(load, state)
        uses_grid = load.mode in GRID_POWER_MODES
        if draws_a <= 0 and not (state.available and state.can_use_power and uses_grid):
            continue
        at_minimum_a += min(draws_a, minimum_a)
        all_minimums_a += minimum_a
        if load.is_modulated and uses_grid:
            starts = sum(snapshot.now_s - s < HOUR_S for s in past.timing.starts_s)
            starts_seldom = starts_seldom and starts < tuning.NO_CHANCE_TIMES
            most_a += weight * _charger_max_a(load, state, past, flows.main)
            step_s = tuning.RAISE_EVERY_S if may_leap(load, state) else max(tuning.RAISE_EVERY_S, load.min_write_s)
            rise_a_s += weight * tuning.RAISE_STEP_A / step_s
            slow_s = max(slow_s, load.min_write_s + tuning.FOLLOW_S if load.min_write_s else tuning.QUICK_S)
    return LoadEnvelope(
        now_w=volts * sum(drawn_a.values()),
        at_minimum_w=volts * at_minimum_a,
        all_minimums_w=volts * all_minimums_a,
        most_w=volts * most_a,
        rise_w_s=volts * rise_a_s,
        slow_s=slow_s,
        starts_seldom=starts_seldom,
    )


def may_leap(load: Load, state: LoadState) -> bool:
    """Return whether one command may raise a load by more than `RAISE_STEP_A`, because its next one has to wait.

    True for chargers on grid power that have a write interval and whose draw is measured on each of their phases.
    """
    is_slow = load.mode in GRID_POWER_MODES and load.min_write_s > tuning.RAISE_EVERY_S
    return is_slow and all(state.draw_a[phase] is not None for phase in load.phases)


def _charger_max_a(load: Load, state: LoadState, past: LoadMemory, main: Mapping[Phase, Ceiling]) -> float:
    """Return the most that a charger could take on each phase [A], at least 0.

    The lowest of its maximum, its device's, a manual limit, the main fuse's headroom, and what its car was seen to use.
    """
    limits_a = [load.max_a, *(main[phase].headroom_a for phase in load.phases if phase in main)]
    limits_a += [a for a in (state.device_max_a, past.manual.limit_a) if a is not None]
    if past.response.unused_offer.usage_cap_a is not None:
        limits_a.append(past.response.unused_offer.usage_cap_a - unused_slack_a(load))
    return max(min(limits_a), 0.0)


def tolerates_load(ceiling: Ceiling, load: Load, before: Mapping[str, float]) -> bool:
    """Return whether a limit on energy has enough left for a running load that does not fit now.

    False for a limit on power. A stopped load stays on until its device has followed, so that time has to be covered.
    `before`: running loads served first -> their minimum [A], which has to last until the window ends. Under a limit
    without an end, or with none of them under it, each load in `before` takes `WINDOW_RUNS_S` of the tolerated time.
    """
    if ceiling.tolerates_s is None:
        return False
    least_s = tuning.FOLLOW_S + load.min_write_s
    served_a = sum(ceiling.weights[name] * min_a for name, min_a in before.items() if name in ceiling.weights)
    if served_a > 0 and ceiling.ends_in_s < float("inf"):
        own_a = ceiling.drawn_a.get(load.name, 0.0)
        return ceiling.spare_as - served_a * ceiling.ends_in_s > own_a * (least_s + tuning.WINDOW_RUNS_S)
    return ceiling.tolerates_s > least_s + len(before) * tuning.WINDOW_RUNS_S


def off_time_after_stop_s(load: Load, starts_s: Sequence[float], now_s: float) -> float:
    """Return how long a switched load stays off after an energy limit stopped it [s].

    Its `min_off_s` or `pause_s`, the longer; doubled with each start in the last hour but the first, at most
    `FORGET_S`.
    """
    starts = sum(1 for s in starts_s if now_s - s < HOUR_S)
    longest_s = max(tuning.FORGET_S, load.min_off_s)
    return backoff_s(max(load.min_off_s, load.pause_s), starts - 1, longest_s)


def would_stop_again_soon(ceiling: Ceiling, load: Load, min_a: float, running_a: float) -> bool:
    """Return whether a load started at its minimum would have to stop soon, in this window or in the next one.

    In this one if the limit tolerates less than `LASTING_S`; in the next if what that leaves is too little until the
    load has run for `WINDOW_RUNS_S` in all, a switched one for a quarter of an hour, or if a charger would not fit from
    its begin on. False for a limit on power or without an end. `running_a`: the headroom that the minimums of running
    loads use [A].
    """
    if ceiling.tolerates_s is None or ceiling.ends_in_s == float("inf"):
        return False
    if ceiling.tolerates_s < tuning.LASTING_S:
        return True
    then_s = (QUARTER_S if load.on_off else tuning.WINDOW_RUNS_S) - ceiling.ends_in_s
    draws_a = running_a + min_a * ceiling.weights[load.name]
    return then_s > 0 and (draws_a * then_s > ceiling.then_as or (not load.on_off and draws_a > ceiling.then_a))
