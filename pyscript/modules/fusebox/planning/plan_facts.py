"""What progress of a plan is worked out from: readings of its load, and what stays the same."""

from __future__ import annotations

from typing import NamedTuple

from ..model.load_plan import LoadPlan
from ..model.vehicle import Vehicle


class PlanReadings(NamedTuple):
    """The readings of a load at one look."""

    now_s: float
    is_here: bool
    """Whether its car is connected; always for a switched load."""
    runs: bool
    """Whether it is reported on, whatever it draws."""
    counter_kwh: float
    is_full: bool = False
    """Whether its car has stopped by itself."""
    soc_pct: float | None = None
    """Its car's reported state of charge [%], None where unknown."""
    price: float | None = None
    """The present price of a kWh, None where unknown."""


class PlanFacts(NamedTuple):
    """What stays the same from look to look."""

    plan: LoadPlan | None
    """CONFIG's plan, None for none."""
    vehicle: Vehicle
    begins_anew: bool
    """Whether no car can be seen to come and leave, so that its plan counts from one time to the next."""
    kw: float
    """Its power while it runs [kW]."""
