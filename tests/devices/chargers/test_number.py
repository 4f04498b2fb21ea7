"""`number` chargers: what their entities say, and what a command calls."""

from __future__ import annotations

import pytest

from fusebox.devices import DRIVERS
from fusebox.devices.chargers.number import NUMBER
from fusebox.model.decision import Command
from fusebox.model.equipment import Source
from fusebox.model.load import Load
from fusebox.model.snapshot import Status

from ...control.houses import car
from ...runtime.home import Home

DRAW = Source(entity="sensor.draw")
WHOLE = {"current": "number.box", "switch": "switch.box", "status": "sensor.status", "draw": DRAW}


def box(*, without: str = "", **more: object) -> Load:
    """A charger with every entity but one."""
    return car("box", device={**{key: value for key, value in WHOLE.items() if key != without}, **more})


def seen(load: Load, **changed: object):
    """The state read from a charger of which some entities show something else; None takes an entity away."""
    home = Home()
    home.shows("number.box", 12, min=6, max=32, step=1)
    home.shows("switch.box", "on")
    home.shows("sensor.status", "Charging")
    home.shows("sensor.draw", 11.5, unit_of_measurement="A")
    for name, text in changed.items():
        entity = {"number": "number.box", "switch": "switch.box", "status": "sensor.status"}[name]
        if text is None:
            del home.states[entity]
        else:
            home.shows(entity, text)
    return NUMBER.read(load, home.view(), 230.0)


def called(load: Load, **command: object) -> list[tuple[str, dict[str, object]]]:
    """Services and data that a command makes, in order."""
    made = NUMBER.calls(load, Command(load.name, **command))  # type: ignore[arg-type]
    return [(f"{call.domain}.{call.service}", dict(call.data)) for call in made]


def test_the_driver_table_knows_number_chargers():
    assert DRIVERS["number"] is NUMBER


def test_every_entity_is_read():
    state = seen(box())
    assert (state.offer_a, state.on, state.status, state.draw_a[0]) == (12, True, Status.CHARGING, 11.5)
    assert state.switched and state.available and state.can_use_power


@pytest.mark.parametrize(
    ("number", "switch", "is_available"),
    [("unknown", "off", True), ("unavailable", "off", False), ("unknown", "on", True), ("unknown", "unknown", False)],
)
def test_an_unknown_number_with_a_known_switch_can_be_set(number, switch, is_available):
    """Some integrations know their current only while a car charges: the charger would never start."""
    state = seen(box(), number=number, switch=switch)
    assert (state.offer_a, state.offer_hidden, state.available) == (None, is_available, is_available)


def test_a_negative_current_is_no_value():
    """A glitch of its integration is not its user's setting, which would keep the charger off for the session."""
    state = seen(box(), number=-11)
    assert (state.offer_a, state.available) == (None, False)


def test_every_entity_is_watched():
    assert NUMBER.entities(box()) == ("number.box", "switch.box", "sensor.status", "sensor.draw")


def test_only_the_current_is_needed():
    load = car("box", device={"current": "number.box", "switch": None, "status": None, "draw": None})
    state = seen(load)
    assert NUMBER.entities(load) == ("number.box",)
    assert (state.offer_a, state.switched, state.on, state.status) == (12, False, None, Status.UNKNOWN)
    assert state.available and state.can_use_power and state.draw_a == (None, None, None)


def test_the_devices_own_limits_are_read():
    state = seen(box())
    assert (state.device_min_a, state.device_max_a, state.device_step_a) == (6, 32, 1)


@pytest.mark.parametrize("nonsense", [None, "unknown", "", "nan", "inf", "six", [], {}])
def test_limits_that_are_no_numbers_are_not_known(nonsense):
    home = Home()
    home.shows("number.box", 12, min=nonsense, max=nonsense, step=nonsense)
    state = NUMBER.read(car("box", device={"current": "number.box"}), home.view(), 230.0)
    assert (state.device_min_a, state.device_max_a, state.device_step_a) == (None, None, None)
    assert state.available


def test_limits_may_be_texts():
    home = Home()
    home.shows("number.box", 12, min="6.0", max="32", step="0.5")
    state = NUMBER.read(car("box", device={"current": "number.box"}), home.view(), 230.0)
    assert (state.device_min_a, state.device_max_a, state.device_step_a) == (6, 32, 0.5)


@pytest.mark.parametrize("word", [None, "unavailable", "Unavailable", "none", "", " ", "nan", "inf", "12 A"])
def test_a_charger_whose_number_says_nothing_is_not_available(word):
    state = seen(box(), number=word)
    assert (state.available, state.offer_a) == (False, None)


def test_what_an_unavailable_charger_draws_still_counts():
    assert seen(box(), number="unavailable").draw_a[0] == 11.5


@pytest.mark.parametrize("word", [None, "unknown", "unavailable", "", "perhaps", "0", "true"])
def test_a_switch_that_says_nothing_is_neither_on_nor_off(word):
    state = seen(box(), switch=word)
    assert (state.switched, state.on, state.available) == (True, None, True)


@pytest.mark.parametrize("word, on", [("on", True), ("off", False), ("ON", True), ("Off", False)])
def test_a_switch_is_read_in_any_case(word, on):
    assert seen(box(), switch=word).on is on


@pytest.mark.parametrize(
    "word, can_use_power",
    [
        ("Available", False),
        ("Reserved", False),
        ("Finishing", False),
        ("Faulted", False),
        ("full", False),
        ("error", False),
        ("Preparing", True),
        ("SuspendedEV", True),
        ("SuspendedEVSE", True),
        ("Charging", True),
        ("paused", True),
        ("waiting", True),
        ("words of a new firmware", True),
        ("unknown", True),
        ("unavailable", True),
        (None, True),
    ],
)
def test_only_a_charger_that_surely_can_use_no_current_takes_no_part(word, can_use_power):
    assert seen(box(), status=word).can_use_power is can_use_power


def test_off_goes_first():
    off, current = called(box(), current_a=6.0, on=False)
    assert off == ("switch.turn_off", {"entity_id": "switch.box"})
    assert current == ("number.set_value", {"entity_id": "number.box", "value": 6.0})


def test_on_goes_last():
    current, on = called(box(), current_a=6.0, on=True)
    assert current == ("number.set_value", {"entity_id": "number.box", "value": 6.0})
    assert on == ("switch.turn_on", {"entity_id": "switch.box"})


def test_what_a_command_leaves_alone_is_not_called():
    assert [name for name, _ in called(box(), current_a=0.0)] == ["number.set_value"]
    assert [name for name, _ in called(box(), on=False)] == ["switch.turn_off"]
    assert called(box()) == []


def test_a_charger_without_a_switch_is_not_switched():
    assert [name for name, _ in called(box(without="switch"), current_a=6.0, on=True)] == ["number.set_value"]


@pytest.mark.parametrize(("without", "from_a", "stops"), [("", 6, True), ("switch", 0, True), ("switch", 6, False)])
def test_a_switch_stops_a_charger_or_a_number_that_goes_down_to_nothing(without, from_a, stops):
    home = Home()
    home.shows("number.box", 12, min=from_a, max=32, step=1)
    home.shows("switch.box", "on")
    assert NUMBER.read(box(without=without), home.view(), 230.0).can_pause is stops


@pytest.mark.parametrize("domain", ["number", "input_number"])
def test_a_current_is_set_in_its_own_domain(domain):
    load = box(current=f"{domain}.box")
    assert called(load, current_a=7.5) == [(f"{domain}.set_value", {"entity_id": f"{domain}.box", "value": 7.5})]


@pytest.mark.parametrize("domain", ["switch", "input_boolean", "light"])
def test_a_switch_is_switched_in_its_own_domain(domain):
    load = box(switch=f"{domain}.box")
    assert called(load, on=True) == [(f"{domain}.turn_on", {"entity_id": f"{domain}.box"})]
    assert called(load, on=False) == [(f"{domain}.turn_off", {"entity_id": f"{domain}.box"})]
