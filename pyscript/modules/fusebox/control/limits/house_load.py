"""The house load under a metered fuse: the meter's reading less what our loads draw, as far as that is known. Pure.

A load without a draw sensor counts with what it may draw. If it draws less, the house load comes out too low by the
difference. So it is never taken to be lower than what sun and battery are measured to deliver can explain, and a raise
that no meter has confirmed makes no headroom for another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ... import tuning
from ...model.durations import NEVER_S, since
from ...model.electrics import DUST, Phase, Wire, amps
from ...model.house_memory import NEW_HOUSE_LOAD, HouseLoadMemory, Proof
from ...model.load import Load
from ...model.phases_memory import NEW_PHASES
from ...model.records import fast_replace, replace_if_changed
from ...model.site import MAIN
from ...model.snapshot import LoadState, Reading
from ...model.trace import extend_least
from ..estimators.draws import assumed_draw_a
from ..estimators.late_readings import DrawInReading, draw_range_in_reading
from ..estimators.production import battery_powers_w, own_production_a
from .flows import Flows


class HouseLoad:
    """Estimates the house load of one instant, under each metered fuse."""

    def __init__(self, flows: Flows) -> None:
        self._flows, site, snapshot = flows, flows.site, flows.snapshot
        self._battery_w = powers_w = battery_powers_w(site, snapshot, flows.memory.batteries)
        metered = [circuit.name for circuit in site.circuits if circuit.grid]
        self._given_a = {name: own_production_a(site, snapshot, powers_w, name) for name in metered}
        """Circuit -> what own production delivers to it by phase [A]."""

    def estimate(
        self, fuse: str, wire: Wire, reading: Reading, drawn_a: Mapping[str, float]
    ) -> tuple[HouseLoadMemory, HouseLoadMemory]:
        """Return the updated memory of the house load on a wire (circuit, phase) with a fuse, and what counts now.

        The house load changes only with a new reading; a meter that never reported counts as 0. What counts is clamped
        by what sun and battery deliver, unless their sensors are doubted, and has an unproven draw added while the fuse
        is overdrawn. `drawn_a`: load under the fuse -> the current that it counts for on that phase [A].
        """
        site, snapshot, memory, (circuit, phase) = self._flows.site, self._flows.snapshot, self._flows.memory, wire
        now_s, past = snapshot.now_s, memory.house_load.get(fuse, NEW_HOUSE_LOAD)
        reported_s = now_s - reading.age_s
        own = _sum_own_draw(self._flows, phase, drawn_a, reported_s)
        if reported_s > past.reported_s or reading.unchanged_s == 0 or reading.last is None:
            shown = draw_range_in_reading(site, snapshot, memory.loads, drawn_a, reported_s)
            after = _update_by_reading(past, reading, reported_s, own, shown, self._charging_a(circuit, phase))
            past = _without_fall(after, past, reading, now_s)
        given_a = self._given_a[circuit]
        gives_a = None if given_a is None else given_a[phase]
        if gives_a is not None:
            past = watch_unexplained_export(past, reading, own, gives_a, now_s)
        is_doubted = now_s - past.doubted_s < tuning.FORGET_S
        counted = past if is_doubted else clamp_house_load(past, reading, own, gives_a)
        is_overdrawn = reading.last is not None and reading.last > site.circuit(circuit).fuse_a
        return past, _with_unproven_draw(counted, own) if is_overdrawn else counted

    def _charging_a(self, circuit: str, phase: Phase) -> float | None:
        """Return the current with which the batteries charge on a phase of the main fuse [A]; negative for discharging.

        None for another circuit, while a battery's power is unknown, and where an inverter may choose its phases.
        """
        site = self._flows.site
        inverters = [site.inverters[site.inverter_of(place)] for place in range(len(self._battery_w))]
        if circuit != MAIN or None in self._battery_w or any(each.asymmetric for each in inverters):
            return None
        powers = zip(inverters, self._battery_w, strict=True)
        return sum(each.share_of(phase, len(site.phases)) * amps(w or 0.0, site.voltage_v) for each, w in powers)


class OwnDraw(NamedTuple):
    """The draw of all loads on one phase of a fuse, by how it is known [A]."""

    measured_a: float
    """By sensors that measure this phase and are as new as the meter's reading."""

    assumed_a: float
    """The current that chargers without a sensor count for."""

    most_a: float | None
    """The most that those chargers may draw; None without any of them."""


def _sum_own_draw(flows: Flows, phase: Phase, drawn_a: Mapping[str, float], reported_s: float) -> OwnDraw:
    """Return the draw of the loads on a phase [A]: measured, assumed, and the most that the assumed may be.

    `drawn_a`: load under the meter -> counted current [A]. A sensor's value older than the meter's by `DRAW_LAG_S`, or
    not by phase, counts as neither; so does an unmeasured load on or off, which counts with its rating elsewhere.
    """
    memory, measured_a, assumed_a, most_a = flows.memory, 0.0, 0.0, []
    for name, counted_a in drawn_a.items():
        load, state = flows.site.by_name[name], flows.snapshot.state_of(name)
        if not state.available:
            continue
        is_by_phase = state.single_a is None or len(load.phases) == 1
        if state.draw_a[phase] is None:
            if load.is_modulated:
                assumed_a += counted_a
                most_a.append(_charger_may_draw_a(load, state, memory.loads[name].setpoint_a))
        elif is_by_phase or memory.phases_in_use.get(name, NEW_PHASES).is_surely_on_all:
            is_new = flows.snapshot.now_s - state.draw_age_s >= reported_s - tuning.DRAW_LAG_S
            measured_a += counted_a if is_new else 0.0
    return OwnDraw(measured_a, assumed_a, sum(most_a) if most_a else None)


def _charger_may_draw_a(load: Load, state: LoadState, setpoint_a: float) -> float:
    """Return the most that a charger without a sensor may draw [A]: its offer or its setpoint, the higher; 0 when off.

    Also 0 if it can use no power.
    """
    if state.on is False or not state.can_use_power:
        return 0.0
    return max(assumed_draw_a(load, state), setpoint_a)


def _update_by_reading(
    past: HouseLoadMemory, reading: Reading, at_s: float, own: OwnDraw, shown: DrawInReading, charging_a: float | None
) -> HouseLoadMemory:
    """Return the house load after a new reading, reported at `at_s`, and how much higher it may be (`uncertainty_a`).

    The reading less our loads' draw in it (`shown`). As far as that draw is unknown, the house load stays what it was,
    except for what the batteries have changed since (`charging_a`: their charging current, None where unknown).
    A relay that displays off may still feed its load, so for raises everything that our loads do not surely draw counts
    as house load, and what chargers without a sensor are not proven to draw. A meter that never reported a number
    counts as 0.
    """
    if reading.last is None:
        return fast_replace(past, reported_s=at_s, used_a=0.0, uncertainty_a=0.0, charging_a=charging_a)
    used_a = reading.last - shown.least_a
    if past.reported_s > NEVER_S:
        known = charging_a is not None and past.charging_a is not None
        expected_a = past.used_a + ((charging_a or 0.0) - (past.charging_a or 0.0) if known else 0.0)
        used_a = min(max(expected_a, reading.last - shown.most_a), used_a)
    most_a = reading.last - shown.surely_a
    proof, without_measured_a = None, reading.last - own.measured_a
    if own.most_a is not None:
        proof = _update_proof(past.proof, without_measured_a, at_s, at_s - past.reported_s, own.most_a)
        most_a = max(most_a, used_a + own.assumed_a - proof.proven_a)
    after = fast_replace(past, reported_s=at_s, used_a=used_a, charging_a=charging_a, proof=proof)
    return fast_replace(after, uncertainty_a=max(most_a - used_a, 0.0))


def _without_fall(after: HouseLoadMemory, before: HouseLoadMemory, reading: Reading, now_s: float) -> HouseLoadMemory:
    """Return the new house load; not below the one before while a source that reports only changes has not reported.

    Its report may be late. A draw of our own that has risen meanwhile would look like a house that uses less, and the
    load would be raised again. Without a report for `LASTING_S` the source has nothing to report.
    """
    fall_a, still_s = before.used_a - after.used_a, reading.unchanged_s
    if still_s is None or fall_a <= 0 or not 0 < still_s < tuning.LASTING_S or now_s - still_s > before.reported_s:
        return after
    return fast_replace(after, used_a=before.used_a, uncertainty_a=max(after.uncertainty_a - fall_a, 0.0))


def clamp_house_load(known: HouseLoadMemory, reading: Reading, own: OwnDraw, given_a: float | None) -> HouseLoadMemory:
    """Return the known house load, raised to minus what sun and battery deliver to this phase where it is below that.

    `given_a` is that delivery [A], None where the site generates nothing: then it is at least 0. Where the meter itself
    shows more export than that, the meter counts. Unchanged without any reading.
    """
    if reading.last is None:
        return known
    least_a = 0.0 if given_a is None else min(-given_a, reading.last - own.measured_a)
    if known.used_a >= least_a:
        return known
    most_a = known.used_a + known.uncertainty_a
    return fast_replace(known, used_a=least_a, uncertainty_a=max(most_a - least_a, 0.0))


def _with_unproven_draw(house_load: HouseLoadMemory, own: OwnDraw) -> HouseLoadMemory:
    """Return the house load higher by what chargers without a sensor count for and are not proven to draw.

    A cut of a current that a car does not take relieves no fuse, and a slow meter shows that half a minute later.
    """
    unproven_a = 0.0 if house_load.proof is None else own.assumed_a - house_load.proof.proven_a
    if unproven_a <= 0:
        return house_load
    uncertainty_a = max(house_load.uncertainty_a - unproven_a, 0.0)
    return fast_replace(house_load, used_a=house_load.used_a + unproven_a, uncertainty_a=uncertainty_a)


def watch_unexplained_export(
    house_load: HouseLoadMemory, reading: Reading, own: OwnDraw, given_a: float, now_s: float
) -> HouseLoadMemory:
    """Return the memory of whether more is exported than sun and battery explain (they deliver `given_a` [A]).

    That is by more than `ALIKE_SHARE` and `TOLERANCE_A`. `unexplained_since_s` is when that began, None once it ends or
    cannot be measured. `doubted_s` becomes now once it has lasted for `LASTING_S`.
    """
    most_a = given_a * (1 + tuning.ALIKE_SHARE) + tuning.TOLERANCE_A
    is_unexplained = reading.last is not None and reading.last - own.measured_a < -most_a
    since_s = since(house_load.unexplained_since_s, is_unexplained, now_s)
    if since_s is not None and now_s - since_s >= tuning.LASTING_S:
        return fast_replace(house_load, doubted_s=now_s)
    return replace_if_changed(house_load, unexplained_since_s=since_s)


def _update_proof(past: Proof | None, now_a: float, at_s: float, since_s: float, most_a: float) -> Proof:
    """Return how much of the offers to chargers without a sensor (`most_a`) the meter has confirmed; at first, all.

    For some seconds after a raise any rise of the meter confirms as much of it. Later only a rise about as large as the
    missing amount confirms that: a car that arrives, or a device commanded through a cloud. `now_a`: the reading less
    the measured loads [A]; `since_s`: the time since the last reading [s].
    """
    if past is None:
        return Proof(most_a, most_a, most_a, least=((at_s, now_a),))
    look_s = tuning.FOLLOW_LATEST_S + 2 * since_s
    proven_a, from_a, raised_s, least = min(past.proven_a, most_a), min(past.from_a, most_a), past.raised_s, past.least
    if most_a > past.most_a + DUST:
        from_a, raised_s, least = past.proven_a, at_s, ((at_s, past.least[-1][1]),)
    ends_s = raised_s + look_s
    # A rise of the meter in the time after a raise is evidence of that raise alone.
    from_s = at_s - look_s if at_s <= ends_s else max(ends_s, at_s - look_s)
    least = extend_least(least, at_s, now_a, from_s)
    moved_a, lacks_a, share = now_a - least[0][1], most_a - proven_a, tuning.ALIKE_SHARE
    if at_s <= ends_s:
        proven_a = max(proven_a, min(from_a + moved_a, most_a))
    elif (1 - share) * lacks_a <= moved_a <= lacks_a + max(share * lacks_a, tuning.TOLERANCE_A):
        proven_a = most_a
    return Proof(most_a, proven_a, from_a, raised_s, least)
