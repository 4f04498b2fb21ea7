"""When breakers trip: miniature circuit breakers, gG fuses and the French Linky meter, one pole at a time.

A standard gives a band, not a curve. So two thermal integrals run in parallel: the earliest trip that the standard
permits and the latest. Between the standard's points the time is interpolated in log-log, as in data sheets.
"""

from dataclasses import dataclass
from math import exp, inf, log
from typing import Literal, get_args

FuseType = Literal["B", "C", "gG", "linky"]
COOLING_S = 600.0  # time constant below the rating: a bimetal and its housing, minutes rather than hours
LINKY_S = 125.0  # Y <- 0.008 X^2 + 0.992 Y each second


@dataclass(frozen=True)
class TripCurve:
    """Trip time over current: `level` times the rating never trips; `points` are (multiple, seconds)."""

    level: float
    points: tuple[tuple[float, float], ...]
    fixed_tau_s: float | None = None  # a plain first-order filter (Linky) instead of points

    def seconds_to_trip(self, multiple: float) -> float:
        """Return the time to trip from cold [s] at a constant multiple of the rating; inf if it never trips."""
        if self.fixed_tau_s is not None:
            return inf if multiple <= self.level else self._cold_factor(multiple) * self.fixed_tau_s
        (first, at_first), last = self.points[0], self.points[-1]
        if multiple < first or multiple <= self.level:
            return inf
        if multiple >= last[0]:
            return last[1]
        low, low_s = first, at_first
        for high, high_s in self.points[1:]:
            if multiple < high:
                return exp(log(low_s) + log(high_s / low_s) * log(multiple / low) / log(high / low))
            low, low_s = high, high_s
        return last[1]

    def heat_after(self, heat: float, multiple: float, for_s: float) -> float:
        """Return the heat (1 = steady at the rating) after `for_s` seconds at this multiple of the rating."""
        time_s = self.seconds_to_trip(multiple)
        tau_s = self.fixed_tau_s or (COOLING_S if time_s == inf else time_s / self._cold_factor(multiple))
        square = multiple * multiple
        return heat + (square - heat) * (1 - exp(-for_s / tau_s))

    def _cold_factor(self, multiple: float) -> float:
        square = multiple * multiple
        return log(square / (square - self.level * self.level))

    def trips(self, heat: float, multiple: float) -> bool:
        """Whether the device opens with this heat at this multiple of the rating."""
        return multiple > self.level and heat >= self.level * self.level * (1 - 1e-9)


def earliest_trip_curve(fuse_type: FuseType, rating_a: float) -> TripCurve:
    """Return the most sensitive trip curve that the standard permits (IEC 60898-1 for B and C, IEC 60269 for gG)."""
    if fuse_type == "linky":
        return TripCurve(1.0, (), LINKY_S)  # sources disagree whether it cuts at 1.0, 1.1 or 1.3 times the contract
    if fuse_type == "gG":
        borne = 1.5 if rating_a < 16 else 1.25
        return TripCurve(borne, ((borne, 3600), (2.08, 10), (3.4, 0.1)))
    instant = 3.0 if fuse_type == "B" else 5.0
    return TripCurve(1.13, ((1.13, 3600), (2.55, 1.05), (instant, 0.1)))


def latest_trip_curve(fuse_type: FuseType, rating_a: float) -> TripCurve:
    """Return the most sluggish trip curve that the standard permits."""
    if fuse_type == "linky":
        return TripCurve(1.3, (), LINKY_S)
    if fuse_type == "gG":
        blows = 1.9 if rating_a < 16 else 1.6
        return TripCurve(blows * 0.99, ((blows, 3590), (4.4, 5), (6.0, 0.1)))
    big = rating_a > 32
    if fuse_type == "B":
        return TripCurve(1.44, ((1.45, 3590), (2.55, 119 if big else 59), (3.0, 89 if big else 44), (5.0, 0.1)))
    return TripCurve(1.44, ((1.45, 3590), (2.55, 119 if big else 59), (5.0, 29 if big else 14), (10.0, 0.1)))


@dataclass(frozen=True)
class Breaker:
    """A protective device: a name, a rating [A] and its two curves."""

    name: str
    rating_a: float
    early: TripCurve
    late: TripCurve


def breaker(name: str, rating_a: float, fuse_type: FuseType = "B") -> Breaker:
    """Return a breaker, fuse or Linky of this rating [A]; the type may be in any case, as in CONFIG."""
    kind = next(kind for kind in get_args(FuseType) if kind.lower() == fuse_type.strip().lower())
    return Breaker(name, rating_a, earliest_trip_curve(kind, rating_a), latest_trip_curve(kind, rating_a))


@dataclass(frozen=True)
class Pole:
    """State of one pole of a breaker: heat and times."""

    early_heat: float = 0.0
    late_heat: float = 0.0
    may_have_tripped: bool = False
    must_have_tripped: bool = False
    over_rating_s: float = 0.0
    over_113_s: float = 0.0
    excess_a2s: float = 0.0  # integral of (I - In)^2 above the rating [A2s]: high peaks weigh more than long ones
    worst_a: float = 0.0


def step_pole(device: Breaker, pole: Pole, current_a: float, for_s: float = 1.0) -> Pole:
    """Return the pole after `for_s` seconds at this current [A, either direction]."""
    current_a = abs(current_a)
    multiple = current_a / device.rating_a
    early = device.early.heat_after(pole.early_heat, multiple, for_s)
    late = device.late.heat_after(pole.late_heat, multiple, for_s)
    over = multiple > 1.0
    return Pole(
        early,
        late,
        pole.may_have_tripped or device.early.trips(early, multiple),
        pole.must_have_tripped or device.late.trips(late, multiple),
        pole.over_rating_s + for_s * over,
        pole.over_113_s + for_s * (multiple > 1.13),
        pole.excess_a2s + for_s * (current_a - device.rating_a) ** 2 * over,
        max(pole.worst_a, current_a),
    )
