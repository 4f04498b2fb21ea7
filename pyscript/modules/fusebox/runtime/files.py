"""Files that are replaced as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(file: Path, text: str) -> None:
    """Replace the content of a file; the old content stays until the new one is on the disk.

    A symbolic link stays, and the file that it points to is replaced. Once this returns, a power cut does not undo it.
    """
    file = Path(os.path.realpath(file))
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(fresh, file)
    with suppress(OSError):  # not every file system can sync a folder
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
