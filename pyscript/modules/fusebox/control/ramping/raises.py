"""Why, when and how far a load may be raised: each raise fits next to all others, in headroom that lasts. Pure.

Under every ceiling it must fit with every other load counted at the larger of what it draws and what it is set to, in
the worst headroom of the last window. A raise that only undoes a small cut needs headroom that has lasted longer where
a limit has no margin, such as the contract (`undoes_small_cut`), and headroom of at least one step of a meter that
rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality
from ...model.decision import Demand, Hold
from ...model.durations import QUARTER_S, backoff_s
from ...model.electrics import DUST
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.records import fast_replace
from ...model.site import Distribution
from ...model.snapshot import LoadState
from ..estimators.compliance import small_excess_a, still_offered_a
from ..limits.headroom import Ceilings, Headroom
from ..limits.load_envelope import may_leap
from ..limits.sustained_headroom import sustained_ceilings
from ..step_context import Setpoint, Shares, Situation
from ..target import device_steps, round_down_to_steps
from .obstacles import CeilingObstacles, CountedAmps, raise_obstacle


class Raises:
    """The setpoints of a step, given those after all cuts: `raise_load` raises one load after the other."""

    def __init__(
        self, observed: Situation, shares: Shares, targets_a: Mapping[str, float], lowered: Mapping[str, Setpoint]
    ) -> None:
        self.setpoints = dict(lowered)
        self._situation, self._demands, self._ceilings = observed, shares.demands, shares.ceilings.lasting
        snapshot, memory, self._targets_a = observed.snapshot, observed.memory, targets_a
        self._steps = {load.name: device_steps(load, snapshot.state_of(load.name)) for load in observed.site.loads}
        self._offered_a = {
            name: still_offered_a(snapshot.state_of(name), memory.loads[name], setpoint.amps, snapshot.now_s)
            for name, setpoint in lowered.items()
        }
        self._waiting = [d for d in self._demands if _reserves_start(d, memory, self._ceilings, snapshot.now_s)]
        self._obstacles: dict[float, CeilingObstacles] = {}
        """Time for which headroom has to last [s] -> the obstacles of the ceilings with that headroom."""
        self._counted: CountedAmps | None = None
        """The current that each load counts for while others are raised; None until a load may rise in this step."""

    def raise_load(self, demand: Demand) -> None:
        """Raise the setpoint of a load as far as it may rise now; one with an obstacle gets that as its reason."""
        name, observed, before = demand.load, self._situation, self.setpoints[demand.load]
        past, quality = observed.memory.loads[name], observed.data_quality[name]
        obstacles = self._obstacles_of(name)
        stop = raise_obstacle(observed.site.by_name[name], obstacles, past, quality, observed.snapshot)
        if stop:
            self.setpoints[name] = fast_replace(before, why=stop, may_raise=False)
        elif self._targets_a[name] > past.setpoint_a:
            self.setpoints[name] = self._raised(demand, obstacles.ceilings)
        waits = self.setpoints[name].amps <= 0 < self._targets_a[name] and quality is DataQuality.GOOD
        if waits and _may_stay_on(past, observed.snapshot.state_of(name), obstacles.ceilings.over(name)):
            self.setpoints[name] = Setpoint(demand.min_a)
        if self._counted is not None and self.setpoints[name].amps != before.amps:
            self._counted.set_current(name, max(self.setpoints[name].amps, self._offered_a[name]))

    def _obstacles_of(self, name: str) -> CeilingObstacles:
        """Return the obstacles of all ceilings, with headroom that lasts as long as a raise of this load needs."""
        memory, load = self._situation.memory, self._situation.site.by_name[name]
        lasts_s = 0.0
        if not load.can.in_watts:
            # A current sent to a slow device stays for a while, so its headroom has to. So does the headroom for a
            # raise back to a current that noise has just been enough to cut: otherwise both would follow each other
            # every few seconds.
            lasts_s = tuning.SLACK_RATIO * load.min_write_s
            if undoes_small_cut(memory.loads[name], self._targets_a[name], self._steps[name][0]):
                lasts_s = max(lasts_s, headroom_time_to_undo_cut_s(self._ceilings, name))
        if lasts_s not in self._obstacles:
            now_s, usual = self._situation.now_s, self._ceilings
            lasting = sustained_ceilings(usual, memory, now_s, lasts_s) if lasts_s > 0 else usual
            self._obstacles[lasts_s] = CeilingObstacles(lasting, memory.headroom, now_s)
        return self._obstacles[lasts_s]

    def _raised(self, demand: Demand, ceilings: Ceilings) -> Setpoint:
        """Return the raised setpoint of a load, next to all other loads in the headroom of `ceilings`.

        In steps, unless it may leap; and it leaves headroom for starts that come before it.
        """
        name, observed, steps = demand.load, self._situation, self._steps[demand.load]
        load, past, target_a = observed.site.by_name[name], observed.memory.loads[name], self._targets_a[name]
        if self._counted is None:
            most_a = {n: max(self.setpoints[n].amps, offer_a) for n, offer_a in self._offered_a.items()}
            self._counted = CountedAmps(self._ceilings, self._demands, most_a)
        headroom = self._counted.headroom_without(name, ceilings, starts=self.setpoints[name].amps <= 0)
        # What it draws beyond its setpoint it will draw beyond a higher one too.
        headroom.take(name, small_excess_a(observed.snapshot.state_of(name), past))
        leap_a = min(target_a, highest_raise_a(load, observed.snapshot.state_of(name), past.setpoint_a, headroom))
        step_a = max(tuning.RAISE_STEP_A, steps[0])
        # A load that comes in pieces of a known rating does not ramp: no measurement could contradict the rating.
        next_a = target_a if demand.piece_a > 0 else min(target_a, max(past.setpoint_a + step_a, leap_a))
        setpoint = self._next_setpoint(demand, next_a, headroom)
        now_s = observed.now_s
        if _awaits_end_of_saw(past, target_a, now_s) and not load.can.in_watts:
            setpoint = _await_lasting_headroom(past, ())
        too_soon = _is_small_and_soon(setpoint, past, now_s) and not load.can.in_watts
        if too_soon or _may_wait_in_window(setpoint, demand, observed, headroom):
            setpoint = Setpoint(past.setpoint_a)
        if past.setpoint_a <= 0 < setpoint.amps < leap_a:
            setpoint = Setpoint(round_down_to_steps(min(leap_a, headroom.available_a(name)), demand, steps))
        if self._waiting and setpoint.amps > (past.setpoint_a if past.setpoint_a > 0 else demand.min_a):
            setpoint = self._spare_headroom_for_starts(setpoint, demand, headroom)
        return setpoint

    def _next_setpoint(self, demand: Demand, most_a: float, headroom: Headroom) -> Setpoint:
        """Return the next setpoint of a load that is to rise: at most `most_a` [A], or its minimum where it was off.

        It stays at its setpoint where `headroom` is short (with a message) or its last raise is within `RAISE_EVERY_S`;
        after a small cut also where the headroom is less than one step of a meter that rounds.
        """
        past, short = self._situation.memory.loads[demand.load], headroom.ceilings_below_minimum(demand)
        if short:
            return _await_lasting_headroom(past, short)
        if past.setpoint_a <= 0:
            return Setpoint(demand.min_a)
        if self._situation.now_s - past.timing.raised_s < tuning.RAISE_EVERY_S:
            return Setpoint(past.setpoint_a)
        headroom_a, steps = headroom.available_a(demand.load), self._steps[demand.load]
        next_a = round_down_to_steps(min(most_a, max(headroom_a, demand.min_a)), demand, steps)
        # After a small cut, headroom of less than one step of a meter that rounds may be its rounding again.
        rounds = headroom_a - past.setpoint_a + DUST < self._situation.memory.meter_step_a <= tuning.TOLERANCE_A + DUST
        if next_a > past.setpoint_a and not (rounds and undoes_small_cut(past, next_a, steps[0])):
            return Setpoint(next_a)
        return _await_lasting_headroom(past, headroom.saturated_ceilings(demand.load))

    def _spare_headroom_for_starts(self, setpoint: Setpoint, demand: Demand, headroom: Headroom) -> Setpoint:
        """Return the raise reduced so that the waiting loads before it can still start, never below its setpoint.

        Subtracts the minimums of those that share a ceiling with it from `headroom`. A reduced raise has a message.
        """
        mine, distribution = headroom.used_places(demand.load), self._situation.site.distribution
        first = [d for d in self._waiting if d.load != demand.load and _minimum_comes_first(d, demand, distribution)]
        starting = [other for other in first if mine & headroom.used_places(other.load)]
        for other in starting:
            headroom.take(other.load, other.min_a)
        headroom_a = max(headroom.available_a(demand.load), demand.min_a)
        most_a = round_down_to_steps(headroom_a, demand, self._steps[demand.load])
        if setpoint.amps <= most_a:
            return setpoint
        why = message("leaves_room_to_start", loads=", ".join(other.load for other in starting))
        return Setpoint(max(most_a, self._situation.memory.loads[demand.load].setpoint_a), why)


def _may_stay_on(past: LoadMemory, state: LoadState, over: Sequence[Ceiling]) -> bool:
    """Return whether a car just plugged into a charger that is still on may start at once.

    It may while all ceilings `over` it are measured and none is exceeded: switching off and on would only wear it.
    """
    is_on = state.on is True and past.vacant
    return is_on and all(c.known and not c.exceeded for c in over)


def undoes_small_cut(past: LoadMemory, target_a: float, step_a: float) -> bool:
    """Return whether a raise to `target_a` [A] mostly undoes the last cut, and both are at most 1 A or one step of 2 A.

    False for a device with larger steps, because noise alone does not cut it.
    """
    if step_a > 2 * tuning.TOLERANCE_A:
        return False
    small_a = max(tuning.TOLERANCE_A, step_a) + DUST
    return 0 < past.timing.before_a - past.setpoint_a <= small_a and 0 < target_a - past.setpoint_a <= small_a


def headroom_time_to_undo_cut_s(ceilings: Ceilings, load: str) -> float:
    """Return how long headroom has to last before a raise that only undoes a small cut [s].

    Shorter if any limit is an energy budget, where waiting wastes sun. Otherwise 0 where each has a margin, within
    which noise stays, or tolerates a short excess, and where there is no limit.
    """
    over = ceilings.over(load)
    if any(ceiling.budget is not None for ceiling in over):
        return tuning.UNDO_ON_SUN_S
    has_margin = all(ceiling.margin_a > 0 or ceiling.tolerates_s is not None for ceiling in over)
    return 0.0 if has_margin else tuning.SLOWEST_S


def _await_lasting_headroom(past: LoadMemory, short: Sequence[Ceiling]) -> Setpoint:
    """Return the setpoint unchanged, with the message that headroom has not lasted; it names the first of `short`."""
    limit = short[0].name if short else None
    rating_a = short[0].rating_a if short and short[0].fuse is not None else None
    why = message("room_not_lasting", most_s=tuning.SLOWEST_S, limit=limit, rating_a=rating_a)
    return Setpoint(past.setpoint_a, why)


def _is_small_and_soon(setpoint: Setpoint, past: LoadMemory, now_s: float) -> bool:
    """Return whether a running load would rise by less than 1 A within `SMALL_RAISE_EVERY_S` of its last raise."""
    more_a = setpoint.amps - past.setpoint_a
    is_small = past.setpoint_a > 0 and 0 < more_a < tuning.TOLERANCE_A - DUST
    return is_small and now_s - past.timing.raised_s < tuning.SMALL_RAISE_EVERY_S


def _awaits_end_of_saw(past: LoadMemory, target_a: float, now_s: float) -> bool:
    """Return whether a running load is not raised yet because its last raises were taken back at once.

    Readings that are late or round may be why. It waits longer each time, but not if the headroom has grown by more
    than the last cut: `target_a` is then more than twice as far above the setpoint [A]. For currents only: a load in
    watts follows clouds up and down.
    """
    timing, undone, set_a = past.timing, past.patience.undone, past.setpoint_a
    if undone < tuning.NO_CHANCE_TIMES or set_a <= 0 or target_a - set_a > 2 * (timing.before_a - set_a) + DUST:
        return False
    return now_s - timing.changed_s < backoff_s(tuning.ANSWER_S, undone - 1, tuning.RETRY_LONGEST_S)


def _may_wait_in_window(setpoint: Setpoint, demand: Demand, observed: Situation, headroom: Headroom) -> bool:
    """Return whether a long tariff window is the tightest limit, and its rest can make up for a small raise that waits.

    So for a raise of a running load by less than `CLEARLY_A`, not to its maximum, in a window of more than a quarter
    hour, until the setpoint has stayed for `WINDOW_RAISE_SHARE` of the rest.
    """
    allowance, load, past = observed.snapshot.allowance, demand.load, observed.memory.loads[demand.load]
    set_a = past.setpoint_a
    if allowance is None or allowance.ends_s - allowance.start_s <= QUARTER_S:
        return False
    headrooms = headroom.ceilings_and_headroom(load)
    if not (headrooms and 0 < set_a < setpoint.amps < min(set_a + tuning.CLEARLY_A - DUST, demand.max_a)):
        return False
    tightest, _ = min(headrooms, key=lambda each: each[1] / each[0].weights[load])
    wait_s = tuning.WINDOW_RAISE_SHARE * tightest.ends_in_s
    return observed.now_s - past.timing.changed_s < wait_s < float("inf")


def highest_raise_a(load: Load, state: LoadState, setpoint_a: float, headroom: Headroom) -> float:
    """Return the highest current that one command may set [A], 0.0 where only the usual step applies.

    The maximum of a load in watts. Otherwise only for a charger that may leap (`may_leap`): under a limit with a
    window, whose rest compensates for a current that was too high, or where its next command has to wait for more than
    `LASTING_S`. Of what the other ceilings leave above the setpoint it may use `LEAP_SHARE`, for measurement errors.
    """
    if load.can.in_watts:
        return load.max_a
    if not may_leap(load, state):
        return 0.0
    ceilings = headroom.ceilings_and_headroom(load.name)
    left_a = [a / c.weights[load.name] for c, a in ceilings if c.ends_in_s == float("inf")]
    if len(left_a) == len(ceilings) and load.min_write_s <= tuning.LASTING_S:
        return 0.0
    return setpoint_a + tuning.LEAP_SHARE * max(min(left_a, default=0.0) - setpoint_a, 0.0)


def _reserves_start(demand: Demand, memory: Memory, ceilings: Sequence[Ceiling], now_s: float) -> bool:
    """Return whether a load that is off was admitted within `LASTING_S`, so that others leave headroom for its start.

    Longer where a meter reports seldom. Not without a demand or while it is held off.
    """
    past = memory.loads[demand.load]
    if past.setpoint_a > 0 or demand.max_a <= 0 or demand.hold is Hold.OFF:
        return False
    meters = [memory.cycles[c.name].every_s for c in ceilings if demand.load in c.weights and c.name in memory.cycles]
    # A meter that averages reports the cut that made headroom one reading later, and then the headroom has to last for
    # one.
    readings_s = tuning.KNOWN_TIMES * max(meters, default=0.0)
    return now_s - past.timing.admitted_s[1] <= max(tuning.LASTING_S, readings_s)


def _minimum_comes_first(other: Demand, demand: Demand, distribution: Distribution) -> bool:
    """Return whether the minimum of `other` comes before anything above the minimum of this load.

    In `strict` and between modes of another urgency only if `other` is served first; otherwise always.
    """
    if other.rank[0] != demand.rank[0] or distribution is Distribution.STRICT:
        return other.rank < demand.rank
    return True
