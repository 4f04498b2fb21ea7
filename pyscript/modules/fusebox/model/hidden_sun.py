"""What is remembered of an inverter that is held back: what it has proved to give, and the test that is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from .. import tuning
from .durations import NEVER_S
from .records import record


class IdleWait(NamedTuple):
    """When a load that drew nothing in its tests may test again [s since 1970], and how many of them there were."""

    next_s: float
    tests: int


@record
class HiddenSunMemory:
    """Currents are sums over all phases; times are in seconds since 1970."""

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
    pinned_s: float | None = None
    """Since when the inverter seems to be held back, None while it does not."""
    next_s: float = NEVER_S
    """When more than `gave_a` may be tested again."""
    failures: int = 0
    """How many tests in a row have gained nothing."""
    idle: Mapping[str, IdleWait] = field(default_factory=dict)
    """The loads that drew nothing in their last test: these say nothing of the inverter, so each waits by itself."""
    stops: str = ""
    """The load that is stopped because its test gained nothing, "" for none."""
    lags_s: tuple[float, ...] = ()
    """How long the inverter took to follow in the last tests [s]."""
    rises: int = 0
    """How many tests in a row it has covered."""

    @property
    def is_dear(self) -> bool:
        """Whether the grid has paid so much for loads on the sun that none is held on any longer."""
        return self.paid_ws >= tuning.HIDDEN_SUN_PAID_WS


NO_HIDDEN_SUN = HiddenSunMemory()
