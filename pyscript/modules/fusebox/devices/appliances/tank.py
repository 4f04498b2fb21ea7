"""Driver of `tank`: hot water behind a switch, or a `water_heater` or `climate` entity with its own thermostat.

A thermostat also gets the target temperature, so that it stops by itself if Home Assistant dies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ... import tuning
from ...config.domains import domain_of
from ...model.durations import NO_ATTEMPTS, Attempts
from ...model.electrics import DUST
from ...model.load import Load
from ...model.numbers import number_of
from ...model.readings import View
from ...model.snapshot import LoadState
from ...model.units import celsius
from ..driver import (
    Aim,
    Answer,
    Calls,
    Contact,
    DeviceSession,
    Driver,
    ServiceCall,
    appliance_state,
    entity_of,
    switch_call,
    switch_state,
    watching,
)
from .thermostats import THERMOSTATS, USUAL_STEP_K, Thermostat, is_thermostat, settable_c, unresponsive_message

COLDEST_C, HOTTEST_C = -20.0, 110.0
"""Temperatures outside this range are not those of a tank [°C]: some sensors report -127 for no value."""


@dataclass(frozen=True, slots=True)
class ThermostatMemory:
    """Memory of what was sent to a thermostat."""

    sent: Attempts[float] = NO_ATTEMPTS
    """The temperature sent [°C], with the number of attempts since it last showed a temperature that was sent."""
    heats_as: str | None = None
    """The mode in which it was last seen heating, None before that."""


def _thermostat(load: Load) -> Thermostat | None:
    """Return how the switch entity's domain is controlled; None for a plain switch."""
    return THERMOSTATS.get(domain_of(entity_of(load, "switch") or ""))


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a tank's state. Without a readable switch it is unavailable; its draw still counts."""
    switch = entity_of(load, "switch") or ""
    thermostat, temperature_c = _thermostat(load), tank_temperature_c(load, view)
    on = switch_state(view, switch) if thermostat is None else thermostat.is_on(view, switch)
    boost_c = number_of(load.device.get("boost_c")) or HOTTEST_C
    boosted, hot = temperature_c is not None and temperature_c >= boost_c, _wants_no_heat(load, view, temperature_c)
    known = {"switched": True, "temperature_c": temperature_c, "boosted": boosted, "hot": hot}
    return appliance_state(load, view, voltage_v, on, **known)


def tank_temperature_c(load: Load, view: View) -> float | None:
    """Return what a load's thermometer shows [°C]; None without one, while unknown, or where it cannot be."""
    entity = entity_of(load, "temperature") or ""
    if is_thermostat(entity):
        degrees, unit = view.attribute_number(entity, "current_temperature"), ""
        if view.word(entity) is None:
            return None
    else:
        degrees, unit = view.number(entity), view.unit(entity)
    found_c = None if degrees is None else celsius(degrees, unit)
    return round(found_c, 2) if found_c is not None and COLDEST_C < found_c < HOTTEST_C else None


def _wants_no_heat(load: Load, view: View, temperature_c: float | None, sent_c: float | None = None) -> bool:
    """Return whether the tank draws nothing even if it is on: by its thermostat, or hotter than CONFIG ever requests.

    `sent_c`: the temperature last sent to the thermostat [°C]. A thermostat that displays a lower one may be late, or
    never display it, and may be heating. An unknown temperature does not count as hot.
    """
    switch = entity_of(load, "switch") or ""
    if is_thermostat(switch):
        if str(view.attribute(switch, "hvac_action") or "").lower() in ("idle", "off"):
            return True
        set_c = view.attribute_number(switch, "temperature")
        if set_c is not None and sent_c is not None:
            set_c = max(set_c, sent_c)
        if set_c is not None and temperature_c is not None and temperature_c >= set_c:
            return True
    ends_c = [value for key in ("boost_c", "hygiene_c") if (value := number_of(load.device.get(key))) is not None]
    return temperature_c is not None and bool(ends_c) and temperature_c > max(ends_c) + tuning.TANK_OVERHEATED_K


def observe_thermostat(
    contact: Contact, memory: ThermostatMemory, answers: tuple[Answer, ...]
) -> tuple[LoadState, ThermostatMemory]:
    """Return the state, and the memory with the mode in which the thermostat heats and whether it displays its target.

    A target sent `UNRESPONSIVE_TIMES` without being displayed is reported (`missing`) until it is. A displayed setpoint
    below the one sent does not make the tank hot.
    """
    load, view, state, sent = contact.load, contact.view, contact.state, memory.sent
    thermostat, switch = _thermostat(load), entity_of(load, "switch") or ""
    word = view.word(switch)
    if state.hot and sent.value is not None:
        state = replace(state, hot=_wants_no_heat(load, view, state.temperature_c, sent.value))
    if thermostat is not None and state.on and word is not None:
        memory = replace(memory, heats_as=word)
    if sent.times and _displays_target(view, switch, sent.value):
        memory = replace(memory, sent=replace(sent, times=0))
    elif sent.times >= tuning.UNRESPONSIVE_TIMES and word is not None and sent.value is not None:
        state = replace(state, missing=unresponsive_message(view, switch, sent.value))
    return state, memory


def _displays_target(view: View, switch: str, target_c: float | None) -> bool:
    """Return whether the thermostat displays this target temperature; False if either is unknown."""
    shown_c = view.attribute_number(switch, "temperature")
    return shown_c is not None and target_c is not None and abs(shown_c - target_c) <= USUAL_STEP_K + DUST


def next_thermostat_calls(contact: Contact, memory: ThermostatMemory, aim: Aim) -> tuple[Calls, ThermostatMemory]:
    """Return the calls to switch as commanded, and the memory; a plain switch is only switched.

    A thermostat gets its target before it is switched on, and while it heats again every `LASTING_S` until it displays
    it. No calls without a command while the target is displayed.
    """
    load, view = contact.load, contact.view
    switch, thermostat = entity_of(load, "switch") or "", _thermostat(load)
    on = None if aim.command is None else aim.command.on
    if thermostat is None:
        return (() if on is None else (switch_call(switch, on),)), memory
    need = aim.switched.need
    target_c = None if need is None else need.target_c
    made: list[ServiceCall] = []
    # A temperature is never sent together with an off command.
    heats = aim.setpoint_a > 0 and on is not False and (on or contact.state.on is True)
    if heats and target_c is not None and thermostat.takes_temperature(view, switch):
        wanted_c = settable_c(view, switch, target_c)
        due = memory.sent.is_due(wanted_c, tuning.LASTING_S, view.now_s)
        if not _displays_target(view, switch, wanted_c) and (due or on):
            made.append(thermostat.temperature_call(switch, wanted_c))
            # Another temperature is one more attempt as long as the device has shown none.
            memory = replace(memory, sent=Attempts(wanted_c, view.now_s, memory.sent.times + 1))
    if on is not None:
        call = thermostat.on_call(view, switch, memory.heats_as) if on else thermostat.off_call(view, switch)
        made += [] if call is None else [call]
    return tuple(made), memory


def boost_goes_on(state: LoadState) -> bool | None:
    """Return whether a tank's boost goes on: until the water has reached `boost_c`; None while that is unknown."""
    return None if state.temperature_c is None else not state.boosted


SESSION = DeviceSession(ThermostatMemory, observe_thermostat, next_thermostat_calls, repeats=False)
TANK = Driver(watching("switch", "temperature", draw="power"), read_state, session=SESSION, boosted=boost_goes_on)
