"""Runs the plans and the home battery for one load of the script: looks, stores and publishes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import struct_time
from typing import Any, NamedTuple

from ... import tuning
from ...model.battery_orders import NO_ORDERS
from ...model.decision import Decision, Note
from ...model.durations import has_passed
from ...model.load import Load
from ...model.load_plan import LoadPlan
from ...model.messages.message import Message, message, with_codes, with_frame
from ...model.own_entities import PRICES_ENTITY
from ...model.readings import View
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...runtime.load_files import Loaded
from ...runtime.local_hours import LocalHours
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports
from ...runtime.publisher import EntityPublisher
from ...runtime.settings import Settings
from ..energy.meter import energy_meter
from . import show
from .around import Around
from .battery_calls import RELEASED, BatteryRequest
from .battery_control import BatteryControl
from .battery_request import NO_ROOM, request_for
from .course import Course, courses_of
from .keeper import PlansKeeper, start_keeper
from .modes import PlansNow, can_be_planned, planned
from .planner_inputs import terms_of
from .plans import Plans
from .show_battery import NOTHING_PLANNED, of_battery

SILENT = frozenset({"blind", "config_error"})
"""States of the site in which the currents are not known."""
UNUSED = BatteryRequest(at_once=True)
"""The order of a battery that is not in CONFIG, or in a dry run."""
UNDECIDED = BatteryRequest(reason=message("battery_free_undecided"), at_once=True)

PLANS, BATTERY = "looking at plans", "ordering the battery"
"""The two parts of a look; one may fail while the other works."""


class Found(NamedTuple):
    """The result of the last step."""

    site: Site
    """As CONFIG, services and entities set it, without boosts and plans."""
    served: Site
    """The same with boosts and plans."""
    snapshot: Snapshot
    decision: Decision


class PlanRunner:
    """Plans and battery of one load of the script. `told`: load -> what its entity publishes of its plan."""

    def __init__(self, ports: Ports, loaded: Loaded, settings: Settings) -> None:
        self._ports = ports
        self._loaded = loaded
        self._settings = settings
        self._shown = EntityPublisher(ports, "plans")
        self._failures = {part: Failures(part) for part in (PLANS, BATTERY)}
        self._failed: dict[str, Message] = {}
        """Part of a look -> why it fails now."""
        self._failing_s: float | None = None
        """Since when plans cannot be made [s since 1970], None while they can."""
        self._keeper: PlansKeeper | None = None
        self.plans = Plans(ports)
        self._planning: asyncio.Task[bool] | None = None
        """The look at plans that is under way: services of other integrations may take minutes."""
        self._battery = BatteryControl(ports)
        self._request = RELEASED
        self._battery_plan: Mapping[str, Any] = {}
        """What the site's entity publishes of the battery's plan."""
        self.hours = LocalHours()
        self.told: Mapping[str, Mapping[str, Any]] = {}
        self.battery_told: Mapping[str, Any] = {}
        """What the site's entity publishes of the battery's order and plan, nothing if the battery takes no orders."""
        self._has_looked = False
        self._began_s: float | None = None
        self._now_s = 0.0

    async def restore(self, owner: object) -> None:
        """Read the stored plans, and release the battery."""
        self._keeper = await start_keeper(self._loaded.storage, owner, self.plans, self._battery)

    @property
    def next_look_s(self) -> float:
        """The time until the next look [s]; short as long as there was no step to look at."""
        return tuning.SHOWN_S if self._has_looked else 1.0

    @property
    def problems(self) -> tuple[str, ...]:
        """What the user should look at, in sentences."""
        feeds = {"import": self.plans.imports, "export": self.plans.exports}
        found = list[str](with_frame(it.problem, "path", f"prices.{key}") for key, it in feeds.items() if it.problem)
        found += [with_frame(problem, "path", "site.battery") for problem in self._battery.problems]
        found += [with_frame(self.plans.sun.problem, "path", "forecast.solar")] if self.plans.sun.problem else []
        if self._keeper is not None:
            is_new = self._began_s is not None and not has_passed(tuning.FORGET_S, self._began_s, self._now_s)
            found += filter(None, (self._keeper.problem, self._keeper.damaged if is_new else ""))
        return (*found, *self._failed.values())

    @property
    def now(self) -> PlansNow:
        """The effect of the plans on the loads."""
        return self.plans.now

    @property
    def own(self) -> Mapping[str, LoadPlan | None]:
        """Load -> the plan that a service has set, None if CONFIG's counts."""
        return {name: wish.own for name, wish in self.plans.wishes.items()}

    def planned(self, site: Site) -> Site:
        """Return the site with the plans' effect. A mode set by the user since the last step counts at once."""
        is_known = self._settings.is_known
        self.plans.observe_modes({n.name: n.mode for n in site.loads if is_known(f"loads.{n.name}.mode")})
        self.plans.resting = self._resting(site)
        return planned(site, self.now)

    def shown(self, load: Load, note: Note) -> Mapping[str, Any]:
        """Return what a load's entity publishes of its plan. `load`: as set now; `note`: of the last decision."""
        chosen = str(load.mode) if self._settings.is_chosen(f"loads.{load.name}.mode") else None
        return show.with_mode(self.plans, load, self.told.get(load.name, {}), chosen, note.reason)

    def published(self, name: str) -> Mapping[str, Any]:
        """Return what the last look has found of a load's plan, as plain values."""
        return with_codes(self.told.get(name, {}))

    async def set(self, name: str, own: LoadPlan | None, now_s: float) -> None:
        """Set and store the plan of a load; None returns to CONFIG's plan."""
        self.plans.set(name, own, now_s)
        await self._store(now_s)

    async def set_max_price(self, load: Load, max_price: float, now_s: float) -> None:
        """Set and store the price limit of the plan that counts for a load. `load`: as CONFIG has it."""
        self.plans.set_max_price(load, max_price, now_s)
        await self._store(now_s)

    async def _store(self, now_s: float) -> None:
        if self._keeper is not None:
            await self._keeper.look(now_s, at_once=True)

    async def look(self, now_s: float, found: Found | None, walls: Sequence[struct_time] = ()) -> bool:
        """Update battery and plans; return whether the plans' effect on the loads has changed.

        The battery comes first and independently: whatever plans raise, and however long they take, it is released.
        `walls`: the wall clock at `hours.untold`. False also while the plans are still being made.
        """
        self._now_s, self._began_s = now_s, now_s if self._began_s is None else self._began_s
        await self._look_at_battery(now_s, found)
        if self._planning is None:
            self._planning = asyncio.create_task(self._look_at_plans(now_s, found, walls))
        await asyncio.wait([self._planning], timeout=tuning.SHOWN_S)
        if not self._planning.done():
            return False
        task, self._planning = self._planning, None
        return task.result()

    async def _look_at_battery(self, now_s: float, found: Found | None) -> None:
        """Order or release the battery. If that fails, release it whatever its entities display."""
        before = self._battery.release, self._battery.blind
        try:
            await self._order_battery(now_s, found)
            self._failed.pop(BATTERY, None)
        except Exception as error:
            self._fails(BATTERY, error, now_s)
            self._request = UNDECIDED
            await self._battery.release_anyway(now_s)
        self._tell_battery(found)
        if self._keeper is not None and (self._battery.release, self._battery.blind) != before:
            await self._keeper.look(now_s, at_once=True)

    async def _order_battery(self, now_s: float, found: Found | None) -> None:
        """Give the battery its order; while nothing is decided, only repeat releases that are due."""
        view = View(self._ports.get, now_s)
        if found is None:
            # Releases left by an earlier process do not wait for a valid CONFIG.
            await self._battery.retry_release(view)
            return
        silent_s = now_s - found.snapshot.now_s
        is_blind = found.decision.state in SILENT or silent_s > found.site.failsafe_after_s
        charge_kw = self.plans.charge_kw()
        waits = charge_kw > 0 and not self._battery.may_charge(now_s)
        allowed_kw = 0.0 if waits else charge_kw
        memory, running = found.decision.memory, self.plans.running
        self._request = request_for(found.served, found.snapshot, memory, running, allowed_kw, is_blind)
        if waits and self._request == RELEASED:
            self._request = NO_ROOM
        if found.site.dry_run or found.site.battery is None:
            await self._battery.look(NO_ORDERS, UNUSED, view)
        else:
            await self._battery.look(found.site.battery.orders, self._request, view)

    async def _look_at_plans(self, now_s: float, found: Found | None, walls: Sequence[struct_time]) -> bool:
        """Make and publish the plans; return whether loads change by them. After failing for a while, drop them."""
        before: PlansNow | None = None
        try:
            before = self.now
            self.hours.tell(walls)
            await self._plan(now_s, found)
            self._failing_s = None
            self._failed.pop(PLANS, None)
        except Exception as error:
            self._fails(PLANS, error, now_s)
            self.plans.stop_charging()
            self._failing_s = now_s if self._failing_s is None else self._failing_s
            if has_passed(tuning.LASTING_S, self._failing_s, now_s):
                self.plans.let_go()
                self.told = {}
        return before is None or before != self.now

    def _fails(self, part: str, error: Exception, now_s: float) -> None:
        """Log a failure, and store its problem."""
        self._failed[part] = _problem_of(part, self._failures[part].told(error, now_s))

    async def _plan(self, now_s: float, found: Found | None) -> None:
        """Make the plans and publish them."""
        plan = self._loaded.plan
        self._has_looked = plan is None or found is not None
        if plan is None or found is None:
            return
        view = View(self._ports.get, now_s)
        sections = plan.sections_with(self._settings.values(view))
        site, snapshot = found.site, replace(found.snapshot, now_s=now_s)
        tariff, memory, ahead = terms_of(site, now_s, self.hours.ahead), found.decision.memory, self.hours.ahead
        around = Around(site, snapshot, memory, energy_meter(), view, sections, tariff, ahead)
        before = self.now
        await self.plans.look(around)
        self.plans.resting = self._resting(site)
        courses = courses_of(self.plans, now_s)
        self._price(around, courses)
        self._tell(around, courses)
        if self._keeper is not None:
            now = self.now
            begins = before.running.keys() != now.running.keys() or before.resting != now.resting
            await self._keeper.look(now_s, at_once=begins)

    def _resting(self, site: Site) -> frozenset[str]:
        """Return the loads that stay off until their block, because no mode was chosen for them."""
        names = {load.name for load in site.loads} & self.plans.waiting - self.plans.running.keys()
        return frozenset(name for name in names if not self._settings.is_chosen(f"loads.{name}.mode"))

    def _price(self, around: Around, courses: Mapping[str, Course]) -> None:
        """Pass the present price to the energy meter, and store what each new plan would cost at once and evenly."""
        price = self.plans.prices.at(around.now_s)
        around.energy.prices = None if price is None else (price, self.plans.export.at(around.now_s) or 0.0)
        for name, course in courses.items() if self.plans.prices.by_start else ():
            wish = self.plans.wishes[name]
            has_end = not self.plans.standings[name].plan.has_no_end
            if has_end and not wish.done and wish.at_once is None:
                costs = course.costs()
                # The cost so far is part of each alternative.
                at_once, evenly = wish.paid + costs.at_once, wish.paid + costs.evenly
                self.plans.wishes[name] = replace(wish, at_once=at_once, evenly=evenly)

    def _tell_battery(self, found: Found | None) -> None:
        """Set the attributes of the battery's order and plan."""
        battery = None if found is None else found.site.battery
        self.battery_told = {}
        if battery is not None and battery.orders != NO_ORDERS:
            order = {"battery_order": self._battery.mode.value, "battery_reason": self._battery.reason(self._request)}
            self.battery_told = {**order, **NOTHING_PLANNED, **self._battery_plan}

    def _tell(self, around: Around, courses: Mapping[str, Course]) -> None:
        """Set the attributes of all plans, and publish the prices."""
        told = {n.name: self._told(around, n, courses.get(n.name)) for n in filter(can_be_planned, around.site.loads)}
        self.told = show.with_signals(self.plans, around, told)
        self._battery_plan = of_battery(self.plans, around)
        if self.battery_told:
            self.battery_told = {**self.battery_told, **self._battery_plan}
        section = around.sections["prices"]
        if section is None:
            self._shown.keep_only(())
            return
        source = section["import"] or "fixed"
        state, attributes = show.prices(self.plans, around, source if isinstance(source, str) else source["service"])
        self._shown.write(around.now_s, PRICES_ENTITY, state, attributes)

    def _told(self, around: Around, load: Load, course: Course | None) -> dict[str, Any]:
        """Return the plan attributes of one load."""
        found = show.of_load(self.plans, around, load, course)
        return show.with_steady_words(self.told.get(load.name, {}), found)

    def hide(self) -> None:
        """Remove the entity of the prices."""
        self._shown.keep_only(())


def _problem_of(part: str, why: str) -> Message:
    """Return a message for the user: why a part of a look fails, and what happens meanwhile."""
    return message("plans_fail", error=why) if part == PLANS else message("battery_orders_fail", error=why)
