"""Devices over MQTT in a real Home Assistant with a real broker: they appear, obey, heal and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .broker import Broker
from .house import NUMBER, config, entities, wait_until_drawn
from .running import HomeAssistant

MODE, MOST, BOOST = "select.wall_fusebox_mode", "number.wall_fusebox_highest_current", "button.wall_fusebox_boost"
PLAN = "text.wall_fusebox_plan"
SHARED = "select.site_fusebox_distribution"
ALIVE = "fusebox/alive"
PLAIN = {"set_client_cert": False, "set_ca_cert": "off"}
"""What Home Assistant 2026.10 sends of the folded part of its form where it is not opened; 2025.4 has no such part."""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """Of this test alone."""
    with Broker(tmp_path) as started:
        yield started


def with_mqtt(**car: Any) -> dict[str, Any]:
    """The house's CONFIG with devices over MQTT."""
    plain = config(**car)
    return {**plain, "site": {**plain["site"], "mqtt": True}}


@pytest.fixture
def shown(home: Callable[..., HomeAssistant], broker: Broker) -> HomeAssistant:
    """A car at 15 A in a Home Assistant that has just been connected to the broker."""
    running = home(with_mqtt(), noisy=True, offer_a=15, on=True, house_a=5)
    set_up(running, broker)
    wait_until_drawn(running, 16)
    wait(running, MODE, "standard")
    return running


def set_up(running: HomeAssistant, broker: Broker) -> None:
    """As a user does: Settings, Devices and services, Add, MQTT."""
    flows = "config/config_entries/flow"
    flow = running.talk.request(flows, handler="mqtt")
    folded = {"other_settings": PLAIN} if any(each["name"] == "other_settings" for each in flow["data_schema"]) else {}
    step = running.talk.request(f"{flows}/{flow['flow_id']}", broker="127.0.0.1", port=broker.port, **folded)
    assert step["type"] == "create_entry", step


def wait(running: HomeAssistant, entity: str, state: str) -> None:
    """Until an entity shows a state."""
    running.wait(lambda: running.talk.value(entity) == state, f"{entity} {state}")


def ours(running: HomeAssistant, broker: Broker) -> dict[str, str | None]:
    """Unique id -> state of every discovered entity, by the name that Home Assistant gave it."""
    kinds = {topic.split("/")[3]: topic.split("/")[1] for topic in broker.retained() if topic.endswith("/config")}
    found = {}
    for unique, told in broker.devices().items():
        name = f"{told['device']['name']} {told['name']}".lower().replace("(", "").replace(")", "").replace(" ", "_")
        found[unique] = running.talk.value(f"{kinds[unique.split('_', 2)[2]]}.{name}")
    return found


def test_devices_have_entities_and_each_control_does_what_it_says(shown, broker):
    talk = shown.talk
    found = ours(shown, broker)
    assert found["fusebox_wall_allocated"] == "16.0" and found["fusebox_wall_drawn"] == "16.0"
    assert found["fusebox_wall_status"] == "charging" and found["fusebox_site_status"] == "ok"
    assert [unique for unique, state in found.items() if state in (None, "unavailable")] == []
    talk.post("select.select_option", entity_id=MODE, option="off")
    wait(shown, MODE, "off")
    wait(shown, "switch.wall_charging", "off")
    talk.post("select.select_option", entity_id=MODE, option="standard")
    talk.post("number.set_value", entity_id=MOST, value=9)
    wait(shown, MOST, "9")
    shown.wait(lambda: talk.told(NUMBER)[-1:] == [9], "9 A at the charger")
    talk.post("select.select_option", entity_id=SHARED, option="shared")
    wait(shown, SHARED, "shared")
    wait(shown, "binary_sensor.wall_fusebox_boosted", "off")
    talk.post("button.press", entity_id=BOOST)
    wait(shown, "binary_sensor.wall_fusebox_boosted", "on")
    talk.post("button.press", entity_id="button.wall_fusebox_boost_off")
    wait(shown, "binary_sensor.wall_fusebox_boosted", "off")
    talk.post("text.set_value", entity_id=PLAN, value="20 kWh by 07:00")
    wait(shown, PLAN, "20 kWh by 07:00")
    talk.post("button.press", entity_id="button.wall_fusebox_clear_plan")
    wait(shown, PLAN, "")


def test_a_refusal_is_reported_and_the_old_value_stays(shown, broker):
    broker.publish("fusebox/wall/max_a/set", "40")
    shown.wait(lambda: "main" in str(shown.talk.value("sensor.wall_fusebox_last_refusal")), "the refusal")
    assert shown.talk.value(MOST) == "16"
    shown.talk.post("number.set_value", entity_id=MOST, value=12)
    wait(shown, MOST, "12")
    wait(shown, "sensor.wall_fusebox_last_refusal", "unknown")


def test_a_broker_without_retained_messages_gets_everything_again(shown, broker):
    before = set(broker.retained())
    broker.stop()
    wait(shown, MODE, "unavailable")
    broker.start()
    shown.wait(lambda: set(broker.retained()) >= before, "everything at the broker again")
    wait(shown, MODE, "standard")
    shown.talk.post("select.select_option", entity_id=MODE, option="excess")
    wait(shown, MODE, "excess")


def test_a_restart_of_home_assistant_heals(shown, broker):
    assert shown.stop() == 0
    shown.entities = entities(offer_a=15, on=True, house_a=5)
    shown.start()
    wait(shown, MODE, "standard")
    shown.talk.post("select.select_option", entity_id=MODE, option="off")
    wait(shown, MODE, "off")
    wait(shown, "switch.wall_charging", "off")


def test_scripts_that_are_reloaded_continue(shown, broker):
    shown.folder.save(with_mqtt(max_a=14))
    wait(shown, MOST, "14")
    shown.talk.post("pyscript.reload", global_ctx="*")
    wait(shown, MODE, "unavailable")  # no one listens for a moment
    wait(shown, MODE, "standard")
    shown.talk.post("number.set_value", entity_id=MOST, value=8)
    wait(shown, MOST, "8")
    assert shown.talk.value(MODE) == "standard"


def test_with_pyscript_off_there_is_nothing_to_set(shown, broker):
    (entry,) = [each for each in shown.talk.command("config_entries/get") if each["domain"] == "pyscript"]
    shown.talk.command("config_entries/disable", entry_id=entry["entry_id"], disabled_by="user")
    wait(shown, MODE, "unavailable")
    shown.talk.command("config_entries/disable", entry_id=entry["entry_id"], disabled_by=None)
    wait(shown, MODE, "standard")
    shown.talk.post("select.select_option", entity_id=MODE, option="off")
    wait(shown, MODE, "off")


def test_a_load_that_leaves_leaves_nothing_behind_nor_do_the_scripts(shown, broker):
    renamed = with_mqtt()
    renamed["loads"]["garage"] = renamed["loads"].pop("wall")
    shown.kill()
    shown.folder.save(renamed)  # while nothing runs
    shown.entities = entities(offer_a=15, on=True, house_a=5)
    shown.start()
    wait(shown, "select.garage_fusebox_mode", "standard")
    shown.wait(lambda: shown.talk.value(MODE) is None, "the end of the old load")
    assert [topic for topic in broker.retained() if "wall" in topic] == []
    (shown.folder.scripts / "publish_mqtt.py").unlink()
    shown.wait(lambda: broker.retained() == {}, "an empty broker")
    assert shown.talk.value("select.garage_fusebox_mode") is None
    assert shown.talk.value("sensor.fusebox_garage") is not None
    assert "Template variable error" not in shown.log()


def test_removed_from_config_it_leaves_nothing(shown, broker):
    shown.folder.save(config())
    shown.wait(lambda: broker.retained() == {}, "an empty broker")
    assert shown.talk.value(MODE) is None


def test_without_mqtt_that_is_reported_and_nothing_fails(home):
    running = home(with_mqtt(), offer_a=15, on=True, house_a=5)
    wait_until_drawn(running, 16)
    site = lambda: running.talk.state("sensor.fusebox_site")["attributes"]["errors"]  # noqa: E731
    running.wait(lambda: any("site.mqtt: Home Assistant has no MQTT" in each for each in site()), "the sentence")
