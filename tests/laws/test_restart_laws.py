"""Wherever scripts are killed, restarted or reloaded, nothing of theirs lasts or is taken for a user's choice."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from .effort import examples
from .interrupted_home import CAUSES, LOADS, InterruptedHome, Moment, in_this_thread

EVENTS = ["kill", "restart", "reload"]
MOMENTS = st.builds(
    Moment,
    st.sampled_from(list(CAUSES)),
    st.integers(10, 60),
    st.sampled_from(EVENTS),
    st.integers(1, 4),
    st.integers(0, 15),
    st.sampled_from([2, 10, 30]),
)
BACK_S = 900
"""The longest time until everything is as it was [s]: pauses, dwell times and careful raises."""
HELD = {"select.battery": "hold"}
"""The battery is held while the car charges."""
QUICK_S = 5
"""Devices that are later than this can trip a breaker of the lower limit of its curve before they follow [s]."""


async def lived(home: InterruptedHome, life: list[Moment]) -> None:
    await home.settle()
    for moment in life:
        await home.live(moment)
    await home.rest("calm", 20)
    await home.rest("calm", BACK_S, lambda: home.unlike_normal == HELD and not home.under_way)
    assert home.by_hand == {}, "a command was taken for a user's choice"
    assert home.unlike_normal == HELD, "all loads run, and everything lowered is given back"
    assert all(home.shown(name)["reason"] for name in LOADS)
    await home.rest("no car", 120 + home.late_s)
    assert "select.battery" not in home.unlike_normal, "it is released"
    assert home.shown("site")["errors"] == []
    for pole in home.poles.values():
        has_tripped = pole.may_have_tripped if home.late_s <= QUICK_S else pole.must_have_tripped
        assert not has_tripped, "a fuse was exceeded for longer than it tolerates"


@examples(7)
@given(st.sampled_from([0, 2, 5, 10, 20, 45]), st.lists(MOMENTS, min_size=1, max_size=3))
@example(
    20,
    [
        Moment("sun", 46, "kill", 1, 8, 30),
        Moment("full", 48, "restart", 1, 13, 10),
        Moment("calm", 16, "restart", 1, 8, 2),
    ],
)
def test_an_interruption_right_after_a_command_leaves_nothing_behind(late_s: int, life: list[Moment]) -> None:
    with tempfile.TemporaryDirectory() as folder, in_this_thread():
        asyncio.run(lived(InterruptedHome(Path(folder), late_s), life))
