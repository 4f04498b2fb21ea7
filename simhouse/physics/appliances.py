"""Household appliances: each a generator of its power in each second [W], from the moment it is switched on."""

from collections.abc import Callable, Iterator
from random import Random

Watts = Iterator[float]
Appliance = Callable[[Random], Watts]

LONGEST_HEAT_PUMP_S = 2700
"""Duration of the longest run of a heat pump after its inrush [s]."""


def steady(power_w: float, for_s: float, inrush: float = 1.0) -> Watts:
    """Yield a constant power [W] for `for_s` seconds; `inrush` multiplies the first second."""
    for second in range(int(for_s)):
        yield power_w * (inrush if second == 0 else 1.0)


def kettle(random: Random) -> Watts:
    """Yield a kettle's power [W]: about 2.2 kW for two to four minutes."""
    yield from steady(random.uniform(2000, 2400), random.uniform(110, 240))


def oven(random: Random) -> Watts:
    """Yield an oven's power [W]: 2.5 kW until hot, then some 40 s on, 60 to 80 s off, for 45 to 70 minutes."""
    power_w = random.uniform(2300, 2700)
    left_s = random.uniform(2700, 4200)
    yield from steady(power_w, 540)
    left_s -= 540
    while left_s > 0:
        on_s, off_s = random.uniform(30, 50), random.uniform(60, 80)
        yield from steady(power_w, on_s)
        yield from steady(40, off_s)  # the fan and the lamp
        left_s -= on_s + off_s


def hob(random: Random) -> Watts:
    """Yield an induction zone's power [W]: full until the water boils, then bursts of 1 to 5 s."""
    yield from steady(random.uniform(2800, 3600), random.uniform(180, 360))
    left_s, power_w = random.uniform(900, 1800), random.uniform(1600, 2200)
    while left_s > 0:
        on_s, off_s = random.randint(1, 5), random.randint(1, 5)
        yield from steady(power_w, on_s)
        yield from steady(30, off_s)
        left_s -= on_s + off_s


def ceramic_zone(random: Random) -> Watts:
    """Yield a radiant cooking zone's power [W]: heating up for 90 to 180 s, then cycles for 25 to 45 minutes.

    Each cycle lasts 25 to 50 s, of which the same 30 to 60 % are on.
    """
    power_w, duty = random.uniform(1500, 2200), random.uniform(0.3, 0.6)
    yield from steady(power_w, random.uniform(90, 180))
    left_s = random.uniform(1500, 2700)
    while left_s > 0:
        period_s = random.uniform(25, 50)
        yield from steady(power_w, duty * period_s)
        yield from steady(0, (1 - duty) * period_s)
        left_s -= period_s


def washing_machine(random: Random) -> Watts:
    """Yield a washing machine's power [W]: filling, heating with 2 kW for a quarter of an hour, tumbling, spinning."""
    yield from steady(60, 120)
    yield from steady(random.uniform(1900, 2150), random.uniform(700, 1000))
    for _ in range(random.randint(70, 100)):
        yield from steady(random.uniform(150, 320), 18, 2.0)
        yield from steady(8, 8)
    for _ in range(5):
        yield from steady(random.uniform(350, 550), 100, 1.5)


def dishwasher(random: Random) -> Watts:
    """Yield the power in each second of a run [W]: twice 10 minutes of pumping and 10 to 15 of heating, 15 more."""
    for _ in range(2):
        yield from steady(70, 600)
        yield from steady(random.uniform(1850, 2050), random.uniform(600, 900))
    yield from steady(65, 900)


def hair_dryer(random: Random) -> Watts:
    """Yield a hair dryer's power [W]: 1.8 kW for some minutes, with pauses."""
    for _ in range(3):
        yield from steady(random.uniform(1600, 1900), random.uniform(60, 150))
        yield from steady(0, 10)


def lights(random: Random) -> Watts:
    """Yield the power of an evening's lamps and screens [W]."""
    for _ in range(random.randint(9, 12)):
        yield from steady(random.uniform(120, 380), random.uniform(1100, 2000))


def heat_pump_phase(random: Random) -> Watts:
    """Yield one phase of a modulating heat pump [W]: a short inrush, then 300 to 1100 W for about half an hour."""
    power_w = random.uniform(600, 900)
    yield power_w * 3
    for _ in range(random.randint(1500, LONGEST_HEAT_PUMP_S)):
        power_w = max(300.0, min(1100.0, power_w + random.gauss(0, 6)))
        yield power_w


def fridge(random: Random) -> Watts:
    """Yield a fridge compressor's power [W]: an inrush of one second, then about 90 W for a quarter of an hour."""
    yield from steady(random.uniform(75, 110), random.uniform(700, 1100), 8.0)
