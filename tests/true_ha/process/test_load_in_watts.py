"""A load in watts follows the surplus of a real house, and is off at once when its mode says so."""

from __future__ import annotations

from typing import Any

from .house import FUSE_A, HOUSE

HEATER = "input_number.heater_w"
HEATER_METER = "sensor.heater_meter_l1"
SUN_A, HOUSE_A = 10, 2
NEAR_W = 100
SLOW_S = 90
"""A load waits `start_after_s`, and each change of its number for `write_every_s`; a slow machine needs more."""


def heater() -> dict[str, Any]:
    """Return a package: a heater that takes the watts it is set to, and the meter of a house with 10 A of sun."""
    number = {"min": 0, "max": 3000, "step": 1, "initial": 0, "unit_of_measurement": "W"}
    watts = {"name": "heater_draw", "unit_of_measurement": "W", "device_class": "power"}
    amps = {"name": "heater_meter_l1", "unit_of_measurement": "A", "device_class": "current"}
    flow = f"(states('{HOUSE}') | float) - {SUN_A} + (states('{HEATER}') | float) / 230"
    second = {"platform": "time_pattern", "seconds": "/1"}
    sensors = [{**watts, "state": f"{{{{ states('{HEATER}') }}}}"}, {**amps, "state": f"{{{{ {flow} }}}}"}]
    template = [{"trigger": [second], "sensor": sensors}]
    return {"heater": {"input_number": {"heater_w": number}, "template": template}}


def config() -> dict[str, Any]:
    """Return the CONFIG of that house."""
    load = {"type": "power", "power": HEATER, "draw": "sensor.heater_draw", "max_w": 3000, "phases": ["L1"]}
    site = {"main_fuse_a": FUSE_A, "margin_a": 0, "grid": {"L1": HEATER_METER}}
    more = {"mode": "solar_only", "write_every_s": 5, "start_after_s": 5}
    return {"site": site, "loads": {"heater": {**load, **more}}}


def test_a_heater_follows_the_surplus_and_mode_off_ends_it_at_once(home):
    running = home(config(), offer_a=6, on=False, house_a=HOUSE_A, packages=heater())

    def is_near(surplus_a: float) -> bool:
        return abs(float(running.talk.value(HEATER) or "nan") - 230 * surplus_a) <= NEAR_W

    running.wait(lambda: is_near(SUN_A - HOUSE_A), "a heater with what the house leaves", SLOW_S)
    running.talk.post("input_number.set_value", entity_id=HOUSE, value=6)
    running.wait(lambda: is_near(SUN_A - 6), "a heater that gives way to the house", SLOW_S)
    shown = running.talk.state("sensor.fusebox_heater")
    assert shown["attributes"]["unit_of_measurement"] == "W"
    running.talk.post("pyscript.fusebox_set_mode", load="heater", mode="off")
    running.wait(lambda: running.talk.told(HEATER)[-1:] == [0], "a heater that is off", 10)
    assert float(running.talk.value(HEATER)) == 0
