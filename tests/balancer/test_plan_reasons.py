"""Why a load waits or runs: no sentence contradicts what the load does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fusebox.balancer.plans.reasons import _why

NOW_S = 1_800_000_000.0


@pytest.mark.parametrize(
    ("early", "runs", "latest_in_s", "claim"),
    [
        (False, False, 3600, "no prices are known, so it runs as late as it can"),
        (False, True, 3600, "no prices are known"),  # it runs with an hour to spare
        (False, True, -1, "no prices are known, so it runs as late as it can"),
        (True, True, 3600, "no prices are known, so it runs as early as it can"),
    ],
)
def test_what_runs_with_time_to_spare_does_not_claim_to_run_late(early, runs, latest_in_s, claim):
    need = SimpleNamespace(early=early)
    terms = SimpleNamespace(now_s=NOW_S, has_prices=False, why_none="no prices are known")
    course = SimpleNamespace(
        need=need, outlook=None, waits=True, missing_kwh=0.0, runs=runs, latest_start_s=NOW_S + latest_in_s
    )
    assert _why(course, terms) == claim
