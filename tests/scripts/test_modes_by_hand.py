"""A mode set by a user while a plan exists: what it changes at once, its reasons, and what ends it."""

from __future__ import annotations

import pytest

from .houses import charger, config, plug
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, nord_pool

CHEAP = {"20:15": 0.10, "20:30": 0.10}
AMOUNT = {"car": {"energy_kwh": 0.92}, "plug": {"hours": 0.25}}
BASE = {"car": "standard", "plug": "continuous"}
SKIPPED = {
    "car": "off by hand: plan skipped until its car leaves or its mode is changed",
    "plug": "off by hand: plan skipped until its mode is changed",
}


def evening(house, kind, block, mode=None):
    """A car or a plug at eight: in its block, before it, or without a plan."""
    more = {} if mode is None else {"mode": mode}
    if block != "none":
        more["plan"] = {"ready_by": "21:15", "finish": "early", **AMOUNT[kind]}
    load = charger(pause_s=0, **more) if kind == "car" else plug("car", **more)
    prices = {"fixed": {"hours": {"20-22": 0.2}, "else": 0.3}} if block == "running" else {"import": NORD_POOL}
    device = Device(on=False, takes_a=16) if kind == "car" else Device("plug", on=False, takes_a=10)
    home = Night(house({**config(loads={"car": load}), "prices": prices}, start=T0, time_zone=ZONE), car=device)
    home.told = nord_pool(CHEAP)
    home.run(60)
    return home


def press(home, mode):
    """Set the mode as a user does; return the load's attributes a moment later."""
    assert "response" in home.house.call("fusebox_set_mode", load="car", mode=mode)
    home.run(60)
    return home.house.shown("car")


def overrides(home):
    return home.house.session.host.world.states.get("pyscript.fusebox_settings").attributes["overrides"]


BY_MODE = {"base": True, "solar_only": False, "off": False}
IN_BLOCK = {"base": True, "solar_only": True, "off": False}
WAITS = {"base": False, "solar_only": False, "off": False}


@pytest.mark.parametrize("kind", ["car", "plug"])
@pytest.mark.parametrize("configured", [None, "solar_only"])
@pytest.mark.parametrize("block", ["running", "waiting", "none"])
def test_a_button_works_in_every_state_of_a_plan(house, kind, configured, block):
    home = evening(house, kind, block, configured)
    runs = {"running": IN_BLOCK, "waiting": BY_MODE if configured else WAITS, "none": BY_MODE}[block]
    was_on, before = home.devices["car"].on, home.house.shown("car")
    shown = configured or "base"
    assert was_on is runs[shown]
    told = press(home, BASE[kind] if shown == "base" else shown)
    assert (home.devices["car"].on, told["mode"], overrides(home)) == (was_on, before["mode"], {}), (
        "it shows that already"
    )
    for mode in ("base" if configured else "solar_only", "off", shown):
        name = BASE[kind] if mode == "base" else mode
        told = press(home, name)
        assert told["mode"] == name
        if is_planned_anew := block == "running" and mode == shown:
            assert told["plan_state"] == "waiting"
        elif mode != "solar_only" or block != "none":
            home.run(60)
            assert home.devices["car"].on is runs[mode], mode
        if block != "none" and mode == "off":
            assert told["reason"].startswith(SKIPPED[kind])
            assert told["plan_reason"] in SKIPPED[kind] and told["plan"] == []
        elif block == "running" and not is_planned_anew:
            then = "" if mode == "base" and not configured else f", then in mode {name}"
            assert told["reason"].startswith(f"runs by its plan until {told['plan'][0]['end'][11:16]}{then}")
        else:
            assert "by hand" not in told["reason"]


def test_off_that_was_shown_already_skips_a_running_plan(house):
    home = evening(house, "car", "running", "off")
    assert (home.devices["car"].on, home.house.shown("car")["mode"]) == (True, "off")
    assert press(home, "off")["reason"].startswith(SKIPPED["car"])
    assert home.devices["car"].on is False


def test_a_skipped_plan_counts_again_for_the_next_car_though_the_mode_stays_off(house):
    home = evening(house, "car", "running")
    press(home, "off")
    home.devices["car"].status = "Available"
    home.run(30)
    home.devices["car"].status = "Charging"
    home.until("20:17")
    told = home.house.shown("car")
    assert (home.devices["car"].on, told["mode"]) == (True, "off")
    assert told["reason"].startswith("runs by its plan until")


def test_a_skipped_plan_stays_skipped_over_a_restart(house):
    press(evening(house, "car", "running"), "off")
    again = evening(house, "car", "running")
    assert again.devices["car"].on is False
    assert again.house.shown("car")["reason"].startswith(SKIPPED["car"])


def test_a_mode_that_is_written_into_config_ends_the_skip(house):
    press(evening(house, "car", "running"), "off")
    home = evening(house, "car", "running", "solar_only")
    assert home.devices["car"].on
    assert home.house.shown("car")["reason"].startswith("runs by its plan until")


def test_a_skip_that_outlived_a_restart_ends_with_the_mode(house):
    press(evening(house, "car", "running"), "off")
    home = evening(house, "car", "running")
    assert "skipped" not in press(home, "solar_only")["reason"]
    home.until("20:17")
    assert home.house.shown("car")["reason"].startswith("runs by its plan until")


@pytest.mark.parametrize("mode", ["off", "solar_only"])
@pytest.mark.parametrize("kind", ["car", "plug"])
def test_returning_to_the_unnamed_mode_while_the_plan_waits_commands_nothing(house, kind, mode):
    home = evening(house, kind, "waiting")
    press(home, mode)
    home.house.calls.clear()
    home.house.call("fusebox_set_mode", load="car", mode=BASE[kind])
    home.run(60)
    assert home.house.calls == []


def test_a_mode_entity_set_to_off_skips_the_plan_and_one_that_appears_does_not(house):
    home = evening(house, "car", "running", "input_select.mode")
    home.told = {"input_select.mode": "off"}
    home.run(60)
    assert home.devices["car"].on, "nobody has set it: it was not there before"
    for mode, on in (("solar_only", True), ("off", False)):
        home.told = {"input_select.mode": mode}
        home.run(60)
        assert home.devices["car"].on is on, mode
    assert home.house.shown("car")["reason"].startswith(SKIPPED["car"])


@pytest.mark.parametrize("kind", ["car", "plug"])
def test_clear_plan_takes_back_a_plan_and_nothing_else(house, kind):
    home = evening(house, kind, "waiting")
    own = {"ready_by": "21:15", "finish": "early", **AMOUNT[kind], "max_price": 9}
    press(home, BASE[kind])
    home.house.call("fusebox_set_plan", load="car", **own)
    home.house.call("fusebox_clear_plan", load="car")
    home.run(60)
    assert home.devices["car"].on is False, "CONFIG's plan counts again, and waits"
    press(home, "off")
    home.house.call("fusebox_clear_plan", load="car")
    home.run(30)
    assert home.house.shown("car")["reason"].startswith(SKIPPED[kind]), "off by hand is not a plan"


def test_clear_plan_leaves_off_by_hand_as_it_was_before_the_plan_was_set(house):
    home = evening(house, "car", "running")
    home.house.is_exact = True
    press(home, "off")
    home.house.call("fusebox_set_plan", load="car", ready_by="23:15", energy_kwh=0.5)
    home.house.calls.clear()
    home.house.call("fusebox_clear_plan", load="car")
    home.run(60)
    # That it is off may be commanded once more: real devices display it later.
    assert "switch.turn_on" not in [service for _, service, _ in home.house.calls]
    assert home.house.shown("car")["reason"].startswith(SKIPPED["car"])


def test_what_a_press_changes_is_shown_in_its_own_answer(house):
    home = evening(house, "car", "running")
    for mode in ("off", "standard"):
        home.house.call("fusebox_set_mode", load="car", mode=mode)
        assert (home.house.shown("car")["plan_reason"] in SKIPPED["car"]) is (mode == "off")


def test_a_plan_of_nothing_is_done_and_stays_so_while_its_load_charges(house):
    home = evening(house, "car", "none", "standard")
    home.house.call("fusebox_set_plan", load="car", ready_by="21:15", energy_kwh=0)
    for _ in range(4):
        home.run(120)
        told = home.house.shown("car")
        assert (told["plan_state"], told["plan_reason"]) == ("done", "done: nothing was needed")
    assert home.devices["car"].on


def test_a_plan_that_is_set_after_off_counts(house):
    home = evening(house, "car", "running")
    press(home, "off")
    home.house.call("fusebox_set_plan", load="car", ready_by="21:15", energy_kwh=0.92, finish="early")
    home.until("20:17")
    assert home.devices["car"].on
