"""SG-Ready through the shipped scripts: block, normal, recommend and force, always through both relays open."""

from __future__ import annotations

from datetime import datetime

import pytest

from .heat_pumps import Pumped, pump, pumped
from .houses import config, unit, watts


def test_left_alone_it_stays_normal_and_nothing_is_switched(house):
    home = pumped(house)
    home.run(120)
    assert home.path == ["normal"] and home.house.calls == []
    assert (home.house.state("sensor.fusebox_pump"), home.shown()["sg_state"]) == ("2300", "normal")


def test_it_publishes_nothing_that_is_unknown(house):
    home = pumped(house)
    home.run(60)
    shown = home.house.shown("pump")
    assert (shown["sg_state"], shown["blocked_min"]) == ("normal", 0)
    assert not {"starts_today", "writes_per_hour", "learnt_w"} & set(shown)


def test_it_is_blocked_when_it_has_not_fitted_for_thirty_seconds(house):
    home = pumped(house, dwell_s=0)
    home.run(60)
    home.base_a, home.house.is_exact = 26, True
    home.run(29)
    assert home.path == ["normal"]
    home.run(6)
    assert home.path == ["normal", "block"]
    assert home.house.state("sensor.fusebox_pump") == "0"
    assert home.shown()["status"] == "off"


def test_a_short_overload_blocks_nothing(house):
    home = pumped(house, dwell_s=0)
    home.run(60)
    for _ in range(4):
        home.base_a = 30
        home.run(25)
        home.base_a = 2
        home.run(10)
    assert home.path == ["normal"]


def test_one_without_a_sensor_that_draws_within_the_fuse_is_not_blocked_for_itself(house):
    home = pumped(house, base_a=10.0, dwell_s=0)
    home.runs_a = 10
    home.run(200)
    assert home.path == ["normal"]


def test_with_a_sensor_its_rating_is_kept_free_for_it(house):
    home = pumped(house, base_a=16.0, dwell_s=0, power=True)
    home.run(60)
    assert home.path == ["normal", "block"], "nine amps are free, and it may start at any time"


def test_it_comes_back_when_it_fits_and_has_rested(house):
    home = pumped(house, dwell_s=120)
    home.run(130)
    home.base_a = 26
    home.run(60)
    assert home.state == "block"
    home.base_a = 2
    home.run(60)
    assert home.state == "block" and "stays blocked until" in home.shown()["reason"]
    home.run(60)
    assert home.path == ["normal", "block", "normal"] and home.lawful()


def test_danger_overrides_the_dwell_and_goes_through_both_open(house):
    home = pumped(house, base_a=-30.0, dwell_s=600)
    home.run(700, every=5)
    assert home.path == ["normal", "force"]
    home.base_a = 28
    home.run(60)
    assert home.path == ["normal", "force", "normal", "block"]
    assert home.lawful()


def test_one_that_was_forced_says_so_until_its_relays_may_change(house):
    home = pumped(house, base_a=-30.0, dwell_s=600)
    home.run(700, every=5)
    home.base_a = 2
    home.run(200, every=5)
    assert home.path == ["normal", "force"]
    assert home.shown()["reason"].startswith("stays forced to run until")


def test_without_own_power_it_is_blocked_once_its_patience_is_over(house):
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "allow_grid_charging": False}
    home = pumped(house, base_a=-15.0, power=True, site={"battery": battery})
    home.more = {"sensor.soc": unit(10, "%"), "sensor.battery": watts(0)}
    home.runs_a = 10.0
    home.run(80)
    assert home.state != "block"
    home.base_a = 2
    home.run(60)
    assert home.path[-1] == "block"
    assert home.shown()["reason"] == "waits for own power (allow_grid_charging is off): 0 kW left"


def test_one_that_may_not_be_blocked_is_let_go_where_a_fuse_is_over_its_rating(house):
    home = pumped(house, base_a=-30.0, dwell_s=600, max_block_s=0)
    home.run(700, every=5)
    assert home.path == ["normal", "force"]
    home.base_a = 28
    home.run(60)
    assert home.path == ["normal", "force", "normal"]


@pytest.mark.parametrize(("runs_a", "path"), [(30.0, ["normal", "block"]), (10.0, ["normal"])])
def test_the_grid_operator_does_not_wait_for_the_dwell_if_it_draws_more_than_a_dimming_leaves(house, runs_a, path):
    loads = {"pump": pump(rated_w=6900, controllable_14a=True, dwell_s=600, power="sensor.pump_power")}
    tariff = {"kind": "enwg14a", "dim": "binary_sensor.dim"}
    home = Pumped(house({**config(loads=loads, main_fuse_a=40), "tariff": tariff}), 2.0, power=True)
    home.runs_a, home.more = runs_a, {"binary_sensor.dim": "off"}
    home.run(40)
    home.more = {"binary_sensor.dim": "on"}
    home.run(60)
    assert home.path == path


def test_a_pump_that_is_only_displaced_keeps_its_dwell(house):
    home = pumped(house, dwell_s=600, site={"max_import_w": 3000})
    home.run(5)
    home.base_a = 16
    home.run(200, every=2)
    assert home.path == ["normal"]
    home.run(450, every=5)
    assert home.path == ["normal", "block"]


@pytest.mark.parametrize(("base_a", "state"), [(-6.0, "normal"), (-8.0, "recommend"), (-18.0, "force")])
def test_surplus_recommends_and_forces(house, base_a, state):
    home = pumped(house, base_a=base_a, dwell_s=0)
    home.run(60)
    assert home.state == state and home.shown()["sg_state"] == state
    assert home.lawful()


def test_from_recommended_to_forced_it_goes_through_both_open(house):
    home = pumped(house, base_a=-8.0, dwell_s=30)
    home.run(60)
    home.base_a = -20
    home.run(60)
    home.base_a = -8
    home.run(60)
    home.base_a = 0
    home.run(60)
    assert home.path == ["normal", "recommend", "normal", "force", "normal", "recommend", "normal"]
    assert home.lawful()


def test_without_a_sensor_its_own_draw_is_no_surplus_and_with_one_it_is(house, tmp_path):
    blind = pumped(house, base_a=-8.0, dwell_s=0)
    blind.runs_a = 10
    blind.run(60)
    assert blind.state == "normal"


def test_with_a_sensor_its_own_draw_does_not_end_what_it_was_recommended_for(house):
    home = pumped(house, base_a=-8.0, dwell_s=0, power=True)
    home.run(40)
    assert home.state == "recommend"
    home.runs_a = 10
    home.run(120)
    assert home.path == ["normal", "recommend"]


def test_no_more_than_two_hours_a_day_also_over_a_restart(house):
    at = datetime.fromisoformat("2026-03-01T12:00:00+01:00")
    home = pumped(house, base_a=26.0, dwell_s=0, max_block_s=600, start=at)
    home.run(300, every=5)
    assert home.state == "block"
    again = pumped(
        house,
        base_a=26.0,
        dwell_s=0,
        max_block_s=600,
        one=True,
        start=datetime.fromisoformat("2026-03-01T12:05:00+01:00"),
    )
    again.run(500, every=5)
    assert again.path == ["block", "normal"]
    assert again.seen[-1][0] == pytest.approx(310, abs=15)
    again.run(600, every=10)
    assert again.state == "normal"


def test_blind_both_relays_open(house):
    home = pumped(house, one=True, two=True, dwell_s=600)
    home.run(5)
    assert home.state == "force"
    for second in range(6, 80):
        home.house.line(second, {})
        for call in home.house.reply["calls"]:
            home.relays[call["data"]["entity_id"]] = call["service"].endswith("turn_on")
        if home.state == "normal":
            break
    assert home.state == "normal" and second > 55


@pytest.mark.parametrize(("one", "two"), [(True, False), (False, True), (True, True)])
def test_what_is_there_at_the_start_is_adopted(house, one, two):
    home = pumped(house, one=one, two=two, dwell_s=300)
    home.run(200, every=5)
    assert len(home.path) == 1
    home.run(400, every=5)
    assert home.state == "normal" and home.lawful()


def test_relays_that_are_unknown_are_left_alone_until_they_come(house):
    home = pumped(house, one="unavailable", two="unknown", base_a=-20.0, dwell_s=0)
    home.run(100, every=2)
    assert home.house.calls == [] and home.shown()["status"] == "fault"
    home.relays = {"switch.sg1": False, "switch.sg2": False}
    home.run(60)
    assert home.state == "force"


def test_a_relay_without_an_answer_is_commanded_again_and_named_nothing_half_done(house):
    home = pumped(house, base_a=-20.0, dwell_s=0)
    home.deaf = {"switch.sg2"}
    home.run(150)
    assert home.path.count("block") == 1, "relay 1 alone blocks: that is not tried again"
    assert any("no answer from switch.sg2" in error for error in home.house.shown()["errors"])
    assert home.shown()["status"] == "fault"
    home.deaf = set()
    home.run(400)
    assert home.state == "force"


@pytest.mark.parametrize("deaf", ["switch.sg1", "switch.sg2"])
def test_the_relay_that_is_named_is_the_one_that_does_not_answer(house, deaf):
    home = pumped(house, base_a=-20.0, dwell_s=0)
    home.deaf = {deaf}
    for _ in range(30):
        home.run(5)
        named = [error for error in home.house.shown()["errors"] if "no answer from" in error]
        assert all(deaf in error and error.count("switch.sg") == 1 for error in named)
    assert named


def test_in_mode_off_both_relays_open_and_nothing_more(house):
    home = pumped(house, base_a=-20.0, one=True, two=True, mode="off")
    home.run(60)
    home.base_a = 30
    home.run(60)
    assert home.path == ["normal"]


def test_in_mode_off_one_that_runs_by_itself_is_the_house_s_and_no_fault(house):
    home = pumped(house, power=True, mode="off")
    home.run(30)
    home.runs_a = 10.0
    home.run(5)  # the meter may be later than the pump's own sensor
    ceilings = home.house.call("fusebox_explain")["response"]["ceilings"]
    assert [c["room_a"] for c in ceilings if c["name"] == "main L1"] == [25 - 12]
    home.run(120)
    assert home.shown()["status"] == "off"
    assert home.house.shown()["errors"] == []


def test_a_car_that_comes_first_has_the_surplus_first(house):
    from .heat_pumps import Pumped, pump
    from .houses import charger, charging, config

    loads = {"car": charger(mode="solar_only"), "pump": pump(dwell_s=0)}
    home = Pumped(house(config(loads=loads)), -14.0)
    home.house.line(0, charging(offer=14, draw=0))
    home.run(60)
    assert home.state == "normal"


def test_under_strict_a_car_makes_way_for_a_pump_that_may_not_be_blocked(house):
    from .heat_pumps import Pumped, pump
    from .houses import charger, charging, config

    loads = {"car": charger(), "pump": pump(power="sensor.pump_power", max_block_s=0)}
    home = Pumped(house(config(loads=loads, distribution="strict")), 18.0, power=True)
    home.house.line(0, charging(offer=16, draw=16))
    home.run(60)
    home.runs_a = 10.0
    home.run(5)
    assert home.shown()["status"] == "on"
    assert 6 <= home.house.shown("car")["available_a"] <= 25 - 2 - 10
