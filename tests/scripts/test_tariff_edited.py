"""A tariff that comes into CONFIG in the middle of a window, and one that leaves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .houses import amps, charger, charging, config

ELEVEN_PAST = datetime(2026, 3, 10, 18, 11, tzinfo=UTC)
TARIFF = {"tariff": {"kind": "fluvius", "target_kw": 4.0}}
PLAIN = config(loads={"car": charger(pause_s=180)}, main_fuse_a=40)
UNSEEN = "; import before 18:11 is unknown"


class Life:
    """A house at 9 A, then 5 A, and a car that obeys."""

    def __init__(self, house, written):
        self.home, self.offer_a, self.on, self.second = house(written, start=ELEVEN_PAST), 16, True, 0

    def run(self, seconds, house_a=5.0):
        for left in reversed(range(seconds)):
            drawn_a = self.offer_a if self.on else 0
            car = {**charging(offer=self.offer_a, draw=drawn_a), "switch.car": "on" if self.on else "off"}
            self.home.report(self.second, {"sensor.l1": amps(house_a + drawn_a), **car}, last=left == 0)
            self.offer_a = (self.home.sent("number.car") or [self.offer_a])[-1]
            self.on = (self.home.sent("switch.car") or ["on" if self.on else "off"])[-1] == "on"
            self.second += 1


@pytest.fixture
def life(house):
    """The house after its tariff has come in the middle of a window, and has paused the car."""
    found = Life(house, PLAIN)
    found.run(30, 9.0)
    found.home.save({**PLAIN, **TARIFF})
    found.run(30, 9.0)
    return found


def test_a_window_with_an_unmeasured_beginning_reports_that_alone(life):
    for _ in range(12):
        life.run(5)
        assert life.home.state("sensor.fusebox_site") in ("ok", "limited"), "5 A overload nothing"
    assert not life.on, "what was not seen still counts"
    assert UNSEEN in life.home.shown("peak")["reason"]
    assert "persistent_notification.create" not in {service for _, service, _ in life.home.calls}


def test_a_tariff_that_leaves_config_releases_at_once_what_it_paused(life):
    assert not life.on
    life.home.save(PLAIN)
    life.run(30)
    assert life.on


def test_a_window_measured_from_its_beginning_does_not_mention_it(house):
    life = Life(house, {**PLAIN, **TARIFF})
    life.run(5)
    assert UNSEEN in life.home.shown("peak")["reason"]
    life.second = 300
    life.run(5)
    assert "import before" not in life.home.shown("peak")["reason"]
