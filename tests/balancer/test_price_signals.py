"""A price signal such as `block`: it stays in force when CONFIG is saved; the times of its hours."""

from __future__ import annotations

from fusebox.balancer.plans.plan_file import StoredPlans, parse_plans
from fusebox.balancer.plans.plan_format import Terms, span_times
from fusebox.balancer.plans.plans import Plans
from fusebox.model.load_plan import PriceSignal
from fusebox.runtime.ports import Ports

BLOCKED = {"pump": PriceSignal("block", until_s=1_700_003_600.0)}


def test_a_signal_withdrawn_because_plans_fail_does_not_come_back_with_a_save() -> None:
    plans = Plans(Ports.__new__(Ports))
    plans.restore(StoredPlans(signals=BLOCKED))
    assert parse_plans(plans.plain()).content.signals == plans.now.signals == BLOCKED
    plans.release_loads()
    assert parse_plans(plans.plain()).content.signals == plans.now.signals == {}


def test_hours_that_end_more_than_a_day_ahead_have_a_date_only_if_they_begin_there() -> None:
    terms = Terms(1_764_000_000.0 - 16 * 3600, "EUR", lambda at_s: 0.0, "")
    begins_s = 1_764_000_000.0
    assert span_times(begins_s, begins_s + 10 * 3600, terms) == ("16:00", "02:00")
    assert span_times(begins_s + 9 * 3600, begins_s + 10 * 3600, terms) == ("2025-11-25 01:00", "02:00")
