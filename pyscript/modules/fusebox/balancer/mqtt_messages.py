"""MQTT messages: one per device with the values of its entities, and the commands of controls.

A command is executed by the service of the same purpose: with its checks and its sentences.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from ..model.load import Load
from ..model.load_plan import LoadPlan
from ..model.numbers import number_of
from ..model.own_entities import load_entity
from ..model.site import Site
from ..runtime.log_throttle import said_by
from ..runtime.ports import Ports, Shown, shown
from ..runtime.service_errors import ServiceError
from . import services
from .balancer import Balancer
from .mqtt_discovery import COMMANDS, METERED
from .plan_services import plan_line, set_plan_line

LONGEST_STATE = 255
"""The longest state that Home Assistant accepts, in characters."""


@dataclass(frozen=True)
class LoadSettings:
    """The settings of a load that its controls display."""

    mode: str
    max_a: float
    boosted: bool
    plan: LoadPlan | None = None

    @classmethod
    def of(cls, load: Load, boosted: frozenset[str], own: LoadPlan | None, highest_a: float) -> LoadSettings:
        """Return the settings of a load as configured.

        `boosted`: the names of boosted loads; `own`: the plan that a service has set; `highest_a`: the end of its
        number [A], because Home Assistant displays no value beyond that.
        """
        plan = load.plan if own is None else own
        return cls(str(load.mode), min(load.max_a, highest_a), load.name in boosted, plan)


def metered_states(ports: Ports, name: str) -> Mapping[str, str]:
    """Return quantity -> state of a load's own entities for power and energy, as far as they exist."""
    states = {key: shown(ports, load_entity(name, key)).state for key in METERED}
    return {key: state for key, state in states.items() if state is not None}


def load_message(plain: Shown, metered: Mapping[str, str], settings: LoadSettings, refused: str) -> str:
    """Return the message of a load as JSON.

    `metered`: states of its power and energy; `refused`: the last refusal.
    """
    draw_a = plain.attributes.get("draw_a")
    used = plain.attributes.get("phases_used")
    drawn = [each for each in draw_a.values() if each is not None] if isinstance(draw_a, Mapping) else []
    return json.dumps(
        {
            "allocated": number_of(plain.state),
            "drawn": max(drawn, default=None),
            **{key: number_of(state) for key, state in metered.items()},
            "status": plain.attributes.get("status"),
            "reason": _state(plain.attributes.get("reason")),
            "mode": settings.mode,
            "max_a": settings.max_a,
            "phases": str(len(used)) if isinstance(used, list) else None,
            "plan_state": plain.attributes.get("plan_state"),
            "plan": plan_line(settings.plan),
            "boosted": "ON" if settings.boosted else "OFF",
            "refused": _state(refused),
        }
    )


def site_message(plain: Shown, site: Site, refused: str) -> str:
    """Return the message of the site as JSON."""
    return json.dumps(
        {
            "status": plain.state,
            "reason": _state(plain.attributes.get("reason")),
            "distribution": str(site.distribution),
            "refused": _state(refused),
        }
    )


def _state(text: object) -> str | None:
    """Return a sentence cut to the length of a state; None if there is none."""
    said = "" if text is None else str(text)
    return (said if len(said) <= LONGEST_STATE else f"{said[: LONGEST_STATE - 3]}...") or None


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
"""The setting in the topic -> the service that sets it for a load to the payload."""


def load_of(topic: str) -> str:
    """Return the load, or `site`, that a topic belongs to."""
    return topic.split("/")[COMMANDS.split("/").index("+")]


async def refusal(balancer: Balancer, now_s: float, topic: str, payload: str) -> str:
    """Execute a control's command; return "" if it is done, else why not, as a sentence."""
    service = SERVICES.get(topic.split("/")[-2])
    try:
        if service is None:
            raise ServiceError(f"{topic}: there is no such control; there are {', '.join(SERVICES)}")
        await service(balancer, now_s, load_of(topic), payload)
    except Exception as error:
        # Other errors have been logged by the service.
        return str(error) if isinstance(error, ServiceError) else said_by(error)
    return ""
