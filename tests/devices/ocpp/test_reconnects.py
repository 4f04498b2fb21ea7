"""A charge point that reconnects may have lost its profiles: each sign of it brings the safe profile back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from fusebox import tuning
from fusebox.devices.driver import Aim, Answer, Contact
from fusebox.devices.ocpp.configuration import SLOTS_KEY, STACK_KEY
from fusebox.devices.ocpp.driver import OCPP
from fusebox.devices.ocpp.step import SAFE
from fusebox.model.decision import Command

from .hours import LOST, Hours


def counted(hours: Hours) -> None:
    hours.reports(status_connector="Charging", reconnects="1")


def counter_set_back(hours: Hours) -> None:
    hours.reports(reconnects="7")
    hours.run(5)
    hours.sent.clear()
    hours.reports(reconnects="0")


def unavailable_for_a_while(hours: Hours) -> None:
    hours.reports(status_connector=LOST)
    hours.run(5)
    hours.reports(status_connector="Charging")


def a_call_that_fails(hours: Hours) -> None:
    hours.error = LOST
    hours.run(70)
    hours.error = ""
    hours.reports(status_connector="Charging")


def a_question_that_is_answered_again(hours: Hours) -> None:
    hours.error = LOST
    hours.run(70)
    hours.error = ""


def a_session_that_begins_anew(hours: Hours) -> None:
    hours.reports(status_connector="Preparing")
    hours.run(5)
    hours.reports(status_connector="Charging")


@pytest.mark.parametrize(
    "sign",
    [
        counted, counter_set_back, unavailable_for_a_while, a_call_that_fails, a_question_that_is_answered_again,
        a_session_that_begins_anew,
    ],
)  # fmt: skip
def test_each_sign_of_a_reconnect_brings_the_safe_profile_back(sign: Callable[[Hours], Any]) -> None:
    hours = Hours()
    hours.run(100)
    assert len(hours.safe()) == 1
    sign(hours)
    since_s = hours.now_s
    hours.run(12)
    assert len(hours.safe(since_s)) == 1


@pytest.mark.parametrize("word, every_s", [("Charging", 1800), ("SuspendedEV", 1800), ("Available", 10_800)])
def test_without_a_sign_it_is_renewed_every_half_hour_with_a_car_else_3_h(word: str, every_s: float) -> None:
    hours = Hours()
    hours.reports(status_connector=word)
    hours.run(2 * every_s + 120, every_s=30)
    times_s = hours.safe()
    assert len(times_s) == 3, "a loss that nothing reveals has to end; a profile may be kept in flash memory"
    assert max(b - a - every_s for a, b in pairwise(times_s)) <= 30


def test_a_reconnect_brings_the_limit_back_at_once_too() -> None:
    hours = Hours()
    hours.run(100)
    since_s = hours.now_s
    counted(hours)
    hours.run(2)
    assert [call.subject for at_s, call in hours.sent if at_s >= since_s and call.subject] == [SAFE, "limit"]


def test_one_whose_calls_fail_as_unavailable_counts_as_unreachable() -> None:
    hours = Hours()
    hours.run(60)
    hours.error, hours.answers = LOST, ()
    hours.run(70)
    assert not hours.state.available and "cannot be reached" in hours.state.note
    assert [*hours.state.draw_a] == [None, None, None], "what is shown was measured before"
    asked = [at_s for at_s, call in hours.sent if call.service == "get_configuration" and at_s > 1060]
    assert asked and min(b - a for a, b in pairwise(asked)) >= tuning.RETRY_S
    hours.reports(status_connector="Charging", reconnects="1")
    hours.step()
    assert hours.state.available


def test_an_old_offer_after_a_reconnect_is_no_hand() -> None:
    hours = Hours()
    hours.run(60)
    counted(hours)
    hours.reports(current_offered="6")
    for _ in range(10):
        hours.step()
        assert hours.state.offer_a in (16, None)
    hours.reports(current_offered="16")
    hours.run(3)
    hours.reports(current_offered="9")
    hours.step()
    assert hours.state.offer_a == 9, "once it has agreed it is believed again"


def at_once(hours: Hours, current_a: float, *, urgent: bool) -> list[str]:
    """What is sent in a step with this command, in order."""
    session, view = OCPP.session, hours.home.view(hours.now_s)
    assert session is not None
    read = OCPP.read(hours.load, view, 230.0)
    contact = Contact(hours.load, view, read, 230.0)
    state, memory = session.observe(contact, hours.memory, hours.answers)
    aim = Aim(current_a, Command("car", current_a, urgent=urgent))
    calls, _ = session.act(replace(contact, state=state), memory, aim)
    return [call.subject for call in calls if call.subject]


@pytest.mark.parametrize("rate_unit", ["A", "auto"])
@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("connects", [None, counted, a_session_that_begins_anew], ids=["start", "count", "session"])
def test_after_a_start_or_a_reconnect_the_safe_profile_goes_before_any_limit(connects, urgent, rate_unit) -> None:
    """A charge point with room for one profile keeps the first, without a word. The safe profile is a cut itself."""
    hours = Hours(rate_unit)
    if connects is not None:
        hours.run(120)
        connects(hours)
    assert at_once(hours, 8.0, urgent=urgent) == [SAFE, "limit"]


@pytest.mark.parametrize("was_refused", [True, False])
def test_a_cut_does_not_wait_for_a_safe_profile_that_is_renewed_or_fails(was_refused: bool) -> None:
    hours = Hours()
    hours.run(60)
    if was_refused:
        counted(hours)
        hours.error = "the charge point did not answer"
        hours.step()
        hours.now_s += 10
    else:
        hours.now_s += tuning.SAFE_RENEWED_WITH_CAR_S
    assert at_once(hours, 8.0, urgent=True) == ["limit", SAFE]


@pytest.mark.parametrize("key, value", [(STACK_KEY, "0"), (SLOTS_KEY, "1")])
def test_one_with_room_for_a_single_profile_is_made_safe_before_its_car_comes(key: str, value: str) -> None:
    hours = Hours()
    hours.reports(status_connector="Available", current_import="0", current_offered="0")
    hours.step()
    asked = [call for _, call in hours.sent if call.data.get("ocpp_key") == key]
    hours.answers = tuple(Answer(call, hours.now_s - 1, {"value": value}) for call in asked)
    hours.run(20)
    assert hours.limits() == [6.0] and hours.safe() == []
    counted(hours)
    hours.reports(status_connector="Available")
    hours.run(20)
    assert hours.limits() == [6.0, 6.0]
