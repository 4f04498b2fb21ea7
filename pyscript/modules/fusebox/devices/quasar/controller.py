"""Control one guarded Quasar: meter and charger in, limits out. Times are those of the caller's clock."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from ... import tuning
from ...control.limits.power_range import PowerRange
from ...model.durations import DUST_S, since
from ...model.electrics import NOMINAL_V
from ...model.snapshot import Reading
from .guard import Guard
from .limits import ChargerLimits, Pace, PowerAllocation
from .registers import IDLE_S, SHUT, Register, RegisterLimits, limited_set_points
from .upstream import Away

BLIND_S = IDLE_S - 5.0
"""A meter silent for so long allows no power any more [s]. The charger has the rest of the minute to obey."""


def link_entity(load: str, what: str) -> str:
    """Return the id under which the guard shows `power`, `request`, `offer` [W, + = charging] or `state`."""
    return f"quasar.{load.lower()}_{what}"


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Present settings of a guard."""

    limit_w: float
    """Of the phase, in either direction [W]."""
    most_w: float
    """Of the charger [W]."""
    pace: Pace
    """How fast its limits follow the available power."""
    voltage_v: float = NOMINAL_V
    """Of the phase [V]."""
    allocated: bool = False
    """Whether a site's allocation limits it too."""
    off: bool = False
    """Whether nothing is to flow."""
    dry_run: bool = False
    """Whether everything passes and nothing is sent."""


class GuardController:
    """Runs one guard. `limits` are in force; `limit_w` is the signed limit in the requested direction.

    `meter_fault` is "silent" or "stuck" while no power may flow because of the meter, otherwise ""; `failure` is an
    internal error, "" for none.
    """

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.directions = ChargerLimits()
        self.allocation = PowerAllocation()
        self.limits = SHUT
        self.limit_w = 0.0
        self.meter_fault = "silent"
        self.failure = ""
        self._settings: GuardSettings | None = None
        self._run_s = float("-inf")
        self._reported_s = float("-inf")
        self._looked_s = self._audited_s = float("-inf")
        self._same: tuple[float, float] = (float("-inf"), float("nan"))
        """Since when the meter repeats one reading [s], and that reading [W]."""
        self._moved_w: tuple[float, float] = (0.0, 0.0)
        """The charger's lowest and highest power since then [W]."""
        self._moved_since_s: float | None = None
        """When these were first clearly apart [s], None while they are not."""
        self._heard, self._heard_s = 0, float("-inf")
        """The guard's count of requests, and when it last grew [s]."""
        self._silent = False
        """Whether the charger was halted since, because its controller is silent."""
        self._astray_since_s: float | None = None
        """Since when the charger's power is outside the limits [s], None while it is within."""

    async def run(self, now_s: float, total_w: Reading, settings: GuardSettings) -> None:
        """Read, decide, and bring the charger within the limits before returning, if it can be reached.

        A clock that was set back makes all readings and times start anew.
        """
        if now_s < self._run_s - tuning.QUICK_S:
            self.directions, self._reported_s, self._looked_s, self._audited_s = ChargerLimits(), *[float("-inf")] * 3
            self._same, self._heard_s, self._astray_since_s = (now_s, self._same[1]), now_s, None
            self._moved_since_s = None
        self._run_s, self._settings = now_s, settings
        # A repeated reading is not used: the charger's power may have changed since it was taken.
        fresh = total_w.value is not None and now_s - total_w.age_s > self._reported_s + DUST_S
        await self._read_charger(now_s, fresh)
        self._update_limits(now_s, total_w, settings, fresh)
        self._decide_limits(now_s, settings)
        try:
            await self.guard.enforce_limits()
            await self._stop_if_astray(now_s, settings)
        except Away:
            pass  # reported by the guard; all values are sent again once it is back
        self.failure = ""

    async def shut_after_failure(self, failure: str) -> None:
        """Record a run's internal error and allow no power, because the run's findings cannot be trusted.

        The charger is set to 0 W at once, or by the guard when it is reachable again. In a dry run, or before settings
        exist, the error is only recorded.
        """
        self.failure, self.directions, self.limit_w = failure, ChargerLimits(), 0.0
        settings = self._settings
        if settings is None or settings.dry_run:
            return
        self.limits = RegisterLimits(0.0, 0.0, settings.most_w, settings.voltage_v)
        self.guard.limits = self.limits
        with contextlib.suppress(Away):  # the guard reports it, and sets the limits once the charger is back
            await self.guard.enforce_limits()

    def store_power_range(self, now_s: float, power_range: PowerRange) -> None:
        """Store what the site's allocation allows, as of now; in force with the next run.

        Nothing is stored before the first run, when there are no settings.
        """
        settings = self._settings
        if settings is not None:
            self.allocation.take_power_range(
                now_s, power_range, settings.most_w, self.guard.requested_w(settings.voltage_v), settings.pace
            )

    def known_readings(self) -> Mapping[str, tuple[float | None, float]]:
        """Return name -> (value, time) of the charger's power and state, and of the guard's own request and offer.

        Power and state are None while the guard does not know the charger's power. The power is the one that the meter
        has seen, which may be late, because other loads' draw is the meter less that power.
        """
        voltage_v = NOMINAL_V if self._settings is None else self._settings.voltage_v
        state = self.guard.registers.get(Register.STATE)
        here, looked_s, motion = self.guard.drawn_w is not None, self._looked_s, self.directions.motion
        return {
            "power": (motion.power_at(self._reported_s - motion.lag_s) if here else None, looked_s),
            "state": (state if here else None, looked_s),
            "request": (self.guard.requested_w(voltage_v), self._run_s),
            "offer": (self.allocation.offer_w, self._run_s),
        }

    async def _read_charger(self, now_s: float, fresh: bool) -> None:
        """Read what is due from the charger and note its power with the time; forget these while it is unknown.

        `fresh`: read its power now, otherwise each `TICK_S`. Its settings are read back each `ANSWER_S`. A failure is
        not raised, the guard reports it.
        """
        guard = self.guard
        try:
            if not guard.upstream.connected:
                raise Away(guard.upstream.problem)
            if fresh or not 0 <= now_s - self._looked_s < tuning.TICK_S:
                self._looked_s = now_s
                await guard.read_power_and_state()
                if guard.drawn_w is not None:
                    self.directions.motion.note_power(now_s, guard.drawn_w)
            if not 0 <= now_s - self._audited_s < tuning.ANSWER_S:
                self._audited_s = now_s
                await guard.read_back_settings()
        except Away:
            pass  # reported by the guard
        if guard.drawn_w is None:
            self.directions.motion.drop_notes()

    def _update_limits(self, now_s: float, total_w: Reading, settings: GuardSettings, fresh: bool) -> None:
        """Update the limits by direction by the meter's reading, and `meter_fault` by whether it can be trusted.

        A silent or stuck meter allows nothing; one that is late for half of `BLIND_S` raises nothing. `fresh`: whether
        the meter has reported since the last call.
        """
        drawn_w, requested_w = self.guard.drawn_w, self.guard.requested_w(settings.voltage_v)
        stuck = self._is_stuck(now_s, total_w, drawn_w)
        if (silent := total_w.last is None or total_w.age_s >= BLIND_S) or stuck:
            self.meter_fault = "silent" if silent else "stuck"
            self.directions.allow_nothing(now_s)
            return
        self.meter_fault = ""
        if fresh and total_w.value is not None:
            self._reported_s = now_s - total_w.age_s
            set_w = self.guard.set_w(settings.voltage_v)
            self.directions.take_reading(now_s, total_w.value, total_w.age_s, set_w, settings.limit_w, settings.most_w)
        if total_w.value is None or total_w.age_s > BLIND_S / 2:
            self.directions.discard_readings()
        else:
            self.directions.ramp_up(now_s, requested_w, settings.most_w, settings.pace)

    def _is_stuck(self, now_s: float, total_w: Reading, drawn_w: float | None) -> bool:
        """Return whether the meter repeats one reading for `LASTING_S` although the charger's power has clearly moved.

        That change has to be `ANSWER_S` old. Readings without a value do not count as repeated, and neither do those
        from before the power became known.
        """
        if drawn_w is None and self._moved_since_s is None:
            self._same = (now_s, float("nan"))
            return False
        flows_w = drawn_w if drawn_w is not None else self._moved_w[0]
        if total_w.last != self._same[1] or total_w.last is None:
            self._same = (now_s, float("nan") if total_w.last is None else total_w.last)
            self._moved_w = (flows_w, flows_w)
        self._moved_w = (min(self._moved_w[0], flows_w), max(self._moved_w[1], flows_w))
        has_moved = self._moved_w[1] - self._moved_w[0] > tuning.CLEARLY_A * NOMINAL_V
        self._moved_since_s = since(self._moved_since_s, has_moved, now_s)
        moved = self._moved_since_s is not None and now_s - self._moved_since_s >= tuning.ANSWER_S
        return moved and now_s - self._same[0] >= tuning.LASTING_S

    def _decide_limits(self, now_s: float, settings: GuardSettings) -> None:
        """Decide the limits of both directions [W], and pause one in which they leave 0 W; a dry run enforces none.

        Both are 0 W with the mode off, without a trusted meter, and without a recent allocation where there has to be
        one.
        """
        whole_w = (-settings.most_w, settings.most_w)
        allocated_w = self.allocation.low_and_high_w(now_s) if settings.allocated else whole_w
        directions = self.directions
        shut = settings.off or bool(self.meter_fault) or allocated_w is None
        low_allocated_w, high_allocated_w = allocated_w or (0.0, 0.0)
        high_w = 0.0 if shut else min(directions.charging.allowed_w, high_allocated_w, settings.most_w)
        low_w = 0.0 if shut else max(-directions.giving.allowed_w, low_allocated_w, -settings.most_w)
        limits = RegisterLimits(low_w, high_w, settings.most_w, settings.voltage_v)
        set_w = self.guard.set_w(settings.voltage_v)
        targets = limited_set_points(limits, self.guard.requested)
        # While the charger does not report its draw, the house load seems to contain it: no reason for a pause. A car
        # that has left is none either: the next one does not have to wait for it.
        reports = self.guard.drawn_w is not None
        stops = reports and self.guard.has_car and set_w != 0 and bool(targets) and not any(targets.values())
        if stops and not shut and self.guard.requested_w(settings.voltage_v) != 0:
            (directions.charging if set_w > 0 else directions.giving).pause()
        high_w = 0.0 if directions.charging.paused else high_w
        low_w = 0.0 if directions.giving.paused else low_w
        self.limits = RegisterLimits(low_w, high_w, settings.most_w, settings.voltage_v)
        self.limit_w = low_w + 0.0 if self.guard.requested_w(settings.voltage_v) < 0 else high_w
        self.guard.limits = None if settings.dry_run else self.limits

    async def _stop_if_astray(self, now_s: float, settings: GuardSettings) -> None:
        """Halt the charger when its controller has fallen silent; stop it when its power stays outside the limits.

        Nothing happens in a dry run. A charger that its app controls is neither halted nor stopped.
        """
        guard = self.guard
        if guard.limits is None:
            return
        if guard.heard != self._heard or self._heard_s == float("-inf"):
            self._heard, self._heard_s, self._silent = guard.heard, now_s, False
        patience_s = guard.requested.get(Register.IDLE_S, 0)
        if patience_s and now_s - self._heard_s >= patience_s and not self._silent and not guard.by_app:
            await guard.halt()
            self._silent = True  # only after the call: a charger that was away is stopped once it is back
        drawn_w = guard.drawn_w or 0.0
        spare_w = tuning.CLEARLY_A * settings.voltage_v
        astray = not self.limits.low_w - spare_w <= drawn_w <= self.limits.high_w + spare_w
        self._astray_since_s = since(self._astray_since_s, astray and not guard.by_app, now_s)
        if self._astray_since_s is not None and now_s - self._astray_since_s >= tuning.FOLLOW_S:
            self._astray_since_s = now_s
            await guard.stop_charger()
