"""What sun and battery are measured to give to each phase: nobody's use can be below minus that. Pure, in amps."""

from __future__ import annotations

from ...model.battery_memory import BatteryMemory
from ...model.electrics import Phase, amps
from ...model.site import Site
from ...model.snapshot import Snapshot

UNKNOWN_A = float("inf")


def given_a(site: Site, snapshot: Snapshot, battery: BatteryMemory | None, phase: Phase) -> float | None:
    """What the site's own production gives to a phase at most [A]; infinite where that is not measured.

    None where nothing generates. A symmetric inverter gives the same to all phases, another one may give all to one.
    An inverter that sleeps tells nothing: then it gives what it last did.
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
        # Some count what the battery gives, some do not.
        return max(output.last + max(amps(from_battery_w, site.voltage_v, count), 0.0), 0.0)
    if snapshot.solar_w.last is None:
        return UNKNOWN_A
    total_a = max(amps(snapshot.solar_w.last + from_battery_w, site.voltage_v), 0.0)
    return total_a if site.inverter.asymmetric else total_a / count


def _gives_unmeasured(site: Site, snapshot: Snapshot) -> bool:
    """Whether a car may feed the house that nobody hears of now."""
    states = [snapshot.loads.get(load.name) for load in site.loads if load.can.discharges]
    return any(state is None or not state.available for state in states)
