"""A price limit of a plan, as entities show it: nothing above it before the latest start."""

from __future__ import annotations

from .nights import T0, ZONE, Night, car_config, nord_pool


def night(house, plan, cheap) -> Night:
    home = Night(house(car_config(plan), start=T0, time_zone=ZONE))
    home.told = nord_pool(cheap)
    return home


def test_a_run_stops_above_its_price_limit_and_waits_for_its_latest_start(house) -> None:
    """With 3.7 kW it needs an hour; half of that is cheap, and it is to be ready in two and a half."""
    home = night(house, {"ready_by": "22:30", "energy_kwh": 3.68, "max_price": 0.2}, {"20:15": 0.1, "20:30": 0.1})
    home.until("22:30")
    begun, stopped, late, end = home.hours()
    assert (begun[:4], stopped[:4]) == ("20:1", "20:4")
    assert "21:45" <= late < end
    assert home.plan()["state"] == "done"
