"""Devices over MQTT: what each load is discovered with, and what the broker keeps through failures and removals."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from unittest.mock import Mock

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.balancer.mqtt_devices import STATE, MqttDevices
from fusebox.balancer.mqtt_discovery import control_values, discovery_messages
from fusebox.balancer.mqtt_messages import LONGEST_STATE, SERVICES, load_state_message, site_message
from fusebox.config.read_config import allowed_modes, read_config
from fusebox.model.messages.message import message
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.ports import EntityState
from fusebox.runtime.store import STORE
from fusebox.runtime.version import VERSION

from ..runtime.home import Home
from ..scripts.houses import charger, config, plug

pytestmark = pytest.mark.usefixtures("store")

PHASES = "L1 L2 L3"
SELECT = {"select": "select.phases", "one": "1", "three": "3"}
EVERY_TYPE: Mapping[str, dict[str, Any]] = {
    "car": {"type": "ocpp", "charger": "evse1", "phases": ["L1"]},
    "wall": charger("wall", max_a=16),
    "both": charger("both", max_a=16, phases=["L1", "L2", "L3"], switch_phases=True, phase_switch=SELECT),
    "pool": plug(),
    "tank": {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "rated_w": 2500, "phases": ["L1"]},
    "heatpump": {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "phases": ["L1"]},
}


def discovered(
    loads: Mapping[str, Any],
    metered: Mapping[str, frozenset[str]] | None = None,
    device_max_a: Mapping[str, float] | None = None,
    **sections: Any,
) -> dict[str, Any]:
    """Unique id -> message, without the load's name where there is one load."""
    checked = read_config({**config(loads=loads, mqtt=True, phases=PHASES), **sections}).config
    found = [
        json.loads(message)
        for message in discovery_messages(checked, checked.site({}), metered or {}, device_max_a or {}).values()
    ]
    by_id = {each["unique_id"]: each for each in found}
    assert len(by_id) == len(found)
    return by_id


def controls(found: Mapping[str, Any], name: str) -> set[str]:
    return {
        unique.split("_", 2)[2] for unique, told in found.items() if f"_{name}_" in unique and "command_topic" in told
    }


def test_every_device_reports_its_software_version():
    found = discovered(EVERY_TYPE)
    assert {each["device"]["sw_version"] for each in found.values()} == {VERSION}
    assert {each["origin"]["sw_version"] for each in found.values()} == {VERSION}


def test_a_load_has_the_controls_that_its_type_knows():
    found = discovered(EVERY_TYPE)
    assert controls(found, "wall") == {
        "mode",
        "min_a",
        "max_a",
        "boost",
        "boost_end",
        "plan",
        "plan_clear",
        "stop_energy_kwh",
    }
    assert controls(found, "car") == controls(found, "wall") | {"reset"}
    assert controls(discovered({"car": charger(soc_pct="sensor.soc")}), "car") >= {"stop_soc_pct", "stop_energy_kwh"}
    assert controls(found, "pool") == {"mode", "rated_w", "boost", "boost_end", "plan", "plan_clear"}
    assert controls(found, "tank") == controls(found, "pool") | {"normal_c", "boost_c"}
    assert controls(found, "heatpump") == {"mode", "rated_w"}
    assert controls(found, "both") - controls(found, "wall") == {"phases"}
    assert found["fusebox_both_phases"]["options"] == ["1", "3"]
    assert controls(found, "site") == {"distribution", "max_import_w", "dry_run"}
    assert found["fusebox_tank_mode"]["options"] == list(allowed_modes("tank"))


def test_where_there_are_prices_a_plan_has_a_price_limit():
    found = discovered(EVERY_TYPE, prices={"fixed": 0.3})
    for name in EVERY_TYPE:
        assert (controls(found, name) >= {"max_price"}) is (name != "heatpump")
    assert found["fusebox_car_max_price"]["unit_of_measurement"] == "EUR/kWh"


def test_no_two_controls_are_the_same_whatever_their_loads_are_called():
    names = [f"car{ending}" for ending in ("", "_end", "_max", "_boost", "_a", "_boost_end", "_site")]
    loads = {name: {**EVERY_TYPE["car"], "charger": name} for name in names}
    assert discovered(loads)  # which looks at that


def test_a_current_is_offered_within_the_fuses_and_not_where_there_is_no_choice():
    most = discovered({"wall": charger("wall", max_a=16)})["fusebox_wall_max_a"]
    assert (most["min"], most["max"], most["command_topic"]) == (6, 25, "fusebox/wall/max_a/set")
    plan = {"wall": charger("wall", max_a=16, min_a=16, circuit="garage")}
    written = config(loads=plan, mqtt=True, circuits={"garage": {"fuse_a": 16}})
    found = read_config(written).config
    assert found is not None
    assert not [topic for topic in discovery_messages(found, found.site({}), {}, {}) if "max_a" in topic]


def test_power_and_energy_are_published_where_they_exist():
    assert "fusebox_wall_energy" not in discovered({"wall": charger("wall")})
    energy = discovered({"wall": charger("wall")}, {"wall": frozenset({"energy"})})["fusebox_wall_energy"]
    assert (energy["state_class"], energy["device_class"], energy["unit_of_measurement"]) == (
        "total_increasing",
        "energy",
        "kWh",
    )


def test_on_how_many_phases_a_charger_is_is_one_of_the_options_or_not_known():
    told = [
        json.loads(load_state_message(EntityState("16.0", {"phases_used": used}), {}, {}, ""))["phases"]
        for used in (["L1"], ["L1", "L2", "L3"], None)
    ]
    assert told == ["1", "3", None]


def test_no_state_is_longer_than_home_assistant_takes():
    shown = EntityState("16.0", {"reason": "why " * 100, "draw_a": {"L1": 3.2, "L2": None, "L3": 9}})
    told = json.loads(load_state_message(shown, {"energy": "unknown"}, {}, "no " * 200))
    assert len(told["reason"]) == len(told["refused"]) == LONGEST_STATE
    assert (told["drawn"], told["energy"]) == (9, None)
    assert json.loads(site_message(EntityState(None, {}), {}, ""))["status"] is None


class Broker(Home):
    """Keeps what is published as retained; `heard` is all the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.heard: list[tuple[str, str]] = []

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: Any) -> None:
        await super()._call(domain, service, blocking, **data)
        if domain != "mqtt":
            return
        topic, payload = data["topic"], data["payload"]
        if not data["retain"]:
            self.heard.append((topic, payload))
        elif payload:
            self.kept[topic] = payload
        else:
            del self.kept[topic]


def loaded(home: Home, *, mqtt: bool = True, **loads: Any) -> tuple[Balancer, MqttDevices]:
    """Scripts that have decided once and published all."""
    checked = read_config(config(loads=loads or {"car": charger()}, mqtt=mqtt)).config
    files = LoadedConfig(checked, (), ())
    balancer, devices = Balancer(files, home.ports), MqttDevices(files, home.ports)
    home.shows("sensor.l1", 5, unit_of_measurement="A")
    asyncio.run(balancer.restore_and_run(0))
    asyncio.run(devices.restore_and_run(0))
    return balancer, devices


def again(home: Broker, states: Mapping[str, Any] | None = None) -> Broker:
    """The same broker and persisted states, after a restart."""
    STORE.clear()
    after = Broker()
    after.kept = home.kept
    after.states = {STATE.entity: home.states[STATE.entity]}
    return after


def test_after_a_load_left_while_nothing_ran_its_entities_go_before_its_state():
    home = Broker()
    loaded(home, car=charger(), pool=plug())
    assert any("pool" in topic for topic in home.kept)
    after = again(home)
    loaded(after, car=charger())
    gone = [data["topic"] for _, data in after.calls if data.get("payload") == ""]
    assert gone.index("fusebox/pool/state") == len(gone) - 1 > 5
    assert [topic for topic in after.kept if "pool" in topic] == []
    assert any("car" in topic for topic in after.kept)


def test_devices_removed_from_config_while_nothing_ran_are_deleted():
    home = Broker()
    loaded(home)
    after = again(home)
    _, devices = loaded(after, mqtt=False)
    assert (after.kept, devices.has_work) == ({}, False)


def test_what_could_not_be_taken_away_yet_is_tried_again():
    home = Broker()
    loaded(home)
    after = again(home)
    after.refuses["mqtt.publish"] = OSError("away")
    _, devices = loaded(after, mqtt=False)
    assert devices.has_work
    asyncio.run(devices.run(60))
    assert STORE["mqtt_problems"] == ()  # no longer requested
    del after.refuses["mqtt.publish"]
    asyncio.run(devices.run(61))
    assert (after.kept, devices.has_work) == ({}, False)


def test_a_script_that_is_removed_leaves_nothing():
    home = Broker()
    _, devices = loaded(home)
    asyncio.run(devices.withdraw())
    assert home.kept  # a newer generation continues
    STORE["mqtt"] = None
    assert not devices.has_work
    asyncio.run(devices.withdraw())
    assert home.kept == {}


def test_devices_are_unavailable_without_a_listener_and_without_decisions():
    home = Broker()
    balancer, devices = loaded(home)
    assert home.heard == [("fusebox/alive", "offline")]
    assert devices.take_new_topics() == ("fusebox/+/+/set", "homeassistant/status")
    assert devices.take_new_topics() == ()
    asyncio.run(devices.run(1))
    assert home.heard[-1] == ("fusebox/alive", "online")
    late_s = 32.0
    asyncio.run(devices.run(late_s))
    assert home.heard[-1] == ("fusebox/alive", "offline")
    kept = dict(home.kept)
    asyncio.run(balancer.run_anew(late_s + 1))
    asyncio.run(devices.run(late_s + 1))
    assert home.heard[-1] == ("fusebox/alive", "online")
    assert home.kept.keys() == kept.keys()


@pytest.mark.parametrize("fails", ["balancer.step", "device_sessions.DeviceSessions.due_calls"])
def test_devices_are_unavailable_while_every_decision_fails(monkeypatch: pytest.MonkeyPatch, fails: str):
    home = Broker()
    balancer, devices = loaded(home)
    devices.take_new_topics()
    heard = {}
    with monkeypatch.context() as broken:
        broken.setattr(f"fusebox.balancer.{fails}", Mock(side_effect=ZeroDivisionError))
        for second in range(1, 33):
            asyncio.run(balancer.run_anew(second))
            asyncio.run(devices.run(second))
            heard[second] = home.heard[-1]
    assert (heard[30], heard[31]) == (("fusebox/alive", "online"), ("fusebox/alive", "offline"))
    asyncio.run(balancer.run_anew(33))
    asyncio.run(devices.run(33))
    assert home.heard[-1] == ("fusebox/alive", "online")


def test_devices_are_unavailable_when_the_script_is_unloaded():
    home = Broker()
    balancer, devices = loaded(home)
    devices.take_new_topics()
    asyncio.run(devices.run(1))
    newer = MqttDevices(devices.loaded, home.ports)
    asyncio.run(newer.end())
    assert home.heard[-1] == ("fusebox/alive", "online")  # a load that has never acted says nothing
    asyncio.run(devices.end())
    assert (home.heard[-1], devices.has_work) == (("fusebox/alive", "offline"), True)
    asyncio.run(balancer.run_anew(2))
    asyncio.run(devices.run(2))  # one that was under way
    assert home.heard[-1] == ("fusebox/alive", "offline")


def test_a_script_is_unloaded_while_the_broker_is_away_without_a_word():
    home = Broker()
    _, devices = loaded(home)
    devices.take_new_topics()
    asyncio.run(devices.run(1))
    home.refuses["mqtt.publish"] = OSError("away")
    asyncio.run(devices.end())
    assert home.calls[-1][1]["payload"] == "offline"


@pytest.mark.parametrize("control", [*SERVICES, "max_a", "nonsense"])
def test_a_command_for_a_load_that_is_not_shown_leaves_no_trace(control):
    home = Broker()
    _, devices = loaded(home, car=charger())
    asyncio.run(devices.run(1))

    def traces():
        return [call for call in home.calls if call[1].get("topic") != "fusebox/alive"]

    calls, kept = traces(), dict(home.kept)
    for name in ("nobody", "car2", "", "#", "x" * 300):
        asyncio.run(devices.received(1, f"fusebox/{name}/{control}/set", "off", retain=False))
    assert (traces(), home.kept) == (calls, kept)
    asyncio.run(devices.received(1, f"fusebox/car/{control}/set", "off?", retain=False))
    assert traces() != calls  # a load that is shown answers


def test_a_command_before_the_balancer_acts_is_refused_with_the_sentence_of_the_services():
    home = Broker()
    _, devices = loaded(home, car=charger())
    asyncio.run(devices.run(1))
    STORE.pop("balancer")
    asyncio.run(devices.received(1, "fusebox/car/mode/set", "off", retain=False))
    (told,) = [data["message"] for name, data in home.calls if name == "logbook_entry"]
    assert told == f"refused: {message('just_starting')}"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("mqtt.publish"), "site.mqtt: Home Assistant has no MQTT; set up its integration"),
        (OSError("not connected"), "site.mqtt: nothing reaches the broker (not connected)"),
    ],
)
def test_an_unreachable_broker_is_reported_after_a_while(error, words):
    home = Broker()
    home.refuses["mqtt.publish"] = error
    balancer, devices = loaded(home)
    assert (STORE["mqtt_problems"], devices.take_new_topics()) == ((), ())
    late_s = 61
    asyncio.run(balancer.run_anew(late_s))
    asyncio.run(devices.run(late_s))
    asyncio.run(balancer.run_anew(late_s + 1))
    assert any(words in each for each in home.states["sensor.fusebox_site"].errors)
    del home.refuses["mqtt.publish"]
    asyncio.run(devices.run(late_s + 2))
    assert STORE["mqtt_problems"] == ()
    assert home.kept


@pytest.mark.parametrize(("device_max_a", "highest_a"), [({}, 25), ({"wall": 16.0}, 16), ({"wall": 32.0}, 25)])
def test_the_number_takes_no_more_than_the_fuse_and_the_charger(device_max_a, highest_a):
    found = discovered({"wall": charger("wall", max_a=25)}, device_max_a=device_max_a)
    assert found["fusebox_wall_max_a"]["max"] == highest_a


def test_the_number_shows_the_users_limit_as_far_as_it_reaches():
    checked = read_config(config(loads={"wall": charger("wall", max_a=25)})).config
    shown = [control_values(checked, checked.site({}), {"wall": most_a})["wall"]["max_a"] for most_a in (32, 16)]
    assert shown == [25, 16]
