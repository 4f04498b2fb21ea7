"""The service fusebox_set_distribution, and a distribution that is an entity."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config

CARS = {"sensor.l1": amps(24), **charging("car", 12), **charging("van", 12)}
"""Two cars at 12 A on a 25 A fuse: shared leaves them so, priority gives the first 16 A and cuts the second."""


def cars(**site):
    return config(loads={"car": charger("car"), "van": charger("van")}, main_fuse_a=24, **site)


def start(house, **site):
    home = house(cars(**site))
    home.line(0, CARS)
    return home


def explained(home):
    return home.call("fusebox_explain")["response"]["distribution"]


@pytest.mark.parametrize(
    "said, distribution",
    [
        ("shared", "shared"), ("Shared", "shared"), ("SHARED", "shared"), (" shared ", "shared"),
        ("priority", "priority"), ("Priority", "priority"), ("strict", "strict"), ("Sequential - Strict", "strict"),
        ("sequential - strict", "strict"), ("sequential_strict", "strict"), ("optimized", "optimized"),
        ("Sequential - Optimized", "optimized"),
    ],
)  # fmt: skip
def test_every_distribution_by_name_and_by_label(house, said, distribution):
    home = start(house)
    assert home.call("fusebox_set_distribution", distribution=said) == {
        "service": "pyscript.fusebox_set_distribution",
        "response": {"distribution": distribution},
    }
    assert explained(home) == distribution


def test_the_cut_of_a_new_distribution_is_in_the_same_answer(house):
    home = start(house, distribution="shared")
    assert home.calls == []
    home.call("fusebox_set_distribution", distribution="priority")
    assert home.sent("number.van") == [8]


@pytest.mark.parametrize(
    "data, words",
    [
        ({"distribution": "fair"}, ["distribution", "'fair'", "shared", "priority", "optimized", "strict"]),
        ({"distribution": "prioritty"}, ["did you mean 'priority'?"]),
        ({"distribution": "Sequential"}, ["'Sequential'", "strict"]),
        ({"distribution": ""}, ["distribution"]),
        ({"distribution": None}, ["no value was given", "distribution"]),
        ({}, ["no value was given", "distribution"]),
        ({"distribution": False}, ["distribution", "False"]),
        ({"distribution": 3}, ["distribution", "3"]),
        ({"distribution": ["shared"]}, ["distribution", "shared"]),
        ({"distribution": "input_select.how"}, ["input_select.how", "is an entity id; give the value itself"]),
        ({"distribution": "shared", "load": "car"}, ["load: there is no such field"]),
        ({"mode": "shared"}, ["mode: there is no such field"]),
    ],
)
def test_a_bad_call_fails_with_a_sentence_and_changes_nothing(house, data, words):
    home = house(cars(distribution="shared"), noisy=True)
    home.line(0, CARS)
    answer = home.call("fusebox_set_distribution", **data)
    assert "response" not in answer
    assert all(word in answer["error"] for word in words), answer["error"]
    assert home.calls == []
    assert explained(home) == "shared"


def test_without_a_site_there_is_nothing_to_share(house):
    home = house({}, noisy=True)
    home.line(0)
    error = home.call("fusebox_set_distribution", distribution="shared")["error"]
    assert error == "distribution cannot be set here; for the site you can set: nothing"


def test_with_a_config_that_was_never_right_there_is_nothing_to_set(house):
    home = house(cars(netting="nonsense"), noisy=True)
    home.line(0, CARS)
    answer = home.call("fusebox_set_distribution", distribution="shared")
    assert "no valid CONFIG" in answer["error"]
    assert "sensor.fusebox_site" in answer["error"]


def test_the_last_of_two_sets_in_one_line_holds(house):
    home = start(house)
    call = "pyscript.fusebox_set_distribution"
    said = [{"service": call, "data": {"distribution": word}} for word in ("shared", "Sequential - Strict")]
    assert [r["response"]["distribution"] for r in home.line(0, calls=said)["responses"]] == ["shared", "strict"]
    assert explained(home) == "strict"


def test_what_was_set_lasts_over_a_restart(house):
    start(house).call("fusebox_set_distribution", distribution="shared")
    assert explained(start(house)) == "shared"


def test_what_was_set_lasts_over_a_reload_that_leaves_the_distribution_alone(house):
    home = start(house)
    home.call("fusebox_set_distribution", distribution="shared")
    home.save(cars(margin_a=1))
    home.steady(3, CARS)
    assert explained(home) == "shared"


def test_an_edit_of_the_distribution_in_config_drops_what_was_set(house):
    home = start(house)
    home.call("fusebox_set_distribution", distribution="shared")
    home.save(cars(distribution="strict"))
    home.steady(3, CARS)
    assert explained(home) == "strict"
    home.save(cars())
    home.steady(6, CARS)
    assert explained(home) == "priority"


@pytest.mark.parametrize("word", ["priority", "Priority"])
def test_a_distribution_from_an_input_select_acts_in_the_same_second(house, word):
    home = house(cars(distribution="input_select.how"))
    home.line(0, {**CARS, "input_select.how": "Shared"})
    home.line(1, CARS)
    assert home.calls == []
    home.line(1, {"input_select.how": word})
    assert home.sent("number.van") == [8]


@pytest.mark.parametrize("word", ["unknown", "unavailable", "Party", None])
def test_an_unknown_distribution_leaves_the_last_one(house, word):
    home = house(cars(distribution="input_select.how"))
    home.line(0, {**CARS, "input_select.how": "Shared"})
    home.line(1, {"input_select.how": word})
    assert home.calls == []
    assert explained(home) == "shared"


@pytest.mark.parametrize(
    "options, option",
    [
        (["Shared", "Priority", "Sequential - Optimized", "Sequential - Strict"], "Sequential - Strict"),
        (["shared", "strict"], "strict"),
        (None, "strict"),
    ],
)
def test_the_entity_is_written_with_its_own_label_and_nothing_is_stored(house, options, option):
    home = house(cars(distribution="input_select.how"))
    attributes = {} if options is None else {"options": options}
    home.line(0, {**CARS, "input_select.how": {"state": "shared", "attributes": attributes}})
    home.call("fusebox_set_distribution", distribution="strict")
    assert home.sent("input_select.how") == [option]
    assert explained(home) == "shared"
    home.line(1, {"input_select.how": option})
    assert explained(home) == "strict"
    home.line(2, {"input_select.how": "shared"})
    assert explained(home) == "shared"


def test_the_service_is_described_with_its_field(house):
    described = start(house).session.host.service_description("pyscript.fusebox_set_distribution")
    field = described["fields"]["distribution"]
    assert set(described["fields"]) == {"distribution"}
    assert field["required"]
    assert field["selector"]["select"]["options"] == ["shared", "priority", "optimized", "strict"]
