"""Laws of loads that are only on or off, under any readings at any times."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.control import step
from fusebox.model.data_quality import DataQuality, quality_by_load
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState, Reading, Snapshot
from tests.control.houses import plug, seen, site, switched

from .effort import examples

MODES = (Mode.CONTINUOUS, Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY, Mode.EXCESS)
FLOWS = st.sampled_from([-20.0, -20.0, 3.0, 12.0, 24.0])
QUALITY = st.sampled_from(["fresh"] * 8 + ["unknown", "late"])
THERE = st.sampled_from([True] * 9 + [False])


@st.composite
def days(draw: st.DrawFn) -> tuple[Mode, int | None, list[tuple[float, float, str, bool]]]:
    """A plug's mode and starts a day, and moments: seconds later, what the house uses, how it is read, all is there."""
    moments = st.tuples(st.sampled_from([1.0, 5.0, 5.0, 25.0]), FLOWS, QUALITY, THERE)
    steady = st.lists(st.tuples(moments, st.integers(1, 25)), min_size=3, max_size=12)
    found = [moment for moment, times in draw(steady) for _ in range(times)]
    return draw(st.sampled_from(MODES)), draw(st.sampled_from([None, 1, 3])), found


@examples(60)
@given(days())
def test_a_plug_keeps_its_least_times_its_starts_and_the_fuse(
    day: tuple[Mode, int | None, list[tuple[float, float, str, bool]]],
) -> None:
    mode, starts, moments = day
    house = site(
        plug(
            "pool",
            mode=mode,
            start_after_s=10.0,
            stop_after_s=10.0,
            min_on_s=120.0,
            min_off_s=90.0,
            max_starts_per_day=starts,
        )
    )
    memory, state, at_s, on_s, off_s = Memory(), switched(False, 0.0), 0.0, -1e9, -1e9
    begun = 0
    for later_s, house_a, quality, there in moments:
        at_s += later_s
        state = replace(state, available=there or state.on is True)
        snapshot = _read(house_a + (state.draw_a[0] or 0.0), at_s, quality, state)
        decision = step(house, snapshot, memory)
        memory = decision.memory
        short = any(c.fuse is not None and c.headroom_a < 10 for c in decision.ceilings)
        for command in decision.commands:
            if command.on:
                begun += 1
                assert at_s - off_s >= 90 and not short
                assert starts is None or begun <= starts
                on_s = at_s
            else:
                blind = quality_by_load(house, snapshot)["pool"] is DataQuality.FAILSAFE
                assert at_s - on_s >= 120 or short or blind, decision.notes["pool"].reason
                off_s = at_s
            state = replace(state, on=command.on, draw_a=PerPhase(10.0 if command.on else 0.0))


def _read(flow_a: float, at_s: float, quality: str, state: LoadState) -> Snapshot:
    now = seen({"L1": flow_a}, at_s, pool=state)
    if quality == "fresh":
        return now
    reading = Reading(None, flow_a, 5.0) if quality == "unknown" else Reading(flow_a, flow_a, 400.0)
    return replace(now, grid_a={circuit: dict.fromkeys(phases, reading) for circuit, phases in now.grid_a.items()})
