"""Status entities: written on change, and every half minute without one; removed when nobody owns them any longer."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Collection, Mapping

from .. import tuning
from ..model.durations import NEVER_S, has_passed
from .changes import Change, change_between
from .ports import Ports
from .store import STORE

OLD_NAMES: Mapping[str, str] = {"limited_by": "binding"}
"""New name of an attribute -> the one that it had in version 0.1.0: for one release, templates find both."""


def with_old_names(attributes: Mapping[str, object]) -> dict[str, object]:
    """The attributes, and those with a new name by their old one too."""
    return {**attributes, **{old: attributes[new] for new, old in OLD_NAMES.items() if new in attributes}}


LOG = logging.getLogger("fusebox")


Shown = tuple[str, Mapping[str, object]]
"""A state and its attributes."""


class EntityPublisher:
    """The entities of one script. `owner`: under what name the store keeps which they are, over reloads.

    `ageing`: attributes that change by themselves, and are not worth a write of their own. `calm`: whether only news
    are written at once, and numbers that move a little seldom, so that a recorder is not filled with noise.
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
        """Write the entity if it has changed so much that it is due, and every `RENEW_S` as it was or is.

        Home Assistant keeps no row of what is written as it was: it only notes that it was reported.
        """
        shown: Shown = (state, dict(attributes))
        before, written_s = self._written.get(entity, (shown, NEVER_S))
        change = change_between(before, shown, self._ageing)
        is_renewed = has_passed(tuning.RENEW_S, written_s, now_s)
        if not is_renewed and not self._is_news(now_s, entity, change):
            return
        is_old = has_passed(tuning.SILENT_S, self._changed_s.get(entity, NEVER_S), now_s)
        if self._calm and change <= Change.NOISE and not is_old:
            shown = before
        else:
            self._changed_s[entity] = now_s
        self._ports.set(entity, shown[0], new_attributes=dict(shown[1]))
        self._written[entity] = (shown, now_s)
        self._owned().add(entity)

    def _is_news(self, now_s: float, entity: str, change: Change) -> bool:
        """Whether a change is written at once.

        A reason that flips with noise between two wordings keeps the one that is shown until it is renewed.
        """
        if not self._calm:
            return change > Change.NONE
        if change is not Change.REWORDED:
            return change > Change.REWORDED
        before_s, self._reworded_s[entity] = self._reworded_s.get(entity, NEVER_S), now_s
        return has_passed(tuning.RENEW_S, before_s, now_s)

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
            self._changed_s.pop(entity, None)
            self._reworded_s.pop(entity, None)
            self._owned().discard(entity)
        return gone

    def _owned(self) -> set[str]:
        owners: dict[str, set[str]] = STORE.setdefault("shown_by", {})
        return owners.setdefault(self._owner, set())
