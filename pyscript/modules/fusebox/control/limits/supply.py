"""What sun and battery deliver to each phase, the surplus of it, and what the battery could change. Pure, in amps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.ceiling import Ceiling
from ...model.electrics import Phase, amps, watts
from ...model.messages.message import message
from ...model.meter_memory import BatteryMemory
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ..data_quality import DataQuality, quality_of
from ..estimators.draws import Drawn
from .battery import has_surplus_now, holds_zero, is_sign_doubted


@dataclass(frozen=True, slots=True)
class Supply:
    """Own production in amps at the voltage of one phase; values without a phase are sums over all phases.

    `rest_a`: net import on each phase without our loads. `gives_way`: whether the battery is measured to keep the
    import at zero. `house_a`: the house's own use on each phase, as far as known. `charge_a`, `discharge_a`: the
    battery's power. `spare_a`: how much more it could discharge, None while it may not. `battery_surplus_a`: how much
    of that counts as surplus, None for none. `blind`: the battery power, or a phase of the sum, has been unknown for
    too long. `known`, `reported_s`: as in `Ceiling`.
    """

    rest_a: Mapping[Phase, float]
    gives_way: bool
    house_a: Mapping[Phase, float]
    charge_a: float
    discharge_a: float
    spare_a: float | None
    battery_surplus_a: float | None
    blind: bool
    known: bool
    reported_s: float

    def of_battery_a(self, more_a: float | None) -> float:
        """Return what the battery adds to the export if it may discharge `more_a` more [A]; None means not at all."""
        return self.charge_a + (-self.discharge_a if more_a is None else more_a)

    @property
    def export_a(self) -> float:
        """The sum of each phase's export [A]."""
        return sum(max(-a, 0.0) for a in self.rest_a.values())

    @property
    def net_a(self) -> float:
        """The import summed over the phases with their signs [A]."""
        return sum(self.rest_a.values())

    def surplus_a(self, netting: str) -> float:
        """Return own production that the house does not use [A]: exported, used by loads, or charging the battery."""
        out_a = -self.net_a if netting == "sum" else self.export_a
        return max(out_a + self.charge_a - self.discharge_a, 0.0)


def supply_of(
    site: Site,
    snapshot: Snapshot,
    memory: BatteryMemory | None,
    main: Mapping[Phase, Ceiling],
    drawn: Drawn,
) -> Supply:
    """Return the supply from the main fuse's ceilings, the battery and the inverter's sensors.

    Battery charging counts as surplus, because it gives way to loads. Battery discharge is no production: the meter's
    export contains it while it feeds our loads, so it is subtracted.
    """
    rest_a = {phase: ceiling.used_a for phase, ceiling in main.items()}
    import_a = sum(max(a, 0.0) for a in rest_a.values())
    export_a = sum(max(-a, 0.0) for a in rest_a.values())
    battery, quality = site.battery, DataQuality.GOOD
    charge_a = discharge_a = 0.0
    spare_a = battery_surplus_a = None
    solar_a = None if snapshot.solar_w.last is None else amps(snapshot.solar_w.last, site.voltage_v)
    if battery is not None:
        quality = quality_of(site, snapshot.battery_charge_w)
        power_w = snapshot.battery_charge_w.last if memory is None else memory.power_w
        power_a = amps(power_w or 0.0, site.voltage_v)
        charge_a, discharge_a = max(power_a, 0.0), max(-power_a, 0.0)
        if memory is not None and memory.able:
            most_w = battery.max_discharge_w if memory.most_w is None else min(memory.most_w, battery.max_discharge_w)
            spare_a = max(amps(most_w, site.voltage_v) - discharge_a, 0.0)
        if spare_a is not None and has_surplus_now(battery, memory, snapshot):
            battery_surplus_a = spare_a
            if site.inverter.max_w is not None:
                through_a = export_a + charge_a + import_a if solar_a is None else solar_a
                battery_surplus_a = min(
                    battery_surplus_a, max(amps(site.inverter.max_w, site.voltage_v) - through_a, 0.0)
                )
    own_a = None if solar_a is None else max(solar_a + discharge_a - charge_a - export_a, 0.0)
    return Supply(
        rest_a=rest_a,
        gives_way=holds_zero(memory, snapshot.now_s),
        house_a=_house_a(site, snapshot, rest_a, own_a, drawn),
        charge_a=charge_a,
        discharge_a=discharge_a,
        spare_a=spare_a,
        battery_surplus_a=battery_surplus_a,
        blind=quality is DataQuality.FAILSAFE or is_sign_doubted(memory) or _is_sum_unknown(site, snapshot),
        known=quality is DataQuality.GOOD and all(c.known for c in main.values()),
        reported_s=max((c.reported_s for c in main.values()), default=float("-inf")),
    )


def _is_sum_unknown(site: Site, snapshot: Snapshot) -> bool:
    """Return whether the surplus needs the sum over the phases and one of them has been silent for too long."""
    if site.netting != "sum" and not site.inverter.asymmetric:
        return False
    main = snapshot.grid_a.get(MAIN, {})
    return any(quality_of(site, reading) is DataQuality.FAILSAFE for reading in main.values())


def surplus_of(site: Site, supply: Supply | None) -> float | None:
    """Return own production that the house does not use [W]; None where the site generates nothing or it is unknown."""
    if supply is None or not supply.known:
        return None
    return watts(supply.surplus_a(site.netting), site.voltage_v)


def supply_problems(site: Site, snapshot: Snapshot, supply: Supply | None) -> tuple[str, ...]:
    """Return the problem of an unknown surplus as one sentence; empty for none."""
    if supply is None or not supply.blind:
        return ()
    return (message("surplus_without_grid" if _is_sum_unknown(site, snapshot) else "surplus_without_battery"),)


def _house_a(
    site: Site,
    snapshot: Snapshot,
    rest_a: Mapping[Phase, float],
    own_a: float | None,
    drawn: Drawn,
) -> dict[Phase, float]:
    """Return the house's own use on each phase [A]: by the inverter's sensors, else the solar sensor, else its import.

    `own_a` is how much of sun and battery stays in the house, None where the sun is not measured.
    """
    output = {phase: reading.last for phase, reading in snapshot.inverter_a.items() if reading.last is not None}
    if rest_a and output.keys() >= rest_a.keys():
        if site.inverter.wiring == "parallel":
            return {phase: max(a + output[phase], 0.0) for phase, a in rest_a.items()}
        # In series everything behind the inverter flows through it, our loads too.
        drawn_a = {phase: sum(drawn.on((phase,)).values()) for phase in rest_a}
        return {phase: max(output[phase] - drawn_a[phase], 0.0) for phase in rest_a}
    if own_a is not None:
        return dict.fromkeys(rest_a, own_a / len(rest_a))
    return {phase: max(a, 0.0) for phase, a in rest_a.items()}


UNKNOWN_A = float("inf")


def given_a(site: Site, snapshot: Snapshot, battery: BatteryMemory | None, phase: Phase) -> float | None:
    """Return the most that own production delivers to a phase [A]; infinite where that is not measured.

    None where the site generates nothing. A symmetric inverter delivers the same to all phases, an asymmetric one may
    deliver all to one. An inverter that sleeps reports nothing: its last value counts.
    """
    if not site.has_generation:
        return None
    if _gives_unmeasured(site, snapshot):
        return UNKNOWN_A
    from_battery_w = 0.0
    if site.battery is not None:
        power_w = snapshot.battery_charge_w.last if battery is None else battery.power_w
        if power_w is None:
            return UNKNOWN_A
        from_battery_w = -power_w
    count = len(site.phases)
    output = snapshot.inverter_a.get(phase)
    if output is not None and output.last is not None and site.inverter.wiring == "parallel":
        # Some inverters include the battery's power in their output, others do not.
        return max(output.last + max(amps(from_battery_w, site.voltage_v, count), 0.0), 0.0)
    if snapshot.solar_w.last is None:
        return UNKNOWN_A
    total_a = max(amps(snapshot.solar_w.last + from_battery_w, site.voltage_v), 0.0)
    return total_a if site.inverter.asymmetric else total_a / count


def _gives_unmeasured(site: Site, snapshot: Snapshot) -> bool:
    """Return whether a load that can discharge is unavailable, so that it may feed the house unmeasured."""
    states = [snapshot.loads.get(load.name) for load in site.loads if load.can.discharges]
    return any(state is None or not state.available for state in states)
