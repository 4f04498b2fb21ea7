"""Sends the calls of a step to Home Assistant and records their results."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping

from .. import tuning
from ..devices.driver import Answer, ServiceCall
from ..devices.links import LINKED, Links
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.messages.message import message, with_frame
from ..runtime.log_throttle import LogThrottle
from ..runtime.ports import Ports, await_answer
from ..runtime.tasks import Tasks
from .device_sessions import DeviceSessions

LOG = logging.getLogger("fusebox")


class Sender:
    """Makes the calls of each load one after another, those of different loads concurrently."""

    def __init__(self, ports: Ports, links: Links, device_sessions: DeviceSessions) -> None:
        self._ports = ports
        self._links = links
        self._sessions = device_sessions
        self._tasks = Tasks()
        self._problems: dict[tuple[str, str], str] = {}
        self._throttle = LogThrottle()

    def start_sending(
        self, due: Iterable[tuple[Load, tuple[ServiceCall, ...]]], now_s: float
    ) -> Collection[asyncio.Task[None]]:
        """Start to send every load's calls, and return the tasks."""
        return [self._tasks.spawn(self._call(load, calls, now_s)) for load, calls in due]

    async def wait(self, sending: Collection[asyncio.Task[None]]) -> None:
        """Wait for these tasks, at most `CALLS_WAIT_S`: a slow cloud must not delay other fuses."""
        if sending:
            await asyncio.wait(sending, timeout=tuning.CALLS_WAIT_S)

    async def wait_for_all(self) -> None:
        """Wait for all calls still under way."""
        await self._tasks.wait(tuning.IGNORES_S)

    async def _call(self, load: Load, calls: tuple[ServiceCall, ...], now_s: float) -> None:
        """Make a load's calls in order; after a failure the others are not made, but recorded as failed.

        A failure is logged, and repeated only if the device does not follow.
        """
        failure = ""
        worked, failed = set[str](), set[str]()
        for call in calls:
            response, error = None, failure
            if not error:
                # A preset may call a Home Assistant service with the name of a direct connection.
                linked = call.domain in LINKED and call.domain == load.type
                response, error = await self._make_call(call, linked, now_s)
                if error and not call.asks:
                    failure = error
                    failed.add(call.subject)
                    self._record_failure(load, call, error, linked, now_s)
                elif not call.asks:
                    worked.add(call.subject)
            self._sessions.store_answer(load, Answer(call, now_s, response, error))
        for subject in worked - failed:
            self._problems.pop((load.name, subject), None)

    def _record_failure(self, load: Load, call: ServiceCall, error: str, linked: bool, now_s: float) -> None:
        """Record a failed call as problem, and log it unless the same was logged a short time before.

        As a warning if a direct connection failed, otherwise as an error.
        """
        failed = message("command_failed", service=f"{call.domain}.{call.service}", error=error)
        problem = with_frame(failed, "load", load.name)
        if self._throttle.is_due(problem, now_s):
            # A cloud that is away for a while is no defect of the house.
            LOG.log(logging.WARNING if linked else logging.ERROR, problem)
        self._problems[load.name, call.subject] = problem

    async def _make_call(self, call: ServiceCall, linked: bool, now_s: float) -> tuple[object, str]:
        """Return the response of a call, and why it failed ("" for success)."""
        if linked:
            return await await_answer(self._links.call(call.domain, call.service, call.data, now_s))
        options = {"return_response": True} if call.asks else {}
        return await await_answer(self._ports.call(call.domain, call.service, blocking=True, **options, **call.data))

    def unconfirmed_failures(self, remembered: Mapping[str, LoadMemory]) -> Collection[str]:
        """Return the failed calls whose devices do not display the values sent either; the others are forgotten.

        Those of a driver with a session stay until a call works.
        """
        for name, subject in list(self._problems):
            past = remembered.get(name)
            shown = past is not None and not past.command.awaits
            if past is None or (shown and not self._sessions.has_session(name)):
                del self._problems[
                    name, subject
                ]  # the device displays the command, so the call's error does not matter
        return tuple(dict.fromkeys(self._problems.values()))
