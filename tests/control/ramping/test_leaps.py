"""The highest current that one command may set where the next command has to wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.limits.headroom import Ceilings, Headroom
from fusebox.control.ramping.raises import highest_raise_a
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Load, Mode
from fusebox.model.snapshot import LoadState

from ..houses import car, charger

CLOUD = car("cloud", device={"min_write_s": 60}, max_a=32.0)
SLOW = car("cloud", device={"min_write_s": 900}, max_a=32.0)
SEEN = charger(6.0)
WINDOW = Ceiling("tariff", "", 100.0, {"cloud": 3.0}, ends_in_s=600.0)


def fuse(headroom_a: float) -> Ceiling:
    return Ceiling("main L1", "", headroom_a, {"cloud": 1.0})


def highest(*ceilings: Ceiling, load: Load = CLOUD, state: LoadState = SEEN, setpoint_a: float = 6.0) -> float:
    return highest_raise_a(load, state, setpoint_a, Headroom(Ceilings.with_index(ceilings)))


@pytest.mark.parametrize(
    ("load", "window"), [(CLOUD, (WINDOW,)), (SLOW, ()), (SLOW, (WINDOW,))], ids=["tariff", "long wait", "both"]
)
@pytest.mark.parametrize(
    ("headroom_a", "setpoint_a", "most_a"), [(30, 6, 18), (10, 6, 8), (6, 6, 6), (2, 6, 6), (30, 0, 15)]
)
def test_one_command_uses_half_of_what_the_fuse_leaves(
    headroom_a: float, setpoint_a: float, most_a: float, load: Load, window: tuple[Ceiling, ...]
) -> None:
    assert highest(*window, fuse(headroom_a), fuse(40), load=load, setpoint_a=setpoint_a) == most_a


@pytest.mark.parametrize(
    ("load", "state", "ceilings"),
    [
        (CLOUD, SEEN, (fuse(30),)),
        (SLOW, replace(SEEN, draw_a=PerPhase()), (WINDOW, fuse(30))),
        (car("cloud"), SEEN, (WINDOW, fuse(30))),
        (replace(SLOW, mode=Mode.SOLAR_ONLY), SEEN, (WINDOW, fuse(30))),
    ],
    ids=["a minute's wait without a tariff", "draw unknown", "no write interval", "on the sun"],
)
def test_otherwise_only_the_usual_step_applies(load: Load, state: LoadState, ceilings: tuple[Ceiling, ...]) -> None:
    assert highest(*ceilings, load=load, state=state) == 0.0
