"""Driver of `thermostat`: a room's climate entity, whose set point is warmer or colder while Fusebox requests that.

It is never switched. A set point that somebody changes stays until Fusebox next requests another state, or CONFIG's set
point for this one changes; also across a restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ... import tuning
from ...model.appliance_memory import BLOCK, NORMAL, RECOMMEND
from ...model.durations import NO_ATTEMPTS, Attempts, may_arrive
from ...model.electrics import DUST
from ...model.load import Load
from ...model.messages.message import message
from ...model.readings import View
from ...model.snapshot import LoadState
from ..driver import (
    Aim,
    Answer,
    Calls,
    Contact,
    DeviceSession,
    Driver,
    appliance_state,
    entity_of,
    watching,
)
from .thermostats import CLIMATE, settable_c, step_k, unresponsive_message

SET_POINTS: Mapping[str, str] = {BLOCK: "minimum_c", NORMAL: "normal_c", RECOMMEND: "boost_c"}
"""State -> the key of its set point."""


@dataclass(frozen=True, slots=True)
class SetPoint:
    """Memory of a room's set point.

    `state` and `target_c`: what it was last seen to follow, None before the first step; `sent`: attempts to set
    another; `overtaken`: the last one of another set point, which was not displayed and may still arrive; right after
    a restart of an unknown one of CONFIG's.
    """

    state: str | None = None
    target_c: float | None = None
    sent: Attempts[float] = NO_ATTEMPTS
    overtaken: Attempts[float] = NO_ATTEMPTS


def _climate(load: Load) -> str:
    return entity_of(load, "climate") or ""


def _displayed_set_point_c(load: Load, view: View) -> float | None:
    """Return the set point that the thermostat displays [°C], None without one."""
    return view.attribute_number(_climate(load), "temperature")


def _settable_target_c(load: Load, view: View, state: str) -> float:
    """Return the set point that CONFIG has for a state [°C], as the thermostat can be set to it."""
    return settable_c(view, _climate(load), load.number(SET_POINTS[state]))


def _displays(load: Load, view: View, set_c: float, state: str) -> bool:
    """Return whether a set point [°C] is that of a state, within half a step."""
    return abs(set_c - _settable_target_c(load, view, state)) <= step_k(view, _climate(load)) / 2 + DUST


def _is_beyond(set_c: float, state: str, target_c: float) -> bool:
    """Return whether a set point [°C] is colder than that of a block, or warmer than that of a recommended room."""
    return set_c < target_c if state == BLOCK else state == RECOMMEND and set_c > target_c


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a room's state by its set point: recommended at the warm one, blocked at the cold one, otherwise normal.

    So one that a person has set, however low or high, is no state of Fusebox's. No such state for a thermostat that is
    off, cools, has no set point or cannot be set as low as `boost_c`, as one in °F; unavailable while it is unknown.
    """
    climate = _climate(load)
    word, set_c = view.word(climate), _displayed_set_point_c(load, view)
    heats = word in CLIMATE.heats and view.attribute(climate, "hvac_action") != "cooling" and set_c is not None
    heats = heats and (view.attribute_number(climate, "min_temp") or 0.0) <= load.number("boost_c")
    state = None
    if heats and set_c is not None and CLIMATE.takes_temperature(view, climate):
        signals = (each for each in (RECOMMEND, BLOCK) if _displays(load, view, set_c, each))
        state = next(signals, NORMAL)
    on, idle_reason = None if word is None else heats, "" if heats or word is None else message("room_not_heating")
    return appliance_state(load, view, voltage_v, on, can_use_power=heats, idle_reason=idle_reason, sg=state)


def observe_set_point(contact: Contact, memory: SetPoint, answers: tuple[Answer, ...]) -> tuple[LoadState, SetPoint]:
    """Return the load's state with the room's state (`sg`) that Fusebox last set, and the memory.

    While the set point of another state is to be set it is the displayed one. A set point above that of a block, set by
    a person, ends the block. A thermostat that does not display the set point it was sent `UNRESPONSIVE_TIMES` is
    reported.
    """
    load, view, state = contact.load, contact.view, contact.state
    set_c = _displayed_set_point_c(load, view)
    if state.sg is None or set_c is None:
        return state, memory
    if memory.state == BLOCK and memory.sent.value is None and set_c > _settable_target_c(load, view, BLOCK):
        memory = replace(memory, state=NORMAL, target_c=_settable_target_c(load, view, NORMAL))
    if memory.state is not None and memory.sent.value in (None, _settable_target_c(load, view, memory.state)):
        state = replace(state, sg=memory.state)
    if memory.sent.times >= tuning.UNRESPONSIVE_TIMES and memory.sent.value is not None:
        state = replace(state, missing=unresponsive_message(view, _climate(load), memory.sent.value))
    return state, memory


def next_set_point_calls(contact: Contact, memory: SetPoint, aim: Aim) -> tuple[Calls, SetPoint]:
    """Return the call that sets another set point, if its state or CONFIG's value has changed, and the memory.

    A displayed value within half a step counts as set. A set point that a person has changed since stays, as does one
    that is found at the first step, unless it is that of another state, or a command that arrived late; also one that a
    new state would move the other way, such as a block up. One not displayed is sent again after `LASTING_S`. No call
    without a commanded state or while the thermostat's is unknown.
    """
    load, view, pump = contact.load, contact.view, aim.switched.pump
    set_c = _displayed_set_point_c(load, view)
    commanded = None if pump is None else pump.commanded
    if pump is None or commanded is None or commanded not in SET_POINTS or contact.state.sg is None or set_c is None:
        return (), memory
    climate, target_c, found = _climate(load), _settable_target_c(load, view, commanded), contact.state.sg
    is_found = memory.state is None and (found == commanded or (found == NORMAL and pump.reached))
    is_persons = is_found or (commanded != memory.state and _is_beyond(set_c, commanded, target_c))
    # Until another set point that was sent is displayed, this one may be displayed only because that is on its way.
    if memory.sent.value in (None, target_c):
        if is_persons or _displays(load, view, set_c, commanded):
            is_first = memory.state is None and found == commanded
            overtaken = Attempts(sent_s=view.now_s) if is_first else memory.overtaken
            return (), SetPoint(commanded, target_c, overtaken=overtaken)
        is_expected = may_arrive(memory.overtaken.sent_s, view.now_s) or memory.sent.value == target_c
        is_ours, late_c = any(_displays(load, view, set_c, each) for each in SET_POINTS), memory.overtaken.value
        is_late = is_expected and (is_ours if late_c is None else set_c == late_c)
        if (commanded, target_c) == (memory.state, memory.target_c) and not is_late:
            return (), replace(memory, sent=NO_ATTEMPTS)
    if not memory.sent.is_due(target_c, tuning.LASTING_S, view.now_s):
        return (), memory
    sent = memory.sent.after_sending(target_c, view.now_s)
    overtaken = memory.overtaken if memory.sent.value in (None, target_c) else memory.sent
    return (CLIMATE.temperature_call(climate, target_c),), replace(memory, sent=sent, overtaken=overtaken)


SESSION = DeviceSession(SetPoint, observe_set_point, next_set_point_calls, device_keys=("climate",))
ROOM = Driver(watching("climate", draw="power"), read_state, session=SESSION)
