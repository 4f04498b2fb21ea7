"""Status entities: written on change, and every half minute without one; removed when they have no owner."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Collection, Mapping

from .. import tuning
from ..model.durations import NEVER_S, has_passed
from ..model.messages.message import REASON, as_attributes, with_codes
from .changes import Change, change_between
from .ports import Ports
from .store import STORE

OLD_NAMES: Mapping[str, str] = {"limited_by": "binding"}
"""New name of an attribute -> its name in version 0.1.0; for one release, templates find both."""


def with_old_names(attributes: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes, with renamed ones also under their old names."""
    return {**attributes, **{old: attributes[new] for new, old in OLD_NAMES.items() if new in attributes}}


LOG = logging.getLogger("fusebox")


Shown = tuple[str, Mapping[str, object]]
"""A state and its attributes."""


class EntityPublisher:
    """The entities of one script. `owner`: the name under which the store lists them, over reloads.

    `ageing`: attributes that change by themselves and cause no write of their own. `calm`: write only news at once, and
    small changes of numbers rarely, so that the recorder is not filled with noise.
    """

    def __init__(self, ports: Ports, owner: str, ageing: Collection[str] = (), *, calm: bool = False) -> None:
        self._ports = ports
        self._owner = owner
        self._ageing = ageing
        self._calm = calm
        self._changed_s: dict[str, float] = {}
        self._reworded_s: dict[str, float] = {}
        self._written: dict[str, tuple[Shown, float]] = {}

    def write(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Write the entity if it has changed enough, and at least every `RENEW_S`.

        In a calm publisher noise alone repeats the last values, for `SILENT_S` at most. An unchanged write causes no
        row in the recorder: Home Assistant only updates the time of the report.
        """
        shown: Shown = (state, with_codes(attributes))
        before, written_s = self._written.get(entity, (shown, NEVER_S))
        change = change_between(before, shown, self._ageing)
        is_renewed = has_passed(tuning.RENEW_S, written_s, now_s)
        if not is_renewed and not self._is_written_at_once(now_s, entity, change):
            return
        is_old = has_passed(tuning.SILENT_S, self._changed_s.get(entity, NEVER_S), now_s)
        if self._calm and change <= Change.NOISE and not is_old:
            shown = before
        else:
            self._changed_s[entity] = now_s
        self._ports.set(entity, shown[0], new_attributes=dict(shown[1]))
        self._written[entity] = (shown, now_s)
        self._owned_entities().add(entity)

    def _is_written_at_once(self, now_s: float, entity: str, change: Change) -> bool:
        """Return whether this change of an entity is written now rather than at the next renewal.

        A reason that alternates between two wordings keeps the published one until the renewal.
        """
        if not self._calm:
            return change > Change.NONE
        if change is not Change.REWORDED:
            return change > Change.REWORDED
        before_s, self._reworded_s[entity] = self._reworded_s.get(entity, NEVER_S), now_s
        return has_passed(tuning.RENEW_S, before_s, now_s)

    def publish_failed_run(self, now_s: float, entity: str, text: str) -> None:
        """Publish that a run failed, with its last attributes and the reason."""
        (_, last), _ = self._written.get(entity, (("", {"friendly_name": "Fusebox"}), 0.0))
        self.publish_failure(now_s, entity, "unknown", {**last, **as_attributes(text, REASON)})

    def publish_failure(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Publish a failure, if publishing works at all."""
        try:
            self.write(now_s, entity, state, attributes)
        except Exception:
            # Publishing may be what fails, and the caller has to continue.
            LOG.debug("and it could not be shown", exc_info=True)

    def keep_only(self, mine: Collection[str]) -> tuple[str, ...]:
        """Remove all other entities of this script, and return the removed ones."""
        gone = tuple(self._owned_entities() - set(mine))
        for entity in gone:
            with contextlib.suppress(NameError):  # it may have been removed already
                self._ports.delete(entity)
            self._written.pop(entity, None)
            self._changed_s.pop(entity, None)
            self._reworded_s.pop(entity, None)
            self._owned_entities().discard(entity)
        return gone

    def _owned_entities(self) -> set[str]:
        """Return the entities of this script, kept in the store."""
        owners: dict[str, set[str]] = STORE.setdefault("shown_by", {})
        return owners.setdefault(self._owner, set())
