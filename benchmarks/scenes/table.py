"""The tables: every controller in every scene, and the goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from rich.table import Table

from .goals import Found, goals_of_scene
from .measure import Outcome
from .play import ALONE, FUSEBOX
from .scene import SCENES

COLUMNS = ("s > 1.13 In", "worst phase", "A2s > In", "energy", "grid kWh", "starts a car", "writes/h", "breaker")


def outcomes_table(title: str, found: Mapping[str, Found]) -> Table:
    """Return a table of means over the seeds.

    Starts as mean (most); breaker as how many evenings a breaker may, or must, have opened.
    """
    table = Table(title=title, title_justify="left")
    table.add_column("house")
    table.add_column("controller")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for key, by_controller in found.items():
        scene = SCENES[key]
        for place, name in enumerate(by_controller):
            house = f"{key}: {scene.title}" if place == 0 else ""
            style = "bold" if name == FUSEBOX else "dim" if name == ALONE else None
            table.add_row(house, name, *_row_cells(by_controller[name], name == ALONE), style=style)
        table.add_section()
    return table


def _row_cells(outcomes: Sequence[Outcome], alone: bool) -> list[str]:
    cells = [
        f"{fmean(values):,.0f}" for values in zip(*((o.hot_s, o.worst_s, o.heat_a2s) for o in outcomes), strict=True)
    ]
    if alone:
        return cells
    starts = [count for outcome in outcomes for count in outcome.starts]
    may, must = (sum(flags) for flags in zip(*((o.may_trip, o.must_trip) for o in outcomes), strict=True))
    return [
        *cells,
        f"{fmean(o.energy_pct for o in outcomes):.1f} %",
        f"{fmean(o.grid_kwh for o in outcomes):.2f}" if any(o.grid_kwh for o in outcomes) else "",
        f"{fmean(starts):.1f} ({max(starts)})",
        f"{fmean(o.writes_h for o in outcomes):.0f}",
        f"{must} must" if must else f"{may} may" if may else "-",
    ]


def goals_table(title: str, found: Mapping[str, Found]) -> Table:
    """Return a table of every goal of every scene, and whether Fusebox meets it."""
    table = Table(title=title, title_justify="left")
    for name in ("house", "goal for Fusebox", "is", ""):
        table.add_column(name, justify="right" if name == "is" else "left")
    for key, by_controller in found.items():
        for place, (what, reached, met) in enumerate(goals_of_scene(SCENES[key], by_controller)):
            table.add_row(key if place == 0 else "", what, reached, "yes" if met else "[bold red]no[/]")
        table.add_section()
    return table
