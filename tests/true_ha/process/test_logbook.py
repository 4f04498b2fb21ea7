"""What Home Assistant's logbook has of an evening: no entry names a script of ours as the one that triggered it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import yaml

from . import house
from .folder import ROOT

(QUIET,) = re.findall(
    r"## A quiet logbook.*?```yaml\n(.*?)```", (ROOT / "docs" / "install.md").read_text("utf-8"), re.DOTALL
)
RELAY = "input_boolean.bath"
BATH = {
    "input_boolean": {"bath_calls": {"initial": True}, "bath": {"initial": False}},
    "recorder": {"commit_interval": 1},
    "logbook": {},
}
TURNS = {
    "max_active": [1, 0],
    "radiators": [{"name": "bath", "virtual": "input_boolean.bath_calls", "actual": RELAY}],
}


@pytest.mark.parametrize("quiet", [{}, yaml.safe_load(QUIET)], ids=["as it is", "as docs/install.md has it"])
def test_no_entry_names_a_script_of_ours(home, quiet):
    since = datetime.now(UTC)
    config = {**house.config(), "radiators": TURNS}
    running = home(config, packages={"bath": BATH, "quiet": quiet}, offer_a=15, on=True, house_a=10)
    house.wait_until_drawn(running, 15)
    running.talk.post("input_number.set_value", entity_id=house.HOUSE, value=18)
    running.wait(lambda: running.talk.told(house.NUMBER)[-1:] == [house.FUSE_A - 18], "a cut")

    def states(entity):
        return [each.get("state") for each in running.talk.logbook(since) if each.get("entity_id") == entity]

    running.wait(lambda: states(house.NUMBER)[-1:] == ["7.0"] and states(RELAY) == ["on"], "their entries")
    ours = [each for each in running.talk.logbook(since) if "file_" in str(each)]
    assert [each for each in ours if each["domain"] != "pyscript"] == []
    assert (ours == []) is bool(quiet)
