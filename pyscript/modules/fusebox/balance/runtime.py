"""The object behind `balance_site.py`: holds what outlives a step and joins thinking to Home Assistant.

One run at a time; readings that arrive together are handled once. Times come from the caller: nothing here has a clock.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from time import struct_time

from ..control import step
from ..decision import Decision
from ..hands.load import Loaded
from ..hands.ports import Ports
from ..hands.seldom import Failures
from ..hands.settings import Settings
from ..hands.store import STORE, kept
from ..hands.undisturbed import undisturbed
from ..happenings import Watched, happened
from ..local_day import ahead_s, day_began_s, offset_s
from ..memory import Memory
from ..peak.tariff_watch import restore_watch, watch
from ..read_config import Plan
from ..readings import Meters, View
from ..site import Site
from ..snapshot import Snapshot
from . import beginning, publish
from .absent import Absent
from .boosts import Boosts, boosted
from .grants import grant
from .links import Links, is_linked
from .observe import snapshot_of, watched_entities
from .quasar_link import hand_over
from .rest import ANEW_S, Rest
from .sending import Sender
from .tended import Tended

LOG = logging.getLogger("fusebox")

NEVER_CHANGES = "pyscript.fusebox_never"
"""An entity that never exists: pyscript drops a trigger whose list is empty."""

SAME_READINGS_S = 0.9
"""A run that sees exactly what the last one saw, sooner than this, has nothing to do."""


SET_BACK_S = 5.0
"""A clock that goes back by more than this leaves times in the future behind, for which nobody should wait."""


class Balancer:
    """One generation of the balancing script. A newer one that starts retires it; then it does nothing more."""

    def __init__(self, loaded: Loaded, ports: Ports) -> None:
        self.loaded = loaded
        self.ports = ports
        self.settings = Settings(ports, loaded.plan)
        self.boosts = Boosts(ports)
        self.generation = STORE["generations"] = STORE.get("generations", 0) + 1
        self.meters = kept("meters", Meters)
        self.memory = kept("memory", Memory)
        self.tended = kept("tended", Tended)
        self.links = Links()
        self.sender = Sender(ports, self.links, self.tended)
        self.decision: Decision | None = None
        self.site: Site | None = None
        self.snapshot: Snapshot | None = None
        self._writer = publish.Writer(ports)
        self._absent = Absent({} if loaded.plan is None else loaded.plan.named)
        self.ready = False
        self._wanted_s: float | None = None
        self._running = False
        self._values: tuple[Mapping[str, object], frozenset[str]] = ({}, frozenset())
        self._seen: tuple[object, ...] = ()
        self._run_s = float("-inf")
        self._ahead_s = 0.0
        self.tariff = watch()
        self._failures = Failures("a step")
        self._link_failures = Failures("a connection")
        self._rest = Rest()
        self._watched = self._entities()

    @property
    def triggers(self) -> list[str]:
        """Entities whose change calls for a run; never empty."""
        return [*(entity for entity in self._watched if not is_linked(entity)), NEVER_CHANGES]

    @property
    def in_force(self) -> bool:
        """Whether this is the one that balances."""
        return STORE.get("balancer") is self

    def take_over(self) -> bool:
        """Balance from now on, unless a later load does; says whether it does.

        A load alone ends nobody: pyscript 1.7 unloads a copy of the script at its first service, and the original
        must go on.
        """
        if not self.in_force and getattr(STORE.get("balancer"), "generation", 0) < self.generation:
            STORE["balancer"] = self
            self.meters = kept("meters", Meters)
            self.memory = kept("memory", Memory)
            self.tended = kept("tended", Tended)
            self.sender = Sender(self.ports, self.links, self.tended)
        return self.in_force

    def look_at_the_clock(self, now_s: float, wall: struct_time) -> None:
        """What the wall clock shows at `now_s`: where the local day begins."""
        self._ahead_s = offset_s(now_s, wall)

    def _entities(self) -> tuple[str, ...]:
        plan = self.loaded.plan
        if plan is None:
            return ()
        return tuple(dict.fromkeys((*watched_entities(plan.site({})), *plan.live.values())))

    async def start(self, now_s: float) -> None:
        """The first run after a load: reads every state, waits for no edge. Nothing runs before it."""
        if not self.take_over():
            return
        try:
            await self.settings.restore()
            await self.boosts.restore()
        except Exception:
            LOG.exception("what was set by services could not be restored")
        plan = self.loaded.plan
        await restore_watch(self.ports, plan.site({}).tariff if plan is not None else None)
        self.ready = True
        await self.run(now_s)

    async def open_links(self, now_s: float) -> None:
        """Open what CONFIG names beside Home Assistant's entities; whatever an earlier load had open is closed."""
        if self.loaded.plan is not None:
            try:
                await self.links.open(self.loaded.plan, self)
            except Exception as error:
                self._link_failures.told(error, now_s)

    async def poll(self, now_s: float) -> None:
        """Read the links where that is due, and decide on what they have read."""
        try:
            if self.in_force and await self.links.poll(now_s):
                await self.changed(now_s)
        except Exception as error:
            self._link_failures.told(error, now_s)

    async def changed(self, now_s: float) -> None:
        """Run, and return when everything that was told has arrived: other runs are not kept waiting by that."""
        await self.run(now_s)
        await self.sender.done()

    def leave(self) -> None:
        """The last act: where no later load has taken over, what was shown is taken away."""
        if STORE.get("balancer") is None:
            self._writer.remove_all()

    async def run(self, now_s: float, anew: bool = False) -> None:
        """Decide on what is there now. Called while a run is under way, it makes that one run once more.

        `anew`: also when no reading has changed.
        """
        if not self.in_force or not self.ready:
            return
        self._wanted_s = now_s
        if anew:
            self._seen = ()
        if self._running:
            return
        self._running = True
        try:
            while self._wanted_s is not None and self.in_force:
                due_s, self._wanted_s = self._wanted_s, None
                await self._run_once(due_s)
        except Exception as error:
            # pyscript shows no native traceback on some versions; and the next run must not depend on this one.
            self._writer.failure(now_s, self._failures.told(error, now_s))
        finally:
            self._running = False

    async def _run_once(self, now_s: float) -> None:
        plan, errors = self.loaded.plan, (*self.loaded.errors, *beginning.problems())
        if plan is None or (not plan.has_site and errors):
            self._writer.config_error(now_s, errors)
            return
        if not plan.has_site:
            self._writer.remove_all()
            return
        await self.links.join(now_s)
        view = View(self.links.beside(self.ports.get), now_s)
        seen = tuple((str(raw), raw.last_reported) for raw in map(view.raw, self._watched) if raw is not None)
        if seen == self._seen and abs(now_s - self._run_s) < SAME_READINGS_S:
            return
        if now_s < self._run_s - SET_BACK_S:
            LOG.warning(
                "the clock was set back by %.0f s: what was remembered until then is dropped", self._run_s - now_s
            )
            self._forget()
        self._seen, self._run_s = seen, now_s
        with undisturbed():
            try:
                site, snapshot, decision = self._decided(plan, view, now_s)
                calls = () if site.dry_run else self.tended.calls(site, view, snapshot, decision)
                sending = self.sender.begin(calls, now_s)
            except Exception:
                self._nothing_decided(plan, view, now_s)
                raise
            self._rest.ends()
        await self.sender.wait(sending)
        if not self.in_force:
            return
        grant(site, snapshot, decision)
        quasars = await hand_over(site, snapshot, decision)
        problems = self._present_problems(decision, view)
        self._writer.decision(site, snapshot, decision, self.loaded.errors, problems, quasars)
        if not site.dry_run:
            await self._tell_what_happened(now_s, decision, problems)

    def _forget(self) -> None:
        self.memory = STORE["memory"] = Memory()
        self.tended.forget()

    def _nothing_decided(self, plan: Plan, view: View, now_s: float) -> None:
        """Where that lasts, go on as after a restart; where it goes on to last, nothing may run as it was told last."""
        site, lasts_s = self.site or plan.site({}), self._rest.lasts_s(now_s)
        if lasts_s >= ANEW_S and self.memory != Memory():
            LOG.warning("no decision could be made for %.0f s: what was remembered is dropped", ANEW_S)
            self._forget()
        if lasts_s >= site.failsafe_after_s and not site.dry_run:
            self.sender.begin(self._rest.calls(site, view), now_s)

    async def _tell_what_happened(self, now_s: float, decision: Decision, problems: tuple[str, ...]) -> None:
        STORE["watched"], told = happened(kept("watched", Watched), now_s, decision, problems)
        for each in told:
            LOG.info("%s: %s: %s", each.kind, each.load or "site", each.message)
            await self.ports.fire(f"fusebox_{each.kind}", **each.data)
            await self.ports.fire("logbook_entry", **each.logbook)

    def _decided(self, plan: Plan, view: View, now_s: float) -> tuple[Site, Snapshot, Decision]:
        """The decision on what is seen now, and on what site and snapshot; all three are kept."""
        self.site = self._site_now(plan, view)
        # A limit that is not known is no limit that could be kept: until it is, nothing rises.
        seen_now = self.tended.look(self.site, view, snapshot_of(self.site, view, self.meters))
        began_s = day_began_s(now_s, self._ahead_s)
        self.tariff.look(self.site, view, ahead_s(now_s, self._ahead_s))
        self.snapshot = replace(
            seen_now,
            unsettled=self.settings.missing,
            day_began_s=began_s,
            allowance=self.tariff.allowance(),
            dimmed=self.tariff.dimmed,
        )
        self.boosts.watch(self.snapshot, self.site)
        self.memory = self.settings.with_kept(self.site, self.memory, now_s)
        self.decision = step(self.site, self.snapshot, self.memory)
        self.memory = STORE["memory"] = self.decision.memory
        self.settings.keep(self.site, self.memory)
        self.tariff.decided(self.site, self.decision, now_s)
        return self.site, self.snapshot, self.decision

    def _present_problems(self, decision: Decision, view: View) -> tuple[str, ...]:
        """What a person should look at, beside the mistakes in CONFIG."""
        return (
            *beginning.problems(),
            *self.settings.missing,
            *self._absent.problems(view),
            *self.settings.unusable,
            *filter(None, (self.tariff.problem,)),
            *self.settings.outgrown,
            *self.meters.problems.values(),
            *self.links.problems,
            *self.sender.problems(decision.memory.loads),
            *decision.problems,
            *(f"{name} {note.problem}" for name, note in decision.notes.items() if note.problem),
        )

    def _site_now(self, plan: Plan, view: View) -> Site:
        """The site with today's live values; built anew only when one of them has changed."""
        values = (self.settings.values(view), self.boosts.names)
        if self.site is None or values != self._values:
            self._values = values
            return boosted(plan.site(values[0]), values[1])
        return self.site

    async def reset(self, load: str, now_s: float) -> None:
        """Have a load's device reset now; ValueError with the reason when it cannot be."""
        site = self.site
        if site is None or self.snapshot is None or site.dry_run:
            raise ValueError("dry_run is on, so nothing is commanded" if site else "nothing has been seen yet")
        found = next(each for each in site.loads if each.name == load)
        self.tended.reset(found, View(self.ports.get, now_s), self.snapshot)
        await self.run(now_s, anew=True)

    def explain(self) -> Mapping[str, object]:
        """The last decision as plain values: what limits, what each load wants and gets, and why."""
        if self.decision is None or self.site is None:
            return {"state": "config_error", "errors": list(self.loaded.errors)}
        return publish.explanation(self.site, self.decision, self.loaded)
