"""`tank`: hot water behind a switch, or behind a thermostat of its own: a `water_heater` or a `climate` entity.

A thermostat is told the temperature that is wanted too, so that it ends there by itself should Home Assistant die.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ... import tuning
from ...model.attempts import NO_ATTEMPTS, Attempts
from ...model.electrics import DUST
from ...model.load import Load
from ...model.messages.message import message
from ...model.numbers import number_of
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ...model.units import celsius
from ..driver import (
    Aim,
    Answer,
    DeviceSession,
    Driver,
    ServiceCall,
    draw_age_s,
    draw_entities,
    entity_of,
    named_entities,
    no_calls,
    read_draw,
    single_draw,
    switch_call,
)
from .thermostats import THERMOSTATS, Thermostat, is_thermostat

USUAL_STEP_K = 0.5
"""The step of a thermostat that tells none, and what it may round by."""
COLDEST_C, HOTTEST_C = -20.0, 110.0
"""What is colder or hotter is no temperature of a tank [C]: sensors say -127 when they mean nothing."""


@dataclass(frozen=True, slots=True)
class ThermostatMemory:
    """What a thermostat was sent."""

    sent: Attempts[float] = NO_ATTEMPTS
    """The temperature [°C], and how often any was sent since it last showed the one that it was sent."""
    heats_as: str | None = None
    """The mode in which it was last seen to heat."""


def entities(load: Load) -> tuple[str, ...]:
    """Switch, temperature and power."""
    return named_entities(load, "switch", "temperature") + draw_entities(load.device.get("power"))


def _thermostat(load: Load) -> Thermostat | None:
    """What is known of the entity's domain; None for one that is only on or off."""
    return THERMOSTATS.get((entity_of(load, "switch") or "").partition(".")[0])


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A tank whose switch does not answer is not available; what it draws still counts."""
    switch, power = entity_of(load, "switch") or "", load.device.get("power")
    thermostat, temperature_c = _thermostat(load), _temperature_c(load, view)
    if thermostat is None:
        word = view.word(switch)
        on = None if word is None else {"on": True, "off": False}.get(word.strip().lower())
    else:
        on = thermostat.is_on(view, switch)
    single_a, is_power = single_draw(view, load, power, voltage_v)
    boost_c = number_of(load.device.get("boost_c")) or HOTTEST_C
    return LoadState(
        draw_a=read_draw(view, load, power, voltage_v),
        single_a=single_a,
        is_power=is_power,
        draw_age_s=draw_age_s(view, power),
        switched=True,
        on=on,
        status=Status.CONNECTED,
        available=on is not None,
        temperature_c=temperature_c,
        boosted=temperature_c is not None and temperature_c >= boost_c,
        hot=_is_hot(load, view, switch, temperature_c, thermostat),
    )


def _temperature_c(load: Load, view: View) -> float | None:
    entity = entity_of(load, "temperature") or ""
    if is_thermostat(entity):
        degrees, unit = view.attribute_number(entity, "current_temperature"), ""
        if view.word(entity) is None:
            return None
    else:
        degrees, unit = view.number(entity), view.unit(entity)
    found_c = None if degrees is None else celsius(degrees, unit)
    return round(found_c, 2) if found_c is not None and COLDEST_C < found_c < HOTTEST_C else None


def _is_hot(
    load: Load,
    view: View,
    switch: str,
    temperature_c: float | None,
    thermostat: Thermostat | None,
    told_c: float | None = None,
) -> bool:
    """Whether its own thermostat, or all that CONFIG would ever heat it to, says that it does not draw.

    `told_c`: what the thermostat was told last. Where it shows something lower it may be late, or never show it, and
    heat all the same.
    """
    if thermostat is not None:
        if str(view.attribute(switch, "hvac_action") or "").lower() in ("idle", "off"):
            return True
        set_c = view.attribute_number(switch, "temperature")
        if set_c is not None and told_c is not None:
            set_c = max(set_c, told_c)
        if set_c is not None and temperature_c is not None and temperature_c >= set_c:
            return True
    ends_c = [value for key in ("boost_c", "hygiene_c") if (value := number_of(load.device.get(key))) is not None]
    return temperature_c is not None and bool(ends_c) and temperature_c > max(ends_c) + tuning.TANK_OVERHEATED_K


def observe(
    load: Load,
    view: View,
    state: LoadState,
    past: ThermostatMemory | None,
    answers: tuple[Answer, ...],
    voltage_v: float,
) -> tuple[LoadState, ThermostatMemory]:
    """Remembers the mode in which the device heats when it is on; it is not hot by less than it was told.

    One that never shows what it is told is named, until it does.
    """
    told, thermostat, switch = past or ThermostatMemory(), _thermostat(load), entity_of(load, "switch") or ""
    word = view.word(switch)
    sent = told.sent
    if state.hot and sent.value is not None:
        state = replace(state, hot=_is_hot(load, view, switch, state.temperature_c, thermostat, sent.value))
    if thermostat is not None and state.on and word is not None:
        told = replace(told, heats_as=word)
    if sent.times and _shows(view, switch, sent.value):
        told = replace(told, sent=replace(sent, times=0))
    elif sent.times >= tuning.UNRESPONSIVE_TIMES and word is not None and sent.value is not None:
        state = replace(state, missing=_unresponsive(view, switch, sent.value))
    return state, told


def _shows(view: View, switch: str, target_c: float | None) -> bool:
    shown_c = view.attribute_number(switch, "temperature")
    return shown_c is not None and target_c is not None and abs(shown_c - target_c) <= USUAL_STEP_K + DUST


def _unresponsive(view: View, switch: str, sent_c: float) -> str:
    shown_c = view.attribute_number(switch, "temperature")
    if shown_c is None:
        return message("temperature_not_displayed", entity=switch, sent_c=sent_c)
    return message("temperature_not_taken", entity=switch, sent_c=sent_c, shown_c=shown_c)


def act(
    load: Load, view: View, state: LoadState, aim: Aim, past: ThermostatMemory | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], ThermostatMemory]:
    """On or off as commanded. A thermostat is told the temperature before it is switched on, and when that changes."""
    told, switch, thermostat = past or ThermostatMemory(), entity_of(load, "switch") or "", _thermostat(load)
    on = None if aim.command is None else aim.command.on
    if thermostat is None:
        return (() if on is None else (switch_call(switch, on),)), told
    need = aim.switched.need
    target_c = None if need is None else need.target_c
    made: list[ServiceCall] = []
    # Off is off, whatever else there is to tell.
    heats = aim.setpoint_a > 0 and on is not False and (on or state.on is True)
    if heats and target_c is not None and thermostat.takes_temperature(view, switch):
        wanted_c = _settable_c(view, switch, target_c)
        due = told.sent.is_due(wanted_c, tuning.LASTING_S, view.now_s)
        if not _shows(view, switch, wanted_c) and (due or on):
            made.append(thermostat.temperature_call(switch, wanted_c))
            # Another temperature is one more attempt as long as the device has shown none.
            told = replace(told, sent=Attempts(wanted_c, view.now_s, told.sent.times + 1))
    if on is not None:
        call = thermostat.on_call(view, switch, told.heats_as) if on else thermostat.off_call(view, switch)
        made += [] if call is None else [call]
    return tuple(made), told


def _settable_c(view: View, switch: str, target_c: float) -> float:
    """The temperature on the device's own steps and within its own ends; rounded up, for below it would never end."""
    step_k = view.attribute_number(switch, "target_temp_step") or USUAL_STEP_K
    low_c, high_c = view.attribute_number(switch, "min_temp"), view.attribute_number(switch, "max_temp")
    wanted_c = round(math.ceil(round(target_c / step_k, 6)) * step_k, 2)
    if low_c is not None:
        wanted_c = max(wanted_c, low_c)
    return wanted_c if high_c is None else min(wanted_c, high_c)


def until_hot(state: LoadState) -> bool | None:
    """A tank's boost lasts until it is at `boost_c`."""
    return None if state.temperature_c is None else not state.boosted


TANK = Driver(entities, read, no_calls, DeviceSession(observe, act), until_hot)
