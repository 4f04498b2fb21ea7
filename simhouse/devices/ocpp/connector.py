"""One connector of a charge point: its cable, its car, and its transaction."""

from collections import deque
from dataclasses import dataclass, replace

from simhouse.devices.phase_box import FLOWS_A
from simhouse.physics.car import MINIMUM_A, Car, CarState, step_car

from .firmware import Firmware

PLUG_AND_CHARGE_S = 2


@dataclass
class Session:
    """A transaction; `id` comes from the central system, and is None until it has answered."""

    started_s: float
    meter_start_wh: int
    id: int | None = None
    ended: str | None = None  # the reason, as StopTransaction has it


class Connector:
    """One connector; `begun` and `finished` are the sessions that began or ended in the last step."""

    def __init__(self, number: int, firmware: Firmware, car: Car, phases: tuple[str, ...]) -> None:
        self.number, self.firmware, self.car, self.phases = number, firmware, car, phases
        self.car_state = CarState()
        self.session: Session | None = None
        self.offered_a = 0.0
        self.lines = len(phases)
        self.moves = self.under_current = 0
        self.energy_wh = 0.0
        self.status = "Available"
        self.begun: list[Session] = []
        self.finished: list[Session] = []
        self._plugged_s = 0
        self._was_stopped = False  # in this visit, by hand or from afar
        self._limits: deque[float] = deque(maxlen=firmware.obeys_after_s + 1)

    @property
    def meter_wh(self) -> int:
        """The energy meter's reading [Wh]."""
        return int(self.energy_wh)

    def close(self, lines: int) -> None:
        """Set how many phases the contactor closes, counting a move if that changes."""
        if lines != self.lines:
            self.moves += 1
            self.under_current += self.car_state.draw_a >= FLOWS_A
            self.lines = lines

    def step(self, now_s: float, limit_a: float, voltage_v: float, alive: bool) -> None:
        """Advance by a second under this limit [A a phase]; `alive`: has power, runs and has no fault."""
        self._limits.append(limit_a)
        self.offered_a = self._offer_a() if alive and self.session else 0.0
        state = self.car_state
        if not alive:
            state = replace(state, draw_a=0.0, offers=())
        self.car_state = step_car(self.car, state, self.offered_a, now_s, voltage_v, self.lines)
        self.energy_wh += self.car_state.draw_a * voltage_v * len(self.used) / 3600
        if not self.car_state.present:
            self.stop("EVDisconnected", now_s)
            self._plugged_s, self._was_stopped = 0, False
        elif alive:
            self._plugged_s += 1
            free = self.session is None and not self._was_stopped and not self.firmware.needs_remote_start
            if free and self._plugged_s >= PLUG_AND_CHARGE_S:
                self.start(now_s)
        self.status = self._status()

    def can_start(self) -> bool:
        """Whether a RemoteStartTransaction would be accepted now."""
        return self.status == "Preparing"

    def start(self, now_s: float) -> None:
        """Begin a transaction; the new signal wakes a car that had given up."""
        self.session = Session(now_s, self.meter_wh)
        self.begun.append(self.session)
        self.car_state = replace(self.car_state, pauses=0, offers=(), offered_since_s=None)
        self._was_stopped = False

    def stop(self, reason: str, now_s: float) -> None:
        """End the transaction, if there is one."""
        if self.session is None:
            return
        self.session.ended = reason
        self.finished.append(self.session)
        self.session = None
        self._was_stopped = reason == "Remote"

    def reboot(self, now_s: float) -> None:
        """Reset the connector: the transaction ends, and a charger stuck in Finishing becomes free."""
        self.stop("HardReset", now_s)
        self._was_stopped, self._plugged_s = False, 0

    def draw_a(self) -> dict[str, float]:
        """Return the current on each phase of the cable [A]."""
        return {phase: self.car_state.draw_a if phase in self.used else 0.0 for phase in self.phases}

    @property
    def used(self) -> tuple[str, ...]:
        """The phases of the cable that the car uses."""
        return self.phases[: min(self.car_state.using or self.car.phases, self.lines)]

    def _offer_a(self) -> float:
        limit_a = self._limits[0]
        if limit_a >= MINIMUM_A:
            return limit_a
        return MINIMUM_A if limit_a > 0 and self.firmware.below_minimum == "minimum" else 0.0

    def _status(self) -> str:
        if not self.car_state.present:
            return "Available"
        if self.session is None:
            return "Finishing" if self._was_stopped and self.firmware.finishing_until_replug else "Preparing"
        if self._offer_a() == 0:
            return "SuspendedEVSE"
        return "Charging" if self.car_state.draw_a > 0 else "SuspendedEV"
