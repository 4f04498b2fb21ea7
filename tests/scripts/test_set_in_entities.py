"""What a service sets where CONFIG names an entity: it is written there, or refused before anything is sent."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config

CAR = {"sensor.l1": amps(20), **charging()}
MAX, MIN, MODE = "fusebox_set_max_current", "fusebox_set_min_current", "fusebox_set_mode"


def start(house, entity, shown="16", *, key="max_a", noisy=False, **attributes):
    """A car one of whose values is an entity; None as `shown` is an entity that does not exist."""
    home = house(config(loads={"car": charger(**{key: entity})}, main_fuse_a=63), noisy=noisy)
    seen = {} if shown is None else {entity: {"state": shown, "attributes": attributes}}
    home.line(0, {**CAR, **seen})
    home.calls.clear()
    return home


def may_have(home):
    return home.call("fusebox_explain")["response"]["loads"]["car"]["allocated_a"]


@pytest.mark.parametrize("entity", ["input_number.most", "number.most", "input_text.most", "text.most"])
def test_a_maximum_is_written_to_its_entity_and_counts_when_that_shows_it(house, entity):
    home = start(house, entity)
    assert home.call(MAX, load="car", current_a="10")["response"] == {"load": "car", "current_a": 10}
    assert home.reply["calls"] == [
        {"service": f"{entity.partition('.')[0]}.set_value", "data": {"entity_id": entity, "value": 10}}
    ]
    home.line(1, {entity: "10"})
    assert home.sent("number.car") == [10]


def test_nothing_is_stored_in_addition_to_the_entity(house):
    home = start(house, "input_number.most")
    home.call(MAX, load="car", current_a=10)
    home.line(1, {"input_number.most": "10.0"})
    home.line(2, {"input_number.most": "13.0"})
    assert may_have(home) == 13


def test_a_minimum_is_written_to_its_entity(house):
    home = start(house, "input_number.least", "6", key="min_a")
    home.call(MIN, load="car", current_a=9.5)
    assert home.sent("input_number.least") == [9.5]


@pytest.mark.parametrize("said, option", [(10, "10"), ("13.0", "13"), (16, "16.0")])
def test_a_select_of_currents_gets_its_own_option(house, said, option):
    home = start(house, "input_select.most", options=["8", "10", "13", "16.0"])
    home.call(MAX, load="car", current_a=said)
    assert home.sent("input_select.most") == [option]


@pytest.mark.parametrize("domain", ["input_number", "number"])
@pytest.mark.parametrize(
    "limits, said, words",
    [
        ({"min": 8, "max": 20}, 21, "21 is outside what {} takes (at least 8 and at most 20)"),
        ({"min": 8, "max": 20}, 7, "7 is outside what {} takes (at least 8 and at most 20)"),
        ({"max": 20}, 20.5, "20.5 is outside what {} takes (at most 20)"),
        ({"min": 8.5}, 8, "8 is outside what {} takes (at least 8.5)"),
    ],
)
def test_a_current_outside_the_entitys_own_range_is_not_sent(house, domain, limits, said, words):
    entity = f"{domain}.most"
    home = start(house, entity, noisy=True, **limits)
    error = home.call(MAX, load="car", current_a=said)["error"]
    assert error.startswith(f"loads.car.max_a: {words.format(entity)}")
    assert error.endswith("; keep to that, or change the entity")
    assert home.calls == []


@pytest.mark.parametrize("said", [8, 20, "8", 14.5])
def test_the_ends_of_the_entitys_range_are_inside(house, said):
    home = start(house, "input_number.most", min=8, max=20)
    home.call(MAX, load="car", current_a=said)
    assert home.sent("input_number.most") == [float(said)]


def test_the_fuse_is_checked_before_the_entity(house):
    home = start(house, "input_number.most", noisy=True, min=6, max=20)
    assert "64 is above circuit 'main' (63 A)" in home.call(MAX, load="car", current_a=64)["error"]


def test_the_limits_of_a_text_are_of_its_length(house):
    home = start(house, "input_text.most", noisy=True, min=0, max=2)
    home.call(MAX, load="car", current_a=16)
    assert home.sent("input_text.most") == [16]
    error = home.call(MAX, load="car", current_a=12.5)["error"]
    assert "12.5 is outside what input_text.most takes (at least 0 and at most 2 characters)" in error
    assert home.reply["calls"] == []


@pytest.mark.parametrize(
    "service, key, said",
    [(MAX, "max_a", {"current_a": 10}), (MIN, "min_a", {"current_a": 7}), (MODE, "mode", {"mode": "off"})],
)
class TestAnEntityThatCannotTakeAValue:
    """Home Assistant would answer such calls with success, and do nothing."""

    @pytest.mark.parametrize(
        "away",
        [
            ("unavailable", "is unavailable; repair that first"),
            (None, "does not exist; create it, or correct CONFIG"),
        ],
    )
    @pytest.mark.parametrize("domain", ["input_text", "input_select"])
    def test_one_that_is_away(self, house, service, key, said, away, domain):
        shown, words = away
        entity = f"{domain}.it"
        home = start(house, entity, shown, key=key, noisy=True)
        error = home.call(service, load="car", **said)["error"]
        assert error == f"loads.car.{key}: CONFIG names {entity}, which {words}"
        assert home.calls == []

    @pytest.mark.parametrize("entity", ["sensor.it", "var.it", "pyscript.it"])
    def test_one_that_can_only_be_read(self, house, service, key, said, entity):
        home = start(house, entity, "7" if key != "mode" else "standard", key=key, noisy=True)
        error = home.call(service, load="car", **said)["error"]
        assert error.startswith(f"loads.car.{key}: CONFIG names {entity}, which can only be read")
        assert ("input_select" if key == "mode" else "input_number") in error
        assert home.calls == []

    def test_a_select_without_such_an_option(self, house, service, key, said):
        shown = "8" if key != "mode" else "Standard"
        home = start(house, "input_select.it", shown, key=key, noisy=True, options=[shown, "False"])
        error = home.call(service, load="car", **said)["error"]
        assert error == (
            f"loads.car.{key}: input_select.it has no option for {next(iter(said.values()))}; "
            f"its options are {shown}, False; add one to it"
        )
        assert home.calls == []


def test_a_mode_cannot_be_a_number(house):
    home = start(house, "input_number.mode", "1", key="mode", noisy=True)
    (error,) = home.shown()["errors"]
    assert error.startswith("loads.car.mode: 'input_number.mode' shows no such word; write one of input_select, ")


def test_an_entity_that_has_no_value_yet_may_be_given_one(house):
    home = start(house, "input_number.most", "unknown")
    home.call(MAX, load="car", current_a=12)
    assert home.sent("input_number.most") == [12]


def test_what_the_entitys_own_service_refuses_reaches_the_caller(house):
    home = start(house, "input_number.most", noisy=True)
    home.line(1, respond=[{"service": "input_number.set_value", "error": "not in this house"}])
    assert home.call(MAX, load="car", current_a=12)["error"] == "not in this house"
    assert may_have(home) == 16
