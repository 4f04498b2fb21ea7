"""A house with an SG-Ready heat pump behind two relays; every pair of states is recorded."""

from __future__ import annotations

from typing import Any

from .houses import REST_AFTER_S, House, config, unit, watts

NAMES = {(True, False): "block", (False, False): "normal", (False, True): "recommend", (True, True): "force"}


def pump(**more: Any) -> dict[str, Any]:
    """Return a heat pump of ten amps on L1, with short delays."""
    found = {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "rated_w": 2300, "phases": ["L1"]}
    return {**found, "start_after_s": 10, "stop_after_s": 10, "dwell_s": 60, **more}


class Pumped:
    """Runs a heat pump by the second; relays obey unless they are `deaf`."""

    def __init__(self, house: House, base_a: float, one: Any = False, two: Any = False, power: bool = False) -> None:
        self.house, self.base_a, self.power = house, base_a, power
        self.relays: dict[str, Any] = {"switch.sg1": one, "switch.sg2": two}
        self.deaf: set[str] = set()
        self.more: dict[str, Any] = {}
        self.runs_a = 0.0
        self.second = 0
        self.seen: list[tuple[int, str]] = []

    @property
    def draw_a(self) -> float:
        """Its draw [A]; 0 while blocked."""
        return 0.0 if self.state == "block" else self.runs_a

    @property
    def state(self) -> str:
        """The state that its relays show."""
        return NAMES.get((self.relays["switch.sg1"], self.relays["switch.sg2"]), "unknown")

    def run(self, seconds: int, every: int = 1) -> None:
        """Run for this many seconds."""
        self.house.leaps = every > 1
        for left in reversed(range(0, seconds, every)):
            words = {True: "on", False: "off"}
            states: dict[str, Any] = {r: words.get(is_on, is_on) for r, is_on in self.relays.items()}
            states["sensor.l1"] = unit(self.base_a + self.draw_a, "A")
            states |= self.more
            if self.power:
                states["sensor.pump_power"] = watts(self.draw_a * 230)
            self.house.report(self.second, states, last=left < (REST_AFTER_S if self.house.rests else 1))
            for call in self.house.reply["calls"]:
                relay = call["data"].get("entity_id")
                if relay in self.relays and relay not in self.deaf:
                    self.relays[relay] = call["service"].endswith("turn_on")
            if not self.seen or self.seen[-1][1] != self.state:
                self.seen.append((self.second, self.state))
            self.second += every

    @property
    def path(self) -> list[str]:
        """The states in their order."""
        return [state for _, state in self.seen]

    def lawful(self) -> bool:
        """Whether every change went through both relays open for a second."""
        pairs = list(zip(self.seen, self.seen[1:], strict=False))
        through = all("normal" in (one[1], other[1]) for one, other in pairs)
        return through and all(other[0] - one[0] >= 1 for one, other in pairs)

    def shown(self) -> dict[str, Any]:
        """Its status entity's attributes."""
        return self.house.shown("pump")


def pumped(house: Any, base_a: float = 2.0, *, site: dict[str, Any] | None = None, **facts: Any) -> Pumped:
    """Return a house with a heat pump."""
    start = {key: facts.pop(key) for key in ("one", "two", "power") if key in facts}
    options = {key: facts.pop(key) for key in ("start",) if key in facts}
    if start.get("power"):
        facts["power"] = "sensor.pump_power"
    loads = {"pump": pump(**facts)}
    return Pumped(house(config(loads=loads, **(site or {})), **options), base_a, **start)
