"""`store` is a store of the test's own: what a process that has just begun has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fusebox.hands.store import STORE


@pytest.fixture
def store() -> Iterator[dict[str, Any]]:
    """The process's store, empty for one test; clearing it is a restart."""
    kept = dict(STORE)
    STORE.clear()
    yield STORE
    STORE.clear()
    STORE.update(kept)
