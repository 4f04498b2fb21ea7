"""The helpers of a user's CONFIG (input_number, input_select, ...): every entity that provides a setting."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from .entities import Call, State

HELPER_DOMAINS = ("input_number.", "input_select.", "input_boolean.", "input_text.", "select.")
USUAL = {
    "mode": "standard",
    "distribution": "priority",
    "main_fuse_a": "25",
    "voltage_v": "230",
    "min_a": "6",
    "max_a": "16",
    "dry_run": "off",
    "priority": "1",
    "margin_a": "0.5",
    "netting": "per_phase",
    "soc_target_pct": "80",
    "soc_min_pct": "20",
}


class Helpers:
    """Settings that are entities; service calls change them.

    `values` come first, then what is `USUAL`, then `defaults`; all by entity.
    """

    def __init__(
        self,
        config: Mapping[str, Any],
        values: Mapping[str, str],
        defaults: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        named = {e: USUAL.get(key) or defaults.get(e) or _off_or_zero(e) for key, e in _helper_entities(config)}
        self.values: dict[str, str] = {**defaults, **named, **values}

    def handle(self, call: Call) -> bool:
        """Carry out a service call for a helper; return whether the call was for one."""
        if call.entity not in self.values:
            return False
        service = call.service.partition(".")[2]
        if service in ("turn_on", "turn_off"):
            self.values[call.entity] = service.removeprefix("turn_")
        elif service == "toggle":
            self.values[call.entity] = "off" if self.values[call.entity] == "on" else "on"
        elif "value" in call.data or "option" in call.data:
            self.values[call.entity] = str(call.data.get("value", call.data.get("option")))
        else:
            return False
        return True

    def states(self) -> dict[str, State]:
        """Return the states of all helpers."""
        return {entity: {"state": value, "attributes": {}} for entity, value in self.values.items()}


def _helper_entities(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every (key, entity) of CONFIG where a helper or a voltage sensor provides a value."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from _helper_entities(value, name)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _helper_entities(value, key)
    elif isinstance(node, str) and (node.startswith(HELPER_DOMAINS) or (key == "voltage_v" and "." in node)):
        yield key, node


def _off_or_zero(entity: str) -> str:
    return "off" if entity.startswith("input_boolean.") else "0"
