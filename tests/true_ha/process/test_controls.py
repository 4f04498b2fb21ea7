"""The package of controls that set-up writes, in a real Home Assistant: each control does what it says."""

from __future__ import annotations

import yaml

from .house import NUMBER, config, entities, wait_until_drawn

MODE, MOST, SHARED = (
    "select.fusebox_wall_mode",
    "number.fusebox_wall_highest_current",
    "select.fusebox_site_distribution",
)
LEAST, IMPORT, DRY = (
    "number.fusebox_wall_lowest_current",
    "number.fusebox_site_import_limit",
    "switch.fusebox_site_dry_run",
)


def test_each_control_of_the_package_does_what_it_says(home):
    running = home(config(), offer_a=15, on=True, house_a=5)
    running.wait(lambda: running.talk.has_service("pyscript", "fusebox_setup"), "the scripts")
    answer = running.talk.ask("pyscript.fusebox_setup", write=True)
    assert answer["package"] == "packages/fusebox.yaml"
    package = yaml.safe_load((running.folder.path / answer["package"]).read_text(encoding="utf-8"))
    assert running.stop() == 0
    running.entities = {**entities(offer_a=15, on=True, house_a=5), "homeassistant": {"packages": {"fusebox": package}}}
    running.start()
    talk = running.talk

    def shows(entity: str, state: str) -> None:
        running.wait(lambda: talk.value(entity) == state, f"{entity} {state}")

    wait_until_drawn(running, 16)
    shows(MODE, "standard")
    talk.post("select.select_option", entity_id=MODE, option="off")
    shows(MODE, "off")
    shows("switch.wall_charging", "off")
    talk.post("select.select_option", entity_id=MODE, option="standard")
    shows(MODE, "standard")
    talk.post("number.set_value", entity_id=MOST, value=9)
    running.wait(lambda: talk.told(NUMBER)[-1:] == [9], "9 A at the charger")
    running.wait(lambda: float(talk.value(MOST)) == 9, "9 A in the control")
    talk.post("select.select_option", entity_id=SHARED, option="strict")
    shows(SHARED, "strict")
    talk.post("button.press", entity_id="button.fusebox_wall_boost")
    running.wait(lambda: talk.state("sensor.fusebox_wall")["attributes"]["mode"] == "boost", "the boost")
    talk.post("button.press", entity_id="button.fusebox_wall_boost_off")
    shows(MODE, "standard")
    running.wait(lambda: talk.value(IMPORT) == "5750.0", "the fuse's own power while there is no import limit")
    talk.post("number.set_value", entity_id=IMPORT, value=3000)
    running.wait(lambda: float(talk.value(IMPORT)) == 3000, "an import limit in the control")
    talk.post("number.set_value", entity_id=LEAST, value=8)
    running.wait(lambda: float(talk.value(LEAST)) == 8, "8 A in the control")
    shows(DRY, "off")
    talk.post("switch.turn_on", entity_id=DRY)
    shows(DRY, "on")
    shows("sensor.fusebox_site", "dry_run")
    talk.post("switch.turn_off", entity_id=DRY)
    shows(DRY, "off")


def test_the_car_at_a_charger_is_chosen_by_a_control_of_the_package(home):
    named = {"car": {"options": ["nobody", "Ioniq", "Leaf"], "initial": "nobody"}}
    written = {**config(vehicles="any", vehicle="input_select.car"), "vehicles": {"ioniq": {}, "leaf": {"max_a": 8}}}
    running = home(written, offer_a=15, on=True, house_a=5)
    running.wait(lambda: running.talk.has_service("pyscript", "fusebox_setup"), "the scripts")
    car, answer = "select.fusebox_wall_vehicle", running.talk.ask("pyscript.fusebox_setup", write=True)
    package = yaml.safe_load((running.folder.path / answer["package"]).read_text(encoding="utf-8"))
    assert running.stop() == 0
    there = {**entities(offer_a=15, on=True, house_a=5), "input_select": named}
    running.entities = {**there, "homeassistant": {"packages": {"fusebox": package}}}
    running.start()
    talk = running.talk
    running.wait(lambda: talk.value(car) == "guest", "a car that nothing names")
    talk.post("select.select_option", entity_id=car, option="leaf")
    running.wait(lambda: talk.told(NUMBER)[-1:] == [8], "the car's own 8 A at the charger")
    running.wait(lambda: (talk.value(car), talk.value("input_select.car")) == ("leaf", "Leaf"), "both selects")
    talk.post("select.select_option", entity_id=car, option="automatic")
    running.wait(lambda: (talk.value(car), talk.value("input_select.car")) == ("guest", "nobody"), "no choice")
