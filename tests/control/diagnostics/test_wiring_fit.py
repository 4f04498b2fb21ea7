"""Evidence of moves, weighed: every fault by its own line of CONFIG, and no sound house accused."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from fusebox.control.diagnostics.wiring_evidence import KILO, log_likelihood
from fusebox.control.diagnostics.wiring_findings import Finding, find_differences
from fusebox.control.diagnostics.wiring_fit import Fit
from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.equipment import Circuit, Source
from fusebox.model.load import Load
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN, Site

from ..houses import car, plug, site

LINES = "L1 L2 L3"
CAR, POOL, BIG = car("car"), plug("pool", phases="L2"), car("big", phases=LINES)
GARAGE = Circuit("garage", 20, MAIN, grid={Phase.L1: Source("sensor.garage")})
MEASURED = Source("sensor.car_power")


@dataclass(frozen=True)
class Reality:
    """How a house is really wired. `meters`: meter -> the phase that it shows, and what it makes of an amp there."""

    meters: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    phases: Mapping[str, str] = field(default_factory=dict)
    circuits: Mapping[str, str] = field(default_factory=dict)
    draws: Mapping[str, float] = field(default_factory=dict)
    balanced: Mapping[str, float] = field(default_factory=dict)
    """Phase -> the part of every change that a battery takes back there."""

    def moves(self, load: Load, random: Random, noise_a: float, kettles: float) -> Sequence[Move]:
        """Six steps of 3 A, or of its rating; twice as many where the house is restless."""
        names = self.phases.get(load.name, " ".join(phase.name for phase in load.phases)).split()
        step_a = load.max_a if load.on_off else 3.0
        return [
            self._move(load, names, step_a * (-1) ** turn, random, (noise_a, kettles))
            for turn in range(12 if kettles else 6)
        ]

    def _move(self, load: Load, names: list[str], by_a: float, random: Random, house: tuple[float, float]) -> Move:
        flows = {phase.name: by_a if phase.name in names else 0.0 for phase in ALL_PHASES}
        own = {phase: -self.balanced.get(phase, 0.0) * sum(flows.values()) for phase in flows}
        seen = {}
        for phase in ALL_PHASES:
            shown, gain = self.meters.get(phase.name, (phase.name, 1.0))
            kettle_a = random.choice([-9.0, 9.0]) if random.random() < house[1] else 0.0
            seen[phase] = gain * (flows[shown] + own[shown] + random.gauss(0, house[0]) + kettle_a)
        seen_a = {MAIN: PerPhase.of(seen)}
        garage = self.circuits.get(load.name, load.circuit) == "garage"
        seen_a["garage"] = PerPhase(flows["L1"] + random.gauss(0, 0.02) if garage else random.gauss(0, 0.02))
        told = by_a * self.draws.get(load.name, 1.0)
        # A house takes power all the time: a meter that is reversed shows that to flow out.
        house_a = PerPhase(*[20.0 * self.meters.get(phase.name, ("", 1.0))[1] for phase in ALL_PHASES])
        level_a = {MAIN: house_a.combine(seen_a[MAIN], operator.add), "garage": seen_a["garage"].apply(abs)}
        own_a = {MAIN: PerPhase(*own.values())} if self.balanced else {}
        return Move(PerPhase.each(load.phases, told), seen_a, level_a=level_a, commanded_a=by_a, own_a=own_a)


def house_of(*loads: Load) -> Site:
    """A house whose meters are all there."""
    house = site(*loads, phases=LINES, circuits=(GARAGE,))
    main = replace(house.circuits[0], grid={p: Source(f"sensor.{p.name.lower()}") for p in ALL_PHASES})
    return replace(house, circuits=(main, GARAGE))


def moves_of(
    reality: Reality, *loads: Load, seed: int = 1, noise_a: float = 0.1, kettles: float = 0.0
) -> Mapping[str, Sequence[Move]]:
    """What all of them show."""
    random = Random(seed)
    return {load.name: reality.moves(load, random, noise_a, kettles) for load in loads}


def found(reality: Reality, *loads: Load, **more: float) -> list[Finding]:
    """Return the find_differences about it."""
    return list(find_differences(Fit(house_of(*loads), moves_of(reality, *loads, **more))))


FAULTS = {
    "turned": (Reality({"L2": ("L2", -1.0)}), '"L2": {"entity": "sensor.l2", "invert": True}'),
    "exchanged": (Reality({"L1": ("L2", 1.0), "L2": ("L1", 1.0)}), '"L1": "sensor.l2", "L2": "sensor.l1"'),
    "kilowatts": (Reality({"L1": ("L1", 0.001)}), '"L1": {"entity": "sensor.l1", "unit": "kW", "unit_is_wrong": True}'),
    "phase": (Reality(phases={"tank": "L3"}), '"phases": ["L3"]'),
    "three from one": (Reality(phases={"car": LINES}), '"phases": ["L1", "L2", "L3"]'),
    "circuit": (Reality(circuits={"car": "garage"}), '"circuit": "garage"'),
    "draw in kW": (
        Reality(draws={"car": 0.001}),
        '"draw": {"entity": "sensor.car_power", "unit": "kW", "unit_is_wrong": True}',
    ),
    "lying draw": (Reality(draws={"car": 0.5}), '"draw": None'),
    "a draw of twice as much": (Reality(draws={"car": 2.0}), '"draw": None'),
}
LOADS = (replace(CAR, device={"draw": MEASURED}), POOL, plug("tank", phases="L1"))


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("kettles", [0.0, 0.15], ids=["still", "restless"])
def test_a_fault_is_found_with_the_line_that_mends_it(kind, kettles):
    reality, line = FAULTS[kind]
    for seed in range(4 if kettles else 2):
        (told,) = found(reality, *LOADS, seed=seed, kettles=kettles)
        assert [each.text for each in told.lines] == [line], told


EVEN, ON_L3 = dict.fromkeys(("L1", "L2", "L3"), 1 / 3), {"L3": 0.9}


@pytest.mark.parametrize("balanced", [EVEN, ON_L3], ids=["on all phases", "through one phase"])
@pytest.mark.parametrize("kind", [kind for kind in FAULTS if kind != "three from one"])
def test_what_a_battery_takes_back_is_known_and_the_fault_is_found(kind, balanced):
    reality, line = FAULTS[kind]
    (told,) = found(replace(reality, balanced=balanced), *LOADS, seed=0)
    assert [each.text for each in told.lines] == [line], told


@pytest.mark.parametrize("balanced", [EVEN, ON_L3], ids=["on all phases", "through one phase"])
def test_a_sound_house_with_a_battery_is_not_accused(balanced):
    assert not any(found(Reality(balanced=balanced), *LOADS, BIG, seed=seed) for seed in range(6))


@pytest.mark.parametrize(("gain", "words"), [(-0.5, "another phase:"), (0.5, "another phase and reversed:")])
def test_a_meter_with_the_voltage_of_another_phase_is_no_turned_clamp(gain, words):
    (told,) = found(Reality({"L1": ("L1", gain)}), *LOADS)
    assert f"site.grid.L1 seems to be multiplied by the voltage of {words}" in told.problem
    assert told.lines == ()


@pytest.mark.parametrize("turned", ["L1 L2", "L1 L2 L3"])
def test_several_turned_clamps_are_each_found(turned):
    told = found(Reality({phase: (phase, -1.0) for phase in turned.split()}), *LOADS, BIG)
    assert [line.text for each in told for line in each.lines] == [
        f'"{phase}": {{"entity": "sensor.{phase.lower()}", "invert": True}}' for phase in turned.split()
    ]


def test_exchanged_clamps_show_minus_half_on_the_other_phase():
    (told,) = found(Reality({"L1": ("L2", -0.5), "L2": ("L1", -0.5)}), *LOADS)
    assert told.problem.startswith("the clamps of site.grid.L1, site.grid.L2 seem to be exchanged")


def test_three_faults_at_once_are_distinguished():
    reality = Reality({"L2": ("L2", -1.0)}, phases={"tank": "L3"}, circuits={"car": "garage"})
    lines = {line.text for told in found(reality, *LOADS) for line in told.lines}
    assert lines == {'"L2": {"entity": "sensor.l2", "invert": True}', '"phases": ["L3"]', '"circuit": "garage"'}


def test_exchanged_meters_are_distinguished_from_one_that_reports_kilowatts():
    reality = Reality({"L1": ("L3", 1.0), "L3": ("L1", 1.0), "L2": ("L2", 0.001)})
    lines = {line.text for told in found(reality, *LOADS) for line in told.lines}
    assert lines == {
        '"L1": "sensor.l3", "L3": "sensor.l1"',
        '"L2": {"entity": "sensor.l2", "unit": "kW", "unit_is_wrong": True}',
    }


def test_a_sensor_of_twice_as_much_is_no_second_phase_with_a_dead_meter():
    loads = (replace(CAR, device={"draw": MEASURED}), plug("tank", phases="L1"))
    (told,) = found(Reality(draws={"car": 2.0}), *loads)
    assert [line.text for line in told.lines] == ['"draw": None']


@pytest.mark.parametrize("told", [0.0009, 0.001])
def test_a_sensor_in_another_unit_is_not_wrong_if_the_car_draws_less_than_its_limit(told):
    (told,) = found(Reality(draws={"car": told}), *LOADS)
    assert [line.text for line in told.lines] == [FAULTS["draw in kW"][1]]


@pytest.mark.parametrize(
    ("seen_a", "noise_a", "least", "most"),
    [
        (0.0098, 0.0, 4.0, 9.0),  # just what the load would show
        (0.0, 0.01, -1.0, 0.0),  # lost in what the house does
        (0.02, 0.0, -0.1, 0.1),  # something else came or went
        (0.0, 0.0, -9.0, -5.0),  # nothing
    ],
)
def test_a_meter_in_kilowatts_supports_a_load_only_by_what_it_shows_of_it(seen_a, noise_a, least, most):
    behind = log_likelihood(seen_a, 0.0098, noise_a, KILO)
    assert least <= behind - log_likelihood(seen_a, 0.0, noise_a, KILO) <= most


def test_a_meter_in_kilowatts_among_thermostats_is_not_reported_as_dead():
    reality, line = FAULTS["kilowatts"]
    loads = (replace(CAR, device={"draw": MEASURED}), plug("tank", phases="L1"))
    for seed in range(8):
        told = found(reality, *loads, seed=seed, kettles=0.6)
        assert line in [each.text for one in told for each in one.lines + (one.instead or ())], told


def test_a_dead_meter_is_not_reported_to_be_in_kilowatts():
    loads = (replace(CAR, device={"draw": MEASURED}), plug("tank", phases="L1"))
    (told,) = found(Reality({"L1": ("L1", 0.0)}), *loads)
    assert told.problem.startswith("site.grid.L1 seems to show nothing of that phase") and not told.lines


@pytest.mark.parametrize("kettles", [0.0, 0.15, 0.25])
def test_a_sound_house_is_not_accused(kettles):
    assert [
        told
        for seed in range(15 if kettles else 5)
        for told in found(Reality(), *LOADS, BIG, seed=seed, kettles=kettles)
    ] == []


def test_a_car_that_uses_one_phase_of_three_is_no_fault():
    assert found(Reality(phases={"big": "L2"}, draws={"big": 1 / 3}), replace(BIG, device={})) == []


def test_where_the_meters_fluctuate_as_much_as_the_load_nothing_is_reported():
    assert found(Reality({"L1": ("L1", -1.0)}), CAR, noise_a=6.0) == []


@pytest.mark.parametrize(
    ("shows_a", "sunny", "accused"), [(12.0, False, False), (12.0, True, True), (-12.0, False, True)]
)
def test_a_meter_that_shows_import_is_not_turned_round_where_nothing_generates(shows_a, sunny, accused):
    """A hob of 10.6 A switches against a plug of 4.9 A: the meter shows 5.7 A the other way."""
    home = replace(house_of(POOL), solar_w=Source("sensor.sun") if sunny else None)
    moves = [
        Move(
            PerPhase(None, by_a),
            {MAIN: PerPhase(0.0, -by_a * 5.7 / 4.9, 0.0)},
            level_a={MAIN: PerPhase(1.0, shows_a, 1.0)},
            commanded_a=by_a,
        )
        for by_a in (4.9, -4.9, 4.9)
    ]
    told = find_differences(Fit(home, {"pool": moves}))
    assert ["reversed" in each.problem for each in told] == [True] * accused
