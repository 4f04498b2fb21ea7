"""A house for playing faults: a second of physics, a line to the scripts, their calls, and hooks to disturb them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from simhouse.devices.entities import State, calls_in_reply
from simhouse.house.house import House
from simhouse.physics.car import MINIMUM_A

from .machine import Machine

if TYPE_CHECKING:
    from simhouse.devices.ocpp.charge_point import ChargePoint

Mask = Callable[[State], State | None]
"""Function from an entity's true state to the state that it shows; None: it does not report."""

SITE = "sensor.fusebox_site"


class Stage:
    """A house with hooks: `async with Stage(...) as stage:`, then `second()` repeatedly. Faults use the hooks.

    `masks`: by entity; calls to `unresponsive` entities are lost; `service_errors`: answers of services, as in a line
    to the host; the fault begins at `begins_s`; `say` and `ask`: states and calls for the next line.
    """

    def __init__(self, house: House, machine: Machine, config: Path, begins_s: int) -> None:
        self.house, self.machine, self.config = house, machine, config
        self.t_s = 0
        self.begins_s = begins_s
        self.masks: dict[str, Mask] = {}
        self.unresponsive: set[str] = set()
        self.service_errors: list[dict[str, Any]] = []
        self.say: dict[str, Any] = {}
        self.ask: list[dict[str, Any]] = []
        self.published: dict[str, State] = {}
        self.reply: dict[str, Any] = {}
        self._answered: list[dict[str, Any]] = []
        self._unsent: dict[str, State] = {}
        self._network = house.network
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for part in (self.house.network, self.house.quasars, self.house.linked):
            if part is not None:
                await self._open.enter_async_context(part)
        self.write(self.written())
        await self.machine.start(0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.machine.stop()
        await self._open.aclose()

    def written(self, **site: Any) -> Mapping[str, Any]:
        """Return the CONFIG with the addresses of the simulated devices and these keys of `site` changed."""
        linked = self.house.linked
        config = dict(self.house.config if linked is None else linked.with_addresses(self.house.config))
        return {**config, "site": {**config["site"], **site}}

    def write(self, text: Mapping[str, Any] | str) -> None:
        """Save this as the CONFIG file, as the user does."""
        self.config.write_text(text if isinstance(text, str) else f"CONFIG = {dict(text)!r}\n", encoding="utf-8")

    async def simulate_second(self, every_s: int = 1) -> None:
        """Simulate one second of house, devices and Home Assistant, which hears of it only each `every_s` seconds."""
        self._unsent |= self.house.step(self.t_s) | await self.house.exchange_with_sockets(self.t_s)
        if self.t_s % every_s == 0:
            await self._send_reports(leap=every_s > 1)
        self.t_s += 1

    async def _send_reports(self, leap: bool) -> None:
        """Send what has been reported since the last line. `leap`: what has fallen due since then comes once."""
        reports, self._unsent = self._unsent, {}
        if self.machine.alive:
            reports |= self.say
            self.say = {}
            for entity, mask in self.masks.items():
                shown = mask(self.house.states[entity]) if entity in self.house.states else None
                reports.pop(entity, None)
                if shown is not None:
                    reports[entity] = shown
            calls, self.ask = self.ask, []
            line = {"t": self.t_s, "states": reports, "calls": calls, "leap": leap, **self._service_answers()}
            self.reply = await self.machine.send_line(line)
            self.published |= {entity: state for entity, state in self.reply["states"].items() if state is not None}
            await self.house.obey_reply([call for call in self.reply["calls"] if not self._lost(call)], self.t_s)

    def _service_answers(self) -> dict[str, Any]:
        answers = self.house.network.answers() if self.house.network else {}
        if "respond" in answers or self.service_errors != self._answered:
            self._answered = list(self.service_errors)
            return {"respond": [*self.service_errors, *answers.get("respond", [])]}
        return {}

    def _lost(self, call: dict[str, Any]) -> bool:
        if any(each.entity in self.unresponsive for each in calls_in_reply([call])):
            return True
        return any(each["service"] == call["service"] for each in self.service_errors)

    def unmask(self, *entities: str) -> None:
        """Let these entities show their true states again."""
        for entity in entities:
            self.masks.pop(entity, None)
            if entity in self.house.states:
                self.say[entity] = self.house.states[entity]

    async def kill(self) -> None:
        """Kill Home Assistant at once."""
        await self.machine.kill()
        self.published.clear()
        if self.house.network is not None:
            await self.house.network.central.close()
            self.house.network = None

    async def restart(self) -> None:
        """Restart Home Assistant; everything else has gone on."""
        self.house.network = self._network
        if self.house.network is not None:
            await self.house.network.restart()
        self._answered = []
        self.say |= self.house.states
        await self.machine.start(self.t_s)

    @property
    def charge_points(self) -> list[ChargePoint]:
        """The OCPP charge points of the house."""
        network = self._network
        return [] if network is None else [station.point for station in network.stations.values()]

    def draw_more(self, phases: tuple[str, ...], more_a: float) -> None:
        """Let the house draw `more_a` more on these phases from now on [A]."""
        for phase in phases:
            watts = self.house.base[phase].watts
            for t_s in range(self.t_s, len(watts)):
                watts[t_s] += more_a * self.house.voltage_v

    def drawn_a(self, load: str) -> float:
        """Return a load's highest draw on a phase [A]."""
        assert self.house.now is not None
        return max(abs(a) for a in self.house.now.loads_a[load].values())

    def offered_a(self, load: str) -> float:
        """Return a charger's offer to its car [A], 0 when paused."""
        offer_a = self.house.chargers[load].offered_a
        return offer_a if offer_a >= MINIMUM_A else 0.0

    @property
    def highest_load_ratio(self) -> float:
        """The highest current of this second, as a multiple of its circuit's rating."""
        now = self.house.now
        assert now is not None
        return max(
            abs(a) / circuit.device.rating_a
            for name, circuit in self.house.circuits.items()
            for a in self.house.circuit_a(name, now).values()
        )

    @property
    def site(self) -> str:
        """The state of the site as the scripts last reported it, "" before."""
        return str(self.published.get(SITE, {}).get("state", ""))

    @property
    def errors(self) -> list[str]:
        """The errors that the site reports."""
        return list(self.published.get(SITE, {}).get("attributes", {}).get("errors") or [])

    def shown(self, load: str) -> Mapping[str, Any]:
        """Return the attributes of a load's status entity."""
        attributes: Mapping[str, Any] = self.published.get(f"sensor.fusebox_{load}", {}).get("attributes", {})
        return attributes

    @property
    def tripped(self) -> tuple[str, ...]:
        """Sentences about the breakers that have opened."""
        trips = [circuit.trip for circuit in self.house.circuits.values() if circuit.trip is not None]
        return tuple(f"{t.circuit} trips with {t.current_a:.1f} A after {t.at_s:.0f} s" for t in trips)
