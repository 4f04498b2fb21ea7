"""What goes wrong inside: a step that fails, a script that is taken away, a call with a field that nobody knows."""

from __future__ import annotations

import logging
import shutil

import pytest

from simhouse.pyscript_host import DEFAULT_SCRIPTS

from .houses import SITE, amps, charger, charging, config

CAR = {"sensor.l1": amps(20), **charging()}
GOOD = config(loads={"car": charger()})
STEP = "    known = _adopted(site, snapshot, memory.loads)\n"


@pytest.fixture
def scripts(tmp_path):
    copy = tmp_path / "pyscript"
    shutil.copytree(DEFAULT_SCRIPTS, copy, ignore=shutil.ignore_patterns("__pycache__", "site_config.py"))
    return copy


def test_a_step_that_fails_is_logged_once_and_shown_until_it_works_again(house, scripts, caplog):
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    control = scripts / "modules" / "fusebox" / "control.py"
    good = control.read_text()
    assert STEP in good
    control.write_text(good.replace(STEP, STEP + "    raise ZeroDivisionError('of all things')\n"))
    home.session.run(home.session.host.reload_changed, True)
    home.steady(20, CAR)
    assert home.state(SITE) == "blind"
    assert "of all things" in home.shown()["reason"]
    told = [r for r in caplog.records if r.levelno >= logging.ERROR and "of all things" in r.getMessage()]
    assert len(told) == 1
    control.write_text(good)
    home.session.run(home.session.host.reload_changed, True)
    home.steady(24, CAR)
    assert home.state(SITE) != "blind"


def test_a_script_that_is_taken_away_stops_balancing(house, scripts):
    home = house(GOOD, scripts=scripts)
    home.line(0, CAR)
    (scripts / "balance_site.py").rename(scripts / "#balance_site.py")
    home.session.run(home.session.host.reload_changed, True)
    home.steady(8, CAR)
    home.line(9, {"sensor.l1": amps(40)})
    home.steady(20, {"sensor.l1": amps(40)})
    assert home.calls == []


def test_a_field_that_nobody_knows_is_refused(house):
    home = house(GOOD, noisy=True)
    home.line(0, CAR)
    answer = home.call("fusebox_set_mode", load="car", mode="off", untill="tomorrow")
    assert "untill" in answer["error"]
    home.line(1)
    assert home.calls == []
