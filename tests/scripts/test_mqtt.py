"""`publish_mqtt.py`: the messages to the broker, the controls, and what remains at the end."""

from __future__ import annotations

import json

import pytest

from .houses import amps, charger, charging, config, plug, switched
from .switching import home as switching_home

HOUSE = {"sensor.l1": amps(40), **charging(), **switched(on=True)}
COMMAND = "fusebox/{}/{}/set"


def start(house, *, mqtt=True, **more):
    written = config(loads={"car": charger(), "pool": plug()}, main_fuse_a=63, mqtt=mqtt)
    home = house({**written, "prices": {"fixed": 0.3}}, **more)
    home.line(0, HOUSE)
    home.steady(3, HOUSE)
    return home


def published(home, since=-1.0):
    """(topic, message, retained) of everything published, in order."""
    sent = [data for t, service, data in home.calls if service == "mqtt.publish" and t > since]
    return [(data["topic"], data["payload"], data["retain"]) for data in sent]


def kept(home):
    """What the broker keeps."""
    retained = {topic: message for topic, message, retain in published(home) if retain}
    return {topic: message for topic, message in retained.items() if message}


def told(home, name="car"):
    return json.loads(kept(home)[f"fusebox/{name}/state"])


def press(home, name, key, payload, **more):
    home.session.run(home.session.host.mqtt_message, COMMAND.format(name, key), payload, *more.values())
    home.steady(home.t + 2, HOUSE)


def alive(home, since=-1.0):
    return [message for topic, message, _ in published(home, since) if topic == "fusebox/alive"]


def test_without_a_request_nothing_is_published(house):
    assert published(start(house, mqtt=False)) == []


def test_each_device_is_discovered_with_what_it_shows(house):
    home = start(house)
    assert told(home) == {
        "allocated": 16.0,
        "drawn": 16.0,
        "power": 3680.0,
        "energy": 0.0,
        "status": "charging",
        "reason": "has all it can use",
        "mode": "standard",
        "min_a": 6,
        "max_a": 16,
        "phases": None,
        "plan_state": "none",
        "plan": "",
        "max_price": None,
        "stop_energy_kwh": 0,
        "boosted": "OFF",
        "refused": None,
    }
    assert told(home, "pool")["allocated"] == 2300
    site = told(home, "site")
    assert (site["distribution"], site["max_import_w"], site["dry_run"]) == ("priority", 14490, "OFF")
    names = {topic.split("/")[2] for topic in kept(home) if topic.startswith("homeassistant/")}
    assert names == {"fusebox_car", "fusebox_pool", "fusebox_site"}


def test_the_prefix_is_the_one_of_config(house):
    home = start(house, mqtt={"prefix": "ha/found"})
    assert {topic.split("/")[0] for topic in kept(home)} == {"ha", "fusebox"}


def test_only_what_changes_is_published_again(house):
    home = start(house)
    home.steady(20, HOUSE)
    before = home.t
    home.steady(100, HOUSE)
    sent = published(home, before)
    assert {topic for topic, _, retain in sent if retain} == {"fusebox/car/state", "fusebox/pool/state"}
    assert len(alive(home, before)) <= 3
    cars = [message for topic, message, _ in sent if topic == "fusebox/car/state"]
    assert len(set(cars)) == len(cars) <= 10  # its energy grows
    before = home.t
    home.line(101, {**HOUSE, **charging(draw=10)})
    home.steady(103, {**HOUSE, **charging(draw=10)})
    assert "fusebox/car/state" in [topic for topic, _, _ in published(home, before)]


def test_it_is_alive_once_it_listens_and_not_while_nothing_is_decided(house):
    home = start(house)
    assert (alive(home)[0], alive(home)[-1]) == ("offline", "online")


@pytest.mark.parametrize(
    ("name", "key", "payload", "shown"),
    [
        ("car", "mode", "excess", {"mode": "excess"}),
        ("car", "max_a", "12.5", {"max_a": 12.5}),
        ("car", "plan", "20 kWh by 07:00", {"plan": "20 kWh by 07:00"}),
        ("pool", "plan", "1,5h by 20:00", {"plan": "1.5 h by 20:00"}),
        ("car", "max_price", "0.12", {"max_price": 0.12, "plan": "below 0.12"}),
        ("car", "stop_energy_kwh", "12.5", {"stop_energy_kwh": 12.5}),
        ("car", "plan", "below 0.12", {"max_price": 0.12, "plan": "below 0.12"}),
        ("car", "boost", "ON", {"boosted": "ON", "mode": "standard"}),
        ("site", "distribution", "shared", {"distribution": "shared"}),
    ],
)
def test_a_control_sets_and_shows_what_is_in_force(house, name, key, payload, shown):
    home = start(house)
    press(home, name, key, payload)
    assert told(home, name).items() >= shown.items()


def test_the_select_of_a_charger_that_switches_its_phases_switches_them(house):
    life = switching_home(house, mqtt=True)
    life.run(30)
    session = life.house.session
    session.run(session.host.mqtt_message, COMMAND.format("car", "phases"), "1")
    life.run(174)
    assert life.moved_at_a == [0.0]
    assert (told(life.house)["phases"], told(life.house)["refused"]) == ("1", None)


@pytest.mark.parametrize("payload", ["none", ""])
def test_a_plan_is_cleared_as_it_was_set(house, payload):
    home = start(house)
    press(home, "car", "plan", "20 kWh by 07:00")
    assert told(home)["plan_state"] in ("waiting", "running")
    press(home, "car", "plan", payload)
    assert (told(home)["plan"], told(home)["plan_state"]) == ("", "none")


def test_a_boost_ends_as_it_began(house):
    home = start(house)
    press(home, "car", "boost", "ON")
    press(home, "car", "boost", "OFF")
    assert told(home)["boosted"] == "OFF"


@pytest.mark.parametrize(
    ("name", "key", "payload", "words"),
    [
        ("car", "max_a", "80", "above circuit 'main' (63 A)"),
        ("car", "mode", "faster", "'faster' is not a mode"),
        ("car", "reset", "ON", "nothing that could be reset"),
        ("car", "phases", "1", "'car' does not switch phases"),
        ("car", "colour", "red", "there is no such control"),
        ("car", "plan", "much", "'much' is no plan; write it like '20 kWh by 07:00'"),
        ("car", "plan", "20 kWh by 27:00", "'27:00' is no time of day"),
        ("car", "plan", "5 h by 07:00", "hours: a car charges for as long as it takes"),
        ("site", "distribution", "fair", "'fair' is not a distribution"),
    ],
)
def test_a_refusal_is_reported_and_the_old_value_is_shown_again(house, name, key, payload, words):
    home = start(house)
    before, at_s = told(home, name), home.t
    press(home, name, key, payload)
    assert words in told(home, name).pop("refused")
    assert {**told(home, name), "refused": None} == before
    for _ in range(2):  # the same refusal for the second time too
        assert (f"fusebox/{name}/state") in [topic for topic, _, _ in published(home, at_s)]
        at_s = home.t
        press(home, name, key, payload)
    press(home, "site", "distribution", "strict") if name == "site" else press(home, "car", "max_a", "10")
    assert told(home, name)["refused"] is None


def test_an_unknown_load_belongs_to_no_device(house):
    home = start(house)
    before, at_s = kept(home), home.t
    press(home, "bike", "mode", "off")
    assert kept(home).keys() == before.keys()
    assert [topic for topic, _, _ in published(home, at_s) if "bike" in topic] == []


def test_a_retained_command_is_an_old_one(house):
    home = start(house)
    press(home, "car", "mode", "off", retain=True)
    assert told(home)["mode"] == "standard"


def test_after_the_birth_message_of_home_assistant_all_is_published_again(house):
    home = start(house)
    home.steady(40, HOUSE)
    before, at_s = kept(home), home.t
    home.session.run(home.session.host.mqtt_message, "homeassistant/status", "online")
    home.steady(44, HOUSE)
    assert {topic for topic, _, retain in published(home, at_s) if retain} == set(before)
    assert len(alive(home, at_s)) >= 3  # it listens some time after the message


def test_nothing_stays_of_a_load_that_left_nor_of_all_when_it_is_switched_off(house):
    home = start(house)
    assert any("pool" in topic for topic in kept(home))
    home.save(config(loads={"car": charger()}, main_fuse_a=63, mqtt=True))
    home.steady(15, HOUSE)
    assert [topic for topic in kept(home) if "pool" in topic] == []
    assert any("car" in topic for topic in kept(home))
    home.save(config(loads={"car": charger()}, main_fuse_a=63))
    home.steady(30, HOUSE)
    assert kept(home) == {}


def test_a_missing_broker_is_reported_and_gets_everything_again_later(house):
    home = start(house)
    home.steady(20, HOUSE)
    before = kept(home)
    away = {"service": "mqtt.publish", "error": "The client is not currently connected"}
    home.line(21, HOUSE, respond=[away])
    home.steady(130, HOUSE)
    assert home.shown()["errors"] == [
        "site.mqtt: nothing reaches the broker (The client is not currently connected); check that it runs"
    ]
    at_s = home.t
    home.line(131, HOUSE, respond=[])
    home.steady(140, HOUSE)
    assert home.shown()["errors"] == []
    assert {topic for topic, _, retain in published(home, at_s) if retain} >= set(before)
