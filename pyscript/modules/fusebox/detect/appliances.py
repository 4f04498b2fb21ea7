"""Detect plugs with power metering, hot-water tanks and thermostats.

Only those named for their purpose become loads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from .entities import SIGNS, Entity, entities_named, entity_ids
from .found import UNFILLED, Guess

RATED_STEP_W = 100
"""Ratings are rounded up to this step [W]."""
DRAWS_W = 50.0
"""A plug that draws more than this [W] is assumed to be running, so its power now is written as its rating."""

PLUG_POWER = (
    r"_(?:switch_\d_|channel_\d_|energy_)?(?:active_)?"
    r"(?:power|current_consumption|leistung|vermogen|puissance|effekt)(?:_\d+)?$"
)


def add_appliances(entities: Sequence[Entity], guess: Guess) -> None:
    """Add the switched loads to `guess`: switches with a power sensor of that name or a water thermometer, and heaters.

    Those without a clear purpose become proposals. A switch that is used already, or whose name says it must never be
    switched, is left out.
    """
    chargers, used = set(guess.part), set(guess.used)
    for switch in entities:
        if switch.domain != "switch" or switch.entity in guess.used or switch.name.startswith("fusebox"):
            continue
        thermometer = _find_thermometer(switch, entities)
        power = _find_power_sensor(switch, entities, used, guess)
        if power is None and thermometer is None:
            continue
        if re.search(SIGNS.names["never_switched"], switch.name):
            guess.add_reason("loads", "found_not_switched", entity=switch.entity)
            continue
        _add_plug_or_tank(switch, power, thermometer, guess)
    _propose_water_heaters(entities, guess)
    if switched := [name for name in guess.part if name not in chargers]:
        guess.add_doubt("loads", "check_switched", names=", ".join(switched))


def plug_stem(switch: Entity) -> str:
    """Return the part of a plug switch's name that its power sensor shares."""
    return re.sub(r"_(?:(?:switch|relay|outlet|socket|plug)(?:_\d)?|channel_\d)$", "", switch.name)


def _add_plug_or_tank(switch: Entity, power: Entity | None, thermometer: Entity | None, guess: Guess) -> None:
    """Add a plug or tank to `guess`: a load when its name shows its purpose and it draws power, else a proposal."""
    name = guess.free_name(plug_stem(switch))
    load: dict[str, object] = {"type": "plug", "switch": switch.entity}
    if thermometer is not None:
        load |= {"type": "tank", "temperature": thermometer.entity}
        guess.add_doubt(f"loads.{name}", "check_water", entity=thermometer.entity)
    if power is not None:
        load["power"] = power.entity
    now_w = 0.0 if power is None else power.watts or 0.0
    draws, is_known = now_w > DRAWS_W, re.search(SIGNS.names["can_wait"], switch.name) is not None
    load["rated_w"] = int(ceil(now_w / RATED_STEP_W) * RATED_STEP_W) if draws else UNFILLED
    entities = ", ".join(str(load[key]) for key in ("switch", "temperature") if key in load)
    if is_known and draws and power is not None:
        make = next((sign.make for sign in SIGNS.plug if re.search(sign.power, switch.name)), "its power is measured")
        guess.part[name] = load
        guess.add_reason(f"loads.{name}", "found_plug", names=entities, entity=power.entity, make=make, now_w=now_w)
    else:
        guess.proposed[name] = load
        code = "found_unmeasured" if power is None else "found_unrated" if is_known else "found_unnamed_plug"
        guess.add_reason(f"loads.{name}", code, names=entities)
    guess.used |= {str(load[key]) for key in ("switch", "temperature", "power") if key in load}


def _find_power_sensor(switch: Entity, entities: Sequence[Entity], used: set[str], guess: Guess) -> Entity | None:
    """Return a switch's power sensor that is not in `used`: the one with its whole name, otherwise the shortest name.

    None without one, and where switches of the same name outnumber their power sensors: then all of them are marked as
    used, with a doubt.
    """
    stem = plug_stem(switch)
    powers = [one for one in entities if one.domain == "sensor" and one.unit in ("w", "kw") and one.entity not in used]
    named = entities_named(powers, PLUG_POWER)
    mine = [each for each in named if re.sub(PLUG_POWER, "", each.name) in (stem, switch.name)]
    several = [other.entity for other in entities if other.domain == "switch" and plug_stem(other) == stem]
    if mine and len(several) > len(mine):
        guess.add_doubt("loads", "check_shared_meter", entity=mine[0].entity, names=", ".join(several))
        guess.used |= {*several, mine[0].entity}
        return None
    return min(mine, key=lambda each: (not each.name.startswith(f"{switch.name}_"), len(each.name)), default=None)


def _find_thermometer(switch: Entity, entities: Sequence[Entity]) -> Entity | None:
    """Return the water thermometer of a heating switch, None without one.

    That is a temperature sensor of the same device or name, if it or the switch is named for hot water. Other
    temperatures, by name, do not count.
    """
    near = [each for each in entities if each.is_temperature and is_near(switch, each, plug_stem(switch))]
    near = [each for each in near if not re.search(SIGNS.names["not_the_water"], each.name)]
    called = entities_named((*near, switch), SIGNS.names["hot_water"])
    return next((each for each in (*called, *near) if called and each is not switch), None)


def is_near(one: Entity, other: Entity, stem: str) -> bool:
    """Return whether two entities are of the same device; if a device is unknown, whether `other` begins with `stem`.

    False for an empty stem.
    """
    if one.device and other.device:
        return one.device == other.device
    return bool(stem) and re.match(rf"{re.escape(stem)}(?:_|$)", other.name) is not None


def _propose_water_heaters(entities: Sequence[Entity], guess: Guess) -> None:
    """Add a proposal of a tank to `guess` for each water heater that is not used already."""
    for each in entities:
        if each.domain == "water_heater" and each.entity not in guess.used:
            name = guess.free_name(each.name)
            tank = {"type": "tank", "switch": each.entity, "temperature": each.entity, "rated_w": UNFILLED}
            guess.proposed[name] = tank
            guess.add_reason(f"loads.{name}", "found_water_heater", entity=each.entity)


def detect_radiators(entities: Sequence[Entity]) -> Guess:
    """Return a proposed `radiators` section: heat-only thermostats, with a switch of the same device as the relay.

    Where the device has no switch, the relay is left to fill in. Thermostats that also cool become a doubt.
    """
    climates = [each for each in entities if each.domain == "climate"]
    cooling = [each for each in climates if "cool" in str(each.attributes.get("hvac_modes"))]
    guess = Guess()
    relays = {each.device: each.entity for each in reversed(entities) if each.domain == "switch" and each.device}
    heating = [each for each in climates if each not in cooling]
    rows = [{"virtual": each.entity, "actual": relays.get(each.device, UNFILLED)} for each in heating]
    if rows:
        guess.proposed = {"radiators": rows}
        guess.add_reason("radiators", "found_thermostats", names=", ".join(row["virtual"] for row in rows))
    if cooling:
        guess.add_doubt("loads", "check_cooling", names=entity_ids(cooling))
    return guess
