"""The record of the grid operator's dimmings: what of the loads' draw counts, and what of it survives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fusebox.config.read_config import read_config
from fusebox.model.equipment import Tariff
from fusebox.model.site import Site
from fusebox.model.tariff_rules import Moment
from fusebox.runtime.json_values import to_json_values
from fusebox.runtime.service_calls import csv_text
from fusebox.runtime.store import append_lines
from fusebox.tariff.dimmings import (
    DIMMINGS_NAME,
    FIELDS,
    Dimming,
    DimmingBook,
    Order,
    add_draw,
    begin_dimming,
    dimming_row,
    end_dimming,
    read_order,
)
from fusebox.tariff.peak_attributes import dimmings_attributes, dimmings_state
from fusebox.tariff.watch import TariffWatch

from ..runtime.home import Home

DAY_S = 86_400.0
T0_S = 900.0 * 1_900_000
"""A full quarter hour."""


def site_of() -> Site:
    car = {"type": "number", "current": "number.car", "switch": "switch.car", "phases": ["L1"]}
    config = {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}},
        "tariff": {"kind": "enwg14a", "dim": "sensor.dim"},
        "loads": {"car": car},
    }
    found = read_config(config).config
    assert found is not None
    return found.site({})


def dimmed(length_s: int, draw: Callable[[int], float | None], *, from_s: float = T0_S) -> Dimming:
    """A dimming to 4.2 kW with a look each five seconds; `draw`: seconds since its begin -> watts."""
    dimming = begin_dimming(from_s, 4200.0)
    for t in range(0, length_s, 5):
        dimming = add_draw(dimming, Moment(from_s + t), draw(t))
    return end_dimming(dimming, Moment(from_s + length_s))


def test_a_dimming_that_was_followed_within_a_minute_is_kept() -> None:
    found = dimmed(3600, lambda t: 11_000.0 if t < 55 else 4140.0)
    assert dimming_row(found) == {
        "start": "2024-03-09T16:00:00+00:00",
        "end": "2024-03-09T17:00:00+00:00",
        "limit_w": 4200,
        "highest_w": 4140,
        "above_w": 0,
        "kept": True,
    }


def test_the_highest_quarter_hour_decides_and_not_the_highest_second() -> None:
    swings = dimmed(3600, lambda t: 8000.0 if 1800 <= t < 2100 else 1000.0)
    assert (swings.highest_w, swings.is_kept) == (pytest.approx(3333, abs=1), True)
    over = dimmed(3600, lambda t: 8000.0 if 1800 <= t < 2400 else 1000.0)
    assert (over.highest_w, over.is_kept) == (pytest.approx(5667, abs=1), False)
    assert dimming_row(over)["above_w"] == 1467


@pytest.mark.parametrize(("power_w", "kept"), [(4280.0, True), (4290.0, False)])
def test_the_error_of_a_meter_breaks_no_limit(power_w: float, kept: bool) -> None:
    assert dimmed(1800, lambda t: power_w).is_kept is kept


def test_quarter_hours_are_those_of_the_wall_clock() -> None:
    """Five minutes late in one and five early in the next are two means of a third, and no fourteen minutes."""
    found = dimmed(1800, lambda t: 6000.0 if 300 <= t < 900 else 0.0, from_s=T0_S + 300)
    assert found.highest_w == pytest.approx(6000 * 300 / 540, abs=40)


def test_a_quarter_hour_that_was_mostly_unseen_leaves_it_open() -> None:
    assert dimmed(3600, lambda t: None if 900 <= t < 1400 else 4000.0).is_kept is None
    assert dimmed(3600, lambda t: None if 900 <= t < 1300 else 4000.0).is_kept is True
    # Too high is too high, whatever else was not seen.
    assert dimmed(3600, lambda t: None if 900 <= t < 1400 else 5000.0).is_kept is False
    gap = add_draw(add_draw(begin_dimming(T0_S, 4200.0), Moment(T0_S + 60), 1000.0), Moment(T0_S + 7200), 1000.0)
    assert end_dimming(gap, Moment(T0_S + 8000)).is_kept is None


def test_of_less_than_two_minutes_nothing_is_said() -> None:
    assert dimmed(115, lambda t: 11_000.0).is_kept is None
    assert dimmed(125, lambda t: 11_000.0).is_kept is False


def test_an_entity_shows_the_last_twenty() -> None:
    watch = TariffWatch()
    for minute in range(50):
        watch.moment = Moment(T0_S + 60 * minute)
        watch.dimmings.record_limit(watch.moment, None if minute % 2 else 4200.0)
    shown = dimmings_attributes(watch)["dimmings"]
    assert (len(shown), shown) == (20, watch.dimmings.rows(0.0)[-20:])


@pytest.mark.parametrize(("begins", "count"), [("2026-12-31T22:30:00+00:00", "0"), ("2026-12-31T23:30:00+00:00", "1")])
def test_the_state_counts_those_of_this_year_by_the_wall_clock(begins: str, count: str) -> None:
    watch, from_s = TariffWatch(), datetime.fromisoformat(begins).timestamp()
    watch.dimmings.record_limit(Moment(from_s), 4200.0)
    watch.dimmings.record_limit(Moment(from_s + 600), None)
    watch.moment = Moment(from_s + 7200, 3600.0)
    assert dimmings_state(watch) == count


@pytest.mark.parametrize(
    ("state", "unit", "order"),
    [("on", "", Order(dims=True)), ("off", "", Order(dims=False)), ("1", "", Order(dims=True)),
     ("4200", "W", Order(True, 4200.0)), ("7.5", "kW", Order(True, 7500.0)), ("6000", "", Order(True, 6000.0)),
     ("0", "W", Order(dims=False)), ("0.0", "kW", Order(dims=False)), ("17250", "W", Order(dims=False)),
     ("-1", "W", Order(True, 5000.0)), ("unavailable", "W", Order(True, 5000.0)), ("4200", "A", Order(True, 5000.0))],
)  # fmt: skip
def test_an_order_is_a_relay_or_a_limit(state: str, unit: str, order: Order) -> None:
    home = Home()
    home.shows("sensor.dim", state, unit_of_measurement=unit)
    assert read_order(home.view(), Tariff("enwg14a", dim="sensor.dim"), Order(True, 5000.0), 17_250.0) == order


def test_another_limit_is_another_dimming() -> None:
    watch, home, site = TariffWatch(), Home(), site_of()
    for second, state in enumerate(("off", "on", "on", "5000", "5000", "off")):
        home.shows("sensor.dim", state)
        watch.observe(site, home.view(T0_S + second), 3600.0)
    rows = watch.dimmings.rows(0.0)
    assert [(row["start"][-14:-6], row["end"][-14:-6], row["limit_w"]) for row in rows] == [
        ("16:00:01", "16:00:03", 4200),
        ("16:00:03", "16:00:05", 5000),
    ]
    assert watch.dimmings.rows(T0_S + 4) == rows[1:]


def test_a_dimming_ends_when_its_tariff_leaves_config() -> None:
    book = DimmingBook()
    book.record_limit(Moment(T0_S), 4200.0)
    book.record_limit(Moment(T0_S + 5), None)
    assert book.under_way is None


def book_at(folder: Path, now_s: float) -> DimmingBook:
    """The record as a new process reads it."""
    book = DimmingBook()
    asyncio.run(book.read(folder, now_s))
    return book


def test_a_dimming_is_on_file_from_its_first_second_for_two_years(tmp_path: Path) -> None:
    book = DimmingBook()
    book.record_limit(Moment(T0_S), 4200.0)
    asyncio.run(book.write(tmp_path, T0_S))
    assert book_at(tmp_path, T0_S + 300).under_way is not None
    book.record_limit(Moment(T0_S + 7200), None)
    asyncio.run(book.write(tmp_path, T0_S + 7200))
    assert len((tmp_path / DIMMINGS_NAME).read_text(encoding="utf-8").splitlines()) == 2
    assert book_at(tmp_path, T0_S + 729 * DAY_S).rows(0.0) == book.rows(0.0)
    assert len((tmp_path / DIMMINGS_NAME).read_text(encoding="utf-8").splitlines()) == 1
    assert book_at(tmp_path, T0_S + 731 * DAY_S).rows(0.0) == []
    assert (tmp_path / DIMMINGS_NAME).read_text(encoding="utf-8") == ""


def test_a_restart_continues_with_the_measured_energy(tmp_path: Path) -> None:
    """What pyscript persists has the quarter hour under way; the file alone, after a power cut, only the begin."""
    before = TariffWatch()
    before.dimmings.record_limit(Moment(T0_S), 4200.0)
    asyncio.run(before.dimmings.write(tmp_path, T0_S))
    for t in range(0, 1700, 5):
        before.dimmings.record_draw(Moment(T0_S + t), 4000.0)
    tariff = Tariff("enwg14a", dim="sensor.dim")
    for kept, is_kept in ((before.plain(tariff), True), ({}, None)):
        after = TariffWatch()
        asyncio.run(after.dimmings.read(tmp_path, T0_S + 1750))
        after.restore(json.loads(json.dumps(kept)), tariff)
        assert after.dimmings.under_way is not None
        after.dimmings.record_draw(Moment(T0_S + 1750), 4000.0)
        after.dimmings.record_limit(Moment(T0_S + 1800), None)
        (row,) = after.dimmings.rows(0.0)
        assert row["kept"] is is_kept


def test_one_that_is_over_is_not_resumed(tmp_path: Path) -> None:
    book = DimmingBook()
    book.record_limit(Moment(T0_S), 4200.0)
    last = book.under_way
    book.record_limit(Moment(T0_S + 900), None)
    book.resume(last)
    assert book.under_way is None


def test_a_line_that_cannot_be_read_loses_itself_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = dimmed(1800, lambda t: 4000.0)
    append_lines(tmp_path / DIMMINGS_NAME, [to_json_values(found), {"start_s": 1}, []])
    assert book_at(tmp_path, T0_S).rows(0.0) == [dimming_row(found)]
    assert "fusebox.dimmings: removed what cannot be read, line 2, 3" in caplog.text


def test_what_cannot_be_written_is_written_later(tmp_path: Path) -> None:
    book = DimmingBook()
    book.record_limit(Moment(T0_S), 4200.0)
    (tmp_path / DIMMINGS_NAME).mkdir()
    asyncio.run(book.write(tmp_path, T0_S))
    assert "cannot be written" in book.problem
    (tmp_path / DIMMINGS_NAME).rmdir()
    asyncio.run(book.write(tmp_path, T0_S + 30))
    assert (book.problem, book_at(tmp_path, T0_S).rows(0.0)) == (None, book.rows(0.0))


def test_a_spreadsheet_gets_a_line_for_each() -> None:
    rows = [dimming_row(dimmed(1800, lambda t: 5000.0)), dimming_row(begin_dimming(T0_S, 4200.0))]
    start, end = rows[0]["start"], rows[0]["end"]
    assert csv_text(FIELDS, rows) == (
        "start,end,limit_w,highest_w,above_w,kept\n"
        f"{start},{end},4200,5000,800,no\n"
        f"{start},,4200,,,\n"
    )  # fmt: skip
