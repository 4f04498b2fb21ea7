"""Service calls: their fields as users fill them in, rows as CSV, and how a call fails with a sentence.

Because pyscript swallows every exception of a service function, the handler that it registers is wrapped: the sentence
travels back in a box, and the wrapper raises it as Home Assistant's own validation error. In the embedded host, without
Home Assistant, the exception itself is raised.
"""

from __future__ import annotations

import asyncio
import contextvars
import csv
import io
import json
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from reprlib import repr as shortened
from typing import Any

from .. import tuning
from ..config.values import YesNo
from ..model.messages.message import Message, message, with_frame
from ..model.numbers import number_of
from ..model.own_entities import LOAD_ENTITIES
from .log_throttle import LOG
from .store import STORE

BOX: contextvars.ContextVar[dict[str, str] | None] = contextvars.ContextVar("fusebox_refusal", default=None)

OURS = ("fusebox_", "round_robin_")
"""Prefixes of our services."""

GIVEN_BY_PYSCRIPT = frozenset({"trigger_type", "context"})
"""Fields that pyscript adds to a call."""

Fields = Mapping[str, object]
"""The fields of a call: name -> value."""
ServiceFunction = Callable[..., Coroutine[Any, Any, object]]
Response = Mapping[str, object]
"""The response of a service: field -> value."""


class ServiceError(ValueError):
    """A service call that is refused; its text is the sentence for the caller.

    `for_caller`: it is no fault, so its origin need not be logged. The card translates the message by its code.
    """

    for_caller = True

    def __init__(self, why: Message) -> None:
        super().__init__(why)


def field_error(field: str, why: Message) -> ServiceError:
    """Return the error for a mistake in one field of a call."""
    return ServiceError(with_frame(why, "path", field))


def refuse_unknown_fields(fields: Fields, *known: str) -> None:
    """Raise a ServiceError for a field that the service does not have."""
    for field in sorted(set(fields) - set(known)):
        raise field_error(shortened(field)[1:-1], message("field_unknown", known=", ".join(known)))


def filled_fields(fields: Fields) -> dict[str, object]:
    """Return the fields that a caller has filled in."""
    return {key: value for key, value in fields.items() if value is not None}


def load_name_of_entity(value: object) -> object:
    """Return the load's name from the entity id of its sensor; another text unchanged, a whole number as text.

    A list of one is replaced by its element first; any other value is returned as it is.
    """
    # Home Assistant's target pickers return a list even for one entity.
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    # YAML reads a bare 1 as a number; a load may be called so.
    called = str(value) if type(value) is int else value
    return called.removeprefix(LOAD_ENTITIES) if isinstance(called, str) else called


def parse_on_or_off(field: str, value: object) -> bool:
    """Return whether a box or word means on; ServiceError for None and for any other word."""
    if value is None:
        raise field_error(field, message("on_or_off_missing"))
    read = YesNo().read(value)
    if read is None:
        raise field_error(field, message("neither_on_nor_off", value=shortened(value)))
    return read


def names_or_none(names: Iterable[str]) -> str:
    """Return the names as a sentence lists them, "none" for no name."""
    return ", ".join(names) or "none"


def parse_days(value: object) -> float:
    """Return a number of days; ServiceError unless it is a number above 0."""
    amount = number_of(value)
    if amount is None or amount <= 0:
        raise field_error("days", message("days_wrong", value=shortened(value)))
    return amount


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows below a line with the names of their fields; an unknown value is empty, a boolean yes or no."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        cells = [row.get(field) for field in fields]
        writer.writerow([["no", "yes"][cell] if isinstance(cell, bool) else cell for cell in cells])
    return text.getvalue()


def service(work: Callable[..., Awaitable[object]]) -> ServiceFunction:
    """Make a coroutine function a service; its keyword-only parameters are the fields of a call.

    Any other field is refused, unless it takes all (`**fields`). A script that is passed is replaced by the one in
    charge. After an exception the service returns `{"error": text}`, and logs it unless it is a refusal. The text is
    also stored in `BOX`, from where it reaches the caller as a failed call. Without a `BOX`, so outside a service call,
    the exception is raised.
    """
    parameters = signature(work).parameters.values()
    takes_all = any(each.kind is Parameter.VAR_KEYWORD for each in parameters)
    known = [each.name for each in parameters if each.kind is Parameter.KEYWORD_ONLY]

    @wraps(work)
    async def answer(*args: Any, **given: object) -> object:
        try:
            fields = {key: value for key, value in given.items() if key not in GIVEN_BY_PYSCRIPT}
            if not takes_all:
                refuse_unknown_fields(fields, *known)
            return await work(*map(_script_in_charge, args), **fields)
        except Exception as error:
            if not isinstance(error, ServiceError):
                LOG.warning("a service call failed: %s", error, exc_info=True)
            box = BOX.get()
            if box is None:
                raise
            refusal = error.args[0] if isinstance(error, ServiceError) else str(error)
            box["error"] = refusal or type(error).__name__
            return {"error": str(box["error"])}

    return answer


def _script_in_charge(script: object) -> object:
    """Return the script that acts in the role of this one: another where a copy of its file is in pyscript/ too.

    Itself where none acts, and for anything that is no script.
    """
    active = STORE.get(getattr(script, "role", ""))
    return active if type(active) is type(script) else script


def listen() -> None:
    """Wrap our services when pyscript registers them; nothing outside Home Assistant.

    Called before the first of them, at each load, which ends the earlier listening.
    """
    core: Any = sys.modules.get("homeassistant.core")
    if core is None:
        return
    hass = core.async_get_hass()
    stop_listening: Callable[[], None] | None = STORE.pop("refusals_off", None)
    if stop_listening is not None:
        stop_listening()

    def registered(event: Any) -> None:
        domain, name = event.data["domain"], event.data["service"]
        if domain == "pyscript" and name.startswith(OURS):
            _wrap_service(hass, domain, name)

    STORE["refusals_off"] = hass.bus.async_listen("service_registered", core.callback(registered))


def _rest_error(path: str, sentence: str) -> Exception | None:
    """Return the HTTP error with the sentence for a REST call, which would get a bare 500; None for other callers."""
    helpers: Any = sys.modules.get("homeassistant.helpers.http")
    web: Any = sys.modules.get("aiohttp.web")
    request = None if helpers is None else helpers.current_request.get()
    if web is None or request is None or request.path != path:
        return None
    answer: Exception = web.HTTPBadRequest(text=json.dumps({"message": sentence}), content_type="application/json")
    return answer


def _wrap_service(hass: Any, domain: str, name: str) -> None:
    """Replace a registered service by one that raises the sentence in the box, with its code for translation.

    A call during a start or a reload is repeated every `tuning.TICK_S`, for `tuning.ANSWER_S` at most, at the handler
    that is registered by then. Unchanged if there is no such service, or it is wrapped already.
    """
    exceptions: Any = sys.modules["homeassistant.exceptions"]
    service = hass.services.async_services_for_domain(domain).get(name)
    if service is None or getattr(service.job.target, "fusebox_inner", None) is not None:
        return
    inner = service.job.target

    async def outer(call: Any) -> Any:
        result, refusal = await _call(inner, call)
        waited_s = 0.0
        while getattr(refusal, "code", None) == "just_starting" and waited_s < tuning.ANSWER_S:
            await asyncio.sleep(tuning.TICK_S)
            waited_s += tuning.TICK_S
            now = hass.services.async_services_for_domain(domain).get(name)
            newest = None if now is None else getattr(now.job.target, "fusebox_inner", None)
            result, refusal = await _call(newest or inner, call)
        if refusal is None:
            return result
        coded: dict[str, Any] = {}
        if isinstance(refusal, Message):
            coded = {"translation_key": refusal.code, "translation_placeholders": dict(refusal.values)}
        rest = _rest_error(f"/api/services/{domain}/{name}", refusal)
        raise rest or exceptions.ServiceValidationError(str(refusal), **coded)

    outer.fusebox_inner = inner  # type: ignore[attr-defined]
    hass.services.async_register(domain, name, outer, service.schema, service.supports_response)


async def _call(handler: Callable[[Any], Awaitable[Any]], call: Any) -> tuple[Any, str | None]:
    """Call a service's handler; return its result, and the sentence with which it refused, None if it did not."""
    box: dict[str, str] = {}
    token = BOX.set(box)
    try:
        result = await handler(call)
    finally:
        BOX.reset(token)
    return result, box.get("error")
