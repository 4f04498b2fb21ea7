"""The home battery as the planner sees it."""

from __future__ import annotations

from ... import tuning
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...planning.battery import Store
from ...planning.departures import next_departure_s
from ...planning.in_time import last_slot
from ...planning.need import MOST_SLOTS
from ...planning.prices import quarter
from ...planning.times import Ahead


def store_of(site: Site, snapshot: Snapshot, now_s: float, ahead: Ahead, is_charged: bool) -> Store | None:
    """None where it is not to be charged from the grid, or nothing is known of it now.

    `is_charged`: whether that goes on now; what the house takes of a full one is not bought again bit by bit.
    """
    found, soc_pct = site.battery, snapshot.battery_soc_pct.value
    if found is None or soc_pct is None:
        return None
    orders = found.orders
    if orders.plan is None or orders.capacity_kwh is None or orders.charge_from_grid is None:
        return None
    due_s = next_departure_s(orders.plan.ready_by, now_s, ahead)
    end = MOST_SLOTS if due_s is None else last_slot(due_s, quarter(now_s))
    if end >= MOST_SLOTS:
        return None
    kwh_per_pct = orders.capacity_kwh / 100
    if not is_charged and (orders.plan.soc_target_pct - soc_pct) * kwh_per_pct < tuning.PLAN_OFF_KWH:
        return None
    return Store(
        stored_kwh=max(soc_pct - found.soc_min_pct, 0.0) * kwh_per_pct,
        target_kwh=max(orders.plan.soc_target_pct - found.soc_min_pct, 0.0) * kwh_per_pct,
        max_charge_kw=found.max_charge_w / 1000,
        max_discharge_kw=found.max_discharge_w / 1000,
        roundtrip=orders.roundtrip,
        end=end,
        max_price=orders.plan.max_price,
    )
