"""Sections of docs/population.md from other published rows: with sun, under a tariff, by distribution, newer homes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from simhouse.population.draw import draw_home
from simhouse.population.rare_loads import NEWER_FROM_SEED

from .distributions import CLEARLY, COLUMNS, DEFAULT, distribution_cells, homes_by_group
from .figures import FIGURES, HOT, QUANTILES, OwnFigure, most_overloaded
from .files import read_rows, read_rows_of
from .sun import FUSEBOX, PEERS, SunRow
from .sun_main import sun_homes
from .sun_table import SUN_FIGURES, SunHomes, known_to_peers, least_of_the_sun, rows_by_mode, sum_of_homes, with_sun
from .table import WORST
from .tariff import TariffRow
from .tariff_table import TARIFF_FIGURES, WORST_TITLES, worst_cells, worst_rows

HERE = Path(__file__).parent
SUN_ROWS, TARIFF_ROWS, DISTRIBUTION_ROWS, NEWER_ROWS = (
    HERE / name for name in ("sun_homes.csv", "tariff_homes.csv", "distributions.csv", "newer_homes.csv")
)
ALL_MODES = "all"
TOGETHER = ("controller", "share of all sun %", "grid, % of it", "starts a home", "commands an hour")


def markdown_table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def sun_part() -> str:
    """Homes with sun: quantiles by mode, other controllers, and the worst ten."""
    played = sun_homes(read_rows_of(SUN_ROWS, SunRow))
    homes = with_sun(played)
    by_mode = {ALL_MODES: [rows[FUSEBOX] for rows in homes.values()], **rows_by_mode(homes)}
    rows = [(mode, len(found), *line) for mode, found in by_mode.items() for line in _lines(SUN_FIGURES, found)]
    known = known_to_peers(homes)
    by_peer = {name: [of[name] for of in known.values()] for name in (FUSEBOX, *PEERS)}
    peers = [(name, *_together(found), *SUN_FIGURES[0].cells(found)) for name, found in by_peer.items()]
    return (
        f"## Homes with sun\n\n{len(played)} homes, two hours each, seeds {_seeds(played)}, never looked at before;"
        f" {len(homes)} have a usable surplus of 0.3 kWh or more ([rows](../benchmarks/population/{SUN_ROWS.name}),"
        f' `make population POPULATION="--sun --read benchmarks/population/{SUN_ROWS.name}"`). The share of the sun is'
        " of what perfect foresight could use; a car held at its minimum through a cloud may have more. Loads under"
        " `solar_priority` take their minimum from the grid on purpose; what `excess` leaves to the grid on purpose"
        " counts as lost. Of fewer than 100 homes p99 is the worst.\n\n"
        + markdown_table(("mode", "homes", "figure", *QUANTILES), rows)
        + f"\n### Compared with others, in the {len(known)} homes that all support\n\nThe others follow the surplus and"
        " wait, before they start and before they stop, for the time in their name.\n\n"
        "![Grid energy over the share of the sun in each home; grid energy and starts of all](population_sun.png)\n\n"
        + markdown_table((*TOGETHER, *(f"share %, {name}" for name in QUANTILES)), peers)
        + f"\n### The {WORST} homes with the least share of the sun\n\n"
        + _worst_on_the_sun(homes)
    )


def _together(rows: Sequence[SunRow]) -> Sequence[str]:
    of = sum_of_homes(rows)
    return f"{of.share_pct:.1f}", f"{of.grid_pct:.1f}", f"{of.starts:.1f}", f"{of.commands_h:.0f}"


def _worst_on_the_sun(homes: SunHomes) -> str:
    titles = ("seed", "mode", "usable kWh", "share of it %", "grid kWh", "starts", "commands")
    rows = [
        (
            row.seed,
            row.mode,
            f"{row.usable_kwh:.1f}",
            f"{row.share_pct:.0f}",
            f"{row.grid_kwh:.2f}",
            row.starts,
            row.commands,
        )
        for row in least_of_the_sun(homes)[:WORST]
    ]
    return markdown_table(titles, rows)


def tariff_part() -> str:
    """Homes under a tariff: quantiles and the worst ten."""
    rows = read_rows_of(TARIFF_ROWS, TariffRow)
    above, windows = (sum(getattr(row, name) for row in rows) for name in ("above", "windows"))
    together = 100 * sum(row.kwh for row in rows) / sum(row.possible_kwh for row in rows)
    return (
        f"## Homes under a tariff\n\n{len(rows)} homes, an hour each, seeds {_seeds(row.seed for row in rows)}, never"
        f" looked at before ([rows](../benchmarks/population/{TARIFF_ROWS.name}), `make population"
        " POPULATION=--tariff`). Each has a target for quarter hours, 0.3 to 0.6 of its main fuse and at least 2.5 kW,"
        " without a demand sensor; no battery and no Quasar. The possible energy is what the target leaves beside the"
        f" house to somebody who knows it in advance. Above the target are {above} of {windows} quarter hours; all"
        f" homes together have {together:.0f} % of the possible energy.\n\n"
        + markdown_table(("figure", *QUANTILES), _lines(TARIFF_FIGURES, rows))
        + f"\nThe {WORST} worst homes, by import above the target, then by energy:\n\n"
        + markdown_table(WORST_TITLES, map(worst_cells, worst_rows(rows)))
    )


def distributions_part() -> str:
    """Each distribution in the same homes, by kind of home, with the homes' votes against the default."""
    homes = read_rows(DISTRIBUTION_ROWS)
    parts = [
        f"## Distributions\n\n{len(homes)} homes with at least two controlled loads, of seeds {_seeds(homes)}, never"
        f" looked at before, an hour each under every [distribution](allocation.md#which-one)"
        f" ([rows](../benchmarks/population/{DISTRIBUTION_ROWS.name})). A home votes for a distribution that gives it"
        f" clearly more than `{DEFAULT}`: "
        + ", ".join(f"{name} by more than {clearly:g}" for name, (_, clearly) in CLEARLY.items())
        + " (%, s, kWh). Overload counts beyond the house alone.\n"
    ]
    for group, some in homes_by_group(homes).items():
        lines = [(f"`{name}`", *cells) for name, cells in distribution_cells(some).items()]
        parts.append(f"\n{group[:1].upper() + group[1:]} ({len(some)}):\n\n" + markdown_table(("", *COLUMNS), lines))
    return "".join(parts)


def newer_part() -> str:
    """Homes with loads in watts and chargers that switch phases."""
    played = read_rows(NEWER_ROWS)
    drawn = {seed: draw_home(seed) for seed in played}
    has = {
        "all": list(played),
        "with a load in watts": [seed for seed, home in drawn.items() if home.in_watts is not None],
        "with a charger that switches phases": [
            seed for seed, home in drawn.items() if any(box.switches_phases for box in home.boxes)
        ],
    }
    rows, worst = [], most_overloaded(played, FUSEBOX, WORST)
    for kind, seeds in has.items():
        homes = {seed: played[seed] for seed in seeds}
        for figure in FIGURES:
            found = figure.quantiles(homes, FUSEBOX)
            rows.append((kind, len(homes), figure.name, *(f"{value:,.1f}" for value in found)))
    return (
        f"## Newer homes\n\nFrom seed {NEWER_FROM_SEED} on, homes may also have a load in watts (`power`), and chargers"
        " that switch between one phase and three. Earlier seeds are without them, because their figures are published."
        f" {len(played)} homes, an hour each, seeds {_seeds(played)}, never looked at before"
        f" ([rows](../benchmarks/population/{NEWER_ROWS.name})); the possible energy may switch phases in every"
        " second. Nothing was measured with other controllers.\n\n"
        + markdown_table(("homes", "count", "figure", *QUANTILES), rows)
        + f"\nThe {WORST} homes with most seconds above 1.13 In: "
        + ", ".join(f"{seed} ({HOT.values({seed: played[seed]}, FUSEBOX)[0]:.0f} s)" for seed in worst)
        + ".\n"
    )


def _lines(figures: Sequence[OwnFigure], rows: Sequence[object]) -> list[Sequence[str]]:
    return [(figure.name, *figure.cells(rows)) for figure in figures]


def _seeds(seeds: Iterable[int]) -> str:
    found = sorted(seeds)
    return f"{found[0]} to {found[-1]}"
