"""Texts for docs/ about the measurements of a number or a rule."""

from __future__ import annotations

from collections.abc import Mapping

from .missed import FAULT

SHOWN = (("hot_s", 0, "s"), ("heat_a2s", 0, "A²s"), ("energy_pct", 1, "%"), ("starts", 0, "starts"))
COMMANDS = (("writes_h", 0, "commands"),)
"""(column, decimal places, unit)."""

IN_HOMES = (
    ("hot_s", 1, "s"),
    ("heat_a2s", 1, "A²s"),
    ("over_kwh", 3, "kWh above the target"),
    ("energy_pct", 2, "%"),
    ("sun_pct", 1, "% of the sun"),
    ("grid_kwh", 2, "kWh from the grid"),
    ("starts", 1, "starts"),
    ("commands", 1, "commands"),
)
"""A figure of in_homes.csv or one of its sisters, the decimal places of its mean and its unit."""

Line = Mapping[str, str]
"""A line of measured.csv, in_homes.csv or one of its sisters; empty where nothing was measured."""


def describe_changes(line: Line, *, with_commands: bool = False) -> str:
    """Return what changes in the hours; "" when nothing does, or when none of them reads the number.

    `with_commands`: with the change in the number of commands.
    """
    if line.get("changed", "0") in ("", "0"):
        return ""
    shown = (*SHOWN, *COMMANDS) if with_commands else SHOWN
    found = [f"{float(line[column]):+.{places}f} {unit}" for column, places, unit in shown]
    return ", ".join(each for each in found if float(each.split()[0])) or "other commands only"


def describe_homes(line: Line) -> str:
    """Return the change in random homes, mean and worst home in a hundred; "" when there is none."""
    if line.get("changed", "0") == "0":
        return ""
    found = []
    for figure, places, unit in IN_HOMES:
        if figure not in line:
            continue
        mean, worst = float(line[figure]), abs(float(line[f"{figure}_p99"]))
        if round(mean, places) or round(worst, 0):
            found.append(f"{mean:+.{places}f} ({worst:.0f}) {unit}")
    told = ", ".join(found) or "other commands only"
    return f"{told} [{line['changed']} of {line['homes']}]"


def noticed_by(line: Line) -> str:
    """Return the fault or the test file, without prefix and suffix, that notices the change; "" when nothing does."""
    who = line.get("noticed_by", "")
    if who.startswith(FAULT):
        return f"`{who.removeprefix(FAULT)}`"
    return who.partition("::")[0].removeprefix("tests/").removesuffix(".py")
