"""Whether a test fails when a number of tuning.py is halved or doubled: the quickest tests that ask for it are run.

    python -m benchmarks.ablation.noticed --readers readers.jsonl [--results FILE] [--only RAISE]

Each number is tried in a process of its own, a fork of this one, with the tests that ask for it, until one fails or
their time is up. What FILE holds already is not tried again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from fusebox import tuning

from .numbers import FACTORS, names, varied
from .row import rows_of

BUDGET_S, MOST_TESTS = 10.0, 60
"""What the tests of one number may take by what they took before, and how many they are at most."""


class Varied:
    """Puts one number to another value before tests run, also for what goes back to what is shipped."""

    def __init__(self, name: str, value: float) -> None:
        self.failed: str = ""
        setattr(tuning, name, value)
        if name.lower() in tuning.SHIPPED:
            tuning.SHIPPED = {**tuning.SHIPPED, name.lower(): value}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes the first that fails."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def main(argv: Sequence[str] | None = None) -> None:
    """Tries what is missing, then prints who goes unnoticed."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation.noticed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readers", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=Path(".cache/noticed.jsonl"))
    parser.add_argument("--only", default="")
    options = parser.parse_args(argv)
    tests = [json.loads(line) for line in options.readers.read_text(encoding="utf-8").splitlines()]
    options.results.parent.mkdir(parents=True, exist_ok=True)
    known = {(row["name"], row["factor"]) for row in rows_of(options.results)}
    for name in names():
        asking = sorted((t for t in tests if name in t["read"]), key=lambda t: t["s"])
        for factor in FACTORS:
            if name.startswith(options.only) and (name, factor) not in known:
                failed = _failed(name, varied(name, factor), list(_affordable(asking)))
                row = {"name": name, "factor": factor, "asking": len(asking), "noticed_by": failed}
                with options.results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
    for row in rows_of(options.results):
        if not row["noticed_by"]:
            print(f"{str(row['name']).lower()} times {row['factor']:g}: unnoticed; {row['asking']} tests ask for it")


def _affordable(asking: Sequence[Mapping[str, object]]) -> Iterable[str]:
    left_s = BUDGET_S
    for test in asking[:MOST_TESTS]:
        left_s -= float(str(test["s"]))
        if left_s < 0:
            return
        yield str(test["test"])


def _failed(name: str, value: float, tests: Sequence[str]) -> str:
    """The first test that fails with this value; "" when none does."""
    if not tests or value == getattr(tuning, name):
        return ""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with (
            open(os.devnull, "w") as nowhere,
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            plugin = Varied(name, value)
            pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *tests], plugins=[plugin])
        os.write(write, plugin.failed.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as told:
        failed = told.read()
    os.waitpid(child, 0)
    return failed


if __name__ == "__main__":
    sys.exit(main())
