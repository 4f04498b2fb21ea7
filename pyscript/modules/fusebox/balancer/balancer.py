"""The object behind `balance_site.py`: it keeps state between steps and connects decisions to Home Assistant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from .. import tuning
from ..config.config import NO_CONFIG
from ..control.control import step
from ..control.remember import reset_memory
from ..devices.links import Links, is_linked
from ..devices.quasar.link import send_power_ranges
from ..model.decision import Decision
from ..model.durations import NEVER_S
from ..model.local_day import day_began_s, wall_clock
from ..model.memory import Memory
from ..model.messages.message import message, with_frame
from ..model.readings import Meters, View
from ..model.records import fast_replace
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..radiators.groups import allocate_radiators
from ..runtime.load_files import LoadedConfig, unwritten_problem
from ..runtime.load_persistence import commands_of_earlier_package, with_commands
from ..runtime.log_throttle import LOG, Failures
from ..runtime.ports import Ports
from ..runtime.script import NEVER_CHANGES, ScriptRuntime, failed_starts
from ..runtime.store import STORE, singleton
from ..runtime.tasks import gc_paused
from ..tariff.watch import restore_watch, tariff_watch
from . import publish
from .boosts import Boosts, with_boosts
from .commissioning import Commissioning
from .device_sessions import DeviceSessions, Sender
from .dry_run import DryRun
from .energy.meter import energy_meter
from .energy.storage import EnergyKeeper, start_keeper
from .failsafe import Failsafe
from .observe import counter_kwh, take_snapshot, watched_entities
from .plans.inputs import StepResult
from .plans.runner import PlanRunner
from .sensor_problems import MissingEntities, SensorProblems
from .stops import Stops, with_stops
from .vehicles.vehicles import CarsAtChargers


class Balancer(ScriptRuntime):
    """The site's balancer; each time the script is loaded, a new one is made."""

    role, work = "balancer", "a step"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self.boosts, self.stops, self.vehicles = Boosts(ports), Stops(ports), CarsAtChargers(ports)
        self.commissioning, self.tariff, self.links = singleton("commissioning", Commissioning), tariff_watch(), Links()
        self.energy_keeper: EnergyKeeper | None = None
        self.site = self.as_set = loaded.config.site({})
        """As it was decided for last, and as its users have set it: without boosts and plans."""
        self.plans = PlanRunner(ports, loaded, self.settings)
        self.result: StepResult | None = None
        """The result of the last step that did not fail, None before the first."""
        self._writer = publish.StatusWriter(ports, loaded, self.plans)
        self._missing = MissingEntities(ports, {**loaded.config.named, **loaded.config.live})
        self._watched = tuple(dict.fromkeys((*watched_entities(self.site), *loaded.config.live.values())))
        self._values = self._states = tuple[object, ...]()
        self._states_s = self._run_s = NEVER_S
        self._link_failures, self._energy_failures = Failures("a connection"), Failures("counting energy")
        self._sensor_problems, self._failsafe, self._dry_run = SensorProblems(), Failsafe(), DryRun()

    @property
    def triggers(self) -> list[str]:
        """The entities whose change starts a run, without those of direct connections; never empty."""
        return [*(entity for entity in self._watched if not is_linked(entity)), NEVER_CHANGES]

    def activated(self) -> None:
        """Take over the meters, memory and device sessions of the balancer before it, and end its wiring test."""
        self._commands = commands_of_earlier_package(STORE.get("memory"))
        self.meters, self.memory = singleton("meters", Meters), singleton("memory", Memory)
        self.device_sessions = singleton("device_sessions", DeviceSessions)
        self.sender = Sender(self.ports, self.links, self.device_sessions)
        if self.loaded.config is not NO_CONFIG:
            self.memory = STORE["memory"] = self.device_sessions.move_memory(self.memory, self.loaded.config.site({}))
        self.commissioning.stop(message("wiring_test_reloaded"))

    async def prepare(self, now_s: float) -> None:
        """Open the direct connections, restore what was stored, and read the connections once.

        Also start the energy keeper and the search for missing entities. An error is raised; the rest is not done.
        """
        await self._open_links(now_s)
        await self.plans.restore(self)  # first, as a battery may have been left held or charging
        self._missing.start(now_s)
        await restore_watch(self.ports, self.loaded.config.site({}).tariff, self.loaded.storage, now_s)
        await self.settings.restore(now_s, self)
        self.device_sessions.restore_stops(self.settings.persisted.stops_s)
        self.commissioning.restore(self.settings.persisted.test_begun_s)
        for each in (self.boosts, self.stops, self.vehicles):
            await each.restore()
        self.energy_keeper = await start_keeper(self.loaded.storage, self, now_s)
        # A charger that is not read yet counts as house load: the first decision would pause others for it.
        await self._read_links(now_s)

    async def _open_links(self, now_s: float) -> None:
        """Open a valid CONFIG's direct connections (Modbus, clouds), close those of an earlier load; log a failure."""
        if self.loaded.config is not NO_CONFIG:
            with self._link_failures.logged(now_s):
                await self.links.open(self.loaded.config, self)

    async def poll(self, now_s: float) -> None:
        """If active and ready, read the connections that are due, and run if there are new readings."""
        if self.is_active and self.ready and await self._read_links(now_s):
            await self.changed(now_s)

    async def _read_links(self, now_s: float) -> bool:
        """Read the connections that are due; return whether there are new readings. A failure is only logged."""
        with self._link_failures.logged(now_s):
            return await self.links.poll(now_s)
        return False

    async def replan(self, now_s: float) -> None:
        """If active and ready, update plans, and run if that changes loads."""
        if self.is_active and self.ready and await self.plans.update(now_s, self.result):
            await self.run_anew(now_s)

    async def changed(self, now_s: float, steady_s: float | None = None) -> None:
        """If active, run, then wait until all calls under way have ended, half a minute at most; other runs do not."""
        await self.run_at(now_s, steady_s)
        if self.is_active:
            await self.sender.wait_for_all()

    def hide(self) -> None:
        """Remove every status entity, and the times of their last changes."""
        self._writer.remove_all()
        self.plans.hide()

    def failed(self, now_s: float, text: str) -> None:
        """Publish that no decision could be made."""
        self._writer.publish_failure(now_s, text)

    async def run_anew(self, now_s: float) -> None:
        """Run, even if no reading has changed."""
        self._states = ()
        await self.run(now_s)

    async def run_once(self, now_s: float) -> None:
        """Run one step at a wall time: read all entities, decide, send the commands and publish the decision.

        It decides once on the same readings within `SAME_READINGS_S`. Without a site it publishes CONFIG's errors or
        removes all entities; a clock set back clears the memory. A decision's exception is raised after the failsafe.
        """
        view = View(self.ports.get, now_s)
        if not self.loaded.config.has_site:
            self._run_without_site(view)
            return
        try:
            await self.links.read_with_meters(now_s)
            view = View(self.links.with_states(self.ports.get), now_s)
            if not self._has_news(view):
                return
            with gc_paused():
                found = self._decide_and_store(view)
                site, snapshot, decision = found.served, found.snapshot, found.decision
                if site.dry_run and STORE.get("commanding") is not None:
                    self.sender.drop_waiting()
                calls = () if site.dry_run else self.device_sessions.due_calls(site, view, snapshot, decision)
                restoring = self.commissioning.restoring_calls(site, view)
                sending = self.sender.start_sending((*restoring, *calls), now_s)
                self._failsafe.record_decision()
                self.result = found
                self._count_energy(site, view, snapshot, decision)
        except Exception:
            self._handle_failed_decision(view)
            raise
        await self.sender.wait(sending)
        if not self.is_active:
            return
        allocate_radiators(site, snapshot, decision)
        quasars = await send_power_ranges(site, snapshot, decision)
        problems = self._all_problems(found, view, await self._missing.missing_problems(view))
        self._writer.publish_decision(found, problems, quasars)
        self.commissioning.publish_status(self.ports, now_s)
        await publish.announce_commanding(self.ports, site)
        if not site.dry_run:
            await publish.announce_events(self.ports, now_s, decision, problems)

    def _run_without_site(self, view: View) -> None:
        """Publish CONFIG's errors, or remove all entities without one; restore what a wiring test has changed."""
        errors = (*self.loaded.errors, *failed_starts())
        self.sender.start_sending(self.commissioning.restoring_calls(None, view), view.now_s)
        if errors:
            STORE.setdefault("commanding", None)  # so that the first valid CONFIG is announced
            self._writer.publish_config_errors(view.now_s, errors)
        else:
            self._writer.remove_all()

    def _has_news(self, view: View) -> bool:
        """Return whether to decide: a watched entity has reported since then, or none has for `SAME_READINGS_S`.

        A clock that was set back clears the memory.
        """
        now_s, known = view.now_s, [raw for raw in map(view.raw, self._watched) if raw is not None]
        states = tuple((str(raw), raw.last_reported) for raw in known)
        if states == self._states and abs(now_s - self._states_s) < tuning.SAME_READINGS_S:
            return False
        if (back_s := self._run_s - now_s) > tuning.QUICK_S:
            LOG.warning("the clock was set back by %.0f s: what was remembered until then is dropped", back_s)
            self._forget_all_but_commands(back_s)
        if states != self._states:
            self._states, self._states_s = states, now_s
        self._run_s = now_s
        return True

    def _forget_all_but_commands(self, back_s: float = 0.0) -> None:
        """Reset the memory except the last commands' times, moved back by `back_s`, and drop all device sessions."""
        self.memory = STORE["memory"] = reset_memory(self.site, self.memory, back_s)
        self.device_sessions.drop_memories()

    def _handle_failed_decision(self, view: View) -> None:
        """Forget and log after `ANSWER_S` without a decision; unless `dry_run`, fail safe after `failsafe_after_s`."""
        site, lasts_s = self.site, self._failsafe.time_without_decision_s(view.now_s)
        if lasts_s >= tuning.ANSWER_S and self.memory != reset_memory(site, self.memory, 0.0):
            LOG.warning("no decision could be made for %.0f s: what was remembered is dropped", tuning.ANSWER_S)
            self._forget_all_but_commands()
        if lasts_s >= site.failsafe_after_s and not site.dry_run:
            self.sender.start_sending(self._failsafe.failsafe_calls(site, view), view.now_s)

    def _decide_and_store(self, view: View) -> StepResult:
        """Take a snapshot and return the decision on it; store the memory in `STORE`; advance a wiring test."""
        now_s, self.site = view.now_s, self._current_site(view)
        wall_ahead_s = wall_clock()(now_s)
        self.tariff.observe(self.site, view, wall_ahead_s)
        dimmed, dim_limit_w = self.tariff.order
        clock = {"day_began_s": day_began_s(now_s), "wall_ahead_s": wall_ahead_s}
        tariff = {"allowance": self.tariff.allowance(), "dimmed": dimmed, "dim_limit_w": dim_limit_w}
        readings = take_snapshot(self.site, view, self.meters, self.device_sessions)
        snapshot = fast_replace(readings, **clock, **tariff, unsettled=self.plans.unsettled(self.site))
        site = self.site = self.vehicles.hold_newcomers(self.site, snapshot)
        self.boosts.end_completed(snapshot, site)
        restored = with_commands(self.settings.with_stored_state(site, self.memory, now_s), self._commands)
        self._commands = {}
        self.memory = self.commissioning.undo_test_in_memory(restored)
        decided = step(site, snapshot, self.memory)
        decision = self._dry_run.explain_commands(site, snapshot, decided)
        self.memory = STORE["memory"] = self.boosts.end_switched_off(site, decision.memory)
        untested = self.commissioning.without_test_effects(self.memory)
        self.settings.persist_if_changed(site, untested, self.device_sessions.stops_s, self.commissioning.begun_s)
        result = StepResult(self.as_set, site, snapshot, decision, self.plans.in_force)
        self.tariff.record_decision(site, snapshot, decision)
        self.commissioning.advance(result.site, snapshot, decision)
        return result

    def _count_energy(self, site: Site, view: View, snapshot: Snapshot, decision: Decision) -> None:
        """Count the energy since the last step. A failure is logged and does not stop balancing."""
        with self._energy_failures.logged(snapshot.now_s):
            steady_s = self.steady_at(view.now_s)
            energy_meter().observe(site, snapshot, decision.memory, partial(counter_kwh, view), steady_s)
            has_new_car = self.vehicles.start_writing(view.now_s)
            if self.energy_keeper is not None:
                self.energy_keeper.write_if_due(view.now_s, has_new_car)

    def _all_problems(self, found: StepResult, view: View, missing: Mapping[str, str]) -> tuple[str, ...]:
        """Return all problems for the user except mistakes in CONFIG. `missing`: path -> sentence on that entity."""
        decision = found.decision
        problems = (
            *failed_starts(),
            *missing.values(),
            *(each for each in self.settings.problems if each.partition(":")[0] not in missing),
            *filter(None, (self.tariff.problem, unwritten_problem())),
            *self.settings.outgrown.values(),
            *self._missing.with_paths(self.meters.problems),
            *self._sensor_problems.unit_problems(found.served, view),
            *self._sensor_problems.zero_draw_problems(found.served, found.snapshot, decision),
            *self.links.problems,
            *self._missing.without_missing(self.plans.problems),
            *filter(None, (self.energy_keeper.problem if self.energy_keeper is not None else "",)),
            *STORE.get("mqtt_problems", ()),
            *self.sender.unconfirmed_failures(decision.memory.loads),
            *self._missing.without_missing(decision.problems),
            *(with_frame(note.problem, "path", f"loads.{n}") for n, note in decision.notes.items() if note.problem),
        )
        return (*problems, *self._missing.silent_problems(found.served, view, found.snapshot, problems))

    def _current_site(self, view: View) -> Site:
        """Return the site with live settings, cars, limits, plans, boosts and a test's request; set `as_set`."""
        values, energies, progress = self.settings.read_values(view), energy_meter().loads, self.plans.plans.progress
        with_cars = self.vehicles.with_present_cars(self.loaded.config, values, view, energies)
        as_set = with_stops(with_cars, self.stops.update_limits_in_force(with_cars, view, energies, progress))
        if as_set is not self.as_set or (self.boosts.names, self.plans.now) != self._values:
            self.as_set = as_set
            self._planned_site = self.plans.with_plans(as_set, with_boosts(as_set, self.boosts.names))
            # `with_plans` may have changed what rests: what is remembered is what `_planned_site` was made with.
            self._values = (self.boosts.names, self.plans.now)
        return self.commissioning.site_with_request(self._planned_site, as_set)

    def explain(self) -> Mapping[str, object]:
        """Return the last decision as `explain_decision` does; without one the state "config_error" and the errors."""
        if self.result is None:
            return {"state": "config_error", "errors": list(self.loaded.errors)}
        return publish.explain_decision(self.result.served, self.result.decision, self.loaded)
