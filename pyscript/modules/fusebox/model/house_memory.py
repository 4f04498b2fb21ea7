"""What is remembered of the house load, which is all that no load of ours takes. Frozen values."""

from __future__ import annotations

from .durations import NEVER_S
from .records import record


@record
class Proof:
    """What chargers without a draw sensor may draw together, and what of it the meter has been seen to move by."""

    most_a: float
    """The most that they may draw [A]."""
    proven_a: float
    """What of that the meter has shown [A]."""
    from_a: float
    """What it had shown before the last raise [A]."""
    now_a: float
    """The last reading without what is measured [A]."""
    raised_s: float = NEVER_S
    """When they were last raised [s since 1970]."""
    least: tuple[tuple[float, float], ...] = ()
    """The least of the readings of late: (when, amps), both rising."""


@record
class HouseLoadMemory:
    """The house load under a metered fuse, on one phase."""

    reported_s: float = NEVER_S
    """When the last reading came [s since 1970]."""
    used_a: float = 0.0
    """The house load by that [A]."""
    uncertainty_a: float = 0.0
    """How much more it may be [A]."""
    proof: Proof | None = None
    """What unmeasured chargers were observed to draw, None where every load has a draw sensor."""
    unexplained_since_s: float | None = None
    """Since when more has flowed out than sun and battery are measured to give, None while it does not."""
    doubted_s: float = NEVER_S
    """When it last had for so long that what is measured of sun and battery cannot be all there is."""


NEW_HOUSE_LOAD = HouseLoadMemory()


@record
class Peak:
    """Something that came on among the others."""

    height_a: float
    """By how much it raised what they use [A]."""
    from_a: float
    """What they used before [A]."""
    began_s: float
    """When it came on [s since 1970]."""
    ended_s: float | None = None
    """When it went [s since 1970], None while it is on."""


@record
class CycleMemory:
    """What others use on one fuse, and what comes and goes there."""

    used_a: float
    """What they used by the last reading [A]."""
    reported_s: float
    """When that came [s since 1970]."""
    every_s: float = 0.0
    """How long that was after the one before [s]."""
    peaks: tuple[Peak, ...] = ()
    """What came on of late, the newest last."""


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
