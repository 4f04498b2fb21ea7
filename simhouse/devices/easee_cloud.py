"""A simulation of Easee's cloud and its chargers on a real socket: plain HTTP, JSON, and configurable faults.

Its chargers use the time given by the test or the house (`advance`), not the wall clock.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from .phase_box import FLOWS_A

DYNAMIC_AFTER_BOOT_A = 40.0
SMALLEST_A = 6.0
UNEVEN = (1.0, 0.96, 0.92)
"""Share of the current on each conductor: a car draws a little less on the second and third."""


@dataclass
class EaseeCharger:
    """One charger with its car. Currents in amps on the first of its `phases` conductors, times in seconds.

    `place`: its site and circuit. `lines`: how many conductors are closed. The others open as soon as its circuit gets
    0 A, and close when the next car comes; `moves` and `under_current` count that. `takes_a`: what the car would draw,
    None without a car; `waits`: whether a car that draws nothing may still want to. `late_s`: delay of an accepted
    command. `says`: a fixed mode (chargerOpMode), None for the real one. `installed`: overrides of its configuration.
    Faults: `online` False keeps the last state in the cloud; `ignores_limit`, `ignores_commands`.
    """

    serial: str = "EH123456"
    place: tuple[int, int] = (1, 2)
    phases: int = 3
    lines: int = 3
    moves: int = 0
    under_current: int = 0
    takes_a: float | None = 16.0
    offline_a: float = 10.0
    most_a: float = 32.0
    waits: bool = True
    late_s: float = 2.0
    online: bool = True
    says: int | None = None
    ignores_limit: bool = False
    ignores_commands: bool = False
    circuit_a: list[float] = field(default_factory=lambda: [DYNAMIC_AFTER_BOOT_A] * 3)
    charger_a: float = 32.0
    circuit_ends_s: float | None = None
    charger_ends_s: float | None = None
    paused: bool = False
    now_s: float = 0.0
    installed: Mapping[str, float] = field(default_factory=dict)
    _under_way: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    _told: dict[str, Any] = field(default_factory=dict)

    @property
    def allowed_a(self) -> float:
        """The current offered to the car [A]: the lowest of all limits, 0 below 6 A."""
        limit_a = self.most_a if self.ignores_limit else min(self.circuit_a[0], self.charger_a, self.most_a)
        return limit_a if limit_a >= SMALLEST_A and not self.paused else 0.0

    @property
    def draw_a(self) -> float:
        """The current on its first conductor [A], where it is highest."""
        return 0.0 if self.takes_a is None else min(self.takes_a, self.allowed_a)

    @property
    def draws_a(self) -> tuple[float, ...]:
        """The current on each of the three conductors [A], 0 on unused ones."""
        used = min(self.phases, self.lines)
        return tuple(self.draw_a * part if place < used else 0.0 for place, part in enumerate(UNEVEN))

    def advance(self, now_s: float) -> None:
        """Let time pass up to `now_s`: commands arrive, limits expire."""
        self.now_s = now_s
        if self.online:
            due = [arrive for at_s, arrive in self._under_way if at_s <= now_s]
            self._under_way = [(at_s, arrive) for at_s, arrive in self._under_way if at_s > now_s]
            for arrive in due:
                arrive()
        if self.circuit_ends_s is not None and now_s >= self.circuit_ends_s:
            self.circuit_a, self.circuit_ends_s = [self.offline_a] * 3, None
        if self.charger_ends_s is not None and now_s >= self.charger_ends_s:
            self.charger_a, self.charger_ends_s = self.offline_a, None
        self._end_expired_limits()
        if self.online:
            self._told = self._cloud_state()

    def _end_expired_limits(self) -> None:
        first_a, *others_a = self.circuit_a
        lines = self.lines
        if first_a >= SMALLEST_A > max(others_a):
            lines = 1
        elif self.takes_a is None and min(others_a) >= SMALLEST_A:
            lines = len(self.circuit_a)
        if lines != self.lines:
            self.moves += 1
            self.under_current += self.draw_a >= FLOWS_A
            self.lines = lines

    def later(self, arrive: Callable[[], None]) -> None:
        """Accept a command that takes effect after `late_s`."""
        self._under_way.append((self.now_s + self.late_s, arrive))

    def boot(self) -> None:
        """Restart: all volatile settings are lost."""
        self.circuit_a, self.charger_a = [DYNAMIC_AFTER_BOOT_A] * 3, self.most_a
        self.circuit_ends_s = self.charger_ends_s = None
        self.paused = False

    def state(self) -> Mapping[str, Any]:
        """Return what the cloud last heard from the charger."""
        return {**(self._told or self._cloud_state()), "isOnline": self.online}

    def _cloud_state(self) -> dict[str, Any]:
        flows, each_a = self.draw_a, self.draws_a
        mode = 1 if self.takes_a is None else 3 if flows else 2 if self.waits else 4
        return {
            "chargerOpMode": mode if self.says is None else self.says,
            "totalPower": sum(each_a) * 0.23,
            **{f"inCurrentT{3 + place}": a for place, a in enumerate(each_a)},
            "outputCurrent": min(self.circuit_a[0], self.charger_a),
            **{f"dynamicCircuitCurrentP{place + 1}": a for place, a in enumerate(self.circuit_a)},
            "dynamicChargerCurrent": self.charger_a,
            "reasonForNoCurrent": 0 if flows else 2,
            "latestPulse": datetime.fromtimestamp(self.now_s, UTC).isoformat().replace("+00:00", "Z"),
        }


@dataclass
class EaseeCloud:
    """The cloud. `answers`: statuses that the next requests get instead of an answer; 0 makes one hang.

    `slow_s`: real time that each request takes. `elsewhere`: address to redirect everything to (307, or
    `elsewhere_status`). `padding`: number of junk characters in each answer. `expires_s`: life of a token in the
    chargers' time; `log`: requests as (time, method, path, body).
    """

    chargers: list[EaseeCharger] = field(default_factory=lambda: [EaseeCharger()])
    username: str = "someone@example.com"
    password: str = "correct horse"
    expires_s: float = 3600.0
    answers: list[int] = field(default_factory=list)
    retry_after_s: int = 30
    slow_s: float = 0.0
    refuses_refresh: bool = False
    elsewhere: str = ""
    elsewhere_status: int = 307
    padding: int = 0
    log: list[tuple[float, str, str, Mapping[str, Any]]] = field(default_factory=list)
    port: int = 0
    logins: int = 0
    _tokens: dict[str, float] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def now_s(self) -> float:
        """The chargers' time [s]."""
        return self.chargers[0].now_s

    def asked(self, pattern: str) -> list[tuple[float, Mapping[str, Any]]]:
        """Return (time, body) of every request whose path matches a pattern."""
        return [(at_s, body) for at_s, _, path, body in self.log if re.search(pattern, path)]

    def advance(self, now_s: float) -> None:
        """Let time pass for all chargers."""
        for charger in self.chargers:
            charger.advance(now_s)

    def forget_tokens(self) -> None:
        """Expire every token now."""
        self._tokens.clear()

    async def start(self) -> None:
        """Listen on loopback; after a `stop`, on the same port again."""
        self._closing.clear()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close all connections."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        self._closing.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode()
                    first, *lines = head.split("\r\n")
                    headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
                    body = await reader.readexactly(int(headers.get("content-length") or 0))
                    method, path, _ = first.split()
                    asked = json.loads(body) if body else {}
                    await asyncio.sleep(self.slow_s)
                    self.log.append((self.now_s, method, path, asked))
                    status = self.answers.pop(0) if self.answers else self.elsewhere_status if self.elsewhere else None
                    if status == 0:
                        await self._closing.wait()
                    if status is None:
                        status, answer = self._answer(method, path, asked, headers.get("authorization", ""))
                    else:
                        answer = {"errorCode": status}
                    text = b"" if answer is None else json.dumps(answer).encode() + b" " * self.padding
                    head = f"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\n{self._more(status, path)}"
                    writer.write(f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
                    await writer.drain()
        finally:
            writer.close()
            self._writers.discard(writer)
            self._tasks.discard(task)

    def _more(self, status: int, path: str) -> str:
        if status == 429:
            return f"Retry-After: {self.retry_after_s}\r\n"
        return f"Location: {self.elsewhere}{path}\r\n" if self.elsewhere else ""

    def _answer(self, method: str, path: str, body: Mapping[str, Any], bearer: str) -> tuple[int, Any]:
        if path == "/api/accounts/login":
            if (body.get("userName"), body.get("password")) != (self.username, self.password):
                return 400, {"errorCode": 100}
            self.logins += 1
            return 200, self._new_token()
        if path == "/api/accounts/refresh_token":
            return (401, {}) if self.refuses_refresh else (200, self._new_token())
        if self._tokens.get(bearer.removeprefix("Bearer "), float("-inf")) <= self.now_s:
            return 401, {}
        if path == "/api/accounts/products":
            site, circuit = self.chargers[0].place
            circuits = [{"id": circuit, "chargers": [{"id": each.serial} for each in self.chargers]}]
            return 200, [{"id": site, "name": "Home", "circuits": circuits}]
        limit = "/api/sites/{}/circuits/{}/dynamicCurrent"
        limited = [each for each in self.chargers if path == limit.format(*each.place)]
        if method == "POST" and limited:
            for charger in limited:
                charger.later(lambda charger=charger: _limit_circuit(charger, body))  # type: ignore[misc]
            return 202, [{"commandId": 48, "ticks": 1}]
        for charger in self.chargers:
            if path.startswith(f"/api/chargers/{charger.serial}/"):
                return _answer_for_charger(charger, method, path.rsplit("/", 1)[1], body)
        return 404, {}

    def _new_token(self) -> Mapping[str, Any]:
        token = f"token-{len(self._tokens) + 1}-of-a-session"
        self._tokens[token] = self.now_s + self.expires_s
        return {"accessToken": token, "expiresIn": self.expires_s, "tokenType": "Bearer", "refreshToken": f"r-{token}"}


def _answer_for_charger(charger: EaseeCharger, method: str, what: str, body: Mapping[str, Any]) -> tuple[int, Any]:
    if (method, what) == ("GET", "state"):
        return 200, charger.state()
    if (method, what) == ("GET", "config"):
        offline = {f"offlineMaxCircuitCurrentP{phase}": charger.offline_a for phase in (1, 2, 3)}
        return 200, {**offline, **charger.installed, "maxChargerCurrent": charger.most_a}
    effects: Mapping[str, Callable[[], None]] = {
        "set_dynamic_charger_current": lambda: _limit_charger(charger, body),
        "pause_charging": lambda: setattr(charger, "paused", True),
        "resume_charging": lambda: setattr(charger, "paused", False),
        "reboot": charger.boot,
    }
    if method != "POST" or what not in effects:
        return 404, {}
    if not charger.ignores_commands:
        charger.later(effects[what])
    return 202, {"commandId": 1, "ticks": 1}


def _limit_circuit(charger: EaseeCharger, body: Mapping[str, Any]) -> None:
    charger.circuit_a = [float(int(body[f"phase{place}"])) for place in (1, 2, 3)]
    minutes = body.get("timeToLive") or 0
    charger.circuit_ends_s = charger.now_s + 60 * minutes if minutes else None


def _limit_charger(charger: EaseeCharger, body: Mapping[str, Any]) -> None:
    charger.charger_a = float(int(body["amps"]))
    minutes = body.get("minutes") or 0
    charger.charger_ends_s = charger.now_s + 60 * minutes if minutes else None
