"""Faults of a load in watts: its number, its thermometer, the house around it."""

from __future__ import annotations

from simhouse.devices.heater import Heater

from . import houses
from .chargers import CUT
from .fault import Fault
from .meters import DEVICE_S, RAISES_S
from .predicates import all_well, at_least, at_most, both, reports, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven, Shows, Unresponsive, word

HEATER = houses.site({"heater": houses.heater(priority=1), "car": houses.box(priority=2)}, main_fuse_a=32)
WATER = houses.site({"heater": houses.heater(temperature="sensor.water", max_c=70)})

LATE_S, COARSE_W = 20.0, 500.0
"""When a slow device follows its number [s], and the steps in which it does [W]."""


def _slow(stage: Stage) -> None:
    """Let the heater follow late and in coarse steps from now on."""
    heater = stage.house.plugs["heater"]
    assert isinstance(heater, Heater)
    heater.answers_s, heater.steps_w = LATE_S, COARSE_W


WATTS = (
    Fault(
        "heater_oven_alone",
        "the oven comes on while a load in watts has just been sent its power",
        "the fuse below its rating: the heater takes less at once, whatever its write interval",
        houses.site({"heater": houses.heater(max_w=4000, write_every_s=60)}),
        (Oven(8),),
        under_the_fuse,
        DEVICE_S,
        CUT,
        both(at_least(17, "heater"), all_well),
        RAISES_S + 60,
    ),
    Fault(
        "heater_ignores",
        "a load in watts ignores its number, and the oven comes on",
        "the fuse below its rating: the car is cut, and the user informed",
        houses.site(
            {"heater": houses.heater(priority=2), "car": houses.box(priority=1, max_a=14)},
            main_fuse_a=32,
            distribution="priority",
        ),
        (Unresponsive("number.heater"), Oven(6)),
        both(under_the_fuse, reports("loads.heater: ignores its limit")),
        60 + DEVICE_S,
        "the car is cut once a draw above the setpoint is accepted, after 15 s; the user is informed after 30 s, "
        "counted anew from a cut that had to wait for write_every_s",
        both(at_least(13, "car"), all_well),
        300,
    ),
    Fault(
        "heater_late_and_coarse",
        "a load in watts begins to follow its number late and in coarse steps, and the oven comes on",
        "the fuse below its rating, without a further overload",
        houses.site({"heater": houses.heater(max_w=4000)}),
        (Does(_slow), Oven(8, after_s=60)),
        under_the_fuse,
        60 + LATE_S + 2,
        "the heater takes 20 s to follow",
        both(at_least(16, "heater"), all_well),
        RAISES_S + 2 * LATE_S,
        lasts_s=300,
    ),
    Fault(
        "heater_unavailable",
        "a load in watts is unavailable and goes on as it is, and the oven comes on",
        "the fuse below its rating: the car is cut",
        HEATER,
        (Shows("number.heater sensor.heater_power", word("unavailable")), Unresponsive("number.heater"), Oven(6)),
        under_the_fuse,
        DEVICE_S,
        CUT,
        both(at_least(14, "car"), all_well),
        300,
    ),
    Fault(
        "heater_thermometer_stops",
        "the temperature that ends a load in watts becomes unknown",
        "the load off, and the user informed",
        WATER,
        (Shows("sensor.water", word("unavailable")),),
        both(at_most(0, "heater"), reports("loads.heater: its temperature is unknown")),
        DEVICE_S,
        "it is off while its temperature is unknown",
        both(at_least(9, "heater"), all_well),
        RAISES_S,
    ),
)
"""Every fault of a load in watts."""
