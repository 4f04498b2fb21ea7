"""Reads the sources at each load of the doorway: the config file, the secrets, and the stamp of all native files.

Runs in an executor thread. A mistake in CONFIG keeps the last good one in force, over restarts too.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .. import tuning
from ..config.config import NO_CONFIG, Config
from ..config.read_config import read_config
from ..model.messages.message import message, with_frame
from .config_file import load_secrets, run_config_file
from .json_values import read_json
from .leftovers import PACKAGE_NAME, has_controls
from .log_throttle import LOG, describe_fault, exception_text
from .store import STORE, replace_file

CONFIG_NAME = "site_config.py"


Stamp = tuple[tuple[str, int, int], ...]
"""(path, time in ns, size) of every file that determines what runs."""


@dataclass(frozen=True)
class LoadedConfig:
    """The CONFIG in force, `NO_CONFIG` if there never was a good one, and the mistakes in the files now.

    `is_fallback`: it is the last good CONFIG instead of the saved one.
    """

    config: Config
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    is_fallback: bool = False
    storage: Path | None = None
    """The folder for files that persist over restarts, None where there is none."""


def stamp_files(doorway: str, known_package: list[tuple[str, int, int]] | None = None) -> Stamp:
    """Return the stamp of the files now; a missing file counts with zeros. Called often, so it is fast.

    `known_package`: the stamp of the package's own files as they were when loaded, instead of now.
    """
    modules = os.path.dirname(doorway)
    found: list[tuple[str, int, int]] = list(known_package or ())
    if known_package is None:
        _add_package_files(os.path.join(modules, "fusebox"), found)
        found.sort()
    secrets = os.path.join(os.path.dirname(os.path.dirname(modules)), "secrets.yaml")
    for file in (os.path.join(modules, CONFIG_NAME), secrets):
        try:
            stat = os.stat(file)
        except OSError:
            found.append((file, 0, 0))
        else:
            found.append((file, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def _add_package_files(folder: str, found: list[tuple[str, int, int]]) -> None:
    """Add path, time and size of each Python and JSON file of a folder and its subfolders to `found`.

    Without hidden files and folders, and `__pycache__`.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue  # an editor's own files, perhaps a link to nowhere
            if entry.name.endswith((".py", ".json")):
                stat = entry.stat()
                found.append((entry.path, stat.st_mtime_ns, stat.st_size))
            elif entry.name != "__pycache__" and entry.is_dir():
                _add_package_files(entry.path, found)


def _home_assistant_folder(modules: Path) -> Path:
    """Return Home Assistant's config folder, two above pyscript/modules."""
    return modules.parent.parent


def load_sources(doorway: str, native: list[tuple[str, int, int]]) -> LoadedConfig:
    """Read CONFIG and secrets; log their mistakes once for each content of the files, and return the CONFIG in force.

    With mistakes that is the last good one. Waits while a file is being saved. `native`: path, time and
    size of the package's files before they were loaded, sorted.
    """
    modules, waited_s = Path(doorway).parent, 0.0
    while True:
        stamp = stamp_files(doorway, native)
        written, problem = run_config_file(str(modules / CONFIG_NAME))
        if not problem or not _is_being_saved(modules / CONFIG_NAME, waited_s):
            break
        time.sleep(tuning.CALLS_WAIT_S)
        waited_s += tuning.CALLS_WAIT_S
    secrets, secrets_problem = load_secrets(str(_home_assistant_folder(modules) / "secrets.yaml"))
    config = NO_CONFIG
    errors: list[str] = [problem] if problem else []
    warnings: list[str] = []
    if not problem:
        config, errors, warnings = _read_written(written, secrets)
        if errors and secrets_problem:
            errors.append(secrets_problem)
        if config.site({}).discovery_prefix is not None and has_controls(_home_assistant_folder(modules)):
            warnings.append(with_frame(message("controls_twice", file=PACKAGE_NAME), "path", "site.mqtt"))
        if not errors and not config.has_site and not config.loads_of("quasar"):
            warnings.append(with_frame(message("site_missing"), "path", "site"))
    is_good = not errors
    if is_good:
        STORE["good_config"] = written
        _store_last_good(modules, written)
    else:
        config = _last_good_config(modules, secrets)
    is_in_force = config is not NO_CONFIG
    if native_problem := STORE.get("native_error"):
        errors.append(message("package_not_loaded", error=str(native_problem)))
    if (errors, warnings) != STORE.get("reported"):
        STORE["reported"] = (errors, warnings)
        _log_problems(errors, warnings, is_in_force)
    STORE["loaded_stamp"], STORE["loaded_package"] = stamp, native
    storage = _last_good_file(modules).parent
    is_fallback = is_in_force and not is_good
    return LoadedConfig(config, tuple(errors), tuple(warnings), is_fallback, storage if storage.is_dir() else None)


def _read_written(written: object, secrets: Mapping[str, str]) -> tuple[Config, list[str], list[str]]:
    """Return the CONFIG that is written, `NO_CONFIG` if it has mistakes, with the mistakes and the warnings.

    A bug of Fusebox counts as a mistake: the last good CONFIG stays.
    """
    try:
        result = read_config(written, secrets)
        result.config.site({})  # every script makes a site of it
    except Exception as error:
        return NO_CONFIG, [message("config_not_used", error=describe_fault(error))], []
    return result.config, [str(each) for each in result.errors], [str(each) for each in result.warnings]


def _is_being_saved(file: Path, waited_s: float) -> bool:
    """Return whether an editor may still be writing this file, or replacing it.

    For `CALLS_WAIT_S` after its last change and of waiting (`waited_s`), an empty file for `TICK_S`: many editors empty
    it first, and a busy machine may then take longer. A missing file only before any waiting.
    """
    try:
        stat = file.stat()
    except OSError:
        return waited_s == 0
    longest_s = tuning.CALLS_WAIT_S if stat.st_size else tuning.TICK_S
    return waited_s < longest_s and abs(time.time() - stat.st_mtime) < longest_s


def _log_problems(errors: list[str], warnings: list[str], in_force: bool) -> None:
    """Log the mistakes and warnings of CONFIG. `in_force`: whether there is a CONFIG that stays in force.

    A new installation, which has no file yet, is no error.
    """
    if not in_force and [getattr(each, "code", None) for each in errors] == ["file_missing"]:
        LOG.warning("%s; nothing is controlled until then", errors[0])
    elif errors:
        rest = "the last good CONFIG stays in force" if in_force else "nothing is controlled until it is corrected"
        LOG.error("%d mistake(s) in what was saved; %s:\n  %s", len(errors), rest, "\n  ".join(errors))
    for warning in warnings:
        LOG.warning("CONFIG: %s", warning)


def _last_good_config(modules: Path, secrets: Mapping[str, str]) -> Config:
    """Read the last good CONFIG again, with the present secrets: that of this process, else the one stored before it.

    `NO_CONFIG` without either, or when this version or these secrets make it invalid; a bug of Fusebox is logged. A
    config read from the file is remembered in `STORE`.
    """
    if STORE.get("good_config") is None:
        with suppress(OSError, ValueError):  # a file that cannot be read counts as none
            STORE["good_config"] = read_json(_last_good_file(modules))
    written = STORE.get("good_config")
    try:
        return NO_CONFIG if written is None else read_config(written, secrets).config
    except Exception:  # then the scripts go on without a CONFIG, and load the next one that is saved
        LOG.exception("the last good CONFIG cannot be used")
        return NO_CONFIG


def _last_good_file(modules: Path) -> Path:
    """Return the file of the last good config, next to Home Assistant's own files."""
    return _home_assistant_folder(modules) / ".storage" / "fusebox.last_good_config"


def _store_last_good(modules: Path, config: object) -> None:
    """Write the config as its user wrote it, with secrets by name only, for a restart with a broken one.

    Only if it differs; nothing without a storage folder. A failure is logged once and stored in `STORE`, to be retried;
    a file in place of that folder is one too.
    """
    file, why = _last_good_file(modules), None
    try:
        text = json.dumps(config).encode()
        if file.parent.exists() and (not file.exists() or file.read_bytes() != text):
            replace_file(file, text.decode())
    except Exception as error:  # whatever a disk may raise
        why = message("last_good_unwritten", error=exception_text(error))
    if why is not None and why != unwritten_problem():
        LOG.warning(why)
    STORE["unwritten_config"] = (why, modules, time.monotonic()) if why else None


def retry_storing_last_good() -> None:
    """Write the last good CONFIG again if that failed last, at most once a minute."""
    _, modules, tried_s = STORE.get("unwritten_config") or ("", None, 0.0)
    if modules is not None and time.monotonic() - tried_s >= tuning.ENERGY_KEPT_S:
        _store_last_good(modules, STORE["good_config"])


def unwritten_problem() -> str:
    """Return why the last good CONFIG is not on the disk, "" while it is."""
    problem: str = (STORE.get("unwritten_config") or ("",))[0]
    return problem
