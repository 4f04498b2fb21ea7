"""A test of the wiring through the shipped scripts: what it finds in a simulated house, and that it harms nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simhouse.commission.faults import plant_faults
from simhouse.commission.play import BEFORE_S, ENTITY, LONGEST_S, SERVICE, build_planted_house

from .houses import amps, charger, charging, config, plug, switched

DASHBOARD = (Path(__file__).parents[2] / "config_examples" / "dashboard.yaml").read_text(encoding="utf-8")
START = datetime(2026, 3, 10, 2, tzinfo=UTC)
RESTARTED = "Fusebox or Home Assistant was restarted: start the test again"
HOUSE = {
    "site": {"main_fuse_a": 25, "grid": {p: f"sensor.grid_power_{p.lower()}" for p in ("L1", "L2", "L3")}},
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car",
            "switch": "switch.car",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "phases": ["L1", "L2", "L3"],
        },
        "pool": {"type": "plug", "switch": "switch.pool", "rated_w": 2000, "mode": "off", "phases": ["L2"]},
        # Without it exchanged meters would show the same as a pool on L3.
        "pump": {"type": "plug", "switch": "switch.pump", "rated_w": 1200, "mode": "off", "phases": ["L3"]},
    },
}


def commissioned(
    house, *faults: str, written: Mapping[str, Any] = HOUSE, is_exact: bool = False, **data: str
) -> tuple[str, dict[str, Any], list[str], float]:
    """The test in a house that is really wired otherwise: its state, what it shows, what it should, the most amps.

    `data`: what the call has in addition to `confirm`.
    """
    planted, most_a = plant_faults(written, list(faults)), 0.0
    real, home = build_planted_house(planted, START, 1), house(written)
    home.is_exact = is_exact
    for t in range(BEFORE_S + LONGEST_S):
        calls = [{"service": SERVICE, "data": {"confirm": True, **data}}] if t == BEFORE_S else []
        real.apply(home.report(t, planted.shown(real.step(t), t), calls=calls)["calls"], t)
        if t > BEFORE_S:
            most_a = max(most_a, *real.now.net_a.values())
            if home.state(ENTITY) != "running":
                assert t - BEFORE_S <= 600
                break
            assert (home.shown("car")["mode"], home.shown("pool")["mode"]) == ("standard", "off")
            assert "mode is off" not in home.shown("car")["reason"] and "wiring test" in home.shown("car")["reason"]
    return home.state(ENTITY), home.shown("commissioning"), planted.expected, most_a


def test_each_fault_is_found_with_its_line_and_no_fuse_is_overloaded(house):
    state, shown, expected, most_a = commissioned(house, "turned:L1", "phase:pool=L3", "rounding:car=2", is_exact=True)
    lines = [f"{line},  # in {place}" for place, _, line in (each.partition(": ") for each in expected)]
    assert (state, sorted(shown["config"]), len(lines)) == ("done", sorted(lines), 3)
    assert most_a <= 25


def test_a_sound_house_is_not_accused(house):
    _, shown, _, _ = commissioned(house, is_exact=True)  # how often and how late a meter reports is in its report
    assert (shown["config"], shown["findings"]) == ([], [])
    assert shown["reason"] == "no line of CONFIG to change"
    rows = {row.get("load"): row for row in shown["report"]}
    assert rows["car"]["phases"] == ["L1", "L2", "L3"]
    assert rows["car"]["pauses"] is True
    assert rows["car"]["down_s"]["worst"] <= 5
    assert rows["car"]["up_s"]["median"] <= 10
    assert (rows["car"]["least_a"], rows["car"]["rounds_to_a"], rows["car"]["draw_is_true"]) == (5.6, None, True)
    assert rows["car"]["sure_pct"] >= 99.9
    meters = {row["meter"]: row for row in shown["report"] if "meter" in row}
    assert meters["site.grid.L1"]["every_s"] == {"median": 1.0, "worst": 1.0}
    assert meters["site.grid.L1"]["late_s"]["worst"] <= 5
    assert names_of(DASHBOARD, r"row\.(\w+)") <= {name for row in shown["report"] for name in row}
    assert names_of(DASHBOARD, r"state_attr\(test, '(\w+)'\)") <= shown.keys()


@pytest.mark.parametrize(
    ("inverter", "load", "reason"),
    [({}, "pool", "no line of CONFIG to change"), ({"asymmetric": True}, "car", "not sure of car: the home battery")],
)
def test_what_a_battery_takes_back_accuses_nobody(house, inverter, load, reason):
    battery = {"soc_pct": "sensor.battery_soc", "charge_w": "sensor.battery_power"}
    more = {"battery": battery, "inverter": inverter}
    state, shown, _, _ = commissioned(house, written={**HOUSE, "site": {**HOUSE["site"], **more}}, load=load)
    assert (state, shown["config"], shown["findings"]) == ("done", [], [])
    assert shown["reason"].startswith(reason)


def names_of(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text))


def ready(house, **more):
    home = house(config(loads={"car": charger(), "pool": plug(mode="off")}, **more))
    home.line(0, {"sensor.l1": amps(16), **charging(), **switched(on=False)})
    home.steady(30, {"sensor.l1": amps(16)})
    return home


def test_without_confirm_it_only_reports_what_it_would_do(house):
    home = ready(house)
    answer = home.call("fusebox_commission")["response"]
    assert answer["plan"].startswith("It moves car, pool by about 3 A, or on and off, three times each")
    assert answer["state"] == "idle"
    assert home.state(ENTITY) is None


def test_what_wears_with_each_start_is_tested_only_when_it_is_named(house):
    loads = {"car": charger(), "pool": plug(mode="off", min_off_s=301)}
    home = house(config(loads=loads))
    home.line(0, {"sensor.l1": amps(16), **charging(), **switched(on=False)})
    home.steady(30, {"sensor.l1": amps(16)})
    why = "pool has min_on_s or min_off_s above 300 s and is tested only when load names it"
    answer = home.call("fusebox_commission")["response"]
    told = answer["plan"]
    assert told.startswith("It moves car by about 3 A") and "Chargers go to their minimum meanwhile, or pause." in told
    assert answer["left_out"] == [why]
    assert home.call("fusebox_commission", load="pool")["response"]["plan"].startswith("It moves pool by")
    home.call("fusebox_commission", confirm=True)
    shown = home.shown("commissioning")
    assert (shown["reason"], shown["left_out"]) == ("moves car", [why])


def test_where_nothing_can_be_moved_the_call_fails_with_the_reason(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(16), **charging(), "sensor.car_status": "disconnected"})
    home.steady(30, {"sensor.l1": amps(16)})
    error = home.call("fusebox_commission", confirm=True)["error"]
    assert error.endswith("no load can be moved now; car cannot use power now")
    assert home.state(ENTITY) is None


def test_it_lowers_the_car_and_ends_when_it_is_stopped(house):
    home = ready(house)
    assert home.call("fusebox_commission", confirm=True)["response"]["state"] == "running"
    assert home.state(ENTITY) == "running"
    home.steady(33, {"sensor.l1": amps(16)})
    assert 6 in [value for _, value in home.all_sent("number.car")]
    home.call("fusebox_commission", stop=True)
    assert (home.state(ENTITY), home.shown("commissioning")["reason"]) == ("aborted", "the test was stopped")


@pytest.mark.parametrize(
    ("grid_a", "more", "why"),
    [
        (27, {}, "main L1 is over its limit: 27 A of 25 A"),
        (16, {"dry_run": True}, "dry_run is on, so nothing is commanded"),
        ("unknown", {}, "the meters of car, pool do not report"),
    ],
)
def test_it_refuses_while_it_would_not_be_safe(house, grid_a, more, why):
    home = ready(house, **more)
    home.line(31, {"sensor.l1": amps(grid_a)})
    assert why in home.call("fusebox_commission", confirm=True)["error"]


def test_an_overload_ends_it(house):
    home = ready(house)
    home.call("fusebox_commission", confirm=True)
    home.steady(40, {"sensor.l1": amps(16)})
    home.line(41, {"sensor.l1": amps(40)})
    assert home.state(ENTITY) == "aborted"
    assert "over its limit" in home.shown("commissioning")["reason"]


def test_a_setting_that_is_changed_ends_it(house):
    home = ready(house)
    home.call("fusebox_commission", confirm=True)
    home.steady(35, {"sensor.l1": amps(16)})
    home.call("fusebox_set_mode", load="car", mode="solar_only")
    home.steady(37, {"sensor.l1": amps(16)})
    assert (home.state(ENTITY), home.shown("commissioning")["reason"]) == ("aborted", "a setting was changed")


def test_the_users_hand_ends_it(house):
    home = ready(house)
    home.call("fusebox_commission", confirm=True)
    home.steady(33, {"sensor.l1": amps(16)})
    home.steady(40, {"sensor.l1": amps(6), **charging(offer=6)})
    home.steady(45, {"sensor.l1": amps(8), **charging(offer=8)})
    assert (home.state(ENTITY), home.shown("commissioning")["reason"]) == ("aborted", "car was set by hand")


def test_a_saved_config_ends_it_and_the_car_charges_on(house):
    home = ready(house)
    home.call("fusebox_commission", confirm=True)
    home.steady(45, {"sensor.l1": amps(6), **charging(offer=6)})
    home.save(config(loads={"car": charger(), "pool": plug(mode="off")}, margin_a=0.1))
    home.steady(120, {"sensor.l1": amps(6), **charging(offer=6)})
    assert (home.state(ENTITY), home.shown("commissioning")["reason"]) == ("aborted", RESTARTED)
    assert max(value for t, value in home.all_sent("number.car") if t > 50) > 6


def test_a_second_one_is_refused_while_one_is_under_way(house):
    home = ready(house)
    home.call("fusebox_commission", confirm=True)
    assert "a test is running" in home.call("fusebox_commission", confirm=True)["error"]
