"""Notices changes that pyscript does not: native files, the config, the secrets, however an editor saves them.

A change touches the doorway, which pyscript watches: it reloads, and with it every script. Only where that has had no
effect after a while is pyscript asked for a reload: asked at once, it would reload twice at the same time and leave
triggers of the first behind. Runs in an executor thread: it reads file times.
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
"""What it means that the script of a role is gone."""


def look(doorway: str) -> bool:
    """Compare the sources with what was loaded last; True when pyscript has to be asked for a reload."""
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
    """The part of what was loaded that is ours, in most looks; None where that has to be looked at too.

    Hundreds of files change when somebody installs a new version; the one that users edit is looked at each time.
    """
    looks = STORE["looks"] = STORE.get("looks", 0) + 1
    if STORE.get("touched") or looks % tuning.RELOAD_PACKAGE_LOOKS == 1:
        return None
    loaded: list[tuple[str, int, int]] | None = STORE.get("loaded_package")
    return loaded


def own_script(doorway: str, context: str, role: str = "balancer") -> None:
    """Remember which script plays a role, by the name that pyscript gives its context: `file.x` or `scripts.a.b`."""
    kind, _, name = context.partition(".")
    folder = {"file": "", "scripts": "scripts"}.get(kind)
    parts = name.split(".")
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    scripts.pop(role, None)
    if folder is not None and name:
        scripts[role] = (str(Path(doorway).parent.parent.joinpath(folder, *parts[:-1], f"{parts[-1]}.py")), 0)


def _retire_without_scripts() -> None:
    """End the work of a script that is renamed or removed: pyscript unloads it, but not its running loops."""
    scripts: dict[str, tuple[str, int]] = STORE.setdefault("scripts", {})
    for role, (script, missed) in list(scripts.items()):
        missed = 0 if os.path.exists(script) else missed + 1
        scripts[role] = (script, missed)
        if missed == tuning.NO_CHANCE_TIMES:
            STORE[role] = None
            LOG.warning("%s is gone: %s", os.path.basename(script), ENDS[role])
