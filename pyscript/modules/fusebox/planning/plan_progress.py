"""The progress of a load's plan, remembered between evaluations: energy, run time, costs, its time. Pure."""

from __future__ import annotations

from dataclasses import asdict, replace

from .. import tuning
from ..model.load_plan import LoadPlan, ReadyBy
from ..model.records import record
from .plan_facts import Charge, PlanUsage, RecognisedCar


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
