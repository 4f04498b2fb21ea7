"""The least overload at each energy while cars that charge are held at their minimum: what control cannot improve.

A car has no current between 0 and 6 A. When the house takes what is left, a controller that cuts at once and knows the
future has two choices: hold the car at 6 A, which may be above 1.13 times the rating, or pause it, which costs energy
for `pause_s` and the time that the car takes to wake up. Every burst of such seconds is decided by itself, cheapest
seconds first. Ramps, delays and the meter cost nothing here, so no controller reaches this curve.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import floor
from typing import NamedTuple

from benchmarks.scenes.envelope import Point
from simhouse.house.house import House
from simhouse.physics.wiring import MAIN
from simhouse.population.home import LENGTH_S, Home

from .bound import BATTERY_W, VOLTAGE_V, Taker, highest_draw_a, make_takers
from .row import HOT

PAUSE_S = 180
"""CONFIG's default of `pause_s` [s]."""


class Choice(NamedTuple):
    """Cost and benefit of a pause."""

    spared_s: float
    """Seconds above 1.13 times the rating."""

    lost_kwh: float


class PauseOptions(NamedTuple):
    """The state with all cars held and none paused; and possible pauses, the cheapest first."""

    kwh: float
    hot_s: float
    """Beyond the house alone."""

    pauses: Sequence[Choice]

    def curve(self) -> Sequence[tuple[float, float]]:
        """Return points of delivered energy [kWh] and overload seconds: the first without a pause, each with one more.

        Both fall from point to point; the last one has every pause and the least overload.
        """
        kwh, hot_s = self.kwh, self.hot_s
        points = [(kwh, hot_s)]
        for pause in self.pauses:
            kwh, hot_s = kwh - pause.lost_kwh, hot_s - pause.spared_s
            points.append((kwh, hot_s))
        return points

    def points(self, possible_kwh: float) -> Sequence[Point]:
        """Return the curve in percent of the possible energy."""
        return [Point(100.0 * kwh / possible_kwh, hot_s) for kwh, hot_s in self.curve()] if possible_kwh > 0 else []


def together(homes: Sequence[PauseOptions]) -> PauseOptions:
    """Return the bound of several homes at once: the cheapest seconds of all of them first."""
    pauses = sorted((pause for home in homes for pause in home.pauses), key=_price)
    return PauseOptions(sum(home.kwh for home in homes), sum(home.hot_s for home in homes), pauses)


def bound_of_pauses(home: Home, house: House) -> PauseOptions:
    """Return the bound of a home that has only a main fuse and chargers."""
    cars = make_takers(home, house)
    wakes_s = max(box.car.wakes_after_s for box in home.boxes)
    seconds = [_Second(home, house, cars, t_s) for t_s in range(LENGTH_S)]
    hot = [second.hot_s(second.present) for second in seconds]
    kwh = sum(second.drawn_a(second.present) for second in seconds) * VOLTAGE_V / 3_600_000
    pauses: list[Choice] = []
    for begin, end in _join_bursts_within_a_pause(hot):
        back_s = min(LENGTH_S, int(max(end, begin + PAUSE_S) + wakes_s))
        pauses += _convex_hull(_pause_choices(seconds[begin:back_s], seconds[begin].present))
    return PauseOptions(kwh, sum(hot), sorted(pauses, key=_price))


class _Second:
    """One second of the house, and the effect of cars at their minimum."""

    def __init__(self, home: Home, house: House, cars: Sequence[Taker], t_s: int) -> None:
        solar = house.roof.solar
        roof_a = 0.0 if solar is None else solar[t_s] / VOLTAGE_V / len(home.phases)
        self._fuse_a, self._cars = home.fuse_a, cars
        own_a = roof_a + (home.battery_kwh and BATTERY_W / VOLTAGE_V / len(home.phases))
        self._net_a = [house.base[phase].watts[t_s] / VOLTAGE_V - own_a for phase in home.phases]
        self.present = tuple(n for n, car in enumerate(cars) if car.from_s <= t_s)

    def hot_s(self, held: Sequence[int]) -> float:
        """Return the seconds above 1.13 times the rating that these cars add at their minimum, summed over phases."""
        most_a = HOT * self._fuse_a
        flows_a = list(self._net_a)
        for n in held:
            for phase in self._cars[n].phases:
                flows_a[phase] += self._cars[n].least_a - self._cars[n].below_a
        return sum(a > most_a >= net_a for a, net_a in zip(flows_a, self._net_a, strict=True))

    def drawn_a(self, held: Sequence[int]) -> float:
        """Return the draw of these cars when they get everything that is left and none is paused [A, summed over
        phases]."""
        some = [self._cars[n] for n in held]
        rooms_a = [floor(self._fuse_a - net_a) for net_a in self._net_a]
        least_a = sum(car.uses * (car.least_a - car.below_a) for car in some)
        return max(highest_draw_a(some, rooms_a, {MAIN: self._fuse_a}), least_a)


def _join_bursts_within_a_pause(hot: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of each stretch of hot seconds [s, end excluded]; gaps of up to `PAUSE_S` are within one."""
    begin = last = -1
    for t_s, seconds in enumerate(hot):
        if not seconds:
            continue
        if begin < 0:
            begin = t_s
        elif t_s - last > PAUSE_S:
            yield begin, last + 1
            begin = t_s
        last = t_s
    if begin >= 0:
        yield begin, last + 1


def _pause_choices(seconds: Sequence[_Second], cars: Sequence[int]) -> Iterator[Choice]:
    """Yield a choice for every group of cars that may be paused during these seconds."""
    hot_s = sum(second.hot_s(second.present) for second in seconds)
    drawn_as = sum(second.drawn_a(second.present) for second in seconds)
    for count in range(1, len(cars) + 1):
        for paused in combinations(cars, count):
            left = [(second, [n for n in second.present if n not in paused]) for second in seconds]
            spared_s = hot_s - sum(second.hot_s(held) for second, held in left)
            lost_as = drawn_as - sum(second.drawn_a(held) for second, held in left)
            yield Choice(spared_s, max(lost_as, 0.0) * VOLTAGE_V / 3_600_000)


def _convex_hull(choices: Iterator[Choice]) -> Sequence[Choice]:
    """Return steps from no pause to the most seconds avoided, each more expensive than the one before."""
    found = [Choice(0.0, 0.0)]
    for choice in sorted(choices):
        if choice.spared_s <= found[-1].spared_s:
            continue
        while len(found) > 1 and _price(_step(found[-2], found[-1])) >= _price(_step(found[-1], choice)):
            found.pop()
        found.append(choice)
    return [_step(before, after) for before, after in pairwise(found)]


def _step(before: Choice, after: Choice) -> Choice:
    return Choice(after.spared_s - before.spared_s, after.lost_kwh - before.lost_kwh)


def _price(choice: Choice) -> float:
    """Return the energy lost per second avoided [kWh/s]."""
    return choice.lost_kwh / choice.spared_s if choice.spared_s else float("inf")
