"""Allocation + memory -> setpoints + memory: cut now, raise later. Pure; `docs/timing.md` explains.

A cut leaves in the same step, to the full amount; raises follow (`raises`). Noise of less than 1 A does not cut a load
within the margin of a fuse: a house load is never still to half an amp, and a load that is cut at every fluctuation has
less most of the time, while the wire carries no less when an appliance starts. Of a margin set larger than noise only
`TOLERANCE_A` is used. A limit without a margin, such as the contract, is obeyed as soon as the meter shows more. A load
that draws up to `TOLERANCE_A` less than its setpoint is not cut for that difference: sensors round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ... import tuning
from ...model.data_quality import DataQuality
from ...model.electrics import DUST
from ...model.load import Load
from ...model.snapshot import LoadState, min_current_a
from ..estimators.compliance import small_excess_a
from ..limits.headroom import NO_LIMITS
from ..remember import remember_load
from ..step_context import RampResult, Setpoint, Shares, Situation
from ..target import device_steps, failsafe_current_a, round_down_to_steps
from .phase_switch_setpoints import zero_setpoints_during_phase_switch
from .raises import Raises


def ramp_setpoints(observed: Situation, shares: Shares) -> RampResult:
    """Return each load's setpoint [A] and updated memory: first all cuts in full, then raises in order of service.

    A load that exceeds only a margin is not cut; old readings lower loads further. A raise needs lasting headroom
    next to all other loads at their draw or setpoint, and leaves headroom for starts that come before it; one with an
    obstacle is not made, and the setpoint says why. Loads that switch phases get 0 A (in the phase switches returned).
    """
    demands, allocation = shares.demands, shares.allocation
    steps = {load.name: device_steps(load, observed.snapshot.state_of(load.name)) for load in observed.site.loads}
    excess_a = _excess_delaying_starts_a(observed, shares)
    targets_a = {}
    for d in demands:
        share_a = min(allocation[d.load].amps - excess_a.get(d.load, 0.0), d.most_now_a)
        targets_a[d.load] = round_down_to_steps(share_a, d, steps[d.load])
    # All cuts first: the rule for raises counts every other load at what it is set to now.
    raises = Raises(observed, shares, targets_a, steps, _lowered_setpoints(observed, shares, targets_a))
    for demand in demands:
        raises.raise_load(demand)
    setpoints = raises.setpoints
    after = {d.load: remember_load(observed, d, allocation[d.load], setpoints[d.load].amps) for d in demands}
    ramped = RampResult(setpoints, after, shares.phase_switches)
    return zero_setpoints_during_phase_switch(observed, shares, ramped)


def _excess_delaying_starts_a(observed: Situation, shares: Shares) -> Mapping[str, float]:
    """Return load -> its small excess over its setpoint [A], for each under a ceiling of a load that is about to start.

    Only of loads that have not been changed for `FOLLOW_S`. Shares leave the excess out, but it takes up headroom that
    the start needs: without this, that headroom would never be free.
    """
    loads, over = observed.memory.loads, shares.ceilings.expected.by_load.over
    starting = [d.load for d in shares.demands if shares.allocation[d.load].amps > 0 >= loads[d.load].setpoint_a]
    places = {place for name in starting for place, _ in over.get(name, NO_LIMITS)}
    found = {}
    for name, past in loads.items() if places else ():
        is_settled = observed.now_s - past.timing.changed_s >= tuning.FOLLOW_S
        if is_settled and any(place in places for place, _ in over.get(name, NO_LIMITS)):
            found[name] = small_excess_a(observed.snapshot.state_of(name), past)
    return found


def _lowered_setpoints(observed: Situation, shares: Shares, targets_a: Mapping[str, float]) -> Mapping[str, Setpoint]:
    """Return load -> its setpoint after the cuts: at most its target, and what the age of its readings allows.

    Loads of which only a margin is exceeded stay at their setpoint, and those that cannot be paused have their minimum.
    """
    loads, snapshot = observed.site.by_name, observed.snapshot
    held = loads_held_within_margin(observed, shares, targets_a)
    setpoints = {}
    for demand in shares.demands:
        name, set_a = demand.load, observed.memory.loads[demand.load].setpoint_a
        lowered_a = set_a if name in held else min(set_a, targets_a[name])
        setpoint = _limit_by_data_quality(loads[name], snapshot.state_of(name), lowered_a, observed.data_quality[name])
        setpoints[name] = Setpoint(demand.min_a) if demand.runs_on and setpoint.amps <= 0 else setpoint
    return setpoints


def loads_held_within_margin(observed: Situation, shares: Shares, targets_a: Mapping[str, float]) -> Collection[str]:
    """Return the loads to leave at their setpoint although their share is less: no limit but a margin is exceeded.

    Under all of their ceilings no load rises, and all draws fit into the headroom plus the margin, of which at most
    `TOLERANCE_A` is used. A load that draws less than its setpoint by more than that counts with its setpoint: it may
    still rise; a smaller difference is the rounding of its sensor. Never a load that is held or would be stopped, or
    whose setpoint is above its demand.
    """
    ceilings, demands = shares.ceilings.expected, shares.demands
    set_a = {demand.load: observed.memory.loads[demand.load].setpoint_a for demand in demands}
    cut = [d for d in demands if d.hold is None and 0 < targets_a[d.load] < set_a[d.load] <= min(d.max_a, d.most_now_a)]
    over = ceilings.by_load.over
    rising = {place for name, amps in set_a.items() if targets_a[name] > amps for place, _ in over.get(name, NO_LIMITS)}

    def tolerates(place: int) -> bool:
        """Return whether no load rises under the ceiling at a place, and all fit under it with its margin."""
        ceiling = ceilings[place]
        taken_a = -min(ceiling.margin_a, tuning.TOLERANCE_A)
        for name, part in ceiling.weights.items():
            drawn_a, sent_a = ceiling.drawn_a.get(name, 0.0), part * set_a.get(name, 0.0)
            taken_a += drawn_a if sent_a - drawn_a <= part * tuning.TOLERANCE_A + DUST else sent_a
        return place not in rising and taken_a <= ceiling.headroom_a + DUST

    return {d.load for d in cut if all(tolerates(place) for place, _ in over.get(d.load, NO_LIMITS))}


def _limit_by_data_quality(load: Load, state: LoadState, lowered_a: float, quality: DataQuality) -> Setpoint:
    """Return `lowered_a` as the setpoint, limited by the age of the readings.

    Where they are stale, a charger or a load in watts goes to its minimum. In fail-safe every load has at most its
    fail-safe current. Never above `lowered_a` [A].
    """
    if quality < DataQuality.STALE:
        return Setpoint(lowered_a)
    min_a = min_current_a(load, state)
    if quality is DataQuality.FAILSAFE:
        return Setpoint(min(lowered_a, failsafe_current_a(load, min_a)))
    return Setpoint(min(lowered_a, min_a) if load.is_modulated else lowered_a)
