"""The attributes of a plan are consistent, whatever happens to it."""

from __future__ import annotations

import pytest

from .boiler import Tank, tank
from .houses import SITE, charger, config, plug, unit
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool

CHEAP = nord_pool({"20:15": 0.10, "20:30": 0.10})
SOC = {"soc_pct": "sensor.soc", "capacity_kwh": 60}


def begun(house, written) -> Night:
    home = Night(house(written, start=T0, time_zone=ZONE))
    home.told = dict(CHEAP)
    return home


def test_a_late_car_that_waits_reports_its_need_without_the_past_time(house) -> None:
    home = begun(house, car_config({"ready_by": "20:30", "energy_kwh": 3.0}))
    home.until("20:25")
    home.base_a["L1"] = 24.0
    home.until("20:45")
    told = home.plan()
    assert told["state"] == "late"
    assert told["reason"] == "late: its deadline has passed, so it charges 1.5 kWh at once"
    assert told["reason_code"] == "plan_overdue_runs"
    for word in ("missing", " by ", "cheapest", "waits until", "instead of"):
        assert word not in told["reason"], word


def test_missing_energy_is_reported_at_once_without_a_latest_start(house) -> None:
    """The plan of the quarter hour before still thinks that there is room."""
    home = begun(house, car_config({"ready_by": "20:50", "energy_kwh": 1.9}))
    home.until("20:21")
    home.base_a["L1"] = 24.0
    home.until("20:44")
    told = home.plan()
    assert told["state"] == "late"
    assert "kWh will be missing by 20:50" in told["reason"]
    for word in ("no time left", "instead of"):  # what is compared would not be the same energy
        assert word not in told["reason"], word


def test_a_car_that_is_likely_to_be_ready_is_not_late_on_the_first_evening(house) -> None:
    """Its plan leaves room in each quarter hour for the hob, which cannot be on in all of them."""
    home = begun(house, car_config({"ready_by": "05:00", "energy_kwh": 3.0}))
    for hob_a, until in ((20.0, "20:15"), (2.0, "20:30"), (20.0, "20:45"), (2.0, "21:00")):
        home.base_a["L1"] = hob_a
        home.until(until)
    home.run(60)
    assert home.plan()["state"] != "late"
    assert home.plan()["cost"] == pytest.approx(0.72, abs=0.01)  # of all 3 kWh, not only of the room that is sure
    home.until("04:59")
    assert home.plan()["state"] == "done"


def test_a_late_car_lacks_no_more_than_it_still_needs(house) -> None:
    """It charges more than its plan had room for."""
    home = begun(house, car_config({"ready_by": "22:00", "energy_kwh": 5.0}))
    home.base_a["L1"] = 24.0
    home.until("20:46")
    home.base_a["L1"] = 6.0
    home.until("20:59")
    told = home.plan()
    assert told["state"] == "late"
    assert told["reason_values"]["missing_kwh"] <= told["reason_values"]["energy_kwh"]


def test_a_minimum_state_of_charge_says_why_it_charges_now_and_is_not_late_on_friday(house) -> None:
    plan = {"ready_by": {"fri": "07:00"}, "soc_target_pct": 80, "min_soc_pct": 30}
    home = begun(house, car_config(plan, **SOC))
    home.told["sensor.soc"] = unit(29, "%")
    home.base_a["L1"] = 24.0
    home.until("20:10")
    told = home.plan()
    assert told["state"] == "running"
    assert told["reason"] == "charges 0.7 kWh at once to reach its minimum of 30 %"


def test_a_departure_of_another_day_is_reported_with_its_day(house) -> None:
    home = begun(house, car_config({"ready_by": {"fri": "07:00"}, "energy_kwh": 5}))
    home.run(60)
    assert home.plan()["reason"] == "5 kWh by 2026-11-27 07:00: not planned until two days before"


def test_a_tank_that_is_hot_is_not_late(house) -> None:
    """It takes less than assumed."""
    written = config(loads={"tank": tank(plan={"ready_by": "20:40", "energy_kwh": 1.1})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"tank": Device("plug", on=False, takes_a=0), "car": Device(on=False, obeys=False)}
    states, told = home.states, set()
    home.states = lambda: {**states(), **Tank(70.0).states(), "switch.tank": "on" if home.devices["tank"].on else "off"}
    home.told = dict(CHEAP)
    while home.second < 2280:
        home.run(10)
        shown = home.house.shown("tank")
        told.add((shown.get("plan_state"), shown.get("plan_reason_code")))
    assert ("waiting", "plan_takes_nothing") in told
    assert "late" not in {state for state, _ in told}


def test_a_plug_is_said_to_draw_nothing_only_once_its_draw_may_be_known(house) -> None:
    written = config(loads={"pool": plug(plan={"ready_by": "21:00", "hours": 0.5})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=0), "car": Device(on=False, obeys=False)}
    home.told = dict(CHEAP)
    home.until("20:14")
    told = []
    while not told or told[-1] != "plan_takes_nothing":
        home.run(10)
        told += [home.house.shown("pool").get("plan_reason_code")] if home.devices["pool"].on else []
    assert 6 <= len(told) <= 8


def test_a_plug_that_may_not_run_is_late(house) -> None:
    written = config(loads={"pool": plug(plan={"ready_by": "20:40", "energy_kwh": 1.1})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=10), "car": Device(on=False, obeys=False)}
    home.base_a["L1"] = 24.0
    home.told = dict(CHEAP)
    home.until("20:36")
    shown = home.house.shown("pool")
    assert (shown["plan_state"], shown["plan_cost"]) == ("late", 0)


def test_a_price_that_its_time_makes_necessary_is_not_called_refused(house) -> None:
    home = begun(house, car_config({"ready_by": "21:00", "energy_kwh": 2.76, "max_price": 0.2}))
    home.run(60)
    assert "partly above 0.200 EUR/kWh to be ready in time" in home.plan()["reason"]
    home.house.call("fusebox_set_plan", load="car", ready_by="21:00", energy_kwh=1.5, max_price=0.2)
    home.run(30)
    assert "above" not in home.plan()["reason"]


def test_a_billed_peak_is_reported_if_it_makes_a_plan_dearer_than_even_charging(house) -> None:
    written = car_config({"ready_by": "23:00", "energy_kwh": 2.76})
    written["tariff"] = {"kind": "fluvius", "price_per_kw_year": 50, "target_kw": 9, "minimum_kw": 2.5}
    home = begun(house, written)
    home.run(60)
    assert home.plan()["peak_kw"] == 2.5


@pytest.mark.parametrize("price", [None, 500], ids=["limited", "billed"])
@pytest.mark.parametrize(("hours", "kw"), [([7, 19], 3.4), ([7, 23], 1.6)])
def test_by_night_a_tariff_of_the_day_leaves_a_plan_all_its_power(house, hours, kw, price) -> None:
    written = car_config({"ready_by": "22:00", "energy_kwh": 0.85})
    written["forecast"] = {"house": 400}
    tariff = {"kind": "sweden_mean3", "target_kw": 2, "hours": hours, "price_per_kw_year": price}
    written["tariff"] = {key: value for key, value in tariff.items() if value is not None}
    home = begun(house, written)
    home.run(60)
    assert max(row["kw"] for row in home.house.shown("car")["plan"]) == pytest.approx(kw, abs=0.3)


@pytest.mark.parametrize(("finish", "word"), [("late", "late"), ("early", "early")])
def test_small_energies_are_reported(house, finish: str, word: str) -> None:
    home = begun(house, car_config({"ready_by": "21:15", "energy_kwh": 0.04, "finish": finish}))
    home.told = nord_pool({})
    home.run(30)
    assert f"all prices are equal, so it runs as {word} as it can, 0.04 kWh by 21:15" in home.plan()["reason"]


def test_what_needs_nothing_says_so(house) -> None:
    home = begun(house, car_config({"ready_by": "21:15", "soc_target_pct": 50}, **SOC))
    home.told["sensor.soc"] = unit(60, "%")
    home.run(60)
    assert (home.plan()["state"], home.plan()["reason"]) == ("done", "done: nothing was needed")


def test_two_loads_share_the_sun_in_what_they_cost(house) -> None:
    loads = {name: charger(name, plan={"ready_by": "21:00", "energy_kwh": 2.5}) for name in ("car", "van")}
    written = {**config(loads=loads), "prices": {"import": NORD_POOL}, "forecast": {"house": 0, "solar": "sensor.sun"}}
    home = Night(house(written, start=T0, time_zone=ZONE), car=Device(takes_a=16), van=Device(takes_a=16))
    at = [f"2026-11-22T{hour}:00+01:00" for hour in ("20", "21")]
    rows = [{"period_start": time, "pv_estimate": 3.68} for time in at]
    home.told = {**nord_pool({}), "sensor.sun": {"state": "1", "attributes": {"detailedForecast": rows}}}
    home.run(30)
    costs = [home.house.shown(name)["plan_cost"] for name in loads]
    assert sum(costs) == pytest.approx((2 * 2.5 - 3.68) * 0.3, abs=0.1)


@pytest.mark.parametrize("throttles", [True, False])
def test_a_plan_counts_on_the_sun_that_a_throttled_inverter_holds_back(house, throttles) -> None:
    sunny = {"solar_w": "sensor.panels", "inverter": {"throttles": throttles}}
    loads = {"car": charger("car", plan={"ready_by": "23:00", "energy_kwh": 2.5})}
    written = {**config(loads=loads, **sunny), "prices": {"import": NORD_POOL}}
    written["forecast"] = {"house": 0, "solar": "sensor.sun"}
    home = Night(house(written, start=T0, time_zone=ZONE), car=Device(takes_a=16))
    rows = [{"period_start": f"2026-11-22T{hour}:00+01:00", "pv_estimate": 3.68} for hour in (20, 21)]
    home.told = {
        **nord_pool({}),
        "sensor.panels": unit(100, "W"),
        "sensor.sun": {"state": "1", "attributes": {"detailedForecast": rows}},
    }
    home.run(30)
    assert home.house.shown("car")["plan_cost"] == pytest.approx(0, abs=0.05)
    assert all("T20" in row["start"] or "T21" in row["start"] for row in home.house.shown("car")["plan"])


@pytest.mark.parametrize(
    ("car", "why"),
    [
        (Device(on=False, takes_a=16, status="Faulted"), "the device reports a fault"),
        (Device(on=True, offer_a=16, takes_a=16, obeys=False), "ignores its limit: draws 16 A although it was set to"),
    ],
    ids=["fault", "ignores"],
)
def test_a_device_that_could_not_charge_by_its_plan_either_says_that_and_not_when_it_begins(house, car, why) -> None:
    home = begun(house, car_config({"ready_by": "07:00", "energy_kwh": 3.0, "finish": "late"}))
    home.run(60)
    assert home.house.shown("car")["reason"].startswith("waits until 20:15")
    home.devices["car"] = car
    home.run(120)
    shown = home.house.shown("car")
    assert (shown["status"], shown["reason"].startswith(why)) == ("fault", True), shown["reason"]
    assert (home.house.state(SITE), home.house.shown()["reason"].partition(": ")[2]) == ("fault", shown["reason"])


def test_a_charger_that_its_user_has_switched_off_does_not_say_when_its_plan_begins(house) -> None:
    written = car_config({"ready_by": "07:00", "energy_kwh": 3.0}, mode="solar_only")
    home = Night(house(written, start=T0, time_zone=ZONE), car=Device(on=True, takes_a=16))
    home.told = dict(CHEAP)
    home.base_a["L1"] = -20.0
    home.run(120)
    home.devices["car"].on = False
    home.run(60)
    home.house.call("fusebox_set_mode", load="car", mode="off")
    home.house.call("fusebox_set_plan", load="car", ready_by="07:00", energy_kwh=4)
    home.run(30)
    assert home.house.shown("car")["reason"] == "switched off by hand"
