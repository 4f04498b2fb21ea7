"""Writes docs/rules.md from what was measured of each rule of a step.

PYTHONPATH=.:pyscript/modules .venv/bin/python docs/rules_page.py
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.ablation import in_homes
from benchmarks.ablation.decided import NONE, decided_in
from benchmarks.ablation.measured import read_effects
from benchmarks.ablation.rules import RULES, Rule
from benchmarks.ablation.words import Line, describe_changes, noticed_by
from benchmarks.ablation.words import describe_homes as in_random_homes

PAGE = Path(__file__).with_name("rules.md")
HEAD = f"""# The rules of a step, and what is lost without each

<!-- Made by docs/rules_page.py from benchmarks/ablation/rules.toml and measured.csv: make ablation. -->

What each rule of a decision is for, and what happens without it. Each rule was switched off alone. "Missed by" is the
first test, or fault of the [matrix](faults.md), that then fails; where neither a fault nor an hour or a home changes,
"harm in its test" says what a user or a device suffers there. "In ten hours" is the change in the ten hours of
[tuning](tuning.md) on 22 November 2026; they have no faults, so a rule may cost there what it saves elsewhere. Percents
of the hours on the sun refer to what the sun alone could give: more than that is from the grid. "In random homes" is
the mean change in homes of the [population](population.md), in parentheses the loss of the unluckiest home in a hundred
(with fewer homes, of the unluckiest), in brackets the number of homes with other commands. Where fewer than half have
them, the median home loses nothing. After a semicolon is the same in two hours of homes with sun
(seeds 2001-2040, up to twelve homes a rule), and in the hour of homes under a tariff's target, a contract and
`optimized` (seeds 3001-3024, up to ten homes a rule). It is empty if no home changes: none of them has a fault or a
user.

"Kept for" says who decides where some homes gain without a rule and others lose: first the mean home, with 1 % of
energy worth 3 s above 1.13 In (what "sixty lines" pays with its windows) and 1 kWh of sun as much as one from the grid;
then the unluckiest home in a hundred, if it loses more than the mean home gains; then starts and commands. "{NONE}"
admits that these homes would gain without it. Kinds of home are named where they differ: the hour, with sun, under
limits. With so few homes small differences mean little. Rules that learn (what was observed of devices and meters, room
that has lasted, cycles expected back) differ from home to home by themselves.

The aim of 300 homes a rule is missed, because they take more than ten hours of CPU. Rules of devices, tanks and heat
pumps are on their pages.

```sh
make ablation    # measures it again, some hours
```
"""

KINDS = ("hour", "sun", "limits")
"""The homes of in_homes.csv, in_sunny_homes.csv and in_limited_homes.csv."""

TITLES = "| rule | purpose | missed by | harm in its test | in ten hours | in random homes | kept for |"
COLUMNS = f"{TITLES}\n{'|---' * 7}|\n"


def page() -> str:
    """The whole page."""
    measured = {line["name"]: line for line in read_effects()}
    in_all_homes = [
        {line["name"]: line for line in in_homes.read_effects(path)}
        for path in (in_homes.FILE, in_homes.SUNNY_FILE, in_homes.LIMITED_FILE)
    ]
    parts: dict[str, list[str]] = {}
    for rule in RULES.values():
        homes = [table.get(rule.function, {}) for table in in_all_homes]
        parts.setdefault(rule.part, []).append(row(rule, measured.get(rule.function, {}), homes))
    tables = (f"\n## {part}\n\n{COLUMNS}" for part in parts)
    return HEAD + "".join(head + "".join(rows) for head, rows in zip(tables, parts.values(), strict=True))


def row(rule: Rule, line: Line, homes: Sequence[Line]) -> str:
    """One rule: its function and purpose, what misses it and why, and what changes without it in hours and homes."""
    hours = describe_changes(line, with_commands=True) if line.get("houses") else "-"
    random = "; ".join(filter(None, map(in_random_homes, homes)))
    cells = (rule.purpose, noticed_by(line), rule.harm, hours, random, decided_in(KINDS, homes))
    return f"| `{rule.name.lstrip('_')}` | {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
