"""Which car stands at a charger: by a person, an entity, a tag, or because it was plugged in at about that time."""

from __future__ import annotations

import pytest

from fusebox.balancer.vehicles.recognition import ALWAYS_S, NOT_THERE, By, Clues, Stay, recognise, resumed_stay
from fusebox.model.durations import NEVER_S

PLUGGED_S = 10_000.0
NEXT_TAG = {"tagged": "ioniq", "tagged_s": PLUGGED_S + 3620}
TAGGED = {"tagged": "ioniq", "tagged_s": PLUGGED_S + 5}


def after(passed_s: float, past: Stay = NOT_THERE, *, session_s: float | None = PLUGGED_S, **clues) -> Stay:
    """Return the stay this long after a car was plugged in; none where no car is (`session_s` None)."""
    there = {} if session_s is None else {"garage": Clues(session_s, **clues)}
    return recognise(there, {"garage": past}, PLUGGED_S + passed_s).get("garage", NOT_THERE)


def known(vehicle: str | None, by: By) -> Stay:
    return Stay(PLUGGED_S, vehicle, by)


@pytest.mark.parametrize(
    ("clues", "vehicle", "by"),
    [
        ({}, None, By.NOTHING),
        ({"named": "leaf", **TAGGED}, "leaf", By.ENTITY),
        ({"named": "guest", **TAGGED}, "guest", By.ENTITY),
        ({"named": "", **TAGGED}, "ioniq", By.TAG),
        ({**TAGGED, "plugged_s": {"leaf": PLUGGED_S}}, "ioniq", By.TAG),
        ({"tagged": "ioniq", "tagged_s": PLUGGED_S - 60}, "ioniq", By.TAG),  # its card was shown first
        ({"tagged": "ioniq", "tagged_s": PLUGGED_S - 600}, None, By.NOTHING),  # the tag of the car before
        ({"plugged_s": {"leaf": PLUGGED_S - 119}}, "leaf", By.PLUGGED),
        ({"plugged_s": {"leaf": PLUGGED_S - 121}}, None, By.NOTHING),
        ({"plugged_s": {"leaf": PLUGGED_S - 30, "ioniq": PLUGGED_S + 8}}, "ioniq", By.PLUGGED),
        ({"plugged_s": {"leaf": NEVER_S}}, None, By.NOTHING),  # plugged in at an unknown time
    ],
)
def test_the_strongest_clue_names_the_car(clues, vehicle, by) -> None:
    assert after(10, **clues) == known(vehicle, by)


@pytest.mark.parametrize("plugged_s", [PLUGGED_S - 100, PLUGGED_S + 100])
def test_car_and_charger_may_report_in_either_order(plugged_s) -> None:
    assert after(110, plugged_s={"leaf": plugged_s}).vehicle == "leaf"


def test_a_car_that_nothing_names_is_a_guest_after_two_minutes() -> None:
    assert after(120).vehicle is None
    assert after(121) == known("guest", By.NOTHING)
    assert after(121, plugged_s={"leaf": PLUGGED_S - 3600}).vehicle == "guest"


def test_a_tag_that_was_there_before_counts_only_when_nothing_else_is_found() -> None:
    old = {"tagged": "ioniq", "tagged_s": PLUGGED_S - 600}
    assert after(121, **old) == known("ioniq", By.OLD_TAG)
    assert after(60, **old, plugged_s={"leaf": PLUGGED_S}).vehicle == "leaf"


def test_a_guest_becomes_the_car_whose_tag_is_shown_later() -> None:
    late = {"tagged": "leaf", "tagged_s": PLUGGED_S + 900}
    assert after(901, known("guest", By.NOTHING), **late) == known("leaf", By.TAG)


def test_a_person_is_right_until_the_car_leaves() -> None:
    chosen = known("leaf", By.PERSON)
    assert after(60, chosen, named="ioniq", **TAGGED, plugged_s={"ioniq": PLUGGED_S}) == chosen
    assert after(60, chosen, session_s=None) == NOT_THERE
    assert after(9000, chosen, session_s=PLUGGED_S + 8990, plugged_s={"ioniq": PLUGGED_S + 8995}).vehicle == "ioniq"


def test_a_car_that_was_recognised_stays_while_its_own_entity_is_silent() -> None:
    assert after(3600, known("ioniq", By.PLUGGED)) == known("ioniq", By.PLUGGED)
    assert after(3600, known("ioniq", By.ENTITY)) == known("ioniq", By.ENTITY)
    assert after(3600, known("ioniq", By.ENTITY), named="").vehicle == "guest"


def both(first: Clues, second: Clues, now_s: float, **past: Stay) -> tuple[str | None, str | None]:
    found = recognise({"garage": first, "carport": second}, past, now_s)
    return found["garage"].vehicle, found["carport"].vehicle


def test_a_car_stands_at_the_charger_that_it_was_plugged_into_nearest_in_time() -> None:
    first, second = Clues(1000.0, plugged_s={"leaf": 1063.0}), Clues(1060.0, plugged_s={"leaf": 1063.0})
    assert both(first, second, 1065.0) == (None, "leaf")
    assert both(first, second, 1300.0, carport=Stay(1060.0, "leaf", By.PLUGGED)) == ("guest", "leaf")


def test_a_tag_takes_a_car_away_from_where_it_was_only_presumed() -> None:
    presumed = Stay(1000.0, "leaf", By.PLUGGED)
    assert both(Clues(1000.0), Clues(2000.0, tagged="leaf", tagged_s=2001.0), 2002.0, garage=presumed) == (
        "guest",
        "leaf",
    )


def test_one_old_tag_names_one_of_two_cars_at_a_charge_point() -> None:
    old = {"tagged": "leaf", "tagged_s": 100.0}
    assert both(Clues(1000.0, **old), Clues(1100.0, **old), 2000.0) == ("leaf", "guest")


@pytest.mark.parametrize(
    ("left", "gone_s", "clues", "resumed"),
    [
        (known("leaf", By.TAG), 30, {"plugged_s": {"leaf": PLUGGED_S}}, By.PLUGGED),
        (known("leaf", By.PERSON), 30, {"plugged_s": {"leaf": NEVER_S}}, By.PERSON),
        (known("leaf", By.PERSON), 121, {"plugged_s": {"leaf": NEVER_S}}, None),  # away for long
        (known("leaf", By.TAG), 30, {"plugged_s": {"ioniq": PLUGGED_S}}, None),
        (known("leaf", By.TAG), 30, {"plugged_s": {"leaf": PLUGGED_S + 3610}}, None),  # maybe elsewhere
        (known("leaf", By.TAG), 30, {"plugged_s": {"leaf": PLUGGED_S}, **NEXT_TAG}, None),
        (known("guest", By.PERSON), 30, {"plugged_s": {"leaf": PLUGGED_S}}, None),
    ],
)  # fmt: skip
def test_a_car_that_was_never_unplugged_is_known_when_its_charger_restarts(left, gone_s, clues, resumed) -> None:
    session_s = PLUGGED_S + 3600 + gone_s
    expected = None if resumed is None else Stay(session_s, "leaf", resumed)
    assert resumed_stay(Clues(session_s, **clues), left, PLUGGED_S + 3600) == expected


@pytest.mark.parametrize(("ioniq_s", "vehicle"), [(PLUGGED_S + 45, "ioniq"), (PLUGGED_S + 200, "guest")])
def test_one_tap_swaps_two_cars_that_came_together(ioniq_s, vehicle) -> None:
    clues = Clues(PLUGGED_S, plugged_s={"leaf": PLUGGED_S, "ioniq": ioniq_s})
    stays = {"garage": known("leaf", By.PERSON), "carport": known("leaf", By.PLUGGED)}
    found = recognise({"garage": clues, "carport": clues}, stays, PLUGGED_S + 3600)
    assert (found["garage"].vehicle, found["carport"].vehicle) == ("leaf", vehicle)


@pytest.mark.parametrize("has_sessions", [True, False])
def test_a_persons_choice_takes_the_car_from_an_entity_elsewhere_unless_it_may_be_old(has_sessions) -> None:
    start_s = PLUGGED_S if has_sessions else ALWAYS_S
    clues = {"garage": Clues(PLUGGED_S, named="ioniq"), "carport": Clues(start_s)}
    stays = recognise(clues, {"carport": Stay(start_s, "ioniq", By.PERSON)}, PLUGGED_S + 300)
    assert stays["carport"].vehicle == "ioniq"
    assert stays["garage"].vehicle == ("guest" if has_sessions else "ioniq")
    assert recognise(clues, stays, PLUGGED_S + 310) == stays


def test_a_car_whose_choice_was_ended_later_is_still_known_by_its_plug() -> None:
    past = Stay(PLUGGED_S)
    assert after(900, past, plugged_s={"leaf": PLUGGED_S + 5}) == known("leaf", By.PLUGGED)
    assert after(900, past, plugged_s={"leaf": PLUGGED_S + 500}).vehicle == "guest"
