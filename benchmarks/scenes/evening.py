"""Evenings with many load changes from a seed: cooking, washing and showers, on which phase and when."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from random import Random

from simhouse.physics import appliances as a
from simhouse.physics.seconds import SecondSeries

STANDBY_W = 90.0
SILENT_S = (20, 90)
SILENCES = 4
"""How often a meter is unknown in an evening."""

EVENING_S = 18_000
SHORT_S = 10_800

Day = Callable[[Random, int], list[SecondSeries]]


def three_phases(random: Random, length_s: int) -> list[SecondSeries]:
    """Return phases with an oven on L1, laundry and dishes on L2, a hob on L3; heat pump and shower on all."""
    wires = _wires(3, length_s)
    _add(wires[0], _about(random, 0.08), a.kettle(random))
    _add(wires[0], _about(random, 0.22), a.oven(random))
    _add(wires[0], _about(random, 0.70), a.kettle(random))
    _add(wires[0], _about(random, 0.92), a.kettle(random))
    _add(wires[1], _about(random, 0.06), a.washing_machine(random))
    _add(wires[1], _about(random, 0.60), a.dishwasher(random))
    _add(wires[2], _about(random, 0.25), a.hob(random))
    _add(wires[2], _about(random, 0.60), a.hair_dryer(random))
    at_s, for_s, power_w = _about(random, 0.85), random.uniform(240, 480), random.uniform(2300, 2800)
    for wire in wires:
        _add(wire, at_s, a.steady(power_w, for_s))
    _add_heat_pump(wires, random)
    return _known(wires)


def one_phase(random: Random, length_s: int) -> list[SecondSeries]:
    """Return one phase with everything in succession: an oven, kettles, laundry, a heat pump."""
    (wire,) = wires = _wires(1, length_s)
    _add(wire, _about(random, 0.08), a.kettle(random))
    _add(wire, _about(random, 0.20), a.oven(random))
    _add(wire, _about(random, 0.55), a.hair_dryer(random))
    _add(wire, _about(random, 0.65), a.washing_machine(random))
    _add(wire, _about(random, 0.90), a.kettle(random))
    _add_heat_pump(wires, random)
    return _known(wires)


def light(random: Random, length_s: int) -> list[SecondSeries]:
    """Return one phase that usually leaves enough for two cars at their minimum: a cooking zone, kettles, lights."""
    (wire,) = wires = _wires(1, length_s)
    _add(wire, _about(random, 0.15), a.kettle(random))
    _add(wire, _about(random, 0.25), a.ceramic_zone(random))
    _add(wire, _about(random, 0.50), a.lights(random))
    _add(wire, _about(random, 0.65), a.kettle(random))
    _add(wire, _about(random, 0.85), a.hair_dryer(random))
    _add_heat_pump(wires, random)
    return _known(wires)


def tight(random: Random, length_s: int) -> list[SecondSeries]:
    """Return phases with cooking where two cars charge, laundry and hot water on the others: minimums seldom fit."""
    wires = _wires(3, length_s)
    for load, share in ((a.kettle, 0.10), (a.ceramic_zone, 0.20), (a.oven, 0.25), (a.hair_dryer, 0.75)):
        _add(wires[0], _about(random, share, length_s), load(random))
    for load, share in ((a.hob, 0.25), (a.dishwasher, 0.55), (a.kettle, 0.80)):
        _add(wires[1], _about(random, share, length_s), load(random))
    _add(wires[2], _about(random, 0.15, length_s), a.washing_machine(random))
    for share in (0.30, 0.45, 0.65):
        _add(wires[2], _about(random, share, length_s), a.steady(random.uniform(1900, 3000), random.uniform(240, 900)))
    _add_heat_pump(wires, random)
    return _known(wires)


def daytime(random: Random, length_s: int) -> list[SecondSeries]:
    """Return three phases of a quiet day: a wash, a lunch, a kettle now and then."""
    wires = _wires(3, length_s)
    _add(wires[1], _about(random, 0.15, length_s), a.washing_machine(random))
    _add(wires[2], _about(random, 0.40, length_s), a.hob(random))
    for share in (0.05, 0.45, 0.85):
        _add(wires[0], _about(random, share, length_s), a.kettle(random))
    return _known(wires)


def with_silent_meter(series: Sequence[SecondSeries], random: Random) -> list[SecondSeries]:
    """Return the series with a meter that is unknown a few times."""
    length_s = len(series[0].known)
    known = bytearray(b"\1" * length_s)
    for part in range(SILENCES):
        at_s = int(length_s * (part + random.uniform(0.2, 0.8)) / SILENCES)
        for second in range(at_s, min(at_s + random.randint(*SILENT_S), length_s)):
            known[second] = 0
    return [SecondSeries(line.watts, known) for line in series]


def _wires(count: int, length_s: int) -> list[array[float]]:
    return [array("d", [STANDBY_W]) * length_s for _ in range(count)]


def _known(wires: Sequence[array[float]]) -> list[SecondSeries]:
    return [SecondSeries(watts, bytearray(b"\1" * len(watts))) for watts in wires]


def _about(random: Random, share: float, length_s: int = EVENING_S) -> float:
    """Return a random time at about this share of the evening, within five minutes [s]."""
    return share * length_s + random.uniform(-300, 300)


def _add_heat_pump(wires: Sequence[array[float]], random: Random) -> None:
    at_s, seed = random.uniform(0, 1800), random.random()
    while at_s < len(wires[0]):
        for wire in wires:
            _add(wire, at_s, a.heat_pump_phase(Random(seed)))
        at_s += random.uniform(3000, 4200)


def _add(watts: array[float], at_s: float, load: a.Watts) -> None:
    for second, power_w in enumerate(load, int(max(at_s, 0.0))):
        if second >= len(watts):
            return
        watts[second] += power_w
