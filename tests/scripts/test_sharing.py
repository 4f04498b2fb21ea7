"""Several loads: which is cut first, which is raised first, and what they may draw together."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, plug, switched
from .living import Device, Living


def two(first, second, **site):
    return config(loads={"a": charger("a", priority=first), "b": charger("b", priority=second)}, **site)


@pytest.mark.parametrize("first, second, cut", [(1, 2, "b"), (2, 1, "a")])
def test_the_lower_priority_is_cut_first(house, first, second, cut):
    home = house(two(first, second, main_fuse_a=40))
    home.line(0, {"sensor.l1": amps(46), **charging("a"), **charging("b")})
    assert home.sent(f"number.{cut}") == [10]
    assert len(home.calls) == 1


def test_without_priorities_the_order_written_counts(house):
    home = house(config(loads={"a": charger("a"), "b": charger("b")}, main_fuse_a=40))
    home.line(0, {"sensor.l1": amps(46), **charging("a"), **charging("b")})
    assert (home.sent("number.a"), home.sent("number.b")) == ([], [10])


def test_shared_cuts_all_alike(house):
    home = house(two(1, 2, main_fuse_a=40, distribution="shared"))
    home.line(0, {"sensor.l1": amps(46), **charging("a"), **charging("b")})
    assert (home.sent("number.a"), home.sent("number.b")) == ([13], [13])


def test_what_one_cannot_use_is_shared_by_the_others(house):
    loads = {"a": charger("a", max_a=8), "b": charger("b"), "c": charger("c")}
    home = house(config(loads=loads, main_fuse_a=40, distribution="shared"))
    home.line(0, {"sensor.l1": amps(48), **charging("a", 16), **charging("b"), **charging("c")})
    assert [home.sent(f"number.{n}") for n in "abc"] == [[8], [], []]


def test_a_live_distribution_counts_at_once(house):
    home = house(two(1, 2, main_fuse_a=32, distribution="input_select.how"))
    home.line(0, {"sensor.l1": amps(32), "input_select.how": "Priority", **charging("a", 16), **charging("b", 16)})
    home.line(1, {"sensor.l1": amps(36)})
    assert (home.sent("number.a"), home.sent("number.b")) == ([], [12])
    home.line(2, {"sensor.l1": amps(36), "input_select.how": "Shared"})
    assert (home.sent("number.a"), home.sent("number.b")) == ([14], [])


def test_two_cars_rise_together_without_ever_passing_the_fuse(house):
    home = house(two(1, 2))
    life = Living(home, {"L1": 2}, a=Device(offer_a=6), b=Device(offer_a=6))
    life.run(120)
    assert life.devices["a"].offer_a == 16
    assert life.devices["b"].offer_a == 7
    assert life.worst_a <= 25


def test_a_plug_and_a_car_keep_under_the_fuse_through_an_evening(house):
    home = house(config(loads={"pool": plug(), "car": charger()}))
    life = Living(home, {"L1": 3}, pool=Device("plug", on=False, takes_a=10), car=Device())
    life.run(60)
    life.base_a["L1"] = 9
    life.run(60)
    assert life.devices["pool"].on
    assert life.devices["car"].offer_a == 6
    life.base_a["L1"] = 1
    life.run(60)
    assert life.devices["car"].offer_a == 14


def test_a_freed_ampere_is_lent_only_after_a_reading_shows_it(house):
    home = house(two(1, 2, main_fuse_a=32))
    states = {"sensor.l1": amps(32), **charging("a", 16), **charging("b", 16)}
    home.line(0, states)
    home.steady(40, states)
    home.line(41, {"switch.b": "off", "sensor.b_draw": amps(16), "sensor.l1": amps(32)})
    home.steady(50, {"sensor.l1": amps(32)})
    assert home.all_sent("number.a") == []


def test_thirty_loads_are_cut_in_one_answer(house):
    names = [f"car_{i}" for i in range(30)]
    home = house(config(loads={n: charger(n) for n in names}, main_fuse_a=600, distribution="shared"))
    states = {key: value for n in names for key, value in charging(n).items()}
    home.line(0, {"sensor.l1": amps(480), **states})
    assert home.calls == []
    home.line(1, {"sensor.l1": amps(720)})
    assert [home.sent(f"number.{n}") for n in names] == [[12]] * 30


def test_thirty_plugs_go_off_from_the_last_priority(house):
    names = [f"plug_{i}" for i in range(30)]
    home = house(config(loads={n: plug(n) for n in names}, main_fuse_a=310))
    states = {key: value for n in names for key, value in switched(n, on=True).items()}
    home.line(0, {"sensor.l1": amps(310), **states})
    home.line(1, {"sensor.l1": amps(339)})
    off = [n for n in names if home.sent(f"switch.{n}") == ["off"]]
    assert off == names[-3:]
