"""The files of energy and sessions: what a power cut or a slip leaves of them loses no more than it has to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fusebox.balancer.energy import storage
from fusebox.balancer.energy.storage import COUNTERS_NAME, SESSIONS_NAME
from fusebox.runtime.json_values import read_json
from fusebox.runtime.store import append_lines, replace_file

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def line(days_ago: float, load: str = "car", kwh: float = 1.0) -> storage.Line:
    end = NOW - timedelta(days=days_ago)
    return {"load": load, "start": (end - timedelta(hours=1)).isoformat(), "end": end.isoformat(), "kwh": kwh}


def test_what_is_added_is_read_by_its_end(tmp_path: Path):
    append_lines(tmp_path / SESSIONS_NAME, [line(1), line(3)])
    append_lines(tmp_path / SESSIONS_NAME, [line(2, "pool")])
    found = storage.read_sessions(tmp_path / SESSIONS_NAME)
    assert found.lines == (line(3), line(2, "pool"), line(1))
    assert storage.sessions_since(found.lines, NOW.timestamp(), 2.5) == (line(2, "pool"), line(1))


def test_a_session_that_was_finished_twice_counts_once_and_as_it_was_last(tmp_path: Path):
    append_lines(tmp_path / SESSIONS_NAME, [line(1, kwh=3), line(1, kwh=4)])
    assert storage.read_sessions(tmp_path / SESSIONS_NAME).lines == (line(1, kwh=4),)


@pytest.mark.parametrize(
    "text",
    ['{"load": "car", "sta', "[]", "{}", "7", "null", "\x00\x00", '{"load": "car", "start": 1, "end": 2, "kwh": 3}',
     json.dumps({**line(1), "end": "2026-01-01T00:00:00"}), json.dumps({**line(1), "kwh": "much"}),
     json.dumps({**line(1), "kwh": True}), json.dumps({**line(1), "kwh": float("nan")}), "[" * 100_000],
)  # fmt: skip
def test_a_line_that_cannot_be_read_loses_itself_alone(tmp_path: Path, caplog, text):
    append_lines(tmp_path / SESSIONS_NAME, [line(2)])
    with (tmp_path / SESSIONS_NAME).open("a", encoding="utf-8") as file:
        file.write(text)
    append_lines(tmp_path / SESSIONS_NAME, [line(0.5)])
    found = storage.read_sessions(tmp_path / SESSIONS_NAME)
    assert (found.lines, found.unreadable) == ((line(2), line(0.5)), (2,))
    storage.drop_old_sessions(tmp_path, NOW.timestamp(), 730)
    storage.drop_old_sessions(tmp_path, NOW.timestamp(), 730)
    assert [record.getMessage() for record in caplog.records] == [
        f"{SESSIONS_NAME}: removed what cannot be read, line 2"
    ]
    assert storage.read_sessions(tmp_path / SESSIONS_NAME).lines == found.lines


def test_sessions_older_than_their_storage_time_are_dropped(tmp_path: Path):
    append_lines(tmp_path / SESSIONS_NAME, [line(731), line(729)])
    storage.drop_old_sessions(tmp_path, NOW.timestamp(), 730)
    assert storage.read_sessions(tmp_path / SESSIONS_NAME).lines == (line(729),)


def test_where_there_is_nothing_there_is_nothing_wrong(tmp_path: Path, caplog):
    storage.drop_old_sessions(tmp_path, NOW.timestamp(), 730)
    assert caplog.records == []
    assert read_json(tmp_path / COUNTERS_NAME, {}) == {}
    assert list(tmp_path.iterdir()) == []


def test_counters_are_replaced_as_a_whole(tmp_path: Path):
    replace_file(tmp_path / COUNTERS_NAME, json.dumps({"car": {"counter": {"kwh": 1}}}))
    replace_file(tmp_path / COUNTERS_NAME, json.dumps({"car": {"counter": {"kwh": 2}}}))
    assert read_json(tmp_path / COUNTERS_NAME, {}) == {"car": {"counter": {"kwh": 2}}}
    assert [file.name for file in tmp_path.iterdir()] == [COUNTERS_NAME]


@pytest.mark.parametrize("text", ["", '{"car": '])
def test_counters_that_make_no_sense_are_reported(tmp_path: Path, text):
    (tmp_path / COUNTERS_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_json(tmp_path / COUNTERS_NAME, {})
