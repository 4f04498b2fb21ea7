"""What is remembered of the house beside its loads, for limits that count energy over a time. Frozen values."""

from __future__ import annotations

from .records import record


@record
class HouseMemory:
    """What the house takes from the grid beside our loads [W, - = it feeds in]."""

    now_w: float
    """What it takes as of `at_s` [W]."""
    at_s: float
    """When it was last seen [s since 1970]."""
    minute_s: float
    """Since when the present minute is counted [s since 1970]."""
    soon_w: float
    """What it takes without what comes and goes within seconds [W]."""
    minute_ws: float = 0.0
    """Its energy since `minute_s` [Ws]."""
    minutes_w: tuple[float, ...] = ()
    """The means of the last minutes [W], the newest last."""
    bursts_ws: tuple[float, ...] = ()
    """The most that one, two, three ... of them running came to [Ws]."""
    strain: float = 0.0
    """How much of a tolerated overload is used up, 0 to 1."""
