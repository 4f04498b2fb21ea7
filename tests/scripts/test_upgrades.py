"""What earlier versions have stored is taken over. `stored/` has the files of a short run of each, as it wrote them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from fusebox.runtime.settings import SETTINGS_ENTITY
from simhouse.host.mirror import STORAGE_NAME
from simhouse.host.persistence import FILE_NAME

from .houses import amps, charging, switched

STORED = Path(__file__).with_name("stored")
LATER = datetime.fromisoformat("2026-11-23T20:40:00+00:00")
"""Some minutes after the run of 1.0.0 ended."""


@pytest.fixture
def upgraded(house, tmp_path, caplog):
    """Today's scripts in the folder of an earlier version, with the same CONFIG and devices, after a minute."""
    yield partial(started, house, tmp_path)
    assert [each.getMessage() for each in caplog.get_records("call") if "damaged" in each.getMessage()] == []


def started(house, folder: Path, version: str):
    kept = json.loads((STORED / f"{version}.json").read_text(encoding="utf-8"))
    (folder / FILE_NAME).write_text(json.dumps(kept["states"]), encoding="utf-8")
    (folder / STORAGE_NAME).mkdir()
    for name, text in kept["files"].items():
        (folder / STORAGE_NAME / name).write_text(text, encoding="utf-8")
    home, grid = house(kept["config"], start=LATER), {f"sensor.l{n}": amps(2) for n in "123"}
    home.line(0, {**grid, **charging(draw=0), **switched(on=True)})
    home.steady(60, grid)
    assert home.shown()["errors"] == [] and home.shown()["warnings"] == []
    return home


def test_a_mode_that_0_1_0_was_told_stays(upgraded):
    home = upgraded("0.1.0")
    assert home.shown("car")["mode"] == "off" and home.shown("pool")["mode"] == "continuous"


def test_what_services_of_1_0_0_were_told_stays(upgraded):
    home = upgraded("1.0.0")
    assert home.shown("pool")["mode"] == "boost"
    home.call("fusebox_boost", load="pool", state=False)
    home.steady(65)
    car = home.shown("car")
    assert (car["max_a"], home.shown("pool")["mode"]) == (14, "off")
    assert (car["plan_asked"]["energy_kwh"], car["plan_asked"]["ready_by"]) == (20, "07:00")
    assert car["plan_state"] == "waiting" and car["plan"][-1]["end"].startswith("2026-11-24T07:00")


def test_energy_and_sessions_of_1_0_0_continue(upgraded):
    home = upgraded("1.0.0")
    assert float(home.state("sensor.fusebox_pool_energy")) >= 0.95
    assert home.shown("pool_energy")["session_kwh"] >= 0.568
    (ended,) = home.call("fusebox_sessions")["response"]["sessions"]
    assert (ended["load"], ended["kwh"], ended["worst_a"]) == ("pool", 0.382, 20.0)


def test_the_month_peak_and_what_was_learnt_of_1_0_0_stay(upgraded):
    home = upgraded("1.0.0")
    assert home.state("pyscript.fusebox_peak_history") == "3.537"
    learnt = home.session.host.world.states.get(SETTINGS_ENTITY).attributes["loads"]
    assert learnt["car"]["latency_s"]["echo"][:1] == [11] and len(learnt["pool"]["starts_s"]) == 2
