"""A night with prices: quarter hours as sources publish them, and a house that runs through it in steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from .houses import COUNTED_REST_S, REST_AFTER_S, REST_S, House, charger, config
from .living import Device, Living

T0 = datetime.fromisoformat("2026-11-22T20:00:00+01:00")
ZONE = "Europe/Berlin"
NORD_POOL = "sensor.nordpool"
STEP_S = 20


def quarters(
    cheap: Mapping[str, float], start: datetime = T0, days: int = 2, usual: float = 0.30
) -> list[dict[str, Any]]:
    """Return quarter hours from midnight; those not in `cheap` have the usual price."""
    midnight = start.replace(hour=0, minute=0)
    times = [midnight + timedelta(minutes=15 * at) for at in range(96 * days)]
    return [{"start": time.isoformat(), "value": cheap.get(f"{time:%H:%M}", usual)} for time in times]


def nord_pool(
    cheap: Mapping[str, float], start: datetime = T0, *, tomorrow: bool = True, **more: Any
) -> dict[str, Any]:
    """Return the sensor of Nord Pool's custom integration."""
    rows = quarters(cheap, start)
    told = {"raw_today": rows[:96], "raw_tomorrow": rows[96:] if tomorrow else [], "unit_of_measurement": "EUR/kWh"}
    return {NORD_POOL: {"state": "0.3", "attributes": {**told, **more}}}


def car_config(plan: Mapping[str, Any] | None, prices: Mapping[str, Any] | None = None, **car: Any) -> dict[str, Any]:
    """Return a CONFIG with one car and, by default, one price entity."""
    more = {} if plan is None else {"plan": dict(plan)}
    written = config(loads={"car": charger(**more, **car)})
    return {**written, "prices": dict(prices or {"import": NORD_POOL})}


class Night(Living):
    """Runs in steps of twenty seconds, and rests, shorter while a car draws. `told`: states to send with the next line.

    `step_s`: another step. `counted_rest_s`: how long it rests at most while a car draws; `STEP_S` for tests that ask
    where its energy ends.
    """

    step_s = STEP_S
    counted_rest_s = COUNTED_REST_S

    def __init__(self, house: House, **devices: Device) -> None:
        super().__init__(house, {"L1": 1.0}, **(devices or {"car": Device(on=False, takes_a=16)}))
        self.told: dict[str, Any] = {}
        self.drew: list[tuple[int, float]] = []

    def run(self, seconds: int, every: int | None = None) -> None:
        every, end_s = every or self.step_s, self.second + seconds
        while self.second < end_s:
            step_s = min(every, end_s - self.second, self.house.longest_gap_s)
            left_s = end_s - self.second - step_s
            draws = any(device.draw_a for device in self.devices.values())
            self.house.leaps = every == self.step_s
            self.house.rests = self.house.leaps
            self.house.rest_s = self.counted_rest_s if draws else REST_S
            self.house.report(self.second, {**self.states(), **self.told}, last=left_s < REST_AFTER_S)
            self.told = {}
            self._obey()
            self.drew.append((self.second, self.devices["car"].draw_a))
            self.second += step_s

    def until(self, time: str, start: datetime = T0) -> None:
        """Run until the wall clock shows this time, at most a day."""
        hour, minute = map(int, time.split(":"))
        then = start.replace(hour=hour, minute=minute)
        passed = (then - start).total_seconds() % 86_400
        self.run(int(passed) - self.second)

    def plan(self) -> dict[str, Any]:
        """Return the plan attributes of the car's entity, without their prefix."""
        return {key.removeprefix("plan_"): value for key, value in self.house.shown("car").items() if "plan" in key}

    def hours(self) -> list[str]:
        """Return start and end times of the car's draw."""
        found, before = [], 0.0
        for second, drawn in [*self.drew, (self.second, 0.0)]:
            if (drawn > 0) != (before > 0):
                found.append(f"{T0 + timedelta(seconds=second):%H:%M}")
            before = drawn
        return found

    def kwh(self) -> float:
        """The car's energy [kWh]."""
        drew = [*self.drew, (self.second, 0.0)]
        return sum(drawn * (end_s - begin_s) for (begin_s, drawn), (end_s, _) in pairwise(drew)) * 230 / 3.6e6
