"""Read one line of the host's protocol completely, or report what is wrong with it, before anything is changed."""

import math
from dataclasses import dataclass, field
from typing import Any

from simhouse.host.states import ENTITY_ID, MAX_STATE_LENGTH

MAX_T_S = 1e9
"""Some thirty years: beyond it calendars end."""


class BadLine(ValueError):
    """A line that cannot be carried out; the text names the problem."""


@dataclass
class Line:
    """The content of a line; `t` in seconds since the start.

    A state of None removes the entity; attributes of None leave the attributes unchanged.
    """

    t: float
    states: dict[str, tuple[str | None, dict[str, Any] | None] | None] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    respond: list[dict[str, Any]] | None = None
    leap: bool = False


def checked_message(message: Any, earliest_s: float) -> Line:
    """Return one incoming object as a line; BadLine if the protocol forbids it or it is earlier than `earliest_s`."""
    if not isinstance(message, dict):
        raise BadLine(f"a line is an object, not {_kind(message)}")
    t = message.get("t")
    if isinstance(t, bool) or not isinstance(t, (int, float)) or not math.isfinite(t):
        raise BadLine("t is missing" if "t" not in message else f"t is a number of seconds, not {t!r}")
    if t > MAX_T_S:
        raise BadLine(f"t is at most {MAX_T_S:g} seconds, not {t:g}")
    if round(t * 1e6) < round(earliest_s * 1e6):
        raise BadLine(f"t goes back from {earliest_s:g} to {t:g}")
    states = _value_of_type(message, "states", dict)
    calls = _value_of_type(message, "calls", list)
    respond = _value_of_type(message, "respond", list)
    leap = _value_of_type(message, "leap", bool)
    return Line(
        t,
        {entity_id.lower(): _state(entity_id, value) for entity_id, value in (states or {}).items()},
        [_call(f"calls[{number}]", call) for number, call in enumerate(calls or [])],
        None if respond is None else [_answer(f"respond[{number}]", entry) for number, entry in enumerate(respond)],
        bool(leap),
    )


def _kind(value: Any) -> str:
    return {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )


def _value_of_type(message: dict[str, Any], key: str, kind: type) -> Any:
    """Return a message's value under a key, None without one; BadLine for another type."""
    value = message.get(key)
    if value is not None and not isinstance(value, kind):
        raise BadLine(f"{key} is {_kind(kind())}, not {_kind(value)}")
    return value


def _state(entity_id: str, value: Any) -> tuple[str | None, dict[str, Any] | None] | None:
    if not ENTITY_ID.match(entity_id.lower()):
        raise BadLine(f"states: {entity_id!r} is no entity id such as sensor.power")
    if value is None:
        return None
    if not isinstance(value, dict):
        return _text(entity_id, value), None
    attributes = value.get("attributes")
    if attributes is not None and not isinstance(attributes, dict):
        raise BadLine(f"states.{entity_id}.attributes is an object, not {_kind(attributes)}")
    if "state" not in value and attributes is None:
        raise BadLine(f"states.{entity_id} has neither state nor attributes")
    return (_text(entity_id, value["state"]) if "state" in value else None), attributes


def _text(entity_id: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadLine(f"states.{entity_id}: a state is a text or a number, not {_kind(value)}")
    text = str(value)
    if len(text) > MAX_STATE_LENGTH:
        raise BadLine(f"states.{entity_id}: a state has at most {MAX_STATE_LENGTH} characters, not {len(text)}")
    return text


def _call(where: str, call: Any) -> tuple[str, dict[str, Any]]:
    return _service(where, call), _data(where, call)


def _answer(where: str, entry: Any) -> dict[str, Any]:
    service = _service(where, entry)
    answer = {key: entry[key] for key in ("response", "error") if entry.get(key) is not None}
    return {"service": service, "data": _data(where, entry), **answer}


def _service(where: str, value: Any) -> str:
    if not isinstance(value, dict):
        raise BadLine(f"{where} is an object, not {_kind(value)}")
    service = value.get("service")
    if not isinstance(service, str) or not ENTITY_ID.match(service):
        raise BadLine(f"{where}.service is a name such as pyscript.fusebox_explain, not {service!r}")
    return service


def _data(where: str, value: dict[str, Any]) -> dict[str, Any]:
    data = value.get("data") or {}
    if not isinstance(data, dict):
        raise BadLine(f"{where}.data is an object, not {_kind(data)}")
    return data
