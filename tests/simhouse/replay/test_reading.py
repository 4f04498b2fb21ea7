"""Records of Home Assistant: databases and exports, and what is said of those that cannot be used."""

import sqlite3
import tracemalloc
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from simhouse.house.trace_columns import InputError
from simhouse.replay.file import read_recording
from simhouse.replay.meters import PhaseRecord
from simhouse.replay.recording import Recording
from simhouse.replay.study import Span

from .records import BEGIN, write_export, write_recorder

ROWS = [
    (0.0, "sensor.grid", "400"),
    (33.5, "sensor.grid", "unavailable"),
    (70.0, "sensor.grid", "-120.5"),
    (10.0, "switch.pool", "on"),
]


def since_begin(history):
    return [round(at - BEGIN.timestamp(), 3) for at in history.times_s]


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_database_is_read_with_its_units(tmp_path, journal):
    write_recorder(tmp_path / "ha.db", ROWS, {"sensor.grid": "W"}, journal).close()
    found = read_recording(tmp_path / "ha.db", ["sensor.grid", "sensor.other"])
    grid = found.histories["sensor.grid"]
    assert since_begin(grid) == [0.0, 33.5, 70.0]
    assert list(grid.texts) == ["400", "unavailable", "-120.5"]
    np.testing.assert_equal(grid.numbers, [400.0, np.nan, -120.5])
    assert grid.attributes["unit_of_measurement"] == "W"
    assert "sensor.other" not in found.histories and found.names == ["sensor.grid", "switch.pool"]


def test_a_live_database_is_read_with_its_log_only_while_its_writer_continues(tmp_path):
    writer = write_recorder(tmp_path / "ha.db", ROWS, {})
    writer.execute(
        "INSERT INTO states (state, last_updated_ts, metadata_id) VALUES ('7', ?, 1)", (BEGIN.timestamp() + 99,)
    )
    writer.commit()
    writer.execute(
        "INSERT INTO states (state, last_updated_ts, metadata_id) VALUES ('8', ?, 1)", (BEGIN.timestamp() + 111,)
    )
    found = read_recording(tmp_path / "ha.db", ["sensor.grid"])
    assert since_begin(found.histories["sensor.grid"])[-1] == 99.0
    writer.commit()
    found = read_recording(tmp_path / "ha.db", ["sensor.grid"])
    assert since_begin(found.histories["sensor.grid"])[-1] == 111.0
    writer.close()


def test_nothing_is_written_next_to_a_copy_or_into_it(tmp_path):
    write_recorder(tmp_path / "ha.db", ROWS, {}).close()
    before = (tmp_path / "ha.db").read_bytes()
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "copy.db").write_bytes(before)
    assert read_recording(folder / "copy.db", ["sensor.grid"]).histories
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert (folder / "copy.db").read_bytes() == before


def test_an_entity_that_was_taken_away_is_unavailable_and_one_moment_has_one_state(tmp_path):
    rows = [(0, "sensor.grid", "1"), (5, "sensor.grid", "2"), (5, "sensor.grid", "3"), (9, "sensor.grid", "removed")]
    write_recorder(tmp_path / "ha.db", rows, {}).close()
    found = read_recording(tmp_path / "ha.db", ["sensor.grid"]).histories["sensor.grid"]
    assert list(found.texts) == ["1", "3", "unavailable"]


def test_a_value_that_was_reported_again_unchanged_was_no_silence(tmp_path):
    writer = write_recorder(tmp_path / "ha.db", [(t, "sensor.grid", str(t)) for t in (0, 5, 10, 40, 45)], {})
    writer.execute(
        "UPDATE states SET last_reported_ts = last_updated_ts + 22 WHERE last_updated_ts = ?", (BEGIN.timestamp() + 10,)
    )
    writer.commit()
    found = read_recording(tmp_path / "ha.db", ["sensor.grid"]).histories["sensor.grid"]
    assert since_begin(found) == [0, 5, 10, 15, 20, 25, 30, 32, 40, 45]
    assert list(found.texts)[2:8] == ["10"] * 6
    writer.execute("ALTER TABLE states DROP COLUMN last_reported_ts")
    writer.commit()
    writer.close()
    assert len(read_recording(tmp_path / "ha.db", ["sensor.grid"]).histories["sensor.grid"].texts) == 5


def test_the_zone_is_that_of_the_home_assistant_whose_folder_it_is(tmp_path):
    write_recorder(tmp_path / "ha.db", ROWS, {}).close()
    assert read_recording(tmp_path / "ha.db", []).time_zone is None
    (tmp_path / ".storage").mkdir()
    (tmp_path / ".storage" / "core.config").write_text('{"data": {"time_zone": "Europe/Oslo"}}')
    assert read_recording(tmp_path / "ha.db", []).time_zone == "Europe/Oslo"


def test_an_export_is_read_in_any_order_and_the_last_of_one_moment_counts(tmp_path):
    path = write_export(tmp_path / "history.csv", ROWS)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *reversed(lines[1:]), lines[3]]) + "\n")
    found = read_recording(path, ["sensor.grid"]).histories["sensor.grid"]
    assert since_begin(found) == [0.0, 33.5, 70.0]
    assert list(found.texts) == ["400", "unavailable", "-120.5"]
    assert found.attributes == {}


def test_nor_is_a_zone_that_is_written_in_its_yaml_overlooked(tmp_path):
    write_recorder(tmp_path / "ha.db", ROWS, {}).close()
    written = tmp_path / "configuration.yaml"
    written.write_text("default_config:\nautomation: !include a.yaml\n  time_zone: Europe/Rome\n")
    assert read_recording(tmp_path / "ha.db", []).time_zone is None
    written.write_text(
        "homeassistant:\n  name: home\n\n# ours\n  time_zone: 'Europe/Oslo'\n  packages: !include_dir_named p\n"
    )
    assert read_recording(tmp_path / "ha.db", []).time_zone == "Europe/Oslo"


def test_hourly_means_that_the_panel_writes_for_the_time_before_the_states_are_none(tmp_path):
    means = [(h * 3600.0 - 10 * 3600, "sensor.grid", f"{400 + h / 3}") for h in range(10)]
    states = [(60.5 + 33 * n, "sensor.grid", str(n)) for n in range(5)]
    found = read_recording(write_export(tmp_path / "history.csv", means + states), ["sensor.grid"])
    assert since_begin(found.histories["sensor.grid"])[0] == 60.5
    assert found.notes == ["sensor.grid: the 10 hourly means before its states are left out"]
    # the state at the beginning of the export is one, and mere means are reported as such
    found = read_recording(write_export(tmp_path / "history.csv", [means[-1], *states]), ["sensor.grid"])
    assert len(found.histories["sensor.grid"].texts) == 6 and not found.notes
    found = read_recording(write_export(tmp_path / "history.csv", means), ["sensor.grid"])
    assert len(found.histories["sensor.grid"].texts) == 10


def test_a_long_export_is_read_row_by_row(tmp_path):
    path = tmp_path / "history.csv"
    with path.open("w") as file:
        file.write("entity_id,state,last_changed\n")
        file.writelines(f"sensor.other,{n},2026-02-14T16:00:00.000Z\n" for n in range(60_000))
        file.write("sensor.grid,400,2026-02-14T16:00:00.000Z\n")
    tracemalloc.start()
    try:
        assert read_recording(path, ["sensor.grid"]).histories["sensor.grid"].texts == ("400",)
        assert tracemalloc.get_traced_memory()[1] < 2e6
    finally:
        tracemalloc.stop()


def told(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_recording(path, ["sensor.grid"])
    assert "Remedy: " in str(error.value) and path.name in str(error.value)
    return str(error.value)


def test_a_locked_database_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("simhouse.replay.recorder.BUSY_S", 0.01)
    writer = write_recorder(tmp_path / "ha.db", ROWS, {}, "delete")
    writer.execute("BEGIN EXCLUSIVE")
    assert "locked by another program" in told(tmp_path / "ha.db")
    writer.close()


def test_a_file_that_is_no_record_is_recognised(tmp_path):
    assert "cannot be read (No such file" in told(tmp_path / "nothing.db")
    assert "is a folder" in told(tmp_path)
    (tmp_path / "picture.db").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert "not UTF-8 text" in told(tmp_path / "picture.db")
    (tmp_path / "table.csv").write_text("time,power_w\n2026-01-01,4\n")
    assert "it has time, power_w, not entity_id" in told(tmp_path / "table.csv")
    (tmp_path / "empty.csv").write_text("entity_id,state,last_changed\n")
    assert "no rows" in told(tmp_path / "empty.csv")
    (tmp_path / "nothing.csv").write_text("")
    assert "Download data" in told(tmp_path / "nothing.csv")
    (tmp_path / "open.csv").write_text('entity_id,state,last_changed\nsensor.a,"oh' + "no,4,5\n" * 30_000)
    assert "line 2: a quotation mark is never closed" in told(tmp_path / "open.csv")
    (tmp_path / "odd.csv").write_text("entity_id,state,last_changed\nsensor.grid,4,yesterday\n")
    assert "line 2: 'yesterday' is not a time" in told(tmp_path / "odd.csv")
    write_recorder(tmp_path / "ha.db", ROWS * 200, {}, "delete").close()
    whole = (tmp_path / "ha.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    assert "damaged" in told(tmp_path / "half.db")
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE music (id INTEGER)")
    assert "no table 'states'" in told(tmp_path / "other.db")
    sqlite3.connect(tmp_path / "old.db").executescript("CREATE TABLE states (entity_id TEXT, state TEXT)")
    assert "older than 2023.4" in told(tmp_path / "old.db")


def test_days_that_are_not_in_the_record_are_not_answered_with_others():
    meter = PhaseRecord(
        "L1", ("sensor.grid",), BEGIN.timestamp() + np.arange(0, 86_400.0, 30), np.zeros(2880), 30.0, False
    )
    recording = Recording(Path("ha.db"), {}, [])
    with pytest.raises(InputError, match="the meter's record is 14 Feb 2026 16:00 to 15 Feb 2026 15:59"):
        Span(BEGIN - timedelta(days=30), 1, None).timeline(recording, {"L1": meter})
    found = Span(BEGIN - timedelta(hours=6), 1, None).timeline(recording, {"L1": meter})
    assert (found.start_s, found.length_s) == (BEGIN.timestamp(), 18 * 3600 + 1)
    assert Span(None, 0.5, None).timeline(recording, {"L1": meter}).length_s == 12 * 3600 + 1
