"""A charge point of OCPP 1.6: obeys profiles by its own clock, reports events, and has configurable faults.

Pure: it knows neither sockets nor the time of day. `step` advances it by a second, methods answer requests, and its
messages wait in `outbox` to be collected.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import messages
from .configuration import Configuration
from .connector import Connector
from .electronics import Electronics
from .firmware import Firmware
from .messages import Message
from .profiles import (
    DEFAULT,
    MAXIMUM,
    OWN,
    Moment,
    NotUnderstood,
    Profile,
    bound,
    commanded_phase_count,
    limit_a,
    read_profile,
    with_profile,
    without_profiles,
    without_transaction,
)

HEARTBEAT_S = 3600


class ChargePoint:
    """A charge point: identity, firmware and connectors (by number); `start` is the simulation's first instant."""

    def __init__(self, identity: str, firmware: Firmware, connectors: Mapping[int, Connector], start: datetime) -> None:
        self.identity, self.firmware, self.connectors = identity, firmware, dict(connectors)
        self.electronics = Electronics(firmware, start)
        self.configuration = Configuration(firmware, max(self.connectors))
        self.profiles: tuple[Profile, ...] = ()
        self.outbox: list[Message] = [messages.boot(self.firmware)]
        self.flash_writes = 0  # of the maximum that it keeps in flash memory, which wears out
        self._stepped_s: float | None = None
        self._reported: dict[int, str] = {}
        self._metered_s: dict[int, float] = {}
        self._obeyed_a: dict[int, float] = {}
        self._cured = False
        self._heartbeat_s = 0.0

    def step(self, now_s: float, number: int, voltage_v: float, powered: bool) -> None:
        """Advance connector `number` by a second; the first connector also advances the charge point."""
        if self._stepped_s != now_s:
            self._stepped_s = now_s
            self._advance_electronics(now_s, powered)
        connector = self.connectors[number]
        alive = self.electronics.running and not self.electronics.faulted
        connector.step(now_s, self._limit_a(connector, voltage_v), voltage_v, alive)
        self._report_changes(connector, voltage_v)

    def set_profile(self, connector: int, payload: Mapping[str, Any]) -> str:
        """Carry out SetChargingProfile; return its status."""
        firmware, now_s = self.firmware, self.electronics.now_s
        if not firmware.smart_charging:
            return "NotSupported"
        if firmware.rejects_from_s is not None and now_s >= firmware.rejects_from_s:
            return "Rejected"
        at = self.connectors.get(connector)
        session = at.session if at else None
        try:
            profile = bound(read_profile(payload, connector, now_s), session.id if session else None)
        except NotUnderstood:
            return "Rejected"
        placed = {
            MAXIMUM: connector == 0,
            DEFAULT: connector == 0 or at is not None,
            OWN: session is not None and profile.transaction == session.id,
        }[profile.purpose]
        takes_unit = firmware.takes_amps if profile.unit == "A" else firmware.takes_watts
        after = with_profile(self.profiles, profile)
        fits = profile.level <= firmware.highest_stack_level and len(after) <= firmware.most_profiles
        if not (placed and takes_unit and fits):
            return "Rejected"
        self.profiles = after
        self.flash_writes += profile.purpose == MAXIMUM
        return "Accepted"

    def clear_profiles(self, **criteria: Any) -> str:
        """Carry out ClearChargingProfile; return its status."""
        before, self.profiles = self.profiles, without_profiles(self.profiles, **criteria)
        self._cured |= self.firmware.cured_by == "clear"
        return "Accepted" if self.profiles != before else "Unknown"

    def remote_start(self, number: int | None) -> str:
        """Carry out RemoteStartTransaction; return its status."""
        connector = self.connectors.get(number or min(self.connectors))
        if connector is None or self.electronics.faulted or not connector.can_start():
            return "Rejected"
        connector.start(self.electronics.now_s)
        return "Accepted"

    def remote_stop(self, transaction: int) -> str:
        """Carry out RemoteStopTransaction; return its status."""
        for connector in self.connectors.values():
            if connector.session is not None and connector.session.id == transaction:
                connector.stop("Remote", self.electronics.now_s)
                return "Accepted"
        return "Rejected"

    def repeat(self, message: str, number: int | None) -> str:
        """Carry out TriggerMessage and return its status; the message follows in the next second."""
        if message == "BootNotification":
            self.outbox.append(messages.boot(self.firmware))
        elif message == "StatusNotification":
            for known in (number,) if number else (0, *self.connectors):
                self._reported.pop(known, None)
        elif message == "MeterValues":
            self._metered_s.clear()
        else:
            return "NotImplemented"
        return "Accepted"

    def reconnected(self) -> None:
        """Drop outdated messages after a reconnect and report the present state again."""
        self.outbox = [m for m in self.outbox if m.action not in ("MeterValues", "StatusNotification")]
        self._reported.clear()
        self._metered_s.clear()

    def _advance_electronics(self, now_s: float, powered: bool) -> None:
        if now_s >= self._heartbeat_s + HEARTBEAT_S:
            self._heartbeat_s = now_s
            self.outbox += [messages.heartbeat()] if self.electronics.connected else []
        happened = self.electronics.advance(now_s, powered)
        if happened == "up":
            self.outbox.insert(0, messages.boot(self.firmware))
            self._reported.clear()  # after a boot it reports the status of each connector
        elif happened is not None:
            for connector in self.connectors.values():
                connector.reboot(now_s)
            if not self.firmware.keeps_profiles:
                self.profiles = tuple(p for p in self.profiles if p.purpose == MAXIMUM)
            self._cured |= self.firmware.cured_by == "reset"

    def _limit_a(self, connector: Connector, voltage_v: float) -> float:
        """Return what the connector may offer [A a phase]; an unresponsive charge point keeps its last limit."""
        firmware, now_s, session = self.firmware, self.electronics.now_s, connector.session
        unresponsive = (
            firmware.unresponsive_from_s is not None and now_s >= firmware.unresponsive_from_s and not self._cured
        )
        if not unresponsive or connector.number not in self._obeyed_a:
            moment = Moment(
                self.electronics.wall().timestamp(),
                now_s,
                connector.number,
                session.id if session else None,
                session.started_s if session else None,
                firmware.relative_to,
            )
            told = commanded_phase_count(self.profiles, moment) if firmware.switches_phases else None
            if told is not None:
                connector.close(min(told, len(connector.phases)))
            phases = connector.lines
            if firmware.watts_for == "used":
                phases = min(phases, connector.car.phases)
            found_a = limit_a(self.profiles, moment, voltage_v * phases)
            allowed_a = firmware.unlimited_a if found_a is None else min(found_a, firmware.unlimited_a)
            self._obeyed_a[connector.number] = allowed_a
        return self._obeyed_a[connector.number]

    def _report_changes(self, connector: Connector, voltage_v: float) -> None:
        at, number, now_s = self.electronics.wall(), connector.number, self.electronics.now_s
        self.outbox += [messages.start_transaction(connector, session, at) for session in connector.begun]
        self.outbox += [messages.stopped(connector, session, at) for session in connector.finished]
        if connector.finished:
            self.profiles = without_transaction(self.profiles, number)
        connector.begun, connector.finished = [], []
        if not self.electronics.connected:
            return
        fault = self.electronics.faulted
        words = {0: "Available", number: connector.status}
        for place, word in words.items():
            told = "Faulted" if fault else word
            if self._reported.get(place) != told:
                self._reported[place] = told
                self.outbox.append(messages.status_notification(place, told, fault, at))
        in_session = connector.session is not None
        every_s = self.configuration.meter_every_s if in_session else self.firmware.idle_meter_every_s
        if now_s >= self._metered_s.get(number, -every_s) + every_s:
            self._metered_s[number] = now_s
            self.outbox.append(messages.meter_values(connector, at, voltage_v, self.firmware.current_by))
