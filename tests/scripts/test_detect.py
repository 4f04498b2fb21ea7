"""`fusebox_detect` in Home Assistant: a CONFIG to paste, without one and with one."""

from __future__ import annotations

from fusebox.config.read_config import read_config

from ..detect.dumps import HOMES, LOADS, dump
from .houses import amps, charger, charging, config


def states_of(states):
    return {each["entity_id"]: {"state": each["state"], "attributes": each["attributes"]} for each in dump(states)}


def test_it_returns_a_config_to_paste_before_there_is_one(house):
    home = house("CONFIG = {}")
    states, wanted = HOMES["huawei"]
    home.line(0, states_of({**states, **LOADS["a charge point over OCPP"][0]}))
    home.line(5)
    answer = home.call("fusebox_detect")["response"]
    assert answer["config"]["site"]["grid"] == wanted["grid"]
    assert answer["config"]["loads"] == {"evse1": {"type": "ocpp", "charger": "evse1"}}
    assert read_config(answer["config"]).errors == ()
    assert "# FILL IN: what is printed on your main breaker" in answer["text"]
    assert answer["reasons"] and len(answer["doubts"]) == len(answer["doubts_values"])
    said = dict(zip(answer["doubts_code"], answer["doubts_values"], strict=True))
    assert said["check_charger_phases"] == {"path": "loads.evse1", "count": 3, "example": '"phases": ["L1"]'}


def test_it_changes_nothing_and_leaves_its_own_entities_out(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(2), **charging(offer=6), "sensor.net_l1": amps(1)})
    home.line(5)
    shown = home.shown("car")
    answer = home.call("fusebox_detect")["response"]
    assert "sensor.fusebox" not in str(answer["config"])
    assert home.shown("car") == shown and home.calls == []
