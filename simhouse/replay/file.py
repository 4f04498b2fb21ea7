"""Read a user's record: a recorder database or a history export."""

from collections.abc import Sequence
from pathlib import Path

from simhouse.house.trace_columns import InputError

from .export import read_export
from .recorder import read_recorder
from .recording import Recording

SQLITE_MAGIC = b"SQLite format 3\0"


def read_recording(path: Path, wanted: Sequence[str], time_zone: str | None = None) -> Recording:
    """Read a recorder database or a history export, whichever it is; InputError with what is wrong with it.

    `time_zone`: zone of times without an offset, which Home Assistant writes.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
    except IsADirectoryError:
        raise InputError(path, None, "is a folder", "name the file, such as home-assistant_v2.db in it") from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(path, None, problem, "check the name and the permissions") from None
    return read_recorder(path, wanted) if head == SQLITE_MAGIC else read_export(path, wanted, time_zone)
