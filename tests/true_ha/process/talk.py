"""Communicates with Home Assistant as a dashboard does: REST for states, one WebSocket for service calls and what
happens."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine, Mapping
from datetime import datetime
from typing import Any, TypeVar

import aiohttp
import requests

T = TypeVar("T")
Answer = dict[str, Any]

ANSWER_S = 60.0
"""How long an answer may take."""


class Refused(Exception):
    """A service call that Home Assistant refused; the text is what a person would be shown."""


class Talk:
    """`calls`: (service, data) of every service that was called, whoever called it."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token
        self._rest = requests.Session()
        self._rest.headers["Authorization"] = f"Bearer {token}"
        self._loop = asyncio.new_event_loop()
        self._ids = itertools.count(1)
        self._answers: dict[int, Answer] = {}
        self._calls: list[tuple[str, dict[str, Any]]] = []
        self._session: aiohttp.ClientSession | None = None
        self._run(self._open())

    def close(self) -> None:
        """Hang up."""
        if self._loop.is_closed():
            return
        if self._session is not None:
            self._run(self._session.close())
        self._loop.close()
        self._rest.close()

    def state(self, entity: str) -> Answer | None:
        """An entity's state with its attributes, None when there is none."""
        answer = self._rest.get(f"{self._url}/api/states/{entity}", timeout=ANSWER_S)
        if answer.status_code == requests.codes.not_found:
            return None
        answer.raise_for_status()
        return dict(answer.json())

    def value(self, entity: str) -> str | None:
        """An entity's state."""
        found = self.state(entity)
        return None if found is None else str(found["state"])

    def reported(self, entity: str) -> str:
        """When an entity last reported, changed or not; its state over REST does not contain that."""
        name = entity.partition(".")
        template = {"template": f"{{{{ states.{name[0]}.{name[2]}.last_reported }}}}"}
        answer = self._rest.post(f"{self._url}/api/template", json=template, timeout=ANSWER_S)
        answer.raise_for_status()
        return answer.text

    def logbook(self, since: datetime) -> list[Answer]:
        """The entries since then, as the page that shows them reads them."""
        answer = self._rest.get(f"{self._url}/api/logbook/{since.isoformat()}", timeout=ANSWER_S)
        answer.raise_for_status()
        return list(answer.json())

    def post(self, service: str, **data: Any) -> None:
        """Call a service over REST and wait for its end."""
        self.answer(service, **data).raise_for_status()

    def answer(self, service: str, **data: Any) -> requests.Response:
        """What a call of a service over REST is answered with."""
        domain, _, name = service.partition(".")
        return self._rest.post(f"{self._url}/api/services/{domain}/{name}", json=data, timeout=ANSWER_S)

    def request(self, path: str, **data: Any) -> Answer:
        """Any other request over REST, and its answer."""
        answer = self._rest.post(f"{self._url}/api/{path}", json=data, timeout=ANSWER_S)
        answer.raise_for_status()
        return dict(answer.json())

    def look(self, path: str) -> Any:
        """Read anything else over REST."""
        answer = self._rest.get(f"{self._url}/api/{path}", timeout=ANSWER_S)
        answer.raise_for_status()
        return answer.json()

    def delete(self, path: str) -> None:
        """Delete anything over REST."""
        self._rest.delete(f"{self._url}/api/{path}", timeout=ANSWER_S).raise_for_status()

    def command(self, what: str, **data: Any) -> Any:
        """Anything else that the WebSocket can do, and what it answers. Raises `Refused`."""
        answer = self._run(self._ask({"type": what, **data}))
        if not answer["success"]:
            raise Refused(answer["error"]["message"])
        return answer["result"]

    def ask(self, service: str, patience_s: float = ANSWER_S, **data: Any) -> Answer:
        """Call a service over the WebSocket and return its response. Raises `Refused`."""
        domain, _, name = service.partition(".")
        message = {"type": "call_service", "domain": domain, "service": name, "service_data": data}
        answer = self._run(self._ask({**message, "return_response": True}), patience_s)
        if not answer["success"]:
            raise Refused(answer["error"]["message"])
        return dict(answer["result"]["response"] or {})

    def has_service(self, domain: str, name: str) -> bool:
        """Whether a service is listed."""
        answer = self._rest.get(f"{self._url}/api/services", timeout=ANSWER_S)
        answer.raise_for_status()
        return any(found["domain"] == domain and name in found["services"] for found in answer.json())

    @property
    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        """Every service call until now, oldest first."""
        self._run(self._ask({"type": "ping"}))  # earlier events are delivered before its answer
        return self._calls

    def told(self, entity: str) -> list[Any]:
        """What was commanded to one entity: the values set, and `on` or `off`."""
        words = {"turn_on": "on", "turn_off": "off"}
        mine = [(service, data) for service, data in self.calls if _about(data, entity)]
        return [words.get(service.partition(".")[2], data.get("value")) for service, data in mine]

    def _run(self, asked: Coroutine[Any, Any, T], patience_s: float = ANSWER_S) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(asked, patience_s))

    async def _open(self) -> None:
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(f"{self._url}/api/websocket", max_msg_size=0)
        await self._socket.receive_json()
        await self._socket.send_json({"type": "auth", "access_token": self._token})
        assert (await self._socket.receive_json())["type"] == "auth_ok"
        await self._ask({"type": "subscribe_events", "event_type": "call_service"})
        # Since 2026 a new port is on trial for some minutes; earlier versions do not know the question.
        await self._ask({"type": "http/config/promote"})

    async def _ask(self, message: Mapping[str, Any]) -> Answer:
        number = next(self._ids)
        await self._socket.send_json({"id": number, **message})
        while number not in self._answers:
            received = await self._socket.receive_json()
            for one in received if isinstance(received, list) else [received]:
                self._take(one)
        return self._answers.pop(number)

    def _take(self, message: Answer) -> None:
        if message["type"] == "event":
            seen = message["event"]["data"]
            self._calls.append((f"{seen['domain']}.{seen['service']}", seen["service_data"]))
        else:
            self._answers[message["id"]] = message


def _about(data: Mapping[str, Any], entity: str) -> bool:
    named = data.get("entity_id")
    return entity in named if isinstance(named, list) else named == entity
