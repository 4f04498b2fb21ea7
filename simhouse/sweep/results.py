"""Storage of a sweep's rows: each in a journal as it comes; finally as one CSV or Parquet."""

import csv
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from simhouse.house.trace_columns import InputError

from .job import Row

COLUMNS = (
    "house", "config", "seed", "simulated_s", "held", "complaints", "fuse_a", "worst_a", "over_rating_s", "over_113_s",
    "excess_a2s", "house_alone_s", "tripped", "peak_quarter_kw", "loads_kwh", "chargers_kwh", "possible_kwh",
    "sun_to_loads_kwh", "starts", "pauses", "commands", "cpu_s", "error",
)  # fmt: skip


class Journal:
    """Rows by key, each written to disk before the next: an interrupted sweep continues from here."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(out.name + ".journal")
        self.rows: dict[str, Row] = {}
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self._read_line(line)

    def _read_line(self, line: str) -> None:
        try:
            row = json.loads(line)
            self.rows[row["key"]] = row
        except (ValueError, KeyError, TypeError):
            return  # the line that was being written when it was killed

    def add(self, row: Row) -> None:
        """Store a row; one with an error is not written, so it is tried again the next time."""
        self.rows[row["key"]] = row
        if row.get("error"):
            return
        with self.path.open("a", encoding="utf-8") as file:
            if file.tell() and not self._ends_a_line():
                file.write("\n")
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _ends_a_line(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def check_writable(out: Path) -> None:
    """Raise InputError when results cannot be written there, before anything is run."""
    if out.suffix not in (".csv", ".parquet"):
        raise InputError(out, None, "is neither .csv nor .parquet", "end the name of --out in one of them")
    if out.suffix == ".parquet":
        _import_pyarrow()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.with_name(out.name + ".journal").open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise InputError(out, None, f"cannot be written ({error.strerror})", "choose another --out") from None


def write_results(out: Path, rows: Iterable[Row]) -> None:
    """Write all rows, in the order of the sweep, replacing an existing file."""
    lines = [{name: row.get(name) for name in COLUMNS} for row in rows]
    unfinished = out.with_name(out.name + ".new")
    if out.suffix == ".parquet":
        table, parquet = _import_pyarrow()
        parquet.write_table(table.from_pylist(lines), unfinished)
    else:
        _write_csv(unfinished, lines)
    os.replace(unfinished, out)


def _write_csv(path: Path, lines: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)


def _import_pyarrow():  # type: ignore[no-untyped-def]
    try:
        from pyarrow import Table, parquet
    except ModuleNotFoundError:
        problem, remedy = "Parquet needs the package pyarrow", "pip install -e '.[sweep]' in the checkout, or a .csv"
        raise InputError(None, None, problem, remedy) from None
    return Table, parquet
