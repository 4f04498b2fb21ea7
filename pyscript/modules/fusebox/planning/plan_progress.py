"""A load's plan between evaluations: what its progress is worked out from, and what is remembered of it. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from .. import tuning
from ..model.load_plan import LoadPlan, ReadyBy
from ..model.records import record
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
        """Return the car `vehicle` as recognised now in this session; None without a session or a `vehicle`."""
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


@record
class PlanProgress:
    """What is remembered of one load's plan between evaluations. Times are in seconds since 1970."""

    own: LoadPlan | None = None
    """The plan that a service has set, None where CONFIG's counts."""
    was_here: bool = False
    """Whether its car was connected at the last evaluation."""
    from_s: float | None = None
    """Its next time is searched from here on; None while no car is connected and no service has set a plan."""
    ready_by: ReadyBy = None
    """The time of the plan that `overdue` is about; None for none."""
    amount: float | None = None
    """The amount of its plan, in the plan's unit; None for none."""
    overdue: bool = False
    """Whether its time has passed before it was done."""
    done: bool = False
    """Whether it has taken its whole amount."""
    skipped: bool = False
    """Whether its mode was set to off by hand: its plan does not count until its car leaves or the mode changes."""
    given_kwh: float = 0.0
    """The energy that it has taken of its plan [kWh]."""
    ran_s: float = 0.0
    """How long it has run for its plan [s]."""
    paid: float = 0.0
    """The cost of that energy, without that of `unpriced_kwh`, whose price was unknown."""
    unpriced_kwh: float = 0.0
    at_once: float | None = None
    """The cost of all of it at once, None until computed."""
    evenly: float | None = None
    """The cost of all of it spread evenly until its time, None until computed."""
    costs_kwh: float = 0.0
    """The energy for which `at_once` and `evenly` were computed [kWh]."""
    counter_kwh: float | None = None
    """Its energy counter at the last evaluation [kWh]."""
    at_s: float | None = None
    charge: Charge = Charge()
    before: PlanUsage = PlanUsage()
    """CONFIG's plan as it was when a service set another; empty while CONFIG's counts."""
    had: PlanUsage | None = None
    """What it had taken when it was done, None until then; later energy is not part of the plan."""
    car: RecognisedCar | None = None
    """The car that was recognised last since the plan was set, None for none."""

    def with_service_plan(self, plan: LoadPlan, now_s: float) -> PlanProgress:
        """Return the progress with a service's plan, of which nothing is taken; `before` retains what CONFIG's had."""
        fresh = replace(self.without_usage(), own=plan, ready_by=plan.ready_by, overdue=False, skipped=False, car=None)
        return replace(fresh, from_s=now_s, before=self._taken_of_config_plan())

    def with_max_price(self, plan: LoadPlan | None, max_price: float, now_s: float) -> PlanProgress:
        """Return the progress with a price limit in the plan in force, as a service's plan; energy taken stays counted.

        Without a plan in force, the limit alone becomes a new plan. `plan`: CONFIG's, None for none.
        """
        plan = self.own or plan
        if plan is None:
            return self.with_service_plan(LoadPlan(max_price=max_price), now_s)
        return replace(self, own=replace(plan, max_price=max_price))

    def without_service_plan(self, now_s: float) -> PlanProgress:
        """Return the progress with CONFIG's plan again, counting all taken in between; no longer overdue or done."""
        taken = asdict(self._taken_of_config_plan())
        return replace(self.without_usage(), own=None, from_s=now_s, ready_by=None, overdue=False, **taken)

    def resume_skipped(self) -> PlanProgress:
        """Return the progress, its plan and CONFIG's no longer skipped; a time that passed meanwhile was not missed."""
        past = replace(self, before=replace(self.before, skipped=False))
        return replace(past, skipped=False, overdue=False, from_s=None) if self.skipped else past

    def without_usage(self) -> PlanProgress:
        """Return the progress with nothing taken or paid, not done, and no costs computed; `before.skipped` stays."""
        nothing = replace(self, given_kwh=0.0, ran_s=0.0, paid=0.0, unpriced_kwh=0.0, done=False, had=None)
        return replace(nothing, at_once=None, evenly=None, before=PlanUsage(skipped=self.before.skipped))

    @property
    def is_skipped_anywhere(self) -> bool:
        """Whether its plan is skipped, or CONFIG's plan below the one that a service has set."""
        return self.skipped or self.before.skipped

    def _taken_of_config_plan(self) -> PlanUsage:
        """Return what was taken of CONFIG's plan, including the energy of a service's plan."""
        before = self.before
        kwh, ran_s = before.given_kwh + self.given_kwh, before.ran_s + self.ran_s
        return PlanUsage(kwh, ran_s, before.paid + self.paid, self.is_skipped_anywhere)


def is_forgotten(past: PlanProgress, now_s: float) -> bool:
    """Return whether the last readings are so old that they no longer count: Fusebox was stopped or removed."""
    return past.at_s is not None and now_s - past.at_s > tuning.PLAN_FORGOTTEN_S
