"""The loads that a later detection offers, and the text of CONFIG after some of them were ticked."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.detect import detect
from tests.detect.dumps import HOMES, dump

from .parts import part
from .test_findings import PLUGS

forms, editing, new_loads = part("findings"), part("config_source"), part("new_loads")
HOME = HOMES["huawei, in German"][0]
POINTS = {
    f"{domain}.box_connector_{n}_{name}": "0 A" for n in "12" for domain, name in (("sensor", "current_offered"),)
}
BOX = {**POINTS, "sensor.box_transaction_id": "1", "switch.box_connector_1_charge_control": "on"}


def found(states: dict[str, str]) -> Any:
    return forms.Findings.of(detect(dump({**HOME, **states}), 25, "B").as_response())


def offered(states: dict[str, str], text: str) -> Any:
    return new_loads.NewLoads.of(found(states), text)


def test_what_was_set_up_is_not_offered_again():
    findings = found(PLUGS)
    text = findings.edited(findings.text, forms.Answers(house=findings.house(), loads=["poolpumpe"]))
    assert list(offered(PLUGS, text).loads) == ["heizstab"]
    everything = editing.with_value(text, ("loads", "mine"), {"type": "plug", "switch": "switch.heizstab"})
    assert offered(PLUGS, everything).loads == {}


def test_a_guess_in_the_file_comes_into_force_where_it_stands():
    text = found(PLUGS).text
    after = offered(PLUGS, text).added(text, ["heizstab"], {"heizstab": 2000})
    assert editing.config_of(after)["loads"]["heizstab"]["rated_w"] == 2000
    assert after.count('"heizstab"') == 1 and read_config(editing.config_of(after)).errors == ()


def test_a_load_whose_name_is_taken_gets_a_number_and_keeps_its_doubts():
    old = '"poolpumpe": {"type": "plug", "switch": "switch.old"},  # mine'
    text = f'CONFIG = {{\n    "loads": {{\n        {old}\n    }},\n}}\n'
    new = offered(PLUGS, text)
    assert list(new.certain) == ["poolpumpe_2"] and new.unrated(["poolpumpe_2", "heizstab"]) == ["heizstab"]
    assert new.labels()["poolpumpe_2"] == "poolpumpe_2: switch.poolpumpe (plug)"
    for note in new.notes().values():
        assert "- loads.poolpumpe_2: " in note and "loads.poolpumpe:" not in note
    after = new.added(text, ["poolpumpe_2"], {})
    loads = editing.config_of(after)["loads"]
    assert loads["poolpumpe"]["switch"] == "switch.old" and loads["poolpumpe_2"]["switch"] == "switch.poolpumpe"
    assert "# mine" in after


def test_the_second_connector_of_a_charge_point_is_new_while_the_first_is_in_use():
    text = 'CONFIG = {"loads": {"box": {"type": "ocpp", "charger": "box", "connector": 1}}}\n'
    assert [load["connector"] for load in offered(BOX, text).loads.values()] == [2]


@pytest.mark.parametrize("text", ["CONFIG = {}\n", 'CONFIG = {"site": {"main_fuse_a": 5 * 5}}\n'])
def test_a_config_without_loads_and_one_that_calculates_get_them(text):
    after = offered(PLUGS, text).added(text, ["poolpumpe"], {})
    assert editing.value_at_path(after, ("loads", "poolpumpe", "switch")) == "switch.poolpumpe"


def test_loads_that_are_calculated_are_refused():
    with pytest.raises(editing.NotEditable):
        offered(PLUGS, "CONFIG = {'loads': dict(a=1)}\n")


@pytest.mark.parametrize(("answer", "written"), [("L2", ["L2"]), ("all", editing.MISSING), ("L4", editing.MISSING)])
def test_a_new_load_gets_the_phase_that_was_chosen_and_the_site_has(answer, written):
    text = 'CONFIG = {"site": {"grid": {"L1": "sensor.a", "L2": "sensor.b"}, "main_fuse_a": 25}}\n'
    new = offered(PLUGS, text)
    assert new.site_phases == ["L1", "L2"]
    after = new.added(text, ["poolpumpe"], {}, {"poolpumpe": answer})
    assert editing.value_at_path(after, ("loads", "poolpumpe", "phases")) == written


def test_nobody_is_asked_for_phases_where_the_meter_is_calculated():
    assert offered(PLUGS, 'CONFIG = {"site": {"grid": dict(L1="sensor.a")}}\n').site_phases == []
