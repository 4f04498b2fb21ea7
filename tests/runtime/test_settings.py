"""Live values and what services set: the last usable value counts, and an edit of CONFIG goes before a service."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from fusebox.config.config import NO_CONFIG, Config
from fusebox.config.read_config import read_config
from fusebox.model.equipment import Battery, Inverter, Source
from fusebox.model.house_memory import HiddenSunMemory
from fusebox.model.load_memory import CommandMemory, LoadMemory, ManualMemory
from fusebox.model.memory import Memory
from fusebox.runtime import lifecycle
from fusebox.runtime.settings import SETTINGS_ENTITY, Settings

from ..scripts.houses import charger, config
from .home import Home

pytestmark = pytest.mark.usefixtures("store")

MODE, MAX_A, FUSE_A = "loads.car.mode", "loads.car.max_a", "site.main_fuse_a"


def checked(*, fuse_a: object = 25, **car: Any) -> Config:
    """The CONFIG of a house with one car."""
    result = read_config(config(loads={"car": charger(**car)}, main_fuse_a=fuse_a))
    assert not result.errors, result.errors
    return result.config


def settings(home: Home, of: Config) -> Settings:
    """What a load of the script begins with."""
    made = Settings(home.ports, of)
    asyncio.run(made.restore(1000.0, home))
    return made


def put(made: Settings, path: str, value: object) -> None:
    asyncio.run(made.set(path, value))


THROTTLED = replace(checked().site({}), inverters=(Inverter(throttles=True),))
BATTERY_SITE = replace(checked().site({}), batteries=(Battery(Source("sensor.soc"), Source("sensor.battery")),))
LIVE = {MAX_A: "input_number.limit", MODE: "input_select.mode"}
LIVE_CAR = {"max_a": "input_number.limit", "mode": "input_select.mode"}


def test_a_live_value_is_what_its_entity_shows():
    home = Home()
    home.shows("input_number.limit", "13.5")
    home.shows("input_select.mode", "Solar Only")
    live = checked(**LIVE_CAR)
    values = settings(home, live).read_values(home.view())
    assert dict(live.live) == LIVE
    assert values == {MAX_A: "13.5", MODE: "Solar Only"}
    (car,) = live.site(values).loads
    assert (car.max_a, car.mode) == (13.5, "solar_only")


@pytest.mark.parametrize("nonsense", ["unknown", "unavailable", "", "nan", "inf", "much", "on", None])
def test_a_live_number_that_makes_no_sense_keeps_the_last_one_that_did(nonsense):
    home = Home()
    home.shows("input_number.limit", "12")
    made = settings(home, checked(max_a="input_number.limit"))
    made.read_values(home.view())
    if nonsense is None:
        del home.states["input_number.limit"]
    else:
        home.shows("input_number.limit", nonsense)
    assert made.read_values(home.view(60)) == {MAX_A: "12"}
    assert made.missing == ()


@pytest.mark.parametrize("nonsense", ["unknown", "unavailable", "", "turbo", "boost", "12", None])
def test_a_live_mode_that_this_load_does_not_have_keeps_the_last_one(nonsense):
    home = Home()
    home.shows("input_select.mode", "off")
    made = settings(home, checked(mode="input_select.mode"))
    made.read_values(home.view())
    if nonsense is None:
        del home.states["input_select.mode"]
    else:
        home.shows("input_select.mode", nonsense)
    assert made.read_values(home.view(60)) == {MODE: "off"}


def test_a_live_value_follows_its_entity_again_when_that_is_back():
    home = Home()
    made = settings(home, checked(max_a="input_number.limit"))
    seen = []
    for text in ("12", "unavailable", "9"):
        home.shows("input_number.limit", text)
        seen.append(made.read_values(home.view())[MAX_A])
    assert seen == ["12", "12", "9"]


def test_what_was_never_known_is_missing_by_place_and_entity_and_gives_no_value():
    home = Home()
    home.shows("input_number.fuse", "unknown")
    made = settings(home, checked(fuse_a="input_number.fuse", max_a="input_number.limit"))
    assert made.read_values(home.view()) == {}
    assert sorted(made.missing) == [
        f"{MAX_A}: input_number.limit has no usable value yet",
        f"{FUSE_A}: input_number.fuse has no usable value yet",
    ]
    home.shows("input_number.fuse", "25")
    made.read_values(home.view())
    assert made.missing == (f"{MAX_A}: input_number.limit has no usable value yet",)


@pytest.mark.parametrize("word", ["unknown", "unavailable", None])
def test_a_value_that_stays_away_for_a_minute_is_reported_with_what_counts(word):
    home = Home()
    home.shows("input_number.limit", "12")
    made = settings(home, checked(max_a="input_number.limit"))
    made.read_values(home.view())
    if word is None:
        del home.states["input_number.limit"]
    else:
        home.shows("input_number.limit", word)
    seen = []
    for now_s in (10, 69, 70):
        made.read_values(home.view(now_s))
        seen.append(made.problems)
    assert seen == [(), (), (f"{MAX_A}: input_number.limit has no usable value; its last one, 12, counts",)]
    home.shows("input_number.limit", "9")
    made.read_values(home.view(71))
    assert made.problems == ()


def test_without_a_config_there_is_nothing_to_set_or_to_read():
    home = Home()
    made = settings(home, NO_CONFIG)
    put(made, MODE, "off")
    assert made.read_values(home.view()) == {}
    assert (made.missing, home.calls, home.writes) == ((), [], [])


def test_what_a_service_sets_counts_at_once():
    home = Home()
    made = settings(home, checked())
    put(made, MODE, "off")
    assert made.read_values(home.view()) == {MODE: "off"}


@pytest.mark.parametrize("path, value", [(MODE, "off"), (MAX_A, 10.0), (MAX_A, 10)])
def test_what_a_service_set_outlives_a_restart(path, value):
    home = Home()
    put(settings(home, checked()), path, value)
    kept = home.states[SETTINGS_ENTITY]
    home.shows(SETTINGS_ENTITY, str(kept), **json.loads(json.dumps({"overrides": kept.overrides})))
    assert settings(home, checked()).read_values(home.view()) == {path: value}


@pytest.mark.parametrize("nonsense", [5, "loads", [1], [["car", 1]], True, None, {"car": 7}, {7: {}}])
@pytest.mark.parametrize("bad", ["overrides", "battery", "loads"])
def test_an_attribute_that_makes_no_sense_leaves_the_others(bad, nonsense):
    good = {
        "overrides": {MODE: {"value": "off", "config": "standard", "said": False}},
        "battery": {"charged": True, "has_surplus": True, "able": True},
        "loads": {"pool": {"hand": "off"}},
    }
    home = Home()
    home.shows(SETTINGS_ENTITY, "1", **{**good, bad: nonsense})
    made = settings(home, checked())
    memory = made.with_stored_state(BATTERY_SITE, Memory(), 1000.0)
    assert (made.read_values(home.view()) == {MODE: "off"}) is (bad != "overrides")
    assert any(battery is not None and battery.charged for battery in memory.batteries) is (bad != "battery")
    assert ("pool" in memory.loads and memory.loads["pool"].manual.off) is (bad != "loads")
    put(made, MAX_A, 10)
    assert set(home.states[SETTINGS_ENTITY].overrides) == {MAX_A} | ({MODE} if bad != "overrides" else set())


@pytest.mark.parametrize(("kept", "lags_s"), [([7, 2.0], (7, 2)), ([2, -1], (2,)), ("fast", ()), (None, ())])
def test_the_lag_of_a_throttled_inverter_outlives_a_restart(kept, lags_s):
    home = Home()
    home.shows(SETTINGS_ENTITY, "0", inverter_lags_s=kept)
    memory = settings(home, checked()).with_stored_state(THROTTLED, Memory(), 1000.0)
    assert (() if memory.hidden_sun is None else memory.hidden_sun.lags_s) == lags_s
    assert settings(home, checked()).with_stored_state(checked().site({}), Memory(), 1000.0).hidden_sun is None


def test_a_new_lag_of_the_inverter_is_stored_in_whole_seconds_once():
    home = Home()
    made = settings(home, checked())
    for lags_s in ((6.4, 1.2), (1.9, 6.8)):
        made.persist_if_changed(THROTTLED, Memory(hidden_sun=HiddenSunMemory(lags_s=lags_s)), {})
    assert home.states[SETTINGS_ENTITY].inverter_lags_s == [2, 7]
    assert [entity for entity, *_ in home.writes].count(SETTINGS_ENTITY) == 1


def test_what_a_service_set_outlives_an_edit_of_something_else():
    home = Home()
    put(settings(home, checked()), MODE, "off")
    assert settings(home, checked(max_a=10, fuse_a=20)).read_values(home.view()) == {MODE: "off"}


@pytest.mark.parametrize("edited", ["continuous", "input_select.mode"])
def test_an_edit_of_the_value_drops_what_a_service_set(edited):
    home = Home()
    put(settings(home, checked(mode="standard")), MODE, "off")
    assert settings(home, checked(mode=edited)).read_values(home.view()) == {}
    assert home.states[SETTINGS_ENTITY].overrides == {}


@pytest.mark.parametrize("before, after", [({}, {"mode": "standard"}), ({"mode": "standard"}, {})])
def test_to_write_the_default_or_to_leave_the_value_to_it_is_an_edit_too(before, after):
    home = Home()
    put(settings(home, checked(**before)), MODE, "off")
    assert settings(home, checked(**after)).read_values(home.view()) == {}


def test_an_override_stored_by_an_older_version_stays_in_force():
    home = Home()
    home.shows(SETTINGS_ENTITY, "1", overrides={MODE: {"value": "off", "config": "standard"}})
    assert settings(home, checked()).read_values(home.view()) == {MODE: "off"}
    assert settings(home, checked(mode="standard")).read_values(home.view()) == {MODE: "off"}


def test_an_edit_back_does_not_bring_it_back():
    home = Home()
    put(settings(home, checked(mode="standard")), MODE, "off")
    settings(home, checked(mode="continuous"))
    assert settings(home, checked(mode="standard")).read_values(home.view()) == {}


def test_only_the_edited_value_is_dropped():
    home = Home()
    made = settings(home, checked(max_a=16))
    put(made, MODE, "off")
    put(made, MAX_A, 10)
    assert settings(home, checked(max_a=12)).read_values(home.view()) == {MODE: "off"}


def test_a_load_that_is_taken_out_takes_what_was_set_along():
    home = Home()
    put(settings(home, checked()), MODE, "off")
    other = read_config(config(loads={"van": charger("van")})).config
    assert settings(home, other).read_values(home.view()) == {}
    assert home.states[SETTINGS_ENTITY].overrides == {}


def test_restoring_what_still_holds_writes_nothing():
    home = Home()
    put(settings(home, checked()), MODE, "off")
    before = len(home.writes)
    settings(home, checked())
    assert len(home.writes) == before


def test_a_value_with_an_entity_is_set_in_its_entity_and_not_kept_here():
    home = Home()
    home.shows("input_number.limit", "16")
    made = settings(home, checked(max_a="input_number.limit"))
    put(made, MAX_A, 10)
    assert home.calls == [("input_number.set_value", {"entity_id": "input_number.limit", "value": 10})]
    assert (home.writes, made.read_values(home.view())) == ([], {MAX_A: "16"})


@pytest.mark.parametrize(
    "entity, service, field",
    [
        ("input_number.it", "input_number.set_value", "value"),
        ("number.it", "number.set_value", "value"),
        ("input_text.it", "input_text.set_value", "value"),
        ("text.it", "text.set_value", "value"),
        ("input_select.it", "input_select.select_option", "option"),
        ("select.it", "select.select_option", "option"),
    ],
)
def test_every_kind_of_entity_is_written_in_its_own_way(entity, service, field):
    home = Home()
    home.shows(entity, "10")
    if "number" in entity:
        put(settings(home, checked(max_a=entity)), MAX_A, 12)
        assert home.calls == [(service, {"entity_id": entity, field: 12})]
    else:
        put(settings(home, checked(mode=entity)), MODE, "standard")
        assert home.calls == [(service, {"entity_id": entity, field: "standard"})]


@pytest.mark.parametrize(
    "mode, option",
    [("standard", "Standard"), ("solar_only", "Solar Only"), ("solar_priority", "solar-priority"), ("off", "Off")],
)
def test_a_selects_own_label_for_the_mode_is_selected(mode, option):
    home = Home()
    home.shows("input_select.mode", "?", options=["Charge me", "Standard", "Solar Only", "solar-priority", "Off"])
    put(settings(home, checked(mode="input_select.mode")), MODE, mode)
    assert home.calls[0][1]["option"] == option


@pytest.mark.parametrize("options", [None, [], ["Eco", "Turbo"]])
def test_a_select_without_a_label_for_the_mode_gets_the_mode_itself(options):
    home = Home()
    home.shows("input_select.mode", "?", options=options)
    put(settings(home, checked(mode="input_select.mode")), MODE, "off")
    assert home.calls[0][1]["option"] == "off"


def test_what_the_entitys_service_raises_reaches_the_caller():
    home = Home()
    home.shows("input_number.limit", "16")
    home.refuses["input_number.set_value"] = ValueError("out of range")
    with pytest.raises(ValueError, match="out of range"):
        put(settings(home, checked(max_a="input_number.limit")), MAX_A, 99)


def test_the_last_commands_are_persisted_when_home_assistant_stops_and_no_sooner():
    home, site = Home(), checked().site({})
    made, sent = settings(home, checked()), CommandMemory(recent=((900.0, 10.0, None), (950.0, None, False)))
    made.persist_if_changed(site, Memory({"car": LoadMemory(command=sent, manual=ManualMemory(sent_before=()))}), {})
    assert "car" not in getattr(home.states.get(SETTINGS_ENTITY), "loads", {})
    asyncio.run(lifecycle.stop_all())
    again = Settings(home.ports, checked())
    asyncio.run(again.restore(1000.0, home))
    before = again.with_stored_state(site, Memory(), 1000.0).loads["car"].manual
    assert (before.sent_before, before.late_s) == (((None, None), (10.0, None), (None, False)), 1000.0)
