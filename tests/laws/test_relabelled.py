"""Decisions do not depend on which phase is called L1, on the names of loads, or on the date."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from fusebox.model.electrics import ALL_PHASES, Phase
from fusebox.model.site import MAIN, Distribution

from ..control.houses import car, plug, site
from . import whole_evenings
from .whole_evenings import Fault, Others, Plan, evening

PHASES = ("L1", "L2", "L3", "L1 L2 L3")
NEXT_TO = dict(zip(ALL_PHASES, (*ALL_PHASES[1:], Phase.L1), strict=True))


def busy_evening(seed: int) -> Plan:
    """Return an evening in which three loads and a restless house need more than the fuse allows."""
    dice = random.Random(seed)
    loads = [
        car("first", phases=dice.choice(PHASES), pause_s=20.0, priority=2),
        car("second", phases="L1 L2 L3", pause_s=20.0),
        dice.choice([car, plug])("third", phases=dice.choice(PHASES[:3])),
    ]
    home = site(*loads, fuse_a=20, phases="L1 L2 L3", distribution=dice.choice([*Distribution]), margin_a=0.5)
    others = {
        (MAIN, phase): Others(tuple((at_s, dice.uniform(0, 15)) for at_s in (0, 30, dice.randrange(40, 120))))
        for phase in ALL_PHASES
    }
    devices = tuple((dice.choice([6.0, 16.0]), True, 32.0, 0, dice.choice([0, 2]), True) for _ in loads)
    return Plan(home, others, devices, (Fault("silent", dice.randrange(3), 60, 25),), 1, 150)


def trace(plan: Plan) -> list[list[tuple[float, str, bool]]]:
    """Return the setpoint, the status and whether there is a command: for each second and load, in CONFIG's order."""
    found = []
    for second in evening(plan):
        notes, commanded = second.decision.notes, {command.load for command in second.decision.commands}
        names = [load.name for load in plan.site.loads]
        found.append([(round(notes[n].setpoint_a, 6), notes[n].status, n in commanded) for n in names])
    return found


def on_the_next_phase(plan: Plan) -> Plan:
    """Return the evening with all that is on L1 on L2, on L2 on L3, and on L3 on L1."""
    loads = [replace(load, phases=tuple(sorted(NEXT_TO[p] for p in load.phases))) for load in plan.site.loads]
    others = {(circuit, NEXT_TO[phase]): load for (circuit, phase), load in plan.others.items()}
    faults = tuple(replace(fault, place=(fault.place + 1) % 3) for fault in plan.faults)
    return replace(plan, site=replace(plan.site, loads=tuple(loads)), others=others, faults=faults)


def renamed(plan: Plan) -> Plan:
    """Return the evening with names that sort in the opposite order."""
    loads = [replace(load, name=f"x{9 - place}") for place, load in enumerate(plan.site.loads)]
    return replace(plan, site=replace(plan.site, loads=tuple(loads)))


@pytest.mark.parametrize("seed", range(3))
def test_labels_change_nothing(seed: int) -> None:
    plan = busy_evening(seed)
    assert trace(renamed(on_the_next_phase(plan))) == trace(plan)


def test_a_week_later_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    now = trace(busy_evening(0))
    monkeypatch.setattr(whole_evenings, "T0_S", whole_evenings.T0_S + 7 * 86_400)
    assert trace(busy_evening(0)) == now
