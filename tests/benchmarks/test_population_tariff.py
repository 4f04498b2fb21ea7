"""Homes under a tariff: drawn from the beginning of a quarter hour on, counted by import, and bounded by the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from benchmarks.population.__main__ import main
from benchmarks.population.bound import possible_kwh
from benchmarks.population.files import write_rows
from benchmarks.population.play import FUSEBOX, Job
from benchmarks.population.tariff import TariffRow, Windows, play_tariff, windows_alone
from benchmarks.population.tariff_table import TARIFF_FIGURES, worst_rows
from fusebox.config.read_config import read_config
from simhouse.population.draw import draw_home
from simhouse.population.home import Home
from simhouse.population.tariffed import (
    HOUR_S,
    KINDS,
    LEAST_TARGET_KW,
    WINDOW_S,
    draw_tariffed_home,
    target_of,
    window_s_of,
)
from simhouse.population.world import home_config, home_house

SEED = 901
"""One phase, one car, no sun."""

SUNNY_SEED = 905


HOURLY_SEED = 70050
"""One phase, one car, windows of an hour."""


def windows(seed: int, count: int) -> Home:
    """Return a home that is played for so many windows."""
    return replace(draw_tariffed_home(seed), length_s=count * window_s_of(seed))


def two_halves(seed: int) -> Home:
    """Return a home that is played from the middle of its first window to the middle of the second."""
    home = windows(seed, 1)
    return replace(home, start_hour=home.start_hour + home.length_s / 2 / HOUR_S)


def played(monkeypatch, seed: int, home: Callable[[int], Home]) -> TariffRow:
    """Return the row of Fusebox in the home that this function makes of a seed."""
    monkeypatch.setattr("benchmarks.population.tariff.draw_tariffed_home", home)
    return TariffRow(**play_tariff(Job(seed, (FUSEBOX,)))["rows"][0])


def row(seed: int, above_kw: float, kwh: float) -> TariffRow:
    return TariffRow(seed, 4.0, 4, int(above_kw > 0), above_kw, kwh, 4.0, 2, 30)


def test_every_home_under_a_tariff_is_accepted_and_begins_with_a_quarter_hour():
    homes = [draw_tariffed_home(seed) for seed in range(1, 101)]
    configs = [home_config(home) | {"tariff": {"kind": "fixed_limit", "target_kw": target_of(home)}} for home in homes]
    assert [config for config in configs if read_config(config).errors] == []
    assert all(home.start_hour * 4 % 1 == 0 and not home.battery_kwh and home.quasar is None for home in homes)
    assert all(target_of(home) >= LEAST_TARGET_KW for home in homes)
    assert [home.boxes for home in homes] == [draw_home(home.seed).boxes for home in homes]


def test_half_of_the_homes_from_one_seed_on_have_windows_of_an_hour_and_run_for_two():
    seeds = range(70_001, 70_201)
    assert {window_s_of(seed) for seed in range(1, 70_001)} == {WINDOW_S}
    hourly = [draw_tariffed_home(seed) for seed in seeds if window_s_of(seed) == HOUR_S]
    assert 80 < len(hourly) < 120
    tariffs = [{"kind": KINDS[HOUR_S], "target_kw": target_of(home)} for home in hourly]
    configs = [home_config(home) | {"tariff": tariff} for home, tariff in zip(hourly, tariffs, strict=True)]
    assert [config for config in configs if read_config(config).errors] == []
    assert all(home.start_hour % 1 == 0 and home.length_s == 2 * HOUR_S for home in hourly)
    assert all(box.car.visits[0].departs_s > home.length_s for home in hourly for box in home.boxes)


def test_an_export_does_not_offset_the_import_of_a_quarter_hour():
    found = Windows(begins_s=900.0)
    for t_s, net_w in enumerate([3600.0, -7200.0] * 450 + [1800.0]):
        found.add_second(t_s, net_w)
    assert found.kwh == pytest.approx({1: 0.45, 2: 0.0005})


@pytest.mark.parametrize("seed", [SEED, SUNNY_SEED])
def test_what_is_possible_is_limited_by_the_target_and_without_one_by_the_fuses(seed: int):
    home = draw_tariffed_home(seed)
    house = home_house(home)
    _, unlimited_kwh = windows_alone(home, house, target_kw=1000.0)
    alone, least_kwh = windows_alone(home, house, target_kw=0.0)
    assert unlimited_kwh == pytest.approx(possible_kwh(home, house))
    assert (least_kwh > 0) == (home.solar_peak_w > 0)
    _, kwh = windows_alone(home, house, target_kw=2.0)
    assert least_kwh <= kwh <= least_kwh + sum(max(0.5 - each, 0.0) for each in alone.kwh.values()) + 1e-9


def test_the_home_imports_what_the_house_and_its_loads_draw_and_keeps_its_target(monkeypatch):
    found = played(monkeypatch, SEED, partial(windows, count=1))
    assert (found.windows, found.above, found.above_kw) == (1, 0, 0.0)
    assert 80 < found.energy_pct <= 100
    assert found.starts > 0 and found.commands > 0


def test_the_windows_of_a_home_with_hours_are_two_and_the_possible_energy_is_that_of_both(monkeypatch):
    home = draw_tariffed_home(HOURLY_SEED)
    alone, possible_kwh = windows_alone(home, home_house(home), 4.0)
    assert len(alone.kwh) == 2
    assert possible_kwh <= 2 * 4.0 - sum(alone.kwh.values()) + 1e-9
    found = played(monkeypatch, HOURLY_SEED, partial(windows, count=1))
    assert found.windows == 1 and found.commands_h == found.commands
    assert replace(found, windows=2).commands_h == found.commands / 2
    assert found.above == 0 and 80 < found.energy_pct <= 100


def test_a_quarter_hour_above_the_target_counts_with_what_the_loads_add(monkeypatch):
    monkeypatch.setattr("benchmarks.population.tariff.target_of", lambda home: 0.5)
    monkeypatch.setattr("benchmarks.population.direct_home.TariffWatch.allowance", lambda self: None)
    found = played(monkeypatch, SEED, two_halves)
    assert found.above == 2 and found.above_kw > 1.0
    assert found.kwh > found.possible_kwh


def test_the_worst_home_is_furthest_above_its_target_then_has_the_least_energy():
    rows = [row(1, 0.0, 3.0), row(2, 0.2, 4.0), row(3, 0.0, 2.0)]
    assert [each.seed for each in worst_rows(rows, 2)] == [2, 3]
    assert TARIFF_FIGURES[2].cells(rows) == ["75.0", "75.0", "50.0", "50.0", "50.0"]


def test_rows_of_homes_under_a_tariff_are_shown_without_playing(tmp_path, capsys):
    write_rows(tmp_path / "rows.csv", [row(1, 0.0, 3.0), row(2, 0.25, 4.0)])
    main(["--tariff", "--read", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "again.csv")])
    assert (tmp_path / "again.csv").read_text() == (tmp_path / "rows.csv").read_text()
    shown = capsys.readouterr().out
    assert "Fusebox in 2 homes under a tariff" in shown and "0.250" in shown
