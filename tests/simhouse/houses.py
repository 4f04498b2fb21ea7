"""Small CONFIG dicts for tests of the simulated house."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.car import Car, Visit
from simhouse.physics.seconds import SecondSeries

START = datetime(2025, 4, 24, 16, 30, tzinfo=UTC)
AT_ONCE = Car(wakes_after_s=3, below_offer_a=0.0, visits=(Visit(0, 1e9, 20.0),))


def charger(**more: Any) -> dict[str, Any]:
    """Return a `number` charger on L1."""
    return {
        "type": "number",
        "current": "number.car_current",
        "switch": "switch.car",
        "draw": "sensor.car_current",
        "status": "sensor.car_status",
        "phases": ["L1"],
        "max_a": 32,
    } | more


def house(
    grid: dict[str, Any] | None = None,
    loads: dict[str, Any] | None = None,
    site: dict[str, Any] | None = None,
    base_w: float = 1000.0,
    length_s: int = 600,
    **more: Any,
) -> House:
    """A house with a constant base load on each phase [W]; `more`: `sections`, and what its inputs or devices have."""
    grid = grid or {"L1": "sensor.net"}
    config = {"site": {"main_fuse_a": 25, "grid": grid} | (site or {}), "loads": loads or {}} | more.pop("sections", {})
    base = {p: SecondSeries([base_w] * length_s, bytearray(b"\1" * length_s)) for p in grid}
    cars = dict.fromkeys(config["loads"], AT_ONCE)
    known = {"base": base, "cars": cars} | {key: more.pop(key) for key in _names(Inputs) & more.keys()}
    made = {key: more.pop(key) for key in _names(Equipment) & more.keys()}
    more = {"start": START, "length_s": length_s, "inputs": Inputs(**known), "equipment": Equipment(**made)} | more
    return build_house(config, **more)


def _names(record: type) -> set[str]:
    return {each.name for each in fields(record)}


def call(service: str, entity: str, **data: Any) -> dict[str, Any]:
    """Return a service call in the form of a host's reply."""
    return {"service": service, "data": {"entity_id": entity} | data}
