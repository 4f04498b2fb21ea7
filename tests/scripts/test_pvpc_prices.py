"""A car is planned by the hours that Home Assistant's own sensor of Spain's PVPC has as attributes."""

from __future__ import annotations

from .nights import T0, Night, car_config


def test_a_car_waits_for_the_cheapest_hour_of_the_pvpc_sensor(house) -> None:
    written = car_config({"ready_by": "07:00", "energy_kwh": 2.7}, {"import": "sensor.esios_pvpc"})
    home = Night(house(written, start=T0, time_zone="Europe/Madrid"))
    prices = {f"price_{hour:02}h": 0.2 for hour in range(24)}
    attributes = {**prices, "unit_of_measurement": "€/kWh", "next_best_at": [3, 4]}
    home.told = {"sensor.esios_pvpc": {"state": "0.2", "attributes": attributes}}
    home.run(60)
    assert home.house.state("sensor.fusebox_prices") == "0.2"
    assert len(home.house.shown("prices")["slots"]) == 16
    tomorrow = {f"price_next_day_{hour:02}h": 0.05 if hour == 4 else 0.2 for hour in range(24)}
    home.told = {"sensor.esios_pvpc": {"state": "0.2", "attributes": {**attributes, **tomorrow}}}
    home.run(60)
    assert len(home.house.shown("prices")["slots"]) == 112
    assert home.plan()["reason"].startswith("waits until 04:15: the cheapest of")
    home.until("00:01")
    moved = {key.replace("next_day_", ""): price for key, price in tomorrow.items()}
    home.told = {"sensor.esios_pvpc": {"state": "0.2", "attributes": {**moved, "unit_of_measurement": "€/kWh"}}}
    home.run(60)
    assert len(home.house.shown("prices")["slots"]) == 96
    assert home.plan()["reason"].startswith("waits until 04:15: the cheapest of")
