"""Notices changes that pyscript does not: native files, the config, the secrets, however an editor saves them.

A change touches the doorway, so that pyscript's next reload loads it anew, and with it every script.
Runs in an executor thread: it reads file times.
"""

from __future__ import annotations

import logging
import os

from .load import stamp_of
from .store import STORE

LOG = logging.getLogger("fusebox")


def look(doorway: str) -> bool:
    """Compare the sources with what was loaded last; True when pyscript has to be asked for a reload."""
    try:
        if stamp_of(doorway) == STORE.get("loaded_stamp"):
            return False
        os.utime(doorway)
    except OSError as error:
        # A folder that is just being replaced is looked at again; the caller's loop must go on.
        LOG.debug("the sources could not be looked at: %s", error)
        return False
    return True
