"""What is learnt of a car stays with that car: the next one at the charger does not inherit it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.phases_in_use import phase_alone
from fusebox.control.observe import with_present_vehicles
from fusebox.model.electrics import Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.load_memory import LoadMemory, ResponseMemory
from fusebox.model.memory import Memory, VehicleMemory
from fusebox.model.phases_memory import NEW_PHASE_SWITCH, PhasesMemory, Stage
from fusebox.model.snapshot import LoadState, Status
from fusebox.model.vehicle import Vehicle

from ..houses import T0_S, car, charger, seen, site

BOX = "L1 L2 L3"
SLOW_S = (8.0, 9.0)


def stay(
    memory: Memory, vehicle: str | None, status: Status = Status.CHARGING, *, phases: float | None = None
) -> Memory:
    """Return the memory after one look at a charger with this car."""
    load = replace(car("garage", phases=BOX), vehicles=("ioniq", "leaf"), vehicle=Vehicle(name=vehicle, phases=phases))
    state: LoadState = charger(16, phases=BOX, status=status)
    return with_present_vehicles(
        site(load, phases=BOX), seen(dict.fromkeys(BOX.split(), 0.0), T0_S, garage=state), memory
    )


def learnt(memory: Memory, follow_s: tuple[float, ...] = SLOW_S, only: Phase | None = Phase.L1) -> Memory:
    """Return the memory after the present car has shown how fast it follows, and its only phase."""
    past = replace(memory.loads["garage"], response=ResponseMemory(follow_s=follow_s))
    return replace(memory, loads={"garage": past}, phases_in_use={"garage": PhasesMemory(only=only)})


def away(memory: Memory) -> Memory:
    """Return the memory after the car has left; its phases are forgotten with it."""
    return replace(stay(memory, None, Status.UNPLUGGED), phases_in_use={"garage": PhasesMemory()})


def known(memory: Memory) -> tuple[tuple[float, ...], Phase | None]:
    return memory.loads["garage"].response.follow_s, memory.phases_in_use["garage"].only


@pytest.mark.parametrize("other", ["leaf", "guest"])
def test_another_car_at_the_charger_inherits_nothing_and_the_first_has_it_again(other: str) -> None:
    memory = away(learnt(stay(Memory(), "ioniq")))
    assert memory.vehicles == {"ioniq": VehicleMemory(SLOW_S, {"garage": Phase.L1})}
    memory = stay(memory, other)
    assert known(memory) == ((), None)
    assert known(stay(away(memory), "ioniq")) == (SLOW_S, Phase.L1)


def test_a_guest_teaches_nothing_about_later_guests() -> None:
    memory = away(learnt(stay(Memory(), "guest")))
    assert memory.vehicles == {}
    assert known(stay(memory, "guest")) == ((), None)


def test_a_wrong_guess_that_is_corrected_has_taught_nothing_about_either_car() -> None:
    memory = stay(learnt(stay(Memory(), "ioniq")), "leaf")
    assert memory.vehicles == {}
    assert memory.loads["garage"].response.follow_s == ()


def test_observations_before_a_car_was_recognised_belong_to_that_car() -> None:
    memory = Memory(loads={"garage": LoadMemory(response=ResponseMemory(follow_s=(3.0,)))})
    assert stay(memory, "ioniq").loads["garage"].response.follow_s == (3.0,)


@pytest.mark.parametrize(("phases", "only"), [(1, Phase.L1), (3, None), (None, None)])
def test_a_car_of_one_phase_is_expected_on_the_first_of_its_charger(phases: float | None, only: Phase | None) -> None:
    memory = stay(Memory(), "leaf", phases=phases)
    assert phase_alone(car("garage", phases=BOX), memory) is only


@pytest.mark.parametrize(("phases", "only"), [(1, Phase.L1), (None, None)])
def test_a_one_phase_car_counts_as_such_before_it_draws_where_phases_are_switched(
    phases: float | None, only: Phase | None
) -> None:
    vehicle = Vehicle(name="leaf", phases=phases)
    load = replace(car("garage", phases=BOX), vehicle=vehicle, switching=PhaseSwitching(tuple(Phase), 30.0, 600.0, 6))
    starting = replace(NEW_PHASE_SWITCH, stage=Stage.STARTING, phase_count=3)
    memory = replace(stay(Memory(), "leaf", phases=1), phase_switches={"garage": starting})
    assert phase_alone(load, memory) is only


def test_a_car_measured_on_several_phases_is_not_a_one_phase_car() -> None:
    memory = replace(stay(Memory(), None), phases_in_use={"garage": PhasesMemory(on_all=1)})
    assert phase_alone(car("garage", phases=BOX), stay(memory, "leaf", phases=1)) is None


@pytest.mark.parametrize("corrected", ["ioniq", "guest"])
def test_the_phase_of_a_car_that_was_only_guessed_is_not_expected_of_the_real_one(corrected: str) -> None:
    guessed = stay(Memory(), "leaf", phases=1)
    assert known(guessed) == ((), Phase.L1)
    assert known(stay(guessed, corrected)) == ((), None)
