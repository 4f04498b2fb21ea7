"""Notices changed files that pyscript does not watch: native files, CONFIG, secrets, however an editor saves them.

A change touches the doorway, which pyscript watches: it reloads, and with it every script. Only if that has no effect
for a while is pyscript asked for a reload; an immediate request would reload twice at once and leave triggers of the
first reload. Runs in an executor thread, because it reads file times.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from .. import tuning
from .load_files import retry_storing_last_good, stamp_files
from .log_throttle import LOG
from .store import STORE

ENDS = {
    "balancer": "nothing is balanced any more",
    "rotation": "radiators are left as they are",
    "estimator": "the power-saving level is left as it is",
    "peak": "the peak is no longer tracked",
    "mqtt": "MQTT devices are removed",
}
"""Role -> the effect of removing its script."""


def touch_if_changed(doorway: str) -> bool:
    """Touch the doorway if the sources differ from those loaded last; return whether pyscript must reload explicitly.

    True when a touch had no effect for `QUICK_S`, False during a load. Also ends the loops of removed scripts, and
    tries to write the last good CONFIG while it is not on the disk.
    """
    loading = sys.modules.get("_fusebox_lock")
    if loading is not None and not loading.acquire(blocking=False):
        return False  # a load is under way and may take longer than our patience
    try:
        if loading is not None:
            loading.release()
        _retire_without_scripts()
        present = stamp_files(doorway, _package_stamp_to_reuse())
        if present == STORE.get("loaded_stamp"):
            STORE["touched"] = None
            retry_storing_last_good()
            return False
        touched, touched_s = STORE.get("touched") or (None, 0.0)
        if present == touched:
            return time.monotonic() - touched_s > tuning.QUICK_S
        STORE["touched"] = (present, time.monotonic())
        os.utime(doorway)
    except OSError as error:
        # A folder that is being replaced is checked again later; the caller's loop must continue.
        LOG.debug("the sources could not be looked at: %s", error)
    return False


def _package_stamp_to_reuse() -> list[tuple[str, int, int]] | None:
    """Return the stamp of the package as loaded; None where its files have to be read again.

    That is after a touch and in one of `RELOAD_PACKAGE_LOOKS` calls, which it counts: these hundreds of files change
    only with a new version. The file that users edit is read each time.
    """
    looks = STORE["looks"] = STORE.get("looks", 0) + 1
    if STORE.get("touched") or looks % tuning.RELOAD_PACKAGE_LOOKS == 1:
        return None
    loaded: list[tuple[str, int, int]] | None = STORE.get("loaded_package")
    return loaded


def record_script_file(doorway: str, context: str, role: str = "balancer") -> None:
    """Store which file plays a role, from the context name that pyscript gives it: `file.x` or `scripts.a.b`.

    From any other name none is stored, and an earlier one is dropped. `doorway`: the path of the file in
    `pyscript/modules` that loads this package; the script is taken to be beside that folder, and is not read.
    """
    kind, _, name = context.partition(".")
    folder = {"file": "", "scripts": "scripts"}.get(kind)
    parts = name.split(".")
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    scripts.pop(role, None)
    if folder is not None and name:
        scripts[role] = (str(Path(doorway).parent.parent.joinpath(folder, *parts[:-1], f"{parts[-1]}.py")), 0)


def _retire_without_scripts() -> None:
    """End the work of scripts whose file has been missing for `NO_CHANCE_TIMES` calls, and log that.

    Pyscript unloads a script that was renamed or removed, but its running loop goes on.
    """
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    for role, (script, missed) in list(scripts.items()):
        missed = 0 if os.path.exists(script) else missed + 1
        scripts[role] = (script, missed)
        if missed == tuning.NO_CHANCE_TIMES:
            STORE[role] = None
            LOG.warning("%s is gone: %s", os.path.basename(script), ENDS[role])
