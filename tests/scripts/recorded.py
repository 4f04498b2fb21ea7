"""What Home Assistant's recorder would store of our entities: rows, and their sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .houses import House, amps, charger, config, plug, watts
from .living import Device, Living

PHASES = ("L1", "L2", "L3")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SECONDS = re.compile(r"\d+(?:\.\d+)? (?:s|seconds)\b")


@dataclass
class Recorder:
    """Rows are states that differ from the one before, as in Home Assistant."""

    rows: Counter[str] = field(default_factory=Counter)
    counted: list[tuple[str, str]] = field(default_factory=list)
    """Sentences that differ from the one before only by a number of seconds."""
    _last: dict[str, Any] = field(default_factory=dict)

    def see(self, reply: dict[str, Any]) -> None:
        """Record the states written with this reply."""
        for entity, state in reply["states"].items():
            before = self._last.get(entity)
            if state is None or not entity.startswith("sensor.fusebox") or state == before:
                continue
            self.rows[entity] += 1
            if before is not None:
                self._compare(entity, before["attributes"], state["attributes"])
            self._last[entity] = state

    def _compare(self, entity: str, before: dict[str, Any], now: dict[str, Any]) -> None:
        for key, text in now.items():
            then = before.get(key)
            if isinstance(text, str) and isinstance(then, str) and text != then and is_counted(then, text):
                self.counted.append((entity, text))


def is_counted(before: str, now: str) -> bool:
    """Whether a sentence differs from the one before by a number of seconds, whatever other numbers changed."""
    return NUMBER.sub("#", before) == NUMBER.sub("#", now) and SECONDS.findall(before) != SECONDS.findall(now)


class Busy(Living):
    """Three restless phases, sun behind clouds, two cars, a pool, and an oven that cycles."""

    def __init__(self, house: House, *, rests: bool, seed: int = 1) -> None:
        self.dice, self.rests, self.recorder = Random(seed), rests, Recorder()
        self.solar_w = 0.0
        devices = {"car": Device(phases="L1 L2 L3"), "guest": Device(phases="L2")}
        devices["pool"] = Device("plug", on=False, phases="L3", takes_a=10.0)
        if rests:
            for name in ("car", "guest"):
                devices[name].on, devices[name].status = False, "Available"
        super().__init__(house, dict.fromkeys(PHASES, 1.5), **devices)

    def states(self) -> dict[str, Any]:
        """Return the states with the noise of a house, an oven and clouds."""
        dice, found = self.dice, super().states()
        if not self.rests and self.second % 60 == 0:
            self.solar_w = dice.choice((0.0, 1500.0, 4000.0, 7000.0))
        oven_a = 0.0 if self.rests or self.second % 90 > 40 else 11.0
        for phase in PHASES:
            also_a = (oven_a if phase == "L2" else 0.0) - self.solar_w / 690
            found[f"sensor.{phase.lower()}"] = amps(round(self.grid_a(phase) + also_a + dice.gauss(0, 0.1), 2))
        found["sensor.solar"] = watts(round(self.solar_w))
        return found

    def run(self, seconds: int) -> None:
        """Run this many seconds, each recorded."""
        for _ in range(seconds):
            super().run(1)
            self.recorder.see(self.house.reply)


def busy(house: Any, *, rests: bool = False, **more: Any) -> Busy:
    """Return the busy house. `rests`: no car is there, and nothing happens."""
    loads = {
        "car": charger("car", phases=list(PHASES), mode="solar_priority"),
        "guest": charger("guest", phases=["L2"], mode="standard"),
        "pool": plug("pool", phases=["L3"], mode="solar_only"),
    }
    written = config(loads=loads, phases=" ".join(PHASES), solar_w="sensor.solar", netting="sum")
    tariff = {} if rests else {"tariff": {"kind": "fluvius", "target_kw": 6.0}}
    return Busy(house({**written, **tariff}, **more), rests=rests)
