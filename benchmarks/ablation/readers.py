"""A pytest plugin: which numbers of tuning.py each test asks for, and how long it takes, as lines of a file.

READERS=readers.jsonl python -m pytest -p benchmarks.ablation.readers
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .numbers import asked

FILE = "READERS"
MANY = 150
"""A test that asks for more numbers is about the table itself, and says nothing of one."""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Listens while a test is set up, runs and is taken down."""
    with asked() as read:
        yield
    item.stash[READ] = read
    durations = item.stash.get(TOOK, 0.0)
    if read and len(read) < MANY:
        with Path(os.environ[FILE]).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": item.nodeid, "s": round(durations, 3), "read": sorted(read)}) + "\n")


READ = pytest.StashKey[set[str]]()
TOOK = pytest.StashKey[float]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Adds what each part of it took."""
    yield
    item.stash[TOOK] = item.stash.get(TOOK, 0.0) + call.duration
