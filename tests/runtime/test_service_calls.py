"""A refusal reaches the caller as Home Assistant's own error, though pyscript swallows every exception."""

from __future__ import annotations

import asyncio
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from fusebox.model.messages.message import message, with_frame
from fusebox.runtime import service_calls
from fusebox.runtime.service_calls import ServiceError, service
from fusebox.runtime.store import STORE


class ServiceValidationError(Exception):
    """Home Assistant's error for a call that cannot be carried out."""

    def __init__(self, text: str, **translation: object) -> None:
        super().__init__(text)
        self.translation = translation


class Hass:
    """The small part of Home Assistant that is used here: a bus and a registry of services."""

    def __init__(self) -> None:
        self.listeners: list[Any] = []
        self.registered: dict[str, Any] = {}
        self.bus = SimpleNamespace(async_listen=self._listen)
        self.services = SimpleNamespace(
            async_services_for_domain=lambda domain: dict(self.registered), async_register=self.register
        )

    def _listen(self, event: str, listener: Any) -> Any:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def register(self, domain: str, name: str, handler: Any, schema: Any = None, supports_response: Any = None) -> None:
        self.registered[name] = SimpleNamespace(
            job=SimpleNamespace(target=handler), schema=schema, supports_response=supports_response
        )
        for listener in tuple(self.listeners):
            listener(SimpleNamespace(data={"domain": domain, "service": name}))

    def call(self, name: str) -> Any:
        return asyncio.run(self.registered[name].job.target("call"))


@pytest.fixture
def hass(monkeypatch):
    found = Hass()
    core: Any = ModuleType("homeassistant.core")
    core.async_get_hass, core.callback = lambda: found, lambda function: function
    exceptions: Any = ModuleType("homeassistant.exceptions")
    exceptions.ServiceValidationError = ServiceValidationError
    monkeypatch.setitem(sys.modules, "homeassistant.core", core)
    monkeypatch.setitem(sys.modules, "homeassistant.exceptions", exceptions)
    STORE.pop("refusals_off", None)
    yield found
    STORE.pop("refusals_off", None)


async def swallowing(call: object) -> object:
    """As pyscript runs a service function: whatever it raises is logged and gone."""

    @service
    async def work() -> None:
        raise ServiceError("load: there is no load 'cra'")

    try:
        return await work()
    except Exception:
        return None


async def fine(call: object) -> object:
    return {"done": True}


def test_a_refusal_is_raised_to_the_caller(hass):
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", swallowing)
    with pytest.raises(ServiceValidationError, match="no load 'cra'"):
        hass.call("fusebox_set_mode")


def test_a_refusal_with_a_code_gives_it_to_the_card(hass):
    async def refusing(call: object) -> object:
        @service
        async def work() -> None:
            raise ServiceError(with_frame(message("current_above_charger", asked_a=20, most_a=16), "path", "max_a"))

        return await work()

    service_calls.listen()
    hass.register("pyscript", "fusebox_set_max_current", refusing)
    with pytest.raises(ServiceValidationError, match=r"^max_a: 20 A is more than its charger takes") as refused:
        hass.call("fusebox_set_max_current")
    values = {"path": "max_a", "asked_a": 20, "most_a": 16}
    assert refused.value.translation == {
        "translation_key": "current_above_charger",
        "translation_placeholders": values,
    }


class BadRequest(Exception):
    """An answer of aiohttp's."""


@pytest.mark.parametrize("path, rest", [("fusebox_set_mode", True), ("fusebox_boost", False), (None, False)])
def test_a_call_over_rest_is_answered_with_the_sentence(hass, monkeypatch, path, rest):
    request = None if path is None else SimpleNamespace(path=f"/api/services/pyscript/{path}")
    helpers, web = ModuleType("homeassistant.helpers.http"), ModuleType("aiohttp.web")
    monkeypatch.setattr(helpers, "current_request", SimpleNamespace(get=lambda: request), raising=False)
    monkeypatch.setattr(web, "HTTPBadRequest", lambda text, content_type: BadRequest(text), raising=False)
    monkeypatch.setitem(sys.modules, "homeassistant.helpers.http", helpers)
    monkeypatch.setitem(sys.modules, "aiohttp.web", web)
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", swallowing)
    with pytest.raises(BadRequest if rest else ServiceValidationError, match="load: there is no load 'cra'"):
        hass.call("fusebox_set_mode")


class Starting:
    """A service of a Fusebox that is just starting for so many calls, counted over a reload."""

    def __init__(self, calls: int) -> None:
        self.calls_left = calls

    async def __call__(self, call: object) -> object:
        @service
        async def work() -> object:
            self.calls_left -= 1
            if self.calls_left >= 0:
                raise ServiceError(message("just_starting"))
            return {"done": True}

        return await work()


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """The seconds that calls have waited, without the waiting."""
    waited: list[float] = []

    async def sleep(wait_s: float) -> None:
        waited.append(wait_s)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return waited


def test_a_call_during_a_start_is_tried_again_each_second(hass, waits):
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", Starting(3))
    assert hass.call("fusebox_set_mode") == {"done": True}
    assert waits == [1.0] * 3


def test_a_call_during_a_reload_is_tried_at_the_service_that_came_with_it(hass, waits, monkeypatch):
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", Starting(1000))
    old = hass.registered["fusebox_set_mode"].job.target

    async def reload_meanwhile(wait_s: float) -> None:
        hass.register("pyscript", "fusebox_set_mode", fine)

    monkeypatch.setattr(asyncio, "sleep", reload_meanwhile)
    assert asyncio.run(old("call")) == {"done": True}


def test_a_call_is_refused_once_a_start_takes_longer_than_ten_seconds(hass, waits):
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", Starting(1000))
    with pytest.raises(ServiceValidationError, match="just starting"):
        hass.call("fusebox_set_mode")
    assert waits == [1.0] * 10


def test_an_answer_passes_unchanged(hass):
    service_calls.listen()
    hass.register("pyscript", "fusebox_explain", fine)
    assert hass.call("fusebox_explain") == {"done": True}


@pytest.mark.parametrize("domain, name", [("pyscript", "my_own"), ("light", "fusebox_light")])
def test_other_services_are_left_alone(hass, domain, name):
    service_calls.listen()
    hass.register(domain, name, swallowing)
    assert hass.registered[name].job.target is swallowing


def test_listening_again_after_a_reload_wraps_once(hass):
    service_calls.listen()
    service_calls.listen()
    assert len(hass.listeners) == 1
    hass.register("pyscript", "fusebox_set_mode", swallowing)
    wrapped = hass.registered["fusebox_set_mode"].job.target
    service_calls._wrap_service(hass, "pyscript", "fusebox_set_mode")
    assert hass.registered["fusebox_set_mode"].job.target is wrapped


def test_schema_and_response_survive_the_wrapping(hass):
    service_calls.listen()
    hass.register("pyscript", "fusebox_explain", fine, schema="schema", supports_response="only")
    found = hass.registered["fusebox_explain"]
    assert (found.schema, found.supports_response) == ("schema", "only")


def test_one_calls_refusal_does_not_reach_another_call(hass):
    service_calls.listen()
    hass.register("pyscript", "fusebox_set_mode", swallowing)
    hass.register("pyscript", "fusebox_explain", fine)

    async def both() -> list[Any]:
        calls = [hass.registered[n].job.target("call") for n in ("fusebox_set_mode", "fusebox_explain")]
        return await asyncio.gather(*calls, return_exceptions=True)

    refused, answer = asyncio.run(both())
    assert isinstance(refused, ServiceValidationError)
    assert answer == {"done": True}


def test_without_home_assistant_the_refusal_itself_goes_up():
    @service
    async def work() -> None:
        raise ServiceError("no")

    assert "homeassistant.core" not in sys.modules
    service_calls.listen()
    with pytest.raises(ServiceError):
        asyncio.run(work())
