"""A newcomer's first hour as README and docs/install.md have it: install, a simulated charger, balance it, remove."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from ..pyscript_source import find
from .folder import ROOT, Folder
from .running import HomeAssistant

PACKAGE = yaml.safe_load((ROOT / "config_examples" / "simulated_charger.yaml").read_text(encoding="utf-8"))
HOUSE = "input_number.simulated_house"
CAR = "sensor.fusebox_car"


@pytest.fixture
def newcomer(tmp_path: Path):
    """An empty Home Assistant with pyscript and the simulated charger; Fusebox is not there yet."""
    folder = Folder(tmp_path / "config", find())
    with HomeAssistant(folder, {"homeassistant": {"packages": {"simulated_charger": PACKAGE}}}) as running:
        yield running
    assert [text for text in running.complaints() if " is gone: " not in text] == []


def sh(command: str, folder: Path) -> None:
    subprocess.run(["sh", "-e", "-c", command], cwd=folder, check=True, capture_output=True, timeout=60)


def is_offered(running: HomeAssistant, amps: float) -> bool:
    """Whether the simulated charger stands at that current."""
    return float(running.talk.value("number.wall_current") or 0) == amps


def test_from_empty_to_a_balanced_charger_and_back(newcomer):
    talk, folder = newcomer.talk, newcomer.folder.path
    sh(f"sh '{ROOT / 'install.sh'}' '{folder}'", folder)
    newcomer.wait(lambda: talk.value("sensor.fusebox_site") == "dry_run", "the dry run")
    talk.post("input_boolean.turn_on", entity_id=["input_boolean.simulated_charger", "input_boolean.simulated_car"])
    talk.post("input_number.set_value", entity_id=HOUSE, value=500)
    newcomer.wait(lambda: (talk.state(CAR) or {})["attributes"]["draw_a"] == {"L1": 6.0}, "a car at 6 A")
    assert is_offered(newcomer, 6)
    config = newcomer.folder.config
    config.write_text(config.read_text().replace('"dry_run": True', '"dry_run": False'))
    newcomer.wait(lambda: is_offered(newcomer, 16), "a car at 16 A")
    talk.post("input_number.set_value", entity_id=HOUSE, value=3500)
    newcomer.wait(lambda: is_offered(newcomer, 9), "a cut to 9 A", patience_s=10)
    removing = re.findall(r"^rm .*$", (ROOT / "docs" / "install.md").read_text(encoding="utf-8"), re.MULTILINE)
    sh("\n".join(removing), folder)
    newcomer.wait(lambda: talk.value("sensor.fusebox_site") is None and talk.value(CAR) is None, "no entity of ours")
    assert config.exists()
