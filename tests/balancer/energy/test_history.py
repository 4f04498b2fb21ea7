"""Finished sessions, added up by day or month, load and car."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

from fusebox.balancer.session_services import period_totals, total_fields
from fusebox.runtime.service_calls import csv_text

BERLIN = timezone(timedelta(hours=1))


def line(end: str, kwh: float, cost: float | None, vehicle: str | None = "ioniq", **more: Any) -> dict[str, Any]:
    return {"load": "garage", "vehicle": vehicle, "end": f"2026-{end}:00+00:00", "kwh": kwh, "cost": cost, **more}


LINES = [
    line("10-31T22:30", 10.0, 2.0, solar_pct=50, saved=0.5),
    line("10-31T23:30", 5.0, 1.5, solar_pct=None),  # November in Berlin
    line("11-02T06:00", 15.0, 3.0, solar_pct=20),
    line("11-02T09:00", 4.0, None, "guest"),
]


def test_each_car_has_its_energy_and_cost_of_a_month() -> None:
    assert period_totals(LINES, "month", "load", BERLIN) == [
        {
            "period": "2026-11", "load": "garage", "vehicle": "guest", "sessions": 1, "kwh": 4.0,
            "solar_pct": None, "cost": None, "saved": None,
        },
        {
            "period": "2026-11", "load": "garage", "vehicle": "ioniq", "sessions": 2, "kwh": 20.0,
            "solar_pct": 20, "cost": 4.5, "saved": None,
        },
        {
            "period": "2026-10", "load": "garage", "vehicle": "ioniq", "sessions": 1, "kwh": 10.0,
            "solar_pct": 50, "cost": 2.0, "saved": 0.5,
        },
    ]  # fmt: skip


def test_a_session_counts_on_the_local_day_on_which_it_ended() -> None:
    assert [row["period"] for row in period_totals(LINES, "day", "load", BERLIN)] == [
        "2026-11-02", "2026-11-02", "2026-11-01", "2026-10-31"
    ]  # fmt: skip


def test_sessions_of_earlier_versions_have_no_car() -> None:
    old = {key: value for key, value in LINES[0].items() if key != "vehicle"}
    (row,) = period_totals([old], "month", "load", BERLIN)
    assert row["vehicle"] is None
    assert csv_text(total_fields("load"), [row]) == (
        "period,load,vehicle,sessions,kwh,solar_pct,cost,saved\n2026-10,garage,,1,10.0,50,2.0,0.5\n"
    )


def test_a_households_bill_is_one_row_a_month_over_all_its_chargers() -> None:
    homes = [{**each, "load": f"bay {bay}", "group": "flat 1"} for bay, each in enumerate(LINES)]
    rows = period_totals([*homes, LINES[2]], "month", "group", BERLIN)
    assert csv_text(total_fields("group"), rows).splitlines() == [
        "period,group,sessions,kwh,solar_pct,cost,saved",
        "2026-11,,1,15.0,20,3.0,",
        "2026-11,flat 1,3,24.0,20,4.5,",
        "2026-10,flat 1,1,10.0,50,2.0,0.5",
    ]


def test_no_sum_is_a_negative_zero() -> None:
    lines = [line("10-03T06:00", 1, cost, saved=cost) for cost in (0.3, -0.1, -0.2)]
    (row,) = period_totals(lines, "month", "load", BERLIN)
    assert (str(row["cost"]), str(row["saved"])) == ("0.0", "0.0")
