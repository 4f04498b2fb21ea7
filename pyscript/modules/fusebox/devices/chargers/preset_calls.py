"""The preset that a load goes by, and the service calls that a preset makes."""

from __future__ import annotations

from collections.abc import Mapping

from ...config.presets import Preset, preset_named
from ...config.presets.row import Action, PauseBy
from ...model.load import Load
from ..driver import ServiceCall, entity_of, switch_call

PLAIN = Preset("", "any charger with a number, and a switch where it has one", ({},))
"""What a charger without a preset is taken for."""


def preset_of(load: Load) -> Preset:
    """Its row; `PLAIN` without a preset."""
    return preset_named("wallbox" if load.type == "wallbox" else load.device.get("preset")) or PLAIN


def current_call(load: Load, row: Preset, current_a: float) -> ServiceCall | None:
    """What sets its current [A]; None when nothing does."""
    if row.set_with is not None:
        return _called(load, row.set_with, current_a)
    current = entity_of(load, "current")
    if current is None:
        return None
    return ServiceCall(current.split(".")[0], "set_value", {"entity_id": current, "value": current_a})


def pause_call(load: Load, row: Preset, on: bool) -> ServiceCall | None:
    """What lets it charge, or pauses it; None when nothing does."""
    pause, switch = row.pause, entity_of(load, "switch")
    if pause.by is PauseBy.SERVICE:
        action = pause.start_with if on else pause.stop_with
        return None if action is None else _called(load, action, None)
    if pause.by is PauseBy.BUTTONS:
        button = switch if on else entity_of(load, "stop")
        return None if button is None else ServiceCall(button.split(".")[0], "press", {"entity_id": button})
    if switch is None:
        return None
    if _is_list(switch):
        option = pause.run[0] if on else pause.stop
        return ServiceCall(switch.split(".")[0], "select_option", {"entity_id": switch, "option": option})
    return switch_call(switch, on is not _is_inverted(row))


def shows_on(switch: str, row: Preset, word: str | None) -> bool | None:
    """Whether a switch or a list says that it may charge; None when it says neither yes nor no."""
    if word is None:
        return None
    if _is_list(switch):
        return True if word in row.pause.run else False if word == row.pause.stop else None
    on = {"on": True, "off": False}.get(word.lower())
    return None if on is None else on is not _is_inverted(row)


def _is_list(switch: str) -> bool:
    return switch.split(".")[0] in ("select", "input_select")


def _is_inverted(row: Preset) -> bool:
    """Whether its switch is on while it is paused. One that its owner has made is on when it may charge."""
    return row.pause.by is PauseBy.SWITCH and row.pause.stop == "on"


def _called(load: Load, action: Action, current_a: float | None) -> ServiceCall:
    known: Mapping[str, object] = {"{current}": current_a, "{charger}": load.device.get("charger")}
    domain, _, service = action.service.partition(".")
    return ServiceCall(domain, service, {key: known.get(value, value) for key, value in action.data.items()})
