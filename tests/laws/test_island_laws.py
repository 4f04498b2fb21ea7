"""Laws of a site whose grid is gone, over random houses and random, broken, late readings."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.control import step
from fusebox.control.limits.island import without_grid
from fusebox.model.equipment import Inverter
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot

from .effort import examples
from .strategies import evenings


@examples(60)
@given(evenings(steps=4), st.booleans())
def test_without_the_grid_no_load_that_is_not_marked_has_anything(
    evening: tuple[Site, list[Snapshot]], first_marked: bool
) -> None:
    written, snapshots = evening
    loads = tuple(replace(load, island=first_marked and not place) for place, load in enumerate(written.loads))
    site, memory = replace(written, loads=loads, inverters=(Inverter(max_w=3000),), island=True), Memory()
    for snapshot in snapshots:
        now = without_grid(site, snapshot)
        decision = step(site, now, memory)
        memory = decision.memory
        for load in loads:
            state, note = now.loads[load.name], decision.notes[load.name]
            can_stop = state.can_pause or not state.available
            if not load.island and can_stop and load.mode is not Mode.OFF:
                assert (decision.allocation[load.name].amps, note.status in ("charging", "on")) == (0, False)
            assert not any(c.load == load.name and c.on is True for c in decision.commands if not load.island)


@examples(60)
@given(evenings(steps=4))
def test_a_grid_that_is_there_is_served_as_if_no_island_were_known(evening: tuple[Site, list[Snapshot]]) -> None:
    site, snapshots = evening
    marked = replace(site, loads=tuple(replace(load, island=True) for load in site.loads))
    memories = [Memory(), Memory()]
    for snapshot in snapshots:
        decisions = [step(of, snapshot, memory) for of, memory in zip((site, marked), memories, strict=True)]
        assert decisions[0].commands == decisions[1].commands
        memories = [decision.memory for decision in decisions]
