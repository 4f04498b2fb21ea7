"""The embedded host: runs the files of `pyscript/` as pyscript in Home Assistant would, on a virtual clock."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from simhouse.host import warm_mirrors
from simhouse.host.clock import VirtualClock
from simhouse.host.event_loop import HostLoop
from simhouse.host.events import Context
from simhouse.host.line import BadLine, Line, checked_message
from simhouse.host.loader import Loader
from simhouse.host.native_modules import NativeModules
from simhouse.host.persistence import FILE_NAME, PersistedStates
from simhouse.host.services import HomeAssistantError, ScriptService
from simhouse.host.tracebacks import log_exception
from simhouse.host.triggers import MQTT_MESSAGE
from simhouse.host.world import LOG_PREFIX, World

LOGGER = logging.getLogger("simhouse.host")
DEFAULT_START = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""Default start of the clock: a Thursday noon, in UTC."""
DEFAULT_SCRIPTS = Path(__file__).resolve().parents[2] / "pyscript"
STOP_TIMEOUT_S = 10
LOOK_EVERY_US = 1_000_000
"""Files changed by a script are reloaded within two seconds of virtual time; pyscript notices in 50 ms."""


@dataclass(frozen=True)
class PyscriptOptions:
    """Settings of pyscript: its `apps` with their configuration, and whether scripts may import anything.

    `await_shutdown`: a reload waits for the shutdown triggers, as pyscript 1.7 does and 2.x does not.
    """

    apps: Mapping[str, Any] = field(default_factory=dict)
    allow_all_imports: bool = False
    await_shutdown: bool = False


DEFAULT_OPTIONS = PyscriptOptions()


class Host:
    """One simulated Home Assistant with its scripts: `async with Host(config=path) as host: await host.line(...)`.

    `config` is served as `modules/site_config.py`; `start` is aware; `time_zone` (a name or a tzinfo) is the zone of
    local times, else the offset of `start`; `scripts` is the folder to run.
    """

    def __init__(
        self,
        config: Path | None = None,
        start: datetime = DEFAULT_START,
        time_zone: str | tzinfo | None = None,
        scripts: Path | None = None,
        options: PyscriptOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.config = None if config is None else Path(config)
        zone = ZoneInfo(time_zone) if isinstance(time_zone, str) else time_zone
        self.world = World(
            VirtualClock(start, zone), allow_all_imports=options.allow_all_imports, apps=dict(options.apps)
        )
        self._scripts = DEFAULT_SCRIPTS if scripts is None else Path(scripts)
        self._await_shutdown, self._loaded, self._closed = options.await_shutdown, False, False
        self._persisted = PersistedStates(None if self.config is None else self.config.absolute().parent / FILE_NAME)

    async def __aenter__(self) -> Self:
        self.mirror, loaded = warm_mirrors.take_mirror(self._scripts, self.config)
        self._native = NativeModules(self.mirror.folder, loaded, self.world.clock.zone)
        self._native.open()
        self._loader = Loader(self.world, str(self.mirror.folder), self._await_shutdown)
        self.world.services.register(
            "pyscript.reload", ScriptService("pyscript", self._reload, "none", {"name": "Reload pyscript"})
        )
        self._persisted.restore(self.world.states)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def clock(self) -> VirtualClock:
        """The virtual clock."""
        return self.world.clock

    @property
    def load_errors(self) -> dict[str, Exception]:
        """Context name such as `file.balance_site` -> why the file did not load."""
        return self._loader.errors

    @property
    def contexts(self) -> list[str]:
        """Names of the loaded files."""
        return sorted(self._loader.contexts)

    def service_description(self, name: str) -> dict[str, Any] | None:
        """Return the description of a script's service, or None without such a service."""
        service = self.world.services.find(name)
        return deepcopy(service.description) if service else None

    async def line(self, message: Any) -> dict[str, Any]:
        """Carry out one line of the protocol and return the answer; a bad line changes nothing."""
        try:
            line = checked_message(message, self.clock.seconds)
        except BadLine as problem:
            return self.refusal(str(problem))
        if self._loaded:
            await self.reload_changed()
        now_us = round(line.t * 1e6)
        # What fell due on the way of a leap comes after the line's states, once.
        await self._fire_until(self.clock.now_us if line.leap else now_us)
        self.clock.move_to(now_us)
        if line.respond is not None:
            self.world.services.answers = line.respond
        self._apply(line)
        if not self._loaded:
            self._loaded = True
            self.world.tasks.start(self._loader.load(), LOG_PREFIX + "load")
        await self._fire_until(now_us)
        await self.world.tasks.idle()
        responses = [await self._call(name, data) for name, data in line.calls]
        await self.reload_changed()
        self._persisted.save(self.world.states)
        calls, self.world.services.calls = self.world.services.calls, []
        return {"t": line.t, "calls": calls, "states": self.world.states.take_written(), "responses": responses}

    def refusal(self, problem: str) -> dict[str, Any]:
        """Return the answer to a line that cannot be carried out."""
        return {"t": self.clock.seconds, "calls": [], "states": {}, "responses": [], "error": problem}

    async def mqtt_message(self, topic: str, payload: str, retain: bool = False) -> None:
        """Deliver a message from a broker; returns when it has been handled."""
        data = {"topic": topic, "payload": payload, "qos": 0, "retain": retain}
        with suppress(ValueError):
            data["payload_obj"] = json.loads(payload)
        self.world.bus.fire(MQTT_MESSAGE, data)
        await self.world.tasks.idle()

    async def reload_changed(self, now: bool = False) -> None:
        """Reload what depends on changed files; `now`: check the source folder even if it was just checked."""
        self.mirror.refresh(now)
        if self._loader.outdated():
            self.world.tasks.start(self._loader.load(), LOG_PREFIX + "reload")
            await self.world.tasks.idle()

    async def close(self) -> None:
        """Start the shutdown triggers, await the native stop callbacks (at most 10 s), cancel the rest, store states.

        Nothing if closed before.
        """
        if self._closed:
            return
        self._closed = True
        try:
            self._loader.stop()
            # Shutdown functions get as far as they come without waiting; pyscript 2.x does not await them either.
            await asyncio.sleep(0)
            if self._await_shutdown:
                await self.world.tasks.idle()
            await self._run_stop_callbacks()
            await self._cancel_tasks()
            self._persisted.save(self.world.states)
        except BaseException:
            self._native.close()
            self.mirror.close()
            raise
        warm_mirrors.keep_mirror(self.mirror, self._native.close())

    async def _fire_until(self, now_us: int) -> None:
        looked_us = self.clock.now_us
        while self.clock.fire_next(now_us):
            await self.world.tasks.idle()
            if self.clock.now_us - looked_us > LOOK_EVERY_US:
                looked_us = self.clock.now_us
                if self._loader.outdated():
                    await self.reload_changed()

    def _apply(self, line: Line) -> None:
        states = self.world.states
        for entity_id, wanted in line.states.items():
            if wanted is None:
                states.remove(entity_id)
                continue
            text, attributes = wanted
            old = states.get(entity_id)
            if text is None:
                text = old.state if old else "unknown"
            if attributes is None:
                attributes = old.attributes if old else {}
            states.set(entity_id, text, attributes)

    async def _call(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        service = self.world.services.find(name)
        if service is None:
            return {"service": name, "error": f"Action {name} not found"}
        outcome: dict[str, Any] = {}
        self.world.tasks.start(self._record(service.run(data, Context()), outcome, name), LOG_PREFIX + service.owner)
        await self.world.tasks.idle()
        answers = service.supports_response != "none"
        if (
            "error" not in outcome
            and service.supports_response == "only"
            and not isinstance(outcome.get("response"), dict)
        ):
            outcome["error"] = (
                f"Service response data expected a dictionary, was {type(outcome.get('response')).__name__}"
            )
        if "error" in outcome:
            return {"service": name, "error": outcome["error"]}
        return {"service": name, "response": outcome.get("response") if answers else None}

    async def _reload(self, data: dict[str, Any], _context: Context) -> None:
        self.mirror.refresh(now=True)
        await self._loader.load(data.get("global_ctx"))

    @staticmethod
    async def _record(run: Awaitable[Any], outcome: dict[str, Any], name: str) -> None:
        try:
            outcome["response"] = await run
        except Exception as error:
            outcome["error"] = str(error) or type(error).__name__
            if getattr(error, "for_caller", False):
                LOGGER.warning("%s: %s", name, error)
            else:
                log_exception(logging.getLogger(LOG_PREFIX + name), error)

    async def _run_stop_callbacks(self) -> None:
        for callback in tuple(self._native.stop_callbacks):
            try:
                await asyncio.wait_for(callback(), STOP_TIMEOUT_S)
            except TimeoutError:
                LOGGER.error("a stop callback took more than %d s: %s", STOP_TIMEOUT_S, callback)
            except Exception as error:
                log_exception(LOGGER, error)

    async def _cancel_tasks(self) -> None:
        tasks = self.world.tasks.all()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=1)


class HostSession:
    """A `Host` for tests and scripts that do not await: its event loop runs only while a line is answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.host = Host(*args, **kwargs)

    def __enter__(self) -> Self:
        self._loop = HostLoop()
        try:
            self.run(self.host.__aenter__)
        except BaseException:
            self._loop.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.run(self.host.close)
        finally:
            self._loop.close()

    def run(self, function: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        """Run an async function in the host's loop and return its result."""

        async def run() -> Any:
            return await function(*args)

        return self._loop.run_until_complete(run())

    def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Carry out one line of the protocol and return the answer, as `Host.line` does."""
        return self.run(self.host.line, message)


__all__ = [
    "DEFAULT_SCRIPTS",
    "DEFAULT_START",
    "STOP_TIMEOUT_S",
    "HomeAssistantError",
    "Host",
    "HostSession",
    "PyscriptOptions",
]
