"""A simple controller in place of the scripts: it lowers at once and raises slowly."""

from pathlib import Path
from typing import Any, Self

from simhouse.house.config_file import read_config_file


class NaiveHost:
    """Answers like the embedded host. Controls chargers with a number and a switch, with net meters in watts."""

    def __init__(self, config: Path, start: Any = None, time_zone: str | None = None) -> None:
        self._config = read_config_file(config)
        self._states: dict[str, str] = {}
        self._set_a: dict[str, float] = {}
        self._raise_at_s: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the calls of one step: the room on the worst phase decides for each charger in turn."""
        self._states |= {entity: state["state"] for entity, state in message["states"].items()}
        site, calls, told = self._config["site"], [], {"sensor.fusebox_site": {"state": "ok", "attributes": {}}}
        net_a = {p: float(self._states[e]) / 230 for p, e in site["grid"].items() if self._states[e] != "unknown"}
        for name, load in self._config["loads"].items():
            if "draw" not in load:
                continue
            draw_a = float(self._states.get(load["draw"], 0) or 0)
            circuit = (site.get("circuits") or {}).get(load.get("circuit"), {})
            share_a = circuit.get("fuse_a", 99) / 2 - 1
            rooms = [site["main_fuse_a"] - 2 - net_a.get(p, 99) for p in load.get("phases") or site["grid"]]
            want_a = min(min(rooms) + draw_a, load["max_a"], share_a)
            set_a = self._set_a.get(name, 0.0)
            if want_a > set_a and message["t"] >= self._raise_at_s.get(name, 0):
                want_a = min(want_a, max(set_a + 1, 6))
                self._raise_at_s[name] = message["t"] + 15
            elif want_a > set_a:
                want_a = set_a
            want_a = int(want_a) if want_a >= 6 else 0
            if want_a != set_a or message["t"] == 0:
                self._set_a[name] = want_a
                service = "switch.turn_on" if want_a else "switch.turn_off"
                calls.append({"service": service, "data": {"entity_id": load["switch"]}})
                if want_a:
                    data = {"entity_id": load["current"], "value": want_a}
                    calls.append({"service": "number.set_value", "data": data})
            attributes = {"limited_by": "main", "reason": "naive"}
            told[f"sensor.fusebox_{name}"] = {"state": str(want_a), "attributes": attributes}
        return {"t": message["t"], "calls": calls, "states": told, "responses": []}
