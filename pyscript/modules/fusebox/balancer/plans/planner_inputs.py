"""The home battery and the tariff as input of the planner."""

from __future__ import annotations

from ... import tuning
from ...model.by_time import TimeTable, values_of
from ...model.durations import MONTHS_A_YEAR
from ...model.equipment import Limited
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...planning.battery import Store
from ...planning.compose import TariffTerms
from ...planning.in_time import last_slot
from ...planning.need import MOST_SLOTS
from ...planning.prices import NO_SURCHARGE, Surcharge, quarter
from ...planning.times import Ahead, next_departure_s
from ...tariff.rules import Moment, rule_of
from ...tariff.watch import watch


def store_of(site: Site, snapshot: Snapshot, now_s: float, ahead: Ahead, is_charged: bool) -> Store | None:
    """Return the home battery; None where it should not be charged from the grid, or its state is unknown.

    `is_charged`: whether it is being charged; a full battery does not buy back what the house takes bit by bit.
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


def terms_of(site: Site, now_s: float, ahead: Ahead) -> TariffTerms | None:
    """Return how the tariff treats planned imports; None where no window is billed, or none is known yet."""
    tariff, standing = site.tariff, watch().standing
    if tariff is None or standing is None or tariff.limits is not Limited.WINDOWS:
        return None
    free_kw = max(tariff.minimum_kw, standing.month_peak_kw)
    rule, price_per_kw, surcharge = rule_of(tariff), (tariff.price_per_kw_year or 0.0) / MONTHS_A_YEAR, NO_SURCHARGE
    if standing.bill.is_capped:
        # The peak is part of the mean of the next months all the same.
        price_per_kw *= 1 - 1 / rule.billed_months
        moment = Moment(now_s, ahead(now_s))
        surcharge = Surcharge(tariff.maximum_per_kwh or 0.0, moment.month_ends_s)
    most_kw = max(*values_of(tariff.target_kw), free_kw if rule.rises else 0.0)

    def share(start_s: float) -> float:
        return rule.weight(tariff, Moment(start_s, ahead(start_s)))

    def target_kw(start_s: float) -> float:
        return rule.target_kw(tariff, free_kw, Moment(start_s, ahead(start_s)))

    by_slot = target_kw if isinstance(tariff.target_kw, TimeTable) else None
    return TariffTerms(most_kw, min(free_kw, most_kw), price_per_kw, share, by_slot, surcharge)
