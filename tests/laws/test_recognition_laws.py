"""Laws of recognising cars, over random evenings at two chargers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fusebox.balancer.vehicles.recognition import NOT_THERE, SURE, By, Clues, Stay, recognise
from fusebox.model.durations import NEVER_S
from fusebox.model.vehicle import GUEST

from .drawn import among

CARS = ("ioniq", "leaf")
STEP_S, WINDOW_S = 20.0, 120.0
times = among(NEVER_S, *(STEP_S * n for n in range(20)))


@st.composite
def clues(draw: st.DrawFn, now_s: float) -> Clues | None:
    """Return what a charger may show now, None without a car; nothing of it is from the future."""
    session_s = draw(st.none() | times.map(lambda at_s: min(max(at_s, 0.0), now_s)))
    if session_s is None:
        return None
    plugged = {car: min(draw(times), now_s) for car in CARS if draw(st.booleans())}
    named = draw(among(None, None, "", GUEST, *CARS))
    tagged = draw(among(None, None, *CARS))
    return Clues(session_s, named, tagged, min(draw(times), now_s), plugged)


@st.composite
def evenings(draw: st.DrawFn) -> list[tuple[float, dict[str, Clues]]]:
    moments = range(1, draw(st.integers(2, 8)))
    shown = [(n * 40.0, {name: draw(clues(n * 40.0)) for name in ("garage", "carport")}) for n in moments]
    return [(now_s, {name: each for name, each in at.items() if each is not None}) for now_s, at in shown]


@given(evenings(), st.integers(0, 6))
def test_cars_are_recognised_by_what_is_there(evening, chosen_at) -> None:
    stays: dict[str, Stay] = {}
    for place, (now_s, seen) in enumerate(evening):
        before = dict(stays)
        stays = recognise(seen, before, now_s)
        assert stays.keys() == seen.keys(), "no car, no stay"
        for name, each in seen.items():
            if now_s - each.session_s > WINDOW_S:
                assert stays[name].vehicle is not None, "a guest at the latest"
            past = before.get(name, NOT_THERE)
            if past.by is By.PERSON and past.session_s == each.session_s:
                assert stays[name] == past, "a person is right"
        guesses = [stay.vehicle for stay in stays.values() if stay.vehicle in CARS and stay.by not in SURE]
        sure = {stay.vehicle for stay in stays.values() if stay.by in SURE}
        assert len(guesses) == len(set(guesses)), "one car, one charger"
        assert not sure & set(guesses), "a guess gives way"
        assert recognise(seen, stays, now_s) == stays, "the same clues, the same cars"
        if place == chosen_at and "garage" in stays:
            stays["garage"] = stays["garage"]._replace(vehicle="leaf", by=By.PERSON)
