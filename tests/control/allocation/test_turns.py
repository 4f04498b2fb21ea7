"""Under `optimized` a charger waits while loads before it would lose more to it than it gets, but not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fusebox import tuning
from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Ceiling
from fusebox.model.decision import Decision, Demand, Hold
from fusebox.model.electrics import Phase
from fusebox.model.load import Load, Mode
from fusebox.model.load_plan import LoadPlan
from fusebox.model.memory import Memory
from fusebox.model.site import Distribution, Site
from fusebox.model.snapshot import LoadState, Status

from ..houses import car, charger, obey, plug, seen, site, switched
from ..rest import Steps

PHASES = "L1 L2 L3"
ESTATE, RUNABOUT = car("estate", phases=PHASES), car("runabout", priority=2, pause_s=60)
WAITS = "it would slow estate by more than it could charge itself"


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    tuning.override({})


def house(*loads: Load, fuse_a: float = 25) -> Site:
    return site(*(loads or (ESTATE, RUNABOUT)), fuse_a=fuse_a, phases=PHASES, distribution=Distribution.OPTIMIZED)


def device(load: Load, running: bool) -> LoadState:
    if load.on_off:
        return switched(running, 0.0)
    return charger(6.0, 6.0 if running else 0.0, on=running, phases=" ".join(phase.name for phase in load.phases))


class Evening:
    """Devices that follow at once, in a house that draws `house_l1_a` on L1."""

    def __init__(self, home: Site, house_l1_a: float = 8.0, running: bool = False) -> None:
        self.home, self.house_l1_a = home, house_l1_a
        self.memory, self.second, self.decisions = Memory(), 0, list[Decision]()
        self.steps = Steps()
        self.loads = {load.name: device(load, running) for load in home.loads}

    def live(self, for_s: int) -> Evening:
        """A step each second."""
        for _ in range(for_s):
            grid = {p: sum(s.draw_a[Phase[p]] or 0.0 for s in self.loads.values()) for p in PHASES.split()}
            grid["L1"] += self.house_l1_a
            decision = self.steps.decide(self.home, seen(grid, self.second, **self.loads), self.memory)
            self.memory, self.second = decision.memory, self.second + 1
            self.decisions.append(decision)
            for command in decision.commands:
                self.loads[command.load] = obey(self.loads[command.load], command.current_a, command.on)
        return self

    @property
    def set_a(self) -> dict[str, float]:
        """What each load is set to now."""
        return {name: note.setpoint_a for name, note in self.decisions[-1].notes.items()}

    def starts_s(self, load: str) -> list[int]:
        """When a load was switched on."""
        return [s for s, d in enumerate(self.decisions) for c in d.commands if c.load == load and c.on]

    def stops_s(self, load: str) -> list[int]:
        """When it was switched off."""
        return [s for s, d in enumerate(self.decisions) for c in d.commands if c.load == load and c.on is False]


def test_a_car_on_one_phase_waits_while_it_would_hold_down_one_on_three():
    # L1 has 17 A. The runabout's 6 A would take 5 A of the estate's 16 A on each of three phases.
    evening = Evening(house()).live(120)
    assert evening.set_a == {"estate": 16, "runabout": 0}
    note = evening.decisions[-1].notes["runabout"]
    assert (note.status, note.limited_by) == ("waiting", "")
    assert note.reason.endswith(WAITS)


def test_it_starts_where_the_loads_before_it_lose_no_more_than_it_gains():
    # L1 has 21 A: 1 A on three phases is less than 6 A on one.
    assert Evening(house(), house_l1_a=4.0).live(120).set_a == {"estate": 15, "runabout": 6}


def test_two_cars_on_as_many_phases_charge_at_once():
    one_phase = house(car("estate"), RUNABOUT)
    assert Evening(one_phase).live(120).set_a == {"estate": 11, "runabout": 6}


def test_a_load_never_waits_for_one_that_is_served_after_it():
    first = house(car("estate", phases=PHASES, priority=2), car("runabout", priority=1))
    assert Evening(first).live(120).set_a == {"estate": 6, "runabout": 11}


def test_a_running_car_is_lowered_once_it_has_cost_others_for_ten_minutes():
    evening = Evening(house(), running=True).live(660)
    assert evening.set_a == {"estate": 16, "runabout": 0}
    (stop_s,) = evening.stops_s("runabout")
    assert stop_s == pytest.approx(600, abs=25)


@pytest.mark.parametrize("running", [True, False])
def test_an_oven_that_cycles_neither_starts_nor_stops_a_car(running: bool):
    tuning.override({"turn_changes_s": 240.0})
    evening = Evening(house(), running=running)
    for _ in range(4):
        evening.house_l1_a = 8.0
        evening.live(60)
        evening.house_l1_a = 0.0
        evening.live(60)
    assert (evening.starts_s("runabout"), evening.stops_s("runabout")) == ([], [])


def test_a_car_that_waits_starts_once_what_it_cost_is_made_up_for():
    tuning.override({"turn_changes_s": 120.0})
    evening = Evening(house()).live(60)
    evening.house_l1_a = 0.0
    evening.live(60)
    assert evening.decisions[-1].notes["runabout"].reason.startswith("starts at ")
    evening.house_l1_a = 8.0
    evening.live(30)
    evening.house_l1_a = 0.0
    evening.live(120)
    (start_s,) = evening.starts_s("runabout")
    assert start_s == pytest.approx(60 + 60 + 30 + 30 + 60, abs=15)


@pytest.mark.parametrize(
    "second",
    [
        car("runabout", priority=2, plan=LoadPlan("07:00", energy_kwh=20.0)),
        car("runabout", priority=2, mode=Mode.BOOST),
        plug("runabout", priority=2, rated_w=1380),
    ],
    ids=["a plan", "boost", "a plug"],
)
def test_what_is_wanted_by_a_time_or_is_switched_does_not_wait(second: Load):
    evening = Evening(house(ESTATE, second)).live(120)
    assert evening.set_a == {"estate": 11, "runabout": 6}


def test_a_load_that_starts_spares_one_that_is_held_on_nothing_beyond_its_minimum():
    main = Ceiling("main L1", "limited_by_fuse", 25.0, {"estate": 1.0, "boiler": 1.0})
    boiler = Demand("boiler", 10.0, 10.0, (0, 2, 1), hold=Hold.ON)
    shares = allocate([main], (Demand("estate", 6.0, 32.0, (0, 1, 0)), boiler), Distribution.OPTIMIZED)
    assert {name: share.amps for name, share in shares.items()} == {"estate": 15, "boiler": 10}


def test_its_own_turn_comes_and_is_as_long_as_its_wait():
    tuning.override({"turn_s": 240.0})
    evening = Evening(house()).live(240)
    assert evening.set_a["runabout"] == 0
    evening.live(200)
    assert evening.set_a == {"estate": 11, "runabout": 6}
    evening.live(160)
    (start_s,), (stop_s,) = evening.starts_s("runabout"), evening.stops_s("runabout")
    assert (start_s, stop_s) == (pytest.approx(265, abs=20), pytest.approx(520, abs=40))
    assert evening.set_a == {"estate": 16, "runabout": 0}


def test_a_car_plugged_in_again_waits_again_and_a_flickering_one_does_not():
    evening = Evening(house()).live(60)
    since_s = evening.memory.loads["runabout"].patience.turn.waits_since_s
    assert since_s is not None
    evening.loads["runabout"] = charger(6.0, 0.0, on=False, status=Status.UNPLUGGED)
    evening.live(5)
    assert evening.memory.loads["runabout"].patience.turn.waits_since_s == since_s
    evening.live(605)
    assert evening.memory.loads["runabout"].patience.turn.waits_since_s is None


def test_with_the_estate_full_the_runabout_starts():
    evening = Evening(house()).live(60)
    evening.loads["estate"] = charger(6.0, 0.0, on=False, status=Status.FULL, phases=PHASES)
    assert evening.live(60).set_a["runabout"] > 6


def test_no_car_waits_for_another_households_car():
    loads = (replace(ESTATE, group="flat 1"), replace(RUNABOUT, group="flat 2"))
    # 17 A on L1: the household on one phase has less, so all beyond the minimums is its.
    assert Evening(house(*loads)).live(120).set_a == {"estate": 6, "runabout": 11}
