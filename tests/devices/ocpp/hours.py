"""An `ocpp` load over seconds and hours: its driver's session step by step, with answers to its calls."""

from __future__ import annotations

from dataclasses import replace

from fusebox.devices.driver import Aim, Answer, Contact, ServiceCall
from fusebox.devices.ocpp.driver import OCPP
from fusebox.devices.ocpp.memory import OcppMemory
from fusebox.devices.ocpp.step import LIMIT, SAFE
from fusebox.model.decision import Command
from fusebox.model.electrics import Phase
from fusebox.model.snapshot import LoadState

from ...runtime.home import Home
from .test_driver import point

LOST = "unavailable"
"""Error of a call while the integration is not connected to the charge point."""


class Hours:
    """An `ocpp` load that charges with 16 A, in steps of a second or more; each call is answered before the next."""

    def __init__(self, rate_unit: str = "A") -> None:
        self.load = replace(point(phases=(Phase.L1,), rate_unit=rate_unit, lease_s=120), failsafe_a=6.0)
        self.home, self.memory, self.now_s = Home(), OcppMemory(), 1000.0
        self.sent: list[tuple[float, ServiceCall]] = []
        self.error = ""
        self.aim = Aim(16.0)
        self.answers: tuple[Answer, ...] = ()
        self.state = LoadState()
        self.reports(status_connector="Charging", reconnects="0", current_import="15.8", current_offered="16")
        self.home.shows("switch.evse1_charge_control", "on")

    def reports(self, **entities: str) -> None:
        for name, word in entities.items():
            unit = {"unit_of_measurement": "A"} if name.startswith("current") else {}
            self.home.shows(f"sensor.evse1_{name}", word, self.now_s, **unit)

    def step(self, every_s: float = 1.0) -> None:
        view, session = self.home.view(self.now_s), OCPP.session
        assert session is not None
        read = OCPP.read(self.load, view, 230.0)
        contact = Contact(self.load, view, read, 230.0)
        self.state, memory = session.observe(contact, self.memory, self.answers)
        calls, self.memory = session.act(replace(contact, state=self.state), memory, self.aim)
        self.sent += [(self.now_s, call) for call in calls]
        self.answers = tuple(Answer(call, self.now_s, None, self.error) for call in calls)
        self.now_s += every_s

    def run(self, seconds: float, every_s: float = 1.0) -> None:
        for _ in range(int(seconds / every_s)):
            self.step(every_s)

    def commands(self, current_a: float, over_fuse: bool = False) -> None:
        """Change the setpoint and send its command in this step."""
        self.aim = Aim(current_a, Command("car", current_a), over_fuse)
        self.step()
        self.aim = Aim(current_a, None, over_fuse)

    def limits(self, since_s: float = 0.0) -> list[float]:
        """Return the currents of all limits sent since then [A]."""
        sent = [call for at_s, call in self.sent if call.subject == LIMIT and at_s >= since_s]
        schedules = [call.data["custom_profile"]["chargingSchedule"] for call in sent]  # type: ignore[index]
        return [schedule["chargingSchedulePeriod"][0]["limit"] for schedule in schedules]

    def safe(self, since_s: float = 0.0) -> list[float]:
        return [at_s for at_s, call in self.sent if call.subject == SAFE and at_s >= since_s]
