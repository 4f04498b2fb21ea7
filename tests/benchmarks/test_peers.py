"""The reimplemented controllers have the published constants of their originals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.peers.contract import ChargerReading, Peer, SecondReading, share_equally
from benchmarks.peers.evse_balancer import EvseBalancer
from benchmarks.peers.load_juggler import LoadJuggler
from benchmarks.peers.naive import Naive
from benchmarks.peers.sixty_lines import SixtyLines
from benchmarks.scenes.scene import SCENES

CONFIG = replace(SCENES["b"], car_max_a=16.0).config


def told(peer: Peer, net_w: Callable[[int, float], float], until_s: int) -> list[tuple[int, float]]:
    """(second, amps) of every change, in a house whose car draws at once what it is offered."""
    offer_a, found = 0.0, []
    for t_s in range(until_s):
        states = {
            "sensor.grid_power_l1": {"state": net_w(t_s, offer_a)},
            "sensor.car1_current": {"state": offer_a},
            "sensor.car1_status": {"state": "charging"},
        }
        reply = asyncio.run(peer.line({"t": t_s, "states": states}))
        before_a = offer_a
        offer_a = _obeyed(offer_a, reply["calls"])
        if offer_a != before_a:
            found.append((t_s, offer_a))
    return found


def _obeyed(offer_a: float, calls: list[Mapping[str, Any]]) -> float:
    for call in calls:
        offer_a = 0.0 if call["service"] == "switch.turn_off" else call["data"].get("value", offer_a)
    return offer_a


def kettle(at_s: int, amps: float) -> Callable[[int, float], float]:
    return lambda t_s, offer_a: 230 * (4 + (amps if t_s >= at_s else 0) + offer_a)


def test_load_juggler_ramps_a_cut_and_sends_it_each_quarter_of_a_minute():
    found = told(LoadJuggler(CONFIG), kettle(300, 12), 420)
    cut = [(t_s, amps) for t_s, amps in found if t_s >= 300]
    assert all(t_s % 15 == 0 for t_s, _ in found)
    assert cut[0][1] >= 16 - 0.2 * 30  # a ramp, not a step
    assert cut[-1][1] == pytest.approx(9, abs=0.4)
    assert 45 <= cut[-1][0] - 300 <= 75


def test_evse_balancer_tolerates_a_high_overload_for_10_s_and_a_low_one_for_a_minute():
    for amps, borne_s in ((12, 30), (20, 10), (6.9, 60)):
        cut = next(t_s for t_s, offer_a in told(EvseBalancer(CONFIG), kettle(300, amps), 420) if offer_a < 16)
        assert cut == 300 + borne_s - 1


def test_evse_balancer_rises_again_after_a_quarter_of_an_hour():
    def brief(t_s: int, offer_a: float) -> float:
        return 230 * (4 + (20 if 300 <= t_s < 330 else 0) + offer_a)

    found = told(EvseBalancer(CONFIG), brief, 1400)
    assert found[-1][0] == found[-2][0] + 900


def test_the_naive_one_follows_up_and_down_every_ten_seconds():
    found = told(Naive(CONFIG), kettle(305, 12), 420)
    assert found == [(0, 16), (310, 9)]


def test_minimums_come_first_and_the_rest_in_equal_parts():
    cars = {name: ChargerReading(("L1",), True, 0.0, 16.0) for name in ("one", "two")}
    assert share_equally({"L1": 21.0}, cars) == {"one": 10.5, "two": 10.5}
    assert share_equally({"L1": 11.0}, cars) == {"one": 11.0, "two": 0.0}
    assert share_equally({"L1": 5.9}, cars) == {"one": 0.0, "two": 0.0}


def test_a_view_with_an_unknown_phase_is_blind():
    assert SecondReading(0, {"L1": 3.0, "L2": None}, {}).blind
    assert not SecondReading(0, {"L1": 3.0}, {}).blind


def test_sixty_lines_cut_at_once_and_rise_again_after_a_minute_of_room():
    found = told(SixtyLines(CONFIG), lambda t_s, offer_a: 230 * (4 + (12 if 300 <= t_s < 400 else 0) + offer_a), 520)
    assert [amps for _, amps in found] == [16, 9, 16]
    assert [t_s for t_s, _ in found[1:]] == [300, 460 - 1]


def test_sixty_lines_hold_a_minimum_for_a_while_and_pause_it_for_three_minutes():
    # 6 A on 22 A of others: 1.12 times the rating
    found = told(SixtyLines(CONFIG), lambda t_s, offer_a: 230 * (4 + (18 if 300 <= t_s < 420 else 0) + offer_a), 720)
    assert [amps for _, amps in found] == [16, 6, 0, 16]
    assert 320 <= found[2][0] <= 380
    assert found[3][0] >= found[2][0] + 180


def test_sixty_lines_pause_the_car_that_is_served_last():
    house = SixtyLines(SCENES["e"].config)
    cars = {
        "car1": ChargerReading(("L1", "L2", "L3"), True, 6.0, 16.0),
        "car2": ChargerReading(("L1",), True, 6.0, 16.0),
    }
    for t_s in range(200):
        base_a = 4.0 if t_s < 100 else 18.0
        offers = house.decide(SecondReading(t_s, {"L1": base_a + 12, "L2": 10.0, "L3": 10.0}, cars))
    assert offers == {"car1": 6.0, "car2": 0.0}
