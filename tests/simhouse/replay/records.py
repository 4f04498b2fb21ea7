"""Records of made-up houses as Home Assistant writes them: a database, or the history panel's export."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

BEGIN = datetime(2026, 2, 14, 16, 0, tzinfo=UTC)
Row = tuple[float, str, str]
"""Seconds since BEGIN, entity, state."""

SCHEMA = """
CREATE TABLE schema_changes (change_id INTEGER PRIMARY KEY, schema_version INTEGER, changed DATETIME);
CREATE TABLE recorder_runs (run_id INTEGER PRIMARY KEY, start DATETIME, "end" DATETIME, closed_incorrect BOOLEAN,
    created DATETIME);
CREATE TABLE states_meta (metadata_id INTEGER PRIMARY KEY, entity_id VARCHAR(255));
CREATE UNIQUE INDEX ix_states_meta_entity_id ON states_meta (entity_id);
CREATE TABLE state_attributes (attributes_id INTEGER PRIMARY KEY, hash BIGINT, shared_attrs TEXT);
CREATE TABLE states (state_id INTEGER PRIMARY KEY, entity_id CHAR(0), state VARCHAR(255), attributes CHAR(0),
    event_id SMALLINT, last_changed CHAR(0), last_changed_ts FLOAT, last_reported_ts FLOAT, last_updated CHAR(0),
    last_updated_ts FLOAT, old_state_id INTEGER, attributes_id INTEGER, context_id CHAR(0), context_user_id CHAR(0),
    context_parent_id CHAR(0), origin_idx SMALLINT, context_id_bin BLOB, context_user_id_bin BLOB,
    context_parent_id_bin BLOB, metadata_id INTEGER);
CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts);
"""
"""The tables that matter here, as schema 50 of Home Assistant has them."""


def write_export(path: Path, rows: Iterable[Row]) -> Path:
    """Write the history panel's CSV: grouped by entity, times in UTC with milliseconds; return its path."""
    lines = ["entity_id,state,last_changed"]
    for at_s, entity, state in sorted(rows, key=lambda row: (row[1], row[0])):
        at = datetime.fromtimestamp(BEGIN.timestamp() + at_s, UTC)
        lines.append(f"{entity},{state},{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_recorder(
    path: Path, rows: Iterable[Row], units: Mapping[str, str], journal: str = "wal"
) -> sqlite3.Connection:
    """Write a recorder database; return the open connection, which keeps it live until closed."""
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA journal_mode = {journal}")
    database.executescript(SCHEMA)
    numbers: dict[str, int] = {}
    for at_s, entity, state in sorted(rows):
        number = numbers.setdefault(entity, len(numbers) + 1)
        attributes = json.dumps({"unit_of_measurement": units[entity]} if entity in units else {})
        database.execute("INSERT OR IGNORE INTO states_meta VALUES (?, ?)", (number, entity))
        database.execute("INSERT OR IGNORE INTO state_attributes VALUES (?, 0, ?)", (number, attributes))
        database.execute(
            "INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id) VALUES (?, ?, ?, ?)",
            (None if state == "removed" else state, BEGIN.timestamp() + at_s, number, number),
        )
    database.commit()
    return database


def sampled(
    entity: str, value: Callable[[float], float], until_s: float, every_s: float, offset_s: float = 0.0
) -> list[Row]:
    """Return the rows of an entity that is written when its rounded value has changed."""
    rows: list[Row] = []
    last = ""
    at_s = offset_s
    while at_s < until_s:
        text = f"{value(at_s):.0f}"
        if text != last:
            rows.append((at_s, entity, text))
            last = text
        at_s += every_s
    return rows
