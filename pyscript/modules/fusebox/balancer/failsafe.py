"""Brings loads to their fail-safe when a bug of Fusebox prevents decisions for a long time.

As simple as possible, and each load separately, so that the failing part does not fail here too. Devices with sessions
(OCPP, Easee) fall back by themselves, a Quasar has its guard, radiators have their level; a heat pump is left alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from .. import tuning
from ..control.target import device_target, failsafe_current_a
from ..devices import DRIVERS
from ..devices.driver import Aim, Calls, Contact, ServiceCall
from ..model.decision import Command
from ..model.durations import NEVER_S
from ..model.load import Load
from ..model.messages.message import message
from ..model.readings import View
from ..model.site import Site
from ..model.snapshot import LoadState, min_current_a
from ..runtime.log_throttle import LogThrottle, describe_fault


class Failsafe:
    """How long no decision could be made, and the last command to each load [s]."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._sent_s: dict[str, float] = {}
        self._throttle = LogThrottle()

    def record_decision(self) -> None:
        """Note that a decision was made: the time without one ends; each load may be commanded at once next time."""
        self._since_s = None
        self._sent_s.clear()

    def time_without_decision_s(self, now_s: float) -> float:
        """Return for how long no decision could be made [s], from the first call since the last decision.

        Starts again when the clock is set back; every load is commanded anew then.
        """
        if self._since_s is None or self._since_s > now_s:
            self._since_s = now_s
            self._sent_s.clear()
        return now_s - self._since_s

    def failsafe_calls(self, site: Site, view: View) -> Iterator[tuple[Load, Calls]]:
        """Yield the calls that bring each load to its fail-safe, if its device does not display that already.

        Again after `RENEW_S` or its write interval, whichever is longer. A load that cannot be read is commanded
        blindly; a failure is logged once and skips that load.
        """
        for load in site.loads:
            if view.now_s - self._sent_s.get(load.name, NEVER_S) < max(tuning.RENEW_S, load.min_write_s):
                continue
            made: Calls = ()
            try:
                state = self._read_or_none(load, view, site.voltage_v)
                commands = _blind_commands(load) if state is None else _failsafe_commands(load, state)
                made = calls_of_commands(Contact(load, view, state or LoadState(), site.voltage_v), commands)
            except Exception as error:
                why = message("failsafe_failed", load=load.name, error=describe_fault(error))
                self._throttle.log(logging.WARNING, why, view.now_s)
            if made:
                self._sent_s[load.name] = view.now_s
                yield load, made

    def _read_or_none(self, load: Load, view: View, voltage_v: float) -> LoadState | None:
        """Return the state of a load's device, None if reading it fails, which is logged once."""
        try:
            return DRIVERS[load.type].read(load, view, voltage_v)
        except Exception as error:
            why = message("failsafe_unseen", load=load.name, error=describe_fault(error))
            self._throttle.log(logging.WARNING, why, view.now_s)
            return None


def calls_of_commands(contact: Contact, commands: Iterable[Command]) -> Calls:
    """Return the calls of commands to a load; none for a charger with a session, whose limit expires by itself.

    For an on/off load with a session they are made without the memory of that session.
    """
    load, made = contact.load, list[ServiceCall]()
    driver = DRIVERS[load.type]
    for command in commands:
        if driver.session is None:
            made += driver.calls(load, command)
        elif load.on_off:
            made += driver.session.act(contact, driver.session.new_memory(), Aim(0.0, command))[0]
    return tuple(made)


def _failsafe_commands(load: Load, state: LoadState) -> tuple[Command, ...]:
    """Return the command that lowers a load to its fail-safe current, or switches it off for one of 0 A.

    None for a load already at or below it, off, unavailable, or only signalled.
    """
    if load.can.takes_sg_state or not state.available or state.on is False:
        return ()
    target = device_target(load, state, failsafe_current_a(load, min_current_a(load, state)))
    lower = target.current_a is not None and (state.offer_a is None or target.current_a < state.offer_a)
    current_a, on = target.current_a if lower else None, None if target.on else target.on
    return () if current_a is None and on is None else (Command(load.name, current_a, on, urgent=True),)


def _blind_commands(load: Load) -> tuple[Command, ...]:
    """Return commands that bring a load to its fail-safe whatever its state; those that do not fit have no effect.

    None for a load that is only signalled.
    """
    if load.can.takes_sg_state:
        return ()
    rest_a = failsafe_current_a(load, load.min_a)
    if rest_a > 0:
        return (Command(load.name, rest_a, urgent=True),)
    off = Command(load.name, on=False, urgent=True)
    return (off,) if load.on_off else (off, *(Command(load.name, a, urgent=True) for a in (load.min_a, 0.0)))
