"""Faults while an inverter is held back, and the loss of the grid while a car charges."""

from __future__ import annotations

from typing import Any

from . import houses
from .batteries import FILE as PLANS
from .fault import Fault, Predicate, Trouble
from .hidden_suns import AGAIN_S
from .home_assistant import START_S, started_after_a_minute
from .meters import RAISES_S
from .predicates import all_well, at_least, at_most, both, reports
from .stage import Stage
from .troubles import Does, Shows, Unresponsive, word

LOOK_S = 10
"""Period in which the limit is checked [s]."""
NUMBER, PRICE, GONE = "number.export_limit", "input_number.feed_in", "binary_sensor.grid_gone"
LIMITED: dict[str, Any] = {
    **houses.site(
        {"car": houses.box(mode="off")},
        solar_w="sensor.sun",
        export={"when_price_below": 0, "curtail": {"number": NUMBER, "unit": "%", "of_w": 5000}},
    ),
    "prices": {"fixed": 0.3, "export": PRICE},
}
ISLAND = houses.site({"car": houses.box(min_write_s=60), "pool": houses.plug()}, island=GONE, inverter={"max_w": 5000})

THROTTLED_ISLAND = houses.site(
    {"car": houses.box(mode="solar_only")},
    island=GONE,
    solar_w="sensor.sun",
    inverter={"max_w": 5000, "throttles": True},
)


def number(value: float) -> Predicate:
    """Return a predicate: the inverter's number has this value [%]."""
    return lambda stage: stage.house.roof.export.value == value


def helper(entity: str, value: object) -> Does:
    """Return a trouble that sets an entity while it lasts, and then back."""
    before: list[str] = []

    def begin(stage: Stage) -> None:
        before.append(stage.house.helpers.values[entity])
        stage.house.helpers.values[entity] = str(value)

    return Does(begin, lambda stage: stage.house.helpers.values.update({entity: before.pop()}))


async def _kill_and_tear(stage: Stage) -> None:
    await stage.kill()
    next(stage.config.parent.rglob(PLANS)).write_text("{", encoding="utf-8")


def _export_fault(name: str, happens: str, *troubles: Trouble, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "config": LIMITED,
        "fine": both(number(0), all_well),
        "fine_within_s": 120,
        "settles_s": 120,
        "lasts_s": 180,
        "house_a": 2.0,
        "solar_w": 4000.0,
        "helpers": {PRICE: "-0.05"},
    }
    return Fault(name, happens, troubles=troubles, **(facts | more))


EXPORTS = (
    _export_fault(
        "export_killed_while_curtailed",
        "Home Assistant is killed while the inverter is held back; the price is good when it restarts",
        Does(lambda stage: stage.kill(), each=started_after_a_minute),
        helper(PRICE, 0.05),
        safe_state="the inverter's number as it was before",
        safe=number(100),
        within_s=60 + START_S + 2 * LOOK_S,
        promise="it restarts after 60 s; what an earlier process lowered is on disk and checked every 10 s",
        own_process=True,
    ),
    _export_fault(
        "export_curtailed_file_torn",
        "the same, and the file of plans is torn",
        Does(_kill_and_tear, each=started_after_a_minute),
        helper(PRICE, 0.05),
        safe_state="the inverter's number as it was before",
        safe=number(100),
        within_s=60 + START_S + 2 * LOOK_S,
        promise="it restarts after 60 s; what was lowered is in a file of its own too",
        fine=number(0),
        own_process=True,
    ),
    _export_fault(
        "export_number_ignores_commands",
        "the price of export falls below 0, and the inverter's number ignores each command",
        Unresponsive(NUMBER),
        helper(PRICE, -0.05),
        helpers={PRICE: "0.05"},
        settles_s=40,
        lasts_s=400,
        safe_state="nothing is exported that Fusebox could prevent, and the number is reported",
        safe=reports("the inverter does not follow"),
        within_s=60 + 4 * 60 + 2 * LOOK_S,
        promise="loads have 60 s; three commands, a minute apart, are without effect",
        fine=both(number(100), all_well),
    ),
    Fault(
        "grid_lost_while_charging",
        "the grid is lost while a car charges and a plug is on; its meter falls silent",
        "nothing that Fusebox controls draws anything",
        ISLAND,
        (helper(GONE, "on"), Shows("sensor.l1", word("unavailable"))),
        safe=at_most(0, "car", "pool"),
        within_s=6,
        promise="each is switched off within 1 s; a car takes up to 5 s to follow (IEC 61851-1)",
        fine=both(at_least(6, "car"), all_well),
        fine_within_s=180 + RAISES_S,
        lasts_s=60,
        settles_s=60,
        helpers={GONE: "off"},
    ),
    Fault(
        "grid_lost_on_hidden_sun",
        "the grid is lost while a car charges on sun that the inverter had held back; its meter falls silent",
        "nothing that Fusebox controls draws anything",
        THROTTLED_ISLAND,
        (helper(GONE, "on"), Shows("sensor.l1", word("unavailable"))),
        safe=at_most(0, "car"),
        within_s=6,
        promise="each is switched off within 1 s; a car takes up to 5 s to follow (IEC 61851-1)",
        fine=both(at_least(5, "car"), all_well),
        fine_within_s=180 + AGAIN_S,
        arrives_s={"car": 100.0},
        lasts_s=120,
        settles_s=300,
        house_a=2.0,
        solar_w=4000.0,
        helpers={GONE: "off"},
    ),
)
