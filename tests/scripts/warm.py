"""A house with radiators for the shipped scripts: its CONFIG, and relays that obey calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from .houses import BRIEF_S, House

STATUS = "pyscript.radiator_status"


def heating(names: str = "abcd", **more: Any) -> dict[str, Any]:
    """Return a CONFIG with one group: a thermostat `input_boolean.x` and a relay `switch.x` for each letter."""
    rows = [{"name": x, "virtual": f"input_boolean.{x}", "actual": f"switch.{x}"} for x in names]
    count = len(names)
    facts = {"power_saving": "input_number.level", "away": "input_boolean.away", "max_active": [*range(count, -1, -1)]}
    return {"radiators": {**facts, "radiators": rows, **more}}


class Warm:
    """Relays that obey at once, except the `deaf`; `line` sends changes and their states."""

    def __init__(self, house: House, names: Iterable[str] = "abcd", domain: str = "switch") -> None:
        self.house = house
        self.relays = {f"{domain}.{name}": "off" for name in names}
        self.deaf: set[str] = set()
        self.t = -1.0

    def line(
        self, states: Mapping[str, Any] | None = None, send: Callable[..., Any] | None = None, **more: Any
    ) -> list[str]:
        """Run the next second, sent by the house's `line` or otherwise; return the commands, such as `a+`."""
        self.t += 1
        (send or self.house.line)(self.t, {**self.relays, **(states or {})}, **more)
        return self.obey()

    def obey(self) -> list[str]:
        """Carry out the last reply's calls on the relays; return the commands."""
        told = []
        for call in self.house.reply["calls"]:
            relay = call["data"].get("entity_id")
            if relay not in self.relays:
                continue
            on = call["service"].endswith("turn_on") or call["data"].get("hvac_mode") == "heat"
            told.append(f"{relay.partition('.')[2]}{'+' if on else '-'}")
            if relay not in self.deaf:
                self.relays[relay] = ("heat" if relay.startswith("climate.") else "on") if on else "off"
        return told

    def begin(self, level: object = 0, calls: str = "abcd") -> list[str]:
        """Send the first line, in which those thermostats call; return the commands."""
        names = [relay.partition(".")[2] for relay in self.relays]
        states = {f"input_boolean.{name}": "on" if name in calls else "off" for name in names}
        return self.line({**states, "input_boolean.away": "off", "input_number.level": str(level)})

    def go(self, seconds: int, states: Mapping[str, Any] | None = None) -> list[str]:
        """Run this many seconds, `states` with the first; return all commands."""
        self.house.is_brief = seconds < BRIEF_S
        told = self.line(states)
        for left in reversed(range(seconds - 1)):
            told += self.line(send=partial(self.house.report, last=left == 0))
        return told

    @property
    def lit(self) -> str:
        """The radiators whose relays are on."""
        return "".join(relay.partition(".")[2] for relay, shows in self.relays.items() if shows != "off")

    def shown(self, status: str = STATUS) -> dict[str, Any]:
        """Return the attributes of the status entity."""
        found: dict[str, Any] = self.house.session.host.world.states.get(status).attributes
        return found
