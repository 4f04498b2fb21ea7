"""An entity whose attributes tell of days to come; some integrations keep tomorrow in a second one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...planning.price_keys import pair_of
from ...runtime.ports import Ports, attributes_of


class SourceEntity:
    """Reads one, and does so again only when it has told something since."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._told: object = None

    def news(self, entity: str) -> Sequence[Mapping[str, Any]] | None:
        """The attributes of the entity, and of its pair where it has one; None while they are those of before."""
        other = pair_of(entity)
        names = [entity] if other is None else [entity, other]
        attributes = [attributes_of(self._ports, name) for name in names]
        told = [each.get("last_updated") for each in attributes]
        if told == self._told and None not in told:
            return None
        self._told = told
        return attributes
