"""`plug`: a switched load with a rating, and a power sensor where it has one."""

from __future__ import annotations

from ...model.decision import Command
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import (
    Driver,
    ServiceCall,
    draw_age_s,
    draw_entities,
    entity_of,
    named_entities,
    read_draw,
    single_draw,
    switch_call,
    switch_state,
)


def entities(load: Load) -> tuple[str, ...]:
    """Switch and power."""
    return named_entities(load, "switch") + draw_entities(load.device.get("power"))


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A plug whose switch does not answer is not available; what it draws still counts."""
    switch = entity_of(load, "switch")
    on = None if switch is None else switch_state(view, switch)
    single_a, is_power = single_draw(view, load, load.device.get("power"), voltage_v)
    return LoadState(
        draw_a=read_draw(view, load, load.device.get("power"), voltage_v),
        single_a=single_a,
        is_power=is_power,
        draw_age_s=draw_age_s(view, load.device.get("power")),
        switched=True,
        on=on,
        status=Status.CONNECTED,
        available=on is not None,
    )


def calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """On or off."""
    switch = entity_of(load, "switch")
    return () if switch is None or command.on is None else (switch_call(switch, command.on),)


def until_taken_back(state: LoadState) -> bool | None:
    """What cannot tell when it has had enough is boosted until somebody ends it."""
    return None


PLUG = Driver(entities, read, calls, boosted=until_taken_back)
