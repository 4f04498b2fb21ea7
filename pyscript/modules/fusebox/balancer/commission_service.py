"""The service `fusebox_commission`: describes, starts or stops a wiring test."""

from __future__ import annotations

from ..model.messages.message import message
from ..runtime.service_errors import Others, Response, ServiceError, refuse_unknown_fields, service
from ..runtime.service_fields import parse_on_or_off
from .balancer import Balancer
from .services import load_named, plan_in_force

ALL = "all"
"""The value of `load` that means all loads."""


@service
async def commission(
    balancer: Balancer, now_s: float, load: object, confirm: object, stop: object, others: Others
) -> Response:
    """Return what a wiring test would do; start one with `confirm`, or end the present one with `stop`.

    With `stop`, `confirm` is ignored, and the state of the test is returned. Starting or ending decides anew at once.
    ServiceError while a test runs, before the first decision, for unknown fields and where none can run.
    """
    refuse_unknown_fields(others, "load", "confirm", "stop")
    test, begins = balancer.commissioning, parse_on_or_off("confirm", confirm)
    if parse_on_or_off("stop", stop):
        test.stop(message("wiring_test_stopped"))
        await balancer.run_anew(now_s)
        return {"state": test.state, **test.attributes()}
    named, config = load not in (None, ALL), plan_in_force(balancer)
    chosen = [load_named(config, load).name] if named else [each.name for each in config.site({}).loads]
    site, snapshot, decision = balancer.as_set, balancer.snapshot, balancer.decision
    if site is None or snapshot is None or decision is None:
        raise ServiceError(message("nothing_seen"))
    if test.is_running:
        raise ServiceError(message("wiring_test_running"))
    try:
        plan, out = test.plan(site, snapshot, decision, chosen, named)
    except ValueError as error:
        raise ServiceError(error.args[0]) from error
    if begins:
        test.begin(site, snapshot, decision, chosen, named)
        await balancer.run_anew(now_s)
        return {"state": test.state, "plan": plan, "left_out": list(out)}
    again = {"plan": plan, "next": "call it again with confirm: true"}
    return {**test.attributes(), "state": test.state, **again, "left_out": list(out)}
