"""The home battery is kept from emptying itself into a car, charged from the grid by price, and given back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import pytest

from fusebox.balancer.plans.plan_file import NAME
from simhouse.host.mirror import STORAGE_NAME

from .houses import House, amps, charger, config, unit, watts
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool, quarters

HOLD = {"select": "select.battery", "hold": "hold", "normal": "auto"}
CHARGE = {"switch": "switch.force_charge", "power_w": "number.charge_w"}


def written(car=None, **battery):
    more = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt", **battery}
    return {**config(loads={"car": charger(**(car or {}))}, battery=more), "prices": {"import": NORD_POOL}}


class BatteryNight(Night):
    """With a battery's entities, which obey."""

    soc = 50

    def states(self):
        self.shows = {"select.battery": "auto", "switch.force_charge": "off", **getattr(self, "shows", {})}
        soc = {"sensor.soc": unit(self.soc, "%"), "sensor.batt": watts(0)}
        number = {"number.charge_w": {"state": "0", "attributes": {"min": 0, "max": 5000}}}
        return {**super().states(), **soc, **number, **self.shows}

    def _obey(self):
        for call in self.house.reply["calls"]:
            entity = call["data"].get("entity_id")
            if self.shows.get(entity, "unavailable") != "unavailable":
                data, state = call["data"], "on" if call["service"].endswith("_on") else "off"
                self.shows[entity] = str(data.get("option", data.get("value", state)))
        super()._obey()


@pytest.fixture
def night(house):
    def begin(car=None, **battery):
        home = BatteryNight(house(written(car, **battery), start=T0, time_zone=ZONE))
        home.told = nord_pool({"20:15": 0.05})
        return home

    return begin


def test_it_is_held_while_a_car_runs_from_the_grid_and_given_back_after(night):
    home = night(hold=HOLD)
    home.run(60)
    assert home.shows["select.battery"] == "hold"
    site = home.house.shown()
    assert site["battery_order"] == "hold"
    assert site["battery_reason"] == "kept from discharging, because car charges from the grid"
    home.devices["car"].status, home.devices["car"].takes_a = "Available", 0
    home.run(120)
    assert home.shows["select.battery"] == "auto"
    assert home.house.shown()["battery_order"] == "normal"


def test_it_is_not_held_for_ways_that_config_leaves_out(night):
    home = night(hold=HOLD, hold_while=["boost"])
    home.run(60)
    assert home.shows["select.battery"] == "auto"
    home.house.call("fusebox_boost", load="car", state=True)
    home.run(30)
    assert home.shows["select.battery"] == "hold"


def test_it_is_held_during_a_wiring_test_and_given_back_after(night):
    home = night({"mode": "off"}, hold=HOLD)
    home.run(60)
    assert home.shows["select.battery"] == "auto"
    home.house.call("fusebox_commission", confirm=True)
    home.run(30)
    assert home.shows["select.battery"] == "hold"
    assert home.house.shown()["battery_reason"] == "kept from discharging during the wiring test"
    home.house.call("fusebox_commission", stop=True)
    home.run(120)
    assert home.shows["select.battery"] == "auto"


def test_it_is_given_back_when_a_meter_is_silent(night):
    home = night(hold=HOLD)
    home.run(60)
    assert home.shows["select.battery"] == "hold"
    states = home.states

    def silent():
        return {**states(), "sensor.l1": "unavailable"}

    home.states = silent
    home.run(180)
    assert home.shows["select.battery"] == "auto"


def test_it_is_given_back_at_the_next_start_where_power_was_cut(tmp_path):
    file = tmp_path / STORAGE_NAME / NAME
    with House(tmp_path, written(hold=HOLD), start=T0, time_zone=ZONE) as first:
        home = BatteryNight(first)
        home.run(100)
        assert home.shows["select.battery"] == "hold"
        kept = file.read_text(encoding="utf-8")
    file.write_text(kept, encoding="utf-8")
    idle = written()  # CONFIG knows nothing of it any more
    with House(tmp_path, idle, start=T0, time_zone=ZONE) as again:
        later = BatteryNight(again, car=Device(on=False))
        later.shows, later.second = dict(home.shows), 60
        later.house.t = 60
        later.run(10)
        assert later.shows["select.battery"] == "auto"


def test_it_is_given_back_once_its_select_is_there_again_after_a_power_cut(tmp_path):
    file = tmp_path / STORAGE_NAME / NAME
    with House(tmp_path, written(hold=HOLD), start=T0, time_zone=ZONE) as first:
        home = BatteryNight(first)
        home.run(60)
        kept = file.read_text(encoding="utf-8")
    file.write_text(kept, encoding="utf-8")
    with House(tmp_path, written(hold=HOLD), start=T0, time_zone=ZONE) as again:
        later = BatteryNight(again, car=Device(on=False, status="Available"))
        later.shows, later.second, later.house.t = {"select.battery": "unavailable"}, 60, 60
        later.run(400)
        (error,) = [error for error in later.house.shown()["errors"] if "battery" in error]
        assert error == "site.battery: the battery is not released: select.battery is unavailable"
        later.shows["select.battery"] = "hold"
        later.run(200)
        assert later.shows["select.battery"] == "auto"
        assert not [error for error in later.house.shown()["errors"] if "battery" in error]
        assert json.loads(file.read_text(encoding="utf-8"))["release"] == []
        later.shows["select.battery"] = "hold"  # by hand: that causes no report
        later.run(200)
        assert later.shows["select.battery"] == "hold"


def test_it_is_given_back_once_its_select_is_there_again_though_config_became_wrong(tmp_path):
    file = tmp_path / STORAGE_NAME / NAME
    with House(tmp_path, written(hold=HOLD), start=T0, time_zone=ZONE) as first:
        BatteryNight(first).run(60)
        kept = file.read_text(encoding="utf-8")
    for each in file.parent.iterdir():
        each.unlink()  # what was good last, too
    file.write_text(kept, encoding="utf-8")
    with House(tmp_path, written(hold={"select": "select"}), start=T0, time_zone=ZONE) as again:
        later = BatteryNight(again, car=Device(on=False, status="Available"))
        later.shows, later.second, later.house.t = {"select.battery": "unavailable"}, 60, 60
        later.run(300)
        assert later.house.state("sensor.fusebox_site") == "config_error"
        later.shows["select.battery"] = "hold"
        later.run(200)
        assert later.shows["select.battery"] == "auto"
        assert json.loads(file.read_text(encoding="utf-8"))["release"] == []


def test_a_select_that_config_names_no_more_is_given_back_once_it_is_there_again(night):
    home = night(hold=HOLD)
    home.run(60)
    home.shows |= {"select.battery": "unavailable", "select.new": "auto"}
    home.run(10)
    home.house.save(written(hold={**HOLD, "select": "select.new"}))
    home.run(120)
    assert home.shows["select.new"] == "hold"
    home.shows["select.battery"] = "hold"
    home.run(300)
    assert (home.shows["select.battery"], home.shows["select.new"]) == ("auto", "hold")


def test_a_battery_entity_that_returns_is_commanded_again(night):
    home = night(hold=HOLD)
    home.run(60)
    home.shows["select.battery"] = "unavailable"
    home.run(600)
    told = "site.battery: the battery does not follow: select.battery is unavailable"
    assert told in home.house.shown()["errors"]
    home.shows["select.battery"] = "auto"
    home.run(60)
    assert home.shows["select.battery"] == "hold"
    assert not [error for error in home.house.shown()["errors"] if "battery" in error]


def test_a_limit_in_percent_that_does_not_follow_is_sent_again(night):
    home = night(hold={"number": "number.limit", "hold": 0, "normal": 100})
    home.told |= {"number.limit": {"state": "100", "attributes": {"unit_of_measurement": "%"}}}
    home.run(200)
    assert len(home.house.all_sent("number.limit")) > 1


def test_it_is_charged_in_the_cheap_quarter_under_the_fuse(night):
    plan = {"ready_by": "20:45", "soc_target_pct": 60}
    home = night({"mode": "off"}, charge_from_grid=CHARGE, plan=plan, capacity_kwh=10, max_charge_w=5000)
    home.base_a["L1"] = 8.0
    home.run(60)
    assert home.shows["switch.force_charge"] == "off"
    shown = home.house.shown()
    (block,) = shown["plan"]
    assert (block["start"][11:16], block["end"][11:16], block["price"]) == ("20:15", "20:30", 0.05)
    assert 0 < block["kw"] <= 5
    assert shown["plan_reason"].startswith("charges from the grid 20:15 to 20:30 up to 60 %: ")
    home.until("20:17")
    assert home.shows["switch.force_charge"] == "on"
    (_, power_w), *_ = home.house.all_sent("number.charge_w")
    assert 3000 < power_w <= (25 - 8) * 230
    shown = home.house.shown()
    assert shown["battery_reason"] == "charges from the grid up to 60 %"
    assert (shown["battery_reason_code"], shown["battery_reason_values"]) == ("battery_charges", {"target_pct": 60})
    assert shown["plan_reason_code"] == "battery_plan_charges"
    home.soc = 60
    home.run(90)
    assert home.shows["switch.force_charge"] == "off"


def test_a_power_too_small_to_order_is_no_block(night):
    plan = {"ready_by": "20:45", "soc_target_pct": 50.3}
    home = night({"mode": "off"}, charge_from_grid=CHARGE, plan=plan, capacity_kwh=10)
    home.base_a["L1"] = 8.0
    home.until("20:25")
    assert home.shows["switch.force_charge"] == "off"
    shown = home.house.shown()
    assert (shown["plan"], shown["plan_reason"]) == ([], "nothing is planned")


def test_it_is_not_charged_for_less_than_its_loss(house):
    plan = {"ready_by": "20:45", "soc_target_pct": 90}
    battery = {"charge_from_grid": CHARGE, "plan": plan, "capacity_kwh": 10, "roundtrip": 0.6}
    home = BatteryNight(house(written({"mode": "off"}, **battery), start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:15": 0.20})  # 0.20 / 0.6 is more than 0.30
    home.base_a["L1"] = 8.0
    home.until("20:20")
    assert home.shows["switch.force_charge"] == "off"


@pytest.mark.parametrize("way", ["held", "charged"])
def test_a_saved_config_goes_on_with_the_order_and_sends_nothing(night, way):
    plan = {"charge_from_grid": CHARGE, "plan": {"ready_by": "20:45", "soc_target_pct": 60}, "capacity_kwh": 10}
    car, battery, order = ({"mode": "off"}, plan, "charge") if way == "charged" else ({}, {"hold": HOLD}, "hold")
    home = night(car, **battery)
    home.shows = {"number.charge_w": "0"}
    home.until("20:17")
    facts, sent = written(car, **battery), len(home.house.calls)
    facts["site"]["margin_a"] = 0.6
    home.house.save(facts)
    home.run(120)
    assert home.house.shown()["battery_order"] == order
    assert [call for call in home.house.calls[sent:] if call[2]["entity_id"] in home.shows] == []
    facts["site"]["dry_run"] = True
    home.house.save(facts)
    home.run(20)
    assert (home.shows["select.battery"], home.shows["switch.force_charge"]) == ("auto", "off")
    assert float(home.shows["number.charge_w"]) == 0


def test_a_saved_config_with_another_option_gives_the_order_anew_and_ends_with_the_new_one(night):
    home = night(hold=HOLD)
    home.run(60)
    assert home.shows["select.battery"] == "hold"
    home.house.save(written(hold={**HOLD, "hold": "no_discharge", "normal": "usual"}))
    home.run(30)
    assert home.shows["select.battery"] == "no_discharge"
    home.devices["car"].status, home.devices["car"].takes_a = "Available", 0
    home.run(120)
    assert home.shows["select.battery"] == "usual"


def test_a_dry_run_sends_it_nothing(house):
    facts = written(hold=HOLD)
    facts["site"]["dry_run"] = True
    home = BatteryNight(house(facts, start=T0, time_zone=ZONE), car=Device(on=True, takes_a=16, offer_a=16))
    home.run(60)
    assert home.shows["select.battery"] == "auto"
    site = home.house.shown()
    would = "would hold: kept from discharging, because car charges from the grid"
    assert (site["battery_order"], site["battery_reason"]) == ("normal", would)


def test_a_battery_that_does_not_follow_is_named(house):
    home = Night(house(written(hold=HOLD), start=T0, time_zone=ZONE))
    home.told = {"sensor.soc": unit(50, "%"), "sensor.batt": watts(0), "select.battery": "auto"}
    for _ in range(30):
        home.told |= {"sensor.soc": unit(50, "%"), "sensor.batt": watts(0), "sensor.l1": amps(home.grid_a("L1"))}
        home.run(10)
    assert any("the battery does not follow: select.battery stays at auto" in e for e in home.house.shown()["errors"])
    assert len([1 for _, service, _ in home.house.calls if service == "select.select_option"]) <= 5


def test_the_time_of_a_hold_is_reported_before(night):
    plan = {"ready_by": "21:30", "energy_kwh": 0.8}
    home = night({"mode": "solar_only", "plan": plan}, hold=HOLD)
    home.run(60)
    shown = home.house.shown()
    assert shown["battery_order"] == "normal"
    assert [(row["start"][11:16], row["kw"]) for row in shown["plan"]] == [("20:15", 0.0)]
    assert shown["plan_reason"] == "kept from discharging 20:15 to 20:30, while a car charges from the grid"


def test_an_hour_that_comes_twice_is_reported_in_its_order(house):
    start = datetime.fromisoformat("2026-10-25T01:00:00+02:00")
    cheap = [datetime.fromisoformat(text) for text in ("2026-10-25T02:30+02:00", "2026-10-25T02:00+01:00")]
    rows = quarters({}, start)
    for row in rows:
        row["value"] = 0.1 if datetime.fromisoformat(row["start"]) in cheap else 0.3
    facts = written({"mode": "solar_only", "plan": {"ready_by": "05:00", "energy_kwh": 3.0}}, hold=HOLD)
    home = BatteryNight(house(facts, start=start, time_zone=ZONE))
    home.told = {NORD_POOL: {"state": "0.3", "attributes": {"raw_today": rows, "unit_of_measurement": "EUR/kWh"}}}
    home.run(60)
    told = [row["start"] for row in home.house.shown()["plan"]]
    assert told[:2] == ["2026-10-25T02:30+02:00", "2026-10-25T02:00+01:00"]


class OnePhaseNight(BatteryNight):
    """On three phases, with its inverter on the first; it charges as commanded, in addition to the house's
    `house_a` and `others_a`. `reports`: what meters report in place of their currents."""

    house_a = 15.0
    others_a = (1.0, 1.0)
    reports: Mapping[str, str] = {}

    def states(self):
        shows = getattr(self, "shows", {})
        sent = self.house.all_sent("number.charge_w")
        charge_w = sent[-1][1] if sent and shows.get("switch.force_charge") == "on" else 0.0
        self.base_a = {"L1": self.house_a + charge_w / 230, "L2": self.others_a[0], "L3": self.others_a[1]}
        self.worst_a = max(getattr(self, "worst_a", 0.0), self.base_a["L1"])
        return {**super().states(), "sensor.batt": watts(charge_w), **self.reports}


def one_phase_night(house, **site):
    plan = {"ready_by": "21:00", "soc_target_pct": 90}
    facts = written({"mode": "off"}, charge_from_grid=CHARGE, plan=plan, capacity_kwh=10)
    facts["site"] |= {"grid": {phase: f"sensor.{phase.lower()}" for phase in ("L1", "L2", "L3")}, **site}
    home = OnePhaseNight(house(facts, start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:00": 0.05, "20:15": 0.05, "20:30": 0.05})
    return home


def test_a_battery_on_one_phase_is_charged_with_what_that_leaves(house):
    home = one_phase_night(house)
    home.run(240)
    assert home.shows["switch.force_charge"] == "on"
    assert 24 <= home.base_a["L1"] <= home.worst_a <= 25


def test_a_battery_on_a_full_wire_stops_at_once_and_waits_before_it_starts_again(house):
    home = one_phase_night(house)
    home.run(240)
    home.house_a = 26.0
    home.run(40)
    assert home.shows["switch.force_charge"] == "off"
    assert home.house.shown()["battery_reason_code"] == "battery_free_no_room"
    home.house_a = 15.0
    home.run(860)
    assert home.shows["switch.force_charge"] == "off"
    home.run(60)
    assert home.shows["switch.force_charge"] == "on"


def test_a_silent_phase_ends_charging_although_another_phase_is_over_its_fuse(house):
    home = one_phase_night(house, max_import_w=10_000, inverter={"phases": ["L1"], "max_w": 6000})
    home.house_a, home.others_a = 5.0, (1.0, 8.0)
    home.run(240)
    assert home.shows["switch.force_charge"] == "on"
    # By L1 and L2 alone the contract would leave 12 A, with what L3 still takes 4 A.
    home.others_a, home.reports = (26.0, 8.0), {"sensor.l3": "unavailable"}
    home.run(30)
    assert home.house.state("sensor.fusebox_site") == "over"
    assert home.house.shown()["battery_reason_code"] == "battery_free_silent"
    assert home.shows["switch.force_charge"] == "off"
    assert 230 * sum(home.base_a.values()) <= 10_000


def test_a_battery_without_a_power_entity_needs_room_for_its_full_power(house):
    plan = {"ready_by": "21:00", "soc_target_pct": 90}
    switch = {"switch": "switch.force_charge"}
    for base_a, order in ((8.0, "off"), (3.0, "on")):
        home = BatteryNight(
            house(
                written({"mode": "off"}, charge_from_grid=switch, plan=plan, capacity_kwh=10), start=T0, time_zone=ZONE
            )
        )
        home.told, home.base_a = nord_pool({"20:00": 0.05, "20:15": 0.05, "20:30": 0.05}), {"L1": base_a}
        home.run(60)
        assert home.shows["switch.force_charge"] == order


def charged_by_plan(night):
    """Return a night in whose cheap hours the battery is charged to 60 %, after its first minute."""
    plan = {"ready_by": "21:45", "soc_target_pct": 60}
    home = night({"mode": "off"}, charge_from_grid=CHARGE, plan=plan, capacity_kwh=10)
    home.told = nord_pool({f"{hour}:{minute}": 0.05 for hour in (20, 21) for minute in ("00", "15", "30")})
    home.base_a["L1"] = 8.0
    home.run(60)
    assert home.shows["switch.force_charge"] == "on"
    return home


def test_a_full_battery_is_not_topped_up_bit_by_bit(night):
    home = charged_by_plan(night)
    home.soc = 58  # what it lacks is still bought, for it is being charged
    home.run(400)
    assert home.shows["switch.force_charge"] == "on"
    home.soc = 60
    home.run(120)
    assert home.shows["switch.force_charge"] == "off"
    home.soc = 57
    home.run(400)
    assert home.shows["switch.force_charge"] == "off"
    home.soc = 52
    home.run(400)
    assert home.shows["switch.force_charge"] == "on"


def test_a_nearly_full_battery_whose_rest_is_too_little_to_order_counts_as_full(night):
    home = charged_by_plan(night)
    home.soc = 59.6
    home.until("20:17")
    assert home.shows["switch.force_charge"] == "off"
    home.soc = 57
    home.until("20:33")
    assert home.shows["switch.force_charge"] == "off"
