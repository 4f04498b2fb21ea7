"""Compile sources, each text once a process."""

import importlib.util
import marshal
import os
import struct
from functools import lru_cache
from types import CodeType


def compiled_file(source: str) -> bytes | None:
    """Return the compiled form of a file as Python caches it; None when it cannot be compiled."""
    with open(source, "rb") as file:
        state = os.fstat(file.fileno())
        text = file.read()
    try:
        code = _compiled(text)
    except (SyntaxError, ValueError):
        return None
    # As Python writes it: no flags, and the second and the size of the source.
    stamp = struct.pack("<III", 0, int(state.st_mtime) & 0xFFFFFFFF, state.st_size & 0xFFFFFFFF)
    return importlib.util.MAGIC_NUMBER + stamp + code


@lru_cache(maxsize=2000)
def _compiled(source: bytes) -> bytes:
    # Python puts the true path in as it loads it.
    return marshal.dumps(compile(source, "<shared>", "exec", dont_inherit=True))


def with_path(code: CodeType, path: str) -> CodeType:
    """Return the code as if it had been compiled from a file at that path."""
    constants = tuple(with_path(each, path) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=path, co_consts=constants)
