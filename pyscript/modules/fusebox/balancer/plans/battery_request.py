"""The orders that the home batteries should have now: hold while a car runs from the grid, charge by plan. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ... import tuning
from ...control.estimators.production import battery_powers_w
from ...control.limits.power_limits import ITALY_EVER_RATIO
from ...control.limits.tariff_limit import TARIFF, italian_contract_w
from ...model.durations import QUARTER_S, has_passed
from ...model.electrics import DUST
from ...model.equipment import Battery, Circuit, Inverter, LimitKind
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ...planning.battery import charges_evenly
from .battery_calls import RELEASED, BatteryMode, BatteryRequest, charge_power_entity

FROM_GRID = frozenset({Mode.STANDARD, Mode.CONTINUOUS})
NO_HEADROOM = BatteryRequest(reason=message("battery_free_no_room"), at_once=True)


def request_for_all(site: Site, *, is_blind: bool) -> BatteryRequest | None:
    """Return the order of all batteries on an island or while a meter is silent: released at once; None otherwise.

    `is_blind`: whether a meter is silent.
    """
    if site.island:
        return BatteryRequest(reason=message("battery_free_island"), at_once=True)
    return BatteryRequest(reason=message("battery_free_silent"), at_once=True) if is_blind else None


def choose_battery_requests(
    site: Site, snapshot: Snapshot, memory: Memory, by_plan: Collection[str], charge_kw: float, resting: Collection[int]
) -> Sequence[BatteryRequest]:
    """Return each battery's order for now, where `request_for_all` has none.

    During a wiring test all hold that can: one that discharges hides from the meters what the test changes.

    `by_plan`: loads in a block of their plan; `charge_kw`: the planned power, which the batteries below their target
    share, with the headroom for it, in the order of the site. `resting`: the places of batteries that may not charge
    yet.
    """
    if site.tested is not None:
        held = BatteryRequest(BatteryMode.HOLD, reason=message("battery_held_for_test"))
        return [RELEASED if battery.orders.hold is None else held for battery in site.batteries]
    found: list[BatteryRequest] = []
    taken_w: list[float] = []
    for place, battery in enumerate(site.batteries):
        planned_w = charge_kw * 1000 - sum(taken_w) if _may_charge(battery, snapshot, place) else 0.0
        power_w = min(planned_w, battery.max_charge_w)
        headroom_w = _charging_headroom_w(site, snapshot, memory, place, taken_w) if power_w > 0 else 0.0
        held_for = _holding_load(site, snapshot, memory, battery, by_plan)
        request = _choose_request(battery, power_w, headroom_w, held_for, rests=place in resting)
        # Without a number for its power the battery charges as fast as it can.
        most_w = battery.max_charge_w if charge_power_entity(battery.orders) is None else request.power_w
        taken_w.append(most_w if request.mode is BatteryMode.CHARGE else 0.0)
        found.append(request)
    return found


def _may_charge(battery: Battery, snapshot: Snapshot, place: int) -> bool:
    """Return whether a battery has a plan for charging from the grid, and is known to be below its target."""
    orders, soc_pct = battery.orders, snapshot.battery(place).soc_pct.value
    target_pct = 0.0 if orders.plan is None else orders.plan.soc_target_pct
    return orders.charge_from_grid is not None and soc_pct is not None and soc_pct < target_pct


def _choose_request(
    battery: Battery, power_w: float, headroom_w: float, held_for: str | None, *, rests: bool
) -> BatteryRequest:
    """Return a battery's order: charge if there is headroom, else hold for a load, else release.

    `power_w`: the planned charging power [W]; if it is more than the headroom, the battery charges with the headroom.
    There has to be headroom for `CLEARLY_W`, without an entity that sets its power for its highest; without that
    headroom another order counts at once. Less than `CLEARLY_W` is not charged. `held_for`: a load that must not
    discharge it. `rests`: it may not charge yet.
    """
    orders, lacks_headroom = battery.orders, False
    if power_w > 0:
        least_w = battery.max_charge_w if charge_power_entity(orders) is None else tuning.CLEARLY_W
        lacks_headroom = headroom_w < least_w
        if not lacks_headroom and power_w >= tuning.CLEARLY_W and not rests:
            reason = message("battery_charges", target_pct=orders.plan.soc_target_pct if orders.plan else 0.0)
            return BatteryRequest(BatteryMode.CHARGE, min(power_w, headroom_w), reason)
    if held_for is not None:
        reason = message("battery_held", load=held_for)
        return BatteryRequest(BatteryMode.HOLD, reason=reason, at_once=lacks_headroom)
    return NO_HEADROOM if lacks_headroom else RELEASED


def _holding_load(
    site: Site, snapshot: Snapshot, memory: Memory, battery: Battery, by_plan: Collection[str]
) -> str | None:
    """Return the name of the first load for which a battery must hold its charge, None for none.

    Such a load draws from the grid in a way that the battery's `hold_while` lists. `by_plan`: the loads that run by
    their plan now. None also if CONFIG has no order to hold.
    """
    orders = battery.orders
    held_for = () if orders.hold is None else orders.hold_while
    loads = [load for load in site.loads if _why_from_grid(load, by_plan) in held_for]
    return next((n.name for n in loads if _draws_or_may_draw(n, snapshot, memory)), None)


def _why_from_grid(load: Load, by_plan: Collection[str]) -> str:
    """Return why a car charges from the grid: "boost", "planned" or "standard", in this order; "" if it does not.

    `by_plan`: loads in a block of their plan. "standard" is for the modes in `FROM_GRID`. "" for loads other than cars.
    """
    if load.is_switched or load.can.discharges:
        return ""
    if load.mode is Mode.BOOST:
        return "boost"
    if load.name in by_plan:
        return "planned"
    return "standard" if load.mode in FROM_GRID else ""


def _draws_or_may_draw(load: Load, snapshot: Snapshot, memory: Memory) -> bool:
    """Return whether a load draws more than `DRAWS_A` on a phase; without a draw sensor, whether it has a setpoint.

    False while it cannot use power. True for the first quarter of an hour of a pause by the tariff, whose quarter ends
    within it: a battery that discharges then would make room for the load, which would draw from the grid again.
    """
    state, past = snapshot.state_of(load.name), memory.loads.get(load.name, NEW_LOAD)
    if not state.can_use_power:
        return False
    if past.patience.paused_by == TARIFF and not has_passed(QUARTER_S, past.patience.paused_s, snapshot.now_s):
        return True
    return past.setpoint_a > DUST if state.draw_a.highest is None else state.draw_a.highest > tuning.DRAWS_A


def _charging_headroom_w(site: Site, snapshot: Snapshot, memory: Memory, place: int, taken_w: Sequence[float]) -> float:
    """Return the power at which a battery may charge under its fuses, the contract and the tariff [W]; 0 for none.

    0 also while a meter of these fuses has no value; a circuit without a meter sets no bound. What all batteries charge
    with now counts as free, except what batteries before this one were given (`taken_w`); what this one and those
    discharge now will be missing. While a battery's phases are unknown, added power is assumed on the fullest phase,
    and only a share of removed power relieves it.
    As in `contract_ceilings`, a meter that does not net its phases bills import on one although another exports.
    """
    # At the time of the meter's report: a newer power combined with older flows would count twice.
    powers_w = [power_w or 0.0 for power_w in battery_powers_w(site, snapshot, memory.batteries)]
    given_w = [*taken_w, *[0.0] * (len(powers_w) - len(taken_w))]
    free_w = [
        (now_w if at == place or given > 0 else max(now_w, 0.0)) - given
        for at, (now_w, given) in enumerate(zip(powers_w, given_w, strict=True))
    ]
    inverters = [site.inverters[site.inverter_of(each)] for each in range(len(site.batteries))]
    headrooms_w = [_fuse_headroom_w(site, snapshot, site.circuit(MAIN), inverters[place]) + sum(free_w)]
    for circuit in site.above(inverters[place].circuit or MAIN):
        if circuit.grid and circuit.name != MAIN:
            both = [pair for pair in zip(inverters, free_w, strict=True) if pair[0].circuit is not None]
            below_w = sum(w for inverter, w in both if site.may_feed(inverter, circuit.name))
            headrooms_w.append(_fuse_headroom_w(site, snapshot, circuit, inverters[place]) + below_w)
    flows = [reading.value or 0.0 for reading in snapshot.grid_a.get(MAIN, {}).values()]
    limit_w, tariff_w = site.import_limit_w(snapshot.wall_s), _tariff_import_w(site, snapshot)
    if limit_w is not None:
        imported_a = sum(flows) if site.netting == "sum" else sum(max(flow, 0.0) for flow in flows)
        headrooms_w.append(limit_w - imported_a * site.voltage_v + sum(free_w))
    if tariff_w is not None:
        headrooms_w.append(tariff_w - sum(flows) * site.voltage_v + sum(free_w))
    return max(min(headrooms_w), 0.0)


def _tariff_import_w(site: Site, snapshot: Snapshot) -> float | None:
    """Return the import that a tariff allows now [W], None for no limit.

    The power of an Italian contract and a tenth; of a window its limit, or the mean that its import so far leaves if
    that is lower.
    """
    tariff, allowance = site.tariff, snapshot.allowance
    if tariff is not None and tariff.limits is LimitKind.POWER:
        return ITALY_EVER_RATIO * italian_contract_w(site, snapshot)
    if tariff is None or tariff.limits is not LimitKind.WINDOWS or allowance is None:
        return None
    left_ws = allowance.limit_w * (allowance.ends_s - allowance.start_s) - allowance.imported_ws
    return min(max(left_ws, 0.0) / max(allowance.ends_s - snapshot.now_s, 1.0), allowance.limit_w)


def _fuse_headroom_w(site: Site, snapshot: Snapshot, circuit: Circuit, inverter: Inverter) -> float:
    """Return the power that may be added under a fuse through an inverter [W].

    Minus infinity while a meter has no value. That of the fullest phase, times the phases that the inverter feeds where
    batteries charge them evenly. Negative where the fuse is exceeded, and then times these phases in any case.
    """
    flows = [snapshot.meter(circuit.name, phase).value for phase in site.phases if inverter.feeds(phase)]
    known = [flow for flow in flows if flow is not None]
    if len(known) < len(flows):
        return float("-inf")
    headroom_a = min(circuit.fuse_a - site.margin_a - flow for flow in known)
    return headroom_a * site.voltage_v * (len(flows) if headroom_a < 0 or charges_evenly(site) else 1)
