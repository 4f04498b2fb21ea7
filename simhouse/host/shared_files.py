"""Files that all hosts of a process share: copied and compiled once, then linked into each host's folder.

A link is an entry in a folder; a copy is a new file, and file systems are slow to make thousands of those that others
have just removed.
"""

import atexit
import importlib.util
import itertools
import os
import shutil
import tempfile
from functools import cache, lru_cache

from simhouse.host.compiled import compiled_file

_NUMBERS = itertools.count()


def link(source: str, stamp: tuple[int, int], target: str) -> None:
    """Put a link to our copy of a Python file at a path, and what Python would compile of it where it looks for it.

    `stamp`: mtime [ns] and size [bytes] of the source; another one is another file. What was there goes.
    """
    text, code = _shared(source, stamp)
    _put(text, target)
    compiled = importlib.util.cache_from_source(target)
    os.makedirs(os.path.dirname(compiled), exist_ok=True)
    if code is None:
        # Python would believe an old one when it is of a source of the same size and second.
        if os.path.lexists(compiled):
            os.unlink(compiled)
    else:
        _put(code, compiled)


def _put(kept: str, target: str) -> None:
    folder, name = os.path.split(target)
    unfinished = os.path.join(folder, f".{name}.linking")
    os.link(kept, unfinished)
    os.replace(unfinished, target)


@lru_cache(maxsize=2000)
def _shared(source: str, stamp: tuple[int, int]) -> tuple[str, str | None]:
    """Our copy of a source and of what is compiled of it, None where it cannot be compiled."""
    kept = os.path.join(_folder(), f"{next(_NUMBERS)}.py")
    shutil.copy2(source, kept)
    code = compiled_file(kept)
    if code is None:
        return kept, None
    compiled = f"{kept}c"
    with open(compiled, "wb") as file:
        file.write(code)
    return kept, compiled


@cache
def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="simhouse-shared-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
