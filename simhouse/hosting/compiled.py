"""Compiles a source once a process: hosts that run the same scripts, each in a folder of its own, share the work."""

import importlib.util
import marshal
import os
import struct
from functools import lru_cache
from types import CodeType


def provide_compiled(source: str) -> None:
    """Put what Python would compile of a file where it looks for it; a file that cannot be compiled gets nothing.

    What was there goes in any case: Python would believe it when it is of a source of the same size and second.
    """
    target = importlib.util.cache_from_source(source)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.lexists(target):
        os.unlink(target)
    with open(source, "rb") as file:
        state = os.fstat(file.fileno())
        text = file.read()
    try:
        code = _compiled(text)
    except (SyntaxError, ValueError):
        return
    # As Python writes it: no flags, and the second and the size of the source.
    stamp = struct.pack("<III", 0, int(state.st_mtime) & 0xFFFFFFFF, state.st_size & 0xFFFFFFFF)
    with open(target, "wb") as file:
        file.write(importlib.util.MAGIC_NUMBER + stamp + code)


@lru_cache(maxsize=2000)
def _compiled(source: bytes) -> bytes:
    # Python puts the true path in as it loads it.
    return marshal.dumps(compile(source, "<shared>", "exec", dont_inherit=True))


def with_path(code: CodeType, path: str) -> CodeType:
    """The same code as if it had been compiled from a file at that path."""
    constants = tuple(with_path(each, path) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=path, co_consts=constants)
