"""Reads prices and forecasts, and plans when each load runs: every few seconds, independent of the steps."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from ... import tuning
from ...control.demand.phase_rules import may_go_back_up
from ...control.estimators.phases_in_use import narrow_phases
from ...model.durations import NEVER_S, has_passed, since_each
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD
from ...model.load_plan import LoadPlan, PresentBlock
from ...model.site import Site
from ...planning import battery
from ...planning.compose import Expectations, LoadNeeds, compose_problem
from ...planning.continuity import plan_running
from ...planning.load_needs import LoadRequest
from ...planning.plan_progress import PlanFacts, PlanProgress, is_forgotten
from ...planning.plan_standing import PlanStanding, update_progress
from ...planning.prices import NO_FEES, NO_PRICES, NO_SURCHARGE, Fees, quarter_start_s
from ...planning.replan import PlanRecord, drop_small_unplanned_energy, powers_now_kw, replan_cause
from ...planning.slot_forecast import Forecast
from ...planning.wires import Unplanned, runs_unplanned
from ...runtime.json_values import to_json_values
from ...runtime.log_throttle import LOG
from ...runtime.ports import Ports
from ...runtime.settings import good_values
from .feeds import PriceFeed, SunFeed
from .house_watch import HouseWatch, import_without_planned_kw
from .inputs import PlanInputs, battery_storage, chargers_without_plan, limit_to_stops, plan_readings, starts_of
from .learnt_powers import LearntPowers
from .modes import PlansNow, Running, can_be_planned, reports_car, running_loads, waiting_loads
from .plan_file import StoredPlans, is_of_plan
from .signals import PriceSignals

NO_SOURCES: Mapping[str, Any] = {"fixed": None, "import": None, "export": None, "factor": 1.0, "add": 0.0}
"""Replaces a missing section `prices` of CONFIG."""


class Plans:
    """All plans. `running`: loads that run by plan now -> their current limit; `standings`: progress of each plan."""

    def __init__(self, ports: Ports) -> None:
        self.imports, self.exports, self.sun = PriceFeed(ports), PriceFeed(ports), SunFeed(ports)
        self.house, self.signals = HouseWatch(), PriceSignals()
        self.progress: dict[str, PlanProgress] = {}
        self.standings: dict[str, PlanStanding] = {}
        self.running: Running = {}
        self.waiting: frozenset[str] = frozenset()
        """The loads whose plan waits, is done or was not evaluated yet, in any mode."""
        self.resting: frozenset[str] = frozenset()
        """Those of them that stay off meanwhile, because no user has chosen a mode for them."""
        self.ran_from_s: dict[str, float] = {}
        """Load -> when its block began [s since 1970]."""
        self.made: PlanRecord | None = None
        """The plan in force, None where there is nothing to plan."""
        self.composed: LoadNeeds | None = None
        """The needs and limits at the last update, None where there is nothing to plan."""
        self.market, self.fees = NO_PRICES, NO_FEES
        """The prices of the market, none once all have ended, and the fees in addition."""
        self.prices = NO_PRICES
        """Prices of import per kWh; none if all known prices have passed."""
        self.planned_kw: Mapping[str, float] = {}
        """Need -> its planned power now [kW]."""
        self.charge_kw, self._charge_s = 0.0, NEVER_S
        """The power at which the home battery is to charge from the grid now [kW], and when that was last planned."""
        self._power = LearntPowers()
        self._unplanned: Sequence[Unplanned] = ()
        self._newly_set: set[str] = set()
        """The loads whose plan a service has set since the last planning, which is repeated at once."""
        self._modes: dict[str, Mode] = {}
        """Load -> its mode at the last step, as it was set."""
        self._lock = asyncio.Lock()

    def restore(self, stored: StoredPlans) -> None:
        """Take over what was persisted; progress, powers, house load, prices and settings known already stay."""
        self.progress = {**stored.progress, **self.progress}
        self.ran_from_s = dict(stored.ran_from_s) or self.ran_from_s
        self.running = dict.fromkeys(stored.ran_from_s) or self.running
        self.waiting = stored.resting or self.waiting
        self.signals.now = {**stored.signals, **self.signals.now}
        good_values().update({(p, e): v for p, (e, v) in stored.settings.items() if (p, e) not in good_values()})
        self._power.restore(stored.power)
        self.house.restore(stored.house, stored.circuits)
        self.imports.restore(stored.import_)
        self.exports.restore(stored.export)

    def plain(self) -> dict[str, Any]:
        """Return the state to persist as plain values."""
        house, circuits = self.house.values_to_persist()
        stored = StoredPlans(
            progress={name: progress for name, progress in self.progress.items() if progress != PlanProgress()},
            resting=self.waiting,
            ran_from_s={name: self.ran_from_s[name] for name in self.running if name in self.ran_from_s},
            signals=self.signals.now,
            settings={path: (entity, value) for (path, entity), value in good_values().items() if is_of_plan(path)},
            power=self._power.values_to_persist(),
            house=house,
            circuits=circuits,
            import_=self.imports.prices_to_persist,
            export=self.exports.prices_to_persist,
        )
        values: dict[str, Any] = to_json_values(stored)
        return values

    def progress_of(self, name: str) -> PlanProgress:
        """Return the progress of a load's plan, nothing yet if it has none."""
        return self.progress.get(name, PlanProgress())

    def set_plan(self, name: str, own: LoadPlan | None, now_s: float) -> None:
        """Set a load's plan from now on; None: CONFIG's again, if another one counts. The next update plans anew."""
        progress = self.progress_of(name)
        if own is None and progress.own is None:
            return
        after = progress.without_service_plan(now_s) if own is None else progress.with_service_plan(own, now_s)
        self._store_progress(name, after)
        self._newly_set.add(name)

    def set_max_price(self, load: Load, max_price: float, now_s: float) -> None:
        """Set the price limit of the plan in force for a load; without a plan, a plan that consists of this limit."""
        self._store_progress(load.name, self.progress_of(load.name).with_max_price(load.plan, max_price, now_s))
        self._newly_set.add(load.name)

    def skip_or_resume_plans(self, modes: Mapping[str, Mode]) -> None:
        """Skip the plan of each load whose mode has become `off`; it counts again with any other mode."""
        for name, mode in modes.items():
            if mode is not Mode.OFF:
                if self.progress_of(name).is_skipped_anywhere:
                    self.progress[name] = self.progress[name].resume_skipped()
            elif self._modes.get(name, mode) is not Mode.OFF:
                self.skip_plan(name)
        self._modes.update(modes)

    def skip_plan(self, name: str) -> None:
        """Ignore the plan of a load until its car leaves or its mode changes."""
        self._store_progress(name, replace(self.progress_of(name), skipped=True))

    def _store_progress(self, name: str, progress: PlanProgress) -> None:
        """Store progress that changed between two evaluations; a skipped plan also ends the load's running block."""
        self.progress[name] = progress
        if progress.skipped:
            self.running = {other: most_a for other, most_a in self.running.items() if other != name}

    async def update(self, inputs: PlanInputs) -> None:
        """Read prices and forecasts, make a new plan if due; update `progress`, `running`, `waiting` and `signals`."""
        async with self._lock:
            await self._read_sources(inputs)
            price = self.prices.price_at(inputs.now_s)
            prices = None if price is None else (price, self.exports.prices.price_at(inputs.now_s) or 0.0)
            # After a start they also count for what was taken meanwhile, later only from now on.
            inputs.energy.prices = inputs.energy.prices or prices
            self.signals.update(inputs.site, self.prices, inputs.now_s, inputs.ahead)
            await self._plan_loads(inputs)
            inputs.energy.prices = prices
            self.ran_from_s = since_each(self.ran_from_s, self.running, inputs.now_s)

    async def preview(self, inputs: PlanInputs, name: str, own: LoadPlan) -> Plans:
        """Return a copy of all plans in which a load has the plan `own`, made anew at once; nothing here changes."""
        async with self._lock:
            found = copy(self)
            found.progress, found._newly_set = dict(self.progress), set(self._newly_set)
            found.set_plan(name, own, inputs.now_s)
            await found._plan_loads(inputs)
        return found

    async def _plan_loads(self, inputs: PlanInputs) -> None:
        """Update the progress of all plans, make a new plan if due, then set which loads have a plan, run and wait."""
        requests = self._update_requests(inputs)
        await self._make_plan_if_due(inputs, requests)
        # Set all at once, because steps decide while a plan is being made.
        self.standings = {each.load.name: each.standing for each in requests}
        self.planned_kw = {}
        if self.made is not None and self.composed is not None:
            problem, from_s = self.composed.problem, self.composed.from_s
            self.planned_kw = powers_now_kw(self.made, problem, from_s, inputs.now_s)
        self._update_charge(inputs.now_s)
        # Some may have been skipped after this evaluation began.
        going_on = [each for each in requests if not self.progress[each.load.name].skipped]
        self.running = running_loads(going_on, self.planned_kw, inputs.site.voltage_v)
        self.waiting = waiting_loads(inputs.site, self.standings, self.progress)

    def _update_charge(self, now_s: float) -> None:
        """Set the power at which the home battery is to charge by the plans.

        Within a quarter hour a pause counts after `LASTING_S`: a cycling hob under a billed peak would end and begin
        charging every few seconds, and inverters store that in EEPROM. A lack of headroom ends it at once anyway.
        """
        planned_kw = battery.planned_charge_kw(self.planned_kw)
        wait_s = min(tuning.LASTING_S, now_s - quarter_start_s(now_s))
        if planned_kw > 0 or has_passed(wait_s, self._charge_s, now_s):
            self.charge_kw, self._charge_s = planned_kw, now_s

    async def _read_sources(self, inputs: PlanInputs) -> None:
        """Update the import and export prices, the sun forecast and the house load's history from their sources.

        Stale market prices count as none, and so do all prices until each fee is known. The prices with fees are
        computed again only when a price or a fee has changed.
        """
        now_s, ahead = inputs.now_s, inputs.ahead
        prices = inputs.sections["prices"] or NO_SOURCES
        await self.imports.update(prices["import"] if prices["fixed"] is None else prices["fixed"], now_s, ahead)
        await self.exports.update(prices["export"], now_s, ahead)
        surcharge = NO_SURCHARGE if inputs.tariff is None else inputs.tariff.surcharge
        factor, add, market = prices["factor"], prices["add"], self.imports.prices
        is_known = factor is not None and add is not None and not market.is_stale(now_s)
        fees, market = (Fees(factor, add, surcharge), market) if is_known else (NO_FEES, NO_PRICES)
        if market is not self.market or fees != self.fees:  # hundreds of slots: only then, not at every update
            self.market, self.fees, self.prices = market, fees, market.with_fees(fees, ahead)
        await self.sun.update(inputs.sections["forecast"]["solar"], now_s, ahead)
        self.house.add_draws(inputs.site, self._without_unplanned(inputs.site), inputs.snapshot, inputs.memory, ahead)

    def _without_unplanned(self, site: Site) -> Site:
        """Return the site without the loads that run unplanned, whose draw is house load."""
        planned = {name for name, progress in self.progress.items() if progress.own is not None}
        return replace(site, loads=tuple(load for load in site.loads if not runs_unplanned(load, planned)))

    def _update_requests(self, inputs: PlanInputs) -> list[LoadRequest]:
        """Update the progress of all plans; return the loads to plan: those there with one neither over nor skipped.

        Also updates the learnt powers, and logs a plan that is dropped after a day away. A load that may go back to all
        its phases is planned on these.
        """
        site, snapshot = narrow_phases(inputs.site, inputs.snapshot, inputs.memory)
        found = []
        for whole, load in zip(inputs.site.loads, site.loads, strict=True):
            if not can_be_planned(load):
                continue
            state = snapshot.state_of(load.name)
            memory = inputs.memory.loads.get(load.name)
            self._power.learn(load, state, memory, site.voltage_v, inputs.now_s)
            switch = inputs.memory.phase_switches.get(load.name)
            if switch is not None and self._power.knows(whole) and may_go_back_up(whole, switch, snapshot.day_began_s):
                # It goes back to all its phases in its block; a load never measured on them may have a one-phase car.
                load = whole
            kw = self._power.power_to_plan_kw(load, state, memory, site.voltage_v)
            facts = PlanFacts(load.plan, load.vehicle, not reports_car(load), kw)
            past = self.progress_of(load.name)
            progress, standing = update_progress(past, facts, plan_readings(inputs, load, state, past), inputs.ahead)
            self.progress[load.name] = progress
            if past.own is not None and is_forgotten(past, inputs.now_s):
                LOG.warning("%s: its plan is dropped, Fusebox was away for more than a day; set it again", load.name)
            if standing is not None and not progress.skipped:
                standing = limit_to_stops(standing, load, progress.charge, inputs)
                # After a new plan from a service the present run does not have to last.
                began_s = inputs.now_s if load.name in self._newly_set else self.ran_from_s.get(load.name, inputs.now_s)
                starts, ran_s = starts_of(load, memory or NEW_LOAD, inputs), inputs.now_s - began_s
                found.append(LoadRequest(load, standing, progress.overdue, kw, ran_s, starts))
        return found

    async def _make_plan_if_due(self, inputs: PlanInputs, requests: Sequence[LoadRequest]) -> None:
        """Compose the present problem of these loads and the battery (`composed`), and make a new plan (`made`) if due.

        It is due after a service call and for a `replan_cause`. Both become None where there is nothing to plan; a
        battery is planned only with prices.
        """
        house, circuits = self.house.models_for_planning(inputs.sections["forecast"]["house"], inputs.site)
        market, export = self.market, self.exports.prices
        forecast = Forecast(market, export, self.sun.sun, house, circuits, self.fees, inputs.site.export)
        storage = None
        if self.prices.by_start:
            storage = battery_storage(inputs.site, inputs.snapshot, inputs.now_s, inputs.ahead, self.charge_kw > 0)
        if not requests and storage is None:
            self.made = self.composed = None
            return
        now_kw = import_without_planned_kw(self._without_unplanned(inputs.site), inputs.snapshot, inputs.memory)
        ruled = self.running.keys() | self.resting
        self._unplanned = chargers_without_plan(inputs, requests, self.progress, ruled, self._unplanned)
        seen = (now_kw, self.house.now_kw, self.prices, self._unplanned)
        expected = Expectations(forecast, inputs.ahead, inputs.tariff, storage, *seen)
        found = compose_problem(inputs.site, requests, expected, quarter_start_s(inputs.now_s))
        needs, past = found.problem.needs, self.made
        is_set, self._newly_set = bool(self._newly_set), set()
        if is_set or replan_cause(past, needs, self.prices, found.from_s, inputs.now_s):
            slots = len(found.problem.forecast.prices)
            before = None if past is None else past.all_powers_from(needs, found.from_s, slots)
            problem = found.problem if is_set else drop_small_unplanned_energy(found.problem, past, found.from_s)
            outcome = await asyncio.to_thread(plan_running, problem, inputs.now_s - found.from_s, before)
            by_name = {need.name: need for need in needs}
            self.made = PlanRecord(found.from_s, by_name, self.prices, outcome, found.spare_kwh)
        self.composed = found

    @property
    def now(self) -> PlansNow:
        """The effect of the plans on the loads."""
        ended = {name for name, progress in self.progress.items() if progress.skipped or progress.done}
        own = {name: progress.own for name, progress in self.progress.items() if progress.own is not None}
        price = None if self.composed is None else self.prices.price_at(self.composed.from_s)
        due_s = {name: self.standings[name].due_s for name in self.running if name in self.standings}
        blocks = {n: PresentBlock(at_s, price) for n, at_s in due_s.items() if at_s is not None and price is not None}
        return PlansNow(self.running, self.resting, {**own, **dict.fromkeys(ended)}, self.signals.now, blocks=blocks)

    def release_loads(self) -> None:
        """Return all loads to their modes: none runs by its plan, waits or rests, and no price signal counts."""
        self.running, self.waiting, self.resting = {}, frozenset(), frozenset()
        self.signals.now = {}
