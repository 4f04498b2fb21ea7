"""Compiled files of earlier runs.

Compiling the tests with their assertions rewritten would take most of the time in which each process collects them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TESTS = Path(__file__).parent
COMPILED = TESTS.parent / ".cache" / "compiled"
IS_FIRST_RUN = not COMPILED.exists()
"""Whether there was none; in the main process of pytest-xdist, which imports this before the others start."""


@contextmanager
def compiled_files_kept() -> Iterator[None]:
    """Write what is imported inside the context to `COMPILED`, and read it from there.

    Outside, nothing is written: tests have modules of their own, which change within a second.
    """
    before = sys.dont_write_bytecode, sys.pycache_prefix
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(COMPILED)
    try:
        yield
    finally:
        sys.dont_write_bytecode, sys.pycache_prefix = before


def import_share(number: int, count: int) -> None:
    """Import every `count`-th test file from the given one on; what cannot be imported is left to the collection."""
    for path in sorted(TESTS.rglob("test_*.py"))[number::count]:
        if "true_ha" not in path.parts:
            with suppress(Exception):
                importlib.import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))
