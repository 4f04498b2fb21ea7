"""States become readings: units, words for nothing, ages, rhythms and pairs."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from fusebox.model.equipment import Source
from fusebox.model.readings import Meters, View

SINGLE = Source(entity="sensor.m")
PAIR = Source(import_entity="sensor.use", export_entity="sensor.back")


class State(str):
    """A state as pyscript gives it: a text with attributes and the time of its last report."""

    last_reported: datetime

    @classmethod
    def of(cls, text: object, unit: str | None = "A", at_s: float = 0.0) -> State:
        state = cls(text)
        state.last_reported = datetime.fromtimestamp(at_s, UTC)
        if unit is not None:
            state.unit_of_measurement = unit  # type: ignore[attr-defined]
        return state


def view(now_s: float = 0.0, **states: State) -> View:
    """The states of one instant; an entity that is not given does not exist."""
    entities = {f"sensor.{name}": state for name, state in states.items()}

    def get(entity: str) -> State:
        if entity not in entities:
            raise NameError(entity)
        return entities[entity]

    return View(get, now_s)


def read(meters: Meters, source: Source, seen: View) -> Any:
    return meters.current(seen, source, 230.0)


@pytest.mark.parametrize(
    "text, unit, expected_a",
    [
        ("5", "A", 5),
        ("-5", "A", -5),
        ("5000", "mA", 5),
        ("1150", "W", 5),
        ("1.15", "kW", 5),
        ("1150", "VA", 5),
        ("5", " a ", 5),
    ],
)
def test_every_unit_becomes_amps(text, unit, expected_a):
    assert read(Meters(), SINGLE, view(m=State.of(text, unit))).value == pytest.approx(expected_a)


@pytest.mark.parametrize("unit", [None, "", "V", "kWh", "bananas"])
def test_an_unusable_unit_is_an_unknown_current(unit):
    reading = read(Meters(), SINGLE, view(m=State.of("5", unit)))
    assert (reading.value, reading.last, reading.age_s) == (None, None, math.inf)


@pytest.mark.parametrize(
    "text", ["unknown", "Unavailable", "none", "", " ", "nan", "inf", "-inf", "1e400", "5 A", "on"]
)
def test_a_state_that_is_no_finite_number_is_unknown_and_retains_the_last(text):
    meters = Meters()
    read(meters, SINGLE, view(m=State.of("5")))
    reading = read(meters, SINGLE, view(7, m=State.of(text, at_s=7)))
    assert (reading.value, reading.last, reading.age_s) == (None, 5, 7)


@pytest.mark.parametrize(
    "text, unit, said",
    [
        ("charging", None, "sensor.m displays 'charging', which is no number; name another entity"),
        ("nan", "W", "sensor.m displays 'nan', which is no number; name another entity"),
        ("5", "kWh", "sensor.m has the unit 'kWh', which does not fit here; name one in W, kW"),
    ],
)
def test_what_can_be_no_power_is_named_with_a_remedy(text, unit, said):
    meters = Meters()
    assert meters.power(view(m=State.of(text, unit)), SINGLE).value is None
    assert meters.problems == {"sensor.m": said}


@pytest.mark.parametrize("text", ["unknown", "unavailable", "5"])
def test_what_is_away_for_a_while_is_no_mistake(text):
    meters = Meters()
    meters.power(view(m=State.of(text, "W")), SINGLE)
    assert meters.problems == {}


def test_a_missing_entity_is_unknown_and_retains_its_last_value():
    meters = Meters()
    read(meters, SINGLE, view(m=State.of("5")))
    reading = read(meters, SINGLE, view(9))
    assert (reading.value, reading.last, reading.age_s) == (None, 5, 9)


def test_the_age_counts_from_the_last_report():
    assert read(Meters(), SINGLE, view(12, m=State.of("5", at_s=4))).age_s == 8


def test_a_report_from_the_future_is_of_age_zero():
    assert read(Meters(), SINGLE, view(0, m=State.of("5", at_s=4))).age_s == 0


def test_a_report_from_the_future_ages_from_its_first_reading():
    meters, ahead = Meters(), State.of("5", at_s=3600)
    assert [read(meters, SINGLE, view(now_s, m=ahead)).age_s for now_s in (0, 31)] == [0, 31]
    assert read(meters, SINGLE, view(32, m=State.of("5", at_s=32))).age_s == 0


def test_the_last_number_ages_on_when_the_clock_is_set_back():
    meters = Meters()
    read(meters, SINGLE, view(3600, m=State.of("5", at_s=3600)))
    gone = [read(meters, SINGLE, view(now_s, m=State.of("unknown", at_s=0))).age_s for now_s in (0, 61)]
    assert gone == [0, 61]


def test_without_a_heartbeat_a_known_value_is_never_old():
    source = Source(entity="sensor.m", heartbeat=False)
    assert read(Meters(), source, view(1000, m=State.of("5", at_s=0))).age_s == 0


def test_a_period_is_learnt_after_five_intervals_and_is_their_median():
    meters, reading = Meters(), None
    for at_s in (0, 20, 40, 60, 61):
        reading = read(meters, SINGLE, view(at_s, m=State.of("5", at_s=at_s)))
    assert reading.period_s is None
    reading = read(meters, SINGLE, view(81, m=State.of("5", at_s=81)))
    assert reading.period_s == 20


def test_three_intervals_are_enough_when_they_are_alike():
    meters, reading = Meters(), None
    for at_s in (0, 58, 121, 180):
        reading = read(meters, SINGLE, view(at_s, m=State.of("5", at_s=at_s)))
    assert reading.period_s == 59


@pytest.mark.parametrize("usual_s, then_s", [(1, 60), (60, 1)])
def test_a_new_rhythm_is_known_after_three_of_its_intervals(usual_s, then_s):
    meters, reading, at_s = Meters(), None, 0
    for step_s in [usual_s] * 6 + [then_s] * 3:
        at_s += step_s
        reading = read(meters, SINGLE, view(at_s, m=State.of("5", at_s=at_s)))
    assert reading.period_s == then_s


def test_one_outage_makes_no_rhythm():
    meters, reading, at_s = Meters(), None, 0
    for step_s in [1] * 6 + [200, 1]:
        at_s += step_s
        reading = read(meters, SINGLE, view(at_s, m=State.of("5", at_s=at_s)))
    assert reading.period_s == 1


def test_reports_that_come_together_are_one():
    meters, reading = Meters(), None
    for at_s in range(0, 300, 60):
        for part_s in (0.0, 0.1, 0.3):
            reading = read(meters, SINGLE, view(at_s + part_s, m=State.of("5", at_s=at_s + part_s)))
    assert reading.period_s == 60


def test_looking_twice_at_one_report_teaches_no_period():
    meters, reading = Meters(), None
    for now_s in range(60):
        reading = read(meters, SINGLE, view(now_s, m=State.of("5", at_s=now_s // 10 * 10)))
    assert reading.period_s == 10


def test_invert_turns_the_sign_of_the_value_and_of_the_last():
    source, meters = Source(entity="sensor.m", invert=True), Meters()
    assert read(meters, source, view(m=State.of("5"))).value == -5
    assert read(meters, source, view(1, m=State.of("unknown"))).last == -5


@pytest.mark.parametrize(("stated", "own"), [("kW", "W"), ("W", "kW"), ("A", "W"), ("mA", "A"), ("W", "%")])
def test_a_unit_that_contradicts_the_entitys_own_is_a_mistake_and_gives_no_reading(stated, own):
    meters = Meters()
    assert read(meters, Source(entity="sensor.m", unit=stated), view(m=State.of("1.15", own))).last is None
    assert meters.problems["sensor.m"].startswith(f"sensor.m is in {own}, but CONFIG says 'unit': '{stated}'; remove")
    right = Source(entity="sensor.m", unit=stated, unit_is_wrong=True)
    assert read(Meters(), right, view(m=State.of("1.15", own))).value is not None


@pytest.mark.parametrize(("stated", "own"), [("kW", "kW"), ("kW", "kw"), ("W", "VA"), ("A", "a"), ("W", "")])
def test_a_unit_that_says_the_same_or_stands_in_for_none_is_right(stated, own):
    meters = Meters()
    assert read(meters, Source(entity="sensor.m", unit=stated), view(m=State.of("1.15", own))).value is not None
    assert meters.problems == {}


@pytest.mark.parametrize(("own", "reads"), [("%", 50), ("", 50), ("km", None), ("kWh", None), ("W", None)])
def test_a_state_of_charge_is_a_percentage_or_unknown(own, reads):
    meters = Meters()
    reading = meters.percent(view(m=State.of("50", own)), Source(entity="sensor.m"))
    assert reading.value == reads
    told = f"sensor.m has the unit '{own}', which does not fit here; name one in %"
    assert meters.problems == ({} if reads else {"sensor.m": told})


def test_a_pair_is_import_less_export_and_as_old_as_the_older():
    reading = read(Meters(), PAIR, view(10, use=State.of("8", at_s=9), back=State.of("3", at_s=4)))
    assert (reading.value, reading.age_s) == (5, 6)


@pytest.mark.parametrize("half", ["use", "back"])
def test_a_pair_with_an_unknown_half_is_unknown_and_keeps_the_last_difference(half):
    meters = Meters()
    read(meters, PAIR, view(use=State.of("8"), back=State.of("3")))
    states = {"use": State.of("8", at_s=5), "back": State.of("3", at_s=5), half: State.of("unknown", at_s=5)}
    reading = read(meters, PAIR, view(5, **states))
    assert (reading.value, reading.last, reading.age_s) == (None, 5, 5)


def test_a_pair_with_one_half_never_read_has_no_value():
    assert read(Meters(), PAIR, view(use=State.of("8"))).last is None


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (SINGLE, {"m": "-32768"}),
        (Source(entity="sensor.m", invert=True), {"m": "32767"}),
        (PAIR, {"use": "0", "back": "65535"}),
        (PAIR, {"use": "-32768", "back": "0"}),
    ],
)
def test_a_current_that_cannot_be_exported_is_unknown_and_its_age_goes_on(source, shown):
    meters = Meters()
    good = {name: State.of("5", at_s=1) for name in shown}
    meters.current(view(1, **good), source, 230.0, -125.0)
    reading = meters.current(
        view(9, **{name: State.of(text, "W", at_s=9) for name, text in shown.items()}), source, 230.0, -125.0
    )
    assert (reading.value, reading.age_s) == (None, 8)
    (entity,) = meters.problems
    assert "which is impossible there" in meters.problems[entity]


def test_an_import_as_large_counts():
    assert Meters().current(view(m=State.of("65535", "W")), SINGLE, 230.0, -125.0).value == pytest.approx(
        284.9, abs=0.1
    )


@pytest.mark.parametrize(("text", "power_w"), [("32767", None), ("-32768", None), ("-9000", -9000)])
def test_a_power_outside_its_limits_is_unknown(text, power_w):
    assert Meters().power(view(m=State.of(text, "W")), SINGLE, (-25000.0, 25000.0)).value == power_w
