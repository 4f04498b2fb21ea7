"""Random lives of an OCPP charge point and its driver, by the second, without sockets and without a host."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fusebox.devices.driver import Aim, Answer, Contact, ServiceCall
from fusebox.devices.ocpp.driver import OCPP
from fusebox.devices.ocpp.memory import OcppMemory
from fusebox.model.decision import Command
from fusebox.model.electrics import Phase
from simhouse.devices.ocpp.charge_point import ChargePoint
from simhouse.devices.ocpp.connector import Connector
from simhouse.devices.ocpp.firmware import Firmware
from simhouse.devices.ocpp.known_point import KnownPoint
from simhouse.devices.ocpp.messages import Message
from simhouse.devices.ocpp.shown import displayed_entities
from simhouse.physics.car import Car, Visit

from ..devices.ocpp.test_driver import point
from ..runtime.home import Home

START = datetime(2026, 1, 15, 12, tzinfo=UTC)
FAILSAFE_A = 6.0
LEASE_S = 120
SURELY_S = 15
"""A charge point connected for this long before Home Assistant stopped has its fail-safe profile [s]."""


@dataclass
class Life:
    """A charge point with one connector; `second` advances everything, `kill` and `start` are Home Assistant's."""

    firmware: Firmware
    car: Car
    alive: bool = True
    powered: bool = True
    connected_s: int = 0
    """How long both ends have been connected without a break, and its profiles have not been cleared [s]."""
    t_s: int = 0
    seen: KnownPoint = field(default_factory=KnownPoint)
    home: Home = field(default_factory=Home)

    def __post_init__(self) -> None:
        self.connector = Connector(1, self.firmware, self.car, ("L1",))
        self.point = ChargePoint("evse1", self.firmware, {1: self.connector}, START)
        facts = point(phases=(Phase.L1,), lease_s=LEASE_S)
        self.load = replace(facts, failsafe_a=FAILSAFE_A)
        self._memory = OcppMemory()
        self._answers: tuple[Answer, ...] = ()
        self._told_a: float | None = None
        self._transactions = 0

    @property
    def now_s(self) -> float:
        return START.timestamp() + self.t_s

    @property
    def unit(self) -> str:
        """The unit of the last limit, "" before the first."""
        return "" if self._memory.commanded is None else self._memory.commanded.form.unit

    def second(self, wanted_a: float) -> None:
        """Simulate one second, in which Home Assistant wants this current."""
        self.point.step(self.t_s, 1, 230.0, self.powered)
        there = self.point.electronics.connected and self.alive
        self.connected_s = self.connected_s + 1 if there else 0
        if not there:
            self.seen.connected = False
        else:
            self._exchange()
        if self.alive:
            self._step(wanted_a)
        self.t_s += 1

    def kill(self) -> None:
        """Kill Home Assistant at once."""
        self.alive, self.seen.connected = False, False

    def start(self) -> None:
        """Start Home Assistant with the last states of its sensors."""
        self.alive, self.seen, self.home = True, self.seen.after_restart(), Home()
        self._memory, self._answers, self._told_a = OcppMemory(), (), None
        self.point.reconnected()

    def _exchange(self) -> None:
        if not self.seen.connected:
            self.seen.reconnects += self.seen.ever
            self.seen.answered = not self.seen.ever
            self.seen.connected = self.seen.ever = True
            if not any(message.action == "BootNotification" for message in self.point.outbox):
                self.point.reconnected()
        while self.point.outbox:
            self._heard(self.point.outbox.pop(0))

    def _heard(self, message: Message) -> None:
        data, session, seen = message.payload, message.session, self.seen
        if message.action in ("BootNotification", "Heartbeat"):
            self.point.electronics.set_clock(START + timedelta(seconds=self.t_s))
        elif message.action == "StatusNotification":
            seen.take_status(data["connector_id"], data["status"], data["error_code"])
        elif message.action == "StartTransaction" and session is not None:
            self._transactions += 1
            session.id = self._transactions
            seen.take_start(1, session.id, data["meter_start"], self.t_s)
        elif message.action == "StopTransaction" and session is not None:
            seen.take_stop(session.id or 0, data.get("reason") or "Local")
        elif message.action == "MeterValues":
            seen.take_meter_values(1, _snake(data["meter_value"]), None if session is None else session.id)

    def _step(self, wanted_a: float) -> None:
        if self.seen.answered:
            self.seen.answered = False
            for entity, state in displayed_entities("evse1", self.seen, self.firmware.current_by, self.t_s).items():
                self.home.shows(entity, state["state"], self.now_s, **state["attributes"])
        view, session = self.home.view(self.now_s), OCPP.session
        assert session is not None
        read = OCPP.read(self.load, view, 230.0)
        contact = Contact(self.load, view, read, 230.0)
        state, memory = session.observe(contact, self._memory, self._answers)
        command = Command("car", wanted_a) if state.available and wanted_a != self._told_a else None
        self._told_a = self._told_a if command is None else wanted_a
        aim = Aim(self._told_a or 0.0, command)
        calls, self._memory = session.act(replace(contact, state=state), memory, aim)
        self._answers = tuple(Answer(call, self.now_s, *self._obeyed(call)) for call in calls)

    def _obeyed(self, call: ServiceCall) -> tuple[object, str]:
        """Return a call's response, and its error, "" for none."""
        if not self.seen.connected:
            return None, "unavailable"
        data: Any = call.data
        if call.service == "set_charge_rate":
            self.point.set_profile(data["conn_id"], _snake(data["custom_profile"]))
        elif call.service == "clear_profile":
            self.point.clear_profiles()
            self.connected_s = 0
        elif call.service == "get_configuration":
            known, _ = self.point.configuration.answer_request([data["ocpp_key"]])
            return {"value": known[0]["value"] if known else "Unknown"}, ""
        elif call.service == "turn_on":
            self.point.remote_start(1)
        elif call.service == "turn_off":
            self.point.remote_stop(self.seen.transactions.get(1) or 0)
        elif call.service == "press":
            self.seen.reconnects = 0
            self.point.electronics.reset()
        return None, ""


def firmware_of(chance: random.Random) -> Firmware:
    """Return a random charge point with a correct clock; its answers may be wrong or missing."""
    units = ["Current", "Power", "Current,Power"]
    return Firmware(
        unlimited_a=32.0,
        keeps_profiles=chance.random() < 0.4,
        reboot_s=chance.choice([2, 5, 25, 70]),
        meter_every_s=chance.choice([5, 10, 30, 60]),
        current_by=chance.choice(["phase", "used", "largest", "none"]),
        units=chance.choice(units),
        tells_units=chance.random() < 0.7,
        states_units=chance.choice(units) if chance.random() < 0.3 else None,
        tells_room=chance.random() < 0.7,
        tells_offer=chance.random() < 0.6,
        highest_stack_level=chance.choice([0, 1, 3, 8]),
        most_profiles=chance.choice([1, 2, 10]),
        needs_remote_start=chance.random() < 0.3,
        obeys_after_s=chance.choice([0, 1, 3]),
        relative_to=chance.choice(["transaction", "activation"]),
        below_minimum=chance.choice(["pause", "minimum"]),
    )


def lived(seed: int, length_s: int = 420) -> Life:
    """Return a life with restarts of charge point and Home Assistant, power cuts and pauses; the car may be late."""
    chance = random.Random(seed)
    car = Car(wakes_after_s=3, below_offer_a=0.3, visits=(Visit(chance.choice([0, 30, 200, 500]), 1e9, 0.5),))
    life = Life(firmware_of(chance), car)
    resets, cuts, kills = (_moments(chance, most, length_s) for most in (3, 2, 1))
    dark_until_s, dead_until_s, wanted_a = 0, 0, 16.0
    while life.t_s < length_s or life.connected_s < SURELY_S:
        if chance.random() < 0.02:
            wanted_a = chance.choice([0.0, 6.0, 8.0, 12.0, 16.0, 20.0])
        if life.t_s in resets:
            life.point.electronics.reset()
        if life.t_s in cuts:
            dark_until_s = life.t_s + chance.choice([1, 5, 60])
        if life.t_s in kills:
            life.kill()
            dead_until_s = life.t_s + chance.choice([20, 100])
        life.powered = life.t_s >= dark_until_s
        if not life.alive and life.t_s >= dead_until_s:
            life.start()
        life.second(wanted_a)
    return life


def _moments(chance: random.Random, most: int, length_s: int) -> Sequence[int]:
    return [chance.randint(60, length_s) for _ in range(chance.randint(0, most))]


def _snake(value: Any) -> Any:
    """Return keys in snake case, as the `ocpp` library passes them to a charge point."""
    if isinstance(value, dict):
        return {"".join(f"_{c.lower()}" if c.isupper() else c for c in key): _snake(v) for key, v in value.items()}
    return [_snake(each) for each in value] if isinstance(value, list | tuple) else value
