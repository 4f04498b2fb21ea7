"""What the entity of a test says in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.commissioning import Commissioning, LoadRestorer
from fusebox.balancer.plans.inputs import StepResult
from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.level import LevelResult
from fusebox.control.commissioning.report import Report
from fusebox.control.commissioning.state import DONE, RUNNING
from fusebox.control.commissioning.trial import Trial
from fusebox.control.diagnostics.wiring_findings import Line
from fusebox.model.load_memory import LoadMemory

from ..control.houses import Evening, car, charger, plug, seen, site, switched
from ..runtime.home import Home

TESTED = Trial("car", (), 0.0, 0.0)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (commissioning_state.Test(RUNNING, 0.0, ("car",)), "begins"),
        (commissioning_state.Test(RUNNING, 0.0, ("pool",), done=(TESTED,)), "goes on with the next load"),
        (commissioning_state.Test(RUNNING, 0.0, (), Trial("car", (6.0,), 0.0, 0.0)), "moves car"),
        (commissioning_state.Test(DONE, 0.0, (), done=(TESTED,)), "no line of CONFIG to change"),
    ],
)
def test_the_reason_says_how_far_it_is(test, said):
    shown = Commissioning()
    shown.test = test
    assert shown.attributes()["reason"] == said


def test_what_a_battery_hides_is_named_with_that():
    shown, hidden = Commissioning(), Trial("car", (), 0.0, 0.0, results=(LevelResult(is_balanced=True),))
    shown.test = commissioning_state.Test(DONE, 0.0, (), done=(hidden, Trial("pool", (), 0.0, 0.0)), unsure=("car",))
    assert str(shown.attributes()["reason"]).startswith("not sure of car: the home battery or the inverter balances")
    shown.test = replace(shown.test, unsure=("pool",))
    assert shown.attributes()["reason"] == "not sure of pool: test again"


RIGHT, ONE, OTHER = (Line("site.grid", f"line {choice}", choice) for choice in ("", "1a", "1b"))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (Report((), (RIGHT, ONE, ONE, OTHER), ()), "lines of CONFIG to change: 1, choices between lines: 1"),
        (
            Report((), (ONE, OTHER, ONE._replace(choice="2a")), ()),
            "lines of CONFIG to change: 0, choices between lines: 2",
        ),
        (Report((), (), ("it does not pause",)), "no line of CONFIG to change, but findings: 1"),
    ],
)
def test_a_choice_counts_once(report, said):
    shown = Commissioning()
    shown.test, shown.report = commissioning_state.Test(DONE, 0.0, (), done=(TESTED,)), report
    assert shown.attributes()["reason"] == said


def test_what_no_test_can_decide_is_not_to_be_tested_again():
    shown = Commissioning()
    shown.test = commissioning_state.Test(DONE, 0.0, (), done=(TESTED,), unsure=("car", "pool"), alike=("pool",))
    assert shown.attributes()["reason"] == "not sure of car: test again"
    shown.test = replace(shown.test, unsure=("pool",))
    assert str(shown.attributes()["reason"]).startswith("not sure of pool: two ways of wiring show the same")


def test_a_repeated_test_reports_what_is_known_before_it_begins():
    house, shown = site(car("car"), plug("pool")), Commissioning()
    states = {"car": charger(6), "pool": switched(on=False)}
    decision, snapshot = Evening(house).step({"L1": 8.0}, 0, **states), seen({"L1": 8.0}, **states)
    last = StepResult(house, house, snapshot, decision)
    shown.begin(last, ["car", "pool"], named=False)
    shown.test = replace(shown.test, state=DONE, unsure=("pool",))
    # A live value that changes and returns, or a plan, has the site built again.
    told, _ = shown.plan(last._replace(site=replace(house)), ["car", "pool"], named=False)
    assert told.startswith("It moves pool by about 3 A")
    assert "The last test was sure of car." in told
    assert "The last test" not in shown.plan(last, ["car"], named=False)[0]


@pytest.mark.parametrize(("follows_s", "sent_s"), [(5, [0]), (65, [0, 60]), (999, [0, 60, 180])])
def test_a_load_that_a_test_has_left_off_is_switched_on_until_it_follows(follows_s, sent_s):
    home, calls_s = Home(), []
    house = site(replace(plug("pool"), device={"switch": "switch.pool"}))
    restorer = LoadRestorer(house, {"pool": LoadMemory(setpoint_a=10.0)})
    for second in range(0, 400, 5):
        home.shows("switch.pool", "on" if follows_s <= second < 300 else "off")
        calls_s += [second for _ in restorer.restoring_calls(None, home.view(second))]
    assert calls_s == sent_s


def test_after_the_clock_was_set_back_a_person_who_switches_a_load_off_after_a_test_is_obeyed():
    home, house = Home(), site(replace(plug("pool"), device={"switch": "switch.pool"}))
    restorer = LoadRestorer(house, {"pool": LoadMemory(setpoint_a=10.0)})
    home.shows("switch.pool", "off")
    assert [*restorer.restoring_calls(None, home.view(10_000))]
    assert not [call for second in range(0, 400, 5) for call in restorer.restoring_calls(None, home.view(second))][1:]
