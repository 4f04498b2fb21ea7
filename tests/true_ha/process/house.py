"""A house inside Home Assistant: helpers are what people turn, templates are the meter, a charger and its car.

The car draws what it is offered while the charger is on, at most 16 A. The meter shows house and car, and says so every
second, changed or not, as meters do.
"""

from __future__ import annotations

from typing import Any

from .running import HomeAssistant

FUSE_A = 25
METER = "sensor.meter_l1"
NUMBER = "number.wall_current"
SWITCH = "switch.wall_charging"
HOUSE = "input_number.house"


def config(**car: Any) -> dict[str, Any]:
    """CONFIG of this house: one phase, one car."""
    wall = {"type": "number", "current": NUMBER, "switch": SWITCH, "draw": "sensor.wall_draw", "max_a": 16}
    site = {"main_fuse_a": FUSE_A, "margin_a": 0, "grid": {"L1": METER}}
    return {"site": site, "loads": {"wall": {**wall, "phases": ["L1"], **car}}}


def entities(*, offer_a: float, on: bool, house_a: float) -> dict[str, Any]:
    """The entities as they are when Home Assistant starts: devices retain their commands through any restart."""
    return {
        "fusebox_probe": None,
        "input_number": {
            "house": {"min": 0, "max": 100, "step": 0.1, "initial": house_a, "mode": "box"},
            "wall_offer": {"min": 6, "max": 32, "step": 0.1, "initial": offer_a, "mode": "box"},
        },
        "input_boolean": {"wall_on": {"initial": on}},
        "template": [
            {
                "number": [
                    {
                        "name": "wall_current",
                        "min": 6,
                        "max": 32,
                        "step": 1,
                        "state": "{{ states('input_number.wall_offer') }}",
                        "set_value": _call("input_number.set_value", "input_number.wall_offer", value="{{ value }}"),
                    }
                ],
                "switch": [
                    {
                        "name": "wall_charging",
                        "state": "{{ is_state('input_boolean.wall_on', 'on') }}",
                        "turn_on": _call("input_boolean.turn_on", "input_boolean.wall_on"),
                        "turn_off": _call("input_boolean.turn_off", "input_boolean.wall_on"),
                    }
                ],
            },
            {
                "trigger": [
                    {"platform": "time_pattern", "seconds": "/1"},
                    {
                        "platform": "state",
                        "entity_id": ["input_number.house", "input_number.wall_offer", "input_boolean.wall_on"],
                    },
                ],
                "sensor": [
                    _amps("wall_draw", DRAW),
                    _amps("meter_l1", f"((states('input_number.house') | float) + {DRAW}) | round(2)"),
                ],
            },
        ],
    }


def wait_until_drawn(running: HomeAssistant, amps: float) -> None:
    """The car draws this and Fusebox has seen it.

    Where the meters came a moment later than the scripts, the car has been at its minimum for a while before.
    """

    def drawn() -> bool:
        shown = running.talk.state("sensor.fusebox_wall")
        return shown is not None and shown["attributes"]["draw_a"] == {"L1": amps}

    running.wait(drawn, f"a car at {amps:g} A")


DRAW = "(([states('input_number.wall_offer') | float, 16] | min) if is_state('input_boolean.wall_on', 'on') else 0)"


def _amps(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "state": f"{{{{ {value} }}}}", "unit_of_measurement": "A", "device_class": "current"}


def _call(service: str, entity: str, **data: Any) -> list[dict[str, Any]]:
    return [{"service": service, "target": {"entity_id": entity}, "data": data}]
