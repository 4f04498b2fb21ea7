"""Plugs over restarts and midnights: starts a day, least times and a user's hand are not forgotten."""

from __future__ import annotations

from datetime import datetime

import pytest

from fusebox.runtime.settings import SETTINGS_ENTITY

from .houses import config, plug
from .living import Device, Living

AT = "2026-03-01T23:00:00+01:00"


def home_of(house, *, on=False, base_a=2.0, start=AT, **facts):
    home = house(config(loads={"pool": plug(**facts)}), start=datetime.fromisoformat(start))
    return Living(home, {"L1": base_a}, pool=Device("plug", on=on, takes_a=10))


def used_up(house, **facts):
    """A plug that has had its one start, and was stopped by the fuse."""
    home = home_of(house, max_starts_per_day=1, **facts)
    home.run(30)
    home.base_a["L1"] = 20
    home.run(10)
    assert [told for _, told in home.house.all_sent("switch.pool")] == ["on", "off"]
    return home


def test_the_starts_of_the_day_are_counted_over_a_restart(house):
    used_up(house)
    again = home_of(house, max_starts_per_day=1, start="2026-03-01T23:10:00+01:00")
    again.run(60)
    assert again.house.calls == []
    assert "it has started once today" in again.house.shown("pool")["reason"]


def test_a_new_local_day_has_new_starts(house):
    home = used_up(house, start="2026-03-01T23:57:30+01:00")
    home.base_a["L1"] = 2
    home.second = 140
    home.run(9)
    assert [told for _, told in home.house.all_sent("switch.pool")] == ["on", "off"]
    home.run(40)
    assert [told for _, told in home.house.all_sent("switch.pool")] == ["on", "off", "on"]
    assert home.house.all_sent("switch.pool")[-1][0] >= 150


def test_a_zone_has_its_own_midnight(house):
    used_up(house, start="2026-03-01T21:30:00+00:00")
    home = house(
        config(loads={"pool": plug(max_starts_per_day=1)}),
        start=datetime.fromisoformat("2026-03-01T22:30:00+00:00"),
        time_zone="Europe/Helsinki",
    )
    again = Living(home, {"L1": 2.0}, pool=Device("plug", on=False, takes_a=10))
    again.run(40)
    assert [told for _, told in again.house.all_sent("switch.pool")] == ["on"], "it is half past midnight there"


@pytest.mark.parametrize(("rest_s", "comes_back_s"), [(60, 230), (400, 20)])
def test_the_minimum_time_off_continues_over_a_restart(house, rest_s, comes_back_s):
    home = home_of(house, on=True, min_off_s=300)
    home.run(5)
    home.base_a["L1"] = 20
    home.run(10)
    assert home.house.all_sent("switch.pool") == [(5, "off")]
    start = datetime.fromisoformat(AT).timestamp() + 15 + rest_s
    again = home_of(house, min_off_s=300, start=datetime.fromtimestamp(start).astimezone().isoformat())
    again.run(comes_back_s - 5)
    again.house.is_exact = True
    again.run(30)
    ((at_s, told),) = again.house.all_sent("switch.pool")
    assert told == "on" and at_s == pytest.approx(comes_back_s, abs=2)


def test_the_minimum_time_on_continues_over_a_restart(house):
    home = home_of(house, min_on_s=300)
    home.run(60)
    assert home.house.all_sent("switch.pool") == [(20, "on")]
    again = home_of(house, on=True, min_on_s=300, start="2026-03-01T23:02:00+01:00", mode="excess")
    again.run(400)
    ((at_s, told),) = again.house.all_sent("switch.pool")
    # 200 s of it are left, which end before the patience with a missing sun does
    assert (told, at_s) == ("off", 200)


@pytest.mark.parametrize("on", [True, False])
def test_a_hand_is_respected_over_a_restart(house, on):
    mode = "solar_only" if on else "continuous"
    home = home_of(house, on=not on, mode=mode)
    home.run(30)
    home.devices["pool"].on = on
    home.run(30)
    again = home_of(house, on=on, mode=mode, start="2026-03-01T23:20:00+01:00")
    again.run(300)
    assert again.house.calls == []
    assert f"switched {'on' if on else 'off'} by hand" in again.house.shown("pool")["reason"]


def test_without_anything_to_remember_nothing_is_kept(house):
    home = home_of(house, base_a=24.0)
    home.run(30)
    assert home.house.session.host.world.states.get(SETTINGS_ENTITY).attributes["loads"] == {}
