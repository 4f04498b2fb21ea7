"""What may keep a trigger from running its function: @state_active and @time_active."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from simhouse.host.clock import VirtualClock
from simhouse.host.expressions import Expression
from simhouse.host.time_specs import ActiveTimes

Guard = Callable[[dict[str, Any], dict[str, Any]], Any]
"""(the function's keywords, the event's values) -> whether to go on, or something to await for it."""


def state_active(expression: Expression) -> Guard:
    """Goes on while the expression over states is true."""
    return lambda _keywords, values: expression.evaluate(values)


def time_active(times: ActiveTimes | None, hold_off_s: float | None, clock: VirtualClock) -> Guard:
    """Goes on within the times, and not sooner than `hold_off_s` after the last run that it let through."""
    startup = clock.local()
    last_s: float | None = None

    def may_run(keywords: dict[str, Any], _values: dict[str, Any]) -> bool:
        nonlocal last_s
        if hold_off_s and last_s is not None and clock.seconds - last_s < hold_off_s:
            return False
        moment = keywords.get("trigger_time")
        if times is not None and not times.active(moment if isinstance(moment, datetime) else clock.local(), startup):
            return False
        last_s = clock.seconds
        return True

    return may_run
