"""Plans beside the steps of one load of the script: looked at, kept, and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ... import tuning
from ...model.battery_orders import NO_ORDERS
from ...model.decision import Decision
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan
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
from .battery_orders import BatteryTeller, Wanted
from .battery_wish import NO_ROOM, wanted
from .keeper import PlansKeeper, start_keeper
from .modes import Running, can_be_planned, planned
from .plans import Around, Plans
from .show_battery import of_battery
from .tariff_terms import terms_of

SITE = "site"
"""No load can be called so: what the site's entity tells."""
SILENT = frozenset({"blind", "config_error"})
"""States of the site in which nothing is known of its wires."""


class Found(NamedTuple):
    """What the last step has left."""

    site: Site
    """As it is set: without boosts and plans."""
    served: Site
    """With them."""
    snapshot: Snapshot
    decision: Decision


class PlanRunner:
    """What one load of the script does for plans. `told`: load -> what its entity tells of its plan."""

    def __init__(self, ports: Ports, loaded: Loaded, settings: Settings) -> None:
        self._ports = ports
        self._loaded = loaded
        self._settings = settings
        self._shown = EntityPublisher(ports, "plans")
        self._failures = Failures("a plan")
        self._keeper: PlansKeeper | None = None
        self.plans = Plans(ports)
        self._battery = BatteryTeller(ports)
        self._wanted = Wanted()
        self.hours = LocalHours()
        self.told: dict[str, Mapping[str, Any]] = {}
        self._has_looked = False

    async def restore(self, owner: object) -> None:
        """Go on with what was kept."""
        self._keeper = await start_keeper(self._loaded.storage, owner, self.plans, self._battery)

    @property
    def next_look_s(self) -> float:
        """How long until prices and plans are looked at again [s]; soon, where nothing was seen yet."""
        return tuning.SHOWN_S if self._has_looked else 1.0

    @property
    def problems(self) -> tuple[str, ...]:
        """What a person should look at."""
        feeds = {"import": self.plans.imports, "export": self.plans.exports}
        found = [f"prices.{key}: {feed.problem}" for key, feed in feeds.items() if feed.problem]
        found += [f"site.battery: {problem}" for problem in self._battery.problems]
        return (*found, *([f"forecast.solar: {self.plans.sun.problem}"] if self.plans.sun.problem else []))

    @property
    def now(self) -> tuple[Running, frozenset[str]]:
        """The loads whose block it is, and those that wait for theirs with nothing else to do."""
        return self.plans.running, self.plans.resting

    @property
    def own(self) -> Mapping[str, LoadPlan | None]:
        """The plan of each load that a service has set, None where CONFIG's counts."""
        return {name: wish.own for name, wish in self.plans.wishes.items()}

    def planned(self, site: Site) -> Site:
        """The site as the plans have it now."""
        return planned(site, *self.now)

    async def set(self, name: str, own: LoadPlan | None, now_s: float) -> None:
        """A plan by a service; None for CONFIG's own."""
        self.plans.set(name, own, now_s)
        if self._keeper is not None:
            await self._keeper.look(now_s, at_once=True)

    async def look(self, now_s: float, found: Found | None) -> bool:
        """Once more; says whether loads are to be served otherwise. Where nothing was decided, none are."""
        try:
            if found is None:
                await self._look_back(now_s)
                return False
            return await self._look(now_s, found)
        except Exception as error:
            self._failures.told(error, now_s)
            return False

    async def _look_back(self, now_s: float) -> None:
        """What an earlier process has left to be given back does not wait for a CONFIG that is right."""
        release, self._has_looked = self._battery.release, self._loaded.plan is None
        await self._battery.look_back(View(self._ports.get, now_s))
        if self._keeper is not None and self._battery.release != release:
            await self._keeper.look(now_s, at_once=True)

    async def _look(self, now_s: float, found: Found) -> bool:
        plan = self._loaded.plan
        if plan is None:
            return False
        view = View(self._ports.get, now_s)
        sections = plan.sections_with(self._settings.values(view))
        site, snapshot = found.site, replace(found.snapshot, now_s=now_s)
        tariff, memory, ahead = terms_of(site, self.hours.ahead), found.decision.memory, self.hours.ahead
        around = Around(site, snapshot, memory, energy_meter(), view, sections, tariff, ahead)
        before, release, self._has_looked = self.now, self._battery.release, True
        await self.plans.look(around)
        self.plans.resting = self._resting(site)
        self._price(around)
        await self._tell_battery(around, found)
        self._tell(around)
        is_other = before != self.now
        if self._keeper is not None:
            begins = before[0].keys() != self.now[0].keys() or before[1] != self.now[1]
            await self._keeper.look(now_s, at_once=begins or self._battery.release != release)
        return is_other

    def _resting(self, site: Site) -> frozenset[str]:
        """The loads that wait for their blocks and have no mode to do something else in: nobody has chosen one."""
        wishes = self.plans.wishes
        # Without a time there is nothing to wait for, but who has what was wanted needs no more.
        waiting = {
            name
            for name, standing in self.plans.standings.items()
            if standing.due_s is not None or wishes[name].overdue or wishes[name].done
        }
        # A car that comes does not begin before its plan was looked at.
        has_plan = {load.name for load in filter(can_be_planned, site.loads) if wishes[load.name].own or load.plan}
        waiting |= has_plan - self.plans.standings.keys()
        names = {load.name for load in site.loads} & waiting - self.plans.running.keys()
        return frozenset(name for name in names if not self._settings.is_chosen(f"loads.{name}.mode"))

    def _price(self, around: Around) -> None:
        """What a kWh costs now, for sessions; and what the energy of a new plan would cost otherwise."""
        price = self.plans.prices.at(around.now_s)
        around.energy.prices = None if price is None else (price, self.plans.export.at(around.now_s) or 0.0)
        for name in self.plans.standings:
            wish = self.plans.wishes[name]
            costs = None if wish.done or wish.at_once is not None else show.compared(self.plans, around, name)
            if costs is not None:
                # What it has cost until then is the same in all ways.
                at_once, evenly = wish.paid + costs.at_once, wish.paid + costs.evenly
                self.plans.wishes[name] = replace(wish, at_once=at_once, evenly=evenly)

    async def _tell_battery(self, around: Around, found: Found) -> None:
        silent_s = around.now_s - found.snapshot.now_s
        is_blind = found.decision.state in SILENT or silent_s > around.site.failsafe_after_s
        charge_kw = self.plans.charge_kw()
        waits = charge_kw > 0 and not self._battery.may_charge(around.now_s)
        wished_kw = 0.0 if waits else charge_kw
        self._wanted = wanted(found.served, around.snapshot, around.memory, self.plans.running, wished_kw, is_blind)
        if waits and self._wanted == Wanted():
            self._wanted = NO_ROOM
        if around.site.dry_run or around.site.battery is None:
            await self._battery.want(NO_ORDERS, Wanted(at_once=True), around.view)
        else:
            await self._battery.want(around.site.battery.orders, self._wanted, around.view)

    def _tell(self, around: Around) -> None:
        loads = filter(can_be_planned, around.site.loads)
        self.told.clear()
        self.told.update({load.name: self._told(around, load) for load in loads})
        battery = around.site.battery
        if battery is not None and battery.orders != NO_ORDERS:
            order = {"battery_order": self._battery.told.value, "battery_reason": self._wanted.reason}
            self.told[SITE] = order | of_battery(self.plans, around)
        section = around.sections["prices"]
        if section is None:
            self._shown.keep_only(())
            return
        source = section["import"] or "fixed"
        state, attributes = show.prices(self.plans, around, source if isinstance(source, str) else source["service"])
        self._shown.write(around.now_s, PRICES_ENTITY, state, attributes)

    def _told(self, around: Around, load: Load) -> dict[str, Any]:
        """Of one load; in and between its blocks its mode is what it was set to, and it waits for its plan."""
        found = show.of_load(self.plans, around, load)
        running, resting = self.now
        if load.name in running or load.name in resting:
            found["mode"] = str(load.mode)
        if load.name in resting and load.name in self.plans.standings:
            found["reason"] = f"its plan: {found['plan_reason']}"
        if load.mode is Mode.STANDARD and load.name not in {*running, *resting} and found.get("plan"):
            found["plan_reason"] = f"its mode is standard, so it does not wait; by its plan: {found['plan_reason']}"
        return found

    def hide(self) -> None:
        """Take away what is shown."""
        self._shown.keep_only(())
