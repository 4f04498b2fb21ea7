"""CONFIG is edited while the scripts run: good edits are in force, broken ones leave the last good CONFIG in force."""

from __future__ import annotations

import os

from .houses import SITE, amps, charger, charging, config, plug, switched

CAR = {"sensor.l1": amps(20), **charging()}
GOOD = config(loads={"car": charger()})
LOWER = config(loads={"car": charger(max_a=10)})
BROKEN = {
    "syntax": ("CONFIG = {\n", ["line"]),
    "wrong key": ("CONFIG = " + repr(config(loads={"car": charger(maxa=10)})), ["loads.car.maxa", "max_a"]),
    "wrong value": ("CONFIG = " + repr(config(loads={"car": charger(max_a="much")})), ["loads.car.max_a"]),
    "above its circuit": (
        "CONFIG = " + repr(config(loads={"car": charger(max_a=40)})),
        ["loads.car.max_a: 40", "25 A"],
    ),
    "no CONFIG": ("SETTINGS = {}\n", ["CONFIG"]),
    "an import": ("import os\nCONFIG = {}\n", ["import"]),
    "an exception": ("CONFIG = {'site': 1 / 0}\n", ["line 1"]),
}


def start(house, **options):
    home = house(GOOD, **options)
    home.line(0, CAR)
    home.steady(30, CAR)
    assert home.calls == []
    return home


def test_saving_in_place_is_in_force_within_three_seconds(house):
    home = start(house)
    home.save(LOWER)
    home.steady(33, CAR)
    assert home.all_sent("number.car")[0][1] == 10


def test_saving_by_rename_is_in_force_within_three_seconds(house, tmp_path):
    home = start(house)
    fresh = tmp_path / "site_config.py~"
    fresh.write_text(f"CONFIG = {LOWER!r}\n")
    os.replace(fresh, home.file)
    home.steady(33, CAR)
    assert home.all_sent("number.car")[0][1] == 10


def test_saving_the_same_again_changes_nothing(house):
    home = start(house)
    home.save(GOOD)
    home.steady(60, CAR)
    assert home.calls == []
    assert home.state(SITE) == "ok"


def test_a_broken_edit_leaves_the_last_good_config_in_force_and_says_so(house):
    home = start(house, noisy=True)
    for offer_a, (text, words) in zip(range(16, 6, -1), BROKEN.values(), strict=False):
        home.save(text)
        home.steady(home.t + 3, {"sensor.l1": amps(20), **charging(offer=offer_a)})
        assert home.state(SITE) == "config_error"
        assert all(word in " ".join(home.shown()["errors"]) for word in words)
        assert home.shown()["errors"][0] in home.shown()["reason"]
        assert "the last good one stays in force" in home.shown()["reason"]
        home.steady(home.t + 3, {"sensor.l1": amps(26)})
        assert home.all_sent("number.car")[-1][1] == offer_a - 1
        assert home.state(SITE) == "config_error" and home.shown()["errors"][0] in home.shown()["reason"]


def test_a_repair_ends_the_error(house):
    home = start(house, noisy=True)
    states = CAR
    for number, (text, _) in enumerate(BROKEN.values()):
        home.save(text)
        home.steady(home.t + 3, states)
        assert home.state(SITE) == "config_error"
        home.save(config(loads={"car": charger(max_a=10 + number % 2)}))
        home.steady(home.t + 3, states)
        states = {"sensor.l1": amps(14), **charging(offer=10)}
        assert home.shown("car")["max_a"] == 10 + number % 2
        assert home.all_sent("number.car")[0][1] == 10
        assert home.state(SITE) != "config_error"
        assert home.shown()["errors"] == []
        assert "last good" not in home.shown()["reason"]


def test_a_deleted_file_leaves_the_last_good_config_in_force(house):
    home = start(house, noisy=True)
    home.file.unlink()
    home.steady(33, CAR)
    assert home.state(SITE) == "config_error"
    home.line(34, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
    home.save(GOOD)
    home.steady(37, CAR)
    assert home.state(SITE) != "config_error"


def test_all_mistakes_are_reported_at_once(house):
    wrong = config(loads={"car": charger(maxa=3), "pool": plug(rated_w=-5), "tent": {"type": "tent"}}, main_fuse_a="a")
    home = house(wrong, noisy=True)
    home.line(0, CAR)
    told = " ".join(home.shown()["errors"])
    assert home.state(SITE) == "config_error"
    for path in ("loads.car.maxa", "loads.pool.rated_w", "loads.tent.type", "site.main_fuse_a"):
        assert path in told


def test_a_config_that_was_never_good_controls_nothing_until_it_is_corrected(house):
    home = house("CONFIG = {", noisy=True)
    home.line(0, {**CAR, "sensor.l1": amps(30)})
    home.steady(5, {"sensor.l1": amps(30)})
    assert home.calls == []
    assert home.state(SITE) == "config_error"
    home.save(GOOD)
    home.steady(8, {"sensor.l1": amps(30)})
    assert home.all_sent("number.car")[0][1] == 11


def test_a_mistake_is_logged_once_and_not_every_second(house, caplog):
    home = start(house, noisy=True)
    home.save(BROKEN["wrong key"][0])
    home.steady(60, CAR)
    assert len([r for r in caplog.records if "loads.car.maxa" in r.getMessage()]) == 1


def test_a_secret_is_never_shown(house, tmp_path, caplog):
    (tmp_path / "secrets.yaml").write_text("meter: sensor.geheim\n")
    written = config(loads={"car": charger()}, grid={"L1": "!secret meter"}, main_fuse_a="!secret missing")
    home = house(written, noisy=True)
    home.line(0, CAR)
    assert any("missing" in error for error in home.shown()["errors"])
    assert "geheim" not in str(home.reply) + caplog.text


def test_nothing_runs_twice_after_many_reloads(house):
    home = start(house)
    for turn in range(10):
        home.save(config(loads={"car": charger(pause_s=100 + turn)}))
        home.steady(home.t + 3, CAR)
    home.line(home.t + 1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
    writes = []
    host = home.session.host
    written = host.world.states.note_written
    host.world.states.note_written = lambda entity: (writes.append(entity), written(entity))
    home.line(home.t, {"sensor.l1": amps(31)})
    assert writes.count(SITE) == 1


def test_what_was_decided_outlives_a_reload(house):
    """A paused charger stays paused for its pause, whatever is saved meanwhile."""
    home = house(GOOD)
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6)})
    home.line(1, {"sensor.l1": amps(36)})
    home.line(2, {"sensor.l1": amps(36.5)})
    assert home.sent("switch.car") == ["off"]
    off = {"sensor.l1": amps(2), "switch.car": "off", "sensor.car_draw": amps(0)}
    home.steady(20, off)
    home.save(config(loads={"car": charger(max_a=15)}))
    home.steady(170, off)
    assert [told for _, told in home.all_sent("switch.car")] == ["off"]


def test_a_load_that_is_added_is_steered(house):
    home = start(house)
    home.save(config(loads={"car": charger(), "pool": plug()}))
    home.steady(35, {**CAR, **switched(on=True), "sensor.l1": amps(40)})
    assert home.all_sent("switch.pool")[0][1] == "off"


def test_a_new_meter_is_watched_at_once(house):
    home = start(house)
    home.line(31, {"sensor.other": amps(20)})
    home.save(config(loads={"car": charger()}, grid={"L1": "sensor.other"}))
    home.steady(33, {**CAR, "sensor.other": amps(20)})
    home.line(34, {"sensor.other": amps(30)})
    assert home.sent("number.car") == [11]


def test_a_load_that_leaves_config_is_sent_no_more_commands(house):
    loads = {"car": charger(mode="off"), "pool": plug(mode="off")}
    states = {"sensor.l1": amps(2), **charging(draw=0), **switched(on=False), "switch.car": "off"}
    home = house(config(loads=loads))
    home.line(0, states)
    home.steady(30, states)
    home.save(config())
    home.steady(40, states)
    sent = len(home.calls)
    home.steady(400, states)
    assert home.state("sensor.fusebox_car") is None
    assert len(home.calls) == sent
    assert not any(name == "switch.turn_on" for _, name, _ in home.calls)
