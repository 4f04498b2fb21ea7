"""Two cars share one charger: each is recognised and has its own plan and limits, and a guest has none."""

from __future__ import annotations

from typing import Any

import pytest

from simhouse.devices.ocpp_entities import Box

from .charging_points import street
from .houses import charger, config, unit
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool

TAG = "sensor.tag"
PLUGS = {"ioniq": "binary_sensor.ioniq_plugged", "leaf": "binary_sensor.leaf_plugged"}
IONIQ = {
    "soc_pct": "sensor.ioniq_soc", "capacity_kwh": 58, "plugged": PLUGS["ioniq"], "tags": ["04A1B2"], "max_a": 10,
    "plan": {"ready_by": "07:00", "soc_target_pct": 60},
}  # fmt: skip
LEAF = {"plugged": PLUGS["leaf"], "tags": ["77"]}
AT_HOME = {TAG: "", PLUGS["ioniq"]: "off", PLUGS["leaf"]: "off", "sensor.ioniq_soc": unit(50, "%")}


class Garage(Night):
    """A box without a car in a cheap night, until one is plugged in."""

    step_s = 10

    def __init__(self, house, told: dict[str, Any] | None = None, status: str = "Available", **car: Any) -> None:
        cars, prices = car.pop("cars", {"ioniq": IONIQ, "leaf": LEAF}), car.pop("prices", True)
        keys = {"vehicles": ["ioniq", "leaf"], "tag": TAG, "pause_s": 0, **car}
        written = {**config(loads={"car": charger(**keys)}), "vehicles": cars}
        written |= {"prices": {"import": NORD_POOL}} if prices else {}
        super().__init__(house(written, start=T0, time_zone=ZONE), car=Device(on=False, status=status, takes_a=16))
        self.told = {**nord_pool({"02:00": 0.1, "02:15": 0.1}), **AT_HOME, **(told or {})}
        self.run(30)

    def plug_in(self, **told: Any) -> None:
        self.devices["car"].status = "Charging"
        self.told = told
        self.run(20)

    def unplug(self) -> None:
        self.devices["car"].status = "Available"
        self.told = {TAG: ""}
        self.run(20)

    @property
    def shown(self) -> dict[str, Any]:
        return self.house.shown("car")

    def choose(self, vehicle: str) -> dict[str, Any]:
        return self.house.call("fusebox_set_vehicle", load="car", vehicle=vehicle)


def test_each_car_at_a_shared_box_charges_by_its_own_plan(house) -> None:
    night = Garage(house)
    assert (night.shown["vehicle"], night.shown["vehicles"]) == (None, ["ioniq", "leaf", "guest"])
    night.plug_in(**{TAG: "04:A1:B2"})
    night.run(60)
    assert (night.shown["vehicle"], night.shown["plan_state"]) == ("ioniq", "waiting")
    assert {drawn_a for _, drawn_a in night.drew} == {0.0}, "not started before its plan is known"
    night.unplug()
    assert night.shown["vehicle"] is None
    night.plug_in(**{TAG: "77"})
    night.run(60)
    assert (night.shown["vehicle"], night.shown["plan_state"]) == ("leaf", "none")
    assert night.devices["car"].draw_a == 16


def test_a_car_is_recognised_by_being_plugged_in_with_the_charger(house) -> None:
    night = Garage(house)
    night.plug_in()
    assert night.shown["vehicle"] is None
    night.told = {PLUGS["leaf"]: "on"}
    night.run(30)
    assert night.shown["vehicle"] == "leaf"
    night.run(180)
    assert night.shown["vehicle"] == "leaf"


def test_a_car_that_may_have_a_plan_is_not_started_before_it_is_known(house) -> None:
    night = Garage(house)
    night.plug_in()
    assert night.devices["car"].draw_a == 0
    assert night.shown["reason"] == "waits until its car is recognised, at most 2 min after it was plugged in"
    night.run(120)
    assert night.shown["vehicle"] == "guest"
    assert night.devices["car"].draw_a > 0


def test_a_guest_has_no_plan_of_others_and_stops_at_its_energy(house) -> None:
    night = Garage(house, guest={"energy_kwh": 0.5}, plan={"ready_by": "06:00", "energy_kwh": 20})
    night.counted_rest_s = night.step_s
    night.plug_in()
    night.run(1800)
    shown = night.shown
    assert (shown["vehicle"], shown["plan_state"]) == ("guest", "none")
    assert night.kwh() == pytest.approx(0.5, abs=0.06)
    assert shown["stop_at"] == "0.5 kWh"


def test_an_energy_of_0_is_no_limit_of_a_guest(house) -> None:
    night = Garage(house, {"input_number.guest": "0"}, guest={"energy_kwh": "input_number.guest"})
    night.plug_in()
    night.run(1200)
    assert (night.shown["vehicle"], night.shown["stop_at"]) == ("guest", None)
    assert night.devices["car"].draw_a > 0


def test_a_wrong_guess_is_corrected_once_and_lasts_over_a_restart(house) -> None:
    night = Garage(house)
    night.plug_in(**{PLUGS["ioniq"]: "on"})
    assert night.shown["vehicle"] == "ioniq"
    assert night.choose("Leaf")["response"] == {"load": "car", "vehicle": "leaf"}
    night.told = {TAG: "04A1B2"}
    night.run(60)
    assert night.shown["vehicle"] == "leaf"
    assert night.devices["car"].draw_a == 16
    again = Garage(house, {TAG: "04A1B2", PLUGS["ioniq"]: "on"}, status="Charging")
    assert again.shown["vehicle"] == "leaf"
    again.unplug()
    again.plug_in(**{TAG: "04A1B2"})
    assert again.shown["vehicle"] == "ioniq"


def test_the_car_limits_its_current_and_the_users_limit_stays(house) -> None:
    night = Garage(house, max_a=16)
    night.plug_in(**{TAG: "04A1B2"})
    night.house.call("fusebox_boost", load="car", state=True)
    night.run(60)
    assert night.devices["car"].draw_a == 10
    assert night.shown["max_a"] == 16


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"vehicle": "zoe"}, "vehicle: 'zoe' is not a car here"),
        ({}, "vehicle: which one? write ioniq, leaf, guest, automatic"),
        ({"vehicle": "leaf"}, "load: no car is connected"),
    ],
)
def test_what_is_no_car_here_is_refused(house, fields, words) -> None:
    night = Garage(house)
    assert words in str(night.house.call("fusebox_set_vehicle", load="car", **fields))


def test_a_car_is_recognised_by_the_tag_of_its_transaction_without_any_more_keys(house) -> None:
    cars = {"ioniq": {"tags": ["04A1B2"]}, "leaf": {}}
    life = street(house, Box(), load={"vehicles": ["ioniq", "leaf"]}, sections={"vehicles": cars})
    (point,) = life.points
    point.plugged, point.tag = False, ""
    life.run(20)
    point.plugged = True
    life.run(5)
    assert life.house.shown("car")["vehicle"] is None
    point.tag = "04a1b2"
    life.run(5)
    assert life.house.shown("car")["vehicle"] == "ioniq"
    point.plugged, point.tag = False, ""
    life.run(10)
    assert life.house.shown("car")["vehicle"] is None


def test_sessions_name_the_car_and_can_be_added_up_for_each(house) -> None:
    night = Garage(house)
    for tag, seconds in (("77", 600), ("04A1B2", 60), ("77", 300)):
        night.plug_in(**{TAG: tag})
        assert night.house.shown("car_energy")["session_vehicle"] in ("leaf", "ioniq")
        night.run(seconds)
        night.unplug()
    answer = night.house.call("fusebox_sessions", vehicle="leaf")["response"]["sessions"]
    assert [line["vehicle"] for line in answer] == ["leaf", "leaf"]
    rows = night.house.call("fusebox_sessions", totals="month")["response"]["totals"]
    assert [(row["period"], row["vehicle"], row["sessions"]) for row in rows] == [
        ("2026-11", "ioniq", 1),
        ("2026-11", "leaf", 2),
    ]
    assert rows[1]["kwh"] == pytest.approx(sum(line["kwh"] for line in answer), abs=0.002)
    table = night.house.call("fusebox_sessions", totals="day", csv=True)["response"]["csv"]
    assert table.splitlines()[1].startswith("2026-11-22,car,ioniq,1,")
    assert "totals: 'year' is not a period" in str(night.house.call("fusebox_sessions", totals="year"))
    assert "by: ['load'] is not a kind of sum" in str(night.house.call("fusebox_sessions", by=["load"]))


def test_an_entity_that_can_be_set_names_the_car_and_follows_a_tap(house) -> None:
    options = {"state": "nobody", "attributes": {"options": ["nobody", "The Leaf", "Leaf", "Ioniq"]}}
    night = Garage(house, {"input_select.car": options}, without=["status"], vehicle="input_select.car", tag=None)
    night.run(20)
    assert night.shown["vehicle"] == "guest"
    assert night.choose("leaf")["response"]["vehicle"] == "leaf"
    calls = [call["data"] for call in night.house.reply["calls"] if call["service"] == "input_select.select_option"]
    assert calls == [{"entity_id": "input_select.car", "option": "Leaf"}]


@pytest.mark.parametrize("prices", [True, False])
def test_a_car_below_its_least_charge_does_not_wait_for_sun(house, prices: bool) -> None:
    least = {**IONIQ, "plan": None, "min_soc_pct": 20}
    night = Garage(
        house,
        {"sensor.ioniq_soc": unit(19.5, "%")},
        mode="solar_only",
        cars={"ioniq": least, "leaf": LEAF},
        prices=prices,
    )
    night.plug_in(**{TAG: "04A1B2"})
    night.run(60)
    assert night.devices["car"].draw_a > 5
    assert night.shown["plan_state"] == "running"
    night.told = {"sensor.ioniq_soc": unit(21, "%")}
    night.run(300)
    assert night.devices["car"].draw_a == 0
    shown = night.shown
    assert (shown["plan_state"], shown["reason_code"]) == ("none", "waits_for_energy")


def test_a_car_says_how_full_it_is_and_when_it_is_ready(house) -> None:
    night = Garage(house)
    assert "soc_pct" not in night.shown
    night.plug_in(**{TAG: "04A1B2"})
    night.run(30)
    shown = night.shown
    assert shown["soc_pct"] == 50
    assert "2026-11-23T06:45" < shown["ready_at"] < "2026-11-23T07:01"
    night.unplug()
    night.plug_in(**{TAG: "77"})
    night.run(30)
    assert night.shown["ready_at"] is None
    night.house.call("fusebox_set_limit", load="car", stop_energy_kwh=3.68)
    night.run(60)
    assert night.shown["ready_at"][:14] == "2026-11-22T21:"  # an hour at 16 A


def test_a_charging_car_that_is_corrected_to_one_that_waits_is_ready_by_that_cars_plan(house) -> None:
    night = Garage(house)
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.run(60)
    assert night.devices["car"].draw_a > 5
    night.choose("ioniq")
    for _ in range(16):
        night.run(5)
        shown = night.shown
        assert (shown["vehicle"], shown["plan_state"]) == ("ioniq", "waiting")
        assert "2026-11-23T06:45" < shown["ready_at"] < "2026-11-23T07:01"


def test_a_boosted_car_is_ready_at_its_pace_while_its_plan_waits(house) -> None:
    night = Garage(house)
    night.plug_in(**{TAG: "04A1B2"})
    night.house.call("fusebox_boost", load="car", state=True)
    night.run(120)
    assert night.devices["car"].draw_a > 5
    assert "2026-11-22T21" < night.shown["ready_at"] < "2026-11-23T00"


def test_ready_at_follows_a_boost_and_the_end_of_a_session_at_once(house) -> None:
    night = Garage(house)
    night.plug_in(**{TAG: "04A1B2"})
    night.house.call("fusebox_boost", load="car", state=True)
    night.run(120)
    night.house.call("fusebox_boost", load="car", state=False)
    assert "2026-11-23T06:45" < night.shown["ready_at"] < "2026-11-23T07:01"
    night.devices["car"].status = "Available"
    night.run(1, every=1)
    assert night.shown["ready_at"] is None


@pytest.mark.parametrize("kind", ["input_select.car", "sensor.car"])
def test_without_sessions_the_entity_overrules_a_tap_once_it_names_another_car(house, kind) -> None:
    options = {"attributes": {"options": ["ioniq", "leaf", "nobody"]}}
    night = Garage(house, {kind: {"state": "ioniq", **options}}, without=["status"], vehicle=kind, tag=None)
    night.choose("leaf")
    night.told = {kind: {"state": "leaf" if kind.startswith("input") else "ioniq", **options}}
    night.run(30)
    assert night.shown["vehicle"] == "leaf"
    night.told = {kind: {"state": "unavailable", **options}}
    night.run(30)
    assert night.shown["vehicle"] == "leaf"
    for word, vehicle in (("nobody", "guest"), ("ioniq", "ioniq")):
        night.told = {kind: {"state": word, **options}}
        night.run(30)
        assert night.shown["vehicle"] == vehicle


def test_a_corrected_car_stays_correct_when_its_charger_restarts(house) -> None:
    night = Garage(house)
    night.plug_in(**{PLUGS["ioniq"]: "on", PLUGS["leaf"]: "on"})
    night.choose("leaf")
    night.run(300)
    night.unplug()
    night.plug_in()
    assert night.shown["vehicle"] == "leaf"
    night.unplug()
    night.told = {PLUGS["leaf"]: "off"}
    night.run(10)
    night.plug_in()
    night.run(150)
    assert night.shown["vehicle"] == "guest"


def test_a_plan_set_for_a_car_ends_with_it_however_soon_another_one_comes(house) -> None:
    night = Garage(house)
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.house.call("fusebox_set_plan", load="car", ready_by="06:00", energy_kwh=5)
    night.run(15)
    night.devices["car"].status, night.told = "Available", {PLUGS["leaf"]: "off"}
    night.run(4, every=1)
    night.devices["car"].status, night.told = "Charging", {PLUGS["ioniq"]: "on"}
    night.run(30, every=1)
    assert (night.shown["vehicle"], night.shown["plan_asked"]) == ("ioniq", IONIQ["plan"])


def test_a_plan_set_for_a_car_stays_when_the_car_is_corrected(house) -> None:
    night = Garage(house)
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.house.call("fusebox_set_plan", load="car", ready_by="06:00", energy_kwh=5)
    night.run(15)
    night.choose("ioniq")
    night.run(30)
    assert (night.shown["vehicle"], night.shown["plan_asked"]["energy_kwh"]) == ("ioniq", 5)


def test_a_plan_that_was_set_is_never_shown_as_not_planned_yet(house) -> None:
    night, reasons = Garage(house), []
    night.plug_in(**{PLUGS["leaf"]: "on"})
    states = night.house.session.host.world.states
    states.listen("sensor.fusebox_car", lambda _entity, _old, new, _context: reasons.append(new.attributes["reason"]))
    night.house.call("fusebox_set_plan", load="car", ready_by="06:00", energy_kwh=5)
    assert [reason.split(":")[0] for reason in reasons] == ["waits until 02"]


def test_a_preview_just_after_recognition_counts_the_cars_own_charge(house) -> None:
    night = Garage(house)
    night.plug_in()
    night.run(50)
    night.told = {PLUGS["ioniq"]: "on"}
    night.run(5)
    assert (night.shown["vehicle"], night.shown["reason"]) == ("ioniq", "nothing is planned yet")
    shown = night.house.call("fusebox_set_plan", load="car", ready_by="07:00", soc_target_pct=60, preview=True)
    assert shown["response"]["plan_reason_values"]["energy_kwh"] == pytest.approx(58 * 0.1 / 0.9, abs=0.1)


def test_a_stop_set_for_this_session_stays_when_the_car_is_corrected(house) -> None:
    night = Garage(house, guest={"energy_kwh": 10})
    night.plug_in()
    night.choose("guest")
    assert night.shown["stop_at"] == "10 kWh"
    night.house.call("fusebox_set_limit", load="car", stop_energy_kwh=5)
    for car in ("leaf", "guest"):
        night.choose(car)
        assert night.shown["stop_at"] == "5 kWh"
    night.unplug()
    night.plug_in()
    night.choose("guest")
    assert night.shown["stop_at"] == "10 kWh"


def test_a_car_corrected_just_before_it_leaves_is_that_of_the_session(house) -> None:
    night = Garage(house)
    night.plug_in()
    night.choose("guest")
    night.run(60)
    night.devices["car"].status = "Charging"
    night.run(3, every=1)
    night.choose("leaf")
    night.devices["car"].status = "Available"
    night.run(3, every=1)
    (line,) = night.house.call("fusebox_sessions")["response"]["sessions"]
    assert line["vehicle"] == "leaf"


SELECT = "input_select.car"
OPTIONS = {"options": ["nobody", "ioniq", "leaf", "guest"]}


def chosen_by_select(house, word: str, **car: Any) -> Garage:
    """Return a night with a select that names the car, at this word."""
    return Garage(house, {SELECT: {"state": word, "attributes": OPTIONS}}, vehicle=SELECT, **car)


def move(night: Garage, word: str) -> None:
    night.told = {SELECT: {"state": word, "attributes": OPTIONS}}
    night.run(30)


def test_a_tap_is_written_to_the_select_and_corrects_this_session_only(house) -> None:
    night = chosen_by_select(house, "nobody")
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.choose("guest")
    calls = [
        call["data"]["option"] for call in night.house.reply["calls"] if call["service"] == "input_select.select_option"
    ]
    assert calls == ["guest"]
    move(night, "guest")
    assert night.shown["vehicle"] == "guest"
    night.unplug()
    night.run(130)
    night.told = {PLUGS["leaf"]: "off"}
    night.run(10)
    night.plug_in(**{PLUGS["ioniq"]: "on"})
    assert night.shown["vehicle"] == "ioniq", "the next car is recognised by itself"
    night.unplug()
    night.told = {PLUGS["ioniq"]: "off"}
    night.run(130)
    move(night, "leaf")
    night.plug_in(**{PLUGS["ioniq"]: "on"})
    assert night.shown["vehicle"] == "leaf", "the select was moved"


@pytest.mark.parametrize(("word", "vehicle"), [("ioniq", "ioniq"), ("guest", "guest"), ("nobody", "leaf")])
def test_a_select_that_is_moved_after_a_tap_counts(house, word, vehicle) -> None:
    night = chosen_by_select(house, "nobody")
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.choose("ioniq")
    move(night, "ioniq")
    night.choose("guest")
    move(night, "guest")
    assert night.shown["vehicle"] == "guest"
    if word == "guest":
        move(night, "ioniq")
    move(night, word)
    assert night.shown["vehicle"] == vehicle


def test_a_tap_that_is_taken_back_leaves_the_select_as_it_was_for_the_next_car(house) -> None:
    night = chosen_by_select(house, "ioniq")
    night.plug_in()
    for word in ("guest", "ioniq"):
        night.choose(word)
        move(night, word)
    night.unplug()
    night.run(130)
    night.plug_in(**{PLUGS["leaf"]: "on"})
    assert night.shown["vehicle"] == "ioniq"


def test_an_unknown_word_in_the_select_is_named_with_the_known_ones(house) -> None:
    night = chosen_by_select(house, "Zoe")
    errors = night.house.shown()["errors"]
    assert errors == ["loads.car.vehicle: 'Zoe' is not a car here; write ioniq, leaf, guest, nobody"]
    move(night, "nobody")
    assert night.house.shown()["errors"] == []


def test_a_car_that_leaves_the_list_of_its_load_is_not_there(house) -> None:
    night = Garage(house)
    night.plug_in(**{TAG: "04A1B2"})
    night.run(180)
    assert night.shown["vehicle"] == "ioniq"
    loads = {"car": charger(vehicles=["leaf"], tag=TAG, pause_s=0)}
    cars = {"ioniq": IONIQ, "leaf": LEAF}
    night.house.save({**config(loads=loads), "vehicles": cars, "prices": {"import": NORD_POOL}})
    night.run(60)
    shown = night.shown
    assert (shown["vehicle"], shown["vehicles"], shown.get("soc_pct")) == ("guest", ["leaf", "guest"], None)


def two_boxes(house) -> Night:
    """Return a night with a car at each of two chargers; the one at the box was named by its tag."""
    cars = {"vehicles": ["ioniq", "leaf"], "pause_s": 0}
    loads = {"car": charger("car", tag=TAG, **cars), "wall": charger("wall", **cars)}
    written = {**config(loads=loads), "vehicles": {"ioniq": IONIQ, "leaf": LEAF}, "prices": {"import": NORD_POOL}}
    devices = {name: Device(on=False, status="Available", takes_a=16) for name in loads}
    night = Night(house(written, start=T0, time_zone=ZONE), **devices)
    night.step_s = 10
    night.told = {**nord_pool({}), **AT_HOME}
    night.run(30)
    for device in devices.values():
        device.status = "Charging"
    return night


@pytest.mark.parametrize("tag", ["", "04A1B2"])
def test_a_car_chosen_at_a_second_charger_is_no_longer_at_the_first(house, tag) -> None:
    night = two_boxes(house)
    night.told = {TAG: tag}
    night.run(180)
    for name in ("car", "wall"):
        night.house.call("fusebox_set_vehicle", load=name, vehicle="ioniq")
    found = {name: night.house.shown(name) for name in ("car", "wall")}
    assert {name: shown["vehicle"] for name, shown in found.items()} == {"car": "guest", "wall": "ioniq"}
    assert {name: shown["plan_state"] for name, shown in found.items()} == {"car": "none", "wall": "waiting"}
    night.house.call("fusebox_set_vehicle", load="car", vehicle="guest")
    night.house.call("fusebox_set_vehicle", load="wall", vehicle="guest")
    assert night.house.shown("car")["vehicle"] == "guest", "there may be two guests"


def test_cars_that_leave_config_while_one_is_there_stop_nothing(house) -> None:
    night = Garage(house)
    night.plug_in(**{TAG: "04A1B2"})
    assert night.shown["vehicle"] == "ioniq"
    night.house.save({**config(loads={"car": charger()}), "prices": {"import": NORD_POOL}})
    night.run(60)
    assert night.house.state("sensor.fusebox_site") == "ok"
    assert night.devices["car"].draw_a == 16


def test_after_its_session_a_select_displays_again_what_it_did_before_the_tap(house) -> None:
    night = chosen_by_select(house, "nobody")
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.choose("guest")
    move(night, "guest")
    night.unplug()
    assert night.house.all_sent(SELECT)[-1][1] == "guest", "a charger that restarts loses its car for a moment"
    night.run(130)
    assert [word for _, word in night.house.all_sent(SELECT)] == ["guest", "nobody"]
    move(night, "nobody")
    night.run(60)
    assert len(night.house.all_sent(SELECT)) == 2
    night.plug_in(**{PLUGS["leaf"]: "off", PLUGS["ioniq"]: "on"})
    assert night.shown["vehicle"] == "ioniq"


def test_a_choice_is_ended_by_automatic_and_the_car_is_recognised_again(house) -> None:
    night = chosen_by_select(house, "nobody")
    night.plug_in(**{PLUGS["leaf"]: "on"})
    night.choose("guest")
    move(night, "guest")
    night.run(300)
    assert night.shown["vehicle"] == "guest"
    assert night.choose("automatic")["response"] == {"load": "car", "vehicle": "leaf"}
    night.run(10)
    assert night.house.all_sent(SELECT)[-1][1] == "nobody"
    move(night, "nobody")
    assert night.shown["vehicle"] == "leaf"
    assert night.choose("Automatic")["response"]["vehicle"] == "leaf", "there is nothing to end"
    night.unplug()
    assert "load: no car is connected" in str(night.choose("automatic"))


def test_a_tap_counts_though_the_select_has_no_option_for_that_car(house) -> None:
    select = {"input_select.car": {"state": "nobody", "attributes": {"options": ["nobody", "ioniq"]}}}
    night = Garage(house, select, vehicle="input_select.car")
    night.plug_in()
    assert night.choose("leaf") == {
        "service": "pyscript.fusebox_set_vehicle", "response": {"load": "car", "vehicle": "leaf"},
    }  # fmt: skip
    assert [call["service"] for call in night.house.reply["calls"] if "input_select" in call["service"]] == []


@pytest.mark.parametrize(
    ("vehicle", "plan", "limit"),
    [
        ("leaf", "needs soc_pct and capacity_kwh of 'leaf' in CONFIG", "needs soc_pct of 'leaf' in CONFIG"),
        (
            "guest",
            "a guest has no state of charge; write ready_by and energy_kwh, or max_price",
            "of 'guest' in CONFIG",
        ),
    ],
)
def test_a_refusal_names_the_car_whose_charge_is_not_known(house, vehicle, plan, limit) -> None:
    night = Garage(house)
    night.plug_in()
    night.choose(vehicle)
    refused = night.house.call("fusebox_set_plan", load="car", soc_target_pct=80, ready_by="07:00")["error"]
    assert refused == f"soc_target_pct: {plan}"
    assert limit in night.house.call("fusebox_set_limit", load="car", stop_soc_pct=80)["error"]
