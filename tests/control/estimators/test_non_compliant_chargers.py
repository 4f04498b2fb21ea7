"""A charger that ignores its current on an overloaded wire is switched off for a pause, and the user is informed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.decision import Command
from fusebox.model.records import replace_within

from ..houses import T0_S, Evening, car, charger, site


def deaf(evening: Evening, house_a: float, from_s: int, to_s: int, draw_a: float) -> list[tuple[int, Command]]:
    """A charger that displays every current and keeps drawing as before, until it is switched off."""
    offer_a, on, sent = 16.0, True, []
    for second in range(from_s, to_s):
        drawn_a = draw_a if on else 0.0
        decision = evening.step({"L1": house_a + drawn_a}, second, car=charger(offer_a, drawn_a, on=on))
        for command in decision.commands:
            sent.append((second, command))
            offer_a = offer_a if command.current_a is None else command.current_a
            on = on if command.on is None else command.on
    return sent


def test_on_an_overloaded_fuse_it_is_off_within_a_minute_and_stays_off_for_its_pause() -> None:
    evening = Evening(site(car("car")))
    deaf(evening, 5, 0, 60, 16)
    sent = deaf(evening, 15, 60, 300, 16)
    offs = [second for second, command in sent if command.on is False]
    assert 60 < offs[0] <= 100
    assert not [second for second, command in sent if command.on and offs[0] < second < offs[0] + 180]


def test_no_charger_is_switched_off_while_the_fuse_tolerates_it() -> None:
    evening = Evening(site(car("car", max_a=10.0)))
    sent = deaf(evening, 5, 0, 300, 16)
    assert not [command for _, command in sent if command.on is False]
    assert evening.decision is not None and "ignores its limit" in evening.decision.notes["car"].problem


@pytest.mark.parametrize(
    ("shown_a", "words"),
    [(16.0, "could not be set to 10 A, because number.set_value failed"), (10.0, "ignores its limit")],
)
def test_a_charger_whose_command_failed_is_not_said_to_ignore_it(shown_a: float, words: str) -> None:
    evening = Evening(site(car("car", max_a=10.0)))
    for second in range(100):
        shown = charger(shown_a if second > 30 else 16.0, 16.0)
        decision = evening.step({"L1": 21}, second, car=replace(shown, refused="number.set_value"))
    assert decision.notes["car"].problem.startswith(words) and decision.notes["car"].status == "fault"


def test_that_it_ignored_a_limit_is_said_until_its_draw_shows_what_it_does_now() -> None:
    evening = Evening(site(car("car", max_a=10.0)))
    deaf(evening, 5, 0, 100, 16)
    loads = {"car": replace_within(evening.memory.loads["car"], "timing", over_since_s=T0_S + 60)}
    evening.memory = replace(evening.memory, loads=loads)
    decision = evening.step({"L1": 21}, 100, car=replace(charger(10.0, 16.0), draw_age_s=60.0))
    assert decision.notes["car"].problem.startswith("has ignored its limit: drew 16 A")


def test_one_that_takes_more_than_it_was_ever_sent_is_not_started_again_and_again() -> None:
    evening = Evening(site(car("car")))
    sent = deaf(evening, 3, 0, 1500, 32)
    ons = [second for second, command in sent if command.on]
    assert len(ons) == 1 and 180 < ons[0] < 300
    assert evening.decision is not None
    assert evening.decision.notes["car"].problem.startswith("has ignored its limit: drew 32 A")


def test_one_that_takes_more_than_its_own_maximum_has_to_fit_with_all_of_that() -> None:
    evening = Evening(site(car("car")))
    deaf(evening, 8, 0, 300, 20)
    sent = deaf(evening, 8, 300, 1500, 20)
    assert not [command for _, command in sent if command.on]


def test_what_one_drew_before_it_was_started_is_not_held_against_it() -> None:
    evening, started_s = Evening(site(car("car"))), 1000
    for second in range(60):
        drawn_a = 12.0 if second < started_s + 5 else 6.0
        decision = evening.step({"L1": 5 + drawn_a}, second, car=charger(6.0, drawn_a, on=second > started_s))
        if any(command.on for command in decision.commands):
            started_s = min(started_s, second)
        assert not decision.notes["car"].problem.startswith("has ignored"), second
    assert started_s < 50
