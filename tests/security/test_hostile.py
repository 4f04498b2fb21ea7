"""What an entity with a hostile value, attribute or name can do: nothing."""

from __future__ import annotations

import json
import logging
from itertools import zip_longest
from typing import Any

import pytest

from fusebox.devices.easee.states import read_numbers
from fusebox.model.numbers import number_of
from fusebox.runtime.config_file import run_config_file

from ..scripts.boiler import tank
from ..scripts.heat_pumps import pump
from ..scripts.houses import BOX, SITE, amps, charger, charging, config, plug, switched, unit
from ..scripts.test_random_houses import LOAD_STATES, SITE_STATES

HUGE = 10**400
WORDS = [
    "on; drop", "{{ states('sensor.l1') }}", "${jndi:ldap://x}", "<script>alert(1)</script>", "'; --", "%s%n{0}",
    "first\nERROR second", "\x00\x1b[31m", "nan", "-inf", "1e400", "9" * 250, "0x10", "1,5", "-1e308", "\u202eevil",
    "__import__('os')", "../../secrets.yaml",
]  # fmt: skip
THINGS: list[Any] = [
    HUGE,
    float("nan"),
    float("inf"),
    -5,
    True,
    [],
    {"a": [1]},
    "x" * 100_000,
    "first\nERROR second",
    None,
]

LOADS = {
    "car": charger(mode="input_select.mode"),
    "pool": plug(mode="solar_only"),
    "tank": tank(),
    "pump": pump(),
    "box": {"type": "ocpp", "charger": "evse1", "phases": ["L1"]},
}
HOUSE = config(
    loads=LOADS,
    main_fuse_a="input_number.fuse",
    solar_w="sensor.sun",
    battery={"soc_pct": "sensor.soc", "charge_w": "sensor.battery"},
) | {"tariff": {"kind": "fluvius", "demand_kw": "sensor.demand", "month_peak_kw": "sensor.peak", "target_kw": 4.0}}

WELL: dict[str, Any] = {
    "sensor.l1": amps(10),
    **charging(offer=6),
    **switched(on=False),
    "switch.tank": "off",
    "sensor.tank": unit(50, "°C"),
    "sensor.tank_power": unit(0, "W"),
    "switch.sg1": "off",
    "switch.sg2": "off",
    "sensor.sun": unit(500, "W"),
    "sensor.soc": unit(60, "%"),
    "sensor.battery": unit(0, "W"),
    "sensor.demand": unit(1, "kW"),
    "sensor.peak": unit(2, "kW"),
    "input_select.mode": "standard",
    "input_number.fuse": "25",
    "sensor.evse1_status_connector": "Charging",
    "switch.evse1_charge_control": "on",
    "number.evse1_maximum_current": {"state": "32", "attributes": BOX},
    "sensor.evse1_current_import": amps(6),
    "sensor.evse1_current_offered": amps(6),
    "button.evse1_reset": "unknown",
}


ALONE = "sensor.l1"
"""A house that does not know its main fuse's flow looks at little else: this one is hostile by itself."""
PARTS = (
    ("input_number.fuse", "sensor.sun", "sensor.soc", "sensor.battery", "sensor.demand", "sensor.peak"),
    (*charging(), "input_select.mode"), tuple(switched(on=False)),
    ("switch.tank", "sensor.tank", "sensor.tank_power"), ("switch.sg1", "switch.sg2"),
    tuple(entity for entity in WELL if ".evse1_" in entity),
)  # fmt: skip
"""The entities of the site and of each load: one of each is hostile at a time."""
ROUNDS = [[ALONE], *([each for each in together if each is not None] for together in zip_longest(*PARTS))]


def test_every_entity_is_hostile_once():
    assert sorted(entity for together in ROUNDS for entity in together) == sorted(WELL)


def is_sane(home: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Every failure is reported in our own words, nothing crashes, and no log line comes from the other side."""
    assert home.state(SITE) in SITE_STATES - {"config_error"}
    assert "a step failed" not in home.shown()["reason"]
    for name in LOADS:
        assert home.shown(name)["status"] in LOAD_STATES
        assert 0 <= float(home.state(f"sensor.fusebox_{name}")) <= 8000
        assert len(json.dumps(home.shown(name), default=str)) < 5000
    for record in caplog.records:
        assert record.levelno < logging.ERROR  # the fixture does not see what is cleared
        assert "\nERROR second" not in record.getMessage()
        assert len(record.getMessage()) < 5000
    caplog.clear()


def attributes_of(entity: str) -> dict[str, Any]:
    return WELL[entity]["attributes"] if isinstance(WELL[entity], dict) else {}


def state_of(entity: str) -> str:
    return WELL[entity]["state"] if isinstance(WELL[entity], dict) else WELL[entity]


def test_a_state_can_do_nothing(house, caplog):
    home = house(HOUSE)
    home.line(0, WELL)
    home.steady(3, WELL)
    for word in WORDS:
        for together in ROUNDS:
            hostile = {entity: {"state": word, "attributes": attributes_of(entity)} for entity in together}
            home.line(home.t + 1, {**WELL, **hostile})
            is_sane(home, caplog)
    home.steady(home.t + 45, WELL)
    assert home.state(SITE) in ("ok", "limited")
    assert not any(isinstance(value, float | int) and value > 25 for _, value in home.all_sent("number.car"))


def test_an_attribute_can_do_nothing(house, caplog):
    names = ("unit_of_measurement", "min", "max", "step", "L1", "L2", "options", "friendly_name", "temperature")
    home = house(HOUSE)
    home.line(0, WELL)
    for thing in THINGS:
        for together in ROUNDS:
            attributes = dict.fromkeys(names, thing)
            hostile = {entity: {"state": state_of(entity), "attributes": attributes} for entity in together}
            home.line(home.t + 1, {**WELL, **hostile})
            is_sane(home, caplog)
    home.steady(home.t + 45, WELL)
    # This car draws its 10 A whatever it is offered, which is a separate fault.
    assert home.state(SITE) in ("ok", "limited") or home.shown()["reason"].startswith(
        "car has ignored its limit: drew 10 A"
    )


def test_what_a_service_is_given_is_refused_with_a_short_sentence(house):
    home = house(HOUSE)
    home.line(0, WELL)
    home.steady(2, WELL)
    before = home.shown("car")["mode"]
    for thing in [*THINGS, *WORDS]:
        for service, data in (
            ("fusebox_set_mode", {"load": "car", "mode": thing}),
            ("fusebox_set_mode", {"load": thing, "mode": "off"}),
            ("fusebox_set_max_current", {"load": "car", "current_a": thing}),
            ("fusebox_set_distribution", {"distribution": thing}),
            ("fusebox_boost", {"load": thing, "state": "on"}),
            ("fusebox_boost", {"load": "car", "state": "?" if thing is True else thing}),
            ("fusebox_reset_charger", {"load": thing}),
            ("fusebox_set_mode", {"load": "car", "mode": "off", "first\nERROR second" * 1000: thing}),
        ):
            error = home.call(service, **data).get("error")
            assert error and len(error) < 500 and "\n" not in error, (service, str(thing)[:50], error)
    assert home.shown("car")["mode"] == before


def test_what_another_integration_says_as_it_fails_is_one_short_line(house, caplog):
    said = "first\nERROR second\x1b[31m <img src=x onerror=alert(1)> {{ states('sensor.l1') }}" * 500
    fails = [{"service": "number.set_value", "data": {}, "error": said}]
    home = house(config(loads={"car": charger()}), noisy=True)
    shown = []
    home.line(0, {"sensor.l1": amps(10), **charging(offer=16)}, respond=fails)
    for t in range(1, 40):
        home.line(t, {"sensor.l1": amps(32), **charging(offer=16)})
        shown += home.shown()["errors"]
    told = [record.getMessage() for record in caplog.records if "set_value failed" in record.getMessage()]
    assert told and shown
    for line in (*told, *shown):
        said_of_it = ("failed: first ERROR second", "set_value failed: draws", "does not", "ignores its limit")
        assert any(each in line for each in said_of_it), line
        assert line.isprintable() and len(line) < 300, line[:300]


def test_a_proposed_config_says_nothing_that_an_entity_wrote(house, tmp_path):
    home = house("CONFIG = {}")
    name = "meter\nimport os\n'}}; __import__('os').system('x') #"
    said = {"unit_of_measurement": "W", "device_class": "power", "friendly_name": name}
    states = {f"sensor.net_power_l{n}": {"state": str(n), "attributes": said} for n in (1, 2, 3)}
    home.line(0, {**states, "number.wall_current": {"state": "6", "attributes": {**BOX, "friendly_name": name}}})
    home.line(5)
    text = home.call("fusebox_detect")["response"]["text"]
    assert "import os" not in text and "__import__" not in text
    proposed = tmp_path / "proposed.py"
    proposed.write_text(text)
    config_found, problem = run_config_file(str(proposed))
    assert problem is None and set(config_found) >= {"site"}


def test_numbers_that_no_float_holds_are_unknown():
    assert number_of(HUGE) is None
    assert number_of("1e400") is None
    told = read_numbers({"totalPower": HUGE, "outputCurrent": float("inf"), "inCurrentT3": float("nan")}, {})
    assert set(told.values()) == {None}
