"""The progress of each load's plan, from look to look: its energy, its time, and whether that has passed. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from .. import tuning
from ..model.durations import HOUR_S
from ..model.load_plan import LoadPlan, ReadyBy, Vehicle
from .energy import NO_CHARGE, Charge
from .times import Ahead, next_departure_s

DONE_KWH = 0.02
"""A load that lacks no more than this is done [kWh]: the energy of a charger's last interval."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a load took of a plan up to an instant; `skipped`: whether that plan was skipped then."""

    given_kwh: float = 0.0
    ran_s: float = 0.0
    paid: float = 0.0
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is remembered of one load's plan between looks. Times are in seconds since 1970."""

    own: LoadPlan | None = None
    """The plan that a service has set, None where CONFIG's counts."""
    was_here: bool = False
    """Whether its car was connected at the last look."""
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
    """The cost of that energy."""
    at_once: float | None = None
    """The cost of all of it at once, None until computed."""
    evenly: float | None = None
    """The cost of all of it spread evenly until its time, None until computed."""
    counter_kwh: float | None = None
    """Its energy counter at the last look [kWh]."""
    at_s: float | None = None
    charge: Charge = NO_CHARGE
    before: Taken = Taken()
    """CONFIG's plan as it was when a service set another; empty while CONFIG's counts."""
    had: Taken | None = None
    """What it had taken when it was done, None until then; later energy is not part of the plan."""

    def with_own(self, plan: LoadPlan, now_s: float) -> Wish:
        """Return the wish with the plan of a service, of which nothing is taken yet."""
        fresh = replace(
            _from_nothing(self), own=plan, from_s=now_s, ready_by=plan.ready_by, overdue=False, skipped=False
        )
        return replace(fresh, before=self._taken())

    def with_max_price(self, plan: LoadPlan | None, max_price: float, now_s: float) -> Wish:
        """Return the wish with this price limit in the plan in force, or as a plan of its own. `plan`: CONFIG's."""
        plan = self.own or plan
        if plan is None:
            return self.with_own(LoadPlan(max_price=max_price), now_s)
        # What was taken of the same plan still counts.
        return replace(self, own=replace(plan, max_price=max_price))

    def without_own(self, now_s: float) -> Wish:
        """Return the wish with CONFIG's plan again, which counts what was taken meanwhile and before."""
        taken = asdict(self._taken())
        return replace(_from_nothing(self), own=None, from_s=now_s, ready_by=None, overdue=False, **taken)

    def unskipped(self) -> Wish:
        """Return the wish with its plan counting again; a time that passed while skipped was not missed."""
        wish = replace(self, before=replace(self.before, skipped=False))
        return replace(wish, skipped=False, overdue=False, from_s=None) if self.skipped else wish

    @property
    def is_skipped_anywhere(self) -> bool:
        """Whether its plan is skipped, or CONFIG's plan below the one that a service has set."""
        return self.skipped or self.before.skipped

    def _taken(self) -> Taken:
        """Return what was taken of CONFIG's plan, including the energy of a service's plan."""
        before = self.before
        kwh, ran_s = before.given_kwh + self.given_kwh, before.ran_s + self.ran_s
        return Taken(kwh, ran_s, before.paid + self.paid, self.is_skipped_anywhere)


class Seen(NamedTuple):
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


class Facts(NamedTuple):
    """What stays the same from look to look."""

    plan: LoadPlan | None
    """CONFIG's plan, None for none."""
    vehicle: Vehicle
    begins_anew: bool
    """Whether no car can be seen to come and leave, so that its plan counts from one time to the next."""
    kw: float
    """Its power while it runs [kW]."""


class Standing(NamedTuple):
    """The progress of a plan."""

    plan: LoadPlan
    need_kwh: float
    """The energy still needed [kWh]."""
    due_s: float | None
    """When that is due [s since 1970], None where no time is set, or it has passed for good."""
    now_kwh: float = 0.0
    """The part needed at once, to reach the least state of charge [kWh]."""
    can_take_more: bool = True
    """Whether the load may take more at low prices: its car is not full, and the plan is not one of 0 kWh."""


def is_forgotten(wish: Wish, now_s: float) -> bool:
    """Return whether the last look is so long ago that the wish no longer counts: Fusebox was stopped or removed."""
    return wish.at_s is not None and now_s - wish.at_s > tuning.PLAN_FORGOTTEN_S


def observe_wish(wish: Wish, facts: Facts, seen: Seen, ahead: Ahead) -> tuple[Wish, Standing | None]:
    """Return the wish after one more look, and the standing of its plan; None where there is no plan, or no car."""
    wish = _with_energy(Wish() if is_forgotten(wish, seen.now_s) else wish, seen)
    if not seen.is_here:
        return _without_car(wish, seen.now_s, ahead), None
    plan = wish.own or facts.plan
    wish = _for_current_plan(wish, plan, seen.now_s)
    if plan is None:
        return wish, None
    wish, standing = _standing(wish, plan, facts, seen, ahead)
    is_full = seen.is_full and not facts.begins_anew
    return wish, standing and standing._replace(can_take_more=not is_full and standing.plan.amount != 0)


def _standing(wish: Wish, plan: LoadPlan, facts: Facts, seen: Seen, ahead: Ahead) -> tuple[Wish, Standing | None]:
    """Return where a plan stands whose load is there, and the wish with what that changes."""
    if plan.has_no_end:
        is_done = seen.is_full and not facts.begins_anew
        wish = replace(wish, overdue=False, done=is_done, had=_had(wish, plan) if is_done else None)
        now_kwh = 0.0 if is_done else _least_kwh(wish, plan, facts)
        return wish, Standing(plan, now_kwh, None, now_kwh)
    due_s = next_departure_s(plan.ready_by, wish.from_s or seen.now_s, ahead)
    has_passed = wish.overdue or (due_s is not None and due_s <= seen.now_s)
    # Until its car leaves, whatever its state of charge becomes: the plan's amount was delivered.
    ends_with_car = wish.own is not None and facts.plan is None and not facts.begins_anew
    is_over = wish.done and has_passed and ends_with_car
    is_full = seen.is_full and not facts.begins_anew
    need_kwh = 0.0 if is_over or is_full else _energy_left_kwh(wish, plan, facts)
    is_done = _is_done(wish, plan, need_kwh)
    if wish.done and not is_done and plan.soc_target_pct is not None:
        wish = _from_nothing(wish)
    wish = replace(wish, done=is_done, had=_had(wish, plan) if is_done else None)
    if has_passed:
        if not wish.done and not facts.begins_anew:
            return replace(wish, overdue=True), Standing(plan, need_kwh, due_s)
        if ends_with_car:
            return wish, Standing(plan, 0.0, due_s)
        wish = _next_wish(wish, facts, seen.now_s, ahead)
        next_plan = wish.own or facts.plan
        if next_plan is None:
            return wish, None
        plan = next_plan
        need_kwh = _energy_left_kwh(wish, plan, facts)
        due_s = next_departure_s(plan.ready_by, seen.now_s, ahead)
    now_kwh = 0.0 if wish.done else min(_least_kwh(wish, plan, facts), need_kwh)
    return wish, Standing(plan, 0.0 if wish.done else need_kwh, due_s, now_kwh)


def _least_kwh(wish: Wish, plan: LoadPlan, facts: Facts) -> float:
    """Return what its car lacks of the least state of charge [kWh]; 0 where there is none, or nothing is known."""
    if plan.min_soc_pct is None:
        return 0.0
    return wish.charge.needs_kwh(facts.vehicle, plan.min_soc_pct) or 0.0


def _with_energy(wish: Wish, seen: Seen) -> Wish:
    """Return the wish with the energy added; a car that came or left resets it, and leaving drops a service's plan."""
    if not seen.is_here:
        kept = Wish() if wish.was_here or wish.own is None else wish
        is_skipped = wish.skipped and not wish.was_here
        away = Wish(own=kept.own, from_s=kept.from_s, ready_by=kept.ready_by, skipped=is_skipped, before=kept.before)
        return replace(away, counter_kwh=seen.counter_kwh, at_s=seen.now_s)
    more_kwh = 0.0 if wish.counter_kwh is None else max(seen.counter_kwh - wish.counter_kwh, 0.0)
    passed_s = 0.0 if wish.at_s is None else max(seen.now_s - wish.at_s, 0.0)
    return replace(
        wish,
        was_here=True,
        from_s=seen.now_s if wish.from_s is None else wish.from_s,
        given_kwh=wish.given_kwh + more_kwh,
        ran_s=wish.ran_s + (passed_s if seen.runs and passed_s <= tuning.SLOWEST_S else 0.0),
        paid=wish.paid + more_kwh * (seen.price or 0.0),
        counter_kwh=seen.counter_kwh,
        at_s=seen.now_s,
        charge=wish.charge.told(seen.soc_pct, more_kwh),
    )


def _without_car(wish: Wish, now_s: float, ahead: Ahead) -> Wish:
    """Return the wish while no car is connected; a service's plan ends when its time has passed."""
    if wish.own is None or wish.from_s is None or wish.own.has_no_end:
        return wish
    due_s = next_departure_s(wish.own.ready_by, wish.from_s, ahead)
    is_over = due_s is None or due_s <= now_s
    is_skipped = wish.is_skipped_anywhere
    return replace(wish, own=None, from_s=None, ready_by=None, skipped=is_skipped, before=Taken()) if is_over else wish


def _for_current_plan(wish: Wish, plan: LoadPlan | None, now_s: float) -> Wish:
    """Return the wish for the plan of now; a time that passed without a plan, or before it changed, was not missed."""
    ready_by = None if plan is None else plan.ready_by
    # An entity without a value for a moment has not changed the time.
    if plan is None or ready_by not in (None, wish.ready_by):
        wish = replace(wish, ready_by=ready_by, from_s=now_s, overdue=False)
    if plan is not None and plan.amount != wish.amount:
        # What it would have cost otherwise was reckoned for another amount, and it was done for that.
        known = wish.amount is not None
        at_once, evenly = (None, None) if known else (wish.at_once, wish.evenly)
        wish = replace(wish, amount=plan.amount, at_once=at_once, evenly=evenly, done=wish.done and not known)
    return wish


def _is_done(wish: Wish, plan: LoadPlan, need_kwh: float) -> bool:
    """Return whether a plan is done. Hours are compared in time, because a small pump takes little energy."""
    if plan.hours is not None:
        return need_kwh <= 0 or _run_time_left_s(wish, plan.hours) <= tuning.SHOWN_S
    return need_kwh <= (tuning.PLAN_OFF_KWH if wish.done else DONE_KWH)


def _had(wish: Wish, plan: LoadPlan) -> Taken:
    """Return what a load had taken of its plan when that was first found done; nothing for an amount of 0."""
    if plan.amount == 0:
        return Taken()
    return wish.had or Taken(wish.given_kwh, wish.ran_s, wish.paid)


def _run_time_left_s(wish: Wish, hours: float) -> float:
    """Return how long the load still has to run [s]."""
    return max(hours * HOUR_S - wish.ran_s, 0.0)


def _energy_left_kwh(wish: Wish, plan: LoadPlan, facts: Facts) -> float:
    """Return the energy that the plan still needs [kWh], 0 when reached; an unknown state of charge counts as empty."""
    if plan.hours is not None:
        return _run_time_left_s(wish, plan.hours) / HOUR_S * facts.kw
    if plan.energy_kwh is not None:
        return max(plan.energy_kwh - wish.given_kwh, 0.0)
    target_pct = plan.soc_target_pct or 0.0
    needed_kwh = wish.charge.needs_kwh(facts.vehicle, target_pct)
    if needed_kwh is None:
        # The state of charge is unknown: assume an empty car, which stops by itself when it is full.
        return Charge(0.0, wish.given_kwh).needs_kwh(facts.vehicle, target_pct) or 0.0
    return needed_kwh


def _next_wish(wish: Wish, facts: Facts, now_s: float, ahead: Ahead) -> Wish:
    """Return the wish for the next time: a service's plan ends, and what was not taken in time is not caught up."""
    if wish.own is None:
        wish = replace(wish, overdue=False, from_s=now_s)
        return _from_nothing(wish) if facts.begins_anew else wish
    due_s = None if facts.plan is None else next_departure_s(facts.plan.ready_by, wish.from_s or now_s, ahead)
    has_passed = due_s is None or due_s <= now_s
    wish = wish.without_own(now_s)
    return _from_nothing(wish) if facts.begins_anew and has_passed else wish


def _from_nothing(wish: Wish) -> Wish:
    """Return the wish with nothing taken and nothing paid."""
    nothing = replace(wish, given_kwh=0.0, ran_s=0.0, paid=0.0, at_once=None, evenly=None, done=False, had=None)
    return replace(nothing, before=Taken(skipped=wish.before.skipped))
