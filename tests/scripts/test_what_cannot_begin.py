"""What fails before a script has begun is shown as any other failure is, and goes when it is mended: no restart."""

from __future__ import annotations

import logging

import pytest

from .houses import SITE, amps, charger, charging, config
from .package import until_the_package_is_looked_at

CAR = {"sensor.l1": amps(20), **charging()}
GOOD = config(loads={"car": charger()})
BEGINS = "        super().__init__(loaded, ports)\n"
FAILS = "        if loaded.config.has_site:\n            raise KeyError('L9')\n"
ALWAYS_FAILS = "        raise KeyError('L9')\n"
OBJECTS = {
    "balance_site.py": "balancer/balancer.py",
    "rotate_radiators.py": "radiators/rotation.py",
    "estimate_power_saving.py": "radiators/estimation.py",
    "track_peak.py": "tariff/peak_tracker.py",
    "guard_quasar.py": "devices/quasar/guards.py",
    "publish_mqtt.py": "balancer/mqtt_devices.py",
}


def look(home):
    """The host looks at its folder at most every quarter second of real time: have it look now."""
    home.session.run(home.session.host.reload_changed, True)


def broken(scripts, name, fails=FAILS):
    """The object of a script raises when it is made of a CONFIG; what its file was before."""
    file = scripts / "modules" / "fusebox" / name
    whole = file.read_text()
    assert BEGINS in whole
    file.write_text(whole.replace(BEGINS, fails + BEGINS))
    return file, whole


@pytest.mark.parametrize("some", [["balance_site.py"], list(OBJECTS)[1:]], ids=["the one that balances", "the others"])
def test_scripts_that_cannot_begin_are_shown_with_file_and_line_until_corrected(house, scripts, some, caplog):
    files = [broken(scripts, OBJECTS[script]) for script in some]
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    home.steady(3, CAR)
    shown = home.shown()
    logged = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR and r.name == "fusebox"]
    for script, (_, whole) in zip(some, files, strict=True):
        line = whole[: whole.index(BEGINS)].count("\n") + 2
        told = f"{script} cannot begin: KeyError 'L9' ({OBJECTS[script]}, line {line})"
        assert told in shown["errors"]
        assert [text for text in logged if told in text]
    assert shown["reason"] == shown["errors"][0]
    for file, whole in files:
        file.write_text(whole)
    look(home)
    until_the_package_is_looked_at(home, CAR)
    assert (home.state(SITE), home.shown()["errors"]) == ("ok", [])


def test_while_nothing_balances_the_state_says_so(house, scripts):
    broken(scripts, "balancer/balancer.py")
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    home.steady(3, CAR)
    assert home.state(SITE) == "config_error"
    assert home.state("sensor.fusebox_car") is None


def test_what_can_never_begin_is_shown_too(house, scripts):
    broken(scripts, "balancer/balancer.py", ALWAYS_FAILS)
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    assert home.state(SITE) == "config_error"
    assert home.shown()["errors"] == [home.shown()["reason"]]
    assert home.shown()["reason"].startswith("balance_site.py cannot begin: KeyError 'L9' (balancer/balancer.py, line ")


@pytest.mark.parametrize("note", ["next.json", "back.json", "removing.json"])
def test_half_of_an_update_loads_nothing_until_it_is_completed(house, scripts, note):
    begun = scripts / ".fusebox" / note
    begun.parent.mkdir()
    begun.touch()
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    assert home.state(SITE) == "config_error" and home.state("sensor.fusebox_car") is None
    assert home.shown()["reason"].startswith("modules/fusebox is half exchanged for another version")
    begun.unlink()
    for script in scripts.glob("*.py"):
        script.write_text(script.read_text() + "\n")  # pyscript tries again with any file, the host with theirs only
    look(home)
    home.steady(4, CAR)
    assert (home.state(SITE), home.shown()["errors"]) == ("ok", [])


def test_an_earlier_generation_that_balances_continues(house, scripts):
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    home.steady(3, CAR)
    file, whole = broken(scripts, "balancer/balancer.py")
    look(home)
    until_the_package_is_looked_at(home, CAR)
    assert "balance_site.py cannot begin: KeyError 'L9'" in home.shown()["errors"][0]
    home.steady(home.t + 3, {"sensor.l1": amps(30)})
    assert home.all_sent("number.car")[0][1] == 11
    file.write_text(whole)
    look(home)
    until_the_package_is_looked_at(home, {"sensor.l1": amps(25), **charging(offer=11)})
    assert home.shown()["errors"] == []


def test_a_package_without_its_sentences_is_shown(house, scripts):
    (scripts / "modules" / "fusebox" / "model" / "messages" / "strings.json").unlink()
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    assert home.state(SITE) == "config_error"
    (said,) = home.shown()["errors"]
    assert said.startswith(
        "modules/fusebox cannot be loaded: ImportError strings.json is missing or damaged: FileNotFoundError"
    )
    assert said.endswith("copy pyscript/ anew")


def test_a_package_of_which_a_file_is_missing_is_shown_and_loaded_when_it_is_there(house, scripts):
    file = scripts / "modules" / "fusebox" / "model" / "meter_memory.py"  # early: each script tries to load the package
    whole = file.read_text()
    file.unlink()
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    assert home.state(SITE) == "config_error"
    (said,) = home.shown()["errors"]
    assert said.startswith("modules/fusebox cannot be loaded: ModuleNotFoundError")
    assert "fusebox.model.meter_memory" in said and ".py, line " in said and said.endswith("copy pyscript/ anew")
    file.write_text(whole)
    for script in scripts.glob("*.py"):
        script.write_text(script.read_text() + "\n")  # pyscript tries again with any file, the host with theirs only
    look(home)
    home.steady(4, CAR)
    assert (home.state(SITE), home.shown()["errors"]) == ("ok", [])
