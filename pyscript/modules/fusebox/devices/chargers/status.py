"""Status words of chargers and their meaning: those of OCPP 1.6 and of other integrations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...model.site import letters_and_digits
from ...model.snapshot import Status

STATUS_WORDS: Mapping[str, Status] = {
    **dict.fromkeys(("available", "reserved", "disconnected", "unplugged"), Status.UNPLUGGED),
    **dict.fromkeys(("preparing", "connected", "ready", "waiting"), Status.CONNECTED),
    "charging": Status.CHARGING,
    "suspendedev": Status.SUSPENDED_CAR,
    **dict.fromkeys(("suspendedevse", "paused"), Status.PAUSED),
    **dict.fromkeys(("finishing", "full", "completed"), Status.FULL),
    **dict.fromkeys(("unavailable", "faulted", "error", "fault"), Status.FAULT),
}
"""The words of OCPP 1.6 (StatusNotification) and of other integrations -> status."""

WITHOUT_CAR = frozenset({Status.UNPLUGGED, Status.FULL, Status.FAULT})
"""A charger in one of these can use no current."""

FAULT_WORDS = ("error", "fault")
"""A word that contains one of these means a fault, even if the word is unknown: the charger gets no share."""

HARMLESS_WORDS = ("noerror", "nofault", "default")
"""Words that contain one of those but mean no fault."""


def parse_status_word(word: str | None, own: Mapping[str, Status] = MappingProxyType({})) -> Status:
    """Return the status that a device's word means; an unknown word that names an error or fault is a fault.

    None and any other unknown word are `UNKNOWN`, with which a charger still takes part. `own`: a make's own meanings,
    which come first.
    """
    if word is None:
        return Status.UNKNOWN
    plain = letters_and_digits(word)
    known = {letters_and_digits(each): status for each, status in own.items()}
    otherwise = Status.FAULT if _names_fault(plain) else Status.UNKNOWN
    return known.get(plain, STATUS_WORDS.get(plain, otherwise))


def _names_fault(plain: str) -> bool:
    """Return whether a plain word names an error or fault, without harmless phrases that contain such words."""
    for harmless in HARMLESS_WORDS:
        plain = plain.replace(harmless, "")
    return any(word in plain for word in FAULT_WORDS)
