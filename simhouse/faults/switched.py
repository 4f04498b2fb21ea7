"""Faults of switched loads: plugs, tanks, heat pumps, radiators."""

from __future__ import annotations

from typing import Any

from simhouse.devices.radiators import RadiatorGroup

from . import houses
from .chargers import CUT
from .fault import Fault, Predicate
from .meters import DEVICE_S, FAILSAFE, RAISES_S
from .predicates import all_well, at_least, at_most, both, reports, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven, Shows, Unresponsive, silent, word

RADIATORS: dict[str, Any] = {
    "name": "heating",
    "power_saving": "input_number.power_saving",
    "max_active": [3, 2, 1, 0],
    "radiators": [
        {"name": name, "virtual": f"input_boolean.{name}", "actual": f"switch.{name}"}
        for name in ("bath", "hall", "den")
    ],
}
HEATED = houses.site({"heating": {"type": "radiators", "rated_w": 1150, "phases": ["L1"]}}) | {"radiators": RADIATORS}
SWITCHED_HOUSE = houses.site({"pool": houses.plug(), "tank": houses.tank(), "pump": houses.pump()}, main_fuse_a=40)
CAR_AND_PLUG = houses.site({"car": houses.box(), "pool": houses.plug(priority=2)}, main_fuse_a=40)
GARAGE = {"garage": {"fuse_a": 20}}
"""A circuit without a meter."""


def in_the_garage(**loads: Any) -> dict[str, Any]:
    """Return the CONFIG of a car and other loads behind a 20 A fuse without a meter."""
    behind = {name: {**load, "circuit": "garage"} for name, load in {"car": houses.box(), **loads}.items()}
    return houses.site(behind, main_fuse_a=40, circuits=GARAGE)


METERED = HEATED | {
    "power_saving": {
        "meter": "sensor.l1",
        "target": "input_number.power_saving",
        "max_available": 5750,
        "security_margin": 100,
        "per_radiator": 1150,
    }
}


def shows(entity: str, text: str) -> Predicate:
    """Return a predicate: an entity of the house shows this state."""
    return lambda stage: bool(stage.house.states.get(entity, {}).get("state") == text)


def relays_on(most: int) -> Predicate:
    """Return a predicate: at most this many radiators are on."""

    def sees(stage: Stage) -> bool:
        group = next(each for each in stage.house.plugs.values() if isinstance(each, RadiatorGroup))
        return sum(radiator.on for radiator in group.radiators.values()) <= most

    return sees


def warm(least: int) -> Predicate:
    """Return a predicate: at least this many radiators are on."""
    fewer = relays_on(least - 1)
    return lambda stage: not fewer(stage)


def turns(count: int) -> Predicate:
    """Return a predicate: this many radiators are on; at a change of turns one goes off a second before the next comes
    on."""
    return lambda stage: stage.published.get("pyscript.radiator_status", {}).get("state") == str(count)


def _silent_load_fault(name: str, happens: str, entities: str, **loads: Any) -> Fault:
    """Return the fault of a switched load in the garage that stops answering and keeps its state."""
    return Fault(
        name,
        f"{happens} behind a fuse without a meter, and stays as it is",
        "that fuse below its rating: its rating stays reserved",
        in_the_garage(**loads),
        (Shows(entities, word("unavailable")), Unresponsive(entities)),
        both(under_the_fuse, at_most(10, "car")),
        0,
        "an unavailable load counts with its rating until it is known to be off",
        both(under_the_fuse, at_least(8, "car"), all_well),
        RAISES_S,
        settles_s=90,
    )


async def _restarted(stage: Stage) -> None:
    """Cut the machine's power for a moment."""
    await stage.kill()
    await stage.restart()


UNMETERED = (
    _silent_load_fault(
        "plug_unavailable_unmetered",
        "the plug is unavailable",
        "switch.pool sensor.pool_power",
        pool=houses.plug(priority=2),
    ),
    _silent_load_fault(
        "tank_switch_unavailable_unmetered",
        "the switch of an unmeasured tank is unavailable",
        "switch.tank",
        tank=houses.tank(priority=2, rated_w=2300, power=None),
    ),
    _silent_load_fault(
        "pump_unavailable_unmetered",
        "both relays of an unmeasured heat pump are unavailable",
        "switch.sg1 switch.sg2",
        pump=houses.pump(priority=2, rated_w=2300, power=None),
    ),
    Fault(
        "charger_number_unavailable_unmetered",
        "a three-phase charger with a one-phase car and one power sensor is unavailable behind a fuse without a meter",
        "that fuse below its rating: all of its power stays reserved on each phase",
        houses.site(
            {
                "wall": houses.box("wall", priority=2, circuit="garage"),
                "car": houses.box(priority=1, phases=houses.PHASES, circuit="garage"),
            },
            phases=3,
            main_fuse_a=63,
            circuits=GARAGE,
            distribution="priority",
        ),
        (Shows("number.car switch.car sensor.car_status", word("unavailable")),),
        both(under_the_fuse, at_most(7, "wall")),
        0,
        "an unavailable charger counts with all that it may draw",
        both(under_the_fuse, at_least(12, "car"), all_well),
        RAISES_S,
        settles_s=90,
        car_phases=1,
    ),
    Fault(
        "plug_late_unmetered",
        "Home Assistant restarts, and a plug behind a fuse without a meter appears a minute later",
        "that fuse below its rating: its rating stays reserved",
        in_the_garage(pool=houses.plug(priority=2)),
        (Shows("switch.pool sensor.pool_power", silent), Does(_restarted)),
        both(under_the_fuse, at_most(10, "car")),
        0,
        "a load that has not appeared yet counts with its rating",
        both(under_the_fuse, at_least(8, "car"), all_well),
        RAISES_S,
        settles_s=90,
        lasts_s=60,
        own_process=True,
    ),
    Fault(
        "pump_unmeasured_unmetered",
        "an unmeasured heat pump may run, with a car behind the same fuse without a meter",
        "that fuse below its rating: the rating of the pump is reserved while it may run",
        in_the_garage(pump=houses.pump(priority=2, rated_w=2300, power=None)),
        (),
        both(under_the_fuse, at_most(10, "car")),
        0,
        "it counts with its rating while it is not blocked",
        both(under_the_fuse, at_least(8, "car"), all_well),
        RAISES_S,
        settles_s=90,
    ),
)

SWITCHED = (
    *UNMETERED,
    Fault(
        "meter_stops_switched",
        "the meter stops reporting while a plug, a tank and a heat pump run",
        "plug and tank off, both relays of the heat pump open",
        SWITCHED_HOUSE,
        (Shows("sensor.l1", silent), Oven()),
        both(at_most(0, "pool", "tank"), shows("switch.sg1", "off"), shows("switch.sg2", "off")),
        60 + DEVICE_S,
        FAILSAFE,
        both(at_least(8, "pool", "tank"), all_well),
        RAISES_S,
    ),
    Fault(
        "meter_stops_radiators",
        "the meter stops reporting while radiators are on",
        "one radiator on (blind_active)",
        HEATED,
        (Shows("sensor.l1", silent), Oven(4)),
        both(relays_on(1), turns(1)),
        60 + DEVICE_S,
        FAILSAFE,
        both(warm(3), all_well),
        180,
        helpers={"input_number.power_saving": "0"},
    ),
    Fault(
        "plug_ignores",
        "the plug ignores its switch, and the oven comes on",
        "the fuse below its rating: the car is cut",
        CAR_AND_PLUG,
        (Unresponsive("switch.pool"), Oven(16)),
        under_the_fuse,
        15 + DEVICE_S,
        "a draw above the setpoint is accepted after 15 s, plus the car's time",
        both(at_least(15, "car"), at_least(9, "pool")),
        300,
    ),
    Fault(
        "plug_unavailable",
        "the plug is unavailable and keeps drawing, and the oven comes on",
        "the fuse below its rating: the car is cut",
        CAR_AND_PLUG,
        (Shows("switch.pool sensor.pool_power", word("unavailable")), Unresponsive("switch.pool"), Oven(16)),
        under_the_fuse,
        DEVICE_S,
        CUT,
        both(at_least(15, "car"), at_least(9, "pool"), all_well),
        120,
    ),
    Fault(
        "tank_thermometer_stops",
        "the tank's temperature becomes unknown",
        "the tank off, and the user informed",
        SWITCHED_HOUSE,
        (Shows("sensor.tank", word("unavailable")),),
        both(at_most(0, "tank"), reports("tank")),
        60 + DEVICE_S,
        "a tank without its own thermostat is heated for one more minute",
        both(at_least(8, "pool"), all_well),
        15,
        lasts_s=120,
    ),
    Fault(
        "pump_relay_ignores",
        "the relays of the heat pump ignore their commands while the oven leaves no power for it",
        "the plug off, and the user informed",
        houses.site({"pump": houses.pump(dwell_s=60), "pool": houses.plug(priority=2)}, main_fuse_a=32),
        (Unresponsive("switch.sg1 switch.sg2"), Oven(20)),
        both(at_most(0, "pool"), reports("pump")),
        90 + DEVICE_S,
        "30 s without power, a second command after 10 s, then the report; plus the device's time",
        both(at_least(9, "pool"), all_well),
        300,
        settles_s=70,
        lasts_s=180,
    ),
    Fault(
        "radiator_relay_ignores",
        "the relay of one radiator ignores its commands, and the oven leaves power for two",
        "no more on than fit: the others go off",
        HEATED,
        (Unresponsive("switch.bath"), Oven(10)),
        under_the_fuse,
        30 + DEVICE_S,
        "a radiator that does not respond counts as on, and the others go off",
        warm(3),
        300,
        helpers={"input_number.power_saving": "0"},
        lasts_s=180,
    ),
    Fault(
        "radiator_level_unknown",
        "the level of the radiators is unknown, at a level of 2",
        "one radiator on, as the last level says",
        HEATED,
        (Shows("input_number.power_saving", word("unknown")),),
        both(relays_on(1), turns(1)),
        0,
        "the last level is held",
        both(warm(1), all_well),
        60,
        helpers={"input_number.power_saving": "2"},
    ),
    Fault(
        "power_saving_meter_stops",
        "the meter of the power-saving level stops reporting",
        "the second highest level (blind_level), one radiator",
        METERED,
        (Shows("sensor.l1", silent),),
        both(relays_on(1), turns(1), shows("input_number.power_saving", "2")),
        60 + DEVICE_S,
        FAILSAFE,
        both(warm(3), all_well),
        300,
        lasts_s=180,
    ),
)
