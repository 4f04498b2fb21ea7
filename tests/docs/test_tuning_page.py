"""docs/tuning.md agrees with tuning.py."""

from __future__ import annotations

import re

from benchmarks.ablation.measured import read_effects
from fusebox import tuning

from .made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert written == made_page("tuning_page"), "run PYTHONPATH=.:pyscript/modules .venv/bin/python docs/tuning_page.py"


def test_the_page_has_every_number_that_config_may_give():
    page = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert [name for name in tuning.SHIPPED if f"\n| `{name}` | " not in page] == []


def test_each_number_is_missed_by_an_hour_or_a_test():
    """A number without an effect has no reason to exist. `make ablation` measures it into
    benchmarks/ablation/measured.csv."""
    rows = [line for line in (DOCS / "tuning.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows if row.endswith("|  |")] == []


def test_the_test_that_misses_a_number_exists():
    told = [line["noticed_by"] for line in read_effects() if "::" in line["noticed_by"]]
    gone = []
    for who in dict.fromkeys(told):
        path, _, name = who.partition("::")
        file = DOCS.parent / path
        if not file.exists() or f"def {name.partition('[')[0].rpartition('::')[2]}(" not in file.read_text(
            encoding="utf-8"
        ):
            gone.append(who)
    assert gone == []


def test_no_other_page_names_them():
    """One fact in one place: what a number is called and what it is stands on its page only."""
    named = {
        page.name: re.findall(r"`([A-Z][A-Z0-9_]*)`", page.read_text(encoding="utf-8")) for page in DOCS.glob("*.md")
    }
    named.pop("tuning.md")
    assert {page: found for page, names in named.items() if (found := [n for n in names if hasattr(tuning, n)])} == {}
