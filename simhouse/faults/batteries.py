"""Faults while a car charges and the home battery is held: none may leave it held."""

from __future__ import annotations

import json
import sys
from typing import Any

from . import houses
from .fault import Fault, Sees, Trouble
from .home_assistant import START_S, started_after_a_minute
from .meters import RAISES_S
from .sees import at_least, both, content, told
from .stage import Stage
from .troubles import Does, Shows, balancer, fails, word

HOLD = {"select": "select.battery_mode", "hold": "hold", "normal": "auto"}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "hold": HOLD}
HELD_HOUSE = houses.site({"car": houses.box()}, battery=BATTERY)
LOOK_S = 10
"""The battery is looked at so often."""
BLIND_S = 30 + LOOK_S
"""A meter is stale after 30 s."""
FILE = "fusebox.plans"
DAMAGED: dict[str, Any] = {
    "wishes": {"car": ["half", {"past": float("nan")}], "gone": 7},
    "resting": {"car": True},
    "power": [{"load": "car", "lines": 1, "kw": 10**400}],
    "release": [["select", "select_option", {}], "text", ["select", "select_option", {"entity_id": 5}]],
}
"""Valid JSON in unexpected forms; `release` is the correct value, among useless entries."""


def held(is_so: bool) -> Sees:
    """Return a predicate: whether the battery is kept from discharging, or not (`is_so` False)."""
    return lambda stage: stage.house.roof.orders.now.hold is is_so


def _plans_fail(stage: Stage) -> None:
    vars(balancer()["plans"].plans)["look"] = fails


def _plans_work(stage: Stage) -> None:
    vars(balancer()["plans"].plans).pop("look")


def _disk_full(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def _fill_disk(stage: Stage) -> None:
    keeper = sys.modules[type(balancer()["plans"]).__module__.replace("runner", "keeper")]
    vars(keeper)["kept_replace_file"] = keeper.replace_file
    vars(keeper)["replace_file"] = _disk_full


def _empty_disk(stage: Stage) -> None:
    keeper = sys.modules[type(balancer()["plans"]).__module__.replace("runner", "keeper")]
    vars(keeper)["replace_file"] = vars(keeper).pop("kept_replace_file")


async def _kill_and_damage(stage: Stage) -> None:
    await stage.kill()
    file = next(stage.config.parent.rglob(FILE))
    release = json.loads(file.read_text(encoding="utf-8"))["release"]
    kept = {**DAMAGED, "release": [*DAMAGED["release"], *release]}
    file.write_text(json.dumps(kept), encoding="utf-8")


async def _silent_for_half_a_minute(stage: Stage) -> None:
    """Silence a sensor long enough for the battery to be released."""
    if stage.t_s == stage.begins_s:
        await SILENT.begin(stage)
    elif stage.t_s == stage.begins_s + 30:
        await SILENT.end(stage)


SILENT = Shows("sensor.l1", word("unavailable"))
GIVEN_BACK = "left to its own logic"
HELD_AGAIN = both(at_least(14, "car"), held(True))


def _held(name: str, happens: str, *troubles: Trouble, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": f"the battery {GIVEN_BACK}",
        "config": HELD_HOUSE,
        "safe": held(False),
        "within_s": 60 + START_S + LOOK_S,
        "promise": "it is started after 60 s; the battery is released first",
        "fine": both(HELD_AGAIN, content),
        "fine_within_s": RAISES_S + 60,
        "settles_s": 60,
        "own_process": True,
    }
    return Fault(name, happens, troubles=troubles, **(facts | more))


BATTERIES = (
    _held(
        "battery_held_plans_fail",
        "plans cannot be looked at, by a fault of ours, while the battery is held, and the meter falls silent",
        Does(_plans_fail, _plans_work),
        SILENT,
        safe=both(held(False), told("if that lasts, loads do what their mode says")),
        safe_state=f"the battery {GIVEN_BACK}, and the fault told",
        within_s=BLIND_S,
        promise="the meter is stale after 30 s; the battery is looked at every 10 s",
        own_process=False,
    ),
    _held(
        "battery_held_power_cut",
        "Home Assistant is killed while the battery is held, and starts while the meter is not there",
        Does(lambda stage: stage.kill(), each=started_after_a_minute),
        SILENT,
    ),
    _held(
        "battery_disk_full",
        "the disk is full; a meter is silent for 30 s, then the car charges on",
        Does(_fill_disk, _empty_disk, _silent_for_half_a_minute),
        safe=both(held(False), told("the battery gets no orders")),
        safe_state=f"the battery {GIVEN_BACK}, and why told",
        within_s=30 + 2 * LOOK_S,
        promise="the meter is back after 30 s; what could not be ended after a power cut is not ordered",
        own_process=False,
    ),
    _held(
        "battery_held_file_damaged",
        "the same, and the file of plans holds JSON of other shapes beside its release",
        Does(_kill_and_damage, each=started_after_a_minute),
        SILENT,
        fine=HELD_AGAIN,
    ),
)
