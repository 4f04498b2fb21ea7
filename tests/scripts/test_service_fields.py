"""Services take what people give: a load by its name or its entity, a box that is ticked or an old word."""

from __future__ import annotations

import pytest

from simhouse.host.pyscript_host import DEFAULT_SCRIPTS

from .houses import amps, charger, charging, config, plug, switched


def started(house):
    home = house(config(loads={"car": charger(), "pool": plug(mode="off")}))
    home.line(0, {"sensor.l1": amps(5), **charging(), **switched(on=False)})
    return home


@pytest.mark.parametrize(
    "load", ["car", "sensor.fusebox_car", "number.car", "switch.car", "sensor.car_draw", ["sensor.fusebox_car"]]
)
def test_a_load_is_known_by_its_name_and_by_each_of_its_entities(house, load):
    assert started(house).call("fusebox_set_mode", load=load, mode="off")["response"]["load"] == "car"


@pytest.mark.parametrize("load", ["sensor.fusebox_site", "sensor.l1", "cra", ["car", "pool"], {"car": 1}])
def test_what_is_no_loads_is_refused_with_the_known_ones(house, load):
    answer = started(house).call("fusebox_set_mode", load=load, mode="off")
    assert "load: there is no load" in answer["error"]


@pytest.mark.parametrize(
    "service, fields, question",
    [
        ("fusebox_set_mode", {"load": "car"}, "mode: which one? 'car' has standard, "),
        ("fusebox_set_distribution", {}, "no value was given; for the site you can set: distribution, "),
        ("fusebox_boost", {"load": "car"}, "state: on or off?"),
        ("fusebox_setup", {"write": None}, "write: on or off?"),
    ],
)
def test_an_empty_field_is_requested(house, service, fields, question):
    assert question in started(house).call(service, **fields)["error"]


@pytest.mark.parametrize("state, on", [(True, True), ("on", True), ("yes", True), (False, False), ("off", False)])
def test_a_boost_is_a_box_to_tick_and_the_old_words_still_do(house, state, on):
    answer = started(house).call("fusebox_boost", load="sensor.fusebox_pool", state=state)
    assert answer["response"] == {"load": "pool", "state": "on" if on else "off"}


def test_each_field_of_each_service_has_something_to_pick_from():
    texts = [file.read_text(encoding="utf-8") for file in DEFAULT_SCRIPTS.glob("*.py")]
    assert sum(text.count("selector:") for text in texts) >= 11
    # Only a household's name is written: no service knows which there are.
    assert sum(text.count("text:") for text in texts) == 1
