"""Detection: makes by their names, a reason for every guess, and a CONFIG that is accepted as it is."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.detect import detect

from .dumps import HOMES, LOADS, PHONE, dump


def found(states: dict[str, str]) -> Any:
    return detect(dump({**PHONE, **states}))


@pytest.mark.parametrize("home", HOMES)
def test_a_home_gives_its_config(home):
    states, wanted = HOMES[home]
    site = dict(found(states).config["site"])
    assert (site.pop("main_fuse_a"), site.pop("dry_run")) == (16, True)
    assert site == wanted


def test_a_meter_in_kilovolt_amperes_is_found():
    assert found({"sensor.grid_power": "2.3 kVA"}).config["site"]["grid"] == {"L1": "sensor.grid_power"}


@pytest.mark.parametrize("name", LOADS)
def test_what_can_be_steered_is_found(name):
    states, wanted = LOADS[name]
    assert found({**states, "sensor.net_l1": "100 W"}).config["loads"] == wanted


@pytest.mark.parametrize("name", [*HOMES, *LOADS])
def test_every_config_is_accepted_as_it_is_and_so_is_its_text(name):
    states = {**HOMES, **LOADS}[name][0]
    result = found(states)
    read = read_config(result.config)
    assert read.errors == ()
    written = ast.parse(result.text).body[-1]
    assert isinstance(written, ast.Assign)
    assert ast.literal_eval(written.value) == result.config


@pytest.mark.parametrize("name", [*HOMES, *LOADS])
def test_every_entity_has_a_reason_and_the_fuse_a_mark(name):
    states = {**HOMES, **LOADS}[name][0]
    result = found(states)
    reasons = " ".join(result.reasons)
    for path, entity in _entities(result.config):
        assert entity in reasons or entity == "sensor.fill_in_your_meter", path
    fuse = next(line for line in result.text.splitlines() if '"main_fuse_a"' in line)
    assert fuse.strip() == '"main_fuse_a": 16,  # FILL IN: what is printed on your main breaker'
    assert any("main_fuse_a" in doubt for doubt in result.doubts)


def test_reasons_and_doubts_stand_above_their_line():
    above, line = "", ""
    for line in found(HOMES["huawei"][0]).text.splitlines():
        if '"grid"' in line:
            break
        above = line
    assert above.strip() == "# named the way Huawei does; its + is export, so its sign is reversed"
    lines = found({**HOMES["dsmr"][0], **LOADS["an Easee"][0]}).text.splitlines()
    assert any(
        line.strip().startswith("# CHECK: Home Assistant's DSMR integration reports every 30 s") for line in lines
    )
    comments = [line for line in lines if line.strip().startswith("#") and not line.endswith("},")]
    assert max(map(len, comments)) <= 110


def _entities(node: object, path: str = "") -> list[tuple[str, str]]:
    if isinstance(node, dict):
        return [each for key, child in node.items() for each in _entities(child, f"{path}.{key}")]
    return [(path, node)] if isinstance(node, str) and "." in node else []


def test_batteries_of_phones_laptops_doors_and_cars_are_left_out_and_named():
    result = found({"sensor.net_l1": "100 W"})
    assert "battery" not in result.config["site"]
    told = next(reason for reason in result.reasons if reason.startswith("left out"))
    assert all(name in told for name in ("annas_phone", "thinkpad", "hall_door", "my_ioniq"))


def test_the_same_home_in_other_forms_gives_the_same():
    states, _ = HOMES["huawei"]
    listed = dump(states)
    mapped = {each["entity_id"]: {"state": each["state"], "attributes": each["attributes"]} for each in listed}
    assert detect(mapped).config == detect(listed).config == detect({"states": listed}).config
    shouted = {entity.upper().replace("SENSOR.", "sensor."): said for entity, said in mapped.items()}
    assert detect(shouted).config == detect(listed).config


def test_a_device_prefix_changes_nothing_but_the_names():
    states, wanted = HOMES["sungrow"]
    renamed = {entity.replace("sensor.", "sensor.sh10rt_"): said for entity, said in states.items()}
    grid = found(renamed).config["site"]["grid"]
    assert grid == {phase: entity.replace("sensor.", "sensor.sh10rt_") for phase, entity in wanted["grid"].items()}


def test_uncertain_guesses_are_marked():
    doubts = {name: " ".join(found(HOMES[name][0]).doubts) for name in HOMES}
    assert "without a sign" in doubts["solaredge currents"]
    assert "only what is wired behind it" in doubts["deye internal"]
    assert "stands for L1" in doubts["one phase P1"]
    assert "template sensor" in doubts["sma"]
    assert "no meter was recognised" in doubts["nothing that is known"]
    assert "time between updates" in doubts["dsmr"]


def test_consumption_alone_is_no_meter():
    result = found({f"sensor.envoy_1_consumption_phase_{x}": "700 W" for x in "abc"})
    assert result.config["site"]["grid"] == {"L1": {"entity": "sensor.fill_in_your_meter", "unit": "W"}}
    assert any("shows what the house consumes" in doubt for doubt in result.doubts)


@pytest.mark.parametrize("make", ["", "goodwe_"])
@pytest.mark.parametrize(("shown", "unit"), [("power", "W"), ("current", "A")])
def test_the_output_of_an_inverter_to_the_grid_is_never_taken_for_the_meter(make, shown, unit):
    assert not found({f"sensor.{make}on_grid_l{phase}_{shown}": f"3 {unit}" for phase in (1, 2, 3)}).has_meter


def test_a_sensor_of_export_alone_is_never_taken_for_the_meter():
    given = {
        f"sensor.electricity_meter_{word}_phase_l1": "100 W" for word in ("energieproductie", "export", "returned")
    }
    assert found(given).config["site"]["grid"] == {"L1": {"entity": "sensor.fill_in_your_meter", "unit": "W"}}
    assert "energieproductie" not in str(found({**given, "sensor.net_l1": "100 W"}).config)


def test_own_status_entities_are_no_finding():
    states = {"sensor.fusebox_site": "ok", "sensor.fusebox_car": "6 A", "sensor.net_l1": "100 W"}
    assert found(states).config["site"]["grid"] == {"L1": "sensor.net_l1"}


@pytest.mark.parametrize("renamed", ["", "number.wall_current"])
def test_a_control_that_is_shown_over_mqtt_is_no_charger(renamed):
    attributes = {"unit_of_measurement": "A", "device_class": "current", "min": 6, "max": 25, "step": 1}
    ours, shown = "number.wall_fusebox_highest_current", {"state": "16", "attributes": attributes}
    dump = {renamed: {**shown, "called": ours, "device": "1"}} if renamed else {ours: shown}
    assert detect(dump).config["loads"] == {}
    assert detect({"number.wall_current": shown}).config["loads"]


@pytest.mark.parametrize(
    ("shown", "friendly_name"),
    [("quasar_drawn", "quasar (Fusebox) Drawn"), ("quasar_loadbalancer_limit", "Quasar load balancer limit")],
)
def test_what_fusebox_shows_of_a_load_is_never_its_draw(shown, friendly_name):
    power = {"unit_of_measurement": "W", "device_class": "power", "friendly_name": friendly_name}
    current = {"unit_of_measurement": "A", "device_class": "current", "min": 6, "max": 32, "step": 1}
    dump = {
        "number.quasar_charger_current": {"state": "16", "attributes": current},
        f"sensor.{shown}": {"state": "3000", "attributes": power},
    }
    (load,) = detect(dump).config["loads"].values()
    assert "draw" not in load
    dump["sensor.quasar_power"] = {"state": "3000", "attributes": {**power, "friendly_name": "Quasar Power"}}
    (load,) = detect(dump).config["loads"].values()
    assert load["draw"] == "sensor.quasar_power"


@pytest.mark.parametrize("nonsense", [None, 5, "text", 1.5])
def test_what_is_no_dump_is_refused(nonsense):
    with pytest.raises(ValueError, match="a dump is a list"):
        detect(nonsense)


@pytest.mark.parametrize("odd", [[], {}, [None, 5], {"sensor.x": None}, {"a": 1}, [{"entity_id": 5}], {"sensor.": {}}])
def test_odd_dumps_cause_no_error(odd):
    assert read_config(detect(odd).config).errors == ()


def test_entities_that_are_away_are_found_by_their_device_class():
    listed = [
        {"entity_id": f"sensor.net_l{n}", "state": "unavailable", "attributes": {"device_class": "power"}}
        for n in "123"
    ]
    assert detect(listed).config["site"]["grid"]["L2"] == {"entity": "sensor.net_l2", "unit": "W"}


@pytest.mark.parametrize(
    "names, grid",
    [
        (("grid_import_l1", "grid_import_l2", "grid_import_l3"), 3),
        (("grid_import_power",), 1),
        (("netz_bezug",), 1),
    ],
)
def test_an_import_sensor_is_paired_with_export_or_the_gap_is_reported(names, grid):
    alone = {f"sensor.{name}": "200 W" for name in names}
    result = found(alone)
    assert len(result.config["site"]["grid"]) == grid
    assert any("export is not seen" in doubt for doubt in result.doubts)
    given = [name.replace("import", "export").replace("bezug", "einspeisung") for name in names]
    both = found({**alone, **{f"sensor.{name}": "0 W" for name in given}})
    pair = {"import": f"sensor.{names[0]}", "export": f"sensor.{given[0]}"}
    assert both.config["site"]["grid"]["L1"] == pair
    assert not any("export is not seen" in doubt for doubt in both.doubts)


def test_a_number_in_amps_of_an_unknown_make_is_named():
    number = {"entity_id": "number.wall_current", "state": "6", "attributes": {"unit_of_measurement": "A"}}
    assert any("number.wall_current" in doubt for doubt in detect([*dump(PHONE), number]).doubts)
    known = dump(LOADS["a charge point over OCPP"][0])
    assert not any("no charger was recognised" in doubt for doubt in detect([*known, number]).doubts)


@pytest.mark.parametrize(
    "name", ["waschmaschine", "kitchen_dishwasher", "wasdroger", "seche_linge", "oven", "keuken_koelkast"]
)
def test_what_is_not_to_be_stopped_midway_is_left_out_and_named(name):
    plug = {f"switch.{name}": "on", f"sensor.{name}_power": "4 W", "switch.pool": "on", "sensor.pool_power": "500 W"}
    result = found({"sensor.net_l1": "100 W", **plug})
    assert list(result.config["loads"]) == ["pool"] and "loads" not in result.proposed
    assert f"loads: switch.{name} is left out: by its name it must stay on" in result.reasons
