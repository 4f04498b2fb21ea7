"""What a dry run withheld goes out when it ends; what waits when one begins is not sent."""

from __future__ import annotations

import sys

from .houses import amps, charger, charging, config


def test_what_dry_run_withheld_goes_out_when_it_ends(house):
    home = house(config(loads={"car": charger()}, dry_run="input_boolean.dry"))
    home.line(0, {"sensor.l1": amps(20), **charging(), "input_boolean.dry": "on"})
    home.line(1, {"sensor.l1": amps(30)})
    assert home.calls == []
    home.line(2, {"input_boolean.dry": "off"})
    assert home.sent("number.car") == [11]


async def waiting():
    return dict(vars(sys.modules["_fusebox_store"])["newest_calls"])


def test_what_still_waits_to_be_sent_when_a_dry_run_begins_is_left_out(house):
    home = house(config(loads={"car": charger()}, dry_run="input_boolean.dry"))
    home.steady(5, {"sensor.l1": amps(20), **charging(), "input_boolean.dry": "off"})
    home.line(6, {"sensor.l1": amps(30)})
    assert home.sent("number.car") and home.session.run(waiting)
    home.line(7, {"input_boolean.dry": "on"})
    assert not home.session.run(waiting)
