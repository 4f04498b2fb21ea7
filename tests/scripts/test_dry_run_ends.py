"""What a dry run withheld goes out when it ends."""

from __future__ import annotations

from .houses import amps, charger, charging, config


def test_what_dry_run_withheld_goes_out_when_it_ends(house):
    home = house(config(loads={"car": charger()}, dry_run="input_boolean.dry"))
    home.line(0, {"sensor.l1": amps(20), **charging(), "input_boolean.dry": "on"})
    home.line(1, {"sensor.l1": amps(30)})
    assert home.calls == []
    home.line(2, {"input_boolean.dry": "off"})
    assert home.sent("number.car") == [11]
