"""What a load takes now, by phase, and how much of that comes from the sun and from the home battery. Pure.

A draw is measured, or estimated from the offer if nothing measures it. The sun serves the house, then the loads in
proportion to their draw, then the charging battery. What is missing comes from the discharging battery in this order,
then from the grid. A house load below zero counts as sun of panels that are not measured, in a house that has exported
within a day and while the sun is up; where panels are measured, no more counts as sun than they deliver.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ... import tuning
from ...control.estimators.draws import assumed_draw_a
from ...model.durations import LONGEST_DAY_S
from ...model.electrics import PerPhase, Phase
from ...model.load import Load
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot, Status


class LoadPower(NamedTuple):
    """The draw of a load."""

    by_phase_a: PerPhase
    """On each of its phases [A]."""
    measured: bool
    """Whether that is measured rather than estimated."""

    @property
    def sum_a(self) -> float:
        """The sum of the known phases [A]; 0 if none is known, and for a load that discharges."""
        return max(sum([a for a in self.by_phase_a if a is not None]), 0.0)


LoadPowers = Mapping[str, LoadPower]
"""Load -> its draw."""
NOTHING = LoadPower(PerPhase(), False)
"""An unknown draw."""


def present_power(load: Load, state: LoadState, last: LoadPower, silent_s: float) -> LoadPower:
    """Return the present draw of a load: measured, or estimated without a reading.

    0 A without a car, unless a standby draw is reported.

    `last`: its last measured draw, `silent_s` seconds ago. A reading older than `ENERGY_OLD_S` counts as an estimate
    and is limited to what the device's state allows.
    """
    drawn, is_known = LoadPower(state.draw_a, not state.counted), is_draw_known(load, state)
    if state.status is Status.UNPLUGGED and not (is_known and drawn.sum_a <= tuning.DRAWS_A):
        # No car is connected, so a reported draw is outdated.
        return LoadPower(PerPhase.each(load.phases, 0.0), False)
    if not is_known:
        return _estimate_draw(load, state, last, silent_s)
    if state.draw_age_s <= tuning.ENERGY_OLD_S:
        return drawn
    if drawn.sum_a > tuning.DRAWS_A:
        drawn = LoadPower(state.draw_a, False)
    # Many sensors report only changes, but a dead one keeps its last value.
    most = _highest_possible_power(load, state)
    if load.on_off:
        return most if state.on is False else drawn
    return drawn if drawn.sum_a <= most.sum_a + tuning.TOLERANCE_A * len(load.phases) else most


def is_idle(load: Load, state: LoadState, power: LoadPower, power_w: float) -> bool:
    """Return whether a load at `power_w` surely draws nothing: measured, or unable to draw by its device's report.

    False above `ENERGY_DRAWS_W`, and where a device reports no car and yet a draw.
    """
    if power_w > tuning.ENERGY_DRAWS_W:
        return False
    if state.status is Status.UNPLUGGED and LoadPower(state.draw_a, False).sum_a > tuning.DRAWS_A:
        return False  # they contradict each other: its own counter decides
    return power.measured or (state.available and _highest_possible_power(load, state).sum_a == 0)


def is_measured_now(load: Load, state: LoadState, power: LoadPower) -> bool:
    """Return whether a sensor has measured a load's draw on all its phases within `LASTING_S`.

    The house's meter does not correct such a draw.
    """
    return power.measured and is_draw_known(load, state) and state.draw_age_s <= tuning.LASTING_S


def is_draw_known(load: Load, state: LoadState) -> bool:
    """Return whether a load's draw is known on all its phases."""
    return None not in [state.draw_a[phase] for phase in load.phases]


def _estimate_draw(load: Load, state: LoadState, last: LoadPower, silent_s: float) -> LoadPower:
    """Return the estimated draw of a load without a reading; its last draw for `LASTING_S`.

    Then, for an available load, its last draw or the most that its device's state allows if that is less or no draw was
    ever known; for any other, its last draw for `ENERGY_OLD_S`, then none.
    """
    if silent_s <= tuning.LASTING_S:
        return last
    was_known = last.by_phase_a != NOTHING.by_phase_a
    if state.available:
        most = _highest_possible_power(load, state)
        return LoadPower(last.by_phase_a, False) if was_known and last.sum_a < most.sum_a else most
    return LoadPower(last.by_phase_a, False) if silent_s <= tuning.ENERGY_OLD_S else NOTHING


def _highest_possible_power(load: Load, state: LoadState) -> LoadPower:
    """Return the highest draw that a load's offer, switch and status allow."""
    return LoadPower(PerPhase.each(load.phases, assumed_draw_a(load, state)), False)


def bound_powers(site: Site, snapshot: Snapshot, powers: LoadPowers, measured: Collection[str]) -> LoadPowers:
    """Return load -> power, where the loads outside `measured` draw no more together than the house leaves for them.

    On each phase that is import plus generation minus the measured loads; an excess is scaled down in proportion, and
    what is reduced counts as not measured. A device's own report within `TOLERANCE_A` stays; an unknown total is no
    bound.
    """
    guessed = [name for name in powers if name not in measured]
    strict, lenient = [], []
    for phase, most_a in enumerate(_allowed_total_a(site, snapshot)):
        taken = {name: power.by_phase_a[phase] or 0.0 for name, power in powers.items()}
        guessed_a = sum([max(taken[name], 0.0) for name in guessed])
        is_free = most_a is None or guessed_a <= 0
        left_a = guessed_a if most_a is None or is_free else max(most_a - sum([taken[name] for name in measured]), 0.0)
        strict.append(1.0 if is_free else min(left_a / guessed_a, 1.0))
        lenient.append(1.0 if guessed_a <= left_a + tuning.TOLERANCE_A else strict[-1])
    cut = {name: _scale_power(powers[name], lenient if powers[name].measured else strict) for name in guessed}
    return {**powers, **cut}


def _allowed_total_a(site: Site, snapshot: Snapshot) -> PerPhase:
    """Return the highest possible draw of all loads on each phase [A]: net import plus all generation, at least 0.

    Each phase may have all of the sun and discharging power. None where the meter is silent, and everywhere while
    generation is unknown or not measured.
    """
    given_w = 0.0
    if site.has_generation:
        powers_w = sun_and_battery_w(site, snapshot)
        if powers_w is None or not (site.measures_sun or site.batteries):
            return PerPhase()
        given_w = powers_w[0] + max(-powers_w[1], 0.0)
    flows = {phase: reading.value for phase, reading in snapshot.grid_a.get(MAIN, {}).items()}
    if any(flow_a is not None and flow_a < -tuning.TOLERANCE_A for flow_a in flows.values()) and not given_w:
        return PerPhase()  # there is generation that is not measured
    return PerPhase.of(flows).apply(lambda flow_a: max(flow_a + given_w / site.voltage_v, 0.0))


def _scale_power(power: LoadPower, shares: list[float]) -> LoadPower:
    """Return a power multiplied by a share for each phase; not measured if that changes it."""
    by_phase = PerPhase(*[a if a is None else a * share for a, share in zip(power.by_phase_a, shares, strict=True)])
    return power if by_phase == power.by_phase_a else LoadPower(by_phase, False)


def source_shares(solar_w: float, house_w: float, loads_w: float, charge_w: float) -> tuple[float, float]:
    """Return which shares (0 to 1) of `loads_w` came from the sun and from the battery; the rest came from the grid.

    All powers in W: `house_w` is the house without these loads, which is served before them, by the sun first;
    `charge_w` is the battery's, + = charging.
    """
    if loads_w <= 0:
        return 0.0, 0.0
    own_w, sun_w = max(0.0, house_w), solar_w + max(0.0, -house_w)
    sun = min(1.0, max(0.0, sun_w - own_w) / loads_w)
    left_w = max(0.0, -charge_w) - max(0.0, own_w - sun_w)
    return sun, min(1.0 - sun, max(0.0, left_w) / loads_w)


def sun_and_battery_w(site: Site, snapshot: Snapshot) -> tuple[float, float] | None:
    """Return the powers of panels and battery [W, + = charging], 0 where not installed; None if one is unknown."""
    solar_w = snapshot.solar_w.value if site.measures_sun else 0.0
    charge_w = snapshot.battery_charge_w.value if site.batteries else 0.0
    return None if solar_w is None or charge_w is None else (max(solar_w, 0.0), charge_w)


def exports_unmeasured(site: Site, snapshot: Snapshot) -> bool:
    """Return whether a house without a measure of sun exports more than its battery and its loads discharge.

    By more than `TOLERANCE_A`: in total where the meter nets the phases, else on any phase. False while a reading of
    the meter or the battery is missing.
    """
    if site.measures_sun:
        return False
    powers_w = sun_and_battery_w(site, snapshot)
    flows_a = [snapshot.meter(MAIN, phase).value for phase in site.phases]
    if powers_w is None or None in flows_a:
        return False
    lowest_a = min([sum([a or 0.0 for a in flows_a]), *([] if site.netting == "sum" else [a or 0.0 for a in flows_a])])
    discharged_a = sum([max(-(a or 0.0), 0.0) for state in snapshot.loads.values() for a in state.draw_a])
    return -lowest_a - discharged_a - max(-powers_w[1], 0.0) / site.voltage_v > tuning.TOLERANCE_A


def may_have_unmeasured_sun(site: Site, snapshot: Snapshot, exported_s: float | None) -> bool:
    """Return whether panels that are not measured may deliver now: none are, the sun is up, the house has exported.

    `exported_s`: when it last did [s since 1970], None for never; an export counts for a day.
    """
    is_recent = exported_s is not None and snapshot.now_s - exported_s <= LONGEST_DAY_S
    return is_recent and not site.measures_sun and snapshot.sun_up is not False


def load_source_shares(
    site: Site, snapshot: Snapshot, drawn_a: Mapping[str, PerPhase], exported_s: float | None
) -> Mapping[str, tuple[float, float]] | None:
    """Return load -> its shares (0 to 1) from sun and battery; None if nothing generates or a reading is missing.

    `drawn_a`: their draws on each phase [A]. Where the meter nets the phases, all loads have the same shares, even one
    without a draw. Otherwise each phase counts alone, with an equal part of sun and battery, and a load without a draw
    has 0. Together they have no more sun than measured panels deliver; without any, none, unless
    `may_have_unmeasured_sun`. `exported_s`: see there.
    """
    if not site.has_generation:
        return None
    powers_w = sun_and_battery_w(site, snapshot)
    grid_a = [snapshot.meter(MAIN, phase).value for phase in site.phases]
    if powers_w is None or None in grid_a:
        return None
    (solar_w, charge_w), count = powers_w, len(site.phases)
    takers = {name: each for name, each in drawn_a.items() if any(each)}
    loads_w = [site.voltage_v * sum([max(each[p] or 0.0, 0.0) for each in takers.values()]) for p in site.phases]
    own_w = (solar_w - charge_w) / count
    house_w = [(a or 0.0) * site.voltage_v + own_w - power_w for a, power_w in zip(grid_a, loads_w, strict=True)]
    is_bounded = not may_have_unmeasured_sun(site, snapshot, exported_s)
    if site.netting == "sum":
        rest_w = max(sum(house_w), 0.0) if is_bounded else sum(house_w)
        every = source_shares(solar_w, rest_w, sum(loads_w), charge_w)
        return dict.fromkeys(drawn_a, every)
    if is_bounded and not solar_w:
        house_w = [max(rest_w, 0.0) for rest_w in house_w]
    by_phase = {
        phase: source_shares(solar_w / count, rest_w, power_w, charge_w / count)
        for phase, rest_w, power_w in zip(site.phases, house_w, loads_w, strict=True)
    }
    # The panels may feed one phase only: then its house load seems negative, and only the sum is bounded.
    sunny_w = sum([share[0] * power_w for share, power_w in zip(by_phase.values(), loads_w, strict=True)])
    if is_bounded and sunny_w > solar_w:
        by_phase = {phase: (sun * solar_w / sunny_w, battery) for phase, (sun, battery) in by_phase.items()}
    return {name: _mean_shares(takers[name], by_phase) if name in takers else (0.0, 0.0) for name in drawn_a}


def _mean_shares(drawn_a: PerPhase, by_phase: Mapping[Phase, tuple[float, float]]) -> tuple[float, float]:
    """Return the mean shares over the phases, weighted by the draw on each; 0 without a draw."""
    whole_a = sun_a = battery_a = 0.0
    for phase, (sun, battery) in by_phase.items():
        taken_a = drawn_a[phase] or 0.0
        if taken_a > 0:
            whole_a, sun_a, battery_a = whole_a + taken_a, sun_a + taken_a * sun, battery_a + taken_a * battery
    return (sun_a / whole_a, battery_a / whole_a) if whole_a > 0 else (0.0, 0.0)
