"""What panels and batteries deliver, as far as measured, and what a battery's state of charge allows.

Also checks of the signs of their powers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.electrics import PerPhase, Phase, amps
from ...model.equipment import Battery
from ...model.messages.message import message
from ...model.meter_memory import BatteryMemories, BatteryMemory, known_batteries
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import BatteryReadings, Reading, Snapshot

UNKNOWN_A = float("inf")
PhaseShares = Mapping[str, PerPhase]
"""Circuit -> the share of what batteries and panels draw that each phase of its meters shows."""


def sun_w(site: Site, snapshot: Snapshot, inverter: int) -> float | None:
    """Return the power of the panels of the inverter at a place [W], the last value; None while it is unknown.

    Inverters without a sensor of their own share what the sensor of all panels shows beyond the others: with one such
    inverter it has all of that, with several each may have it. Without a sensor of all panels they have 0 W, or None if
    the site does not measure the sun at all.
    """
    own = [each.solar_w for each in snapshot.inverters]
    if inverter < len(own) and site.inverters[inverter].solar_w is not None:
        return own[inverter].last
    if site.solar_w is None:
        return 0.0 if site.measures_sun else None
    total_w = snapshot.solar_w.last
    return None if total_w is None else max(total_w - sum(each.last or 0.0 for each in own), 0.0)


def negative_sun_messages(site: Site, snapshot: Snapshot) -> tuple[str, ...]:
    """Return a problem for each `solar_w` that reports less than minus `CLEARLY_W`: panels take no power.

    A sleeping inverter takes less than that.
    """
    sources = [(site.solar_w, snapshot.solar_w)]
    sources += [(each.solar_w, read.solar_w) for each, read in zip(site.inverters, snapshot.inverters, strict=False)]
    negative = [source for source, read in sources if source is not None and (read.value or 0.0) < -tuning.CLEARLY_W]
    return tuple(message("sun_negative", entity=", ".join(source.entities)) for source in negative)


def own_production_a(
    site: Site, snapshot: Snapshot, battery_w: Sequence[float | None], circuit: str
) -> Mapping[Phase, float] | None:
    """Return phase -> the most that own production delivers to a circuit [A]; infinite where that is not measured.

    By each inverter's own output, with the battery's discharge added, else by its sun and batteries. `battery_w`: the
    power of each battery [W, + = charging]. None where nothing generates. A symmetric inverter delivers the same to all
    its phases, an asymmetric one may deliver all to one. An inverter that sleeps reports nothing: its last value
    counts.
    """
    if not site.has_generation:
        return None
    # An unavailable load that can discharge may feed the house unmeasured.
    is_unmeasured = any(load.can.discharges and not snapshot.state_of(load.name).available for load in site.loads)
    found = dict.fromkeys(site.phases, UNKNOWN_A if is_unmeasured else 0.0)
    for place, inverter in enumerate(site.inverters):
        if not site.may_feed(inverter, circuit):
            continue
        powers = [w for number, w in enumerate(battery_w) if site.inverter_of(number) == place]
        battery_a = amps(-sum(w or 0.0 for w in powers), site.voltage_v)
        outputs = snapshot.inverters[place].output_a if place < len(snapshot.inverters) else {}
        from_sun_w = sun_w(site, snapshot, place)
        for phase in filter(inverter.feeds, site.phases):
            share, output = inverter.share_of(phase, len(site.phases)), outputs.get(phase)
            if None in powers:
                found[phase] = UNKNOWN_A
            elif output is not None and output.last is not None and inverter.wiring == "parallel":
                # Some inverters include the battery's power in their output, others do not.
                evenly = share if not inverter.asymmetric else 1 / len(inverter.phases or site.phases)
                found[phase] += max(output.last + max(battery_a * evenly, 0.0), 0.0)
            elif from_sun_w is None:
                found[phase] = UNKNOWN_A
            else:
                found[phase] += max(amps(from_sun_w, site.voltage_v) + battery_a, 0.0) * share
    return found


def own_shares(site: Site) -> PhaseShares:
    """Return circuit -> the share of what batteries and panels draw that each phase of its meters shows.

    Empty where that is unknown: with an asymmetric inverter on several phases, or inverters on different phases or
    circuits. An inverter whose circuit CONFIG does not name feeds the main one.
    """
    one = site.inverters[0]
    is_uneven = one.asymmetric and len(one.phases or site.phases) > 1
    if is_uneven or len({(each.phases, each.circuit, each.asymmetric) for each in site.inverters}) > 1:
        return {}
    shares = PerPhase.of({phase: one.share_of(phase, len(site.phases)) for phase in site.phases})
    return {circuit.name: shares for circuit in site.above(one.circuit or MAIN) if circuit.grid}


def battery_powers_w(site: Site, snapshot: Snapshot, memories: BatteryMemories) -> Sequence[float | None]:
    """Return the power of each battery at the meter's last report [W, + = charging], None where unknown.

    The last power counts for a battery whose state of charge is not known.
    """
    known = enumerate(known_batteries(site, memories))
    return tuple(snapshot.battery(at).charge_w.last if past is None else past.power_w for at, (_, past) in known)


def update_battery_memories(site: Site, snapshot: Snapshot, memories: BatteryMemories) -> BatteryMemories:
    """Return the memory of each battery, updated by this snapshot."""
    known = enumerate(known_batteries(site, memories))
    return tuple(_update_memory(battery, snapshot.battery(at), snapshot, past) for at, (battery, past) in known)


def _update_memory(
    battery: Battery, readings: BatteryReadings, snapshot: Snapshot, past: BatteryMemory | None
) -> BatteryMemory | None:
    """Return a battery's memory updated by its readings: thresholds passed (with hysteresis), sign and delivery.

    None before its first state of charge, and when that has been missing for `BATTERY_FORGET_S`. While it is missing,
    only the delivery is updated.
    """
    soc = readings.soc_pct
    if soc.value is None:
        lost = past is None or soc.age_s > tuning.BATTERY_FORGET_S
        return None if lost or past is None else update_delivery(battery, readings.charge_w, snapshot, past)
    soc_pct = soc.value
    # At first it is on the better side of each threshold, except that it has to be charged up to its target.
    past = past or BatteryMemory(has_surplus=True, able=True, held_s=snapshot.now_s)
    above_pct = min(battery.soc_target_pct + battery.hysteresis_pct, tuning.BATTERY_FULL_PCT)
    again_pct = max(above_pct, battery.soc_target_pct)
    has_surplus = soc_pct > (battery.soc_target_pct if past.has_surplus else again_pct)
    able = soc_pct > battery.soc_min_pct + (0.0 if past.able else battery.hysteresis_pct)
    charged = soc_pct >= battery.soc_target_pct - (battery.hysteresis_pct if past.charged else 0.0)
    past = _check_power_sign(readings.charge_w, snapshot.now_s, soc_pct, past)
    past = fast_replace(past, charged=charged, has_surplus=has_surplus, able=able)
    return update_delivery(battery, readings.charge_w, snapshot, past)


def has_battery_surplus(battery: Battery, memory: BatteryMemory | None, snapshot: Snapshot) -> bool:
    """Return whether what the battery could still discharge is surplus: above its target (with hysteresis).

    False without memory of its charge, with `sunset_rule` after sunset, and where it is not to discharge at all.
    """
    may_lend = battery.max_discharge_w > 0 and not (battery.sunset_rule and snapshot.sun_up is False)
    return memory is not None and memory.has_surplus and may_lend


def is_sign_doubted(memory: BatteryMemory | None) -> bool:
    """Return whether the sign of the battery's power is doubted, because its state of charge moves the other way.

    True once that was observed `NO_CHANCE_TIMES` times in a row; False without memory.
    """
    return memory is not None and memory.against >= tuning.NO_CHANCE_TIMES


def battery_problems(site: Site, memories: BatteryMemories) -> tuple[str, ...]:
    """Return the problem of each battery power whose sign is doubted, as a sentence; empty for none."""
    known = known_batteries(site, memories)
    return tuple(message("battery_sign", key=battery.place) for battery, past in known if is_sign_doubted(past))


def _check_power_sign(power: Reading, now_s: float, soc_pct: float, past: BatteryMemory) -> BatteryMemory:
    """Return the memory with the energy since the last step added, and the sign checked once the charge moved by 1 %.

    `against` counts the checks in a row in which the charge moved against the sign; too little energy is no check.
    Without a power, and after a gap of `SLOWEST_S`, the check starts over.
    """
    passed_s = now_s - past.seen_s
    began = fast_replace(past, then_s=now_s, seen_s=now_s, then_pct=soc_pct, charged_ws=0.0)
    if power.value is None or past.then_pct is None or passed_s > tuning.SLOWEST_S:
        return began
    charged_ws = past.charged_ws + power.value * passed_s
    moved_pct, whole_s = soc_pct - past.then_pct, now_s - past.then_s
    if abs(moved_pct) < 1 or whole_s <= 0:
        return fast_replace(past, seen_s=now_s, charged_ws=charged_ws)
    mean_w = charged_ws / whole_s
    if abs(mean_w) < tuning.CLEARLY_W or abs(charged_ws) < tuning.BATTERY_SIGN_WS:
        return began
    return fast_replace(began, against=past.against + 1 if mean_w * moved_pct < 0 else 0)


def update_delivery(battery: Battery, power: Reading, snapshot: Snapshot, past: BatteryMemory) -> BatteryMemory:
    """Return the memory with the battery power at the meter's last report, and the most that it was seen to discharge.

    That most is learnt when the battery gives clearly less than its limit although import has lasted for
    `FOLLOW_LATEST_S`, raised when it gives more, and forgotten after `BATTERY_FORGET_S` or when it is not able to
    discharge. `held_s` becomes now while nothing is imported. The power is held between reports: battery power of now
    and an older grid reading would together show a surplus that does not exist. Unchanged without a reading of either.
    """
    readings = [reading for reading in snapshot.grid_a.get(MAIN, {}).values() if reading.last is not None]
    if not readings or power.last is None:
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


def battery_discharge_per_phase_a(site: Site, memories: BatteryMemories) -> float:
    """Return the batteries' total current at the meter's last report, spread evenly on the phases [A, + = discharging].

    A battery whose power or state of charge is unknown counts as 0.
    """
    power_w = sum([past.power_w or 0.0 for past in memories if past is not None])
    return amps(-power_w, site.voltage_v, len(site.phases))


def keeps_import_at_zero(memories: BatteryMemories, now_s: float) -> bool:
    """Return whether any battery has held the grid import at zero within the last `FOLLOW_LATEST_S`."""
    return any(past is not None and now_s - past.held_s <= tuning.FOLLOW_LATEST_S for past in memories)
