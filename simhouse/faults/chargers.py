"""Faults of chargers: on entity level, of a Wallbox, and of OCPP charge points on their sockets."""

from __future__ import annotations

from dataclasses import replace

from simhouse.devices.charger import Charger
from simhouse.devices.ocpp.firmware import Firmware, Outage

from . import houses
from .fault import Fault
from .meters import CAR_BACK, DEVICE_S, ONE_CAR, RAISES_S
from .predicates import all_well, at_least, at_most, both, reports, status, under_the_fuse
from .stage import Stage
from .troubles import Behaves, Does, Oven, RefusedService, Shows, Unresponsive, silent, word

CUT = "a cut is sent on the first reading above the rating, plus the car's time"
STRAY = "its switch is turned off after 30 s of overload, plus the car's time"
LEASE = "lease_s, 120 s, plus the car's time"
OCPP_LADDER = "the fuse budget, 30 s here, 20 s at 0 A, a report every 10 s, plus the car's time"
SLOW_CLOUD_S = 300
"""A Wallbox, which reports every 30 s, is at its full current after this."""

SAMPLES_S = 10
"""Period in which an OCPP charger reports its draw [s]."""

TWO_CARS = houses.site({"car": houses.box(), "wall": houses.box("wall", priority=2, phases=["L1"])}, main_fuse_a=40)
OCPP = houses.site({"car": houses.ocpp()})
OCPP_BACK = both(at_least(15, "car"), all_well)
WALLBOX_ENTITIES = (
    "number.wb_maximum_charging_current switch.wb_pause_resume sensor.wb_charging_power sensor.wb_status_description"
)
WALLBOX = houses.site(
    {
        "car": {
            "type": "wallbox",
            **dict(zip(("current", "switch", "draw", "status"), WALLBOX_ENTITIES.split(), strict=True)),
            "max_a": 16,
            "phases": ["L1"],
        }
    }
)


def _power_cut(stage: Stage) -> None:
    """Cut the charger's power for 20 s; it comes back with its installer's settings."""
    box = stage.house.chargers["car"]
    assert isinstance(box, Charger)
    into_s = stage.t_s - stage.begins_s
    stage.house.dark = {"car"} if into_s < 20 else set()
    if into_s == 20:
        box.number_a, box.switch_on = 16.0, True


def reboot(stage: Stage) -> None:
    """Restart the charge points."""
    for point in stage.charge_points:
        point.electronics.reset()


def _takes_profiles(stage: Stage) -> None:
    """Switch on the charge points' smart charging."""
    for point in stage.charge_points:
        point.firmware = point.electronics.firmware = replace(point.firmware, rejects_from_s=None)


def _ocpp_fault(name: str, happens: str, firmware: Firmware, safe_state: str, **more: object) -> Fault:
    facts: dict[str, object] = {
        "config": OCPP,
        "troubles": (Oven(),),
        "safe": under_the_fuse,
        "fine": OCPP_BACK,
        "settles_s": 90,
        "firmwares": {"evse1": firmware},
    }
    return Fault(name, happens, safe_state, **(facts | more))  # type: ignore[arg-type]


CHARGERS = (
    Fault(
        "oven_alone",
        "nothing is wrong, and the oven comes on",
        "the fuse below its rating",
        ONE_CAR,
        (Oven(),),
        under_the_fuse,
        DEVICE_S,
        CUT,
        CAR_BACK,
        RAISES_S,
    ),
    Fault(
        "charger_ignores_its_current",
        "the charger ignores its current, and the oven comes on",
        "the charger switched off",
        ONE_CAR,
        (Unresponsive("number.car"), Oven()),
        at_most(0, "car"),
        30 + DEVICE_S,
        STRAY,
        at_least(15, "car"),
        300,
    ),
    Fault(
        "charger_ignores_all",
        "the charger ignores its current and its switch, and the oven comes on",
        "the other car paused, and the user informed",
        TWO_CARS,
        (Unresponsive("number.car switch.car"), Oven(18)),
        both(at_most(0, "wall"), reports("loads.car: ignores its limit"), status("car", "fault")),
        90 + DEVICE_S,
        "the user is informed after 30 s; "
        "the other car is paused when the fuse budget is used up, here after 60 to 90 s",
        at_least(15, "car", "wall"),
        300,
        lasts_s=150,
    ),
    Fault(
        "charger_call_fails",
        "every call of number.set_value fails, and the oven comes on",
        "the charger switched off",
        ONE_CAR,
        (RefusedService("number.set_value"), Oven()),
        at_most(0, "car"),
        30 + DEVICE_S,
        STRAY,
        at_least(15, "car"),
        300,
    ),
    Fault(
        "charger_offline",
        "the charger's entities are unavailable while it continues charging, and the oven comes on",
        "the fuse below its rating: the other car is cut",
        TWO_CARS,
        (Shows(houses.entities("car"), word("unavailable")), Oven(10)),
        under_the_fuse,
        DEVICE_S,
        CUT,
        both(at_least(15, "car", "wall"), all_well),
        RAISES_S,
    ),
    Fault(
        "charger_number_unavailable",
        "the charger's number is unavailable while it continues charging, and the house draws 18 A more",
        "the charger switched off",
        ONE_CAR,
        (Shows("number.car", word("unavailable")), Oven(18)),
        both(under_the_fuse, at_most(0, "car")),
        DEVICE_S,
        CUT,
        both(at_least(15, "car"), all_well),
        300,
    ),
    Fault(
        "charger_back_at_full_current",
        "after a power cut the charger offers 16 A again while the oven is on",
        "the fuse below its rating",
        ONE_CAR,
        (Oven(), Does(each=_power_cut)),
        under_the_fuse,
        20 + 10 + DEVICE_S,
        "it restarts after 20 s and its car draws 10 s later; " + CUT,
        CAR_BACK,
        RAISES_S,
    ),
    Fault(
        "all_stands_still",
        "meter and charger stop reporting; at the end the charger reports everything that it received meanwhile",
        "the car at its minimum",
        ONE_CAR,
        (Shows(f"sensor.l1 {houses.entities()}", silent),),
        at_most(6, "car"),
        30 + DEVICE_S,
        "stale_after_s, 30 s, plus the car's time; a command displayed late is not taken for a change by the user",
        CAR_BACK,
        RAISES_S,
        lasts_s=600,
    ),
    Fault(
        "wallbox_ignores_its_current",
        "a Wallbox ignores its current, and the oven comes on",
        "the charger paused",
        WALLBOX,
        (Unresponsive("number.wb_maximum_charging_current"), Oven()),
        at_most(0, "car"),
        90 + 25 + DEVICE_S,
        "30 s or 1.5 times its usual response time, at most 90 s; its cloud takes up to 25 s",
        both(at_least(15, "car"), all_well),
        500,
        lasts_s=180,
        settles_s=SLOW_CLOUD_S,
    ),
    Fault(
        "wallbox_cloud_stops",
        "a Wallbox stops reporting and ignores all commands, and the oven comes on",
        "the user informed",
        WALLBOX,
        (Shows(WALLBOX_ENTITIES, silent), Unresponsive(WALLBOX_ENTITIES), Oven()),
        reports("car"),
        120,
        "a device that displays none of its commands is reported after 90 s",
        both(at_least(15, "car"), all_well),
        700,
        lasts_s=180,
        settles_s=SLOW_CLOUD_S,
    ),
    _ocpp_fault(
        "ocpp_oven_alone",
        "nothing is wrong, and the oven comes on",
        Firmware(unlimited_a=16),
        "the fuse below its rating",
        within_s=DEVICE_S,
        promise=CUT,
        fine_within_s=RAISES_S,
    ),
    _ocpp_fault(
        "ocpp_offline",
        "the charge point loses its connection and continues charging, and the oven comes on",
        Firmware(unlimited_a=16),
        "the charger at failsafe_a",
        troubles=(Behaves(outages=(Outage(0, float("inf"), 110),)), Oven()),
        safe=at_most(6, "car"),
        within_s=120 + DEVICE_S,
        promise=LEASE,
        lasts_s=180,
        fine_within_s=120,
    ),
    _ocpp_fault(
        "ocpp_ignores_profiles",
        "the charge point accepts every profile and obeys none, and the oven comes on",
        Firmware(unlimited_a=16),
        "its session ended",
        troubles=(Behaves(unresponsive_from_s=0.0), Oven()),
        safe=at_most(0, "car"),
        within_s=30 + 20 + SAMPLES_S + DEVICE_S,
        promise=OCPP_LADDER,
        lasts_s=180,
        fine_within_s=900,
    ),
    _ocpp_fault(
        "ocpp_rejects_profiles",
        "the charge point rejects every profile, and the oven comes on",
        Firmware(unlimited_a=16),
        "its session ended",
        troubles=(Behaves(rejects_from_s=0.0), Oven()),
        safe=at_most(0, "car"),
        within_s=30 + 20 + SAMPLES_S + DEVICE_S,
        promise=OCPP_LADDER,
        lasts_s=180,
        fine_within_s=600,
    ),
    _ocpp_fault(
        "ocpp_power_only_rejects_profiles",
        "a charge point that reports only its power rejects every profile, and the oven comes on",
        Firmware(unlimited_a=16, current_by="none"),
        "its session ended",
        troubles=(Behaves(rejects_from_s=0.0), Oven()),
        safe=at_most(0, "car"),
        within_s=30 + 20 + SAMPLES_S + DEVICE_S,
        promise=OCPP_LADDER,
        lasts_s=180,
        fine_within_s=600,
    ),
    _ocpp_fault(
        "ocpp_has_taken_no_profile",
        "a car is plugged in at a charge point that rejects every profile, and draws more than is available",
        Firmware(unlimited_a=16, rejects_from_s=0.0),
        "the user informed",
        troubles=(Does(last=_takes_profiles),),
        safe=both(reports("loads.car: ignores its limit"), status("car", "fault")),
        within_s=20 + 10 + SAMPLES_S,
        promise="its car starts within 20 s; the limit is ignored for 10 s, and a report comes every 10 s",
        fine=all_well,
        arrives_s={"car": 90.0},
        house_a=11.0,
        lasts_s=60,
        fine_within_s=300,
    ),
    _ocpp_fault(
        "ocpp_back_at_full_current",
        "the charge point reboots, loses its profiles and offers 32 A again while the oven is on",
        Firmware(unlimited_a=32, keeps_profiles=False, reboot_s=20),
        "the fuse below its rating",
        troubles=(Oven(), Does(reboot)),
        within_s=20 + 20 + DEVICE_S,
        promise="it boots for 20 s, its car starts within 20 s; "
        "its fail-safe and limit are sent at once, plus the car's time",
        fine_within_s=300,
    ),
)
