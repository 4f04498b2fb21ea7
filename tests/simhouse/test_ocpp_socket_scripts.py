"""The shipped scripts steer a charge point over a real socket: the usual, and every make's own ways."""

from datetime import datetime
from itertools import pairwise

import pytest

from simhouse.devices.ocpp.firmware import Firmware
from simhouse.physics.car import Car, Visit

from .evenings import EAGER, LOAD, Home, away, lived

THREE = {"grid": {p: f"sensor.net_{p.lower()}" for p in ("L1", "L2", "L3")}}


def oven(from_s=120, until_s=200, low_w=800, high_w=4000):
    """A household with an oven for a while [W]."""
    return lambda t: high_w if from_s <= t < until_s else low_w


def limits(life, from_s=0, until_s=10**9):
    """The limits sent above the fail-safe, with their units."""
    schedules = [p["chargingSchedule"] for _, p in life.profiles(from_s, until_s) if p["chargingProfileId"] % 2]
    return [(s["chargingSchedulePeriod"][0]["limit"], s["chargingRateUnit"]) for s in schedules]


def test_a_car_gets_what_the_house_leaves_and_a_cut_comes_at_once(tmp_path):
    life = lived(tmp_path, 320, Home(loads={"car": LOAD | {"rate_unit": "A"}}, base=oven()))
    draw = life.draw()
    assert draw[110] > 19 and draw[130] < 7.5 and draw[310] > 12
    assert max(a["L1"] for a in life.net_a[126:320]) < 25.1
    assert life.made("ocpp.set_charge_rate", 120, 123), "the cut waits"
    assert life.house.chargers["car"].refused == 0


def test_nothing_is_written_for_a_steady_house_but_the_renewals(tmp_path):
    life = lived(tmp_path, 330)
    renewals = [t for t, _ in life.profiles(150)]
    gaps = {b - a for a, b in pairwise(renewals)}
    assert renewals and min(gaps) >= 40 and max(gaps) <= 120
    assert set(life.offer()[150:]) == {20.0}


def test_a_limit_that_takes_effect_after_others_have_been_sent_is_not_set_by_hand(tmp_path):
    life = lived(tmp_path, 130, Home(firmware={"obeys_after_s": 20}))
    assert {6.0, 20.0} <= set(life.offer()) and not life.ever("by hand")


def test_each_limit_ends_by_itself_over_a_safe_one_with_a_lower_level(tmp_path):
    life = lived(tmp_path, 200, Home(loads={"car": LOAD | {"failsafe_a": 8, "stack_level": 5, "rate_unit": "A"}}))
    sent = [profile for _, profile in life.profiles()]
    safe = [p for p in sent if p["chargingProfileId"] % 2 == 0]
    leases = [p for p in sent if p["chargingProfileId"] % 2]
    assert {p["stackLevel"] for p in leases} == {5} and {p["stackLevel"] for p in safe} == {4}
    assert all(p["chargingSchedule"]["chargingSchedulePeriod"][0]["limit"] == 8 for p in safe)
    assert all(_length_s(p) == 420 for p in leases), "five minutes back and two ahead"


def _length_s(profile):
    ends, begins = (datetime.fromisoformat(profile[key]) for key in ("validTo", "validFrom"))
    return (ends - begins).total_seconds()


@pytest.mark.parametrize("units", ["Current", "Power", "Current,Power"])
def test_the_unit_is_the_one_that_the_charger_takes(tmp_path, units):
    life = lived(tmp_path, 170, Home(firmware={"units": units}, base=oven(120, 165)))
    assert {unit for _, unit in limits(life)} == {"W" if units == "Power" else "A"}
    assert life.draw()[115] > 12 and life.draw()[160] < 7
    assert life.house.chargers["car"].refused == 0  # to ask once for the other unit is no mistake


def test_a_charger_that_takes_watts_and_does_not_say_so_is_found_out(tmp_path):
    life = lived(tmp_path, 260, Home(firmware={"units": "Power", "tells_units": False, "unlimited_a": 16}, base=400))
    assert {unit for _, unit in limits(life, 100)} == {"W"}
    assert life.house.chargers["car"].connector.offered_a > 6


def test_watts_are_for_all_three_phases(tmp_path):
    load = LOAD | {"phases": ["L1", "L2", "L3"], "max_a": 16}
    firmware = {"units": "Power", "unlimited_a": 16.0}
    life = lived(tmp_path, 240, Home(site=THREE, loads={"car": load}, firmware=firmware, cars={"car": Car(3, 16.0)}))
    assert life.draw()[230] > 13
    assert 16 * 230 * 3 in {limit for limit, _ in limits(life)}


@pytest.mark.parametrize("watts_for", ["wired", "used"])
def test_watts_for_a_one_phase_car_are_what_the_charger_makes_of_them(tmp_path, watts_for):
    load = LOAD | {"phases": ["L1", "L2", "L3"], "max_a": 16}
    firmware = {"units": "Power", "unlimited_a": 16.0, "watts_for": watts_for}
    life = lived(
        tmp_path,
        330,
        Home(
            site=THREE,
            loads={"car": load},
            firmware=firmware,
            cars={"car": Car(1, 16.0)},
            base=oven(180, 330, 400, 3600),
        ),
    )
    assert life.draw()[175] > 12
    assert max(a["L1"] for a in life.net_a[240:]) < 25.1 and life.draw()[-1] > 5.5


def test_a_three_phase_charger_yields_to_the_phase_that_is_full(tmp_path):
    load = LOAD | {"phases": ["L1", "L2", "L3"], "max_a": 16}
    life = lived(
        tmp_path,
        260,
        Home(
            site=THREE,
            loads={"car": load},
            firmware={"unlimited_a": 16.0},
            cars={"car": Car(3, 16.0)},
            base=oven(150, 260, 500, 3400),
        ),
    )
    assert life.draw()[140] > 13 and 6 < life.draw()[170] < 10.5
    assert max(max(a.values()) for a in life.net_a[160:]) < 25.1


@pytest.mark.parametrize("current_by", ["phase", "entity", "largest"])
def test_a_one_phase_car_on_three_phases_is_counted_where_it_draws(tmp_path, current_by):
    load = LOAD | {"phases": ["L1", "L2", "L3"], "max_a": 16}
    firmware = {"unlimited_a": 16.0, "current_by": current_by}
    life = lived(tmp_path, 240, Home(site=THREE, loads={"car": load}, firmware=firmware, cars={"car": Car(1, 16.0)}))
    told = life.told[230]["car"]["attributes"]
    assert life.draw()[230] > 13 and told["status"] == "charging"


def test_with_no_room_it_pauses_at_nothing_and_comes_back(tmp_path):
    site = {"main_fuse_a": 16}
    life = lived(
        tmp_path,
        520,
        Home(
            site=site,
            loads={"car": LOAD | {"pause_s": 60, "max_a": 12}},
            firmware={"unlimited_a": 12.0},
            base=oven(120, 250, 600, 4000),
        ),
    )
    assert (0.0, "A") in limits(life, 120, 250)
    assert life.words[240]["car"] == "SuspendedEVSE" and life.attribute("status", 240) == "paused"
    assert life.draw()[510] > 5.5 and life.words[510]["car"] == "Charging"


@pytest.mark.parametrize("every_s", [5, 60])
def test_meter_values_may_come_often_or_seldom(tmp_path, every_s):
    life = lived(tmp_path, 340, Home(firmware={"meter_every_s": every_s}, base=oven()))
    assert life.draw()[135] < 7.5 and max(a["L1"] for a in life.net_a[130:340]) < 25.1
    assert life.draw()[330] > 9


@pytest.mark.parametrize("below", ["pause", "minimum"])
def test_what_a_make_does_between_nothing_and_six_amps_does_not_matter(tmp_path, below):
    life = lived(
        tmp_path,
        260,
        Home(
            site={"main_fuse_a": 16},
            firmware={"below_minimum": below, "unlimited_a": 12.0},
            loads={"car": LOAD | {"max_a": 12}},
            base=oven(100, 260, 600, 4000),
        ),
    )
    assert life.draw()[250] == 0


def test_a_charger_that_waits_for_a_start_is_started(tmp_path):
    life = lived(tmp_path, 120, Home(firmware={"needs_remote_start": True}))
    assert life.made("switch.turn_on") and life.draw()[115] > 12
    assert len(life.made("switch.turn_on")) <= 3


def test_no_charge_is_started_without_a_car(tmp_path):
    life = lived(
        tmp_path, 200, Home(firmware={"needs_remote_start": True}, cars={"car": Car(visits=(Visit(150, 1e9, 20.0),))})
    )
    assert not life.made("switch.turn_on", 0, 150) and life.made("switch.turn_on", 150)
    assert life.attribute("status", 140) == "unplugged"


def test_highest_stack_level_of_the_charger_is_respected(tmp_path):
    life = lived(tmp_path, 90, Home(firmware={"highest_stack_level": 1}))
    assert {p["stackLevel"] for _, p in life.profiles(20)} <= {0, 1} and life.draw()[85] > 12


@pytest.mark.parametrize("firmware", [{"highest_stack_level": 0}, {"most_profiles": 1, "tells_room": False}])
def test_a_charger_with_room_for_one_profile_has_its_fail_safe_in_the_same_profile(tmp_path, firmware):
    life = lived(tmp_path, 110, Home(firmware=firmware), then=lambda life: away(life, 130))
    assert life.draw()[95] > 12
    assert set(life.offer()[100 + 123 :]) == {6.0}


@pytest.mark.parametrize(("failsafe_a", "left_a"), [(6, 6.0), (0, 0.0)])
@pytest.mark.parametrize("lease_s", [60, 120])
def test_a_charger_whose_home_assistant_dies_falls_back_to_fail_safe_in_its_lease(
    tmp_path, failsafe_a, left_a, lease_s
):
    load = LOAD | {"failsafe_a": failsafe_a, "lease_s": lease_s}
    dies_s = 80
    life = lived(tmp_path, dies_s, Home(loads={"car": load}), then=lambda life: away(life, lease_s + 20))
    assert life.draw()[dies_s - 1] > 12
    assert life.offer()[dies_s + 5] > 12, "not before"
    assert set(life.offer()[dies_s + lease_s + 3 :]) == {left_a}
    assert max(life.draw()[dies_s + lease_s + 9 :]) <= left_a


def test_two_chargers_share_a_fuse(tmp_path):
    loads = {name: LOAD | {"charger": name, "max_a": 16} for name in ("east", "west")}
    firmwares = {name: Firmware(unlimited_a=16.0) for name in loads}
    life = lived(
        tmp_path,
        180,
        Home(loads=loads, firmwares=firmwares, site={"distribution": "shared"}, cars=dict.fromkeys(loads, EAGER)),
    )
    assert abs(life.draw("east")[-1] - life.draw("west")[-1]) < 1 and life.draw("east")[-1] > 8
    assert max(a["L1"] for a in life.net_a[30:]) < 25.1
    sent_to = {data["devid"] for _, data in life.made("ocpp.set_charge_rate")}
    assert sent_to == {"east", "west"}


def test_two_connectors_of_one_charger_share_a_fuse(tmp_path):
    loads = {f"side_{n}": LOAD | {"connector": n, "max_a": 16} for n in (1, 2)}
    life = lived(tmp_path, 180, Home(loads=loads, firmware={"unlimited_a": 16.0}))
    assert life.draw("side_1")[-1] + life.draw("side_2")[-1] > 17
    assert max(a["L1"] for a in life.net_a[30:]) < 25.1
    assert {data["conn_id"] for _, data in life.made("ocpp.set_charge_rate")} == {1, 2}


def test_a_restart_of_home_assistant_continues_where_the_charger_is(tmp_path):
    life = lived(tmp_path, 240, restarts=(100,))
    assert min(life.draw()[90:]) > 5.5, "the car is never stopped"
    assert life.draw()[-1] > 12
    assert life.told[-1]["car"]["attributes"]["status"] == "charging"
