"""The verdict in homes with sun: the bound holds, energies are distinguished, and shorter delays cost starts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.population.__main__ import main
from benchmarks.population.files import write_rows
from benchmarks.population.sun import (
    FUSEBOX,
    PEERS,
    SunJob,
    SunRow,
    Taker,
    controllers_for,
    highest_draw_w,
    play_sun,
)
from benchmarks.population.sun_table import (
    SUN_FIGURES,
    frontier_table,
    known_to_peers,
    least_of_the_sun,
    modes_table,
    sum_of_homes,
    with_sun,
)
from fusebox.config.read_config import read_config
from simhouse.population.sunny import draw_sunny_home
from simhouse.population.world import home_config

AMP_W = 230.0
CAR, THREE_PHASES = Taker(0.0, AMP_W, 6 * AMP_W, 16 * AMP_W, 0.0), Taker(0.0, 3 * AMP_W, 18 * AMP_W, 48 * AMP_W, 0.0)
PLUG = Taker(0.0, 1000.0, 1000.0, 1000.0, 0.0)


def row(seed: int, controller: str, own_kwh: float, mode: str = "solar_only") -> SunRow:
    """A row of a home in which 4 kWh were usable."""
    return SunRow(seed, controller, mode, 4.0, own_kwh, 0.2, 3, 60, 2.0)


@pytest.mark.parametrize(
    ("takers", "room_w", "best"),
    [
        ([CAR], 5 * AMP_W, 0.0),
        ([CAR], 6.9 * AMP_W, 6 * AMP_W),
        ([CAR], 40 * AMP_W, 16 * AMP_W),
        ([CAR, PLUG], 6 * AMP_W, 6 * AMP_W),
        ([CAR, PLUG], 8 * AMP_W + 1000, 8 * AMP_W + 1000),
        ([CAR, THREE_PHASES], 23 * AMP_W, 21 * AMP_W),
        ([CAR, THREE_PHASES], 26 * AMP_W, 26 * AMP_W),
        ([], 5000.0, 0.0),
    ],
)
def test_the_bound_takes_the_best_group_of_loads(takers: list[Taker], room_w: float, best: float):
    assert highest_draw_w(takers, room_w) == pytest.approx(best)


def test_every_home_with_sun_is_accepted_and_the_same_each_time():
    homes = [draw_sunny_home(seed) for seed in range(1, 101)]
    assert [draw_sunny_home(seed) for seed in range(1, 11)] == homes[:10]
    refused = {home.seed: found.errors for home in homes if (found := read_config(home_config(home))).errors}
    assert not refused
    assert {home.mode for home in homes} == {"solar_only", "solar_priority", "excess"}
    assert {len(home.switched) for home in homes} == {0, 1}


def test_own_energy_starts_and_commands_of_a_home_are_counted(monkeypatch):
    monkeypatch.setattr(
        "benchmarks.population.sun.draw_sunny_home", lambda seed: replace(draw_sunny_home(seed), length_s=1900)
    )
    rows = [SunRow(**each) for each in play_sun(SunJob(3, (FUSEBOX, "patience 60 s")))["rows"]]
    for each in rows:
        assert 50 < each.share_pct <= 100
        assert each.starts > 0 and each.commands > 0 and each.grid_kwh >= 0


def test_other_controllers_play_only_where_they_know_every_load():
    known = {seed: draw_sunny_home(seed) for seed in range(1, 60) if len(controllers_for(seed, ours=False)) > 1}
    assert known and all(home.mode == "solar_only" and not home.switched for home in known.values())
    assert controllers_for(min(known), ours=True) == (FUSEBOX,)


def test_shares_are_of_the_sums_and_homes_without_surplus_do_not_count():
    rows = {1: {FUSEBOX: row(1, FUSEBOX, 3.0)}, 2: {FUSEBOX: row(2, FUSEBOX, 1.0, "excess")}}
    dark = {3: {FUSEBOX: SunRow(3, FUSEBOX, "excess", 0.1, 0.0, 0.0, 0, 2, 2.0)}}
    assert with_sun({**rows, **dark}) == rows
    assert modes_table(rows).row_count == 2
    of = sum_of_homes([each[FUSEBOX] for each in rows.values()])
    assert (of.share_pct, of.grid_pct, of.starts, of.commands_h) == (50.0, 5.0, 3.0, 30.0)


def test_the_frontier_is_of_all_patiences_at_our_share():
    homes = {1: {FUSEBOX: row(1, FUSEBOX, 3.0)} | {name: row(1, name, 2.0 + n) for n, name in enumerate(PEERS)}}
    assert frontier_table(homes).row_count == len(PEERS) + 2


def test_rows_of_homes_with_sun_are_shown_and_drawn_without_playing(tmp_path, capsys):
    homes = {seed: {name: row(seed, name, float(seed)) for name in (FUSEBOX, *PEERS)} for seed in (1, 2)}
    homes[3] = {FUSEBOX: row(3, FUSEBOX, 3.0, "excess")}
    assert list(known_to_peers(homes)) == [1, 2]
    assert [each.seed for each in least_of_the_sun(homes)] == [1, 2, 3]
    assert SUN_FIGURES[0].cells([rows[FUSEBOX] for rows in homes.values()]) == ["50.0", "50.0", *["25.0"] * 3]
    write_rows(tmp_path / "rows.csv", [each for rows in homes.values() for each in rows.values()])
    main(["--sun", "--read", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "again.csv")])
    assert (tmp_path / "again.csv").read_text() == (tmp_path / "rows.csv").read_text()
    assert (tmp_path / "again.png").stat().st_size > 10_000
    assert "Where most of the sun was lost" in capsys.readouterr().out
