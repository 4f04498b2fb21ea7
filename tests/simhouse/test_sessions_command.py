"""`python -m simhouse sessions FILE`: a table of the sessions, and the lines that cannot be read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from fusebox.balancer.session_services import SESSION_FIELDS as FIELDS
from simhouse.cli.sessions import main

LINE = {
    "load": "car", "group": "flat 1", "vehicle": "ioniq",
    "start": "2026-06-01T18:00:00+00:00", "end": "2026-06-01T20:00:00+00:00", "kwh": 11.2,
    "solar_pct": 40, "battery_pct": 0, "cost": None, "saved": None, "starts": 1, "pauses": 0,
    "worst_phase": "L1", "worst_a": 24.1,
    "measured": True,
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "fusebox.sessions"
    later = {**LINE, "start": "2026-06-02T18:00:00+00:00", "end": "2026-06-02T20:00:00+00:00"}
    found.write_text(f"{json.dumps(later)}\nbroken\n{json.dumps(LINE)}\n", encoding="utf-8")
    return found


def test_a_table_by_the_sessions_ends_with_unreadable_lines_reported(file, capsys):
    assert main([str(file)]) == 0
    told = capsys.readouterr()
    assert [row.split()[2][:10] for row in told.out.splitlines()[1:]] == ["2026-06-01", "2026-06-02"]
    assert told.err == f"{file}: line 2 cannot be read\n"


def test_a_spreadsheet_has_every_field(file, capsys):
    assert main([str(file), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == {name: "" if LINE[name] is None else str(LINE[name]) for name in FIELDS}
    assert len(rows) == 2


def test_a_file_that_is_not_there_is_reported(tmp_path, capsys):
    assert main([str(tmp_path / "nothing")]) == 2
    assert "is not a file" in capsys.readouterr().err
