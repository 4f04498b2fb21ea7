"""Laws of hidden sun: a test exceeds no limit, is never made by night or under a short wire, and always ends."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.control import step
from fusebox.control.limits.throttled_inverter import is_shining
from fusebox.model.house_memory import HiddenSunMemory
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from tests.control.houses import T0_S
from tests.control.throttled import Roof, one_car, one_plug

from .drawn import among
from .effort import examples
from .problems import DUST_A, used_a
from .strategies import evenings

LEVELS_A = among(0.0, 6.0, 18.0, 60.0)


@st.composite
def probes(draw: st.DrawFn, site: Site) -> HiddenSunMemory:
    """Draw a test under way: any load, any level, the load off before or not."""
    level_a = draw(LEVELS_A)
    return HiddenSunMemory(
        level_a=level_a,
        proved_a=min(draw(LEVELS_A), level_a),
        load=draw(among("", *(load.name for load in site.loads))),
        starts=draw(st.booleans()),
        test_s=T0_S - 5,
        drawn_s=draw(among(None, T0_S - 4)),
        covered_s=draw(among(None, T0_S - 60)),
        pinned_s=draw(among(None, T0_S - 600)),
        lags_s=draw(among((), (5.0,), (90.0,))),
    )


@examples(40)
@given(st.data(), evenings(steps=2, sunny=True), among(None, True, False))
def test_a_test_of_the_sun_exceeds_no_wire_and_ends_by_night_and_where_one_is_short(
    data: st.DataObject, evening: tuple[Site, list[Snapshot]], sun_up: bool | None
) -> None:
    written, snapshots = evening
    site = replace(written, inverters=tuple(replace(each, throttles=True) for each in written.inverters))
    memory = Memory(hidden_sun=data.draw(probes(site)))
    for snapshot in (replace(each, sun_up=sun_up) for each in snapshots):
        decision = step(site, snapshot, memory)
        without = step(written, snapshot, replace(memory, hidden_sun=None))
        memory, hidden = decision.memory, decision.memory.hidden_sun
        amps, else_a = ({name: share.amps for name, share in each.allocation.items()} for each in (decision, without))
        for ceiling in decision.ceilings:
            if ceiling.budget is None:
                assert used_a(ceiling, amps) <= max(ceiling.headroom_a, used_a(ceiling, else_a)) + DUST_A
        if hidden is None:
            continue
        if not is_shining(site, snapshot):
            assert (hidden.load, hidden.level_a) == ("", 0.0)
        assert not any(c.budget is None and c.exceeded and c.stops(hidden.load) for c in decision.ceilings)


@examples(15)
@given(
    among(one_car, one_plug),
    st.floats(1, 20),
    st.floats(2.1, 4.0),
    st.integers(0, 60),
    among("nothing", "meter", "sun", "night"),
    among(0, 600),
)
def test_a_test_that_gains_nothing_ends_within_a_minute_whatever_dies(
    made: object, lag_s: float, sun_a: float, at_s: int, dies: str, min_on_s: int
) -> None:
    more = {"min_on_s": min_on_s} if made is one_plug else {}
    roof = Roof(sun_a, lag_s, load=made(**more))  # type: ignore[operator]
    roof.evening.memory = Memory(hidden_sun=HiddenSunMemory(pinned_s=T0_S - 600))
    roof.run(1 + at_s)
    if dies == "meter":
        roof.silent_s = roof.now_s
    elif dies == "sun":
        roof.sun_a = 0.0
    elif dies == "night":
        roof.sun_up = False
    roof.run(130 - at_s)
    runs = roof.runs()
    assert roof.drew_a[-1] == 0.0
    assert all(to_s - from_s < 60 for from_s, to_s in runs)
