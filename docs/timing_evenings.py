"""Pieces of an evening for docs/timing.png, second by second: a house of the benchmark, and a cooking zone alone."""

from __future__ import annotations

import asyncio
from array import array
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.scenes.play import run_together
from benchmarks.scenes.scene import SCENES, Scene
from simhouse.house.house import Instant
from simhouse.house.run import Reply
from simhouse.physics.appliances import ceramic_zone
from simhouse.physics.seconds import SecondSeries

SEED = 11
ONE_PHASE = SCENES["b"]
PHASE, CAR, STATUS = "L1", "car1", "sensor.fusebox_car1"
ZONE_FROM_S, STANDBY_W = 900, 90.0


@dataclass
class Record:
    """What flowed on the phase [A], the house alone and with the car, what the car was offered, and why."""

    house_a: list[float] = field(default_factory=list)
    flow_a: list[float] = field(default_factory=list)
    offer_a: list[float] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)

    def watch(self, instant: Instant, reply: Reply) -> None:
        """Adds a second. A status that was not written is as it was."""
        self.house_a.append(instant.base_a[PHASE])
        self.flow_a.append(instant.net_a[PHASE])
        self.offer_a.append(instant.offers_a[CAR])
        told = reply["states"].get(STATUS)
        before = self.reason[-1] if self.reason else ""
        self.reason.append(before if told is None else told["attributes"]["reason"])


def recorded(scene: Scene, controller: str, until_s: int) -> Record:
    """The beginning of a scene's evening under a controller."""
    record = Record()
    asyncio.run(run_together(replace(scene, length_s=until_s), scene.house(SEED), controller, record.watch))
    return record


def zone_alone(random: Random, length_s: int) -> list[SecondSeries]:
    """A house on one wire in which somebody cooks on a radiant zone."""
    watts = array("d", [STANDBY_W]) * length_s
    for second, power_w in enumerate(ceramic_zone(random), ZONE_FROM_S):
        watts[second] += power_w
    return [SecondSeries(watts, bytearray(b"\1" * length_s))]


ZONE = replace(ONE_PHASE, household=zone_alone)
