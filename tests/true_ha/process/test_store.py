"""The integration as the store installs it: by clicks from nothing to a first command, updated, and removed again."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import release

from ..pyscript_source import find
from . import newcomers_house as house
from .folder import Folder
from .running import HomeAssistant

SITE, CAR = "sensor.fusebox_site", "sensor.fusebox_carport"
FLOW, ENTRY = "config/config_entries/flow", "config/config_entries/entry"
OPTIONS = "config/config_entries/options/flow"
RELAY = {"name": "living", "virtual": "input_boolean.boiler", "actual": "switch.boiler_socket_1"}
RADIATORS = {"radiators": {"name": "heating", "max_active": [1, 0], "radiators": [RELAY]}}
LASTING = ("solar_only", 20.0)
GOES_BACK = "does not start; going back to the version before"


@pytest.fixture
def store(tmp_path: Path):
    """Home Assistant with pyscript and the house, and the integration from the zip of a release; not set up yet."""
    folder = Folder(tmp_path / "config", find())
    download(folder, tmp_path / "dist")
    dutch = {"homeassistant": {"language": "nl"}}
    with HomeAssistant(folder, {**house.entities(), **dutch, "lovelace": {}, "diagnostics": None}) as running:
        yield running
    complaints = [
        text for text in running.complaints() if "custom_components.fusebox" in text and GOES_BACK not in text
    ]
    assert complaints == [], "\n".join(complaints)


class WithoutYaml(Folder):
    """A folder whose configuration.yaml does not name pyscript."""

    def configure(self, port: int, entities: Mapping[str, Any]) -> None:
        super().configure(port, entities)
        file = self.path / "configuration.yaml"
        written = yaml.safe_load(file.read_text())
        del written["pyscript"]
        file.write_text(yaml.safe_dump(written))


def download(folder: Folder, dist: Path) -> Path:
    """What the store does: the archive of a release into custom_components/fusebox."""
    release.build(dist)
    to = folder.path / "custom_components" / "fusebox"
    shutil.rmtree(to, ignore_errors=True)
    with zipfile.ZipFile(dist / "fusebox.zip") as packed:
        packed.extractall(to)
    return to


def list_anew(downloaded: Path) -> None:
    """Make changed files those of a release."""
    files = {each.relative_to(downloaded).as_posix(): each for each in (downloaded / "files").rglob("*")}
    (downloaded / "files.json").write_text(release.listing({k: v for k, v in files.items() if v.is_file()}))


def click(running: HomeAssistant, flow: dict[str, Any], kind: str = FLOW, **fields: Any) -> dict[str, Any]:
    """Submit a form and return the next one, after any progress."""
    return shown(running, running.talk.request(f"{kind}/{flow['flow_id']}", **fields), kind)


def shown(running: HomeAssistant, flow: dict[str, Any], kind: str = FLOW) -> dict[str, Any]:
    """Return the form that follows a progress, once it is over."""
    address = f"{kind}/{flow['flow_id']}"
    if flow["type"] != "progress":
        return flow
    return running.wait(lambda: moved_on(running.talk.look(address)), "the end of the progress")


def moved_on(flow: dict[str, Any]) -> dict[str, Any] | None:
    return None if flow["type"] == "progress" else flow


def suggested(flow: dict[str, Any]) -> dict[str, Any]:
    """What a form holds when nothing is changed in it."""
    found = {}
    for field in flow["data_schema"]:
        value = field.get("description", {}).get("suggested_value", field.get("default"))
        if value is not None:
            found[field["name"]] = value
    return found


def issues(running: HomeAssistant) -> dict[str, dict[str, Any]]:
    listed = running.talk.command("repairs/list_issues")["issues"]
    return {each["issue_id"]: each for each in listed if each["domain"] == "fusebox"}


def copied(folder: Folder) -> dict[str, str]:
    return json.loads((folder.scripts / ".fusebox" / "installed.json").read_text())


def set_up(running: HomeAssistant, *unticked: str) -> dict[str, Any]:
    """The whole set-up by clicks; only the fuse is typed."""
    flow = running.talk.request(FLOW, handler="fusebox")
    assert (flow["type"], flow["step_id"]) == ("form", "user")
    flow = click(running, flow)
    assert flow["step_id"] == "fuse", flow
    flow = click(running, flow, main_fuse_a=40, fuse_type="C")
    assert flow["step_id"] == "house", flow
    assert f"{house.METER}l1" == suggested(flow)["L1"]
    checks = flow["description_placeholders"]["checks"]
    assert "CHECK" not in checks and "DSMR-integratie van Home Assistant" in checks
    flow = click(running, flow, **suggested(flow))
    assert flow["step_id"] == "loads", flow
    ticked = [name for name in suggested(flow)["loads"] if name not in unticked]
    flow = click(running, flow, loads=ticked)
    assert flow["step_id"] == "phases", flow
    flow = click(running, flow, **{**suggested(flow), "boiler": "L1"})
    assert flow["type"] == "create_entry", flow
    return flow["result"]


def test_from_nothing_to_a_command_by_clicks_alone_and_away_again(store):
    folder, talk = store.folder, store.talk
    entry = set_up(store)
    text = folder.config.read_text()
    assert '"main_fuse_a": 40' in text and '"fuse_type": "C"' in text and '"dry_run": True' in text
    assert '"phases": ["L1"]' in text
    store.wait(lambda: talk.value(SITE) == "dry_run" and talk.value(CAR) is not None, "the written house")
    assert copied(folder)["version"] == release.version()
    assert sorted(each.name for each in (folder.scripts / ".fusebox").iterdir()) == ["installed.json"]
    assert issues(store) == {}

    (card,) = [each["url"] for each in talk.command("lovelace/resources") if "fusebox" in each["url"]]
    assert store.read(card) == (release.ROOT / "www" / "fusebox-card.js").read_text()

    dutch = card.partition("?")[0].replace(".js", ".nl.js")
    assert store.read(dutch) == (release.ROOT / "www" / "fusebox-card.nl.js").read_text()

    # Configure: the dry run off, with a person's own comment in the file.
    folder.config.write_text(text.replace('"dry_run": True,', '"dry_run": True,  # Erik said: wait'))
    flow = talk.request(OPTIONS, handler=entry["entry_id"])
    flow = click(store, flow, OPTIONS, next_step_id="site")
    assert suggested(flow)["main_fuse_a"] == 40 and suggested(flow)["dry_run"] is True
    flow = click(store, flow, OPTIONS, **{**suggested(flow), "dry_run": False})
    assert flow["type"] == "create_entry", flow
    assert '"dry_run": False,  # Erik said: wait' in folder.config.read_text()
    store.wait(lambda: float(talk.value(house.NUMBER) or 0) > 6, "a car that rises")

    # A change that the scripts refuse is taken back, with their sentence.
    flow = click(store, talk.request(OPTIONS, handler=entry["entry_id"]), OPTIONS, next_step_id="choose")
    flow = click(store, flow, OPTIONS, load="carport")
    flow = click(store, flow, OPTIONS, **{**suggested(flow), "max_a": 63})
    assert "max_a: 63 is boven groep 'main' (40 A)" in flow["description_placeholders"]["reason"], flow
    assert '"max_a": 63' not in folder.config.read_text()
    store.wait(lambda: issues(store) == {}, "the change taken back")

    # A limit that is emptied is gone.
    for limit in ({"max_import_w": 9000}, {}):
        flow = click(store, talk.request(OPTIONS, handler=entry["entry_id"]), OPTIONS, next_step_id="site")
        others = {name: value for name, value in suggested(flow).items() if name != "max_import_w"}
        assert click(store, flow, OPTIONS, **others, **limit)["type"] == "create_entry"
        assert f'"max_import_w": {limit.get("max_import_w")}' in folder.config.read_text()

    # A device that came later is found, asked for what nothing tells, and refused as every other change.
    flow = click(store, talk.request(OPTIONS, handler=entry["entry_id"]), OPTIONS, next_step_id="devices")
    assert (flow["type"], flow["reason"]) == ("abort", "no_devices"), flow
    talk.request("states/switch.poolpomp", state="off")
    talk.request("states/sensor.poolpomp_vermogen", state="0", attributes={"unit_of_measurement": "W"})
    flow = click(store, talk.request(OPTIONS, handler=entry["entry_id"]), OPTIONS, next_step_id="devices")
    assert suggested(flow)["loads"] == [], flow
    flow = click(store, flow, OPTIONS, loads=["poolpomp"])
    assert flow["step_id"] == "phases", flow
    flow = click(store, flow, OPTIONS, poolpomp="L2")
    assert flow["step_id"] == "ratings", flow
    flow = click(store, flow, OPTIONS, poolpomp=40000)
    assert flow["errors"] == {"base": "refused"} and "poolpomp" not in folder.config.read_text(), flow
    flow = click(store, click(store, flow, OPTIONS, loads=["poolpomp"]), OPTIONS, poolpomp="L2")
    flow = click(store, flow, OPTIONS, poolpomp=1200)
    assert flow["type"] == "create_entry" and "Erik said: wait" in folder.config.read_text(), flow
    assert '"phases": ["L2"]' in folder.config.read_text()
    store.wait(lambda: talk.value("sensor.fusebox_poolpomp") is not None, "the new load")

    # A mistake of a person becomes a repair, and goes with it.
    mine = folder.config.read_text()
    folder.config.write_text(mine.replace('"main_fuse_a"', '"main_fuse"', 1))
    found = store.wait(lambda: issues(store).get("config_mistakes"), "a repair")
    assert "site.main_fuse: onbekende sleutel; bedoelde je" in found["translation_placeholders"]["sentences"]
    folder.config.write_text(mine)
    store.wait(lambda: issues(store) == {}, "no repair")

    # So does a fault of a load, in the language of Home Assistant; the scripts write the entity again.
    fault = {"status": "fault", "reason": "x", "reason_code": "device_fault", "reason_values": {}}
    talk.request(f"states/{CAR}", state="0", attributes=fault)
    found = store.wait(lambda: issues(store).get("load_fault_carport"), "a repair")
    words = json.loads((release.ROOT / "card/src/words/nl.json").read_text())["reasons"]
    assert found["translation_placeholders"] == {"load": "carport", "reason": words["device_fault"]}
    store.wait(lambda: issues(store) == {}, "no repair")

    report = talk.look(f"diagnostics/config_entry/{entry['entry_id']}")["data"]
    assert report["installed"]["config"]["site"]["main_fuse_a"] == 40 and report["pyscript"]

    (folder.scripts / "track_peak.py").write_text("# mine\n")
    talk.delete(f"{ENTRY}/{entry['entry_id']}")
    left = {str(each.relative_to(folder.scripts)) for each in folder.scripts.rglob("*") if each.is_file()}
    assert left == {"modules/site_config.py", "track_peak.py"}
    store.wait(lambda: talk.value(SITE) is None and talk.value(CAR) is None, "no entities", patience_s=30)
    assert [each for each in talk.command("lovelace/resources") if "fusebox" in each["url"]] == []


def test_updates_keep_changes_and_go_back_when_they_do_not_start(store, tmp_path):
    folder, talk = store.folder, store.talk
    set_up(store)
    store.wait(lambda: talk.value(SITE) == "dry_run", "the written house")
    talk.post("pyscript.fusebox_set_mode", load="carport", mode="solar_only")
    talk.post("pyscript.fusebox_set_plan", load="carport", energy_kwh=20, ready_by="07:00")
    store.wait(lambda: lasting(store) == LASTING, "mode and plan")
    before = copied(folder)
    downloaded = download(folder, tmp_path / "dist")
    version = downloaded / "files/pyscript/modules/fusebox/runtime/version.py"

    # A new version that does not start.
    manifest = downloaded / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"{release.version()}"', '"99.0.0"'))
    version.write_text('VERSION = "99.0.0"\nraise RuntimeError("broken release")\n')
    store.stop()
    # Half of a download is never copied.
    store.start()
    store.wait(lambda: "incomplete" in issues(store), "a repair")
    store.wait(lambda: lasting(store) == LASTING, "the version before")
    assert copied(folder) == before
    list_anew(downloaded)
    store.stop()
    store.start()
    store.wait(lambda: "update_failed" in issues(store), "the way back", patience_s=170)
    assert copied(folder) == before
    store.wait(lambda: lasting(store) == LASTING, "the version before, with mode and plan")

    # It is not tried again, and that is still reported.
    store.stop()
    store.start()
    store.wait(lambda: lasting(store) == LASTING, "the version before, after another restart")
    assert "update_failed" in issues(store) and copied(folder) == before

    # The repaired one, held back by a person's change until they give it up by a click.
    version.write_text('VERSION = "99.0.0"\n')
    list_anew(downloaded)
    (folder.scripts / "balance_site.py").write_text((folder.scripts / "balance_site.py").read_text() + "# mine\n")
    store.stop()
    store.start()
    held = store.wait(lambda: issues(store).get("files_changed"), "a repair")
    assert held["is_fixable"] and "balance_site.py" in held["translation_placeholders"]["files"]
    assert copied(folder) == before and (folder.scripts / "balance_site.py").read_text().endswith("# mine\n")
    flow = talk_of(store).request("repairs/issues/fix", handler="fusebox", issue_id="files_changed")
    flow = talk_of(store).request(f"repairs/issues/fix/{flow['flow_id']}")
    assert flow["type"] == "create_entry", flow
    assert copied(folder)["version"] == "99.0.0"
    assert (folder.scripts / ".fusebox/yours/balance_site.py").read_text().endswith("# mine\n")
    site = talk_of(store).state(SITE)
    assert site is not None and site["attributes"]["version"] == "99.0.0"
    store.wait(lambda: lasting(store) == LASTING, "mode and plan")


def lasting(running: HomeAssistant) -> tuple[str, float] | None:
    """The mode and the planned energy that services have set."""
    car = (talk_of(running).state(CAR) or {"attributes": {}})["attributes"]
    return None if not car.get("plan_asked") else (car["mode"], car["plan_asked"]["energy_kwh"])


def talk_of(running: HomeAssistant):
    """The connection of the process that runs now."""
    return running.talk


def test_a_home_with_radiators_and_a_card_by_hand_keeps_both(tmp_path):
    folder = WithoutYaml(tmp_path / "config", find())
    download(folder, tmp_path / "dist")
    folder.config.parent.mkdir(parents=True)
    folder.save(RADIATORS)
    with HomeAssistant(folder, {**house.entities(), "lovelace": {}}, waits_for=("homeassistant", "restart")) as running:
        by_hand = {"res_type": "module", "url": "/local/fusebox-card.js?v=1"}
        running.talk.command("lovelace/resources/create", **by_hand)
        flow = click(running, running.talk.request(FLOW, handler="fusebox"))
        assert (flow["type"], flow["step_id"]) == ("menu", "site"), flow
        flow = click(running, flow, next_step_id="keep")
        assert flow["type"] == "create_entry"
        assert running.talk.value(SITE) is None and issues(running) == {}
        running.wait(lambda: running.talk.value("pyscript.radiator_status"), "the radiators")
        assert [each["url"] for each in running.talk.command("lovelace/resources")] == [by_hand["url"]]
        assert folder.config.read_text() == f"CONFIG = {RADIATORS!r}\n"
    assert sorted(each.name for each in (folder.scripts / ".fusebox").iterdir()) == ["installed.json"]


@pytest.mark.parametrize("pyscript", ["missing", "not added", "broken"])
def test_pyscript_is_requested_or_added_by_the_same_click(tmp_path, pyscript):
    folder = WithoutYaml(tmp_path / "config", *([] if pyscript == "missing" else [find()]))
    download(folder, tmp_path / "dist")
    if pyscript == "broken":  # as 2.1.0 is in Home Assistant 2026.11
        with (folder.path / "custom_components/pyscript/__init__.py").open("a") as code:
            code.write("\nasync def async_setup(hass, config):\n    raise AttributeError('last_states')\n")
    with HomeAssistant(folder, house.entities(), waits_for=("homeassistant", "restart")) as running:
        flow = running.talk.request(FLOW, handler="fusebox")
        if pyscript == "broken":
            flow = click(running, flow)
        if pyscript != "not added":
            reasons = {"missing": "pyscript_missing", "broken": "pyscript_not_started"}
            assert (flow["type"], flow["reason"]) == ("abort", reasons[pyscript])
            assert not list(folder.scripts.rglob("*.py"))
            return
        assert click(running, flow)["step_id"] == "fuse"
        assert running.talk.has_service("pyscript", "fusebox_setup")
        # Closing the forms now leaves nothing behind.
        running.talk.delete(f"{FLOW}/{flow['flow_id']}")
        running.wait(lambda: not list(folder.scripts.rglob("*.py")), "no scripts", patience_s=30)
