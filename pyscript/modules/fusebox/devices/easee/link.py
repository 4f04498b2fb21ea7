"""Poll and command the chargers of all Easee accounts in CONFIG, timed by the host's clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ... import tuning
from ...config.config import Config
from ...model.load import Load
from ...model.messages.message import message
from ...model.numbers import number_of
from ...model.readings import LinkState
from . import endpoints
from .cloud import Cloud, CloudError
from .endpoints import BASE_URL, HttpRequest
from .states import INSTALLED, OFFLINE, charger_serial, last_heard_at_s, link_entity, read_numbers, status_word

POLL_S, IDLE_POLL_S = 10.0, 30.0
"""Interval of polling a charger's state with a car, and without [s]: within what the cloud allows."""


@dataclass
class _Charger:
    """A charger and what was read from the cloud about it."""

    load: Load
    cloud: Cloud
    shares: bool
    next_s: float = float("-inf")
    polled_s: float = float("-inf")
    read_s: float = float("-inf")
    installed: Mapping[str, Any] = field(default_factory=dict)
    installed_s: float = float("-inf")

    @property
    def serial(self) -> str:
        return charger_serial(self.load)

    @property
    def offline_a(self) -> float | None:
        """The highest current of a phase without the cloud [A], None while unknown."""
        found = [number_of(self.installed.get(name)) for name in OFFLINE]
        return max((a for a in found if a is not None and a >= 0), default=None)

    @property
    def offline_limit_problem(self) -> str:
        """The message that the charger's offline limit is above the fuse, "" when it is not."""
        offline_a, room_a = self.offline_a, number_of(self.load.device["room_a"])
        if room_a is None or offline_a is None or offline_a <= room_a:
            return ""
        load = self.load
        return message(
            "easee_offline_limit_too_high", load=load.name, offline_a=offline_a, circuit=load.circuit, room_a=room_a
        )


class EaseeLink:
    """The link to all chargers of type `easee`."""

    def __init__(self, loads: tuple[Load, ...]) -> None:
        self.states: dict[str, LinkState] = {}
        self._clouds: dict[tuple[str, str], Cloud] = {}
        circuits = Counter(_cloud_circuit_ids(load) for load in loads)
        self._chargers = {
            charger_serial(load): _Charger(load, self._cloud_for(load), circuits[_cloud_circuit_ids(load)] > 1)
            for load in loads
        }

    @classmethod
    def for_config(cls, config: Config) -> EaseeLink | None:
        """Return a new link, None without a load of that type."""
        loads = tuple(load for load in config.site({}).loads if load.type == "easee")
        return cls(loads) if loads else None

    @property
    def problems(self) -> tuple[str, ...]:
        """The messages of what a person should fix at the accounts and chargers, each once; empty for nothing."""
        found = [cloud.problem for cloud in self._clouds.values()]
        found += [charger.offline_limit_problem for charger in self._chargers.values()]
        return tuple(dict.fromkeys(filter(None, found)))

    async def start(self) -> None:
        """Do nothing: connections are opened at the first poll."""

    async def stop(self) -> None:
        """Close the connections. Limits expire by themselves."""
        for cloud in self._clouds.values():
            await cloud.close()

    async def poll(self, now_s: float) -> bool:
        """Read every charger that is due, one after the other, and return whether any was read.

        A failure is not raised; it becomes the account's problem.
        """
        # Those not read for longest first: there may not be enough requests for all of an account's chargers.
        chargers = sorted(self._chargers.values(), key=lambda charger: charger.read_s)
        return any([await self._read_charger_if_due(charger, now_s) for charger in chargers])

    async def call(self, service: str, data: Mapping[str, Any], now_s: float) -> None:
        """Send the command `service` to the charger `data["charger"]` and wait for the cloud's answer.

        Raises CloudError if the cloud does not accept it, KeyError for a charger or command that does not exist.
        """
        charger = self._chargers[data["charger"]]
        await charger.cloud.request(now_s, _service_request(charger, service, data), urgent=bool(data.get("urgent")))

    async def _read_charger_if_due(self, charger: _Charger, now_s: float) -> bool:
        """Read a charger from the cloud if it is due, store its state in `states`, and return whether it was read.

        After a failure its last state stays. A charger without a car is read less often, the installer's settings each
        `FORGET_S`.
        """
        if charger.polled_s <= now_s < charger.next_s:
            return False
        charger.polled_s, charger.next_s = now_s, now_s + POLL_S
        if not 0 <= now_s - charger.installed_s < tuning.FORGET_S:
            charger.installed_s = now_s
            found = await _answer_or_none(charger, endpoints.config_request(charger.serial), now_s)
            charger.installed = found or charger.installed
        state = await _answer_or_none(charger, endpoints.state_request(charger.serial), now_s)
        if state is None:
            return False
        charger.read_s = now_s
        # Some firmware reports the installer's settings with every state.
        charger.installed = {**charger.installed, **{key: state[key] for key in INSTALLED if key in state}}
        word = status_word(state)
        if word == "disconnected":
            charger.next_s = now_s + IDLE_POLL_S
        numbers = read_numbers(state, charger.installed)
        offered = "charger_a" if charger.shares else "circuit_1_a"
        more = {"offered_a": numbers[offered], "offline_a": charger.offline_a, "pulse_s": last_heard_at_s(state)}
        self.states[link_entity(charger.serial)] = LinkState(word, "", now_s, **numbers, **more)
        return True

    def _cloud_for(self, load: Load) -> Cloud:
        """Return the connection to a load's account, a new one for each new address and user name.

        Its password is that of the first load which uses it.
        """
        base = str(load.device.get("base_url") or BASE_URL)
        username, password = str(load.device["username"]), str(load.device["password"])
        return self._clouds.setdefault((base, username), Cloud(base, username, password))


async def _answer_or_none(charger: _Charger, request: HttpRequest, now_s: float) -> Mapping[str, Any] | None:
    """Return the cloud's answer; None for a failure or anything but a JSON object.

    The problem is then recorded in the charger's cloud connection.
    """
    try:
        answer = await charger.cloud.request(now_s, request)
    except CloudError:
        return None
    if isinstance(answer, Mapping):
        return answer
    charger.cloud.problem = message("cloud_answer_unknown", request=request.path)
    return None


def _cloud_circuit_ids(load: Load) -> tuple[object, object]:
    """Return site and circuit of a load in Easee's cloud."""
    return load.device["site"], load.device["circuit_id"]


def _service_request(charger: _Charger, service: str, data: Mapping[str, Any]) -> HttpRequest:
    """Return the request for a service: limit, pause, resume or restart.

    A limit is set on the circuit, which all firmware supports; on the charger if it shares its circuit.
    """
    if service == "limit" and charger.shares:
        return endpoints.charger_limit_request(charger.serial, data["amps"], data["minutes"])
    if service == "limit":
        site, circuit = _cloud_circuit_ids(charger.load)
        return endpoints.circuit_limit_request(site, circuit, data["amps"], data["phases"], data["minutes"])
    return endpoints.command_request(charger.serial, service)
