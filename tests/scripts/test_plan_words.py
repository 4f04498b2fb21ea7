"""The reason of a plan changes with the plan, and a load that is off until its plan starts reports that time."""

from __future__ import annotations

from .nights import T0, ZONE, Night, car_config, nord_pool

CHEAP = nord_pool({f"20:{minute:02}": 0.10 for minute in (0, 15, 30, 45)})


def test_a_plan_that_charges_says_the_same_for_most_of_a_quarter_hour(house) -> None:
    home = Night(house(car_config({"ready_by": "23:45", "energy_kwh": 3.4}), start=T0, time_zone=ZONE))
    home.told = dict(CHEAP)
    home.run(60)
    said = []
    while home.second < 1860:
        home.run(10)
        reason = home.plan()["reason"]
        if not said or said[-1] != reason:
            said.append(reason)
    assert home.kwh() > 1.4
    assert len(said) <= 7, "it was written anew for each watt-hour and cent"


def test_a_plan_of_a_service_says_when_it_starts_while_the_mode_is_off(house) -> None:
    home = Night(house(car_config(None, mode="off"), start=T0, time_zone=ZONE))
    home.told = nord_pool({"21:00": 0.10, "21:15": 0.10})
    home.run(60)
    assert home.house.shown("car")["reason"] == "mode is off"
    home.house.call("fusebox_set_plan", load="car", energy_kwh=0.9, ready_by="22:00")
    home.run(30)
    shown = home.house.shown("car")
    assert shown["mode"] == "off"
    assert shown["reason"].startswith("waits until 21:15: the cheapest of 8 quarter hours at 0.100 EUR/kWh")
    assert (shown["reason_code"], shown["reason_values"]["start"]) == ("plan_waits", "21:15")
    assert shown["reason"] == shown["plan_reason"]


def test_a_plan_is_the_reason_in_its_block_until_a_fuse_limits_the_load_to_less(house) -> None:
    home = Night(house(car_config({"ready_by": "22:00", "energy_kwh": 2.7}), start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:00": 0.10, "20:15": 0.10, "20:30": 0.10})
    home.run(60)
    shown = home.house.shown("car")
    assert shown["reason"].startswith("runs by its plan until 20:45 with 3.44 kW: the cheapest of 8 quarter hours at ")
    assert (shown["reason_code"], shown["reason_values"]["most_kw"]) == ("plan_runs", 3.44)
    home.base_a["L1"] = 15.0
    home.run(60)
    shown = home.house.shown("car")
    assert shown["reason"] == "limited to 10 A by the main fuse (L1, 25 A): house 15 A"
    assert (shown["reason_code"], shown["plan_reason_code"]) == ("limited_by_fuse", "plan_runs")


def test_in_a_dry_run_a_plan_reports_what_it_would_command(house) -> None:
    written = car_config({"ready_by": "22:00", "energy_kwh": 2.7})
    written["site"]["dry_run"] = True
    home = Night(house(written, start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:00": 0.10, "20:15": 0.10, "20:30": 0.10})
    home.run(60)
    shown = home.house.shown("car")
    assert (
        shown["reason"].startswith("would switch switch.car on") and "runs by its plan until 20:45" in shown["reason"]
    )
    assert (shown["reason_code"], shown["plan_reason"][:4]) == ("plan_runs", "runs")
