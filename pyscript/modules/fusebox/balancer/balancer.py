"""The object behind `balance_site.py`: holds what outlives a step, and connects decisions to Home Assistant."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from time import struct_time

from .. import tuning
from ..config.read_config import Plan
from ..control.control import step
from ..control.remember import drop_memory
from ..devices.links import Links, is_linked
from ..devices.quasar.link import hand_over
from ..model.decision import Decision
from ..model.durations import NEVER_S
from ..model.local_day import ahead_s, day_began_s
from ..model.memory import Memory
from ..model.messages.message import message, with_frame
from ..model.readings import Meters, View
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..radiators.groups import allocate_radiators
from ..runtime.load_files import Loaded, unwritten_problem
from ..runtime.log_throttle import Failures
from ..runtime.ports import Ports
from ..runtime.script import NEVER_CHANGES, ScriptRuntime
from ..runtime.start_script import failed_starts
from ..runtime.store import STORE, singleton
from ..runtime.tasks import gc_paused
from ..tariff.watch import restore_watch, watch
from . import publish
from .announce import nothing_commanded, tell_taking_over, tell_what_happened
from .attributes import explanation
from .boosts import Boosts, with_boosts
from .commissioning import Commissioning
from .device_sessions import DeviceSessions
from .dry_run import DryRun
from .energy.keeper import EnergyKeeper, start_keeper
from .energy.meter import EnergyMeter, energy_meter
from .failsafe import Failsafe
from .observe import Surroundings, counter_kwh, snapshot_of, watched_entities
from .plans.runner import Found, PlanRunner
from .sending import Sender
from .sensor_problems import MissingEntities, SensorProblems
from .stops import Stops

LOG = logging.getLogger("fusebox")


class Balancer(ScriptRuntime):
    """The site's balancer, one object for each load of the script."""

    role, work = "balancer", "a step"

    def __init__(self, loaded: Loaded, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self.boosts, self.stops = Boosts(ports), Stops(ports)
        self.meters = singleton("meters", Meters)
        self.memory = singleton("memory", Memory)
        self.device_sessions = singleton("device_sessions", DeviceSessions)
        self.commissioning = singleton("commissioning", Commissioning)
        self.links = Links()
        self.sender = Sender(ports, self.links, self.device_sessions)
        self.decision: Decision | None = None
        self.energy_keeper: EnergyKeeper | None = None
        self.site: Site | None = None
        self.as_set: Site | None = None
        """As it is set: boosts aside."""
        self.snapshot: Snapshot | None = None
        self.plans = PlanRunner(ports, loaded, self.settings)
        self._found: Found | None = None
        self._writer = publish.Writer(ports, loaded, self.plans)
        self._missing = MissingEntities(ports, {} if loaded.plan is None else {**loaded.plan.named, **loaded.plan.live})
        self._sensor_problems, self.tariff = SensorProblems(), watch()
        self._values: tuple[object, ...] = ()
        self._seen: tuple[object, ...] = ()
        self._seen_s = self._run_s = NEVER_S
        self._link_failures, self._energy_failures = Failures("a connection"), Failures("counting energy")
        self._failsafe, self._dry_run = Failsafe(), DryRun()
        self._watched = self._entities()

    @property
    def energy(self) -> EnergyMeter:
        """The energy and the present session of each load, for the active object."""
        return energy_meter()

    @property
    def triggers(self) -> list[str]:
        """The entities whose change starts a run; never empty."""
        return [*(entity for entity in self._watched if not is_linked(entity)), NEVER_CHANGES]

    def activated(self) -> None:
        """Continue with what the earlier object has learnt until now."""
        self.meters = singleton("meters", Meters)
        self.memory = singleton("memory", Memory)
        self.device_sessions = singleton("device_sessions", DeviceSessions)
        self.commissioning.stop(message("wiring_test_reloaded"))
        self.sender = Sender(self.ports, self.links, self.device_sessions)

    def _entities(self) -> tuple[str, ...]:
        """Return all entities that a run reads."""
        plan = self.loaded.plan
        return () if plan is None else tuple(dict.fromkeys((*watched_entities(plan.site({})), *plan.live.values())))

    async def restore(self, now_s: float) -> None:
        """Restore plans, boosts, service settings, tariff counts and energy from Home Assistant's storage."""
        plan = self.loaded.plan
        await self.plans.restore(self)  # first, as a battery may have been left held or charging
        self._missing.begin(now_s)
        tariff = plan.site({}).tariff if plan is not None else None
        await restore_watch(self.ports, tariff, self.loaded.storage, now_s)
        await self.settings.restore(now_s)
        for each in (self.boosts, self.stops):
            await each.restore()
        self.energy_keeper = await start_keeper(self.loaded.storage, self, now_s)

    async def open_links(self, now_s: float) -> None:
        """Open the direct connections in CONFIG (Modbus, clouds); connections of an earlier load are closed."""
        if self.loaded.plan is not None:
            try:
                await self.links.open(self.loaded.plan, self)
            except Exception as error:
                self._link_failures.told(error, now_s)

    async def poll(self, now_s: float) -> None:
        """Read the connections that are due, and decide on new readings."""
        try:
            if self.is_active and await self.links.poll(now_s):
                await self.changed(now_s)
        except Exception as error:
            self._link_failures.told(error, now_s)

    async def replan(self, now_s: float, walls: Sequence[struct_time] = ()) -> None:
        """Update prices and plans, and decide again where a block begins or ends. `walls`: `plans.hours.untold`."""
        if self.is_active and self.ready and await self.plans.look(now_s, self._found, walls):
            await self.run_anew(now_s)

    async def changed(self, now_s: float, steady_s: float | None = None) -> None:
        """Run, and return when all commands have arrived; other runs do not wait for that."""
        await self.run_at(now_s, steady_s)
        await self.sender.done()

    def hide(self) -> None:
        """Remove every status entity, and the times of their last changes."""
        self._writer.remove_all()
        self.plans.hide()

    def failed(self, now_s: float, text: str) -> None:
        """Publish that no decision could be made."""
        self._writer.failure(now_s, text)

    async def run_anew(self, now_s: float) -> None:
        """Run, even if no reading has changed."""
        self._seen = ()
        await self.run(now_s)

    async def run_once(self, now_s: float) -> None:
        """Read, decide, send and publish."""
        plan, errors = self.loaded.plan, (*self.loaded.errors, *failed_starts())
        if plan is None or not plan.has_site:
            self.sender.begin(self.commissioning.put_back.calls(None, View(self.ports.get, now_s)), now_s)
        if plan is None or (not plan.has_site and errors):
            nothing_commanded()
            self._writer.config_error(now_s, errors)
            return
        if not plan.has_site:
            self._writer.remove_all()
            return
        try:
            await self.links.join(now_s)
            view = View(self.links.with_states(self.ports.get), now_s)
            seen = tuple((str(raw), raw.last_reported) for raw in map(view.raw, self._watched) if raw is not None)
        except Exception:
            self._nothing_decided(plan, View(self.ports.get, now_s), now_s)
            raise
        if seen == self._seen and abs(now_s - self._seen_s) < tuning.SAME_READINGS_S:
            return
        back_s = self._run_s - now_s
        if back_s > tuning.QUICK_S:
            LOG.warning("the clock was set back by %.0f s: what was remembered until then is dropped", back_s)
            self._drop(plan, back_s)
        if seen != self._seen:
            self._seen, self._seen_s = seen, now_s
        self._run_s = now_s
        with gc_paused():
            try:
                found = self._decided(plan, view, now_s)
                site, snapshot, decision = found.served, found.snapshot, found.decision
                calls = () if site.dry_run else self.device_sessions.calls(site, view, snapshot, decision)
                back = self.commissioning.put_back.calls(site, view)
                sending = self.sender.begin((*back, *calls), now_s)
            except Exception:
                self._nothing_decided(plan, view, now_s)
                raise
            self._failsafe.ends()
            self._count_energy(site, view, snapshot, decision)
        await self.sender.wait(sending)
        if not self.is_active:
            return
        allocate_radiators(site, snapshot, decision)
        quasars = await hand_over(site, snapshot, decision)
        problems = self._present_problems(site, decision, view, await self._missing.problems(view))
        self._writer.decision(found, problems, quasars)
        self.commissioning.shown(self.ports, now_s)
        await tell_taking_over(self.ports, site)
        if not site.dry_run:
            await tell_what_happened(self.ports, now_s, decision, problems)

    def _drop(self, plan: Plan, back_s: float = 0.0) -> None:
        """Drop the memory and all device sessions, except the times of the last commands."""
        self.memory = STORE["memory"] = drop_memory(self.site or plan.site({}), self.memory, back_s)
        self.device_sessions.forget()

    def _nothing_decided(self, plan: Plan, view: View, now_s: float) -> None:
        """Handle a failed decision: after a while drop the memory as at a restart, later send fail-safe commands."""
        site, lasts_s = self.site or plan.site({}), self._failsafe.lasts_s(now_s)
        if lasts_s >= tuning.ANSWER_S and self.memory != drop_memory(site, self.memory, 0.0):
            LOG.warning("no decision could be made for %.0f s: what was remembered is dropped", tuning.ANSWER_S)
            self._drop(plan)
        if lasts_s >= site.failsafe_after_s and not site.dry_run:
            self.sender.begin(self._failsafe.calls(site, view), now_s)

    def _decided(self, plan: Plan, view: View, now_s: float) -> Found:
        """Return the decision on the present readings, with its site and snapshot, and store all of them."""
        self.site = self._site_now(plan, view)
        self.tariff.observe(self.site, view, ahead_s(now_s, self.ahead_s))
        surroundings = Surroundings(
            day_began_s(now_s, self.ahead_s), self.tariff.allowance(), *self.tariff.order, self.settings.missing
        )
        self.snapshot = snapshot_of(self.site, view, self.meters, self.device_sessions, surroundings)
        self.boosts.watch(self.snapshot, self.site)
        self.memory = self.commissioning.let_go(self.settings.with_restored(self.site, self.memory, now_s))
        self.decision = self._dry_run.rehearsed(self.site, self.snapshot, step(self.site, self.snapshot, self.memory))
        self.memory = STORE["memory"] = self.decision.memory
        self.settings.keep(self.site, self.commissioning.as_before(self.memory))
        self._found = Found(self.as_set or self.site, self.site, self.snapshot, self.decision)
        self.tariff.decided(self.site, self.decision, now_s)
        self.commissioning.observe(self.as_set, self.snapshot, self.decision)
        return self._found

    def _count_energy(self, site: Site, view: View, snapshot: Snapshot, decision: Decision) -> None:
        """Count the energy since the last step. A failure is logged and does not stop balancing."""
        try:
            steady_s = self.steady_at(snapshot.now_s)
            self.energy.observe(site, snapshot, decision.memory, partial(counter_kwh, view), steady_s)
            if self.energy_keeper is not None:
                self.energy_keeper.keep(snapshot.now_s)
        except Exception as error:
            self._energy_failures.told(error, snapshot.now_s)

    def _present_problems(
        self, site: Site, decision: Decision, view: View, missing: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Return all problems for the user except mistakes in CONFIG. `missing`: path -> sentence on that entity."""
        return (
            *failed_starts(),
            *missing.values(),
            *(text for text in self.settings.missing if text.partition(":")[0] not in missing),
            *self.settings.unusable,
            *filter(None, (self.tariff.problem, unwritten_problem())),
            *self.settings.outgrown,
            *self._missing.placed(self.meters.problems),
            *self._sensor_problems.of(site, view),
            *self.links.problems,
            *self.plans.problems,
            *filter(None, (self.energy_keeper.problem if self.energy_keeper is not None else "",)),
            *STORE.get("mqtt_problems", ()),
            *self.sender.problems(decision.memory.loads),
            *decision.problems,
            *(
                with_frame(note.problem, "path", f"loads.{name}")
                for name, note in decision.notes.items()
                if note.problem
            ),
        )

    def _site_now(self, plan: Plan, view: View) -> Site:
        """Return the site with the present live values; built again only when one of them has changed."""
        as_set = self.stops.applied(plan, self.settings.values(view), view, self.energy.loads)
        values = (self.boosts.names, self.plans.now)
        if as_set is not self.as_set or values != self._values:
            self._values, self.as_set = values, as_set
            self._wanted = with_boosts(self.plans.planned(as_set), self.boosts.names)
        return self.commissioning.wished(self._wanted, as_set)

    async def reset(self, load: str, now_s: float) -> None:
        """Reset a load's device now; ValueError with the reason when that is impossible."""
        site = self.site
        if site is None or self.snapshot is None or site.dry_run:
            raise ValueError("dry_run is on, so nothing is commanded" if site else "nothing has been seen yet")
        self.device_sessions.reset(site.by_name[load], View(self.ports.get, now_s), self.snapshot)
        await self.run_anew(now_s)

    def explain(self) -> Mapping[str, object]:
        """Return the last decision as plain values: limits, demands, shares and reasons."""
        if self.decision is None or self.site is None:
            return {"state": "config_error", "errors": list(self.loaded.errors)}
        return explanation(self.site, self.decision, self.loaded)
