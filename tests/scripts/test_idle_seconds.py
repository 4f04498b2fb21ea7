"""Which seconds of a house the tests send: all of them, except those in which nothing happens."""

from __future__ import annotations

import pytest

from .houses import REST_S, amps, charger, charging, config

STILL = {"sensor.l1": amps(20), **charging(offer=16)}


@pytest.fixture
def home(house, monkeypatch):
    home = house(config(loads={"car": charger()}))
    home.longest_gap_s = REST_S
    home.times = []
    line = home.session.line
    monkeypatch.setattr(home.session, "line", lambda message: home.times.append(message["t"]) or line(message))
    return home


def test_a_calm_house_is_sent_every_ten_seconds_then_every_twenty_and_at_the_end(home):
    home.steady(131, STILL)
    assert home.times == [0, 1, 2, 10, 20, 30, 40, 50, 60, 80, 100, 120, 131]


def test_a_change_ends_the_calm_and_a_call_too(home):
    home.steady(100, STILL)
    home.times.clear()
    home.is_brief = False
    for second in range(101, 120):
        home.report(second, {**STILL, "sensor.l1": amps(20 if second < 103 else 21)})
    assert home.times == [103, 104, 110]
    home.calls.clear()
    home.report(120, {**STILL, "sensor.l1": amps(40)})
    assert home.calls and home.times[-1] == 120


def test_a_house_that_reports_nothing_or_is_exact_is_sent_each_second(home):
    home.steady(1, STILL)
    home.steady(70, {})
    assert home.times == [*range(71)]
    home.is_exact = True
    home.steady(140, STILL)
    assert home.times == [*range(141)]
