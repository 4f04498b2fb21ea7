"""What the meters show of a throttled inverter, and the surplus that it has proved to give as part of the budget. Pure.

Currents are sums over all phases, at the voltage of one.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp
from typing import NamedTuple

from ... import tuning
from ...model.electrics import Phase, amps
from ...model.house_memory import HiddenSunMemory
from ...model.load import SOLAR_MODES
from ...model.meter_memory import BatteryMemories, known_batteries
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from .supply import Supply, is_summed


class InverterSight(NamedTuple):
    """What the meters show of an inverter that may be held back."""

    now_s: float
    at_s: float
    """When the main meter last reported [s since 1970]."""
    usable_a: float
    """The measured surplus for solar loads [A]; negative where the house imports."""
    short_a: float
    """What the grid gives, or a battery that should not, beyond own production [A]; negative for a measured surplus."""
    drawn_a: float
    """What all loads draw [A]."""
    flow_a: float
    """The mean of what has flowed in lately, also from a battery that should not [A]; negative for out."""
    exports: bool
    """Whether it exports clearly, now and on average lately."""
    solar_w: float | None
    """What the panels give [W], None where unknown."""
    house_a: float
    """What the panels give beyond that surplus [A], 0 where they are not measured."""
    is_covered: bool
    """Whether own production covers all draws."""
    is_pinned: bool
    """Whether it looks held back: on average nothing flows in or out, and no battery takes or gives what the panels
    could."""


def usable_surplus_a(site: Site, supply: Supply, reserve_a: float) -> float:
    """Return the measured surplus for solar loads, less the battery's reserve [A].

    Unlike the budget it is negative where the house imports. Where each phase counts alone, the poorest one counts.
    """
    from_battery_a = supply.surplus_part_a - reserve_a
    if is_summed(site):
        return from_battery_a - supply.net_a
    poorest_a = max(supply.rest_a[phase] for phase in _sunny_phases(site))
    return from_battery_a - poorest_a * len(supply.rest_a)


def with_hidden_sun(site: Site, supply: Supply, reserve_a: float, level_a: float) -> Supply:
    """Return the supply with its export raised so that the usable surplus is `level_a`; unchanged where it is more."""
    lacking_a = level_a - usable_surplus_a(site, supply, reserve_a) if level_a > 0 else 0.0
    if lacking_a <= 0:
        return supply
    return replace(supply, rest_a={phase: a - lacking_a / len(supply.rest_a) for phase, a in supply.rest_a.items()})


def is_shining(site: Site, snapshot: Snapshot) -> bool:
    """Return whether the panels give at least `HIDDEN_SUN_LEAST_W`; where that is not measured, whether the sun is up.

    False after sunset, and while an unmeasured sun is unknown.
    """
    if not site.measures_sun or snapshot.sun_up is False:
        return snapshot.sun_up is True
    return (snapshot.solar_w.value or 0.0) >= tuning.HIDDEN_SUN_LEAST_W


def observe_inverter(
    site: Site, snapshot: Snapshot, supply: Supply, reserve_a: float, memory: tuple[BatteryMemories, HiddenSunMemory]
) -> InverterSight:
    """Return what the meters show now of a throttled inverter: surplus, import, draws and their smoothed flow.

    It counts as held back only while the readings are known, the flow is near 0 and no battery could take more.
    `memory`: that of the batteries and of hidden sun.
    """
    memories, past = memory
    net_a = {phase: reading.last or 0.0 for phase, reading in snapshot.grid_a.get(MAIN, {}).items()}
    drawn_a = sum(a - supply.rest_a.get(phase, a) for phase, a in net_a.items())
    in_a = sum_a = sum(net_a.values())
    if not is_summed(site):
        in_a = sum(max(net_a.get(phase, 0.0), 0.0) for phase in _sunny_phases(site))
    short_a = in_a - supply.surplus_part_a + reserve_a
    clear_a = amps(tuning.CLEARLY_W, site.voltage_v)
    flows_a = min(short_a, sum_a) if sum_a < 0 else short_a
    flow_a = flows_a + (past.flow_a - flows_a) * exp((past.flow_s - snapshot.now_s) / tuning.IGNORES_S)
    is_still = supply.known and abs(flow_a) <= clear_a
    surplus_a, solar_w = usable_surplus_a(site, supply, reserve_a), snapshot.solar_w.value
    return InverterSight(
        snapshot.now_s,
        supply.reported_s,
        surplus_a,
        short_a,
        drawn_a,
        flow_a,
        max(flow_a, flows_a) < -clear_a,
        solar_w,
        0.0 if solar_w is None else amps(solar_w, site.voltage_v) - surplus_a,
        supply.known and short_a <= past.calm_a + amps(tuning.HIDDEN_SUN_COVERED_W, site.voltage_v),
        is_still and all(_is_sated(site, supply, memories, place) for place in range(len(site.batteries))),
    )


def _is_sated(site: Site, supply: Supply, memories: BatteryMemories, place: int) -> bool:
    """Return whether a battery takes no more: it charges at its maximum, or it idles although it is not empty.

    False while it discharges, and before its charge is known.
    """
    clear_a = amps(tuning.CLEARLY_W, site.voltage_v)
    (battery, past), now = known_batteries(site, memories)[place], supply.batteries[place]
    if past is None or now.discharge_a > clear_a:
        return False
    at_most = now.charge_a + clear_a >= amps(battery.max_charge_w, site.voltage_v)
    return at_most or (past.able and now.charge_a <= clear_a)


def _sunny_phases(site: Site) -> tuple[Phase, ...]:
    """Return the phases of the loads in solar modes; all phases without any."""
    used = {phase for load in site.loads if load.mode in SOLAR_MODES for phase in load.phases}
    return tuple(phase for phase in site.phases if phase in used) or site.phases
