"""Power, resets, network and clock of a charge point, each with its faults."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from .firmware import Firmware

LOOP_STAYS_UP_S = 20
"""How long a charge point in a boot loop stays up between boots [s]."""


class Electronics:
    """Advanced by `live`; `start` is the simulation's first instant, `now_s` the seconds since then."""

    def __init__(self, firmware: Firmware, start: datetime) -> None:
        self.firmware = firmware
        self.now_s = 0.0
        self.powered = True
        self.boots = 1
        self._start = start.astimezone(UTC)
        self._ahead_s = firmware.clock_ahead_s
        self._reset_at_s: float | None = None
        self._up_at_s: float | None = None  # while it reboots
        self._loops_left = 0

    @property
    def running(self) -> bool:
        """Whether it has power and has booted."""
        return self.powered and self._up_at_s is None

    @property
    def connected(self) -> bool:
        """Whether it is on the network."""
        return self.running and self.firmware.outage_at(self.now_s) is None

    @property
    def silent(self) -> bool:
        """Whether it is off the network and Home Assistant has not noticed yet."""
        outage = self.firmware.outage_at(self.now_s)
        return self.running and outage is not None and self.now_s < outage.from_s + outage.silent_s

    @property
    def faulted(self) -> bool:
        """Whether it reports a fault and does not charge."""
        return self.firmware.faulted_at(self.now_s)

    def wall(self) -> datetime:
        """Return the time of its own clock."""
        return self._start + timedelta(seconds=self.now_s + self._ahead_s)

    def set_clock(self, told: datetime) -> None:
        """Set its clock to the central system's time, if its firmware does so."""
        if self.firmware.sets_clock:
            self._ahead_s = (told - self._start).total_seconds() - self.now_s

    def reset(self) -> None:
        """Schedule a reset in a second."""
        self._reset_at_s = self.now_s + 1
        self._loops_left = self.firmware.boot_loops

    def advance(self, now_s: float, powered: bool) -> Literal["dark", "reset", "up"] | None:
        """Advance to `now_s`; return what happened: power lost, down for a reset, up again, or None."""
        self._ahead_s += self.firmware.drift_s_per_h * (now_s - self.now_s) / 3600
        self.now_s = now_s
        was_powered, self.powered = self.powered, powered
        if not powered:
            return "dark" if was_powered else None
        if not was_powered:
            self._up_at_s, self._reset_at_s = now_s + self.firmware.reboot_s, None
        elif self._reset_at_s is not None and now_s >= self._reset_at_s:
            self._up_at_s, self._reset_at_s = now_s + self.firmware.reboot_s, None
            return "reset"
        elif self._up_at_s is not None and now_s >= self._up_at_s:
            self._up_at_s = None
            self.boots += 1
            if self._loops_left:
                self._loops_left -= 1
                self._reset_at_s = now_s + LOOP_STAYS_UP_S
            return "up"
        return None
