"""Checks whether a test fails when a number of tuning.py is halved or doubled: the fastest tests that read it are run.

    python -m benchmarks.ablation.noticed --readers readers.jsonl [--results FILE] [--only RAISE]

Each number is tried in a process of its own, a fork of this one, with the tests that read it, until one fails or their
time is up. Results of this code are stored in a journal next to FILE and not repeated.
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
from typing import Any

import pytest

from benchmarks.scenes.direct_play import hash_of_code
from fusebox import tuning
from simhouse.sweep.results import Journal

from .measured import NOTICED
from .numbers import FACTORS, TuningFinder, names, set_number_and_shipped, varied

BUDGET_S, MOST_TESTS = 10.0, 60
"""Limits of one number's tests: their total duration by earlier measurement [s], and their count."""


class FirstFailure:
    """A pytest plugin that notes the first failing test."""

    def __init__(self) -> None:
        self.test = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the test if this is the first failure."""
        if report.failed and not self.test:
            self.test = report.nodeid


def main(argv: Sequence[str] | None = None) -> None:
    """Try the missing numbers, then print those that no test notices."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation.noticed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readers", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=NOTICED)
    parser.add_argument("--only", default="")
    options = parser.parse_args(argv)
    tests = [json.loads(line) for line in options.readers.read_text(encoding="utf-8").splitlines()]
    options.results.parent.mkdir(parents=True, exist_ok=True)
    journal, code = Journal(options.results), hash_of_code("pyscript/modules", "tests")[:16]
    for name in names():
        asking = sorted((t for t in tests if name in t["read"]), key=_worth)
        for factor in FACTORS:
            key = f"{name} {factor:g} {code}"
            if name.startswith(options.only) and key not in journal.rows:
                failed = _first_failing_test(name, varied(name, factor), list(_affordable_tests(asking)))
                journal.add({"key": key, "name": name, "factor": factor, "asking": len(asking), "noticed_by": failed})
    for row in journal.rows.values():
        if row["key"].endswith(code) and not row["noticed_by"]:
            print(f"{row['name'].lower()} times {row['factor']:g}: unnoticed; {row['asking']} tests ask for it")


def _worth(test: Mapping[str, Any]) -> float:
    """Return a sort key: quick tests that read few numbers come first."""
    return float(test["s"]) * len(test["read"])


def _affordable_tests(asking: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    left_s = BUDGET_S
    for test in asking[:MOST_TESTS]:
        left_s -= float(test["s"])
        if left_s < 0:
            return
        yield str(test["test"])


def _first_failing_test(name: str, value: float, tests: Sequence[str]) -> str:
    """Return the first test that fails with this value; "" when none does."""
    if not tests or value == getattr(tuning, name):
        return ""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        first = FirstFailure()
        set_number_and_shipped(tuning, name, value)
        TuningFinder(lambda module: set_number_and_shipped(module, name, value))
        with (
            open(os.devnull, "w") as nowhere,
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *tests], plugins=[first])
        os.write(write, first.test.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as told:
        failed = told.read()
    os.waitpid(child, 0)
    return failed


if __name__ == "__main__":
    sys.exit(main())
