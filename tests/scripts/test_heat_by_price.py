"""Heat by prices: a heat pump in its cheap and expensive hours, and a tank that is warmer while energy is cheap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .boiler import Tank, tank
from .heat_pumps import Pumped, pump
from .houses import amps, config
from .nights import T0, ZONE, nord_pool

EVENING = {f"20:{minute}": 0.60 for minute in ("15", "30")} | {f"21:{minute}": 0.05 for minute in ("00", "15", "30")}
"""Expensive from a quarter past eight, cheap from nine; the rest is normal."""
PRICES = {"import": "sensor.nordpool"}


@pytest.fixture
def evening(house):
    """`evening(plan, site=..., **keys of the pump)`: a heat pump at eight in the evening, with today's prices."""

    def begin(plan, base_a=2.0, *, prices=EVENING, **more):
        written = config(loads={"pump": pump(plan=plan, **more)})
        home = house({**written, "prices": PRICES}, start=T0, time_zone=ZONE)
        home.line(0, nord_pool(prices))
        home.rests = True
        return Pumped(home, base_a)

    return begin


def minutes(pumped: Pumped) -> list[tuple[int, str]]:
    """The states other than normal, by the minute after eight."""
    return [(round(second / 60), state) for second, state in pumped.seen if state != "normal"]


def test_it_is_blocked_in_the_dearest_and_recommended_in_the_cheapest_hours(evening):
    pumped = evening({"recommend_hours": 0.75, "block_hours": 0.5})
    pumped.run(60)
    shown = pumped.shown()
    assert [(row["start"][11:16], row["end"][11:16], row["signal"]) for row in shown["plan"]][:2] == [
        ("20:15", "20:45", "block"),
        ("21:00", "21:45", "recommend"),
    ]
    assert (shown["plan_state"], shown["plan_reason"]) == (
        "waiting",
        "recommended to run 21:00–21:45, when energy is cheap; blocked 20:15–20:45, when it is expensive",
    )
    pumped.run(20 * 60, 5)
    assert pumped.shown()["reason"] == "blocked until 20:45, because energy is expensive"
    assert pumped.shown()["plan_state"] == "running"
    pumped.run(45 * 60, 5)
    assert pumped.shown()["reason"].startswith("recommended until 21:45, because energy is cheap")
    pumped.run(45 * 60, 5)
    assert minutes(pumped) == [(15, "block"), (60, "recommend")]
    assert pumped.state == "normal" and pumped.lawful()


def test_a_block_for_a_price_ends_with_the_blocks_of_the_day(evening):
    pumped = evening({"block_hours": 0.5}, max_block_s=900)
    pumped.run(50 * 60, 5)
    assert [state for _, state in minutes(pumped)] == ["block"]
    assert pumped.shown()["blocked_min"] == 15


def test_a_pump_that_a_dear_hour_does_not_block_says_why(evening):
    pumped = evening({"block_hours": 0.5}, base_a=26.0, max_block_s=1800)
    pumped.house.rests = False
    pumped.run(10 * 60, 5)
    assert pumped.state == "block"
    pumped.base_a = 2.0
    pumped.run(8 * 60, 5)
    assert pumped.shown()["reason"] == "not blocked by the price until 20:21: it runs as long as it was blocked before"
    pumped.run(25 * 60, 5)
    assert minutes(pumped) == [(0, "block"), (20, "block")]
    reason = "not blocked: too little is left of the 30 min that are allowed in 24 hours, less 15 min kept for a fuse"
    assert (pumped.state, pumped.shown()["reason"]) == ("normal", reason)
    pumped.base_a = 26.0
    pumped.run(60, 5)
    assert pumped.state == "block"


def test_a_restart_does_not_interrupt_a_cheap_hour(house):
    loads = {"pump": pump(plan={"recommend_hours": 0.75})}
    written = {**config(loads=loads), "prices": PRICES}
    home = house(written, start=T0 + timedelta(minutes=59), time_zone=ZONE)
    home.line(0, nord_pool(EVENING))
    before = Pumped(home, 2.0)
    before.run(8 * 60, 5)
    assert before.state == "recommend"
    after = Pumped(house(written, start=T0 + timedelta(minutes=68), time_zone=ZONE), 2.0, two=True)
    after.run(120, 5)
    assert after.path == ["recommend"]


def test_a_surplus_goes_before_a_dear_hour(evening):
    pumped = evening({"block_hours": 0.5}, base_a=-12.0)
    pumped.run(40 * 60, 5)
    assert "block" not in pumped.path


def test_a_pump_recommended_in_a_dear_hour_is_not_said_to_use_cheap_energy(evening):
    pumped = evening({"block_hours": 0.5}, base_a=-12.0, dwell_s=1800)
    pumped.run(40 * 60, 5)
    assert pumped.state == "recommend"
    pumped.base_a = 2.0
    pumped.run(240, 5)
    assert pumped.state == "recommend"
    reason = "stays recommended to run until 21:00: its relays keep each state for at least 30 min"
    assert pumped.shown()["reason"] == reason


def test_a_pump_that_is_off_or_has_no_prices_is_left_alone(evening):
    off = evening({"recommend_hours": 0.75, "block_hours": 0.5}, mode="off")
    off.run(75 * 60, 10)
    assert off.path == ["normal"]
    assert (off.shown()["plan_state"], off.shown()["plan_reason"]) == ("waiting", "mode is off")


def test_cheap_hours_that_have_passed_are_not_made_up_for(house):
    """A table in CONFIG knows the morning as well, whenever it is first read."""
    fixed = {"fixed": {"hours": {"01-06": 0.10, "22-24": 0.20}, "else": 0.30}}
    home = house(
        {**config(loads={"pump": pump(plan={"recommend_hours": 4})}), "prices": fixed}, start=T0, time_zone=ZONE
    )
    pumped = Pumped(home, 2.0)
    pumped.run(60)
    assert pumped.shown()["plan_reason"] == "recommended to run 01:00–05:00, when energy is cheap"


def test_equal_prices_ask_for_nothing(evening):
    even = evening({"recommend_hours": 0.75, "block_hours": 0.5}, prices={})
    even.run(30 * 60, 10)
    assert even.path == ["normal"]
    assert even.shown()["plan_reason"].startswith("waits for new prices")


def test_a_tank_is_warmer_in_its_cheap_hours_and_never_below_what_it_has_without(house):
    written = config(loads={"tank": tank(normal_c=50, boost_c=60, hysteresis_c=2, warm_hours=0.75)})
    home, water = house({**written, "prices": PRICES}, start=T0, time_zone=ZONE), Tank(45.0)
    home.line(0, nord_pool(EVENING))
    home.rests = True
    celsius, reasons = {}, {}
    for second in range(0, 105 * 60, 10):
        home.report(second, {"sensor.l1": amps(2 + water.draw_a), **water.states()}, last=second >= 104 * 60)
        for call in home.reply["calls"]:
            if call["data"].get("entity_id") == "switch.tank":
                water.on = call["service"].endswith("turn_on")
        for _ in range(10):
            water.step()
        celsius[second // 60], reasons[second // 60] = water.celsius, home.shown("tank")["reason"]
    assert 50 <= celsius[59] < 52
    assert "to 60 °C, because energy is cheap" in reasons[60]
    assert 60 <= celsius[104] < 62


def test_a_saved_config_does_not_interrupt_a_cheap_hour(house):
    written = {
        **config(loads={"tank": tank(normal_c=50, boost_c=60, hysteresis_c=2, warm_hours=0.75)}),
        "prices": PRICES,
    }
    home, water = house(written, start=T0 + timedelta(minutes=58), time_zone=ZONE), Tank(51.0)
    home.line(0, nord_pool(EVENING))
    switched = []
    for second in range(110, 210, 10):
        if second == 150:
            assert switched == ["turn_on"]
            home.save({**written, "site": {**written["site"], "margin_a": 0.7}})
        home.report(second, {"sensor.l1": amps(2 + water.draw_a), **water.states()}, last=second >= 200)
        for call in home.reply["calls"]:
            if call["data"].get("entity_id") == "switch.tank":
                switched.append(call["service"].removeprefix("switch."))
                water.on = call["service"].endswith("turn_on")
        for _ in range(10):
            water.step()
    assert switched == ["turn_on"]
