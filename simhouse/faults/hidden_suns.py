"""Faults while a load tests for hidden sun behind an inverter that is held back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simhouse.devices.roof import Roof
from simhouse.devices.roofs import Roofs

from . import houses
from .fault import Fault, Trouble
from .home_assistant import START_S, started_after_a_minute
from .meters import DEVICE_S
from .predicates import all_well, at_least, at_most, both
from .stage import Stage
from .troubles import Does, Shows, silent

TEST_S = 60
"""A test that gains nothing ends so long after its draw [s]."""
AGAIN_S = 300 + 120
"""The next test waits 5 minutes; before it, nothing has flowed for a minute, and a start takes up to another [s]."""
THROTTLED: dict[str, Any] = houses.site(
    {"car": houses.box(mode="solar_only")}, solar_w="sensor.sun", inverter={"throttles": True}
)
TWO_INVERTERS: dict[str, Any] = houses.site(
    {"car": houses.box(mode="solar_only")},
    inverter=[
        {"solar_w": "sensor.first_sun", "max_w": 3000, "throttles": True},
        {"solar_w": "sensor.second_sun", "max_w": 3000, "throttles": True},
    ],
)
CLOUD_W = 500.0
PAID_S = 7
"""A car at 6 A takes 2.5 Wh in this time [s]."""


def sunshine(power_w: float) -> Does:
    """Return a trouble that sets what the panels could give while it lasts [W], and then back."""
    before: list[Sequence[float] | None] = []

    def begin(stage: Stage) -> None:
        roofs = _roofs_with_panels(stage)
        before[:] = [roof.solar for roof in roofs]
        for roof in roofs:
            roof.solar = [power_w / len(roofs)]

    def end(stage: Stage) -> None:
        for roof, solar in zip(_roofs_with_panels(stage), before, strict=True):
            roof.solar = solar

    return Does(begin, end)


def _roofs_with_panels(stage: Stage) -> list[Roof]:
    roof = stage.house.roof
    roofs = [each for _, each in roof.parts] if isinstance(roof, Roofs) else [roof]
    return [each for each in roofs if each.solar is not None]


def _tested(name: str, happens: str, *troubles: Trouble, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "config": THROTTLED,
        "safe_state": "the car off",
        "safe": at_most(0, "car"),
        "within_s": TEST_S + DEVICE_S,
        "promise": "a test that gains nothing ends within 60 s of its draw",
        "fine": both(at_least(5, "car"), all_well),
        "fine_within_s": AGAIN_S,
        "arrives_s": {"car": 100.0},
        "settles_s": 121,
        "lasts_s": 180,
        "house_a": 2.0,
        "solar_w": 2500.0,
    }
    return Fault(name, happens, troubles=troubles, **(facts | more))


HIDDEN_SUNS = (
    _tested("cloud_during_a_test", "a cloud arrives while a car tests for hidden sun", sunshine(CLOUD_W)),
    _tested(
        "meter_stops_during_a_test",
        "the meter stops reporting while a car tests for hidden sun, and a cloud arrives",
        Shows("sensor.l1", silent),
        sunshine(CLOUD_W),
    ),
    _tested(
        "one_of_two_inverters_silent",
        "the power of the second of two inverters is no longer reported while a car runs on sun that both had held "
        "back, and a cloud arrives",
        Shows("sensor.second_sun", silent),
        sunshine(CLOUD_W),
        config=TWO_INVERTERS,
        promise="the meter goes on showing what the grid gives; at most 60 s of that, plus the car's time",
        settles_s=300,
    ),
    _tested(
        "killed_during_a_test",
        "Home Assistant is killed while a car tests for hidden sun, and a cloud arrives",
        Does(lambda stage: stage.kill(), each=started_after_a_minute),
        sunshine(CLOUD_W),
        own_process=True,
        within_s=60 + START_S + PAID_S + DEVICE_S,
        promise="it restarts after 60 s; then the grid gives the car 2.5 Wh more, 7 s at 6 A",
    ),
)
"""Every fault of a test for hidden sun."""
