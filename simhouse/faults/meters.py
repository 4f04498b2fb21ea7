"""Faults of meters and sensors."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from simhouse.devices.charger import Charger

from . import houses
from .fault import Fault, Trouble
from .predicates import all_well, at_least, at_most, both, reports, site, under_the_fuse
from .stage import Stage
from .troubles import Does, ExchangedEntities, Flickers, Freezes, Oven, Shows, silent, times, word

DEVICE_S = 6
"""Time for a command (1 s) and for a car to follow (5 s, IEC 61851-1)."""

STALE = "stale_after_s, 30 s, plus the car's time"
FAILSAFE = "failsafe_after_s, 60 s, plus the car's time"
RAISES_S = 60
"""Room is watched for 20 s, then amps come back in steps."""

ONE_CAR = houses.site({"car": houses.box()})
CAR_BACK = both(at_least(15, "car"), all_well)


def _meter_fault(name: str, happens: str, trouble: Trouble, *, oven: Oven | None = None, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "the car at its minimum",
        "config": ONE_CAR,
        "safe": both(at_most(6, "car"), site("blind")),
        "within_s": 30 + DEVICE_S,
        "promise": STALE,
        "fine": CAR_BACK,
        "fine_within_s": RAISES_S,
    }
    return Fault(name, happens, troubles=(trouble, oven or Oven()), **(facts | more))


THREE = houses.site({"car": houses.box(phases=["L2"]), "wall": houses.box("wall")}, phases=3)
SUNNY = houses.site(
    {"car": houses.box(mode="solar_only")},
    solar_w="sensor.sun",
    battery={"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "soc_target_pct": 50},
)
TWO_BATTERIES = deepcopy(SUNNY)
TWO_BATTERIES["site"]["battery"] = [
    SUNNY["site"]["battery"],
    {"soc_pct": "sensor.second_soc", "charge_w": "sensor.second", "soc_target_pct": 40},
]
NONSENSE = ("0", "999999", "-999999", "nan", "unknown")


CHANGES_S = 25


def _appetite_changes(stage: Stage) -> None:
    """Change the car's draw now and then, so that a stuck meter can be detected."""
    times_set, into_s = divmod(stage.t_s, CHANGES_S)
    if into_s == 0:
        box = stage.house.chargers["car"]
        assert isinstance(box, Charger)
        box.car = replace(box.car, max_a=16.0 if times_set % 2 else 7.0)


def _written_inverted(stage: Stage) -> None:
    """Write the meter as inverted, as the error advises; the meter stays as it is."""
    stage.masks["sensor.l1"] = times(-1)
    stage.write(stage.written(grid={"L1": {"entity": "sensor.l1", "invert": True}}))


def _written_exchanged(stage: Stage) -> None:
    """Exchange two meters in CONFIG, as the error advises; the meters stay as they are."""
    stage.masks |= {one: lambda _, two=two: stage.house.states[two] for one, two in SWAPPED.items()}  # type: ignore[misc]
    stage.write(stage.written(grid={"L1": "sensor.l2", "L2": "sensor.l1"}))


SWAPPED = {"sensor.l1": "sensor.l2", "sensor.l2": "sensor.l1"}


def _back_or_not_yet_there(stage: Stage) -> bool:
    """Whether the car charges again, as `CAR_BACK`; before the fault there is no car."""
    return all_well(stage) and (stage.t_s <= stage.begins_s or at_least(15, "car")(stage))


METERS = (
    _meter_fault("meter_stops", "the meter stops reporting, and the oven comes on", Shows("sensor.l1", silent)),
    _meter_fault(
        "meter_unavailable", "the meter is unavailable, and the oven comes on", Shows("sensor.l1", word("unavailable"))
    ),
    _meter_fault("meter_nan", "the meter reports nan, and the oven comes on", Shows("sensor.l1", word("nan"))),
    _meter_fault("meter_infinite", "the meter reports 1e400, and the oven comes on", Shows("sensor.l1", word("1e400"))),
    _meter_fault(
        "meter_stops_failsafe_0",
        "the meter stops reporting, and failsafe_a is 0",
        Shows("sensor.l1", silent),
        config=houses.site({"car": houses.box(failsafe_a=0)}),
        safe_state="the car paused",
        safe=at_most(0, "car"),
        within_s=60 + DEVICE_S,
        promise=FAILSAFE,
        fine_within_s=240,
    ),
    _meter_fault(
        "meter_freezes",
        "the meter repeats one value when a car is plugged in, and the oven comes on",
        Freezes("sensor.l1"),
        arrives_s={"car": 45.0},
        fine=_back_or_not_yet_there,
        within_s=90 + DEVICE_S,
        promise="frozen for 60 s while a load changed by 2 A, plus the car's time",
        lasts_s=180,
    ),
    _meter_fault(
        "meter_zero",
        "the meter stays at 0, and the oven comes on",
        Shows("sensor.l1", word("0")),
        arrives_s={"car": 45.0},
        fine=_back_or_not_yet_there,
        within_s=50 + DEVICE_S,
        lasts_s=180,
        promise="the car begins 15 s into the fault; stale_after_s, 30 s; plus the car's time",
    ),
    _meter_fault(
        "meter_falls_to_zero",
        "the meter's template shows 0 while two cars charge",
        Shows("sensor.l1", word("0")),
        oven=Oven(0),
        config=houses.site({"car": houses.box(), "wall": houses.box("wall")}),
        safe_state="the fuse below its rating, and the cars at their minimum",
        safe=both(under_the_fuse, at_most(6, "car", "wall"), site("blind")),
        fine=both(at_least(7, "car"), all_well),
        house_a=8.0,
    ),
    _meter_fault(
        "meter_jumps_once",
        "one reading of 999999 W",
        Flickers("sensor.l1", ("999999",), every_s=60),
        oven=Oven(0),
        safe_state="the car cut, and not paused",
        safe=at_least(5, "car"),
        within_s=0,
        promise="one reading uses up no fuse budget",
        lasts_s=10,
    ),
    _meter_fault(
        "meter_jumps",
        "every five seconds the meter reports 0, +-999999, nan or unknown for one second",
        Flickers("sensor.l1", NONSENSE),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=DEVICE_S,
        promise="a cut is sent on the first reading above the rating, plus the car's time",
        fine_within_s=300,
    ),
    _meter_fault(
        "meter_of_one_phase_stops",
        "the meter of L2 stops reporting, and the oven comes on there",
        Shows("sensor.l2", silent),
        oven=Oven(phases="L2"),
        config=THREE,
        safe_state="the car on L2 at its minimum, the others continue",
        safe=both(at_most(6, "car"), at_least(15, "wall")),
    ),
    Fault(
        "meter_sign_wrong",
        "the meter's sign is reversed, while the car's draw varies",
        "reported with the correction for CONFIG; CONFIG is not changed by Fusebox",
        ONE_CAR,
        (Shows("sensor.l1", times(-1)), Does(lambda _: None, _written_inverted, _appetite_changes)),
        reports("site.grid.L1 seems to be reversed"),
        4 * CHANGES_S + 15,
        "after four changes of a load, here one in 25 s; the fuse is not protected until then",
        all_well,
        15,
        lasts_s=150,
    ),
    Fault(
        "phases_exchanged",
        "the meters of L1 and L2 are exchanged, while the car's draw varies",
        "reported with the correction for CONFIG; CONFIG is not changed by Fusebox",
        houses.site({"car": houses.box()}, phases=2),
        (ExchangedEntities("sensor.l1", "sensor.l2"), Does(lambda _: None, _written_exchanged, _appetite_changes)),
        reports("it was seen on L2"),
        4 * CHANGES_S + 15,
        "after four changes of a load, here one in 25 s; the fuse is not protected until then",
        all_well,
        15,
        lasts_s=150,
    ),
    Fault(
        "draw_sensor_stops",
        "the car's own sensor stops reporting, and the oven comes on",
        "the fuse below its rating",
        ONE_CAR,
        (Shows("sensor.car_power", silent), Oven()),
        under_the_fuse,
        DEVICE_S,
        "a cut is sent on the first reading above the rating, plus the car's time",
        CAR_BACK,
        RAISES_S,
    ),
    Fault(
        "draw_sensor_unavailable",
        "the car's own sensor is unavailable, and the oven comes on",
        "the fuse below its rating",
        ONE_CAR,
        (Shows("sensor.car_power", word("unavailable")), Oven()),
        under_the_fuse,
        DEVICE_S,
        "a cut is sent on the first reading above the rating, plus the car's time",
        CAR_BACK,
        RAISES_S,
    ),
    Fault(
        "draw_sensor_nonsense",
        "the car's own sensor reports 999999 W, and the oven comes on",
        "the fuse below its rating",
        ONE_CAR,
        (Shows("sensor.car_power", word("999999")), Oven()),
        under_the_fuse,
        15 + DEVICE_S,
        "a draw above the setpoint is accepted after 15 s, plus the car's time",
        CAR_BACK,
        RAISES_S,
    ),
    Fault(
        "battery_power_stops",
        "the battery's power is no longer reported while a car runs on it",
        "the car paused",
        SUNNY,
        (Shows("sensor.battery", silent),),
        at_most(0, "car"),
        60 + 180 + DEVICE_S,
        "failsafe_after_s and stop_after_s, 240 s, plus the car's time",
        both(at_least(6, "car"), all_well),
        300,
        lasts_s=300,
        settles_s=150,
        solar_w=5000.0,
        soc_pct=60.0,
    ),
    Fault(
        "one_of_two_batteries_gone",
        "charge and power of the second of two batteries are unavailable while a car runs on the sun",
        "the car paused, and the battery named",
        TWO_BATTERIES,
        (Shows("sensor.second sensor.second_soc", word("unavailable")),),
        both(at_most(0, "car"), reports("site.battery[1].charge_w is silent")),
        60 + 180 + DEVICE_S,
        "failsafe_after_s and stop_after_s, 240 s, plus the car's time",
        both(at_least(6, "car"), all_well),
        300,
        lasts_s=300,
        settles_s=150,
        solar_w=5000.0,
        soc_pct=60.0,
    ),
    Fault(
        "battery_charge_unknown",
        "the battery's state of charge becomes unknown while a car runs on solar surplus",
        "none of its current from the grid",
        SUNNY,
        (Shows("sensor.soc", word("unknown")),),
        lambda stage: stage.house.now is not None and stage.house.now.net_a["L1"] < 1,
        DEVICE_S,
        "the last known charge counts for 15 minutes",
        both(at_least(6, "car"), all_well),
        60,
        settles_s=150,
        solar_w=5000.0,
        soc_pct=60.0,
    ),
)
