"""Settings of every test run."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Time limits have no place in a test on a noisy machine; the number of examples bounds a run. They are the same on
# every machine until a test changes: whether a clone is green is no matter of luck.
settings.register_profile(
    "fusebox",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# For `make laws`, which looks for what nobody has seen: other houses each time, many more; the Makefile says how many.
settings.register_profile(
    "thorough",
    settings.get_profile("fusebox"),
    max_examples=int(os.environ.get("LAW_EXAMPLES", "3000")),
    derandomize=False,
)
settings.load_profile("fusebox")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs a real Home Assistant runs by `make test-ha` only."""
    if collection_path.name == "true_ha" and not config.pluginmanager.hasplugin("tests.true_ha.plugin"):
        return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: looking among them for garbage takes a third of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def store() -> Iterator[dict[str, Any]]:
    """The process's store, empty for one test; clearing it is a restart."""
    from fusebox.runtime.store import STORE

    kept = dict(STORE)
    STORE.clear()
    yield STORE
    STORE.clear()
    STORE.update(kept)
