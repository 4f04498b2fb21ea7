"""The recorded morning is read as it was written, and its cars share what the house leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks import recorded_morning
from benchmarks.recorded_morning import DISTRIBUTIONS, main, play_morning, read_recording

BEGAN = datetime.fromisoformat("2025-04-27 10:00:18+00:00")


def written(folder: Path, house_a: Sequence[float], skipped_s: int = 0) -> Path:
    """A made-up recording in which L1 carries these amps and the other phases 2 A; some seconds may be missing."""
    lines = ["last_changed,easee,corrected_l1,corrected_l2,corrected_l3"]
    for second, amps in enumerate(house_a):
        at = BEGAN + timedelta(seconds=second + (skipped_s if second else 0))
        lines.append(f"{at.isoformat(sep=' ')},0.1,{25 - amps},23,23")
    path = folder / "trace.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_house_draws_what_it_does_not_leave_of_25_a(tmp_path: Path):
    recording = read_recording(written(tmp_path, [8.0, 0.0, -1.0]))
    assert (recording.start, recording.length_s) == (BEGAN, 3)
    assert list(recording.house["L1"].watts) == [8 * 230, 0, 0]
    assert list(recording.house["L3"].watts) == [2 * 230] * 3


def test_another_file_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="a row for each second"):
        read_recording(written(tmp_path, [1.0, 2.0], skipped_s=5))
    (tmp_path / "other.csv").write_text("last_changed,l1\n2025-04-27 10:00:18+00:00,3\n")
    with pytest.raises(ValueError, match="no column 'corrected_l1'"):
        read_recording(tmp_path / "other.csv")
    (tmp_path / "other.csv").write_text("last_changed\n")
    with pytest.raises(ValueError, match="no rows"):
        read_recording(tmp_path / "other.csv")


def test_optimized_finds_the_better_way_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # L1 leaves 17 A: the second car's 6 A would cost the first one 5 A on each of three phases.
    monkeypatch.setattr(recorded_morning, "SECOND_COMES_S", 30.0)
    recording = read_recording(written(tmp_path, [8.0] * 180))
    mornings = {name: play_morning(recording, name, 25.0) for name in ("priority", "optimized", "strict")}
    kwh = {name: morning.outcome.kwh for name, morning in mornings.items()}
    assert kwh["optimized"] == pytest.approx(kwh["strict"])
    assert kwh["optimized"] > 1.1 * kwh["priority"]
    assert mornings["priority"].kwh["second"] > mornings["optimized"].kwh["second"] == 0


def test_each_distribution_has_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main([str(written(tmp_path, [3.0] * 40))])
    printed = capsys.readouterr().out
    assert [name for name in DISTRIBUTIONS if name not in printed] == []
