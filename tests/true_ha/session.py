"""What the script tests take for the embedded host's session, with a real Home Assistant behind it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from homeassistant.core import SupportsResponse
from homeassistant.helpers.service import async_get_all_descriptions

from simhouse.host.line import BadLine, Line, checked_message
from simhouse.host.mirror import WRITTEN, Mirror
from simhouse.host.native_modules import DOOR, NativeModules
from simhouse.host.pyscript_host import DEFAULT_OPTIONS, DEFAULT_SCRIPTS, DEFAULT_START, PyscriptOptions

from . import kept_states
from .file_watch import Observer
from .home_assistant import home_assistant, start_pyscript
from .recorders import Recorders
from .seen import Errors, States
from .unretrieved import tell_unretrieved
from .virtual_loop import VirtualLoop

STOP_TAKES_S = 300.0
"""Longer than everything that Home Assistant waits for when it stops [s of virtual time]."""

LONGEST_RUN_S = 300.0
"""What takes longer hangs [s of real time]."""

PROPOSAL = WRITTEN[0]
"""pyscript complains of a link that leads nowhere: what set-up proposes is copied next to the config instead."""

REPORTED_EARLIER_S = 1.0
"""A line that leaps over calm seconds brings its states this long before its time, as if each second had been sent:
what is due at its time then sees them, as in the embedded host [s]."""

CANCEL_ROUNDS = 20
"""How often a cancelled task gets its turn to end."""


class TrueHost:
    """One Home Assistant, for one config. What is asynchronous runs in its loop."""

    def __init__(
        self,
        config: Path | None = None,
        start: datetime = DEFAULT_START,
        time_zone: str | tzinfo | None = None,
        scripts: Path | None = None,
        options: PyscriptOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.config = config
        self.zone = _zone(time_zone, start)
        self.start = start
        self.options = {
            "allow_all_imports": options.allow_all_imports,
            "hass_is_global": False,
            "apps": dict(options.apps),
        }
        self._scripts = DEFAULT_SCRIPTS if scripts is None else scripts
        self._errors = Errors()
        self._loaded = False
        self._kept: dict[str, Any] = {}
        self._stack = AsyncExitStack()
        self.states = States()

    @property
    def load_errors(self) -> dict[str, str]:
        """What was logged of files, by context name such as `file.balance_site`."""
        return self._errors.found

    async def open(self, loop: VirtualLoop) -> None:
        """Make the config folder, and a Home Assistant in it that has yet to start."""
        self.loop = loop
        self.mirror = await loop.run_in_executor(None, Mirror, self._scripts, self.config)
        self._stack.push_async_callback(loop.run_in_executor, None, self.mirror.close)
        self._proposal = self.mirror.root / PROPOSAL
        self._proposal_beside = Path(os.path.realpath(self._proposal))
        if self._proposal.is_symlink() and not self._proposal.exists():
            self._proposal.unlink()
        self._stack.push_async_callback(loop.run_in_executor, None, self._keep_what_was_stored)
        self._native = NativeModules(self.mirror.folder)
        await loop.run_in_executor(None, self._native.open)
        self._stack.callback(self._native.close)
        self._stack.callback(self._native.stop_callbacks.clear)
        _without_the_embedded_hosts_door()
        logging.getLogger("custom_components.pyscript").addHandler(self._errors)
        self._stack.callback(logging.getLogger("custom_components.pyscript").removeHandler, self._errors)
        await loop.run_in_executor(None, self._write_configuration)
        self._beside = self.mirror.root if self.config is None else self.config.absolute().parent
        await loop.run_in_executor(None, kept_states.put_into_storage, self._beside, self.mirror.root)
        self.hass = await self._stack.enter_async_context(home_assistant(self.mirror.root, self.zone.key))
        self.states.hass = self.hass
        self.services = Recorders(self.hass)
        self.clock = SimpleNamespace(utc=loop.utc, set_wall=loop.set_wall)
        self.world = SimpleNamespace(states=self.states, services=self.services, clock=self.clock)
        loop.before_moving = lambda: self._look(whole=False)

    async def close(self) -> None:
        """Stop Home Assistant; nothing of it may go on."""
        self.loop.let_go(STOP_TAKES_S)
        await self._stack.aclose()

    async def _keep(self) -> None:
        kept = kept_states.to_be_stored(self.hass)
        if kept != self._kept:
            self._kept = kept
            await self.loop.run_in_executor(None, kept_states.write, self._beside, kept)

    def _keep_what_was_stored(self) -> None:
        """What Home Assistant saved at its end; but a test's own edit of the file stays."""
        if kept_states.read(self._beside) == self._kept:
            kept_states.write(self._beside, kept_states.take_from_storage(self.mirror.root))

    async def line(self, message: Any) -> dict[str, Any]:
        """As the embedded host's."""
        try:
            line = checked_message(message, self.loop.seconds)
        except BadLine as problem:
            return {"t": self.loop.seconds, "calls": [], "states": {}, "responses": [], "error": str(problem)}
        if self._loaded:
            await self.reload_changed()
        await self.loop.settle(max(self.loop.seconds, line.t - REPORTED_EARLIER_S) if line.leap else line.t)
        if line.respond is not None:
            self.services.answers = line.respond
        self._apply(line)
        await self.loop.settle(line.t)
        if not self._loaded:
            self._loaded = True
            self._start = self.loop.create_task(start_pyscript(self.hass, self.options, self.states.listen_to))
        await self.loop.settle()
        if self._start.done():
            self._start.result()
        responses = [await self._call(name, data) for name, data in line.calls]
        await self._keep()
        if self._proposal.is_file() and not self._proposal.is_symlink():
            await self.loop.run_in_executor(None, shutil.copy2, self._proposal, self._proposal_beside)
        self.services.calls, calls = [], self.services.calls
        return {"t": line.t, "calls": calls, "states": self.states.take_written(), "responses": responses}

    async def reload_changed(self, now: bool = False) -> None:
        """Have pyscript see what was saved; `now`: and have it reload without collecting changes first."""
        await self.loop.run_in_executor(None, self.mirror.refresh, now)
        if now and self._loaded and Observer.newest is not None:
            Observer.newest.forget()
            self.loop.create_task(self.hass.services.async_call("pyscript", "reload", blocking=True))
        self._look(whole=True)
        await self.loop.settle()

    @property
    def contexts(self) -> list[str]:
        """Names of the loaded files."""
        return sorted(name for name, _ in sys.modules["custom_components.pyscript"].GlobalContextMgr.items())

    def service_description(self, name: str) -> dict[str, Any] | None:
        """What Home Assistant shows of a service; not to be called in its loop."""
        domain, _, service = name.partition(".")
        found = asyncio.run_coroutine_threadsafe(async_get_all_descriptions(self.hass), self.loop).result()
        return found.get(domain, {}).get(service)

    def _look(self, whole: bool) -> None:
        if self._loaded and Observer.newest is not None:
            Observer.newest.poll(whole)

    def _apply(self, line: Line) -> None:
        for entity_id, wanted in line.states.items():
            if wanted is None:
                self.hass.states.async_remove(entity_id)
                continue
            text, attributes = wanted
            old = self.hass.states.get(entity_id)
            if text is None:
                text = old.state if old else "unknown"
            if attributes is None:
                attributes = dict(old.attributes) if old else {}
            self.hass.states.async_set(entity_id, text, attributes)

    async def _call(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        domain, _, service = name.partition(".")
        registered = self.hass.services.async_services_for_domain(domain).get(service)
        answers = registered is not None and registered.supports_response != SupportsResponse.NONE
        work = self.hass.services.async_call(domain, service, data, blocking=True, return_response=answers)
        task = self.loop.create_task(work)
        await self.loop.settle()
        if not task.done():  # it waits for the clock, which continues with the next line
            return {"service": name, "response": None}
        try:
            return {"service": name, "response": task.result()}
        except Exception as error:
            return {"service": name, "error": str(error) or type(error).__name__}

    def _write_configuration(self) -> None:
        written = json.dumps({"pyscript": self.options})
        (self.mirror.root / "configuration.yaml").write_text(f"{written}\n", encoding="utf-8")


class TrueSession:
    """A `TrueHost` for tests that do not await. Starting one ends the one before, as a restart does."""

    open_one: ClassVar[TrueSession | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.host = TrueHost(*args, **kwargs)
        self._is_open = False

    def __enter__(self) -> Self:
        if TrueSession.open_one is not None:
            TrueSession.open_one.__exit__()
        TrueSession.open_one = self
        self._loop = VirtualLoop(self.host.start, self.host.zone)
        self._thread = threading.Thread(target=self._loop.run_forever, name="Home Assistant", daemon=True)
        self._thread.start()
        self._is_open = True
        self.run(self.host.open, self._loop)
        return self

    def __exit__(self, *raised: object) -> None:
        if not self._is_open:
            return
        self._is_open = False
        TrueSession.open_one = None
        try:
            self.run(self.host.close)
            left = self.run(_what_is_left)
        finally:
            self.run(self._loop.shutdown_default_executor)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            tell_unretrieved(self._loop)
            self._loop.close()
        assert left == [], f"still there after Home Assistant has stopped: {left}"

    def run(self, function: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        """Run an async function in Home Assistant's loop and return its result."""

        async def run() -> Any:
            return await function(*args)

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(LONGEST_RUN_S)

    def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """As `TrueHost.line`."""
        found: dict[str, Any] = self.run(self.host.line, message)
        return found


async def _what_is_left() -> list[str]:
    """Cancel what still runs, as Home Assistant's runner does; tasks that go on all the same."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    for _ in range(CANCEL_ROUNDS):
        await asyncio.sleep(0)
    return [repr(task) for task in tasks if not task.done()]


def _zone(time_zone: str | tzinfo | None, start: datetime) -> ZoneInfo:
    """The requested zone, otherwise that of whole hours at the start."""
    if isinstance(time_zone, ZoneInfo):
        return time_zone
    if isinstance(time_zone, str):
        return ZoneInfo(time_zone)
    offset = start.utcoffset()
    assert offset is not None
    hours = round(offset.total_seconds() / 3600)
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")


def _without_the_embedded_hosts_door() -> None:
    """So that native code finds Home Assistant itself."""
    sys.modules.pop(DOOR, None)


__all__ = ["UTC", "TrueHost", "TrueSession"]
