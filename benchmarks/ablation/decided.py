"""Whose loss keeps a rule that helps some random homes and harms others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .words import Line

WORTH: Mapping[str, float] = {
    "energy_pct": 3.0,
    "hot_s": -1.0,
    "over_kwh": -1000.0,
    "sun_pct": 3.0,
    "grid_kwh": -100.0,
}
"""Figure -> what a home gains when it rises by 1, in seconds above 1.13 In; negative for a loss.

3 s for 1 % is what "sixty lines" pays in the published homes from a window of 600 s to one of 10 s (27.4 s for 9.0 %).
1 kWh from the grid is as bad as 1 kWh of sun lost, about a third of a home's; import above a target outweighs both.
"""

LAST = ("starts", "commands")
"""Figures that decide when the others do not; fewer is better."""

MEAN, UNLUCKY, WEAR, NONE = "the mean home", "1 home in 100", "starts and commands", "its test alone"


def decided_by(line: Line) -> str:
    """Return whose loss without a rule keeps it in one kind of home; "" if no home changes."""
    if line.get("changed", "0") == "0":
        return ""
    worth = {figure: value for figure, value in WORTH.items() if figure in line}
    gain_s = sum(value * float(line[figure]) for figure, value in worth.items())
    if gain_s < 0:
        return MEAN
    if max(abs(value) * float(line[f"{figure}_p99"]) for figure, value in worth.items()) > gain_s:
        return UNLUCKY
    return WEAR if any(float(line[figure]) > 0 for figure in LAST) else NONE


def decided_in(kinds: Sequence[str], lines: Sequence[Line]) -> str:
    """Return whose loss keeps a rule in each kind of home: one word if all agree, "" if no home changes."""
    found = {kind: by for kind, line in zip(kinds, lines, strict=True) if (by := decided_by(line))}
    if len(set(found.values())) < 2:
        return next(iter(found.values()), "")
    return "; ".join(f"{kind}: {by}" for kind, by in found.items())
