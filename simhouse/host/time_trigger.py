"""@time_trigger: fires by the virtual clock, as pyscript's own loop does by the wall clock."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from simhouse.host.clock import Timer, VirtualClock
from simhouse.host.cron import Cron

Fire = Callable[[dict[str, Any]], None]
"""Runs the function with these keywords."""


class TimeTrigger:
    """Fires at each time of its cron phrases, and at startup and shutdown if they say so."""

    def __init__(
        self, crons: Sequence[Cron], at_startup: bool, at_shutdown: bool, clock: VirtualClock, fire: Fire
    ) -> None:
        self._crons = crons
        self._at_startup = at_startup
        self._at_shutdown = at_shutdown
        self._clock = clock
        self._fire = fire
        self._timer: Timer | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to wait for the trigger's times; a startup trigger fires at once."""
        if self._at_startup:
            self._fire({"trigger_type": "time", "trigger_time": "startup"})
        self._plan()

    def stop(self) -> None:
        """End; a shutdown trigger fires now."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        if self._at_shutdown:
            self._fire({"trigger_type": "time", "trigger_time": "shutdown"})

    def _plan(self) -> None:
        now = self._clock.local()
        moments = [moment for cron in self._crons if (moment := cron.next_after(now)) is not None]
        if moments and not self._stopped:
            moment = min(moments)
            # On the day the clocks change the wait is not the difference on the wall.
            self._wait(moment, self._clock.local_to_utc(moment) - self._clock.local_to_utc(now))

    def _wait(self, moment: datetime, wait: timedelta) -> None:
        self._timer = self._clock.call_later(wait, lambda: self._due(moment))

    def _due(self, moment: datetime) -> None:
        # The wall clock may have been set back meanwhile (end of summer time): pyscript then waits for the wall time
        # once more.
        early = moment - self._clock.local()
        if early > timedelta():
            self._wait(moment, early)
            return
        self._fire({"trigger_type": "time", "trigger_time": moment})
        self._plan()
