"""What the status words of chargers mean: those of OCPP 1.6 and of other integrations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...config.presets.row import plain_word
from ...model.snapshot import Status

STATUS_WORDS: Mapping[str, Status] = {
    # OCPP 1.6 StatusNotification
    "available": Status.UNPLUGGED,
    "preparing": Status.CONNECTED,
    "charging": Status.CHARGING,
    "suspendedev": Status.SUSPENDED_CAR,
    "suspendedevse": Status.PAUSED,
    "finishing": Status.FULL,
    "reserved": Status.UNPLUGGED,
    "unavailable": Status.FAULT,
    "faulted": Status.FAULT,
    # words of other integrations
    "connected": Status.CONNECTED,
    "ready": Status.CONNECTED,
    "paused": Status.PAUSED,
    "waiting": Status.CONNECTED,
    "disconnected": Status.UNPLUGGED,
    "unplugged": Status.UNPLUGGED,
    "full": Status.FULL,
    "completed": Status.FULL,
    "error": Status.FAULT,
    "fault": Status.FAULT,
}

WITHOUT_CAR = frozenset({Status.UNPLUGGED, Status.FULL, Status.FAULT})
"""A charger in one of these can use no current."""


TROUBLED = ("error", "fault")
"""Words that name one of these are it, whether anybody knows them or not: such a charger has no part of the wire."""

UNTROUBLED = ("noerror", "nofault", "default")
"""What sounds like it and is none."""


def status_of(word: str | None, own: Mapping[str, Status] = MappingProxyType({})) -> Status:
    """The status for a device's word; unknown words are unknown, and such a charger takes part, unless they name an
    error or a fault.

    `own`: what a make means by its words, before what they usually mean.
    """
    if word is None:
        return Status.UNKNOWN
    plain = plain_word(word)
    known = {plain_word(each): status for each, status in own.items()}
    otherwise = Status.FAULT if _is_troubled(plain) else Status.UNKNOWN
    return known.get(plain, STATUS_WORDS.get(plain, otherwise))


def _is_troubled(plain: str) -> bool:
    for harmless in UNTROUBLED:
        plain = plain.replace(harmless, "")
    return any(word in plain for word in TROUBLED)
