"""Writes docs/tuning.md from tuning.py and the measurements of each number.

.venv/bin/python -m docs.tuning_page
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from benchmarks.ablation import in_homes
from benchmarks.ablation.measured import read_effects
from benchmarks.ablation.numbers import names
from benchmarks.ablation.words import Line, describe_changes, noticed_by
from fusebox import tuning

PAGE = Path(__file__).with_name("tuning.md")
SOURCE = Path(str(tuning.__file__))
TIMES = {"0.5": "½", "2": "×2"}

HEAD = """# Every number that shapes behaviour

<!-- Made by docs/tuning_page.py from pyscript/modules/fusebox/tuning.py: change a number there, not this page. -->

The numbers behind Fusebox's behaviour, for experts. You need none of these: CONFIG has keys for what differs from house
to house. Each number may be given by its name:

```python
CONFIG = {{"tuning": {{"raise_step_a": 2, "raise_every_s": 10}}, "site": {{...}}, "loads": {{...}}}}
```

- A number may be from a tenth to ten times the shipped one. A whole number stays whole, and a share (`_share`) is at
  most 1. A number that protects a fuse may be smaller than shipped, never larger. Anything else is a mistake in CONFIG.
- Numbers that differ from the shipped ones are logged at the start, and listed in the attribute `tuning` of
  `sensor.fusebox_site`.
- A change takes effect when you save CONFIG. Remove a number to return to the shipped one.
- Names end in their unit: `_s` seconds, `_a` amps on a phase, `_w` watts, `_kwh` kilowatt-hours, `_k` kelvin, `_share`
  a part of a whole, `_ratio` a factor, `_times` a count. "Chosen" means that no standard, data sheet or measurement
  gives the number.
- The last column shows the effect of half (½) and twice (×2) the number (`make ablation`), in ten hours of ten houses
  with fluctuating load: seconds above 1.13 times the rating, A²s above the rating, energy in points of what is
  possible, starts, and the test that fails. A side that is missing changes no hour and fails none of sixty tests. Fewer
  seconds may still be a loss elsewhere, because the hours have no faults. Measured on 20 to 22 November 2026, before
  the last changes of the raise; tests were run first if no hour changed.
- {varied} of the {count} numbers were also halved and doubled in random homes: {calm} change nothing there, the others
  are [below](#in-random-homes).
"""

IN_HOMES = """
## In random homes

The first six homes that read the number, of 16 to 80 (seeds from 2001; for a number that fewer read, the mean over all
of them), an hour each, on 26 November 2026: the mean change of the seconds above 1.13 times the rating, of the A²s
above the rating, of the energy in points of what is possible, and of the starts. With so few homes only large effects
count. A number without a row changes no command in them.

| name | times | homes | with other commands | seconds | A²s | energy | starts |
|---|---|---|---|---|---|---|---|
"""

WORDS = ("brisk", "balanced", "calm")
"""From the most energy to the fewest overloads."""


def page() -> str:
    """The whole page."""
    text = SOURCE.read_text(encoding="utf-8")
    lines = text.splitlines()
    body = ast.parse(text).body
    parts, heading, lost = [head()], "", measured()
    for node, after in pairwise(body):
        if not isinstance(node, ast.Assign) or not isinstance(after, ast.Expr):
            continue
        found = heading_above(lines, node.lineno)
        if found and found != heading:
            heading = found
            parts.append(f"\n## {heading}\n\n| name | shipped | | with another |\n|---|---|---|---|\n")
        parts.append(row(node, after, lost))
    return "".join([*parts, caution(), effects_in_homes()])


def head() -> str:
    """Return the introduction, with how many numbers were varied in random homes, and how many change nothing there."""
    varied = {line["name"] for line in in_homes.read_effects(in_homes.FILE)} & set(names())
    changing = {line["name"] for line in _effects_in_homes()}
    return HEAD.format(count=len(names()), varied=len(varied), calm=len(varied - changing))


def effects_in_homes() -> str:
    """Return the table of the numbers that change something in random homes when halved or doubled."""
    rows = "".join(
        f"| `{line['name'].lower()}` | {TIMES[line['factor']]} | {line['homes']} | {line['changed']} | "
        + " | ".join(f"{float(line[figure]):+.3g}" for figure in ("hot_s", "heat_a2s", "energy_pct", "starts"))
        + " |\n"
        for line in _effects_in_homes()
    )
    return IN_HOMES + rows


def _effects_in_homes() -> list[dict[str, str]]:
    """Return the measured effects of halving or doubling a number that changed commands in a home."""
    lines = in_homes.read_effects(in_homes.FILE)
    return [line for line in lines if line["name"] in names() and line["changed"] != "0"]


def caution() -> str:
    """Return the table of numbers behind each word of `caution`."""
    names = dict.fromkeys(name for values in tuning.CAUTION.values() for name in values)
    rows = "".join(
        f"| `{name}` | "
        + " | ".join(f"{tuning.CAUTION[word].get(name, tuning.SHIPPED[name]):g}" for word in WORDS)
        + " |\n"
        for name in names
    )
    return f"\n## What `caution` stands for\n\n| name | {' | '.join(WORDS)} |\n|---|---|---|---|\n{rows}"


def heading_above(lines: list[str], line: int) -> str:
    """Return the nearest comment above a line that begins at its left end; "" if there is none."""
    above = [each for each in lines[: line - 1] if each.startswith("# ")]
    return above[-1].removeprefix("# ") if above else ""


def measured() -> Mapping[str, str]:
    """Return name of a number -> the effect of half and twice its value, in words."""
    found: dict[str, list[str]] = {}
    for line in read_effects():
        if line["factor"] in TIMES and (told := effect_of(line)):
            found.setdefault(line["name"], []).append(f"{TIMES[line['factor']]} {told}")
    return {name: "; ".join(effects) for name, effects in found.items()}


def effect_of(line: Line) -> str:
    """Return what changes and which test notices; "" for neither."""
    return ", ".join(filter(None, (describe_changes(line), noticed_by(line).rpartition("/")[2])))


def row(node: ast.Assign, said: ast.Expr, lost: Mapping[str, str]) -> str:
    """Return one row: the name in CONFIG (in capitals if CONFIG may not change it), value, text and effect."""
    name = ast.unparse(node.targets[0]).lower()
    shown = f"`{name}`" if name in tuning.SHIPPED else name.upper()
    text = " ".join(str(ast.literal_eval(said.value)).split()).replace("|", "\\|")
    return f"| {shown} | {ast.unparse(node.value)} | {text} | {lost.get(name, '')} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
