"""@time_trigger: fires by the virtual clock, as pyscript's own loop does with the wall clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from simhouse.host.clock import Timer, VirtualClock
from simhouse.host.time_specs import TimeSpec

Fire = Callable[[dict[str, Any], dict[str, Any]], None]
"""(the function's keywords, the values an expression may use)."""


class TimeTrigger:
    """Fires at each time of its phrases, and at startup and shutdown where they say so."""

    def __init__(
        self,
        specs: list[TimeSpec],
        at_startup: bool,
        at_shutdown: bool,
        clock: VirtualClock,
        fire: Fire,
        never_again: Callable[[], None] | None = None,
    ) -> None:
        self._specs = specs
        self._at_startup = at_startup
        self._at_shutdown = at_shutdown
        self._clock = clock
        self._fire = fire
        self._never_again = never_again
        self._startup = clock.local()
        self._timer: Timer | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin; a startup trigger fires at once."""
        self._startup = self._clock.local()
        if self._at_startup:
            self._fire({"trigger_type": "time", "trigger_time": "startup"}, {})
        self._plan(self._startup, first=True)

    def stop(self) -> None:
        """End; a shutdown trigger fires now."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        if self._at_shutdown:
            self._fire({"trigger_type": "time", "trigger_time": "shutdown"}, {})

    def _plan(self, now: datetime, first: bool = False) -> None:
        if self._stopped:
            return
        planned = [found for spec in self._specs if (found := spec.next_after(now, self._startup, first)) is not None]
        if not planned:
            if self._never_again is not None:
                self._never_again()
            return
        moment, wait = min(planned, key=lambda found: found[0])
        self._wait(moment, wait)

    def _wait(self, moment: datetime, wait: timedelta) -> None:
        self._timer = self._clock.call_later(wait, lambda: self._due(moment))

    def _due(self, moment: datetime) -> None:
        # The wall clock may have been set back meanwhile (end of summer time): pyscript then waits for the wall time
        # once more, which stops every period trigger for that hour.
        early = moment - self._clock.local()
        if early > timedelta():
            self._wait(moment, early)
            return
        self._fire({"trigger_type": "time", "trigger_time": moment}, {})
        self._plan(self._clock.local())
