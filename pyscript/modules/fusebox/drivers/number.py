"""`number`: any charger whose current Home Assistant can set, with a switch, a draw and a status where it has them."""

from __future__ import annotations

from ..decision import Command
from ..readings import View
from ..site import Load
from ..snapshot import LoadState
from .contract import Driver, ServiceCall, entity_of, named_entities, switch_call, switch_state
from .draw import draw_age_s, draw_entities, read_draw, single_draw
from .status_words import WITHOUT_CAR, status_of


def entities(load: Load) -> tuple[str, ...]:
    """Current, switch, status and draw."""
    return named_entities(load, "current", "switch", "status") + draw_entities(load.device.get("draw"))


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A charger without its number, or with an unavailable one, cannot be steered: it is not available."""
    current, switch, status = (entity_of(load, key) for key in ("current", "switch", "status"))
    seen = status_of(None if status is None else view.word(status))
    offer_a = None if current is None else view.number(current)
    single_a, is_power = single_draw(view, load, load.device.get("draw"), voltage_v)
    return LoadState(
        draw_a=read_draw(view, load, load.device.get("draw"), voltage_v),
        single_a=single_a,
        is_power=is_power,
        draw_age_s=draw_age_s(view, load.device.get("draw")),
        offer_a=offer_a,
        switched=switch is not None,
        on=None if switch is None else switch_state(view, switch),
        status=seen,
        takes_part=seen not in WITHOUT_CAR,
        available=offer_a is not None,
        floor_a=None if current is None else view.attribute_number(current, "min"),
        ceiling_a=None if current is None else view.attribute_number(current, "max"),
        grain_a=None if current is None else view.attribute_number(current, "step"),
    )


def calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Off goes first, on goes last: the current is never set under a charger that is not to run at it."""
    current, switch = entity_of(load, "current"), entity_of(load, "switch")
    made = []
    if command.current_a is not None and current is not None:
        data = {"entity_id": current, "value": command.current_a}
        made.append(ServiceCall(current.split(".")[0], "set_value", data))
    if command.on is not None and switch is not None:
        made.insert(len(made) if command.on else 0, switch_call(switch, command.on))
    return tuple(made)


NUMBER = Driver(entities, read, calls)
