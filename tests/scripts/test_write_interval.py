"""`min_write_s`: raises wait for it, fuse cuts do not."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from .houses import charger, config
from .living import Device, Living


def test_raises_keep_the_interval(house):
    home = house(config(loads={"car": charger(min_write_s=60)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(200)
    times = [t for t, _ in home.all_sent("number.car")]
    assert life.devices["car"].offer_a == 16
    assert all(later - earlier >= 60 for earlier, later in pairwise(times))


def test_a_charger_whose_commands_are_far_apart_takes_half_of_what_is_left_each_time(house):
    home = house(config(loads={"car": charger(min_write_s=900, max_a=20)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(930)
    assert home.all_sent("number.car") == [(20, 14), (920, 18)]


def test_two_chargers_that_take_their_share_at_once_stay_below_the_fuse(house):
    cars = {name: charger(name, min_write_s=900) for name in ("car", "van")}
    home = house(config(loads=cars, distribution="shared"))
    life = Living(home, {"L1": 2}, car=Device(on=False), van=Device(on=False))
    life.run(2000)
    assert (home.all_sent("number.car"), home.all_sent("number.van")) == (
        [(20, 11)],
        [(920, 10), (1820, 11)],
    )
    assert life.worst_a <= 25


def test_without_an_interval_raises_come_every_five_seconds(house):
    home = house(config(loads={"car": charger(min_write_s=0)}))
    home.is_exact = True
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(60)
    assert home.all_sent("number.car") == [(20, 10), (25, 14), (30, 16)]


def test_a_fuse_cut_goes_out_within_the_interval(house):
    home = house(config(loads={"car": charger(min_write_s=600)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(25)
    assert home.all_sent("number.car") == [(20, 14)]
    life.base_a["L1"] = 18
    life.run(1)
    assert home.sent("number.car") == [7]


def test_a_second_fuse_cut_goes_out_within_the_interval(house):
    home = house(config(loads={"car": charger(min_write_s=600)}))
    life = Living(home, {"L1": 9}, car=Device(offer_a=16))
    life.run(5)
    life.base_a["L1"] = 12
    life.run(3)
    life.base_a["L1"] = 15
    life.run(3)
    assert home.all_sent("number.car") == [(5, 13), (8, 10)]


@pytest.mark.parametrize("hours", [-1, -24 * 365])
def test_a_clock_that_is_set_back_does_not_break_the_interval(house, hours):
    home = house(config(loads={"car": charger(min_write_s=60)}))
    home.is_exact = True
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(25)
    assert home.all_sent("number.car") == [(20, 10)]
    home.session.host.clock.set_wall(timedelta(hours=hours))
    life.run(120)
    told_s = [t for t, _ in home.all_sent("number.car")]
    assert 80 <= told_s[1] <= 82 and life.devices["car"].offer_a == 16
    assert all(later - earlier >= 60 for earlier, later in pairwise(told_s))


def test_its_users_off_does_not_wait_for_a_long_interval(house):
    home = house(config(loads={"car": charger(min_write_s=900)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(25)
    assert home.all_sent("number.car") == [(20, 14)]
    home.call("fusebox_set_mode", load="car", mode="off")
    life.run(60)
    assert [t for t, told in home.all_sent("switch.car") if told == "off"] == [80]


def restarted(house):
    """A house after a restart just behind a command, with 600 s between two commands, and how it goes on."""
    written = config(loads={"car": charger(min_write_s=600)})
    life = Living(house(written), {"L1": 2}, car=Device(offer_a=6))
    life.run(25)
    again = house(written)
    return again, Living(again, {"L1": 2}, car=life.devices["car"])


def test_a_restart_does_not_shorten_a_long_interval(house):
    again, begins = restarted(house)
    begins.run(590)
    assert again.all_sent("number.car") == []
    begins.run(20)
    assert [told for _, told in again.all_sent("number.car")] == [16]


def test_a_restart_does_not_delay_a_fuse_cut(house):
    again, begins = restarted(house)
    begins.run(25)
    begins.base_a["L1"] = 18
    begins.run(1)
    assert again.sent("number.car") == [7]


def test_a_live_interval_counts(house):
    home = house(config(loads={"car": charger(min_write_s="input_number.calm")}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    home.line(0, {**life.states(), "input_number.calm": "600"})
    life.run(100)
    assert home.all_sent("number.car") == [(20, 14)]
    home.line(life.second, {**life.states(), "input_number.calm": "0"})
    life._obey()
    life.second += 1
    life.run(30)
    assert life.devices["car"].offer_a == 16


def test_a_charger_that_ignores_a_cut_is_switched_off_despite_its_write_interval(house):
    home = house(config(loads={"car": charger(min_write_s=60)}), noisy=True)
    life = Living(home, {"L1": 6}, car=Device(offer_a=16, obeys=False))
    life.run(10)
    life.base_a["L1"] = 18
    life.run(50)
    assert home.all_sent("number.car")[0] == (10, 7)
    assert home.all_sent("switch.car")[0][0] <= 10 + 45
