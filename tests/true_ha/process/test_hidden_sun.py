"""A car finds the sun that a real house's inverter holds back, and stops when that is gone."""

from __future__ import annotations

from typing import Any

from .house import DRAW, HOUSE, SWITCH, config

SUN = "input_number.panels"
SUN_A, HOUSE_A = 10, 2
SLOW_S = 180
"""The inverter seems held back for a minute before a test; a slow machine needs more."""


def throttled() -> dict[str, Any]:
    """Return a package: panels behind an inverter that gives no more than the house takes, and their meters."""
    number = {"min": 0, "max": 100, "step": 0.1, "initial": SUN_A, "mode": "box"}
    amps = {"name": "sunny_meter_l1", "unit_of_measurement": "A", "device_class": "current"}
    watts = {"name": "panels_power", "unit_of_measurement": "W", "device_class": "power"}
    taken, given = f"((states('{HOUSE}') | float) + {DRAW})", f"(states('{SUN}') | float)"
    sensors = [
        {**amps, "state": f"{{{{ [{taken} - {given}, 0] | max | round(2) }}}}"},
        {**watts, "state": f"{{{{ 230 * ([{taken}, {given}] | min) }}}}"},
    ]
    template = [{"trigger": [{"platform": "time_pattern", "seconds": "/1"}], "sensor": sensors}]
    return {"throttled": {"input_number": {"panels": number}, "template": template}}


def test_a_car_tests_for_hidden_sun_keeps_it_and_stops_without(home):
    written = config(mode="solar_only")
    sunny = {"grid": {"L1": "sensor.sunny_meter_l1"}, "solar_w": "sensor.panels_power", "inverter": {"throttles": True}}
    written = {**written, "site": {**written["site"], **sunny}}
    running = home(written, offer_a=6, on=False, house_a=HOUSE_A, packages=throttled())
    running.wait(lambda: running.talk.told(SWITCH)[-1:] == ["on"], "a test for hidden sun", SLOW_S)

    def keeps_it() -> bool:
        shown = running.talk.state("sensor.fusebox_wall")
        return shown is not None and shown["attributes"]["reason_code"] == "limited_by_hidden_sun"

    running.wait(keeps_it, "a car on hidden sun", 60)
    running.talk.post("input_number.set_value", entity_id=SUN, value=HOUSE_A)
    running.wait(lambda: running.talk.told(SWITCH)[-1:] == ["off"], "a car that stops without sun", SLOW_S)
