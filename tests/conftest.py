"""Settings of every test run."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from .compiled import IS_FIRST_RUN, compiled_files_kept, import_share

# pytest rewrites hypothesis too.
with compiled_files_kept():
    from hypothesis import HealthCheck, settings
    from hypothesis.internal.conjecture import providers

# Time limits have no place in a test on a noisy machine; the number of examples bounds a run. They are the same on
# every machine until a test changes: whether a clone is green is no matter of luck.
settings.register_profile(
    "fusebox",
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# For `make laws`, which searches for new failures: other houses each time, and more; the Makefile has their number.
settings.register_profile(
    "thorough",
    settings.get_profile("fusebox"),
    max_examples=int(os.environ.get("LAW_EXAMPLES", "3000")),
    derandomize=False,
)
settings.load_profile("fusebox")
# Hypothesis also draws numbers that it finds in the source of loaded modules, and which ones are loaded depends on the
# tests that ran before and on the folder's name. Without them an example depends on its test alone.
providers._get_local_constants = providers.Constants  # type: ignore[attr-defined]

MEMORY = "/dev/shm"
"""Where Linux keeps files in memory."""
MEMORY_LEAST_BYTES = 2**30
YOUNG_OBJECTS = 20_000
"""Number of new objects after which Python collects garbage among them."""
LONG_S = 0.1
"""A set-up or an end of a test that takes less is not reported [s]."""

# Every house of a test has a folder of small files: a disk that is made to hold each of them takes a fifth of the run.
if os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= MEMORY_LEAST_BYTES:
    os.environ["TMPDIR"] = tempfile.tempdir = MEMORY


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Return True for tests that need a real Home Assistant, unless `make test-ha` runs them."""
    if collection_path.name == "true_ha" and not config.pluginmanager.hasplugin("tests.true_ha.plugin"):
        return True
    return None


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of processes for `-n auto`: one more than processors, as some tests wait for a link."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Report to each process of pytest-xdist whether nothing is compiled yet, and it compiles a part for all."""
    node.workerinput["compiles_all"] = IS_FIRST_RUN and not node.config.option.file_or_dir


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Have a process of pytest-xdist send one report for a test that passes: five take half a millisecond longer.

    Still sent are what has not passed, and set-ups and ends that take `LONG_S`, for `--durations`.
    """
    plugins: tuple[Any, ...] = tuple(session.config.pluginmanager.get_plugins())
    for interactor in (each for each in plugins if type(each).__name__ == "WorkerInteractor"):
        interactor.sendevent = partial(_send_if_needed, interactor.sendevent)


def _send_if_needed(send: Callable[..., None], name: str, **event: Any) -> None:
    report = event["data"] if name == "testreport" else {"when": "call"}
    is_short = report["when"] != "call" and report["outcome"] == "passed" and report["duration"] < LONG_S
    if name not in ("logstart", "logfinish") and not is_short:
        send(name, **event)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collect tests without garbage collection, which would take a third of the time.

    During the tests it runs less often than by default, which saves another 2 %.
    """
    gc.disable()
    try:
        with compiled_files_kept():
            worker = getattr(session.config, "workerinput", {})
            if worker.get("compiles_all"):
                import_share(int(worker["workerid"].removeprefix("gw")), worker["workercount"])
            return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG_OBJECTS)
        gc.enable()


@pytest.fixture
def store() -> Iterator[dict[str, Any]]:
    """Yield the process's store, empty for one test; clearing it is like a restart."""
    from fusebox.runtime.store import STORE

    kept = dict(STORE)
    STORE.clear()
    yield STORE
    STORE.clear()
    STORE.update(kept)
