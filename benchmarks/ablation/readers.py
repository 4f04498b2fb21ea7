"""A pytest plugin: which numbers of tuning.py each test reads, and how long it takes, as lines of a file.

READERS=readers.jsonl python -m pytest -p benchmarks.ablation.readers
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .numbers import TuningFinder, names, record_numbers_read, watch

FILE = "READERS"
READ = pytest.StashKey[set[str]]()
TOOK = pytest.StashKey[float]()

TuningFinder(watch)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Record which numbers a test reads; a test that reads all of them is left out."""
    with record_numbers_read() as read:
        yield
    if read and len(read) < len(names()):
        row = {"test": item.nodeid, "s": round(item.stash.get(TOOK, 0.0), 3), "read": sorted(read)}
        with Path(os.environ[FILE]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add the duration of a test's part."""
    yield
    item.stash[TOOK] = item.stash.get(TOOK, 0.0) + call.duration
