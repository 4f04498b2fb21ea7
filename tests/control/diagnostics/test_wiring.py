"""Wiring that contradicts CONFIG, detected from the meters; and findings that a correct wiring must never cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from fusebox.control.control import step
from fusebox.control.diagnostics.wiring import add_observed_moves, update_wiring_evidence, wiring_problems
from fusebox.control.estimators.phase_flows import Reported
from fusebox.control.estimators.phases_in_use import update_phases_in_use
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Source
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import NEW_LOAD, LoadMemory, ResponseMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import ComparedDraw, WiringMemory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot
from fusebox.model.trace import MeterLatency, SensorLatency

from ..houses import T0_S, car, charger, plug, site, switched

LINES = "L1 L2 L3"
Wires = Mapping[str, tuple[str, float]]
"""Meter -> the phase whose current it really measures, and its sign."""


def with_meters(of: Site) -> Site:
    """The site with a meter of its own on each phase."""
    grid = {phase: Source(f"sensor.{phase.name.lower()}") for phase in of.phases}
    return replace(of, circuits=(replace(of.circuits[0], grid=grid), *of.circuits[1:]))


class Home:
    """Loads, each really on some phases, and meters that really are on some phases, the one or the other way round."""

    def __init__(
        self, *loads: Load, really: Mapping[str, str] | None = None, meters: Wires | None = None, of: Site | None = None
    ):
        self.site = of or with_meters(site(*loads, phases=LINES, fuse_a=63))
        self.really = {load.name: " ".join(p.name for p in load.phases) for load in loads} | dict(really or {})
        self.meters = {p: (p, 1.0) for p in LINES.split()} | dict(meters or {})
        self.base_a = {"L1": 1.0, "L2": 2.0, "L3": 3.0}
        self.draws_a = dict.fromkeys(self.really, 0.0)
        self.known: Mapping[str, WiringMemory] = {}
        self.second = 0

    def snapshot(self) -> Snapshot:
        flows = {
            p: a + sum(d for n, d in self.draws_a.items() if p in self.really[n].split())
            for p, a in self.base_a.items()
        }
        grid = {Phase[m]: sign * flows[p] for m, (p, sign) in self.meters.items()}
        readings = {phase: Reading(a, a, 0.0) for phase, a in grid.items()}
        return Snapshot(T0_S + self.second, {MAIN: readings}, {load.name: self.state(load) for load in self.site.loads})

    def state(self, load: Load) -> LoadState:
        names = " ".join(p.name for p in load.phases)
        draw_a = self.draws_a[load.name]
        if load.on_off:
            return switched(draw_a > 0, draw_a, phases=names)
        single = None if len(load.phases) == 1 else draw_a
        return replace(charger(16, draw_a, phases=names), single_a=single)

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.known = add_observed_moves(Reported(self.site, self.snapshot()), self.known, 0.0, {})
            self.second += 1

    def change(self, load: str, draw_a: float, seconds: int = 20) -> None:
        self.draws_a[load] = draw_a
        self.run(seconds)

    @property
    def told(self) -> tuple[str, ...]:
        return wiring_problems(self.site, self.known)


def after_ten(home: Home, *loads: str) -> tuple[str, ...]:
    """Return the findings after ten changes, in turns."""
    home.run(20)
    for turn in range(10):
        name = loads[turn % len(loads)]
        home.change(name, 0.0 if home.draws_a[name] else 10.0)
    return home.told


def test_a_clamp_that_was_turned_round_is_found():
    (told,) = after_ten(Home(car("car", phases="L2"), meters={"L2": ("L2", -1.0)}), "car")
    assert told == (
        "site.grid.L2 seems to be reversed: 5 times, last when car changed by -10 A and it showed 10 A; "
        'write "L2": {"entity": "sensor.l2", "invert": True} if that is so'
    )


def test_one_that_is_turned_back_once_too_often_is_found_too():
    home = Home(car("car", phases="L1"), meters={"L1": ("L1", -1.0)})
    inverted = Source("sensor.grid", invert=True)
    main = replace(home.site.circuits[0], grid=dict.fromkeys(Phase, inverted))
    home.site = replace(home.site, circuits=(main,))
    (told,) = after_ten(home, "car")
    assert told.startswith("site.grid.L1 seems to be reversed") and told.endswith(
        'write "L1": "sensor.grid" if that is so'
    )


def test_two_exchanged_phases_are_found():
    home = Home(car("car"), plug("pool", phases="L2"), meters={"L1": ("L2", 1.0), "L2": ("L1", 1.0)})
    (told,) = after_ten(home, "car", "pool")
    assert told == (
        "site.grid.L1, site.grid.L2 seem to be exchanged: loads are seen on each other's phase; "
        'write "L1": "sensor.l2", "L2": "sensor.l1" if that is so'
    )


def test_a_load_on_another_phase_than_written_is_found():
    home = Home(car("car"), plug("pool", phases="L3"), really={"car": "L3"})
    (told,) = after_ten(home, "car", "pool")
    assert told == (
        "loads.car.phases seems to be wrong: in its last 5 changes it was seen on L3, last by 10 A; "
        'write "phases": ["L3"] if that is so'
    )


@pytest.mark.parametrize("others", [(), (plug("pool", phases="L3"),)])
def test_without_another_load_on_the_phases_both_explanations_are_reported(others):
    (told,) = after_ten(Home(car("car"), *others, really={"car": "L2"}), "car", *(load.name for load in others))
    assert told.startswith("loads.car.phases seems to be wrong")
    assert told.endswith('; or the fault is at site.grid.L1, site.grid.L2: write "L1": "sensor.l2", "L2": "sensor.l1"')


def test_a_three_phase_car_finds_the_one_turned_clamp():
    (told,) = after_ten(Home(car("car", phases=LINES), meters={"L3": ("L3", -1.0)}), "car")
    assert told.startswith("site.grid.L3 seems to be reversed")


def test_a_one_phase_car_on_a_three_phase_box_is_no_mistake():
    assert after_ten(Home(car("car", phases=LINES), really={"car": "L2"}), "car") == ()


def test_a_right_wiring_is_not_reported():
    assert after_ten(Home(car("car"), plug("pool", phases="L2"), car("big", phases=LINES)), "car", "pool", "big") == ()


@pytest.mark.parametrize(("mode", "accused"), [(Mode.SOLAR_ONLY, False), (Mode.STANDARD, True), (Mode.BOOST, True)])
def test_a_car_that_follows_a_sun_without_a_measure_accuses_no_meter(mode, accused):
    """Its amps are the sun's, a third of them on each phase: its own meter shows two thirds, the others minus one."""
    home = Home(replace(car("car"), mode=mode))
    home.run(20)
    for draw_a in (6, 16, 7, 15, 8, 16, 6, 14, 7, 16):
        home.base_a = dict.fromkeys(home.base_a, 10.0 - draw_a / 3)
        home.change("car", float(draw_a))
    assert bool(home.told) is accused


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_a_few_changes_are_no_evidence(changes):
    home = Home(car("car"), meters={"L1": ("L1", -1.0)})
    home.run(20)
    for turn in range(changes):
        home.change("car", 10.0 if turn % 2 == 0 else 0.0)
    assert home.told == ()


def test_findings_are_dropped_when_config_is_corrected():
    home = Home(car("car"), really={"car": "L2"})
    assert after_ten(home, "car")
    home.site = with_meters(site(car("car", phases="L2"), phases=LINES, fuse_a=63))
    home.run(5)
    assert home.told == ()
    assert after_ten(home, "car") == ()


def test_a_kettle_in_the_same_second_now_and_then_hides_nothing():
    home = Home(car("car"), meters={"L1": ("L1", -1.0)})
    home.run(20)
    for turn in range(10):
        home.base_a["L2"] = 2.0 + (9.0 if turn % 5 == 0 else 0.0)
        home.change("car", 0.0 if home.draws_a["car"] else 10.0)
    (told,) = home.told
    assert "reversed" in told


def test_other_loads_that_move_at_the_same_time_show_nothing():
    home = Home(car("car"), plug("tank"), plug("pool", phases="L2"))
    home.draws_a["tank"] = 10.0
    home.run(20)
    for turn in range(10):
        # What the car takes the tank leaves, and the pool goes with the car: only L2 moves.
        begins = turn % 2 == 0
        home.draws_a |= {"tank": 0.0 if begins else 10.0, "pool": 10.0 if begins else 0.0}
        home.change("car", 10.0 if begins else 0.0)
    assert home.told == ()


def test_a_load_that_always_starts_just_before_the_car_is_not_seen_in_its_changes():
    home = Home(car("car", phases=LINES), plug("pool", phases="L2"), really={"car": "L1"})
    seen: tuple[Snapshot, int] = home.snapshot(), 0
    for second in range(800):
        home.draws_a = {
            "car": 10.0 if (second + 60) // 80 % 2 else 0.0,
            "pool": 10.0 if (second + 62) // 80 % 2 else 0.0,
        }
        seen = seen if second % 10 else (home.snapshot(), second)
        aged = {phase: replace(r, age_s=float(second - seen[1])) for phase, r in seen[0].grid_a[MAIN].items()}
        shown = replace(home.snapshot(), grid_a={MAIN: aged})
        home.known = add_observed_moves(Reported(home.site, shown), home.known, 0.0, {})
        home.second += 1
    assert home.told == ()
    assert not [move for move in home.known["car"].moves if move.change_a[MAIN].l2]


def test_eight_hours_of_noise_on_a_right_wiring_reports_nothing():
    random = Random(1)
    home = Home(car("car", phases=LINES), plug("pool", phases="L2"), car("second"))
    told = set()
    for _ in range(28_800 // 15):
        for phase in home.base_a:
            event = random.random()
            if event < 0.08:
                home.base_a[phase] = random.choice([0.5, 3.0, 9.0, 10.0, 13.0, -8.0])
            home.base_a[phase] += random.gauss(0, 0.3)
        if random.random() < 0.05:
            name = random.choice(["car", "pool", "second"])
            home.draws_a[name] = random.choice([0.0, 6.0, 10.0, 16.0])
        # Fifteen seconds as two looks: settled, and settled with what came meanwhile.
        for _ in range(2):
            before = home.known
            reported = Reported(home.site, home.snapshot())
            home.known = add_observed_moves(reported, before, 0.0, {})
            home.second += 8
            if any(before[name].moves != each.moves for name, each in home.known.items() if before):
                told.update(home.told)
    assert told == set()


@pytest.mark.parametrize(("known_s", "accused"), [(20.0, False), (0.0, True)])
def test_a_meter_that_is_known_to_be_late_is_waited_for(known_s, accused):
    home = Home(car("car", phases="L1"), car("second", phases="L2"))
    told, shown = set(), []
    for second in range(600):
        # One moves when the meters begin to show the other.
        home.draws_a = {"car": 10.0 * (second // 40 % 2), "second": 10.0 * ((second + 20) // 40 % 2)}
        shown.append(home.snapshot().grid_a)
        late = replace(home.snapshot(), grid_a=shown[max(second - 20, 0)])
        before = home.known
        home.known = add_observed_moves(Reported(home.site, late), before, known_s, {})
        if any(before[name].moves != each.moves for name, each in home.known.items() if before):
            told.update(home.told)
        home.second += 1
    assert bool(told) is accused


@pytest.mark.parametrize(
    "response",
    [
        ResponseMemory(follow_s=(20.0,)),
        ResponseMemory(meter_latency=MeterLatency(sensor=SensorLatency(lags_s=(20.0,)))),
    ],
)
def test_a_draw_sensor_that_lags_behind_the_commands_accuses_no_meter(response):
    home, shown, memory, told = Home(car("car", phases="L1")), list[Mapping[str, LoadState]](), Memory(), set[str]()
    for second in range(600):
        # The sensor shows each command when the car follows the next one.
        home.draws_a = {"car": 16.0 if second // 20 % 2 else 6.0}
        shown.append(home.snapshot().loads)
        late = replace(home.snapshot(), loads=shown[max(second - 20, 0)])
        sent = TimingMemory(changed_s=T0_S + second // 20 * 20)
        memory = replace(memory, loads={"car": LoadMemory(timing=sent, response=response)})
        memory = update_wiring_evidence(Reported(home.site, late), memory)
        told.update(memory.wiring_problems)
        home.second += 1
    assert told == set()


def test_it_is_reported_with_the_decision():
    home, memory, told = Home(car("car", phases="L2"), meters={"L2": ("L2", -1.0)}), Memory(), ()
    for second in range(260):
        home.draws_a["car"] = 10.0 if second // 20 % 2 else 0.0
        decision = step(home.site, replace(home.snapshot(), now_s=T0_S + second), memory)
        memory, told = decision.memory, decision.problems
    assert any(text.startswith("site.grid.L2 seems to be reversed") for text in told)


def test_during_a_wiring_test_nothing_is_learnt_and_reports_stay():
    home = Home(car("car"))
    seen_twice = PerPhase(6.0)
    evidence = {"car": WiringMemory((Phase.L1,), (), ComparedDraw(steady_a=seen_twice, then_a=seen_twice))}
    before = Memory(wiring_evidence=evidence, wiring_problems=("L1 is turned",))
    under_test = replace(home.site, tested="")
    after = update_wiring_evidence(Reported(under_test, home.snapshot()), before)
    assert after.wiring_problems == ("L1 is turned",)
    compared = after.wiring_evidence["car"].compared
    assert (compared.steady_a, compared.then_a) == (None, None)
    learning = update_wiring_evidence(Reported(home.site, home.snapshot()), before)
    assert learning.wiring_evidence != after.wiring_evidence


def after_joint_changes(home: Home) -> tuple[str, ...]:
    """Return the findings after three changes of "big" alone and nine together with all other loads."""
    memory = Memory(loads=dict.fromkeys(home.really, NEW_LOAD))
    for turn in range(12):
        home.draws_a |= dict.fromkeys(home.draws_a, 6.0 + 8.0 * (turn % 2)) if turn > 3 else {}
        home.draws_a["big"] = (6.0, 14.0, 10.0)[turn % 3]
        for _ in range(20):
            reported = Reported(home.site, home.snapshot(), memory.phases_in_use)
            memory = replace(memory, phases_in_use=update_phases_in_use(reported, memory))
            memory = update_wiring_evidence(reported, memory)
            home.second += 1
    return memory.wiring_problems


def test_a_wrong_phase_is_found_although_the_load_only_moves_together_with_a_measured_one():
    (told,) = after_joint_changes(Home(car("big", phases=LINES), car("box", phases="L2"), really={"box": "L3"}))
    assert told.startswith("loads.box.phases seems to be wrong: in its last 4 changes it was seen on L3")


@pytest.mark.parametrize("uses", [LINES, "L1 L2", "L1"])
def test_loads_that_move_together_are_not_reported_whatever_phases_the_car_uses(uses):
    assert not after_joint_changes(Home(car("big", phases=LINES), car("box", phases="L2"), really={"big": uses}))
