"""Writes docs/rules.md from what was measured of each rule of a step.

PYTHONPATH=.:pyscript/modules .venv/bin/python docs/rules_page.py
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.ablation import in_homes
from benchmarks.ablation.measured import read
from benchmarks.ablation.rules import RULES, Rule
from benchmarks.ablation.words import Line, changes, missed_by
from benchmarks.ablation.words import in_homes as told_of_homes

PAGE = Path(__file__).with_name("rules.md")
HEAD = """# The rules of a step, and what is lost without each

<!-- Made by docs/rules_page.py from benchmarks/ablation/rules.toml and measured.csv: make ablation. -->

What each rule of a decision protects, and what happens without it. Each rule was switched off alone. "Missed by" is the
first test, or fault of the [matrix](faults.md), that then fails. "In ten hours" is the change in the ten hours of
[tuning](tuning.md) on 22 November 2026; they have no faults, so a rule may cost there what it saves elsewhere. Percents
of the hours on the sun refer to what the sun alone could give: more than that is from the grid. "In random homes" is
the mean change in homes of the [population](measurements.md), in parentheses the loss of the unluckiest home in a
hundred, in brackets the number of homes with other commands; it is empty if no home changes, because their hour has no
fault and no user. Rules of devices, tanks and heat pumps are on their pages.

```sh
make ablation    # measures it again, some hours
```
"""

COLUMNS = "| rule | guards | missed by | in ten hours | in random homes |\n|---|---|---|---|---|\n"


def page() -> str:
    """The whole page."""
    measured = {line["name"]: line for line in read()}
    homes = {line["name"]: line for line in in_homes.read()}
    parts: dict[str, list[str]] = {}
    for rule in RULES.values():
        parts.setdefault(rule.part, []).append(row(rule, measured.get(rule.function, {}), homes.get(rule.function, {})))
    tables = (f"\n## {part}\n\n{COLUMNS}" for part in parts)
    return HEAD + "".join(head + "".join(rows) for head, rows in zip(tables, parts.values(), strict=True))


def row(rule: Rule, line: Line, homes: Line) -> str:
    """One rule: its function, what it guards, who misses it, and what changes without it."""
    hours = changes(line, with_commands=True) if line.get("houses") else "-"
    return f"| `{rule.name.lstrip('_')}` | {rule.guards} | {missed_by(line)} | {hours} | {told_of_homes(homes)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
