"""Evenings on one phase as they are recorded each second: many appliances switch, and no value is constant.

Unlike in `evening.py` chance decides what is on: three of eleven appliances in addition to kettles, lights and a
fridge, most with pauses that are not regular, and a heat pump on more than half of the evenings.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from random import Random

from simhouse.physics import appliances as a
from simhouse.physics.seconds import SecondSeries

STANDBY_W = (60.0, 200.0)
QUIET_W = 120.0
"""Power of phases without cooking [W]."""

KETTLES = (2, 4)
AT_ONCE = 3
SPREAD = (3, 1, 1)
"""Number of appliances on each of three phases."""

HEAT_PUMPS = 0.6
LEAST_W = 20.0
DRIFTS_W, FLICKERS_W, STAYS = 6.0, 4.0, 0.98
"""The noise of all that is small: a drift that dies away by this share each second, and a flicker [W]."""


def one_wire(random: Random, length_s: int) -> list[SecondSeries]:
    """Return a house on one phase."""
    return [_known(_cooking(random, length_s))]


def one_of_three(random: Random, length_s: int) -> list[SecondSeries]:
    """Return a house on three phases with all cycling loads on L1."""
    wires = [_cooking(random, length_s)]
    wires += [array("d", (QUIET_W + random.gauss(0, FLICKERS_W) for _ in range(length_s))) for _ in range(2)]
    return [_known(wire) for wire in wires]


def three_phases(random: Random, length_s: int) -> list[SecondSeries]:
    """Return a house on three phases with cycling loads on each, more of them on one."""
    return [_known(_cooking(random, length_s, at_once)) for at_once in random.sample(SPREAD, len(SPREAD))]


def tumble_dryer(random: Random) -> a.Watts:
    """Yield a dryer's power [W]: a heater behind a thermostat and a drum, for about fifty minutes."""
    left_s, power_w = random.uniform(2400, 3600), random.uniform(1900, 2300)
    while left_s > 0:
        on_s, off_s = random.uniform(90, 240), random.uniform(15, 60)
        yield from a.steady(power_w + 250, on_s)
        yield from a.steady(250, off_s)
        left_s -= on_s + off_s


def boiler(random: Random) -> a.Watts:
    """Yield a boiler's power [W]: some minutes each time hot water is used."""
    power_w = random.uniform(1900, 3000)
    for _ in range(random.randint(2, 5)):
        yield from a.steady(power_w, random.uniform(120, 900))
        yield from a.steady(0, random.uniform(120, 1500))


def microwave(random: Random) -> a.Watts:
    """Yield a microwave's power [W]: bursts of 8 to 60 s."""
    for _ in range(random.randint(2, 6)):
        yield from a.steady(random.uniform(1100, 1500), random.uniform(8, 60))
        yield from a.steady(5, random.uniform(5, 40))


def induction_zone(random: Random) -> a.Watts:
    """Yield an induction zone's power [W]: a boost, then bursts of 2 to 9 s at a varying power."""
    left_s = random.uniform(1200, 2400)
    yield from a.steady(random.uniform(1800, 3600), random.uniform(120, 400))
    while left_s > 0:
        power_w = random.uniform(800, 2400)
        for _ in range(random.randint(5, 40)):
            on_s, off_s = random.randint(2, 9), random.randint(2, 14)
            yield from a.steady(power_w, on_s)
            yield from a.steady(20, off_s)
            left_s -= on_s + off_s


def iron(random: Random) -> a.Watts:
    """Yield an iron's power [W]: 2.2 kW for 5 to 25 s, with pauses of 20 to 80 s."""
    left_s = 1500.0
    while left_s > 0:
        on_s, off_s = random.uniform(5, 25), random.uniform(20, 80)
        yield from a.steady(2200, on_s)
        yield from a.steady(0, off_s)
        left_s -= on_s + off_s


COMES_AND_GOES: Sequence[tuple[a.Appliance, float]] = (
    *((load, 0.3) for load in (a.oven, a.hob, a.ceramic_zone, a.washing_machine, induction_zone, microwave)),
    *((load, 0.6) for load in (a.dishwasher, tumble_dryer)),
    *((load, 0.7) for load in (a.hair_dryer, iron)),
    (boiler, 0.5),
)
"""(appliance, share of the evening at which it starts, within a quarter of an hour)."""


def _cooking(random: Random, length_s: int, at_once: int = AT_ONCE) -> array[float]:
    wire = array("d", [random.uniform(*STANDBY_W)]) * length_s
    for _ in range(random.randint(*KETTLES)):
        _add(wire, random.uniform(0, length_s), a.kettle(random))
    for load, share in random.sample(COMES_AND_GOES, at_once):
        _add(wire, share * length_s + random.uniform(-900, 900), load(random))
    _add(wire, 0, a.lights(random))
    _add(wire, random.uniform(0, 1500), a.fridge(random))
    if random.random() < HEAT_PUMPS:
        at_s = random.uniform(0, 1500)
        while at_s < length_s:
            _add(wire, at_s, a.heat_pump_phase(random))
            at_s += random.uniform(3000, 4200)
    drift_w = 0.0
    for second in range(length_s):
        drift_w = STAYS * drift_w + random.gauss(0, DRIFTS_W)
        wire[second] = max(LEAST_W, wire[second] + drift_w + random.gauss(0, FLICKERS_W))
    return wire


def _add(wire: array[float], at_s: float, load: a.Watts) -> None:
    for second, power_w in enumerate(load, int(max(at_s, 0.0))):
        if second >= len(wire):
            return
        wire[second] += power_w


def _known(wire: array[float]) -> SecondSeries:
    return SecondSeries(wire, bytearray(b"\1" * len(wire)))
