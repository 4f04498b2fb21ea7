"""The record of the grid operator's dimmings: what a load really took, and restarts in the middle of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from .houses import amps, charger, charging, config

START = datetime.fromisoformat("2026-10-25T02:40:00+02:00")
"""Twenty minutes before the clocks are set back from 3:00 to 2:00."""
ZONE = "Europe/Berlin"


def begin(house, after_s: int = 0):
    written = config(loads={"car": charger(max_a=32)}, main_fuse_a=40)
    written["tariff"] = {"kind": "enwg14a", "dim": "binary_sensor.dim"}
    return house(written, start=START + timedelta(seconds=after_s), time_zone=ZONE, noisy=True)


def run(home, seconds: int, draw_a: float, dim: str, **more: Any) -> None:
    states = {"sensor.l1": amps(draw_a), **charging(offer=draw_a, draw=draw_a), "binary_sensor.dim": dim, **more}
    home.steady(home.t + seconds, states, every=5)


def rows(home) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = home.call("fusebox_dimmings")["response"]["dimmings"]
    return found


def test_a_charger_that_ignores_its_limit_breaks_the_dimming(house):
    home = begin(house)
    run(home, 30, 24, "off")
    run(home, 1200, 24, "on")
    run(home, 30, 24, "off")
    assert [(row["highest_w"], row["above_w"], row["kept"]) for row in rows(home)] == [(5520, 1320, False)]


def test_a_relay_that_has_had_no_value_yet_is_not_said_to_have_a_last_one(house):
    home = begin(house)
    run(home, 200, 6, "unavailable")
    since = "tariff.dim: binary_sensor.dim has had no value since"
    assert f"{since} 02:40 (UTC+2): no other value counts instead" in home.shown()["errors"]
    run(home, 10, 6, "off")
    run(home, 100, 6, "unavailable")
    assert f"{since} 02:43 (UTC+2): its last value counts" in home.shown()["errors"]


def test_a_restart_while_the_relay_is_unavailable_does_not_split_a_dimming(house):
    home = begin(house)
    run(home, 30, 16, "off")
    run(home, 600, 16, "on")
    run(home, 60, 16, "unavailable")
    home = begin(house, after_s=900)
    run(home, 60, 16, "unavailable")
    run(home, 900, 16, "on")
    run(home, 30, 16, "off")
    (row,) = rows(home)
    lasted = datetime.fromisoformat(row["end"]) - datetime.fromisoformat(row["start"])
    # The hour in which the clocks are set back counts once.
    assert lasted == timedelta(seconds=900 + 60 + 900 - 30)
    assert (row["highest_w"], row["kept"]) == (pytest.approx(3680, abs=60), True)


def test_a_dimming_during_which_the_charger_was_unavailable_is_not_called_kept(house):
    home = begin(house)
    run(home, 30, 16, "off")
    run(home, 120, 16, "on")
    gone = dict.fromkeys(("sensor.car_draw", "sensor.car_status", "number.car", "switch.car"), "unavailable")
    run(home, 600, 16, "on", **gone)
    run(home, 30, 16, "off")
    assert [row["kept"] for row in rows(home)] == [None]
