"""What the embedded host stores next to the config over a restart."""

from __future__ import annotations

from ..scripts.houses import House, amps, charger, charging, config

GOOD = config(loads={"car": charger()})


def test_over_a_restart_with_a_broken_config_the_last_good_one_stays_in_force(tmp_path):
    with House(tmp_path, GOOD) as home:
        home.line(0, {"sensor.l1": amps(20), **charging(offer=16)})
    with House(tmp_path, "CONFIG = {,") as home:
        home.line(0, {"sensor.l1": amps(20), **charging(offer=16)})
        assert home.state("sensor.fusebox_site") == "config_error"
        home.line(1, {"sensor.l1": amps(28)})
        assert home.sent("number.car") == [13]


def test_without_a_good_one_before_nothing_is_controlled(tmp_path):
    with House(tmp_path, "CONFIG = {,") as home:
        home.line(0, {"sensor.l1": amps(28), **charging(offer=16)})
        home.line(1, {"sensor.l1": amps(28)})
        assert home.calls == []
