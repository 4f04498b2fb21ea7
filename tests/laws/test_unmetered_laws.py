"""On a wire without its own meter nothing that is known or remembered is ever forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.model.electrics import DUST, PerPhase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load
from fusebox.model.snapshot import LoadState, Status
from tests.control.houses import METER, Evening, car, charger, obey, site
from tests.control.limits.test_unmetered import UNKNOWN, answering, switchable

from .effort import examples

RATED_A = 13.0
GARAGE_A = 20.0
FOLLOWS_S = 3
"""Seconds after which what a load does has been answered [s]."""

KINDS = ("plug", "tank", "sg_ready", "radiators", "number")


class Moment(NamedTuple):
    """A number of seconds in which a load draws or not, and shows this state."""

    lasts_s: int
    draws: bool
    shows: str


MOMENTS = st.builds(
    Moment,
    st.integers(4, 40),
    st.booleans(),
    st.sampled_from(["all", "all", "no draw", "no switch", "nothing", "gone"]),
)


def thing(kind: str, circuit: str) -> Load:
    """A load of 13 A of this type."""
    if kind == "number":
        return car("thing", circuit=circuit, priority=2, max_a=RATED_A)
    load = replace(switchable("plug" if kind == "radiators" else kind), circuit=circuit)
    return replace(load, type=kind, on_off=False, min_a=0.0, step_a=RATED_A) if kind == "radiators" else load


def draw_of(moment: Moment, on: bool, offer_a: float) -> float:
    """Return what the load draws at this moment [A]."""
    return offer_a if on and moment.draws else 0.0


def shown(kind: str, moment: Moment, on: bool, offer_a: float) -> LoadState | None:
    """What such a load shows of itself; None for one whose entities do not exist."""
    if moment.shows == "gone":
        return None
    measured = PerPhase(draw_of(moment, on, offer_a))
    if kind == "radiators":
        if moment.shows == "all":
            return LoadState(draw_a=measured, counted=True, offer_a=RATED_A, status=Status.CONNECTED)
        return LoadState(PerPhase(0.0), counted=True, offer_a=RATED_A, unanswered_a=RATED_A, status=Status.CONNECTED)
    if moment.shows == "nothing":
        return replace(UNKNOWN, status=Status.UNKNOWN)
    state = replace(charger(offer_a, on=on), draw_a=PerPhase()) if kind == "number" else answering(kind, on)
    if moment.shows == "all":
        return replace(state, draw_a=measured)
    return state if moment.shows == "no draw" else replace(state, on=None, offer_a=None, sg=None, available=False)


@examples(40)
@given(st.sampled_from(KINDS), st.sampled_from(["garage", "shed"]), st.lists(MOMENTS, min_size=1, max_size=5))
@example("plug", "garage", [Moment(60, True, "all"), Moment(60, True, "nothing")])
@example("tank", "shed", [Moment(60, True, "gone")])
@example("sg_ready", "garage", [Moment(60, True, "no draw")])
@example("sg_ready", "garage", [Moment(60, False, "no draw"), Moment(4, True, "no draw")])
@example("number", "garage", [Moment(4, False, "all"), Moment(17, False, "no switch"), Moment(4, True, "all")])
@example("radiators", "shed", [Moment(60, True, "no draw")])
def test_an_unmetered_fuse_carries_all_loads_that_may_draw(kind: str, circuit: str, moments: list[Moment]) -> None:
    circuits = (
        Circuit("annex", 32.0, "main", FuseType.B, dict.fromkeys(site(car("car")).phases, METER)),
        Circuit("garage", GARAGE_A, "annex", FuseType.B),
        Circuit("shed", 16.0, "garage", FuseType.B),
    )
    house = site(car("car", circuit="garage"), thing(kind, circuit), fuse_a=63, circuits=circuits)
    home, mine, on, offer_a, second = Evening(house), charger(6.0), True, RATED_A, 0
    for moment in moments:
        for since_s in range(moment.lasts_s):
            state, drawn_a = shown(kind, moment, on, offer_a), draw_of(moment, on, offer_a)
            flow_a = 1.0 + (mine.draw_a[0] or 0.0) + drawn_a
            states = {"car": mine} if state is None else {"car": mine, "thing": state}
            decision = home.in_circuits(flow_a, second, ("main", "annex"), **states)
            for command in decision.commands:
                if command.load == "car":
                    mine = obey(mine, command.current_a, command.on)
                else:
                    on = on if command.on is None else command.on
                    offer_a = offer_a if command.current_a is None else command.current_a
            second += 1
            carries_a = (mine.draw_a[0] or 0.0) + draw_of(moment, on, offer_a)
            assert since_s < FOLLOWS_S or carries_a <= GARAGE_A + DUST, (moment, decision.notes["car"].reason)
