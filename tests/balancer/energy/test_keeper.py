"""When energy and sessions are written, and for how long they are kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fusebox.balancer.energy import storage
from fusebox.balancer.energy.counter import EnergyCounter
from fusebox.balancer.energy.load_energy import LoadEnergy
from fusebox.balancer.energy.meter import EnergyMeter
from fusebox.balancer.energy.storage import EnergyKeeper
from fusebox.runtime.json_values import read_json
from fusebox.runtime.store import append_lines

NOW_S = 1_780_000_000.0


def test_counters_are_written_once_a_minute(tmp_path: Path):
    async def day() -> list[bool]:
        meter, found = EnergyMeter(), []
        keeper = EnergyKeeper(tmp_path, meter, NOW_S)
        for after_s in (59.0, 60.0, 61.0):
            meter.loads = {"car": LoadEnergy(EnergyCounter(kwh=after_s))}
            keeper.write_if_due(NOW_S + after_s)
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
            found.append((tmp_path / storage.COUNTERS_NAME).exists())
            (tmp_path / storage.COUNTERS_NAME).unlink(missing_ok=True)
        return found

    assert asyncio.run(day()) == [False, True, False]


def test_the_displayed_energy_is_never_above_what_a_power_cut_would_leave(tmp_path: Path, monkeypatch):
    """Whatever is counted before, during and after a write, what is displayed is on file already."""
    meter, write = EnergyMeter(), storage.replace_file

    def count() -> None:
        kwh = meter.loads["car"].counter.kwh if meter.loads else 0.0
        meter.loads = {"car": LoadEnergy(counter=EnergyCounter(kwh=kwh + 0.4))}

    def slow_write(file: Path, text: str) -> None:
        write(file, text)
        count()

    monkeypatch.setattr(storage, "replace_file", slow_write)

    async def hours() -> None:
        keeper = EnergyKeeper(tmp_path, meter, NOW_S)
        await keeper.start()
        for minute in range(1, 6):
            count()
            assert meter.published_kwh("car") <= on_file_kwh(tmp_path)
            keeper.write_if_due(NOW_S + 60.0 * minute)
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
            assert meter.published_kwh("car") == on_file_kwh(tmp_path) < meter.loads["car"].counter.kwh

    asyncio.run(hours())


def on_file_kwh(folder: Path) -> float:
    """What a Home Assistant that starts now would read."""
    kept = read_json(folder / storage.COUNTERS_NAME, {})
    return kept["car"]["counter"].get("kwh", 0.0) if kept else 0.0


@pytest.mark.parametrize(("days_ago", "kept"), [(729, 1), (731, 0)])
def test_sessions_are_stored_for_two_years(tmp_path: Path, days_ago: int, kept: int):
    end = datetime.fromtimestamp(NOW_S, UTC) - timedelta(days=days_ago)
    line = {"load": "car", "start": (end - timedelta(hours=1)).isoformat(), "end": end.isoformat(), "kwh": 1.0}
    append_lines(tmp_path / storage.SESSIONS_NAME, [line])
    asyncio.run(EnergyKeeper(tmp_path, EnergyMeter(), NOW_S).start())
    assert len(storage.read_sessions(tmp_path / storage.SESSIONS_NAME).lines) == kept


@pytest.mark.parametrize("name", [storage.COUNTERS_NAME, storage.SESSIONS_NAME])
def test_a_file_that_cannot_be_written_is_a_problem_until_it_can_be(tmp_path: Path, name: str):
    """A folder stands where the file should: as on a full or read-only disk, the write fails."""

    async def minutes() -> list[bool]:
        meter, found = EnergyMeter(), []
        keeper = EnergyKeeper(tmp_path, meter, NOW_S)
        (tmp_path / name).mkdir()
        for minute in (1, 2, 3):
            meter.loads = {"car": LoadEnergy(EnergyCounter(kwh=float(minute)))}
            meter.finished.append({"load": "car"})
            keeper.write_if_due(NOW_S + 60.0 * minute)
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
            found.append(keeper.problem.startswith(f"{name} cannot be written"))
            if minute == 2:
                (tmp_path / name).rmdir()
        return found

    assert asyncio.run(minutes()) == [True, True, False]
