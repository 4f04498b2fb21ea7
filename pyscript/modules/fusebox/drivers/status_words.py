"""What chargers call their states -> one vocabulary. Words are compared in lower case without blanks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..presets.row import plain_word
from ..snapshot import Status

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


def status_of(word: str | None, own: Mapping[str, Status] = MappingProxyType({})) -> Status:
    """The status for a device's word; unknown words are unknown, and such a charger takes part.

    `own`: what a make means by its words, before what they usually mean.
    """
    if word is None:
        return Status.UNKNOWN
    plain = plain_word(word)
    known = {plain_word(each): status for each, status in own.items()}
    return known.get(plain, STATUS_WORDS.get(plain, Status.UNKNOWN))
