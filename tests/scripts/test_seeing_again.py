"""After blindness: what ends at once, what waits, and what the status says of slow meters."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config
from .living import Device, Living


def test_readings_whole_again_end_the_fail_safe_at_once_and_raises_wait_as_usual(house):
    home = house(config(loads={"car": charger(failsafe_a=6)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=16))
    life.run(1)
    for second in range(1, 71):
        life.second = second
        home.line(second, {k: v for k, v in life.states().items() if k != "sensor.l1"})
        life._obey()
    assert life.devices["car"].offer_a == 6
    life.second = 71
    life.run(1)
    assert home.state(SITE) != "blind"
    assert home.shown("car")["status"] == "charging"
    home.is_exact = True
    life.run(60)
    raises = [(t, a) for t, a in home.all_sent("number.car") if t > 70]
    assert raises == [(71 + 20, 10), (71 + 25, 14), (71 + 30, 16)]


def test_a_pause_that_a_silent_meter_has_caused_is_not_blamed_on_the_limit_of_before(house):
    home = house(config(loads={"car": charger(failsafe_a=0)}))
    life = Living(home, {"L1": 12}, car=Device(offer_a=10))
    life.run(40)
    assert home.shown("car")["limited_by"] == "main L1"
    for second in range(40, 111):
        life.second = second
        home.line(second, {k: v for k, v in life.states().items() if k != "sensor.l1"})
        life._obey()
    assert not life.devices["car"].on
    life.second = 111
    life.run(5)
    shown = home.shown("car")
    assert (shown["status"], shown["limited_by"]) == ("paused", "")
    assert shown["reason"].startswith("paused until 12:05 at the earliest: it was stopped")


def test_a_stretched_stage_is_reported_in_the_status(house):
    home = house(config(loads={"car": charger()}, main_fuse_a=63))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.steady(160, {"sensor.l1": amps(20)}, every=20)
    told = str(home.shown()["warnings"])
    assert any(w in told for w in ("period", "slow", "every 20", "stretch")), told


@pytest.mark.parametrize("lost_s", [0, 30])
def test_a_charger_that_is_back_between_two_meter_readings_is_not_cut_for_its_own_draw(house, lost_s):
    home, offer_a = house(config(loads={"car": charger()})), 16
    for second in range(50):
        home.line(second, {"sensor.l1": amps(24 + 0.01 * (second % 7))})
        shown = charging(offer=offer_a, draw=offer_a)
        is_lost = lost_s <= second < lost_s + 5
        home.line(second + 0.5, dict.fromkeys(shown, "unavailable") if is_lost else shown)
    assert home.all_sent("number.car") == []
