"""What decides what a charge point is told in one step, and how its calls are written."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState
from ..driver import Aim, ServiceCall
from .entities import connector_of, devid, entity
from .profiles import Connector, Profile, ProfileForm
from .vendors import Quirks

SAFE, LIMIT = "safe", "limit"
"""What a profile is for."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """Everything that decides what is sent in one step."""

    load: Load
    view: View
    state: LoadState
    aim: Aim
    form: ProfileForm
    quirks: Quirks
    unit_is_open: bool
    """Whether nobody has told the unit of limits."""
    voltage_v: float

    @property
    def now_s(self) -> float:
        """The time of the step [s]."""
        return self.view.now_s

    @property
    def lease_s(self) -> float:
        """How long a limit lasts [s]."""
        return float(str(self.load.device["lease_s"]))

    @property
    def connector(self) -> Connector:
        """Where profiles are sent to."""
        return Connector(connector_of(self.load), self.voltage_v, self.load.failsafe_a)

    def entity(self, key: str) -> str | None:
        """The charger's entity of that kind, if there is one."""
        return entity(self.load, key, self.view)

    def call(self, service: str, subject: str = "", **data: object) -> ServiceCall:
        """A service of the integration, for this charger."""
        asks = service == "get_configuration"
        return ServiceCall("ocpp", service, {"devid": devid(self.load, self.view), **data}, asks, subject)

    def send(self, profile: Profile, subject: str) -> ServiceCall:
        """A profile for the load's connector: the safe one, or a limit."""
        return self.call("set_charge_rate", subject, conn_id=connector_of(self.load), custom_profile=dict(profile))

    def press(self) -> ServiceCall | None:
        """The reset button, where there is one that can be pressed."""
        button = self.entity("reset")
        if button is None or str(self.view.raw(button)).strip() == "unavailable":
            return None
        domain = button.split(".")[0]
        return ServiceCall(domain, "turn_on" if domain == "script" else "press", {"entity_id": button})
