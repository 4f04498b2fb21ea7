"""The grid is lost: within a second everything is off that is not marked, whatever the meters display then."""

from __future__ import annotations

from typing import Any

import pytest

from .houses import SITE, House, amps, charger, charging, config, plug, switched, unit, watts
from .test_events import LOGBOOK
from .warm import heating

GONE = "binary_sensor.grid_gone"
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_discharge_w": 4600}
FACTS: dict[str, Any] = {"battery": BATTERY, "inverter": {"max_w": 4600}, "solar_w": "sensor.sun", "island": GONE}
RELAYS = {"switch.sg1": "off", "switch.sg2": "off"}


def there(**more: Any) -> dict[str, Any]:
    """Return the states of a house with its grid."""
    battery = {"sensor.soc": unit(60, "%"), "sensor.battery": watts(0), "sensor.sun": watts(0)}
    return {GONE: "off", "sensor.l1": amps(20), **battery, **more}


def stopped_at_once(home: House) -> list[str]:
    """Return the names of the services called in the last second."""
    return sorted(f"{name} {data.get('entity_id', '')}".strip() for t, name, data in home.calls if t == home.t)


def test_within_a_second_everything_is_off_but_what_is_marked(house):
    loads = {
        "car": charger(min_write_s=600),
        "pool": plug(min_on_s=3600),
        "pump": plug("well", rated_w=1150, island=True),
        "heat": {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "phases": ["L1"]},
    }
    home = house(config(loads=loads, **FACTS))
    running = {**charging(offer=6), **switched(on=True), **switched("well", on=True, power_w=1150), **RELAYS}
    for second in range(5):
        home.line(second, there(**running))
    assert home.state(SITE) in ("ok", "limited")
    assert home.shown()["island"] is False
    home.line(5, {GONE: "on"})
    assert stopped_at_once(home) == [
        "switch.turn_off switch.car",
        "switch.turn_off switch.pool",
        "switch.turn_on switch.sg1",
    ]
    assert home.state(SITE) == "limited"
    assert home.shown()["island"] is True
    assert home.shown()["reason"] == "the grid is gone; running on inverter and battery: pump"
    assert home.shown("pool")["reason"] == "off while the grid is gone"


@pytest.mark.parametrize("meter", ["0", "unavailable", "unknown", None], ids=str)
def test_meters_that_vanish_with_the_grid_hold_nothing(house, meter):
    home = house(config(loads={"well": charger("well", island=True)}, **FACTS))
    home.line(0, there(**charging("well", offer=6)))
    for second in range(1, 200, 5):
        now = {GONE: "on", "sensor.battery": watts(-230 * 8), **charging("well", offer=6)}
        home.line(second, now if meter is None else {**now, "sensor.l1": amps(meter)}, leap=True)
    assert home.state(SITE) == "limited"
    assert home.shown("well")["status"] == "charging"
    assert [name for _, name, _ in home.calls if name == "switch.turn_off"] == []


def test_a_meter_without_a_value_is_reported_only_while_the_grid_is_there(house):
    home = house(config(loads={"well": charger("well", island=True)}, **FACTS))
    home.line(0, there(**charging("well", offer=6)))
    home.line(300)
    gone = {GONE: "on", "sensor.l1": "unavailable", "sensor.battery": watts(-230 * 8), **charging("well", offer=6)}
    for second in range(301, 600, 20):
        home.line(second, gone, leap=True)
    assert home.shown()["errors"] == []
    assert home.shown()["reason"] == "the grid is gone; running on inverter and battery: well"
    for second in range(601, 900, 20):
        home.line(second, {GONE: "off", "sensor.l1": "unavailable", **charging("well", offer=6)}, leap=True)
    assert any(error.startswith("site.grid.L1: sensor.l1 has had no value") for error in home.shown()["errors"])


def test_before_the_first_value_nothing_starts_and_nothing_is_said_of_the_grid(house):
    home = house(config(loads={"car": charger()}, **FACTS))
    for second in range(0, 90, 5):
        states = {**there(**charging(offer=6, draw=0)), "switch.car": "off", GONE: "unavailable"}
        home.line(second, states, leap=True)
    assert home.shown()["island"] is None
    assert "site.island" in home.shown()["reason"]
    assert not home.all_sent("switch.car")
    home.line(90, {GONE: "on"})
    assert home.shown()["island"] is True


def test_the_loss_and_the_return_of_the_grid_are_in_the_logbook(house, scripts):
    (scripts / "listener.py").write_text(LOGBOOK, encoding="utf-8")
    home = house(config(loads={"car": charger()}, **FACTS), scripts=scripts)
    home.line(0, there(**charging(offer=6)))
    home.line(1, {GONE: "on"})
    home.line(2, {GONE: "off"})
    told = [message for _, _, message in home.session.host.world.states.get("sensor.book").attributes["told"]]
    assert told == [
        "island: the grid is gone",
        "grid_back: the grid has returned; each load waits before it starts again (pause_s)",
    ]


def test_radiators_in_turn_stop_too_although_no_load_stands_for_them(house):
    home = house({**heating("ab", max_active=[2, 1, 0]), **config(**FACTS)})
    thermostats = {f"input_boolean.{name}": "on" for name in "ab"}
    home.line(0, there(**thermostats, **{f"switch.{name}": "on" for name in "ab"}))
    home.line(5)
    home.line(6, {GONE: "on"})
    home.line(8)
    assert {data["entity_id"] for _, name, data in home.calls if name.endswith("turn_off")} == {"switch.a", "switch.b"}


def test_a_site_that_is_never_connected_charges_on_what_its_inverter_leaves(house):
    inverter = {"max_w": 3450, "output": {"L1": "sensor.out"}}
    home = house({"site": {"island": True, "inverter": inverter}, "loads": {"car": charger()}})
    offer_a = 6.0
    for second in range(120):
        home.report(second, {"sensor.out": amps(3 + offer_a), **charging(offer=offer_a)})
        offer_a = next((float(value) for value in home.sent("number.car") if value not in ("on", "off")), offer_a)
        assert 3 + offer_a <= 15
    assert offer_a == 12
    assert home.shown()["island"] is True
    assert home.state(SITE) in ("ok", "limited")
    home.line(120, {"sensor.out": amps(14 + offer_a)})
    assert home.sent("switch.car") == ["off"] or home.sent("number.car") != []


def test_where_nothing_is_measured_a_car_is_raised_as_far_as_the_inverter_allows(house):
    home = house({"site": {"island": True, "inverter": {"max_w": 3450}}, "loads": {"car": charger()}})
    offer_a = 6.0
    for second in range(120):
        home.report(second, charging(offer=offer_a))
        offer_a = next((float(value) for value in home.sent("number.car") if value not in ("on", "off")), offer_a)
    assert offer_a == 15


def test_neither_a_plan_nor_a_boost_nor_a_minimum_time_keeps_a_load_on(house):
    loads = {"pool": plug(min_on_s=3600, plan={"ready_by": "20:00", "hours": 8})}
    home = house({**config(loads=loads, **FACTS), "prices": {"fixed": 0.3}})
    home.line(0, there(**switched(on=True)))
    home.line(30)
    home.call("fusebox_boost", load="pool", state=True)
    home.line(60, {GONE: "on"})
    assert home.sent("switch.pool") == ["off"]


def test_a_load_in_watts_and_a_tank_stop_in_the_second_too(house):
    loads = {
        "heater": {"type": "power", "power": "number.heater", "max_w": 3000, "phases": ["L1"], "write_every_s": 300},
        "tank": {
            "type": "tank",
            "switch": "switch.tank",
            "temperature": "sensor.tank",
            "rated_w": 1000,
            "phases": ["L1"],
        },
    }
    home = house(config(loads={name: {**load, "mode": "standard"} for name, load in loads.items()}, **FACTS))
    power = {"state": "1000", "attributes": {"min": 0, "max": 3000, "step": 1, "unit_of_measurement": "W"}}
    tank = {"switch.tank": "on", "sensor.tank": unit(30, "°C")}
    for second in range(30):
        home.report(second, {**there(**tank), "sensor.l1": amps(10), "number.heater": power})
        power = {**power, "state": str(next(iter(home.sent("number.heater")), power["state"]))}
    assert float(power["state"]) > 0
    home.line(30, {GONE: "on"})
    assert home.sent("number.heater") == [0]
    assert home.sent("switch.tank") == ["off"]


@pytest.mark.parametrize(("soc_pct", "sun_w", "house_w", "blocked_after_s"), [(60, 0, 4000, 0), (10, 4000, 2000, 30)])
def test_a_marked_heat_pump_is_blocked_before_the_inverter_switches_off(
    house, soc_pct, sun_w, house_w, blocked_after_s
):
    """An inverter above its rating is dark in seconds; a battery at its minimum may wait half a minute."""
    pump = {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "rated_w": 2300, "phases": ["L1"]}
    home = house(config(loads={"heat": {**pump, "island": True, "dwell_s": 600}}, **FACTS))
    home.line(0, {**there(**RELAYS), "sensor.l1": amps(10)})
    home.line(5)
    used_w = {
        "sensor.sun": watts(sun_w),
        "sensor.battery": watts(sun_w - house_w - 2300),
        "sensor.soc": unit(soc_pct, "%"),
    }
    for second in range(6, 60):
        home.line(second, {GONE: "on", "sensor.l1": amps(0), **used_w})
        if "switch.turn_on switch.sg1" in stopped_at_once(home):
            break
    assert second - 6 == pytest.approx(blocked_after_s, abs=2)
