"""Two cars on one wire: the houses are what is said of them, and another checkout's Fusebox is really played."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.scenes.measure import house_alone
from benchmarks.scenes.optimum import optimum_kwh
from benchmarks.scenes.play import BEFORE, FUSEBOX, SIXTY, play_evening
from benchmarks.two_cars import ARRANGEMENTS, COLUMNS, main

SHORT = replace(ARRANGEMENTS["one_wire"], length_s=90)


def test_all_appliances_are_on_one_phase_and_no_value_is_constant():
    watts = ARRANGEMENTS["three_first"].house(21).base
    l1, l2 = watts["L1"].watts, watts["L2"].watts
    assert max(l1) > 3000 > 200 > max(l2)
    assert all(now != then for then, now in pairwise(l1))


def test_the_order_of_service_changes_nothing_else():
    three, one = ARRANGEMENTS["three_first"], ARRANGEMENTS["one_first"]
    assert [load["priority"] for scene in (three, one) for load in scene.config["loads"].values()] == [1, 2, 2, 1]
    assert three.house(21).base["L1"].watts == one.house(21).base["L1"].watts
    assert three.house(21).base["L1"].watts != three.house(22).base["L1"].watts


def test_the_fuse_of_an_arrangement_is_that_of_its_measure_and_its_optimum():
    wide, narrow = (replace(ARRANGEMENTS["one_wire"], fuse_a=amps).house(21) for amps in (32.0, 10.0))
    assert house_alone(wide).hot_s < house_alone(narrow).hot_s
    assert optimum_kwh(narrow, solar=False) < optimum_kwh(wide, solar=False)


@pytest.mark.parametrize(("controller", "told"), [(FUSEBOX, True), (BEFORE, False)])
def test_another_checkouts_fusebox_is_played(tmp_path: Path, controller: str, told: bool):
    (tmp_path / "pyscript" / "modules").mkdir(parents=True)  # one that reports nothing
    outcome = play_evening(SHORT, controller, 21, tmp_path if controller == BEFORE else None)
    assert (outcome.writes_h > 0) is told


def test_pauses_are_those_of_both_cars():
    outcome = play_evening(replace(ARRANGEMENTS["three_first"], length_s=3600), SIXTY, 21)
    assert COLUMNS["pauses"](outcome) == sum(outcome.starts) - 2 > 0


def test_each_controller_has_a_row_in_each_arrangement(capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.two_cars.ARRANGEMENTS", {"one_wire": SHORT})
    monkeypatch.setattr("benchmarks.scenes.pool.WORKERS", 1)
    main(["--seeds", "21"])
    told = capsys.readouterr().out
    assert all(name in told for name in (FUSEBOX, SIXTY, "naive", "Load Juggler", *COLUMNS))
    assert BEFORE not in told
