"""Houses of the benchmark in which a test once went wrong, each for a reason of its own."""

from __future__ import annotations

import pytest

from benchmarks.commissioning import play as played
from benchmarks.commissioning import roofs
from benchmarks.commissioning.houses import faults_in
from benchmarks.commissioning.judging import is_reported
from benchmarks.commissioning.play import play


@pytest.fixture
def no_roofs(monkeypatch):
    monkeypatch.setattr(roofs, "SHARE", 0.0)


@pytest.fixture
def only_with_a_test(monkeypatch):
    """The house is not played once more without a test, to see how much of an overload was the test's."""

    async def unknown_s(*_):
        return 0

    monkeypatch.setattr(played, "_overload_without_test_s", unknown_s)


@pytest.mark.usefixtures("no_roofs")
@pytest.mark.parametrize(
    ("seed", "faults"),
    [
        # A load outside its circuit was taken for a stuck meter of the circuit, and all loads in it were stopped.
        pytest.param(1018, ["circuit:car1=main"], id="a wrong circuit is no stuck meter"),
        # A plug whose draw is not believed counts twice: it only fits while the car is paused.
        pytest.param(2109, ["unit:plug1"], id="what does not fit is tested alone"),
        # That plug was switched off again by its circuit, which it fills by itself.
        pytest.param(10493, ["unit:plug1", "deaf:car2", "deaf:car1"], id="what a tested plug tells is not counted on"),
        # Four loads, and the first of them had too little time for what it rounds to.
        pytest.param(1122, ["rounding:car1=2"], id="time that is left goes to who was cut short"),
    ],
)
def test_it_is_found_by_its_line(seed, faults):
    assert faults_in(seed) == faults
    outcome = play(seed)
    assert (outcome["missed"], outcome["accused"], outcome["over_s"], outcome["calls"]) == ((), (), 0, 1)


@pytest.mark.usefixtures("no_roofs")
def test_a_meter_in_kilowatts_hides_no_overload():
    assert faults_in(1060) == ["unit:L3"]
    outcome = play(1060)
    assert (outcome["missed"], outcome["over_s"], outcome["trips"]) == ((), 0, 0)


@pytest.mark.usefixtures("only_with_a_test")
@pytest.mark.parametrize(
    ("seed", "roof", "faults"),
    [
        # A battery on all phases, which cannot be ordered and reports every ten seconds.
        pytest.param(95046, "even", ["exchanged:L1=L2", "rounding:car1=2"], id="what an even battery takes back"),
        pytest.param(95012, "even", ["deaf:car1", "unit:L1", "circuit:plug1=main"], id="one that holds"),
    ],
)
def test_in_a_house_with_a_battery_it_is_found_too(seed, roof, faults):
    assert faults_in(seed) == faults
    outcome = play(seed)
    assert (outcome["roof"], outcome["missed"], outcome["accused"]) == (roof, (), ())


@pytest.mark.parametrize(("told_s", "found"), [(20, False), (21, True), (28, True), (33, False)])
def test_a_lag_counts_within_what_the_interval_leaves_open(told_s, found):
    assert is_reported("late: 22", [f"late: {told_s}"]) is found
