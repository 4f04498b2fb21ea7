"""`python -m simhouse sweep`: houses x configs x seeds, each lived through by the scripts; one table of results."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from ..house.plan import example_or_file, parse_days, parse_hours
from ..house.trace_columns import InputError
from ..house.traces import zone_named
from ..sweep.crews import Work, run_here, run_on_cluster
from ..sweep.job import Job, Row, Source, make_jobs, worked
from ..sweep.results import Journal, check_writable, write_results

WIDE = 150
MOST_SEEDS = 100_000


def main(argv: Sequence[str] | None = None, work: Work = worked) -> int:
    """Run the missing jobs; return 0 when all held, 1 when some did not or failed, 2 when the input cannot be used."""
    options = _parse_options(argv)
    try:
        check_writable(options.out)
        zone_named(options.time_zone)  # an unknown one is refused
        jobs = list(
            make_jobs(
                _distinct_sources([example_or_file(path) or path for path in options.config]),
                _distinct_sources(options.trace),
                options.seeds,
                options.days,
                options.hours,
                options.time_zone,
            )
        )
        rows = _all_rows(jobs, options, work)
    except InputError as error:
        print(f"simhouse sweep: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("simhouse sweep: stopped; the same command goes on from here.", file=sys.stderr)
        return 130
    write_results(options.out, rows)
    _print_summary(rows, options.out)
    return 0 if all(row.get("held") for row in rows) else 1


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simhouse sweep", description=__doc__)
    parser.add_argument("--config", type=Path, nargs="+", required=True, help="site_config.py files or examples' names")
    parser.add_argument("--trace", type=Path, nargs="+", default=[], help="recorded households; default: simulated")
    parser.add_argument("--seeds", type=_parse_seeds, default=[1], help="such as 1-20 or 1,2,5 (default 1)")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--days", type=parse_days, help="length of each run; default: the evening, or a day of a trace")
    length.add_argument("--hours", type=parse_hours, help="from when to when on the first day, such as 16-22")
    parser.add_argument("--time-zone", help="zone of traces without offsets, such as Europe/Paris")
    parser.add_argument("--out", type=Path, default=Path("sweep.csv"), help=".csv or .parquet (default sweep.csv)")
    crew = parser.add_mutually_exclusive_group()
    crew.add_argument("--workers", type=_parse_workers, help="processes here; default: one for each core")
    crew.add_argument("--scheduler", help="address of a Dask scheduler, such as tcp://10.0.0.5:8786")
    return parser.parse_args(argv)


def _parse_seeds(text: str) -> list[int]:
    found: list[int] = []
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            found += range(int(first), int(last or first) + 1)
    except ValueError:
        found = []
    if not 0 < len(found) <= MOST_SEEDS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of seeds such as 1-20 or 1,2,5")
    return list(dict.fromkeys(found))


def _parse_workers(text: str) -> int:
    """Return a number of processes; ArgumentTypeError for other text."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes, at least one")
    return int(text)


def _distinct_sources(paths: Sequence[Path]) -> list[Source]:
    """Return the files, each once; files of one name are distinguished by their folders."""
    paths = list(dict.fromkeys(path.absolute() for path in paths))
    found = []
    for path in paths:
        names = ("/".join(path.parts[-n:]) for n in range(1, len(path.parts) + 1))
        name = next(name for name in names if sum(other.as_posix().endswith(f"/{name}") for other in paths) <= 1)
        found.append(_read_source(path, name))
    return found


def _read_source(path: Path, name: str) -> Source:
    try:
        return Source(name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, None, f"cannot be read ({error})", "check the name and the permissions") from None


def _all_rows(jobs: Sequence[Job], options: argparse.Namespace, work: Work) -> list[Row]:
    """Return the rows of all jobs, in their order: from the journal, or run now."""
    journal = Journal(options.out)
    missing = [job for job in jobs if job.key not in journal.rows]
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("runs", total=len(jobs), completed=len(jobs) - len(missing))
        for row in _run(missing, options, work) if missing else ():
            journal.add(row)
            progress.update(task, advance=1, description=f"{row['config']}, seed {row['seed']}")
    return [journal.rows[job.key] for job in jobs]


def _run(jobs: Sequence[Job], options: argparse.Namespace, work: Work) -> Iterator[Row]:
    if options.scheduler:
        return run_on_cluster(jobs, work, options.scheduler)
    return run_here(jobs, work, options.workers)


def _print_summary(rows: Sequence[Row], out: Path) -> None:
    """Print a line for each house and CONFIG: means over the seeds, and the worst."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    table = Table(title="Means over the seeds", title_style="bold", header_style="bold")
    headings = ("house", "config", "runs", "held", "trips", "worst A", "s > 1.13 In", "quarter kW", "cars kWh")
    for heading in (*headings, "of possible", "starts", "commands", "CPU s"):
        table.add_column(heading, justify="left" if heading in ("house", "config") else "right", overflow="fold")
    for house, config in dict.fromkeys((row["house"], row["config"]) for row in rows):
        mine = [row for row in rows if (row["house"], row["config"]) == (house, config)]
        good = [row for row in mine if not row.get("error")]
        cells = [house, config.removesuffix(".py"), str(len(mine)), str(sum(bool(row.get("held")) for row in mine))]
        if good:
            mean = _mean_of(good)
            possible = mean("possible_kwh")
            share = f"{100 * mean('chargers_kwh') / possible:.1f} %" if possible else "·"
            cells += [str(sum(row["tripped"] for row in good)), f"{max(row['worst_a'] for row in good):.1f}"]
            cells += [f"{mean('over_113_s'):.1f}", f"{max(row['peak_quarter_kw'] for row in good):.2f}"]
            cells += [f"{mean('chargers_kwh'):.1f}", share, f"{mean('starts'):.1f}", f"{mean('commands'):.0f}"]
            cells += [f"{mean('cpu_s'):.0f}"]
        table.add_row(*cells)
    console.print(table)
    for row in rows:
        if told := row.get("error") or row.get("complaints"):
            console.print(f"  {row['house']}, {row['config']}, seed {row['seed']}: {told}", highlight=False)
    console.print(f"Results: {out}", highlight=False, soft_wrap=True)


def _mean_of(rows: Sequence[Row]) -> Callable[[str], float]:
    return lambda name: fmean(row[name] or 0.0 for row in rows)
