"""State behind `guard_quasar.py`: the guards of all Quasars in CONFIG, their life cycle and their entities.

Only one load of the script can hold a port: the starting one closes what the previous one has open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from math import isfinite
from reprlib import repr as shortened

from ... import tuning
from ...control.limits.power_range import PowerRange, QuasarStatus
from ...model.messages.message import message
from ...model.readings import LinkState, Meters, View
from ...runtime import lifecycle
from ...runtime.load_files import LoadedConfig
from ...runtime.ports import Ports
from ...runtime.script import NEVER_CHANGES, ScriptRuntime
from ...runtime.service_calls import Response, field_error, load_name_of_entity, names_or_none, service
from ...runtime.store import STORE
from .controller import GuardController, link_entity
from .entities import LimitEntities
from .guard import Guard
from .guard_config import GuardConfig, guarded_loads
from .server import LOG
from .upstream import Away

KEY = "quasar_guard"


class Guards(ScriptRuntime):
    """One load of the guarding script."""

    role, work = "quasar_guards", "guarding"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self.controllers: dict[str, GuardController] = {}
        self.meters = Meters()
        self._entities = LimitEntities(ports)
        self._taken: dict[str, tuple[float, str]] = {}
        self._over = False
        self._has_guards = bool(self._guarded_loads(None))

    @property
    def triggers(self) -> list[str]:
        """Return the entities whose change triggers a run; never empty."""
        live = [entity for path, entity in self.loaded.config.live.items() if ".guard." in path]
        meters = [entity for guarded in self._guarded_loads(None) for entity in guarded.meter.entities]
        return [*dict.fromkeys([*meters, *live]), NEVER_CHANGES]

    @property
    def has_work(self) -> bool:
        """Whether this instance is the active one and CONFIG has a Quasar to guard."""
        return self.is_active and self._has_guards

    async def prepare(self, now_s: float) -> None:
        """Close what the previous load of the script has open; nothing listens before the first run."""
        await lifecycle.start(KEY, self, self)

    async def end(self) -> None:
        """End on unload: every charger is left without power, unless a newer load guards already."""
        await lifecycle.stop(KEY, self)

    async def start(self) -> None:
        """Do nothing: the runs open the ports of CONFIG."""

    async def stop(self) -> None:
        """Stop every charger, close every port, open none any more, and stop being the active load of the script."""
        self._over = True
        if self.is_active:
            STORE[self.role] = None
        for name in list(self.controllers):
            await self.controllers.pop(name).guard.stop()

    async def run(self, now_s: float) -> None:
        """Run as every script does, but return only when a run with these readings is over."""
        await super().run(now_s)
        await self.idle.wait()

    async def run_once(self, now_s: float) -> None:
        """Run each Quasar's guard on the present readings, all at the same time, then publish the limits.

        Nothing is published any more once closed.
        """
        view = View(self.ports.get, now_s)
        found = self._guarded_loads(view)
        # Concurrently, so that a slow charger does not delay another's limit.
        await asyncio.gather(*(self._update_guard(now_s, guarded, view) for guarded in found))
        if not self._over:
            await self._entities.publish_limits(now_s, found, self.controllers, self._taken)

    async def _update_guard(self, now_s: float, guarded: GuardConfig, view: View) -> None:
        """Start or stop a Quasar's guard as CONFIG says, and run it on the present readings.

        An error in a run is logged, and no power is allowed.
        """
        await self._start_or_stop_guard(now_s, guarded)
        controller = self.controllers.get(guarded.name)
        if controller is None:
            return
        try:
            await controller.run(now_s, guarded.power(self.meters, view), guarded.settings)
        except Exception as error:
            await controller.shut_after_failure(self.failures.log_failure(error, now_s))

    def _guarded_loads(self, view: View | None) -> tuple[GuardConfig, ...]:
        """Return all Quasars of CONFIG, with the live values of `view`, None for the defaults."""
        return guarded_loads(self.loaded.config, {} if view is None else self.settings.read_values(view))

    async def _start_or_stop_guard(self, now_s: float, guarded: GuardConfig) -> None:
        """Start the guard of an enabled Quasar, or stop that of a disabled one and forget its clients' requests.

        A port that cannot be opened is logged once, and tried again after `RETRY_S`. In a dry run the guard limits
        nothing.
        """
        name = guarded.name
        if not guarded.enabled:
            self._taken.pop(name, None)
            if name in self.controllers:
                await self.controllers.pop(name).guard.stop()
            # Stored requests may be outdated when the guard is enabled again, perhaps hours later.
            STORE.get("quasar_wishes", {}).pop(guarded.quasar, None)
            return
        tried_s = self._taken.get(name, (float("-inf"), ""))[0]
        if name in self.controllers or self._over or 0 <= now_s - tried_s < tuning.RETRY_S:
            return
        requested: dict[tuple[str, int], dict[int, int]] = STORE.setdefault("quasar_wishes", {})
        own_requests = requested.setdefault(guarded.quasar, {})
        guard = Guard(guarded.listen, guarded.quasar, guarded.allowed_clients, own_requests)
        if guarded.settings.dry_run:
            guard.limits = None
        try:
            await guard.start()
        except OSError as error:
            where = f"{guarded.listen[0]}:{guarded.listen[1]}"
            why = message("quasar_port_taken", address=where, error=error.strerror or str(error))
            if name not in self._taken:
                LOG.error("loads.%s.guard: %s", name, why)
            self._taken[name] = (now_s, why)
            return
        self._taken.pop(name, None)
        if self._over:
            await guard.stop()
        else:
            self.controllers[name] = GuardController(guard)

    def states(self) -> Mapping[str, LinkState]:
        """Return the guards' readings as states, for the driver; without those of a charger that was never reached."""
        return {
            link_entity(name, quantity): LinkState(value, "" if quantity == "state" else "W", at_s)
            for name, controller in self.controllers.items()
            for quantity, (value, at_s) in controller.known_readings().items()
            if isfinite(at_s)
        }

    def statuses(self) -> Mapping[str, QuasarStatus]:
        """Return load -> limit [W] and trouble for the load's entity, only of loads whose guard runs."""
        troubles = self._entities.troubles
        return {name: QuasarStatus(each.limit_w, troubles.get(name, "")) for name, each in self.controllers.items()}

    async def enforce_allocation(self, now_s: float, power_ranges: Mapping[str, PowerRange]) -> None:
        """Store each load's power range and run all guards; loads without a running guard are left out.

        On return a charger that can be reached is within its range.
        """
        for name, power_range in power_ranges.items():
            if name in self.controllers:
                self.controllers[name].store_power_range(now_s, power_range)
        if self.controllers:
            await self.run(now_s)

    @service
    async def release(self, *, load: object) -> Response:
        """Serve `fusebox_quasar_release`: stop the charger, and give it back to its own app.

        ServiceError for an unknown or unguarded load, and where the charger cannot be reached or refuses. Without a
        name the only one is meant.
        """
        names = [guarded.name for guarded in self._guarded_loads(None)]
        named = load_name_of_entity(names[0] if load is None and len(names) == 1 else load)
        if not isinstance(named, str) or named not in names:
            known = names_or_none(names)
            unknown = message("quasar_unknown", value=shortened(load), known=known)
            raise field_error("load", message("quasar_not_named", known=known) if load is None else unknown)
        controller = self.controllers.get(named)
        if controller is None:
            cause = self._taken.get(named, (0.0, message("quasar_guard_not_enabled")))[1]
            raise field_error("load", message("quasar_not_guarded", load=named, cause=cause))
        try:
            released = await controller.guard.release()
        except Away as error:
            raise field_error("load", message("quasar_unreachable", load=named, error=str(error))) from None
        if not released:
            raise field_error("load", message("quasar_not_released", load=named, cause=controller.guard.problem))
        return {"load": named, "released": True}
