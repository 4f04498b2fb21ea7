"""Files shared by all hosts of a process: copied and compiled once, then linked into each host's folder.

A link is an entry in a folder; a copy is a new file, and file systems are slow to create thousands of files that were
just removed.
"""

import atexit
import errno
import importlib.util
import itertools
import os
import shutil
import tempfile
from functools import cache, lru_cache

from simhouse.host.compiled import compiled_file

_NUMBERS = itertools.count()


def link(source: str, stamp: tuple[int, int], target: str) -> None:
    """Link our copy of a Python file to a path, and its compiled form to the place where Python looks for it.

    `stamp`: mtime [ns] and size [bytes] of the source; another stamp means another file. An existing target is
    replaced.
    """
    text, code = _copy_and_compile(source, stamp)
    _put(text, target)
    compiled = importlib.util.cache_from_source(target)
    os.makedirs(os.path.dirname(compiled), exist_ok=True)
    if code is None:
        # Python would use an outdated one if its source had the same size and second.
        if os.path.lexists(compiled):
            os.unlink(compiled)
    else:
        _put(code, compiled)


def _put(kept: str, target: str) -> None:
    folder, name = os.path.split(target)
    unfinished = os.path.join(folder, f".{name}.linking")
    try:
        os.link(kept, unfinished)
    except OSError as error:
        # With PYTHONPYCACHEPREFIX the compiled form may be on another file system, and some have no links.
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP):
            raise
        shutil.copy2(kept, unfinished)
    os.replace(unfinished, target)


@lru_cache(maxsize=2000)
def _copy_and_compile(source: str, stamp: tuple[int, int]) -> tuple[str, str | None]:
    """Copy and compile a source at the first call; return the paths of the copy and of its compiled form.

    The latter is None if it cannot be compiled. `stamp`: time and size of the source; another one makes a new copy.
    """
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
