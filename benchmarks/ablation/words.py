"""What was measured of a number or a rule, as the pages of docs/ show it."""

from __future__ import annotations

from collections.abc import Mapping

from .missed import FAULT

SHOWN = (("hot_s", 0, "s"), ("heat_a2s", 0, "A²s"), ("energy_pct", 1, "%"), ("starts", 0, "starts"))
COMMANDS = (("writes_h", 0, "commands"),)
"""A column of what was measured, its decimal places and its unit."""

IN_HOMES = (("hot_s", 1, "s"), ("heat_a2s", 1, "A²s"), ("energy_pct", 2, "%"), ("starts", 1, "starts"))
"""A figure of in_homes.csv, the decimal places of its mean and its unit."""

Line = Mapping[str, str]
"""A line of measured.csv or in_homes.csv; empty where nothing was measured."""


def changes(line: Line, *, with_commands: bool = False) -> str:
    """What changes in the hours; "" when nothing does, and where none of them asks for it."""
    if line.get("changed", "0") in ("", "0"):
        return ""
    shown = (*SHOWN, *COMMANDS) if with_commands else SHOWN
    found = [f"{float(line[column]):+.{places}f} {unit}" for column, places, unit in shown]
    return ", ".join(each for each in found if float(each.split()[0])) or "other commands only"


def in_homes(line: Line) -> str:
    """What changes in random homes, on the mean and for the unluckiest home in a hundred; "" when nothing does."""
    if line.get("changed", "0") == "0":
        return ""
    found = []
    for figure, places, unit in IN_HOMES:
        mean, worst = float(line[figure]), abs(float(line[f"{figure}_p99"]))
        if round(mean, places) or round(worst, 0):
            found.append(f"{mean:+.{places}f} ({worst:.0f}) {unit}")
    told = ", ".join(found) or "other commands only"
    return f"{told} [{line['changed']} of {line['homes']}]"


def missed_by(line: Line) -> str:
    """A fault by its name, tests by their file or folder; "" when nobody misses it."""
    who = line.get("noticed_by", "")
    if who.startswith(FAULT):
        return f"`{who.removeprefix(FAULT)}`"
    return who.partition("::")[0].removeprefix("tests/").removesuffix(".py")
