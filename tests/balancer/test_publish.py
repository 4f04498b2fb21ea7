"""Status entities: written on change, every half minute without one, and removed with their load."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from fusebox import tuning
from fusebox.balancer.controls import highest_max_a
from fusebox.balancer.plans.inputs import StepResult
from fusebox.balancer.plans.modes import PlansNow, apply_plans
from fusebox.balancer.plans.runner import PlanRunner
from fusebox.balancer.publish import StatusWriter
from fusebox.config.config import NO_CONFIG
from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit
from fusebox.model.load_plan import LoadPlan
from fusebox.model.memory import Memory
from fusebox.model.messages.message import message
from fusebox.model.own_entities import SITE_ENTITY
from fusebox.model.records import replace_within
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import Reading, Status
from fusebox.planning.plan_standing import PlanStanding
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.settings import Settings
from fusebox.runtime.version import VERSION

from ..control.houses import T0_S, car, charger, plug, seen, site, switched
from ..runtime.home import Home

GARAGE = Circuit("garage", 20, MAIN)
CAR, POOL = "sensor.fusebox_car", "sensor.fusebox_pool"
HOUSE = site(car("car"), plug("pool"))
WITHOUT_POOL = site(car("car"))


@pytest.fixture(autouse=True)
def fresh(store):
    """Every test is a process that has just begun."""


class Show:
    """A writer over the seconds; the house is constant by default."""

    def __init__(self, home: Home | None = None) -> None:
        self.home = home or Home()
        loaded = LoadedConfig(NO_CONFIG, (), ())
        self.plans = PlanRunner(self.home.ports, loaded, Settings(self.home.ports, NO_CONFIG))
        self.writer = StatusWriter(self.home.ports, loaded, self.plans)

    def at(self, second: float, of: Site = HOUSE, grid_a: float = 20, age_s: float = 0, problems=(), **loads) -> None:
        """What is decided without a past, `second` seconds after the start."""
        snapshot = seen({"L1": grid_a}, second, **{"car": charger(12), "pool": switched(True, 10), **loads})
        snapshot = replace(snapshot, grid_a={MAIN: {Phase.L1: Reading(grid_a, grid_a, age_s)}})
        self.writer.publish_decision(StepResult(of, of, snapshot, step(of, snapshot, Memory())), problems, {})


def test_the_first_decision_writes_the_site_and_every_load():
    show = Show()
    show.at(0)
    assert [entity for entity, _, _ in show.home.writes] == [SITE_ENTITY, CAR, POOL]


def test_the_site_shows_the_version_of_the_scripts_also_with_a_mistake_in_config():
    show = Show()
    show.at(0)
    assert show.home.writes[0][2]["version"] == VERSION
    show.writer.publish_config_errors(1, ["a mistake"])
    assert show.home.writes[-1][2]["version"] == VERSION


def test_what_has_not_changed_is_not_written():
    show = Show()
    for second in range(29):
        show.at(second)
    assert len(show.home.writes) == 3


def test_what_has_not_changed_is_written_every_thirty_seconds():
    show = Show()
    for second in range(91):
        show.at(second)
    assert tuning.RENEW_S == 30
    assert {entity: len(show.home.written(entity)) for entity in (SITE_ENTITY, CAR, POOL)} == {
        SITE_ENTITY: 4,
        CAR: 4,
        POOL: 4,
    }


def test_a_change_is_written_at_once_and_alone():
    show = Show()
    show.at(0)
    show.home.writes.clear()
    show.at(1, car=charger(12, status=Status.UNPLUGGED, draw_a=0))
    assert [entity for entity, _, _ in show.home.writes if entity != SITE_ENTITY] == [CAR]


def test_a_changed_attribute_is_a_change():
    show = Show()
    show.at(0)
    show.at(1, problems=("car: number.set_value failed: timeout",))
    assert len(show.home.written(SITE_ENTITY)) == 2
    assert show.home.states[SITE_ENTITY].errors == ["car: number.set_value failed: timeout"]


def test_noise_is_reported_as_it_was_for_two_minutes_and_makes_no_row():
    show = Show()
    for second in range(121):
        show.at(second, age_s=second % 25, grid_a=20 + second % 5 / 10)
    told = [(attributes["data_age_s"], attributes["grid_a"]["L1"]) for _, _, attributes in show.home.writes[::3]]
    assert told == [(0, 20.0)] * 4 + [(20, 20.0)]


def test_half_a_minute_counts_from_the_last_write_and_not_from_the_last_clock_tick():
    show = Show()
    show.at(0)
    show.at(10, grid_a=22)
    show.at(30, grid_a=22)
    assert len(show.home.written(SITE_ENTITY)) == 2
    show.at(40, grid_a=22)
    assert len(show.home.written(SITE_ENTITY)) == 3


def test_the_entity_of_a_load_that_is_taken_out_is_removed_once():
    show = Show()
    show.at(0)
    show.at(1, WITHOUT_POOL)
    show.at(2, WITHOUT_POOL)
    assert show.home.deleted == [POOL]
    assert {SITE_ENTITY, CAR} <= show.home.states.keys()


def test_a_later_generation_removes_what_an_earlier_one_wrote():
    show = Show()
    show.at(0)
    Show(show.home).at(1, WITHOUT_POOL)
    assert show.home.deleted == [POOL]


def test_an_entity_removed_by_a_user_causes_no_error():
    show = Show()
    show.at(0)
    del show.home.states[POOL]
    show.at(1, WITHOUT_POOL)
    assert show.home.deleted == []


def test_entities_of_others_are_never_removed():
    home = Home()
    home.shows("sensor.fusebox_of_somebody_else", "1")
    Show(home).at(0)
    Show(home).at(1, WITHOUT_POOL)
    assert home.deleted == [POOL]


def test_a_load_that_comes_back_is_written_again():
    show = Show()
    for second, house in enumerate((HOUSE, WITHOUT_POOL, HOUSE)):
        Show(show.home).at(second, house)
    assert len(show.home.written(POOL)) == 2
    assert POOL in show.home.states


def test_a_config_error_is_reported_with_every_mistake_and_takes_the_loads_away():
    show = Show()
    show.at(0)
    show.writer.publish_config_errors(T0_S + 1, ["a: is wrong", "b: is wrong"])
    said = show.home.states[SITE_ENTITY]
    assert (str(said), said.reason, said.errors) == ("config_error", "a: is wrong", ["a: is wrong", "b: is wrong"])
    assert sorted(show.home.deleted) == [CAR, POOL]


def test_a_config_error_without_a_text_is_still_reported():
    show = Show()
    show.writer.publish_config_errors(T0_S, [])
    assert (show.home.written(SITE_ENTITY), show.home.states[SITE_ENTITY].reason) == (["config_error"], "")


def test_a_config_error_that_stays_is_written_every_thirty_seconds():
    show = Show()
    for second in range(61):
        show.writer.publish_config_errors(T0_S + second, ["a: is wrong"])
    assert len(show.home.written(SITE_ENTITY)) == 3


def since(home: Home, entity: str = CAR) -> float:
    """Seconds after the start."""
    return datetime.fromisoformat(home.states[entity].since).timestamp() - T0_S


def test_since_is_when_the_status_began_and_not_when_it_was_written():
    show = Show()
    for second in range(40):
        show.at(second)
    assert since(show.home) == 0


def test_since_begins_again_with_another_status():
    show = Show()
    show.at(0)
    show.at(7, car=charger(12, status=Status.UNPLUGGED, draw_a=0))
    assert (since(show.home), since(show.home, POOL)) == (7, 0)
    show.at(9)
    assert since(show.home) == 9


def test_since_outlives_a_reload():
    show = Show()
    show.at(0)
    Show(show.home).at(20)
    assert since(show.home) == 0


def test_since_is_reported_in_utc():
    show = Show()
    show.at(0)
    assert show.home.states[CAR].since.endswith("+00:00")


def test_a_count_of_commands_is_published_with_the_next_write_and_causes_none():
    show = Show()
    snapshot = seen({"L1": 20}, 0, car=charger(12), pool=switched(True, 10))
    decision = step(HOUSE, snapshot, Memory())
    show.writer.publish_decision(StepResult(HOUSE, HOUSE, snapshot, decision), (), {})
    told = replace_within(decision.memory.loads["car"], "timing", writes_s=(T0_S, T0_S, T0_S))
    memory = replace(decision.memory, loads={**decision.memory.loads, "car": told})
    show.home.writes.clear()
    show.writer.publish_decision(StepResult(HOUSE, HOUSE, snapshot, replace(decision, memory=memory)), (), {})
    assert show.home.writes == []


@pytest.mark.parametrize("plan_a", [6.0, 11.6, 16.0])
def test_the_highest_current_is_the_users_whatever_a_plan_makes_of_it(plan_a):
    show, snapshot = Show(), seen({"L1": 20}, 0, car=charger(6), pool=switched(True, 10))
    served = apply_plans(HOUSE, PlansNow({"car": plan_a}, (), {}, {}))
    show.writer.publish_decision(StepResult(HOUSE, served, snapshot, step(served, snapshot, Memory())), (), {})
    told = vars(show.home.states[CAR])
    assert (told["min_a"], told["max_a"], told["highest_a"]) == (6, 16, 25)


@pytest.mark.parametrize(("device_max_a", "highest_a"), [(None, 20), (32.0, 20), (16.0, 16), (3.0, 6)])
def test_a_current_can_be_set_up_to_the_fuses_and_the_devices_maximum(device_max_a, highest_a):
    behind = site(car("car", circuit="garage"), circuits=(GARAGE,))
    assert highest_max_a(behind, behind.loads[0], device_max_a) == highest_a


@pytest.mark.parametrize("after", [{"running": {"car": None}}, {"waiting": frozenset(), "standings": {}}])
def test_a_decision_is_published_with_the_plans_that_it_was_made_with(after):
    show, snapshot = Show(), seen({"L1": 20}, 0, car=charger(6), pool=switched(True, 10))
    plans, words = show.plans.plans, {"plan_state": "waiting", "plan_reason": message("plan_unplaced")}
    plans.waiting, plans.standings = frozenset({"car"}), {"car": PlanStanding(LoadPlan(), 2.0, None)}
    show.plans.attributes_by_load = {"car": words}
    served = show.plans.with_plans(HOUSE, HOUSE)
    found = StepResult(HOUSE, served, snapshot, step(served, snapshot, Memory()), show.plans.in_force)
    for name, value in after.items():
        setattr(plans, name, value)
    show.plans.with_plans(HOUSE, HOUSE)
    show.writer.publish_decision(found, (), {})
    assert vars(show.home.states[CAR])["reason"] == "nothing is planned yet"
