"""Status entities: written on change, and every half minute without one; removed when they have no owner.

Each write of a change is a row in Home Assistant's recorder, so changes are graded by how urgent they are.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Mapping
from enum import IntEnum, auto

from .. import tuning
from ..model.durations import NEVER_S, has_passed
from ..model.local_day import iso_text
from ..model.messages.message import REASON, as_attributes, with_codes
from ..model.numbers import is_number, number_of
from .log_throttle import LOG
from .ports import Ports
from .store import STORE

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) %")


class Change(IntEnum):
    """How urgent a change is, least first."""

    NONE = auto()
    NOISE = auto()
    """Currents and powers have changed by less than a user would notice."""
    SMALL = auto()
    """Only numbers have changed, including those in a sentence."""
    REWORDED = auto()
    """Only a reason has changed."""
    NEWS = auto()
    """The state, a status, a limit, an error or a current has changed."""


def changed_at(known: dict[str, tuple[str, str]], key: str, word: str, now_s: float) -> str:
    """Return when a word last changed, as ISO text. `known`: key -> its last word and that time; updated."""
    if known.get(key, ("", ""))[0] != word:
        known[key] = (word, iso_text(now_s))
    return known[key][1]


Published = tuple[str, Mapping[str, object]]
"""A state and its attributes."""


def change_between(
    before: Published, now: Published, ageing: Collection[str], settings: Collection[str] = ()
) -> Change:
    """Return how much state and attributes of an entity have changed; NEWS when attributes come or go.

    `ageing`: attributes that change by themselves; `settings`: attributes that users set, each change of which is NEWS.
    """
    then, present = before[1], now[1]
    if then.keys() != present.keys() or any(then.get(key) != present.get(key) for key in settings):
        return Change.NEWS
    state = _urgency_of_state_change(before[0], now[0], str(present.get("unit_of_measurement", "")))
    return max([state, *(_value_change(then[key], value, key, ageing) for key, value in present.items())])


def _urgency_of_state_change(before: str, now: str, unit: str) -> Change:
    """Return how urgent a change of a state is: NONE if equal, a number in A or W by its amount, all else NEWS.

    A change from or to 0, or of a word or another unit, is NEWS.
    """
    if before == now:
        return Change.NONE
    numbers = number_of(before), number_of(now)
    if None in numbers or unit not in ("A", "W") or 0.0 in numbers:
        return Change.NEWS
    return _numbers_change(numbers[0] or 0.0, numbers[1] or 0.0, f"_{unit.lower()}")


def _value_change(before: object, now: object, key: str, ageing: Collection[str]) -> Change:
    """Return how much one attribute has changed, by its type and the unit in its name (`key`).

    One in `ageing` is NOISE unless it becomes known or unknown. Texts that differ in numbers only are SMALL, a reason
    is REWORDED, other texts are NEWS. A mapping or list counts by its largest change; other keys or another length are
    NEWS, but REWORDED for the values of a reason.
    """
    if before == now:
        return Change.NONE
    if key in ageing and before is not None and now is not None:
        return Change.NOISE
    if isinstance(before, str) and isinstance(now, str):
        if _NUMBER.sub("", before) == _NUMBER.sub("", now):
            percents = zip(_PERCENT.findall(before), _PERCENT.findall(now), strict=False)
            return max((_percents_change(float(a), float(b)) for a, b in percents), default=Change.SMALL)
        return Change.REWORDED if key.endswith((REASON, f"{REASON}_code")) else Change.NEWS
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        if before.keys() != now.keys():
            return Change.REWORDED if key.endswith(f"{REASON}_values") else Change.NEWS
        # Amps by phase: the unit stands in the name of the attribute.
        return max(_value_change(before[name], now[name], key, ()) for name in now)
    if isinstance(before, (list, tuple)) and isinstance(now, (list, tuple)) and len(before) == len(now):
        return max(_value_change(a, b, key, ageing) for a, b in zip(before, now, strict=True))
    return _numbers_change(before, now, key) if is_number(before) and is_number(now) else Change.NEWS


def _numbers_change(before: float, now: float, key: str) -> Change:
    """Return how urgent a change of a number is, by the unit at the end of the attribute's name.

    A clear change of current is NEWS; small ones of current and power are NOISE; percentages have their own rule; all
    else is SMALL.
    """
    moved = abs(now - before)
    if key.endswith("_a"):
        return Change.NOISE if moved <= tuning.SHOWN_MOVED_A else Change.NEWS
    if key.endswith("_pct"):
        return _percents_change(before, now)
    return Change.NOISE if key.endswith("_w") and moved < tuning.CLEARLY_W else Change.SMALL


def _percents_change(before: float, now: float) -> Change:
    """Return NEWS for a change of at least `SHOWN_MOVED_PCT` percentage points, else SMALL."""
    return Change.NEWS if abs(now - before) >= tuning.SHOWN_MOVED_PCT else Change.SMALL


class EntityPublisher:
    """The entities of one script. `owner`: the name under which the store lists them, over reloads.

    `ageing`: attributes that change by themselves and cause no write of their own. `settings`: attributes that users
    set: a change of one is written at once. `calm`: at once only NEWS and REWORDED are written; smaller changes, and
    states and reasons that keep alternating, only every `RENEW_S`, so that the recorder is not filled with noise.
    """

    def __init__(
        self, ports: Ports, owner: str, ageing: Collection[str] = (), settings: Collection[str] = (), calm: bool = False
    ) -> None:
        self._ports = ports
        self._owner = owner
        self._ageing = ageing
        self._settings = settings
        self._calm = calm
        self._changed_s: dict[str, float] = {}
        self._words: dict[str, tuple[tuple[float, object], ...]] = {}
        """Entity -> its states and reasons of the last `SILENT_S`, each with when it began [s since 1970]."""
        self._written: dict[str, tuple[Published, float]] = {}

    def write(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Write the entity if it has changed enough, and at least every `RENEW_S`; it belongs to this script then.

        In a calm publisher a change that is only NOISE repeats the last values, for `SILENT_S` at most. An unchanged
        write causes no row in the recorder: Home Assistant only updates the time of the report.
        """
        published: Published = (state, with_codes(attributes))
        before, written_s = self._written.get(entity, (published, NEVER_S))
        change = change_between(before, published, self._ageing, self._settings)
        alternates = self._calm and self._alternates(now_s, entity, published)
        if alternates and number_of(state) is None:
            change = change_between(before, (before[0], published[1]), self._ageing, self._settings)
        least = Change.NEWS if alternates else Change.REWORDED if self._calm else Change.NOISE
        if change < least and not has_passed(tuning.RENEW_S, written_s, now_s):
            return
        is_old = has_passed(tuning.SILENT_S, self._changed_s.get(entity, NEVER_S), now_s)
        if self._calm and change <= Change.NOISE and not is_old:
            published = before
        else:
            self._changed_s[entity] = now_s
        self._ports.set(entity, published[0], new_attributes=dict(published[1]))
        self._written[entity] = (published, now_s)
        self._owned_entities().add(entity)

    def _alternates(self, now_s: float, entity: str, published: Published) -> bool:
        """Return whether state and reason were there before, and such returns were many.

        Many is more than `NO_CHANCE_TIMES` in the last `SILENT_S`, as where a current passes a limit up and down every
        second. Only the word of a state counts, and of a reason its code, or its text without numbers.
        """
        reason = published[1].get(f"{REASON}_code") or _NUMBER.sub("", str(published[1].get(REASON)))
        words = (published[0] if number_of(published[0]) is None else "", reason)
        *earlier, latest = self._words.get(entity, ((now_s, words),))
        recent = [*(each for each in earlier if not has_passed(tuning.SILENT_S, each[0], now_s)), latest]
        if words != latest[1]:
            recent.append((now_s, words))
        self._words[entity] = tuple(recent)
        reported = [each for _, each in recent]
        return reported.count(words) > 1 and len(reported) - len(set(reported)) > tuning.NO_CHANCE_TIMES

    def publish_failed_run(self, now_s: float, entity: str, text: str) -> None:
        """Publish that a run failed: the state `unknown`, the last attributes and the reason. Raises nothing."""
        (_, last), _ = self._written.get(entity, (("", {"friendly_name": "Fusebox"}), 0.0))
        self.publish_failure(now_s, entity, "unknown", {**last, **as_attributes(text, REASON)})

    def publish_failure(self, now_s: float, entity: str, state: str, attributes: Mapping[str, object]) -> None:
        """Publish a state that reports a failure; an error while publishing is only logged, never raised."""
        try:
            self.write(now_s, entity, state, attributes)
        except Exception:
            # Publishing may be what fails, and the caller has to continue.
            LOG.debug("%s could not be published", entity, exc_info=True)

    def keep_only(self, mine: Collection[str]) -> tuple[str, ...]:
        """Remove all other entities of this script, and return the removed ones."""
        gone = tuple(self._owned_entities() - set(mine))
        for entity in gone:
            with contextlib.suppress(NameError):  # it may have been removed already
                self._ports.delete(entity)
            self._written.pop(entity, None)
            self._changed_s.pop(entity, None)
            self._words.pop(entity, None)
            self._owned_entities().discard(entity)
        return gone

    def _owned_entities(self) -> set[str]:
        """Return the set of this script's entities in the store; changing it changes the store."""
        owners: dict[str, set[str]] = STORE.setdefault("shown_by", {})
        return owners.setdefault(self._owner, set())
