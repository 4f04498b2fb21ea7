"""What is known of makers: what their chargers do otherwise than the standard says. A maker is a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quirks:
    """What is different; what CONFIG says otherwise than by default comes before it."""

    makers: tuple[str, ...] = ()
    """How the names begin that their chargers give themselves, in lower case without blanks and signs."""
    models: tuple[str, ...] = ()
    """The same of their models."""
    unit: str | None = None
    """The only one that they take."""
    kind: str | None = None
    """Which kind of profile."""
    stack: int | None = None
    """The only stack level."""
    tells_offer: bool = True
    """Whether the current that they say they offer means anything."""
    again_s: float | None = None
    """After a pause they are told the new current twice, so long apart."""
    restarts_by_reset: bool = False
    """A session that was ended begins again only after a reset."""


NONE = Quirks()

GENERIC = "generic"
"""What CONFIG may call a charger that is to be taken as the standard has it, whatever it says of itself."""

VENDORS: Mapping[str, Quirks] = {
    "huawei": Quirks(("huawei",), ("scharger", "fusioncharge"), unit="W"),
    "beny": Quirks(("beny", "zjbeny")),
    "evbox": Quirks(("evbox",), ("elvi",), tells_offer=False),
    "alfen": Quirks(("alfen",)),
    "wallbox": Quirks(("wallbox",), ("pulsar", "coppersb"), kind="relative", stack=0),
    "abb": Quirks(("abb",), ("terraac",), stack=0),
    "easee": Quirks(("easee",)),
    "go-e": Quirks(("goe",), again_s=5.0),
    "autel": Quirks(("autel",), ("maxicharger",), restarts_by_reset=True),
    "foxess": Quirks(("foxess",)),
}
"""docs/ocpp.md has what a person has to know of each."""


def quirks_of(configured: object, maker: str | None, model: str | None) -> Quirks:
    """The row of a charger: the one that CONFIG names, else the one that fits what the charger says of itself."""
    if isinstance(configured, str):
        return next((row for name, row in VENDORS.items() if _plain(name) == _plain(configured)), NONE)
    for row in VENDORS.values():
        if _plain(maker).startswith(row.makers) or (row.models and _plain(model).startswith(row.models)):
            return row
    return NONE


def _plain(word: str | None) -> str:
    return "".join(letter for letter in (word or "").lower() if letter.isalnum())
