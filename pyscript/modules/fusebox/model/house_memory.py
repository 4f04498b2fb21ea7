"""What is remembered of the house load: everything that is not drawn by a steered load. Frozen values."""

from __future__ import annotations

from .durations import NEVER_S
from .records import record


@record
class Proof:
    """The possible draw of chargers without a sensor, and how much of it the meter has confirmed."""

    most_a: float
    """The most that they may draw together [A]."""
    proven_a: float
    """The part confirmed by the meter [A]."""
    from_a: float
    """The part confirmed before the last raise [A]."""
    now_a: float
    """The last reading less the measured loads [A]."""
    raised_s: float = NEVER_S
    """When they were last raised [s since 1970]."""
    least: tuple[tuple[float, float], ...] = ()
    """Recent lowest readings: (time, amps), both rising."""


@record
class HouseLoadMemory:
    """The house load under a metered fuse, on one phase."""

    reported_s: float = NEVER_S
    """The time of the last reading [s since 1970]."""
    used_a: float = 0.0
    """The house load at that reading [A]."""
    uncertainty_a: float = 0.0
    """How much more it may be [A]."""
    proof: Proof | None = None
    """The confirmed draw of chargers without a sensor, None where every load has one."""
    unexplained_since_s: float | None = None
    """Since when more is exported than sun and battery are measured to deliver, None while it is not."""
    doubted_s: float = NEVER_S
    """When that last persisted, so that the measurement of sun and battery is incomplete."""


NEW_HOUSE_LOAD = HouseLoadMemory()


@record
class Peak:
    """An appliance that switched on, as a rise of the house load."""

    height_a: float
    """The rise [A]."""
    from_a: float
    """The house load before it [A]."""
    began_s: float
    """When it switched on [s since 1970]."""
    ended_s: float | None = None
    """When it switched off [s since 1970], None while it is on."""


@record
class CycleMemory:
    """The house load on one fuse, and the appliances that cycle there."""

    used_a: float
    """The house load at the last reading [A]."""
    reported_s: float
    """The time of that reading [s since 1970]."""
    every_s: float = 0.0
    """The time since the reading before it [s]."""
    peaks: tuple[Peak, ...] = ()
    """Recent rises, the newest last."""


@record
class HouseMemory:
    """The import of the house without our loads [W, - = export], for tariffs."""

    now_w: float
    """The house load at `at_s` [W]."""
    at_s: float
    """The time of the last update [s since 1970]."""
    minute_s: float
    """The beginning of the present minute [s since 1970]."""
    soon_w: float
    """The house load, smoothed over some seconds [W]."""
    minute_ws: float = 0.0
    """Its energy since `minute_s` [Ws]."""
    minutes_w: tuple[float, ...] = ()
    """The means of the last minutes [W], the newest last."""
    bursts_ws: tuple[float, ...] = ()
    """The most energy of any one, two, three ... consecutive minutes [Ws]."""
    strain: float = 0.0
    """The used part of a tolerated overload, 0 to 1."""
