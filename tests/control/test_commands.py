"""A command that is not executed is repeated at intervals: a slow device gets its time, a dead one causes no flood."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox.model.decision import Command

from .houses import Evening, car, charger, obey, site
from .imperfect import Device, Night

HOUR_S = 3600
PACE_S = 10
"""For the commands of an hour the house decides so often [s]: a flood is one of dozens a minute all the same."""


def evening(second: int) -> float:
    """A house that comes and goes, with jitter in every second."""
    return 6 + 9 * (second // 400 % 2) + 1.5 * math.sin(second / 7)


def most_in_an_hour(times: list[int]) -> int:
    return max((sum(1 for later in times if first <= later < first + HOUR_S) for first in times), default=0)


@pytest.mark.parametrize(
    ("house_a", "measured", "most"),
    [(5, True, 30), (11, False, 30), (22, True, 120), (40, False, 120), (evening, True, 90), (evening, False, 90)],
)
def test_a_dead_device_is_commanded_thirty_times_an_hour_or_twice_a_minute(house_a, measured, most):
    """Twice a minute only while its fuse will open."""
    dead = Device(offer_a=16, real_a=16, dead=True, measured=measured, device_step_a=0.1)
    night = Night(site(car("car", step_a=0.1)), car=dead).run(HOUR_S + 300, house_a, PACE_S)
    calls = [s for s, c in night.sent for part in (c.current_a, c.on) if part is not None]
    assert most_in_an_hour(calls) <= most + 6
    assert most_in_an_hour(night.times()[5:]) <= most


@pytest.mark.parametrize("seed", range(2))
def test_nor_is_one_next_to_a_house_load_that_jumps(seed):
    rng = random.Random(seed)
    leaps = [rng.uniform(0, 30) for _ in range(60)]
    night = Night(site(car("car")), car=Device(offer_a=16, real_a=16, dead=True))
    night.run(HOUR_S, lambda second: leaps[second // 60], PACE_S)
    assert len(night.times()) <= 120


def test_a_device_that_displays_all_and_follows_nothing_is_commanded_at_intervals():
    night = Night(site(car("car", max_a=10.0)), car=Device(offer_a=16, real_a=16, deaf=True)).run(HOUR_S, 5, PACE_S)
    assert 3 <= len(night.times()) <= 30


def test_the_same_command_is_repeated_at_growing_intervals():
    night = Night(site(car("car", max_a=10.0)), car=Device(offer_a=16, real_a=16, dead=True)).run(700, 5)
    assert [s for s, a in night.told() if a == 10] == [0, 10, 30, 70, 150, 310, 610]


@pytest.mark.parametrize(("house_a", "longest_s"), [(11, 150), (13, 30)])
def test_a_breaker_that_will_open_is_not_kept_waiting_for_a_repetition(house_a, longest_s):
    """27 A through 25 A are carried for an hour, 29 A are not."""
    night = Night(site(car("car", max_a=10.0)), car=Device(offer_a=16, real_a=16, dead=True)).run(700, 5)
    night.run(900, house_a)
    overloaded_s = [700, *(s for s in night.times() if s >= 700)]
    assert max(later - first for first, later in pairwise(overloaded_s)) == longest_s


def test_a_cut_that_goes_deeper_gets_through_to_a_device_that_has_answered_nothing():
    night = Night(site(car("car", max_a=10.0)), car=Device(offer_a=16, real_a=16, dead=True)).run(45, 5)
    assert night.told()[-1] == (30, 10)
    night.run(2, 17)
    assert night.told()[-1] == (45, 6)


def test_a_device_that_returns_is_commanded_at_once():
    device = Device(offer_a=16, real_a=16, dead=True)
    night = Night(site(car("car", max_a=10.0)), car=device).run(200, 5)
    device.away = True
    night.run(30, 5)
    device.away = device.dead = False
    night.run(3, 5)
    assert night.told()[-1] == (230, 10)
    assert device.offer_a == 10


@pytest.mark.parametrize("latency_s", [5, 20, 60])
def test_a_device_with_a_late_echo_is_commanded_twice_until_that_is_known(latency_s):
    device = Device(offer_a=6, echo_s=latency_s, follow_s=2)
    night = Night(site(car("car")), car=device).run(300, 5)
    first = len(night.times())
    assert device.offer_a == 16
    night.run(200, 15).run(300, 5)
    again = [a for s, a in night.told() if s >= 300]
    assert again[0] == 10
    assert not [a for a, following in pairwise(again) if a == following]
    assert first <= 3 + latency_s // 10


@pytest.mark.parametrize(("every_s", "pace_s"), [(3, 3), (20, 4)])
def test_two_who_set_the_same_charger_make_no_storm(every_s, pace_s):
    device = Device(offer_a=10, real_a=10)
    night = Night(site(car("car", max_a=10.0)), car=device)
    for _ in range(HOUR_S // 2 // every_s):
        night.run(every_s, 5, pace_s)
        device.offer_a = device.real_a = 16
    assert len(night.times()) <= 35


def test_a_command_for_lack_of_sun_waits_the_write_interval_one_for_the_fuse_not():
    patient = site(car("car", device={"min_write_s": 300.0}))
    device = Device(offer_a=6)
    night = Night(patient, car=device).run(60, 5)
    assert night.told()[-1] == (20, 13)
    night.run(2, 17)
    assert night.told()[-1] == (60, 8)


def test_a_device_that_follows_partly_is_sent_the_rest_soon():
    night = Night(site(car("car")), car=Device(offer_a=16, real_a=16, dead=True)).run(400, 12)
    assert night.sent[-1][0] == 316, "paused in vain: its current is due again in five minutes at the latest"
    device = night.devices["car"]
    device.dead = False
    night.run(70, 12)
    assert (device.offer_a, device.on) == (6, True), "the current has arrived"
    night.run(15, 12)
    assert not device.on
    assert night.problem() == ""


def silent_night(house_a: float, seconds: int, **shown: object) -> list[tuple[int, Command]]:
    """The commands to a charger whose number is unavailable while its car draws 16 A behind 25 A."""
    home, state, sent = Evening(site(car("car"))), charger(16.0), []
    for second in range(seconds):
        lost = replace(state, offer_a=None, available=False, **shown) if second >= 30 else state  # type: ignore[arg-type]
        grid_a: dict[str, float | None] = {"L1": (house_a if second >= 60 else 2.0) + (state.draw_a[0] or 0.0)}
        for command in home.step(grid_a, second, car=lost).commands:
            sent.append((second, command))
            state = obey(state, command.current_a, command.on)
    return sent


def test_a_charger_whose_number_is_lost_is_stopped_by_its_switch_for_a_fuse():
    ((second, command),) = silent_night(20.0, 300)
    assert (command.current_a, command.on, command.urgent) == (None, False, True)
    assert second - 60 <= 3


def test_it_is_left_alone_while_the_fuse_tolerates_what_it_draws():
    ((second, _),) = silent_night(10.0, 300)  # 26 A behind 25 A
    assert second - 60 >= 120


def test_a_switch_that_does_not_answer_either_is_sent_nothing():
    assert silent_night(20.0, 300, on=None) == []
    assert silent_night(20.0, 300, switched=False, on=None) == []


def test_a_dry_run_does_not_shorten_a_write_interval():
    of = site(car("car", device={"min_write_s": 300}), fuse_a=40)
    home, state, sent_s = Evening(of), charger(6), []
    for second in range(400):
        home.site = replace(of, dry_run=100 <= second < 110)
        commands = home.step(
            {"L1": (20.0 if second < 60 else 3.0) + (state.draw_a[0] or 0.0)}, second, car=state
        ).commands
        for command in () if home.site.dry_run else commands:
            sent_s.append(second)
            state = obey(state, command.current_a, command.on)
    assert sent_s == [20, 320]
