"""Internal failures: a step that fails, a script that is removed, a call with an unknown field."""

from __future__ import annotations

import logging

from .houses import SITE, amps, charger, charging, config
from .package import until_the_package_is_looked_at

CAR = {"sensor.l1": amps(20), **charging()}
GOOD = config(loads={"car": charger()})
STEP = "    shares = share_out_current(observed, limits)\n"


def test_a_step_that_fails_is_logged_once_and_shown_until_it_works_again(house, scripts, caplog):
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    control = scripts / "modules" / "fusebox" / "control" / "control.py"
    good = control.read_text()
    assert STEP in good
    control.write_text(good.replace(STEP, STEP + "    raise ZeroDivisionError('of all things')\n"))
    home.session.run(home.session.host.reload_changed, True)
    until_the_package_is_looked_at(home, CAR)
    assert home.state(SITE) == "blind"
    assert "of all things" in home.shown()["reason"]
    told = [r for r in caplog.records if r.levelno >= logging.ERROR and "of all things" in r.getMessage()]
    assert len(told) == 1
    control.write_text(good)
    home.session.run(home.session.host.reload_changed, True)
    until_the_package_is_looked_at(home, CAR)
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
    assert (home.state(SITE), home.state("sensor.fusebox_car")) == (None, None)


def test_a_script_under_another_name_continues(house, scripts):
    home = house(GOOD, scripts=scripts)
    home.line(0, CAR)
    (scripts / "balance_site.py").rename(scripts / "balance_home.py")
    home.session.run(home.session.host.reload_changed, True)
    home.steady(20, CAR)
    home.line(21, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]


def test_a_config_without_a_site_takes_away_what_was_shown(house):
    home = house(GOOD)
    home.line(0, CAR)
    home.file.write_text("CONFIG = {}\n")
    home.steady(4, CAR)
    assert (home.state(SITE), home.state("sensor.fusebox_car")) == (None, None)


def test_a_live_fuse_that_is_away_while_config_is_saved_keeps_its_value(house):
    live = {"sensor.l1": amps(20), "input_number.fuse": "25", **charging()}
    home = house(config(loads={"car": charger()}, main_fuse_a="input_number.fuse"))
    home.line(0, live)
    home.line(3, {"input_number.fuse": "unavailable"})
    home.save(config(loads={"car": charger(pause_s=99)}, main_fuse_a="input_number.fuse"))
    home.steady(8, CAR)
    assert home.calls == []


def test_an_editors_lock_file_disturbs_nothing(house, scripts):
    (scripts / "modules" / "fusebox" / ".#ceilings.py").symlink_to("someone@somewhere.1234")
    home = house(GOOD, scripts=scripts)
    home.line(0, CAR)
    home.save(config(loads={"car": charger(max_a=10)}))
    home.steady(4, CAR)
    assert home.sent("number.car") == [] and home.all_sent("number.car")[0][1] == 10


def test_an_unknown_field_is_refused(house):
    home = house(GOOD, noisy=True)
    home.line(0, CAR)
    answer = home.call("fusebox_set_mode", load="car", mode="off", untill="tomorrow")
    assert "untill" in answer["error"]
    home.line(1)
    assert home.calls == []


def test_a_last_good_config_that_cannot_be_written_is_an_error_of_the_site(house, tmp_path):
    (tmp_path / ".simhouse_storage" / "fusebox.last_good_config").mkdir(parents=True)
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(10), **charging()})
    assert any(error.startswith("the last good CONFIG cannot be saved: ") for error in home.shown()["errors"])
    assert home.state(SITE) != "config_error"
