"""What the home battery is seen to do: read together with the meter, and believed as far as it keeps import at zero."""

from __future__ import annotations

from ... import tuning
from ...model.battery_memory import BatteryMemory
from ...model.electrics import amps
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot


def delivery_watched(site: Site, snapshot: Snapshot, past: BatteryMemory) -> BatteryMemory:
    """The memory with the power as of the meter's last report, and with the most that the battery has shown to give.

    A power of now beside a meter of some seconds ago would be surplus that is not there, or a lack of it.
    """
    battery, power = site.battery, snapshot.battery_charge_w
    readings = [reading for reading in snapshot.grid_a.get(MAIN, {}).values() if reading.last is not None]
    if battery is None or not readings or power.last is None:
        return past
    now_s = snapshot.now_s
    reported_s = now_s - min(reading.age_s for reading in readings)
    if reported_s > past.power_s or past.power_w is None:
        past = fast_replace(past, power_w=power.last, power_s=reported_s)
    if sum(reading.last or 0.0 for reading in readings) <= tuning.TOLERANCE_A or past.held_s > now_s:
        past = fast_replace(past, held_s=now_s)
    gives_w, most_w, most_s = max(-power.last, 0.0), past.most_w, past.most_s
    if most_w is not None and (now_s - most_s > tuning.BATTERY_FORGET_S or not past.able):
        most_w = None
    limit_w = battery.max_discharge_w if most_w is None else min(most_w, battery.max_discharge_w)
    lasts = now_s - past.held_s > tuning.FOLLOW_LATEST_S
    if most_w is not None and gives_w > most_w:
        most_w = gives_w
    elif lasts and past.able and gives_w + tuning.BATTERY_CLEARLY_W < limit_w:
        most_w, most_s = gives_w, now_s
    return fast_replace(past, most_w=most_w, most_s=most_s)


def lifted_a(site: Site, memory: BatteryMemory | None) -> float:
    """What the battery gives to each phase as of the meter's last report, shared evenly [A, - while it charges]."""
    power_w = None if memory is None else memory.power_w
    return 0.0 if power_w is None else amps(-power_w, site.voltage_v, len(site.phases))


def holds_zero(memory: BatteryMemory | None, now_s: float) -> bool:
    """Whether the battery has kept the import at zero until a moment ago."""
    return memory is not None and now_s - memory.held_s <= tuning.FOLLOW_LATEST_S
