"""Radiators: never more than the cap, fair over a day, no command sent twice, every level string safe."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fusebox.model.numbers import number_of
from fusebox.radiators.group import GroupMemory, GroupReadings, level_in_force
from fusebox.radiators.run import step
from fusebox.radiators.turns import may_be_on, with_command

from ..radiators.rooms import STEP_S, GroupRun, group
from .drawn import texts
from .effort import examples

NAMES = "abcdef"
KNOWN = st.booleans()
MAYBE = st.sampled_from([True, True, False, False, None])


@st.composite
def evenings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Readings of some runs: relays that change by themselves, are missing, or do nothing; anything for the rest."""
    relays = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["obeys", "obeys", "obeys", "stays", None])))
    run = st.fixed_dictionaries(
        {
            "after_s": st.sampled_from([0.0, 0.3, 1.0, 7.0, 30.0, 120.0]),
            "level": st.sampled_from([0.0, 1.0, 2.5, 3.0, 5.0, 9.0, math.nan, None]),
            "away": MAYBE,
            "calls": st.fixed_dictionaries({f"v_{name}": MAYBE for name in NAMES}),
            "relays": relays,
            "hands": st.dictionaries(st.sampled_from(NAMES), KNOWN, max_size=1),
            "debt_k": st.dictionaries(st.sampled_from(NAMES), st.floats(-3, 8), max_size=3),
            "draws": st.dictionaries(st.sampled_from(NAMES), KNOWN, max_size=3),
            "granted": st.sampled_from([None, None, 0, 2, 6]),
            "boost": st.dictionaries(st.sampled_from(NAMES), KNOWN, max_size=1),
            "stepping": KNOWN,
        }
    )
    return draw(st.lists(run, min_size=2, max_size=25))


@examples(80)
@given(evenings(), st.sampled_from([0.0, 2.0]), KNOWN)
def test_no_more_radiators_are_on_than_the_cap_and_no_command_is_sent_twice(
    evening: list[dict[str, Any]], settle_s: float, external_smoothing: bool
) -> None:
    of = group(NAMES, settle_s=settle_s, external_smoothing=external_smoothing)
    memory, now_s = GroupMemory(), 1000.0
    really: dict[str, bool] = dict.fromkeys(NAMES, False)
    for run in evening:
        now_s += run["after_s"]
        really |= run["hands"]
        shown = {name: None if run["relays"][name] is None else really[name] for name in NAMES}
        for name, on in run["boost"].items():
            memory = memory.set_boost([name], on, now_s + 60 if on else None)
        seen = GroupReadings(
            now_s, run["level"], run["away"], run["calls"], shown, run["debt_k"], run["draws"], run["granted"]
        )
        before = memory
        outcome = step(of, seen, memory, run["stepping"])
        memory = outcome.memory
        assert 0 <= outcome.cap.most <= 6
        assert len(outcome.memory.live) <= outcome.cap.most
        assert len(set(outcome.memory.live)) == len(outcome.memory.live)
        assert all(run["away"] is not True for _ in outcome.memory.live)
        ons = [each for each in outcome.switchings if each.on]
        offs = [each for each in outcome.switchings if not each.on]
        assert list(outcome.switchings) == [*offs, *ons]
        assert len({each.relay for each in outcome.switchings}) == len(outcome.switchings)
        maybe_on = {name for name in NAMES if may_be_on(memory.relay_memory(name), shown[name])}
        started = {each.relay for each in ons} - maybe_on
        assert not started or len(maybe_on | started) <= outcome.cap.most
        for each in outcome.switchings:
            past = before.relay_memory(each.relay)
            assert shown[each.relay] is not each.on or past.sent.value is not None
            assert past.sent.value is not each.on or now_s - past.sent.sent_s >= 10
            memory = with_command(memory, each, now_s)
            if run["relays"][each.relay] == "obeys":
                really[each.relay] = each.on


def always_on(names: str, most: int) -> set[str]:
    """Those that are listed more often than a fair share of the cap allows; the others share what these leave."""
    always: set[str] = set()
    while more := {name for name in names if names.count(name) * most >= len(names)}:
        always |= more
        most -= len(more)
        names = "".join(name for name in names if name not in more)
    return always


@examples(24)
@given(
    st.text(NAMES, min_size=2, max_size=7).filter(lambda names: len(set(names)) > 1),
    st.integers(1, 3),
    st.lists(st.tuples(st.integers(30, 400), st.integers(0, 3)), max_size=6),
)
def test_over_a_day_everybody_gets_a_fair_share_within_one_turn(
    names: str, most: int, cuts: list[tuple[int, int]]
) -> None:
    """Six hours. Relays obey at once, and runs come with steps and cuts: those between have nothing to do."""
    of = group(names, most=(min(most, len(set(names))), min(most - 1, len(set(names))) if most > 1 else 0, 0))
    rooms = GroupRun(of)
    rooms.now_s = 0.0
    changes = dict(cuts)
    for at in range(0, 86_400 // 4, 20):
        rooms.level, before = min(changes.get(at // 20 % 400, 0), 2), rooms.level
        if at % STEP_S == 0 or rooms.level != before:
            rooms.run(stepping=at % STEP_S == 0)
            rooms.obey()
            rooms.run()
            rooms.obey()
        for relay, on in rooms.on.items():
            rooms.on_s[relay] += 20 * (on is True)
        rooms.now_s += 20
    shares_s = {relay: rooms.on_s[relay] / names.count(relay) for relay in of.relays}
    always = always_on(names, most)
    others = [shares_s[relay] for relay in of.relays if relay not in always]
    assert max(others, default=0) - min(others, default=0) <= STEP_S
    assert all(shares_s[relay] <= share + STEP_S for relay in always for share in others)


@examples(300)
@given(texts(12) | st.floats().map(str) | st.sampled_from(["2.0", "10.0", "unknown", "NaN", "", "-1", "1e400"]))
def test_every_level_string_is_safe(text: str) -> None:
    of = group(NAMES)
    read = number_of(text)
    level = level_in_force(of, GroupMemory(level=4), read, stepping=False)
    assert level is not None
    if read is None:
        assert level == 4
    else:
        assert 0 <= level <= 6
        assert level >= min(read, 6) - 1e-5 and level <= max(read + 1, 0)
