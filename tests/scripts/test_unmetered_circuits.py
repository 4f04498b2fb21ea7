"""A circuit without a meter remembers what cannot be steered."""

from __future__ import annotations

from .houses import amps, charger, charging, config, plug, switched
from .living import Device, Living

CIRCUITS = {"garage": {"fuse_a": 20}}


def loads():
    return {"a": charger("a", circuit="garage", phases=["L1"]), "b": charger("b", circuit="garage", phases=["L1"])}


def test_what_a_disobedient_charger_draws_still_counts_on_its_circuit(house):
    home = house(config(loads=loads(), main_fuse_a=63, circuits=CIRCUITS))
    life = Living(home, {"L1": 5}, a=Device(offer_a=16, obeys=False, takes_a=16), b=Device(offer_a=6))
    life.run(20)
    life.house.line(life.second, {**life.states(), "sensor.l1": amps(80)})  # kitchen: everybody is cut to 6
    life.second += 1
    life.base_a["L1"] = 45
    life.run(40)
    life.base_a["L1"] = 5
    life.run(100)
    assert life.devices["a"].draw_a + life.devices["b"].draw_a <= 22, (life.devices, home.all_sent("number.b"))


def test_what_an_unavailable_charger_draws_still_counts_on_its_circuit(house):
    home = house(config(loads=loads(), main_fuse_a=63, circuits=CIRCUITS))
    states = {"sensor.l1": amps(27), **charging("a", 14), **charging("b", 6)}
    home.line(0, states)
    home.steady(30, states)
    gone = {"number.a": "unavailable", "switch.a": "unavailable"}
    offer = 6
    for t in range(31, 100):
        home.report(t, {"sensor.l1": amps(21 + offer), **charging("a", 14), **charging("b", offer), **gone})
        offer = (home.sent("number.b") or [offer])[-1]
    assert offer == 6, home.all_sent("number.b")


def test_an_unavailable_plug_that_draws_still_counts_on_its_circuit(house):
    home = house(
        config(
            loads={"pool": plug(circuit="garage"), "b": charger("b", circuit="garage")},
            main_fuse_a=63,
            circuits=CIRCUITS,
        )
    )
    states = {"sensor.l1": amps(27), **switched(on=True), **charging("b", 10)}
    home.line(0, states)
    home.steady(30, states)
    offer = 10
    for t in range(31, 100):
        home.report(
            t,
            {"sensor.l1": amps(17 + offer), **switched(on=True), **charging("b", offer), "switch.pool": "unavailable"},
        )
        offer = (home.sent("number.b") or [offer])[-1]
    assert offer == 10, home.all_sent("number.b")
