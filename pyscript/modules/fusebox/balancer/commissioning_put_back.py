"""Restores loads that a wiring test has switched and that nothing commands any more; each is switched back once.

That happens when CONFIG is saved during a test with `dry_run` or without a load, and when a car leaves while the test
has paused its charger. All other loads follow the ordinary decision. A current lowered by the test stays: no decision
would account for a higher one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import tuning
from ..control.target import device_target
from ..devices import DRIVERS
from ..devices.driver import ServiceCall
from ..model.decision import Command
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.readings import View
from ..model.site import Site
from ..model.snapshot import LoadState, min_current_a
from .failsafe import calls_of_commands

Calls = Iterator[tuple[Load, tuple[ServiceCall, ...]]]


class PutBack:
    """The state of the loads before the test that has just ended."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._ran: dict[str, bool] = {}
        self._is_over = False
        self._since_s: float | None = None

    def store_before_test(self, site: Site, known: Mapping[str, LoadMemory]) -> None:
        """Store the state of the loads at the beginning of a test. `known`: load -> memory."""
        self._site, self._ran = site, {name: past.setpoint_a > 0 for name, past in known.items()}
        self._is_over, self._since_s = False, None

    def record_test_end(self) -> None:
        """Note that the test has ended."""
        self._is_over = True

    def restoring_calls(self, site: Site | None, view: View) -> Calls:
        """Yield the calls that restore what a finished test has changed on loads that no decision commands.

        `site`: by the present CONFIG, None without one. Each load gets them once; it is waited for `ANSWER_S`, because
        a device may display its last command late.
        """
        before = self._site
        if not self._is_over or before is None or not self._ran:
            return
        self._since_s = view.now_s if self._since_s is None else self._since_s
        for load in () if site is None or site.dry_run else site.loads:
            if self._ran.get(load.name) is not True or _is_commanded(load, view, before.voltage_v):
                self._ran.pop(load.name, None)
        for load in before.loads:
            if load.name in self._ran:
                state = DRIVERS[load.type].read(load, view, before.voltage_v)
                commands = _restoring_commands(load, state, self._ran[load.name])
                made = calls_of_commands(load, view, state, before.voltage_v, commands)
                if made:
                    del self._ran[load.name]
                    yield load, made
        if view.now_s - self._since_s >= tuning.ANSWER_S:
            self._ran.clear()


def _is_commanded(load: Load, view: View, voltage_v: float) -> bool:
    """Return whether the ordinary decision commands a load; False for a charger whose car has left."""
    return load.is_switched or DRIVERS[load.type].read(load, view, voltage_v).can_use_power


def _restoring_commands(load: Load, state: LoadState, ran: bool) -> tuple[Command, ...]:
    """Return the command that restores a load as before the test, a charger at its minimum; empty for none."""
    runs = state.on is not False and (load.on_off or (state.offer_a or 0.0) > 0)
    if load.can.by_signal or not state.available or runs is ran:
        return ()
    target = device_target(load, state, min_current_a(load, state) if ran else 0.0)
    return (Command(load.name, target.current_a, target.on, urgent=True),)
