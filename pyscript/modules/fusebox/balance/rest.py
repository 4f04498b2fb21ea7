"""No decision can be made: a fault of ours that lasts. What would go on as told last is brought to its fail-safe.

As little thinking as possible, each load for itself: whatever it is that fails must not fail here too. What is kept in
touch with (OCPP, Easee) ends by itself, a Quasar has its guard, radiators have their level; a heat pump is left alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ..decision import Command
from ..drivers import DRIVERS
from ..drivers.contract import Aim, ServiceCall
from ..readings import View
from ..site import Load, Site
from ..smoothing import failsafe_a
from ..snapshot import LoadState, least_a

LOG = logging.getLogger("fusebox")

ANEW_S = 10.0
"""When no decision could be made for so long [s], what is remembered is dropped: it may be what makes them fail."""

AGAIN_S = 30.0
"""So often it is told again, or as often as its device may be told anything [s]."""


class Rest:
    """Since when no decision could be made, and what was told when [s]."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._told_s: dict[str, float] = {}

    def ends(self) -> None:
        """A decision was made."""
        self._since_s = None
        self._told_s.clear()

    def lasts_s(self, now_s: float) -> float:
        """For how long none could be made [s]. A clock that is set back begins anew."""
        if self._since_s is None or self._since_s > now_s:
            self._since_s = now_s
            self._told_s.clear()
        return now_s - self._since_s

    def calls(self, site: Site, view: View) -> Iterator[tuple[Load, tuple[ServiceCall, ...]]]:
        """What brings each load to its fail-safe, where it does not show that it is there."""
        for load in site.loads:
            if view.now_s - self._told_s.get(load.name, float("-inf")) < max(AGAIN_S, load.min_write_s):
                continue
            try:
                made = _calls(load, view, _seen(load, view, site.voltage_v), site.voltage_v)
            except Exception:
                LOG.debug("%s cannot be brought to rest", load.name, exc_info=True)
                continue
            if made:
                self._told_s[load.name] = view.now_s
                yield load, made


def _seen(load: Load, view: View, voltage_v: float) -> LoadState:
    """What it shows; nothing where even looking fails, and then it is told all the same."""
    try:
        return DRIVERS[load.type].read(load, view, voltage_v)
    except Exception:
        LOG.debug("%s cannot be looked at", load.name, exc_info=True)
        return LoadState()


def _calls(load: Load, view: View, state: LoadState, voltage_v: float) -> tuple[ServiceCall, ...]:
    driver, command = DRIVERS[load.type], _command(load, state)
    if command is None:
        return ()
    if driver.tending is None:
        return driver.calls(load, command)
    return driver.tending.tend(load, view, state, Aim(0.0, command), None, voltage_v)[0] if load.on_off else ()


def _command(load: Load, state: LoadState) -> Command | None:
    """Down to its fail-safe current, or off; nothing for what is there already or below."""
    if load.type == "sg_ready" or not state.available:
        return None
    if state.on is False:
        return None
    rest_a = failsafe_a(load, least_a(load, state))
    if rest_a <= 0:
        return Command(load.name, on=False, urgent=True)
    if state.offer_a is not None and state.offer_a <= rest_a:
        return None
    return Command(load.name, current_a=rest_a, urgent=True)
