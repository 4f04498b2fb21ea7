"""What a control writes over MQTT is done by the service that does the same: the same checks, the same sentences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from ..runtime.log_throttle import said_by
from ..runtime.service_errors import ServiceError
from . import services
from .balancer import Balancer
from .mqtt_discovery import COMMANDS
from .plan_services import set_plan_line

Service = Callable[[Balancer, float, str, str], Awaitable[object]]


SERVICES: Mapping[str, Service] = {
    "mode": lambda balancer, now_s, load, mode: services.set_mode(balancer, now_s, load, mode, {}),
    "max_a": lambda balancer, now_s, load, amps: services.set_current(balancer, now_s, "max_a", load, amps, {}),
    "phases": lambda balancer, now_s, load, number: services.switch_phases(balancer, now_s, load, number, {}),
    "boost": lambda balancer, now_s, load, state: services.boost(balancer, now_s, load, state, {}),
    "plan": set_plan_line,
    "reset": lambda balancer, now_s, load, _: services.reset_charger(balancer, now_s, load, {}),
    "distribution": lambda balancer, now_s, _, word: services.set_distribution(balancer, now_s, word, {}),
}
"""What is set, as the topic names it -> who does it with the load and the payload."""


def load_of(topic: str) -> str:
    """The load, or `site`, that a control is of."""
    return topic.split("/")[COMMANDS.split("/").index("+")]


async def refusal(balancer: Balancer, now_s: float, topic: str, payload: str) -> str:
    """Do what a control asks for: "" when it is done, else the sentence that says why not."""
    service = SERVICES.get(topic.split("/")[-2])
    try:
        if service is None:
            raise ServiceError(f"{topic}: there is no such control; there are {', '.join(SERVICES)}")
        await service(balancer, now_s, load_of(topic), payload)
    except Exception as error:
        # What is no refusal of ours has been logged by the service.
        return str(error) if isinstance(error, ServiceError) else said_by(error)
    return ""
