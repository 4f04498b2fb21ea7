"""`rotate_radiators.py` through the host: the commands with their times, the entities, and what survives a restart."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from .houses import config
from .warm import STATUS, Warm, heating


def warm(house, written=None, **options) -> Warm:
    return Warm(house(heating() if written is None else written, **options))


def boost(rooms: Warm, radiator: object, state: object) -> tuple[dict, list[str]]:
    """The answer of the service, and the commands."""
    answer = rooms.house.call("round_robin_boost_mode", radiator=radiator, state=state)
    return answer, rooms.obey()


def test_as_many_as_the_level_allows_are_switched_on_and_reported(house):
    rooms = warm(house)
    assert rooms.begin(level="2.0") == ["a+", "b+"]
    rooms.go(3)
    shown = rooms.shown()
    assert rooms.house.state(STATUS) == "2"
    assert shown["power_saving_mode"] == 2
    assert shown["power_saving_mode_steps"] == [4, 3, 2, 1, 0]
    assert (shown["test_mode"], shown["away_status"], shown["active_radiators_number"]) == (False, "off", 2)
    assert shown["requested"] == shown["radiator_requested_mode"] == [1, 1, 1, 1]
    assert shown["live"] == shown["radiator_live_mode"] == [1, 1, 0, 0]
    assert shown["boost"] == shown["radiator_boost_mode"] == [0, 0, 0, 0]
    assert shown["radiators"] == ["a", "b", "c", "d"]
    assert shown["problems"] == []
    assert "level 2 allows 2" in shown["reason"]


def test_the_turn_goes_round_on_the_cron_step_and_only_changes_are_commanded(house):
    rooms = warm(house)
    rooms.begin(level=2)
    assert rooms.go(119) == []
    assert rooms.go(3) == ["a-", "b-", "c+", "d+"]
    assert rooms.go(117) == []
    assert rooms.go(3) == ["c-", "d-", "a+", "b+"]
    assert rooms.shown()["round_robin_index"] == 2


def test_a_rising_level_acts_within_the_same_line(house):
    rooms = warm(house)
    rooms.begin(level=0)
    rooms.go(5)
    assert rooms.line({"input_number.level": "3"}) == ["b-", "c-", "d-"]


@pytest.mark.parametrize("word", ["unknown", "unavailable", "NaN", "inf", "high"])
def test_an_unreadable_level_holds_the_last_one(house, word):
    rooms = warm(house)
    rooms.begin(level=2)
    rooms.go(5)
    assert rooms.go(60, {"input_number.level": word}) == []
    assert rooms.line({"input_number.level": "2.5"}) == ["b-"]
    assert rooms.line({"input_number.level": "10.0"}) == ["a-"]


def test_a_level_that_was_never_known_means_blind_active(house):
    rooms = warm(house, heating(blind_active=1))
    rooms.begin(level="unknown")
    rooms.go(300)
    assert len(rooms.lit) == 1
    assert rooms.house.state(STATUS) == "1"


def test_thermostats_that_chatter_make_one_run(house):
    rooms = warm(house)
    rooms.begin(calls="")
    rooms.go(5)
    rooms.house.line(10, {**rooms.relays, "input_boolean.a": "on"})
    for at, state in ((10.2, "off"), (10.5, "on"), (10.8, "off"), (10.9, "on")):
        rooms.house.line(at, {"input_boolean.a": state})
        assert rooms.house.reply["calls"] == []
    rooms.house.line(12)
    assert rooms.obey() == ["a+"]


def test_away_switches_everything_off_and_back(house):
    rooms = warm(house)
    rooms.begin(level=1)
    rooms.go(5)
    had = rooms.lit
    rooms.go(120, {"input_boolean.away": "on"})
    assert (rooms.lit, rooms.shown()["away_status"], rooms.house.state(STATUS)) == ("", "on", "0")
    rooms.go(120, {"input_boolean.away": "off"})
    assert len(rooms.lit) == len(had)


@pytest.mark.parametrize("domain", ["switch", "light", "input_boolean", "climate"])
def test_outputs_of_every_domain_are_switched_in_their_own(house, domain):
    rows = [{"name": x, "virtual": f"binary_sensor.{x}", "actual": f"{domain}.{x}"} for x in "ab"]
    rooms = Warm(house(heating("ab", radiators=rows)), "ab", domain)
    wanted = {"binary_sensor.a": "on", "binary_sensor.b": "on", "input_number.level": "0", "input_boolean.away": "off"}
    rooms.line(wanted)
    assert [(s, d["entity_id"]) for _, s, d in rooms.house.calls] == [
        (f"{domain}.turn_on", f"{domain}.a"),
        (f"{domain}.turn_on", f"{domain}.b"),
    ]
    rooms.go(3)
    rooms.line({"input_number.level": "2"})
    assert [s for _, s, _ in rooms.house.calls[2:]] == [f"{domain}.turn_off"] * 2


@pytest.mark.parametrize(
    ("listed", "mode"), [({}, "heat"), ({"hvac_modes": ["off", "auto"]}, "auto"), ({"hvac_modes": ["cool"]}, "heat")]
)
def test_a_climate_entity_without_a_switch_of_its_own_gets_a_mode_that_it_lists(house, listed, mode):
    rows = [{"name": "a", "virtual": "input_boolean.a", "actual": "climate.a"}]
    rooms = Warm(house(heating("a", radiators=rows)), "a", "climate")
    rooms.relays["climate.a"] = {"state": "off", "attributes": {"supported_features": 1, **listed}}
    rooms.begin(calls="a")
    assert rooms.house.calls[0][1:] == ("climate.set_hvac_mode", {"entity_id": "climate.a", "hvac_mode": mode})


def test_a_climate_entity_calls_by_its_action_and_shows_how_cold_the_room_is(house):
    rows = [{"name": x, "virtual": f"climate.{x}", "actual": f"switch.{x}"} for x in "abc"]
    rooms = Warm(house(heating("abc", radiators=rows)), "abc")

    def thermostat(action: str, present: float) -> dict:
        return {
            "state": "heat",
            "attributes": {"hvac_action": action, "current_temperature": present, "temperature": 20},
        }

    states = {"climate.a": thermostat("heating", 19.8), "climate.b": thermostat("heating", 15), "input_number.level": 2}
    rooms.line({**states, "climate.c": thermostat("idle", 21), "input_boolean.away": "off", "input_number.level": "2"})
    rooms.go(125)
    assert rooms.lit == "b"
    rooms.go(3, {"climate.b": thermostat("idle", 20.1)})
    assert rooms.lit == "a"


@pytest.mark.parametrize("radiator", ["c", "switch.c", "input_boolean.c"])
def test_a_boost_by_name_relay_or_thermostat(house, radiator):
    rooms = warm(house)
    rooms.begin(level=3, calls="ab")
    rooms.go(3)
    answer, _ = boost(rooms, radiator, "on")
    assert answer["response"] == {"radiators": ["c"], "state": "on"}
    rooms.go(3)
    assert rooms.lit == "c"
    assert rooms.shown()["boost"] == [0, 0, 1, 0]
    boost(rooms, radiator, False)
    rooms.go(3)
    assert rooms.lit in ("a", "b")


@pytest.mark.parametrize(
    ("radiator", "state", "sentence"),
    [
        ("cc", "on", "there is no radiator 'cc'; did you mean 'c'?"),
        ("attic", "on", "known radiators are a, b, c, d"),
        (None, "on", "which one? known radiators are a, b, c, d"),
        ("a", "perhaps", "'perhaps' is neither on nor off"),
        ("a", None, "state: on or off?"),
    ],
)
def test_a_bad_boost_fails_with_a_sentence_and_changes_nothing(house, radiator, state, sentence):
    rooms = warm(house, noisy=True)
    rooms.begin(level=2)
    rooms.go(3)
    answer, told = boost(rooms, radiator, state)
    assert sentence in answer["error"]
    assert (told, rooms.shown()["boost"]) == ([], [0, 0, 0, 0])


def test_a_boost_and_the_turns_outlast_a_restart(house):
    rooms = warm(house)
    rooms.begin(level=2, calls="abc")
    rooms.go(3)
    boost(rooms, "d", "true")
    rooms.go(120)
    had, served = rooms.lit, rooms.house.state("pyscript.fusebox_radiators")
    assert "d" in had and served == "1"
    again = Warm(house(heating(), start=datetime(2026, 3, 1, 12, 5, tzinfo=ZoneInfo("Europe/Paris"))))
    again.relays = dict(rooms.relays)
    assert again.begin(level=2, calls="abc") == []
    again.go(200)
    assert again.shown()["boost"] == [0, 0, 0, 1]
    assert "d" in again.lit and len(again.lit) == 2


def test_test_mode_reports_and_switches_nothing(house):
    rooms = warm(house, heating(test_mode=True))
    assert rooms.begin(level=2) == []
    assert rooms.go(300) == []
    assert rooms.house.state(STATUS) == "2"
    assert rooms.shown()["test_mode"] is True


def test_a_relay_whose_service_fails_is_named_and_the_others_continue(house):
    rooms = warm(house, noisy=True)
    error = {"service": "switch.turn_on", "data": {"entity_id": "switch.a"}, "error": "no route to host"}
    rooms.house.line(0, {**rooms.relays}, respond=[error])
    rooms.deaf.add("switch.a")
    rooms.t = 0
    assert rooms.begin(level=0) == ["a+", "b+", "c+", "d+"]
    told = rooms.go(60)
    assert 2 <= told.count("a+") <= 4
    assert "no route to host" in " ".join(rooms.shown()["problems"])
    assert rooms.lit == "bcd"


def test_a_relay_that_hangs_keeps_the_others_waiting_no_longer_than_a_second(house, scripts):
    slow = "@service('switch.turn_off')\ndef off(entity_id=None, **kw):\n"
    slow += "    service.call('log', 'began', entity_id=entity_id)\n"
    slow += "    if entity_id == 'switch.a':\n        task.sleep(20)\n"
    (scripts / "slow.py").write_text(slow)
    rooms = warm(house, scripts=scripts)
    rooms.begin(level=0)
    rooms.go(3)
    rooms.line({"input_number.level": "4"})
    rooms.line()
    told = [data["entity_id"] for _, service, data in rooms.house.calls if service == "log.began"]
    assert told == ["switch.a", "switch.b", "switch.c", "switch.d"]


def test_two_groups_run_side_by_side_each_with_its_own_status(house):
    first = heating("ab", name="one", status="pyscript.one")["radiators"]
    second = heating("cd", name="two", status="pyscript.two", power_saving="input_number.other", away=None)["radiators"]
    rooms = warm(house, {"radiators": [first, second]})
    rooms.line({"input_number.other": "1"})
    rooms.begin(level=0)
    rooms.go(3)
    assert (rooms.house.state("pyscript.one"), rooms.house.state("pyscript.two")) == ("2", "1")
    assert rooms.line({"input_number.other": "2"}) in (["c-"], ["d-"])
    assert rooms.lit == "ab"


def test_without_the_section_nothing_is_done_and_that_is_said_once(house, caplog):
    caplog.set_level(logging.INFO)
    home = house(config())
    home.steady(40)
    assert home.state(STATUS) is None
    assert [r.getMessage() for r in caplog.records].count(
        "CONFIG has no section 'radiators': rotate_radiators.py does nothing"
    ) == 1
    assert "no section 'radiators'" in home.call("round_robin_boost_mode", radiator="a", state="on")["error"]


def test_a_group_taken_out_of_config_is_not_shown_any_longer(house):
    rooms = warm(house)
    rooms.begin()
    rooms.go(3)
    rooms.house.save(config())
    rooms.go(6)
    assert rooms.house.state(STATUS) is None


def test_an_edited_config_continues_with_the_radiators_that_are_on(house):
    rooms = warm(house)
    rooms.begin(level=2)
    rooms.go(3)
    rooms.house.save(heating(max_active=[4, 3, 3, 1, 0]))
    assert rooms.go(6) == ["c+"]


def test_a_copy_of_the_script_switches_nothing_twice(house, scripts):
    shutil.copy(scripts / "rotate_radiators.py", scripts / "rotate_radiators_backup.py")
    rooms = warm(house, scripts=scripts, noisy=True)
    assert rooms.begin(level=2) == ["a+", "b+"]
    rooms.go(119)
    assert rooms.go(3) == ["a-", "b-", "c+", "d+"]


def test_when_the_script_is_removed_the_relays_are_left_alone(house, scripts):
    rooms = warm(house, scripts=scripts)
    rooms.begin(level=2)
    rooms.go(3)
    (scripts / "rotate_radiators.py").unlink()
    rooms.house.session.run(rooms.house.session.host.reload_changed, True)
    rooms.go(10)
    assert rooms.go(5, {"input_number.level": "4"}) == []
    assert rooms.house.state(STATUS) is None


def test_in_the_night_when_summer_time_ends_the_turn_goes_round(house):
    start = datetime(2026, 10, 25, 2, 50, tzinfo=ZoneInfo("Europe/Paris"))
    rooms = warm(house, start=start, time_zone="Europe/Paris")
    rooms.begin(level=3)
    seen = set()
    for _ in range(40):
        rooms.t += 59
        rooms.line(leap=True)
        seen.add(rooms.lit)
    assert len(seen) > 1
