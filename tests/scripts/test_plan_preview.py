"""A plan is shown before it is set: when it would run, what that would cost, and what would be missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from .nights import T0, ZONE, Night, car_config, nord_pool

CHEAP = {"02:00": 0.1, "02:15": 0.1, "02:30": 0.1, "02:45": 0.1}


def night_with(house, plan: dict[str, Any] | None = None, start: datetime = T0) -> Night:
    night = Night(house(car_config(plan), start=start, time_zone=ZONE))
    night.told = nord_pool(CHEAP, start)
    night.run(60)
    return night


def preview(night: Night, **plan: Any) -> dict[str, Any]:
    found: dict[str, Any] = night.house.call("fusebox_set_plan", load="car", preview=True, **plan)["response"]
    return found


def test_a_preview_is_what_the_plan_becomes_and_sets_nothing(house) -> None:
    night = night_with(house)
    asked = {"ready_by": "07:00", "energy_kwh": 3.6}
    shown = preview(night, **asked)
    assert night.plan()["state"] == "none"
    assert night.devices["car"].draw_a > 0, "it still charges by its mode"
    assert [row["start"][11:16] for row in shown["plan"]] == ["02:00"]
    assert (shown["plan_cost"], shown["missing_kwh"]) == (pytest.approx(0.36, abs=0.02), 0.0)
    assert shown["plan_cost_at_once"] > 2 * shown["plan_cost"]
    became = night.house.call("fusebox_set_plan", load="car", **asked)["response"]
    assert [became[key] for key in ("plan", "plan_cost")] == [shown[key] for key in ("plan", "plan_cost")]
    assert became["plan_state"] == "waiting"


def test_a_preview_gives_the_reason_that_the_plan_then_has(house) -> None:
    night = night_with(house)
    asked = {"ready_by": "07:00", "energy_kwh": 3.6}
    shown = preview(night, **asked)
    assert shown["plan_reason_code"] == "plan_waits"
    assert night.house.call("fusebox_set_plan", load="car", **asked)["response"]["plan_reason_code"] == "plan_waits"


def test_a_preview_of_a_chosen_mode_says_that_it_charges_at_once(house) -> None:
    night = Night(house(car_config(None, mode="standard"), start=T0, time_zone=ZONE))
    night.told = nord_pool(CHEAP)
    night.run(60)
    assert preview(night, ready_by="07:00", energy_kwh=3.6)["plan_reason_code"] == "plan_mode_standard"


def test_a_preview_says_what_would_be_missing(house) -> None:
    night = night_with(house)
    shown = preview(night, ready_by="21:00", energy_kwh=20)
    assert shown["plan_state"] == "late"
    assert shown["missing_kwh"] == pytest.approx(20 - 3.6, abs=0.5)


def test_a_preview_of_a_price_limit_keeps_the_plan_in_force(house) -> None:
    night = night_with(house, {"ready_by": "07:00", "energy_kwh": 2})
    shown = preview(night, max_price=0.2)
    assert shown["plan_asked"] == {"ready_by": "07:00", "energy_kwh": 2, "max_price": 0.2}
    assert "max_price" not in night.plan()["asked"]


def test_a_preview_of_a_time_that_has_passed_is_refused_as_the_plan_is(house) -> None:
    night = night_with(house)
    asked = {"load": "car", "ready_by": "2026-11-22 07:00", "energy_kwh": 3.6}
    refused = [night.house.call("fusebox_set_plan", **asked, **more) for more in ({"preview": True}, {})]
    assert refused[0] == refused[1]
    assert "ready_by: 2026-11-22 07:00 has passed" in str(refused[0])


@pytest.mark.parametrize("days", [{"mon-fri": "07:00", "sat": "09:30"}, "2026-11-23 07:00"])
def test_what_a_plan_says_of_its_departure_skips_it(house, days) -> None:
    start = T0 + timedelta(hours=9)
    night = night_with(house, {"ready_by": {"mon-sat": "06:00"}, "energy_kwh": 2}, start)
    night.house.call("fusebox_set_plan", load="car", ready_by=days, energy_kwh=2)
    assert night.plan()["asked"] == {"ready_by": days, "energy_kwh": 2}
    night.house.call("fusebox_set_plan", load="car", ready_by=night.plan()["asked"]["ready_by"], energy_kwh=0)
    assert (night.plan()["asked"], night.plan()["state"]) == ({"ready_by": days, "energy_kwh": 0}, "done")
    night.until("07:30", start)
    assert (night.plan()["asked"]["ready_by"], night.kwh()) == ({"mon-sat": "06:00"}, pytest.approx(0, abs=0.2))


def test_a_planned_session_says_what_it_saved(house) -> None:
    start = T0 + timedelta(hours=5, minutes=30)
    night = night_with(house, {"ready_by": "07:00", "energy_kwh": 1.8}, start)
    night.until("03:05", start)
    night.devices["car"].status = "Available"
    night.run(30)
    (line,) = night.house.call("fusebox_sessions")["response"]["sessions"]
    assert line["kwh"] == pytest.approx(1.8, abs=0.05)
    assert line["saved"] == pytest.approx(0.2 * line["kwh"], abs=0.03)
