"""Reads prices and forecasts, and plans when each load runs: every few seconds, independent of the steps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...control.demand.phase_rules import comes_back
from ...control.estimators.phases_in_use import narrow_phases
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan
from ...model.site import Site
from ...model.snapshot import LoadState, Status
from ...planning import battery
from ...planning.compose import NOW, Composed, Expected, Wanted, compose
from ...planning.continuity import plan_running
from ...planning.energy import FULL_PCT
from ...planning.follow import wanted_kw
from ...planning.low_price import MORE
from ...planning.need import DUST_KW
from ...planning.outlook import Forecast
from ...planning.prices import NO_FEES, NO_PRICES, NO_SURCHARGE, Fees
from ...planning.replan import Made, why_anew, without_rests
from ...planning.wish import Facts, Seen, Standing, Wish, is_forgotten, observe_wish
from ...runtime.json_values import to_json_values
from ...runtime.ports import Ports
from ..energy.session import is_present
from .around import Around
from .house_now import import_kw
from .house_watch import HouseWatch
from .keep import KeptPlans
from .modes import PlansNow, Running, can_be_planned, tells_of_car
from .planner_inputs import store_of
from .power_seen import PowersSeen
from .price_feed import PriceFeed
from .signals import PriceSignals
from .sun_feed import SunFeed

LOG = logging.getLogger("fusebox")
NO_SOURCES: Mapping[str, Any] = {"fixed": None, "import": None, "export": None, "factor": 1.0, "add": 0.0}
"""Stands for a missing section `prices` in CONFIG."""


class Plans:
    """All plans.

    `running`: loads that run by their plan now -> their current limit; `standings`: progress of each plan.
    """

    def __init__(self, ports: Ports) -> None:
        self.imports, self.exports, self.sun = PriceFeed(ports), PriceFeed(ports), SunFeed(ports)
        self.house, self.signals = HouseWatch(), PriceSignals()
        self.wishes: dict[str, Wish] = {}
        self.standings: dict[str, Standing] = {}
        self.running: Running = {}
        self.waiting: frozenset[str] = frozenset()
        """The loads whose plan waits, is done or was not looked at yet, in any mode."""
        self.resting: frozenset[str] = frozenset()
        """Those of them that stay off meanwhile, as nobody has chosen a mode for them."""
        self.ran_from_s: dict[str, float] = {}
        """Load -> when its block began [s since 1970]."""
        self.made: Made | None = None
        self.composed: Composed | None = None
        self.market, self.fees = NO_PRICES, NO_FEES
        """The prices of the market, none once all have ended, and what is paid beside them."""
        self.prices = self.export = NO_PRICES
        """What a kWh costs and what it earns; no prices if all that are known have passed."""
        self._wanted_kw: Mapping[str, float] = {}
        """Need -> its planned power now [kW]."""
        self._power = PowersSeen()
        self._set: set[str] = set()
        """The loads whose plan a service has set since plans were last made: they are made anew at once."""
        self._modes: dict[str, Mode] = {}
        """Load -> its mode at the last step, as it was set."""
        self._lock = asyncio.Lock()

    def restore(self, kept: KeptPlans) -> None:
        """Take over the persisted state."""
        self.wishes = {**kept.wishes, **self.wishes}
        if kept.ran_from_s:
            self.ran_from_s = dict(kept.ran_from_s)
            self.running = dict.fromkeys(self.ran_from_s)
        self.waiting = kept.resting or self.waiting
        self._power.restore(kept.power)
        self.house.restore(kept.house, kept.circuits)
        self.imports.restore(kept.import_)
        self.exports.restore(kept.export)

    def plain(self) -> dict[str, Any]:
        """Return the state to persist as plain values."""
        house, circuits = self.house.kept()
        kept = KeptPlans(
            wishes={name: wish for name, wish in self.wishes.items() if wish != Wish()},
            resting=self.waiting,
            ran_from_s={name: self.ran_from_s[name] for name in self.running if name in self.ran_from_s},
            power=self._power.kept(),
            house=house,
            circuits=circuits,
            import_=self.imports.kept,
            export=self.exports.kept,
        )
        values: dict[str, Any] = to_json_values(kept)
        return values

    def set(self, name: str, own: LoadPlan | None, now_s: float) -> None:
        """Set the plan of a load from now on; None returns to CONFIG's plan."""
        wish = self.wishes.get(name, Wish())
        if own is None and wish.own is None:
            return
        self._remember(name, wish.without_own(now_s) if own is None else wish.with_own(own, now_s))
        self._set.add(name)

    def set_max_price(self, load: Load, max_price: float, now_s: float) -> None:
        """Set the price limit of the plan that counts for a load; without a plan, of one that has nothing else."""
        self._remember(load.name, self.wishes.get(load.name, Wish()).with_max_price(load.plan, max_price, now_s))
        self._set.add(load.name)

    def observe_modes(self, modes: Mapping[str, Mode]) -> None:
        """Skip the plan of a load whose mode was set to `off`; it counts again with any other mode.

        `modes`: load -> its mode, without those whose entity never had a value.
        """
        for name, mode in modes.items():
            if mode is not Mode.OFF:
                wish = self.wishes.get(name)
                if wish is not None and wish.is_skipped_anywhere:
                    self.wishes[name] = wish.unskipped()
            elif self._modes.get(name, mode) is not Mode.OFF:
                self.skip(name)
        self._modes.update(modes)

    def skip(self, name: str) -> None:
        """Ignore the plan of a load until its car leaves or its mode changes."""
        self._remember(name, replace(self.wishes.get(name, Wish()), skipped=True))

    def _remember(self, name: str, wish: Wish) -> None:
        """Store a load's wish, which changed between two looks; a skipped one also ends the load's running block."""
        self.wishes[name] = wish
        if wish.skipped:
            self.running = {other: most_a for other, most_a in self.running.items() if other != name}

    async def look(self, around: Around) -> None:
        """Read the sources, make plans if that is due, and update which loads run."""
        async with self._lock:
            await self._feed(around)
            self.signals.look(around.site, self.prices, around.now_s, around.ahead)
            wanted = self._wanted(around)
            await self._plan(around, wanted)
            self.running = self._running(around, wanted)
            self.waiting = self._waiting(around.site)
            now_s = around.now_s
            self.ran_from_s = {name: self.ran_from_s.get(name, now_s) for name in self.running}

    async def _feed(self, around: Around) -> None:
        """Read prices, sun and house load."""
        now_s, ahead = around.now_s, around.ahead
        prices = around.sections["prices"] or NO_SOURCES
        await self.imports.look(prices["import"] if prices["fixed"] is None else prices["fixed"], now_s, ahead)
        await self.exports.look(prices["export"], now_s, ahead)
        surcharge = NO_SURCHARGE if around.tariff is None else around.tariff.surcharge
        fees, market = Fees(prices["factor"], prices["add"], surcharge), self.imports.prices
        market = NO_PRICES if market.is_stale(now_s) else market
        if market is not self.market or fees != self.fees:
            # There are hundreds of slots: compute them only when prices or fees change, not at every look.
            self.market, self.fees, self.prices = market, fees, market.paid(fees, ahead)
        self.export = self.exports.prices
        await self.sun.look(around.sections["forecast"]["solar"], now_s, ahead)
        self.house.look(around.site, around.snapshot, around.memory, ahead)

    def _wanted(self, around: Around) -> list[Wanted]:
        """Return the loads to plan, and update the progress of their plans."""
        site, snapshot = narrow_phases(around.site, around.snapshot, around.memory)
        self.standings, found = {}, []
        for whole, load in zip(around.site.loads, site.loads, strict=True):
            if not can_be_planned(load):
                continue
            state = snapshot.loads.get(load.name) or LoadState(available=False)
            self._power.look(load, state, around.memory.loads.get(load.name), site.voltage_v, around.now_s)
            switched = around.memory.phase_switches.get(load.name)
            if switched is not None and self._power.knows(whole) and comes_back(whole, switched, snapshot.day_began_s):
                # It goes back to all its phases in its block; a load never measured on them may have a one-phase car.
                load = whole
            kw = self._power.most_kw(load, site.voltage_v)
            facts = Facts(load.plan, load.vehicle, not tells_of_car(load), kw)
            past = self.wishes.get(load.name, Wish())
            wish, standing = observe_wish(past, facts, self._seen(around, load, state, past), around.ahead)
            self.wishes[load.name] = wish
            if past.own is not None and is_forgotten(past, around.now_s):
                LOG.warning("%s: its plan is dropped, Fusebox was away for more than a day; set it again", load.name)
            if standing is not None and not wish.skipped:
                self.standings[load.name] = standing
                # After a new plan from a service the present run does not have to last.
                began_s = around.now_s if load.name in self._set else self.ran_from_s.get(load.name, around.now_s)
                found.append(Wanted(load, standing, wish.overdue, kw, around.now_s - began_s))
        return found

    def _seen(self, around: Around, load: Load, state: LoadState, past: Wish) -> Seen:
        """Return the readings of a load for its plan."""
        energy = around.energy.loads.get(load.name)
        present = True if load.is_switched else is_present(load, state)
        soc = load.vehicle.soc_pct
        told_pct = None if soc is None else around.view.percent(soc)
        return Seen(
            around.now_s,
            # Without a status the car counts as connected; a charger unavailable for a moment has not lost its car.
            is_here=(past.was_here or state.available) if present is None else present,
            runs=state.on is True,
            counter_kwh=0.0 if energy is None else energy.counter.kwh,
            is_full=state.status is Status.FULL or load.stopped is not None,
            soc_pct=None if told_pct is None or not 0 <= told_pct <= FULL_PCT else told_pct,
            price=around.energy.price_of(load.name),
        )

    async def _plan(self, around: Around, wanted: Sequence[Wanted]) -> None:
        """Make a new plan where one is due, for these loads and the battery."""
        house, circuits = self.house.expected(around.sections["forecast"]["house"], around.site)
        forecast = Forecast(self.market, self.export, self.sun.sun, house, circuits, self.fees)
        storage = None
        if self.prices.by_start:
            storage = store_of(around.site, around.snapshot, around.now_s, around.ahead, self.charge_kw() > 0)
        if not wanted and storage is None:
            self.made = self.composed = None
            return
        now_kw = import_kw(around.site, around.snapshot, around.memory)
        expected = Expected(forecast, around.ahead, around.tariff, storage, now_kw, self.house.now_kw, self.prices)
        found = compose(around.site, wanted, expected, around.now_s)
        needs = found.problem.needs
        past = self.made
        is_set, self._set = bool(self._set), set()
        if is_set or why_anew(past, needs, self.prices, found.from_s, around.now_s):
            slots = len(found.problem.outlook.prices)
            before = None if past is None else past.going_on(needs, found.from_s, slots)
            problem = found.problem if is_set else without_rests(found.problem, past, found.from_s)
            outcome = await asyncio.to_thread(plan_running, problem, around.now_s - found.from_s, before)
            by_name = {need.name: need for need in needs}
            self.made = Made(around.now_s, found.from_s, by_name, self.prices, outcome, found.spare_kwh)
        self.composed = found

    @property
    def now(self) -> PlansNow:
        """The effect of the plans on the loads."""
        ended = {name for name, wish in self.wishes.items() if wish.skipped or wish.done}
        own = {name: wish.own for name, wish in self.wishes.items() if wish.own is not None}
        return PlansNow(self.running, self.resting, {**own, **dict.fromkeys(ended)}, self.signals.now)

    def let_go(self) -> None:
        """Return all loads to their modes: no load is in its block, waits or rests, because no plan is known now."""
        self.running, self.waiting, self.resting = {}, frozenset(), frozenset()
        self.signals.let_go()

    def stop_charging(self) -> None:
        """Drop the powers that are planned for now, so that `charge_kw` of the home battery is 0."""
        self._wanted_kw = {}

    def charge_kw(self) -> float:
        """Return the power at which the home battery is planned to charge from the grid now [kW]."""
        # A load may be called like the battery: its needs end in a word, those of the battery in a number.
        parts = {need: need.partition(f"{battery.NAME} ") for need in self._wanted_kw}
        return sum(self._wanted_kw[need] for need, (before, _, part) in parts.items() if not before and part.isdigit())

    def _waiting(self, site: Site) -> frozenset[str]:
        """Return the loads held by their plan, in any mode: it waits, is done, overdue, or was not looked at yet."""
        # Without a time or a price there is nothing to wait for, but a load whose plan is done needs no more.
        found = {
            name
            for name, standing in self.standings.items()
            if standing.due_s is not None
            or standing.plan.has_no_end
            or self.wishes[name].overdue
            or self.wishes[name].done
        }
        # A car that has just come waits until its plan was looked at, and so does a load whose plan was skipped.
        has_plan = {load.name for load in filter(can_be_planned, site.loads) if self.wishes[load.name].own or load.plan}
        return frozenset(found | has_plan - self.standings.keys())

    def _running(self, around: Around, wanted: Sequence[Wanted]) -> Running:
        """Return the loads in a block of their plan -> their current limit [A], None for no limit."""
        found: dict[str, float | None] = {}
        self._wanted_kw = {}
        if self.made is None or self.composed is None:
            return found
        problem, from_s = self.composed.problem, self.composed.from_s
        self._wanted_kw = wanted_kw(self.made, problem, from_s, around.now_s)
        for each in wanted:
            name, lines = each.load.name, len(each.load.phases)
            if self.wishes[name].skipped:
                continue  # it was skipped after this look began
            power_kw = sum(self._wanted_kw.get(need, 0.0) for need in (name, name + NOW, name + MORE))
            if power_kw > DUST_KW:
                # Rounded to the finest step of chargers, so that one with whole amps is not set just below its step.
                most_a = round(power_kw * 1000 / around.site.voltage_v / lines, 1)
                found[name] = most_a if power_kw < each.max_kw - DUST_KW else None
        return found
