"""The service fusebox_explain: the last decision, as plain JSON."""

from __future__ import annotations

import json

from .houses import amps, charger, charging, config, plug, switched


def explained(home):
    answer = home.call("fusebox_explain")
    assert "error" not in answer
    return json.loads(json.dumps(answer["response"], allow_nan=False))


def test_it_contains_every_limit_and_every_load(house):
    home = house(config(loads={"car": charger(), "pool": plug()}, max_import_w=6000))
    home.line(0, {"sensor.l1": amps(29), **charging(), **switched(on=False)})
    told = explained(home)
    assert {c["name"] for c in told["ceilings"]} == {"main L1", "contract"}
    assert set(told["loads"]) == {"car", "pool"}
    assert told["loads"]["car"]["setpoint_a"] == 12
    assert told["loads"]["car"]["limited_by"] == "main L1"
    assert told["state"] == home.state("sensor.fusebox_site")


def test_it_is_plain_json_while_blind(house):
    home = house(config(loads={"car": charger()}))
    home.line(0)
    assert explained(home)["state"] == "blind"


def test_it_is_plain_json_without_any_good_config(house):
    home = house("CONFIG = {'site': {}}", noisy=True)
    home.line(0)
    told = explained(home)
    assert told["state"] == "config_error"
    assert any("main_fuse_a" in error for error in told["errors"])


def test_it_contains_the_commands_of_the_last_step(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(30)}, calls=[{"service": "pyscript.fusebox_explain", "data": {}}])
    commands = home.reply["responses"][0]["response"]["commands"]
    assert commands == [{"load": "car", "current_a": 11, "on": None, "phases": None}]


def test_it_changes_nothing(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    first, second = explained(home), explained(home)
    assert first == second
    assert home.calls == []
