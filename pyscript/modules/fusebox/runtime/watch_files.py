"""Notices changed files that pyscript does not watch: native files, CONFIG, secrets, however an editor saves them.

A change touches the doorway, which pyscript watches: it reloads, and with it every script. Only if that has no effect
for a while is pyscript asked for a reload; an immediate request would reload twice at once and leave triggers of the
first reload. Runs in an executor thread, because it reads file times.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

from .. import tuning
from .load_files import stamp_of, write_again
from .store import STORE

LOG = logging.getLogger("fusebox")


ENDS = {
    "balancer": "nothing is balanced any more",
    "rotation": "radiators are left as they are",
    "estimator": "the power-saving level is left as it is",
    "peak": "the peak is tracked no longer",
    "mqtt": "devices over MQTT are taken away",
}
"""Role -> the effect of removing its script."""


def look(doorway: str) -> bool:
    """Compare the sources with what was loaded last, and touch the doorway if they differ.

    Return True when pyscript has to be asked for a reload.
    """
    loading = sys.modules.get("_fusebox_lock")
    if loading is not None and not loading.acquire(blocking=False):
        return False  # a load is under way and may take longer than our patience
    try:
        if loading is not None:
            loading.release()
        _retire_without_scripts()
        present = stamp_of(doorway, _package_as_loaded())
        if present == STORE.get("loaded_stamp"):
            STORE["touched"] = None
            write_again()
            return False
        touched, touched_s = STORE.get("touched") or (None, 0.0)
        if present == touched:
            return time.monotonic() - touched_s > tuning.QUICK_S
        STORE["touched"] = (present, time.monotonic())
        os.utime(doorway)
    except OSError as error:
        # A folder that is just being replaced is looked at again; the caller's loop must go on.
        LOG.debug("the sources could not be looked at: %s", error)
    return False


def _package_as_loaded() -> list[tuple[str, int, int]] | None:
    """Return the stamp of the package as loaded, in most calls; None in calls that have to read it again.

    Its hundreds of files change only with a new version; the file that users edit is read each time.
    """
    looks = STORE["looks"] = STORE.get("looks", 0) + 1
    if STORE.get("touched") or looks % tuning.RELOAD_PACKAGE_LOOKS == 1:
        return None
    loaded: list[tuple[str, int, int]] | None = STORE.get("loaded_package")
    return loaded


def own_script(doorway: str, context: str, role: str = "balancer") -> None:
    """Store which file plays a role, from the context name that pyscript gives it: `file.x` or `scripts.a.b`."""
    kind, _, name = context.partition(".")
    folder = {"file": "", "scripts": "scripts"}.get(kind)
    parts = name.split(".")
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    scripts.pop(role, None)
    if folder is not None and name:
        scripts[role] = (str(Path(doorway).parent.parent.joinpath(folder, *parts[:-1], f"{parts[-1]}.py")), 0)


def _retire_without_scripts() -> None:
    """End the work of scripts that were renamed or removed: pyscript unloads them, but not their running loops."""
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    for role, (script, missed) in list(scripts.items()):
        missed = 0 if os.path.exists(script) else missed + 1
        scripts[role] = (script, missed)
        if missed == tuning.NO_CHANCE_TIMES:
            STORE[role] = None
            LOG.warning("%s is gone: %s", os.path.basename(script), ENDS[role])
