"""Random homes with a hob that pulses: how wide its pulses are, the fuse, the cars and the meter come from the seed.

One home in five is calm (no hob), so that a change that only buys safety with everybody's energy shows as well.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from random import Random

from simhouse.physics import appliances as a
from simhouse.physics.seconds import SecondSeries

from .scene import AT_SIX, SLOW_METER_S, Scene

Span = tuple[float, float]

LENGTH_S = 5400
STANDBY_W = (80.0, 300.0)
VOLTAGE_V = 230.0
CALM_SHARE = 0.2
"""Share of the homes without a hob in use."""

SLOW_SHARE = 0.15
"""Part of the homes whose meter reports every ten seconds."""

WIDTH_S = (1.0, 30.0)
"""Shortest and longest pulse or pause of any hob [s]."""


@dataclass(frozen=True)
class PulsingHousehold:
    """A household whose hob pulses on L1, with an oven, a washing machine and kettles there.

    `hob_a`: current of the hob while it is on [A], 0 for a home without one; `on_s`, `off_s`: shortest and longest
    pulse and pause [s]; `for_s`: duration of cooking [s].
    """

    hob_a: float
    on_s: Span
    off_s: Span
    for_s: float
    phases: int = 1

    def __call__(self, random: Random, length_s: int) -> list[SecondSeries]:
        """Return the power of each phase by second: the hob first, then the oven, and the wash somewhere between."""
        wires = [array("d", [random.uniform(*STANDBY_W)]) * length_s for _ in range(self.phases)]
        hob_s = random.uniform(600, 1200)
        _add(wires[0], hob_s, self.hob(random))
        _add(wires[0], hob_s + self.for_s + random.uniform(0, 600), a.oven(random))
        _add(wires[0], random.uniform(0, length_s / 2), a.washing_machine(random))
        _add(wires[0], random.uniform(0, length_s), a.kettle(random))
        for wire in wires[1:]:
            _add(wire, random.uniform(0, length_s / 2), a.dishwasher(random))
        return [SecondSeries(wire, bytearray(b"\1" * length_s)) for wire in wires]

    def hob(self, random: Random) -> a.Watts:
        """Yield the power of the hob from the moment it is switched on [W]."""
        left_s = self.for_s if self.hob_a > 0 else 0.0
        while left_s > 0:
            on_s, off_s = round(random.uniform(*self.on_s)), round(random.uniform(*self.off_s))
            yield from a.steady(self.hob_a * VOLTAGE_V, on_s)
            yield from a.steady(0.0, off_s)
            left_s -= on_s + off_s


HOB_16_A = PulsingHousehold(16.0, (4.0, 14.0), (3.0, 12.0), 2400.0)
"""The home in which it was first measured: a 16 A hob, 4 to 14 s on, 3 to 12 s off, for 40 minutes."""


def pulsing_home(number: int) -> Scene:
    """Return home `number`, always the same for a number."""
    random = Random(f"pulsing home {number}")
    phases = random.choice((1, 1, 3))
    cars = random.choice((1, 2, 2))
    on_phases = tuple(random.choice((1, phases)) for _ in range(cars))
    calm = random.random() < CALM_SHARE
    hob_a = 0.0 if calm else random.uniform(4.0, 18.0)
    household = PulsingHousehold(hob_a, _span(random), _span(random), random.uniform(900.0, 2700.0), phases)
    fuse_a = random.choice((25.0, 32.0, 35.0, 40.0) if phases == 1 else (16.0, 20.0, 25.0, 32.0))
    widths = (
        "no hob"
        if calm
        else f"{hob_a:.0f} A, {household.on_s[0]:.0f}-{household.on_s[1]:.0f} s on, "
        + (f"{household.off_s[0]:.0f}-{household.off_s[1]:.0f} s off")
    )
    return Scene(
        f"home{number}",
        f"{phases} x {fuse_a:g} A, cars on {on_phases}, {widths}",
        household,
        phases=phases,
        cars=cars,
        start=AT_SIX,
        length_s=LENGTH_S,
        on_phases=on_phases,
        fuse_a=fuse_a,
        distribution=random.choice(("shared", "priority")),
        meter_every_s=SLOW_METER_S if random.random() < SLOW_SHARE else 1,
    )


def _span(random: Random) -> Span:
    """Return a random shortest and longest duration between a second and half a minute [s]."""
    least, most = WIDTH_S
    short = least * (most / least) ** random.random()
    return short, min(short * random.uniform(1.0, 4.0), most)


def _add(watts: array[float], at_s: float, load: a.Watts) -> None:
    for second, power_w in enumerate(load, int(max(at_s, 0.0))):
        if second >= len(watts):
            return
        watts[second] += power_w
