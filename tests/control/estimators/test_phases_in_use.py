"""A one-phase car on a three-phase box with one draw value: learnt from the meter, and given up when it contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fusebox import tuning
from fusebox.control.control import step
from fusebox.control.estimators.phase_flows import Reported
from fusebox.control.estimators.phases_in_use import phase_alone, update_phases_in_use
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Battery, Source
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhasesMemory
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading, Snapshot, Status

from ..houses import T0_S, car, charger, plug, site
from ..rest import Steps

BOX = "L1 L2 L3"
SUN = Source(entity="sensor.sun")
BATTERY = Battery(Source(entity="sensor.soc"), Source(entity="sensor.power"))


class House:
    """A car that may use some phases of its charger, a sensor with one value, and meters."""

    def __init__(self, of: Site | None = None, uses: str = "L1", is_power: bool = False) -> None:
        self.site = of or site(car("car", phases=BOX), phases=BOX, solar_w=SUN, fuse_a=40)
        self.uses, self.is_power = uses, is_power
        self.base_a = {"L1": 1.0, "L2": 2.0, "L3": 3.0}
        self.memory, self.second, self.status = Memory(), 0, Status.CHARGING
        self.steps = Steps()
        self.stuck: dict[str, float] = {}
        self.battery_w: float | None = None
        self.lines: int | None = None
        self.reports_every_s, self.reported = 1, (0, 0.0)
        self.decision: Decision | None = None

    def run(self, draw_a: float, seconds: int = 70) -> Phase | None:
        """That long at one draw; the phase that is believed in then."""
        for _ in range(seconds):
            decision = self.step(draw_a)
            self.memory = decision.memory
            self.second += 1
        return self.only

    def step(self, draw_a: float) -> Decision:
        flow_a = {p: a + (draw_a if p in self.uses.split() else 0.0) for p, a in self.base_a.items()}
        flow_a |= self.stuck
        grid = {Phase[p]: Reading(a, a, 0.0, 1.0) for p, a in flow_a.items()}
        power_w = Reading() if self.battery_w is None else Reading(self.battery_w, self.battery_w, 0.0)
        loads = {"car": self.state(draw_a)}
        self.decision = self.steps.decide(
            self.site,
            Snapshot(T0_S + self.second, {"main": grid}, loads, batteries=(BatteryReadings(charge_w=power_w),)),
            self.memory,
        )
        return self.decision

    def state(self, draw_a: float) -> LoadState:
        if self.second % self.reports_every_s == 0:
            self.reported = (self.second, draw_a)
        reported_s, draw_a = self.reported
        single_a = draw_a * (len(self.uses.split()) if self.is_power else 1)
        shown_a = single_a / 3 if self.is_power else single_a
        state = charger(16, shown_a, phases=BOX, status=self.status)
        age_s = float(self.second - reported_s)
        return replace(state, single_a=single_a, is_power=self.is_power, phases_drawing=self.lines, draw_age_s=age_s)

    @property
    def only(self) -> Phase | None:
        return self.memory.phases_in_use["car"].only

    def weights(self) -> Mapping[str, bool]:
        """Which wires the car is counted under."""
        assert self.decision is not None
        return {c.name: "car" in c.weights for c in self.decision.ceilings if c.fuse is not None}


@pytest.mark.parametrize("is_power", [False, True])
@pytest.mark.parametrize("phase", ["L1", "L2", "L3"])
def test_a_start_that_only_one_phase_shows_is_enough_when_it_stays_clear(phase: str, is_power: bool) -> None:
    house = House(uses=phase, is_power=is_power)
    assert house.run(0) is None
    assert house.run(6, 40) is None
    assert house.run(6, 30) is Phase[phase]
    assert house.weights() == {f"main {p}": p == phase for p in BOX.split()}


@pytest.mark.parametrize("uses", ["L1 L2 L3", "L1 L3"])
@pytest.mark.parametrize("is_power", [False, True])
def test_a_car_on_more_than_one_phase_counts_on_all(uses: str, is_power: bool) -> None:
    house = House(uses=uses, is_power=is_power)
    for draw_a in (0, 6, 16, 6, 0, 16):
        assert house.run(draw_a) is None


@pytest.mark.parametrize(("reports_every_s", "is_power"), [(10, True), (20, False), (30, True)])
def test_a_phase_is_learnt_although_the_meters_show_each_change_before_the_draw(
    reports_every_s: int, is_power: bool
) -> None:
    # The house draws so much on each phase that any of them could carry the car.
    house = House(uses="L2", is_power=is_power)
    house.base_a, house.reports_every_s = {"L1": 18.0, "L2": 19.0, "L3": 20.0}, reports_every_s
    for draw_a in (0, 6, 12):
        house.run(draw_a, 113)  # each begins at another moment of the interval
    assert house.only is Phase.L2


def changed_since_the_last_report(uses: str, base_a: dict[str, float]) -> House:
    """Return a house just before its idle car reports again, minutes after the house load has become `base_a` [A]."""
    house = House(uses=uses)
    house.base_a = {"L1": 18.0, "L2": 19.0, "L3": 20.0}
    house.run(0, 10)
    house.reports_every_s = 1000
    house.run(0, 290)
    house.base_a = base_a
    house.run(0, 300)
    house.second = 1000 * (house.second // 1000 + 1)
    return house


def test_a_sensor_that_reports_changes_only_is_compared_with_the_second_before() -> None:
    house = changed_since_the_last_report("L2", {"L1": 11.0, "L2": 19.5, "L3": 26.0})
    house.run(8, 130)
    assert house.only is Phase.L2


def test_meters_of_long_ago_prove_nothing_where_the_second_before_shows_more_phases() -> None:
    # Since the last report the sun has risen by what a car takes on three phases; a kettle starts with the car.
    house = changed_since_the_last_report("L1 L2 L3", {"L1": 10.0, "L2": 11.0, "L3": 12.0})
    house.base_a["L1"] += 8.0
    assert house.run(8, 130) is None


def test_a_power_counts_in_full_on_the_one_phase() -> None:
    house = House(uses="L2", is_power=True)
    house.run(0)
    house.run(6)
    decision = house.step(6)
    fuse = next(c for c in decision.ceilings if c.name == "main L2")
    assert (fuse.drawn_a["car"], fuse.used_a) == (6, 2)


def test_small_moves_in_a_noisy_house_are_not_enough_alone() -> None:
    house = House()
    house.run(6)
    for _ in range(5):
        house.base_a["L2"] += 1.0
        assert house.run(8, 20) is None
        assert house.run(6, 20) is None


def test_three_less_clear_moves_one_after_another_are_enough() -> None:
    house = House()
    house.run(6)
    assert house.run(10, 30) is None
    assert house.run(6, 30) is None
    assert house.run(10, 30) is Phase.L1


def test_a_kettle_that_comes_back_takes_a_clear_move_back() -> None:
    house = House(uses=BOX)
    house.base_a |= {"L2": 8.0, "L3": 9.0}
    house.run(0)
    house.base_a |= {"L2": 2.0, "L3": 3.0}  # two plates of a hob go off as the car starts
    house.run(6, 20)
    house.base_a |= {"L2": 8.0, "L3": 9.0}
    assert house.run(6, 100) is None


def test_it_is_forgotten_when_the_car_is_unplugged() -> None:
    house = House()
    house.run(0)
    assert house.run(6) is Phase.L1
    house.status = Status.UNPLUGGED
    assert house.run(0, 2) is None


def test_it_outlives_a_pause() -> None:
    house = House()
    house.run(0)
    house.run(6)
    assert house.run(0, 200) is Phase.L1


def test_without_a_status_it_is_forgotten_when_nothing_is_drawn_for_a_while() -> None:
    house = House()
    house.status = Status.UNKNOWN
    house.run(0, 30)
    assert house.run(6) is Phase.L1
    assert house.run(0, 30) is Phase.L1
    assert house.run(0, 60) is None


@pytest.mark.parametrize("is_power", [False, True])
def test_a_charger_on_three_phases_is_noticed_within_seconds_of_its_next_change(is_power: bool) -> None:
    house = House(is_power=is_power)
    house.run(0)
    assert house.run(6) is Phase.L1
    house.run(0)
    house.uses = BOX
    assert house.run(6, 8) is None
    for draw_a in (16, 6, 0, 6):
        assert house.run(draw_a) is None, "what was seen on all phases is not believed to be on one"


def test_a_phase_that_moves_along_is_enough_to_doubt() -> None:
    house = House()
    house.run(0)
    assert house.run(6) is Phase.L1
    house.base_a |= {"L1": 9.0, "L2": 6.0}
    assert house.run(12, 8) is None


def doubted_house(others_a: float) -> House:
    """Return a house whose car is known on L1 until a kettle starts on L2 with its raise to 12 A."""
    house = House(site(car("car", phases=BOX), phases=BOX, fuse_a=40))
    house.run(0)
    assert house.run(6) is Phase.L1
    house.base_a |= {"L2": 12.0 + others_a, "L3": others_a}
    house.run(6, 120)
    house.base_a["L2"] += 11.0
    assert house.run(12, 8) is None
    return house


def test_a_doubted_phase_is_known_again_when_a_third_one_is_too_small_for_the_car() -> None:
    assert doubted_house(0.0).run(12) is Phase.L1


def test_a_doubted_phase_is_known_again_when_the_next_change_shows_it_alone() -> None:
    house = doubted_house(12.0)
    assert house.run(12, 200) is None
    assert house.run(6, 10) is Phase.L1


def test_a_doubted_phase_counts_where_the_doubt_is_no_fact() -> None:
    house, load = doubted_house(12.0), car("car", phases=BOX)
    assert phase_alone(load, house.memory) is None
    assert phase_alone(load, house.memory, doubted=True) is Phase.L1
    house.uses = BOX
    house.run(0)
    house.run(6)
    assert phase_alone(load, house.memory, doubted=True) is None


@pytest.mark.parametrize(("l1_a", "l2_a"), [(9, 14), (9, 16), (12, 13.5), (8, 18)])
def test_a_raise_that_only_another_phase_follows_moves_the_car_there(l1_a: float, l2_a: float) -> None:
    house = House(site(car("car", phases=BOX, max_a=9.0), phases=BOX, fuse_a=25))
    house.run(0)
    house.run(6)
    house.base_a |= {"L1": l1_a, "L2": l2_a, "L3": 0.0}
    house.run(6, 120)
    house.uses = "L2"
    house.run(6, 5)
    house.run(9, 8)
    house.site = site(car("car", phases=BOX), phases=BOX, fuse_a=25)
    drawn_a, over_s = 9.0, 0
    for _ in range(1200):
        house.run(drawn_a, 1)
        setpoint_a = house.memory.loads["car"].setpoint_a
        over_s += l2_a + drawn_a > 1.02 * 25
        drawn_a = min(setpoint_a, 16.0)
    assert setpoint_a >= 25 - l2_a - 1 and over_s <= 2


@pytest.mark.parametrize(
    ("is_power", "uses", "doubted"), [(False, BOX, None), (True, BOX, None), (True, "L1", Phase.L1)]
)
def test_where_all_phases_take_a_share_none_is_only_doubted(is_power: bool, uses: str, doubted: Phase | None) -> None:
    house = House(is_power=is_power)
    house.run(0)
    assert house.run(6) is Phase.L1
    house.uses = uses
    house.base_a |= {"L2": 5.0, "L3": 6.0}
    assert house.run(12, 8) is None
    assert phase_alone(car("car", phases=BOX), house.memory, doubted=True) is doubted


def test_nothing_is_inferred_while_a_phase_thought_unused_is_over_its_rating() -> None:
    house = House()
    house.run(0)
    assert house.run(6) is Phase.L1
    house.base_a["L2"] = 41.0
    assert house.run(6, 1) is None
    assert house.weights()["main L2"]


def test_a_battery_that_answers_to_the_car_teaches_nothing() -> None:
    house = House(site(car("car", phases=BOX), phases=BOX, batteries=(BATTERY,), fuse_a=40))
    house.battery_w = 0.0
    house.run(0)
    house.battery_w = -1380.0
    assert house.run(6) is None


def test_two_meters_that_follow_accuse_the_third_that_does_not() -> None:
    house = House(uses=BOX)
    house.stuck = {"L2": 5.0}
    for draw_a in (6, 12, 6):
        house.run(draw_a)
    assert house.run(16, 30) is None
    assert house.decision is not None
    assert any("main L2" in p and "stuck" in p for p in house.decision.problems)
    assert len(house.decision.problems) == 1


def test_two_silent_meters_do_not_make_a_three_phase_car_a_one_phase_car() -> None:
    house = House(uses=BOX)
    for draw_a in (6, 12, 6):
        house.run(draw_a, 20)
    house.stuck = {"L2": 8.0, "L3": 9.0}
    for draw_a in (16, 6, 16):
        assert house.run(draw_a) is None


def each(draw_a: Mapping[Phase, float]) -> LoadState:
    return replace(charger(16, 0, phases=BOX), draw_a=PerPhase.of(draw_a))


def test_a_sensor_for_each_phase_reveals_it_alone() -> None:
    load: Load = car("car", phases=BOX, mode=Mode.SOLAR_ONLY)
    of, memory = site(load, phases=BOX), Memory()
    draws = [{Phase.L1: 6.0, Phase.L2: 0.0, Phase.L3: 0.1}] * 6 + [{Phase.L1: 6.0, Phase.L2: 6.0, Phase.L3: 6.0}]
    only = []
    for second, draw_a in enumerate(draws):
        grid = {p: Reading(8.0, 8.0, 0.0) for p in Phase}
        memory = step(of, Snapshot(T0_S + second, {"main": grid}, {"car": each(draw_a)}), memory).memory
        only.append(memory.phases_in_use["car"].only)
    assert only[0] is None and only[5] is Phase.L1 and only[6] is None


def test_what_counts_its_lines_itself_is_believed() -> None:
    house = House()
    house.lines = 3
    assert house.run(0) is None
    assert house.run(16, 100) is None, "whatever one meter shows"
    house.lines = 1
    assert house.run(6, 100) is Phase.L1, "which one it is the meter tells"
    house.lines = 3
    assert house.run(6, 1) is None


def test_a_radiator_that_starts_with_the_car_is_no_second_phase_of_it_in_a_meter_that_shows_both_later() -> None:
    of = site(car("car", phases=BOX), plug("radiator", 760, phases="L3"), phases=BOX, fuse_a=40)
    memory, shown, only = Memory(), (0.0, 0.0), []
    for second in range(200):
        drawn_a = (0.0, 0.0) if second < 20 else (6.0, 0.0) if second < 123 else (10.0, 3.3)
        radiator_a = 3.3 if second >= 121 else 0.0
        shown = drawn_a if second % 10 == 0 else shown
        grid = {p: Reading(a, a, second % 10) for p, a in zip(Phase, (shown[0], 0.0, shown[1]), strict=True)}
        loads = {
            "car": replace(charger(16, drawn_a[0], phases=BOX), single_a=drawn_a[0]),
            "radiator": charger(3.3, radiator_a, phases="L3"),
        }
        memory = step(of, Snapshot(T0_S + second, {"main": grid}, loads), memory).memory
        only.append(memory.phases_in_use["car"].only)
    assert set(only[110:]) == {Phase.L1}


class Garage:
    """Chargers with three phases and one power sensor each, and cars that use some of them."""

    def __init__(self, *uses: str, fuse_a: float = 63) -> None:
        self.uses = {f"car{place}": phases.split() for place, phases in enumerate(uses)}
        self.site = site(*[car(name, phases=BOX) for name in self.uses], phases=BOX, fuse_a=fuse_a)
        self.memory, self.second = Memory(), 0
        self.steps = Steps()

    def run(self, *draws_a: float, seconds: int = 30) -> tuple[Phase | None, ...]:
        """That long at these draws of the cars on each phase that they use; the phase that is believed in of each."""
        taken = dict(zip(self.uses, draws_a, strict=True))
        flows_a = {p: sum(a for name, a in taken.items() if p.name in self.uses[name]) for p in Phase}
        grid = {p: Reading(a, a, 0.0) for p, a in flows_a.items()}
        powers_a = {name: a * len(self.uses[name]) for name, a in taken.items()}
        loads = {
            name: replace(charger(16, a / 3, phases=BOX), single_a=a, is_power=True) for name, a in powers_a.items()
        }
        for _ in range(seconds):
            now = Snapshot(T0_S + self.second, {"main": grid}, loads)
            self.memory = self.steps.decide(self.site, now, self.memory).memory
            self.second += 1
        return tuple(self.memory.phases_in_use[name].only for name in self.uses)


def test_a_car_that_only_moves_together_with_a_known_one_is_learnt() -> None:
    garage = Garage(BOX, "L2")
    for draws_a in ((6, 0), (16, 0), (6, 0), (10, 6), (6, 12)):
        garage.run(*draws_a)
    assert garage.run(10, 6) == (None, Phase.L2)


def test_a_car_on_two_phases_says_nothing_about_one_that_moves_with_it() -> None:
    garage = Garage("L1 L2", "L2")
    for draws_a in ((6, 0), (16, 0), (6, 0), (10, 6), (6, 12), (10, 6)):
        assert garage.run(*draws_a) == (None, None)
    assert not garage.memory.phases_in_use["car0"].is_evenly_on_all


def test_phases_known_before_an_overload_count_again_once_one_is_too_small_for_the_car() -> None:
    garage = Garage("L1", "L2", fuse_a=20)
    for draws_a in ((6, 0), (12, 0), (12, 8)):
        garage.run(*draws_a, seconds=70)
    assert garage.run(12, 12) == (Phase.L1, Phase.L2)
    assert garage.run(22, 22, seconds=200) == (None, None)
    assert garage.run(10, 10, seconds=100) == (None, None)
    assert garage.run(10, 10, seconds=40) == (Phase.L1, Phase.L2)


class TwoBoxes:
    """A three-phase car whose draw is reported every 10 s, and a car that uses L1 of a three-phase charger."""

    def __init__(self) -> None:
        self.site = site(car("slow", phases=BOX), car("one", phases=BOX), phases=BOX, fuse_a=63)
        evenly = PhasesMemory(on_all=tuning.NO_CHANCE_TIMES, evenly=tuning.NO_CHANCE_TIMES)
        self.memory = Memory(loads={"slow": LoadMemory(), "one": LoadMemory()}, phases_in_use={"slow": evenly})
        self.second, self.shown, self.shown_s = 0, charger(16, 0, phases=BOX), 0

    def run(self, slow_a: float, one_a: float, seconds: int = 30) -> Phase | None:
        """That long at these draws; return the phase that is believed in of the second car."""
        if slow_a != self.memory.loads["slow"].setpoint_a:
            raised = LoadMemory(setpoint_a=slow_a, timing=TimingMemory(changed_s=T0_S + self.second))
            self.memory = replace(self.memory, loads={**self.memory.loads, "slow": raised})
        one = replace(charger(16, one_a, phases=BOX), single_a=one_a)
        for _ in range(seconds):
            if self.second % 10 == 0:
                self.shown = replace(charger(16, slow_a, phases=BOX), single_a=slow_a)
                self.shown_s = self.second
            slow = replace(self.shown, draw_age_s=float(self.second - self.shown_s))
            flows_a = {Phase.L1: slow_a + one_a, Phase.L2: slow_a, Phase.L3: slow_a}
            grid = {p: Reading(a, a, 0.0) for p, a in flows_a.items()}
            now = Snapshot(T0_S + self.second, {"main": grid}, {"slow": slow, "one": one})
            found = update_phases_in_use(Reported(self.site, now, self.memory.phases_in_use), self.memory)
            self.memory = replace(self.memory, phases_in_use=found)
            self.second += 1
        return found["one"].only


def test_what_another_car_draws_more_before_its_sensor_reports_it_is_no_second_phase_of_a_known_one() -> None:
    boxes = TwoBoxes()
    boxes.run(8, 0, 101)
    boxes.run(8, 6, 100)
    boxes.run(8, 0, 99)
    assert boxes.run(8, 0, 21) is Phase.L1
    # One second after a report, the slow one is raised and the other starts.
    assert boxes.run(14, 6, 9) is Phase.L1
    assert boxes.run(14, 6, 100) is Phase.L1
