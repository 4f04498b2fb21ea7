"""Driver of `plug`: a switched load with a rated power, and a power sensor where it has one."""

from __future__ import annotations

from ...model.decision import Command
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState
from ..driver import (
    Driver,
    ServiceCall,
    appliance_state,
    entity_of,
    switch_call,
    switch_state,
    watching,
)


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a plug's state. Without a readable switch it is unavailable; its draw still counts."""
    return appliance_state(load, view, voltage_v, switch_state(view, entity_of(load, "switch")), switched=True)


def switch_calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Return the calls that switch the plug on or off; empty without a switch command."""
    switch = entity_of(load, "switch")
    return () if switch is None or command.on is None else (switch_call(switch, command.on),)


def boost_goes_on(state: LoadState) -> bool | None:
    """Return None, because a plug cannot report when it is full: its boost lasts until it is ended by hand."""
    return None


PLUG = Driver(watching("switch", draw="power"), read_state, switch_calls, boosted=boost_goes_on)
