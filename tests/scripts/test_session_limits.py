"""A charger stops at its session's limit, in every mode but boost, until its car leaves or the limit is raised."""

from __future__ import annotations

import pytest

from .houses import charger, config, unit
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool

SOC = {"soc_pct": "sensor.soc", "capacity_kwh": 60}
STOPPED = "stopped at {}, the limit of this session"


def home(house, shown_pct: float | None = None, **car) -> Night:
    written = {**config(loads={"car": charger(pause_s=0, **car)}), "prices": {"import": NORD_POOL}}
    found = Night(house(written, start=T0, time_zone=ZONE), car=Device(on=False, takes_a=16))
    found.step_s = 10
    found.told = {**nord_pool({}), **({} if shown_pct is None else {"sensor.soc": unit(shown_pct, "%")})}
    return found


@pytest.mark.parametrize("mode", ["standard", "solar_only"])
def test_it_stops_at_the_energy_of_a_session_and_the_next_car_charges(house, mode: str) -> None:
    night = home(house, stop_energy_kwh=0.5, mode=mode)
    night.counted_rest_s = night.step_s
    night.run(60)
    if mode == "solar_only":
        night.base_a["L1"] = -20.0
    night.until("20:20")
    shown = night.house.shown("car")
    assert night.kwh() == pytest.approx(0.5, abs=0.06)
    assert (shown["stop_at"], shown["reason"]) == ("0.5 kWh", STOPPED.format("0.5 kWh"))
    assert (shown["reason_code"], shown["mode"]) == ("stopped_at_energy", mode)
    night.devices["car"].status = "Available"
    night.run(30)
    night.devices["car"].status = "Charging"
    night.run(300)
    assert night.devices["car"].draw_a > 0


def test_boost_continues_above_a_limit_and_ends_at_it(house) -> None:
    night = home(house, stop_energy_kwh=0.3)
    night.run(30)
    night.house.call("fusebox_boost", load="car", state=True)
    night.until("20:15")
    assert night.kwh() > 0.7
    night.house.call("fusebox_boost", load="car", state=False)
    night.run(30)
    assert night.devices["car"].draw_a == 0


def test_it_stops_at_a_state_of_charge_and_stays_off_when_that_falls_a_little(house) -> None:
    night = home(house, 79.5, stop_soc_pct=80, **SOC)
    night.run(120)
    assert night.devices["car"].draw_a > 0
    night.told = {"sensor.soc": unit(80, "%")}
    night.run(60)
    assert night.devices["car"].draw_a == 0
    night.told = {"sensor.soc": unit(78, "%")}
    night.run(120)
    shown = night.house.shown("car")
    assert (shown["stop_at"], shown["reason"]) == ("80 %", STOPPED.format("80 %"))
    night.house.call("fusebox_set_limit", load="car", stop_soc_pct=90)
    night.run(60)
    assert night.devices["car"].draw_a > 0


@pytest.mark.parametrize(("limit", "energy_kwh"), [({"stop_soc_pct": 60}, 60 * 0.1 / 0.9), ({"stop_energy_kwh": 2}, 2)])
def test_a_plan_ends_at_the_limit_of_its_session(house, limit, energy_kwh) -> None:
    night = home(house, 50, plan={"ready_by": "07:00", "soc_target_pct": 80}, **SOC)
    night.run(60)
    night.house.call("fusebox_set_limit", load="car", **limit)
    night.run(60)
    assert night.house.shown("car")["plan_reason_values"]["energy_kwh"] == pytest.approx(energy_kwh, abs=0.2)


def test_a_limit_of_0_is_none(house) -> None:
    limits = {"stop_soc_pct": "input_number.soc", "stop_energy_kwh": "input_number.kwh"}
    night = home(house, 50, **limits, **SOC)
    night.told |= {"input_number.soc": unit(0, "%"), "input_number.kwh": unit(0, "kWh")}
    night.run(1200)
    assert night.devices["car"].draw_a > 0
    assert night.house.shown("car")["stop_at"] is None
    night.told = {"input_number.kwh": unit(0.2, "kWh")}
    night.run(60)
    assert (night.devices["car"].draw_a, night.house.shown("car")["stop_at"]) == (0, "0.2 kWh")


def test_what_it_took_counts_between_two_states_of_charge(house) -> None:
    """60 kWh and 90 %: 0.5 % are 0.33 kWh from the wire."""
    night = home(house, 79.5, stop_soc_pct=80, **SOC)
    night.counted_rest_s = night.step_s
    night.run(1200)
    assert night.kwh() == pytest.approx(0.33, abs=0.06)


def test_what_it_took_since_the_last_state_of_charge_counts_when_config_is_saved(house) -> None:
    night = home(house, 79.5, stop_soc_pct=80, **SOC)
    night.counted_rest_s = night.step_s
    night.run(180)
    loads = {"car": charger(pause_s=0, stop_soc_pct=80, priority=2, **SOC)}
    night.house.save({**config(loads=loads), "prices": {"import": NORD_POOL}})
    night.run(1200)
    assert night.kwh() == pytest.approx(0.33, abs=0.06)


def test_a_limit_of_a_service_lasts_for_its_session_and_over_a_restart(house) -> None:
    night = home(house)
    night.run(30)
    assert night.house.call("fusebox_set_limit", load="car", stop_energy_kwh=0.3)["response"]["stop_at"] == "0.3 kWh"
    night.until("20:10")
    assert night.devices["car"].draw_a == 0
    again = home(house)
    again.run(60)
    assert again.devices["car"].draw_a == 0
    again.devices["car"].status = "Available"
    again.run(30)
    again.devices["car"].status = "Charging"
    again.run(60)
    assert again.house.shown("car")["stop_at"] is None
    assert again.devices["car"].draw_a > 0


def test_a_plan_that_is_stopped_is_done_and_not_late(house) -> None:
    night = home(house, stop_energy_kwh=0.3, plan={"ready_by": "20:45", "energy_kwh": 5, "finish": "early"})
    night.counted_rest_s = night.step_s
    night.until("20:46")
    shown = night.house.shown("car")
    assert (shown["plan_state"], shown["reason"]) == ("done", STOPPED.format("0.3 kWh"))
    assert night.kwh() == pytest.approx(0.3, abs=0.06)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "nothing to set; give stop_soc_pct or stop_energy_kwh; 0 removes the limit"),
        ({"stop_soc_pct": 80}, "stop_soc_pct: needs soc_pct of 'car' in CONFIG"),
        ({"stop_energy_kwh": -1}, "stop_energy_kwh: -1 is out of range"),
        ({"stop_energy_kwh": "much"}, "stop_energy_kwh: 'much' is not a number"),
        ({"stop_at": 3}, "stop_at"),
    ],
)
def test_what_is_no_limit_is_refused(house, fields, words) -> None:
    night = home(house)
    night.run(10)
    assert words in str(night.house.call("fusebox_set_limit", load="car", **fields))


def test_each_new_limit_and_plan_is_published_at_once(house) -> None:
    night = home(house)
    night.run(120)
    night.house.call("fusebox_set_limit", load="car", stop_energy_kwh=3)
    shown = night.house.shown("car")
    assert (shown["stop_at"], shown["ready_at"] is None) == ("3 kWh", False)
    for kwh in (4, 5):
        night.house.call("fusebox_set_limit", load="car", stop_energy_kwh=kwh)
        assert night.house.shown("car")["stop_energy_kwh"] == kwh
    for kwh in (4, 5):
        night.house.call("fusebox_set_plan", load="car", ready_by="07:00", energy_kwh=kwh)
        assert night.house.shown("car")["plan_asked"]["energy_kwh"] == kwh
