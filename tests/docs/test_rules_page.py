"""docs/rules.md has the measurements of each rule, and each rule is missed by a test or a fault."""

from __future__ import annotations

from benchmarks.ablation import in_homes
from benchmarks.ablation.measured import read_effects
from benchmarks.ablation.missed import FAULT
from benchmarks.ablation.rules import RULES

from .made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert written == made_page("rules_page"), "run PYTHONPATH=.:pyscript/modules .venv/bin/python docs/rules_page.py"


def test_every_rule_is_missed_by_a_test_or_a_fault():
    missed = {line["name"] for line in read_effects() if line["noticed_by"]}
    assert set(RULES) - missed == set()


def test_a_rule_that_no_fault_hour_or_home_misses_says_what_harm_its_test_shows():
    files = (in_homes.FILE, in_homes.SUNNY_FILE, in_homes.LIMITED_FILE)
    lines = [*read_effects(), *(line for file in files for line in in_homes.read_effects(file))]
    missed = {
        line["name"]
        for line in lines
        if line["changed"] not in ("", "0") or line.get("noticed_by", "").startswith(FAULT)
    }
    assert [name for name, rule in RULES.items() if name not in missed and not rule.harm] == []
