"""An inverter that is held back is given back after a power cut; without the grid only what is marked runs."""

from __future__ import annotations

from typing import Any

from .house import METER, NUMBER, SWITCH, config, wait_until_drawn

LIMIT = "input_number.export_limit"
GONE = "input_boolean.grid_gone"
ROOF_METER = "sensor.roof_meter_l1"
LOWERED_S = 150
"""Loads have a minute before the inverter is held back; a slow machine has more."""


def roof(limit_w: float, *, gone: bool = False) -> dict[str, Any]:
    """Return a package: a meter of a roof that exports 20 A, the inverter's number, and whether the grid is gone."""
    meter = {"name": "roof_meter_l1", "unit_of_measurement": "A", "device_class": "current"}
    house = "states('input_number.house') | float"
    second = {"platform": "time_pattern", "seconds": "/1"}
    number = {"min": 0, "max": 20_000, "step": 1, "initial": limit_w, "unit_of_measurement": "W"}
    return {
        "roof": {
            "input_number": {"export_limit": number},
            "input_boolean": {"grid_gone": {"initial": gone}},
            "template": [{"trigger": [second], "sensor": [{**meter, "state": f"{{{{ ({house}) - 20 }}}}"}]}],
        }
    }


def limited() -> dict[str, Any]:
    """Return the CONFIG of a house that may export nothing."""
    written = config(mode="off")
    export = {"max_w": 0, "curtail": {"number": LIMIT, "unit": "W"}}
    return {**written, "site": {**written["site"], "grid": {"L1": ROOF_METER}, "export": export}}


def test_what_held_the_inverter_back_is_given_back_after_a_power_cut(home):
    running = home(limited(), offer_a=6, on=False, house_a=0, packages=roof(9000))
    running.wait(lambda: running.talk.told(LIMIT)[-1:] == [0], "an inverter held back", LOWERED_S)
    running.kill()
    # The inverter keeps what it was told; CONFIG has no limit any more.
    running.folder.save(config(mode="off"))
    packages = {"homeassistant": {"packages": roof(0)}}
    running.entities = {**running.entities, **packages}
    running.start()
    running.wait(lambda: running.talk.value(LIMIT) == "9000.0", "the inverter given back")
    assert running.talk.told(LIMIT)[-1] == 9000


def test_without_the_grid_the_car_stops_at_once_and_comes_back_later(home):
    written = config(pause_s=5)
    site = {**written["site"], "island": GONE, "inverter": {"max_w": 5000}}
    running = home({**written, "site": site}, offer_a=10, on=True, house_a=2, packages=roof(9000))
    wait_until_drawn(running, 10)
    running.talk.post("input_boolean.turn_on", entity_id=GONE)
    running.wait(lambda: running.talk.told(SWITCH)[-1:] == ["off"], "the car's stop")
    running.wait(lambda: running.talk.state("sensor.fusebox_site")["attributes"]["island"] is True, "the island", 30)
    running.talk.post("input_boolean.turn_off", entity_id=GONE)
    running.wait(lambda: running.talk.told(SWITCH)[-1:] == ["on"], "the car's return", 60)
    assert running.talk.value(METER) is not None
    assert running.talk.value(NUMBER) is not None
