"""Which files pyscript would load, and what must be reloaded when some of them change."""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simhouse.host.contexts import FileContext

_PATTERNS = (
    # folder, pattern, needs a config of its app, loads by itself
    ("", "*.py", False, True),
    ("apps", "*/__init__.py", True, True),
    ("apps", "*.py", True, True),
    ("apps", "*/**/*.py", False, False),
    ("modules", "*/__init__.py", False, False),
    ("modules", "*.py", False, False),
    ("modules", "*/**/*.py", False, False),
    ("scripts", "**/*.py", False, True),
)


@dataclass
class SourceFile:
    """A file of the pyscript folder. `loads`: on its own, not only when imported."""

    name: str
    path: str
    below: str
    import_path: str | None
    loads: bool
    app_config: Any = None


def find_files(folder: str, apps: dict[str, Any]) -> dict[str, SourceFile]:
    """Context name -> file, for all that pyscript would find."""
    found: dict[str, SourceFile] = {}
    for part, pattern, needs_app, loads in _PATTERNS:
        for path in sorted(glob.glob(os.path.join(folder, part, pattern), recursive=True)):
            below = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
            # A link to nowhere is a config that is being saved, or gone: not a file.
            if below.startswith("#") or "/#" in below or not os.path.isfile(path):
                continue
            stem = below.removesuffix(".py")
            package = stem.endswith("/__init__")
            dotted = stem.removesuffix("/__init__").replace("/", ".")
            name = dotted if part else f"file.{dotted}"
            if name in found:
                continue
            app = dotted.split(".")[1] if needs_app else None
            if needs_app and app not in apps:
                continue
            found[name] = SourceFile(
                name, path, below, stem if package else None, loads, apps.get(app) if needs_app else None
            )
    return found


def _top(name: str) -> str:
    return ".".join(name.split(".")[:2])


def what_to_reload(
    files: dict[str, SourceFile], loaded: dict[str, FileContext], only: str | None
) -> tuple[set[str], set[str]]:
    """Context names to drop, and those to load; `only` is the service's global_ctx (None: what changed, `*`: all).

    A changed module takes along every file that imports it, however indirectly; a changed file of a package or an app
    reloads the whole of it from its top.
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
    # A module that is gone takes nobody along: its importers keep what they have of it, as in pyscript.
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
    """How a file or folder looks: (mtime [ns], size [bytes]); None when it is not there."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _all_imports(name: str, loaded: dict[str, FileContext]) -> set[str]:
    """Everything a context imports, directly or not."""
    seen: set[str] = set()
    waiting: Iterable[str] = {name}
    while waiting:
        waiting = {imported for one in waiting if one in loaded for imported in loaded[one].imports} - seen
        seen |= waiting
    return seen
