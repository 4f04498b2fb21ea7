"""`python -m simhouse sessions FILE`: the sessions of the loads, from Home Assistant's `.storage/fusebox.sessions`.

Prints a line for each, ordered by their end. Lines that cannot be read are reported and left out.
"""

import argparse
import csv
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..host.package_path import reach_package


def main(argv: list[str]) -> int:
    """Print the sessions; 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m simhouse sessions", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="fusebox.sessions of Home Assistant's .storage")
    parser.add_argument("--csv", action="store_true", help="comma-separated values, for a spreadsheet")
    wanted = parser.parse_args(argv)
    reach_package()
    storage = importlib.import_module("fusebox.balancer.energy.storage")
    try:
        if not wanted.file.is_file():
            raise FileNotFoundError(f"{wanted.file} is not a file")
        found = storage.read_sessions(wanted.file)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    for number in found.unreadable:
        print(f"{wanted.file}: line {number} cannot be read", file=sys.stderr)
    fields = importlib.import_module("fusebox.balancer.session_services").SESSION_FIELDS
    rows = [[_text(line.get(field)) for field in fields] for line in found.lines]
    (_print_csv if wanted.csv else _print_table)(fields, rows)
    return 0


def _print_csv(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(fields)
    writer.writerows(rows)


def _print_table(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(fields, *rows, strict=True)]
    for row in (fields, *rows):
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _text(value: Any) -> str:
    return "" if value is None else str(value)
