"""How far one command raises a charger with a write interval under a tariff window, and what a fuse keeps of that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.limits.headroom import Ceilings, Headroom
from fusebox.control.ramping.raises import highest_raise_a
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Mode

from ..houses import car, charger

CLOUD = car("cloud", device={"min_write_s": 60}, max_a=32.0)
SEEN = charger(6.0)
WINDOW = Ceiling("tariff", "", 100.0, {"cloud": 3.0}, ends_in_s=600.0)


def fuse(headroom_a: float) -> Ceiling:
    return Ceiling("main L1", "", headroom_a, {"cloud": 1.0})


def highest(*ceilings: Ceiling, load: object = CLOUD, state: object = SEEN, setpoint_a: float = 6.0) -> float:
    return highest_raise_a(load, state, setpoint_a, Headroom(Ceilings.with_index(ceilings)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headroom_a", "setpoint_a", "most_a"), [(30, 6, 18), (10, 6, 8), (6, 6, 6), (2, 6, 6), (30, 0, 15)]
)
def test_one_command_uses_half_of_what_the_fuse_leaves(headroom_a: float, setpoint_a: float, most_a: float) -> None:
    assert highest(WINDOW, fuse(headroom_a), fuse(40), setpoint_a=setpoint_a) == most_a


@pytest.mark.parametrize(
    ("load", "state", "ceilings"),
    [
        (CLOUD, SEEN, (fuse(30),)),
        (CLOUD, replace(SEEN, draw_a=PerPhase()), (WINDOW, fuse(30))),
        (car("cloud"), SEEN, (WINDOW, fuse(30))),
        (replace(CLOUD, mode=Mode.SOLAR_ONLY), SEEN, (WINDOW, fuse(30))),
    ],
    ids=["no tariff", "draw unknown", "no write interval", "on the sun"],
)
def test_otherwise_only_the_usual_step_applies(load: object, state: object, ceilings: tuple[Ceiling, ...]) -> None:
    assert highest(*ceilings, load=load, state=state) == 0.0
