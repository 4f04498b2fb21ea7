"""Cars that come, go, are full or faulty, and chargers that do not follow."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config
from .living import Device, Living

ABSENT = ["Available", "available", "disconnected", "Disconnected", "UNPLUGGED", "unplugged"]
DONE = ["full", "Full", "completed", "COMPLETED"]
BROKEN = ["Faulted", "error", "Error", "FAULT", "fault"]
PRESENT = ["Charging", "charging", "CHARGING", "Preparing", "connected", "Connected", "ready", "READY", "waiting",
           "paused", "Paused", "SuspendedEVSE", "suspended_evse", "Suspended EVSE"]  # fmt: skip


def row_of(house, *cars):
    """A house with room for all these chargers: `car_0`, `car_1`, ..."""
    devices = {f"car_{number}": car for number, car in enumerate(cars)}
    home = house(config(loads={name: charger(name) for name in devices}, main_fuse_a=250))
    return Living(home, {"L1": 2}, **devices)


def test_a_charger_without_a_willing_car_is_offered_nothing(house):
    life = row_of(house, *(Device(on=False, status=word) for word in (*ABSENT, *DONE, *BROKEN)))
    life.run(60)
    assert life.house.calls == []
    for name, car in life.devices.items():
        assert life.house.state(f"sensor.fusebox_{name}") == "0.0", car.status


def test_a_car_that_is_there_is_started_at_its_minimum(house):
    life = row_of(house, *(Device(on=False, status=word) for word in PRESENT))
    life.run(21)
    for name, car in life.devices.items():
        assert life.house.all_sent(f"switch.{name}") == [(20, "on")], car.status
        assert life.house.all_sent(f"number.{name}") == [], car.status
    life.run(40)
    assert {car.status: car.offer_a for car in life.devices.values()} == dict.fromkeys(PRESENT, 16)


def test_a_car_that_suspends_itself_keeps_the_minimum_offer(house):
    words = ("SuspendedEV", "suspendedev", "Suspended EV", "suspended_ev")
    life = row_of(house, *(Device(offer_a=16) for _ in words))
    life.run(30)
    for car, word in zip(life.devices.values(), words, strict=True):
        car.status, car.takes_a = word, 0
    life.run(30)
    for name, car in life.devices.items():
        assert car.offer_a == 6, car.status
        assert car.on, car.status
        assert life.house.shown(name)["status"] == "waiting", car.status


def test_the_amps_of_a_car_that_leaves_go_to_the_next(house):
    home = house(config(loads={"a": charger("a", priority=1), "b": charger("b", priority=2)}))
    life = Living(home, {"L1": 2}, a=Device(offer_a=16), b=Device(offer_a=6))
    life.run(40)
    assert life.devices["b"].offer_a == 7
    life.devices["a"].status, life.devices["a"].takes_a = "Available", 0
    life.run(60)
    assert life.devices["b"].offer_a == 16


def test_a_car_that_arrives_gets_its_place_without_the_fuse_being_passed(house):
    home = house(config(loads={"a": charger("a", priority=1), "b": charger("b", priority=2)}))
    life = Living(home, {"L1": 2}, a=Device(on=False, status="Available"), b=Device(offer_a=16))
    life.run(40)
    life.devices["a"].status = "Preparing"
    life.run(100)
    assert (life.devices["a"].offer_a, life.devices["b"].offer_a) == (16, 7)
    assert life.worst_a <= 25


def test_a_charger_that_waits_for_a_car_is_parked_at_its_minimum(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(2), **charging(offer=16, draw=0), "sensor.car_status": "Available"})
    assert home.sent("number.car") == [6]
    assert home.sent("switch.car") == []


def test_a_device_that_does_not_follow_is_commanded_again_after_ten_seconds(house):
    home = house(config(loads={"car": charger()}))
    home.is_exact = True
    life = Living(home, {"L1": 9}, car=Device(offer_a=16, obeys=False))
    life.run(5)
    life.base_a["L1"] = 13
    life.run(35)
    assert home.all_sent("number.car")[:2] == [(5, 12), (15, 12)]


def test_what_a_disobedient_charger_draws_is_taken_from_the_others(house):
    loads = {"a": charger("a", priority=1), "b": charger("b", priority=2)}
    home = house(config(loads=loads, main_fuse_a=32))
    life = Living(home, {"L1": 2}, a=Device(offer_a=16), b=Device(offer_a=14, obeys=False))
    life.run(10)
    life.base_a["L1"] = 8
    life.run(60)
    assert life.devices["a"].offer_a <= 10
    assert life.grid_a("L1") <= 32


def test_a_charger_that_reports_a_fault_is_sent_nothing(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(30), **charging(), "sensor.car_status": "Faulted"})
    home.steady(40, {"sensor.l1": amps(30)})
    assert home.calls == []
    assert home.shown("car")["status"] == "fault"


def test_a_current_raised_by_hand_above_the_ceiling_is_brought_down_at_once(house):
    home = house(config(loads={"car": charger()}))
    states = {"sensor.l1": amps(25), **charging(offer=13)}
    home.line(0, states)
    home.steady(60, states)
    home.line(61, {"sensor.l1": amps(36), **charging(offer=24)})
    assert home.sent("number.car") == [13]


def test_a_device_that_a_call_cannot_reach_is_tried_again(house):
    home = house(config(loads={"car": charger()}), noisy=True)
    refuse = [{"service": "number.set_value", "data": {}, "error": "cloud is down"}]
    home.is_exact = True
    home.line(0, {"sensor.l1": amps(20), **charging()}, respond=refuse)
    home.steady(12, {"sensor.l1": amps(26)})
    assert home.all_sent("number.car") == [(1, 15), (3, 15), (5, 15), (9, 15)]
    assert home.state(SITE) != "config_error"
