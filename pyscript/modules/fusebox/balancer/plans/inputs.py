"""What plans, battery and export limit read: the last step, and what is measured for one evaluation of the plans."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ... import tuning
from ...control.demand import tank
from ...control.estimators.draws import present_draw
from ...control.estimators.phases_in_use import narrow_phases
from ...model.by_time import TimeTable, possible_values
from ...model.decision import Decision
from ...model.durations import MONTHS_A_YEAR, QUARTER_S, has_passed
from ...model.electrics import PerPhase, watts
from ...model.equipment import Battery, LimitKind
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.memory import Memory
from ...model.readings import View
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from ...model.tariff_rules import Moment, rules_for
from ...planning.battery import Storage
from ...planning.compose import TariffTerms
from ...planning.load_needs import LoadRequest
from ...planning.need import MOST_SLOTS, UNLIMITED_STARTS, Starts, deadline_slot
from ...planning.plan_progress import FULL_PCT, Charge, PlanProgress, PlanReadings
from ...planning.plan_standing import PlanStanding
from ...planning.prices import NO_SURCHARGE, Surcharge, quarter_start_s
from ...planning.times import Ahead, midnight_s, next_departure_s
from ...planning.wires import Unplanned
from ...tariff.watch import tariff_watch
from ..energy.load_energy import NEW_ENERGY, LoadEnergy
from ..energy.meter import EnergyMeter
from ..energy.session import is_session_under_way
from .battery_calls import charge_power_entity
from .modes import PlansInForce, can_be_planned


class StepResult(NamedTuple):
    """The result of the last step."""

    site: Site
    """As CONFIG, services and entities set it, without boosts and plans."""
    served: Site
    """The site as it was decided on: with boosts, plans and a wiring test."""
    snapshot: Snapshot
    decision: Decision
    plans: PlansInForce = PlansInForce()
    """The plans that it was decided with: others may be in force before it is published."""


class PlanInputs(NamedTuple):
    """The input of one evaluation of the plans."""

    site: Site
    """As set by CONFIG, services and entities, without boosts and plans."""
    snapshot: Snapshot
    memory: Memory
    energy: EnergyMeter
    view: View
    sections: Mapping[str, Any]
    """Section of CONFIG -> its values now, None for one that is missing."""
    tariff: TariffTerms | None
    """None for a tariff without windows."""
    ahead: Ahead

    @property
    def now_s(self) -> float:
        """The time of this evaluation [s since 1970]."""
        return self.view.now_s


def battery_storage(site: Site, snapshot: Snapshot, now_s: float, ahead: Ahead, is_charged: bool) -> Storage | None:
    """Return all home batteries as one; None where none is to be charged from the grid, or their charge is unknown.

    The earliest of their times counts, and the lowest price. Also None where less than `PLAN_OFF_KWH` is missing,
    unless one is being charged (`is_charged`): full batteries do not buy back what the house takes bit by bit.
    """
    charges_pct = [snapshot.battery(at).soc_pct.value for at in range(len(site.batteries))]
    stores = [_storage_of(*each, now_s, ahead) for each in zip(site.batteries, charges_pct, strict=True)]
    found = [store for store in stores if store is not None]
    charged = [store for store in found if store.stored_kwh < store.target_kwh and store.max_charge_kw > 0]
    missing_kwh = sum(store.target_kwh - store.stored_kwh for store in charged)
    if not charged or (not is_charged and missing_kwh < tuning.PLAN_OFF_KWH):
        return None
    stored_kwh = sum(store.stored_kwh for store in found)
    capacity_kwh = sum(max(store.target_kwh, store.stored_kwh) for store in found)
    return Storage(
        stored_kwh=stored_kwh,
        target_kwh=stored_kwh + missing_kwh,
        max_charge_kw=sum(store.max_charge_kw for store in charged),
        max_discharge_kw=sum(store.max_discharge_kw for store in found),
        roundtrip=sum(store.roundtrip * max(store.target_kwh, store.stored_kwh) for store in found) / capacity_kwh,
        end=min(store.end for store in found),
        max_price=min((store.max_price for store in found if store.max_price is not None), default=None),
        min_charge_kw=min(store.min_charge_kw for store in charged),  # one of them may be charged alone
    )


def _storage_of(found: Battery, soc_pct: float | None, now_s: float, ahead: Ahead) -> Storage | None:
    """Return one battery as input of the planner; None where it has no plan due soon, or its charge is unknown.

    Also None where CONFIG lacks its capacity or how it is charged from the grid.
    """
    orders = found.orders
    if soc_pct is None or orders.plan is None or orders.capacity_kwh is None or orders.charge_from_grid is None:
        return None
    due_s = next_departure_s(orders.plan.ready_by, now_s, ahead)
    end = MOST_SLOTS if due_s is None else deadline_slot(due_s, quarter_start_s(now_s))
    if end >= MOST_SLOTS:
        return None
    kwh_per_pct = orders.capacity_kwh / 100
    return Storage(
        stored_kwh=max(soc_pct - found.soc_min_pct, 0.0) * kwh_per_pct,
        target_kwh=max(orders.plan.soc_target_pct - found.soc_min_pct, 0.0) * kwh_per_pct,
        max_charge_kw=found.max_charge_w / 1000,
        max_discharge_kw=found.max_discharge_w / 1000,
        roundtrip=orders.roundtrip,
        end=end,
        max_price=orders.plan.max_price,
        min_charge_kw=found.max_charge_w / 1000 if charge_power_entity(orders) is None else 0.0,
    )


def tariff_terms(site: Site, now_s: float, ahead: Ahead) -> TariffTerms | None:
    """Return how the tariff limits and bills planned imports; None without windows, or before the first is known.

    While the month's kWh cap the bill, a kW costs less, and each kWh has a surcharge until the month ends. A new month
    does not have the present one's peak.
    """
    tariff, window = site.tariff, tariff_watch().window
    if tariff is None or window is None or tariff.limits is not LimitKind.WINDOWS:
        return None
    free_kw, now = max(tariff.minimum_kw, window.month_peak_kw), Moment(now_s, ahead(now_s))
    rule, price_per_kw, surcharge = rules_for(tariff), (tariff.price_per_kw_year or 0.0) / MONTHS_A_YEAR, NO_SURCHARGE
    if window.bill.is_capped:
        # The peak is part of the mean of the next months all the same.
        price_per_kw *= 1 - 1 / rule.billed_months
        surcharge = Surcharge(tariff.maximum_per_kwh or 0.0, now.month_ends_s)
    most_kw = max(*possible_values(tariff.target_kw), free_kw if rule.rises else 0.0)

    def share(start_s: float) -> float:
        return rule.weight(tariff, Moment(start_s, ahead(start_s)))

    def target_kw(start_s: float) -> float:
        paid_kw = free_kw if start_s < now.month_ends_s else 0.0
        return rule.target_kw(tariff, paid_kw, Moment(start_s, ahead(start_s)))

    def unpaid_kw(start_s: float) -> float:
        return 0.0 if start_s < now.month_ends_s else free_kw - tariff.minimum_kw

    is_last = rule.rises and now.month_ends_s < now_s + MOST_SLOTS * QUARTER_S
    by_slot = target_kw if is_last or isinstance(tariff.target_kw, TimeTable) else None
    unpaid = unpaid_kw if is_last else None
    return TariffTerms(most_kw, min(free_kw, most_kw), price_per_kw, share, by_slot, surcharge, unpaid)


def plan_readings(inputs: PlanInputs, load: Load, state: LoadState, past: PlanProgress) -> PlanReadings:
    """Return the readings of a load for its plan; a switched load always counts as here.

    Without a status its car counts as connected once the charger was available. A state of charge outside 0 to 100 %
    counts as unknown. A load that has reached its limit counts as full, unless it waits for its car to be recognised.
    """
    energy = inputs.energy.loads.get(load.name, NEW_ENERGY)
    present = True if load.is_switched else is_session_under_way(load, state)
    return PlanReadings(
        inputs.now_s,
        # A charger that is unavailable for a moment has not lost its car.
        is_here=(past.was_here or state.available) if present is None else present,
        run_share=_run_share(load, state),
        counter_kwh=energy.counter.kwh,
        is_full=state.status is Status.FULL or (load.stopped is not None and not load.is_held_until_recognised),
        soc_pct=inputs.view.percent(load.vehicle.soc_pct),
        price=inputs.energy.price_of(load.name),
        session_s=energy.session_start_s,
    )


def _run_share(load: Load, state: LoadState) -> float:
    """Return the share of its full power that a load is set to: of one in watts by its offer, if it displays that.

    Of any other load 1 while it is on, else 0.
    """
    if not load.can.in_watts or state.offer_a is None:
        return float(state.on is True)
    most_a = load.max_a if state.device_max_a is None else min(load.max_a, state.device_max_a)
    return 0.0 if state.is_off else min(state.offer_a / most_a, 1.0)


def chargers_without_plan(
    inputs: PlanInputs,
    requests: Iterable[LoadRequest],
    progress: Mapping[str, PlanProgress],
    ruled: Collection[str] = (),
    before: Sequence[Unplanned] = (),
) -> tuple[Unplanned, ...]:
    """Return the chargers that charge from the grid and have no plan by `requests`, or one that is done; their draw.

    In a mode for the sun they make way, and those in `ruled` run or rest by a plan. A boosted one uses the grid in any
    case, and no limit of its session stops it. A higher draw of the last quarter hour (`before`: what was returned
    last) counts: a pause must not switch planned loads.
    """
    site, snapshot = narrow_phases(inputs.site, inputs.snapshot, inputs.memory)
    found, earlier = [], {each.load.name: each for each in before}
    planned = {each.load.name for each in requests if not progress[each.load.name].done}
    for load in site.loads:
        state, memory = snapshot.state_of(load.name), inputs.memory.loads.get(load.name, NEW_LOAD)
        is_charger = can_be_planned(load) and not load.is_switched and not load.can.in_watts
        is_boosted = memory.mode == Mode.BOOST
        uses_grid = is_boosted or (load.mode is Mode.STANDARD and load.name not in ruled)
        if not is_charger or load.name in planned or not uses_grid or state.status is Status.UNPLUGGED:
            continue
        if is_boosted:
            load = replace(load, stop_soc_pct=None, stop_energy_kwh=None)
        now = _present_charging(inputs, load, state, progress[load.name].charge)
        past = now if state.status is Status.FULL else earlier.get(load.name, now)
        if not has_passed(QUARTER_S, past.drew_s, inputs.now_s) and past.total_kw > now.total_kw:
            now = past._replace(load=load, left_kwh=now.left_kwh)
        if max(now.draw_kw.values()) > watts(tuning.DRAWS_A, site.voltage_v) / 1000:
            found.append(now)
    return tuple(found)


def _present_charging(inputs: PlanInputs, load: Load, state: LoadState, charge: Charge) -> Unplanned:
    """Return a charger with its present draw, and the energy until its car is full or its session stops."""
    is_known = state.draw_a.highest is not None or state.status is Status.CHARGING
    draw_a = present_draw(load, state) if is_known else PerPhase()
    draw_kw = {phase: watts(draw_a[phase] or 0.0, inputs.site.voltage_v) / 1000 for phase in load.phases}
    energy = inputs.energy.loads.get(load.name, NEW_ENERGY)
    stop_pct = FULL_PCT if load.stop_soc_pct is None else load.stop_soc_pct
    return Unplanned(load, draw_kw, energy_to_stop_kwh(load, charge, energy, stop_pct), inputs.now_s)


def starts_of(load: Load, past: LoadMemory, inputs: PlanInputs) -> Starts:
    """Return how often an on/off load may start from the present quarter hour on; no limit for any other load."""
    if not load.on_off:
        return UNLIMITED_STARTS
    a_day = math.inf if load.max_starts_per_day is None else load.max_starts_per_day
    left = max(a_day - past.timing.starts_since(inputs.snapshot.day_began_s), 0)
    from_s = quarter_start_s(inputs.now_s)
    midnight = math.ceil((midnight_s(from_s, inputs.ahead, 1) - from_s) / QUARTER_S)
    rest_slots = max(math.ceil(load.min_off_s / QUARTER_S), 1)
    is_on, rests_s = past.setpoint_a > 0, max(past.timing.switched_s + load.min_off_s - from_s, 0.0)
    return Starts(left, a_day, midnight, rest_slots, 0 if is_on else round(rests_s / QUARTER_S), is_on)


def limit_to_stops(standing: PlanStanding, load: Load, charge: Charge, inputs: PlanInputs) -> PlanStanding:
    """Return the standing of a load's plan with its energies lowered to what its session's limits leave [kWh].

    They are 0 for a tank that is hot, and a load that may not run: what these do not take would keep room from others
    until their time. `charge`: what is known of its car's state of charge.
    """
    is_off = is_hot_tank(inputs, load, standing) or may_not_run(inputs, load)
    left_kwh = energy_to_stop_kwh(load, charge, inputs.energy.loads.get(load.name, NEW_ENERGY), load.stop_soc_pct)
    most_kwh = 0.0 if is_off else max(left_kwh, 0.0)
    need_kwh, now_kwh = min(standing.need_kwh, most_kwh), min(standing.now_kwh, most_kwh)
    return standing._replace(need_kwh=need_kwh, now_kwh=now_kwh, room_kwh=min(standing.room_kwh, most_kwh))


def is_hot_tank(inputs: PlanInputs, load: Load, standing: PlanStanding) -> bool:
    """Return whether a load is a tank that still has the heat of a block of this plan, and needs no more of it."""
    known = inputs.memory.loads.get(load.name, NEW_LOAD).switched.tank
    return known is not None and tank.keeps_heat(load, known, standing.due_s)


def may_not_run(inputs: PlanInputs, load: Load) -> bool:
    """Return whether a load has a maximum below its minimum, such as 0 A, and can be paused."""
    return load.max_a < load.min_a and inputs.snapshot.state_of(load.name).can_pause


def energy_to_stop_kwh(load: Load, charge: Charge, energy: LoadEnergy, stop_soc_pct: float | None) -> float:
    """Return the energy from the wire until the first limit of a load's session [kWh], negative beyond it.

    Limits are the state of charge `stop_soc_pct`, where the present one is known, and the load's energy; infinite
    without any.
    """
    of_charge_kwh = None if stop_soc_pct is None else charge.energy_to_target_kwh(load.vehicle, stop_soc_pct)
    of_session_kwh = None if load.stop_energy_kwh is None else load.stop_energy_kwh - (energy.session_kwh or 0.0)
    return min((each for each in (of_charge_kwh, of_session_kwh) if each is not None), default=math.inf)
