"""Writes docs/population.md from the published rows of random homes and the weights that they are drawn with.

PYTHONPATH=.:pyscript/modules .venv/bin/python docs/population_page.py
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.population import figures
from benchmarks.population.drawn import what_seeds_draw
from benchmarks.population.figures import FIGURES, HOT, Figure
from benchmarks.population.files import read_rows
from benchmarks.population.other_homes import distributions_part, newer_part, sun_part, tariff_part
from benchmarks.population.other_homes import markdown_table as table
from benchmarks.population.play import ALONE, FUSEBOX, PEERS, SIXTY
from benchmarks.population.table import MOST_SHARE, WORST
from benchmarks.population.verdict import (
    SAME_S,
    ByHome,
    Quantiles,
    Share,
    above,
    beyond_every_window,
    hot_s,
    median_ratio,
    ratio_of_sums,
    shares_by_kind,
    shares_of_sixty_lines,
    steered_s,
)
from simhouse.population import appliances, draw
from simhouse.population.draw import draw_home
from simhouse.population.home import DAY

PAGE = Path(__file__).with_name("population.md")
ROWS = PAGE.parents[1] / "benchmarks" / "population" / "held_out.csv"

HEAD = """# Random homes, and what each controller does in them

<!-- Made by docs/population_page.py from the CSV files of benchmarks/population/: change rows there, not this page. -->

All figures of the [population](measurements.md#random-homes): {homes} homes, an hour each, played on 25 November 2026,
by Fusebox on the morning of 1 December.
Each home and controller is a row of [held_out.csv](../benchmarks/population/held_out.csv).

```sh
make population POPULATION="--seeds {seeds}"    # plays them: about 20 s of CPU a home
make population POPULATION="--read benchmarks/population/held_out.csv"    # tables and picture from the rows
```

- "s above 1.13 In" are seconds above 1.13 times a fuse's rating, which a breaker after IEC 60898-1 carries for an hour.
  They are summed over phases and circuits. "Heat" is (I - In)² above the rating of the main fuse. Of both, only what
  goes beyond the house alone counts: the same hour with all controlled loads off.
- "Trip budget" is the highest use of the most sensitive curve that a fuse's standard permits. At 100 % the fuse may
  open; most open later. "Longest" is the longest overload without a break. Both are of the whole house.
- "Energy" is a share of what a controller could give that knows every second in advance and never exceeds a rating:
  more than 100 % is possible with overload.
- p90, p99 and worst are counted from the bad end: of energy p90 is what nine homes in ten reach or exceed. Of 178 homes
  p99 is the second worst.
"""

LOOKED_AT = {
    (
        36001,
        36300,
    ): "Not when they were played and quoted first, at 13:45. At 13:54 the control of Linky homes was changed"
    " (shedding at 0.95 of the contract, a value chosen in seeds 1 to 999), then they were played again and quoted a"
    " second time. 2 of the 300 rows differ: 36179 (271 s, 107 % of its trip budget before) and 36298.",
    (37001, 37300): "Not before the figures of 25 November.",
}
"""First and last seed -> whether somebody had looked at them before."""

NOT_DRAWN = """
Not drawn: the protocols of OCPP and Easee (only the timing of their commands and reports), contracts, plans, faults,
and residents who change something. They have tests and [measurements](measurements.md) of their own, but not over these
homes. Loads in watts (`power`) and chargers that switch phases are in [newer homes](#newer-homes) only. Each home is
played for one hour of {day}; the date matters for its sun only. Loads run in the default mode of their type; homes
whose loads run on [surplus](#homes-with-sun) or under a [tariff](#homes-under-a-tariff) are others.
"""


def page() -> str:
    """The whole page."""
    homes = read_rows(ROWS)
    known = {seed: rows for seed, rows in homes.items() if draw_home(seed).known_to_peers}
    head = HEAD.format(homes=len(homes), seeds=",".join(f"{first}-{last}" for first, last in LOOKED_AT))
    parts = [head, _homes_part(homes), _seeds_part(homes), _fusebox_part(homes), _worst_part(homes), _trips_part(homes)]
    parts += [_controllers_part(known), _frontier_part(known), sun_part(), tariff_part()]
    parts += [distributions_part(), newer_part()]
    return "\n".join(parts)


def _homes_part(homes: ByHome) -> str:
    """What a seed draws, with the weights of draw.py, and how often it was drawn in these homes."""
    titles = ("what", "drawn with these shares", f"in these {len(homes)} homes")
    return (
        "## What a seed draws\n\nAll shares and weights are chosen; they say what exists, not how often. Meters also"
        " have a delay, a step and gaps.\n\n"
        + table(titles, what_seeds_draw(homes))
        + f"\nCars: {_second_paragraph(draw.draw_car)}\n\nAppliances: {_second_paragraph(appliances)}\n\n"
        + table(("appliance", "in homes", "runs a day"), map(_habit, appliances.HABITS))
        + "\nA home runs them 1 to 5 times as often. Residents avoid overloads: a run that alone would exceed 1.05"
        " times the fuse is put off.\n" + NOT_DRAWN.format(day=f"{DAY:%-d %B %Y}")
    )


def _seeds_part(homes: ByHome) -> str:
    rows = []
    for (first, last), words in LOOKED_AT.items():
        found = {seed: rows for seed, rows in homes.items() if first <= seed <= last}
        rows.append((f"{first} to {last}", len(found), words, *_numbers(HOT.quantiles(found, FUSEBOX))))
    titles = ("seeds", "homes", "had somebody looked at them?", "mean s", "median", "p90", "p99", "worst")
    return "## Which seeds\n\nSeconds above 1.13 In under Fusebox in each half:\n\n" + table(titles, rows)


def _fusebox_part(homes: ByHome) -> str:
    rows = [(figure.name, *_numbers(figure.quantiles(homes, FUSEBOX))) for figure in FIGURES]
    ours = [rows[FUSEBOX] for rows in homes.values()]
    held = 100 * sum(row.held_s for row in ours) / sum(row.hot_s for row in ours)
    together = 100 * sum(row.kwh for row in ours) / sum(row.possible_kwh for row in ours)
    longer = [figures.longer_than(homes, FUSEBOX, seconds) for seconds in (2, 60)]
    return (
        f"## Fusebox in all {len(homes)} homes\n\n"
        + table(("figure", "mean", "median", "p90", "p99", "worst"), rows)
        + f"\nAll homes together have {together:.0f} % of the possible energy. An overload that the house alone does"
        f" not have lasts longer than 2 s in {longer[0]} homes, and longer than 60 s in {longer[1]}. In {held:.0f} % of"
        " all seconds above 1.13 In no car on that phase drew more than its minimum, so only a pause would have avoided"
        " them.\n"
    )


def _worst_part(homes: ByHome) -> str:
    rows = []
    for seed in figures.most_overloaded(homes, FUSEBOX, WORST):
        home, ours = draw_home(seed), homes[seed][FUSEBOX]
        over_s = HOT.values({seed: homes[seed]}, FUSEBOX)[0]
        fuse = f"{home.fuse_a:g} A {home.fuse_type}"
        cells = (over_s, ours.held_s, ours.heat_a2s, ours.longest_s, ours.trip_pct, ours.energy_pct)
        rows.append((seed, home.kind, fuse, *(f"{cell:,.0f}" for cell in cells), ours.starts, ours.commands))
    titles = "seed", "kind", "fuse", "s above 1.13 In", "of these, cars at their minimum", "A²s"
    titles += "longest s", "trip budget %", "energy %", "starts", "commands"
    return f"## Fusebox's {WORST} worst homes\n\n" + table(titles, rows)


def _trips_part(homes: ByHome) -> str:
    seeds = sorted({seed for name in (FUSEBOX, ALONE) for seed in figures.may_trip(homes, name)})
    rows = []
    for seed in seeds:
        home, cells = draw_home(seed), (homes[seed][name].trip_pct for name in (FUSEBOX, ALONE))
        rows.append((seed, home.kind, f"{home.fuse_a:g} A {home.fuse_type}", *(f"{cell:.1f}" for cell in cells)))
    count = len(figures.may_trip(homes, FUSEBOX))
    close = sum(row[FUSEBOX].trip_pct > 90 for row in homes.values())
    return (
        "## Fuses that may open\n\nHomes in which a fuse reaches its most sensitive trip curve under Fusebox or in the"
        f" house alone, in % of that curve. Under Fusebox it is {count} of {len(homes)} homes, and {close} use more"
        " than 90 %. Sources disagree whether a Linky meter cuts off at 1.0, 1.1 or 1.3 times its contract; this curve"
        " is 1.0. 36090 exports up to 41 A of sun.\n\n"
        + table(("seed", "kind", "fuse", "under Fusebox", "house alone"), rows)
    )


def _controllers_part(known: ByHome) -> str:
    names = (FUSEBOX, *PEERS)
    parts = [
        f"## Every controller, in the {len(known)} homes that all support\n\nThese have a main fuse and chargers and"
        " nothing else. The others are reimplemented (`benchmarks/peers/`): evse-lb is hass-evse-load-balancer, naive"
        ' sets every 10 s what fits, and "sixty lines" cuts at once and raises into the least room of its window.\n'
    ]
    titles = ("controller", "mean", "median", "p90", "p99", "worst")
    for figure in FIGURES:
        rows = [(name, *_numbers(figure.quantiles(known, name))) for name in names]
        parts.append(f"\n### {_title(figure)}\n\n" + table(titles, rows))
    rows = []
    for name in names:
        seeds, nothing = figures.may_trip(known, name), figures.without_energy(known, name)
        rows.append((name, len(seeds), ", ".join(map(str, seeds)), len(nothing), ", ".join(map(str, nothing))))
    parts.append(
        "\n### Fuses that may open, and homes that get nothing\n\nA home gets nothing if it has less than 1 %."
        ' Such homes lower the mean energy of "sixty lines", and its overload: compare medians too.\n\n'
        + table(("controller", "a fuse may open", "seeds", "nothing", "seeds"), rows)
    )
    return "".join(parts)


def _frontier_part(known: ByHome) -> str:
    count, strictly = (
        len(known),
        {of: above(shares_of_sixty_lines(known, of), MOST_SHARE, 0.0) for of in (hot_s, steered_s)},
    )
    return (
        '## Compared with "sixty lines" at equal energy\n\nThe frontier is the least overload that any of its windows'
        f" ({', '.join(name.removeprefix('sixty lines, ') for name in SIXTY)}) has at Fusebox's energy, interpolated,"
        f" home by home. In {beyond_every_window(known)} of {count} homes Fusebox gives more energy than every window:"
        " there the window with most energy is taken, which counts against Fusebox. The median is of the homes in which"
        f" the frontier has at least {SAME_S:g} s. Goals: 0.75 in the median home of every kind, and no home above"
        f" {MOST_SHARE}. Strictly, {len(strictly[hot_s])} homes are above ({_seeds(strictly[hot_s])}).\n\n"
        + _kinds(known, hot_s)
        + "\nThe same without the seconds in which cars were at their minimum, of all controllers"
        f" ({len(strictly[steered_s])} homes strictly above: {_seeds(strictly[steered_s])}):\n\n"
        + _kinds(known, steered_s)
    )


def _kinds(known: ByHome, of: Callable[..., float]) -> str:
    by_kind = {kind: found[0] for kind, found in shares_by_kind(known, (of,)).items()}
    rows = [_kind(kind, found) for kind, found in by_kind.items()]
    rows.append(_kind("all", [share for found in by_kind.values() for share in found]))
    titles = "kind", "homes", "Fusebox, s", "frontier, s", "ratio of sums", "ratio in the median home", "of homes"
    return table((*titles, f"above {MOST_SHARE} strictly", f"by more than {SAME_S:g} s"), rows)


def _kind(kind: str, found: Sequence[Share]) -> Sequence[object]:
    sums = (f"{sum(share.ours for share in found):,.0f}", f"{sum(share.frontier for share in found):,.0f}")
    ratios = ("-" if value is None else f"{value:.2f}" for value in (ratio_of_sums(found), median_ratio(found)))
    counts = (sum(share.frontier >= SAME_S for share in found), len(above(found, MOST_SHARE, 0.0)))
    return (kind, len(found), *sums, *ratios, *counts, len(above(found, MOST_SHARE)))


def _numbers(found: Quantiles) -> Sequence[str]:
    return [f"{value:,.0f}" if value >= 100 else f"{value:.1f}" for value in found]


def _title(figure: Figure) -> str:
    beyond = ", beyond the house alone" if figure.is_beyond_the_house else ""
    return figure.name[:1].upper() + figure.name[1:] + beyond


def _seeds(found: Sequence[Share]) -> str:
    return ", ".join(str(share.seed) for share in found)


def _habit(habit: appliances.Habit) -> Sequence[object]:
    return habit.appliance.__name__.replace("_", " "), f"{100 * habit.owned:.0f} %", f"{habit.runs_a_day:g}"


def _second_paragraph(of: object) -> str:
    return " ".join((of.__doc__ or "").split("\n\n")[1].split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
