"""A price signal such as `block` stays in force when CONFIG is saved, unless it was withdrawn before."""

from __future__ import annotations

from typing import Any

from fusebox.balancer.plans.signals import PriceSignals
from fusebox.model.load_plan import PriceSignal

BLOCKED = {"pump": PriceSignal("block", until_s=1_700_003_600.0)}


def test_a_signal_withdrawn_because_plans_fail_does_not_come_back_with_a_save(store: dict[str, Any]) -> None:
    store["price_signals"] = BLOCKED
    signals = PriceSignals()
    assert signals.now == BLOCKED
    signals.clear()
    assert PriceSignals().now == {}
