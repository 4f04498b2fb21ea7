"""The files that pyscript would load, and which to reload after a change."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
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


@dataclass
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
    for number, stem in _in_order(tuple(_stems(folder))):
        _, needs_app, loads = _PATTERNS[number]
        package = stem.endswith("/__init__")
        dotted = stem.removesuffix("/__init__").replace("/", ".")
        name = dotted if "/" in stem else f"file.{dotted}"
        if name in found:
            continue
        app = dotted.split(".")[1] if needs_app else None
        if app is not None and app not in apps:
            continue
        below = f"{stem}.py"
        found[name] = SourceFile(
            name,
            f"{folder}{os.sep}{below}",
            below,
            stem if package else None,
            loads,
            None if app is None else apps[app],
        )
    return found


@lru_cache(maxsize=20)
def _in_order(stems: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return each file with the place of each pattern that it fits, in the order of the patterns."""
    return sorted(
        (number, stem) for number, (pattern, _, _) in enumerate(_PATTERNS) for stem in stems if pattern.fullmatch(stem)
    )


def _stems(folder: str, below: str = "") -> Iterator[str]:
    """Yield the Python files in a folder and below it, without `.py`.

    Names that begin with `.` or `#` are left out, and so are broken links, such as those of a config being saved.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name == "__pycache__":
                continue
            if entry.name.endswith(".py"):
                if entry.is_file():
                    yield below + entry.name.removesuffix(".py")
            elif entry.is_dir():
                yield from _stems(entry.path, f"{below}{entry.name}/")


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
