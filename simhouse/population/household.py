"""Random use of appliances in a home's hour: on which phase, with which power in each second."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from random import Random

from simhouse.physics.seconds import SecondSeries

from .appliances import HABITS, Habit, instantaneous_heater, weight_at
from .home import Home

STANDBY_W = (40.0, 250.0)
DRIFT_W, FLICKER_W, DRIFT_STAYS = 6.0, 4.0, 0.98
"""Everything small: a drift that fades by this share each second, and a flicker [W]; chosen."""

BEFORE_S = 5400
"""Appliances started up to this long before the hour may still be running [s]."""

TOLERATED = 1.05
"""Residents avoid overloads: a run that alone would exceed this share of the fuse is put off; chosen."""

TRIES = 3
"""How often a run is tried before it is given up."""

GAP_S = (5, 90)
"""Range of the length of a meter's gaps [s]; chosen."""

VOLTAGE_V = 230.0


def household_with_meter(home: Home) -> list[SecondSeries]:
    """Return the power of each phase [W] for each second of the hour, and whether its meter knew it."""
    random = Random(f"{home.seed}:household")
    wires = [array("d", [random.uniform(*STANDBY_W) / len(home.phases)]) * home.length_s for _ in home.phases]
    for habit in HABITS:
        if random.random() >= habit.owned or not _fits_connection(habit, home):
            continue
        phase = random.randrange(len(wires))
        for at_s in _starts_s(random, habit, home):
            _switch_on(random, habit, wires, phase, at_s, home.fuse_a * VOLTAGE_V * TOLERATED)
    for wire in wires:
        _add_noise(random, wire)
    known = _meter_known_seconds(Random(f"{home.seed}:gaps"), home)
    return [SecondSeries(wire, known) for wire in wires]


def _fits_connection(habit: Habit, home: Home) -> bool:
    """Whether the appliance is plausible in this home: no instantaneous heater behind a small fuse."""
    return habit.appliance is not instantaneous_heater or home.fuse_a >= 32


def _starts_s(random: Random, habit: Habit, home: Home) -> list[int]:
    """Return the times at which an appliance is switched on [s since the hour began], by a Poisson process."""
    per_hour = habit.runs_a_day / _day_weight(habit) * (1.0 if habit.fixed else home.busyness)
    found, at_s = list[int](), -float(BEFORE_S)
    while True:
        weight = weight_at(habit.hours, (home.start_hour + at_s / 3600) % 24)
        rate = max(per_hour * weight, 1e-3)
        at_s += random.expovariate(min(rate, 6.0) / 3600)
        if at_s >= home.length_s:
            return found
        found.append(int(at_s))


def _day_weight(habit: Habit) -> float:
    return sum(weight_at(habit.hours, hour + 0.5) for hour in range(24))


def _switch_on(
    random: Random, habit: Habit, wires: Sequence[array[float]], phase: int, at_s: int, most_w: float
) -> None:
    """Add a run to the phases; a run that alone would overload the house is tried later, and finally dropped."""
    on = range(len(wires)) if habit.fixed and len(wires) > 1 and habit.owned < 1 else (phase,)
    watts = array("d", habit.appliance(random))
    for _ in range(TRIES):
        begin, end = max(at_s, 0), min(at_s + len(watts), len(wires[0]))
        if end <= begin:
            return
        if all(wires[n][t] + watts[t - at_s] <= most_w for n in on for t in range(begin, end)):
            for n in on:
                for t in range(begin, end):
                    wires[n][t] += watts[t - at_s]
            return
        at_s += random.randint(120, 900)


def _add_noise(random: Random, wire: array[float]) -> None:
    drift_w = 0.0
    for second in range(len(wire)):
        drift_w = DRIFT_STAYS * drift_w + random.gauss(0, DRIFT_W)
        wire[second] = max(10.0, wire[second] + drift_w + random.gauss(0, FLICKER_W))


def _meter_known_seconds(random: Random, home: Home) -> bytearray:
    """Return 1 for each second in which the meter knows the flow, 0 in its gaps."""
    known = bytearray(b"\1" * home.length_s)
    at_s = 120.0
    while home.meter.gaps_per_h > 0:
        at_s += random.expovariate(home.meter.gaps_per_h / 3600)
        if at_s >= home.length_s:
            break
        for_s = random.randint(*GAP_S)
        for second in range(int(at_s), min(int(at_s) + for_s, home.length_s)):
            known[second] = 0
        at_s += for_s
    return known
