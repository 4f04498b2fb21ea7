"""Surplus on three phases: counted phase by phase, or netted to one sum as most meters do."""

from __future__ import annotations

import pytest

from .houses import amps, charger
from .living import Device
from .sunny import Sunny, sunny

THREE = "L1 L2 L3"
BASE = {"L1": 1.0, "L2": 0.0, "L3": 5.0}


def home_of(house, netting, phases, sun_w, **base_a):
    loads = {"car": charger(mode="solar_only", phases=phases.split())}
    written = sunny(phases=THREE, netting=netting, loads=loads)
    return Sunny(house(written), {**BASE, **base_a}, sun_w=sun_w, car=Device(on=False, phases=phases))


@pytest.mark.parametrize(
    ("netting", "surplus_a", "starts"),
    [
        ("per_phase", 23.9, False),  # L3 has 5 A left of 10: the poorest phase decides
        ("per_phase", 27.1, True),
        ("sum", 23.9, False),  # 17.9 A in all, six on each phase are 18
        ("sum", 24.1, True),
    ],
)
def test_a_three_phase_car_needs_six_amps_on_each_phase_or_three_times_six_in_all(house, netting, surplus_a, starts):
    home = after_a_car(house, THREE, netting, **BASE)
    home.sun_w = (surplus_a if netting == "sum" else 3 * (surplus_a - 16)) * 230
    home.run(50, every=5)
    home.run(15)
    assert [what for _, what in home.switched("car")] == (["on"] if starts else [])


def test_the_poorest_phase_is_named(house):
    home = after_a_car(house, THREE, "per_phase", **BASE)
    home.sun_w = 30 * 230
    home.run(20)
    assert home.house.shown("car")["limited_by"] == "solar L3"
    assert home.house.shown()["surplus_w"] == 24 * 230


def test_a_one_phase_car_lives_on_its_own_phase_where_the_meter_counts_each(house):
    home = home_of(house, "per_phase", "L2", 3 * 7 * 230)
    home.run(50, every=5)
    home.run(30)
    assert home.switched("car") == [(60, "on")]
    assert home.devices["car"].offer_a == 7
    assert home.grid_a("L2") == pytest.approx(0)


def test_and_on_the_surplus_of_all_phases_where_the_meter_nets_them(house):
    home = home_of(house, "sum", "L2", 3 * 7 * 230)
    home.run(50, every=5)
    home.run(40)
    assert home.switched("car") == [(60, "on")]
    assert home.devices["car"].offer_a == 15
    assert home.import_w < 1


def test_a_phase_that_falls_silent_leaves_the_netted_surplus_unknown_and_is_reported(house):
    home = home_of(house, "sum", "L2", 3 * 7 * 230)
    home.run(30, every=5)
    home.silent.add("sensor.l3")
    home.run(70, every=5)
    shown = home.house.shown()
    assert shown["surplus_w"] is None
    problem = "the surplus is not known: a phase of site.grid is silent; check that its sensor reports"
    assert problem in shown["errors"]


def test_a_netted_car_stays_below_its_fuse_however_much_the_other_phases_export(house):
    home = home_of(house, "sum", "L2", 3 * 20 * 230, L2=37)
    home.run(50, every=5)
    home.run(30)
    assert home.worst_a <= 25
    assert home.devices["car"].draw_a == 8


def test_a_car_on_one_phase_of_three_is_noticed_by_a_sensor_for_each(house):
    draw = {phase: f"sensor.draw_{phase.lower()}" for phase in THREE.split()}
    loads = {"car": charger(mode="solar_only", phases=THREE.split(), draw=draw)}
    device = Device(on=False)
    home = Sunny(
        house(sunny(phases=THREE, loads=loads)), dict.fromkeys(THREE.split(), 0.0), sun_w=3 * 8 * 230, car=device
    )
    for _ in range(85):
        home.more = {entity: amps(device.draw_a if phase == "L1" else 0) for phase, entity in draw.items()}
        home.run(1)
    assert home.switched("car") == [(60, "on")]
    assert device.offer_a == 8
    assert home.house.shown()["surplus_w"] == 3 * 8 * 230


def after_a_car(house, phases, netting="sum", **base_a):
    """A house whose first car, on these of three phases, charged from the grid; the next one waits for sun."""
    device = Device(phases=phases)
    loads = {"car": charger(mode="standard", phases=THREE.split())}
    home = Sunny(
        house(sunny(phases=THREE, netting=netting, loads=loads)),
        {**dict.fromkeys(THREE.split(), 0.0), **base_a},
        car=device,
    )
    home.run(60)
    device.takes_a = 8.0
    home.run(120)
    device.on, device.status = False, "Available"
    home.house.call("fusebox_set_mode", load="car", mode="solar_only")
    home.run(30)
    device.takes_a, device.status = 32.0, "Ready To Charge"
    return home


@pytest.mark.parametrize("netting", ["sum", "per_phase"])
def test_a_car_is_expected_on_the_only_phase_of_the_car_before(house, netting):
    home = after_a_car(house, "L2", netting)
    home.sun_w = (8 if netting == "sum" else 3 * 8) * 230
    home.run(60)
    assert home.switched("car") == []
    home.run(200)
    assert home.devices["car"].draw_a == 8


def test_that_costs_a_car_on_three_phases_one_short_start_from_the_grid(house):
    home = after_a_car(house, "L2")
    home.devices["car"].phases = THREE
    home.sun_w = 8 * 230
    home.run(300)
    assert [what for _, what in home.switched("car")] == ["on", "off"]
    home.house.rests = True
    home.run(1500, every=10)
    assert [what for _, what in home.switched("car")] == ["on", "off"]
    assert home.house.shown("car")["reason"] == "waits for sun: 1.8 kW left, needs 4.1 kW on 3 phases"


@pytest.mark.parametrize("phases, draws_a", [("L1", 8), ("L3", 8), (THREE, 0)])
def test_a_new_charger_tries_its_first_car_on_sun_for_one_phase_once(house, phases, draws_a):
    """Eight amps of sun for a quarter of an hour: a car on any one phase goes on; one on three stops, and waits."""
    home = home_of(house, "sum", THREE, 14 * 230)
    home.devices["car"].phases = phases
    home.house.rests = True
    home.run(880, every=10)
    assert home.switched("car") == []
    home.house.rests = False
    home.run(400)
    assert home.devices["car"].draw_a == draws_a
    home.house.rests = True
    home.run(1500, every=10)
    assert [what for _, what in home.switched("car")] == (["on"] if draws_a else ["on", "off"])
    assert home.devices["car"].draw_a == draws_a


def test_a_car_without_status_starts_again_on_the_phase_it_had(house):
    device = Device(phases="L2")
    loads = {"car": charger(without=["status"], mode="standard", phases=THREE.split())}
    home = Sunny(house(sunny(phases=THREE, netting="sum", loads=loads)), dict.fromkeys(THREE.split(), 0.0), car=device)
    home.run(60)
    device.takes_a = 8.0
    home.run(120)
    home.house.call("fusebox_set_mode", load="car", mode="solar_only")
    home.run(300, every=5)
    assert device.draw_a == 0
    home.sun_w = 8 * 230
    home.run(200)
    assert device.draw_a == 8
