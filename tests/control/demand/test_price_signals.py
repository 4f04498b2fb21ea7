"""A heat pump under a price that requests an endless block: no house gets cold by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.appliance_memory import BLOCK, NORMAL, PumpMemory, SwitchedMemory
from fusebox.model.load import Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.load_plan import PriceSignal
from fusebox.model.memory import Memory
from fusebox.runtime.load_persistence import loads_to_persist, with_stored_loads
from tests.control.houses import T0_S, Evening, site, switched

from .test_heat_pumps_beside import FACTS, pump

STEP_S = 20
NEW = PumpMemory()


def stretches(
    max_block_s: float, hours: int, grid_a: float = 5.0, mode: Mode = Mode.STANDARD, known: PumpMemory = NEW
) -> list[tuple[str, int]]:
    """The states of a pump whose relays obey, each with its minutes. `known`: what is remembered of it."""
    signal = PriceSignal("block", T0_S + 100 * 3600)
    load = replace(pump(), device={**FACTS, "max_block_s": max_block_s}, signal=signal, mode=mode)
    memory = Memory(loads={"pump": LoadMemory(switched=SwitchedMemory(pump=known))})
    evening, told, found = Evening(site(load), memory), NORMAL, list[tuple[str, int]]()
    for second in range(0, hours * 3600, STEP_S):
        evening.step({"L1": grid_a}, second, pump=replace(switched(told != BLOCK, 0.0), sg=told))
        now = evening.memory.loads["pump"].switched.pump
        assert now is not None and now.commanded is not None
        told = now.commanded
        if found and found[-1][0] == told:
            found[-1] = (told, found[-1][1] + STEP_S)
        else:
            found.append((told, STEP_S))
    return [(state, round(seconds / 60)) for state, seconds in found]


def test_a_block_lasts_two_hours_and_then_as_long_is_free():
    (_, before), first, free, second = stretches(86_400, 5)[:4]
    assert before <= 3  # its dwell time
    assert (first[0], free[0], second[0]) == (BLOCK, NORMAL, BLOCK)
    assert 119 <= first[1] <= 120 <= free[1] <= 122


@pytest.mark.parametrize(("max_block_s", "blocked"), [(900, [(BLOCK, 15)]), (60, [(BLOCK, 1)]), (0, [])])
def test_blocks_for_prices_are_among_the_blocks_of_a_day(max_block_s, blocked):
    assert [part for part in stretches(max_block_s, 1) if part[0] == BLOCK] == blocked


@pytest.mark.parametrize(("days", "blocked_min"), [(6, 30), (8, 60)])
def test_for_a_week_after_an_overload_prices_leave_half_of_the_block_time_to_the_next_one(days, blocked_min):
    found = stretches(3600, 3, known=PumpMemory(overload_s=T0_S - days * 86_400))
    assert [part for part in found if part[0] == BLOCK] == [(BLOCK, blocked_min)]


@pytest.mark.parametrize(("grid_a", "mode"), [(-10.0, Mode.STANDARD), (5.0, Mode.OFF)])
def test_a_surplus_and_mode_off_go_before_a_price(grid_a, mode):
    states = [state for state, minutes in stretches(86_400, 1, grid_a, mode) if minutes > 3]
    assert BLOCK not in states


def test_a_signal_that_has_ended_requests_nothing():
    load = replace(pump(), signal=PriceSignal("block", T0_S - 1))
    evening = Evening(site(load))
    for second in range(0, 600, STEP_S):
        evening.step({"L1": 5.0}, second, pump=replace(switched(True, 0.0), sg=NORMAL))
    known = evening.memory.loads["pump"].switched.pump
    assert known is not None and known.commanded == NORMAL


@pytest.mark.parametrize(("overtaken", "commanded"), [(True, NORMAL), (False, BLOCK)])
@pytest.mark.parametrize("then", [BLOCK, NORMAL])
def test_a_block_that_a_late_command_has_set_after_newer_ones_is_no_hand(overtaken, commanded, then):
    evening = Evening(site(pump()))
    for second in range(0, 60, STEP_S):
        evening.step({"L1": 5.0}, second, pump=replace(switched(True, 0.0), sg=NORMAL))
    for second, displayed, may_be_late in ((60, then, overtaken), (62, BLOCK, False), (80, BLOCK, False)):
        evening.step({"L1": 5.0}, second, pump=replace(switched(False, 0.0), sg=displayed, overtaken=may_be_late))
    known = evening.memory.loads["pump"].switched.pump
    assert known is not None and known.commanded == commanded


@pytest.mark.parametrize(
    ("before", "ago_s", "displayed", "commanded"),
    [(NORMAL, 60, BLOCK, NORMAL), (NORMAL, 3600, BLOCK, BLOCK), (BLOCK, 3600, NORMAL, BLOCK)],
    ids=["a command was just sent", "set by hand", "a power cut has opened the relays"],
)
def test_what_relays_display_after_a_crash_is_set_by_hand_unless_it_may_have_another_cause(
    before, ago_s, displayed, commanded
):
    """After a crash it is not known which command was sent last: only a clean stop stores that."""
    evening = Evening(site(pump()))
    known = PumpMemory(before, T0_S - ago_s, reached=True)
    stored = loads_to_persist(evening.site, Memory(loads={"pump": LoadMemory(switched=SwitchedMemory(pump=known))}))
    evening.memory = with_stored_loads(evening.site, Memory(), stored, T0_S)
    for second in range(0, 60, STEP_S):
        evening.step({"L1": 24.0}, second, pump=replace(switched(False, 0.0), sg=displayed))
    now = evening.memory.loads["pump"].switched.pump
    assert now is not None and now.commanded == commanded


def test_nothing_is_said_of_the_state_of_relays_that_have_never_shown_one():
    evening = Evening(site(pump()))
    evening.step({"L1": 5.0}, 0, pump=replace(switched(True, 0.0), sg=None))
    need = evening.memory.loads["pump"].switched.need
    assert need is not None and need.wants and need.reason == ""
