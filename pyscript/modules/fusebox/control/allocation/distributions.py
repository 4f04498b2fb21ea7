"""The four distributions: headroom + demands -> amps of each load and the ceilings that limit it. Pure.

Loads that are held on are in `amps` already, with their minimum taken from the headroom except by `take_in_turn`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...model.ceiling import Ceiling
from ...model.decision import Demand, Demands, Hold
from ...model.electrics import DUST
from ...model.site import Distribution
from ..limits.headroom import Headroom

HELD_OFF = (Hold.OFF, Hold.LATER)

Amps = dict[str, float]
LimitedBy = dict[str, tuple[Ceiling, ...]]


Raise = Callable[[Headroom, Demands, Amps, LimitedBy], None]


def _give_minimums_first(raise_all: Raise) -> Raise:
    """Return a distribution that gives each minimum that fits, in order of service, then raises the loads that got one.

    `raise_all` raises them. Loads that are in `amps` already, held on, are raised too.
    """

    def distribute(headroom: Headroom, demands: Demands, amps: Amps, limited_by: LimitedBy) -> None:
        """Give each minimum that fits, then raise the loads that have a current."""
        for demand in demands:
            if demand.load in amps:
                take_in_turn(headroom, demand)
            else:
                give_minimum(headroom, demand, amps, limited_by)
        raise_all(headroom, [d for d in demands if amps[d.load] > 0], amps, limited_by)

    return distribute


def take_in_turn(headroom: Headroom, demand: Demand) -> None:
    """Take the minimum of a load that is held on from budgets that do not stop it, unless it lacks energy itself.

    One that lacks energy has taken it before all other loads.
    """
    if demand.budget_ok:
        headroom.take_elsewhere(demand.load, demand.min_a)


def give_minimum(headroom: Headroom, demand: Demand, amps: Amps, limited_by: LimitedBy) -> None:
    """Give a load its minimum in `amps` where all its ceilings have headroom for it, otherwise 0 A.

    It is taken from the headroom. `limited_by` gets the ceilings without that headroom; none for a load without a
    demand or held off.
    """
    amps[demand.load], limited_by[demand.load] = 0.0, ()
    if demand.max_a <= 0 or demand.hold in HELD_OFF:
        return
    short = headroom.ceilings_below_minimum(demand)
    if short:
        limited_by[demand.load] = short
        return
    headroom.take(demand.load, demand.min_a)
    amps[demand.load] = demand.min_a


def _raise_by_priority(headroom: Headroom, demands: Demands, amps: Amps, limited_by: LimitedBy) -> None:
    """Raise each load in order of service to its maximum or what its ceilings leave, and take that from the headroom.

    `limited_by` gets the saturated ceilings of each that stays below its maximum, () of any other.
    """
    for demand in demands:
        limited_by[demand.load], missing_a = (), demand.max_a - amps[demand.load]
        if missing_a <= 0:
            continue
        more_a = max(min(missing_a, headroom.available_a(demand.load)), 0.0)
        headroom.take(demand.load, more_a)
        amps[demand.load] += more_a
        if more_a + DUST < missing_a:
            limited_by[demand.load] = headroom.saturated_ceilings(demand.load)


def _raise_equally(headroom: Headroom, demands: Demands, amps: Amps, limited_by: LimitedBy) -> None:
    """Raise all loads together by equal amps (max-min fair), each until it meets a ceiling or its maximum.

    Updates `amps`, `limited_by` and the headroom.
    """
    rising = {d.load: d for d in demands}
    while rising:
        most_a = min(d.max_a - amps[d.load] for d in rising.values())
        raise_together(headroom, dict.fromkeys(rising, 1.0), most_a, amps)
        rising = drop_saturated(headroom, rising, amps, limited_by)


def raise_together(headroom: Headroom, rates: Mapping[str, float], most_a: float, amps: Amps) -> float:
    """Raise loads together, each by its rate times a step, and return that step [A]: until a ceiling, at most `most_a`.

    Updates `amps` and the headroom.
    """
    step_a = max(min(most_a, headroom.rise_a(rates)), 0.0)
    for load, rate in rates.items():
        headroom.take(load, rate * step_a)
        amps[load] += rate * step_a
    return step_a


def drop_saturated(
    headroom: Headroom, rising: Mapping[str, Demand], amps: Amps, limited_by: LimitedBy
) -> dict[str, Demand]:
    """Return the loads that may rise further, and set `limited_by` of the others.

    It is () for a load at its maximum, otherwise the load's saturated ceilings.
    """
    going = {}
    for load, demand in rising.items():
        saturated = headroom.saturated_ceilings(load)
        if amps[load] + DUST >= demand.max_a:
            limited_by[load] = ()
        elif saturated:
            limited_by[load] = saturated
        else:
            going[load] = demand
    return going


def _serve_one_after_another(spare_the_next: bool) -> Raise:
    """Return a distribution that serves one load after another: its minimum if that fits, then all that it can use.

    With `spare_the_next` a load gives back what the minimum of the next load in line lacks, unless that minimum did not
    fit before either or one of both is held on. The next in line has a demand and is not held off.
    """

    def distribute(headroom: Headroom, demands: Demands, amps: Amps, limited_by: LimitedBy) -> None:
        """Give each load in order its minimum, if that fits, and all that it can use."""
        requesting = [d for d in demands if d.max_a > 0 and d.hold not in HELD_OFF]
        following = dict(zip((d.load for d in requesting), requesting[1:], strict=False))
        for demand in demands:
            held, before = demand.load in amps, headroom.save()
            after = following.get(demand.load)
            could_run = after and after.hold is not Hold.ON and not headroom.ceilings_below_minimum(after)
            if held:
                take_in_turn(headroom, demand)
            else:
                give_minimum(headroom, demand, amps, limited_by)
            if amps[demand.load] <= 0:
                continue
            _raise_by_priority(headroom, [demand], amps, limited_by)
            if spare_the_next and not held and after is not None and could_run:
                _give_back_to_next(headroom, before, demand, after, amps, limited_by)

    return distribute


def _give_back_to_next(
    headroom: Headroom, before: Sequence[float], demand: Demand, after: Demand, amps: Amps, limited_by: LimitedBy
) -> None:
    """Lower a load's share by what the next load's minimum lacks, at most to its own minimum.

    Updates `amps` and the headroom. `before`: the headroom without this share. What is given back becomes the reason:
    `limited_by` gets the next load's ceilings. Nothing changes where they share no ceiling that lacks headroom.
    """
    short, lacks_a = headroom.ceilings_below_minimum(after), headroom.deficits_to_minimum_a(after)
    headroom.restore(before)
    share_a = amps[demand.load]
    cost = headroom.use_by_ceiling(demand.load, share_a)
    needs_a = {name: lack_a / cost[name][0] + cost[name][1] for name, lack_a in lacks_a.items() if name in cost}
    less_a = min(max(needs_a.values(), default=0.0), share_a - demand.min_a)
    headroom.take(demand.load, share_a - less_a)
    if less_a > DUST:
        amps[demand.load] = share_a - less_a
        limited_by[demand.load] = tuple(c for c in short if needs_a.get(c.name, 0.0) + DUST >= less_a)


DISTRIBUTE: Mapping[Distribution, Raise] = {
    Distribution.PRIORITY: _give_minimums_first(_raise_by_priority),
    Distribution.SHARED: _give_minimums_first(_raise_equally),
    Distribution.STRICT: _serve_one_after_another(spare_the_next=False),
    Distribution.OPTIMIZED: _serve_one_after_another(spare_the_next=True),
}
