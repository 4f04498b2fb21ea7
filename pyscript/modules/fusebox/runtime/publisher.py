"""Status entities: written on change, and every half minute without one; removed when nobody owns them any longer."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Collection, Mapping

from .. import tuning
from .ports import Ports
from .store import STORE

OLD_NAMES: Mapping[str, str] = {"limited_by": "binding"}
"""New name of an attribute -> the one that it had in version 0.1.0: for one release, templates find both."""


def with_old_names(attributes: Mapping[str, object]) -> dict[str, object]:
    """The attributes, and those with a new name by their old one too."""
    return {**attributes, **{old: attributes[new] for new, old in OLD_NAMES.items() if new in attributes}}


LOG = logging.getLogger("fusebox")


class EntityPublisher:
    """The entities of one script. `owner`: under what name the store keeps which they are, over reloads.

    `ageing`: attributes that change by themselves, and are not worth a write of their own.
    """

    def __init__(self, ports: Ports, owner: str, ageing: Collection[str] = ()) -> None:
        self._ports = ports
        self._owner = owner
        self._ageing = ageing
        self._written: dict[str, tuple[tuple[str, Mapping[str, object]], float]] = {}

    def write(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Show this, unless it is shown already."""
        shown = (state, {key: value for key, value in attributes.items() if key not in self._ageing})
        before = self._written.get(entity)
        if before is not None and shown == before[0] and 0 <= now_s - before[1] < tuning.RENEW_S:
            return
        self._ports.set(entity, state, new_attributes=dict(attributes))
        self._written[entity] = (shown, now_s)
        self._owned().add(entity)

    def failed(self, now_s: float, entity: str, text: str) -> None:
        """Show that this could not be looked at; what else it told last stays beside the reason."""
        (_, last), _ = self._written.get(entity, (("", {"friendly_name": "Fusebox"}), 0.0))
        self.failure(now_s, entity, "unknown", {**last, "reason": text})

    def failure(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Show a failure, if that can be shown at all."""
        try:
            self.write(now_s, entity, state, attributes)
        except Exception:
            # It may be just this that fails, and whoever tells it has others to look after.
            LOG.debug("and it could not be shown", exc_info=True)

    def keep_only(self, mine: Collection[str]) -> tuple[str, ...]:
        """Remove all others that this script has shown; the removed ones."""
        gone = tuple(self._owned() - set(mine))
        for entity in gone:
            with contextlib.suppress(NameError):  # somebody else may have removed it
                self._ports.delete(entity)
            self._written.pop(entity, None)
            self._owned().discard(entity)
        return gone

    def _owned(self) -> set[str]:
        owners: dict[str, set[str]] = STORE.setdefault("shown_by", {})
        return owners.setdefault(self._owner, set())
