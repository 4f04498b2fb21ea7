"""The house of somebody who has just installed pyscript: a Belgian meter, panels, a charger, plugs, and sixty others.

Tests change the helpers; all other entities are named as by their integration. The car draws on all three phases.
"""

from __future__ import annotations

from typing import Any

BASE = "input_number.base_kw"
OFFER = "input_number.offer"
ALLOWED = "input_boolean.allowed"
PHASES = ("l1", "l2", "l3")
METER = "sensor.electricity_meter_power_consumption_phase_"
GIVEN = "sensor.electricity_meter_power_production_phase_"
NUMBER = "number.carport_laadstroom"
CAR_KW = f"(states('{OFFER}') | float * 0.23 if is_state('{ALLOWED}', 'on') else 0)"
NET_KW = f"(states('{BASE}') | float + {CAR_KW})"
OF_WINDOW = "((now().minute % 15) * 60 + now().second) / 900"
"""Which part of this quarter of an hour is over: the meter's mean grows with it."""
ROOMS = ("living", "kitchen", "hall", "attic", "bath", "garage", "office", "bedroom", "garden", "cellar")


def entities() -> dict[str, Any]:
    """What configuration.yaml has of it."""
    return {
        "input_number": {
            "base_kw": {"min": -10, "max": 20, "step": 0.001, "initial": 0.4, "mode": "box"},
            "offer": {"min": 6, "max": 32, "step": 1, "initial": 6, "mode": "box"},
        },
        "input_boolean": {"allowed": {"initial": True}, "boiler": {"initial": True}, "fridge": {"initial": True}},
        "template": [_steered(), _measured(), _others()],
    }


def _steered() -> dict[str, Any]:
    return {
        "number": [
            {
                "name": "Carport laadstroom",
                "unique_id": "carport_number",
                "unit_of_measurement": "A",
                "min": 6,
                "max": 32,
                "step": 1,
                "state": f"{{{{ states('{OFFER}') }}}}",
                "set_value": _call("input_number.set_value", OFFER, value="{{ value }}"),
            }
        ],
        "switch": [
            _switch("Carport laden", ALLOWED),
            _switch("Boiler socket 1", "input_boolean.boiler"),
            _switch("Shelly fridge", "input_boolean.fridge"),
        ],
    }


def _switch(name: str, entity: str) -> dict[str, Any]:
    return {
        "name": name,
        "unique_id": f"switch_{name}",
        "state": f"{{{{ is_state('{entity}', 'on') }}}}",
        "turn_on": _call("input_boolean.turn_on", entity),
        "turn_off": _call("input_boolean.turn_off", entity),
    }


def _measured() -> dict[str, Any]:
    """The entities that report each second, as a meter does."""
    taken = [
        _power(f"Electricity Meter Power consumption phase {phase}", f"[{NET_KW}, 0] | max | round(3)", "kW")
        for phase in PHASES
    ]
    given = [
        _power(f"Electricity Meter Power production phase {phase}", f"[0 - {NET_KW}, 0] | max | round(3)", "kW")
        for phase in PHASES
    ]
    return {
        "trigger": [{"platform": "time_pattern", "seconds": "/1"}],
        "sensor": [
            *taken,
            *given,
            _power("Electricity Meter Current average demand", f"(3 * {NET_KW} * {OF_WINDOW}) | round(3)", "kW"),
            _power("Electricity Meter Maximum demand current month", "14.1", "kW"),
            _power("SolarEdge current power", "1800", "W"),
            _power("Carport vermogen", f"(3 * {CAR_KW} * 1000) | round(0)", "W"),
            _power("Boiler power", "1980", "W"),
            _power("Shelly fridge power", "80", "W"),
            {"name": "Carport status", "unique_id": "carport_status", "state": "Charging"},
        ],
    }


def _others() -> dict[str, Any]:
    """Sixty entities that have nothing to do with it."""
    sensors = []
    for place, room in enumerate(ROOMS):
        kinds = (("temperature", "°C"), ("humidity", "%"), ("illuminance", "lx"), ("battery", "%"), ("voltage", "V"))
        for kind, unit in kinds:
            named = {"name": f"{room} {kind}", "unique_id": f"{room}_{kind}", "device_class": kind}
            sensors.append({**named, "state": str(20 + place), "unit_of_measurement": unit})
        sensors.append({"name": f"{room} mode", "unique_id": f"{room}_mode", "state": "auto"})
    return {"sensor": sensors}


def _power(name: str, value: str, unit: str) -> dict[str, Any]:
    return {
        "name": name,
        "unique_id": name,
        "state": f"{{{{ {value} }}}}",
        "unit_of_measurement": unit,
        "device_class": "power",
    }


def _call(service: str, entity: str, **data: Any) -> list[dict[str, Any]]:
    return [{"service": service, "target": {"entity_id": entity}, "data": data}]
