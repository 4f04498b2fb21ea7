"""Circuits: a fuse below the main fuse limits what is on it, with a meter of its own or without."""

from __future__ import annotations

from .houses import amps, charger, charging, config, plug, switched, watts

GARAGE = {"fuse_a": 20}
METERED = {"fuse_a": 20, "grid": {"L1": "sensor.garage"}}


def test_a_circuit_without_a_meter_holds_the_sum_of_its_loads(house):
    loads = {"a": charger("a", circuit="garage"), "b": charger("b", circuit="garage")}
    home = house(config(loads=loads, main_fuse_a=63, circuits={"garage": GARAGE}))
    home.line(0, {"sensor.l1": amps(40), **charging("a", 16), **charging("b", 16)})
    assert home.sent("number.a") == [14]  # minimums first, then by priority
    assert home.sent("number.b") == [6]
    assert home.shown("b")["limited_by"] == "garage L1"


def test_a_circuit_with_a_meter_counts_what_else_is_on_it(house):
    home = house(config(loads={"car": charger(circuit="garage")}, main_fuse_a=63, circuits={"garage": METERED}))
    home.line(0, {"sensor.l1": amps(30), "sensor.garage": amps(23), **charging()})
    assert home.sent("number.car") == [13]


def test_a_circuits_meter_may_be_in_watts_as_well(house):
    home = house(config(loads={"car": charger(circuit="garage")}, main_fuse_a=63, circuits={"garage": METERED}))
    home.line(0, {"sensor.l1": amps(30), "sensor.garage": watts(5290), **charging()})
    assert home.sent("number.car") == [13]


def test_a_load_outside_the_circuit_is_not_bound_by_it(house):
    loads = {"in": charger("in", circuit="garage"), "out": charger("out")}
    loads = {"inside": loads["in"], "outside": loads["out"]}
    home = house(config(loads=loads, main_fuse_a=63, circuits={"garage": METERED}))
    home.line(0, {"sensor.l1": amps(50), "sensor.garage": amps(26), **charging("in"), **charging("out")})
    assert home.sent("number.in") == [10]
    assert home.sent("number.out") == []


def test_the_main_fuse_binds_what_is_on_a_circuit(house):
    home = house(config(loads={"car": charger(circuit="garage")}, circuits={"garage": METERED}))
    home.line(0, {"sensor.l1": amps(31), "sensor.garage": amps(16), **charging()})
    assert home.sent("number.car") == [10]
    assert home.shown("car")["limited_by"] == "main L1"


def test_nested_circuits_all_bind(house):
    circuits = {"barn": {"fuse_a": 32}, "stable": {"fuse_a": 16, "parent": "barn"}}
    loads = {
        "car": charger(circuit="stable", min_a=8),
        "pool": plug(circuit="barn"),
        "sauna": plug("sauna", circuit="stable"),
    }
    home = house(config(loads=loads, main_fuse_a=63, circuits=circuits))
    states = {"sensor.l1": amps(20), **charging(), **switched(on=False), **switched("sauna", on=False)}
    home.line(0, states)
    home.steady(60, {"sensor.l1": amps(20)})
    assert home.all_sent("switch.pool")[0][1] == "on"  # 16 + 10 fit under the barn's 32 A
    assert home.all_sent("switch.sauna") == []  # 8 + 10 do not fit under the stable's 16 A
    assert home.shown("sauna")["limited_by"] == "stable L1"


def test_a_parent_with_a_meter_cuts_what_is_on_its_child(house):
    circuits = {"barn": {"fuse_a": 20, "grid": {"L1": "sensor.barn"}}, "stable": {"fuse_a": 16, "parent": "barn"}}
    home = house(config(loads={"car": charger(circuit="stable")}, main_fuse_a=63, circuits=circuits))
    home.line(0, {"sensor.l1": amps(25), "sensor.barn": amps(22), **charging()})
    assert home.sent("number.car") == [14]


def test_the_margin_belongs_to_circuits_as_to_the_main_fuse(house):
    home = house(
        config(loads={"car": charger(circuit="garage")}, main_fuse_a=63, margin_a=2, circuits={"garage": METERED})
    )
    home.line(0, {"sensor.l1": amps(30), "sensor.garage": amps(23), **charging()})
    assert home.sent("number.car") == [11]


def test_a_live_rating_of_a_circuit_counts_at_once(house):
    circuits = {"garage": {"fuse_a": "input_number.garage", "grid": {"L1": "sensor.garage"}}}
    home = house(config(loads={"car": charger(circuit="garage")}, main_fuse_a=63, circuits=circuits))
    home.line(0, {"sensor.l1": amps(30), "sensor.garage": amps(18), "input_number.garage": "20", **charging()})
    assert home.calls == []
    home.line(1, {"input_number.garage": "16"})
    assert home.sent("number.car") == [14]


def test_a_circuit_whose_meter_is_silent_blinds_only_what_is_on_it(house):
    loads = {"inside": charger("in", circuit="garage"), "outside": charger("out")}
    home = house(config(loads=loads, main_fuse_a=63, circuits={"garage": METERED}))
    home.is_exact = True
    states = {"sensor.l1": amps(50), **charging("in"), **charging("out")}
    home.line(0, {"sensor.garage": amps(16), **states})
    home.steady(35, {"sensor.l1": amps(50)})
    assert home.all_sent("number.in") == [(31, 6)]
    assert home.all_sent("number.out") == []
    assert (home.shown("inside")["status"], home.shown("outside")["status"]) == ("blind", "charging")
