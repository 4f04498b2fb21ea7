"""A decision is published with the words of the plans that it was made with, whatever is planned meanwhile."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from .houses import amps, charging, config, plug, switched
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool

LATER = nord_pool({"21:00": 0.10, "21:15": 0.10})
WAITS = "waits until 21:15: the cheapest of 8 quarter hours"


def waiting_car(house, **more: Any) -> Night:
    home = Night(house(car_config({"ready_by": "22:00", "energy_kwh": 0.9}, **more), start=T0, time_zone=ZONE))
    home.told = dict(LATER)
    return home


def seconds(home: Night, count: int) -> list[dict[str, Any]]:
    """Return the attributes of the car's entity after each of the next seconds."""
    found = []
    for _ in range(count):
        home.house.line(home.house.t + 1)
        found.append(dict(home.house.shown("car")))
    return found


def test_a_load_that_waits_for_its_plan_never_reports_its_mode_over_a_reload(house) -> None:
    home = waiting_car(house)
    home.run(120)
    assert home.house.shown("car")["reason"].startswith(WAITS)
    sent = len(home.house.calls)
    home.house.line(home.house.t + 1, calls=[{"service": "pyscript.reload", "data": {"global_ctx": "*"}}])
    shown = [dict(home.house.shown("car")), *seconds(home, 12)]
    assert {each["reason_code"] for each in shown} <= {"plan_unplaced", "plan_waits"}
    assert {(each["status"], each["mode"]) for each in shown} == {("paused", "standard")}
    assert {each.get("plan_state") for each in shown} == {"waiting"}
    assert shown[-1]["reason"].startswith(WAITS)
    assert home.house.calls[sent:] == []


def test_a_car_that_is_added_with_a_plan_is_not_started_before_it_is_planned(house) -> None:
    pool = {"pool": plug(mode="off")}
    home = house({**config(loads=pool), "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE)
    states = {"sensor.l1": amps(1), **charging(offer=6, draw=0), **switched(on=False), "switch.car": "off", **LATER}
    home.line(0, states)
    home.steady(60, states)
    with_car = car_config({"ready_by": "22:00", "energy_kwh": 0.9})
    home.save({**with_car, "loads": {**pool, **with_car["loads"]}})
    for second in range(61, 70):
        home.line(second, states)
    assert home.shown("car")["reason"].startswith(WAITS)
    assert home.calls == []


@pytest.mark.parametrize("mode", ["standard", "continuous"])
def test_a_plug_whose_chosen_mode_runs_at_once_is_not_said_to_wait(house, mode: str) -> None:
    written = config(loads={"pool": plug(mode=mode, plan={"ready_by": "22:00", "hours": 0.5})})
    home = house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE)
    home.line(0, {"sensor.l1": amps(1), **switched(on=False), **LATER})
    home.steady(20, {"sensor.l1": amps(1), **switched(on=False)})
    assert home.all_sent("switch.pool")[0][1] == "on"
    assert home.shown("pool")["plan_reason"].startswith(f"its mode is {mode}, so it does not wait until 21:")


def test_a_plan_of_config_that_counts_again_is_not_called_far_away_before_it_is_evaluated(house) -> None:
    home = waiting_car(house)
    home.run(60)
    home.house.call("fusebox_set_plan", load="car", ready_by="20:20", energy_kwh=1)
    home.until("20:19")
    told = [each["plan_reason_code"] for each in seconds(home, 90)]
    assert {*told} == {"plan_done", "plan_unplaced"}


async def watch_planning() -> list[set[str]]:
    """Return the list that gets the loads whose plans are in force, at each moment at which a plan is being made."""
    plans, seen = vars(sys.modules["_fusebox_store"])["balancer"].plans.plans, []
    inside = type(plans).update.__globals__
    planner = inside["plan_running"]

    def watched(*problem: Any) -> Any:
        seen.append(set(plans.standings))
        return planner(*problem)

    inside["plan_running"] = watched
    return seen


def test_while_a_plan_is_made_steps_decide_and_report_by_the_one_before(house) -> None:
    home = waiting_car(house)
    home.devices["car"].status = "Available"
    home.run(60)
    assert home.house.shown("car")["reason_code"] == "no_car"
    seen = home.house.session.run(watch_planning)
    home.devices["car"].status = "Preparing"
    home.run(60)
    assert home.house.shown("car")["reason"].startswith(WAITS)
    assert seen == [set()]
