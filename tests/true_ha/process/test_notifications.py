"""The notification blueprint in a real Home Assistant: reasons in its language, and buttons that do what they say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import release

from ..pyscript_source import find
from . import newcomers_house as house
from .folder import Folder
from .running import HomeAssistant
from .test_store import CAR, SITE, download, set_up

BLUEPRINT = release.ROOT / "config_examples" / "blueprints" / "fusebox_notifications.yaml"
PLACE = "fusebox/fusebox_notifications.yaml"
PHONE = "script.phone"
SPARE = "sensor.fusebox_spare"
"""A load that only has the state that a test gives it."""
BROKEN = "input_boolean.broken"
WORDS = release.ROOT / "card" / "src" / "words" / "nl.json"


def entities() -> dict[str, Any]:
    """The newcomer's house with a charger that can break, a phone, and the blueprint for that phone."""
    found = house.entities()
    found["input_boolean"]["broken"] = {"initial": False}
    (status,) = [each for each in found["template"][1]["sensor"] if each["name"] == "Carport status"]
    status["state"] = f"{{{{ 'Error' if is_state('{BROKEN}', 'on') else 'Charging' }}}}"
    stop = [{"stop": "It would ring now."}]
    inputs = {"notify": PHONE, "loads": [CAR, SPARE]}
    return {
        **found,
        "homeassistant": {"language": "nl"},
        "lovelace": {},
        "script": {"phone": {"mode": "parallel", "sequence": stop}},
        "automation": [{"id": "told", "use_blueprint": {"path": PLACE, "input": inputs}}],
    }


@pytest.fixture
def running(tmp_path: Path):
    folder = Folder(tmp_path / "config", find())
    download(folder, tmp_path / "dist")
    to = folder.path / "blueprints" / "automation" / PLACE
    to.parent.mkdir(parents=True)
    shutil.copy(BLUEPRINT, to)
    with HomeAssistant(folder, entities()) as started:
        yield started
    complaints = [text for text in started.complaints() if "automation" in text or "custom_components.fusebox" in text]
    assert complaints == [], "\n".join(complaints)


def rings(running: HomeAssistant) -> list[dict[str, Any]]:
    return [data for service, data in running.talk.calls if service == PHONE]


def test_a_fault_and_a_late_plan_ring_in_dutch_and_the_buttons_work(running):
    talk = running.talk
    (listed,) = [each for path, each in talk.command("blueprint/list", domain="automation").items() if path == PLACE]
    assert "error" not in listed and listed["metadata"]["name"] == "Fusebox notifications"
    set_up(running)
    running.wait(lambda: talk.value(SITE) == "dry_run" and talk.value(CAR) is not None, "the written house")

    talk.post("input_boolean.turn_on", entity_id=BROKEN)
    (told,) = running.wait(lambda: rings(running), "the notification")
    reasons = json.loads(WORDS.read_text(encoding="utf-8"))["reasons"]
    assert told["title"] == "Fusebox: carport"
    assert told["message"] == reasons["device_fault"]
    assert told["data"]["actions"] == [], "a boost mends no fault"

    talk.post("input_boolean.turn_off", entity_id=BROKEN)
    talk.request("events/mobile_app_notification_action", action="FUSEBOX_BOOST carport")
    running.wait(lambda: talk.state(CAR)["attributes"]["mode"] == "boost", "the boost")

    late = {"plan_reason": "late", "plan_reason_code": "plan_overdue_waits", "plan_reason_values": {"energy_kwh": 2.5}}
    for state in ("late", "waiting", "late"):  # the first is how it is found after a restart: that does not ring
        talk.request(
            f"states/{SPARE}", state="0", attributes={"plan_state": state, **late, "plan_asked": {"ready_by": "07:00"}}
        )
    running.wait(lambda: len(rings(running)) == 2, "the plan that is late")
    told = rings(running)[1]
    assert told["message"] == reasons["plan_overdue_waits"].replace("{energy_kwh}", "2,5")
    assert [each["title"] for each in told["data"]["actions"]] == ["Boost", "Plan overslaan"]
    assert [each["action"] for each in told["data"]["actions"]] == ["FUSEBOX_BOOST spare", "FUSEBOX_SKIP spare"]
    asked = talk.ask("pyscript.fusebox_set_plan", load="carport", energy_kwh=5, ready_by="07:00")["plan_asked"]
    assert asked["energy_kwh"] == 5
    running.wait(lambda: talk.state(CAR)["attributes"].get("plan_asked") == asked, "the plan")
    talk.request("events/mobile_app_notification_action", action="FUSEBOX_SKIP carport")
    running.wait(lambda: talk.state(CAR)["attributes"]["plan_asked"]["energy_kwh"] == 0, "the plan skipped")
    assert talk.state(CAR)["attributes"]["plan_asked"]["ready_by"] == asked["ready_by"]

    talk.request("events/fusebox_escalated", load="carport", message="no car", code="no_car", values={})
    running.wait(lambda: len(rings(running)) == 3, "the third notification")
    assert rings(running)[2]["message"] == reasons["no_car"]
    said = talk.ask("fusebox.sentence", reason="no car", code="no_car", language="de")
    german = json.loads(WORDS.with_name("de.json").read_text(encoding="utf-8"))["reasons"]["no_car"]
    assert said == {"text": german, "language": "de"}

    ignores = {"reason": "ignores", "reason_code": "ignores_limit", "reason_values": {"draw_a": 16, "set_a": 6}}
    for status in ("charging", "fault"):
        talk.request(f"states/{SPARE}", state="0", attributes={"status": status, **ignores})
    event = {"load": "spare", "message": "no car", "code": "no_car", "values": {}}
    talk.request("events/fusebox_escalated", **event)
    running.wait(lambda: len(rings(running)) == 4, "the fourth notification")
    assert rings(running)[3]["data"]["tag"] == "fusebox ignored spare", "it rings once"

    over = {"house_w": 9000, "until": "18:15", "limit_kw": 4.0, "left_w": 2000}
    talk.request("events/fusebox_peak_overrun", message="over", code="peak_exceeded_by_house", values=over)
    running.wait(lambda: len(rings(running)) == 5, "the peak that is close")
    silent = {"meters": "sensor.p1", "loads": "carport"}
    talk.request("events/fusebox_blind", message="silent", code="meter_silent", values=silent)
    running.wait(lambda: len(rings(running)) == 6, "the meter that is gone")
    peak, meter = rings(running)[4:]
    assert peak["message"].startswith("het huis alleen komt tot 18:15 boven 4")
    assert meter["message"].startswith("geen of steeds dezelfde waarde van sensor.p1: carport")
    assert [told["data"]["actions"] for told in (peak, meter)] == [[], []]
