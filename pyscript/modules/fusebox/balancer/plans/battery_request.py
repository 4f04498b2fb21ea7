"""The order that the home battery should have now: hold while a car runs from the grid, charge by its plan. Pure."""

from __future__ import annotations

from collections.abc import Collection

from ... import tuning
from ...model.electrics import DUST
from ...model.load import Load, Mode
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, LoadState, Snapshot
from ...planning.battery import charges_evenly
from .battery_calls import RELEASED, BatteryMode, BatteryRequest, power_entity

FROM_GRID = frozenset({Mode.STANDARD, Mode.CONTINUOUS})
NO_ROOM = BatteryRequest(reason=message("battery_free_no_room"), at_once=True)


def request_for(
    site: Site, snapshot: Snapshot, memory: Memory, by_plan: Collection[str], charge_kw: float, is_blind: bool
) -> BatteryRequest:
    """Return the battery's order for now. `by_plan`: loads in a block of their plan; `charge_kw`: its own plan [kW].

    `is_blind`: whether a meter is silent.
    """
    battery = site.battery
    if battery is None or is_blind:
        return BatteryRequest(reason=message("battery_free_silent"), at_once=True)
    orders, soc_pct = battery.orders, snapshot.battery_soc_pct.value
    target_pct = 0.0 if orders.plan is None else orders.plan.soc_target_pct
    has_no_room = False
    if charge_kw > 0 and orders.charge_from_grid is not None and soc_pct is not None and soc_pct < target_pct:
        power_w, room_w = min(charge_kw * 1000, battery.max_charge_w), _room_w(site, snapshot, memory)
        # Without a number for its power the battery charges as fast as it can.
        has_no_room = room_w < (battery.max_charge_w if power_entity(orders) is None else tuning.CLEARLY_W)
        if not has_no_room and power_w >= tuning.CLEARLY_W:
            reason = message("battery_charges", target_pct=target_pct)
            return BatteryRequest(BatteryMode.CHARGE, min(power_w, room_w), reason)
    if orders.hold is not None:
        for load in site.loads:
            way = _way(load, by_plan)
            if way in orders.hold_while and _draws(load, snapshot.loads.get(load.name), memory):
                reason = message("battery_held", load=load.name)
                return BatteryRequest(BatteryMode.HOLD, reason=reason, at_once=has_no_room)
    return NO_ROOM if has_no_room else RELEASED


def _way(load: Load, by_plan: Collection[str]) -> str:
    """Return how a car charges from the grid, "" if it does not."""
    if load.is_switched or load.can.discharges:
        return ""
    if load.mode is Mode.BOOST:
        return "boost"
    if load.name in by_plan:
        return "planned"
    return "standard" if load.mode in FROM_GRID else ""


def _draws(load: Load, state: LoadState | None, memory: Memory) -> bool:
    """Return whether a load draws anything; without a draw sensor, whether it may."""
    if state is None or not state.can_use_power:
        return False
    drawn = [a for a in state.draw_a if a is not None]
    if drawn:
        return max(drawn) > tuning.DRAWS_A
    past = memory.loads.get(load.name)
    return past is not None and past.setpoint_a > DUST


def _room_w(site: Site, snapshot: Snapshot, memory: Memory) -> float:
    """Return the power that the battery may charge with under the main fuse and the contract [W].

    Its present power counts as free. Where its phases are not known, all that is added may be on the fullest phase, and
    only a part of what is removed. As in `contract_ceilings`, a meter that does not net its phases bills import on one
    although another exports.
    """
    main, meters = site.circuit(MAIN), snapshot.grid_a.get(MAIN, {})
    flows = [meters.get(phase, NEVER).value for phase in site.phases]
    # As of the meter's report: a power of now beside flows of before would count twice.
    told_w = snapshot.battery_charge_w.value if memory.battery is None else memory.battery.power_w
    now_w = max(told_w or 0.0, 0.0)
    known = [flow for flow in flows if flow is not None]
    if len(known) < len(flows):
        return 0.0
    room_a = min(main.fuse_a - site.margin_a - flow for flow in known)
    room_w = room_a * site.voltage_v * (len(flows) if room_a < 0 or charges_evenly(site) else 1)
    if site.max_import_w is not None:
        imported_a = sum(known) if site.netting == "sum" else sum(max(flow, 0.0) for flow in known)
        room_w = min(room_w, site.max_import_w - imported_a * site.voltage_v)
    return max(room_w + now_w, 0.0)
