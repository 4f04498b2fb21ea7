"""docs/rules.md has the measurements of each rule, and each rule is missed by a test or a fault."""

from __future__ import annotations

from benchmarks.ablation.measured import read_effects
from benchmarks.ablation.rules import RULES

from .made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert written == made_page("rules_page"), "run PYTHONPATH=.:pyscript/modules .venv/bin/python docs/rules_page.py"


def test_every_rule_is_missed_by_a_test_or_a_fault():
    missed = {line["name"] for line in read_effects() if line["noticed_by"]}
    assert set(RULES) - missed == set()
