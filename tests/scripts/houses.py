"""A house for the shipped scripts: its CONFIG in a line, its entities, and a host that receives their states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from simhouse.host.pyscript_host import HostSession

SITE = "sensor.fusebox_site"
BOX = {"min": 6, "max": 32, "step": 1}
"""Attributes of a usual charger's number entity."""

BRIEF_S = 5
"""A shorter stretch of equal states is sent second by second [s]."""
CALM_AFTER_S = 1
"""A house is calm after this time without a change and without a call [s]."""
CALM_S = 10
"""A calm house reports at multiples of this [s]: its meters are stale no later than those that report each second."""
LONG_CALM_AFTER_S = 60
"""After this time without a change and without a call [s] ..."""
LONG_CALM_S = 20
"""... it reports at multiples of this [s], from which its meters are stale later."""
REST_AFTER_S = 60
"""A house that `rests` does so after this time without a change and without a call [s], ..."""
REST_S = 900
"""... for this long at most [s] ..."""
COUNTED_REST_S = 60
"""... or this while a load draws, whose energy is counted over no longer time [s], ..."""
AWAKE_LINES = 4
"""... between so many lines in which its meters report as usual; ..."""
AWAKE_S = 30
"""... it is awake for this long before and after each quarter of an hour [s]."""
QUARTER_S = 900

Reply = dict[str, Any]
States = Mapping[str, Any]


def config(*, loads: Mapping[str, Any] | None = None, phases: str = "L1", **site: Any) -> dict[str, Any]:
    """Return a CONFIG with 25 A on each phase, meters sensor.l1.., and no margin."""
    facts = {"main_fuse_a": 25, "margin_a": 0, "grid": {p: f"sensor.{p.lower()}" for p in phases.split()}}
    return {"site": {**facts, **site}, "loads": dict(loads or {})}


def charger(name: str = "car", *, without: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """Return a `number` load whose entities carry its name."""
    found = {
        "type": "number",
        "current": f"number.{name}",
        "switch": f"switch.{name}",
        "draw": f"sensor.{name}_draw",
        "status": f"sensor.{name}_status",
        "phases": ["L1"],
    }
    return {**{key: value for key, value in found.items() if key not in set(without)}, **more}


def plug(name: str = "pool", **more: Any) -> dict[str, Any]:
    """Return a `plug` load of 2300 W, ten amps, without minimum times."""
    facts = {"type": "plug", "switch": f"switch.{name}", "power": f"sensor.{name}_power", "rated_w": 2300}
    return {**facts, "phases": ["L1"], "min_on_s": 0, "min_off_s": 0, **more}


def unit(value: object, of: str, **attributes: object) -> dict[str, Any]:
    """Return a state with a unit."""
    return {"state": str(value), "attributes": {"unit_of_measurement": of, **attributes}}


def amps(value: object) -> dict[str, Any]:
    """Return the state of a current."""
    return unit(value, "A")


def watts(value: object) -> dict[str, Any]:
    """Return the state of a power."""
    return unit(value, "W")


def charging(name: str = "car", offer: object = 16, draw: object | None = None, **more: object) -> dict[str, Any]:
    """Return a charger's entities while it charges; by default it draws its offer."""
    return {
        f"number.{name}": {"state": str(offer), "attributes": {**BOX, **more}},
        f"switch.{name}": "on",
        f"sensor.{name}_draw": amps(offer if draw is None else draw),
        f"sensor.{name}_status": "Charging",
    }


def switched(name: str = "pool", *, on: bool, power_w: float | None = None) -> dict[str, Any]:
    """Return a plug's entities."""
    drawn = (2300 if on else 0) if power_w is None else power_w
    return {f"switch.{name}": "on" if on else "off", f"sensor.{name}_power": watts(drawn)}


class House:
    """The host with one CONFIG. `line` sends states; `sent` and `shown` examine the last reply and entities."""

    session_of: Callable[..., Any] = HostSession
    """Where the scripts run: the tests in real Home Assistant put a session of their own here."""
    longest_gap_s = REST_S
    """The longest time between two lines outside a rest [s]. The tests in real Home Assistant lower it: it runs the
    seconds in between too, and a device that is commanded in one of them obeys only with the next line."""

    def __init__(self, folder: Path, written: Mapping[str, Any] | str, **options: Any) -> None:
        self.file = folder / "site_config.py"
        self.save(written)
        self.session = type(self).session_of(self.file, **options)
        self.reply: Reply = {}
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.t = -1.0
        self.is_exact = False
        """Whether `report` sends every line: for tests that ask for the second in which something happens."""
        self.is_brief = False
        self.rests = False
        """Whether long calm times are left out: for nights in which something happens at quarters of an hour only."""
        self.rest_s = REST_S
        """How long it rests at most [s]."""
        self.calm_after_s = CALM_AFTER_S
        self.long_calm_s = LONG_CALM_S
        self.leaps = False
        """Whether all seconds between two reports are left out: for tests that ask for the second of nothing."""
        self._awake = 0
        self._told: object = None
        self._busy_s = 0.0

    def __enter__(self) -> Self:
        self.session.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self.session.__exit__(*raised)

    def save(self, written: Mapping[str, Any] | str) -> None:
        """Write FILE in place."""
        self.file.write_text(written if isinstance(written, str) else f"CONFIG = {written!r}\n", encoding="utf-8")

    def line(self, t: float, states: States | None = None, **more: Any) -> Reply:
        """Send one line of the protocol and return the reply."""
        self.t, self._told = t, None
        self.reply = self.session.line({"t": t, "states": dict(states or {}), **more})
        assert set(self.reply) == {"t", "calls", "states", "responses"}, self.reply
        self.calls += [(t, call["service"], call["data"]) for call in self.reply["calls"]]
        return self.reply

    def report(self, t: float, states: States, *, last: bool = False, **more: Any) -> Reply:
        """Send a line as `line` does; a calm house (no change, no call) reports every 10 or 20 s.

        A house that reports nothing is not calm: its meters age. `last`: nothing follows, so this line is sent.
        """
        if self._told is None:  # it has just begun, or a user has acted
            self._busy_s = t + self.calm_after_s
        elif (states, more) != self._told or self.reply["calls"] or not states or self._sends_all:
            self._busy_s = max(self._busy_s, t)
        calm = t - self._busy_s > self.calm_after_s
        if calm and not last and not self._is_due(t):
            return self.reply
        self._awake = 0 if t - self.t > REST_AFTER_S else self._awake + 1
        reply = self.line(t, states, leap=calm or (self.leaps and not self.is_exact), **more)
        self._told = states, more
        return reply

    def _is_due(self, t: float) -> bool:
        """Return whether a calm house reports in this second."""
        since_s = t - self.t
        if self._may_rest(t):
            return since_s >= self.rest_s
        every_s = self.long_calm_s if t - self._busy_s > LONG_CALM_AFTER_S else CALM_S
        every_s = min(every_s, self.longest_gap_s)
        return since_s >= every_s or t % every_s == 0

    def _may_rest(self, t: float) -> bool:
        """Whether this second may be left out; in real Home Assistant it is run, and meters age meanwhile."""
        is_awake = self._awake < AWAKE_LINES or not AWAKE_S <= t % QUARTER_S < QUARTER_S - AWAKE_S
        rests = self.rests and isinstance(self.session, HostSession)
        return rests and not is_awake and t - self._busy_s > REST_AFTER_S

    @property
    def _sends_all(self) -> bool:
        return self.is_exact or self.is_brief

    def steady(self, until: float, states: States | None = None, every: float = 1) -> None:
        """Send the same states up to and including `until`; a line each `every` seconds, fewer in a calm house."""
        t = self.t
        self.is_brief = until - t < BRIEF_S
        while t + every <= until:
            t += every
            self.report(t, states or {}, last=t + every > until)

    def call(self, service: str, **data: Any) -> dict[str, Any]:
        """Call a service now; its response entry."""
        return self.line(self.t, calls=[{"service": f"pyscript.{service}", "data": data}])["responses"][0]

    def sent(self, entity: str) -> list[Any]:
        """Return what the last reply commands to an entity: values, and "on" or "off"."""
        return [_told(c["service"], c["data"]) for c in self.reply["calls"] if c["data"].get("entity_id") == entity]

    def all_sent(self, entity: str) -> list[tuple[float, Any]]:
        """Return (time, command) of everything ever commanded to an entity."""
        return [(t, _told(service, data)) for t, service, data in self.calls if data.get("entity_id") == entity]

    def state(self, entity: str) -> str | None:
        """Return an entity's present state, None without it."""
        found = self.session.host.world.states.get(entity)
        return None if found is None else found.state

    def shown(self, load: str = "site") -> dict[str, Any]:
        """Return the attributes of a status entity."""
        return self.session.host.world.states.get(f"sensor.fusebox_{load}").attributes


def _told(service: str, data: Mapping[str, Any]) -> Any:
    action = service.partition(".")[2]
    return {"turn_on": "on", "turn_off": "off"}.get(action, data.get("value", data.get("option")))
