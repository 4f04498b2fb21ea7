"""Faults while a car charges and the home battery is held: none may leave it held."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..devices.roofs import Roofs
from . import houses
from .fault import Fault, Predicate, Trouble
from .home_assistant import START_S, started_after_a_minute
from .meters import RAISES_S
from .predicates import all_well, at_least, both, reports
from .stage import Stage
from .troubles import Does, Shows, balancer, fails, word

HOLD = {"select": "select.battery_mode", "hold": "hold", "normal": "auto"}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "hold": HOLD}
HELD_HOUSE = houses.site({"car": houses.box()}, battery=BATTERY)
SECOND_HOLD = {"select": "select.second_mode", "hold": "hold", "normal": "auto"}
SECOND = {"soc_pct": "sensor.second_soc", "charge_w": "sensor.second", "hold": SECOND_HOLD}
TWO_HELD = houses.site({"car": houses.box()}, battery=[BATTERY, SECOND])
LOOK_S = 10
"""Period in which the battery is checked [s]."""
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


def held(is_so: bool) -> Predicate:
    """Return a predicate: whether the battery is kept from discharging, or not (`is_so` False)."""
    return lambda stage: stage.house.roof.orders.present_orders.hold is is_so


def both_held(is_so: bool) -> Predicate:
    """Return a predicate: whether each of two batteries is kept from discharging, or none (`is_so` False)."""

    def sees(stage: Stage) -> bool:
        assert isinstance(stage.house.roof, Roofs)
        batteries = [roof for _, roof in stage.house.roof.parts if roof.battery is not None]
        return all(roof.orders.present_orders.hold is is_so for roof in batteries)

    return sees


def _plans_fail(stage: Stage) -> None:
    vars(balancer()["plans"].plans)["update"] = fails


def _plans_work(stage: Stage) -> None:
    vars(balancer()["plans"].plans).pop("update")


def _disk_full(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def _fill_disk(stage: Stage) -> None:
    store = sys.modules[type(balancer()["plans"]).__module__.replace("runner", "plan_store")]
    vars(store)["kept_replace_file"] = store.replace_file
    vars(store)["replace_file"] = _disk_full


def _empty_disk(stage: Stage) -> None:
    store = sys.modules[type(balancer()["plans"]).__module__.replace("runner", "plan_store")]
    vars(store)["replace_file"] = vars(store).pop("kept_replace_file")


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


def _hold_fault(name: str, happens: str, *troubles: Trouble, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": f"the battery {GIVEN_BACK}",
        "config": HELD_HOUSE,
        "safe": held(False),
        "within_s": 60 + START_S + LOOK_S,
        "promise": "it restarts after 60 s; the battery is released first",
        "fine": both(HELD_AGAIN, all_well),
        "fine_within_s": RAISES_S + 60,
        "settles_s": 60,
        "own_process": True,
    }
    return Fault(name, happens, troubles=troubles, **(facts | more))


BATTERIES = (
    _hold_fault(
        "battery_held_plans_fail",
        "a bug of Fusebox stops the plans while the battery is held, and the meter stops reporting",
        Does(_plans_fail, _plans_work),
        SILENT,
        safe=both(held(False), reports("if that lasts, loads follow their mode")),
        safe_state=f"the battery {GIVEN_BACK}, and the bug reported",
        within_s=BLIND_S,
        promise="the meter is stale after 30 s; the battery is checked every 10 s",
        own_process=False,
    ),
    _hold_fault(
        "battery_held_power_cut",
        "Home Assistant is killed while the battery is held, and restarts while the meter is missing",
        Does(lambda stage: stage.kill(), each=started_after_a_minute),
        SILENT,
    ),
    _hold_fault(
        "two_batteries_held_power_cut",
        "the same with two batteries; charge and power of the second are gone as well",
        Does(lambda stage: stage.kill(), each=started_after_a_minute),
        SILENT,
        Shows("sensor.second sensor.second_soc", word("unavailable")),
        config=TWO_HELD,
        safe_state="both batteries left to their own logic",
        safe=both_held(False),
        fine=both(at_least(14, "car"), both_held(True)),
    ),
    _hold_fault(
        "battery_disk_full",
        "the disk is full; a meter is silent for 30 s, then the car continues charging",
        Does(_fill_disk, _empty_disk, _silent_for_half_a_minute),
        safe=both(held(False), reports("the battery gets no orders")),
        safe_state=f"the battery {GIVEN_BACK}, and the cause reported",
        within_s=30 + 2 * LOOK_S,
        promise="the meter is back after 30 s; an order that could not be ended after a power cut is not given",
        own_process=False,
    ),
    _hold_fault(
        "battery_held_file_damaged",
        "the same, and the file of plans holds unexpected JSON next to the release",
        Does(_kill_and_damage, each=started_after_a_minute),
        SILENT,
        fine=HELD_AGAIN,
    ),
)
