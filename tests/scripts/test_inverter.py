"""What the inverter can put on the phases: its limits, and sensors at its output."""

from __future__ import annotations

import pytest

from .houses import amps, charger, unit
from .living import Device
from .sunny import Battery, Sunny, sunny

THREE = "L1 L2 L3"
OUTPUT = {phase: f"sensor.out_{phase.lower()}" for phase in THREE.split()}


def home_of(house, inverter, *, phases="L1", base_a=1.0, sun_w=4140.0, more=None, **site):
    loads = {"car": charger(mode="solar_only", phases=phases.split(), max_a=25)}
    written = sunny(phases=THREE, inverter=inverter, loads=loads, **site)
    battery = Battery(90) if "battery" in site else None
    base = dict.fromkeys(THREE.split(), base_a)
    return Sunny(house(written), base, sun_w=sun_w, battery=battery, car=Device(on=False, phases=phases), more=more)


def could_have(home):
    home.run(3)
    return home.house.shown("car")["available_a"]


@pytest.mark.parametrize(
    ("inverter", "available_a"),
    [
        ({}, 0),  # 6 A on each phase, less the house: 5 A
        ({"asymmetric": True}, 15),
        ({"asymmetric": True, "max_w_per_phase": 2300}, 9),  # 10 A on a phase, one of them for the house
        ({"asymmetric": True, "max_w_per_phase": 1500}, 0),
        ({"asymmetric": True, "max_w": 3000}, 10),  # 13 A in all, three of them for the house
        ({"asymmetric": "input_boolean.asymmetric", "max_w_per_phase": "input_number.most"}, 9),
    ],
)
def test_a_one_phase_car_may_have_what_the_inverter_can_put_on_its_phase(house, inverter, available_a):
    helpers = {"input_boolean.asymmetric": "on", "input_number.most": "2300"}
    assert could_have(home_of(house, inverter, more=helpers)) == available_a


@pytest.mark.parametrize(("most_w", "available_a"), [(None, 9), (1840, 8), (1150, 0)])
def test_a_symmetric_inverter_puts_no_more_than_its_limit_on_each_phase(house, most_w, available_a):
    home = home_of(house, {"max_w_per_phase": most_w}, base_a=0, sun_w=3 * 9 * 230, phases=THREE)
    assert could_have(home) == available_a


def test_a_battery_gives_no_more_than_fits_through_the_inverter_with_the_sun(house):
    home = home_of(house, {"max_w": 3000}, base_a=0, sun_w=2000, battery={}, netting="sum")
    home.run(130)
    assert home.devices["car"].offer_a == 13
    assert home.import_w < 1


@pytest.mark.parametrize(
    ("wiring", "output_a", "available_a"),
    [("parallel", 6, 9), ("series", 1, 9), ("series", 4, 6)],
)
def test_sensors_at_its_output_measure_what_the_house_uses(house, wiring, output_a, available_a):
    inverter = {"asymmetric": True, "max_w_per_phase": 2300, "wiring": wiring, "output": OUTPUT}
    home = home_of(house, inverter, more=dict.fromkeys(OUTPUT.values(), amps(output_a)))
    assert could_have(home) == available_a


def test_in_series_the_output_holds_the_car_too_and_it_does_not_push_itself_out(house):
    inverter = {"asymmetric": True, "max_w_per_phase": 2300, "wiring": "series", "output": OUTPUT}
    home = home_of(house, inverter)
    home.devices["car"].on, home.devices["car"].offer_a = True, 8
    for _ in range(30):
        through_a = {"L1": 1 + home.devices["car"].draw_a, "L2": 1, "L3": 1}
        home.more = {OUTPUT[phase]: amps(a) for phase, a in through_a.items()}
        home.run(1)
    assert home.devices["car"].offer_a == 9


def test_its_output_may_be_watts_as_well(house):
    inverter = {"asymmetric": True, "max_w_per_phase": 2300, "output": OUTPUT}
    home = home_of(house, inverter, more=dict.fromkeys(OUTPUT.values(), unit("1.38", "kW")))
    assert could_have(home) == 9


def test_under_an_asymmetric_inverter_a_car_does_not_saw(house):
    home = home_of(house, {"asymmetric": True, "max_w_per_phase": 2300})
    home.run(300, every=3)
    assert [what for _, what in home.switched("car")] == ["on"]
    assert home.devices["car"].offer_a == 9
    assert [value for _, value in home.house.all_sent("number.car")] == [9.0]
