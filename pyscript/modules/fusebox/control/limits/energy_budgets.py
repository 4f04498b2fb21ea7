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
from ...model.messages.message import Value
from ...model.meter_memory import BatteryMemory
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..modes import MODES
from ..modes.served import served_modes
from .flows import Flows
from .supply import Supply


class Cause(NamedTuple):
    """Why a budget has its size: the message code, and the details it shows in addition to the ceiling's numbers."""

    code: str
    details: Mapping[str, Value] = MappingProxyType({})


Caps = tuple[Mapping[Phase, float], float]
"""The limit of each phase, and the limit of all phases together [A]."""


def budgets_in_force(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceilings of each budget that some load uses; none where the site generates nothing."""
    site, supply, memory = flows.site, flows.supply, flows.memory.battery
    if supply is None:
        return
    rules = {name: MODES.get(mode) for name, mode in served_modes(site.loads, flows.memory.loads).items()}
    lives = {
        budget: frozenset(name for name, rule in rules.items() if rule is not None and rule.budget is budget)
        for budget in (Budget.SOLAR, Budget.EXCESS)
    }
    if lives[Budget.SOLAR]:
        caps, cause = _solar(site, flows.snapshot, supply, memory)
        yield from _ceilings(flows, _pattern(site, supply, Budget.SOLAR, cause, lives[Budget.SOLAR]), caps)
    if lives[Budget.EXCESS]:
        caps = _excess(site, supply)
        cause = Cause("limited_by_excess", {"threshold_kw": site.excess_threshold_w / 1000})
        yield from _ceilings(flows, _pattern(site, supply, Budget.EXCESS, cause, lives[Budget.EXCESS]), caps)
    if site.battery is not None and not site.battery.allow_grid_charging:
        caps = _surplus(site, supply, -supply.net_a, supply.of_battery_a(supply.spare_a))
        cause = Cause("limited_by_own_power")
        yield from _ceilings(flows, _pattern(site, supply, Budget.GRID_CHARGING_OFF, cause, None), caps)


def caps_of(
    site: Site, snapshot: Snapshot, supply: Supply | None, memory: BatteryMemory | None, budget: Budget
) -> Caps:
    """Return the size of the solar or the excess budget now; zero where the site generates nothing."""
    if supply is None:
        return {}, 0.0
    return _excess(site, supply) if budget is Budget.EXCESS else _solar(site, snapshot, supply, memory)[0]


def _solar(site: Site, snapshot: Snapshot, supply: Supply, memory: BatteryMemory | None) -> tuple[Caps, Cause]:
    """Return the surplus less what the battery reserves, and which of both is the cause of the limit."""
    cause, kept_a = _battery_reserve(site, snapshot, supply, memory)
    if kept_a is None:
        return _nothing(site), cause
    return _surplus(site, supply, supply.export_a, supply.of_battery_a(supply.battery_surplus_a) - kept_a), cause


def _excess(site: Site, supply: Supply) -> Caps:
    """Return the surplus above the excess threshold; zero where it is not known."""
    over_a = supply.surplus_a(site.netting) - supply.charge_a - amps(site.excess_threshold_w, site.voltage_v)
    return _nothing(site) if over_a <= 0 or supply.blind else _inverter_caps_a(site, supply, over_a)


def _battery_reserve(
    site: Site, snapshot: Snapshot, supply: Supply, memory: BatteryMemory | None
) -> tuple[Cause, float | None]:
    """Return the cause of the surplus's limit, and what the battery reserves of it [A], None for all of it."""
    battery, soc = site.battery, snapshot.battery_soc_pct
    if supply.blind:
        return Cause("limited_by_unknown_surplus"), None
    if battery is not None and memory is None:
        return Cause("limited_by_unknown_battery"), None
    if battery is None or memory is None or memory.charged:
        return Cause("limited_by_surplus_and_battery" if supply.battery_surplus_a else "limited_by_surplus"), 0.0
    level: Mapping[str, Value] = {"soc_pct": soc.last or 0.0, "target_pct": battery.soc_target_pct}
    # A battery that charges with more than CONFIG says will go on doing so.
    takes_a = max(amps(battery.max_charge_w, site.voltage_v), supply.charge_a)
    if battery.reserve_w is not None and amps(battery.reserve_w, site.voltage_v) < takes_a:
        reserve = {"reserve_kw": battery.reserve_w / 1000, **level}
        return Cause("limited_by_battery_reserve", reserve), amps(battery.reserve_w, site.voltage_v)
    if supply.surplus_a(site.netting) <= takes_a:
        return Cause("limited_by_battery_first", level), None
    battery_kw = watts(takes_a, site.voltage_v) / 1000
    return Cause("limited_by_battery_draw", {"battery_kw": round(battery_kw, 1), **level}), takes_a


def _nothing(site: Site) -> Caps:
    return ({} if site.netting == "sum" else dict.fromkeys(site.phases, 0.0)), 0.0


def _surplus(site: Site, supply: Supply, out_a: float, part_a: float) -> Caps:
    """Return export plus the battery's share, as the inverter can distribute it over the phases.

    `out_a` is the export as counted for an asymmetric inverter; a symmetric one first covers import on a phase.
    `part_a` is the battery's share; it may be negative.
    """
    inverter = site.inverter
    if site.netting == "sum":
        by_phase: Mapping[Phase, float] = {}
        total_a = max(-supply.net_a + part_a, 0.0)
    elif inverter.asymmetric:
        by_phase, total_a = _inverter_caps_a(site, supply, max(out_a + part_a, 0.0))
    else:
        most_a, count = _most_a(site), len(supply.rest_a)
        by_phase = {phase: min(max(part_a / count - rest_a, 0.0), most_a) for phase, rest_a in supply.rest_a.items()}
        total_a = sum(by_phase.values())
    if inverter.max_w is not None:
        house_a = sum(supply.house_a.values())
        total_a = min(total_a, max(amps(inverter.max_w, site.voltage_v) - house_a, 0.0))
    return by_phase, total_a


def _inverter_caps_a(site: Site, supply: Supply, amount_a: float) -> Caps:
    """Return how the inverter can distribute an amount [A]: phase -> the most there, and the sum.

    An asymmetric inverter can put all of it on any phase that has room, another one the same on each. No limits by
    phase where the meter nets them.
    """
    most_a, count = _most_a(site), len(supply.rest_a)
    if site.netting == "sum":
        return {}, amount_a
    if site.inverter.asymmetric:
        return {p: min(amount_a, max(most_a - supply.house_a[p], 0.0)) for p in supply.rest_a}, amount_a
    each_a = min(amount_a / count, most_a)
    return dict.fromkeys(supply.rest_a, each_a), each_a * count


def _most_a(site: Site) -> float:
    """Return the inverter's maximum output on one phase [A], infinite if not configured."""
    most_w = site.inverter.max_w_per_phase
    return float("inf") if most_w is None else amps(most_w, site.voltage_v)


def _pattern(site: Site, supply: Supply, budget: Budget, cause: Cause, binds: frozenset[str] | None) -> Ceiling:
    """Return a ceiling with the fields that all ceilings of a budget have in common."""
    return Ceiling(
        name=str(budget),
        cause=cause.code,
        details=cause.details,
        room_a=0.0,
        weights={},
        binds=binds,
        budget=budget,
        known=supply.known,
        reported_s=supply.reported_s,
        voltage_v=site.voltage_v,
    )


def _ceilings(flows: Flows, pattern: Ceiling, caps: Caps) -> Iterator[Ceiling]:
    """Yield a ceiling for each phase, and one for all phases, where the latter limits more than the former."""
    site, parts = flows.site, flows.parts
    by_phase, total_a = caps
    if len(site.phases) == 1:
        by_phase, total_a = {}, min([total_a, *by_phase.values()])

    def over(name: str, phases: tuple[Phase, ...], room_a: float) -> Ceiling:
        weights, drawn_a = site.lines[phases], flows.drawn.on(phases)
        if parts:
            # A load takes only what it is known to use of its rating.
            weights = {name: weight * parts.get(name, 1.0) for name, weight in weights.items()}
        return fast_replace(
            pattern, name=name, room_a=room_a, rating_a=room_a, weights=weights, phases=phases, drawn_a=drawn_a
        )

    for phase, room_a in by_phase.items():
        yield over(f"{pattern.budget} {phase.name}", (phase,), room_a)
    if not by_phase or site.inverter.asymmetric or site.inverter.max_w is not None:
        yield over(pattern.name, site.phases, total_a)
