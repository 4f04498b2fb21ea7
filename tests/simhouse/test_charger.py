"""The simulated charger at its entities."""

from __future__ import annotations

from random import Random

from simhouse.devices.charger import Charger, ChargerSpec
from simhouse.devices.entities import Call
from simhouse.physics.car import Car


def test_commands_of_one_second_arrive_in_their_order():
    box = Charger(ChargerSpec("car", ("L1",), "number.car"), Car(), Random(1), {})
    for value in (16.0, 6.0):
        assert box.handle(Call("number.set_value", "number.car", {"value": value}), 10.0)
    box.step(11.0, 230.0, True)
    assert box.number_a == 6
