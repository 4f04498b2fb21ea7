"""Python's garbage collection waits until the commands have left.

Inside Home Assistant one takes milliseconds, each hundredth some hundred, and they come with what is made: so mostly
just while a decision is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Collect nothing within this block. Only for what awaits nothing: nobody else runs in the meantime."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
