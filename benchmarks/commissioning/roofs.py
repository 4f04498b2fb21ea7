"""Panels and batteries for some of the houses. They may hide from the meters what the wiring test changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from simhouse.devices.entities import State
from simhouse.house.house import House

SHARE = 0.4
"""The share of the houses that have a roof."""
KINDS = ("even", "even", "even", "one phase", "each phase", "empty", "full", "throttled")
"""A battery that regulates the sum of the phases evenly on all or through one phase, one that regulates each phase, one
that is empty, one that is full, and panels that may not export. A full one discharges, an empty one charges."""
HOLDS: Sequence[Mapping[str, Any]] = (
    {"switch": "switch.battery_hold"},
    {"number": "number.battery_most_discharge", "hold": 0, "normal": 5000},
)
LAGS_S = (1.5, 3.0, 3.0, 6.0)
"""Time constants of a battery's control [s]."""
EVERY_S = (1, 1, 5, 10)
"""Seconds between two reports of inverter and battery."""
NO_ROOF = "none"
"""The kind of a house without panels and without a battery."""


@dataclass(frozen=True)
class Roof:
    """The panels, inverter and battery of a house: their part of CONFIG, and how they behave."""

    kind: str = NO_ROOF
    """One of `KINDS`, or `NO_ROOF`."""
    site: Mapping[str, Any] = field(default_factory=dict)
    """The keys of `site` in CONFIG."""
    soc_pct: float = 50.0
    """The battery's state of charge [%]."""
    lag_s: float = 3.0
    """The time constant of its control [s]."""
    every_s: int = 1
    """Seconds between two reports of inverter and battery."""

    def wire(self, house: House) -> None:
        """Give the house's battery its lag."""
        if house.roof.battery is not None:
            house.roof.battery = replace(house.roof.battery, settles_s=self.lag_s)

    def reported(self, states: Mapping[str, State], t_s: int) -> dict[str, State]:
        """Return the states without those that inverter and battery do not report in this second."""
        is_due = t_s % self.every_s == 0
        return {name: state for name, state in states.items() if is_due or name not in SENSORS}


SENSORS = ("sensor.solar_power", "sensor.battery_power", "sensor.battery_soc")


def random_roof(seed: int, phases: Sequence[str]) -> Roof:
    """Return the roof of a house with these phases; one without anything in most houses."""
    random = Random(f"{seed}:roof")
    if random.random() >= SHARE:
        return Roof()
    kind, has_sun = random.choice(KINDS), random.random() < 2 / 3
    inverter: dict[str, Any] = {"max_w": random.choice((4000, 6000, 9000))}
    site: dict[str, Any] = {"inverter": inverter, "netting": random.choice(("sum", "sum", "per_phase"))}
    if has_sun or kind == "throttled":
        site["solar_w"] = SENSORS[0]
    if kind == "throttled":
        inverter["throttles"] = True
    else:
        site["battery"] = _random_battery(random)
    if kind == "one phase":
        inverter["phases"] = [random.choice(phases)]
    if kind == "each phase":
        inverter["asymmetric"] = True
    soc_pct = {"empty": 20.0, "full": 100.0}.get(kind, random.uniform(35, 85))
    return Roof(kind, site, soc_pct, random.choice(LAGS_S), random.choice(EVERY_S))


def _random_battery(random: Random) -> dict[str, Any]:
    """Return CONFIG of a battery; some can be ordered to hold."""
    power_w = random.choice((2500, 3300, 5000))
    return {
        "soc_pct": SENSORS[2],
        "charge_w": SENSORS[1],
        "max_charge_w": power_w,
        "max_discharge_w": power_w,
        **({"hold": random.choice(HOLDS)} if random.random() < 1 / 2 else {}),
    }
