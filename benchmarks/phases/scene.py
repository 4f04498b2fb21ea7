"""The house of these benchmarks: three phases, one car, a charger that switches between one phase and three."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benchmarks.direct import Direct
from simhouse.devices.charger import Charger
from simhouse.devices.phase_box import PhaseBox
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House, Instant
from simhouse.house.run import AnyHost, run
from simhouse.physics.car import Car, Visit
from simhouse.physics.seconds import SecondSeries

START = datetime(2026, 6, 21, 10, 0, tzinfo=UTC)
PHASES = ("L1", "L2", "L3")
VOLTS = 230.0
SWITCH = {"select": "select.car_phases", "one": "1", "three": "2"}
BY_PHASE = {phase: f"sensor.car_current_{phase.lower()}" for phase in PHASES}


def config(load: Mapping[str, Any] | None = None, **site: Any) -> dict[str, Any]:
    """Return the house's CONFIG; `load` adds to the car's keys, `site` to the site's."""
    car = {
        "type": "number",
        "current": "number.car_current",
        "switch": "switch.car",
        "draw": dict(BY_PHASE),
        "status": "sensor.car_status",
        "max_a": 16,
        "switch_phases": True,
        "phase_switch": dict(SWITCH),
        **(load or {}),
    }
    grid = {phase: f"sensor.grid_power_{phase.lower()}" for phase in PHASES}
    return {"site": {"main_fuse_a": 25, "grid": grid, "netting": "sum", **site}, "loads": {"car": car}}


@dataclass(frozen=True)
class PhaseScene:
    """The scene of an evening. `base_w`: phase -> the house's power by second; `solar_w`: the roof's."""

    base_w: Mapping[str, Sequence[float]]
    solar_w: Sequence[float] | None = None
    car: Car = field(default_factory=lambda: Car(phases=3, max_a=16, visits=(Visit(0, 1e9, 5.0),)))
    box: PhaseBox = PhaseBox()  # noqa: RUF009
    config: Mapping[str, Any] = field(default_factory=config)

    @property
    def length_s(self) -> int:
        """Duration [s]."""
        return len(self.base_w["L1"])

    def house(self) -> House:
        """Return the simulated house of the scene, at its first second."""
        base = {p: SecondSeries(array("d", w), bytearray(b"\x01" * len(w))) for p, w in self.base_w.items()}
        solar = None if self.solar_w is None else array("d", self.solar_w)
        inputs = Inputs(base=base, solar=solar, cars={"car": self.car})
        made = Equipment(phase_boxes={"car": self.box})
        return build_house(self.config, start=START, length_s=self.length_s, inputs=inputs, equipment=made)


def play_scene(
    scene: PhaseScene,
    host: AnyHost | None = None,
    watch: Callable[[House, Instant, dict[str, Any]], None] | None = None,
) -> House:
    """Play the scene with Fusebox or another host; return the house at its end."""
    house = scene.house()

    async def conduct() -> None:
        def seen(instant: Instant, reply: dict[str, Any]) -> None:
            if watch is not None:
                watch(house, instant, reply)

        if host is not None:
            await run(house, host, scene.length_s, watch=seen)
            return
        async with Direct(scene.config, START) as fusebox:
            await run(house, fusebox, scene.length_s, watch=seen)

    asyncio.run(conduct())
    return house


def only_charger(house: House) -> Charger:
    """Return the car's charger."""
    box = house.chargers["car"]
    assert isinstance(box, Charger)
    return box
