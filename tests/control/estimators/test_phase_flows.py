"""A one-phase car on a three-phase charger is found by the size of the currents, without a clear change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.control.estimators.phase_flows import Commands, PhaseMeters, Reported, comparable_meters, compare_draw
from fusebox.model.durations import NEVER_S
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit
from fusebox.model.load import Load
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import ComparedDraw, PhasesMemory
from fusebox.model.site import Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot

from ..houses import METER, T0_S, car, charger, plug, site

BOX = "L1 L2 L3"
CAR = car("car", phases=BOX)
MINUTE = range(70)
NEW = Memory()
STEADY = ComparedDraw(steady_a=(6.0,), steady_s=T0_S)
SHOWN = PhaseMeters("main", PerPhase(10.0, 11.0, 12.0), True, oldest_s=1.0, newest_s=1.0, answer_s=5.0)


def draws(amps: float, *, is_power: bool = False) -> LoadState:
    """Return the state of a charger whose only sensor reports this current, or the power of that current."""
    shown_a = amps / 3 if is_power else amps
    return replace(charger(16, shown_a, phases=BOX), single_a=amps, is_power=is_power)


def phase_after(
    of: Site,
    flows_a: Mapping[str, float],
    loads: Mapping[str, LoadState],
    *,
    seconds: range = MINUTE,
    solar_w: float | None = None,
    memory: Memory = NEW,
) -> Phase | None:
    """Return the only phase that the car is known to use after those seconds of equal readings of every meter."""
    sun = Reading() if solar_w is None else Reading(solar_w, solar_w, 0.0)
    grid = {Phase[p]: Reading(a, a, 0.0) for p, a in flows_a.items()}
    grids = {circuit.name: grid for circuit in of.circuits}
    for second in seconds:
        memory = step(of, Snapshot(T0_S + second, grids, loads, sun), memory).memory
    return memory.phases_in_use["car"].only


@pytest.mark.parametrize("is_power", [False, True])
@pytest.mark.parametrize("phase", list(Phase))
def test_a_car_uses_the_only_phase_whose_import_is_as_large_as_its_draw(phase: Phase, is_power: bool) -> None:
    flows_a = {p.name: 11.0 if p is phase else 1.0 for p in Phase}
    assert phase_after(site(CAR, phases=BOX), flows_a, {"car": draws(10.0, is_power=is_power)}) is phase


@pytest.mark.parametrize(
    ("flows_a", "why"),
    [
        ({"L1": 11.0, "L2": 11.0, "L3": 1.0}, "two phases could carry it"),
        ({"L1": 1.0, "L2": 1.0, "L3": 1.0}, "no phase could carry it"),
        ({"L1": 11.0, "L2": 7.0, "L3": 1.0}, "a late sensor may report a quarter and 1 A too much"),
    ],
)
def test_nothing_is_concluded_where_not_exactly_one_phase_fits(flows_a: Mapping[str, float], why: str) -> None:
    assert phase_after(site(CAR, phases=BOX), flows_a, {"car": draws(10.0)}) is None, why


def test_a_power_may_be_shared_by_all_phases() -> None:
    """18 A of power are 6 A on each of three phases, which a phase with 5 A of import could carry."""
    flows_a = {"L1": 19.0, "L2": 5.0, "L3": 1.0}
    assert phase_after(site(CAR, phases=BOX), flows_a, {"car": draws(18.0, is_power=True)}) is None


def test_the_flows_have_to_fit_for_a_minute() -> None:
    flows_a = {"L1": 11.0, "L2": 1.0, "L3": 1.0}
    assert phase_after(site(CAR, phases=BOX), flows_a, {"car": draws(10.0)}, seconds=range(50)) is None


def test_sun_may_hide_a_draw_so_the_import_alone_proves_nothing() -> None:
    flows_a, sunny = {"L1": 11.0, "L2": 1.0, "L3": 1.0}, site(CAR, phases=BOX, solar_w=METER)
    loads = {"car": draws(10.0)}
    assert phase_after(sunny, flows_a, loads, solar_w=3 * 230 * 8.0) is None
    assert phase_after(sunny, flows_a, loads) is None, "sun that is not measured may be any"
    assert phase_after(sunny, flows_a, loads, solar_w=230.0) is Phase.L1


def test_what_a_plug_draws_on_a_phase_is_not_the_cars() -> None:
    tank = plug("tank", 2300, phases="L3")
    loads: dict[str, LoadState] = {
        "car": draws(10.0),
        "tank": replace(LoadState(), available=True, on=True, switched=True, draw_a=PerPhase.of({Phase.L3: 10.0})),
    }
    flows_a = {"L1": 11.0, "L2": 0.0, "L3": 10.0}
    assert phase_after(site(CAR, tank, phases=BOX), flows_a, loads) is Phase.L1
    assert phase_after(site(CAR, phases=BOX), flows_a, {"car": loads["car"]}) is None


def test_the_meter_of_the_garage_shows_it_too() -> None:
    garage = Circuit("garage", 20.0, parent="main", grid=dict.fromkeys(Phase, METER))
    load: Load = car("car", phases=BOX, circuit="garage")
    of = site(load, phases=BOX)
    of = replace(of, circuits=(*of.circuits, garage))
    assert phase_after(of, {"L1": 11.0, "L2": 1.0, "L3": 1.0}, {"car": draws(10.0)}) is Phase.L1


def test_a_car_that_was_measured_on_all_phases_is_not_taken_for_a_one_phase_car() -> None:
    of, memory = site(CAR, phases=BOX), Memory()
    for second in range(80):
        amps = 0.0 if second < 20 else 10.0
        grid = {p: Reading(amps + 1.0, amps + 1.0, 0.0) for p in Phase}
        memory = step(of, Snapshot(T0_S + second, {"main": grid}, {"car": draws(amps)}), memory).memory
    assert memory.phases_in_use["car"].on_all == 1
    flows_a = {"L1": 11.0, "L2": 1.0, "L3": 1.0}
    assert phase_after(of, flows_a, {"car": draws(10.0)}, seconds=range(80, 150), memory=memory) is None


def test_a_small_draw_fits_everywhere_and_proves_nothing() -> None:
    assert phase_after(site(CAR, phases=BOX), {"L1": 2.0, "L2": -1.0, "L3": -1.0}, {"car": draws(1.5)}) is None


def comparable(seconds: int, compared: ComparedDraw = STEADY, *, clear: bool = True, other_a: float = 4.0):
    """Return what the car is compared with so long after `T0_S`, since when another car is known to draw on L1."""
    of, states = site(CAR, car("other", phases=BOX), phases=BOX), {"car": draws(6.0), "other": draws(other_a)}
    known = PhasesMemory(only=Phase.L1, compared=ComparedDraw(steady_a=(4.0,), steady_s=T0_S))
    reported = Reported(of, Snapshot(T0_S + seconds, {}, states), {"other": known})
    return comparable_meters(reported, CAR, compared, SHOWN._replace(clear=clear))


def test_a_known_draw_is_subtracted_once_the_meters_have_surely_shown_its_last_change() -> None:
    assert comparable(5) is None
    meters, known = comparable(6)
    assert (meters, [*known]) == (SHOWN._replace(grid_a=PerPhase(6.0, 11.0, 12.0)), ["other"])
    assert comparable(6, other_a=9.0) is None


@pytest.mark.parametrize("changed", [{"steady_s": T0_S + 1}, {"others_s": T0_S + 1}])
def test_the_meters_are_not_compared_until_they_have_surely_shown_the_last_change(changed: Mapping[str, float]) -> None:
    compared = replace(STEADY, **changed)
    assert comparable(6, compared) is None
    assert comparable(7, compared) is not None
    assert comparable(7, compared, clear=False) is None


def meters_before_start(commanded_s: float, reports_s: float) -> PerPhase | None:
    """Return the meters that the car's start is compared with: it draws 6 A on L2 from 22 s on.

    The house takes 2 A more on L1 from 15 s on. `commanded_s`: when the car is commanded. `reports_s`: when its sensor
    reports again, 0 s being the last time.
    """
    known = ComparedDraw(steady_a=(0.0,), steady_s=T0_S - 60)
    for second in range(60):
        reported_s = 0.0 if second < reports_s else reports_s
        state = replace(draws(6.0 if reported_s >= 22 else 0.0), draw_age_s=second - reported_s)
        reported = Reported(site(CAR, phases=BOX), Snapshot(T0_S + second, {}, {"car": state}))
        grid_a = PerPhase(12.0 if second >= 15 else 10.0, 17.0 if second >= 22 else 11.0, 12.0)
        commands = Commands(T0_S + commanded_s if second > commanded_s else NEVER_S, abs(second - commanded_s) > 10)
        meters = SHOWN._replace(grid_a=grid_a, oldest_s=0.0, newest_s=0.0)
        found = compare_draw(reported, CAR, known, (state.single_a,), meters, commands)
        if found.drew_a is not None:
            return found.before_a
        known = found.known
    return None


@pytest.mark.parametrize(
    ("commanded_s", "reports_s", "grid_a"), [(20, 45, (12, 11, 12)), (999, 45, (10, 11, 12)), (999, 22, (12, 11, 12))]
)
def test_a_start_is_compared_with_the_meters_before_its_command_or_its_earlier_report(
    commanded_s: float, reports_s: float, grid_a: tuple[float, ...]
) -> None:
    assert meters_before_start(commanded_s, reports_s) == grid_a


def problems_of(shown_a: float) -> list[str]:
    """Return the problem at each second of a car expected on one phase, until as much power ends that expectation."""
    memory, found = NEW, []
    flows = {Phase[p]: Reading(18.0, 18.0, 0.0) for p in BOX.split()}
    site_now = site(CAR, phases=BOX, fuse_a=40)
    for second in range(58):
        decision = step(
            site_now, Snapshot(T0_S + second, {"main": flows}, {"car": draws(shown_a, is_power=True)}), memory
        )
        memory = decision.memory
        if second == 0:
            expected = PhasesMemory(only=Phase.L1, vote=Phase.L1, votes=3)
            memory = replace(memory, phases_in_use={"car": expected})
        found.append(decision.notes["car"].problem)
    return found


def test_more_than_its_only_phase_carries_is_no_ignored_limit() -> None:
    assert not any(problems_of(48.0))
    assert any("ignores its limit" in text for text in problems_of(18.0))
