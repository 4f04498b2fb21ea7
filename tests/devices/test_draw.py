"""Draw sensors become amps on a load's phases; what is no measurement stays unknown."""

from __future__ import annotations

import pytest

from fusebox.devices.driver import draw_age_s, draw_entities, read_draw
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Source

from ..control.houses import car
from ..runtime.home import Home

ONE = Source(entity="sensor.draw")
EACH = {p: Source(entity=f"sensor.draw_{p.name.lower()}") for p in Phase}


def read(draw: object, home: Home, phases: str = "L1"):
    return read_draw(home.view(), car("box", phases=phases), draw, 230.0)


def showing(text: object, unit: str | None = "A", entity: str = "sensor.draw") -> Home:
    home = Home()
    home.shows(entity, text, **({} if unit is None else {"unit_of_measurement": unit}))
    return home


@pytest.mark.parametrize(
    "text, unit, amps",
    [
        ("10", "A", 10),
        ("10000", "mA", 10),
        ("2300", "W", 10),
        ("2.3", "kW", 10),
        ("2300", "VA", 10),
        ("2.3", "kVA", 10),
        ("10", " a ", 10),
        ("0", "A", 0),
        ("-0.3", "A", 0),
        ("-60", "W", 0),
    ],
)
def test_every_unit_becomes_amps_and_never_less_than_none(text, unit, amps):
    assert read(ONE, showing(text, unit))[0] == pytest.approx(amps)


@pytest.mark.parametrize("unit", [None, "", "V", "kWh", "%", "bananas"])
def test_a_draw_without_a_usable_unit_is_unknown(unit):
    assert read(ONE, showing("10", unit)) == (None, None, None)


@pytest.mark.parametrize("text", ["unknown", "unavailable", "", "nan", "inf", "-inf", "ten"])
def test_a_draw_that_is_no_number_is_unknown(text):
    assert read(ONE, showing(text)) == (None, None, None)


def test_a_draw_whose_entity_is_missing_is_unknown():
    assert read(ONE, Home()) == (None, None, None)


def test_a_load_without_a_draw_sensor_has_no_draw():
    assert read(None, Home()) == (None, None, None)


def test_a_unit_that_contradicts_the_sensors_own_is_ignored_unless_declared_wrong():
    assert read(Source(entity="sensor.draw", unit="kW"), showing("2.3", "A"))[0] is None
    right = Source(entity="sensor.draw", unit="kW", unit_is_wrong=True)
    assert read(right, showing("2.3", "A"))[0] == pytest.approx(10)


def test_invert_turns_the_sign_before_the_noise_is_cut():
    inverted = Source(entity="sensor.draw", invert=True)
    assert read(inverted, showing("-10"))[0] == 10
    assert read(inverted, showing("10"))[0] == 0
    assert read(inverted, showing("-2300", "W"))[0] == 10


def test_one_current_counts_on_every_phase_of_the_load():
    assert read(ONE, showing("10"), "L1 L3") == (10, None, 10)


def test_one_power_is_shared_by_the_phases_of_the_load():
    assert read(ONE, showing("6900", "W"), "L1 L2 L3") == (10, 10, 10)


def test_a_draw_a_phase_stays_on_its_phase():
    home = Home()
    for phase, (text, unit) in {"l1": ("10", "A"), "l2": ("460", "W"), "l3": ("unknown", "A")}.items():
        home.shows(f"sensor.draw_{phase}", text, unit_of_measurement=unit)
    assert read(EACH, home, "L1 L2 L3") == (10, 2, None)


def test_a_phase_that_the_load_does_not_use_is_not_counted():
    assert read(EACH, showing("10", entity="sensor.draw_l1"), "L2") == (None, None, None)


@pytest.mark.parametrize(
    "draw, entities",
    [
        (None, ()),
        (ONE, ("sensor.draw",)),
        (EACH, ("sensor.draw_l1", "sensor.draw_l2", "sensor.draw_l3")),
        ("sensor.draw", ()),
    ],
)
def test_every_entity_of_a_draw_is_watched(draw, entities):
    assert draw_entities(draw) == entities


def test_a_draw_is_as_old_as_its_oldest_entity():
    home = Home()
    home.shows("sensor.draw_l1", "10", at_s=90)
    home.shows("sensor.draw_l2", "10", at_s=60)
    assert draw_age_s(home.view(100), EACH) == 40


def test_what_is_not_measured_has_no_age():
    assert draw_age_s(Home().view(100), None) == 0
    assert draw_age_s(Home().view(100), ONE) == 0
