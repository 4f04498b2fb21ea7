"""What is left of a test of the wiring in the shipped scripts: lateness of meters, and nothing that was only a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from simhouse.commission.faults import plant_faults
from simhouse.commission.play import ENTITY, LONGEST_S, SERVICE, build_planted_house
from simhouse.house.config_file import read_config_file
from simhouse.physics.car import Visit

from .test_commissioning import HOUSE, RESTARTED, START

EXAMPLES = Path(__file__).parents[2] / "config_examples"
BEFORE_S = 30
"""Time before the test begins [s]: enough to observe the house, also by a late meter."""
SITE, CAR, POOL = HOUSE["site"], HOUSE["loads"]["car"], HOUSE["loads"]["pool"]


class Played:
    """A simulated house in which a test is begun, and what it does then."""

    def __init__(self, house, config, *faults: str) -> None:
        self.planted, self.shows = plant_faults(config, list(faults)), {}
        self.real, self.home = build_planted_house(self.planted, START, 1), house(config)

    def run(self, until: int, **data: object) -> None:
        """Up to that second; the test begins, of the loads in `data`, when the house has been seen."""
        for t in range(int(self.home.t) + 1, until):
            calls = [{"service": SERVICE, "data": {"confirm": True, **data}}] if t == BEFORE_S else []
            self.shows = self.planted.shown(self.real.step(t), t)
            self.real.apply(self.home.report(t, self.shows, last=t == until - 1, calls=calls)["calls"], t)

    def end(self, **data: object) -> None:
        """Until the test is over, and a moment longer."""
        self.run(BEFORE_S + 2, **data)
        while self.home.state(ENTITY) == "running":
            assert self.home.t <= BEFORE_S + LONGEST_S
            self.run(int(self.home.t) + 5)
        self.run(int(self.home.t) + 10)


def test_a_tank_between_its_temperatures_is_as_cold_as_before(house):
    tested = Played(house, read_config_file(EXAMPLES / "hot_water_on_the_sun.py"))
    tested.end()
    assert [value for _, value in tested.home.all_sent("switch.hot_water")] == ["on", "off"] * 3
    assert tested.home.shown("hot_water")["status"] == "off"
    assert tested.home.shown("commissioning")["report"][0]["sure_pct"] > 99


def test_starts_of_a_test_are_no_starts_of_the_day(house):
    pool = {**POOL, "max_starts_per_day": 2, "min_off_s": 900, "min_on_s": 0}
    tested = Played(house, {"site": SITE, "loads": {"pool": pool}})
    tested.end(load="pool")
    assert [value for _, value in tested.home.all_sent("switch.pool")] == ["on", "off"] * 3
    tested.run(int(tested.home.t) + 60)  # small numbers are written a little later
    assert tested.home.shown("pool")["starts_today"] == 0
    tested.home.call("fusebox_set_mode", load="pool", mode="standard")
    tested.run(int(tested.home.t) + 90)
    assert tested.home.all_sent("switch.pool")[-1][1] == "on"
    assert tested.home.shown("pool")["starts_today"] == 1


@pytest.mark.parametrize("late_s", [20])
def test_what_it_measured_of_a_late_meter_counts_from_then_on_and_outlives_a_restart(house, late_s):
    config = {"site": SITE, "loads": {"car": CAR, "pool": POOL}}
    tested = Played(house, config, f"late:{late_s}")
    tested.end()
    rows = {row["meter"]: row for row in tested.home.shown("commissioning")["report"] if "meter" in row}
    assert late_s <= rows["site.grid.L1"]["late_s"]["median"] <= late_s + 2
    for begin in (lambda: tested.home, lambda: house(config)):
        home = begin()
        home.line(home.t + 1, tested.shows)
        home.steady(home.t + 30, tested.shows)
        kept = home.session.host.world.states.get("pyscript.fusebox_settings").attributes["loads"]
        for name in ("car", "pool"):
            assert late_s <= max(kept[name]["latency_s"]["meter"]) <= late_s + 3


@pytest.mark.parametrize(
    ("load", "saved"), [("pool", "taken out"), ("pool", "no site"), ("car", "dry_run"), ("car", "taken out")]
)
def test_what_nothing_commands_any_more_is_switched_back(house, load, saved):
    loads = {"car": CAR, "pool": POOL}
    played = Played(house, {"site": SITE, "loads": loads})
    played.run(BEFORE_S + 2, load=load)
    switch, moved, before = f"switch.{load}", *(("on", "off") if load == "pool" else ("off", "on"))
    while [value for _, value in played.home.all_sent(switch)][-1:] != [moved]:
        played.run(int(played.home.t) + 5)
    others = {name: written for name, written in loads.items() if name != load}
    played.home.save(
        {
            "dry_run": {"site": {**SITE, "dry_run": True}, "loads": loads},
            "taken out": {"site": SITE, "loads": others},
            "no site": {},
        }[saved]
    )
    played.run(int(played.home.t) + 20)
    told = [value for _, value in played.home.all_sent(switch)]
    assert told[-2:] == [moved, before]
    assert [value for _, value in played.home.all_sent("switch.car")][-1:] in ([], ["on"])
    played.run(int(played.home.t) + 20)
    assert [value for _, value in played.home.all_sent(switch)] == told


def test_a_charger_whose_car_leaves_while_it_rests_is_left_switched_on(house):
    played = Played(house, {"site": SITE, "loads": {"car": CAR, "pool": {**POOL, "mode": "continuous"}}})
    played.run(BEFORE_S + 2)
    while played.home.shown("commissioning")["load"] != "pool" or played.home.state("switch.car") != "off":
        played.run(int(played.home.t) + 5)
    charger = played.real.chargers["car"]
    charger.car = replace(charger.car, visits=(Visit(0.0, played.home.t, 10.0),))
    played.end()
    assert played.home.state(ENTITY) == "done"
    assert [played.home.state(f"switch.{name}") for name in ("car", "pool")] == ["on", "on"]


def test_states_persisted_during_a_test_contain_nothing_of_it(house):
    """Home Assistant may die at any moment: no start of a test counts after that, and nothing owes patience for one."""
    played = Played(house, {"site": SITE, "loads": {"pool": {**POOL, "max_starts_per_day": 2}}})

    def kept() -> dict[str, object]:
        loads = played.home.session.host.world.states.get("pyscript.fusebox_settings").attributes.get("loads", {})
        return {key: each for key, each in loads.get("pool", {}).items() if key != "latency_s"}

    played.run(BEFORE_S)
    before, switched = kept(), 0
    while switched < 2:
        played.run(int(played.home.t) + 2, load="pool")
        switched = len(played.home.all_sent("switch.pool"))
        assert kept() == before


def test_a_restart_during_a_test_is_reported_once_and_its_loads_are_as_before(house):
    config = {"site": SITE, "loads": {"pool": POOL}}
    played = Played(house, config)
    played.run(BEFORE_S + 2)
    while [value for _, value in played.home.all_sent("switch.pool")] != ["on"]:
        played.run(int(played.home.t) + 2)
    for state in ("aborted", None):
        home = house(config)
        home.steady(60, {**played.shows, "switch.pool": "on"})
        assert home.state(ENTITY) == state and {value for _, value in home.all_sent("switch.pool")} == {"off"}
        assert state is None or home.shown("commissioning")["reason"] == RESTARTED
