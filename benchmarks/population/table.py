"""The tables of a run: controllers over all homes, our share of the frontier by kind of home, and the worst ten."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from simhouse.population.draw import draw_home

from .figures import FIGURES, most_overloaded
from .play import ALONE, FUSEBOX
from .verdict import (
    ByHome,
    above,
    all_hot_s,
    beyond_the_house,
    heat_a2s,
    hot_s,
    median_ratio,
    ratio_of_sums,
    shares_by_kind,
    shares_of_sixty_lines,
    steered_s,
)

MOST_SHARE = 1.1
WORST = 10


def controllers_table(title: str, homes: ByHome) -> Table:
    """Return median / p90 / p99 / worst of every figure; overload beyond what the house alone causes."""
    table = Table(title=title, title_justify="left")
    table.add_column("controller")
    for figure in FIGURES:
        table.add_column(figure.name, justify="right")
    for controller in next(iter(homes.values())):
        if controller == ALONE:
            continue
        cells = []
        for figure in FIGURES:
            found = figure.quantiles(homes, controller)
            cells.append(f"{found.median:,.0f}/{found.p90:,.0f}/{found.p99:,.0f}/{found.worst:,.0f}")
        table.add_row(controller, *cells, style="bold" if controller == FUSEBOX else None)
    return table


def shares_table(homes: ByHome) -> Table:
    """Return a row for each kind of home: our seconds and heat as a share of the frontier's at our energy.

    The third figure is that of the seconds in which a car drew more than its minimum: measured from the least that cars
    held at their minimum cause. The last column counts homes by the first figure and by the third.
    """
    title = "Share of the sixty-line frontier at equal energy, seconds/heat/seconds above the minimum"
    table = Table(title=title, title_justify="left")
    for name in ("kind of home", "homes", "all together", "median home", f"above {MOST_SHARE}"):
        table.add_column(name, justify="left" if name == "kind of home" else "right")
    for kind, figures in shares_by_kind(homes, (hot_s, heat_a2s, steered_s)).items():
        table.add_row(
            kind,
            str(len(figures[0])),
            "/".join(_ratio(ratio_of_sums(figure)) for figure in figures),
            "/".join(_ratio(median_ratio(figure)) for figure in figures),
            f"{len(above(figures[0], MOST_SHARE))}/{len(above(figures[2], MOST_SHARE))}",
        )
    return table


def worst_table(homes: ByHome) -> Table:
    """Return the homes with most overload under Fusebox, and those furthest above the frontier."""
    table = Table(title="The worst homes for Fusebox", title_justify="left")
    for name in ("seed", "kind of home", "fuse", "s above 1.13 In", "longest [s]", "trip budget [%]", "energy [%]"):
        table.add_column(name, justify="left" if name == "kind of home" else "right")
    _add_homes(table, homes, most_overloaded(homes, FUSEBOX, WORST))
    table.add_section()
    _add_homes(table, homes, [share.seed for share in above(shares_of_sixty_lines(homes, hot_s), MOST_SHARE)[:WORST]])
    return table


def _add_homes(table: Table, homes: ByHome, seeds: Sequence[int]) -> None:
    for seed in seeds:
        home, ours = draw_home(seed), homes[seed][FUSEBOX]
        over_s = beyond_the_house(homes[seed], FUSEBOX, all_hot_s)
        cells = (f"{over_s:.0f}", f"{ours.longest_s:.0f}", f"{ours.trip_pct:.0f}", f"{ours.energy_pct:.1f}")
        table.add_row(str(seed), home.kind, f"{home.fuse_a:g} A {home.fuse_type}", *cells)


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
