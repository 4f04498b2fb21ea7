"""`sensor.fusebox_site`, field by field as users read them."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config, plug, switched, unit, watts

FIELDS = {
    "grid_a", "headroom_a", "solar_w", "surplus_w", "battery_soc_pct", "battery_charge_w", "fuse_budget_pct", "reason",
    "data_age_s", "silent_s", "errors", "warnings",
}  # fmt: skip


def test_ok_when_every_load_has_what_it_can_use(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    assert home.state(SITE) == "ok"


def test_limited_when_a_ceiling_keeps_a_load_from_more(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(24), **charging(offer=10)})
    home.line(1, {"sensor.l1": amps(24)})
    assert home.state(SITE) == "limited"
    assert home.shown()["reason"].startswith("car: limited to 11 A by the main fuse (L1, 25 A)")


def test_over_when_more_flows_than_the_fuse_allows(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(25), **charging()})
    assert home.state(SITE) != "over"
    home.line(1, {"sensor.l1": amps(25.1)})
    assert home.state(SITE) == "over"
    assert "25.1 A" in home.shown()["reason"]


def test_dry_run_decides_and_reports_and_commands_nothing(house):
    home = house(config(loads={"car": charger(), "pool": plug()}, dry_run=True))
    home.line(0, {"sensor.l1": amps(36), **charging(), **switched(on=True)})
    home.steady(40, {"sensor.l1": amps(36)})
    assert home.calls == []
    assert home.state(SITE) == "dry_run"
    assert home.shown("car")["setpoint_a"] <= 15
    assert "too much current on main L1: 36 A of 25 A" in home.shown()["reason"]


def test_grid_and_headroom_are_published_for_each_phase(house):
    home = house(config(phases="L1 L2 L3", main_fuse_a=20))
    home.line(0, {"sensor.l1": amps(3.25), "sensor.l2": watts(-2300), "sensor.l3": "unknown"})
    assert home.shown()["grid_a"] == {"L1": 3.2, "L2": -10.0, "L3": None}
    assert home.shown()["headroom_a"] == {"L1": 16.8, "L2": 30.0}


def test_sun_and_battery_are_published_in_our_units_and_signs(house):
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt", "invert": True}
    home = house(config(solar_w="sensor.sun", battery=battery))
    states = {"sensor.sun": unit(3.2, "kW"), "sensor.soc": unit(55, "%"), "sensor.batt": watts(-1200)}
    home.line(0, {"sensor.l1": amps(1), **states})
    shown = home.shown()
    assert (shown["solar_w"], shown["battery_soc_pct"], shown["battery_charge_w"]) == (3200, 55, 1200)


def test_what_is_not_there_is_none_and_never_zero(house):
    home = house(config())
    home.line(0, {"sensor.l1": amps(1)})
    shown = home.shown()
    assert (shown["solar_w"], shown["battery_soc_pct"], shown["battery_charge_w"]) == (None, None, None)


def test_the_age_of_data_is_that_of_the_oldest_meter(house):
    home = house(config(phases="L1 L2"))
    home.line(0, {"sensor.l1": amps(1), "sensor.l2": amps(1)})
    home.line(10, {"sensor.l1": amps(2)})
    assert home.shown()["data_age_s"] == 10


def test_each_meter_whose_last_report_is_stale_is_listed_with_its_age(house):
    home = house(config(phases="L1 L2"))
    home.line(0, {"sensor.l1": amps(1), "sensor.l2": amps(1)})
    assert home.shown()["silent_s"] == {}
    for second in range(10, 100, 10):
        home.line(second, {"sensor.l1": amps(2 + second)})
    assert home.shown()["silent_s"] == {"main L2": 90}


def test_the_age_of_data_is_none_while_a_meter_never_reported(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, charging())
    assert home.shown()["data_age_s"] is None


def test_the_fuse_budget_is_a_percentage_that_fills_under_overload(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(0), **charging(offer=6, draw=0)})
    assert home.shown()["fuse_budget_pct"] == 0
    home.steady(40, {"sensor.l1": amps(30), "sensor.car_draw": amps(6)})
    assert 50 <= home.shown()["fuse_budget_pct"] <= 100


def test_one_stray_reading_uses_up_no_fuse_budget(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(16), **charging(offer=16)})
    home.line(1, {"sensor.l1": amps(99999)})
    assert home.sent("number.car") == [6]
    told = charging(offer=6)
    home.line(2, {"sensor.l1": amps(6), **told})
    home.steady(40, {"sensor.l1": amps(6), **told})
    assert home.shown()["fuse_budget_pct"] < 80
    assert home.all_sent("switch.car") == []
    assert home.all_sent("number.car")[-1][1] > 6


def test_a_status_is_written_when_it_changes(house):
    home = house(config())
    home.line(0, {"sensor.l1": amps(1)})
    home.line(1, {"sensor.l1": amps(2)})
    assert home.reply["states"][SITE]["attributes"]["grid_a"] == {"L1": 2.0}


def test_without_a_change_it_is_written_every_thirty_seconds(house):
    home = house(config(loads={"car": charger()}))
    states = {"sensor.l1": amps(20), **charging()}
    home.line(0, states)
    written = []
    for second in range(1, 151):
        home.line(second, states)
        written += [second] if SITE in home.reply["states"] else []
    steady = [t for t in written if t > 60]
    assert steady == [t for t in range(61, 151) if t % 30 == steady[0] % 30]


def test_a_load_that_leaves_config_takes_its_entity_along(house):
    home = house(config(loads={"car": charger(), "pool": plug()}))
    home.line(0, {"sensor.l1": amps(1), **charging(), **switched(on=False)})
    assert home.state("sensor.fusebox_pool") is not None
    home.save(config(loads={"car": charger()}))
    home.steady(3, {"sensor.l1": amps(1)})
    assert home.state("sensor.fusebox_pool") is None
    assert home.state("sensor.fusebox_car") is not None


def test_the_site_has_a_name_and_an_icon_and_no_errors(house):
    home = house(config())
    home.line(0, {"sensor.l1": amps(1)})
    assert home.shown()["friendly_name"] and home.shown()["icon"].startswith("mdi:")
    assert home.shown()["errors"] == []


def test_an_unusual_fuse_is_queried_while_it_is_there(house):
    home = house(config(main_fuse_a=160, circuits={"garage": {"fuse_a": 250}, "shed": {"fuse_a": 80}}))
    home.line(0, {"sensor.l1": amps(1)})
    home.steady(60, {"sensor.l1": amps(1)})
    assert home.shown()["warnings"] == [
        "site.main_fuse_a: 160 A is more than houses have; is it printed on the breaker?",
        "site.circuits.garage.fuse_a: 250 A is above circuit 'main' (160 A); is it printed on the breaker?",
    ]
    home.save(config(main_fuse_a=80, circuits={"garage": {"fuse_a": 80}}))
    home.steady(65, {"sensor.l1": amps(1)})
    assert home.shown()["warnings"] == []
