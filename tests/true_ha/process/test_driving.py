"""A fresh install in a true Home Assistant: it starts, observes, cuts, answers and stops without a warning."""

from __future__ import annotations

import json

import pytest

from .house import FUSE_A, HOUSE, METER, NUMBER, SWITCH, config, wait_until_drawn
from .talk import Refused


def test_an_overload_is_cut_and_the_stop_is_clean(home):
    running = home(config(), offer_a=16, on=True, house_a=5)
    talk = running.talk
    wait_until_drawn(running, 16)
    assert talk.value("sensor.fusebox_site") == "ok"
    talk.post("input_number.set_value", entity_id=HOUSE, value=18)
    running.wait(lambda: talk.told(NUMBER)[-1:] == [FUSE_A - 18], "the cut")
    running.wait(lambda: float(talk.value(METER)) <= FUSE_A, "a meter under the fuse")
    assert talk.state("sensor.fusebox_wall")["attributes"]["draw_a"] == {"L1": 7.0}
    assert running.stop() == 0
    # What was commanded last is stored: after a restart it is told from what a user sets.
    stored = json.loads((running.folder.path / ".storage/core.restore_state").read_text())["data"]
    settings = next(each["state"] for each in stored if each["state"]["entity_id"] == "pyscript.fusebox_settings")
    assert [FUSE_A - 18, None] in settings["attributes"]["loads"]["wall"]["sent"]


def test_services_execute_calls_and_refuse_with_a_sentence(home):
    running = home(config(), noisy=True, offer_a=16, on=True, house_a=5)
    talk = running.talk
    running.wait(lambda: talk.has_service("pyscript", "fusebox_set_mode"), "our services")
    wait_until_drawn(running, 16)
    with pytest.raises(Refused, match="did you mean 'wall'"):
        talk.ask("pyscript.fusebox_set_mode", load="wal", mode="off")
    assert talk.ask("pyscript.fusebox_set_mode", load="wall", mode="off") == {"load": "wall", "mode": "off"}
    running.wait(lambda: talk.told(SWITCH)[-1:] == ["off"], "the car's stop")
    running.wait(lambda: float(talk.value(METER)) == 5, "a meter without the car")
    assert talk.ask("pyscript.fusebox_explain")["loads"]["wall"]["allocated_a"] == 0
    talk.post("pyscript.fusebox_set_mode", load="wall", mode="standard")
    running.wait(lambda: talk.state("sensor.fusebox_wall")["attributes"]["mode"] == "standard", "the mode")
    assert [told for told in running.complaints() if "did you mean 'wall'" not in told] == []
