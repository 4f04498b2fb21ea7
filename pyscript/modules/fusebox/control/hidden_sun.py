"""Hidden sun: a load tests whether a throttled inverter gives more, and keeps what the inverter covers. Pure.

While the inverter is held back the meter reads nothing, or the limit on export: more surplus cannot be measured. A load
in a solar mode starts at its minimum, or rises by a step: what own production covers once the inverter has followed is
sun. What the grid still pays for then is not: the load goes back, and the next test of as much waits.

The level is the surplus that solar loads may use. It only enlarges their budget, so no test exceeds another ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import tuning
from ..model.ceiling import Budget, Ceiling
from ..model.decision import Demand, Hold, Share
from ..model.durations import since
from ..model.electrics import DUST, amps, watts
from ..model.house_memory import NO_HIDDEN_SUN, HiddenSunMemory
from ..model.records import fast_replace
from ..model.site import Site
from .demand.phase_rules import switches_up
from .limits.energy_budgets import battery_reserve_a
from .limits.supply import is_summed
from .limits.throttled_inverter import (
    InverterSight,
    is_shining,
    observe_inverter,
    patience_s,
    update_test,
    usual_lag_s,
    without_test,
)
from .step_context import RampResult, Shares, Situation


def update_hidden_sun(observed: Situation, shares: Shares, ramped: RampResult) -> HiddenSunMemory | None:
    """Return the memory of hidden sun after this step; None where no sun may be hidden or nothing generates.

    While the sun does not shine, the level is 0 and failures and waits are reset. One load at a time tests; a test ends
    without sun, and one begins only in a step in which none ran and no load has to stop. Between tests the level
    follows what own production covers.
    """
    site, supply = observed.site, shares.limits.supply
    if supply is None or not site.hides_sun:
        return None
    past, now_s, memories = observed.memory.hidden_sun or NO_HIDDEN_SUN, observed.now_s, observed.memory.batteries
    running = {name for name, setpoint in ramped.setpoints.items() if setpoint.amps > 0}
    can_use = {demand.load for demand in shares.demands if demand.max_a > 0}
    idle = past.idle if past.idle.keys() <= can_use else {name: past.idle[name] for name in past.idle.keys() & can_use}
    past = fast_replace(past, stops=past.stops if past.stops in running else "", idle=idle)
    if not is_shining(site, observed.snapshot):
        return fast_replace(without_test(past, 0.0), failures=0, gave_a=None, pinned_s=None, covered_s=None, idle={})
    reserve_a = battery_reserve_a(site, supply, memories)
    sight = observe_inverter(site, observed.snapshot, supply, reserve_a, (memories, past))
    exported = sight.flow_a < -amps(tuning.CLEARLY_W + site.held_export_w, site.voltage_v)
    exports_since_s = since(past.exports_since_s, exported, now_s)
    # The mean shows the export for some time after the inverter was held back.
    lasts = sight.exports and now_s - (exports_since_s or now_s) >= tuning.SLOWEST_S
    exported_s = now_s if lasts else past.exported_s
    past = fast_replace(past, flow_a=sight.flow_a, flow_s=now_s, exports_since_s=exports_since_s, exported_s=exported_s)
    pinned_s, covered_s = since(past.pinned_s, sight.is_pinned, now_s), since(past.covered_s, sight.is_covered, now_s)
    stops = "" if sight.is_covered else past.stops
    past = fast_replace(past, pinned_s=pinned_s, covered_s=covered_s, stops=stops)
    if past.load:
        after = update_test(past, sight, _may_go_on_testing(shares, past.load))
    else:
        solar = _solar_ceilings(site, shares.limits.ceilings)
        is_used = any(name in running for ceiling in solar for name in ceiling.binds or ())
        used_a = _surplus_needed_a(site, solar, {name: share.amps for name, share in shares.allocation.items()})
        after = _update_between_tests(past, sight, used_a, site) if is_used else _update_at_rest(past, sight)
    if after.load or after.stops or past.load:
        return after
    return next(_possible_tests(observed, shares, after, sight), after)


def _solar_ceilings(site: Site, ceilings: Sequence[Ceiling]) -> Sequence[Ceiling]:
    """Return the ceilings of the solar budget; only the one over all phases where sun serves any of them."""
    solar = [c for c in ceilings if c.budget is Budget.SOLAR]
    return [c for c in solar if c.phases == site.phases] if is_summed(site) else solar


def _surplus_needed_a(site: Site, solar: Sequence[Ceiling], current_a: Mapping[str, float]) -> float:
    """Return the surplus over all phases that the loads need for these currents [A], by the ceiling that needs most.

    A ceiling of one phase counts as if all phases needed as much. 0 without ceilings.
    """
    found_a = 0.0
    for c in solar:
        used_a = sum(weight * current_a.get(name, 0.0) for name, weight in c.weights.items())
        found_a = max(found_a, used_a * (len(site.phases) / len(c.phases)))
    return found_a


def _update_at_rest(past: HiddenSunMemory, sight: InverterSight) -> HiddenSunMemory:
    """Return the memory at level 0, while no load in a solar mode runs.

    What an inverter that is held back (`pinned_s`) imports then is the usual import (`calm_a`), at least 0.
    """
    past = fast_replace(without_test(past, 0.0), paid_ws=0.0, rises=0)
    return past if past.pinned_s is None else fast_replace(past, calm_a=max(sight.flow_a, 0.0))


def _update_between_tests(past: HiddenSunMemory, sight: InverterSight, used_a: float, site: Site) -> HiddenSunMemory:
    """Return the memory while no load tests: the level is what the loads use (`used_a`) while production covers all.

    If it no longer does, the level stays for the time that the inverter is given to follow, and the energy from the
    grid is counted. Then, or at once where the panels give less than before, it falls to what is usable now, at least
    0.
    """
    if sight.is_covered:
        return fast_replace(without_test(past, used_a), solar_w=sight.solar_w, paid_ws=0.0)
    short_s = sight.now_s if past.short_s is None else past.short_s
    fell_w = (past.solar_w or 0.0) - (sight.solar_w or 0.0) if sight.solar_w is not None else 0.0
    short_w = watts(sight.short_a, site.voltage_v)
    past = fast_replace(past, short_s=short_s, paid_ws=short_w * (sight.now_s - short_s))
    if fell_w < short_w / 2 and sight.now_s - short_s < patience_s(past, -fell_w / (short_w - fell_w)):
        return past
    level_a = max(min(past.level_a, sight.usable_a + past.calm_a), 0.0)
    return fast_replace(without_test(past, level_a), short_s=short_s, solar_w=sight.solar_w, rises=0)


def _may_go_on_testing(shares: Shares, name: str) -> bool:
    """Return whether a load may test: it can use power, its minimum fits, no fuse or contract over it is exceeded."""
    demand = next((d for d in shares.demands if d.load == name), None)
    if demand is None or demand.max_a <= 0 or not demand.fits:
        return False
    return not any(c.budget is None and c.exceeded for c in shares.limits.ceilings if c.stops(name))


def _possible_tests(
    observed: Situation, shares: Shares, past: HiddenSunMemory, sight: InverterSight
) -> Iterator[HiddenSunMemory]:
    """Yield the memory with each test that may begin now, the best one first.

    Running loads rise first, in order of service; then the next one starts. Above what the inverter gave last, nothing
    is tested before `next_s`, except clearly less than what failed. A load that drew nothing in its own test waits for
    itself.
    """
    if not _may_test_now(past, sight):
        return
    site, now_s = observed.site, sight.now_s
    current_a = {name: share.amps for name, share in shares.allocation.items()}
    solar = _solar_ceilings(site, shares.limits.ceilings)
    bound = {name for ceiling in solar for name in ceiling.binds or ()}
    bound -= {name for name, wait in past.idle.items() if now_s < wait.next_s}
    able = [d for d in shares.demands if d.load in bound and _may_go_on_testing(shares, d.load)]
    for starts in (False, True):
        for demand in able:
            share = shares.allocation[demand.load]
            if not _lacks_sun(demand, share, starts):
                continue
            for wanted_a in _currents_to_test_a(observed, demand, share, past):
                level_a = _surplus_needed_a(site, solar, {**current_a, demand.load: wanted_a})
                if _may_try(past, level_a + sight.house_a, now_s):
                    test = fast_replace(past, load=demand.load, starts=starts, test_s=now_s, drew_a=sight.drawn_a)
                    test = fast_replace(test, had_a=sight.drawn_a + sight.export_a)
                    yield fast_replace(test, level_a=level_a, proved_a=past.level_a, drawn_s=None, covered_s=None)


def _may_test_now(past: HiddenSunMemory, sight: InverterSight) -> bool:
    """Return whether own production has covered all draws for long enough for a test, longest before the first level.

    Except right after a success the inverter also has to look held back. One that has exported for a while is not held
    to what the house takes: no test for `FORGET_S` after that.
    """
    since_s = past.covered_s if past.rises else past.pinned_s
    calm_s = tuning.LASTING_S if past.level_a <= 0 else tuning.QUICK_S if past.rises else tuning.IGNORES_S
    is_calm = sight.is_covered and since_s is not None and sight.now_s - since_s >= calm_s
    return is_calm and sight.now_s - past.exported_s >= tuning.FORGET_S


def _may_try(past: HiddenSunMemory, needed_a: float, now_s: float) -> bool:
    """Return whether a test may show if the inverter gives `needed_a` in all [A].

    Always before the first failed test. After one: up to what the inverter gave in it, once the wait is over, and for
    clearly less than was tried in it already `RETRY_LONGEST_S` after the test.
    """
    if past.gave_a is None or now_s >= past.next_s or needed_a <= past.gave_a:
        return True
    is_less = needed_a <= (1 - tuning.ALIKE_SHARE) * past.tried_a
    return is_less and now_s - past.test_s >= tuning.RETRY_LONGEST_S


def _lacks_sun(demand: Demand, share: Share, starts: bool) -> bool:
    """Return whether only the solar budget keeps a load from starting (`starts`) or from rising.

    False for a load that can use nothing, is held on or off, or cannot pause.
    """
    if demand.max_a <= 0 or demand.hold in (Hold.OFF, Hold.ON) or demand.runs_on:
        return False
    if starts:
        return share.amps <= 0 and not demand.budget_ok
    return 0 < share.amps < demand.max_a - DUST and all(c.budget is Budget.SOLAR for c in share.limited_by)


def _currents_to_test_a(observed: Situation, demand: Demand, share: Share, past: HiddenSunMemory) -> Iterator[float]:
    """Yield the currents that a load may test [A], the highest first.

    A load that is off tests one: its minimum, or the least that can be measured; divided by its number of phases if it
    can be switched to one, because the result counts on all of its phases. A running load tests steps above its share,
    of which the highest doubles each time the inverter has covered one. Behind a slow inverter they are smaller,
    because the grid pays until it follows.
    """
    load, switch = observed.site.by_name[demand.load], observed.memory.phase_switches.get(demand.load)
    unit_a = max(load.step_a, demand.piece_a, tuning.TOLERANCE_A)
    if share.amps <= 0:
        may_use_one = load.switching is not None and switch is not None and not switches_up(switch)
        one_of = 1 / len(load.phases) if may_use_one else 1
        yield min(max(demand.min_a, unit_a), demand.max_a) * one_of
        return
    lag_s = usual_lag_s(past, starts=True) or 0.0
    most_a = tuning.RAISE_STEP_A * tuning.QUICK_S / max(lag_s, tuning.QUICK_S)
    for doubled in range(past.rises, -1, -1):
        step_a = unit_a * 2**doubled
        if step_a <= max(most_a, unit_a):
            yield min(share.amps + step_a, demand.max_a)
