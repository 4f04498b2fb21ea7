"""Which kinds of entities fit where: an unsuitable entity is a mistake, an unusual one a warning.

The kind is its domain, the part of its id before the dot. Custom domains are not known, so they only cause a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model.messages.message import Message, message

THERMOSTATS = ("water_heater", "climate")
"""Domains whose entities end heating by themselves at a temperature. Several of their states mean on, such as `eco`."""

SET_BY_HAND = ("number", "input_number")
"""Domains of entities that show a number as a user has set it."""


def _domain_set(domains: str) -> frozenset[str]:
    return frozenset(domains.split())


_HOME_ASSISTANTS = _domain_set(
    "air_quality alarm_control_panel assist_satellite automation binary_sensor button calendar camera climate "
    "conversation counter cover date datetime device_tracker event fan geo_location group humidifier image "
    "image_processing input_boolean input_button input_datetime input_number input_select input_text lawn_mower light "
    "lock media_player notify number person remote scene schedule script select sensor siren stt sun switch text time "
    "timer todo tts update vacuum valve wake_word water_heater weather zone"
)

READ_ONLY = _domain_set(
    "sensor binary_sensor sun zone weather person device_tracker event calendar image camera update"
)
"""Domains whose entities cannot be commanded."""


@dataclass(frozen=True, slots=True)
class Use:
    """What an entity is needed for: the code of the mistake of an unsuitable one, suitable and unusual domains."""

    unfit: str
    fits: frozenset[str]
    may: frozenset[str] = frozenset()

    def with_domains(self, *domains: str) -> Use:
        """Return this use with further suitable domains."""
        return replace(self, fits=self.fits.union(domains))


def _make_use(fits: str, may: str = "", *, unfit: str) -> Use:
    return Use(unfit, _domain_set(fits), _domain_set(may))


_TEXTS = "input_text text input_select select"
_ON_OFF = "input_boolean switch binary_sensor"
_ALSO_ON_OFF = (
    f"{_TEXTS} automation calendar counter fan group humidifier input_number light media_player number pyscript remote "
    "schedule script sensor siren update"
)

SWITCHED = _make_use(
    "switch input_boolean light fan humidifier siren",
    "automation media_player remote script",
    unfit="entity_not_switched",
)
CLIMATE = _make_use("climate", unfit="entity_no_temperature")
HEATED = SWITCHED.with_domains(*THERMOSTATS)
SET = _make_use("number input_number", "counter input_text text", unfit="entity_not_set")
LISTED = _make_use("select input_select", unfit="entity_no_options")
PRESSED = _make_use("button input_button", unfit="entity_not_pressed")
RESETS = PRESSED.with_domains("script")
NUMBER = _make_use("sensor input_number number counter pyscript", _TEXTS, unfit="entity_no_number")
TEMPERATURE = replace(NUMBER.with_domains(*THERMOSTATS), unfit="entity_no_temperature")
YES_NO = _make_use(_ON_OFF, _ALSO_ON_OFF, unfit="entity_no_yes_or_no")
CALLS = _make_use(f"{_ON_OFF} climate", f"{_ALSO_ON_OFF} water_heater", unfit=YES_NO.unfit)
WORD = _make_use("input_select select sensor input_text", "text pyscript", unfit="entity_no_word")
TIME = _make_use("input_datetime sensor time datetime", f"{_TEXTS} pyscript", unfit="entity_no_time")
STATUS = _make_use("sensor binary_sensor select", f"{_TEXTS} {_ON_OFF} pyscript", unfit="entity_no_status")
ANY = Use("", frozenset())
"""Any domain is suitable."""

USUAL: Mapping[str, Use] = {
    **dict.fromkeys(("sensor", "input_number"), NUMBER),
    **dict.fromkeys(("binary_sensor", "input_boolean"), YES_NO),
    "climate": TEMPERATURE, "switch": SWITCHED, "number": SET, "select": LISTED, "button": PRESSED,
}  # fmt: skip
"""Domain of a key's example -> use of its entity, where the key does not say otherwise."""


def domain_of(entity: str) -> str:
    """Return the domain of an entity, such as `climate`."""
    return entity.partition(".")[0]


def usual_use(example: str) -> Use:
    """Return the use of entities like a key's example. LookupError for a domain without one: give the key its use."""
    use = USUAL.get(domain_of(example))
    if use is None:
        raise LookupError(f"no usual use of entities like {example!r}: give the key a Use of config/domains.py")
    return use


def fit_problem(entity: str, use: Use) -> tuple[Message, bool] | None:
    """Return why an entity does not fit a use, and whether that is a mistake; None when it fits or the use takes all.

    A domain of Home Assistant's own that cannot serve it is a mistake, any other only unusual (a warning).
    """
    domain, known = domain_of(entity), ", ".join(sorted(use.fits))
    if domain in use.fits or not use.fits:
        return None
    if domain in _HOME_ASSISTANTS and domain not in use.may:
        return message(use.unfit, value=repr(entity), known=known), True
    return message("entity_unusual", value=repr(entity), known=known), False
