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
    note: str = ""
    """What a person has to know, for the documentation."""


NONE = Quirks()

GENERIC = "generic"
"""What CONFIG may call a charger that is to be taken as the standard has it, whatever it says of itself."""

VENDORS: Mapping[str, Quirks] = {
    "huawei": Quirks(
        ("huawei",),
        ("scharger", "fusioncharge"),
        unit="W",
        note="takes watts only, whatever it is asked in amps",
    ),
    "beny": Quirks(
        ("beny", "zjbeny"),
        note="plain OCPP 1.6. Its clock may drift: Fusebox sees that and goes over to relative profiles",
    ),
    "evbox": Quirks(
        ("evbox",),
        ("elvi",),
        tells_offer=False,
        note="in the OCPP integration take Current.Offered, Power.Offered and SoC out of the measurands of an Elvi, "
        "and let its phase rotation end with RST",
    ),
    "alfen": Quirks(
        ("alfen",),
        note="reports each phase in an entity of its own. Plug and charge wants its PlugAndChargeIdentifier as id tag",
    ),
    "wallbox": Quirks(
        ("wallbox",),
        ("pulsar", "coppersb"),
        kind="relative",
        stack=0,
        note="needs 'improved charger control' in its app; leave the password of its OCPP settings empty",
    ),
    "abb": Quirks(
        ("abb",),
        ("terraac",),
        stack=0,
        note="up to firmware 1.8.21 it restarts for ever when its measurands are probed: in the OCPP integration "
        "switch automatic detection off and name them",
    ),
    "easee": Quirks(
        ("easee",),
        note="its own OCPP takes a current with beta firmware only. Keep its meter interval at 30 s or more",
    ),
    "go-e": Quirks(
        ("goe",),
        again_s=5.0,
        note="has been seen to ignore the first current after a pause, so it is told twice",
    ),
    "autel": Quirks(
        ("autel",),
        ("maxicharger",),
        restarts_by_reset=True,
        note="a session that was stopped begins again only after a reset, which Fusebox presses when it has to",
    ),
    "foxess": Quirks(
        ("foxess",),
        note="set the OCPP integration to version 1.6. After a lost connection it may stay away for 6 to 19 minutes; "
        "meanwhile it falls back to failsafe_a by itself",
    ),
}


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
