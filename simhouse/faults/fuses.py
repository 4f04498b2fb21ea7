"""Faults of the house: it draws more than is available, and loads are paused, held or resumed."""

from __future__ import annotations

from . import houses
from .fault import Fault
from .meters import DEVICE_S, RAISES_S
from .predicates import all_well, at_least, at_most, both, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven

OVEN_S, OVEN_A = 240, 23.0
PAUSE_S = 180
START_S = 22 + 20
"""Time for a car to stop (22 s), and for another to start (20 s)."""

TWO = houses.site(
    {
        "first": houses.box("first", phases=houses.PHASES),
        "second": houses.box("second", priority=2, max_a=25),
    },
    phases=3,
)


def _oven_on_l2(stage: Stage) -> None:
    """Switch the oven on for four minutes, next to a car on all three phases."""
    into_s = stage.t_s - stage.begins_s
    if into_s in (0, OVEN_S):
        stage.draw_more(("L2",), OVEN_A if into_s == 0 else -OVEN_A)


ONE = houses.site({"car": houses.box()})
WITHOUT_SWITCH = {key: value for key, value in houses.box("second", priority=2).items() if key != "switch"}
UNSTOPPABLE = houses.site({"first": houses.box("first"), "second": WITHOUT_SWITCH})


FUSES = (
    Fault(
        "overload_that_a_cut_ends",
        "the house load jumps to 23.5 A while a car draws 16 A: 1.6 times the rating, "
        "and 1.2 with the car at its minimum",
        "the car at its minimum, not paused: the fuse tolerates that for a while",
        ONE,
        (Oven(17.5),),
        both(at_most(6, "car"), at_least(5.5, "car")),
        DEVICE_S,
        "a cut is sent on the first reading above the rating, plus the car's time",
        both(at_least(15, "car"), all_well),
        RAISES_S,
        lasts_s=20,
    ),
    Fault(
        "second_car_cannot_be_paused",
        "the first car is plugged in while 10 A are available, of which the second needs 6 A: "
        "it has no switch, and its number starts there",
        "the second car has what the house leaves: lowering it to its minimum would not let the first one start",
        UNSTOPPABLE,
        (),
        both(at_least(9, "second"), at_most(0, "first"), under_the_fuse),
        0,
        "a car that cannot start takes no current from others",
        both(at_least(9, "second"), all_well),
        RAISES_S,
        house_a=14.0,
        settles_s=60,
        arrives_s={"first": 60},
    ),
    Fault(
        "first_car_beside_a_full_phase",
        "an oven on L2 pauses the first car for four minutes, and the second one uses L1 up to its margin meanwhile",
        "the first car charges again, and no fuse is over its rating",
        TWO,
        (Does(each=_oven_on_l2),),
        both(at_least(6, "first"), under_the_fuse),
        OVEN_S + PAUSE_S + START_S,
        "the oven's four minutes, pause_s, 180 s, 20 s until the second car is lowered, plus the car's time",
        both(at_least(6, "first"), all_well),
        60,
        lasts_s=500,
        house_a=1.4,
        settles_s=60,
    ),
)
