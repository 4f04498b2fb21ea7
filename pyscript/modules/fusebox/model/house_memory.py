"""What is remembered of the house beside its loads, for limits that count energy over a time. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseMemory:
    """What the house takes from the grid beside our loads [W, - = it feeds in].

    `now_w` as of `at_s`, `soon_w` without what comes and goes within seconds; `minute_ws`: its energy since `minute_s`
    [Ws]; `minutes_w`: the means of the last minutes, the newest last; `bursts_ws`: the most that one, two, three ... of
    them running came to [Ws]. `strain`: how much of a tolerated overload is used up, 0 to 1.
    """

    now_w: float
    at_s: float
    minute_s: float
    soon_w: float
    minute_ws: float = 0.0
    minutes_w: tuple[float, ...] = ()
    bursts_ws: tuple[float, ...] = ()
    strain: float = 0.0
