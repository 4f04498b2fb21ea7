"""Why a load waits or runs: no sentence contradicts what the load does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fusebox.balancer.plans.reasons import _why, says_the_same

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


SAID = "in its block until 21:15 at 0.100 EUR/kWh (number 1 of 15 by price); 3.4 kWh by 23:45, latest start 23:50"


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (SAID.replace("3.4 kWh", "3.0 kWh"), True),
        (SAID.replace("3.4 kWh", "2.8 kWh"), False),
        (SAID.replace("23:50", "00:04"), True),
        (SAID.replace("23:50", "00:05"), False),
        (SAID.replace("21:15", "21:30"), False),
        (SAID.replace("number 1", "number 2"), False),
        (f"late: {SAID}", False),
        (SAID.replace("21:15", "21"), False),
    ],
)
def test_a_sentence_means_the_same_while_its_numbers_have_moved_little(now: str, is_same: bool) -> None:
    assert says_the_same(SAID, now) is is_same
