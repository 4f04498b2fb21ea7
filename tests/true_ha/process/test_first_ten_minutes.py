"""The first ten minutes of somebody who knows Home Assistant and no Python: only the fuse is changed by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..pyscript_source import find
from . import newcomers_house as house
from .folder import ROOT, Folder
from .running import HomeAssistant
from .talk import Refused

SITE, CAR = "sensor.fusebox_site", "sensor.fusebox_carport"
RENAMED = {f"{house.METER}l1": "sensor.verbruik_voor", f"{house.GIVEN}l1": "sensor.teruglevering_voor"}

MISTAKES = (
    ('"main_fuse_a": 40', '"main_fuse": 40', "site.main_fuse: unknown key; did you mean 'main_fuse_a'?"),
    ('"main_fuse_a": 40', '"main_fuse_a": "40"', "site.main_fuse_a: '40' is not a number; write it without quotes"),
    ('"main_fuse_a": 40', '"main_fuse_a": 4000', "site.main_fuse_a: 4000 is out of range"),
    ('"main_fuse_a": 40', '"main_fuse_a": sensor.fuse', "sensor.fuse is not known here; write 'sensor.fuse'"),
    ('"fuse_type": "B"', '"fuse_type": "D"', "site.fuse_type: 'D' is not known; write B, C, gG, linky"),
    ('"dry_run": True', '"dry_run": true', "true is not known here; write True"),
    ('"dry_run": True', '"dry_run": "yes"', "site.dry_run: 'yes' is not a yes or no"),
    ('"dry_run": True,', '"dry_run": True', "a comma is missing at the end of this line; add it"),
    ('"L1": {', '"L4": {', "site.grid.L4: 'L4' is not a phase"),
    ('"L1": {', '"l1": {', "site.grid.l1: 'l1' is not a phase; did you mean 'L1'?"),
    ('"import": "sensor.verbruik', '"imprt": "sensor.verbruik', "unknown key; did you mean 'import'?"),
    ('"sensor.verbruik_voor"', '"verbruik_voor"', "'verbruik_voor' is not an entity id"),
    ('"sensor.verbruik_voor"', '"Sensor.Verbruik_voor"', "entity ids are lower case"),
    ('"sensor.verbruik_voor"', '"sensor.verbruk_voor"', "did you mean 'sensor.verbruik_voor'?"),
    ('"sensor.verbruik_voor"', '"switch.carport_laden"', "shows no number"),
    (
        '"type": "number"',
        '"type": "numbr"',
        "loads.carport.type: 'numbr' is not a type of load; did you mean 'number'?",
    ),
    ('"type": "number"', '"typ": "number"', "loads.carport.type: required"),
    (
        '"type": "number"',
        '"preset": "walbox"',
        "loads.carport.preset: 'walbox' is not a preset; did you mean 'wallbox'?",
    ),
    (
        '"number.carport_laadstroom"',
        '"sensor.carport_vermogen"',
        "cannot be set to a number; write one of input_number, number",
    ),
    ('"number.carport_laadstroom"', '"number.carport_laadstrom"', "did you mean 'number.carport_laadstroom'?"),
    ('"switch": "switch.carport_laden"', '"switch": "switch.carport_lader"', "did you mean 'switch.carport_laden'?"),
    ('"current":', '"max_a": 63, "current":', "loads.carport.max_a: 63 is above circuit 'main' (40 A)"),
    ('"current":', '"min_a": 4, "current":', "loads.carport.min_a: 4 is out of range"),
    ('"current":', '"min_a": 20, "current":', "loads.carport.min_a: 20 is above max_a (16 A)"),
    ('"current":', '"mode": "solar", "current":', "loads.carport.mode: 'solar' is not a mode of a charger"),
    ('"current":', '"phases": "L1", "current":', "loads.carport.phases: 'L1' is not a list; write ['L1']"),
    ('"current":', '"circuit": "garage", "current":', "loads.carport.circuit: 'garage' is not a circuit"),
    ('"carport": {', '"Car Port": {', "a name is made of lower-case letters"),
    ('"kind": "fluvius"', '"kind": "fluvia"', "tariff.kind: 'fluvia' is not known; did you mean 'fluvius'?"),
    ('"main_fuse_a": 40', '"main_fuse_a": 40 A', "correct the line, or the one before it"),
    ('"fuse_type"', "\u201cfuse_type\u201d", "invalid character"),
    ('"dry_run": True,', '"dry_run": True, "dry_run": False,', "'dry_run' stands in line "),
    ('"switch.carport_laden"', '"Carport laden"', "'Carport laden' is not an entity id; write one such as"),
    (
        '"sensor.carport_vermogen"',
        '"sensor.attic_humidity"',
        "loads.carport.draw: sensor.attic_humidity has the unit '%'",
    ),
    ('"sensor.verbruik_voor"', '"sensor.attic_voltage"', "site.grid.L1.import: sensor.attic_voltage has the unit 'V'"),
    ('"loads": {', '"load": {', "load: unknown key; did you mean 'loads'?"),
    ("CONFIG = {", "CONFG = {", "has no CONFIG"),
)
"""The text that is changed in the file, its replacement, and words of the sentence that reports it."""


@pytest.fixture
def newcomer(tmp_path: Path):
    """Home Assistant with pyscript and the house; Fusebox is not there yet."""
    folder = Folder(tmp_path / "config", find())
    with HomeAssistant(folder, house.entities()) as running:
        yield running


def shown(running: HomeAssistant, entity: str = SITE) -> dict[str, Any]:
    found = running.talk.state(entity)
    return {} if found is None else found["attributes"]


def said(running: HomeAssistant) -> str:
    return " ".join([*shown(running).get("errors", ()), *shown(running).get("warnings", ())])


def test_ten_minutes(newcomer):
    talk, config = newcomer.talk, newcomer.folder.config
    for old, new in RENAMED.items():
        talk.command("config/entity_registry/update", entity_id=old, new_entity_id=new)
    subprocess.run(["sh", str(ROOT / "install.sh"), str(newcomer.folder.path)], check=True, capture_output=True)
    newcomer.wait(lambda: talk.has_service("pyscript", "fusebox_setup"), "our services")
    newcomer.wait(lambda: "sensor.grid_power" in said(newcomer), "what the example lacks", patience_s=120)

    answer = talk.ask("pyscript.fusebox_setup", write=True)
    assert answer["written"] == "pyscript/modules/site_config.py"
    assert "fusebox_carport_mode" in (newcomer.folder.path / answer["package"]).read_text()
    newcomer.wait(lambda: talk.value(CAR) is not None, "the written house")
    text = config.read_text()
    assert '"export": "sensor.teruglevering_voor"' in text and '"import": "sensor.verbruik_voor"' in text
    found = [*house.PHASES[1:], "solaredge_current_power", house.NUMBER, "switch.boiler_socket_1", "average_demand"]
    assert [name for name in found if name not in text] == []
    assert '"switch.shelly_fridge"' not in text
    newcomer.wait(lambda: shown(newcomer)["errors"] == [], "no error of what was written")

    config.write_text(text.replace('"main_fuse_a": 25', '"main_fuse_a": 40'))
    newcomer.wait(lambda: shown(newcomer).get("headroom_a", {}).get("L1", 0) > 25, "the fuse by hand")
    assert talk.value(SITE) == "dry_run"
    newcomer.wait(lambda: f"would set {house.NUMBER} from 6 to " in shown(newcomer, CAR)["reason"], "what it would do")
    assert f"would set {house.NUMBER}" in shown(newcomer)["reason"]
    assert float(talk.value(CAR) or 0) == 6.0
    assert [service for service, _ in talk.calls if service == "number.set_value"] == []
    context = talk.state(SITE)["context"]
    assert (context["parent_id"], context["user_id"]) == (None, None)

    refused = talk.answer("pyscript.fusebox_set_mode", load="sensor.fusebox_carport", mode="sunny")
    assert refused.status_code == 400 and "is not a mode of 'carport'" in refused.json()["message"]
    with pytest.raises(Refused, match="there is no load"):
        talk.ask("pyscript.fusebox_boost", load="carpot", state=True)
    assert talk.ask("pyscript.fusebox_setup", write=True)["written"] == "pyscript/modules/site_config.proposed.py"

    mine = config.read_text()
    for right, wrong, words in MISTAKES:
        assert right in mine, right
        config.write_text(mine.replace(right, wrong, 1))
        newcomer.wait(lambda words=words: words in said(newcomer), words, patience_s=20)
        if talk.value(SITE) == "config_error":
            assert "the last good one stays in force" in shown(newcomer)["reason"]
        config.write_text(mine)
        newcomer.wait(lambda: said(newcomer) == "", f"the repair of {wrong}", patience_s=20)

    config.write_text(mine.replace('"dry_run": True', '"dry_run": False'))
    newcomer.wait(lambda: float(talk.value(house.NUMBER) or 0) > 6, "a car that rises")
