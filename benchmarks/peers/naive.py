"""The simplest automation: set what fits now, up as well as down."""

from __future__ import annotations

from collections.abc import Mapping

from .contract import Peer, SecondReading, share_equally

EVERY_S = 10
"""Interval of its decisions [s]."""


class Naive(Peer):
    """Available is the fuse (or the export) less the flow, plus the cars' draw. No filter, no delay, no margin."""

    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return whole amps for every car at each interval; nothing while the meter is unknown."""
        if seen.t_s % EVERY_S or seen.blind:
            return {}
        net_a = {phase: amps or 0.0 for phase, amps in seen.grid_a.items()}
        if self.on_sun:
            # Netted over the phases, as the meter bills it.
            net_a = dict.fromkeys(net_a, sum(net_a.values()) / len(net_a))
        limit_a = 0.0 if self.on_sun else self.fuse_a
        room_a = {
            phase: limit_a - amps + sum(car.draw_a for car in seen.cars.values() if phase in car.phases)
            for phase, amps in net_a.items()
        }
        return {name: float(int(amps)) for name, amps in share_equally(room_a, seen.cars).items()}
