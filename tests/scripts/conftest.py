"""Fixtures of script tests: `house(CONFIG)` starts the shipped scripts; errors in the log fail the test."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from simhouse.host.pyscript_host import DEFAULT_SCRIPTS

from .houses import House


@pytest.fixture
def house(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[..., House]]:
    """Yield `house(CONFIG, noisy=False, **host_options)`; `noisy` for tests with expected errors in the log."""
    noises = []
    with ExitStack() as stack:

        def begin(written: Any, *, noisy: bool = False, folder: Path = tmp_path, **options: Any) -> House:
            noises.append(noisy)
            return stack.enter_context(House(folder, written, **options))

        yield begin
    if not any(noises):
        records = [record for when in ("setup", "call", "teardown") for record in caplog.get_records(when)]
        assert [record.getMessage() for record in records if record.levelno >= logging.ERROR] == []


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return a copy of pyscript/ to edit."""
    copy = tmp_path / "pyscript"
    shutil.copytree(DEFAULT_SCRIPTS, copy, ignore=shutil.ignore_patterns("__pycache__", "site_config.py"))
    return copy
