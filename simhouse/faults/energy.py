"""Faults that must not add energy: counters that drop and recover, a clock that is set, a silent draw sensor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from simhouse.devices.entities import State

from . import houses
from .fault import Fault, Trouble
from .meters import ONE_CAR, RAISES_S
from .predicates import at_least, both, under_the_fuse
from .stage import Stage
from .troubles import Does, Shows, word

COUNTER = "sensor.car_counter"
COUNTED_KWH = 0.05
"""Counted energy may exceed the true energy by this [kWh]: a last digit, and a step of the count."""
EVERY_S = 10
WITH_COUNTER = houses.site({"car": houses.box(energy=COUNTER)})
WS_PER_KWH = 3.6e6


class TrueEnergy(Trouble):
    """Adds up the car's true energy; `counter` turns it into what its counter shows, second by second."""

    def __init__(self, counter: Callable[[float, int], State | None] = lambda _kwh, _second: None) -> None:
        self._counter = counter
        self._kwh, self._began_kwh, self._seconds = 0.0, 0.0, 0

    async def begin(self, stage: Stage) -> None:
        """Begin to count."""
        self._kwh, self._began_kwh, self._seconds = 0.0, _session_kwh(stage), 0

    async def second(self, stage: Stage) -> None:
        """Add the load's true energy of this second, and let its counter report that."""
        self._kwh += stage.drawn_a("car") * stage.house.voltage_v / WS_PER_KWH
        shown = self._counter(self._kwh, self._seconds)
        self._seconds += 1
        if shown is not None:
            stage.say[COUNTER] = shown

    def bounds(self, stage: Stage) -> bool:
        """Whether the counted energy does not exceed the true energy."""
        return _session_kwh(stage) - self._began_kwh <= self._kwh + COUNTED_KWH


def _session_kwh(stage: Stage) -> float:
    attributes = stage.published.get("sensor.fusebox_car_energy", {}).get("attributes", {})
    return float(attributes.get("session_kwh") or 0.0)


def _drops(kwh: float, second: int) -> State:
    """Return a counter that starts at 100 kWh and is 0.9 kWh too low in every other ten seconds."""
    lost_kwh = 0.9 if second // EVERY_S % 2 else 0.0
    return {"state": f"{100 + kwh - lost_kwh:.3f}", "attributes": {"unit_of_measurement": "kWh"}}


def _set_clock(stage: Stage) -> None:
    """Set the clock an hour forward or back, every ten seconds."""
    turn, into_s = divmod(stage.t_s - stage.begins_s, EVERY_S)
    if into_s == 0:
        assert stage.machine.host is not None
        stage.machine.host.clock.set_wall(timedelta(hours=-1 if turn % 2 else 1))


def _energy_fault(name: str, happens: str, energy: TrueEnergy, *troubles: Trouble, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "no more energy counted than the car has drawn",
        "config": ONE_CAR,
        "troubles": (energy, *troubles),
        "safe": both(under_the_fuse, energy.bounds),
        "within_s": 0,
        "fine": at_least(9, "car"),
        "fine_within_s": RAISES_S,
    }
    return Fault(name, happens, **(facts | more))


ENERGY = (
    _energy_fault(
        "counter_drops_and_recovers",
        "the car's energy counter drops by 0.9 kWh and recovers, every ten seconds",
        TrueEnergy(_drops),
        config=WITH_COUNTER,
        promise="a counter that recovers continues from its last value",
    ),
    _energy_fault(
        "clock_there_and_back",
        "the clock is set forward by an hour and back again, every ten seconds",
        TrueEnergy(),
        Does(each=_set_clock),
        promise="energy is counted by a clock that cannot be set",
    ),
    _energy_fault(
        "draw_unknown_for_ten_minutes",
        "the car draws 10 of 16 A, and its draw sensor is unavailable for ten minutes",
        TrueEnergy(),
        Shows("sensor.car_power", word("unavailable")),
        promise="its last value counts",
        car_a=10.0,
        lasts_s=600,
    ),
)
