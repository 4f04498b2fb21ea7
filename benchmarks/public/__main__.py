"""Fusebox and published controllers on public data: a street of homes, and cars under one transformer.

    python -m benchmarks.public street [--seed 1] [--homes 25] [--days 31] [--workers 1]
    python -m benchmarks.public park [--seed 1] [--days 20]

The data are those of PyPI's ev2gym 2.0.0, which `make public` downloads. `--days 31` is the whole year, 7 the first
seven days of each month. Each writes a CSV with a line for each home, or day, and controller. Seeds 1 to 999 are for
development; quote figures only of others. A home's year takes about 25 s of CPU.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from .park_table import play_park
from .street_table import play_street
from .wheel import HOW_TO_INSTALL, data_folder

OUT = Path("demo_out")


def main(argv: Sequence[str] | None = None) -> None:
    """Play, print a table and write the rows."""
    options = _parse_options(argv)
    if options.data is None and data_folder() is None:
        raise SystemExit(HOW_TO_INSTALL)
    options.play(options)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.public", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True)
    street = commands.add_parser("street", help="homes with a car each, prices and sun, for a year")
    street.add_argument("--homes", type=int, default=25, help="the first so many of the 25")
    street.add_argument("--days", type=int, default=31, help="of each month")
    street.add_argument("--workers", type=int, help="processes; default: one for each core")
    street.set_defaults(play=play_street, out=OUT / "public_street.csv")
    park = commands.add_parser("park", help="cars at a workplace under one transformer")
    park.add_argument("--days", type=int, default=20, help="working days")
    park.set_defaults(play=play_park, out=OUT / "public_park.csv")
    for command in (street, park):
        command.add_argument("--seed", type=int, default=1)
        command.add_argument(
            "--data", type=Path, help="a folder with ev2gym's data files in place of the installed one"
        )
        command.add_argument("--out", type=Path, default=command.get_default("out"), help="where the rows are written")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
