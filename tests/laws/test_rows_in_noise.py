"""In a steady house with noise an entity has two rows a minute, and one more for each real change."""

from __future__ import annotations

import random
from typing import Any

import pytest

from fusebox.balancer.plans.inputs import StepResult
from fusebox.balancer.plans.runner import PlanRunner
from fusebox.balancer.publish import StatusWriter
from fusebox.config.config import NO_CONFIG
from fusebox.control.control import step
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.own_entities import SITE_ENTITY, load_entity
from fusebox.model.site import Site
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.publisher import Change, change_between
from fusebox.runtime.settings import Settings

from ..control.houses import car, charger, obey, seen, site
from ..runtime.home import Home

RUN_S = 300
SUNNY = (car("a", mode=Mode.SOLAR_ONLY), car("b", mode=Mode.SOLAR_PRIORITY, priority=2))
TWO = (car("a"), car("b", priority=2))


def rows(of: Site, house_w: float, noise_w: float) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What each entity has in the recorder after some minutes with a meter that reports each second."""
    home, memory, chance = Home(), Memory(), random.Random(5)
    writer = StatusWriter(
        home.ports,
        LoadedConfig(NO_CONFIG, (), ()),
        PlanRunner(home.ports, LoadedConfig(NO_CONFIG, (), ()), Settings(home.ports, NO_CONFIG)),
    )
    loads = {load.name: charger(6.0) for load in of.loads}
    for second in range(RUN_S):
        others_a = (house_w + chance.random() * noise_w) / of.voltage_v
        snapshot = seen({"L1": others_a + sum(s.draw_a[0] or 0.0 for s in loads.values())}, second, **loads)
        decision = step(of, snapshot, memory)
        memory = decision.memory
        writer.publish_decision(StepResult(of, of, snapshot, decision), (), {})
        for command in decision.commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for entity, state, attributes in home.writes:
        told = found.setdefault(entity, [])
        if not told or told[-1] != (state, attributes):
            told.append((state, attributes))
    return found


def is_real(before: tuple[str, dict[str, Any]], now: tuple[str, dict[str, Any]]) -> bool:
    """Whether more than numbers and a reason has changed."""
    wordless = [(state, {k: v for k, v in told.items() if k != "reason"}) for state, told in (before, now)]
    return change_between(*wordless, ()) is Change.NEWS


@pytest.mark.parametrize(
    ("of", "house_w", "noise_w"),
    [
        (site(car("a"), fuse_a=16), 900, 40),
        (site(*TWO), 400, 40),
        (site(*TWO, max_import_w=4000.0), 300, 40),
        (site(*SUNNY), -1700, 200),
    ],
    ids=["one car", "two cars", "contract", "sun"],
)
def test_noise_makes_two_rows_a_minute_in_addition_to_real_changes(store, of, house_w, noise_w) -> None:
    for entity, told in rows(of, house_w, noise_w).items():
        if entity in (SITE_ENTITY, *(load_entity(load.name) for load in of.loads)):
            real = sum(map(is_real, told, told[1:]))
            assert len(told) - real <= 2 + 2 * RUN_S / 60, (entity, len(told), real)
