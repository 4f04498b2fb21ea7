"""What the battery's state of charge allows, how much it is measured to deliver, and a check of its power's sign."""

from __future__ import annotations

from ... import tuning
from ...model.electrics import amps
from ...model.equipment import Battery
from ...model.messages.message import message
from ...model.meter_memory import BatteryMemory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot


def battery_memory(site: Site, snapshot: Snapshot, past: BatteryMemory | None) -> BatteryMemory | None:
    """Return the battery memory updated by this snapshot: the thresholds passed (with hysteresis) and its delivery.

    None without a battery, before its first state of charge, and when that has been missing for `BATTERY_FORGET_S`.
    """
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
    """Return whether what the battery could still discharge is surplus: above its target, and not after sunset."""
    after_sunset = battery.sunset_rule and snapshot.sun_up is False
    return memory is not None and memory.has_surplus and not after_sunset


def is_sign_doubted(memory: BatteryMemory | None) -> bool:
    """Return whether the sign of the battery's power is doubted, because its state of charge moves the other way."""
    return memory is not None and memory.against >= tuning.NO_CHANCE_TIMES


def battery_problems(memory: BatteryMemory | None) -> tuple[str, ...]:
    """Return the problem of a battery power whose sign is doubted, as one sentence; empty for none."""
    if not is_sign_doubted(memory):
        return ()
    return (message("battery_sign"),)


def _sign_watched(snapshot: Snapshot, soc_pct: float, past: BatteryMemory) -> BatteryMemory:
    """Add the energy since the last step; once the charge has moved by 1 %, compare its direction with the sign."""
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
    """Return the memory with the battery power at the meter's last report, and the most it was seen to discharge.

    Battery power of now and a grid reading some seconds old would together show a surplus, or a lack, that does not
    exist.
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


def battery_current_a(site: Site, memory: BatteryMemory | None) -> float:
    """Return the battery's current on each phase at the meter's last report [A, + = discharging]; 0 if unknown.

    The power is taken as shared evenly by the phases.
    """
    power_w = None if memory is None else memory.power_w
    return 0.0 if power_w is None else amps(-power_w, site.voltage_v, len(site.phases))


def holds_zero(memory: BatteryMemory | None, now_s: float) -> bool:
    """Return whether the battery kept the grid import at zero within the last `FOLLOW_LATEST_S`."""
    return memory is not None and now_s - memory.held_s <= tuning.FOLLOW_LATEST_S
