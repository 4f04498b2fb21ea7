"""A load that ignores commands counts as house load: loads before it are cut as for an oven, and no fuse waits."""

from __future__ import annotations

import pytest

from .heat_pumps import pump
from .houses import amps, charger, charging, config, plug, watts


class Deaf:
    """A car that obeys, before a load of ten amps whose relays show, and do, what they did at first."""

    def __init__(self, house, load: dict, shows: dict, power: bool = False) -> None:
        car = charger(priority=1, draw="sensor.car_draw")
        self.house = house(config(loads={"car": car, "deaf": {**load, "priority": 4}}))
        self.states = shows
        self.power, self.offer_a, self.on, self.second = power, 6.0, True, 0
        self.flow_a = 0.0

    def run(self, seconds: int, base_a: float) -> None:
        for _ in range(seconds):
            draw_a = self.offer_a if self.on else 0.0
            self.flow_a = base_a + draw_a + 10 + 0.2 * (self.second % 2)
            told = {"sensor.pump_power": watts(2300)} if self.power else {}
            states = {**charging(offer=self.offer_a, draw=draw_a), "switch.car": "on" if self.on else "off"}
            self.house.line(self.second, {**self.states, **told, **states, "sensor.l1": amps(self.flow_a)})
            for call in self.house.reply["calls"]:
                if call["data"].get("entity_id") == "number.car":
                    self.offer_a = float(call["data"]["value"])
                if call["data"].get("entity_id") == "switch.car":
                    self.on = call["service"].endswith("on")
            self.second += 1


@pytest.mark.parametrize(
    ("load", "shows", "power"),
    [
        (plug(power=None), {"switch.pool": "on"}, False),
        (pump(power="sensor.pump_power"), {"switch.sg1": "off", "switch.sg2": "off"}, True),
    ],
)
def test_next_to_a_relay_that_does_not_open_the_car_is_cut(house, load, shows, power):
    home = Deaf(house, load, shows, power)
    home.run(30, base_a=2)
    home.run(60, base_a=16)
    assert not home.on
    assert home.flow_a == pytest.approx(26, abs=0.3)


def test_an_oven_that_pauses_before_a_heat_pump_is_blocked_does_not_heat_the_fuse(house):
    load = pump(power="sensor.pump_power")
    home = Deaf(house, load, {"switch.sg1": "off", "switch.sg2": "off"}, power=True)
    home.run(30, base_a=2)
    for _ in range(3):
        home.run(28, base_a=16)
        home.run(12, base_a=2)
    assert [told for _, told in home.house.all_sent("switch.sg1")][:1] == ["on"]
