"""Why a load waits or runs: one message, about what decides it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fusebox.balancer.plans.course import Costs
from fusebox.balancer.plans.plan_format import Terms, clock_or_date
from fusebox.balancer.plans.reasons import (
    NO_PRICES,
    YIELDING,
    block_end,
    is_nearly_same_message,
    plan_reason,
)
from fusebox.model.load import Mode
from fusebox.model.messages.message import Message, code_of, message
from fusebox.planning.schedule import PlanBlock

NOW_S = 1_800_000_000.0
"""08:00."""
COSTS = Costs(0.09, 0.28, 0.20)


PLANNED = {"max_price", "min_soc_pct", "now_kwh"}


def progress(overdue: bool, soc_pct: float | None) -> SimpleNamespace:
    return SimpleNamespace(overdue=overdue, charge=SimpleNamespace(soc_pct=soc_pct))


def standing(max_price: float | None = None, min_soc_pct: float | None = None, now_kwh: float = 0.0) -> SimpleNamespace:
    plan = SimpleNamespace(max_price=max_price, min_soc_pct=min_soc_pct, soc_target_pct=80.0)
    return SimpleNamespace(plan=plan, now_kwh=now_kwh)


def test_of_the_hour_that_occurs_twice_a_plan_says_which_one():
    change_s = NOW_S + 3600
    terms = Terms(NOW_S, "EUR", lambda at_s: 3600.0 if at_s >= change_s else 7200.0, "")
    starts = [clock_or_date(change_s + minutes * 60, terms) for minutes in (-75, -60, 0, 59, 60, 3000)]
    assert starts == [
        "09:45", "10:00 (UTC+2)", "10:00 (UTC+1)", "10:59 (UTC+1)", "11:00", "2027-01-17 12:00"
    ]  # fmt: skip


def said(
    *,
    starts_s: float = 900,
    prices: tuple[float, ...] = (0.3, 0.1, 0.3),
    costs=COSTS,
    most_kw=None,
    runs_in=None,
    runs_now=False,
    **more,
):
    """Return the reason of a car that needs 0.9 kWh by 08:45 and has one block of a quarter hour; `sun_kw`: its sun."""
    need = SimpleNamespace(energy_kwh=0.9, first=more.pop("first", 0), end=3, early=more.pop("early", False))
    block = PlanBlock(NOW_S + starts_s, NOW_S + 900 + starts_s, 3.6, 0.1)
    facts = {
        "need": need,
        "powers": (0.0, 3.6, 0.0),
        "blocks": (block,),
        "total_kw": (0.0, 3.6, 0.0),
        "forecast": SimpleNamespace(
            prices=prices, sun_kw=(0.0, more.pop("sun_kw", 0.0), 0.0), known=more.pop("known", (True, True, True))
        ),
        "is_now": lambda now_s: starts_s <= 0,
        "latest_start_s": NOW_S + 1200,
        "due_s": NOW_S + 2700,
        "missing_kwh": 0.0,
        "waits": True,
        "progress": progress(overdue=more.pop("overdue", False), soc_pct=more.pop("soc_pct", 50.0)),
        "standing": standing(**{name: more.pop(name) for name in PLANNED & more.keys()}),
    } | more
    terms = Terms(NOW_S, "EUR", lambda at_s: 0.0, "" if prices else NO_PRICES)
    course = SimpleNamespace(**facts)
    return plan_reason(course, costs, terms, most_kw=most_kw, runs_in=runs_in, runs_now=runs_now)


RANK = "the cheapest of 3 quarter hours at 0.100 EUR/kWh (it needs 1)"
SAVED = "0.09 EUR instead of 0.28 EUR at once"
GOAL = ", 0.9 kWh by 08:45"


@pytest.mark.parametrize(
    ("facts", "code", "sentence"),
    [
        ({}, "plan_waits", f"waits until 08:15: {RANK}{GOAL} for {SAVED}"),
        (
            {"known": (True, False, False)},
            "plan_waits",
            f"waits until 08:15: {RANK}{GOAL} for {SAVED} (prices from 08:15 on are estimates)",
        ),
        ({"known": (True, True, False)}, "plan_waits", f"waits until 08:15: {RANK}{GOAL} for {SAVED}"),
        ({"costs": Costs(0.28, 0.28, 0.28)}, "plan_waits", f"waits until 08:15: {RANK}{GOAL} for 0.28 EUR"),
        ({"sun_kw": 1.8}, "plan_waits", f"waits until 08:15: {RANK}{GOAL} for {SAVED}"),
        # Its price and rank are those of the grid, and it runs on the sun.
        ({"sun_kw": 1.9}, "plan_waits", f"waits until 08:15{GOAL} for {SAVED}"),
        ({"starts_s": 0}, "plan_runs", f"runs by its plan until 08:15: {RANK}{GOAL} for {SAVED}"),
        # One quarter hour has no rank.
        ({"starts_s": 0, "first": 2}, "plan_runs", f"runs by its plan until 08:15 at 0.100 EUR/kWh{GOAL} for {SAVED}"),
        # Nor has one of several where it needs all of them.
        (
            {"starts_s": 0, "powers": (1.2, 1.2, 1.2)},
            "plan_runs",
            f"runs by its plan until 08:15 at 0.100 EUR/kWh{GOAL} for {SAVED}",
        ),
        (
            {"starts_s": 0, "most_kw": 1.4},
            "plan_runs",
            f"runs by its plan until 08:15 with 1.4 kW: {RANK}{GOAL} for {SAVED}",
        ),
        (
            {"starts_s": 0, "latest_start_s": NOW_S},
            "plan_runs_out_of_time",
            f"runs by its plan until 08:15: no time left to wait{GOAL} for {SAVED}",
        ),
        # It has to run before its block, as the slots to come leave too little.
        (
            {"runs_now": True},
            "plan_runs_out_of_time",
            f"runs by its plan until 08:15: no time left to wait{GOAL} for {SAVED}",
        ),
        (
            {"prices": ()},
            "plan_waits_late",
            f"waits until 08:15: no prices are known, so it runs as late as it can{GOAL}",
        ),
        (
            {"prices": (), "early": True, "starts_s": 0},
            "plan_runs_early",
            f"runs by its plan until 08:15: no prices are known, so it runs as early as it can{GOAL}",
        ),
        # It runs with time to spare, so it does not claim to run as late as it can.
        ({"prices": (), "starts_s": 0}, "plan_runs", f"runs by its plan until 08:15: no prices are known{GOAL}"),
        ({"missing_kwh": 0.5}, "plan_late", "late: 0.5 of the remaining 0.9 kWh will be missing by 08:45"),
        (
            {"waits": False, "overdue": True, "due_s": None},
            "plan_overdue_waits",
            "late: its deadline has passed; 0.9 kWh will be charged as soon as a limit allows",
        ),
        (
            {"waits": False, "starts_s": 0, "min_soc_pct": 30.0, "now_kwh": 0.5},
            "plan_minimum_runs",
            "charges 0.5 kWh at once to reach its minimum of 30 %",
        ),
        (
            {"runs_in": Mode.CONTINUOUS},
            "plan_mode_standard",
            "its mode is continuous, so it does not wait until 08:15",
        ),
        ({"blocks": ()}, "plan_unplaced", f"nothing is planned yet{GOAL}"),
    ],
)
def test_one_message_says_what_decides(facts, code: str, sentence: str) -> None:
    made = said(**facts)
    assert (made, made.code) == (sentence, code)


@pytest.mark.parametrize(("starts_s", "until"), [(0, " until 08:15"), (900, "")])
def test_a_load_that_takes_nothing_names_the_end_of_its_present_block(starts_s: float, until: str) -> None:
    block = PlanBlock(NOW_S + starts_s, NOW_S + 900 + starts_s, 3.6, 0.1)
    course = SimpleNamespace(blocks=(block,), is_now=lambda now_s: starts_s <= 0)
    terms = Terms(NOW_S, "EUR", lambda at_s: 0.0, "")
    made = message("plan_takes_nothing", until=block_end(course, terms))
    assert made == f"draws nothing in its planned time{until}: it is hot, or has finished"


def test_the_message_contains_prices_above_the_limit_and_an_unknown_state_of_charge() -> None:
    made = said(max_price=0.05, soc_pct=None)
    assert ", partly above 0.050 EUR/kWh to be ready in time; its state of charge is unknown" in made


@pytest.mark.parametrize(
    ("decided", "is_plan"),
    [
        (message("all_it_can_use"), True),
        (message("draws_nothing", set_a=16.0), False),
        (message("rising"), True),
        (message("fail_safe"), False),
        (message("mode_off"), False),
        ("would set number.car to 16; has all it can use", False),
    ],
)
def test_a_plan_is_the_reason_of_a_load_that_nothing_else_limits(decided: str, is_plan: bool) -> None:
    assert (code_of(decided) in YIELDING) is is_plan


VALUES = {"until": "21:15", "rank_nth": 1.0, "quarters": 15.0, "energy_kwh": 3.4, "due": "23:50", "planned_cost": 0.34}


def runs(**changed: float | str) -> Message:
    return message("plan_runs", currency="EUR", **{**VALUES, **changed})


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (runs(energy_kwh=3.0), True),
        (runs(energy_kwh=2.8), False),
        (runs(planned_cost=0.29), True),
        (runs(planned_cost=0.28), False),
        (runs(at_once_cost=0.39), True),
        (runs(at_once_cost=0.40), False),
        (runs(due="00:04"), True),
        (runs(due="00:05"), False),
        (runs(due="2026-11-27 07:00"), False),
        (runs(until="21:30"), False),
        (runs(rank_nth=2.0), False),
        (runs(mode="off"), False),
        (message("plan_late", missing_kwh=1.0, energy_kwh=3.4, due="23:50"), False),
    ],
)
def test_a_message_means_the_same_while_its_numbers_have_moved_little(now: Message, is_same: bool) -> None:
    assert is_nearly_same_message(runs(), now) is is_same
