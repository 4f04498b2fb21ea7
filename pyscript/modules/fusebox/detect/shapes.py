"""What is known by its kind, unit and company alone: meters and chargers whose names tell of no make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..config.site_schema import PHASES
from .appliances import is_near
from .dump import Entity
from .found import Guess
from .signs import NOT_A_HOUSE

DEMAND_NOW = r"(?:current_average|average|gemiddelde?)_(?:demand|vraag|afname)$|active_power_average(?:_w)?$"
DEMAND_OF_MONTH = r"(?:maximum|peak|max)_demand_(?:current_|this_)?month$|monthly_power_peak(?:_w)?$"
"""How DSMR, HomeWizard and others call the mean of this quarter of an hour, and the highest one of this month."""

PHASE_WORD = r"(?:^|_)(?:l|phase_?|fase_?)(?P<phase>[123abc])(?=_|$)"
"""A phase anywhere in a name, where nothing else in it tells of a make."""

NOT_THE_METER = (
    r"inverter|solar|pv|output|batter|charg|wallbox|laad|ladung|heat|boiler|plug|socket|product|return|terug|einspeis|"
    r"export|inject|oven|load|consum"
)
"""What has three phases too and is not the connection's meter, or tells only what is given."""

CHARGER_WORDS = (
    r"_?(?:set|dynamic|available|maximum|max|charging|charger|charge|current|limit|amperage|amps?|laadstroom|strom|stroom|"
    r"ladestrom|setpoint|offered)(?=_|$)"
)
"""What a number that sets a charger's current is called by beside the charger's own name."""

STATUS_NAMES = r"(?:_|^)(?:status|state|mode3|zustand)(?:_|$)"
STATUS_WORDS = frozenset(
    {
        "available",
        "connected",
        "charging",
        "disconnected",
        "unplugged",
        "paused",
        "ready",
        "waiting",
        "completed",
        "idle",
    }
)


CALLED_CHARGER = (
    r"wall|charg|laad|lade|ladd|borne|recharge|evse|(?:^|_)(?:ev|car|auto|bil|voiture|garage|carport)(?:_|$)"
)
"""A number of amps with such a name is a charger's. Any other is only a guess, whatever belongs to it."""
NOT_A_CHARGER = (
    r"batter|discharg|entlad|inverter|omvormer|wechselrichter|onduleur|vaxelriktare|grid|bms|ess(?:_|$)|accu|akku"
)
"""A number of amps with such a name is more likely a home battery's or an inverter's."""

SAME_W, SAME_SHARE = 20.0, 0.03
"""Powers that differ by less [W, and this part] are the same: they are told at other moments."""
LOWEST_A = 8.0
"""A number of amps that can be set to this or less may be a charger's [A]: 6 A is the least of IEC 61851-1."""
UNNAMED = "known by its unit and its company alone"
BY_SHAPE = f"{UNNAMED}: look whether {{what}}"
NO_MAKE = "its name tells of no make: look whether this is a charger"


def phases_of_shape(
    groups: Mapping[str, Mapping[str, Entity]], flows: Sequence[Entity]
) -> tuple[Mapping[str, Entity], str]:
    """Three flows that differ in their phase only, and what shows that they are the meter; none where it is unclear.

    `groups`: as they are found by `PHASE_WORD`. Where there are several, those count whose sum another sensor shows.
    """
    whole = [
        phases
        for place, phases in groups.items()
        if len(phases) == len(PHASES) and not re.search(NOT_THE_METER, place) and not re.search(NOT_A_HOUSE, place)
    ]
    for phases in whole:
        total = next((each for each in flows if each not in phases.values() and _is_sum(each, phases)), None)
        if total is not None:
            return phases, f"together they are what {total.entity} shows"
    return (whole[0], "no others are one a phase") if len(whole) == 1 else ({}, "")


def _is_sum(total: Entity, phases: Mapping[str, Entity]) -> bool:
    parts = [each.watts for each in phases.values()]
    if total.watts is None or None in parts:
        return False
    whole_w = sum(part for part in parts if part is not None)
    room_w: float = SAME_W + SAME_SHARE * abs(whole_w)
    return room_w < abs(whole_w) and abs(total.watts - whole_w) <= room_w


def chargers_of_shape(seen: Sequence[Entity], used: set[str]) -> Guess:
    """Numbers of amps as a charger has them, with what has the same device, or else the same name before it."""
    guess = Guess()
    for number in seen:
        if number.domain != "number" or not number.is_current or number.entity in used or not _is_chargers(number):
            continue
        stem = re.sub(CHARGER_WORDS, "", number.name).strip("_")
        if (stem or "charger") in (*guess.part, *guess.proposed):
            continue  # another number of the same charger, such as its lowest current
        near = [each for each in seen if each.entity not in used and is_near(number, each, stem)]
        load: dict[str, object] = {"type": "number", "current": number.entity}
        roles = {
            "switch": next((each for each in near if each.domain == "switch"), None),
            "draw": next((each for each in near if each.domain == "sensor" and each.is_power), None)
            or next((each for each in near if each.domain == "sensor" and each.is_current), None),
            "status": next((each for each in near if _is_status(each)), None),
        }
        load |= {role: each.entity for role, each in roles.items() if each is not None}
        name = stem or "charger"
        is_named = re.search(CALLED_CHARGER, number.name) is not None
        is_guess = re.search(NOT_A_CHARGER, number.name) is not None or not is_named
        (guess.proposed if is_guess else guess.part)[name] = load
        guess.used |= {str(entity) for key, entity in load.items() if key != "type"}
        company = ", ".join(each.entity for each in roles.values() if each is not None) or "nothing"
        by = "of its device" if number.device else "by the same name"
        guess.reasons.append(f"loads.{name}: {number.entity}: a number of amps as chargers have; {company} {by}")
        doubt = NO_MAKE if is_named else BY_SHAPE.format(what="this is a charger")
        guess.doubts.append(f"loads.{name}: {doubt}")
    return guess


def _is_chargers(number: Entity) -> bool:
    """Whether what may be set is what a charger may be set to."""
    low, high = number.number("min"), number.number("max")
    return low is not None and high is not None and low <= LOWEST_A < high


def _is_status(each: Entity) -> bool:
    return (
        each.domain == "sensor"
        and not each.unit
        and (re.search(STATUS_NAMES, each.name) is not None or each.state.lower() in STATUS_WORDS)
    )
