"""One account at Easee's cloud: tokens, refusals and waiting times. The only file that uses HTTP.

Times are the host's clock; only an answer's time-out is real time. User name, password and tokens appear in no message,
and are sent only to the account's own address over https: redirects are not followed.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ... import tuning
from ...model.durations import backoff_s
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.web_address import is_private
from . import endpoints
from .endpoints import HttpRequest

BUCKET_REQUESTS = 24.0
REQUEST_EVERY_S = 2.5
"""One request is allowed each time this has passed [s], on top of a burst: well below Easee's limit of 500 in 300 s."""


def longest_pause_s() -> float:
    """Return the longest time for which no request is made after one was refused [s]."""
    return 2 * tuning.RETRY_LONGEST_S


@dataclass(slots=True)
class Bucket:
    """The requests that may be made, as of a time [s]. `closed_s`: no request is allowed before this time."""

    left: float = field(default_factory=lambda: BUCKET_REQUESTS)
    at_s: float = float("-inf")
    closed_s: float = float("-inf")

    def take_request(self, now_s: float, urgent: bool) -> bool:
        """Take one request and return True; False when none is allowed now.

        Urgent ones may use the lower half too, but not while the bucket is closed. A clock that was set back neither
        adds requests nor blocks them.
        """
        # A pause that seems longer than the longest began before the clock was set back. A request that has waited for
        # its turn has an older `now_s`.
        if 0 < self.closed_s - now_s < longest_pause_s() + REQUEST_EVERY_S:
            return False
        since_s = now_s - self.at_s if now_s >= self.at_s else 0.0
        left = min(BUCKET_REQUESTS, self.left + since_s / REQUEST_EVERY_S)
        if left < (1.0 if urgent else 1.0 + BUCKET_REQUESTS / 2):
            return False
        self.left, self.at_s = left - 1.0, now_s
        return True


LONGEST_ANSWER_BYTES = 1_000_000
"""Longest accepted answer [bytes]: a site's list has some thousands."""


class CloudError(Exception):
    """A request that failed; its text says why, without private data."""


class LaterError(CloudError):
    """The request was not sent, because the cloud wants a pause or there were too many requests."""


class Cloud:
    """The connection to one Easee account. `problem`: a sentence about what the user has to fix, "" for nothing."""

    def __init__(self, base_url: str, username: str, password: str) -> None:
        self.problem = ""
        self._base = base_url.rstrip("/")
        self._login = (username, password)
        self._token: Mapping[str, Any] | None = None
        self._token_ends_s = float("-inf")
        self._bucket = Bucket()
        self._failures = 0
        self._session: Any = None
        self._is_closed = False
        self._turn = asyncio.Lock()

    def __repr__(self) -> str:
        return f"Cloud({self._base!r})"

    async def close(self) -> None:
        """Close all connections for good; requests still waiting open none."""
        self._is_closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def request(self, now_s: float, request: HttpRequest, urgent: bool = False) -> Any:
        """Return the answer's JSON, None for an empty answer or one that is no JSON.

        Raises CloudError, or LaterError if it was not sent. After a 401 it logs in once and repeats; a second one stops
        all requests for a while. Success clears `problem`. `urgent`: it may use the reserve of requests.
        """
        async with self._turn:
            await self._ensure_token(now_s, urgent)
            status, answer = await self._send(now_s, request, urgent)
            if status == 401:
                self._token = None
                await self._ensure_token(now_s, urgent)
                status, answer = await self._send(now_s, request, urgent)
                if status == 401:  # every further try would be another login
                    self._bucket.closed_s = now_s + longest_pause_s()
            if status >= 400:
                code = REFUSALS.get(status, "cloud_refuses")
                raise self._record_refusal(message(code, request=request.path, status=status))
        self.problem = ""
        return answer

    async def _ensure_token(self, now_s: float, urgent: bool) -> None:
        """Get a token if there is none or it is about to expire: refresh the old one, else log in. Raises CloudError.

        A refused login, or an answer without a token, stops all requests for a while.
        """
        if self._token is not None and now_s < self._token_ends_s:
            return
        status = 0
        if self._token is not None:
            old = self._token
            again = endpoints.refresh_request(str(old.get("accessToken")), str(old.get("refreshToken")))
            status, answer = await self._send(now_s, again, urgent, bare=True)
            self._token = answer if status < 400 else None
        if self._token is None:
            status, answer = await self._send(now_s, endpoints.login_request(*self._login), urgent, bare=True)
            if status >= 400:
                self._bucket.closed_s = now_s + longest_pause_s()
                raise self._record_refusal(message("cloud_refuses_login"))
            self._token = answer
        if not isinstance(self._token, Mapping) or "accessToken" not in self._token:
            self._token = None
            self._bucket.closed_s = now_s + longest_pause_s()
            raise self._record_refusal(message("cloud_gives_no_token"))
        # It has to be valid for longer than a request takes; a token without an end is valid until it is refused.
        life_s = number_of(self._token.get("expiresIn"))
        self._token_ends_s = float("inf") if life_s is None else now_s + life_s - tuning.ANSWER_S

    async def _send(self, now_s: float, request: HttpRequest, urgent: bool, bare: bool = False) -> tuple[int, Any]:
        """Send a request within the allowed number, and return HTTP status and JSON.

        Raises LaterError where it may not be sent now, CloudError for an address that is not private. Any sign of
        trouble in the cloud raises CloudError too, and stops requests for a while. `urgent`: it may use the reserve of
        allowed requests. `bare`: without the token.
        """
        if not is_private(self._base):
            raise self._record_refusal(message("cloud_not_private"))
        if not self._bucket.take_request(now_s, urgent):
            raise LaterError(self.problem or message("cloud_spared"))
        headers = {} if bare or self._token is None else {"Authorization": f"Bearer {self._token['accessToken']}"}
        try:
            session = await self._open_session()
            async with session.request(
                request.method, self._base + request.path, json=request.body, headers=headers, allow_redirects=False
            ) as response:
                status, wait = response.status, response.headers.get("Retry-After")
                text = await _read_body(response.content)
        except Exception as error:  # aiohttp's errors and time-outs: all mean the same here
            self._stop_requests_after_failure(now_s)
            raise self._record_refusal(message("cloud_unreachable", error=type(error).__name__)) from None
        if status == 429:
            self._stop_requests_after_failure(now_s, number_of(wait))
            raise self._record_refusal(message("cloud_pause", pause_s=round(self._bucket.closed_s - now_s)))
        problem = _cloud_problem(status, text)
        if problem is not None:
            self._stop_requests_after_failure(now_s)
            raise self._record_refusal(problem)
        self._failures = 0
        return status, _parse_json(text)

    def _stop_requests_after_failure(self, now_s: float, required_s: float | None = None) -> None:
        """Stop requests for a while: `required_s` where the cloud says so, otherwise longer after each failure."""
        self._failures += 1
        wait_s = backoff_s(tuning.RETRY_S, self._failures - 1, tuning.RETRY_LONGEST_S)
        if required_s is not None:
            wait_s = min(max(required_s, 1.0), longest_pause_s())
        self._bucket.closed_s = now_s + wait_s

    def _record_refusal(self, problem: Message) -> CloudError:
        """Return the error to raise; its text is the account's problem from now on."""
        self.problem = problem
        return CloudError(problem)

    async def _open_session(self) -> Any:
        """Return the HTTP session, opened at the first call; ConnectionError once the cloud is closed."""
        if self._session is None:
            loop = asyncio.get_running_loop()
            aiohttp = await loop.run_in_executor(None, importlib.import_module, "aiohttp")
            if self._is_closed:
                raise ConnectionError("closed")
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=tuning.ANSWER_S))
        return self._session


async def _read_body(content: Any) -> bytes:
    """Return the body of an answer, cut off soon after `LONGEST_ANSWER_BYTES`."""
    read = bytearray()
    async for chunk in content.iter_any():
        read += chunk
        if len(read) > LONGEST_ANSWER_BYTES:
            break
    return bytes(read)


def _cloud_problem(status: int, text: bytes) -> Message | None:
    """Return why an answer shows trouble in the cloud (a redirect, a server error, its length), None for none."""
    if 300 <= status < 400:
        return message("cloud_redirects", status=status)
    if status >= 500:
        return message("cloud_fails", status=status)
    is_long = len(text) > LONGEST_ANSWER_BYTES
    return message("cloud_answer_too_long", longest_mb=LONGEST_ANSWER_BYTES / 1_000_000) if is_long else None


def _parse_json(text: bytes) -> Any:
    """Return a parsed answer; None when it is empty or not JSON, such as a proxy's page."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


REFUSALS = {401: "cloud_login_does_not_last", 403: "cloud_no_access", 404: "cloud_not_found"}
"""HTTP status -> the code of its message."""
