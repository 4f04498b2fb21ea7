"""What a number or a rule is worth is measured with that one changed, and with all others as they are."""

import ast
import builtins
import importlib
import inspect
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from benchmarks.ablation import limited
from benchmarks.ablation.fired import record_fired_rules
from benchmarks.ablation.home_rows import HomeJob
from benchmarks.ablation.houses import HOURS, Hour
from benchmarks.ablation.in_homes import combined_effect, jobs_concerned
from benchmarks.ablation.limited import limits_of, play_limited
from benchmarks.ablation.measured import effects_by_change, print_effects
from benchmarks.ablation.missed import FAULT
from benchmarks.ablation.numbers import (
    TuningFinder,
    names,
    record_numbers_read,
    set_number_and_shipped,
    varied,
    watch,
    with_number,
)
from benchmarks.ablation.rules import RULES, Rule, switched_off
from benchmarks.ablation.words import IN_HOMES, describe_homes
from fusebox import tuning
from fusebox.control.demand.holds_off import HOLDS_OFF, hold_off_during_pause
from fusebox.control.demand.holds_on import HOLDS_ON
from fusebox.model.ceiling import Ceiling
from fusebox.model.data_quality import is_implausible
from simhouse.faults.matrix import FAULTS
from simhouse.population.draw import draw_home
from tests.mutants.change import ROOT

from ..cases import for_each


def test_the_numbers_that_are_read_are_noted_and_no_others() -> None:
    with record_numbers_read() as read:
        assert tuning.RAISE_STEP_A
    assert read == {"RAISE_STEP_A"}
    with record_numbers_read() as read:
        pass
    assert not read


def test_another_value_is_there_for_a_while() -> None:
    shipped = tuning.RAISE_STEP_A
    with with_number("RAISE_STEP_A", varied("RAISE_STEP_A", 0.5)):
        assert shipped / 2 == tuning.RAISE_STEP_A
    assert shipped == tuning.RAISE_STEP_A


def test_another_value_stays_when_a_config_is_read_meanwhile() -> None:
    shipped = tuning.RAISE_STEP_A
    with with_number("RAISE_STEP_A", shipped / 2):
        tuning.override({"raise_every_s": 7.0})
        assert shipped / 2 == tuning.RAISE_STEP_A
        assert not tuning.differences({"raise_step_a": shipped / 2})
    tuning.override({})
    assert shipped == tuning.RAISE_STEP_A == tuning.SHIPPED["raise_step_a"]


def test_a_count_stays_whole_and_at_least_one() -> None:
    counts = [name for name in names() if isinstance(vars(tuning)[name], int)]
    assert counts
    assert all(isinstance(varied(name, 0.5), int) and varied(name, 0.5) >= 1 for name in counts)


def test_each_hour_is_another_house() -> None:
    assert len(HOURS) == len(set(HOURS)) and all(isinstance(hour, Hour) for hour in HOURS)


def row(house: str, mark: str, hot_s: float, starts: list[int], **who: object) -> dict[str, object]:
    numbers = {"hot_s": hot_s, "heat_a2s": 1.0, "energy_pct": 90.0, "starts": starts, "pauses": [0], "writes_h": 4.0}
    return {"house": house, "mark": mark, "name": "", "factor": 1.0} | numbers | who


def test_the_effect_is_the_change_against_the_shipped_number(capsys) -> None:  # type: ignore[no-untyped-def]
    who = {"name": "RAISE_STEP_A", "factor": 2.0}
    shipped = [row("a", "x", 7.0, [1]), row("b", "x", 3.0, [1])]
    found = effects_by_change(shipped, [row("a", "y", 9.5, [1, 2], **who), row("b", "x", 3.0, [1], **who)])
    entry = found["RAISE_STEP_A", 2.0]
    assert (entry["houses"], entry["changed"], entry["hot_s"], entry["starts"]) == (2, 1, 2.5, 2.0)
    print_effects(found)
    assert "raise_step_a" in capsys.readouterr().out


def test_after_a_reload_the_new_value_applies_and_is_watched() -> None:
    """As each test of a script loads the package: a finder before all others is notified."""
    seen: list[ModuleType] = []
    finder = TuningFinder(seen.append)
    try:
        displaced = sys.modules.pop("fusebox.tuning")
        anew = importlib.import_module("fusebox.tuning")
    finally:
        sys.modules["fusebox.tuning"] = displaced
        vars(sys.modules["fusebox"])["tuning"] = displaced
        sys.meta_path.remove(finder)
    assert seen == [anew] and anew is not displaced
    set_number_and_shipped(anew, "RAISE_STEP_A", 1.0)
    anew.override({})
    assert anew.RAISE_STEP_A == 1.0 and displaced.RAISE_STEP_A != 1.0
    watch(anew)
    with record_numbers_read() as read:
        assert anew.RAISE_EVERY_S
    assert read == {"RAISE_EVERY_S"}


@for_each("rule", RULES.values())
def test_a_rule_that_is_off_is_still_a_function_and_names_its_tests(rule: Rule) -> None:
    text = (ROOT / rule.path).read_text(encoding="utf-8")
    assert ast.parse(rule.off_in(text)) and rule.off_in(text) != text
    tests, faults = (
        [each for each in rule.asked if not each.startswith(FAULT)],
        [each.removeprefix(FAULT) for each in rule.asked if each.startswith(FAULT)],
    )
    assert all((ROOT / each).exists() for each in tests) and set(faults) <= set(FAULTS) and rule.asked


def test_every_rule_of_patience_is_among_them() -> None:
    known = {rule.name for rule in RULES.values()}
    assert {rule.__name__ for rule in (*HOLDS_ON, *HOLDS_OFF)} <= known


def test_a_rule_is_off_for_a_while_for_whoever_has_it() -> None:
    rule = RULES["control/demand/holds_off.py:hold_off_during_pause"]
    with switched_off(rule):
        assert hold_off_during_pause(None) is None  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        hold_off_during_pause(None)  # type: ignore[arg-type]
    with switched_off(RULES["model/data_quality.py:is_implausible"]):
        assert is_implausible(None) is False  # type: ignore[arg-type]


def test_a_rule_that_no_longer_exists_is_reported() -> None:
    with pytest.raises(ValueError, match="has no function hold_off_during_pause"):
        RULES["control/demand/holds_off.py:hold_off_during_pause"].off_in("x = 1\n")


def a_ceiling(flow_a: float) -> Ceiling:
    return Ceiling("main", "", 6.0, {}, rating_a=25.0, flow_a=flow_a)


def test_a_rule_fires_when_it_returns_something_else_than_when_it_is_off() -> None:
    rule = "model/data_quality.py:is_implausible"
    with record_fired_rules() as found:
        assert not is_implausible(a_ceiling(20.0))
        assert rule not in found
        assert is_implausible(a_ceiling(5000.0))
    assert rule in found and is_implausible(a_ceiling(5000.0))


def test_a_change_is_played_in_the_first_homes_that_it_concerns() -> None:
    shipped = {seed: {"concerns": ["RAISE_STEP_A"] if seed % 2 else []} for seed in range(1, 10)}
    jobs, homes = jobs_concerned(shipped, HomeJob(0, "RAISE_STEP_A", 2.0), 2)
    assert ([job.seed for job in jobs], homes) == ([1, 3], 3)
    jobs, homes = jobs_concerned(shipped, HomeJob(0, "RAISE_STEP_A", 2.0), 9)
    assert ([job.seed for job in jobs], homes) == ([1, 3, 5, 7, 9], 9)


def home_row(mark: str, hot_s: float, energy_pct: float) -> dict[str, object]:
    return {"mark": mark, "hot_s": hot_s, "heat_a2s": 0.0, "energy_pct": energy_pct, "starts": 1, "commands": 5}


def test_an_effect_counts_homes_that_a_change_does_not_concern_as_unchanged() -> None:
    pairs = [(home_row("x", 4.0, 90.0), home_row("y", 44.0, 80.0)), (home_row("x", 4.0, 90.0),) * 2]
    of = combined_effect(pairs, 4)
    assert (of.homes, of.changed, of.mean["hot_s"], of.p99["hot_s"]) == (4, 1, 10.0, 40.0)
    assert of.mean["energy_pct"] == -2.5 and of.p99["energy_pct"] == 10.0


def test_what_homes_lose_is_reported_as_a_mean_and_for_the_unluckiest() -> None:
    figures = {figure: "0" for figure, *_ in IN_HOMES} | {f"{figure}_p99": "0" for figure, *_ in IN_HOMES}
    line = figures | {"homes": "80", "changed": "7", "hot_s": "1.26", "hot_s_p99": "31.2", "energy_pct_p99": "-2"}
    assert describe_homes(line) == "+1.3 (31) s, +0.00 (2) % [7 of 80]"
    assert describe_homes(figures | {"homes": "80", "changed": "3"}) == "other commands only [3 of 80]"
    sunny = {"homes": "40", "changed": "2", "sun_pct": "-1.5", "sun_pct_p99": "9"}
    assert describe_homes(sunny) == "-1.5 (9) % of the sun [2 of 40]"
    assert describe_homes(figures | {"homes": "80", "changed": "0"}) == describe_homes({}) == ""


@for_each("rule", RULES.values())
def test_what_a_rule_returns_when_it_is_off_is_made_of_names_that_its_module_has(rule: Rule) -> None:
    module = importlib.import_module("fusebox." + rule.function.partition(".")[0].replace("/", "."))
    known = {*inspect.signature(vars(module)[rule.name]).parameters, *vars(module), *vars(builtins)}
    assert {node.id for node in ast.walk(ast.parse(rule.off)) if isinstance(node, ast.Name)} <= known


def test_a_home_under_limits_keeps_its_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cars, above the target in the second quarter hour without the tariff."""
    home = draw_home(3010)
    target_kw, contract_w = limits_of(home)
    assert limits_of(home) == (target_kw, contract_w)
    assert 1000 * target_kw < contract_w < home.fuse_a * 230 * len(home.phases)
    monkeypatch.setattr(limited, "LENGTH_S", 1200)
    assert play_limited(home.seed, lambda _: None)["over_kwh"] == 0


def test_a_home_under_limits_gets_what_they_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    home = replace(draw_home(3001), length_s=900)
    monkeypatch.setattr(limited, "LENGTH_S", home.length_s)
    monkeypatch.setattr(limited, "draw_home", lambda _: home)
    found = play_limited(home.seed, lambda _: None)
    assert found["over_kwh"] == 0
    assert 80 < found["energy_pct"] <= 100
