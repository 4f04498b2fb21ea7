"""What detection found, as the first forms show it, and the text of CONFIG after they were changed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.detect import detect
from tests.detect.dumps import HOMES, LOADS, dump
from tests.detect.test_several import SECOND_HUAWEI

from .parts import part
from .test_sentences import LANGUAGES, MISTAKES, WORDS

forms, editing = part("findings"), part("config_source")
PLUGS = {
    "switch.poolpumpe": "on",
    "sensor.poolpumpe_leistung": "1200 W",
    "switch.heizstab": "off",
    "sensor.heizstab_leistung": "0 W",
}


def found(states: dict[str, str], home: str = "huawei, in German") -> Any:
    return forms.Findings.of(detect(dump({**(HOMES[home][0] if home else {}), **states}), 25, "B").as_response())


def config(findings: Any, house: dict[str, Any], loads: list[str], **more: Any) -> dict[str, Any]:
    return editing.config_of(findings.edited(findings.text, forms.Answers(house=house, loads=loads, **more)))


@pytest.mark.parametrize("home", HOMES)
def test_forms_that_are_sent_as_they_are_change_nothing(home):
    findings = found({}, home)
    answers = forms.Answers(
        house=findings.house(), loads=list(findings.certain), phases=dict.fromkeys(findings.certain, "all")
    )
    assert findings.edited(findings.text, answers) == findings.text


def test_meter_sun_and_battery_are_shown_and_corrected():
    findings = found({})
    house = findings.house()
    assert house["L1"] == "sensor.power_meter_phase_a_wirkleistung" and house["invert"] is True
    house |= {"invert": False, "L2": "sensor.other", "L2_export": "sensor.back", "solar_w": "sensor.roof"}
    for key in ("L3", "battery_soc_pct", "battery_charge_w"):
        del house[key]
    site = config(findings, house, [])["site"]
    assert site["grid"] == {
        "L1": "sensor.power_meter_phase_a_wirkleistung",
        "L2": {"import": "sensor.other", "export": "sensor.back"},
    }
    assert site["solar_w"] == "sensor.roof"
    assert "soc_pct" not in site.get("battery", {}) and "charge_w" not in site.get("battery", {})


def test_a_meter_without_a_unit_keeps_the_one_that_was_written_for_it():
    rows = dump({"sensor.grid_power": "500 W"})
    del rows[0]["attributes"]["unit_of_measurement"]
    findings = forms.Findings.of(detect(rows, 25, "B").as_response())
    site = config(findings, {**findings.house(), "invert": True, "L2": "sensor.other"}, [])["site"]
    inverted = {"invert": True}
    assert site["grid"] == {
        "L1": {"entity": "sensor.grid_power", "unit": "W", **inverted},
        "L2": {"entity": "sensor.other", **inverted},
    }
    moved = config(findings, {**findings.house(), "L1": "sensor.other", "L2": "sensor.grid_power"}, [])["site"]
    assert moved["grid"] == {"L1": "sensor.other", "L2": {"entity": "sensor.grid_power", "unit": "W"}}


def test_several_batteries_and_inverters_stay_until_a_single_one_is_named():
    findings = found(SECOND_HUAWEI, "huawei")
    house = findings.house()
    assert not {"solar_w", "battery_soc_pct", "battery_charge_w"} & house.keys()
    assert findings.edited(findings.text, forms.Answers(house=house, loads=list(findings.certain))) == findings.text
    one = {"battery_soc_pct": "sensor.soc", "battery_charge_w": "sensor.charge"}
    site = config(findings, {**house, **one}, [])["site"]
    assert site["battery"] == {"soc_pct": "sensor.soc", "charge_w": "sensor.charge"} and len(site["inverter"]) == 2
    site = config(findings, {**house, "solar_w": "sensor.roof"}, [])["site"]
    assert (site["solar_w"], "inverter" in site, len(site["battery"])) == ("sensor.roof", False, 2)


def test_ticked_guesses_come_into_force_and_unticked_loads_do_not():
    findings = found(PLUGS)
    assert list(findings.certain) == ["poolpumpe"] and findings.unrated == ["heizstab"]
    assert findings.labels()["heizstab"] == "heizstab: switch.heizstab (plug)"
    written = config(findings, findings.house(), ["heizstab"], ratings={"heizstab": 2000}, phases={"heizstab": "L2"})
    plug = {"type": "plug", "switch": "switch.heizstab", "power": "sensor.heizstab_leistung", "rated_w": 2000}
    assert written["loads"] == {"heizstab": {**plug, "phases": ["L2"]}}
    assert read_config(written).errors == ()


def test_without_a_meter_the_text_is_written_with_the_one_that_was_named():
    findings = found(PLUGS, "")
    assert findings.grid == {} and "L1" not in findings.house()
    fuse, house = {"main_fuse_a": 35, "fuse_type": "C"}, {"L1": "sensor.mine", "invert": False}
    text = findings.edited(findings.without_meter(fuse), forms.Answers(fuse, house, ["poolpumpe"]))
    written = editing.config_of(text)
    assert written["site"] == {"main_fuse_a": 35, "fuse_type": "C", "grid": {"L1": "sensor.mine"}, "dry_run": True}
    assert "FILL IN" not in text and read_config(written).errors == ()


def test_doubts_stand_in_the_form_that_they_are_about():
    findings = found(PLUGS)
    checks = findings.notes("site")["checks"]
    assert "site.main_fuse_a" not in checks and "site.dry_run" not in checks
    assert findings.notes("loads")["checks"].startswith("- loads")


def test_reasons_stand_in_the_form_that_they_are_about():
    findings = found({**PLUGS, "sensor.current_average_demand": "2 kW"})
    house, loads = findings.notes("site", "tariff", "prices"), findings.notes("loads", "radiators")
    assert "- site.grid: sensor." in house["reasons"] and "- tariff: " in house["reasons"]
    assert "- tariff: " in house["checks"] and "loads." not in house["reasons"]
    assert "- loads.poolpumpe: " in loads["reasons"] and "site." not in loads["reasons"]
    assert found({}, "").notes("loads")["reasons"] == "\u2013"


def test_doubts_are_shown_in_the_language_of_home_assistant():
    answer = detect(dump({**HOMES["huawei, in German"][0], **PLUGS}), 25, "B").as_response()
    german = part("sentences").words_of(WORDS, MISTAKES, "de")
    checks = forms.Findings.of(answer, german).notes("loads")["checks"]
    assert "- loads.poolpumpe: zählt auf allen 3 Phasen; schreibe die, an der es hängt" in checks.splitlines()
    english = forms.Findings.of(answer).notes("loads")["checks"]
    assert "- loads.poolpumpe: it counts on all 3 phases; write the one that it is on" in english.splitlines()
    assert len(checks.splitlines()) == len(english.splitlines()) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_doubt_is_shown_in_every_language(language):
    words = part("sentences").words_of(WORDS, MISTAKES, language)
    seen = set()
    for states, *_ in (*HOMES.values(), *LOADS.values(), (PLUGS,)):
        answer = detect(dump({**states, "climate.hall": "heat"}), 25, "B").as_response()
        for kind in ("reasons", "doubts"):
            mine = part("sentences").all_in_language(words, answer, kind)
            for said, english, code in zip(mine, answer[kind], answer[f"{kind}_code"], strict=True):
                assert said != english or code == "found_entity", said
                assert not re.search(r"\b(does|its|nothing|a meter|an inverter|a battery|internal)\b", said), said
                seen.add(code)
    assert len(seen) > 25
