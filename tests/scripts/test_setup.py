"""`fusebox_setup` proposes a whole site_config.py, and fails with a sentence where there is nothing to propose."""

from __future__ import annotations

import ast

import pytest

from fusebox.config.read_config import read_config

from ..detect.dumps import HOMES, LOADS, dump
from .houses import amps, charger, config


def states_of(states):
    return {each["entity_id"]: {"state": each["state"], "attributes": each["attributes"]} for each in dump(states)}


def started(house, states, written="CONFIG = {}", **options):
    home = house(written, **options)
    home.line(0, states_of(states))
    home.line(5)
    return home


DSMR = {**HOMES["dsmr"][0], **LOADS["a charge point over OCPP"][0]}


def test_it_returns_a_whole_file_in_a_dry_run_and_writes_none(house):
    home = started(house, DSMR)
    before = home.file.read_text()
    answer = home.call("fusebox_setup")["response"]
    written = ast.parse(answer["text"]).body[-1]
    config = ast.literal_eval(written.value)
    assert read_config(config).errors == ()
    assert config["site"]["dry_run"] is True
    assert (config["site"]["main_fuse_a"], config["site"]["fuse_type"]) == (25, "B")
    assert "# FILL IN: what is printed on your main breaker" in answer["text"]
    assert answer["text"].startswith("# Written by pyscript.fusebox_setup")
    assert (answer["written"], home.file.read_text()) == (None, before)
    assert (answer["next"], answer["next_code"]) == ("call it again with write: true", "setup_write")


@pytest.mark.parametrize("fuse_a", [40, "40", 40.0])
def test_the_fuse_is_the_one_that_is_given(house, fuse_a):
    answer = started(house, DSMR).call("fusebox_setup", main_fuse_a=fuse_a, fuse_type="gG")["response"]
    assert '"main_fuse_a": 40,  # CHECK: is it printed on your main breaker?' in answer["text"]
    assert '"fuse_type": "gG"' in answer["text"] and "FILL IN" not in answer["text"]


def test_an_unusual_fuse_is_queried(house):
    answer = started(house, DSMR).call("fusebox_setup", main_fuse_a=400)["response"]
    assert "is it printed on the breaker?" in answer["warnings"][0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"main_fuse_a": "lots"}, "main_fuse_a: 'lots' is not a number"),
        ({"main_fuse_a": 0}, "main_fuse_a: 0 is out of range"),
        ({"fuse_type": "D"}, "fuse_type: 'D' is not known; write B, C, gG, linky"),
        ({"write": "perhaps"}, "write: 'perhaps' is neither on nor off"),
        ({"fuse": 25}, "fuse: there is no such field; the fields are main_fuse_a, fuse_type, write"),
    ],
)
def test_a_wrong_field_is_reported(house, fields, words):
    assert words in started(house, DSMR).call("fusebox_setup", **fields)["error"]


def test_without_a_meter_it_fails_with_a_sentence(house):
    answer = started(house, {"sensor.hall_temperature": "20 °C"}).call("fusebox_setup", write=True)
    assert "no meter was recognised among" in answer["error"]


def test_its_file_is_written_next_to_the_config_of_the_host(house):
    home = started(house, DSMR, "", noisy=True)
    assert home.call("fusebox_setup", write=True)["response"]["written"] == "pyscript/modules/site_config.py"
    assert "electricity_meter_power_consumption_phase_l1" in home.file.read_text()
    package = home.file.parent / "packages" / "fusebox.yaml"
    assert "Fusebox evse1 mode" in package.read_text()
    home.line(10)
    assert home.state("sensor.fusebox_site") == "dry_run"


def test_the_proposal_is_written_next_to_an_existing_config(house):
    home = started(house, {**DSMR, "sensor.l1": "2 A"}, config(loads={"car": charger()}))
    before = home.file.read_text()
    answer = home.call("fusebox_setup", write=True)["response"]
    assert answer["written"] == "pyscript/modules/site_config.proposed.py"
    assert (answer["next_code"], answer["next_values"]) == ("setup_compare", {"file": "site_config.proposed.py"})
    proposal = home.file.parent / "site_config.proposed.py"
    assert "power_consumption_phase_l1" in proposal.read_text() and home.file.read_text() == before


def test_what_only_its_owner_knows_is_a_comment_and_the_file_is_in_force(house):
    home = started(house, {**DSMR, **LOADS["an Easee"][0]}, "", noisy=True)
    answer = home.call("fusebox_setup", write=True)["response"]
    assert "CHECK or GUESS" in answer["next"] and any("in place of FILL_IN" in each for each in answer["doubts"])
    assert "check_charger_id" in answer["doubts_code"] and answer["next_code"] == "setup_fuse"
    assert "found_preset" in answer["reasons_code"] and len(answer["reasons"]) == len(answer["reasons_values"])
    written = home.file.read_text()
    assert '# "garage": {"type": "number", "preset": "easee", "charger": "FILL_IN"' in written
    home.line(10)
    assert home.state("sensor.fusebox_site") == "dry_run"
    home.file.write_text(written.replace('# "garage"', '"garage"'))
    home.line(15)
    assert home.state("sensor.fusebox_site") == "config_error"
    assert any("loads.garage.charger: is still FILL_IN" in each for each in home.shown()["errors"])


def test_what_is_commanded_stays_as_it_is(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(2), "sensor.net_l1": amps(1)})
    assert "text" in home.call("fusebox_setup")["response"]
    assert home.calls == []


def test_what_there_is_of_fusebox_is_listed_with_its_paths(house):
    home = started(house, DSMR, config(loads={"car": charger()}))
    answer = home.call("fusebox_leftovers")["response"]
    assert {"sensor.fusebox_site", "sensor.fusebox_car"} <= set(answer["entities"])
    assert {"scripts", "stores", "made", "yours", "resources", "dashboards"} < set(answer)
