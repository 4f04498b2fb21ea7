"""The only connection to the charger: one request at a time, and a new connection after trouble.

Socket times are real time; nothing here uses the host's clock.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from ... import tuning
from ...runtime.log_throttle import LogThrottle, exception_text
from ..modbus import ModbusConnection, NotModbus, Request
from .server import LOG

UNIT = 1

OURS, CLIENTS = 0, 1
"""Ranks of requests, lowest first: a cut does not wait behind a client's reading."""


class Away(Exception):
    """The charger cannot be reached, or has not answered."""


class Turns:
    """A lock that serves waiters by rank, then by arrival."""

    def __init__(self) -> None:
        self._taken = False
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0

    @contextlib.asynccontextmanager
    async def turn(self, rank: int) -> AsyncIterator[None]:
        """Wait for the lock, the lowest rank first, and hold it until the end of the block.

        Of one rank, the one that came first; one that is cancelled meanwhile is passed over.
        """
        if self._taken:
            self._count += 1
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._queue, (rank, self._count, mine))
            try:
                await mine
            except asyncio.CancelledError:
                if mine.done() and not mine.cancelled():
                    self._pass_on()
                raise
        self._taken = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """Give the lock to the first waiter, or release it."""
        while self._queue:
            waiter = heapq.heappop(self._queue)[2]
            if not waiter.done():
                waiter.set_result(None)
                return  # still taken: by the one that wakes up now
        self._taken = False


class ChargerConnection:
    """Keeps a connection to the charger. `after_connect` is awaited after each connect, before any other request."""

    def __init__(self, host: str, port: int, after_connect: Callable[[], Awaitable[None]]) -> None:
        self._address = (host, port)
        self._after_connect = after_connect
        self._connection: ModbusConnection | None = None
        self._answers = False
        self._lost = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self.turns = Turns()
        self.problem = "not connected yet"
        self._throttle = LogThrottle(LOG)

    @property
    def connected(self) -> bool:
        """Whether there is a connection on which the charger has answered."""
        return self._connection is not None and self._answers

    async def start(self) -> None:
        """Begin to connect; returns after the first try, successful or not."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep_connected())
        await self._tried.wait()

    async def stop(self) -> None:
        """Disconnect for good: the connection is not opened again."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        self._disconnect()

    async def exchange(self, request: Request, unit: int = UNIT) -> bytes:
        """Return the charger's response to a request; call it while holding a turn.

        Raises Away without a connection. No answer within `MOMENT_S` or a wrong one also closes the connection and
        raises Away; so does a cancelled request, whose cancellation is raised.
        """
        connection = self._connection
        if connection is None:
            raise Away(self.problem)
        try:
            async with asyncio.timeout(tuning.MOMENT_S):
                return await connection.exchange(request, unit)
        except (OSError, EOFError, NotModbus) as error:  # a time-out is an OSError
            self._close_after_failure("no answer" if isinstance(error, TimeoutError) else exception_text(error))
            raise Away(self.problem) from None
        except asyncio.CancelledError:
            self._close_after_failure("a request was cancelled")  # its answer would be taken for the next one's
            raise

    async def _keep_connected(self) -> None:
        """Connect to the charger again whenever the connection is lost, and call `after_connect`. Never returns.

        Pauses between tries grow to `RETRY_S`; a failure becomes the problem.
        """
        pause_s = tuning.TICK_S
        while True:
            connection = ModbusConnection(*self._address)
            try:
                async with asyncio.timeout(tuning.MOMENT_S):
                    await connection.open()
            except OSError as error:  # a time-out is one
                self._set_problem(f"cannot be reached: {error or 'no answer'}")
            else:
                self._connection = connection
                self._lost.clear()
                with contextlib.suppress(Away):
                    await self._after_connect()
                    if self.problem and self._tried.is_set():
                        self._log("is connected")
                    self._answers, self.problem, pause_s = True, "", tuning.TICK_S
                self._tried.set()
                await self._lost.wait()
            self._tried.set()
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, tuning.RETRY_S)

    def _close_after_failure(self, why: str) -> None:
        """Record why the connection is unusable, close it and wake whoever waits for its loss."""
        self._set_problem(f"connection lost: {why}")
        self._disconnect()
        self._lost.set()

    def _set_problem(self, problem: str) -> None:
        """Set the problem, and log it when it is new."""
        if problem != self.problem:
            self._log(problem)
        self.problem = problem

    def _log(self, what: str) -> None:
        """Log a problem or a new connection with the charger's address, the same text not too often."""
        host, port = self._address
        self._throttle.log(logging.WARNING, f"the Quasar at {host}:{port}: {what}", asyncio.get_running_loop().time())

    def _disconnect(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection, self._answers = None, False
