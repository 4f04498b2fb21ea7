"""An inverter that holds itself back: by its own meter at the feed-in point, by its own output, or by the voltage.

It gives what its limit allows, and its limit follows the house with a lag. Only then does the meter of the house stay
at the limit although the panels could give more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf

TIME_CONSTANTS = 3.0
"""A lag of first order has done 95 % of its way after so many of its time constants."""
MOST_SHARE = 1.0


@dataclass(frozen=True)
class WeakLine:
    """A line whose voltage rises with the export, and with that of the neighbours.

    Above `starts_v` the inverter gives less, at `stops_v` nothing (Volt-Watt, EN 50549-1; the two thresholds are those
    of the Austrian rule TOR for 230 V). `ohm` and `neighbours_v` are chosen: a village at the end of its line.
    """

    rest_v: float = 236.0
    neighbours_v: float = 12.0
    ohm: float = 0.35
    starts_v: float = 253.0
    stops_v: float = 257.6

    def allowed_w(self, export_w: float, panels_w: float, nominal_w: float) -> float:
        """Return the output that the voltage allows while `export_w` flows out, under this sunshine [W]."""
        sunshine = min(panels_w / nominal_w, MOST_SHARE)
        volts = self.rest_v + self.neighbours_v * sunshine + self.ohm * export_w / self.rest_v
        return nominal_w * min(max((self.stops_v - volts) / (self.stops_v - self.starts_v), 0.0), MOST_SHARE)


@dataclass(frozen=True)
class Throttle:
    """What holds an inverter back; the least of its limits counts."""

    export_max_w: float = inf
    """The most that may flow out at the feed-in point [W]; 0 is zero export."""
    output_max_w: float = inf
    """The most that the inverter itself may give [W]."""
    line: WeakLine | None = None
    """The line whose voltage it obeys, None for a strong one."""
    lag_s: float = 5.0
    """After so long its output has followed a step by 95 % [s]."""

    def next_limit_w(self, limit_w: float, taken_w: float, panels_w: float, nominal_w: float) -> float:
        """Return the limit of its output a second after it was `limit_w` [W].

        `taken_w` is what house, loads and a charging battery draw. `nominal_w` is the output it is built for.
        """
        aim_w = min(taken_w + self.export_max_w, self.output_max_w, nominal_w)
        if self.line is not None:
            given_w = min(limit_w, panels_w)
            aim_w = min(aim_w, self.line.allowed_w(given_w - taken_w, panels_w, nominal_w))
        aim_w = max(aim_w, 0.0)
        return aim_w if limit_w == inf else limit_w + (aim_w - limit_w) * (1.0 - exp(-TIME_CONSTANTS / self.lag_s))


ZERO_EXPORT = Throttle(export_max_w=0.0)
"""Nothing may flow out, as with `throttles` in CONFIG."""
