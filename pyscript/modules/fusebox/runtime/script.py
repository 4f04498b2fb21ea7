"""What all scripts share: only the newest load of a script acts, one run at a time, and again for later changes.

pyscript leaves the loops of an older load running; that load notices that it is no longer active and ends by itself.
Merely loading ends no older load: pyscript 1.7 unloads a copy of a script at its first service, and the original must
continue. Times come from the caller: nothing here reads a clock.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, TypeVar

from .. import tuning
from ..config.config import NO_CONFIG
from ..model.messages.message import Message, Value, message
from ..model.own_entities import SITE_ENTITY
from . import lifecycle
from .leftovers import SCRIPTS
from .load_files import LoadedConfig
from .log_throttle import LOG, Failures, LogThrottle, describe_fault
from .ports import Ports, call_error, in_own_context
from .publisher import EntityPublisher
from .settings import Settings
from .store import STORE
from .version import VERSION

T = TypeVar("T")

NEVER_CHANGES = "pyscript.fusebox_never"
"""An entity that never exists, because pyscript drops a trigger whose list is empty."""


class ScriptRuntime:
    """One load of a script. `role`: its name in the store; `work`: what one run does, for the log."""

    role: ClassVar[str]
    work: ClassVar[str]
    section: ClassVar[str] = ""
    """The section of CONFIG without which the script has no work, "" for none."""

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        self.loaded = loaded
        self.ports = ports
        self.settings = Settings(ports, loaded.config)
        self.publisher = EntityPublisher(ports, self.role)
        self.failures = Failures(self.work)
        self._failed_calls = LogThrottle()
        self.number = STORE["generations"] = STORE.get("generations", 0) + 1
        self.ready = False
        self.wanted_s: float | None = None
        """When the next run was requested during the present one [s since 1970], None if none was."""
        self._steady = (float("-inf"), 0.0)
        self.idle = asyncio.Event()
        """Set while no run is under way."""
        self.idle.set()

    @property
    def is_active(self) -> bool:
        """Whether this is the load of the script that acts."""
        return STORE.get(self.role) is self

    @property
    def is_gone(self) -> bool:
        """Whether no load of the script acts any more, because the script was removed."""
        return STORE.get(self.role) is None

    def activate(self) -> bool:
        """Become the active load unless a later one is, then call `activated`. Return whether this one is active."""
        if not self.is_active and getattr(STORE.get(self.role), "number", 0) < self.number:
            STORE[self.role] = self
            self.activated()
        return self.is_active

    async def restore_and_run(self, now_s: float) -> None:
        """Activate this load, prepare it and run once; nothing runs before that.

        What cannot be restored is logged. Nothing happens where the load may not be activated.
        """
        if not self.activate():
            return
        try:
            self._log_missing_section()
            await self.prepare(now_s)
        except Exception:
            LOG.exception("%s: what was persisted could not be restored", self.role)
        self.ready = True
        await self.run(now_s)

    async def run_at(self, now_s: float, steady_s: float | None) -> None:
        """Run. `steady_s`: a clock that is never set, at `now_s` [s]; None where the caller has none."""
        if steady_s is not None:
            self._steady = (now_s, steady_s)
        await self.run(now_s)

    def steady_at(self, now_s: float) -> float | None:
        """Return the `steady_s` passed to `run_at` for `now_s` [s], None for another time."""
        at_s, steady_s = self._steady
        return steady_s if at_s == now_s else None

    async def run(self, now_s: float) -> None:
        """Run for the present situation; nothing before the start or once another load is active.

        Raises nothing: an exception is logged and published. During a run this only requests one more run, and returns
        at once.
        """
        if not self.is_active or not self.ready:
            return
        self.wanted_s = now_s
        if not self.idle.is_set():
            return
        self.idle.clear()
        try:
            while self.wanted_s is not None and self.is_active:
                due_s, self.wanted_s = self.wanted_s, None
                await self.run_once(due_s)
        except Exception as error:
            # Some versions of pyscript show no native traceback; and the next run must not depend on this one.
            self.failed(now_s, self.failures.log_failure(error, now_s))
        finally:
            self.idle.set()

    async def leave(self) -> None:
        """Remove the script's entities and close its connections, unless a newer load of the script is in charge.

        This is the last call to this object.
        """
        if self.is_gone:
            self.hide()
            await lifecycle.stop_all_of(self)

    def live_entities(self, section: str) -> list[str]:
        """Return the entities that provide values of a section of CONFIG."""
        return [entity for path, entity in self.loaded.config.live.items() if path.startswith(section)]

    async def call_or_failure(
        self, now_s: float, domain: str, service: str, data: Mapping[str, object], code: str, /, **values: Value
    ) -> Message | None:
        """Call a service and wait for at most half a minute; return None, or the message of its failure.

        The message has this code and these values, with the error as `error`; it is logged when due.
        """
        why = await call_error(self.ports, domain, service, data)
        if not why:
            return None
        failure = message(code, **values, error=why)
        self._failed_calls.log(logging.ERROR, failure, now_s)
        return failure

    def _log_missing_section(self) -> None:
        """Log that CONFIG lacks `section`, so that the script has no work; once, not at each load of the script."""
        config = self.loaded.config
        is_idle = self.section and config is not NO_CONFIG and not config.sections[self.section]
        text = f"CONFIG has no section '{self.section}': {SCRIPTS[self.role]} does nothing" if is_idle else ""
        logged: dict[str, str] = STORE.setdefault("said_once", {})
        if text and logged.get(self.role) != text:
            LOG.info(text)
        logged[self.role] = text

    # Overridden by scripts.

    @property
    def has_work(self) -> bool:
        """Whether its loop has to continue: this load is active, and CONFIG gives it work."""
        return self.is_active and (not self.section or bool(self.loaded.config.sections[self.section]))

    def activated(self) -> None:
        """Called when this load has just become active."""

    async def prepare(self, now_s: float) -> None:
        """Do what has to precede the first run, such as reading persisted state; a failure is only logged."""

    async def run_once(self, now_s: float) -> None:
        """Do one run."""
        raise NotImplementedError

    def failed(self, now_s: float, text: str) -> None:
        """Publish that a run failed; it is in the log already."""

    def hide(self) -> None:
        """Remove the entities of this script."""
        self.publisher.keep_only(())


def make_script_or_report(role: str, make: Callable[[LoadedConfig, Ports], T], loaded: LoadedConfig, ports: Ports) -> T:
    """Return the object that `make` creates for this load.

    If that fails and an earlier load exists, that one continues and the exception is raised. Otherwise the object is
    made without a CONFIG: it only reports, and the next saved CONFIG is loaded. If that fails too, the site's entity
    says so.
    """
    ports = in_own_context(ports)
    failed: dict[str, str] = STORE.setdefault("not_begun", {})
    failed.pop(role, None)
    # Here, where no step is under way, and before anything of this CONFIG is made: it is made with its numbers.
    tuning.override(loaded.config.tuning)
    try:
        made = make(loaded, ports)
        getattr(made, "triggers", ())  # the script reads them next
        # The integration reads this, to go back to the version before if an update does not start.
        STORE.setdefault("started", {})[SCRIPTS[role]] = VERSION
        return made
    except Exception as error:
        failure = message("script_cannot_begin", script=SCRIPTS[role], error=describe_fault(error))
        failed[role] = failure
        LOG.error("%s; it is tried again with what is saved next", failure, exc_info=error)
        if STORE.get(role) is not None:
            raise
    finally:
        tuning.override(next(_tuning_of_earlier_loads(), loaded.config.tuning))
    try:
        return make(replace(loaded, config=NO_CONFIG), ports)
    except Exception:
        attributes = {"friendly_name": "Fusebox", "reason": failure, "errors": [failure]}
        ports.set(SITE_ENTITY, "config_error", new_attributes=attributes)
        raise


def _tuning_of_earlier_loads() -> Iterator[Mapping[str, float]]:
    """Yield the tuning numbers of earlier loads that continue because no new one could start."""
    older = [STORE.get(role) for role in STORE["not_begun"]]
    configs = (each.loaded.config for each in older if isinstance(each, ScriptRuntime))
    return (config.tuning for config in configs if config is not NO_CONFIG)


def failed_starts() -> tuple[str, ...]:
    """Return a sentence for each script that could not start, with the failure and its place."""
    failed: dict[str, str] = STORE.get("not_begun", {})
    return tuple(failed.values())
