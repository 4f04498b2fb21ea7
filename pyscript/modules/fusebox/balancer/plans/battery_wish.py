"""What the home battery should be told now: hold while a car lives on the grid, charge where its plan says so."""

from __future__ import annotations

from collections.abc import Collection

from ... import tuning
from ...model.electrics import DUST
from ...model.load import Load, Mode
from ...model.memory import Memory
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, LoadState, Snapshot
from .battery_orders import Told, Wanted

FROM_GRID = frozenset({Mode.STANDARD, Mode.CONTINUOUS})


def wanted(
    site: Site, snapshot: Snapshot, memory: Memory, by_plan: Collection[str], charge_kw: float, is_blind: bool
) -> Wanted:
    """`by_plan`: the loads whose block it is; `charge_kw`: what the battery's own plan gives it now [kW]."""
    battery = site.battery
    if battery is None or is_blind:
        return Wanted(reason="left to its own logic: a meter is silent", at_once=True)
    orders, soc_pct = battery.orders, snapshot.battery_soc_pct.value
    target_pct = 0.0 if orders.plan is None else orders.plan.soc_target_pct
    if charge_kw > 0 and orders.charge_from_grid is not None and soc_pct is not None and soc_pct < target_pct:
        power_w = min(charge_kw * 1000, battery.max_charge_w, _room_w(site, snapshot))
        if power_w >= tuning.CLEARLY_W:
            return Wanted(Told.CHARGE, power_w, f"charges from the grid up to {target_pct:g} %")
    if orders.hold is not None:
        for load in site.loads:
            way = _way(load, by_plan)
            if way in orders.hold_while and _draws(load, snapshot.loads.get(load.name), memory):
                return Wanted(Told.HOLD, reason=f"kept from emptying itself into {load.name}")
    return Wanted()


def _way(load: Load, by_plan: Collection[str]) -> str:
    """How a car runs from the grid, "" where it does not."""
    if load.is_switched or load.can.discharges:
        return ""
    if load.mode is Mode.BOOST:
        return "boost"
    if load.name in by_plan:
        return "planned"
    return "standard" if load.mode in FROM_GRID else ""


def _draws(load: Load, state: LoadState | None, memory: Memory) -> bool:
    """Whether it takes anything; where nothing measures it, whether it may."""
    if state is None or not state.can_use_power:
        return False
    drawn = [a for a in state.draw_a if a is not None]
    if drawn:
        return max(drawn) > tuning.DRAWS_A
    past = memory.loads.get(load.name)
    return past is not None and past.setpoint_a > DUST


def _room_w(site: Site, snapshot: Snapshot) -> float:
    """What it may take beside all else under the main fuse and the contract, its present power counted as free [W]."""
    main, meters = site.circuit(MAIN), snapshot.grid_a.get(MAIN, {})
    flows = [meters.get(phase, NEVER).value for phase in site.phases]
    now_w = max(snapshot.battery_charge_w.value or 0.0, 0.0)
    known = [flow for flow in flows if flow is not None]
    if len(known) < len(flows):
        return 0.0
    room_a = min(main.fuse_a - site.margin_a - flow for flow in known)
    room_w = room_a * site.voltage_v * len(flows)
    if site.max_import_w is not None:
        room_w = min(room_w, site.max_import_w - sum(known) * site.voltage_v)
    return max(room_w + now_w, 0.0)
