"""`wallbox`: a charger behind a cloud that accepts one write a minute, with a switch that comes and goes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from .houses import House, amps, charger, charging, config, unit

CURRENT, SWITCH = "number.wallbox_maximum_charging_current", "switch.wallbox_pause_resume"
WALLBOX = {"type": "wallbox", "current": CURRENT, "phases": ["L1"]}


class Cloud:
    """A one-phase house with a Wallbox that obeys after some seconds; `base_a` is everything except the car."""

    def __init__(self, home: House, base_a: float = 2, *, number_a: float = 6, most_a: float = 32, delay_s: int = 4):
        self.home, self.base_a, self.number_a, self.most_a, self.delay_s = home, base_a, number_a, most_a, delay_s
        self.car, self.paused, self.second, self.more = True, False, 0, dict[str, Any]()
        self.coming: list[tuple[int, str, Any]] = []
        self.writes: list[int] = []
        self.worst_a = 0.0

    @property
    def draw_a(self) -> float:
        return self.number_a if self.car and not self.paused else 0.0

    def states(self) -> dict[str, Any]:
        word = "Ready" if not self.car else "Paused" if self.paused else "Charging"
        switch = "unavailable" if not self.car else "off" if self.paused else "on"
        limits = {"min": 6, "max": self.most_a, "step": 1, "unit_of_measurement": "A"}
        return {
            "sensor.l1": amps(self.base_a + self.draw_a),
            CURRENT: {"state": str(self.number_a), "attributes": limits},
            SWITCH: switch,
            "sensor.wallbox_charging_power": unit(round(self.draw_a * 0.23, 3), "kW"),
            "sensor.wallbox_status_description": word,
            **self.more,
        }

    def run(self, seconds: int) -> None:
        for left in reversed(range(seconds)):
            for due_s, entity, value in [each for each in self.coming if each[0] <= self.second]:
                self.coming.remove((due_s, entity, value))
                if entity == CURRENT:
                    self.number_a = value
                else:
                    self.paused = value == "off"
            self.home.report(self.second, self.states(), last=left == 0)
            sent = [(entity, value) for entity in (CURRENT, SWITCH) for value in self.home.sent(entity)]
            self.writes += [self.second] if sent else []
            self.coming += [(self.second + self.delay_s, entity, value) for entity, value in sent]
            self.worst_a = max(self.worst_a, self.base_a + self.draw_a)
            self.second += 1


def gaps_s(cloud: Cloud) -> list[int]:
    return [later - earlier for earlier, later in pairwise(cloud.writes)]


def test_everything_follows_from_its_current(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home)
    cloud.run(25)
    assert cloud.writes == [20]
    assert home.shown("car")["status"] == "charging"
    assert home.shown("car")["draw_a"] == {"L1": 10.0}
    assert home.shown()["errors"] == []


def test_it_is_written_to_once_a_minute_at_most_while_room_comes_and_goes(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home)
    for minute in range(12):
        cloud.base_a = (2, 9, 5, 7)[minute % 4]
        cloud.run(60)
    told = home.all_sent(CURRENT)
    raises = [(now - before) for (before, was), (now, is_a) in pairwise(told) if is_a > was]
    assert len(raises) >= 2 and all(gap >= 60 for gap in raises)


def test_a_cut_for_a_fuse_does_not_wait(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home)
    cloud.run(300)
    assert cloud.number_a > 10
    last = cloud.writes[-1]
    cloud.run(60 - (cloud.second - last) % 60 + 70)
    cloud.base_a = 0
    cloud.run(100)
    written = cloud.writes[-1]
    cloud.base_a = 16
    cloud.run(1)
    assert home.sent(CURRENT) == [9]
    assert cloud.writes[-1] == cloud.second - 1 != written


def test_current_and_switch_of_one_step_are_one_write(house):
    home = house(config(loads={"car": {**WALLBOX, "mode": "input_select.mode"}}))
    cloud = Cloud(home, number_a=12)
    cloud.more["input_select.mode"] = "standard"
    cloud.run(80)
    cloud.more["input_select.mode"] = "off"
    cloud.run(70)
    stop = [(t, entity) for entity in (CURRENT, SWITCH) for t, value in home.all_sent(entity) if value in (6, "off")]
    assert len({t for t, _ in stop}) == 1 and len(stop) == 2
    assert cloud.paused


def test_a_users_request_respects_the_interval_and_is_obeyed_within_it(house):
    home = house(config(loads={"car": {**WALLBOX, "mode": "input_select.mode"}}))
    cloud = Cloud(home)
    cloud.more["input_select.mode"] = "standard"
    cloud.run(25)
    (first,) = cloud.writes
    cloud.more["input_select.mode"] = "off"
    cloud.run(75)
    assert all(gap >= 60 for gap in gaps_s(cloud)) and cloud.writes[1] == first + 60
    assert cloud.paused


def test_its_switch_is_left_alone_while_no_car_is_there(house):
    home = house(config(loads={"car": {**WALLBOX, "mode": "off"}}))
    cloud = Cloud(home, number_a=16)
    cloud.car = False
    cloud.run(200)
    assert home.all_sent(SWITCH) == []
    assert [value for _, value in home.all_sent(CURRENT)] == [6]
    assert home.shown("car")["status"] == "unplugged"
    cloud.car = True
    cloud.run(5)
    assert [value for _, value in home.all_sent(SWITCH)] == ["off"]


def test_a_car_that_leaves_and_comes_is_written_for_once_a_minute(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home)
    for second in range(0, 600, 20):
        cloud.car = second % 60 != 40
        cloud.run(20)
    assert all(gap >= 60 for gap in gaps_s(cloud))


@pytest.mark.parametrize("own, most", [(10, 10), (32, 32), (40, 32)])
def test_its_own_maximum_counts_and_thirty_two_amps_at_most(house, own, most):
    home = house(config(main_fuse_a=63, loads={"car": WALLBOX}))
    cloud = Cloud(home, most_a=own, number_a=most - 4)
    cloud.run(240)
    assert cloud.number_a == most


def test_a_written_maximum_counts(house):
    home = house(config(main_fuse_a=63, loads={"car": {**WALLBOX, "max_a": 13}}))
    cloud = Cloud(home)
    cloud.run(200)
    assert cloud.number_a == 13


def test_what_it_draws_is_not_the_house(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home, base_a=5)
    cloud.run(400)
    assert cloud.number_a == 20
    assert home.shown("car")["reason"] == "limited to 20 A by the main fuse (L1, 25 A): house 5 A"


def test_a_cloud_that_is_away_takes_no_harm(house):
    home = house(config(loads={"car": WALLBOX}))
    cloud = Cloud(home, number_a=10)
    cloud.run(10)
    before = len(cloud.writes)
    cloud.more.update(dict.fromkeys((CURRENT, SWITCH, "sensor.wallbox_status_description"), "unavailable"))
    cloud.more["sensor.wallbox_charging_power"] = {"state": "unavailable", "attributes": {"unit_of_measurement": "kW"}}
    cloud.run(120)
    assert len(cloud.writes) == before
    assert home.shown("car")["status"] == "fault"
    cloud.more.clear()
    cloud.run(30)
    assert home.shown("car")["status"] == "charging"


def test_entities_may_have_the_owners_language(house):
    dutch = "number.wallbox_thuis_maximale_laadstroom"
    home = house(config(loads={"car": {"type": "wallbox", "current": dutch, "phases": ["L1"]}}))
    states = {
        "sensor.l1": amps(8),
        dutch: {"state": "6", "attributes": {"min": 6, "max": 32, "step": 1}},
        "switch.wallbox_thuis_pauzeren_hervatten": "on",
        "sensor.wallbox_thuis_laadvermogen": unit(1.38, "kW"),
        "sensor.wallbox_thuis_statusbeschrijving": "Charging",
    }
    home.is_exact = True
    home.line(0, states)
    home.steady(30, states)
    assert home.all_sent(dutch)[0] == (20, 10)


def test_a_cut_for_want_of_sun_keeps_the_interval(house):
    solar = {**WALLBOX, "mode": "solar_only", "start_after_s": 0, "stop_after_s": 0}
    home = house(config(solar_w="sensor.sun", loads={"car": solar}))
    cloud = Cloud(home, base_a=-20)
    cloud.more["sensor.sun"] = unit(5000, "W")
    told = []
    for minute in range(20):
        cloud.base_a = (-20, -9, -14, -7)[minute % 4]
        cloud.run(30)
        decided = home.call("fusebox_explain")["response"]["loads"]["car"]
        told.append((decided["reason"], home.shown()["errors"]))
    assert len(cloud.writes) >= 3
    assert all(gap >= 60 for gap in gaps_s(cloud))
    assert any("until its next command is due" in reason for reason, _ in told)
    assert not any(errors for _, errors in told), "what could not be told yet was called disobedience"


def test_what_a_wallbox_has_until_its_next_command_is_given_to_no_other_load(house):
    loads = {
        "car": {**WALLBOX, "mode": "input_select.mode", "min_write_s": 600, "priority": 1, "max_a": 10},
        "guest": charger("guest"),
    }
    home = house(config(loads=loads))
    cloud = Cloud(home, base_a=8, number_a=6)
    guest = {**charging("guest", offer=6, draw=0), "sensor.guest_status": "Available"}
    cloud.more |= {"input_select.mode": "standard", **guest}
    cloud.run(30)
    assert cloud.number_a == 10
    cloud.more |= {"input_select.mode": "off", **charging("guest", offer=6)}
    cloud.base_a += 6
    cloud.run(200)
    assert not cloud.paused and "until its next command is due" in home.shown("car")["reason"]
    assert {value for _, value in home.all_sent("number.guest")} == {7}
