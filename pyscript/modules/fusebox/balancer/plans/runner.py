"""Run the plans and the home battery while the script is loaded: update, persist and publish them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ... import tuning
from ...model.ceiling import unmeasured_limits
from ...model.durations import has_passed
from ...model.equipment import Battery
from ...model.load import Load
from ...model.local_day import wall_clock
from ...model.messages.message import message, with_frame
from ...model.orders import NO_ORDERS
from ...model.own_entities import PRICES_ENTITY
from ...model.readings import View
from ...model.site import Site
from ...runtime.load_files import LoadedConfig
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports
from ...runtime.publisher import EntityPublisher
from ...runtime.settings import Settings
from ...runtime.store import STORE
from ..energy.meter import energy_meter
from . import show
from .battery_calls import BatteryRequest
from .battery_control import BatteryControl
from .battery_request import choose_battery_requests, request_for_all
from .course import Course, build_courses, car_attributes
from .export_control import ExportLimiter
from .inputs import PlanInputs, StepResult, tariff_terms
from .modes import PlansInForce, PlansNow, apply_plans, can_be_planned, newly_planned
from .plan_file import is_of_plan
from .plan_store import PlansKeeper, start_keeper
from .plans import Plans
from .show import NOTHING_PLANNED, battery_plan_attributes

UNDECIDED = BatteryRequest(reason=message("battery_free_undecided"), at_once=True)


class PlanRunner:
    """Plans and battery while the script is loaded. `attributes_by_load`: load -> what is published of its plan."""

    def __init__(self, ports: Ports, loaded: LoadedConfig, settings: Settings) -> None:
        self._ports, self._loaded, self._settings = ports, loaded, settings
        self._publisher = EntityPublisher(ports, "plans")
        # Of the two parts of an update one may fail while the other works.
        self._plan_failures = Failures("evaluating plans", "plans_fail")
        self._battery_failures = Failures("commanding the battery", "battery_orders_fail")
        self._keeper: PlansKeeper | None = None
        self.plans = Plans(ports)
        self._planning: asyncio.Task[bool] | None = None
        """The evaluation of the plans in progress: services of other integrations may take minutes."""
        self._battery = BatteryControl(ports)
        self.export = ExportLimiter(ports, self.plans, has_site=loaded.config.has_site)
        self._requests: Sequence[BatteryRequest] = ()
        """The request of each battery at the last update."""
        self._battery_plan: Mapping[str, Any] = {}
        """What the site's entity publishes of the battery's plan."""
        self.inputs: PlanInputs | None = None
        """The input of the last update, None before the first."""
        self.attributes_by_load: Mapping[str, Mapping[str, Any]] = STORE.get("plan_attributes", {})
        self._courses: Mapping[str, Course] = {}
        self._began_s: float | None = None
        self._now_s = 0.0

    async def restore(self, owner: object) -> None:
        """Restore the stored plans and the batteries' orders; start the keeper of the plans' file, if there is one."""
        self._keeper = await start_keeper(self._loaded.storage, owner, self.plans, self._battery, self.export.control)

    @property
    def next_update_s(self) -> float:
        """The time until the next update [s]: `SHOWN_S`, but 1 s until there has been a decision to plan with."""
        return 1.0 if self.inputs is None else tuning.SHOWN_S

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems for the user, as sentences; damage of the file is reported for `FORGET_S` after a start."""
        plans = self.plans
        feeds = {"prices.import": plans.imports, "prices.export": plans.exports, "forecast.solar": plans.sun}
        found = list[str](with_frame(it.problem, "path", path) for path, it in feeds.items() if it.problem)
        found += self._battery.problems
        found += [with_frame(problem, "path", "site.export") for problem in self.export.problems]
        if self._keeper is not None:
            is_new = self._began_s is not None and not has_passed(tuning.FORGET_S, self._began_s, self._now_s)
            found += filter(None, (self._keeper.problem, self._keeper.damaged if is_new else ""))
        return (*found, *filter(None, (self._plan_failures.problem, self._battery_failures.problem)))

    def battery_attributes(self, batteries: Sequence[Battery]) -> Mapping[str, Any]:
        """Return what the site's entity publishes of these batteries' orders and plan; empty if none takes an order."""
        if all(battery.orders == NO_ORDERS for battery in batteries):
            return {}
        return {**self._battery.attributes(len(batteries), self._requests), **NOTHING_PLANNED, **self._battery_plan}

    @property
    def now(self) -> PlansNow:
        """The effect of the plans and of prices on the site."""
        return self.plans.now._replace(may_export_w=self.export.may_export_w)

    def with_plans(self, as_set: Site, boosted: Site) -> Site:
        """Return the site `boosted` with the effect of plans, after a change of mode has skipped or resumed them.

        `as_set`: the site without boosts, with the modes that are set. A plan is skipped when a mode becomes `off`.
        """
        is_known = self._settings.is_known
        self.plans.skip_or_resume_plans({n.name: n.mode for n in as_set.loads if is_known(f"loads.{n.name}.mode")})
        self.plans.resting = self.resting_loads(self.plans, as_set)
        return apply_plans(boosted, self.now)

    @property
    def in_force(self) -> PlansInForce:
        """The plans at this moment, to be published with the decision that they had an effect on."""
        skipped = frozenset(name for name, progress in self.plans.progress.items() if progress.skipped)
        return PlansInForce(self.now, self.plans.waiting, self.plans.standings, skipped, self.attributes_by_load)

    def plan_attributes(self, decided: StepResult, load: Load) -> Mapping[str, Any]:
        """Return what a load's entity publishes of the plan that was `decided` with. `load`: without boosts."""
        chosen = str(load.mode) if self._settings.is_chosen(f"loads.{load.name}.mode") else None
        need = decided.decision.memory.loads[load.name].switched.need
        found = show.with_present_mode(decided.plans, load, chosen, decided.decision.notes[load.name].reason)
        if need is not None and need.wants and load.name not in decided.plans.now.running:
            found.pop("reason", None)  # a tank below its minimum heats although its plan waits
        if self.inputs is not None and "ready_at" in found:
            # A boost or session may have begun or ended since the plans were evaluated.
            inputs = self.inputs._replace(memory=decided.decision.memory)
            of_car = car_attributes(self.plans, inputs, load, self._courses.get(load.name))
            found["ready_at"] = of_car.get("ready_at")
        return found

    async def write_now(self, now_s: float) -> None:
        """Write the plans' file now if it has changed; nothing without a keeper."""
        if self._keeper is not None:
            await self._keeper.write_if_due(now_s, at_once=True)

    async def update(self, now_s: float, found: StepResult | None) -> bool:
        """Update battery and plans; return whether the plans' effect on the loads has changed.

        The battery comes first and independently: whatever plans raise, and however long they take, it is released.
        False also after `SHOWN_S`, while they are still being made.
        """
        self._now_s, self._began_s = now_s, now_s if self._began_s is None else self._began_s
        await self._update_battery(now_s, found)
        # Whether an inverter stays held back may depend on prices, which are known once plans have been evaluated.
        is_evaluated = self.inputs is not None and (self._planning is None or self._planning.done())
        is_early = not is_evaluated and not has_passed(tuning.LASTING_S, self._began_s, now_s)
        waits = is_early and bool(self.export.control.loans.held)
        await self.export.update(now_s, self._began_s, None if waits else found, wall_clock())
        if self._planning is None:
            self._planning = asyncio.create_task(self._update_plans(now_s, found))
        task = self._planning
        await asyncio.wait([task], timeout=tuning.SHOWN_S)
        if not task.done():
            return False
        # Another caller may have waited for the same evaluation, and have begun the next one.
        if self._planning is task:
            self._planning = None
        return task.result()

    async def _update_battery(self, now_s: float, found: StepResult | None) -> None:
        """Order or release the battery. If that fails, release it whatever its entities display."""
        with self._battery_failures.logged(now_s):
            await self._order_battery(now_s, found)
        if self._battery_failures.since_s is not None:
            self._requests = [UNDECIDED for _ in self._requests]
            await self._battery.release_without_reading(now_s)

    async def _order_battery(self, now_s: float, found: StepResult | None) -> None:
        """Give the battery its order; before the first decision, only releases that are due.

        Without a decision for `LASTING_S`, and in a dry run, all batteries are released.
        """
        view = View(self._ports.get, now_s)
        if found is None:
            # Releases left by an earlier process do not wait for a valid CONFIG; orders in force wait only so long.
            if has_passed(tuning.LASTING_S, self._began_s or now_s, now_s):
                await self._battery.update_orders((), (), view)
            await self._battery.loans.update_due(view)
            return
        is_late = now_s - found.snapshot.now_s > found.site.failsafe_after_s
        # Not by the site's state: that is "over" while any limit is exceeded, even if a meter is silent.
        for_all = request_for_all(found.served, is_blind=is_late or bool(unmeasured_limits(found.decision.ceilings)))
        if for_all is None:
            memory, running, charge_kw = found.decision.memory, self.plans.running, self.plans.charge_kw
            resting = [place for place, order in enumerate(self._battery.orders) if not order.may_charge(now_s)]
            requests = choose_battery_requests(found.served, found.snapshot, memory, running, charge_kw, resting)
        else:
            requests = [for_all] * len(found.served.batteries)
        self._requests = requests
        batteries = () if found.site.dry_run else found.site.batteries
        await self._battery.update_orders(batteries, self._requests, view)

    async def _update_plans(self, now_s: float, found: StepResult | None) -> bool:
        """Make and publish the plans; return whether loads change by them.

        A failure is logged and ends charging from the grid; after `LASTING_S` of failures the plans release all loads.
        """
        before: PlansNow | None = None
        with self._plan_failures.logged(now_s):
            before = self.now
            await self._make_and_publish_plans(now_s, found)
        if self._plan_failures.since_s is not None:
            self.plans.charge_kw = 0.0
            if has_passed(tuning.LASTING_S, self._plan_failures.since_s, now_s):
                self.plans.release_loads()
                self.attributes_by_load = {}
        return before is None or before != self.now

    async def _make_and_publish_plans(self, now_s: float, found: StepResult | None) -> None:
        """Make and publish the plans, and write them if that is due, at once if which loads run or rest has changed.

        Nothing before the first decision (`found` None).
        """
        if found is None:
            return
        view = View(self._ports.get, now_s)
        sections = self._loaded.config.sections_with(self._settings.read_values(view))
        site, snapshot = found.site, replace(found.snapshot, now_s=now_s)
        memory, ahead = found.decision.memory, wall_clock()
        tariff = tariff_terms(site, now_s, ahead)
        self.inputs = inputs = PlanInputs(site, snapshot, memory, energy_meter(), view, sections, tariff, ahead)
        before = self.now
        await self.plans.update(inputs)
        self.plans.resting = self.resting_loads(self.plans, site)
        self._courses = courses = build_courses(self.plans, now_s)
        self._record_costs(courses)
        self._set_plan_attributes(inputs, courses)
        if self._keeper is not None:
            has_changed = before.running.keys() != self.now.running.keys() or before.resting != self.now.resting
            await self._keeper.write_if_due(now_s, at_once=has_changed)

    def resting_loads(self, plans: Plans, site: Site) -> frozenset[str]:
        """Return the loads that stay off until their block: they wait, or have a new car, and no mode was chosen."""
        is_new = newly_planned(site, plans.standings) if self._plan_failures.problem is None else frozenset[str]()
        names = {load.name for load in site.loads} & (plans.waiting | is_new) - plans.running.keys()
        return frozenset(name for name in names if not self._settings.is_chosen(f"loads.{name}.mode"))

    def unsettled(self, site: Site) -> tuple[str, ...]:
        """Return why loads are not raised yet: settings without a value, and plans that were not evaluated yet.

        A plan that may keep its load off, and a plan's setting, count for `LASTING_S` after a start at most and while
        evaluations work.
        """
        began_s, plans, missing = self._began_s, self.plans, self._settings.missing
        if self._plan_failures.problem or (began_s is not None and has_passed(tuning.LASTING_S, began_s, self._now_s)):
            return tuple(text for text in missing if not is_of_plan(text.partition(":")[0]))
        known = plans.standings.keys() | plans.waiting
        new = [n.name for n in filter(can_be_planned, site.loads) if n.plan is not None and n.name not in known]
        new = [name for name in new if not self._settings.is_chosen(f"loads.{name}.mode")]
        return (*missing, *(with_frame(message("plan_unplaced"), "path", f"loads.{name}.plan") for name in new))

    def _record_costs(self, courses: Mapping[str, Course]) -> None:
        """Store for each new plan with an end what its energy would cost at once, and evenly until its time."""
        for name, course in courses.items() if self.plans.prices.by_start else ():
            progress = self.plans.progress[name]
            has_end = not self.plans.standings[name].plan.has_no_end
            if has_end and not progress.done and progress.at_once is None:
                costs, costs_kwh = course.costs(), progress.given_kwh + course.need.energy_kwh
                # The cost so far is part of each alternative.
                at_once, evenly = progress.paid + costs.at_once, progress.paid + costs.evenly
                self.plans.progress[name] = replace(progress, at_once=at_once, evenly=evenly, costs_kwh=costs_kwh)

    def _set_plan_attributes(self, inputs: PlanInputs, courses: Mapping[str, Course]) -> None:
        """Set all plans' and the battery's attributes; publish the prices' entity, or remove it without `prices`."""
        planned, before = {}, self.attributes_by_load
        for load in filter(can_be_planned, inputs.site.loads):
            found = show.load_plan_attributes(self.plans, inputs, load, courses.get(load.name))
            planned[load.name] = show.keep_message_if_similar(before.get(load.name, {}), found)
        self.attributes_by_load = STORE["plan_attributes"] = show.add_price_signals(self.plans, inputs, planned)
        self._battery_plan = battery_plan_attributes(self.plans, inputs)
        section = inputs.sections["prices"]
        if section is None:
            self.hide()
            return
        source = section["import"] or "fixed"
        named = source if isinstance(source, str) else source["service"]
        state, attributes = show.prices_entity(self.plans, inputs, named)
        self._publisher.write(inputs.now_s, PRICES_ENTITY, state, attributes)

    def hide(self) -> None:
        """Remove the entity of the prices."""
        self._publisher.keep_only(())
