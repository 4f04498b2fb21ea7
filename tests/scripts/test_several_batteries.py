"""Two home batteries through the scripts: sums, each one's target, and one of them that falls silent."""

from __future__ import annotations

import pytest

from .houses import amps, charger, unit, watts
from .living import Device
from .sunny import Battery, Sunny, sunny

SECOND = {"soc_pct": "sensor.soc_2", "charge_w": "sensor.battery_2", "capacity_kwh": 5, "soc_target_pct": 70}


def home_of(house, second_pct=90.0, second_w=0.0):
    """A car on the sun; the first battery regulates the meter, the second does what the test says."""
    written = sunny(battery={"capacity_kwh": 10}, loads={"car": charger(mode="solar_only", start_after_s=0)})
    written["site"]["battery"] = [written["site"]["battery"], SECOND]
    more = {"sensor.soc_2": unit(second_pct, "%"), "sensor.battery_2": watts(second_w)}
    car = Device(on=False)
    return Sunny(house(written), {"L1": 0.0}, sun_w=4600, battery=Battery(90), car=car, more=more)


def test_sums_and_each_battery_are_published_and_a_silent_one_is_named(house):
    home = home_of(house, second_w=300)
    home.run(30)
    shown = home.house.shown()
    assert shown["battery_soc_pct"] == 90
    assert shown["batteries"][1] == {"soc_pct": 90.0, "charge_w": 300.0}
    assert shown["battery_charge_w"] == shown["batteries"][0]["charge_w"] + 300
    assert home.devices["car"].offer_a > 6
    home.silent.add("sensor.battery_2")
    home.run(70, every=5)
    shown = home.house.shown()
    assert (shown["surplus_w"], home.devices["car"].offer_a) == (None, 6)
    problem = "the surplus is not known: site.battery[1].charge_w is silent; check that its sensor reports"
    assert problem in shown["errors"]
    home.silent.clear()
    home.run(60)
    assert home.devices["car"].offer_a > 6


def test_the_second_battery_gets_the_sun_up_to_its_own_target_before_the_car(house):
    home = home_of(house, second_pct=60.0)
    home.run(60)
    assert home.switched("car") == []
    assert "60 %" in home.reason("car") and "70 %" in home.reason("car")
    home.more["sensor.soc_2"] = unit(70, "%")
    home.run(60)
    assert home.devices["car"].draw_a > 6


def test_a_target_that_is_set_counts_for_both(house):
    home = home_of(house)
    home.run(5)
    home.house.call("fusebox_set", soc_target_pct=95)
    home.run(5)
    assert home.house.shown()["soc_target_pct"] == 95
    assert "95 %" in home.reason("car")


@pytest.mark.parametrize("measured", [True, False])
def test_under_a_contract_a_battery_gives_only_what_an_inverter_of_unknown_sun_has_left(house, measured):
    outputs = [{"output": {"L1": f"sensor.out_{number}"}} if measured else {} for number in (1, 2)]
    inverters = [
        {"max_w": 4600, "solar_w": "sensor.sun", **outputs[0]},
        {"max_w": 3450, "solar_w": "sensor.sun_2", **outputs[1]},
    ]
    written = sunny(
        battery={"max_discharge_w": 4600, "inverter": 1},
        loads={"car": charger(max_a=20)},
        inverter=inverters,
        max_import_w=2300,
    )
    del written["site"]["solar_w"]
    battery = Battery(90, max_discharge_w=3450)
    home, offers_a = Sunny(house(written), {"L1": 10.0}, battery=battery, car=Device(takes_a=6)), set()
    for second in range(110):
        given = {"sensor.out_1": amps(0), "sensor.out_2": amps(-battery.charge_w / 230)} if measured else {}
        home.more = {"sensor.sun_2": "unavailable", **given}
        home.devices["car"].takes_a = 3 if second < 30 else 32
        home.run(1)
        offers_a.add(home.devices["car"].offer_a)
    # 15 A of battery and 10 A of grid feed a house of 10 A.
    assert max(offers_a) == home.devices["car"].offer_a == 15
