"""The power-saving level: rises at once, falls late, knows what its own radiators draw, and is careful when blind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.data_quality import DataQuality
from fusebox.model.durations import NEVER_S
from fusebox.model.heating import PowerSaving
from fusebox.model.trace import MeterLatency
from fusebox.radiators.power_saving import Estimate, EstimatorMemory, Readings, estimate

OF = PowerSaving(meter={}, status="")
"""With the margin of 3, 27 is there."""


class Meter:
    """A house whose meter lags: `house` in addition to the radiators, `on` of them drawing five each."""

    def __init__(self, of: PowerSaving = OF, level: int = 0, lag_s: int = 0, every_s: int = 1) -> None:
        self.of = of
        self.lag_s, self.every_s = lag_s, every_s
        self.memory = EstimatorMemory(level=level)
        self.house, self.on, self.idle = 0.0, 0, 0
        self.now_s = 1000.0
        self.extra: float | None = None
        self.extra_quality = DataQuality.GOOD
        self.flows: list[float] = []
        self.reading: tuple[float, float] | None = None
        self.found: Estimate | None = None
        self.unknown = False
        self.blind_s = 0.0

    def second(self) -> int:
        """One second of the house; the level after it."""
        self.flows.append(self.house + 5 * (self.on - self.idle))
        if self.now_s % self.every_s == 0:
            self.reading = (self.flows[max(len(self.flows) - 1 - self.lag_s, 0)], self.now_s)
        value, reported_s = self.reading or (self.flows[-1], self.now_s)
        self.blind_s = self.blind_s + 1 if self.unknown else 0.0
        quality = DataQuality(sum(self.blind_s > from_s for from_s in (0, 30, 60)))
        value_now = None if self.unknown else value
        seen = Readings(
            self.now_s, value_now, reported_s, self.on, self.extra, quality=quality, extra_quality=self.extra_quality
        )
        self.found = estimate(self.of, seen, self.memory)
        self.memory = self.found.memory
        self.now_s += 1
        return self.found.level

    def obey(self) -> None:
        """As many radiators as the level allows."""
        self.on = self.of.max_active[self.found.level if self.found else 0]

    def go(self, seconds: int) -> list[int]:
        """Return the levels over this many seconds, with radiators that obey."""
        levels = []
        for _ in range(seconds):
            levels.append(self.second())
            self.obey()
        return levels


def once(of: PowerSaving, was: int, meter: float, on: int, **more: object) -> Estimate:
    """One look in a house where nothing has changed for long."""
    memory = EstimatorMemory(
        level=was, meter_latency=MeterLatency(drawn=((NEVER_S, on * of.per_radiator),), lags_s=(0.0,))
    )
    return estimate(of, replace(Readings(1000.0, meter, 1000.0, on), **more), memory)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "meter", "on", "rises_to"),
    [
        (0, 27, 5, 0),  # H = 0 + 25
        (0, 28, 5, 1),  # H = 24: four fit
        (1, 28, 4, 2),  # H = 19: two fit
        (0, 40, 5, 2),  # H = 12: at once to the level that fits
        (0, 45, 5, 3),  # H = 7
        (0, 60, 5, 4),
        (2, 60, 0, 4),
        (2, 17, 0, 2),  # H = 10 exactly
        (2, 17.1, 0, 3),
        (3, 30, 1, 4),
        (4, 99, 0, 4),
    ],
)
def test_it_rises_at_once_to_the_smallest_level_that_fits(level, meter, on, rises_to):
    assert once(OF, level, meter, on).level == rises_to


def test_it_falls_when_the_room_has_lasted_with_something_to_spare():
    house = Meter(level=4)
    house.house = 11.0  # 16 left: two radiators need 10 and one to spare
    levels = house.go(200)
    assert levels[:90] == [4] * 90
    assert levels[-1] == 2
    assert sorted(set(levels)) == [2, 4]


def test_room_that_does_not_last_changes_nothing():
    house = Meter(level=4)
    for _ in range(6):
        house.house = 5.0
        assert set(house.go(60)) == {4}
        house.house = 27.0
        assert set(house.go(5)) == {4}


def test_what_is_only_just_enough_is_not_enough_to_fall():
    house = Meter(level=3)
    house.on = 1
    # careful credit: 27 - 12.9 - 5 + 5/1.3 = 12.9; two need 10 and 1 to spare: enough
    house.house = 12.9
    assert house.go(120)[-1] == 2
    house = Meter(level=3)
    house.on = 1
    house.house = 15.0  # 27 - 20 + 3.8 = 10.8
    assert set(house.go(300)) == {3}


@pytest.mark.parametrize(("lag_s", "every_s"), [(0, 1), (1, 1), (3, 1), (0, 10), (2, 10)])
def test_a_meter_that_still_shows_the_old_radiators_is_not_believed(lag_s, every_s):
    house = Meter(lag_s=lag_s, every_s=every_s)
    house.on = 5
    house.go(60)
    house.house = 15.0  # 27 - 15: two radiators
    levels = house.go(300)
    assert max(levels) == 2
    assert levels[-1] == 2


def test_a_second_event_before_the_first_is_published_is_noticed():
    house = Meter(lag_s=1)
    house.on = 5
    house.go(60)
    house.house = 10.0
    house.go(3)
    house.house = 24.0
    levels = house.go(6)
    assert levels[-1] >= 4


def test_after_a_few_changes_the_latency_is_learnt():
    house = Meter(lag_s=4)
    house.on = 5
    house.go(60)
    for base in (15.0, 0.0) * 4:
        house.house = base
        house.go(200)
    assert 2 <= house.memory.meter_latency.latency_s <= 5
    assert house.memory.meter_latency.lags_s


@pytest.mark.parametrize(("blind_level", "level"), [(None, 3), (1, 1), (4, 4)])
def test_the_level_is_held_until_its_meter_is_stale_and_then_it_is_the_blind_one(blind_level, level):
    house = Meter(replace(OF, blind_level=blind_level))
    house.go(30)
    house.unknown = True
    assert set(house.go(30)) == {0}
    assert "meter is unknown" in house.found.reason
    assert set(house.go(600)) == {level}
    assert "meter is unknown" in house.found.reason
    house.unknown = False
    assert house.go(300)[-1] <= 1


def test_a_meter_that_blinks_neither_empties_the_radiators_nor_lets_one_on():
    house = Meter(level=2)
    house.house = 13.0
    for second in range(400):
        house.unknown = second % 20 < 15
        assert house.second() == 2
        house.obey()


def test_capacity_keeps_lasting_while_its_meter_drops_out_briefly():
    house = Meter(level=4)
    house.house = 11.0
    house.go(60)
    house.unknown = True
    assert set(house.go(25)) == {4}
    house.unknown = False
    assert house.go(10)[-1] == 2


def test_a_meter_that_falls_silent_blocks_starts_for_a_minute():
    house = Meter(level=4)
    house.house = 30.0
    house.go(30)
    house.unknown = True
    assert set(house.go(59)) == {4}
    assert house.go(10)[-1] == 3


def test_individual_takes_the_other_meters_and_never_more_than_the_house_allows():
    of = replace(OF, method="individual")
    assert once(of, 0, 0.0, 5, extra=7.0).level == 2 - 1  # 20 for heating: four
    assert once(of, 0, 40.0, 5, extra=0.0).level == 2  # the house meter allows 12
    assert once(of, 0, 40.0, 5, extra=None).level == 2


def test_a_lost_extra_meter_counts_as_unknown_and_the_house_meter_still_counts():
    of = replace(OF, method="individual")
    lost = {"extra": None, "extra_quality": DataQuality.STALE}
    assert once(of, 0, 20.0, 3, **lost).level == 3
    assert once(of, 0, 20.0, 3, **lost).reason == "level 3 at least: one of extra_meters is unknown"
    assert once(of, 0, 60.0, 3, **lost).level == 4
    assert once(of, 4, 20.0, 3, **lost).level == 4
    assert once(OF, 0, 20.0, 3, **lost).level == 1, "method global has no use for it"


def test_with_a_lost_extra_meter_the_blind_level_follows_once_its_room_has_lasted():
    house = Meter(replace(OF, method="individual"), level=4)
    house.extra, house.extra_quality = None, DataQuality.FAILSAFE
    levels = house.go(200)
    assert levels[:90] == [4] * 90 and levels[-1] == 3, "not the 0 that the house's meter alone would allow"


def test_while_an_extra_meter_blinks_its_last_value_counts_and_no_level_falls():
    house = Meter(replace(OF, method="individual"), level=3)
    house.on, house.extra, house.extra_quality = 1, 5.0, DataQuality.MISSING
    assert set(house.go(200)) == {3}
    house.extra = 25.0
    assert house.second() == 4


def test_individual_falls_where_global_is_careful_about_thermostats_that_may_be_open():
    levels = {}
    for method in ("individual", "global"):
        house = Meter(replace(OF, method=method), level=2)
        house.on, house.house, house.extra = 2, 5.0, 5.0  # 22 are there for heating; with careful credit 19.7
        levels[method] = [house.second() for _ in range(200)][-1]
    assert levels == {"individual": 1, "global": 2}


def test_individual_falls_no_further_than_the_house_meter_allows():
    house = Meter(replace(OF, method="individual"), level=2)
    house.on, house.house, house.extra = 2, 13.0, 5.0  # eight amps that no other meter knows of: 14 are there
    assert {house.second() for _ in range(200)} == {2}


def test_it_publishes_the_power_left_and_the_power_for_heating():
    found = once(OF, 0, 20, 3)
    assert found.available == 7
    assert found.for_heating == pytest.approx(7 + 15 / 1.3)


def test_a_level_changed_by_a_user_is_the_new_starting_point():
    assert once(OF, 0, 0, 0, level=3).level == 3
    assert once(OF, 3, 26, 0, level=0).level == 4
    assert once(OF, 0, 0, 0, level=9).level == 4


@pytest.mark.parametrize(("max_active", "levels"), [((3, 2, 0), (2, 0)), ((5, 4, 3, 2, 1, 0), (3, 1))])
def test_with_another_number_of_levels_in_config_it_goes_on(max_active, levels):
    house = Meter(level=3)
    house.go(60)
    house.of = replace(OF, max_active=max_active)
    house.go(85)
    before = house.found.level
    house.go(10)
    assert (before, house.found.level) == levels


def test_a_turn_that_passes_on_does_not_restart_the_damping():
    """Off goes before on: for two seconds of each minute fewer are on, and their credit is missing."""
    house = Meter(level=3, lag_s=1)
    house.on, house.house = 1, 11.8  # careful credit 14: two radiators and one to spare; without it 10.2
    levels = []
    for second in range(150):
        house.on = 0 if second % 60 in (40, 41) else house.of.max_active[levels[-1] if levels else 3]
        levels.append(house.second())
    assert levels[-1] == 2


@pytest.mark.parametrize(
    ("others", "level", "for_heating"),
    [((0.0, 0.0), 4, 2.0), ((10.0, 10.0), 2, 12.0), ((0.0, 10.0), 2, 2.0), ((40.0, 40.0), 1, 27.0)],
)
def test_what_gives_way_counts_as_available_but_never_more_than_all(others, level, for_heating):
    # 25 of 27 are taken. The most that may give way keeps a level, only the least is for heating; the house takes >= 0.
    found = once(OF, 1, 25, 0, others=others)
    assert (found.level, found.for_heating) == (level, for_heating)


def test_with_all_others_measured_what_gives_way_is_among_them():
    of = replace(OF, method="individual")
    assert once(of, 1, 25, 0, extra=25.0).level == 4
    assert once(of, 1, 25, 0, extra=25.0, others=(10.0, 10.0)).level == 2
