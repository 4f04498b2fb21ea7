"""How much a load still needs: by its state of charge where that is known, else by what it has been given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model.load_plan import Vehicle

FULL_PCT = 100.0


@dataclass(frozen=True, slots=True)
class Charge:
    """A car's state of charge, held where nothing tells it."""

    soc_pct: float | None = None
    """As it was told last [%], None where it never was."""
    given_kwh: float = 0.0
    """What it has taken from the wire since then [kWh]."""

    def told(self, soc_pct: float | None, more_kwh: float) -> Charge:
        """After more energy, and what its entity tells now: the same as before says nothing new."""
        given_kwh = self.given_kwh + max(more_kwh, 0.0)
        if soc_pct is None or soc_pct == self.soc_pct:
            return replace(self, given_kwh=given_kwh)
        return Charge(soc_pct)

    def now_pct(self, vehicle: Vehicle) -> float | None:
        """What it should be by now [%]."""
        if self.soc_pct is None or not vehicle.capacity_kwh:
            return None
        return min(self.soc_pct + 100 * (self.given_kwh * vehicle.efficiency / vehicle.capacity_kwh), FULL_PCT)

    def needs_kwh(self, vehicle: Vehicle, target_pct: float) -> float | None:
        """What is to be taken from the wire up to a target [kWh], None where its state was never told."""
        now_pct = self.now_pct(vehicle)
        if now_pct is None or not vehicle.capacity_kwh:
            return None
        return max(target_pct - now_pct, 0.0) / 100 * vehicle.capacity_kwh / vehicle.efficiency


NO_CHARGE = Charge()
"""Of a car of which nothing was told."""
