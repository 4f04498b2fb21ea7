"""Entities that provide values of CONFIG: which values they accept, and how they are set."""

from __future__ import annotations

from collections.abc import Callable

from ..config.domains import domain_of
from ..model.messages.message import Message, message
from ..model.numbers import number_of
from ..model.readings import View
from .ports import Ports, entity_attributes

SWITCHED_DOMAINS = ("input_boolean", "switch")
"""Domains of entities that are a yes or no."""
SERVICE_OF_DOMAIN = {
    **dict.fromkeys(("input_select", "select"), ("select_option", "option")),
    **dict.fromkeys(("input_number", "number", "input_text", "text"), ("set_value", "value")),
}
"""Domain of an entity that provides a value -> the service and field that set it."""

MeansIt = Callable[[str], bool]
"""Returns whether a label, such as an input_select's option, means the value to be set."""


def entity_refusal(view: View, entity: str, value: object, means_it: MeansIt) -> Message | None:
    """Return why an entity would not accept a value, None if it would; Home Assistant often only logs that.

    It can only be read, is missing or unavailable, has no option that means the value (`means_it`), or a smaller range.
    """
    domain = domain_of(entity)
    raw = view.raw(entity)
    is_switched = isinstance(value, bool) and domain in SWITCHED_DOMAINS
    if domain not in SERVICE_OF_DOMAIN and not is_switched:
        helper = "input_boolean" if isinstance(value, bool) else "input_number"
        helper = "input_select" if isinstance(value, str) else helper
        return message("setting_only_read", entity=entity, kind=helper)
    if raw is None or str(raw) == "unavailable":
        return message("setting_entity_missing" if raw is None else "setting_entity_unavailable", entity=entity)
    if is_switched:
        return None
    if domain.endswith("select"):
        options = [str(option) for option in vars(raw).get("options") or ()]
        if options and not any(map(means_it, options)):
            return message("setting_without_option", entity=entity, value=str(value), known=", ".join(options))
        return None
    return _range_refusal(view, entity, value)


def _range_refusal(view: View, entity: str, value: object) -> Message | None:
    """Return why a value (of a text its length) is outside an entity's `min` and `max`, None if it is inside."""
    text = domain_of(entity).endswith("text")
    size = len(str(value)) if text else number_of(value)
    low, high = view.attribute_number(entity, "min"), view.attribute_number(entity, "max")
    if size is None or ((low is None or size >= low) and (high is None or size <= high)):
        return None
    given = {"least" if high is None else "low": low, "most" if low is None else "high": high}
    unit = " characters" if text else ""
    # The unit stands behind the last of them.
    bounds = {name: f"{end:.6g}{'' if name == 'low' else unit}" for name, end in given.items() if end is not None}
    return message("outside_entity", value=str(value), entity=entity, **bounds)


async def set_entity(ports: Ports, entity: str, value: object, means_it: MeansIt) -> None:
    """Set the entity that provides a value: by the option that means it if it has options, else to the value itself.

    A yes or no switches an input_boolean or switch, and is sent as `on` or `off` to any other. Waits for the service,
    and raises what it raises.
    """
    domain = domain_of(entity)
    if isinstance(value, bool) and domain in SWITCHED_DOMAINS:
        await ports.call(domain, f"turn_{'on' if value else 'off'}", entity_id=entity, blocking=True)
        return
    if isinstance(value, bool):
        value = "on" if value else "off"
    service, field = SERVICE_OF_DOMAIN.get(domain, ("set_value", "value"))
    options = entity_attributes(ports, entity).get("options") or ()
    value = next((option for option in options if means_it(str(option))), value)
    await ports.call(domain, service, **{"entity_id": entity, field: value}, blocking=True)
