"""The battery's thresholds remember: what they let go they take back only a hysteresis away, and never chatter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox.control.estimators.production import battery_problems, has_battery_surplus, update_battery_memories
from fusebox.model.equipment import Battery
from fusebox.model.meter_memory import BatteryMemory
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot

from ..houses import METER, T0_S, site

BATTERY = Battery(METER, METER, soc_min_pct=20, soc_target_pct=80, hysteresis_pct=3)


def house(**replace_if_changed: object) -> Site:
    """A house with a battery of 20 % to 80 % and 3 % of hysteresis by default."""
    return site(batteries=(replace(BATTERY, **replace_if_changed),))  # type: ignore[arg-type]


def seen(soc: Reading | float, at_s: float = 0.0, charge_w: float = 0.0, sun_up: bool | None = None) -> Snapshot:
    """A state of charge and a power, as reported at a time."""
    told = soc if isinstance(soc, Reading) else Reading(soc, soc, 0.0)
    power = Reading(charge_w, charge_w, 0.0)
    return Snapshot(T0_S + at_s, {}, {}, batteries=(BatteryReadings(told, power),), sun_up=sun_up)


def updated(of: Site, snapshot: Snapshot, past: BatteryMemory | None) -> BatteryMemory | None:
    """Return the memory of a site's only battery after a snapshot."""
    (memory,) = update_battery_memories(of, snapshot, (past,))
    return memory


def course(levels_pct: Iterable[float], of: Site | None = None) -> list[BatteryMemory]:
    """What is remembered after each of these states of charge, ten seconds apart."""
    memory, found = None, []
    for number, soc_pct in enumerate(levels_pct):
        memory = updated(of or house(), seen(soc_pct, 10.0 * number), memory)
        assert memory is not None
        found.append(memory)
    return found


@pytest.mark.parametrize(
    ("levels_pct", "charged"),
    [
        ([79.9], [False]),
        ([80], [True]),
        ([80, 79, 77.1, 77], [True, True, True, True]),
        ([80, 76.9, 77, 79.9, 80], [True, False, False, False, True]),
        ([77, 79], [False, False]),
    ],
)
def test_solar_modes_run_from_the_target_until_a_hysteresis_below(
    levels_pct: Sequence[float], charged: list[bool]
) -> None:
    assert [m.charged for m in course(levels_pct)] == charged


@pytest.mark.parametrize(
    ("levels_pct", "has_surplus"),
    [
        ([80], [False]),  # at the target it is full enough to charge a car from the roof, not to lend
        ([80.1], [True]),
        ([80.1, 80.1, 80], [True, True, False]),
        ([80.1, 80, 81, 83, 83.1], [True, False, False, False, True]),
        ([79, 81, 83, 83.1, 80.1, 80], [False, False, False, True, True, False]),
    ],
)
def test_what_is_above_the_target_is_lent_down_to_it_and_again_a_hysteresis_above(
    levels_pct: Sequence[float], has_surplus: list[bool]
) -> None:
    assert [m.has_surplus for m in course(levels_pct)] == has_surplus


@pytest.mark.parametrize(
    ("target_pct", "levels_pct", "has_surplus"),
    [
        (98, [98, 98.9, 99, 99.1], [False, False, False, True]),
        (97, [97, 99, 100], [False, False, True]),
        (99, [99, 99.1], [False, True]),
        (100, [99, 100], [False, False]),
        (99.5, [99.4, 99.6], [False, True]),
    ],
)
def test_a_target_near_to_full_still_lends_above_ninety_nine_percent(
    target_pct: float, levels_pct: Sequence[float], has_surplus: list[bool]
) -> None:
    assert [m.has_surplus for m in course(levels_pct, house(soc_target_pct=target_pct))] == has_surplus


@pytest.mark.parametrize(
    ("levels_pct", "able"),
    [
        ([19.9], [False]),
        ([20], [False]),
        ([20.1, 20, 20.1, 23, 23.1], [True, False, False, False, True]),
        ([50, 21, 20, 19], [True, True, False, False]),
    ],
)
def test_an_empty_battery_may_discharge_again_only_a_hysteresis_above_its_minimum(
    levels_pct: Sequence[float], able: list[bool]
) -> None:
    assert [m.able for m in course(levels_pct)] == able


def test_without_hysteresis_each_threshold_is_one_level() -> None:
    memories = course([80, 79.9, 80, 80.1, 80, 80.1, 20, 19.9, 20], house(hysteresis_pct=0))
    assert [m.charged for m in memories] == [True, False, True, True, True, True, False, False, False]
    assert [m.has_surplus for m in memories] == [False, False, False, True, False, True, False, False, False]
    assert [m.able for m in memories] == [True] * 6 + [False] * 3


@pytest.mark.parametrize("threshold_pct", [20, 23, 77, 80, 83])
@pytest.mark.parametrize("height_pct", [0.1, 1.0, 2.9])
@pytest.mark.parametrize("offset_pct", [-1.5, -0.5, 0.0, 0.5, 1.5])
def test_a_sawtooth_around_a_threshold_flips_nothing_more_than_once(
    threshold_pct: float, height_pct: float, offset_pct: float
) -> None:
    """Twenty teeth lower than the hysteresis, wherever they lie."""
    middle_pct = threshold_pct + offset_pct
    teeth = [middle_pct + (height_pct / 2) * (-1) ** n for n in range(40)]
    memories = course(teeth)
    for band in ("charged", "has_surplus", "able"):
        values = [getattr(m, band) for m in memories]
        assert sum(a is not b for a, b in pairwise(values)) <= 1, band


@pytest.mark.parametrize("age_s", [0.0, 60.0, 900.0])
def test_a_charge_that_is_unknown_for_up_to_a_quarter_of_an_hour_changes_nothing(age_s: float) -> None:
    before = course([85])[-1]
    assert updated(house(), seen(Reading(None, 85.0, age_s), 20), before) == before


def test_after_a_quarter_of_an_hour_nothing_is_known_of_it() -> None:
    before = course([85])[-1]
    assert updated(house(), seen(Reading(None, 85.0, 901.0), 920), before) is None


def test_a_charge_power_that_was_never_sent_is_not_remembered() -> None:
    assert updated(house(), seen(Reading()), None) is None
    assert updated(house(), seen(Reading(None, 85.0, 10.0)), None) is None
    assert update_battery_memories(site(), seen(85), (BatteryMemory(),)) == ()


def test_a_state_of_charge_back_within_15_minutes_continues_in_its_band() -> None:
    memory = updated(house(), seen(Reading(None, 80.0, 500.0), 500), course([80])[-1])
    memory = updated(house(), seen(78, 510), memory)
    assert memory is not None and memory.charged


def test_thresholds_that_are_changed_while_it_runs_count_at_once_and_keep_their_band() -> None:
    memory = course([85])[-1]
    assert (memory.charged, memory.has_surplus) == (True, True)
    higher = updated(house(soc_target_pct=90), seen(85, 10), memory)
    assert higher is not None and (higher.charged, higher.has_surplus) == (False, False)
    near = updated(house(soc_target_pct=87), seen(85, 10), memory)
    assert near is not None and (near.charged, near.has_surplus) == (True, False)
    lower = updated(house(soc_target_pct=60), seen(85, 20), higher)
    assert lower is not None and (lower.charged, lower.has_surplus) == (True, True)
    emptier = updated(house(soc_min_pct=86), seen(85, 20), memory)
    assert emptier is not None and not emptier.able


@pytest.mark.parametrize(
    ("rule", "sun_up", "has_surplus"),
    [(True, False, False), (True, True, True), (True, None, True), (False, False, True)],
)
def test_after_sunset_it_has_none_where_the_rule_says_so(rule: bool, sun_up: bool | None, has_surplus: bool) -> None:
    battery = replace(BATTERY, sunset_rule=rule)
    assert has_battery_surplus(battery, course([90])[-1], seen(90, sun_up=sun_up)) is has_surplus


def watched(points: Iterable[tuple[float, float]], every_s: float = 30.0) -> list[int]:
    """How often running the sign has been contradicted after each (state of charge, power)."""
    memory, found = None, []
    for number, (soc_pct, charge_w) in enumerate(points):
        memory = updated(house(), seen(soc_pct, every_s * number, charge_w), memory)
        assert memory is not None
        found.append(memory.against)
    return found


def rising(charge_w: float, points_pct: int, from_pct: float = 40.0) -> list[tuple[float, float]]:
    """A battery that gains a tenth of a point each time, under one and the same reported power."""
    return [(from_pct + n / 10, charge_w) for n in range(10 * points_pct + 2)]


def test_discharging_while_the_charge_rises_is_reported_after_two_percent() -> None:
    against = watched(rising(-3000, 3))
    assert against[9] == 0
    assert against[15] == 1
    assert against[22] == 2
    memory = BatteryMemory(against=2)
    assert "invert" in battery_problems(house(), (memory,))[0]
    assert battery_problems(house(), (replace(memory, against=1),)) == ()
    assert battery_problems(house(), (None,)) == ()


def test_a_charge_that_falls_while_the_power_says_charging_is_reported_too() -> None:
    assert watched([(60 - n / 10, 3000) for n in range(25)])[-1] == 2


@pytest.mark.parametrize("charge_w", [3000.0, 199.0, -199.0, 0.0])
def test_a_power_that_agrees_or_is_too_small_to_judge_is_not_reported(charge_w: float) -> None:
    assert max(watched(rising(charge_w, 5))) == 0


@pytest.mark.parametrize(("every_s", "against"), [(25.0, 0), (35.0, 2)])
def test_a_level_that_wavers_contradicts_nothing_until_twenty_watt_hours_have_flowed(
    every_s: float, against: int
) -> None:
    """At 2500 W a level that jumps up by a point after every 25 s has moved with 17 Wh, after every 35 s with 24."""
    assert watched([(40.0 + n, -2500.0) for n in range(3)], every_s)[-1] == against


@pytest.mark.parametrize(("charge_w", "against"), [(-190.0, 0), (-210.0, 2)])
def test_less_than_two_hundred_watts_say_nothing(charge_w: float, against: int) -> None:
    assert watched(rising(charge_w, 3), every_s=60.0)[-10] == against


def test_a_single_jump_of_the_charge_is_no_contradiction_worth_reporting() -> None:
    """A battery that recalibrates itself jumps by ten points at once."""
    steady = [(40.0, -3000.0)] * 10
    against = watched([*steady, *[(50.0, -3000.0)] * 10])
    assert max(against) == 1
    assert battery_problems(house(), (BatteryMemory(against=max(against)),)) == ()


def test_the_report_ends_when_the_power_is_consistent_again() -> None:
    wrong = rising(-3000, 3)
    right = rising(3000, 3, from_pct=wrong[-1][0])
    against = watched([*wrong, *right])
    assert against[len(wrong) - 1] >= 2
    assert against[-1] == 0


def test_a_power_that_is_unknown_for_a_while_starts_the_watch_again() -> None:
    points = rising(-3000, 2)
    memory = None
    for number, (soc_pct, charge_w) in enumerate(points):
        snapshot = seen(soc_pct, 30.0 * number, charge_w)
        if number % 8 == 7:
            snapshot = replace(snapshot, batteries=(BatteryReadings(charge_w=Reading(None, charge_w, 5.0)),))
        memory = updated(house(), snapshot, memory)
    assert memory is not None and memory.against == 0


def test_the_sign_is_not_judged_over_a_gap_in_the_readings() -> None:
    assert max(watched([(40.0, -3000.0), (45.0, -3000.0), (50.0, -3000.0), (55.0, -3000.0)], every_s=301)) == 0
