"""Driver of `power`: a device that is sent watts, by a number or by the brightness of a light.

Here watts become amps, and amps watts, by one voltage that never moves: a measured one would make a number that stands
still look like a change by its user. A three-phase device counts evenly on its phases.
"""

from __future__ import annotations

from ...config.domains import domain_of
from ...config.presets import power_preset_named
from ...model.decision import Command
from ...model.electrics import DUST
from ...model.load import Load
from ...model.messages.message import Message
from ...model.readings import View
from ...model.snapshot import LoadState
from ...model.units import WATTS, other_unit_problem
from ..driver import (
    Driver,
    ServiceCall,
    draw_fields,
    entity_of,
    set_value_or_option_call,
    switch_call,
    switch_state,
    watching,
)
from .plug import boost_goes_on
from .tank import tank_temperature_c

FULL_BRIGHTNESS = 255
"""Home Assistant's brightness of a light that is fully on."""


def is_light(entity: str) -> bool:
    """Return whether an entity is dimmed instead of being set to watts."""
    return domain_of(entity) == "light"


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the state of a load that is set in watts.

    It is unavailable while its number or its switch cannot be read, or in another unit. A displayed power at or below
    `off_w` counts as 0 A. With a preset whose number shows the draw, the offer is unknown.
    """
    power, switch, draw = entity_of(load, "power") or "", entity_of(load, "switch"), load.device.get("draw")
    shown_w, fault = _shown_w(load, view, power), _unit_problem(view, power)
    row, per_a = power_preset_named(load.device.get("preset")), load.number("watts_per_a")
    hides_setting = row is not None and row.shows_draw
    least_w, most_w, step_w = _range_w(load, view, power)
    offer_a = None if shown_w is None or hides_setting else _offer_a(load, shown_w)
    return LoadState(
        offer_a=offer_a,
        offer_hidden=hides_setting,
        offer_is_set=True,
        starts_at_a=DUST,
        switched=switch is not None,
        on=switch_state(view, switch),
        can_pause=switch is not None or (least_w or 0.0) <= load.number("off_w"),
        available=shown_w is not None and not fault and (switch is None or switch_state(view, switch) is not None),
        device_min_a=max(least_w or 0.0, 0.0) / per_a,
        device_max_a=None if most_w is None else most_w / per_a,
        device_step_a=None if step_w is None else step_w / per_a,
        temperature_c=tank_temperature_c(load, view),
        fault=fault,
        **draw_fields(view, load, draw, voltage_v),
    )


def _range_w(load: Load, view: View, power: str) -> tuple[float | None, float | None, float | None]:
    """Return the least and the highest power that can be set, and its step [W]; None for each not stated.

    A light ranges from 0 to CONFIG's `max_w`.
    """
    if is_light(power):
        return 0.0, load.number("max_w"), load.number("max_w") / FULL_BRIGHTNESS
    least_w, most_w, step_w = (view.attribute_number(power, key) for key in ("min", "max", "step"))
    return least_w, most_w, step_w


def _offer_a(load: Load, shown_w: float) -> float:
    """Return the current on each phase of a displayed power [A], 0 for what counts as off."""
    return 0.0 if shown_w <= load.number("off_w") else shown_w / load.number("watts_per_a")


def _shown_w(load: Load, view: View, power: str) -> float | None:
    """Return the power that the device displays as its setting [W]; a light's by its brightness, 0 when off.

    None while unknown.
    """
    if not is_light(power):
        return view.number(power)
    on = switch_state(view, power)
    if on is None:
        return None
    brightness = view.attribute_number(power, "brightness") if on else 0.0
    return None if brightness is None else load.number("max_w") * brightness / FULL_BRIGHTNESS


def _unit_problem(view: View, power: str) -> str | Message:
    """Return what is wrong with the unit of the number, "" for nothing: only watts can be sent to it."""
    unit = "" if is_light(power) else view.shown_unit(power)
    return other_unit_problem(power, unit, WATTS) if unit and not WATTS.fits(unit) else ""


def command_calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Return the calls of a command: switching off first, the power [W], switching on last. 0 A is sent as `off_w`.

    Only for what the command contains, and without a switch in CONFIG only for the power.
    """
    power, switch = entity_of(load, "power") or "", entity_of(load, "switch")
    made = [] if command.current_a is None else [_power_call(load, power, command.current_a)]
    if command.on is not None and switch is not None:
        made.insert(len(made) if command.on else 0, switch_call(switch, command.on))
    return tuple(made)


def _power_call(load: Load, power: str, current_a: float) -> ServiceCall:
    """Return the call that sets a current's power, `off_w` for 0 A; a light's brightness, or off for none."""
    power_w = load.watts_of(current_a) if current_a > 0 else round(load.number("off_w"))
    if not is_light(power):
        return set_value_or_option_call(power, power_w)
    brightness = round(FULL_BRIGHTNESS * min(power_w / load.number("max_w"), 1.0))
    if brightness <= 0:
        return switch_call(power, False)
    return ServiceCall("light", "turn_on", {"entity_id": power, "brightness": brightness})


POWER_DRIVER = Driver(
    watching("power", "switch", "temperature", draw="draw"), read_state, command_calls, boosted=boost_goes_on
)
