"""The log: an internal failure is logged with our file and line, wherever it is, in at most a screenful."""

from __future__ import annotations

import dataclasses
import logging
import shutil
import sys

import pytest

from simhouse.host.pyscript_host import DEFAULT_SCRIPTS

from .houses import amps, charger, charging, config, plug, switched

STATES = {"sensor.l1": amps(2), **charging()}
RADIATORS = {
    "max_active": [1, 0],
    "radiators": [{"name": "bath", "virtual": "input_boolean.bath", "actual": "switch.bath"}],
}
SAVING = {"meter": "sensor.l1", "target": "input_number.level", "max_available": 30, "per_radiator": 5}
WHOLE = {
    **config(loads={"car": charger()}),
    "radiators": RADIATORS,
    "power_saving": SAVING,
    "tariff": {"kind": "fluvius", "target_kw": 4.0},
}
PLACES = {
    "a step": ("control/control.py", "def step("),
    "what is shown": ("balancer/publish.py", "    def publish_decision("),
    "a driver": ("devices/chargers/number.py", "def read_state("),
    "the guards": ("devices/quasar/entities.py", "    async def publish_limits("),
    "opening the links": ("devices/links.py", "    async def open("),
    "reading the links": ("devices/links.py", "    def with_states("),
    "what is kept": ("runtime/settings.py", "    async def restore("),
    "the radiators": ("radiators/run.py", "def step("),
    "the power saving": ("radiators/power_saving.py", "def estimate("),
    "the peak": ("tariff/peak_attributes.py", "def peak_attributes("),
    "the clock": ("model/local_day.py", "def day_began_s("),
    "what writes entities": ("runtime/publisher.py", "    def write("),
    "a command": ("devices/chargers/number.py", "def command_calls("),
}
"""What can be broken -> the file, and the function at whose beginning it fails."""
FAULTS = """

import itertools, os
_NUMBERS = itertools.count()


def _fault_of(place):
    broken = os.environ.get("BROKEN", "").split(",")
    return f"of {next(_NUMBERS) if 'varying' in broken else 'all'} things" if place in broken else None
"""
LOGGED = [name for name in PLACES if name not in ("what writes entities", "a command")]
SHOWN_BY = {
    "a step": "sensor.fusebox_site",
    "the radiators": "pyscript.radiator_status",
    "the power saving": "pyscript.powersavingmode",
    "the peak": "sensor.fusebox_peak",
}


@pytest.fixture(scope="module")
def breakable(tmp_path_factory):
    """Return a copy of the scripts that fails where BROKEN says: loaded once for all tests, which takes long."""
    scripts = tmp_path_factory.mktemp("breakable") / "pyscript"
    shutil.copytree(DEFAULT_SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__", "site_config.py"))
    for name, (file, function) in PLACES.items():
        path = scripts / "modules" / "fusebox" / file
        lines = path.read_text().splitlines(keepends=True)
        begin = next(i for i, line in enumerate(lines) if line.startswith(function))
        end = next(i for i in range(begin, len(lines)) if lines[i].rstrip().endswith(":") and ")" in lines[i])
        indent = " " * (len(function) - len(function.lstrip()) + 4)
        lines.insert(end + 1, f"{indent}if _fault := _fault_of({name!r}): raise ZeroDivisionError(_fault)\n")
        path.write_text("".join(lines).removesuffix(FAULTS) + FAULTS)
    return scripts


@pytest.fixture
def broken(breakable, monkeypatch):
    """Return a function that has places of the package fail and returns the line of the first one."""

    def fail(name, *others):
        monkeypatch.setenv("BROKEN", ",".join((name, *others)))
        lines = (breakable / "modules" / "fusebox" / PLACES[name][0]).read_text().splitlines()
        return next(number for number, line in enumerate(lines, 1) if f"_fault_of({name!r})" in line)

    return fail


def said(caplog):
    return [
        r for r in caplog.records if r.levelno >= logging.WARNING and "things" in (r.getMessage() + str(r.exc_text))
    ]


def test_where_not_even_the_failure_can_be_shown_the_next_group_is_looked_after(house, breakable, broken):
    broken("what writes entities")
    hall = {"name": "hall", "virtual": "input_boolean.hall", "actual": "switch.hall"}
    groups = [RADIATORS, {**RADIATORS, "name": "upstairs", "status": "pyscript.upstairs", "radiators": [hall]}]
    home = house({"radiators": groups}, scripts=breakable, noisy=True)
    wanted = {f"input_boolean.{room}": "on" for room in ("bath", "hall")}
    home.steady(60, {**wanted, "switch.bath": "off", "switch.hall": "off"})
    assert {data["entity_id"] for _, service, data in home.calls if service == "switch.turn_on"} == {
        "switch.bath",
        "switch.hall",
    }


@pytest.mark.parametrize("name", LOGGED)
def test_what_fails_names_file_and_line_of_ours_where_people_look(house, breakable, broken, caplog, name):
    file, _ = PLACES[name]
    line = broken(name)
    home = house(WHOLE, scripts=breakable, noisy=True)
    home.steady(12, STATES)
    formatted = [logging.Formatter("%(message)s").format(record) for record in said(caplog)]
    assert len(formatted) == 1, "told, and once"
    assert file in formatted[0] and f"line {line}" in formatted[0]
    if name in SHOWN_BY:
        told = home.session.host.world.states.get(SHOWN_BY[name])
        assert told.state in ("unknown", "blind")
        assert f"({file}, line {line})" in told.attributes["reason"]


def test_what_makes_every_step_fail_and_is_remembered_is_dropped(house):
    home = house(config(loads={"car": charger()}), noisy=True)
    home.line(0, {"sensor.l1": amps(16), **charging(offer=16)})
    home.steady(30, {"sensor.l1": amps(16)})
    balancer = vars(sys.modules["_fusebox_store"])["balancer"]
    balancer.memory = dataclasses.replace(balancer.memory, fuses={"main L1": "nothing of the kind"})
    home.line(31, {"sensor.l1": amps(30)})
    assert home.state("sensor.fusebox_site") == "blind"
    home.is_exact = True
    home.steady(45, {"sensor.l1": amps(30)})
    assert home.state("sensor.fusebox_site") != "blind"
    assert [data["value"] for _, service, data in home.calls if service == "number.set_value"][-1] < 16


RESTING = {
    "car": charger(),
    "wall": charger("wall", failsafe_a=0),
    "slow": charger("slow", min_write_s=60),
    "low": charger("low"),
    "heavy": charger("heavy"),
    "bare": charger("bare", without=["switch"], failsafe_a=0),
    "stiff": charger("stiff", without=["switch"], failsafe_a=0),
    "pool": plug(),
    "boiler": {
        "type": "tank",
        "switch": "switch.boiler",
        "temperature": "sensor.tank",
        "rated_w": 2000,
        "phases": ["L1"],
    },
}
RESTING_STATES = {
    **charging(offer=16),
    **charging("wall", offer=10),
    **charging("slow", offer=12),
    **charging("low", offer=6),
    **charging("heavy", offer=16, min=8),
    **charging("bare", offer=16, min=0),
    **charging("stiff", offer=16),
    **switched(on=True),
    "switch.boiler": "on",
    "sensor.tank": "40",
}


@pytest.mark.parametrize("name", ["a step", "a driver", "the clock", "reading the links"])
def test_without_decisions_for_long_no_load_continues_with_its_last_command(house, breakable, broken, name):
    """After failsafe_after_s, as with a silent meter; again each half minute, and not what is there already."""
    broken(name)
    home = house(config(loads=RESTING, main_fuse_a=63, failsafe_after_s=40), scripts=breakable, noisy=True)
    home.steady(39, {"sensor.l1": amps(20), **RESTING_STATES})
    assert home.calls == []
    home.steady(75, {"sensor.l1": amps(20)})
    seen = name != "a driver"  # otherwise present loads and what they accept are unknown
    off = [6, 0]
    told = {
        "number.car": [6],
        "number.wall": [6] if seen else off,
        "switch.wall": ["off"],
        "number.slow": [6],
        "number.low": [] if seen else [6],
        "number.heavy": [8 if seen else 6],
        "number.bare": [0] if seen else off,
        "number.stiff": [6] if seen else off,
        "switch.pool": ["off"],
        "switch.boiler": ["off"],
    }
    once = {"number.slow"}
    for entity, values in told.items():
        assert [a for _, a in home.all_sent(entity)] == values * (1 if entity in once else 2), entity
    assert {data["entity_id"] for _, _, data in home.calls} <= told.keys()


@pytest.mark.parametrize(
    ("name", "says"), [("a command", "cannot be brought to its fail-safe"), ("a driver", "cannot be read")]
)
def test_a_load_that_cannot_reach_its_fail_safe_is_reported_once_with_the_cause(
    house, breakable, broken, caplog, name, says
):
    line = broken(name, "a step")
    home = house(config(loads=RESTING, main_fuse_a=63, failsafe_after_s=40), scripts=breakable, noisy=True)
    home.steady(120, {"sensor.l1": amps(20), **RESTING_STATES})
    # "low" is there already, where that can be read.
    away = set() if name == "a driver" else {"low"}
    chargers = [name for name, load in RESTING.items() if load["type"] == "number" and name not in away]
    told = [record.getMessage() for record in caplog.records if says in record.getMessage()]
    assert [text.partition(" ")[0] for text in told] == chargers
    assert all(f"of all things (devices/chargers/number.py, line {line})" in text for text in told)
    assert home.all_sent("switch.pool")[0][1] == "off", "one that fails keeps nobody else from it"


def test_in_a_dry_run_nothing_is_brought_to_rest_either(house, breakable, broken):
    broken("a step")
    home = house(config(loads=RESTING, dry_run=True, failsafe_after_s=40), scripts=breakable, noisy=True)
    home.steady(75, {"sensor.l1": amps(20), **RESTING_STATES})
    assert home.calls == []


def test_a_failure_that_is_another_each_time_fills_no_log(house, breakable, broken, caplog):
    broken("a step", "varying")
    home = house(WHOLE, scripts=breakable, noisy=True)
    for t in range(1, 60):
        home.line(t, {"sensor.l1": amps(t % 20)})
    assert 2 <= len(said(caplog)) <= 10
    assert "control.py, line" in home.shown()["reason"]


def test_a_house_that_comes_and_goes_logs_nothing_but_what_is_worth_it(house, caplog):
    """An overload every ten seconds, a meter that comes and goes, a service that fails each time."""
    caplog.set_level(logging.INFO, "fusebox")
    home = house(config(loads={"car": charger()}), noisy=True)
    for t in range(300):
        home.report(t, {**charging(offer=16), "sensor.l1": amps(30) if t % 20 < 10 else "unavailable"})
    lines = [record for record in caplog.records if record.name == "fusebox"]
    assert 1 <= len(lines) <= 30
