"""The control law of Load Juggler, from its published constants: smoothed inputs, smoothed and ramped outputs.

Every 2 s the inputs pass a filter, the cars' own draw is subtracted and the room is shared out; the result passes a
filter, a dead band and a ramp. Every 15 s the chargers are commanded. Two things favour the original: the draw is
smoothed as the meter is, so that the two belong together, and sending the same amps again does not count as a write. On
solar surplus each phase counts separately and a load stops at once without surplus, as observed of the original.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .contract import MINIMUM_A, ChargerReading, Peer, SecondReading, share_equally

LOOP_S = 2
COMMAND_S = 15
INPUT_SHARE = 0.3
OUTPUT_SHARE = 0.3
DEAD_BAND_A = 0.3
UP_A_S = 0.1
DOWN_A_S = 0.2
PAUSE_S = 180
SILENT_S = 60


class LoadJuggler(Peer):
    """Filters and outputs of every car."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self._grid_a: dict[str, float] = {}
        self._draw_a: dict[str, float] = {}
        self._smooth_a: dict[str, float] = {}
        self._output_a: dict[str, float] = dict.fromkeys(self.loads, 0.0)
        self._paused_s: dict[str, int] = {}
        self._known_s = 0

    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return the present outputs when they are due, else nothing."""
        if seen.t_s % LOOP_S == 0:
            self._run_loop(seen)
        return self._output_a if seen.t_s % COMMAND_S == 0 else {}

    def _run_loop(self, seen: SecondReading) -> None:
        for phase, amps in seen.grid_a.items():
            if amps is not None:
                self._grid_a[phase] = _eased(self._grid_a.get(phase), amps, INPUT_SHARE)
        for name, car in seen.cars.items():
            self._draw_a[name] = _eased(self._draw_a.get(name), car.draw_a, INPUT_SHARE)
        if not seen.blind:
            self._known_s = seen.t_s
        if self._grid_a.keys() < seen.grid_a.keys():
            return
        limit_a = 0.0 if self.on_sun else self.fuse_a
        room_a = {
            phase: limit_a - amps + sum(self._draw_a[n] for n, car in seen.cars.items() if phase in car.phases)
            for phase, amps in self._grid_a.items()
        }
        for name, wanted_a in share_equally(room_a, self._cars_not_pausing(seen)).items():
            silent = seen.t_s - self._known_s > SILENT_S and seen.cars[name].draw_a > 0
            self._move_output(name, MINIMUM_A if silent else wanted_a, seen.t_s)

    def _cars_not_pausing(self, seen: SecondReading) -> dict[str, ChargerReading]:
        """Return all cars; those in their pause count as unplugged."""
        resting = {n for n, since_s in self._paused_s.items() if seen.t_s - since_s < PAUSE_S}
        return {
            n: ChargerReading(car.phases, car.plugged and n not in resting, car.draw_a, car.max_a)
            for n, car in seen.cars.items()
        }

    def _move_output(self, name: str, wanted_a: float, t_s: int) -> None:
        """Move one output: to and from 0 at once, otherwise through filter, dead band and ramp."""
        output_a = self._output_a[name]
        if wanted_a <= 0 or output_a <= 0:
            if output_a > 0:
                self._paused_s[name] = t_s
            self._output_a[name] = self._smooth_a[name] = wanted_a
            return
        self._smooth_a[name] = _eased(self._smooth_a[name], wanted_a, OUTPUT_SHARE)
        step_a = self._smooth_a[name] - output_a
        if abs(step_a) >= DEAD_BAND_A:
            self._output_a[name] = output_a + min(max(step_a, -DOWN_A_S * LOOP_S), UP_A_S * LOOP_S)


def _eased(before_a: float | None, now_a: float, share: float) -> float:
    return now_a if before_a is None else before_a + share * (now_a - before_a)
