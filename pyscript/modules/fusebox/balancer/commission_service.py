"""The service `fusebox_commission`: describes, starts or stops a wiring test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.decision import Decision
from ..model.messages.message import message
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..runtime.service_errors import Others, ServiceError, refuse_others, service
from ..runtime.service_fields import on_or_off
from .balancer import Balancer
from .services import load_of, plan_in_force

ALL = "all"
"""The value of `load` that means all loads."""


@service
async def commission(
    balancer: Balancer, now_s: float, load: object, confirm: object, stop: object, others: Others
) -> Mapping[str, object]:
    """Return what a wiring test would do; start one with `confirm`, or stop the present one with `stop`."""
    refuse_others(others, "load", "confirm", "stop")
    test, begins = balancer.commissioning, on_or_off("confirm", confirm)
    if on_or_off("stop", stop):
        test.stop(message("wiring_test_stopped"))
        await balancer.run_anew(now_s)
        return {"state": test.state, **test.attributes()}
    named = load not in (None, ALL)
    chosen = _chosen(balancer, load)
    site, snapshot, decision = _seen(balancer)
    if test.is_running:
        raise ServiceError('a test is under way; sensor.fusebox_commissioning shows it, and "stop: true" ends it')
    try:
        told, out = test.plan(site, snapshot, decision, chosen, named)
    except ValueError as error:
        raise ServiceError(str(error)) from error
    if begins:
        test.begin(site, snapshot, decision, chosen, named)
        await balancer.run_anew(now_s)
        return {"state": test.state, "plan": told, "left_out": list(out)}
    again = {"plan": told, "next": "call it again with confirm: true"}
    return {**test.attributes(), "state": test.state, **again, "left_out": list(out)}


def _chosen(balancer: Balancer, load: object) -> Sequence[str]:
    """Return the names of the loads to test."""
    plan = plan_in_force(balancer)
    return [each.name for each in plan.site({}).loads] if load in (None, ALL) else [load_of(plan, load).name]


def _seen(balancer: Balancer) -> tuple[Site, Snapshot, Decision]:
    """Return the site, snapshot and result of the last decision; ServiceError before the first."""
    if balancer.as_set is None or balancer.snapshot is None or balancer.decision is None:
        raise ServiceError("nothing has been seen yet")
    return balancer.as_set, balancer.snapshot, balancer.decision
