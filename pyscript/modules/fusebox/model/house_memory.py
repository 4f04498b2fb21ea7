"""What is remembered of the house load, which no steered load draws, and of an inverter that is held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from math import inf
from typing import NamedTuple

from .. import tuning
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
    raised_s: float = NEVER_S
    """When they were last raised [s since 1970]."""
    least: tuple[tuple[float, float], ...] = ()
    """Recent lowest readings less the measured loads: (time, amps), both rising; the last one is the newest."""


@record
class HouseLoadMemory:
    """The house load under a metered fuse, on one phase."""

    reported_s: float = NEVER_S
    """The time of the last reading [s since 1970]."""
    used_a: float = 0.0
    """The house load at that reading [A]."""
    uncertainty_a: float = 0.0
    """How much more it may be [A]."""
    charging_a: float | None = None
    """With what the batteries charged on this phase at that reading [A], None where unknown."""
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
    net_a: float = 0.0
    """The current of that reading itself, our loads included [A, - = export]."""


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


class IdleWait(NamedTuple):
    """When a load that drew nothing in its tests may test again [s since 1970], and how many of them there were."""

    next_s: float
    tests: int


@record
class HiddenSunMemory:
    """What is remembered of an inverter that is held back, and of the tests of what it could give.

    Currents are sums over all phases; times are in seconds since 1970.
    """

    level_a: float = 0.0
    """The surplus that solar loads may use: what the inverter covers, or is tested for [A]; 0 for none."""
    proved_a: float = 0.0
    """What it covered before the present test [A]."""
    gave_a: float | None = None
    """All that it gave when it did not cover the last test [A]: to the house too if the panels are measured, else to
    the loads. None where that was not of late."""
    tried_a: float = 0.0
    """All that it would have had to give then [A]."""
    load: str = ""
    """The load that tests, "" without a test."""
    starts: bool = False
    """Whether that load was off before."""
    test_s: float = NEVER_S
    """When the test began."""
    drew_a: float = 0.0
    """What all loads drew then [A]."""
    had_a: float = 0.0
    """What all loads drew then, and what the inverter exported within the limit on export [A]."""
    drawn_s: float | None = None
    """When the draw had risen for the test, None before."""
    given_a: float | None = None
    """What own production gave the loads when it had last risen clearly in this test [A], None before their draw."""
    given_s: float = NEVER_S
    """When the meter reported that."""
    covered_s: float | None = None
    """Since when own production has covered all draws, None while it does not."""
    solar_w: float | None = None
    """What the panels gave when it last did [W], None where unknown."""
    short_s: float | None = None
    """Since when it does not, None while it does."""
    paid_ws: float = 0.0
    """What the grid has given meanwhile [Ws]."""
    calm_a: float = 0.0
    """The usual import while the inverter is held back [A]."""
    flow_a: float = 0.0
    """The mean of what has flowed in lately [A]; negative for out."""
    flow_s: float = NEVER_S
    """When that was last updated."""
    exports_since_s: float | None = None
    """Since when more than `CLEARLY_W` has flowed out on average, None while it does not."""
    exported_s: float = NEVER_S
    """When that last went on for `SLOWEST_S`: such an inverter is not held to what the house takes."""
    pinned_s: float | None = None
    """Since when the inverter seems to be held back, None while it does not."""
    next_s: float = NEVER_S
    """When more than `gave_a` may be tested again."""
    failures: int = 0
    """How many tests in a row have gained nothing, all of a start or all of a rise."""
    failed_start: bool = False
    """Whether they were of a start."""
    idle: Mapping[str, IdleWait] = field(default_factory=dict)
    """The loads that drew nothing in their last test: these say nothing of the inverter, so each waits by itself."""
    stops: str = ""
    """The load that is stopped because its test gained nothing, "" for none."""
    begun_s: float | None = None
    """When own production had begun to rise in this test, None before."""
    lags_s: tuple[float, ...] = ()
    """How long the inverter took to cover a start in the last tests [s]."""
    rise_lags_s: tuple[float, ...] = ()
    """How long it took to cover a rise of a running load: less, because it has to add less [s]."""
    begins_s: tuple[float, ...] = ()
    """How long it took to begin to rise in those tests [s]."""
    rises: int = 0
    """How many tests in a row it has covered."""

    @property
    def is_too_costly(self) -> bool:
        """Whether the grid has paid so much for loads on the sun that none is held on any longer."""
        return self.paid_ws >= tuning.HIDDEN_SUN_PAID_WS

    @property
    def predicted_too_costly_s(self) -> float:
        """The time when hidden sun becomes too costly at the present rate of import [s since 1970]; inf without it."""
        if self.short_s is None or not self.paid_ws:
            return self.flow_s + tuning.ANSWER_S if self.level_a > 0 else inf
        return self.short_s + tuning.HIDDEN_SUN_PAID_WS / self.paid_ws * (self.flow_s - self.short_s)


NO_HIDDEN_SUN = HiddenSunMemory()
