"""Faults of Home Assistant: killed and restarted, its files edited, its clock set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from simhouse.devices.ocpp.firmware import Firmware

from . import houses
from .chargers import CUT, OCPP, OCPP_BACK, reboot
from .fault import Fault, Trouble
from .links import EASEE, EASEE_BACK, LASTS
from .meters import CAR_BACK, DEVICE_S, ONE_CAR, RAISES_S
from .predicates import all_well, at_least, at_most, both, reports, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven, Shows, balancer, fails, word

TYPO = "CONFIG = {'site': {'main_fuse_a': 25,,"
AFTER_20_S = f"the oven comes on after 20 s; {CUT}"
DEAD_S = 180
START_S = 5
"""The scripts load, look and act."""

BARE_CAR = houses.site({"car": {**houses.box(failsafe_a=0), "switch": None}})
"""A charger with a number only, paused by 0."""

KILLED = Does(lambda stage: stage.kill(), lambda stage: stage.restart())


def _kill_fault(name: str, happens: str, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "troubles": (KILLED, Oven(after_s=30)),
        "lasts_s": DEAD_S,
        "own_process": True,
        "settles_s": 100,
        "fine_within_s": 240,
    }
    return Fault(name, f"Home Assistant is killed, {happens}", **(facts | more))


def _config_edit_fault(name: str, happens: str, *troubles: Trouble, **more: Any) -> Fault:
    """Return a fault that edits CONFIG before an oven: the last good CONFIG stays in force. `more`: other facts."""
    facts: dict[str, Any] = {
        "safe_state": "the fuse below its rating",
        "config": ONE_CAR,
        "safe": under_the_fuse,
        "within_s": 20 + DEVICE_S,
        "promise": f"the last good CONFIG stays in force; {AFTER_20_S}",
        "fine": CAR_BACK,
        "fine_within_s": RAISES_S,
    }
    return Fault(name, happens, troubles=(*troubles, Oven(after_s=20)), **(facts | more))


def _mistaken(name: str, happens: str, trouble: Trouble, says: str) -> Fault:
    """Return a fault whose mistake must be reported, which the safe state alone would not show."""
    safe_state = "the fuse below its rating, and the mistake reported"
    return _config_edit_fault(name, happens, trouble, safe_state=safe_state, safe=both(under_the_fuse, reports(says)))


def _saved(text: str) -> Does:
    """Return a fault in which the user saves this text, and at the end the original."""
    return Does(lambda stage: stage.write(text), lambda stage: stage.write(stage.written()))


def _saved_each_second(stage: Stage) -> None:
    """Save the CONFIG each second with a changed value."""
    stage.write(stage.written(margin_a=0.5 + stage.t_s % 2 / 10))


def _set_clock_trouble(**forward: float) -> Does:
    def put(stage: Stage) -> None:
        assert stage.machine.host is not None
        stage.machine.host.clock.set_wall(timedelta(**forward))

    return Does(put)


async def _typo_and_restart(stage: Stage) -> None:
    """Save a CONFIG with a mistake, then cut the machine's power for a moment."""
    stage.write(TYPO)
    await stage.kill()
    await stage.restart()


async def _killed_after_a_minute(stage: Stage) -> None:
    """Kill Home Assistant a minute after the fault has begun."""
    if stage.t_s == stage.begins_s + 60:
        await stage.kill()


async def started_after_a_minute(stage: Stage) -> None:
    """Start Home Assistant a minute after it was killed."""
    if stage.t_s == stage.begins_s + 60:
        await stage.restart()


STEPS_FAIL = Does(lambda _: balancer().update(_decide_and_store=fails), lambda _: balancer().pop("_decide_and_store"))


KILLED_OCPP: dict[str, Any] = {
    "safe_state": "the charger at failsafe_a",
    "config": OCPP,
    "safe": at_most(6, "car"),
    "within_s": 120 + DEVICE_S,
    "fine": OCPP_BACK,
}
"""The expected behaviour of an OCPP charger after Home Assistant was killed."""

HOME_ASSISTANT = (
    _kill_fault(
        "ha_killed_ocpp",
        "and an oven comes on next to an OCPP charger",
        **KILLED_OCPP,
        promise="lease_s, 120 s, plus the car's time",
        firmwares={},
    ),
    _kill_fault(
        "ha_killed_ocpp_wrong_unit",
        "and an oven comes on next to an OCPP charger that announces amps and accepts only watts",
        **KILLED_OCPP,
        promise="its fail-safe profile is sent in both units; lease_s, 120 s, plus the car's time",
        settles_s=240,
        firmwares={"evse1": Firmware(unlimited_a=32, units="Power", states_units="Current", tells_offer=False)},
    ),
    Fault(
        "ha_killed_after_ocpp_restart",
        "an OCPP charge point restarts and loses its profiles; Home Assistant is killed a minute later",
        "the charger at failsafe_a",
        OCPP,
        (Does(reboot, lambda stage: stage.restart(), _killed_after_a_minute),),
        at_most(6, "car"),
        60 + 120 + DEVICE_S,
        "killed after 60 s; on the reconnect its fail-safe profile was sent again; lease_s, 120 s, plus the car's time",
        OCPP_BACK,
        240,
        lasts_s=60 + DEAD_S,
        settles_s=100,
        own_process=True,
        firmwares={"evse1": Firmware(unlimited_a=32, keeps_profiles=False, reboot_s=20)},
    ),
    _kill_fault(
        "ha_killed_easee",
        "and an oven comes on next to an Easee",
        safe_state="the charger at its offline limit",
        config=EASEE,
        safe=at_most(6, "car"),
        within_s=60 + DEVICE_S,
        promise=LASTS,
        fine=EASEE_BACK,
    ),
    _kill_fault(
        "ha_killed_quasar",
        "and an oven comes on next to a Quasar",
        safe_state="the Quasar at rest",
        config=houses.site({"v2g": houses.quasar()}),
        safe=at_most(0.1, "v2g"),
        within_s=60 + DEVICE_S,
        promise="it stops by itself after 60 s without a request",
        fine=both(at_least(14, "v2g"), all_well),
        pace_s=0.01,
    ),
    _kill_fault(
        "ha_killed_number",
        "and nothing comes on next to a charger that retains its number",
        troubles=(KILLED,),
        safe_state="none of its own: the charger retains its last limit",
        config=ONE_CAR,
        safe=at_most(16, "car"),
        within_s=0,
        promise="README, Safety first: a charger that retains its number has to be safe by its installer's limit",
        fine=CAR_BACK,
    ),
    Fault(
        "ha_started_over_the_fuse",
        "Home Assistant was killed while the car charged, and restarts while the oven overloads the fuse",
        "the fuse below its rating",
        ONE_CAR,
        (Does(lambda stage: stage.kill(), each=started_after_a_minute), Oven()),
        under_the_fuse,
        60 + START_S + DEVICE_S,
        "it restarts after 60 s; running loads are adopted, and cut on the first readings",
        CAR_BACK,
        RAISES_S,
        own_process=True,
    ),
    Fault(
        "ha_started_without_meters",
        "Home Assistant was killed while the car charged, and restarts while the meter is missing",
        "the car at its minimum",
        ONE_CAR,
        (
            Does(lambda stage: stage.kill(), each=started_after_a_minute),
            Shows("sensor.l1", word("unavailable")),
            Oven(),
        ),
        at_most(6, "car"),
        60 + START_S + DEVICE_S,
        "it restarts after 60 s; fail-safe until the first complete snapshot",
        CAR_BACK,
        RAISES_S,
        own_process=True,
    ),
    _mistaken("config_syntax_error", "CONFIG is saved with one comma too many", _saved(TYPO), "line 1: invalid syntax"),
    _mistaken("config_emptied", "CONFIG is saved empty", _saved(""), "has no CONFIG"),
    _mistaken(
        "config_wrong_key",
        "CONFIG is saved with a key that does not exist",
        Does(lambda stage: stage.write(stage.written(main_fuse=25)), lambda stage: stage.write(stage.written())),
        "did you mean 'main_fuse_a'",
    ),
    _mistaken(
        "config_nonsense",
        "CONFIG is saved with a fuse of nan",
        Does(
            lambda stage: stage.write(
                f"nan = float('nan')\nCONFIG = {stage.written()!r}".replace("'main_fuse_a': 25", "'main_fuse_a': nan")
            ),
            lambda stage: stage.write(stage.written()),
        ),
        "site.main_fuse_a: nan is not a number",
    ),
    _mistaken(
        "config_file_gone",
        "the file of CONFIG is deleted",
        Does(lambda stage: stage.config.unlink(), lambda stage: stage.write(stage.written())),
        "does not exist",
    ),
    Fault(
        "config_error_over_a_restart",
        "CONFIG is saved with a mistake, and Home Assistant is killed and restarted; the oven comes on",
        "the fuse below its rating",
        ONE_CAR,
        (Does(_typo_and_restart, lambda stage: stage.write(stage.written())), Oven(after_s=20)),
        both(under_the_fuse, reports("site_config.py")),
        20 + DEVICE_S,
        "the last good CONFIG is stored on disk; the oven comes on after 20 s, " + CUT,
        CAR_BACK,
        RAISES_S,
        own_process=True,
    ),
    _config_edit_fault(
        "saved_each_second",
        "CONFIG is saved each second for a minute, and the oven comes on after 20 s",
        Does(each=_saved_each_second),
        lasts_s=60,
        within_s=20 + START_S + DEVICE_S,
        promise=f"the oven comes on after 20 s; loading the scripts, 5 s, {CUT}",
        fine_within_s=120,
    ),
    _config_edit_fault(
        "clock_back_one_hour",
        "the clock is set back by an hour, and the oven comes on after 20 s",
        _set_clock_trouble(hours=-1),
        promise=AFTER_20_S,
    ),
    _config_edit_fault(
        "clock_forward_one_hour",
        "the clock is set forward by an hour, and the oven comes on after 20 s",
        _set_clock_trouble(hours=1),
        promise=AFTER_20_S,
    ),
    _config_edit_fault(
        "clock_forward_ten_years",
        "the clock is set forward by ten years, and the oven comes on after 20 s",
        _set_clock_trouble(days=3653),
        promise=AFTER_20_S,
    ),
    _config_edit_fault(
        "summer_time_begins",
        "summer time begins, and the oven comes on in the same minute",
        Does(),
        start=datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        time_zone="Europe/Amsterdam",
        promise=AFTER_20_S,
    ),
    _config_edit_fault(
        "summer_time_ends",
        "summer time ends, and the oven comes on in the same minute",
        Does(),
        start=datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        time_zone="Europe/Amsterdam",
        promise=AFTER_20_S,
    ),
    Fault(
        "steps_fail",
        "a bug of Fusebox prevents decisions, and the oven comes on next to a charger without a switch",
        "the charger at its failsafe_a, here 0 A",
        BARE_CAR,
        (STEPS_FAIL, Oven()),
        at_most(0, "car"),
        60 + DEVICE_S,
        "loads go to their fail-safe after failsafe_after_s, 60 s, plus the car's time",
        CAR_BACK,
        RAISES_S,
    ),
)
