"""Rooms: a thermostat's set point is warmer while energy is cheap, colder while it is expensive, and a user's stays."""

from __future__ import annotations

import pytest

from .houses import REST_AFTER_S, amps, config
from .nights import T0, ZONE, nord_pool

EVENING = {f"20:{minute}": 0.60 for minute in ("15", "30")} | {f"21:{minute}": 0.05 for minute in ("00", "15", "30")}
"""Expensive from a quarter past eight, cheap from nine; the rest is normal."""
ROOM = {"type": "thermostat", "climate": "climate.living", "phases": ["L1"], "start_after_s": 10}
PRICES = {"import": "sensor.nordpool"}


class Room:
    """Runs a room's thermostat from eight in the evening; `path` has the minutes and temperatures that it was sent.

    It follows after `late_min` minutes.
    """

    def __init__(self, house, **more):
        written = {**ROOM, "plan": {"recommend_hours": 0.75, "block_hours": 0.5}, **more}
        self.house = house({**config(loads={"room": written}), "prices": PRICES}, start=T0, time_zone=ZONE)
        self.house.line(0, nord_pool(EVENING))
        self.house.rests = True
        self.is_deaf = False
        self.late_min, self.under_way = 0, []
        self.second, self.set_c, self.mode, self.grid_a, self.path = 0, 20.0, "heat", 2.0, []

    def run(self, minutes):
        """Run for this many minutes."""
        for left in reversed(range(0, minutes * 60, 5)):
            shown = {"temperature": self.set_c, "current_temperature": 20.1, "target_temp_step": 0.5, "min_temp": 7}
            states = {"climate.living": {"state": self.mode, "attributes": shown}, "sensor.l1": amps(self.grid_a)}
            self.house.report(self.second, states, last=left < REST_AFTER_S)
            self.obey()
            self.second += 5

    def obey(self):
        """Set what the last reply sends."""
        for call in self.house.reply["calls"]:
            assert call["service"] == "climate.set_temperature"
            self.path.append((round(self.second / 60), call["data"]["temperature"]))
            self.under_way.append((self.second + 60 * self.late_min, call["data"]["temperature"]))
        while self.under_way and self.under_way[0][0] <= self.second:
            _, sent_c = self.under_way.pop(0)
            self.set_c = self.set_c if self.is_deaf else sent_c

    def shown(self):
        """Its status entity's attributes."""
        return self.house.shown("room")


@pytest.fixture
def room(house):
    """`room(**keys)`: a room with an expensive half hour and three cheap quarter hours."""
    return lambda **more: Room(house, **more)


def test_a_room_is_colder_while_energy_is_dear_and_warmer_while_it_is_cheap(room):
    living = room()
    living.run(20)
    assert living.shown()["reason"] == "blocked until 20:45, because energy is expensive"
    living.run(45)
    assert living.shown()["reason"].startswith("recommended until 21:45, because energy is cheap")
    living.run(45)
    assert living.path == [(15, 17), (45, 20), (60, 22), (105, 20)]


def test_a_set_point_that_a_person_changes_stays_until_the_next_change(room):
    living = room(plan={"recommend_hours": 0.75})
    living.run(2)
    living.set_c = 20.5
    living.run(28)
    assert living.path == []
    living.run(35)
    living.set_c = 19
    living.run(30)
    assert living.path == [(60, 22)]
    living.run(15)
    assert living.path == [(60, 22), (105, 20)]


def test_a_user_who_is_cold_ends_a_block(room):
    living = room(plan={"block_hours": 0.5})
    living.run(20)
    living.set_c = 21
    living.run(4)
    assert living.path == [(15, 17)]
    assert living.shown()["sg_state"] == "normal"


@pytest.mark.parametrize("own_c", [15, 18, 25])
def test_a_set_point_of_a_person_stays_over_a_restart_and_an_edit_of_another_key(room, own_c):
    living = room(plan=None)
    living.run(2)
    living.set_c = own_c
    living.run(2)
    edited = room(plan=None, recommend_above_w=2000)
    edited.set_c = own_c
    edited.run(5)
    edited.house.save({**config(loads={"room": {**ROOM, "recommend_above_w": 2500}}), "prices": PRICES})
    edited.run(5)
    assert living.path == edited.path == []


@pytest.mark.parametrize("own_c", [15, 18])
def test_a_set_point_that_is_found_at_the_first_start_stays(room, own_c):
    living = room(plan=None)
    living.set_c = own_c
    living.run(5)
    assert living.path == []


def test_a_room_that_was_warm_at_a_restart_is_normal_again_where_nothing_recommends_it(room):
    living = room(plan={"recommend_hours": 0.75})
    living.run(65)
    assert living.set_c == 22
    again = room(plan={"recommend_hours": 0.75})
    again.set_c = 22
    again.run(5)
    assert again.set_c == 20


def test_a_room_is_warmer_on_a_surplus(room):
    living = room(plan=None)
    living.grid_a = -10
    living.run(5)
    assert living.set_c == 22


def test_a_new_normal_temperature_is_set_at_once(room):
    living = room(plan=None)
    living.run(1)
    living.house.call("fusebox_set", load="room", normal_c=21)
    living.obey()
    living.run(1)
    assert living.set_c == 21


def test_a_thermostat_that_does_not_follow_is_named(room):
    living = room(plan={"recommend_hours": 0.75})
    living.is_deaf = True
    living.run(75)
    assert len(living.path) < 8
    assert any("climate.living was sent 22 °C and displays 20 °C" in each for each in living.house.shown()["errors"])


@pytest.mark.parametrize("mode", ["off", "cool"])
def test_a_thermostat_that_does_not_heat_is_left_alone(room, mode):
    living = room()
    living.mode = mode
    living.run(20)
    assert (living.path, living.shown()["status"]) == ([], "off")
    assert living.shown()["reason"] == "its thermostat does not heat now"


def test_a_warm_set_point_that_is_displayed_late_is_taken_back(room):
    living = room(plan={"recommend_hours": 0.75})
    living.late_min = 3
    living.run(61)
    living.house.call("fusebox_set_mode", load="room", mode="off")
    living.obey()
    living.run(15)
    assert (living.set_c, living.path) == (20, [(60, 22), (61, 20)])
