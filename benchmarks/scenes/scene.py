"""A scene: a CONFIG, its house for a seed, and how well its meter and its chargers report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.breaker import breaker
from simhouse.physics.car import Visit, some_car
from simhouse.physics.sun import sunny_seconds
from simhouse.physics.wiring import MAIN

from . import evening

FUSE_A = 25.0
SUMMER_TIME = timezone(timedelta(hours=2))
SLOW_METER_S = 10
SLOW_CHARGER_S = 30
PANELS_W = 9000.0
NEVER_TRIPS_A = 10_000.0


@dataclass(frozen=True)
class Scene:
    """What is the same for every seed. `cars`: how many; `on_phases`: how many phases each of them has, if not all of
    the house; `priorities`: of each, if not in their order; `meter_every_s`: how often it tells; `rough`: it has gaps,
    and the chargers tell each 30 s.
    """

    key: str
    title: str
    household: evening.Day
    phases: int
    cars: int
    start: datetime
    length_s: int
    car_max_a: float = 16.0
    solar: bool = False
    meter_every_s: int = 1
    rough: bool = False
    on_phases: tuple[int, ...] = ()
    priorities: tuple[int, ...] = ()
    fuse_a: float = FUSE_A
    distribution: str = "shared"

    @property
    def slow(self) -> bool:
        """Whether its meter reports less often than each second."""
        return self.meter_every_s > 1

    @property
    def household_name(self) -> str:
        """The household's name: a function's own, or the values of one that has parameters."""
        return getattr(self.household, "__name__", None) or repr(self.household)

    @property
    def phase_names(self) -> tuple[str, ...]:
        """L1, or L1 to L3."""
        return tuple(f"L{n + 1}" for n in range(self.phases))

    @property
    def config(self) -> dict[str, Any]:
        """The CONFIG that a user would write, without defaults."""
        site: dict[str, Any] = {
            "main_fuse_a": self.fuse_a,
            "grid": {phase: f"sensor.grid_power_{phase.lower()}" for phase in self.phase_names},
            "distribution": self.distribution,
        }
        if self.solar:
            site |= {"netting": "sum", "solar_w": "sensor.solar_power"}
        return {"site": site, "loads": {f"car{n + 1}": self._charger(n) for n in range(self.cars)}}

    def _phases_of(self, place: int) -> int:
        return self.on_phases[place] if self.on_phases else self.phases

    def _charger(self, place: int) -> Mapping[str, Any]:
        name = f"car{place + 1}"
        return {
            "type": "number",
            "current": f"number.{name}_charging_current",
            "switch": f"switch.{name}_charging",
            "draw": f"sensor.{name}_current",
            "status": f"sensor.{name}_status",
            "mode": "solar_only" if self.solar else "standard",
            "phases": list(self.phase_names[: self._phases_of(place)]),
            "max_a": self.car_max_a,
            "priority": self.priorities[place] if self.priorities else place + 1,
        }

    def house(self, seed: int) -> House:
        """Return the running house. Its breaker never opens, so that overloads can be measured."""
        # A slow meter looks at the same evening: the name of the seed is that of the household alone.
        lines = self.household(Random(f"{seed}:{self.household_name}"), self.length_s)
        if self.rough:
            lines = evening.with_silent_meter(lines, Random(f"{seed}:silence"))
        random = Random(f"{seed}:cars")
        cars = {}
        for place, name in enumerate(self.config["loads"]):
            arrives_s = random.uniform(300, 600) + 900 * place
            visits = (Visit(arrives_s, self.length_s + 1.0, 10.0),)
            cars[name] = some_car(random, self._phases_of(place), visits, 100.0, 16.0 if self.solar else 32.0)
        sun = None
        if self.solar:
            sun = sunny_seconds(self.start, self.length_s, PANELS_W, Random(f"{seed}:sun"))
        house = build_house(
            self.config,
            start=self.start,
            length_s=self.length_s,
            seed=seed,
            inputs=Inputs(dict(zip(self.phase_names, lines, strict=True)), sun, cars),
            equipment=Equipment(meter_every_s=self.meter_every_s),
        )
        house.circuits[MAIN].device = breaker(MAIN, NEVER_TRIPS_A)
        for charger in house.chargers.values():
            charger.spec = replace(charger.spec, poll_s=SLOW_CHARGER_S if self.rough else 1)
        return house


AT_SIX = datetime(2026, 10, 8, 17, 45, tzinfo=SUMMER_TIME)
AT_NINE = datetime(2026, 6, 10, 9, 0, tzinfo=SUMMER_TIME)
_DRY = (
    Scene("a", "three phases, one car", evening.three_phases, 3, 1, AT_SIX, evening.EVENING_S, car_max_a=FUSE_A),
    Scene("b", "one phase, one car", evening.one_phase, 1, 1, AT_SIX, evening.EVENING_S, car_max_a=FUSE_A),
    Scene("c", "one phase, two cars", evening.light, 1, 2, AT_SIX, evening.EVENING_S),
)
SCENES: Mapping[str, Scene] = {
    scene.key: scene
    for scene in (
        *_DRY,
        *(replace(s, key=f"{s.key}10", title=f"{s.title}, 10 s meter", meter_every_s=SLOW_METER_S) for s in _DRY),
        *(
            replace(
                s, key=f"{s.key}30", title=f"{s.title}, gaps, 30 s chargers", meter_every_s=SLOW_METER_S, rough=True
            )
            for s in _DRY
        ),
        Scene(
            "e",
            "three phases, a car on all, one on L1",
            evening.tight,
            3,
            2,
            AT_SIX,
            evening.SHORT_S,
            on_phases=(3, 1),
            distribution="priority",
        ),
        Scene("d", "solar day, one car", evening.daytime, 3, 1, AT_NINE, 28_800, solar=True),
    )
}
