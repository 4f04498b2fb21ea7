"""A load that is cut whenever another one starts, while its draw is reported later: a right wiring is not reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fusebox.control.diagnostics.wiring import update_wiring_evidence
from fusebox.control.estimators.phase_flows import Reported
from fusebox.model.appliance_memory import PumpMemory, SwitchedMemory
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Load
from fusebox.model.load_memory import NEW_LOAD, CommandMemory, LoadMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState

from ..houses import T0_S, car, plug
from .test_wiring import LINES, Home, Wires

STEP_S, HALF_S, APPLIANCE_S = 3, 900, 430
BUSY_S, CALM_STEP_S = 90, 15
"""For so long after each change every `STEP_S` is observed, then each `CALM_STEP_S`."""
PUMP_A, CUT_A = 3.9, 2.0


def commanded(load: Load, sent_a: float, sent_s: float) -> LoadMemory:
    """Return the memory of a load that was last sent this current at this time."""
    command = CommandMemory(sent_a=sent_a, sent_on=sent_a > 0, sent_s=sent_s, recent=((sent_s, sent_a, sent_a > 0),))
    return replace(NEW_LOAD, setpoint_a=sent_a, timing=TimingMemory(changed_s=sent_s), command=command)


def signalled(sent_s: float) -> LoadMemory:
    """Return the memory of a load by signal whose state was last chosen at this time: it has no command."""
    return replace(NEW_LOAD, switched=SwitchedMemory(pump=PumpMemory(commanded_s=sent_s)))


def moments(length_s: int, every_s: int, into_s: int = 0) -> Iterator[int]:
    """Yield the seconds that are observed where something changes every so many seconds; it begins `into_s` later."""
    for second in range(0, length_s, STEP_S):
        is_calm = BUSY_S <= (second + into_s) % every_s < every_s - STEP_S
        if not is_calm or second % CALM_STEP_S == 0:
            yield second


def found_in_hours(other: Load, *, report_every_s: int, measured: bool = True) -> set[str]:
    """Return all findings of five hours in which `other` is cut by `CUT_A` 3 s after each start of a heat pump.

    Its draw is reported every so many seconds.
    """
    home = Home(plug("pump", 2700, phases=LINES), other)
    full_a, low_a = other.max_a, other.max_a - CUT_A
    memory, told, reported_a = Memory(), set[str](), full_a
    for second in moments(5 * 3600, HALF_S):
        half, into = divmod(second, HALF_S)
        runs, was_running = half % 2 == 1, (half if into >= STEP_S else half - 1) % 2 == 1
        sent_a = low_a if runs else full_a
        home.draws_a[other.name] = low_a if was_running and half else full_a
        home.draws_a["pump"] = PUMP_A if runs else 0.0
        home.second = second
        shown_s = second // report_every_s * report_every_s
        reported_a = home.draws_a[other.name] if second == shown_s else reported_a
        snapshot = home.snapshot()
        draw_a = PerPhase.each(other.phases, reported_a) if measured else PerPhase()
        state: LoadState = replace(snapshot.loads[other.name], draw_a=draw_a, draw_age_s=float(second - shown_s))
        snapshot = replace(snapshot, loads={**snapshot.loads, other.name: state})
        known = commanded(other, sent_a, float(T0_S + half * HALF_S))
        memory = replace(memory, loads={"pump": NEW_LOAD, other.name: known})
        memory = update_wiring_evidence(Reported(home.site, snapshot), memory)
        told.update(memory.wiring_problems)
    return told


@pytest.mark.parametrize("report_every_s", [30, 60])
def test_a_car_that_is_cut_at_each_start_of_a_pump_accuses_no_meter(report_every_s):
    assert found_in_hours(car("car"), report_every_s=report_every_s) == set()


def test_neither_does_a_car_whose_draw_nothing_measures():
    assert found_in_hours(car("car"), report_every_s=3, measured=False) == set()


def test_neither_does_a_car_whose_draw_is_hardly_ever_reported():
    assert found_in_hours(car("car"), report_every_s=300) == set()


@pytest.mark.parametrize("measured", [True, False])
def test_neither_does_a_plug_behind_a_slow_sensor(measured):
    assert found_in_hours(plug("pool", 460), report_every_s=60, measured=measured) == set()


def test_a_turned_clamp_is_found_in_one_sentence_if_only_a_load_far_from_its_limit_is_with_the_pump():
    home = Home(plug("pump", 2700, phases=LINES), car("car"), meters={"L2": ("L2", -1.0)})
    memory = Memory(loads={"pump": NEW_LOAD, "car": commanded(car("car"), 16.0, T0_S - 3600.0)})
    home.draws_a["car"] = 16.0
    told = set[str]()
    for second in moments(12 * 600, 600):
        home.second, home.draws_a["pump"] = second, (PUMP_A + second // 1200 / 10) * (second // 600 % 2)
        memory = update_wiring_evidence(Reported(home.site, home.snapshot()), memory)
        told.update(memory.wiring_problems)
    assert [text[: text.index(":")] for text in told] == ["site.grid.L2 seems to be reversed"]


def found_with_appliance(
    *,
    report_every_s: int,
    meters: Wires | None = None,
    on: str | None = "L1",
    signal: bool = False,
    other: bool = False,
    early_s: int = 0,
) -> set[str]:
    """Return all findings of four hours in which a car is cut as soon as an appliance starts, and raised afterwards.

    The appliance is `on` this phase; with None it draws nothing, although the car is cut and raised. With `signal` it
    is no car but a load by signal; with `other` another load, which draws nothing, is commanded a step before it. The
    command follows the appliance by `early_s`.
    """
    pool = (plug("pool", phases="L2"),) if other else ()
    home, memory, told = Home(car("car"), *pool, meters=meters), Memory(), set[str]()
    reported_a = 16.0
    for second in moments(4 * 3600, APPLIANCE_S, into_s=10):
        half, into = divmod(second + 10, APPLIANCE_S)
        runs = half % 2 == 1
        home.base_a |= {} if on is None else {on: 10.0 if (second + 10 + early_s) // APPLIANCE_S % 2 else 1.0}
        home.draws_a["car"] = 10.0 if (runs if into >= 2 * STEP_S else not runs and half) else 16.0
        home.second = second
        shown_s = second // report_every_s * report_every_s
        reported_a = home.draws_a["car"] if second == shown_s else reported_a
        snapshot = home.snapshot()
        state: LoadState = replace(
            snapshot.loads["car"], draw_a=PerPhase(reported_a), draw_age_s=float(second - shown_s)
        )
        # A step observes before it decides: the command of this moment is known to the next one.
        loads = {**snapshot.loads, "car": state}
        memory = update_wiring_evidence(Reported(home.site, replace(snapshot, loads=loads)), memory)
        begun_s = T0_S + second - into // STEP_S * STEP_S
        known = {"car": signalled(begun_s) if signal else commanded(car("car"), 10.0 if runs else 16.0, begun_s)}
        if other:
            later_s = APPLIANCE_S if into >= APPLIANCE_S - STEP_S else 0
            known["pool"] = commanded(pool[0], 0.0, begun_s - STEP_S + later_s)
        memory = replace(memory, loads=known)
        told.update(memory.wiring_problems)
    return told


@pytest.mark.parametrize("report_every_s", [30, 60])
def test_neither_does_a_car_that_is_cut_at_each_start_of_an_appliance(report_every_s):
    assert found_with_appliance(report_every_s=report_every_s) == set()


@pytest.mark.parametrize("report_every_s", [30, 60])
def test_neither_does_a_load_by_signal_that_is_blocked_at_each_start_of_an_appliance(report_every_s):
    assert found_with_appliance(report_every_s=report_every_s, signal=True) == set()


def test_neither_does_a_car_that_is_cut_just_after_another_load_was_commanded():
    assert found_with_appliance(report_every_s=3, other=True) == set()


@pytest.mark.parametrize("of", [{}, {"signal": True}, {"other": True}])
@pytest.mark.parametrize("report_every_s", [3, 30, 60])
def test_a_turned_clamp_is_found_however_seldom_the_draw_is_reported(report_every_s, of):
    told = found_with_appliance(report_every_s=report_every_s, meters={"L1": ("L1", -1.0)}, on=None, **of)
    assert any(text.startswith("site.grid.L1 seems to be reversed") for text in told)


def test_a_turned_clamp_is_found_beside_an_appliance_if_the_draw_is_reported_at_once():
    told = found_with_appliance(report_every_s=3, meters={"L1": ("L1", -1.0)})
    assert any(text.startswith("site.grid.L1 seems to be reversed") for text in told)


def test_a_turned_clamp_is_found_although_before_each_command_an_appliance_starts_on_another_phase():
    of = {"on": "L2", "early_s": STEP_S, "report_every_s": APPLIANCE_S // 2}
    told = found_with_appliance(meters={"L1": ("L1", -1.0)}, **of)
    assert {text[: text.index(":")] for text in told} == {"site.grid.L1 seems to be reversed"}
