"""Read Home Assistant's recorder database, read-only, even while Home Assistant writes to it."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from simhouse.house.trace_columns import InputError

from .recording import History, Recording, in_order

BUSY_S = 5.0
WRITE_VERSION_AT = 18
"""Offset of an SQLite file's write version: 2 means a write-ahead log."""

IN_YAML = re.compile(
    r"^homeassistant:[^\n]*\n(?:(?:[ \t#][^\n]*)?\n)*?[ \t]+time_zone:[ \t]*[\"']?([\w+/-]+)", re.MULTILINE
)
"""A time zone in `configuration.yaml`, which is no plain YAML: it may include and hide."""

GONE = "unavailable"
"""State of an entity that was removed: its row has none."""


def read_recorder(path: Path, wanted: Sequence[str]) -> Recording:
    """Read the wanted entities of a database in the schema of 2023.4 and later; InputError for any other file."""
    with _open_database(path) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "states" not in tables:
            raise InputError(path, None, "is not a recorder database (no table 'states')", "name home-assistant_v2.db")
        if "states_meta" not in tables:
            remedy = "export the history as CSV in Home Assistant (History, Download data)"
            raise InputError(path, None, "was written by a Home Assistant older than 2023.4", remedy)
        names = {name: number for number, name in database.execute("SELECT metadata_id, entity_id FROM states_meta")}
        found = [_history(database, entity, names[entity]) for entity in wanted if entity in names]
    histories = {history.entity: history for history in found if history.texts}
    return Recording(path, histories, sorted(names), _time_zone(path.parent))


@contextmanager
def _open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a consistent, read-only view of the database, closed at the end of the block.

    InputError if it is locked, unreadable, damaged, or a copy without its log.
    """
    try:
        with closing(sqlite3.connect(_address(path), uri=True, timeout=BUSY_S)) as database:
            database.execute("PRAGMA query_only = ON")
            database.execute("BEGIN")  # one state of things, however much is written meanwhile
            yield database
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            remedy = "try again in a minute, or copy the file and those beside it that end in -wal and -shm"
            raise InputError(path, None, "is locked by another program", remedy) from None
        problem, remedy = f"cannot be read ({error})", "check the permissions of the file and its folder, or copy it"
        raise InputError(path, None, problem, remedy) from None
    except sqlite3.DatabaseError as error:
        problem = f"is a damaged database ({error})"
        raise InputError(path, None, problem, "take a newer copy, or the one of a backup") from None


def _address(path: Path) -> str:
    """Return the URI of the database, read-only. Without its log it is a copy: it is opened as immutable."""
    with path.open("rb") as file:
        file.seek(WRITE_VERSION_AT)
        logged = file.read(1) == b"\2"
    alone = logged and not path.with_name(path.name + "-wal").exists()
    return f"{path.absolute().as_uri()}?{'immutable=1' if alone else 'mode=ro'}"


def _history(database: sqlite3.Connection, entity: str, number: int) -> History:
    rows: list[tuple[float, str]] = []
    again: list[tuple[float, float, str]] = []
    last_attributes: int | None = None
    columns = {column[1] for column in database.execute("PRAGMA table_info(states)")}
    reported = "last_reported_ts" if "last_reported_ts" in columns else "NULL"  # newer ones have it
    found = database.execute(
        f"SELECT last_updated_ts, {reported}, state, attributes_id FROM states"
        " WHERE metadata_id = ? AND last_updated_ts IS NOT NULL ORDER BY last_updated_ts, state_id",
        (number,),
    )
    for at_s, until_s, state, attributes_id in found:
        rows.append((float(at_s), GONE if state is None else str(state)))
        if until_s is not None and until_s > at_s:
            again.append((float(at_s), float(until_s), rows[-1][1]))
        if state not in (None, GONE, "unknown") and attributes_id is not None:
            last_attributes = attributes_id
    return in_order(entity, rows + _missing_repetitions(rows, again), _attributes(database, last_attributes))


def _missing_repetitions(
    rows: Sequence[tuple[float, str]], again: Sequence[tuple[float, float, str]]
) -> list[tuple[float, str]]:
    """Return the missing reports of a value that stayed the same up to a time: repeated in the usual rhythm."""
    steps = [b - a for (a, _), (b, _) in pairwise(rows) if b > a]
    step_s = max(1.0, median(steps)) if steps else float("inf")
    found = []
    for at_s, until_s, state in again:
        times = int((until_s - at_s) / step_s)
        found += [(at_s + n * step_s, state) for n in range(1, times + 1)] + [(until_s, state)]
    return found


def _attributes(database: sqlite3.Connection, number: int | None) -> dict[str, Any]:
    row = database.execute("SELECT shared_attrs FROM state_attributes WHERE attributes_id = ?", (number,)).fetchone()
    try:
        found = json.loads(row[0]) if row and row[0] else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _time_zone(folder: Path) -> str | None:
    """Return the zone of the Home Assistant in this folder, from its settings or its YAML; None if unknown."""
    try:
        stored = json.loads((folder / ".storage" / "core.config").read_text(encoding="utf-8"))
        return str(stored["data"]["time_zone"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        written = IN_YAML.search((folder / "configuration.yaml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return written[1] if written else None
