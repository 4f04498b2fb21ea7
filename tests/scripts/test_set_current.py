"""The services fusebox_set_max_current and fusebox_set_min_current: what they change and what they refuse."""

from __future__ import annotations

import pytest

from .houses import BOX, amps, charger, charging, config, plug, switched
from .living import Device, Living

CAR = {"sensor.l1": amps(20), **charging()}
GARAGE = {"garage": {"fuse_a": 20}}
MAX, MIN = "fusebox_set_max_current", "fusebox_set_min_current"
KEYS = ((MAX, "max_a"), (MIN, "min_a"))


def start(house, written=None, **options):
    """A car at 16 A behind a garage of 20 A, and a plug."""
    loads = {"car": charger(circuit="garage"), "pool": plug()}
    home = house(written or config(loads=loads, main_fuse_a=63, circuits=GARAGE), **options)
    home.line(0, {**CAR, **switched(on=True)})
    return home


def may_have(home):
    """The most that the car may have now [A]."""
    return home.call("fusebox_explain")["response"]["loads"]["car"]["allocated_a"]


@pytest.mark.parametrize("said, amount", [(10, 10), (10.5, 10.5), ("10", 10), (" 10.0 ", 10), ("1e1", 10), (6, 6)])
def test_a_number_or_a_text_that_is_one_is_set_and_cuts_in_the_same_answer(house, said, amount):
    home = start(house)
    assert home.call(MAX, load="car", current_a=said) == {
        "service": f"pyscript.{MAX}",
        "response": {"load": "car", "current_a": amount},
    }
    assert home.sent("number.car") == [int(amount)]
    assert may_have(home) == amount


def test_a_maximum_may_go_up_to_the_fuse_and_the_car_follows_when_there_is_room(house):
    home = start(house)
    home.steady(25, CAR)
    home.call(MAX, load="car", current_a=20)
    assert may_have(home) == 20
    home.steady(60, CAR)
    assert home.all_sent("number.car")[0][1] == 20


NO_NUMBERS = (
        (True, "True"), (False, "False"), ("many", "'many'"), ("16 A", "'16 A'"), ("16,5", "'16,5'"), ("", "''"),
        ("nan", "'nan'"), ("inf", "'inf'"), (float("nan"), "nan"), (float("inf"), "inf"), ([16], "a list"),
        ({"a": 16}, "a dict"), ("input_number.most", "'input_number.most'"), ("on", "'on'"), (10**400, "1000"),
)  # fmt: skip


@pytest.mark.parametrize("service, key", KEYS)
def test_what_is_no_number_is_refused(house, service, key):
    home = start(house, noisy=True)
    for said, shown in NO_NUMBERS:
        error = home.call(service, load="car", current_a=said)["error"]
        assert error.startswith(f"loads.car.{key}: {shown}")
        assert "is not a number; write amps such as" in error or error.endswith(
            "is an entity id; give the value itself"
        )
        assert len(error) < 150
        assert (home.calls, may_have(home)) == ([], 16), said


def test_a_current_that_does_not_fit_is_refused_with_what_would(house):
    home = start(house, noisy=True)
    for service, said, sentence in (
        (MAX, 21, "loads.car.max_a: 21 is above circuit 'garage' (20 A); give at most 20"),
        (MAX, 200, "loads.car.max_a: 200 is above circuit 'garage' (20 A); give at most 20"),
        (MAX, 5.9, "loads.car.max_a: 5.9 is below min_a (6 A); give at least 6"),
        (MAX, 0, "loads.car.max_a: 0 is below min_a (6 A); give at least 6"),
        (MAX, -16, "loads.car.max_a: -16 is below min_a (6 A); give at least 6"),
        (MIN, 21, "loads.car.min_a: 21 is above circuit 'garage' (20 A); give at most 20"),
        (MIN, 17, "loads.car.min_a: 17 is above max_a (16 A); give at most 16, or raise max_a first"),
        (MIN, 5, "loads.car.min_a: 5 is out of range; write 6 to 125 A"),
        (MIN, 0, "loads.car.min_a: 0 is out of range; write 6 to 125 A"),
        (MIN, -6, "loads.car.min_a: -6 is out of range; write 6 to 125 A"),
    ):
        assert home.call(service, load="car", current_a=said)["error"] == sentence
        assert (home.calls, may_have(home)) == ([], 16), said


def test_a_current_is_judged_against_the_other_one_as_it_was_set(house):
    home = start(house, noisy=True)
    home.call(MIN, load="car", current_a=10)
    assert home.call(MAX, load="car", current_a=9)["error"] == (
        "loads.car.max_a: 9 is below min_a (10 A); give at least 10, or lower min_a first"
    )
    home.call(MAX, load="car", current_a=12)
    assert "13 is above max_a (12 A)" in home.call(MIN, load="car", current_a=13)["error"]
    home.call(MIN, load="car", current_a=6)
    assert "response" in home.call(MAX, load="car", current_a=9)


def test_a_current_is_judged_against_the_other_one_as_its_entity_shows_it(house):
    home = house(config(loads={"car": charger(max_a="input_number.most")}, main_fuse_a=20), noisy=True)
    home.line(0, {**CAR, "input_number.most": "10"})
    assert "12 is above max_a (10 A)" in home.call(MIN, load="car", current_a=12)["error"]
    home.line(1, {"input_number.most": "16"})
    assert "response" in home.call(MIN, load="car", current_a=12)
    home.line(2, {"input_number.most": "32"})
    assert "response" in home.call(MIN, load="car", current_a=18)
    assert "21 is above circuit 'main' (20 A)" in home.call(MIN, load="car", current_a=21)["error"]


def test_a_fuse_that_is_an_entity_counts_as_it_is_now(house):
    home = house(config(loads={"car": charger()}, main_fuse_a="input_number.fuse"), noisy=True)
    home.line(0, {**CAR, "input_number.fuse": "unknown"})
    assert home.call(MAX, load="car", current_a=16)["error"] == (
        "loads.car.max_a: 16 cannot be judged while input_number.fuse, the fuse of 'main', is not known"
    )
    home.line(1, {"input_number.fuse": "20"})
    assert "response" in home.call(MAX, load="car", current_a=20)
    assert "21 is above circuit 'main' (20 A)" in home.call(MAX, load="car", current_a=21)["error"]
    home.line(2, {"input_number.fuse": "unavailable"})
    assert "21 is above circuit 'main' (20 A)" in home.call(MAX, load="car", current_a=21)["error"]


def test_two_sets_in_one_line_are_done_in_their_order(house):
    home = start(house, noisy=True)

    def both(*said):
        calls = [{"service": f"pyscript.{name}", "data": {"load": "car", "current_a": amps}} for name, amps in said]
        return ["response" in answer for answer in home.line(home.t, calls=calls)["responses"]]

    assert both((MIN, 18), (MAX, 20)) == [False, True]
    assert both((MAX, 20), (MIN, 18)) == [True, True]
    assert both((MAX, 8), (MIN, 8)) == [False, True]
    assert both((MIN, 8), (MAX, 8)) == [True, True]
    assert may_have(home) == 8


@pytest.mark.parametrize("service, key", KEYS)
def test_a_bad_call_fails_with_a_sentence_and_changes_nothing(house, service, key):
    home = start(house, noisy=True)
    for data, words in (
        ({"load": "cra", "current_a": 10}, ["load", "'cra'", "did you mean 'car'?"]),
        ({"load": "zzz", "current_a": 10}, ["'zzz'", "car", "pool"]),
        ({"current_a": 10}, ["load", "car"]),
        ({"load": "car"}, ["no value was given", "'car'", "{key}"]),
        ({}, ["load"]),
        ({"load": ["car", "van"], "current_a": 10}, ["load"]),
        ({"load": True, "current_a": 10}, ["load", "True"]),
        ({"load": "car", "current_a": 10, "for": 5}, ["for: there is no such field", "load, current_a"]),
        ({"load": "car", "max_a": 10}, ["max_a: there is no such field"]),
        ({"load": "pool", "current_a": 10}, ["{key} cannot be set here; for 'pool' you can set: rated_w"]),
    ):
        answer = home.call(service, **data)
        assert "response" not in answer
        assert all(word.format(key=key) in answer["error"] for word in words), answer["error"]
        assert (home.calls, may_have(home)) == ([], 16), data
        assert home.session.host.world.states.get("pyscript.fusebox_settings").attributes["overrides"] == {}, data


TANK = {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "phases": ["L1"]}
HEAT_PUMP = {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "phases": ["L1"]}


def test_the_current_of_a_load_that_has_none_is_refused(house):
    loads = {"plug": plug(), "tank": TANK, "heat_pump": HEAT_PUMP, "quasar": {"type": "quasar", "phases": ["L1"]}}
    home = house(config(loads=loads), noisy=True)
    home.line(0, {"sensor.l1": amps(5)})
    for name in loads:
        error = home.call(MAX, load=name, current_a=10)["error"]
        assert error.startswith(f"max_a cannot be set here; for '{name}' you can set: ")


@pytest.mark.parametrize("said", [1, "1"])
def test_a_load_whose_name_is_a_number_is_found_as_yaml_gives_it(house, said):
    home = house(config(loads={"1": charger()}))
    home.line(0, CAR)
    assert home.call(MAX, load=said, current_a=9)["response"] == {"load": "1", "current_a": 9}
    assert home.call("fusebox_set_mode", load=said, mode="off")["response"] == {"load": "1", "mode": "off"}


def test_a_minimum_above_what_there_is_room_for_pauses_the_car_until_there_is(house):
    with_room_a, full_a, pause_s = 5.0, 17.0, 180
    home = Living(house(config(loads={"car": charger()})), {"L1": full_a}, car=Device(offer_a=8))
    home.run(30)
    home.house.call(MIN, load="car", current_a=12)
    home.run(60)
    assert not home.devices["car"].on
    home.base_a["L1"] = with_room_a
    home.run(pause_s + 60)
    assert home.devices["car"].on
    assert home.devices["car"].offer_a >= 12
    assert home.worst_a <= 25


def test_a_minimum_that_no_longer_fits_gives_way_to_the_fuse(house):
    home = start(house, config(loads={"car": charger()}))
    home.call(MIN, load="car", current_a=12)
    home.line(1, {"sensor.l1": amps(56), **charging()})
    assert home.sent("number.car") == [12]
    home.line(2, {"sensor.l1": amps(52), **charging(offer=12)})
    assert home.sent("switch.car") == ["off"]


def test_a_charger_whose_own_limit_is_lower_than_a_maximum_is_not_sent_more(house):
    home = house(config(loads={"car": charger()}, main_fuse_a=63))
    states = {"sensor.l1": amps(20), **charging(offer=10, max=10)}
    home.line(0, states)
    home.call(MAX, load="car", current_a=20)
    home.steady(60, states)
    assert home.all_sent("number.car") == []


@pytest.mark.parametrize("service", [MAX, MIN])
def test_the_services_are_described_with_their_fields(house, service):
    described = start(house).session.host.service_description(f"pyscript.{service}")
    assert set(described["fields"]) == {"load", "current_a"}
    assert all(described["fields"][field]["required"] for field in ("load", "current_a"))
    assert described["fields"]["current_a"]["selector"]["number"]["unit_of_measurement"] == "A"
    assert BOX["min"] == int(described["fields"]["current_a"]["selector"]["number"]["min"])


@pytest.mark.parametrize(("asked_a", "highest_a"), [(17, 16), (25, 16)])
def test_more_than_the_charger_takes_is_refused_and_what_it_takes_is_set(house, asked_a, highest_a):
    home = house(config(loads={"car": charger(max_a=10)}, main_fuse_a=63))
    sees = {"sensor.l1": amps(20), **charging(offer=10, max=highest_a)}
    home.line(0, sees)
    assert home.shown("car")["highest_a"] == highest_a
    error = home.call(MAX, load="car", current_a=asked_a)["error"]
    assert error == f"loads.car.max_a: {asked_a} A is more than its charger takes; give at most {highest_a}"
    assert home.call(MAX, load="car", current_a=highest_a)["response"]["current_a"] == highest_a
