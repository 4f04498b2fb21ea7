"""Notices changes that pyscript does not: native files, the config, the secrets, however an editor saves them.

A change touches the doorway, which pyscript watches: it reloads, and with it every script. Where that has had no
effect by the next look, the caller is told to ask for a reload. Runs in an executor thread: it reads file times.
"""

from __future__ import annotations

import os

from .load import stamp_of
from .store import STORE


def look(doorway: str) -> bool:
    """Compare the sources with what was loaded last; True when pyscript has to be asked for a reload."""
    present = stamp_of(doorway)
    if present == STORE.get("loaded_stamp"):
        STORE["touched_stamp"] = None
        return False
    if present == STORE.get("touched_stamp"):
        return True
    STORE["touched_stamp"] = present
    os.utime(doorway)
    return False
