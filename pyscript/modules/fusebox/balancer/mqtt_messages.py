"""MQTT messages: one per device with the values of its entities, and the commands of controls.

A command is executed by the service of the same purpose: with its checks and its sentences.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..model.load import Load
from ..model.load_plan import LoadPlan
from ..model.messages.message import message
from ..model.numbers import number_of
from ..model.own_entities import load_entity
from ..runtime.log_throttle import exception_text
from ..runtime.ports import EntityState, Ports, present_state
from ..runtime.service_calls import ServiceError, ServiceFunction
from . import services
from .balancer import Balancer
from .controls import LOAD_SETTINGS, SITE_SETTINGS
from .mqtt_discovery import COMMANDS, METERED, STOPS
from .plan_services import plan_line, set_plan, set_plan_line
from .session_services import set_limit, set_vehicle
from .setting_service import set_values

KeyValues = Mapping[str, object]
"""Key of a control -> the value that it displays."""
LONGEST_STATE = 255
"""The longest state that Home Assistant accepts, in characters."""


def load_settings(load: Load, boosted: frozenset[str], own: LoadPlan | None, values: KeyValues) -> dict[str, object]:
    """Return what the controls of a load as configured display, by key.

    `boosted`: the names of boosted loads; `own`: the plan that a service has set; `values`: what the controls of
    CONFIG's values display.
    """
    plan = load.plan if own is None else own
    most = None if plan is None else plan.max_price
    shown = {"plan": plan_line(plan), "max_price": most, "boosted": "ON" if load.name in boosted else "OFF"}
    return {"mode": str(load.mode), **values, **shown}


def metered_states(ports: Ports, name: str) -> Mapping[str, str]:
    """Return quantity -> state of a load's own entities for power and energy, as far as they exist."""
    states = {key: present_state(ports, load_entity(name, key)).state for key in METERED}
    return {key: state for key, state in states.items() if state is not None}


def load_state_message(entity: EntityState, metered: Mapping[str, str], settings: KeyValues, refused: str) -> str:
    """Return the message with a load's state as JSON; null for what is unknown or does not apply.

    `metered`: the states of its power and energy entities; `settings`: those of `load_settings`; `refused`: the last
    refusal, "" for none.
    """
    draw_a = entity.attributes.get("draw_a")
    used = entity.attributes.get("phases_used")
    drawn = [each for each in draw_a.values() if each is not None] if isinstance(draw_a, Mapping) else []
    return json.dumps(
        {
            "allocated": number_of(entity.state),
            "drawn": max(drawn, default=None),
            **{key: number_of(state) for key, state in metered.items()},
            "status": entity.attributes.get("status"),
            "reason": _state_text(entity.attributes.get("reason")),
            **settings,
            "phases": str(len(used)) if isinstance(used, list) else None,
            **({"vehicle": entity.attributes["vehicle"]} if "vehicle" in entity.attributes else {}),
            "plan_state": entity.attributes.get("plan_state"),
            **{key: entity.attributes.get(key) or 0 for key in STOPS if key in entity.attributes},
            "refused": _state_text(refused),
        }
    )


def site_message(entity: EntityState, values: KeyValues, refused: str) -> str:
    """Return the message of the site as JSON. `values`: what its controls display."""
    reason = _state_text(entity.attributes.get("reason"))
    return json.dumps({"status": entity.state, "reason": reason, **values, "refused": _state_text(refused)})


def _state_text(text: object) -> str | None:
    """Return a sentence cut to the length of a state; None if there is none."""
    sentence = "" if text is None else str(text)
    return (sentence if len(sentence) <= LONGEST_STATE else f"{sentence[: LONGEST_STATE - 3]}...") or None


SERVICES: Mapping[str, tuple[ServiceFunction, str | None]] = {
    "mode": (services.set_mode, "mode"),
    "phases": (services.switch_phases, "phases"),
    "boost": (services.boost, "state"),
    "plan": (set_plan_line, "line"),
    "max_price": (set_plan, "max_price"),
    **{key: (set_limit, key) for key in STOPS},
    "vehicle": (set_vehicle, "vehicle"),
    "reset": (services.reset_charger, None),
}
"""The setting in the topic -> the service that sets it for a load, and its field for the payload, None if it has none.

Only where the setting is no value of CONFIG.
"""
SETTING_KEYS = tuple(dict.fromkeys(setting.key for setting in (*SITE_SETTINGS, *LOAD_SETTINGS)))


def load_of_topic(topic: str) -> str:
    """Return the load, or `site`, that a topic belongs to."""
    return topic.split("/")[COMMANDS.split("/").index("+")]


async def execute_or_refuse(balancer: Balancer, now_s: float, topic: str, payload: str) -> str:
    """Execute a control's command; return "" on success, otherwise a sentence on why it is refused or failed."""
    key, name = topic.split("/")[-2], load_of_topic(topic)
    try:
        if key in SERVICES:
            execute, field = SERVICES[key]
            await execute(balancer, now_s, load=name, **({} if field is None else {field: payload}))
        elif key in SETTING_KEYS:
            await set_values(balancer, now_s, load=name, **{key: payload})
        else:
            raise ServiceError(message("control_unknown", path=topic, known=", ".join((*SERVICES, *SETTING_KEYS))))
    except Exception as error:
        # Other errors have been logged by the service.
        return str(error) if isinstance(error, ServiceError) else exception_text(error)
    return ""
