"""What the battery's state of charge allows, what it is seen to give, and a watch over its sign."""

from __future__ import annotations

from ... import tuning
from ...model.electrics import amps
from ...model.equipment import Battery
from ...model.meter_memory import BatteryMemory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot


def battery_memory(site: Site, snapshot: Snapshot, past: BatteryMemory | None) -> BatteryMemory | None:
    """The thresholds that are passed now, given those that were; None without a battery or before its first reading."""
    battery, soc = site.battery, snapshot.battery_soc_pct
    if battery is None:
        return None
    if soc.value is None:
        lost = past is None or soc.age_s > tuning.BATTERY_FORGET_S
        return None if lost or past is None else delivery_watched(site, snapshot, past)
    soc_pct = soc.value
    if past is None:
        past = BatteryMemory(held_s=snapshot.now_s)
        has_surplus = soc_pct > battery.soc_target_pct
        able = soc_pct > battery.soc_min_pct
    else:
        above_pct = min(battery.soc_target_pct + battery.hysteresis_pct, tuning.BATTERY_FULL_PCT)
        again_pct = max(above_pct, battery.soc_target_pct)
        has_surplus = soc_pct > (battery.soc_target_pct if past.has_surplus else again_pct)
        able = soc_pct > battery.soc_min_pct + (0.0 if past.able else battery.hysteresis_pct)
    charged = soc_pct >= battery.soc_target_pct - (battery.hysteresis_pct if past.charged else 0.0)
    past = fast_replace(_sign_watched(snapshot, soc_pct, past), charged=charged, has_surplus=has_surplus, able=able)
    return delivery_watched(site, snapshot, past)


def has_surplus_now(battery: Battery, memory: BatteryMemory | None, snapshot: Snapshot) -> bool:
    """Whether what the battery could still give counts as surplus: above its target, and not after sunset."""
    after_sunset = battery.sunset_rule and snapshot.sun_up is False
    return memory is not None and memory.has_surplus and not after_sunset


def contradicted(memory: BatteryMemory | None) -> bool:
    """Whether the power's sign is not to be believed."""
    return memory is not None and memory.against >= tuning.NO_CHANCE_TIMES


def battery_problems(memory: BatteryMemory | None) -> tuple[str, ...]:
    """What a person should look at."""
    if not contradicted(memory):
        return ()
    return (
        "site.battery.charge_w contradicts site.battery.soc_pct: the power says one direction while the charge moves "
        "in the other; + must mean charging, so write or remove 'invert': True",
    )


def _sign_watched(snapshot: Snapshot, soc_pct: float, past: BatteryMemory) -> BatteryMemory:
    """The memory with the energy of the last moment added, and judged whenever the charge has moved by a point."""
    power = snapshot.battery_charge_w
    passed_s = snapshot.now_s - past.seen_s
    began = fast_replace(past, then_s=snapshot.now_s, seen_s=snapshot.now_s, then_pct=soc_pct, charged_ws=0.0)
    if power.value is None or past.then_pct is None or passed_s > tuning.SLOWEST_S:
        return began
    charged_ws = past.charged_ws + power.value * passed_s
    moved_pct, whole_s = soc_pct - past.then_pct, snapshot.now_s - past.then_s
    if abs(moved_pct) < 1 or whole_s <= 0:
        return fast_replace(past, seen_s=snapshot.now_s, charged_ws=charged_ws)
    mean_w = charged_ws / whole_s
    if abs(mean_w) < tuning.CLEARLY_W or abs(charged_ws) < tuning.BATTERY_SIGN_WS:
        return began
    return fast_replace(began, against=past.against + 1 if mean_w * moved_pct < 0 else 0)


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
    elif lasts and past.able and gives_w + tuning.CLEARLY_W < limit_w:
        most_w, most_s = gives_w, now_s
    return fast_replace(past, most_w=most_w, most_s=most_s)


def lifted_a(site: Site, memory: BatteryMemory | None) -> float:
    """What the battery gives to each phase as of the meter's last report, shared evenly [A, - while it charges]."""
    power_w = None if memory is None else memory.power_w
    return 0.0 if power_w is None else amps(-power_w, site.voltage_v, len(site.phases))


def holds_zero(memory: BatteryMemory | None, now_s: float) -> bool:
    """Whether the battery has kept the import at zero until a moment ago."""
    return memory is not None and now_s - memory.held_s <= tuning.FOLLOW_LATEST_S
