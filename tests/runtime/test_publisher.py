"""A calm publisher: what is news is written at once, and a reason that flips with noise is not."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.model.messages.message import message
from fusebox.runtime.publisher import EntityPublisher

from .home import Home

CAR = "sensor.fusebox_car"
LIMITED, LATELY = "may have 11.4 A, main L1: 4 A used", "may have 11.5 A, main L1: lately at worst 4 A used"


class Shown:
    """The rows of one load over the seconds."""

    def __init__(self) -> None:
        self.home = Home()
        self.publisher = EntityPublisher(self.home.ports, "test", calm=True)

    def at(self, second: float, reason: str, state: str = "11", **attributes: object) -> None:
        unit = {"unit_of_measurement": "A", "status": "charging", "setpoint_a": 11.0, "errors": []}
        self.publisher.write(second, CAR, state, {**unit, "reason": reason, **attributes})

    @property
    def last(self) -> str:
        return str(self.home.writes[-1][2]["reason"])

    def flicker(self, until_s: int) -> None:
        for second in range(until_s):
            self.at(second, LATELY if second % 2 else LIMITED)


@pytest.fixture
def shown(store) -> Shown:
    return Shown()


def test_a_reason_that_flips_each_second_is_written_twice_a_minute(shown) -> None:
    shown.flicker(601)
    assert len(shown.home.writes) <= 4 + 600 / tuning.RENEW_S


def test_a_state_that_flips_with_its_reason_is_written_twice_a_minute_a_third_at_once(shown) -> None:
    for second in range(601):
        state, code = ("over", "dimming_unknown") if second % 2 else ("limited", "not_dimmed")
        shown.at(second, message(code), state)
    assert len(shown.home.writes) <= 4 + 600 / tuning.RENEW_S
    shown.at(601, message("mode_off"), "blind")
    assert shown.home.writes[-1][1] == "blind"


def test_what_returns_once_is_written_each_time(shown) -> None:
    for second, state in enumerate(("ok", "over", "ok")):
        shown.at(second, message("mode_off"), state)
    assert [state for _, state, _ in shown.home.writes] == ["ok", "over", "ok"]


def test_a_reason_of_another_kind_is_written_at_once_after_half_a_minute_of_one(shown) -> None:
    for second in range(45):
        shown.at(second, LIMITED)
    shown.at(45, "the car is full")
    assert shown.last == "the car is full"


def test_a_reason_that_stays_is_shown_within_half_a_minute_of_any_flicker(shown) -> None:
    shown.flicker(40)
    for second in range(40, 40 + int(tuning.RENEW_S)):
        shown.at(second, "the car is full")
    assert shown.last == "the car is full"


@pytest.mark.parametrize(
    "change", [{"status": "paused"}, {"setpoint_a": 6.0}, {"errors": ["car: timeout"]}, {"state": "0.0"}]
)
def test_a_cut_a_stop_and_an_error_are_written_at_once_amid_a_flicker(shown, change) -> None:
    shown.flicker(44)
    before = len(shown.home.writes)
    shown.at(44, LATELY, **change)
    assert len(shown.home.writes) == before + 1


def test_a_failure_published_with_old_values_drops_the_code_of_the_reason(shown) -> None:
    shown.at(0, message("mode_off"))
    assert shown.home.writes[-1][2]["reason_code"] == "mode_off"
    shown.publisher.publish_failed_run(1, CAR, "a step failed")
    attributes = shown.home.writes[-1][2]
    assert (shown.last, attributes["reason_code"], attributes["status"]) == ("a step failed", None, "charging")
