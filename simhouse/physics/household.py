"""A built-in household: appliances used by people with habits, on the phases of the house."""

from array import array
from collections.abc import Iterable, MutableSequence, Sequence
from datetime import datetime, timedelta
from random import Random

from . import appliances as a
from .seconds import SecondSeries

DAY_S = 86_400
STANDBY_W = 90.0
# (appliance, wire: an index into the phases of the house, hour of the day, spread in minutes, how likely)
HABITS: tuple[tuple[a.Appliance, int, float, float, float], ...] = (
    (a.kettle, 0, 6.7, 20, 0.95),
    (a.hair_dryer, 1, 7.1, 15, 0.8),
    (a.lights, 1, 6.4, 20, 0.9),
    (a.hob, 2, 12.2, 25, 0.5),
    (a.kettle, 0, 16.9, 20, 0.9),
    (a.lights, 1, 17.2, 30, 1.0),
    (a.washing_machine, 1, 17.6, 20, 0.85),
    (a.oven, 0, 18.2, 15, 0.95),
    (a.hob, 2, 18.6, 12, 1.0),
    (a.hob, 2, 18.9, 12, 0.7),
    (a.kettle, 0, 19.4, 15, 1.0),
    (a.dishwasher, 1, 20.0, 15, 0.9),
    (a.kettle, 0, 20.9, 20, 0.8),
    (a.hair_dryer, 2, 21.6, 20, 0.5),
)


def household_seconds(
    start: datetime, length_s: int, phases: int, random: Random, *, heat_pump: bool = True
) -> list[SecondSeries]:
    """Return the base load of each phase [W] for each second from `start` (local time)."""
    wires = [array("d", [STANDBY_W]) * length_s for _ in range(phases)]
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight - timedelta(days=1)  # what began yesterday may still run
    while day < start + timedelta(seconds=length_s):
        from_s = (day - start).total_seconds()
        for appliance, wire, hour, spread_min, likely in HABITS:
            at_s = from_s + hour * 3600 + random.gauss(0, spread_min * 30)
            if random.random() < likely:
                _add(wires[wire % phases], at_s, appliance(random))
        _add_fridge(wires, from_s, random)
        if heat_pump:
            _add_heat_pump(wires, from_s, random)
        day += timedelta(days=1)
    return [SecondSeries(watts, bytearray(b"\1" * length_s)) for watts in wires]


def _add_fridge(wires: Sequence[MutableSequence[float]], from_s: float, random: Random) -> None:
    """Add the fridge every 40 to 60 minutes."""
    at_s = from_s + random.uniform(0, 2400)
    while at_s < from_s + DAY_S:
        _add(wires[0], at_s, a.fridge(random))
        at_s += random.uniform(2400, 3600)


def _add_heat_pump(wires: Sequence[MutableSequence[float]], from_s: float, random: Random) -> None:
    """Add the heat pump every one to two hours on all its phases."""
    at_s = from_s + random.uniform(0, 3600)
    while at_s < from_s + DAY_S:
        seed = random.random()
        # A run has random numbers of its own, the same for each phase, so one outside the series need not be made.
        if -a.LONGEST_HEAT_PUMP_S <= int(at_s) < len(wires[0]):
            powers_w = tuple(a.heat_pump_phase(Random(seed)))
            for watts in wires:
                _add(watts, at_s, powers_w)
        at_s += random.uniform(3600, 7200)


def _add(watts: MutableSequence[float], at_s: float, load: Iterable[float]) -> None:
    """Add an appliance's power to a series from second `at_s`; what lies outside the series is dropped."""
    second = int(at_s)
    for power_w in load:
        if second >= len(watts):
            return
        if second >= 0:
            watts[second] += power_w
        second += 1
