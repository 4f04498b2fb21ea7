"""What progress of a plan is worked out from: readings of its load, what stays the same, and what a car still needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from .. import tuning
from ..model.load_plan import LoadPlan
from ..model.vehicle import Vehicle


class RecognisedCar(NamedTuple):
    """The car that was recognised at one evaluation of the plans."""

    name: str
    session_s: float
    """The beginning of its session [s since 1970]."""
    at_s: float
    """The time of that evaluation [s since 1970]."""


def is_another_car(past: RecognisedCar | None, now: RecognisedCar | None) -> bool:
    """Return whether another car has come between two evaluations, such as within seconds or while Fusebox was away.

    The second has to find another name, in another session or after a gap of `SLOWEST_S`. Within one session a new name
    only corrects the recognition. False if no car was recognised at either.
    """
    if past is None or now is None or now.name == past.name:
        return False
    return now.session_s != past.session_s or now.at_s - past.at_s > tuning.SLOWEST_S


class PlanReadings(NamedTuple):
    """The readings of a load at one evaluation of the plans."""

    now_s: float
    is_here: bool
    """Whether its car is connected; always for a switched load."""
    run_share: float
    """The share of its full power at which it runs, whatever it draws: 1 for a switched load that is reported on."""
    counter_kwh: float
    is_full: bool = False
    """Whether its car has stopped by itself."""
    soc_pct: float | None = None
    """Its car's reported state of charge [%], None where unknown."""
    price: float | None = None
    """The present price of a kWh, None where unknown."""
    session_s: float | None = None
    """The beginning of its present session [s since 1970], None between sessions."""

    def recognised_car(self, vehicle: str | None) -> RecognisedCar | None:
        """Return this car as seen now; None without a session, or while it is not recognised (`vehicle` None)."""
        return None if vehicle is None or self.session_s is None else RecognisedCar(vehicle, self.session_s, self.now_s)


class PlanFacts(NamedTuple):
    """The inputs of a plan's progress that rarely change: configuration, and the load's power."""

    plan: LoadPlan | None
    """CONFIG's plan, None for none."""
    vehicle: Vehicle
    begins_anew: bool
    """Whether no car can be seen to come and leave, so that its plan counts from one time to the next."""
    kw: float
    """Its power while it runs [kW]."""


FULL_PCT = 100.0


@dataclass(frozen=True, slots=True)
class Charge:
    """A car's state of charge, retained while its entity is silent."""

    soc_pct: float | None = None
    """As last reported [%], None if never."""
    given_kwh: float = 0.0
    """The energy taken from the wire since then [kWh]."""
    vehicle: str | None = None
    """The car that it is about, by its name in CONFIG; None for the charger's own."""

    def after_report(self, soc_pct: float | None, more_kwh: float, vehicle: str | None = None) -> Charge:
        """Return the charge after `more_kwh` from the wire; a new state of charge starts it anew, without energy.

        So does another vehicle, even without a state of charge: what is known of the one before does not count. None or
        the value as before only adds the energy; negative energy counts as 0.
        """
        if soc_pct == 0 and self.soc_pct is not None and vehicle == self.vehicle:
            soc_pct = None  # a car at its charger loses nothing: makers' clouds report 0 for no value
        if vehicle != self.vehicle or soc_pct not in (None, self.soc_pct):
            return Charge(soc_pct, vehicle=vehicle)
        return replace(self, given_kwh=self.given_kwh + max(more_kwh, 0.0))

    def estimated_soc_pct(self, vehicle: Vehicle) -> float | None:
        """Return the estimated present state of charge [%], at most 100: the last report plus the energy given since.

        Charging losses (`efficiency`) are subtracted. None before a report, and without the car's capacity.
        """
        if self.soc_pct is None or not vehicle.capacity_kwh:
            return None
        return min(self.soc_pct + 100 * (self.given_kwh * vehicle.efficiency / vehicle.capacity_kwh), FULL_PCT)

    def energy_to_target_kwh(self, vehicle: Vehicle, target_pct: float) -> float | None:
        """Return the energy from the wire needed up to a target [kWh], 0 when reached.

        None before a report and without the car's capacity.
        """
        now_pct = self.estimated_soc_pct(vehicle)
        if now_pct is None or not vehicle.capacity_kwh:
            return None
        return max(target_pct - now_pct, 0.0) / 100 * vehicle.capacity_kwh / vehicle.efficiency


@dataclass(frozen=True, slots=True)
class PlanUsage:
    """What a load took of a plan up to an instant; `skipped`: whether that plan was skipped then."""

    given_kwh: float = 0.0
    ran_s: float = 0.0
    paid: float = 0.0
    skipped: bool = False
