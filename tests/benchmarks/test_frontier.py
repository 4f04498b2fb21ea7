"""The frontier: direct play gives the results of the host, and finished plays are not repeated."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import frontier
from benchmarks.direct import Direct
from benchmarks.peers.contract import ChargerReading, SecondReading
from benchmarks.peers.sixty_lines import SixtyLines
from benchmarks.scenes import direct_play
from benchmarks.scenes.direct_play import DirectJob, Rule, play_directly, play_missing_jobs
from benchmarks.scenes.envelope import Point, overload_at
from benchmarks.scenes.play import FUSEBOX, play_evening

SHORT = replace(frontier.HOUSES["one"], length_s=150)
SIXTY = Rule(10, 0.5)


def test_the_frontier_connects_the_points_that_none_beats_in_both_figures():
    points = [Point(96, 300), Point(92, 100), Point(94, 320), Point(85, 100), Point(84, 20)]
    assert overload_at(94, points) == pytest.approx(200)
    assert overload_at(88, points) == pytest.approx(60)
    assert (overload_at(99, points), overload_at(50, points)) == (300, 20)


def test_fusebox_does_directly_what_its_scripts_do():
    in_host, alone = play_evening(SHORT, FUSEBOX, 501), play_directly(DirectJob(SHORT, Rule(), 501))
    assert (alone["hot_s"], alone["starts"]) == (in_host.hot_s, in_host.starts)
    assert alone["heat_a2s"] == pytest.approx(in_host.heat_a2s)
    assert alone["kwh"] == pytest.approx(in_host.kwh, rel=0.02)


def test_a_config_that_cannot_be_read_is_reported():
    with pytest.raises(ValueError, match="main_fuse_a"):
        Direct({"site": {}, "loads": {}}, SHORT.start)


def test_a_margin_keeps_a_raise_low_and_cuts_nothing():
    def told(margin_a: float, falls_s: int) -> float:
        peer, car = SixtyLines(SHORT.config, 10, margin_a), ChargerReading(("L1",), True, 0.0, 16.0)
        told_a: dict[str, float] = {}
        for t_s in range(30):
            told_a |= peer.decide(SecondReading(t_s, {"L1": 13.0 if t_s < falls_s else 5.0}, {"car1": car}))
        return told_a["car1"]

    assert (told(2.0, 10), told(0.0, 30), told(2.0, 30)) == (16.0, 12.0, 10.0)


def test_results_are_reused_until_the_code_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    job, keep = DirectJob(SHORT, SIXTY, 501), tmp_path / "kept"
    first = play_missing_jobs([job], keep, 1)
    monkeypatch.setattr(direct_play, "run_here", lambda jobs, *_: [pytest.fail("played again")] if jobs else [])
    assert play_missing_jobs([job], keep, 1) == first
    other = job._replace(scene=replace(SHORT, fuse_a=20.0))
    monkeypatch.setattr(direct_play, "hash_of_code", lambda *_: "other code")
    assert len({job.key, other.key, DirectJob(SHORT, SIXTY, 501).key}) == 2
    with pytest.raises(pytest.fail.Exception):
        play_missing_jobs([job], keep, 1)


def test_each_setting_has_a_row_and_fusebox_its_share(capsys, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(frontier, "HOUSES", {"one": SHORT})
    monkeypatch.setattr(frontier, "SIXTY", (SIXTY,))
    monkeypatch.setattr(direct_play, "run_here", lambda jobs, play, _: map(play, jobs))
    frontier.main(["--seeds", "501", "--workers", "1", "--keep", str(tmp_path / "kept")])
    rows = [line for line in capsys.readouterr().out.splitlines() if "Fusebox" in line or "sixty" in line]
    assert [row.count("/") for row in rows] == [3, 3, 3, 0]


def test_a_nonexistent_house_is_reported(capsys):
    with pytest.raises(SystemExit):
        frontier.main(["--only", "castle"])
    assert "no house castle; there are three, three10" in capsys.readouterr().err


def test_the_direct_peer_ends_with_what_is_shipped():
    from fusebox import tuning

    config = {**SHORT.config, "tuning": {"raise_step_a": 2.0}}

    async def within() -> float:
        async with Direct(config, SHORT.start):
            return tuning.RAISE_STEP_A

    assert asyncio.run(within()) == 2.0
    assert tuning.SHIPPED["raise_step_a"] == tuning.RAISE_STEP_A
