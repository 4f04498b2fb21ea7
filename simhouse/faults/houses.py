"""The CONFIGs of the houses for faults. Small ones: a fuse, a meter, and the device concerned."""

from __future__ import annotations

from typing import Any

from ..devices.ports import free_port

PHASES = ["L1", "L2", "L3"]


def site(loads: dict[str, Any], *, phases: int = 1, **more: Any) -> dict[str, Any]:
    """Return a CONFIG with 25 A on each phase and meters sensor.l1, sensor.l2, sensor.l3."""
    grid = {phase: f"sensor.{phase.lower()}" for phase in PHASES[:phases]}
    return {"site": {"main_fuse_a": 25, "grid": grid, **more}, "loads": loads}


def box(name: str = "car", **more: Any) -> dict[str, Any]:
    """Return a load: a charger on L1 with a number, a switch and sensors."""
    entities = {"current": f"number.{name}", "switch": f"switch.{name}"}
    seen = {"draw": f"sensor.{name}_power", "status": f"sensor.{name}_status"}
    return {"type": "number", **entities, **seen, "phases": ["L1"], **more}


def switching(name: str = "car", **more: Any) -> dict[str, Any]:
    """Return a load: a charger on all phases that can be switched to one."""
    way = {"select": f"select.{name}_phases", "one": "1", "three": "2"}
    return box(name, phases=PHASES, switch_phases=True, phase_switch=way, phase_rest_s=10, **more)


def entities(name: str = "car") -> str:
    """Return all entities of a `box`, separated by spaces."""
    return f"number.{name} switch.{name} sensor.{name}_power sensor.{name}_status"


def ocpp(name: str = "evse1", **more: Any) -> dict[str, Any]:
    """Return a load: a charge point on L1."""
    return {"type": "ocpp", "charger": name, "phases": ["L1"], **more}


def easee(**more: Any) -> dict[str, Any]:
    """Return a load: an Easee on L1; the simulated cloud adds account and address."""
    account = {"username": "someone", "password": "something"}
    return {"type": "easee", "charger": "EH123456", "site": 1, "circuit_id": 2, **account, "phases": ["L1"], **more}


def quasar() -> dict[str, Any]:
    """Return a load: a Quasar behind its guard on L1; `with_ports` gives it ports."""
    guard = {"enabled": True, "quasar_host": "127.0.0.1", "total_power_entity_id": "sensor.l1"}
    return {"type": "quasar", "phases": ["L1"], "guard": guard}


def with_ports(config: dict[str, Any]) -> dict[str, Any]:
    """Return the CONFIG with free ports for every Quasar and its guard."""
    for load in config["loads"].values():
        if load["type"] == "quasar":
            load["guard"] |= {"quasar_port": free_port(), "listen_port": free_port()}
    return config


def plug(name: str = "pool", **more: Any) -> dict[str, Any]:
    """Return a load: a plug of ten amps on L1."""
    facts = {"type": "plug", "switch": f"switch.{name}", "power": f"sensor.{name}_power", "rated_w": 2300}
    return {**facts, "phases": ["L1"], "min_on_s": 0, "min_off_s": 0, **more}


def heater(name: str = "heater", **more: Any) -> dict[str, Any]:
    """Return a load in watts: up to ten amps on L1."""
    facts = {"type": "power", "power": f"number.{name}", "draw": f"sensor.{name}_power", "max_w": 2300}
    return {**facts, "phases": ["L1"], **more}


def tank(**more: Any) -> dict[str, Any]:
    """Return a load: a tank of 2 kW on L1 in standard mode."""
    facts = {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "power": "sensor.tank_power"}
    return {**facts, "rated_w": 2000, "normal_c": 60, "mode": "standard", "phases": ["L1"], **more}


def pump(**more: Any) -> dict[str, Any]:
    """Return a load: an SG-Ready heat pump of 2 kW on L1."""
    relays = {"relay_1": "switch.sg1", "relay_2": "switch.sg2", "power": "sensor.pump_power"}
    return {"type": "sg_ready", **relays, "rated_w": 2000, "phases": ["L1"], **more}
