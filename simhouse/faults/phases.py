"""Faults of chargers that switch between one phase and three."""

from __future__ import annotations

from simhouse.devices.phase_box import Obeys, PhaseBox

from . import houses
from .fault import Fault, Trouble
from .meters import DEVICE_S, RAISES_S
from .predicates import at_least, at_most, both, reports, under_the_fuse
from .stage import Stage
from .troubles import Oven

SWITCHING = houses.site({"car": houses.switching()}, phases=3)
FULL_L2 = Oven(18, "L2")
BUDGET_S = 40
"""The budget of L2's fuse."""

SHOWS_S = 90
"""Time allowed to a box that shows another number of phases than commanded [s]."""

SWITCHED_S = 8
"""By then a charger that is switched by hand rests."""


class KilledWhileSwitching(Trouble):
    """Kill Home Assistant between a phase switch and the charger's next start; it returns at the end."""

    async def begin(self, stage: Stage) -> None:
        """Request one phase, as a person does."""
        stage.ask.append({"service": "pyscript.fusebox_switch_phases", "data": {"load": "car", "phases": 1}})
        self._dies_s = stage.t_s + SWITCHED_S

    async def second(self, stage: Stage) -> None:
        """Kill Home Assistant while the charger rests."""
        if stage.t_s == self._dies_s:
            await stage.kill()

    async def end(self, stage: Stage) -> None:
        """Restart Home Assistant."""
        await stage.restart()


TAKEN_FOR_SMALL = {
    **houses.site({"car": houses.box(phases=houses.PHASES, vehicles=["leaf"], vehicle="input_select.car")}, phases=3),
    "vehicles": {"leaf": {"phases": 1}},
}
"""A guest's car on three phases is named as one that uses one."""

PHASES = (
    Fault(
        "wrong_car_named",
        "a car that charges on three phases is named as one of one phase, and an oven on L2 comes on",
        "the fuse below its rating",
        TAKEN_FOR_SMALL,
        (Oven(12, "L2"),),
        under_the_fuse,
        2 * DEVICE_S,
        "the meters correct what CONFIG says of a car, at once where a fuse is overloaded",
        at_least(15, "car"),
        240,
        lasts_s=120,
        settles_s=120,
        helpers={"input_select.car": "leaf"},
    ),
    Fault(
        "ha_killed_while_switching",
        "Home Assistant is killed, between a switch to one phase and the charger's next start",
        "the charger at 0 A",
        SWITCHING,
        (KilledWhileSwitching(), Oven(18, "L2", after_s=30)),
        both(under_the_fuse, at_most(0.1, "car")),
        SWITCHED_S,
        "it is stopped before it is switched",
        at_least(15, "car"),
        240,
        lasts_s=180,
        settles_s=100,
        own_process=True,
    ),
    Fault(
        "phase_full",
        "L2 becomes full while a car charges on three phases, at a charger that can switch phases",
        "the car at its full current on L1",
        SWITCHING,
        (FULL_L2,),
        both(under_the_fuse, at_least(15, "car")),
        BUDGET_S + 10 + 60 + 2 * DEVICE_S + RAISES_S,
        "the fuse budget, phase_rest_s, a minute until its phases are measured, and the raises",
        at_least(15, "car"),
        60,
        lasts_s=400,
        settles_s=120,
    ),
    Fault(
        "phase_box_stays",
        "L2 becomes full while a car charges on three phases, and its charger does not switch phases",
        "the car stopped, and the user informed",
        SWITCHING,
        (FULL_L2,),
        both(at_most(0, "car"), reports("loads.car: phases not switched: set to 1-phase, displays 3-phase")),
        BUDGET_S + SHOWS_S + 2 * DEVICE_S,
        "the fuse budget, and 90 s for the charger to display its command",
        at_least(15, "car"),
        240,
        lasts_s=300,
        settles_s=120,
        phase_boxes={"car": PhaseBox(Obeys.NO)},
    ),
    Fault(
        "phase_box_only_says_so",
        "L2 becomes full while a car charges on three phases, and its charger only reports that it has switched",
        "the fuse below its rating",
        SWITCHING,
        (FULL_L2,),
        under_the_fuse,
        BUDGET_S + 10 + BUDGET_S + 2 * DEVICE_S,
        "the fuse budget, phase_rest_s, and the measurement while L2 tolerates it",
        at_least(15, "car"),
        240,
        lasts_s=300,
        settles_s=120,
        phase_boxes={"car": PhaseBox(Obeys.ONLY_SAYS_SO)},
    ),
)
