"""The files that pyscript would load, and which to reload after a change."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from simhouse.host.contexts import FileContext

_PATTERNS = tuple(
    (re.compile(pattern), needs_app, loads)
    for pattern, needs_app, loads in (
        # files, whether they need a config of their app, whether they load by themselves
        (r"[^/]+", False, True),
        (r"apps/[^/]+/__init__", True, True),
        (r"apps/[^/]+", True, True),
        (r"apps/[^/]+/.+", False, False),
        (r"modules/[^/]+/__init__", False, False),
        (r"modules/[^/]+", False, False),
        (r"modules/[^/]+/.+", False, False),
        (r"scripts/.+", False, True),
    )
)


@dataclass(frozen=True)
class SourceFile:
    """A file of the pyscript folder. `loads`: loaded by itself, not only when imported."""

    name: str
    path: str
    below: str
    import_path: str | None
    loads: bool
    app_config: Any = None


def find_files(folder: str, apps: dict[str, Any]) -> dict[str, SourceFile]:
    """Return context name -> file, for all files that pyscript would find."""
    found: dict[str, SourceFile] = {}
    for app, file in _known_files(folder, tuple(_stems(folder))):
        if file.name in found or (app is not None and app not in apps):
            continue
        found[file.name] = file if app is None else replace(file, app_config=apps[app])
    return found


@lru_cache(maxsize=20)
def _known_files(folder: str, stems: tuple[str, ...]) -> list[tuple[str | None, SourceFile]]:
    """Return each file and the app that it needs, in the order of the patterns; once for each pattern that it fits."""
    in_order = sorted(
        (number, stem) for number, (pattern, _, _) in enumerate(_PATTERNS) for stem in stems if pattern.fullmatch(stem)
    )
    return [_known_file(folder, stem, *_PATTERNS[number][1:]) for number, stem in in_order]


def _known_file(folder: str, stem: str, needs_app: bool, loads: bool) -> tuple[str | None, SourceFile]:
    package = stem.endswith("/__init__")
    dotted = stem.removesuffix("/__init__").replace("/", ".")
    name = dotted if "/" in stem else f"file.{dotted}"
    below = f"{stem}.py"
    app = dotted.split(".")[1] if needs_app else None
    return app, SourceFile(name, f"{folder}{os.sep}{below}", below, stem if package else None, loads)


def _stems(folder: str) -> list[str]:
    """Return the Python files in a folder and below it, without `.py`.

    Names that begin with `.` or `#` are left out, and so are broken links, such as those of a config being saved.
    """
    found, waiting = [], [("", folder)]
    while waiting:
        below, path = waiting.pop()
        with suppress(OSError), os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith((".", "#")) or name == "__pycache__":
                    continue
                if name.endswith(".py"):
                    if entry.is_file():
                        found.append(below + name.removesuffix(".py"))
                elif entry.is_dir():
                    waiting.append((f"{below}{name}/", entry.path))
    return found


def _top(name: str) -> str:
    return ".".join(name.split(".")[:2])


def what_to_reload(
    files: dict[str, SourceFile], loaded: dict[str, FileContext], only: str | None
) -> tuple[set[str], set[str]]:
    """Return the context names to drop, and those to load; `only`: the service's global_ctx (None: changed, `*`: all).

    A changed module also reloads every file that imports it, directly or not; a changed file of a package or app
    reloads the whole package or app.
    """
    if only is not None and only != "*":
        drop, load = ({only} & loaded.keys()), ({only} & files.keys())
    elif only == "*":
        drop, load = set(loaded), {name for name, file in files.items() if file.loads}
    else:
        drop = {name for name, context in loaded.items() if name not in files or stamp(context.path) != context.stamp}
        load = {name for name in drop if name in files} | {
            name for name, file in files.items() if file.loads and name not in loaded
        }
    # A deleted module does not affect its importers: they retain what they have imported, as in pyscript.
    modules = {_top(name) for name in (drop | load) & files.keys() if name.startswith("modules.")}
    for name in loaded:
        if modules & {_top(imported) for imported in _all_imports(name, loaded)}:
            drop.add(name)
            if name in files:
                load.add(name)
    for top in {_top(name) for name in load if name.startswith(("apps.", "modules."))}:
        for name, file in files.items():
            if name == top or name.startswith(f"{top}."):
                drop.add(name)
                load.discard(name)
                if file.below in (f"{top.replace('.', '/')}/__init__.py", f"{top.replace('.', '/')}.py"):
                    load.add(name)
    return drop & loaded.keys(), {name for name in load if files[name].loads}


def stamp(path: str) -> tuple[int, int] | None:
    """Return (mtime [ns], size [bytes]) of a file or folder; None when it does not exist."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _all_imports(name: str, loaded: dict[str, FileContext]) -> set[str]:
    """Return all contexts that a context imports, directly or not."""
    seen: set[str] = set()
    waiting: Iterable[str] = {name}
    while waiting:
        waiting = {imported for one in waiting if one in loaded for imported in loaded[one].imports} - seen
        seen |= waiting
    return seen
