"""`python -m simhouse faults`: the whole fault matrix, measured."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..faults.matrix import FAULTS, play_faults
from ..faults.table import insert_into_page, markdown_table, terminal_table, text_around_table

WIDE = 200  # columns where the output is no terminal


def main(argv: list[str]) -> int:
    """Play faults and print the table; return 0 if everything is as promised, 1 if not, 2 for a wrong name or page."""
    parser = argparse.ArgumentParser(prog="simhouse faults", description=__doc__)
    parser.add_argument("names", nargs="*", help="some of them; default: all")
    parser.add_argument("--write", type=Path, help="a page between whose marks the table is put, when all are played")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in FAULTS]
    if unknown:
        print(f"simhouse faults: there is no fault {unknown[0]}. There are: {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    if options.write and options.names:
        print("simhouse faults: --write is for the whole table; leave the names out.", file=sys.stderr)
        return 2
    try:
        _ = options.write and text_around_table(options.write)  # before everything is played
    except (OSError, ValueError) as error:
        print(f"simhouse faults: {error}", file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    outcomes = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("faults", total=len(options.names or FAULTS))
        for name, outcome in play_faults(options.names or FAULTS):
            outcomes[name] = outcome
            progress.update(task, advance=1, description=name)
    console.print(terminal_table(outcomes))
    complaints = {name: outcome.complaints(FAULTS[name]) for name, outcome in outcomes.items()}
    for name, found in complaints.items():
        for complaint in found:
            console.print(f"[red]{name}[/]: {complaint}", highlight=False)
    wrong = sum(map(bool, complaints.values()))
    result = f"{len(outcomes) - wrong} of {len(outcomes)} faults end safe in time, and recover without help."
    console.print(result)
    if options.write:
        command = f'`make faults FAULTS="--write {options.write}"`'
        head = f"{result} Measured on {datetime.now(UTC):%d %B %Y} by {command}."
        insert_into_page(options.write, f"{head}\n\n{markdown_table(outcomes)}")
        console.print(f"Written: {options.write}", highlight=False)
    return 1 if wrong else 0
