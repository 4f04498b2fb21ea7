"""config_examples/automations.yaml: every automation is run against the shipped services, and does what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from .houses import charger, config, plug, watts
from .living import Device, Living

FILE = Path(__file__).parents[2] / "config_examples" / "automations.yaml"
AUTOMATIONS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["automation"]
LOADS = {"car": charger(mode="off"), "pool": plug(mode="off")}


class Running:
    """A house with the automations: `happens` fires all whose trigger is this, and lets ninety seconds pass."""

    def __init__(self, house: Any) -> None:
        self.home = house(config(solar_w="sensor.sun", main_fuse_a=40, loads=LOADS))
        self.life = Living(
            self.home, {"L1": 3}, car=Device(offer_a=6, on=False), pool=Device("plug", takes_a=10, on=False)
        )
        self.wait(30)

    def wait(self, seconds: int) -> None:
        for left in reversed(range(seconds)):
            self.home.report(self.life.second, {**self.life.states(), "sensor.sun": watts(0)}, last=left == 0)
            self.life._obey()
            self.life.second += 1

    def happens(self, **trigger: str) -> list[str]:
        """The ids of the automations that ran."""
        ran = []
        for automation in AUTOMATIONS:
            if any(trigger.items() <= each.items() for each in automation["triggers"]):
                ran.append(automation["id"])
                for action in automation["actions"]:
                    answer = self.home.call(action["action"].removeprefix("pyscript."), **action["data"])
                    assert "error" not in answer, answer
        self.wait(90)
        return ran

    def mode(self, load: str) -> str:
        return str(self.home.shown(load)["mode"])


def test_the_file_has_what_home_assistant_requires() -> None:
    assert len({each["id"] for each in AUTOMATIONS}) == len(AUTOMATIONS) == 5
    for each in AUTOMATIONS:
        assert each.keys() == {"id", "alias", "triggers", "actions"}
        assert all(trigger["trigger"] in ("time", "state") for trigger in each["triggers"])
        assert all(isinstance(value, str) for trigger in each["triggers"] for value in trigger.values())
        assert all(action.keys() == {"action", "data"} for action in each["actions"])


def test_free_hours(house) -> None:
    running = Running(house)
    assert running.happens(trigger="time", at="11:00:00") == ["fusebox_free_hours_begin"]
    assert (running.mode("car"), running.life.devices["car"].on) == ("standard", True)
    assert running.life.devices["car"].offer_a == 16
    assert running.happens(trigger="time", at="14:00:00") == ["fusebox_free_hours_end"]
    running.wait(150)
    assert (running.mode("car"), running.life.devices["car"].on) == ("solar_only", False)


def test_a_cheap_tariff(house) -> None:
    running = Running(house)
    cheap = {"trigger": "state", "entity_id": "binary_sensor.cheap_tariff"}
    assert running.happens(**cheap, to="on") == ["fusebox_cheap_begins"]
    assert running.life.devices["car"].offer_a == 16
    assert running.happens(**cheap, to="off") == ["fusebox_cheap_ends"]
    assert running.mode("car") == "solar_priority"
    assert (running.life.devices["car"].on, running.life.devices["car"].offer_a) == (True, 6)


def test_a_morning_for_car_and_pool(house) -> None:
    running = Running(house)
    assert running.happens(trigger="time", at="06:00:00") == ["fusebox_morning"]
    assert (running.mode("car"), running.mode("pool")) == ("standard", "solar_only")
    assert running.life.devices["car"].on and not running.life.devices["pool"].on


@pytest.mark.parametrize("automation", AUTOMATIONS, ids=[each["id"] for each in AUTOMATIONS])
def test_it_says_with_what_load_it_fails(house, automation) -> None:
    home = house(config(loads={"other": charger("other", mode="off")}), noisy=True)
    home.line(0, {})
    home.line(5)
    action = automation["actions"][0]
    answer = home.call(action["action"].removeprefix("pyscript."), **action["data"])
    assert "there is no load 'car'" in str(answer)
