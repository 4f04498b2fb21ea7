"""The appliances of the random homes: power, on and off times, drawn for each home.

Mean powers and run times follow the table of I. Richardson et al., "Domestic electricity use: A high-resolution energy
demand model", Energy and Buildings 42 (2010), called CREST below: kettle 2000 W for 3 min, hob 2400 W for 16 min, oven
2125 W for 27 min, microwave 1250 W, iron 1000 W on average for 30 min, tumble dryer 2500 W for 60 min, dishwasher 1131
W on average for 60 min, washing machine 138 min. That table has no times below a minute. The pulses within a run are
therefore "chosen": each home draws its own, so that every width from 1 to 30 s occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

Watts = Iterator[float]
"""The power [W] in each second of a run."""
SPREAD = 1.5
"""A pulse or pause is up to this factor shorter or longer than the appliance's usual one. Chosen."""


@dataclass(frozen=True)
class Pulses:
    """How an appliance switches: `on_s` and `off_s` are ranges [s] from which each pulse is drawn."""

    on_s: tuple[float, float]
    off_s: tuple[float, float]

    def run(self, random: Random, power_w: float, rest_w: float, for_s: float) -> Watts:
        """Yield pulses of `power_w` with pauses at `rest_w` [W], for `for_s` seconds or a little longer."""
        left_s = for_s
        while left_s > 0:
            on_s, off_s = random.uniform(*self.on_s), random.uniform(*self.off_s)
            yield from steady(power_w, on_s)
            yield from steady(rest_w, off_s)
            left_s -= max(on_s + off_s, 1.0)


def steady(power_w: float, for_s: float) -> Watts:
    """Yield a constant power [W] for at least a second."""
    for _ in range(max(1, round(for_s))):
        yield power_w


def pulses_of(random: Random, widths_s: tuple[float, float]) -> Pulses:
    """Return the pulses of one appliance: widths around one value drawn from `widths_s`, pauses around another."""
    on_s, off_s = random.uniform(*widths_s), random.uniform(*widths_s)
    return Pulses((on_s / SPREAD, on_s * SPREAD), (off_s / SPREAD, off_s * SPREAD))


def kettle(random: Random) -> Watts:
    """Yield 2.0 to 3.0 kW [W] for one to four minutes (CREST: 2 kW for 3 min; British kettles have 3 kW)."""
    yield from steady(random.uniform(2000, 3000), random.uniform(60, 240))


def pulsing_hob(random: Random) -> Watts:
    """Yield a hob's power [W]: full until boiling, then pulses 1 to 30 s wide.

    Its power is CREST's, 16 A at most; the pulses are chosen. Half of the hobs keep one rhythm, like an energy
    regulator; on the others the level is changed from time to time.
    """
    power_w = random.uniform(1200, 3700)
    yield from steady(power_w, random.uniform(60, 420))
    for _ in range(random.choice((1, random.randint(2, 6)))):
        yield from pulses_of(random, (1, 30)).run(random, power_w, 20.0, random.uniform(240, 1200))


def oven(random: Random) -> Watts:
    """Yield 2.0 to 3.6 kW [W] until hot, then a thermostat's pulses of 10 to 60 s (power: CREST; times chosen)."""
    power_w = random.uniform(2000, 3600)
    yield from steady(power_w, random.uniform(300, 900))
    yield from pulses_of(random, (10, 60)).run(random, power_w, 40.0, random.uniform(900, 3600))


def microwave(random: Random) -> Watts:
    """Yield 1.0 to 1.6 kW [W], steadily or in pulses of 5 to 20 s (power: CREST; pulses chosen)."""
    power_w = random.uniform(1000, 1600)
    if random.random() < 0.5:
        yield from steady(power_w, random.uniform(60, 300))
    else:
        yield from pulses_of(random, (5, 20)).run(random, power_w, 50.0, random.uniform(120, 600))


def iron(random: Random) -> Watts:
    """Yield 1.8 to 2.6 kW [W] in pulses of 4 to 25 s with longer pauses (mean power: CREST; pulses chosen)."""
    pulses = Pulses((4, 25), (15, 80))
    yield from pulses.run(random, random.uniform(1800, 2600), 0.0, random.uniform(600, 1800))


def hair_dryer(random: Random) -> Watts:
    """Yield 1.2 to 2.2 kW [W] for some minutes, with short pauses (chosen)."""
    yield from Pulses((40, 180), (5, 20)).run(random, random.uniform(1200, 2200), 0.0, random.uniform(180, 480))


def washing_machine(random: Random) -> Watts:
    """Yield a washing machine's power [W] (run time: CREST).

    60 W for 1 to 4 minutes, 1.9 to 2.2 kW for 8 to 18 minutes, a turning and resting drum for 20 to 50 minutes, then
    the spin.
    """
    yield from steady(60, random.uniform(60, 240))
    yield from steady(random.uniform(1900, 2200), random.uniform(480, 1080))
    yield from Pulses((12, 18), (5, 10)).run(random, random.uniform(150, 350), 10.0, random.uniform(1200, 3000))
    yield from steady(random.uniform(350, 600), random.uniform(200, 600))


def dishwasher(random: Random) -> Watts:
    """Yield two heating phases of 1.8 to 2.2 kW [W] with pumping between them (mean power and run time: CREST)."""
    for _ in range(2):
        yield from steady(70, random.uniform(300, 900))
        yield from steady(random.uniform(1800, 2200), random.uniform(480, 900))
    yield from steady(60, 600)


def tumble_dryer(random: Random) -> Watts:
    """Yield a dryer's power [W]: 2.0 to 2.8 kW pulsing, or 0.7 kW with a heat pump (power, run time: CREST)."""
    for_s = random.uniform(2400, 4200)
    if random.random() < 0.4:
        yield from steady(random.uniform(500, 900), for_s)
    else:
        yield from Pulses((60, 240), (15, 60)).run(random, random.uniform(2000, 2800), 250.0, for_s)


def instantaneous_heater(random: Random) -> Watts:
    """Yield one phase of an instantaneous water heater [W]: 2.0 to 8.0 kW for 3 to 8 minutes, interrupted at times.

    CREST's electric shower takes 9 kW from one phase. A continental 18 to 24 kW heater takes 6 to 8 kW from each of
    three.
    """
    pulses = Pulses((60, 300), (10, 60))
    yield from pulses.run(random, random.uniform(2000, 8000), 0.0, random.uniform(180, 480))


def sauna(random: Random) -> Watts:
    """Yield one phase of a 6 to 9 kW sauna heater [W]: on for 30 to 45 minutes, then its thermostat (chosen)."""
    power_w = random.uniform(2000, 3000)
    yield from steady(power_w, random.uniform(1800, 2700))
    yield from Pulses((60, 300), (60, 300)).run(random, power_w, 0.0, random.uniform(1800, 3600))


def fixed_heat_pump(random: Random) -> Watts:
    """Yield one phase of a heat pump without inverter [W]: 0.8 to 2.0 kW for 8 to 25 minutes, with inrush (chosen)."""
    power_w = random.uniform(800, 2000)
    yield power_w * 3
    yield from steady(power_w, random.uniform(480, 1500))


def inverter_heat_pump(random: Random) -> Watts:
    """Yield one phase of a heat pump with inverter [W]: 0.3 to 1.5 kW, drifting by some watts a second (chosen)."""
    power_w, most_w = random.uniform(300, 1200), random.uniform(900, 1500)
    for _ in range(random.randint(1500, 4500)):
        power_w = max(250.0, min(most_w, power_w + random.gauss(0, 8)))
        yield power_w


def pump_or_fridge(random: Random) -> Watts:
    """Yield the power of a compressor or pump [W]: 60 to 150 W for some minutes, after an inrush of a second."""
    power_w = random.uniform(60, 150)
    yield power_w * 8
    yield from steady(power_w, random.uniform(300, 1200))


def lights(random: Random) -> Watts:
    """Yield the power of lamps and screens [W]: 50 to 400 W, changed every quarter of an hour or so."""
    for _ in range(random.randint(2, 6)):
        yield from steady(random.uniform(50, 400), random.uniform(600, 1800))


Hours = Mapping[int, float]
"""Hour of the day -> weight; the hours between two that are named are on the line between them."""


@dataclass(frozen=True)
class Habit:
    """How a household uses an appliance."""

    appliance: Callable[[Random], Watts]
    owned: float
    """The share of homes that have it."""

    runs_a_day: float
    """On average, in a home that has it."""

    hours: Hours
    """When it is used."""

    fixed: bool = False
    """Whether it is wired to one phase for good, and runs on all three where the home has them."""


MORNING_AND_EVENING: Hours = {0: 0.0, 5: 0.1, 7: 1.0, 9: 0.5, 12: 0.6, 15: 0.4, 18: 1.0, 20: 0.8, 23: 0.1}
MEALS: Hours = {0: 0.0, 6: 0.1, 8: 0.2, 10: 0.1, 12: 1.0, 14: 0.2, 16: 0.3, 18: 1.5, 19: 1.3, 21: 0.2, 23: 0.0}
AFTER_MEALS: Hours = {0: 0.1, 6: 0.1, 9: 0.6, 13: 0.8, 17: 0.6, 20: 1.0, 22: 0.8, 23: 0.4}
DAYTIME: Hours = {0: 0.0, 6: 0.1, 9: 1.0, 14: 0.8, 18: 0.8, 21: 0.5, 23: 0.1}
ALWAYS: Hours = {0: 1.0, 23: 1.0}
"""Shapes of a day, chosen after the shape of CREST's activity profiles (cooking, washing, at home and awake)."""

HABITS: tuple[Habit, ...] = (
    Habit(kettle, 0.9, 4.2, MORNING_AND_EVENING),
    Habit(pulsing_hob, 0.8, 2.5, MEALS),
    Habit(oven, 0.7, 0.8, MEALS),
    Habit(microwave, 0.86, 1.5, MEALS),
    Habit(iron, 0.9, 0.2, DAYTIME),
    Habit(hair_dryer, 0.8, 0.7, MORNING_AND_EVENING),
    Habit(washing_machine, 0.95, 0.7, DAYTIME),
    Habit(dishwasher, 0.6, 0.8, AFTER_MEALS),
    Habit(tumble_dryer, 0.45, 0.6, DAYTIME),
    Habit(instantaneous_heater, 0.15, 4.0, MORNING_AND_EVENING, fixed=True),
    Habit(sauna, 0.04, 0.3, {0: 0.0, 15: 0.1, 19: 1.0, 22: 0.5, 23: 0.1}, fixed=True),
    Habit(fixed_heat_pump, 0.12, 24.0, ALWAYS, fixed=True),
    Habit(inverter_heat_pump, 0.2, 14.0, ALWAYS, fixed=True),
    Habit(pump_or_fridge, 1.0, 40.0, ALWAYS),
    Habit(lights, 1.0, 5.0, MORNING_AND_EVENING),
)
"""Share of owners and runs a day: CREST where it has the appliance, more for today's kitchens; otherwise chosen."""


def weight_at(hours: Hours, hour: float) -> float:
    """Return the weight of an hour of the day (0 to 24), interpolated between the two nearest given hours."""
    marks = sorted(hours)
    before = max((mark for mark in marks if mark <= hour), default=marks[-1] - 24)
    after = min((mark for mark in marks if mark > hour), default=marks[0] + 24)
    share = (hour - before) / (after - before)
    return hours[before % 24] * (1 - share) + hours[after % 24] * share
