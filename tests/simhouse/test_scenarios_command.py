"""`python -m simhouse scenarios`: what it prints, what it returns, and what it says of files that are none."""

from __future__ import annotations

import copy
import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simhouse.__main__ import main

ROOT = Path(__file__).parent.parent.parent
PUBLIC = ROOT / "tests" / "houses" / "public.json"
COMMAND = [sys.executable, "-m", "simhouse", "scenarios"]
KEYS = ["id", "passed", "allocated_a", "available_a", "errors"]

FOUND = json.loads(PUBLIC.read_text(encoding="utf-8"))
GOOD = next(s for s in FOUND["scenarios"] if s["id"] == "1ph.standard.02")
BATTERY = next(s for s in FOUND["scenarios"] if s["id"] == "1ph_battery.eco.02")
Scenario = dict[str, Any]
Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def save(*scenarios: object, name: str = "houses.json", simulation: object = FOUND["simulation"]) -> str:
        path = tmp_path / name
        path.write_text(json.dumps({"simulation": simulation, "scenarios": scenarios}), encoding="utf-8")
        return str(path)

    return save


def changed(path: str, value: object = None, scenario: Scenario = GOOD) -> Scenario:
    """The scenario with one value changed; without that key where there is no value."""
    found = copy.deepcopy(scenario)
    *above, last = path.split(".")
    place = found
    for key in above:
        place = place[int(key) if isinstance(place, list) else key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return found


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def objects(text: str) -> list[Scenario]:
    return [json.loads(line) for line in text.splitlines()]


def test_from_the_repository_root_every_public_scenario_is_one_line_before_a_sum(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(["scenarios", str(PUBLIC.relative_to(ROOT))]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert shown.err == ""
    assert lines[-1] == "67 passed, 0 failed, 4 not scored"
    assert [line.split()[0] for line in lines[:-1]].count("passed") == 67
    for scenario, line in zip(FOUND["scenarios"], lines[:-1], strict=True):
        assert f" {scenario['id']}: " in line


def test_with_json_there_is_nothing_but_one_object_a_line(capsys):
    assert main(["scenarios", "--json", str(PUBLIC)]) == 0
    shown = capsys.readouterr()
    found = objects(shown.out)
    assert shown.err == ""
    assert [each["id"] for each in found] == [scenario["id"] for scenario in FOUND["scenarios"]]
    for each, scenario in zip(found, FOUND["scenarios"], strict=True):
        loads = [load["id"] for load in scenario["loads"]]
        assert list(each) == KEYS
        assert each["passed"] is (None if scenario["expectation"] == "unscored" else True)
        assert each["errors"] == []
        for amps in (each["allocated_a"], each["available_a"]):
            assert list(amps) == loads
            assert all(isinstance(a, float) and math.isfinite(a) and a == round(a, 1) for a in amps.values())


def test_a_missed_expectation_says_by_how_much_and_ends_with_one(capsys, save):
    file = save(changed("expected.charger_1.allocated_a", 12.5), GOOD)
    assert main(["scenarios", "--json", file]) == 1
    failed, passed = objects(capsys.readouterr().out)
    assert (failed["passed"], failed["errors"]) == (False, ["charger_1: allocated 11 A, expected 12.5 A"])
    assert passed["passed"] is True
    assert main(["scenarios", file]) == 1
    first, _, last = capsys.readouterr().out.splitlines()
    assert first.startswith("FAILED") and first.endswith("charger_1: allocated 11 A, expected 12.5 A")
    assert last == "1 passed, 1 failed, 0 not scored"


def test_a_load_on_a_phase_that_the_site_lacks_could_have_nothing(capsys, save):
    sunny = changed("loads.0.mode", "solar_priority", changed("loads.0.phases", ["B"]))
    assert main(["scenarios", "--json", save(sunny)]) == 1
    (found,) = objects(capsys.readouterr().out)
    assert (found["allocated_a"], found["available_a"]) == ({"charger_1": 0.0}, {"charger_1": 0.0})


def test_a_charger_without_a_least_current_takes_any(capsys, save):
    free = changed("loads.0.min_a", 0, changed("physical.household_a.A", 13.0))
    main(["scenarios", "--json", save(free)])
    assert objects(capsys.readouterr().out)[0]["allocated_a"] == {"charger_1": 3.0}


def test_what_could_be_had_is_judged_too_where_it_is_expected(capsys, save):
    assert main(["scenarios", "--json", save(changed("expected.charger_1.available_a", 3.0))]) == 1
    assert objects(capsys.readouterr().out)[0]["errors"] == ["charger_1: available 11 A, expected 3 A"]


def test_a_tenth_of_an_ampere_is_forgiven_and_two_are_not(capsys, save):
    assert main(["scenarios", save(changed("expected.charger_1.allocated_a", 11.1))]) == 0
    assert main(["scenarios", save(changed("expected.charger_1.allocated_a", 11.2))]) == 1
    less = changed("expected.charger_1.allocated_a", 9.2, changed("physical.household_a.A", 6.7))
    assert main(["scenarios", save(less)]) == 0  # as floats, 9.3 - 9.2 is above 0.1


def test_several_files_are_run_in_order_and_summed_up_once(capsys, save):
    files = [save(GOOD, name="one.json"), save(BATTERY, GOOD, name="two.json")]
    assert main(["scenarios", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:-1]] == ["1ph.standard.02:", "1ph_battery.eco.02:", "1ph.standard.02:"]
    assert lines[-1] == "3 passed, 0 failed, 0 not scored"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'{"simulation": {}, "scenarios": []}',
        b'{"simulation": {"cycles": NaN}, "scenarios": []}',
        b'{"scenarios": {}}',
        b"[" * 100_000,
    ],
    ids=["empty", "words", "bytes", "list", "nothing", "no simulation", "no number", "no list", "endless"],
)
def test_a_file_without_scenarios_is_named_and_the_others_still_run(capsys, save, tmp_path, content):
    broken = tmp_path / "broken.json"
    broken.write_bytes(content)
    assert main(["scenarios", str(broken), save(GOOD)]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith(f"{broken}: not a scenario file: ")
    assert len(shown.err.splitlines()) == 1
    assert shown.out.splitlines()[-1] == "1 passed, 0 failed, 0 not scored"


def test_a_key_that_the_simulation_lacks_is_named_by_its_path(capsys, tmp_path):
    path = tmp_path / "houses.json"
    path.write_text('{"simulation": {}, "scenarios": []}', encoding="utf-8")
    assert main(["scenarios", str(path)]) == 2
    assert ": not a scenario file: simulation." in capsys.readouterr().err


def test_a_file_of_another_format_is_refused(capsys, tmp_path):
    path = tmp_path / "houses.json"
    path.write_text(json.dumps(FOUND | {"format": "loadbalance-scenarios/2"}), encoding="utf-8")
    assert main(["scenarios", str(path)]) == 2
    assert "its format is 'loadbalance-scenarios/2', expected 'loadbalance-scenarios/1'" in capsys.readouterr().err


def test_a_file_that_windows_saved_is_read(capsys, tmp_path):
    path = tmp_path / "houses.json"
    path.write_text(json.dumps(FOUND | {"scenarios": [GOOD]}), encoding="utf-8-sig")
    assert main(["scenarios", str(path)]) == 0


def test_a_file_that_is_not_there_is_named_and_ends_with_two(capsys, tmp_path):
    assert main(["scenarios", "--json", str(tmp_path / "nowhere.json"), str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.split(": ")[0] for line in shown.err.splitlines()] == [str(tmp_path / "nowhere.json"), str(tmp_path)]


def test_no_scenarios_at_all_pass(capsys, save):
    assert main(["scenarios", save()]) == 0
    assert capsys.readouterr().out == "0 passed, 0 failed, 0 not scored\n"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (changed("site.groups"), "site.groups is missing"),
        (changed("loads"), "loads is missing"),
        (changed("site.inverter.wiring"), "site.inverter.wiring is missing"),
        (changed("loads.0.mode", "fast"), "loads[0].mode is 'fast', expected one of standard, solar_priority, "),
        (changed("loads.0.status", "asleep"), "loads[0].status is 'asleep', expected one of active, unplugged, "),
        (changed("site.distribution", "fair"), "site.distribution is 'fair', expected one of priority, shared, "),
        (changed("expectation", "about"), "expectation is 'about', expected one of exact, at_least_total, unscored"),
        (changed("site.phases", ["A", "D"]), "site.phases is ['A', 'D'], expected a list of A, B, C"),
        (changed("site.phases", ["A", "B"]), "physical.household_a.B is missing"),
        (changed("site.voltage_v", 0), "site.voltage_v is 0, expected a number above 0"),
        (changed("site.breaker_a", "25 A"), "site.breaker_a is '25 A', expected a number above 0"),
        (changed("physical.solar_w", 1e999), "not a scenario file: Infinity is not a number"),
        (changed("site.battery.soc_pct", "full", BATTERY), "site.battery.soc_pct is 'full', expected a number"),
        (changed("site.battery.soc_pct", 150, BATTERY), "site.battery.soc_pct is 150, expected a number from 0 to 100"),
        (changed("loads.0.min_a", 20), "loads[0].min_a is 20, expected at most max_a (16)"),
        (changed("loads.0.kind", "plug"), "loads[0].min_a is 6, expected max_a (16)"),
        (changed("loads.0.household", ["flat 1"]), "loads[0].household is ['flat 1'], expected a text, or null"),
        (changed("expected.charger_9", {"allocated_a": 6}), "expected.charger_9: there is no such load"),
        (changed("expected.charger_1", {}), "expected.charger_1.allocated_a is missing"),
        (changed("expected.charger_1", 11), "expected.charger_1 is not an object"),
        (changed("expected.charger_1.avail_a", 3), "expected.charger_1.avail_a is not a key, expected available_a"),
        (changed("loads", [GOOD["loads"][0], GOOD["loads"][0]]), "two loads have the same id"),
        (changed("site.groups", [{"id": "g", "limit_a": 10, "members": ["x"]}]), "group g: there is no load x"),
        ([], "the scenario is not an object"),
        ("standard.02", "the scenario is not an object"),
    ],
)
def test_a_malformed_scenario_is_named_with_its_file_and_the_others_still_run(capsys, save, broken, says):
    file = save(broken, BATTERY)
    status = main(["scenarios", "--json", file])
    shown = capsys.readouterr()
    if says.startswith("not a"):
        assert (status, shown.out, says in shown.err) == (2, "", True)
        return
    found, other = objects(shown.out)
    assert status == 1
    assert list(found) == KEYS
    assert found["id"] == (broken["id"] if isinstance(broken, dict) else "scenarios[0]")
    assert (found["passed"], found["allocated_a"], found["available_a"]) == (False, {}, {})
    assert found["errors"][0].startswith(f"{file}: malformed scenario: {says}")
    assert other["passed"] is True


def test_a_number_too_large_for_a_float_is_no_number(capsys, save, tmp_path):
    path = tmp_path / "huge.json"
    path.write_text(Path(save(GOOD)).read_text(encoding="utf-8").replace('"solar_w": 0.0', '"solar_w": 1e999'))
    assert main(["scenarios", "--json", str(path)]) == 1
    assert "physical.solar_w is inf, expected a number, not below 0" in capsys.readouterr().out


def test_groups_that_overlap_are_no_circuits(capsys, save):
    second = GOOD["loads"][0] | {"id": "charger_2"}
    third = GOOD["loads"][0] | {"id": "charger_3"}
    site = GOOD["site"] | {
        "groups": [
            {"id": "left", "limit_a": 10, "members": ["charger_1", "charger_2"]},
            {"id": "right", "limit_a": 10, "members": ["charger_2", "charger_3"]},
        ]
    }
    assert main(["scenarios", save(GOOD | {"site": site, "loads": [*GOOD["loads"], second, third]})]) == 1
    assert "groups left and right overlap and neither is inside the other" in capsys.readouterr().out


def test_a_reader_that_closes_early_is_no_error():
    ended = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$@" | head -n 1', "-", *COMMAND, "--json", str(PUBLIC), str(PUBLIC)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert len(ended.stdout.splitlines()) == 1
    assert ended.stderr == ""
    assert ended.returncode == 1


def test_without_a_file_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["scenarios"])
    assert ended.value.code == 2
    assert "usage: python -m simhouse scenarios" in capsys.readouterr().err
