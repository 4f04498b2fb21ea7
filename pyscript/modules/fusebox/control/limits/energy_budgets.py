"""Energy budgets as ceilings: solar surplus, export above a threshold, and everything but the grid.

A budget is a set of ceilings, one for each phase and one for all together, where these differ. It binds the loads in
its mode; what the other loads use is subtracted first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...model.ceiling import Budget, Ceiling
from ...model.electrics import Phase, amps, watts
from ...model.house_memory import HiddenSunMemory
from ...model.local_day import clock_text_rounded_up
from ...model.memory import Memory
from ...model.messages.message import Value
from ...model.meter_memory import BatteryMemories, known_batteries
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..modes import MODES, served_mode
from .flows import Flows
from .supply import Supply, is_summed
from .throttled_inverter import with_hidden_sun


class Cause(NamedTuple):
    """Why a budget has its size: the message code, and the details it shows in addition to the ceiling's numbers."""

    code: str
    details: Mapping[str, Value] = MappingProxyType({})


Caps = tuple[Mapping[Phase, float], float]
"""The limit of each phase, and the limit of all phases together [A]."""


def budget_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceilings of the solar and excess budgets that some load uses, and of batteries barred from the grid.

    None where the site generates nothing.
    """
    site, snapshot, memory, supply = flows.site, flows.snapshot, flows.memory, flows.supply
    if supply is None:
        return
    budgets = {name: MODES[served_mode(load, memory.loads.get(name))].budget for name, load in site.by_name.items()}
    for budget in (Budget.SOLAR, Budget.EXCESS):
        users = frozenset(name for name, used in budgets.items() if used is budget)
        if users:
            caps, cause = budget_size(site, snapshot, supply, memory, budget)
            yield from _budget_ceilings(flows, supply, budget, users, caps, cause)
    if any(not battery.allow_grid_charging for battery in site.batteries):
        caps = _surplus_caps(site, supply, -supply.net_a, supply.spare_part_a)
        yield from _budget_ceilings(flows, supply, Budget.GRID_CHARGING_OFF, None, caps, Cause("limited_by_own_power"))


def budget_size(site: Site, snapshot: Snapshot, supply: Supply, memory: Memory, budget: Budget) -> tuple[Caps, Cause]:
    """Return the size of the solar or the excess budget, and the cause of its size.

    Solar: the surplus less what batteries reserve; what a throttled inverter has covered in tests, or is tested for, is
    part of it. Excess: the surplus above the threshold, without what batteries charge with; zero while it is unknown.
    """
    if budget is Budget.EXCESS:
        over_a = supply.surplus_a(site.netting) - supply.charge_a - amps(site.excess_threshold_w, site.voltage_v)
        cause = Cause("limited_by_excess", {"threshold_kw": site.excess_threshold_w / 1000})
        return _inverter_caps_a(site, supply, 0.0 if supply.blind else max(over_a, 0.0)), cause
    memories, hidden = memory.batteries, memory.hidden_sun
    if hidden is not None:
        supply = with_hidden_sun(site, supply, battery_reserve_a(site, supply, memories), hidden.level_a)
    cause, reserved_a = _battery_reserve(site, snapshot, supply, memories)
    if hidden is not None and cause.code == "limited_by_surplus":
        cause = _hidden_cause(hidden, snapshot)
    if reserved_a is None:
        return _inverter_caps_a(site, supply, 0.0), cause
    return _surplus_caps(site, supply, supply.out_a(site.netting), supply.surplus_part_a - reserved_a), cause


def _hidden_cause(hidden: HiddenSunMemory, snapshot: Snapshot) -> Cause:
    """Return the cause of a surplus behind a throttled inverter: what it has covered, or when it is tested again.

    The plain surplus where neither applies, also after a rise that failed: a start needs less than that.
    """
    if hidden.level_a > 0:
        return Cause("limited_by_hidden_sun")
    if hidden.gave_a is None or not hidden.failed_start or hidden.next_s <= snapshot.now_s:
        return Cause("limited_by_surplus")
    return Cause("limited_by_surplus", {"until": clock_text_rounded_up(hidden.next_s, snapshot.day_began_s)})


def _battery_reserve(
    site: Site, snapshot: Snapshot, supply: Supply, memories: BatteryMemories
) -> tuple[Cause, float | None]:
    """Return the cause of the solar budget's size, and how much surplus the batteries reserve over all phases [A].

    None: all of it, while readings are unknown or they take it all. 0: each is charged to its target. Otherwise what
    they can charge with.
    """
    known = known_batteries(site, memories)
    if supply.blind:
        return Cause("limited_by_unknown_surplus"), None
    if any(past is None for _, past in known):
        return Cause("limited_by_unknown_battery"), None
    charging = [place for place, (_, past) in enumerate(known) if past is not None and not past.charged]
    if not charging:
        return Cause("limited_by_surplus_and_battery" if supply.has_battery_surplus else "limited_by_surplus"), 0.0
    takes_a = battery_reserve_a(site, supply, memories)
    battery, soc = site.batteries[charging[0]], snapshot.battery(charging[0]).soc_pct
    level: Mapping[str, Value] = {"soc_pct": soc.last or 0.0, "target_pct": battery.soc_target_pct}
    if takes_a < sum(_most_charge_a(site, supply, place) for place in charging):
        reserve = {"reserve_kw": watts(takes_a, site.voltage_v) / 1000, **level}
        return Cause("limited_by_battery_reserve", reserve), takes_a
    if supply.surplus_a(site.netting) <= takes_a:
        return Cause("limited_by_battery_first", level), None
    battery_kw = watts(takes_a, site.voltage_v) / 1000
    return Cause("limited_by_battery_draw", {"battery_kw": round(battery_kw, 1), **level}), takes_a


def battery_reserve_a(site: Site, supply: Supply, memories: BatteryMemories) -> float:
    """Return how much surplus is reserved for the batteries below their target, over all phases [A].

    Each reserves all that it can take, at most its `reserve_w`; 0 for one whose charge is not known.
    """
    total_a = 0.0
    for place, (battery, past) in enumerate(known_batteries(site, memories)):
        if past is not None and not past.charged:
            takes_a = _most_charge_a(site, supply, place)
            total_a += takes_a if battery.reserve_w is None else min(amps(battery.reserve_w, site.voltage_v), takes_a)
    return total_a


def _most_charge_a(site: Site, supply: Supply, place: int) -> float:
    """Return a battery's highest charging current [A]: CONFIG's, or its present one where that is higher."""
    charge_a = supply.batteries[place].charge_a if place < len(supply.batteries) else 0.0
    return max(amps(site.batteries[place].max_charge_w, site.voltage_v), charge_a)


def _surplus_caps(site: Site, supply: Supply, out_a: float, part_a: float) -> Caps:
    """Return the caps of export plus the batteries' part, as the inverter can distribute them over the phases.

    `out_a`: the export where sun on one phase serves another; otherwise the inverter first covers import on a phase.
    `part_a`: the batteries' part, may be negative. None is below 0, and the sum leaves the house its own use of
    `max_w`.
    """
    inverter = site.inverter
    if is_summed(site):
        by_phase, total_a = _inverter_caps_a(site, supply, max(out_a + part_a, 0.0))
    else:
        shares = _battery_shares(site)
        free_a = {phase: part_a * shares[phase] - rest_a for phase, rest_a in supply.rest_a.items()}
        by_phase = {phase: min(max(a, 0.0), _inverter_max_a(site, phase)) for phase, a in free_a.items()}
        total_a = sum(by_phase.values())
    if inverter.max_w is not None:
        house_a = sum(supply.house_a.values())
        total_a = min(total_a, max(amps(inverter.max_w, site.voltage_v) - house_a, 0.0))
    return by_phase, total_a


def _inverter_caps_a(site: Site, supply: Supply, amount_a: float) -> Caps:
    """Return how the inverter can distribute an amount [A]: phase -> the most there, and the sum.

    An asymmetric one can put all of it on any phase that has headroom in addition to the house, another equal parts on
    each, up to its maximum. Where the meter nets the phases, no phase has a limit.
    """
    if site.netting == "sum":
        return {}, amount_a
    most_a = {phase: _inverter_max_a(site, phase) for phase in supply.rest_a}
    if site.inverter.asymmetric:
        return {p: min(amount_a, max(most_a[p] - supply.house_a[p], 0.0)) for p in most_a}, amount_a
    each_a = {phase: min(amount_a / len(most_a), a) for phase, a in most_a.items()}
    return each_a, sum(each_a.values())


def _inverter_max_a(site: Site, phase: Phase) -> float:
    """Return the most that all inverters may deliver to a phase [A], infinite if not configured."""
    most_w = site.inverter_most_w(phase)
    return float("inf") if most_w is None else amps(most_w, site.voltage_v)


def _battery_shares(site: Site) -> Mapping[Phase, float]:
    """Return phase -> its share of the power of all batteries; the shares sum up to 1.

    Each battery counts by its highest discharge power, in equal parts on the phases that its inverter feeds. Without
    any discharge power all phases have the same share.
    """
    count, found = len(site.phases), dict.fromkeys(site.phases, 0.0)
    powers_w = [battery.max_discharge_w for battery in site.batteries]
    for place, power_w in enumerate(powers_w if sum(powers_w) > 0 else ()):
        inverter = site.inverters[site.inverter_of(place)]
        feeds = [phase for phase in site.phases if inverter.feeds(phase)]
        for phase in feeds:
            found[phase] += power_w / sum(powers_w) / len(feeds)
    return found if sum(found.values()) > 0 else dict.fromkeys(site.phases, 1 / count)


def _budget_ceilings(
    flows: Flows, supply: Supply, budget: Budget, binds: frozenset[str] | None, caps: Caps, cause: Cause
) -> Iterator[Ceiling]:
    """Yield a budget's ceilings: one for each phase with a cap, and one for their sum where that may limit more.

    On a site of one phase only the lower of both. Loads count with the part of their rating that is reserved for them.
    `binds`: the loads that it stops, None for all.
    """
    site, parts = flows.site, flows.parts
    phase_weights = site.with_only_phases(flows.expected).phase_weights
    by_phase, total_a = caps
    if len(site.phases) == 1:
        by_phase, total_a = {}, min([total_a, *by_phase.values()])
    rows: list[tuple[str, tuple[Phase, ...], float]]
    rows = [(f"{budget} {phase.name}", (phase,), headroom_a) for phase, headroom_a in by_phase.items()]
    if not by_phase or site.inverter.asymmetric or site.inverter.max_w is not None:
        rows.append((str(budget), site.phases, total_a))
    for name, phases, headroom_a in rows:
        # A load takes only what it is known to use of its rating.
        full = phase_weights[phases]
        weights = {load: weight * parts.get(load, 1.0) for load, weight in full.items()} if parts else full
        yield flows.ceiling(
            name,
            cause.code,
            phases,
            details=cause.details,
            rating_a=headroom_a,
            weights=weights,
            binds=binds,
            budget=budget,
            known=supply.known,
            reported_s=supply.reported_s,
        )
