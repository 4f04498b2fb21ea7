"""Restarts and power cuts while a car charges: it continues as before, and what a service set still applies."""

from __future__ import annotations

import json

from .house import FUSE_A, HOUSE, METER, NUMBER, SWITCH, config, entities, wait_until_drawn

DECISIONS = 10
"""How many reports of the meter a start is watched for."""


def watch(running, reports=DECISIONS):
    """Let the meter report some times."""
    for _ in range(reports):
        before = running.talk.reported(METER)
        running.wait(lambda before=before: running.talk.reported(METER) != before, "a report")


def test_a_charging_car_is_not_touched_by_a_restart(home):
    running = home(config(), offer_a=15, on=True, house_a=10)
    wait_until_drawn(running, 15)
    watch(running)
    assert running.stop() == 0
    running.entities = entities(offer_a=15, on=True, house_a=10)
    running.start()
    wait_until_drawn(running, 15)
    watch(running)
    assert running.talk.told(NUMBER) == []
    assert running.talk.told(SWITCH) == []
    running.talk.post("input_number.set_value", entity_id=HOUSE, value=18)
    running.wait(lambda: running.talk.told(NUMBER)[-1:] == [FUSE_A - 18], "a cut after the restart")
    assert running.stop() == 0


def test_what_a_service_set_outlives_a_power_cut(home):
    running = home(config(), offer_a=15, on=True, house_a=10)
    wait_until_drawn(running, 15)
    running.talk.ask("pyscript.fusebox_set_mode", load="wall", mode="off")
    running.wait(lambda: running.talk.told(SWITCH)[-1:] == ["off"], "the car's stop")
    running.talk.ask("pyscript.fusebox_set_max_current", load="wall", current_a=9)
    running.kill()
    running.entities = entities(offer_a=15, on=True, house_a=10)
    running.start()
    running.wait(lambda: running.talk.value(SWITCH) == "off", "the car's stop, again")
    running.talk.ask("pyscript.fusebox_set_mode", load="wall", mode="standard")
    running.wait(lambda: running.talk.value("sensor.fusebox_wall") == "9.0", "the current that was set")


def test_what_was_restored_outlives_a_power_cut_just_after_the_start(home):
    running = home(config(), offer_a=6, on=True, house_a=10)
    wait_until_drawn(running, 6)
    running.talk.ask("pyscript.fusebox_boost", load="wall", state=True)
    running.talk.ask("pyscript.fusebox_set_max_current", load="wall", current_a=9)
    assert running.stop() == 0
    storage = running.folder.path / ".storage/core.restore_state"
    before = storage.stat().st_mtime_ns
    running.start()
    # Home Assistant writes its states as soon as it has started, and then every quarter of an hour.
    running.wait(lambda: storage.stat().st_mtime_ns != before, "the states on the disk")
    running.kill()
    stored = {each["state"]["entity_id"] for each in json.loads(storage.read_text())["data"]}
    assert {f"pyscript.fusebox_{name}" for name in ("settings", "boosts", "stops", "vehicles", "mqtt")} <= stored
    running.start()
    car = running.wait(lambda: running.talk.state("sensor.fusebox_wall"), "the car")
    assert car["attributes"]["boosted"] is True


def test_a_car_that_was_recognised_by_itself_outlives_a_power_cut_just_after(home):
    """Its tag is shown for a moment only, as many chargers do."""
    shown = {"name": "wall_status", "state": "{{ states('input_text.status') }}"}
    texts = {"tag": {"initial": ""}, "status": {"initial": "Available"}}
    words = {"input_text": texts, "template": [{"sensor": [shown]}]}
    car = {"vehicles": "any", "tag": "input_text.tag", "status": "sensor.wall_status"}
    cars = {"vehicles": {"ioniq": {}, "leaf": {"tags": ["77"]}}}
    running = home({**config(**car), **cars}, packages={"words": words}, offer_a=6, on=True, house_a=5)

    def at_the_wall():
        found = running.talk.state("sensor.fusebox_wall")
        return None if found is None else found["attributes"].get("vehicle")

    running.wait(lambda: running.talk.state("sensor.fusebox_wall"), "the charger")
    running.talk.post("input_text.set_value", entity_id="input_text.status", value="Charging")
    running.talk.post("input_text.set_value", entity_id="input_text.tag", value="77")
    running.wait(lambda: at_the_wall() == "leaf", "the car of the tag")
    watch(running, 3)
    running.kill()
    texts["status"]["initial"] = "Charging"
    running.entities = {
        **entities(offer_a=6, on=True, house_a=5),
        "homeassistant": {"packages": {"words": words}},
    }
    running.start()
    running.wait(lambda: running.talk.state("sensor.fusebox_wall"), "the charger")
    watch(running, 3)
    assert at_the_wall() == "leaf"
