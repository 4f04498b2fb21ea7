"""Which loads may switch phases, how they are commanded, and the messages for those that cannot."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.presets import PRESETS
from fusebox.config.read_config import read_config
from fusebox.devices.chargers.number import NUMBER
from fusebox.model.decision import Command
from fusebox.model.load import Load, PhaseEntity
from fusebox.model.readings import View

GRID = {"L1": "sensor.a", "L2": "sensor.b", "L3": "sensor.c"}
SELECT = {"select": "select.wall_psm", "one": "1", "three": "2"}


EASEE = {"type": "easee", "site": 1, "circuit_id": 2, "username": "u", "password": "p", "switch_phases": True}


def read(grid: dict[str, str] = GRID, **car: Any) -> Any:
    load = {"type": "number", "current": "number.wall", "status": "sensor.wall", **car}
    return read_config({"site": {"main_fuse_a": 25, "grid": grid}, "loads": {"car": load}})


def load_of(**car: Any) -> Load:
    checked = read(switch_phases=True, **car).config
    return checked.site({}).loads[0]


def problems(**car: Any) -> str:
    return "; ".join(map(str, read(**car).errors))


def test_nothing_is_switched_that_was_not_requested() -> None:
    checked = read(phase_switch=SELECT).config
    assert checked.site({}).loads[0].switching is None


def test_a_preset_knows_how_its_charger_is_switched_and_how_long_it_rests() -> None:
    load = load_of(preset="goe", current="number.goe_123_amp")
    assert load.device["phase_switch"] == PhaseEntity("select.goe_123_psm", "1", "2")
    alfen = PRESETS["alfen"].names[0]["current"].replace("{p}", "box")
    assert load_of(preset="alfen", current=alfen).switching.rest_s == 60  # type: ignore[union-attr]
    assert load_of(preset="alfen", current=alfen, phase_rest_s=90).switching.rest_s == 90  # type: ignore[union-attr]


def test_what_its_owner_describes_counts_more_than_a_preset() -> None:
    own = {"switch": "switch.one_phase", "one": True, "three": False}
    load = load_of(preset="goe", current="number.goe_123_amp", phase_switch=own)
    assert load.device["phase_switch"] == PhaseEntity("switch.one_phase", "on", "off")


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (SELECT, ("select", "select_option", {"entity_id": "select.wall_psm", "option": "1"})),
        (
            {"switch": "switch.one_phase", "one": "on", "three": "off"},
            ("switch", "turn_on", {"entity_id": "switch.one_phase"}),
        ),
        (
            {"number": "number.count", "one": 1, "three": 3},
            ("number", "set_value", {"entity_id": "number.count", "value": 1}),
        ),
    ],
)
def test_each_kind_of_entity_is_commanded_in_its_own_way_and_after_the_pause(way: Any, told: Any) -> None:
    load = load_of(phase_switch=way, switch="switch.wall")
    calls = NUMBER.calls(load, Command("car", on=False, phase_count=1))
    assert [(c.domain, c.service, dict(c.data)) for c in calls][-1] == told
    assert calls[0].service == "turn_off"


def test_what_the_box_is_set_to_is_read_and_its_own_automatic_is_neither() -> None:
    load = load_of(phase_switch=SELECT)

    def shown(word: str) -> int | None:
        class State(str):
            pass

        def get(entity: str) -> State:
            from datetime import UTC, datetime

            state = State(word if entity == "select.wall_psm" else "6")
            vars(state)["last_reported"] = datetime.now(UTC)
            return state

        return NUMBER.read(load, View(get, 1e9), 230).phase_setting

    assert [shown(word) for word in ("1", "2", "0")] == [1, 3, None]


@pytest.mark.parametrize(
    ("car", "says"),
    [
        ({"switch_phases": True}, "nothing switches this charger's phases"),
        ({"switch_phases": True, "phase_switch": SELECT, "phases": ["L1"]}, "it is on 1 of the three phases"),
        ({"phase_switch": {"one": "1", "three": "2"}}, "names no entity, or several"),
        ({"phase_switch": {**SELECT, "three": "1"}}, "for one phase and for three"),
        (
            {"phase_switch": {"number": "number.x", "one": "1", "three": 3}},
            "is not a number, and a number is to be set",
        ),
        ({"phase_switch": {"switch": "switch.x", "one": "yes", "three": "off"}}, "is no state of a switch"),
        ({"phase_switch": {"select": "switch.x", "one": "1", "three": "2"}}, "is no list of options"),
        ({"phase_switch": {**SELECT, "select": "select.x"}, "switch": "select.x"}, "already commanded by"),
        ({"max_phase_switches": 1}, "is out of range"),
        ({"switch_phases": True, "phase_switch": SELECT, "status": None}, "nothing shows when its car has stopped"),
        ({"switch_phases": True, "preset": "wallbox"}, "a Wallbox goes to other phases only when it is plugged in"),
    ],
)
def test_an_impossible_combination_is_reported(car: dict[str, Any], says: str) -> None:
    assert says in problems(**car)


@pytest.mark.parametrize(
    ("load", "says"),
    [
        (
            {"type": "wallbox", "current": "number.wb_maximum_charging_current", "switch_phases": True},
            "loads.x.switch_phases: a Wallbox goes to other phases only when it is plugged in anew; leave it out",
        ),
        (
            {"type": "plug", "switch": "switch.x", "switch_phases": True},
            "loads.x.switch_phases: only chargers of type number, ocpp and easee can switch; leave it out",
        ),
        (
            {"type": "quasar", "phases": ["L1"], "switch_phases": True},
            "loads.x.switch_phases: only chargers of type number, ocpp and easee can switch; leave it out",
        ),
        (
            {"type": "ocpp", "charger": "evse1", "phase_switch": SELECT},
            "loads.x.phase_switch: a charger of type ocpp switches its phases without an entity; leave it out",
        ),
    ],
)
def test_a_type_that_cannot_is_reported_once(load: dict[str, Any], says: str) -> None:
    config = {"site": {"main_fuse_a": 25, "grid": GRID}, "loads": {"x": load}}
    assert list(map(str, read_config(config).errors)) == [says]


@pytest.mark.parametrize(("circuit_id", "count"), [(2, 1), (3, 0)])
def test_one_of_two_on_an_easee_circuit_cannot(circuit_id: int, count: int) -> None:
    beside = {**EASEE, "charger": "EH2", "switch_phases": False, "circuit_id": circuit_id}
    loads = {"car": {**EASEE, "charger": "EH1"}, "other": beside}
    errors = read_config({"site": {"main_fuse_a": 25, "grid": GRID}, "loads": loads}).errors
    assert [str(e) for e in errors if "it shares its Easee circuit with other" in str(e)] == [str(e) for e in errors]
    assert len(errors) == count


def test_a_phase_switch_without_switch_phases_is_a_warning_unless_false() -> None:
    told = [str(w) for w in read(phase_switch=SELECT).warnings]
    assert told == ['loads.car.phase_switch: does nothing alone; write "switch_phases": True too']
    assert read(phase_switch=SELECT, switch_phases=False).warnings == ()
    assert read(phase_switch=SELECT, switch_phases="input_boolean.phases").warnings == ()


def test_easee_comes_back_only_in_the_next_session() -> None:
    config = {"site": {"main_fuse_a": 25, "grid": GRID}, "loads": {"car": {**EASEE, "charger": "EH1"}}}
    checked = read_config(config).config
    switching = checked.site({}).loads[0].switching
    assert switching is not None
    assert not switching.comes_back


@pytest.mark.parametrize(
    ("way", "path"),
    [
        ({"input_select": "input_select.phases", "one": "1", "three": "2"}, "input_select: unknown key"),
        ({}, "one: req"),
    ],
)
def test_a_phase_switch_that_names_no_entity_is_a_mistake_at_its_path(way: dict[str, str], path: str) -> None:
    assert f"loads.car.phase_switch.{path}" in problems(phase_switch=way)
