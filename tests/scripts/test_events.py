"""Changes are reported as events of Home Assistant, which automations can wait for."""

from __future__ import annotations

from .houses import amps, charger, charging, config

LISTENER = """
@event_trigger("fusebox_limited")
@event_trigger("fusebox_shed")
@event_trigger("fusebox_recovered")
@event_trigger("fusebox_blind")
def heard(**kwargs):
    before = state.getattr("sensor.heard") or {}
    kind = kwargs["event_type"].replace("fusebox_", "")
    told = before.get("told", []) + [f"{kind} {kwargs['entity_id']} {kwargs['name']}"]
    state.set("sensor.heard", kind, new_attributes={"told": told})
"""

LOGBOOK = """
state.set("sensor.book", "open", told=[])

@event_trigger("logbook_entry")
def entered(**kwargs):
    told = state.getattr("sensor.book")["told"] + [[kwargs["entity_id"], kwargs["name"], kwargs["message"]]]
    state.set("sensor.book", "open", told=told)
"""


def test_what_happens_is_an_entry_of_the_sites_logbook(house, scripts):
    (scripts / "listener.py").write_text(LOGBOOK, encoding="utf-8")
    home = house(config(loads={"car": charger()}), scripts=scripts)
    home.steady(25, {"sensor.l1": amps(16), **charging("car", 10)})
    home.steady(40, {"sensor.l1": amps(45), **charging("car", 6)})
    home.steady(60, {"sensor.l1": amps(39), **charging("car", 6, draw=0), "switch.car": "off"})
    entries = home.session.host.world.states.get("sensor.book").attributes["told"]
    assert [entry[:2] for entry in entries] == [
        ["sensor.fusebox_site", "Fusebox"],
        ["sensor.fusebox_site", "Fusebox car"],
    ]
    assert entries[0][2].startswith("limited: ") and "main L1" in entries[0][2]
    assert entries[1][2].startswith("shed: ") and "main fuse (L1" in entries[1][2]


def test_a_car_that_is_lowered_and_a_meter_that_falls_silent_are_events(house, scripts):
    (scripts / "listener.py").write_text("state.set('sensor.heard', 'nothing')\n" + LISTENER, encoding="utf-8")
    home = house(config(loads={"car": charger()}), scripts=scripts)
    quiet = {"sensor.l1": amps(16), **charging("car", 10)}
    home.steady(25, quiet)
    home.steady(40, {"sensor.l1": amps(45), **charging("car", 6)})
    home.steady(60, {"sensor.l1": amps(39), **charging("car", 6, draw=0), "switch.car": "off"})
    home.steady(140)
    home.steady(150, {"sensor.l1": amps(16)})
    told = home.session.host.world.states.get("sensor.heard").attributes["told"]
    assert [each.split(" ")[:2] for each in told] == [
        ["limited", "sensor.fusebox_site"],
        ["shed", "sensor.fusebox_car"],
        ["blind", "sensor.fusebox_site"],
        ["recovered", "sensor.fusebox_site"],
    ]


def entries(home):
    return [entry[2] for entry in home.session.host.world.states.get("sensor.book").attributes["told"]]


def test_that_fusebox_now_commands_is_said_with_the_fuse(house, scripts):
    (scripts / "listener.py").write_text(LOGBOOK, encoding="utf-8")
    quiet = {"sensor.l1": amps(5), **charging("car", 10)}
    home = house(config(loads={"car": charger()}, dry_run=True), scripts=scripts)
    home.steady(10, quiet)
    assert entries(home) == []
    home.save(config(loads={"car": charger()}))
    home.steady(20, quiet)
    assert entries(home) == ["Fusebox now commands car; the main fuse is 25 A on each phase"]
    home.save(config(loads={"car": charger(), "van": charger("van")}, main_fuse_a=63))
    home.steady(30, quiet)
    assert entries(home)[1:] == ["Fusebox now commands car, van; the main fuse is 63 A on each phase"]


def test_after_a_restart_nothing_has_begun_that_was_so_before(house, scripts):
    (scripts / "listener.py").write_text(LOGBOOK, encoding="utf-8")
    home = house(config(loads={"car": charger()}), scripts=scripts)
    home.steady(10, {"sensor.l1": amps(5), **charging("car", 10)})
    assert entries(home) == []
